/* Notifications: which are new here, how serious, whose. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/human.h"
#include "model/notice_marks.h"
#include "tui/listpane.h"
#include "tui/looks.h"

static struct row_source source(struct app *a)
{
    return notice_list_source(session_notices(a->session));
}

static const char *or_none(const char *text, const char *none)
{
    return text != NULL && text[0] != '\0' ? text : none;
}

static void detail(struct app *a, const void *row, struct textview *t)
{
    const struct notice *n = row;
    char when[HUMAN_MAX];

    textview_add(t, ROLE_TITLE, "%s", or_none(n->title, "(no title)"));
    textview_pair(t, severity_role(n->severity), "severity", "%s",
                  n->critical ? "critical" : severity_name(n->severity));
    textview_pair(t, ROLE_TEXT, "created", "%s",
                  n->created != TIME_NONE ? human_when(app_now(a), n->created, NULL, when)
                                          : "not told by the service");
    if (n->customer_id != NULL)
        textview_pair(t, ROLE_TEXT, "customer", "%s  %s", or_none(n->customer, ""), n->customer_id);
    if (n->component != NULL)
        textview_pair(t, ROLE_TEXT, "component", "%s", n->component);
    if (n->detail_uri != NULL)
        textview_pair(t, ROLE_TEXT, "more at", "%s", n->detail_uri);
    textview_pair(t, ROLE_TEXT, "read", "%s", n->read ? "yes, here; Citrix is not told" : "no");
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TEXT, "%s", or_none(n->description, "(no text)"));
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &notice_row_type,
        .source = source,
        .detail = detail,
        .filters = notice_filters,
        .filter_count = &notice_filter_count,
        .sort = "",
        .empty = "There are no notifications.",
    };

    return listpane_open(p, &def);
}

/* False, and said so, when it is so in this run only. */
static bool mark(struct pane *p, const uint64_t *ids, size_t count, bool read)
{
    struct err err = {0};

    if (session_mark_read(p->app->session, ids, count, read, &err) == 0)
        return true;
    app_say_err(p->app, &err);
    return false;
}

/* The notice that is open, else the one under the cursor; NULL without. */
static const struct notice *meant(const struct pane *p)
{
    const struct listpane *l = p->state;
    const struct notice_list *list = session_notices(p->app->session);

    if (!l->detail_open)
        return view_current(&l->table.view);
    for (size_t i = 0; i < list->count; i++)
        if (list->rows[i].id == l->detail_id)
            return &list->rows[i];
    return NULL;
}

static void toggle(struct pane *p)
{
    const struct notice *n = meant(p);
    bool read = n != NULL && !n->read;

    if (n == NULL)
        return;
    if (mark(p, &n->id, 1, read))
        app_say(p->app, ROLE_TEXT, read ? "marked as read, here only" : "marked as new again");
}

/* What the filter hides has not been seen, so it stays as it is. */
static void read_shown(struct pane *p)
{
    const struct view *v = &((const struct listpane *)p->state)->table.view;
    uint64_t *ids = calloc(v->count + 1, sizeof(*ids));
    size_t n = 0, hidden = v->source.count - v->count;

    if (ids == NULL) {
        app_say(p->app, ROLE_ERROR, "out of memory");
        return;
    }
    for (size_t i = 0; i < v->count; i++) {
        const struct notice *row = view_row(v, i);

        if (!row->read)
            ids[n++] = row->id;
    }
    if (mark(p, ids, n, true))
        app_say(p->app, ROLE_TEXT, "%zu notice%s marked as read, here only%s", n, n == 1 ? "" : "s",
                hidden > 0 ? "; what the filter hides stays as it was" : "");
    free(ids);
}

static bool act(struct pane *p, enum action action, const char *arg)
{
    const struct listpane *l = p->state;
    const struct notice *n;
    bool done;

    if (action == ACTION_READ || action == ACTION_READ_ALL) {
        if (action == ACTION_READ)
            toggle(p);
        else
            read_shown(p);
        return true;
    }
    done = listpane_act(p, action, arg);
    n = l->detail_open && (action == ACTION_OPEN || action == ACTION_NEXT_PROBLEM ||
                           action == ACTION_PREV_PROBLEM)
            ? meant(p)
            : NULL;
    if (n != NULL && !n->read)
        mark(p, &n->id, 1, true);
    return done;
}

static const char *refusal(struct pane *p, enum action action)
{
    const struct notice_list *l = session_notices(p->app->session);

    if (action == ACTION_READ)
        return meant(p) == NULL ? "there is no notice to mark" : NULL;
    if (action == ACTION_READ_ALL)
        return notice_list_unread(l, NULL, NULL) == 0 ? "there is no new notice" : NULL;
    return listpane_refusal(p, action);
}

static size_t hints(struct pane *p, struct hint *out, size_t max)
{
    const struct listpane *l = p->state;
    size_t n = 0;

    if (n < max)
        out[n++] = (struct hint){"m", "read or new"};
    if (n < max && !l->detail_open)
        out[n++] = (struct hint){"c", "all read"};
    return n + listpane_hints(p, out + n, max - n);
}

const struct pane_def pane_notices = {
    .name = "notices",
    .title = "Notices",
    .brief = "Notices",
    .resources = RESOURCE_BIT(RESOURCE_NOTICES),
    .is_notices = true,
    .init = open_pane,
    .is_list = true,
    .release = listpane_release,
    .data = listpane_data,
    .draw = listpane_draw,
    .act = act,
    .refusal = refusal,
    .hints = hints,
};
