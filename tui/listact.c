/* What a list pane does when asked. */
#include <stdio.h>
#include <string.h>

#include "tui/listmark.h"
#include "tui/listpane.h"
#include "tui/motion.h"

enum { PROBLEM_LEVEL = 2, FILTER_HINT_MAX = 36 };

static struct listpane *state_of(const struct pane *p)
{
    return p->state;
}

static void open_detail(struct pane *p)
{
    struct listpane *l = state_of(p);
    const void *row = view_current(&l->table.view);

    if (row == NULL || l->detail_open)
        return;
    l->detail_open = true;
    l->detail_id = l->def->type->id(row);
    l->detail.top = 0;
    p->def->data(p);
}

static void sort_by(struct pane *p, int column, bool desc)
{
    struct listpane *l = state_of(p);
    struct row_ctx ctx = app_ctx(p->app);

    table_sort(&l->table, column, desc, &ctx);
    app_say(p->app, ROLE_TEXT, "sorted by %s%s",
            column >= 0 ? l->def->type->columns[column].name : "the service's own order",
            desc ? ", largest first" : "");
}

/* The place of the sorted column among the columns on screen, -1 when it is not there. */
static long sorted_place(const struct listpane *l)
{
    for (size_t i = 0; table_column(&l->table, i) >= 0; i++)
        if (table_column(&l->table, i) == l->table.view.sort_column)
            return (long)i;
    return -1;
}

static void sort_step(struct pane *p, int step)
{
    struct listpane *l = state_of(p);
    long count = 0, place = sorted_place(l);
    int column;

    while (table_column(&l->table, (size_t)count) >= 0)
        count++;
    place = place < 0 ? (step > 0 ? 0 : count - 1) : (place + step + count) % count;
    column = table_column(&l->table, (size_t)place);
    sort_by(p, column, (l->def->type->columns[column].flags & COLUMN_DESC) != 0);
}

static void sort_chosen(struct app *a, size_t item)
{
    struct pane *p = app_pane(a);
    const struct listpane *l = state_of(p);
    int column = column_find(l->def->type, l->sort_names[item]);

    if (column >= 0)
        sort_by(p, column, (l->def->type->columns[column].flags & COLUMN_DESC) != 0);
}

static void sort_menu(struct pane *p)
{
    struct listpane *l = state_of(p);
    size_t n = 0;

    for (size_t i = 0; i < l->def->type->count && n < 64; i++) {
        const struct column *c = &l->def->type->columns[i];

        if ((c->flags & COLUMN_SCREEN) != 0)
            continue;
        snprintf(l->sort_names[n], sizeof(l->sort_names[n]), "%s", c->name);
        l->sort_items[n] = (struct picker_item){.name = l->sort_names[n], .detail = c->help};
        n++;
    }
    overlay_menu(p->app, "Sort by", l->sort_items, n, sort_chosen);
}

static void sort_named(struct pane *p, const char *arg)
{
    struct listpane *l = state_of(p);
    struct err err;
    int column;
    bool desc;

    if (sort_parse(arg, l->def->type, &column, &desc, &err) < 0)
        app_say_err(p->app, &err);
    else
        sort_by(p, column, desc);
}

static void set_filter(struct pane *p, const char *text)
{
    struct err err;

    if (listpane_filter(p, text, NULL, &err) < 0)
        app_say_err(p->app, &err);
}

static void filter_chosen(struct app *a, size_t item)
{
    struct pane *p = app_pane(a);

    set_filter(p, state_of(p)->filter_texts[item][1]);
}

static void filter_menu(struct pane *p)
{
    const struct limits *limits = session_limits(p->app->session);
    struct listpane *l = state_of(p);
    size_t n = 0;

    for (; n < *l->def->filter_count && n < 32; n++) {
        const struct server_filter *f = &l->def->filters[n];
        char(*text)[200] = l->filter_texts[n];

        l->filter_items[n] =
            (struct picker_item){.name = f->name,
                                 .detail = limits_text(limits, f->title, text[0], sizeof(text[0])),
                                 .hint = limits_text(limits, f->query, text[1], sizeof(text[1]))};
        if (strlen(text[1]) > FILTER_HINT_MAX) /* it would leave no room for the title */
            l->filter_items[n].hint = NULL;
    }
    overlay_menu(p->app, "Show only", l->filter_items, n, filter_chosen);
}

static void seek_problem(struct pane *p, int step)
{
    struct listpane *l = state_of(p);

    if (!view_seek_severity(&l->table.view, step, PROBLEM_LEVEL))
        app_say(p->app, ROLE_OK, "no row in this list needs a look");
    else if (l->detail_open) {
        l->detail_id = l->def->type->id(view_current(&l->table.view));
        l->detail.top = 0;
        p->def->data(p);
    }
}

static bool go_back(struct pane *p)
{
    struct listpane *l = state_of(p);

    if (l->detail_open) {
        l->detail_open = false;
        return true;
    }
    if (l->table.filter[0] != '\0') {
        set_filter(p, "");
        app_say(p->app, ROLE_TEXT, "filter cleared");
        return true;
    }
    return listmark_back(p);
}

bool listpane_act(struct pane *p, enum action action, const char *arg)
{
    struct listpane *l = state_of(p);
    enum motion motion;

    if (motion_of_action(action, &motion)) {
        if (l->detail_open)
            textview_move(&l->detail, motion);
        else
            table_move(&l->table, motion);
        return true;
    }
    switch (action) {
    case ACTION_OPEN:
        open_detail(p);
        return true;
    case ACTION_BACK:
        return go_back(p);
    case ACTION_NEXT_PROBLEM:
    case ACTION_PREV_PROBLEM:
        seek_problem(p, action == ACTION_NEXT_PROBLEM ? 1 : -1);
        return true;
    case ACTION_FILTER:
        if (arg == NULL)
            overlay_filter(p->app);
        else
            set_filter(p, arg);
        return true;
    case ACTION_CLEAR_FILTER:
        set_filter(p, "");
        return true;
    case ACTION_FILTERS:
        filter_menu(p);
        return true;
    case ACTION_SORT:
        if (arg == NULL)
            sort_menu(p);
        else
            sort_named(p, arg);
        return true;
    case ACTION_SORT_LEFT:
    case ACTION_SORT_RIGHT:
        sort_step(p, action == ACTION_SORT_RIGHT ? 1 : -1);
        return true;
    case ACTION_SORT_INVERT:
        sort_by(p, l->table.view.sort_column, !l->table.view.sort_desc);
        return true;
    case ACTION_EXPORT:
        export_start(p, arg);
        return true;
    default:
        return listmark_act(p, action);
    }
}

const char *listpane_refusal(struct pane *p, enum action action)
{
    const struct listpane *l = state_of(p);

    switch (action) {
    case ACTION_OPEN:
        return view_current(&l->table.view) == NULL ? "there is no row to open" : NULL;
    case ACTION_NEXT_PROBLEM:
    case ACTION_PREV_PROBLEM:
        return l->def->type->severity == NULL ? "the rows of this list have no severity" : NULL;
    case ACTION_FILTERS:
        return l->def->filters == NULL ? "this list has no ready-made filters: press / instead"
                                       : NULL;
    case ACTION_CLEAR_FILTER:
        return l->table.filter[0] == '\0' ? "no filter is set" : NULL;
    case ACTION_SORT_INVERT:
        return l->table.view.sort_column < 0 ? "choose a column to sort by first (s)" : NULL;
    case ACTION_EXPORT:
        return listpane_known(p) ? NULL : "the rows are not known";
    default:
        return listmark_refusal(p, action);
    }
}
