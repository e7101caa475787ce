#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "api_client/call.h"
#include "base/clock.h"
#include "model/account.h"
#include "model/netscaler.h"
#include "model/server.h"
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

static void more_notices(void *into)
{
    struct notice_list *l = into;

    l->more = true;
}

#define LICENSES "/licensing/license/enterprise/cloud/cvad/ud"

/* Paths are those of published.md §3. */
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

int api_get_servers(struct api *a, const struct api_want *w, struct server_list *into,
                    struct api_call **out, struct err *err)
{
    return call_new(a, &kind_servers, w, "", 0, into, out, err);
}

int api_get_usage(struct api *a, const struct api_want *w, int term, struct usage_list *into,
                  struct api_call **out, struct err *err)
{
    char query[64], text[TERM_TEXT];

    snprintf(query, sizeof(query), "date=%s", term_text(term, text));
    into->term = term;
    return call_new(a, &kind_usage, w, query, term, into, out, err);
}

int api_get_netscalers(struct api *a, const struct api_want *w, struct netscaler_list *into,
                       struct api_call **out, struct err *err)
{
    return call_new(a, &kind_netscalers, w, "", 0, into, out, err);
}

int api_get_customers(struct api *a, const struct api_want *w, struct customer_list *into,
                      struct api_call **out, struct err *err)
{
    return call_new(a, &kind_customers, w, "", 0, into, out, err);
}

int api_get_states(struct api *a, const struct api_want *w, struct state_list *into,
                   struct api_call **out, struct err *err)
{
    return call_new(a, &kind_states, w, "", 0, into, out, err);
}

int api_get_notices(struct api *a, const struct api_want *w, struct notice_list *into,
                    struct api_call **out, struct err *err)
{
    return call_new(a, &kind_notices, w, "", 0, into, out, err);
}

int api_get_cloud_ud(struct api *a, const struct api_want *w, struct cloud_ud *into,
                     struct api_call **out, struct err *err)
{
    return call_new(a, &kind_cloud_ud, w, "", 0, into, out, err);
}

int api_get_cloud_ccu(struct api *a, const struct api_want *w, struct cloud_ccu *into,
                      struct api_call **out, struct err *err)
{
    return call_new(a, &kind_cloud_ccu, w, "UsageType=device&LicenseModel=Concurrent", 0, into, out,
                    err);
}

int api_get_cloud_history(struct api *a, const struct api_want *w, int from, int to,
                          struct cloud_history *into, struct api_call **out, struct err *err)
{
    char query[96], first[TERM_TEXT], last[TERM_TEXT];

    snprintf(query, sizeof(query), "startDate=%s&endDate=%s", term_text(from, first),
             term_text(to, last));
    return call_new(a, &kind_cloud_history, w, query, 0, into, out, err);
}
