#include "cli/rows.h"

#include <string.h>

#include "base/clock.h"
#include "cli/fetch.h"
#include "cli/list.h"
#include "model/netscaler.h"
#include "session/config.h"

void list_rows_init(struct list_rows *r)
{
    memset(r, 0, sizeof(*r));
    usage_list_init(&r->usage, 0);
    usage_customer_list_init(&r->customers);
    usage_server_list_init(&r->servers);
    history_list_init(&r->history);
}

void list_rows_release(struct list_rows *r)
{
    usage_list_release(&r->usage);
    usage_customer_list_release(&r->customers);
    usage_server_list_release(&r->servers);
    history_list_release(&r->history);
    memset(&r->source, 0, sizeof(r->source));
}

/* What the session has as it is. */
#define PLAIN_ROWS(type, list)                                                                     \
    int type##_rows(struct list_rows *r, const struct session *s)                                  \
    {                                                                                              \
        r->source = list;                                                                          \
        return 0;                                                                                  \
    }
PLAIN_ROWS(server, server_list_source(session_servers(s)))
PLAIN_ROWS(customer, customer_list_source(session_customers(s)))
PLAIN_ROWS(netscaler, netscaler_list_source(session_netscalers(s)))
PLAIN_ROWS(notice, notice_list_source(session_notices(s)))
PLAIN_ROWS(cloud_month, cloud_history_source(session_cloud_history(s)))

bool list_servers_known(const struct session *s)
{
    return fetch_fault(s, RESOURCE_SERVERS, NULL) == 0 && !session_servers(s)->unavailable;
}

static struct gap_input gap_input(const struct session *s)
{
    return (struct gap_input){
        .servers = list_servers_known(s) ? session_servers(s) : NULL,
        .now = clock_wall(session_clock(s)),
        .zone = session_profile(s)->billing_timezone,
    };
}

/* The session's usage with each row marked. */
static int mark_usage(struct list_rows *r, const struct session *s)
{
    struct gap_input in = gap_input(s);
    int rc = usage_list_choose(session_usage(s), NULL, &r->usage);

    if (rc == 0)
        rc = gap_of_usage(&in, session_usage(s), &r->gap);
    if (rc == 0)
        usage_list_mark(&r->usage, &r->gap);
    return rc;
}

int usage_gap_rows(struct list_rows *r, const struct session *s)
{
    int rc = mark_usage(r, s);

    r->source = usage_gap_source(&r->usage);
    return rc;
}

int usage_customer_rows(struct list_rows *r, const struct session *s)
{
    int rc = mark_usage(r, s);

    if (rc == 0)
        rc = usage_customer_list_build(&r->customers, &r->usage, NULL, session_customers(s));
    r->source = usage_customer_list_source(&r->customers);
    return rc;
}

int usage_server_rows(struct list_rows *r, const struct session *s)
{
    struct gap_input in = gap_input(s);
    int rc = mark_usage(r, s);

    if (rc == 0)
        rc = usage_server_list_build(&r->servers, &r->usage, NULL, &in);
    r->source = usage_server_list_source(&r->servers);
    return rc;
}

int history_rows(struct list_rows *r, const struct session *s)
{
    int rc = history_list_build(&r->history, session_history(s), r->from, r->to, NULL);

    r->source = history_list_source(&r->history);
    return rc;
}

void list_silent_gap(struct list_about *about, const struct session *s, const struct gap *gap)
{
    if (!gap->known || !list_servers_known(s))
        list_about_gap(about, "whether all servers reported is not known");
    else if (gap_incomplete(gap))
        list_about_gap(about, "%zu of %zu servers %s silent", gap->silent, gap->servers,
                       gap->silent == 1 ? "is" : "are");
}
