#include "session/lists.h"

#include <string.h>

#include "base/clock.h"
#include "model/finding.h"
#include "model/netscaler.h"
#include "model/term.h"
#include "session/config.h"

enum { CONTRADICTIONS_TOLD = 4 };

void list_rows_init(struct list_rows *r)
{
    memset(r, 0, sizeof(*r));
    usage_list_init(&r->usage, 0);
    usage_customer_list_init(&r->customers);
    usage_server_list_init(&r->servers);
    usage_list_init(&r->usage_before, 0);
    customer_usage_list_init(&r->customer_usage);
    history_list_init(&r->history);
    deployment_server_list_init(&r->deployment_servers);
    deployment_list_init(&r->deployments);
}

void list_rows_release(struct list_rows *r)
{
    usage_list_release(&r->usage);
    usage_customer_list_release(&r->customers);
    usage_server_list_release(&r->servers);
    usage_list_release(&r->usage_before);
    customer_usage_list_release(&r->customer_usage);
    history_list_release(&r->history);
    deployment_server_list_release(&r->deployment_servers);
    deployment_list_release(&r->deployments);
    memset(&r->source, 0, sizeof(r->source));
}

/* What the session has as it is. */
#define PLAIN_ROWS(type, list)                                                                     \
    static int type##_rows(struct list_rows *r, const struct session *s)                           \
    {                                                                                              \
        r->source = list;                                                                          \
        return 0;                                                                                  \
    }
PLAIN_ROWS(server, server_list_source(session_servers(s)))
PLAIN_ROWS(customer, customer_list_source(session_customers(s)))
PLAIN_ROWS(netscaler, netscaler_list_source(session_netscalers(s)))
PLAIN_ROWS(notice, notice_list_source(session_notices(s)))
PLAIN_ROWS(cloud_month, cloud_history_source(session_cloud_history(s)))
PLAIN_ROWS(cloud_customer, cloud_summary_source(session_cloud_summary(s)))
PLAIN_ROWS(cloud_tenant, cloud_tenant_source(session_cloud_summary(s)))
PLAIN_ROWS(deployment_user, deployment_user_list_source(session_deployment_users(s)))

bool list_servers_known(const struct session *s)
{
    const struct resource *r = session_resource(s, RESOURCE_SERVERS);

    return r->known && !r->failed && !session_servers(s)->unavailable;
}

static struct gap_input gap_input(const struct list_rows *r, const struct session *s)
{
    return (struct gap_input){
        .servers = list_servers_known(s) ? session_servers(s) : NULL,
        .now = clock_wall(session_clock(s)),
        .zone = session_profile(s)->billing_timezone,
        .only = r->only,
    };
}

/* OUT becomes L with each row marked. */
static int mark(const struct list_rows *r, const struct session *s, const struct usage_list *l,
                struct usage_list *out, struct gap *gap)
{
    struct gap_input in = gap_input(r, s);
    int rc = usage_list_choose(l, r->only, out);

    if (rc == 0)
        rc = gap_of_usage(&in, l, gap);
    if (rc == 0)
        usage_list_mark(out, gap);
    return rc;
}

static int mark_usage(struct list_rows *r, const struct session *s)
{
    return mark(r, s, session_usage(s), &r->usage, &r->gap);
}

static int usage_gap_rows(struct list_rows *r, const struct session *s)
{
    int rc = mark_usage(r, s);

    r->source = usage_gap_source(&r->usage);
    return rc;
}

static int usage_customer_rows(struct list_rows *r, const struct session *s)
{
    int rc = mark_usage(r, s);

    if (rc == 0)
        rc = usage_customer_list_build(&r->customers, &r->usage, NULL, session_customers(s));
    r->source = usage_customer_list_source(&r->customers);
    return rc;
}

static int customer_usage_rows(struct list_rows *r, const struct session *s)
{
    const bool now = session_resource(s, RESOURCE_USAGE)->known;
    const bool before = session_resource(s, RESOURCE_USAGE_BEFORE)->known;
    const bool customers = session_resource(s, RESOURCE_CUSTOMERS)->known;
    struct gap gap;
    int rc = now ? mark_usage(r, s) : 0;

    if (rc == 0 && before)
        rc = mark(r, s, session_usage_before(s), &r->usage_before, &gap);
    if (rc == 0)
        rc = customer_usage_list_build(&r->customer_usage, customers ? session_customers(s) : NULL,
                                       now ? &r->usage : NULL, before ? &r->usage_before : NULL);
    r->source = customer_usage_list_source(&r->customer_usage);
    return rc;
}

static int usage_server_rows(struct list_rows *r, const struct session *s)
{
    struct gap_input in = gap_input(r, s);
    int rc = mark_usage(r, s);

    if (rc == 0)
        rc = usage_server_list_build(&r->servers, &r->usage, NULL, &in);
    r->source = usage_server_list_source(&r->servers);
    return rc;
}

static int history_rows(struct list_rows *r, const struct session *s)
{
    int rc = history_list_build(&r->history, session_history(s), r->from, r->to, NULL);

    r->source = history_list_source(&r->history);
    return rc;
}

#define CUSTOMER_USAGE_ALSO                                                                        \
    (RESOURCE_BIT(RESOURCE_SERVERS) | RESOURCE_BIT(RESOURCE_CUSTOMERS) |                           \
     RESOURCE_BIT(RESOURCE_USAGE_BEFORE))

/* command, --by, resource, further ones, row type, what its rows are of */
#define LIST_LIST(X)                                                                               \
    X("servers", NULL, SERVERS, 0, server, LIST_NOW)                                               \
    X("usage", NULL, USAGE, RESOURCE_BIT(RESOURCE_SERVERS), usage_gap, LIST_TERM)                  \
    X("usage", "customer", USAGE,                                                                  \
      RESOURCE_BIT(RESOURCE_SERVERS) | RESOURCE_BIT(RESOURCE_CUSTOMERS), usage_customer,           \
      LIST_TERM)                                                                                   \
    X("usage", "server", USAGE, RESOURCE_BIT(RESOURCE_SERVERS), usage_server, LIST_TERM)           \
    X("history", NULL, USAGE, RESOURCE_BIT(RESOURCE_SERVERS), history, LIST_MONTHS)                \
    X("customers", NULL, CUSTOMERS, 0, customer, LIST_NOW)                                         \
    X("customers", "edition", USAGE, CUSTOMER_USAGE_ALSO, customer_usage, LIST_TERM)               \
    X("netscaler", NULL, NETSCALERS, 0, netscaler, LIST_NOW)                                       \
    X("notifications", NULL, NOTICES, 0, notice, LIST_NOW)                                         \
    X("cloud", NULL, CLOUD_HISTORY, 0, cloud_month, LIST_NOW)                                      \
    X("cloud", "customer", CLOUD_SUMMARY, 0, cloud_customer, LIST_TERM)                            \
    X("cloud", "tenant", CLOUD_SUMMARY, 0, cloud_tenant, LIST_TERM)                                \
    X("deployments", NULL, DEPLOYMENT_USAGE, RESOURCE_BIT(RESOURCE_DEPLOYMENTS), deployment,       \
      LIST_NOW)                                                                                    \
    X("deployments", "server", DEPLOYMENT_USAGE, RESOURCE_BIT(RESOURCE_DEPLOYMENTS),               \
      deployment_by_server, LIST_NOW)                                                              \
    X("deployments", "user", DEPLOYMENT_USERS, 0, deployment_user, LIST_NOW)

const struct list_command list_commands[] = {
#define LIST_ROW(command, by, kind, also, type, when)                                              \
    {command, by, RESOURCE_##kind, also, &type##_row_type, type##_rows, when},
    LIST_LIST(LIST_ROW)
#undef LIST_ROW
};
const size_t list_command_count = sizeof(list_commands) / sizeof(list_commands[0]);
_Static_assert(sizeof(list_commands) / sizeof(list_commands[0]) <= LIST_COMMANDS_MAX,
               "raise LIST_COMMANDS_MAX");

const struct list_command *list_command_find(const char *command, const char *by)
{
    for (size_t i = 0; i < list_command_count; i++) {
        const struct list_command *l = &list_commands[i];

        if (strcmp(l->command, command) == 0 &&
            (by == NULL ? l->by == NULL : l->by != NULL && strcmp(l->by, by) == 0))
            return l;
    }
    return NULL;
}

enum resource_kind list_needs(const struct list_command *l)
{
    return l->kind == RESOURCE_DEPLOYMENT_USAGE ? RESOURCE_DEPLOYMENTS : l->kind;
}

void list_silent_gap(struct list_about *about, const struct session *s, const struct gap *gap)
{
    if (!gap->known || !list_servers_known(s))
        list_about_gap(about, "whether all servers reported is not known");
    else if (gap_incomplete(gap))
        list_about_gap(about, "%zu of %zu servers %s silent", gap->silent, gap->servers,
                       gap->silent == 1 ? "is" : "are");
}

/* What contradicts itself, the first few, each in a sentence: the numbers stand as they came, and
 * are not to be taken for whole. Takes FOUND over. */
static void contradictions(struct list_about *about, struct finding_list *found)
{
    size_t told = 0, more = found->more;

    for (size_t i = 0; i < found->count; i++) {
        if (found->rows[i].severity < SEVERITY_WARNING)
            continue;
        if (told < CONTRADICTIONS_TOLD)
            list_about_gap(about, "%s", found->rows[i].text);
        more += told >= CONTRADICTIONS_TOLD;
        told++;
    }
    if (more > 0)
        list_about_gap(about, "%zu more numbers contradict each other", more);
    finding_list_release(found);
}

static void describe_usage(struct list_about *about, const struct session *s,
                           const struct list_rows *rows)
{
    const struct usage_list *usage = session_usage(s);
    struct finding_list found;
    char term[TERM_TEXT];

    if (usage->count == 0 && about->unreadable == 0) {
        list_about_gap(about, "no usage data for %s", term_text(about->term, term));
        return;
    }
    list_silent_gap(about, s, &rows->gap);
    finding_list_init(&found);
    usage_findings(usage, &found);
    contradictions(about, &found);
}

static void customer_gaps(struct list_about *about, const struct session *s)
{
    const struct resource *own = session_resource(s, RESOURCE_CUSTOMERS);

    if (!own->known && !own->absent)
        list_about_gap(about, "customers without users are not known");
    else if (own->unreadable > 0)
        list_about_gap(about, "%zu of the customers could not be read", own->unreadable);
    if (!session_resource(s, RESOURCE_USAGE_BEFORE)->known)
        list_about_gap(about, "the usage of the month before is not known");
}

static void cloud_gaps(struct list_about *about, const struct session *s)
{
    struct finding_list found;

    finding_list_init(&found);
    cloud_summary_findings(session_cloud_summary(s), &found);
    contradictions(about, &found);
}

void list_describe(const struct list_command *l, const struct session *s,
                   const struct list_rows *rows, struct list_about *about)
{
    const struct resource *r = session_resource(s, l->kind);
    const struct resource *second = session_resource(s, list_needs(l));

    memset(about, 0, sizeof(*about));
    about->resource = l->command;
    about->account = session_profile(s)->customer_id;
    about->term = l->when == LIST_TERM ? session_term(s) : TERM_NONE;
    about->as_of = TIME_NONE;
    if (l->when == LIST_MONTHS)
        return;
    about->as_of = second->as_of < r->as_of ? second->as_of : r->as_of;
    about->from_snapshot = r->from_snapshot || second->from_snapshot;
    about->unreadable = r->unreadable;
    if (l->kind == RESOURCE_USAGE)
        describe_usage(about, s, rows);
    if (l->type == &customer_usage_row_type)
        customer_gaps(about, s);
    if (l->kind == RESOURCE_NOTICES && session_notices(s)->more)
        list_about_gap(about, "the service has more notifications than luitop reads");
    if (l->kind == RESOURCE_DEPLOYMENT_USERS && session_deployment_users(s)->more)
        list_about_gap(about, "the service has more users than luitop reads");
    if (l->kind == RESOURCE_CLOUD_SUMMARY)
        cloud_gaps(about, s);
    if (l->kind == RESOURCE_DEPLOYMENT_USAGE)
        list_deployment_gaps(about, s, rows);
}
