/* NetScaler VPX allocations, a licence a row. */
#include "base/human.h"
#include "tui/listpane.h"

static struct row_source source(struct app *a)
{
    return netscaler_list_source(session_netscalers(a->session));
}

static int head(struct app *a, struct rect r)
{
    struct netscaler_totals t;

    if (!session_resource(a->session, RESOURCE_NETSCALERS)->known)
        return 0;
    netscaler_list_totals(session_netscalers(a->session), &t);
    draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_TITLE,
                "%zu hosts, %zu reporting   %zu licences, %zu expired, %zu expire in 30 d", t.hosts,
                t.reporting_hosts, t.licences, t.expired, t.expiring_30);
    return 2;
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &netscaler_row_type,
        .source = source,
        .head = head,
        .sort = "",
        .empty = "The service lists no NetScaler VPX for this account.",
    };

    return listpane_open(p, &def);
}

const struct pane_def pane_netscaler = {
    .name = "netscaler",
    .title = "NetScaler",
    .brief = "VPX",
    .products = PRODUCT_BIT(NETWORKING),
    .resources = RESOURCE_BIT(RESOURCE_NETSCALERS),
    .init = open_pane,
    LISTPANE_FUNCTIONS,
};
