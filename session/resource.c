#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/daily.h"
#include "model/term.h"
#include "session/config.h"
#include "session/operation.h"
#include "session/state.h"

/* The typed functions of model/ and api_client/ behind one signature each. */

#define INIT(type)                                                                                 \
    static void init_##type(void *data, int term)                                                  \
    {                                                                                              \
        (void)term;                                                                                \
        type##_init(data);                                                                         \
    }
#define INIT_TERM(type)                                                                            \
    static void init_##type(void *data, int term)                                                  \
    {                                                                                              \
        type##_init(data, term);                                                                   \
    }
#define RELEASE(type)                                                                              \
    static void release_##type(void *data)                                                         \
    {                                                                                              \
        type##_release(data);                                                                      \
    }
/* What owns nothing. */
#define INIT_PLAIN(type)                                                                           \
    static void init_##type(void *data, int term)                                                  \
    {                                                                                              \
        (void)term;                                                                                \
        memset(data, 0, sizeof(struct type));                                                      \
    }                                                                                              \
    static void release_##type(void *data)                                                         \
    {                                                                                              \
        init_##type(data, TERM_NONE);                                                              \
    }

#define GET_WITH(what, ...)                                                                        \
    static int get_##what(struct slot *slot, const struct api_want *w, void *into,                 \
                          struct api_call **out, struct err *err)                                  \
    {                                                                                              \
        return api_get_##what(slot->session->api, w, __VA_ARGS__, out, err);                       \
    }
#define READ(what)                                                                                 \
    static int read_##what(const char *body, size_t len, int term, void *into, struct err *err)    \
    {                                                                                              \
        (void)term;                                                                                \
        return api_read_##what(body, len, into, err);                                              \
    }
#define READ_TERM(what)                                                                            \
    static int read_##what(const char *body, size_t len, int term, void *into, struct err *err)    \
    {                                                                                              \
        return api_read_##what(body, len, term, into, err);                                        \
    }

#define LIST(type, what)                                                                           \
    INIT(type)                                                                                     \
    RELEASE(type)                                                                                  \
    GET_WITH(what, into)                                                                           \
    READ(what)

LIST(server_list, servers)
LIST(customer_list, customers)
LIST(netscaler_list, netscalers)
LIST(notice_list, notices)
LIST(state_list, states)
LIST(cloud_ud, cloud_ud)
LIST(deployment_server_list, deployments)
LIST(deployment_user_list, deployment_users)

INIT_TERM(usage_list)
RELEASE(usage_list)
GET_WITH(usage, slot_term(slot), into)
READ_TERM(usage)

INIT_TERM(cloud_summary)
RELEASE(cloud_summary)
GET_WITH(cloud_summary, slot_term(slot), into)
READ_TERM(cloud_summary)

INIT_PLAIN(cloud_ccu)
GET_WITH(cloud_ccu, into)
READ(cloud_ccu)

INIT(cloud_history)
RELEASE(cloud_history)
/* As far back as the service keeps it (published.md §2.4). */
GET_WITH(cloud_history, slot_term(slot) - 11, slot_term(slot), into)
READ(cloud_history)

/* A peak of all time needs every sample there is. */
static int32_t first_day(const struct slot *slot)
{
    return day_of(term_start(TERM_FIRST, slot->session->profile->billing_timezone),
                  slot->session->profile->billing_timezone);
}

static int32_t today(const struct slot *slot)
{
    return day_of(clock_wall(slot->session->clock), slot->session->profile->billing_timezone);
}

INIT(pool_list)
RELEASE(pool_list)
GET_WITH(deployment_usage, first_day(slot), today(slot), into)
READ(deployment_usage)

INIT(server_detail)
RELEASE(server_detail)
GET_WITH(server_detail, slot->key, into)
READ(server_detail)

INIT_PLAIN(tenant_use)
GET_WITH(tenant_use, slot->key, into)
READ(tenant_use)

GET_WITH(customer_notices, slot->key, into)

static void took_deployments(const struct session *s, void *data)
{
    (void)s;
    deployment_server_list_identify(data);
}

#define OPS(type, what)                                                                            \
    .size = sizeof(struct type), .init = init_##type, .release = release_##type,                   \
    .get = get_##what, .read = read_##what
#define NEEDS(op) .operation = 1 + OPERATION_##op

#define NAMES(upper, word, words) [RESOURCE_##upper] = {word, words},
static const struct {
    const char *name, *title;
} names[] = {RESOURCE_LIST(NAMES)};

const struct resource_ops resource_ops[RESOURCE_COUNT] = {
    [RESOURCE_SERVERS] = {OPS(server_list, servers)},
    [RESOURCE_USAGE] = {OPS(usage_list, usage), .by_term = true, .is_usage = true},
    [RESOURCE_USAGE_BEFORE] = {OPS(usage_list, usage), .by_term = true, .is_usage = true,
                               .term_back = 1},
    [RESOURCE_CUSTOMERS] = {OPS(customer_list, customers), .optional = true},
    [RESOURCE_NETSCALERS] = {OPS(netscaler_list, netscalers), .optional = true},
    [RESOURCE_NOTICES] = {OPS(notice_list, notices)},
    [RESOURCE_STATES] = {OPS(state_list, states)},
    [RESOURCE_CLOUD_UD] = {OPS(cloud_ud, cloud_ud), .optional = true},
    [RESOURCE_CLOUD_CCU] = {OPS(cloud_ccu, cloud_ccu), .optional = true},
    [RESOURCE_CLOUD_HISTORY] = {OPS(cloud_history, cloud_history), .optional = true},
    [RESOURCE_CLOUD_SUMMARY] = {OPS(cloud_summary, cloud_summary), .by_term = true,
                                .optional = true, NEEDS(cloud_summary)},
    [RESOURCE_DEPLOYMENTS] = {OPS(deployment_server_list, deployments), .optional = true,
                              NEEDS(deployments), .took = took_deployments},
    [RESOURCE_DEPLOYMENT_USAGE] = {OPS(pool_list, deployment_usage), .optional = true,
                                   NEEDS(deployment_usage)},
    [RESOURCE_DEPLOYMENT_USERS] = {OPS(deployment_user_list, deployment_users), .optional = true,
                                   NEEDS(deployment_users)},
    [RESOURCE_SERVER_DETAIL] = {OPS(server_detail, server_detail), .keyed = true, .optional = true,
                                NEEDS(server_detail)},
    [RESOURCE_TENANT_USE] = {OPS(tenant_use, tenant_use), .keyed = true, .optional = true},
    [RESOURCE_CUSTOMER_NOTICES] = {.size = sizeof(struct notice_list),
                                   .init = init_notice_list,
                                   .release = release_notice_list,
                                   .get = get_customer_notices,
                                   .read = read_notices,
                                   .keyed = true,
                                   .optional = true},
};

const char *resource_name(enum resource_kind kind)
{
    return names[kind].name;
}

const char *resource_title(enum resource_kind kind)
{
    return names[kind].title;
}

const char *resource_setting(enum resource_kind kind)
{
    int op = resource_ops[kind].operation;

    return op > 0 ? operation_name((enum operation)(op - 1)) : NULL;
}
