/* NetScaler VPX allocations, a licence a row, the licences of a host together. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/human.h"
#include "tui/listpane.h"
#include "tui/looks.h"

static struct row_source source(struct app *a)
{
    return netscaler_list_source(session_netscalers(a->session));
}

/* "none" for zero; a lower bound where rows could not be read. */
static const char *count(const struct resource *r, size_t n, char out[HUMAN_MAX + 4])
{
    char number[HUMAN_MAX];

    if (r->unreadable > 0)
        snprintf(out, HUMAN_MAX + 4, ">= %s", human_count((int64_t)n, number));
    else
        snprintf(out, HUMAN_MAX + 4, "%s", n == 0 ? "none" : human_count((int64_t)n, number));
    return out;
}

static int head(struct app *a, struct rect r)
{
    const struct resource *known = session_resource(a->session, RESOURCE_NETSCALERS);
    const struct limits *limits = session_limits(a->session);
    struct netscaler_totals t;
    char one[HUMAN_MAX + 4], two[HUMAN_MAX + 4], three[HUMAN_MAX + 4], four[HUMAN_MAX + 4];
    int used;

    if (!known->known)
        return 0;
    netscaler_list_count(session_netscalers(a->session), limits, &t);
    if (t.licences == 0 && known->unreadable == 0)
        return 0;
    draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_TITLE,
                "hosts %s   warning %s   not reporting %s   licences %s",
                count(known, t.hosts, one), count(known, t.warning_hosts, two),
                count(known, t.hosts - t.reporting_hosts, three), count(known, t.licences, four));
    used = draw_format(a->screen, r.y + 1, r.x + 1, r.w - 2, ROLE_TEXT,
                       "expired %s   in %d d %s   in %d d %s   not on record %s",
                       count(known, t.expired, one), limits->expiry_warning,
                       count(known, t.expiring_30, two), limits->expiry_notice,
                       count(known, t.expiring_90, three), count(known, t.not_on_record, four));
    if (t.past > 0)
        used += draw_format(a->screen, r.y + 1, r.x + 1 + used, r.w - 2 - used, ROLE_WARNING,
                            "   past date %s", count(known, t.past, one));
    if (t.undated > 0)
        draw_format(a->screen, r.y + 1, r.x + 1 + used, r.w - 2 - used, ROLE_WARNING,
                    "   date unknown %s", count(known, t.undated, one));
    return 3;
}

static const char *or_unknown(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : "not told by the service";
}

static void add_expiry(const struct netscaler *n, struct textview *t)
{
    bool past = n->days_to_expire != DAYS_NONE && n->days_to_expire < 0;
    char days[HUMAN_MAX];
    struct civil c;

    if (n->permanent) {
        textview_pair(t, ROLE_TEXT, "expires", "never: a permanent licence");
        return;
    }
    human_days(n->days_to_expire, days);
    if (n->expires != TIME_NONE) {
        civil_from_time(n->expires, 0, &c);
        textview_pair(t, n->expired ? ROLE_WARNING : ROLE_TEXT, "expires", "%04d-%02d-%02d%s%s",
                      c.year, c.month, c.day, n->days_to_expire != DAYS_NONE ? ", " : "",
                      n->days_to_expire != DAYS_NONE ? days : "");
    } else {
        textview_pair(t, ROLE_TEXT, "expires", "%s",
                      n->days_to_expire != DAYS_NONE ? days : "not told by the service");
    }
    if (n->expired != past && (past || n->days_to_expire != DAYS_NONE))
        textview_pair(t, ROLE_WARNING, "", "the service %s it expired",
                      n->expired ? "calls" : "does not call");
}

static void add_licence(struct app *a, const struct netscaler *n, struct textview *t)
{
    char when[HUMAN_MAX], age[HUMAN_MAX];

    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Licence %d of %d", n->number, n->licences);
    textview_pair(t, ROLE_TEXT, "product", "%s", or_unknown(n->product));
    add_expiry(n, t);
    if (n->reported != TIME_NONE)
        textview_pair(t, n->reporting ? ROLE_TEXT : ROLE_WARNING, "reported", "%s, %s ago%s",
                      human_when(app_now(a), n->reported, NULL, when),
                      human_age(app_now(a), n->reported, age),
                      n->reporting ? "" : "; called not reporting");
    else
        textview_pair(t, ROLE_TEXT, "reported", "%s",
                      n->reporting ? "yes, but when is not known" : "never");
    textview_pair(t, n->in_back_office ? ROLE_TEXT : ROLE_WARNING, "back office", "%s",
                  n->in_back_office ? "known" : "not known to Citrix's back office");
    textview_pair(t, ROLE_TEXT, "mode", "%s", or_unknown(n->mode));
    textview_pair(t, ROLE_TEXT, "deployment", "%s", or_unknown(n->deployment));
    textview_pair(t, ROLE_TEXT, "serial", "%s", or_unknown(n->entitlement_id));
    textview_pair(t, ROLE_TEXT, "fulfillment", "%s", or_unknown(n->fulfillment_id));
}

static const char *status_words(const struct netscaler *n)
{
    switch (netscaler_severity(n)) {
    case SEVERITY_ERROR:
        return "not reporting: its first licence is not";
    case SEVERITY_WARNING:
        return "reporting, but a licence of it is expired or not on record";
    default:
        return "reporting";
    }
}

/* The open licence first, then the host's others. */
static void detail(struct app *a, const void *row, struct textview *t)
{
    const struct netscaler_list *l = session_netscalers(a->session);
    const struct netscaler *n = row;
    size_t first = (size_t)(n - l->rows) - (size_t)(n->number - 1);

    textview_add(t, ROLE_TITLE, "%s", n->host_id);
    textview_pair(t, severity_role((int)netscaler_severity(n)), "status", "%s (%s)",
                  status_words(n), severity_name(netscaler_severity(n)));
    textview_pair(t, ROLE_TEXT, "fqdn", "%s",
                  n->fqdn != NULL ? n->fqdn : "not known: never reported");
    textview_pair(t, ROLE_TEXT, "host id is", "%s", or_unknown(n->host_type));
    textview_pair(t, ROLE_TEXT, "guid", "%s", or_unknown(n->guid));
    add_licence(a, n, t);
    for (size_t i = first; i < first + (size_t)n->licences && i < l->count; i++)
        if (&l->rows[i] != n)
            add_licence(a, &l->rows[i], t);
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &netscaler_row_type,
        .source = source,
        .detail = detail,
        .head = head,
        .filters = netscaler_filters,
        .filter_count = &netscaler_filter_count,
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
