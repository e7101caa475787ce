/* The panes that are a list and little more: customers, messages. */
#include <stdio.h>
#include <string.h>

#include "base/human.h"
#include "tui/listpane.h"

static struct row_source customers(struct app *a)
{
    return customer_list_source(session_customers(a->session));
}

static struct row_source own_messages(struct app *a)
{
    return messages_source(&a->messages);
}

static void message_detail(struct app *a, const void *row, struct textview *t)
{
    const struct message *m = row;
    char when[HUMAN_MAX];

    textview_add(t, ROLE_TITLE, "%s", human_when(app_now(a), m->when, NULL, when));
    textview_add(t, m->role, "%s", m->text);
}

static void show_notices(struct app *a, const struct customer *c)
{
    if (inbox_look(a, c->id) < 0)
        app_say(a, ROLE_WARNING, "this customer's id cannot be asked for");
    else
        app_open(a, PANE_INBOX, "");
}

static bool customer_act(struct pane *p, enum action action, const char *arg)
{
    const struct listpane *l = p->state;

    if (action != ACTION_ITS_NOTICES)
        return listpane_act(p, action, arg);
    show_notices(p->app, view_current(&l->table.view));
    return true;
}

static const char *customer_refusal(struct pane *p, enum action action)
{
    const struct listpane *l = p->state;

    if (action != ACTION_ITS_NOTICES)
        return listpane_refusal(p, action);
    return view_current(&l->table.view) == NULL ? "there is no customer under the cursor" : NULL;
}

static size_t customer_hints(struct pane *p, struct hint *out, size_t max)
{
    if (max == 0)
        return 0;
    out[0] = (struct hint){"i", "its notices"};
    return 1 + listpane_hints(p, out + 1, max - 1);
}

static int open_customers(struct pane *p)
{
    static const struct list_def def = {
        .type = &customer_row_type,
        .source = customers,
        .sort = "customer",
        .empty = "The partner service lists no customer for this account.",
    };

    return listpane_open(p, &def);
}

static int open_messages(struct pane *p)
{
    static const struct list_def def = {
        .type = &message_row_type,
        .source = own_messages,
        .detail = message_detail,
        .sort = "",
        .empty = "luitop has not said anything yet.",
    };

    return listpane_open(p, &def);
}

const struct pane_def pane_customers = {
    .name = "customers",
    .title = "Customers",
    .brief = "Customers",
    .products = PRODUCT_BIT(APPS) | PRODUCT_BIT(CLOUD),
    .resources = RESOURCE_BIT(RESOURCE_CUSTOMERS),
    .has_notices = true,
    .init = open_customers,
    .is_list = true,
    .release = listpane_release,
    .data = listpane_data,
    .draw = listpane_draw,
    .act = customer_act,
    .refusal = customer_refusal,
    .hints = customer_hints,
};

const struct pane_def pane_messages = {
    .name = "messages",
    .title = "Messages",
    .brief = "Log",
    .is_local = true,
    .init = open_messages,
    LISTPANE_FUNCTIONS,
};
