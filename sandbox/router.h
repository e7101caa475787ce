/*
 * Routes: method and path template to handler.
 *
 * A template's segments are literal or {…}; what stands for {…} goes to request.arg in order. Paths
 * compare exactly. The first segment names the host, whose rules are in one table.
 */
#ifndef SANDBOX_ROUTER_H
#define SANDBOX_ROUTER_H

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/sandbox.h"

/* first path segment, identifier, needs a token, customer is the second segment, legacy host */
#define HOST_LIST(X)                                                                               \
    X("cctrustoauth2", OAUTH, false, false, true)                                                  \
    X("trust", TRUST, false, false, true)                                                          \
    X("lui", LUI, true, true, true)                                                                \
    X("partner", PARTNER, true, true, true)                                                        \
    X("notifications", NOTIFICATIONS, true, true, true)                                            \
    X("core", CORE, true, true, true)                                                              \
    X("cloudlicense", CLOUDLICENSE, true, true, true)                                              \
    X("api", API, true, false, false)                                                              \
    X("sandbox", CONTROL, false, false, false)

enum host {
#define HOST_ENUM(segment, id, token, customer, legacy) HOST_##id,
    HOST_LIST(HOST_ENUM)
#undef HOST_ENUM
        HOST_COUNT
};

struct host_rules {
    const char *segment;
    bool token, customer, legacy;
};
extern const struct host_rules host_rules[HOST_COUNT];

typedef void route_handler(struct sandbox *sb, const struct request *rq, struct reply *rp);

struct route {
    const char *method, *path;
    route_handler *handle; /* NULL: known, and answered 501 */
    bool list;             /* the answer is a list: list faults apply */
    enum product product;  /* 404 without it */
};

struct route_table {
    const struct route *rows;
    size_t n;
};

/* One table for each group of operations, in its own file. */
extern const struct route_table token_routes, lui_routes, detail_routes, users_routes, sites_routes,
    deployment_routes, account_routes, partner_routes, cloud_routes, control_routes;

struct route_match {
    const struct route *route; /* NULL: no such path, or not with this method */
    enum host host;            /* HOST_COUNT: none */
    bool other_method;         /* the path exists with other methods */
    char allow[64];            /* those: "GET, POST" */
};

/* Finds the route of RQ and fills RQ->arg. */
void route_find(struct request *rq, struct route_match *out);
/* True for the methods of RFC 9110 and PATCH; others are 501. */
bool method_is_known(const char *method);

#endif
