/* Licensed deployments: the license servers and the users. */
#include <stdio.h>

#include "base/clock.h"
#include "base/human.h"
#include "tui/deploy.h"
#include "tui/listpane.h"

static struct row_source servers(struct app *a)
{
    return deployment_server_list_source(&deploy_of(a)->servers);
}

static int servers_head(struct app *a, struct rect r)
{
    const struct deployment_server_list *l = &deploy_of(a)->servers;
    const struct deployment_rules *rules = session_deployment_rules(a->session);
    int listed =
        rules != NULL && rules->listed_days > 0 ? rules->listed_days : DEPLOYMENT_LISTED_DAYS;
    size_t silent = 0;
    char dropped[80] = "";

    if (!session_resource(a->session, RESOURCE_DEPLOYMENTS)->known)
        return 0;
    for (size_t i = 0; i < l->count; i++)
        silent += l->rows[i].status != DEPLOYMENT_REPORTING;
    if (l->dropped > 0)
        snprintf(dropped, sizeof(dropped), "   %zu older than %d days %s not listed", l->dropped,
                 listed, l->dropped == 1 ? "is" : "are");
    draw_format(a->screen, r.y, 1, r.w - 2, silent > 0 ? ROLE_WARNING : ROLE_TITLE,
                "%zu server%s, %zu reporting, %zu not reporting%s", l->count,
                l->count == 1 ? "" : "s", l->count - silent, silent, dropped);
    return 2;
}

/* What the server has of each product. */
static void server_detail(struct app *a, const void *row, struct textview *t)
{
    const struct deployment_server *s = row;
    struct deployment_input in = deploy_input(a);
    struct server_set only;
    struct deployment_list own;
    char when[HUMAN_MAX], age[HUMAN_MAX], n[2][HUMAN_MAX], product[160], use[24];
    bool reports = s->status == DEPLOYMENT_REPORTING;

    textview_add(t, ROLE_TITLE, "%s", s->fqdn);
    textview_pair(t, reports ? ROLE_OK : ROLE_ERROR, "status", "%s",
                  reports ? "reporting" : "not reporting: outside all totals");
    if (s->reported != TIME_NONE)
        textview_pair(t, ROLE_TEXT, "last report", "%s, %s ago",
                      human_when(app_now(a), s->reported, NULL, when),
                      human_age(app_now(a), s->reported, age));
    else
        textview_pair(t, ROLE_TEXT, "last report", "never");
    textview_pair(t, ROLE_TEXT, "registered", "%s",
                  s->registered != TIME_NONE ? human_when(app_now(a), s->registered, NULL, when)
                                             : "not told by the service");
    textview_pair(t, ROLE_TEXT, "version", "%s",
                  s->version != NULL ? s->version : "not told by the service");
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "%s", "Licences");
    server_set_init(&only);
    deployment_list_init(&own);
    in.only = &only;
    if (server_set_add(&only, s->fqdn) < 0 ||
        deployment_list_by_server(&own, session_deployment_usage(a->session), NULL, &in) < 0)
        textview_add(t, ROLE_ERROR, "%s", "out of memory");
    else if (!session_resource(a->session, RESOURCE_DEPLOYMENT_USAGE)->known)
        textview_add(t, ROLE_MUTED, "%s", "not known");
    else if (own.count == 0)
        textview_add(t, ROLE_MUTED, "%s", "none");
    for (size_t i = 0; i < own.count; i++) {
        const struct deployment *d = &own.rows[i];

        deploy_use_words(d, use, sizeof(use));
        textview_add(t, ROLE_TEXT, "%s, %s", deploy_product_words(d, product, sizeof(product)),
                     deploy_model_words(d->model));
        textview_pair(t, d->overdraft > 0 ? ROLE_ERROR : ROLE_TEXT, "",
                      "installed %s, in use %s%s%s", human_count(d->installed, n[0]),
                      d->in_use == DEPLOYMENT_UNKNOWN ? "?" : human_count(d->in_use, n[1]),
                      use[0] != '\0' ? ", " : "", use);
    }
    deployment_list_release(&own);
    server_set_release(&only);
}

static int open_servers(struct pane *p)
{
    static const struct list_def def = {
        .type = &deployment_server_row_type,
        .source = servers,
        .detail = server_detail,
        .head = servers_head,
        .sort = "-status",
        .empty = "No license server is registered for licensed deployments.",
    };

    return listpane_open(p, &def);
}

const struct pane_def pane_deployment_servers = {
    .name = "deployment-servers",
    .title = "Servers",
    .brief = "Servers",
    .products = PRODUCT_BIT(DEPLOYMENTS),
    .resources = RESOURCE_BIT(RESOURCE_DEPLOYMENTS),
    .uses = RESOURCE_BIT(RESOURCE_DEPLOYMENT_USAGE),
    .init = open_servers,
    LISTPANE_FUNCTIONS,
};

static struct row_source users(struct app *a)
{
    return deployment_user_list_source(session_deployment_users(a->session));
}

static int users_head(struct app *a, struct rect r)
{
    const struct deployment_user_list *l = session_deployment_users(a->session);
    char n[HUMAN_MAX];

    if (!session_resource(a->session, RESOURCE_DEPLOYMENT_USERS)->known)
        return 0;
    draw_format(a->screen, r.y, 1, r.w - 2, l->more ? ROLE_WARNING : ROLE_TITLE,
                "%s%s user%s, by product and server%s", l->more ? ">= " : "",
                human_count((int64_t)l->count, n), l->count == 1 ? "" : "s",
                l->more ? "   the service has more than luitop reads" : "");
    return 2;
}

static int open_users(struct pane *p)
{
    static const struct list_def def = {
        .type = &deployment_user_row_type,
        .source = users,
        .head = users_head,
        .sort = "-last_login",
        .empty = "No user has a licence of a licensed deployment.",
    };

    return listpane_open(p, &def);
}

const struct pane_def pane_deployment_users = {
    .name = "deployment-users",
    .title = "Users",
    .brief = "Users",
    .products = PRODUCT_BIT(DEPLOYMENTS),
    .resources = RESOURCE_BIT(RESOURCE_DEPLOYMENT_USERS),
    .init = open_users,
    LISTPANE_FUNCTIONS,
};
