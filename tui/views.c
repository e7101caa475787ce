#include "tui/views.h"

#include <stdio.h>
#include <string.h>

#include "tui/listpane.h"

enum { COVERS_MAX = 4 };

static void take(struct app *a, struct place *out)
{
    const struct pane *p = app_pane(a);
    const struct listpane *l = p->state;

    *out = (struct place){.pane = (int)a->active, .product = (int)a->product, .shown = p};
    if (!p->def->is_list)
        return;
    if (a->active == PANE_INBOX)
        snprintf(out->customer, sizeof(out->customer), "%s",
                 session_key(a->session, RESOURCE_CUSTOMER_NOTICES));
    snprintf(out->filter, sizeof(out->filter), "%s", l->table.filter);
    out->sort_column = l->table.view.sort_column;
    out->sort_desc = l->table.view.sort_desc;
    out->has_cursor = l->table.view.has_cursor_id;
    out->cursor_id = l->table.view.cursor_id;
    out->detail = l->detail_open;
    out->detail_id = l->detail_id;
}

static bool same_list(const struct place *x, const struct place *y)
{
    return x->shown == y->shown && strcmp(x->filter, y->filter) == 0 &&
           strcmp(x->customer, y->customer) == 0;
}

static void push(struct views *v, const struct place *now)
{
    if (v->count > 0)
        v->count = v->at + 1;
    if (v->count == VIEWS_MAX) {
        memmove(v->places, v->places + 1, (VIEWS_MAX - 1) * sizeof(v->places[0]));
        v->count--;
    }
    v->places[v->count++] = *now;
    v->at = v->count - 1;
}

void views_note(struct app *a)
{
    struct views *v = &a->views;
    const struct place *open = &v->places[v->at];
    struct place now;

    if (a->overlay != OVERLAY_NONE)
        return;
    take(a, &now);
    if (v->count > 0 && same_list(&now, open)) {
        bool closed = open->detail && !now.detail;

        if (closed && v->at > 0 && same_list(&now, open - 1) && !open[-1].detail)
            v->at--;
        if (closed || now.detail == open->detail) {
            v->places[v->at] = now;
            return;
        }
    }
    push(v, &now);
}

const char *views_refusal(const struct app *a, int step)
{
    if (step < 0)
        return a->views.at == 0 ? "this is the first view" : NULL;
    return a->views.at + 1 >= a->views.count ? "there is no view to go forward to" : NULL;
}

static bool has_row(const struct row_source *s, uint64_t id)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->type->id(s->at(s->list, i)) == id)
            return true;
    return false;
}

static void restore_list(struct app *a, const struct place *to)
{
    struct pane *p = app_pane(a);
    struct listpane *l = p->state;
    struct row_ctx ctx = app_ctx(a);
    struct err err;

    if (listpane_filter(p, to->filter, NULL, &err) < 0)
        app_say_err(a, &err);
    if (to->has_cursor) {
        l->table.view.cursor_id = to->cursor_id;
        l->table.view.has_cursor_id = true;
    }
    table_sort(&l->table, to->sort_column, to->sort_desc, &ctx);
    l->detail_open = to->detail && has_row(&l->table.view.source, to->detail_id);
    if (to->detail && !l->detail_open)
        app_say(a, ROLE_INFORMATION, "the %s that was open is no longer in the list",
                l->def->type->one);
    l->detail_id = to->detail_id;
    l->detail.top = 0;
    p->def->data(p);
}

/* Closes what lies in the place of the pane that was shown itself. */
static void uncover(struct app *a, const struct place *to)
{
    for (int i = 0; i < COVERS_MAX && to->shown == &a->panes[to->pane]; i++)
        if (app_pane(a) == to->shown || !app_pane(a)->def->act(app_pane(a), ACTION_BACK, NULL))
            return;
}

void views_go(struct app *a, int step)
{
    struct views *v = &a->views;
    const struct place *to;

    v->at += step < 0 ? (size_t)-1 : 1;
    to = &v->places[v->at];
    a->product = (enum product)to->product;
    if (to->customer[0] != '\0')
        inbox_look(a, to->customer);
    app_open(a, (enum pane_id)to->pane, NULL);
    uncover(a, to);
    /* Something else may lie in the pane's place now, with a list of its own. */
    if (app_pane(a) == to->shown && to->shown->def->is_list)
        restore_list(a, to);
    take(a, &v->places[v->at]);
}
