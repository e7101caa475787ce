/* Notifications: which are new here, how serious, whose. One pane for the account's own, one for
 * those of a customer, which shares the tab of the customers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/human.h"
#include "model/notice_marks.h"
#include "tui/listpane.h"
#include "tui/looks.h"

static struct row_source own(struct app *a)
{
    return notice_list_source(session_notices(a->session));
}

static struct row_source of_customer(struct app *a)
{
    return notice_list_source(session_customer_notices(a->session));
}

static const struct notice_list *list_of(const struct pane *p)
{
    return p->id == PANE_INBOX ? session_customer_notices(p->app->session)
                               : session_notices(p->app->session);
}

/* "140 notices, 12 new: 2 error, 3 warning, 7 information" after WHOSE. */
static int draw_head(struct app *a, struct rect r, const char *whose, const struct notice_list *l)
{
    size_t unread = notice_list_unread(l, NULL, NULL), of[SEVERITY_ERROR + 1] = {0};
    char all[HUMAN_MAX], new[HUMAN_MAX];
    int used;

    for (size_t i = 0; i < l->count; i++)
        of[l->rows[i].severity] += !l->rows[i].read;
    used = draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_TITLE, "%s%s%s notice%s, %s new",
                       whose, l->more ? ">= " : "", human_count((int64_t)l->count, all),
                       l->count == 1 ? "" : "s",
                       unread == 0 ? "none" : human_count((int64_t)unread, new));
    for (int s = SEVERITY_ERROR; s > SEVERITY_OK; s--)
        if (of[s] > 0)
            used += draw_format(a->screen, r.y, r.x + 1 + used, r.w - 2 - used, severity_role(s),
                                "   %s %s", severity_name((enum severity)s),
                                human_count((int64_t)of[s], new));
    if (l->more)
        draw_format(a->screen, r.y, r.x + 1 + used, r.w - 2 - used, ROLE_WARNING,
                    "   the oldest are not here");
    return 2;
}

static int own_head(struct app *a, struct rect r)
{
    const struct notice_list *l = session_notices(a->session);

    return l->count > 0 ? draw_head(a, r, "", l) : 0;
}

static int customer_head(struct app *a, struct rect r)
{
    const struct notice_list *l = session_customer_notices(a->session);
    const struct customer_list *known = session_customers(a->session);
    const char *id = session_key(a->session, RESOURCE_CUSTOMER_NOTICES), *name = id;
    char whose[200];

    for (size_t i = 0; i < known->count; i++)
        if (strcmp(known->rows[i].id, id) == 0 && known->rows[i].name != NULL)
            name = known->rows[i].name;
    snprintf(whose, sizeof(whose), "%.100s: ", name);
    if (session_resource(a->session, RESOURCE_CUSTOMER_NOTICES)->known)
        return draw_head(a, r, whose, l);
    draw_text(a->screen, r.y, r.x + 1, r.w - 2, ROLE_TITLE, name);
    return 2;
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
        .source = own,
        .head = own_head,
        .detail = detail,
        .filters = notice_filters,
        .filter_count = &notice_filter_count,
        .sort = "",
        .empty = "There are no notifications.",
    };

    return listpane_open(p, &def);
}

static int open_inbox(struct pane *p)
{
    static const struct list_def def = {
        .type = &notice_row_type,
        .source = of_customer,
        .head = customer_head,
        .detail = detail,
        .filters = notice_filters,
        .filter_count = &notice_filter_count,
        .sort = "",
        .empty = "The service lists no notifications of this customer.",
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
    const struct notice_list *list = list_of(p);

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
    const struct notice_list *l = list_of(p);

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

int inbox_look(struct app *a, const char *customer_id)
{
    int rc = session_look(a->session, RESOURCE_CUSTOMER_NOTICES, customer_id);

    a->panes[PANE_INBOX].def->data(&a->panes[PANE_INBOX]);
    return rc;
}

#define NOTICE_FUNCTIONS                                                                           \
    .is_list = true, .is_notices = true, .release = listpane_release, .data = listpane_data,       \
    .draw = listpane_draw, .act = act, .refusal = refusal, .hints = hints

const struct pane_def pane_notices = {
    .name = "notices",
    .title = "Notices",
    .brief = "Notices",
    .resources = RESOURCE_BIT(RESOURCE_NOTICES),
    .init = open_pane,
    NOTICE_FUNCTIONS,
};

const struct pane_def pane_inbox = {
    .name = "customer-notices",
    .title = "Notices of the customer",
    .brief = "Notices",
    .products = PRODUCT_BIT(APPS) | PRODUCT_BIT(CLOUD),
    .under = 1 + PANE_CUSTOMERS,
    .resources = RESOURCE_BIT(RESOURCE_CUSTOMER_NOTICES),
    .uses = RESOURCE_BIT(RESOURCE_CUSTOMERS),
    .init = open_inbox,
    NOTICE_FUNCTIONS,
};
