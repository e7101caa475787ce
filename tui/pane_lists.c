/* Messages, and the notices of a customer. */
#include <stdio.h>
#include <string.h>

#include "base/human.h"
#include "tui/customer.h"
#include "tui/listpane.h"

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

void customer_show_notices(struct pane *p, const struct customer *c)
{
    struct app *a = p->app;

    if (inbox_look(a, c->id) < 0)
        app_say(a, ROLE_WARNING, "this customer's id cannot be asked for");
    else
        app_open(a, PANE_INBOX, "");
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

const struct pane_def pane_messages = {
    .name = "messages",
    .title = "Messages",
    .brief = "Log",
    .is_local = true,
    .init = open_messages,
    LISTPANE_FUNCTIONS,
};
