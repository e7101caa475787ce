#include "tui/listpane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/human.h"
#include "model/query.h"

static struct listpane *state_of(const struct pane *p)
{
    return p->state;
}

int listpane_open(struct pane *p, const struct list_def *def)
{
    struct row_ctx ctx = app_ctx(p->app);
    struct listpane *l = calloc(1, sizeof(*l));
    int column;
    bool desc;

    if (l == NULL)
        return ERR_NOMEM;
    l->def = def;
    table_init(&l->table, def->type);
    marks_init(&l->marks);
    l->table.marks = &l->marks;
    textview_init(&l->detail);
    if (sort_parse(def->sort, def->type, &column, &desc, NULL) == 0)
        table_sort(&l->table, column, desc, &ctx);
    p->state = l;
    return 0;
}

void listpane_release(struct pane *p)
{
    struct listpane *l = state_of(p);

    if (l == NULL)
        return;
    table_release(&l->table);
    marks_release(&l->marks);
    textview_release(&l->detail);
    free(l);
    p->state = NULL;
}

static void generic_detail(struct app *a, const struct row_type *type, const void *row,
                           struct textview *t)
{
    struct row_ctx ctx = app_ctx(a);
    struct buf text;

    buf_init(&text, 64 * 1024);
    for (size_t i = 0; i < type->count; i++) {
        if ((type->columns[i].flags & COLUMN_SCREEN) != 0)
            continue;
        buf_reset(&text);
        column_show(&type->columns[i], row, &ctx, &text);
        textview_pair(t, ROLE_TEXT, type->columns[i].name, "%s", text.data);
    }
    buf_release(&text);
}

static void fill_detail(struct pane *p, const void *row)
{
    struct listpane *l = state_of(p);

    textview_clear(&l->detail);
    if (l->def->detail != NULL)
        l->def->detail(p->app, row, &l->detail);
    else
        generic_detail(p->app, l->def->type, row, &l->detail);
}

/* What is open stays so when a filter no longer shows it. */
static const void *row_with(const struct row_source *source, const struct row_type *type,
                            uint64_t id)
{
    for (size_t i = 0; i < source->count; i++)
        if (type->id(source->at(source->list, i)) == id)
            return source->at(source->list, i);
    return NULL;
}

void listpane_data(struct pane *p)
{
    struct listpane *l = state_of(p);
    struct row_ctx ctx = app_ctx(p->app);
    struct row_source source = l->def->source(p->app);
    const void *row;
    /* At the newest line of a log, the cursor stays at the newest. */
    bool at_top = p->def->is_local && l->table.view.cursor == 0 && !l->detail_open;

    if (table_set_source(&l->table, &source, &ctx) < 0)
        app_say(p->app, ROLE_ERROR, "out of memory: %s may be out of date", p->def->title);
    listpane_count_marks(l);
    if (at_top)
        table_move(&l->table, MOTION_TOP);
    if (!l->detail_open)
        return;
    row = row_with(&source, l->def->type, l->detail_id);
    if (row != NULL) {
        fill_detail(p, row);
        return;
    }
    l->detail_open = false;
    app_say(p->app, ROLE_INFORMATION, "the %s that was open is no longer in the list",
            l->def->type->one);
}

void listpane_count_marks(struct listpane *l)
{
    marks_in(&l->marks, &l->table.view, &l->marked);
}

/* True when there are rows, or the pane's own data (its first resource) is known to be empty. */
bool listpane_known(const struct pane *p)
{
    if (p->def->is_local || state_of(p)->table.view.source.count > 0)
        return true;
    for (int k = 0; k < RESOURCE_COUNT; k++)
        if ((p->def->resources & RESOURCE_BIT(k)) != 0)
            return session_resource(p->app->session, k)->known;
    return false;
}

/* Why the table is empty, in the middle of where its rows would be: never an empty list where the
 * truth is "not known". */
static void draw_empty(struct pane *p, struct rect r)
{
    struct listpane *l = state_of(p);
    char text[300];

    if (r.h < 1)
        return;
    if (l->table.view.source.count > 0) {
        snprintf(text, sizeof(text), "No %s%s matches the filter.",
                 l->table.view.only != NULL ? "marked " : "", l->def->type->one);
    } else if (!p->def->is_local) {
        for (int k = 0; k < RESOURCE_COUNT; k++) {
            if ((p->def->resources & RESOURCE_BIT(k)) == 0)
                continue;
            if (!session_resource(p->app->session, k)->known) {
                trouble_draw_unknown(p->app, k, (struct rect){r.y, r.x + 1, r.h, r.w - 2});
                return;
            }
            snprintf(text, sizeof(text), "%s", l->def->empty);
            break;
        }
    } else {
        snprintf(text, sizeof(text), "%s", l->def->empty);
    }
    draw_text(p->app->screen, r.y, r.x + 1, r.w - 1, ROLE_MUTED, text);
}

/* ", 5 marked, 2 hidden"; the cells used. */
static int draw_marked(struct pane *p, int y, int x, int w)
{
    const struct listpane *l = state_of(p);
    char marked[HUMAN_MAX], hidden[HUMAN_MAX], label[KEY_NAME_MAX];
    struct screen *s = p->app->screen;
    int used;

    if (l->marked.marked == 0 && l->table.view.only == NULL)
        return 0;
    used = draw_format(s, y, x, w, ROLE_TEXT, ", %s marked",
                       human_count((int64_t)l->marked.marked, marked));
    if (l->marked.marked > l->marked.shown)
        used += draw_format(s, y, x + used, w - used, ROLE_TEXT, ", %s hidden",
                            human_count((int64_t)(l->marked.marked - l->marked.shown), hidden));
    if (l->table.view.only != NULL) {
        keymap_label(&p->app->keymap, p->id, ACTION_MARK_ONLY, label);
        used += draw_format(s, y, x + used, w - used, ROLE_MUTED, "   only marked, %s shows all",
                            label);
    }
    return used;
}

void listpane_counts(struct pane *p, int y, int x, int w)
{
    struct listpane *l = state_of(p);
    const struct view *v = &l->table.view;
    char shown[HUMAN_MAX], all[HUMAN_MAX], label[KEY_NAME_MAX];
    struct screen *s = p->app->screen;
    int used;

    if (!listpane_known(p))
        return;
    used = draw_format(s, y, x + 1, w - 1, ROLE_MUTED, "%s shown / %s",
                       human_count(v->count, shown), human_count(v->source.count, all));
    used += draw_marked(p, y, x + 1 + used, w - 1 - used);
    if (l->table.filter[0] != '\0') {
        used += draw_text(s, y, x + 1 + used, w - 1 - used, ROLE_MUTED, "   filter: ");
        used += draw_text(s, y, x + 1 + used, w - 1 - used, ROLE_ACCENT, l->table.filter);
        keymap_label(&p->app->keymap, p->id, ACTION_CLEAR_FILTER, label);
        used += draw_format(s, y, x + 1 + used, w - 1 - used, ROLE_MUTED, "   %s clears", label);
    }
    if (v->sort_column >= 0 && used < w - 30)
        draw_right(s, y, x + w - 28, 27, ROLE_MUTED,
                   l->table.can_scroll ? "more columns: Right" : "");
}

void listpane_draw(struct pane *p, struct rect r)
{
    struct listpane *l = state_of(p);
    struct row_ctx ctx = app_ctx(p->app);
    int used = trouble_draw(p->app, p->def->resources, r);
    bool counts;

    r.y += used;
    r.h -= used;
    if (l->detail_open) {
        textview_draw(&l->detail, p->app->screen, (struct rect){r.y, r.x + 1, r.h, r.w - 2});
        return;
    }
    if (l->def->head != NULL && r.h > 8 && !p->app->zoomed) {
        used = l->def->head(p->app, r);
        r.y += used;
        r.h -= used;
    }
    counts = r.h > 4 && !p->app->zoomed;
    if (counts)
        r.h -= 2;
    table_draw(&l->table, p->app->screen, (struct rect){r.y, r.x, r.h, r.w - (r.w > 40 ? 2 : 0)},
               &ctx, true);
    if (counts) /* the table knows by now whether all columns fit */
        listpane_counts(p, r.y + r.h + 1, r.x, r.w);
    if (l->table.view.count == 0)
        draw_empty(p, (struct rect){r.y + 2, r.x, r.h - 2, r.w});
}

int listpane_filter(struct pane *p, const char *text, size_t *at, struct err *err)
{
    struct row_ctx ctx = app_ctx(p->app);
    int rc = table_set_filter(&state_of(p)->table, text, &ctx, at, err);

    listpane_count_marks(state_of(p));
    return rc;
}

int listpane_show(struct pane *p, const char *filter, struct err *err)
{
    struct row_ctx ctx = app_ctx(p->app);

    if (table_set_only_marked(&state_of(p)->table, false, &ctx) < 0)
        return err_set(err, ERR_NOMEM, "The filter could not be applied");
    return listpane_filter(p, filter, NULL, err);
}

const char *listpane_filter_text(const struct pane *p)
{
    return state_of(p)->table.filter;
}

size_t listpane_hints(struct pane *p, struct hint *out, size_t max)
{
    static const struct hint in_list[] = {{"Enter", "open"}, {"/", "filter"}, {"s", "sort"}};
    struct listpane *l = state_of(p);
    size_t n = 0;

    if (l->detail_open) {
        if (max > 0)
            out[n++] = (struct hint){"Esc", "back to the list"};
        return n;
    }
    for (size_t i = 0; i < sizeof(in_list) / sizeof(in_list[0]) && n < max; i++)
        out[n++] = in_list[i];
    if (l->def->filters != NULL && n < max)
        out[n++] = (struct hint){"v", "status"};
    if (l->def->type->severity != NULL && n < max)
        out[n++] = (struct hint){"e", "next problem"};
    if (n < max)
        out[n++] = (struct hint){"x", "export"};
    if (n < max)
        out[n++] = (struct hint){"Space", "mark"};
    return n;
}
