#include "widgets/chart.h"

#include <string.h>

#include "base/buf.h"
#include "model/chart_text.h"

enum { PAGE_STEPS = 10, RUN_BYTES = 1 << 16, TWIN_BYTES = 1 << 22 };

static const enum role inks[] = {
    [CHART_BLANK] = ROLE_TEXT,    [CHART_TITLE] = ROLE_TITLE,     [CHART_TEXT] = ROLE_TEXT,
    [CHART_MUTED] = ROLE_MUTED,   [CHART_AXIS] = ROLE_RULE,       [CHART_NUMBER] = ROLE_NUMBER,
    [CHART_SERIES] = ROLE_ACCENT, [CHART_MISSING] = ROLE_WARNING, [CHART_PARTIAL] = ROLE_MUTED,
    [CHART_LIMIT] = ROLE_WARNING,
};

/* Colours only help: letters and fills tell series apart. */
static const enum role series_roles[] = {ROLE_ACCENT, ROLE_INFORMATION, ROLE_NUMBER, ROLE_OK,
                                         ROLE_TITLE,  ROLE_TEXT,        ROLE_MUTED};

enum { SERIES_ROLES = sizeof(series_roles) / sizeof(series_roles[0]) };

void chart_view_init(struct chart_view *v, enum chart_glyphs glyphs)
{
    memset(v, 0, sizeof(*v));
    chart_init(&v->chart);
    textview_init(&v->text);
    v->glyphs = glyphs;
}

void chart_view_release(struct chart_view *v)
{
    chart_release(&v->chart);
    textview_release(&v->text);
}

size_t chart_view_cursor(const struct chart_view *v, const struct series_set *set)
{
    size_t last = set->count > 0 ? set->count - 1 : 0;

    if (!v->placed) {
        series_last(set, SERIES_TOTAL, &last);
        return last;
    }
    if (v->cursor < set->first)
        return 0;
    return (uint64_t)(v->cursor - set->first) < last ? (size_t)(v->cursor - set->first) : last;
}

bool chart_view_step(struct chart_view *v, const struct series_set *set, long steps)
{
    size_t at = chart_view_cursor(v, set), to, last = set->count > 0 ? set->count - 1 : 0;

    if (steps < 0)
        to = (unsigned long)-(steps + 1) < at ? at - 1 - (unsigned long)-(steps + 1) : 0;
    else
        to = (unsigned long)steps < last - at ? at + (unsigned long)steps : last;
    v->placed = true;
    v->cursor = set->first + (int64_t)to;
    return to != at;
}

static bool move_by_rows(struct chart_view *v, const struct series_set *set, enum motion m)
{
    long page = v->twin == CHART_TWIN_TABLE && v->page > 0 ? v->page : PAGE_STEPS;

    switch (m) {
    case MOTION_PAGE_UP:
        return chart_view_step(v, set, -page);
    case MOTION_PAGE_DOWN:
        return chart_view_step(v, set, page);
    case MOTION_HALF_UP:
        return chart_view_step(v, set, -(page + 1) / 2);
    case MOTION_HALF_DOWN:
        return chart_view_step(v, set, (page + 1) / 2);
    case MOTION_UP:
        return v->twin == CHART_TWIN_TABLE && chart_view_step(v, set, -1);
    case MOTION_DOWN:
        return v->twin == CHART_TWIN_TABLE && chart_view_step(v, set, 1);
    default:
        return false;
    }
}

bool chart_view_move(struct chart_view *v, const struct series_set *set, enum motion m)
{
    if (v->twin == CHART_TWIN_SENTENCE)
        return textview_move(&v->text, m);
    switch (m) {
    case MOTION_LEFT:
        return chart_view_step(v, set, -1);
    case MOTION_RIGHT:
        return chart_view_step(v, set, 1);
    case MOTION_TOP:
        return chart_view_step(v, set, -SERIES_POINTS_MAX);
    case MOTION_BOTTOM:
        return chart_view_step(v, set, SERIES_POINTS_MAX);
    default:
        return move_by_rows(v, set, m);
    }
}

void chart_view_next_twin(struct chart_view *v)
{
    v->twin = (enum chart_twin)((v->twin + 1) % CHART_TWINS);
}

void chart_view_next_glyphs(struct chart_view *v)
{
    static const enum chart_glyphs next[CHART_GLYPHS_COUNT] = {
        [CHART_GLYPHS_AUTO] = CHART_GLYPHS_ASCII,
        [CHART_GLYPHS_BRAILLE] = CHART_GLYPHS_BLOCK,
        [CHART_GLYPHS_BLOCK] = CHART_GLYPHS_ASCII,
        [CHART_GLYPHS_ASCII] = CHART_GLYPHS_BRAILLE,
    };

    v->glyphs = next[v->glyphs];
}

bool chart_view_toggle(struct series_set *set, int number)
{
    size_t order[SERIES_SHOWN_MAX], shown = series_rank(set, order);

    if (number < 1 || (size_t)number > shown)
        return false;
    set->series[order[number - 1]].hidden = !set->series[order[number - 1]].hidden;
    return true;
}

static enum role role_of(const struct chart_cell *cell)
{
    if (cell->cursor)
        return ROLE_CURSOR;
    if (cell->ink == CHART_SERIES)
        return series_roles[cell->series % SERIES_ROLES];
    return inks[cell->ink];
}

/* Paints the cells from X on that have one role; returns how many. */
static int paint_run(const struct chart *c, struct screen *s, struct rect r, int y, int x,
                     struct buf *text)
{
    const struct chart_cell *first = chart_at(c, y, x);
    enum role role = role_of(first);
    int n = 1;

    for (; x + n < c->cols; n++) {
        const struct chart_cell *next = chart_at(c, y, x + n);

        if (next->cp == CHART_REST)
            continue;
        if (role_of(next) != role || (next->ink == CHART_BLANK) != (first->ink == CHART_BLANK))
            break;
    }
    if (first->ink == CHART_BLANK && !first->cursor)
        return n;
    buf_reset(text);
    chart_cells(c, y, x, n, text);
    draw_textn(s, r.y + y, r.x + x, n, role, text->data, text->len);
    return n;
}

static void draw_chart(struct chart_view *v, struct screen *s, struct rect r,
                       const struct series_set *set, const char *as_of)
{
    struct chart_options o = {
        .rows = r.h,
        .cols = r.w,
        .glyphs = screen_ascii(s) ? CHART_GLYPHS_ASCII : v->glyphs,
        .kind = v->kind,
        .cut = v->cut,
        .read_out = true,
        .cursor = chart_view_cursor(v, set),
        .as_of = as_of,
    };
    struct buf text;

    if (chart_layout(&v->chart, set, &o) < 0) {
        draw_text(s, r.y, r.x, r.w, ROLE_ERROR, "out of memory");
        return;
    }
    buf_init(&text, RUN_BYTES);
    for (int y = 0; y < v->chart.rows; y++)
        for (int x = 0; x < v->chart.cols;)
            x += paint_run(&v->chart, s, r, y, x, &text);
    buf_release(&text);
    if (v->chart.cursor_y >= 0)
        draw_cursor(s, r.y + v->chart.cursor_y, r.x + v->chart.cursor_x, true);
    else
        draw_cursor(s, r.y, r.x, true);
}

/* The row of R that line LINE of the table goes to: the heading, the places around the cursor, the
 * remarks in the last rows. -1: none. */
static int table_row(const struct chart_view *v, const struct series_set *set, struct rect r,
                     size_t line)
{
    int head = r.h > 1, remarks = r.h - head - v->page;

    if (line == 0)
        return head ? 0 : -1;
    if (line > set->count) {
        size_t k = line - set->count - 1;

        return k < (size_t)remarks ? head + v->page + (int)k : -1;
    }
    return line - 1 < v->top || line - 1 >= v->top + (size_t)v->page
               ? -1
               : head + (int)(line - 1 - v->top);
}

static void draw_table(struct chart_view *v, struct screen *s, struct rect r,
                       const struct series_set *set)
{
    size_t at = chart_view_cursor(v, set), row = 0;
    enum chart_glyphs glyphs = screen_ascii(s) ? CHART_GLYPHS_ASCII : v->glyphs;
    int remarks = (int)set->remark_count;
    struct buf text;
    const char *line, *end;

    v->page = r.h > 1 ? r.h - 1 : 1;
    if (v->page > 2 * remarks)
        v->page -= remarks;
    if (at < v->top)
        v->top = at;
    if (at >= v->top + (size_t)v->page)
        v->top = at + 1 - (size_t)v->page;
    if (v->top + (size_t)v->page > set->count)
        v->top = set->count > (size_t)v->page ? set->count - (size_t)v->page : 0;
    buf_init(&text, TWIN_BYTES);
    chart_table(set, glyphs, (size_t)r.w, &text);
    for (line = text.data; (end = strchr(line, '\n')) != NULL; line = end + 1, row++) {
        int y = table_row(v, set, r, row);

        if (y < 0)
            continue;
        draw_textn(s, r.y + y, r.x, r.w,
                   row == 0           ? ROLE_HEADING
                   : row > set->count ? ROLE_MUTED
                   : row - 1 == at    ? ROLE_CURSOR
                                      : ROLE_TEXT,
                   line, (size_t)(end - line));
        if (row > 0 && row - 1 == at)
            draw_cursor(s, r.y + y, r.x, true);
    }
    buf_release(&text);
}

static void draw_sentence(struct chart_view *v, struct screen *s, struct rect r,
                          const struct series_set *set)
{
    struct buf text;
    const char *line, *end;

    buf_init(&text, TWIN_BYTES);
    chart_sentence(set, &text);
    textview_clear(&v->text);
    for (line = text.data; (end = strchr(line, '\n')) != NULL; line = end + 1)
        textview_add(&v->text, ROLE_TEXT, "%.*s", (int)(end - line), line);
    textview_draw(&v->text, s, r);
    buf_release(&text);
}

void chart_view_draw(struct chart_view *v, struct screen *s, struct rect r,
                     const struct series_set *set, const char *as_of)
{
    if (r.h <= 0 || r.w <= 0)
        return;
    if (v->twin == CHART_TWIN_TABLE && set->count > 0)
        draw_table(v, s, r, set);
    else if (v->twin == CHART_TWIN_SENTENCE && set->series_count > 0)
        draw_sentence(v, s, r, set);
    else
        draw_chart(v, s, r, set, as_of);
}
