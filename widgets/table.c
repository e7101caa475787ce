#include "widgets/table.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "model/query.h"
#include "widgets/table_layout.h"

enum { PAGE_BEFORE_DRAW = 10 };

void table_init(struct table *t, const struct row_type *type)
{
    memset(t, 0, sizeof(*t));
    view_init(&t->view);
    t->view.source.type = type;
    t->column_count = column_screen(type, t->columns, COLUMNS_MAX);
}

void table_release(struct table *t)
{
    view_release(&t->view);
    query_free(t->query);
    memset(t, 0, sizeof(*t));
}

int table_column(const struct table *t, size_t i)
{
    return i < t->column_count ? (int)t->columns[i] : -1;
}

static unsigned short shown_cells(const struct column *c, const void *row,
                                  const struct row_ctx *ctx, struct buf *raw, struct buf *clean)
{
    size_t cells;

    buf_reset(raw);
    buf_reset(clean);
    column_show(c, row, ctx, raw);
    utf8_clean(clean, raw->data, raw->len);
    cells = utf8_columns(clean->data, clean->len);
    return (unsigned short)(cells < USHRT_MAX ? cells : USHRT_MAX);
}

static void widen(struct table *t, size_t i, const void *row, const struct row_ctx *ctx,
                  struct buf bufs[2])
{
    const struct column *c = &t->view.source.type->columns[t->columns[i]];
    unsigned short cells;

    /* What is at its maximum cannot get wider. */
    if (c->max_width > 0 && t->content[i] >= c->max_width)
        return;
    cells = shown_cells(c, row, ctx, &bufs[0], &bufs[1]);
    if (cells > t->content[i])
        t->content[i] = cells;
}

static void measure_all(struct table *t, const struct row_ctx *ctx)
{
    const struct row_source *s = &t->view.source;
    size_t samples = s->count < TABLE_SAMPLE ? s->count : TABLE_SAMPLE;
    struct buf bufs[2];

    buf_init(&bufs[0], TABLE_CELL_MAX);
    buf_init(&bufs[1], TABLE_CELL_MAX * 6);
    memset(t->content, 0, sizeof(t->content));
    for (size_t n = 0; n < samples; n++) {
        size_t at = s->count <= TABLE_SAMPLE ? n : s->count / TABLE_SAMPLE * n;
        const void *row = s->at(s->list, at);

        for (size_t i = 0; i < t->column_count && row != NULL; i++)
            widen(t, i, row, ctx, bufs);
    }
    buf_release(&bufs[0]);
    buf_release(&bufs[1]);
}

void table_measure_times(struct table *t, const struct row_ctx *ctx, size_t from, size_t to)
{
    struct buf bufs[2];

    buf_init(&bufs[0], TABLE_CELL_MAX);
    buf_init(&bufs[1], TABLE_CELL_MAX * 6);
    for (size_t i = 0; i < t->column_count; i++) {
        if (t->view.source.type->columns[t->columns[i]].kind != VALUE_TIME)
            continue;
        for (size_t pos = from; pos < to; pos++) {
            const void *row = view_row(&t->view, pos);

            if (row != NULL)
                widen(t, i, row, ctx, bufs);
        }
    }
    buf_release(&bufs[0]);
    buf_release(&bufs[1]);
}

/* Keeps the cursor on the screen line where it was before. */
static int rebuild(struct table *t, const struct row_ctx *ctx)
{
    size_t before = t->view.cursor, line = 0;
    bool visible = t->page > 0 && before >= t->top && before - t->top < (size_t)t->page;
    int rc;

    if (visible)
        line = before - t->top;
    rc = view_rebuild(&t->view, ctx);
    if (rc == 0)
        t->top = t->view.cursor > line ? t->view.cursor - line : 0;
    return rc;
}

int table_set_source(struct table *t, const struct row_source *source, const struct row_ctx *ctx)
{
    struct row_source old = t->view.source;
    int rc;

    t->view.source = *source;
    rc = rebuild(t, ctx);
    if (rc < 0) {
        t->view.source = old;
        return rc;
    }
    measure_all(t, ctx);
    return 0;
}

int table_set_filter(struct table *t, const char *text, const struct row_ctx *ctx, size_t *at,
                     struct err *err)
{
    const struct query *old = t->view.query;
    struct query *query = NULL;
    int rc;

    if (strlen(text) >= sizeof(t->filter)) {
        if (at != NULL)
            *at = sizeof(t->filter) - 1;
        return err_set(err, ERR_USAGE, "The filter is longer than %zu bytes",
                       sizeof(t->filter) - 1);
    }
    rc = query_compile(text, t->view.source.type, &query, at, err);
    if (rc < 0)
        return rc;
    t->view.query = query;
    rc = rebuild(t, ctx);
    if (rc < 0) {
        t->view.query = old;
        query_free(query);
        return err_set(err, rc, "The filter could not be applied");
    }
    query_free(t->query);
    t->query = query;
    snprintf(t->filter, sizeof(t->filter), "%s", text);
    return 0;
}

int table_set_only_marked(struct table *t, bool only, const struct row_ctx *ctx)
{
    const struct marks *old = t->view.only;
    int rc;

    t->view.only = only ? t->marks : NULL;
    rc = rebuild(t, ctx);
    if (rc < 0)
        t->view.only = old;
    return rc;
}

int table_sort(struct table *t, int column, bool desc, const struct row_ctx *ctx)
{
    int old = t->view.sort_column, rc;
    bool old_desc = t->view.sort_desc;

    t->view.sort_column = column;
    t->view.sort_desc = desc;
    rc = rebuild(t, ctx);
    if (rc < 0) {
        t->view.sort_column = old;
        t->view.sort_desc = old_desc;
    }
    return rc;
}

static bool scroll(struct table *t, int step)
{
    if (step < 0 ? t->scroll == 0 : !t->can_scroll)
        return false;
    if (step < 0)
        t->scroll--;
    else
        t->scroll++;
    /* Until the next draw knows, so that a held key does not run ahead of it. */
    t->can_scroll = step < 0;
    return true;
}

/* By ROWS up or down; a whole page takes the visible part along, so the screen line stays. */
static bool move_rows(struct table *t, long rows, bool with_top)
{
    size_t last = t->view.count > 0 ? t->view.count - 1 : 0, n = (size_t)(rows < 0 ? -rows : rows);
    size_t cursor = t->view.cursor, top = t->top;

    if (rows < 0) {
        cursor = cursor > n ? cursor - n : 0;
        top = top > n ? top - n : 0;
    } else {
        cursor = last - cursor > n ? cursor + n : last;
        top = top + n < last ? top + n : last;
    }
    if (cursor == t->view.cursor)
        return false;
    view_move(&t->view, cursor);
    if (with_top)
        t->top = top;
    return true;
}

bool table_move(struct table *t, enum motion m)
{
    long page = t->page > 0 ? t->page : PAGE_BEFORE_DRAW, half = page > 1 ? page / 2 : 1;

    switch (m) {
    case MOTION_UP:
        return move_rows(t, -1, false);
    case MOTION_DOWN:
        return move_rows(t, 1, false);
    case MOTION_PAGE_UP:
        return move_rows(t, -page, true);
    case MOTION_PAGE_DOWN:
        return move_rows(t, page, true);
    case MOTION_HALF_UP:
        return move_rows(t, -half, true);
    case MOTION_HALF_DOWN:
        return move_rows(t, half, true);
    case MOTION_TOP:
        return move_rows(t, LONG_MIN + 1, false);
    case MOTION_BOTTOM:
        return move_rows(t, LONG_MAX, false);
    case MOTION_LEFT:
        return scroll(t, -1);
    case MOTION_RIGHT:
        return scroll(t, 1);
    }
    return false;
}
