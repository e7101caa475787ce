/* The rows of a list pane, as a file. */
#include "tui/export.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/export.h"
#include "model/query.h"
#include "model/term.h"
#include "session/config.h"
#include "session/file.h"
#include "session/lists.h"
#include "tui/chosen.h"
#include "tui/listpane.h"

enum { BYTES_MAX = 512 * 1024 * 1024, SCRATCH_MAX = 1024 * 1024 };

#define STALE "the last refresh failed: the rows are older"

static struct listpane *state_of(const struct pane *p)
{
    return p->state;
}

/* The account's list that the pane shows, be it with fewer columns; NULL for one that no command
 * shows, such as luitop's own records. */
static const struct list_command *list_of(const struct pane *p)
{
    const struct row_type *type = state_of(p)->def->type;
    const struct list_command *named = list_command_find(type->name, NULL);

    for (size_t i = 0; i < list_command_count; i++)
        if (list_commands[i].type == type)
            return &list_commands[i];
    return named != NULL && named->type->id == type->id ? named : NULL;
}

static const struct row_type *type_of(const struct pane *p)
{
    const struct list_command *list = list_of(p);

    return list != NULL ? list->type : state_of(p)->def->type;
}

size_t export_rows(const struct pane *p, enum export_scope scope)
{
    const struct listpane *l = state_of(p);

    switch (scope) {
    case EXPORT_FILTERED:
        return l->table.view.count;
    case EXPORT_MARKED:
        return l->marked.marked;
    default:
        return l->table.view.source.count;
    }
}

/* Adds the column called NAME, unless it is there, is none of TYPE's or is composed for the screen.
 */
static void add_column(const struct row_type *type, const char *name, size_t cols[COLUMNS_MAX],
                       size_t *count)
{
    int c = column_find(type, name);

    if (c < 0 || *count == COLUMNS_MAX || (type->columns[c].flags & COLUMN_SCREEN) != 0)
        return;
    for (size_t i = 0; i < *count; i++)
        if (cols[i] == (size_t)c)
            return;
    cols[(*count)++] = (size_t)c;
}

static size_t columns_of(const struct pane *p, bool visible, size_t cols[COLUMNS_MAX])
{
    const struct row_type *type = type_of(p), *own = state_of(p)->def->type;
    size_t count = 0;
    int c;

    if (!visible) {
        export_columns(NULL, type, cols, COLUMNS_MAX, &count, NULL);
        return count;
    }
    for (size_t i = 0; (c = table_column(&state_of(p)->table, i)) >= 0; i++)
        add_column(type, own->columns[c].name, cols, &count);
    /* A total never goes without its gap. */
    add_column(type, "incomplete", cols, &count);
    return count;
}

size_t export_column_count(const struct pane *p, bool visible)
{
    size_t cols[COLUMNS_MAX];

    return columns_of(p, visible, cols);
}

void export_name(const struct pane *p, enum list_format format, char out[LIST_FILE_NAME])
{
    const struct list_command *list = list_of(p);
    struct session *s = p->app->session;
    char name[64], when[TERM_TEXT];
    struct civil c;

    snprintf(name, sizeof(name), "%s%s%s",
             list != NULL ? list->command : state_of(p)->def->type->name,
             list != NULL && list->by != NULL ? "_by_" : "",
             list != NULL && list->by != NULL ? list->by : "");
    if (list != NULL ? list->when == LIST_TERM : p->def->by_term) {
        term_text(session_term(s), when);
    } else {
        zone_civil(NULL, app_now(p->app), &c);
        snprintf(when, sizeof(when), "%04d-%02d-%02d", c.year % 10000, c.month % 100, c.day % 100);
    }
    list_file_name(session_profile(s)->customer_id, name, when, format, out);
}

/* What is to be said of rows that no command shows. */
static void describe_own(const struct pane *p, struct list_about *about)
{
    const struct session *s = p->app->session;

    *about = (struct list_about){.resource = state_of(p)->def->type->name,
                                 .account = session_profile(s)->customer_id,
                                 .term = p->def->by_term ? session_term(s) : TERM_NONE,
                                 .as_of = app_now(p->app)};
    for (int k = 0; k < RESOURCE_COUNT && !p->def->is_local; k++) {
        const struct resource *r = session_resource(s, (enum resource_kind)k);

        if ((p->def->resources & RESOURCE_BIT(k)) == 0)
            continue;
        about->as_of = r->as_of;
        about->from_snapshot = r->from_snapshot;
        about->unreadable = r->unreadable;
        if (r->failed)
            list_about_gap(about, STALE);
        list_about_unreadable(about);
        break;
    }
}

/* Where the rows come from, and what is to be said of them. */
static int take_rows(struct pane *p, struct list_rows *rows, struct list_about *about)
{
    const struct list_command *list = list_of(p);
    const struct session *s = p->app->session;
    const struct server_set *only = chosen_servers(p->app);
    const struct listpane *l = state_of(p);
    int rc = 0;

    if (list == NULL) {
        describe_own(p, about);
        rows->source = l->table.view.source;
        return 0;
    }
    rows->only = only;
    /* Those of a term tell its gap. */
    if (list->when == LIST_TERM || list->type != l->def->type)
        rc = list->rows(rows, s);
    if (list->type == l->def->type)
        rows->source = l->table.view.source;
    list_describe(list, s, rows, about);
    if (session_resource(s, list->kind)->failed)
        list_about_gap(about, STALE);
    if (list->when == LIST_TERM && only != NULL)
        list_about_gap(about, "only the chosen servers are counted");
    list_about_unreadable(about);
    return rc;
}

static void choose_rows(const struct listpane *l, enum export_scope scope, struct view *v)
{
    const struct view *shown = &l->table.view;

    if (scope == EXPORT_FILTERED)
        v->only = shown->only;
    else if (scope == EXPORT_MARKED)
        v->only = &l->marks;
    if (shown->sort_column >= 0) {
        v->sort_column =
            column_find(v->source.type, shown->source.type->columns[shown->sort_column].name);
        v->sort_desc = shown->sort_desc;
    }
}

/* The file's bytes into OUT. */
static int format_rows(struct pane *p, const struct export_wish *wish, struct buf *out,
                       struct export_done *done)
{
    const struct listpane *l = state_of(p);
    struct query *query = NULL;
    struct list_about about;
    struct list_rows rows;
    struct buf scratch;
    struct row_ctx ctx = {.now = app_now(p->app), .scratch = &scratch};
    size_t cols[COLUMNS_MAX], count = columns_of(p, wish->visible, cols);
    struct view v;
    int rc;

    buf_init(&scratch, SCRATCH_MAX);
    list_rows_init(&rows);
    view_init(&v);
    rc = take_rows(p, &rows, &about);
    if (rc == 0 && wish->scope == EXPORT_FILTERED)
        rc = query_compile(l->table.filter, rows.source.type, &query, NULL, NULL);
    if (rc == 0) {
        v.source = rows.source;
        v.query = query;
        choose_rows(l, wish->scope, &v);
        rc = view_rebuild(&v, &ctx);
    }
    if (rc == 0 && wish->bom && wish->format == FORMAT_CSV)
        rc = buf_addstr(out, "\xef\xbb\xbf");
    if (rc == 0)
        rc = list_write(out, wish->format, &v, cols, count, &ctx, &about);
    if (rc == 0) {
        done->rows = v.count;
        done->bytes = out->len;
        snprintf(done->gap, sizeof(done->gap), "%s", about.gap_count > 0 ? about.gaps[0] : "");
    }
    view_release(&v);
    query_free(query);
    list_rows_release(&rows);
    buf_release(&scratch);
    return rc;
}

int export_write(struct pane *p, const char *path, const struct export_wish *wish,
                 struct export_done *done, struct err *err)
{
    struct export_done written = {0};
    struct buf out;
    int rc = file_check(path, wish->replace, err);

    buf_init(&out, BYTES_MAX);
    if (rc == 0) {
        rc = format_rows(p, wish, &out, &written);
        if (rc < 0)
            err_set(err, (enum err_code)rc, "the %s cannot be written out",
                    state_of(p)->def->type->many);
        else
            rc = file_write(path, wish->replace, out.data, out.len, err);
    }
    buf_release(&out);
    if (rc == 0)
        *done = written;
    return rc;
}
