#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "api_client/call.h"
#include "base/clock.h"
#include "model/account.h"
#include "model/cloud_summary.h"
#include "model/deployment.h"
#include "model/netscaler.h"
#include "model/server.h"
#include "model/server_detail.h"
#include "model/tenant_use.h"
#include "model/term.h"
#include "model/usage.h"

/* Emptying what an attempt that broke has filled. */

#define RESET_LIST(name, type)                                                                     \
    static void reset_##name(void *into, int term)                                                 \
    {                                                                                              \
        (void)term;                                                                                \
        type##_release(into);                                                                      \
        type##_init(into);                                                                         \
    }
RESET_LIST(servers, server_list)
RESET_LIST(netscalers, netscaler_list)
RESET_LIST(customers, customer_list)
RESET_LIST(states, state_list)
RESET_LIST(notices, notice_list)
RESET_LIST(cloud_ud, cloud_ud)
RESET_LIST(cloud_history, cloud_history)
RESET_LIST(deployments, deployment_server_list)
RESET_LIST(deployment_usage, pool_list)
RESET_LIST(deployment_users, deployment_user_list)
RESET_LIST(server_detail, server_detail)
#undef RESET_LIST

static void reset_usage(void *into, int term)
{
    usage_list_release(into);
    usage_list_init(into, term);
}

static void reset_cloud_ccu(void *into, int term)
{
    (void)term;
    memset(into, 0, sizeof(struct cloud_ccu));
}

static void reset_cloud_summary(void *into, int term)
{
    cloud_summary_release(into);
    cloud_summary_init(into, term);
}

static void reset_tenant_use(void *into, int term)
{
    (void)term;
    memset(into, 0, sizeof(struct tenant_use));
}

static void more_notices(void *into)
{
    struct notice_list *l = into;

    l->more = true;
}

static void more_users(void *into)
{
    struct deployment_user_list *l = into;

    l->more = true;
}

#define LICENSES "/licensing/license/enterprise/cloud/cvad/ud"

/* Paths are those of published.md §3; operations of extensions.md have whole URLs. */
#define OPERATION(op) offsetof(struct api_urls, operations) + OPERATION_##op * sizeof(char *)
static const struct call_kind kind_servers = {
    .codec = &codec_servers,
    .what = "License servers could not be read",
    .base = offsetof(struct api_urls, lui),
    .path = "/licenseservers",
    .reset = reset_servers,
};
static const struct call_kind kind_usage = {
    .codec = &codec_usage,
    .what = "Usage could not be read",
    .base = offsetof(struct api_urls, lui),
    .path = "/licenseusagedata",
    .empty_ok = true,
    .reset = reset_usage,
};
static const struct call_kind kind_netscalers = {
    .codec = &codec_netscalers,
    .what = "NetScaler allocations could not be read",
    .base = offsetof(struct api_urls, lui),
    .path = "/netscalercallinghomedata",
    .reset = reset_netscalers,
};
static const struct call_kind kind_customers = {
    .codec = &codec_customers,
    .what = "Customers could not be read",
    .base = offsetof(struct api_urls, partner),
    .path = "/customers",
    .reset = reset_customers,
};
static const struct call_kind kind_states = {
    .codec = &codec_states,
    .what = "Service entitlements could not be read",
    .base = offsetof(struct api_urls, core),
    .path = "/serviceStates",
    .reset = reset_states,
};
static const struct call_kind kind_notices = {
    .codec = &codec_notices,
    .what = "Notifications could not be read",
    .base = offsetof(struct api_urls, notifications),
    .path = "/notifications",
    .reset = reset_notices,
    .more = more_notices,
};
static const struct call_kind kind_cloud_ud = {
    .codec = &codec_cloud_ud,
    .what = "Cloud user/device licences could not be read",
    .base = offsetof(struct api_urls, api),
    .path = LICENSES "/current",
    .reset = reset_cloud_ud,
};
static const struct call_kind kind_cloud_ccu = {
    .codec = &codec_cloud_ccu,
    .what = "Cloud concurrent licences could not be read",
    .base = offsetof(struct api_urls, cloudlicense),
    .path = "/license/enterprise/cloud/cvad/ccu/summary",
    .reset = reset_cloud_ccu,
};
static const struct call_kind kind_cloud_history = {
    .codec = &codec_cloud_history,
    .what = "Cloud history could not be read",
    .base = offsetof(struct api_urls, api),
    .path = LICENSES "/historicalusage",
    .empty_ok = true,
    .reset = reset_cloud_history,
};

static const struct call_kind kind_customer_notices = {
    .codec = &codec_notices,
    .what = "The customer's notifications could not be read",
    .base = offsetof(struct api_urls, notifications_of),
    .path = "/notifications",
    .hole = "{customerId}",
    .reset = reset_notices,
    .more = more_notices,
};
static const struct call_kind kind_tenant_use = {
    .codec = &codec_tenant_use,
    .what = "The customer's cloud use could not be read",
    .base = offsetof(struct api_urls, partner),
    .path = "/activeuse/partner/tenant/cloud/cvad/current",
    .reset = reset_tenant_use,
};
static const struct call_kind kind_server_detail = {
    .codec = &codec_server_detail,
    .what = "The server's licences could not be read",
    .base = OPERATION(server_detail),
    .path = "",
    .hole = "{fqdn}",
    .reset = reset_server_detail,
};
static const struct call_kind kind_cloud_summary = {
    .codec = &codec_cloud_summary,
    .what = "Cloud use of the customers could not be read",
    .base = OPERATION(cloud_summary),
    .path = "",
    .reset = reset_cloud_summary,
};
static const struct call_kind kind_deployments = {
    .codec = &codec_deployments,
    .what = "License servers of licensed deployments could not be read",
    .base = OPERATION(deployments),
    .path = "",
    .reset = reset_deployments,
};
static const struct call_kind kind_deployment_usage = {
    .codec = &codec_deployment_usage,
    .what = "Use of licensed deployments could not be read",
    .base = OPERATION(deployment_usage),
    .path = "",
    .reset = reset_deployment_usage,
};
static const struct call_kind kind_deployment_users = {
    .codec = &codec_deployment_users,
    .what = "Users of licensed deployments could not be read",
    .base = OPERATION(deployment_users),
    .path = "",
    .reset = reset_deployment_users,
    .more = more_users,
};

/* Calls that ask for nothing but themselves. */
#define PLAIN_GET(name, type)                                                                      \
    int api_get_##name(struct api *a, const struct api_want *w, struct type *into,                 \
                       struct api_call **out, struct err *err)                                     \
    {                                                                                              \
        return call_new(a, &kind_##name, w, &(struct call_ask){0}, into, out, err);                \
    }
PLAIN_GET(servers, server_list)
PLAIN_GET(netscalers, netscaler_list)
PLAIN_GET(customers, customer_list)
PLAIN_GET(states, state_list)
PLAIN_GET(notices, notice_list)
PLAIN_GET(cloud_ud, cloud_ud)
PLAIN_GET(deployments, deployment_server_list)
#undef PLAIN_GET

int api_get_usage(struct api *a, const struct api_want *w, int term, struct usage_list *into,
                  struct api_call **out, struct err *err)
{
    char query[64], text[TERM_TEXT];

    snprintf(query, sizeof(query), "date=%s", term_text(term, text));
    into->term = term;
    return call_new(a, &kind_usage, w, &(struct call_ask){.query = query, .term = term}, into, out,
                    err);
}

int api_get_cloud_ccu(struct api *a, const struct api_want *w, struct cloud_ccu *into,
                      struct api_call **out, struct err *err)
{
    static const struct call_ask ask = {.query = "UsageType=device&LicenseModel=Concurrent"};

    return call_new(a, &kind_cloud_ccu, w, &ask, into, out, err);
}

int api_get_cloud_history(struct api *a, const struct api_want *w, int from, int to,
                          struct cloud_history *into, struct api_call **out, struct err *err)
{
    char query[96], first[TERM_TEXT], last[TERM_TEXT];

    snprintf(query, sizeof(query), "startDate=%s&endDate=%s", term_text(from, first),
             term_text(to, last));
    return call_new(a, &kind_cloud_history, w, &(struct call_ask){.query = query}, into, out, err);
}

int api_get_cloud_summary(struct api *a, const struct api_want *w, int term,
                          struct cloud_summary *into, struct api_call **out, struct err *err)
{
    char query[64], text[TERM_TEXT];

    snprintf(query, sizeof(query), "date=%s", term_text(term, text));
    return call_new(a, &kind_cloud_summary, w, &(struct call_ask){.query = query, .term = term},
                    into, out, err);
}

int api_get_deployment_usage(struct api *a, const struct api_want *w, int32_t from, int32_t to,
                             struct pool_list *into, struct api_call **out, struct err *err)
{
    char query[96], first[DAY_TEXT], last[DAY_TEXT];

    snprintf(query, sizeof(query), "startDate=%s&endDate=%s", day_text(from, first),
             day_text(to, last));
    return call_new(a, &kind_deployment_usage, w, &(struct call_ask){.query = query}, into, out,
                    err);
}

int api_get_deployment_users(struct api *a, const struct api_want *w,
                             struct deployment_user_list *into, struct api_call **out,
                             struct err *err)
{
    static const struct call_ask ask = {.query = "limit=5000"};

    return call_new(a, &kind_deployment_users, w, &ask, into, out, err);
}

int api_get_server_detail(struct api *a, const struct api_want *w, const char *fqdn,
                          struct server_detail *into, struct api_call **out, struct err *err)
{
    return call_new(a, &kind_server_detail, w, &(struct call_ask){.key = fqdn}, into, out, err);
}

int api_get_customer_notices(struct api *a, const struct api_want *w, const char *customer_id,
                             struct notice_list *into, struct api_call **out, struct err *err)
{
    return call_new(a, &kind_customer_notices, w, &(struct call_ask){.key = customer_id}, into, out,
                    err);
}

int api_get_tenant_use(struct api *a, const struct api_want *w, const char *customer_id,
                       struct tenant_use *into, struct api_call **out, struct err *err)
{
    struct buf query;
    int rc;

    buf_init(&query, 4096);
    buf_addstr(&query, "customer=");
    percent_encode(&query, customer_id, strlen(customer_id));
    rc = query.failed < 0 ? err_set(err, ERR_TOOBIG, "the customer id is too long")
                          : call_new(a, &kind_tenant_use, w,
                                     &(struct call_ask){.query = query.data}, into, out, err);
    buf_release(&query);
    return rc;
}
