#include <string.h>

#include "model/term.h"
#include "session/state.h"

/* The typed functions of model/ and api_client/ behind one signature each. */
#define PLAIN_LIST(type)                                                                           \
    static void init_##type(void *data, int term)                                                  \
    {                                                                                              \
        (void)term;                                                                                \
        type##_init(data);                                                                         \
    }
#define RELEASE(type)                                                                              \
    static void release_##type(void *data)                                                         \
    {                                                                                              \
        type##_release(data);                                                                      \
    }
#define PLAIN_CALLS(what)                                                                          \
    static int get_##what(struct api *a, const struct api_want *w, int term, void *into,           \
                          struct api_call **out, struct err *err)                                  \
    {                                                                                              \
        (void)term;                                                                                \
        return api_get_##what(a, w, into, out, err);                                               \
    }                                                                                              \
    PLAIN_READ(what)
#define PLAIN_READ(what)                                                                           \
    static int read_##what(const char *body, size_t len, int term, void *into, struct err *err)    \
    {                                                                                              \
        (void)term;                                                                                \
        return api_read_##what(body, len, into, err);                                              \
    }

PLAIN_LIST(server_list)
RELEASE(server_list)
PLAIN_CALLS(servers)
PLAIN_LIST(customer_list)
RELEASE(customer_list)
PLAIN_CALLS(customers)
PLAIN_LIST(netscaler_list)
RELEASE(netscaler_list)
PLAIN_CALLS(netscalers)
PLAIN_LIST(notice_list)
RELEASE(notice_list)
PLAIN_CALLS(notices)
PLAIN_LIST(state_list)
RELEASE(state_list)
PLAIN_CALLS(states)
PLAIN_LIST(cloud_ud)
RELEASE(cloud_ud)
PLAIN_CALLS(cloud_ud)
PLAIN_CALLS(cloud_ccu)
PLAIN_LIST(cloud_history)
RELEASE(cloud_history)
PLAIN_READ(cloud_history)
RELEASE(usage_list)

static void init_usage_list(void *data, int term)
{
    usage_list_init(data, term);
}

static int get_usage(struct api *a, const struct api_want *w, int term, void *into,
                     struct api_call **out, struct err *err)
{
    return api_get_usage(a, w, term, into, out, err);
}

static int read_usage(const char *body, size_t len, int term, void *into, struct err *err)
{
    return api_read_usage(body, len, term, into, err);
}

/* It owns nothing. */
static void init_cloud_ccu(void *data, int term)
{
    (void)term;
    memset(data, 0, sizeof(struct cloud_ccu));
}

static void release_cloud_ccu(void *data)
{
    init_cloud_ccu(data, TERM_NONE);
}

/* As far back as the service keeps it (published.md §2.4). */
static int get_cloud_history(struct api *a, const struct api_want *w, int term, void *into,
                             struct api_call **out, struct err *err)
{
    return api_get_cloud_history(a, w, term - 11, term, into, out, err);
}

#define OPS(type, what)                                                                            \
    .size = sizeof(struct type), .init = init_##type, .release = release_##type,                   \
    .get = get_##what, .read = read_##what

#define NAMES(upper, word, words) [RESOURCE_##upper] = {word, words},
static const struct {
    const char *name, *title;
} names[] = {RESOURCE_LIST(NAMES)};

const struct resource_ops resource_ops[RESOURCE_COUNT] = {
    [RESOURCE_SERVERS] = {OPS(server_list, servers)},
    [RESOURCE_USAGE] = {OPS(usage_list, usage), .by_term = true},
    [RESOURCE_USAGE_BEFORE] = {OPS(usage_list, usage), .by_term = true, .term_back = 1},
    [RESOURCE_CUSTOMERS] = {OPS(customer_list, customers), .optional = true},
    [RESOURCE_NETSCALERS] = {OPS(netscaler_list, netscalers), .optional = true},
    [RESOURCE_NOTICES] = {OPS(notice_list, notices)},
    [RESOURCE_STATES] = {OPS(state_list, states)},
    [RESOURCE_CLOUD_UD] = {OPS(cloud_ud, cloud_ud), .optional = true},
    [RESOURCE_CLOUD_CCU] = {OPS(cloud_ccu, cloud_ccu), .optional = true},
    [RESOURCE_CLOUD_HISTORY] = {OPS(cloud_history, cloud_history), .optional = true},
};

const char *resource_name(enum resource_kind kind)
{
    return names[kind].name;
}

const char *resource_title(enum resource_kind kind)
{
    return names[kind].title;
}
