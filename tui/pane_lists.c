/* The panes that are a list and little more: customers, notifications, requests, messages. */
#include <stdio.h>
#include <string.h>

#include "base/human.h"
#include "tui/listpane.h"
#include "tui/looks.h"

static struct row_source customers(struct app *a)
{
    return customer_list_source(session_customers(a->session));
}

static struct row_source notices(struct app *a)
{
    return notice_list_source(session_notices(a->session));
}

static struct row_source own_messages(struct app *a)
{
    return messages_source(&a->messages);
}

static void notice_detail(struct app *a, const void *row, struct textview *t)
{
    const struct notice *n = row;
    char when[HUMAN_MAX];

    textview_add(t, ROLE_TITLE, "%s", n->title != NULL ? n->title : "(no title)");
    textview_pair(t, severity_role(n->severity), "severity", "%s",
                  n->critical ? "critical" : severity_name(n->severity));
    textview_pair(t, ROLE_TEXT, "created", "%s", human_when(app_now(a), n->created, NULL, when));
    if (n->component != NULL)
        textview_pair(t, ROLE_TEXT, "component", "%s", n->component);
    if (n->detail_uri != NULL)
        textview_pair(t, ROLE_TEXT, "more at", "%s", n->detail_uri);
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TEXT, "%s", n->description != NULL ? n->description : "(no text)");
}

static void message_detail(struct app *a, const void *row, struct textview *t)
{
    const struct message *m = row;
    char when[HUMAN_MAX];

    textview_add(t, ROLE_TITLE, "%s", human_when(app_now(a), m->when, NULL, when));
    textview_add(t, m->role, "%s", m->text);
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

static int open_notices(struct pane *p)
{
    static const struct list_def def = {
        .type = &notice_row_type,
        .source = notices,
        .detail = notice_detail,
        .sort = "",
        .empty = "There are no notifications.",
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
    .init = open_customers,
    LISTPANE_FUNCTIONS,
};

const struct pane_def pane_notices = {
    .name = "notices",
    .title = "Notices",
    .brief = "Notices",
    .resources = RESOURCE_BIT(RESOURCE_NOTICES),
    .init = open_notices,
    LISTPANE_FUNCTIONS,
};

const struct pane_def pane_messages = {
    .name = "messages",
    .title = "Messages",
    .brief = "Log",
    .is_local = true,
    .init = open_messages,
    LISTPANE_FUNCTIONS,
};
