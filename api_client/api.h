/*
 * Citrix Cloud over HTTP: the public face of this room.
 *
 * An `api` is one signed-in account: one libcurl multi handle, one token shared by all calls, one
 * retry policy, a queue. It never blocks: api_poll() waits for sockets together with the caller's
 * own descriptors, api_step() does what is due within a time budget and calls the `done` functions
 * of finished calls. Nothing calls back outside api_step() and api_call_cancel().
 *
 * Rules kept here, whatever the caller asks:
 * - no request over plain http but to loopback; TLS is always verified; redirects are not followed,
 *   so the token never reaches another host;
 * - in read-only mode no request but GET and the token call leaves (http.c, one place);
 * - the token is asked for once, shared, renewed a minute before it ends, and once after a 401
 *   (published.md §1.4); the secret and the token are wiped when freed;
 * - 408, 429, 5xx (but 501 and 505), timeouts and connections that could not be made or broke are
 *   retried: after Retry-After or retryDelay when given (published.md §2.3; at most 5 minutes),
 * else with exponential back-off and full jitter; 4 attempts in all. A 401 and the new token after
 * it are no attempt. Other 4xx, certificates that are not accepted and whole answers that are not
 *   the data expected (a web page, broken JSON) are not retried.
 */
#ifndef API_CLIENT_API_H
#define API_CLIENT_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api_client/operation.h"
#include "base/err.h"

struct buf;
struct clock;
struct log;
struct server_list;
struct usage_list;
struct netscaler_list;
struct customer_list;
struct state_list;
struct notice_list;
struct cloud_ud;
struct cloud_ccu;
struct cloud_history;
struct cloud_summary;
struct deployment_server_list;
struct pool_list;
struct deployment_user_list;
struct server_detail;
struct tenant_use;

/* Bases as published.md names them; `token` is the whole URL, form kind when it contains
 * "cctrustoauth2", else JSON kind. No trailing slash. `{customerId}` is already filled in. */
struct api_urls {
    const char *token, *lui, *partner, *notifications, *api, *cloudlicense, *core;
    /* The notifications of another customer: {customerId} stands in it. NULL: cannot be asked. */
    const char *notifications_of;
    /* With the bases filled in; NULL: the operation is off. */
    const char *operations[OPERATION_COUNT];
};

struct api_settings {
    const char *customer_id, *client_id;
    const char *secret; /* copied into memory that is wiped; the caller wipes its own */
    size_t secret_len;
    struct api_urls urls; /* copied */
    bool read_only;
    const char *ca_file;       /* NULL: the system's; a PEM bundle to trust instead */
    int connect_seconds;       /* 0: 10 */
    int stall_seconds;         /* 0: 30; no byte for so long (+ 5 s) ends the attempt */
    int total_seconds;         /* 0: 120 for one attempt */
    int attempts;              /* 0: 4 */
    int backoff_ms;            /* 0: 1000, the base; doubles each time, at most 60 s; tests use 1 */
    uint64_t jitter_seed;      /* 0: from the kernel */
    const struct clock *clock; /* borrowed; for HTTP dates and reply times */
    struct log *log;           /* borrowed; may be NULL */
};

struct api;
struct api_call;

enum api_phase {
    API_QUEUED, /* waits for the token or a free connection */
    API_SENT,   /* waits for the answer */
    API_RECEIVING,
    API_RETRYING, /* waits for its next attempt */
};

struct api_progress {
    enum api_phase phase;
    int attempt, attempts; /* 1-based; API_RETRYING: the one to come */
    int64_t retry_at_ms;   /* monotonic; API_RETRYING only (the token's, when it is that) */
    uint64_t bytes;        /* of this attempt, after decompression */
    struct err last;       /* why the attempt before failed; code 0 at the first */
};

/* What a finished call brought; borrowed until `done` returns. `done` may start and cancel calls;
 * it may not call api_step(), api_poll() or api_free(). */
struct api_reply {
    const struct err *err;   /* NULL: success. On failure `into` holds nothing to be used. */
    bool not_modified;       /* 304: what the caller has is still true; `into` is untouched */
    const char *etag;        /* "" where none came */
    int64_t received;        /* wall clock, UTC */
    size_t unreadable;       /* elements skipped because they could not be read */
    size_t first_unreadable; /* position of the first of those in the list, from 1 */
    const struct buf *body;  /* the JSON as received (pages one after the other) when asked for;
                              * NULL when there is none: 204, 304, failure, too long */
};

typedef void api_done_fn(void *ctx, const struct api_reply *reply);

struct api_want {
    const char *etag; /* sent as If-None-Match; NULL or "": none */
    bool keep_body;   /* keep the raw JSON for a snapshot (at most 16 MiB, else none is given) */
    api_done_fn *done;
    void *ctx;
};

int api_new(struct api **out, const struct api_settings *settings, struct err *err);
/* Cancels every call without calling `done`, closes connections, wipes secrets. */
void api_free(struct api *a);

/* The caller's descriptors to wait for; poll(2) events. */
struct api_fd {
    int fd;
    short events, revents;
};

/* Waits for sockets, FDS or TIMEOUT_MS (-1: for ever), whichever is first; a signal ends it too. */
int api_poll(struct api *a, struct api_fd *fds, size_t count, int timeout_ms);
/* Moves data, decodes, starts what is due, reports what is finished; returns after about
 * BUDGET_US. True when work is left that needs no waiting. */
bool api_step(struct api *a, int budget_us);
/* Milliseconds until api_step() has something due without socket activity; -1: nothing is. */
int api_timeout_ms(struct api *a);
size_t api_active(const struct api *a); /* calls not finished */

void api_call_cancel(struct api_call *c); /* `done` gets ERR_CANCELLED, at once */
void api_call_progress(const struct api_call *c, struct api_progress *out);

/* What went over the wire, for :net and the status line. */
struct api_traffic {
    uint64_t requests, retries, bytes_in;
    int64_t token_ends_ms; /* monotonic; 0: no token */
};
void api_traffic(const struct api *a, struct api_traffic *out);

/* Finished attempts, most recent last, a ring of API_TRAIL_MAX. No query secrets, no host but the
 * one asked. */
enum { API_TRAIL_MAX = 200 };
struct api_trail {
    uint64_t number; /* from 1 */
    int64_t when;    /* wall clock at the end of the attempt */
    const char *method;
    char path[160]; /* host and path */
    int status;     /* 0: no answer */
    int attempt;
    int ms;
    uint64_t bytes;
    char note[96]; /* "" or why it failed */
};
size_t api_trail_count(const struct api *a);
const struct api_trail *api_trail_at(const struct api *a, size_t i); /* 0: oldest kept */

/* One call a resource. INTO is initialised and empty, filled while data arrives, complete when
 * `done` says success. *OUT (may be NULL) is the running call, owned by the api, gone when `done`
 * returns. ERR_NOMEM or ERR_SETTINGS (a URL that may not be used) without calling `done`. */
int api_get_servers(struct api *a, const struct api_want *w, struct server_list *into,
                    struct api_call **out, struct err *err);
int api_get_usage(struct api *a, const struct api_want *w, int term, struct usage_list *into,
                  struct api_call **out, struct err *err);
int api_get_netscalers(struct api *a, const struct api_want *w, struct netscaler_list *into,
                       struct api_call **out, struct err *err);
int api_get_customers(struct api *a, const struct api_want *w, struct customer_list *into,
                      struct api_call **out, struct err *err);
int api_get_states(struct api *a, const struct api_want *w, struct state_list *into,
                   struct api_call **out, struct err *err);
/* Follows the continuation tokens, at most 1000 pages (then into->more is set). */
int api_get_notices(struct api *a, const struct api_want *w, struct notice_list *into,
                    struct api_call **out, struct err *err);
int api_get_cloud_ud(struct api *a, const struct api_want *w, struct cloud_ud *into,
                     struct api_call **out, struct err *err);
int api_get_cloud_ccu(struct api *a, const struct api_want *w, struct cloud_ccu *into,
                      struct api_call **out, struct err *err);
/* Terms FROM to TO inclusive; 204 (no data in the range) is an empty list. */
int api_get_cloud_history(struct api *a, const struct api_want *w, int from, int to,
                          struct cloud_history *into, struct api_call **out, struct err *err);

/* Operations of extensions.md: ERR_SETTINGS where the operation is off. A list of pages whose mark
 * has become too old (410) is begun anew, as one more attempt. */
int api_get_cloud_summary(struct api *a, const struct api_want *w, int term,
                          struct cloud_summary *into, struct api_call **out, struct err *err);
int api_get_deployments(struct api *a, const struct api_want *w,
                        struct deployment_server_list *into, struct api_call **out,
                        struct err *err);
/* Samples of the days FROM to TO inclusive (model/daily.h). */
int api_get_deployment_usage(struct api *a, const struct api_want *w, int32_t from, int32_t to,
                             struct pool_list *into, struct api_call **out, struct err *err);
int api_get_deployment_users(struct api *a, const struct api_want *w,
                             struct deployment_user_list *into, struct api_call **out,
                             struct err *err);
int api_get_server_detail(struct api *a, const struct api_want *w, const char *fqdn,
                          struct server_detail *into, struct api_call **out, struct err *err);
/* One customer's, published.md §3.14 and §3.15 c. */
int api_get_customer_notices(struct api *a, const struct api_want *w, const char *customer_id,
                             struct notice_list *into, struct api_call **out, struct err *err);
int api_get_tenant_use(struct api *a, const struct api_want *w, const char *customer_id,
                       struct tenant_use *into, struct api_call **out, struct err *err);

/* The same decoders on a body kept earlier: 0, or ERR_DATA when it is not a whole answer. */
int api_read_servers(const char *body, size_t len, struct server_list *into, struct err *err);
int api_read_usage(const char *body, size_t len, int term, struct usage_list *into,
                   struct err *err);
int api_read_netscalers(const char *body, size_t len, struct netscaler_list *into, struct err *err);
int api_read_customers(const char *body, size_t len, struct customer_list *into, struct err *err);
int api_read_states(const char *body, size_t len, struct state_list *into, struct err *err);
int api_read_notices(const char *body, size_t len, struct notice_list *into, struct err *err);
int api_read_cloud_ud(const char *body, size_t len, struct cloud_ud *into, struct err *err);
int api_read_cloud_ccu(const char *body, size_t len, struct cloud_ccu *into, struct err *err);
int api_read_cloud_history(const char *body, size_t len, struct cloud_history *into,
                           struct err *err);
int api_read_cloud_summary(const char *body, size_t len, int term, struct cloud_summary *into,
                           struct err *err);
int api_read_deployments(const char *body, size_t len, struct deployment_server_list *into,
                         struct err *err);
int api_read_deployment_usage(const char *body, size_t len, struct pool_list *into,
                              struct err *err);
int api_read_deployment_users(const char *body, size_t len, struct deployment_user_list *into,
                              struct err *err);
int api_read_server_detail(const char *body, size_t len, struct server_detail *into,
                           struct err *err);
int api_read_tenant_use(const char *body, size_t len, struct tenant_use *into, struct err *err);

/* libcurl's version and TLS backend for --version and :net. */
const char *api_library(char *out, size_t size);

#endif
