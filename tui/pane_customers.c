/* Customers: the partner list with what each uses, a row a customer and edition. */
#include <stdio.h>
#include <stdlib.h>

#include "base/human.h"
#include "session/lists.h"
#include "tui/customer.h"
#include "tui/gap.h"
#include "tui/listpane.h"
#include "tui/trends.h"

static struct list_rows *rows_of(struct app *a)
{
    return ((struct listpane *)a->panes[PANE_CUSTOMERS].state)->own;
}

static struct row_source source(struct app *a)
{
    const struct list_command *list = list_command_find("customers", "edition");
    struct list_rows *r = rows_of(a);

    if (list->rows(r, a->session) < 0) {
        customer_usage_list_release(&r->customer_usage);
        r->source = customer_usage_list_source(&r->customer_usage);
        app_say(a, ROLE_ERROR, "out of memory: the customers cannot be shown");
    }
    return r->source;
}

/* The lines above the list: what all of them use, or why that is not known. */
static int head(struct app *a, struct rect r)
{
    char total[HUMAN_MAX], unlinked[HUMAN_MAX], text[300];
    int64_t not_linked = 0;
    struct usage_sum sum;
    struct shown_gap gap;

    if (!session_resource(a->session, RESOURCE_USAGE)->known) {
        if (!session_resource(a->session, RESOURCE_CUSTOMERS)->known)
            return 0;
        draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_WARNING, "Users: %s",
                    trouble_unknown(a, RESOURCE_USAGE, text, sizeof(text)));
        return 2;
    }
    usage_list_sum(session_usage(a->session), &sum);
    shown_gap_find(a, NULL, &gap);
    for (size_t i = 0; i < rows_of(a)->customer_usage.count; i++) {
        const struct customer_usage *row = &rows_of(a)->customer_usage.rows[i];

        not_linked += row->linked || row->total == USAGE_UNKNOWN ? 0 : row->total;
    }
    draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_TITLE, "%s%s users, %s not linked  %s%s%s",
                gap.lower ? ">= " : "", human_count(sum.total, total),
                human_count(not_linked, unlinked), gap.text[0] != '\0' ? "(" : "", gap.text,
                gap.text[0] != '\0' ? ")" : "");
    return 2;
}

static void detail(struct app *a, const void *row, struct textview *t)
{
    customer_detail(a, &rows_of(a)->customer_usage, row, t);
}

static const struct customer_usage *current(const struct pane *p)
{
    const struct listpane *l = p->state;

    return view_current(&l->table.view);
}

static void show_notices(struct pane *p, const struct customer_usage *row)
{
    const struct customer *own = customer_of(p->app, row->customer_id);
    const struct customer other = {
        .id = row->customer_id, .name = row->customer, .notifications = -1};

    customer_show_notices(p, own != NULL ? own : &other);
}

static bool act(struct pane *p, enum action action, const char *arg)
{
    const struct customer_usage *row = current(p);

    switch (action) {
    case ACTION_ITS_NOTICES:
        show_notices(p, row);
        return true;
    case ACTION_ITS_TREND:
        trends_open_customer(p->app, row->linked ? row->customer_id : NULL, row->customer);
        return true;
    default:
        return listpane_act(p, action, arg);
    }
}

static const char *refusal(struct pane *p, enum action action)
{
    if (action != ACTION_ITS_NOTICES && action != ACTION_ITS_TREND)
        return listpane_refusal(p, action);
    if (current(p) == NULL)
        return "there is no customer under the cursor";
    if (action == ACTION_ITS_TREND)
        return NULL;
    if (current(p)->customer_id == NULL)
        return "users linked to no customer have no notices";
    return session_resource(p->app->session, RESOURCE_NOTICES)->known
               ? NULL
               : "the notifications are not known yet";
}

static size_t hints(struct pane *p, struct hint *out, size_t max)
{
    static const struct hint own[] = {{"o", "its trend"}, {"i", "its notices"}};
    size_t n = listpane_hints(p, out, max);

    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]) && n < max; i++)
        out[n++] = own[i];
    return n;
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &customer_usage_row_type,
        .source = source,
        .detail = detail,
        .head = head,
        .sort = "customer",
        .empty = "The partner service lists no customer, and no user is linked to one.",
    };
    struct list_rows *rows = calloc(1, sizeof(*rows));
    int rc = rows == NULL ? ERR_NOMEM : listpane_open(p, &def);

    if (rc < 0) {
        free(rows);
        return rc;
    }
    list_rows_init(rows);
    ((struct listpane *)p->state)->own = rows;
    return 0;
}

static void release_pane(struct pane *p)
{
    struct listpane *l = p->state;
    struct list_rows *rows = l != NULL ? l->own : NULL;

    listpane_release(p);
    if (rows != NULL)
        list_rows_release(rows);
    free(rows);
}

const struct pane_def pane_customers = {
    .name = "customers",
    .title = "Customers",
    .brief = "Customers",
    .products = PRODUCT_BIT(APPS) | PRODUCT_BIT(CLOUD),
    .resources = RESOURCE_BIT(RESOURCE_CUSTOMERS) | RESOURCE_BIT(RESOURCE_USAGE) |
                 RESOURCE_BIT(RESOURCE_USAGE_BEFORE),
    .uses = RESOURCE_BIT(RESOURCE_NOTICES) | RESOURCE_BIT(RESOURCE_SERVERS) |
            RESOURCE_BIT(RESOURCE_CUSTOMER_NOTICES) | SESSION_CHANGED_HISTORY,
    .has_notices = true,
    .by_term = true,
    .init = open_pane,
    .is_list = true,
    .release = release_pane,
    .data = listpane_data,
    .draw = listpane_draw,
    .act = act,
    .refusal = refusal,
    .hints = hints,
};
