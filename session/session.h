/*
 * One open account: settings + api_client + store + model. Knows no screen.
 *
 * The session holds the last known data of every resource with its age and the last failure, and
 * refreshes them. Old data stays until new data is complete: a failed refresh changes the
 * resource's `err`, never its data. Data is borrowed from the session and good until the next
 * session_step(), session_set_term() or session_free().
 *
 * A resource that failed for good this time is tried again by itself after 1, 2, 4, … minutes, at
 * most `refresh_minutes`; what cannot be mended by waiting (not permitted, bad settings) waits for
 * the normal refresh.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api_client/api.h"
#include "base/err.h"
#include "model/account.h"
#include "model/cloud_summary.h"
#include "model/deployment.h"
#include "model/history.h"
#include "model/limits.h"
#include "model/netscaler.h"
#include "model/server.h"
#include "model/server_detail.h"
#include "model/tenant_use.h"
#include "model/usage.h"

struct clock;
struct log;
struct profile;
struct store;
struct timeline;

/* kind, name on the command line and in the store, what a person calls it */
#define RESOURCE_LIST(X)                                                                           \
    X(SERVERS, "servers", "license servers")                                                       \
    X(USAGE, "usage", "usage")                                                                     \
    X(USAGE_BEFORE, "usage_before", "usage of the month before")                                   \
    X(CUSTOMERS, "customers", "customers")                                                         \
    X(NETSCALERS, "netscalers", "NetScaler allocations")                                           \
    X(NOTICES, "notices", "notifications")                                                         \
    X(STATES, "states", "service entitlements")                                                    \
    X(CLOUD_UD, "cloud_ud", "cloud user/device licences")                                          \
    X(CLOUD_CCU, "cloud_ccu", "cloud concurrent licences")                                         \
    X(CLOUD_HISTORY, "cloud_history", "cloud history")                                             \
    X(CLOUD_SUMMARY, "cloud_summary", "cloud use of the customers")                                \
    X(DEPLOYMENTS, "deployments", "license servers of licensed deployments")                       \
    X(DEPLOYMENT_USAGE, "deployment_usage", "use of licensed deployments")                         \
    X(DEPLOYMENT_USERS, "deployment_users", "users of licensed deployments")                       \
    X(SERVER_DETAIL, "server_detail", "licences of the server")                                    \
    X(TENANT_USE, "tenant_use", "cloud use of the customer")                                       \
    X(CUSTOMER_NOTICES, "customer_notices", "notifications of the customer")

enum resource_kind {
#define RESOURCE_ENUM(upper, name, title) RESOURCE_##upper,
    RESOURCE_LIST(RESOURCE_ENUM)
#undef RESOURCE_ENUM
        RESOURCE_COUNT
};
#define RESOURCE_BIT(kind) (1u << (kind))
#define RESOURCE_ALL       ((1u << RESOURCE_COUNT) - 1)
/* About one server or one customer: there is nothing to ask for until session_look(). */
#define RESOURCE_KEYED                                                                             \
    (RESOURCE_BIT(RESOURCE_SERVER_DETAIL) | RESOURCE_BIT(RESOURCE_TENANT_USE) |                    \
     RESOURCE_BIT(RESOURCE_CUSTOMER_NOTICES))
/* What an account asks for when it is opened; the rest is asked for by what shows it. */
#define RESOURCE_FIRST (RESOURCE_ALL & ~RESOURCE_KEYED & ~RESOURCE_BIT(RESOURCE_DEPLOYMENT_USERS))
/* In session_step()'s *changed, and of no use in a mask: the monthly history or its progress. */
#define SESSION_CHANGED_HISTORY (1u << RESOURCE_COUNT)

struct resource {
    enum resource_kind kind;
    bool known;         /* there is data (possibly of zero rows) */
    bool from_snapshot; /* … from the store, not from the service in this run */
    bool loading;       /* a call is under way or waits for its next attempt */
    bool failed;        /* the last call failed: see err; data, if known, is older than that */
    bool off;           /* an operation that is not switched on for this account (`endpoints` in
                         * the profile): never asked for, never known */
    bool absent;        /* 404/501: not entitled to this product, which is not a failure; for
                         * what an account may lack only */
    int64_t as_of;      /* when the service said so; TIME_NONE when not known */
    size_t unreadable, first_unreadable;
    struct err err;
    struct api_progress progress; /* while loading; `bytes` in steps of 64 KiB */
    uint64_t version;             /* changes whenever data does */
    int64_t next_ms;              /* monotonic time of the next automatic try; 0: none */
};

struct session_options {
    const struct profile *profile; /* borrowed for the session's life */
    const char *secret;            /* copied by the api; wipe yours. Not needed offline */
    size_t secret_len;
    struct store *store;         /* borrowed; NULL: remember nothing */
    const struct clock *clock;   /* borrowed */
    struct log *log;             /* borrowed; may be NULL */
    int refresh_minutes;         /* 0: never by itself */
    bool read_only;              /* or the profile's */
    bool offline;                /* never connects: snapshots only */
    int attempts, backoff_ms;    /* 0: the api's */
    const struct limits *limits; /* copied; NULL: the product's */
};

struct session;

/* Makes no request yet; snapshots are read by session_recall(). */
int session_new(struct session **out, const struct session_options *o, struct err *err);
void session_free(struct session *s);

/* Loads what the store remembers into every resource not known yet. O(size of the snapshots). */
void session_recall(struct session *s);

/* Why the store last failed in this run, or NULL: a refresh goes on without it. */
const struct err *session_store_err(const struct session *s);

/* Asks for the resources in MASK (RESOURCE_BIT) that are not being asked for already; FORCE asks
 * without If-None-Match. Offline: nothing happens. */
void session_refresh(struct session *s, unsigned mask, bool force);
/* Cancels running calls of MASK; their data stays. Returns how many were running. With
 * RESOURCE_USAGE the monthly history is cancelled too, and its calls are counted. */
size_t session_cancel(struct session *s, unsigned mask);
/* Stops and restarts automatic refreshing. */
void session_pause(struct session *s, bool paused);
bool session_paused(const struct session *s);

/* For the kinds of RESOURCE_KEYED: what it is about, a server's fqdn or a customer's id. Another
 * KEY than before drops the data, recalls its snapshot and asks; the same asks only where it is
 * neither known nor being asked for. ERR_TOOBIG, ERR_USAGE for an empty key. */
int session_look(struct session *s, enum resource_kind kind, const char *key);
const char *session_key(const struct session *s, enum resource_kind kind); /* "" for none yet */

/* The operation that KIND needs, by its name in the setting `endpoints`; NULL: none. */
const char *resource_setting(enum resource_kind kind);

const struct resource *session_resource(const struct session *s, enum resource_kind kind);
/* When the service last said or confirmed what KIND holds; the present while that is not known. */
int64_t session_as_of(const struct session *s, enum resource_kind kind);
const char *resource_name(enum resource_kind kind);
const char *resource_title(enum resource_kind kind);

/* Borrowed; empty while the resource is not known. The address is the same for the session's life,
 * what it holds is not. */
const struct server_list *session_servers(const struct session *s);
const struct usage_list *session_usage(const struct session *s);
const struct usage_list *session_usage_before(const struct session *s);
const struct customer_list *session_customers(const struct session *s);
const struct netscaler_list *session_netscalers(const struct session *s);
const struct notice_list *session_notices(const struct session *s);
const struct state_list *session_states(const struct session *s);
const struct cloud_ud *session_cloud_ud(const struct session *s);
const struct cloud_ccu *session_cloud_ccu(const struct session *s);
const struct cloud_history *session_cloud_history(const struct session *s);
const struct cloud_summary *session_cloud_summary(const struct session *s); /* of session_term() */
/* Whether a server reports is told by deployment_server_list_judge() at session_as_of(). */
const struct deployment_server_list *session_deployments(const struct session *s);
/* The days in force for them, of the limits; never NULL. */
const struct deployment_rules *session_deployment_rules(const struct session *s);
const struct pool_list *session_deployment_usage(const struct session *s);
const struct deployment_user_list *session_deployment_users(const struct session *s);
const struct server_detail *session_server_detail(const struct session *s);
const struct tenant_use *session_tenant_use(const struct session *s);
const struct notice_list *session_customer_notices(const struct session *s);

/* Marks notifications, by their ids, as read or not (model/notice_marks.h): for all luitops that
 * share the store, and in the list at once. Where the store cannot keep it, it is so in this run
 * only, and the result negative. */
int session_mark_read(struct session *s, const uint64_t *ids, size_t count, bool read,
                      struct err *err);
/* The days on which SERVER reported (model/timeline.h), in the user's own time zone, as far as the
 * answers of the last 62 days, kept in the store, tell. 0 or negative. */
int session_timeline(const struct session *s, const struct server *server, struct timeline *out,
                     struct err *err);

/* The term that USAGE and CLOUD_SUMMARY show (USAGE_BEFORE is the one before). Starts at the
 * current term in the billing time zone, and while it is the current one it follows when a month
 * begins. Setting it drops them, recalls their snapshots and asks for them. */
int session_term(const struct session *s);
int session_set_term(struct session *s, int term); /* ERR_DATA before 2016-02 or after now */

/*
 * Monthly history: usage term by term (model/history.h), from one request a term (published.md
 * §3.3).
 *
 * A term comes from the store at once, one term each turn of session_step(), newest first, so that
 * a long history never holds up a screen. A term is *settled* when its data was taken after its
 * tagging window had closed (day 10 of the next month in the billing time zone, model/term.h):
 * nothing changes it any more, and it is never asked for again. Any other wanted term is asked for
 * once, with If-None-Match where it is known, and again at each refresh of RESOURCE_USAGE, whether
 * session_refresh() or the clock began it.
 *
 * At most HISTORY_CALLS_MAX requests for usage are under way for it, newest term first, and none is
 * begun while another resource waits for a connection. The terms that USAGE and USAGE_BEFORE show
 * are asked for by those resources and by nothing else, and whatever they load is in the history,
 * wanted or not.
 *
 * A term without data (204, or no feature) has been asked for like any other: history_month() gives
 * it with a count of 0. A term that fails leaves the others alone and is tried again at the
 * next refresh. What concerns every term (not permitted, not found, no sign-in, TLS, settings), or
 * HISTORY_FAILURES_MAX failures in a row, stops asking until then: the terms not asked for
 * yet are neither loading nor failed. Offline: snapshots only.
 */
enum { HISTORY_CALLS_MAX = 4, HISTORY_FAILURES_MAX = 8 };

/* Adds the terms FROM to TO, both included and cut to TERM_FIRST and the current term, to those
 * wanted; the first HISTORY_MONTHS_MAX terms there can be. A month that begins is wanted when the
 * one before it was. Terms stay wanted for the session's life; wanting them again changes nothing
 * and costs O(terms), also after a cancel. */
void session_want_history(struct session *s, int from, int to);
/* Stops asking for more; returns how many calls were running, not counting those of USAGE and
 * USAGE_BEFORE, which go on. What is not settled is asked for at the next refresh. */
size_t session_cancel_history(struct session *s);

/* Borrowed, for the session's life; what it holds is good until the next session_step(),
 * session_recall(), session_set_term() or session_free(). Gaps are marked (history_mark()) with
 * the server list known last. */
const struct history *session_history(const struct session *s);
/* Changes whenever the history's months or their gaps may have. */
uint64_t session_history_version(const struct session *s);

/* Of the wanted terms. A term can be known and loading, or known and failed. */
struct history_progress {
    size_t wanted, known;
    size_t loading;    /* looked for in the store, waiting for their turn, or under way */
    size_t failed;     /* at the last try */
    size_t unreadable; /* known, but something in them could not be read: totals may be short */
    bool stopped;      /* nothing more is asked for until the next refresh */
    struct err err;    /* the first failure since the last refresh, or what stopped it; code 0 while
                        * no term is failed */
};
/* O(terms). */
void session_history_progress(const struct session *s, struct history_progress *out);

struct history_term {
    bool wanted, known, loading, failed;
    bool from_snapshot; /* known, but not confirmed by the service in this run */
    bool settled;
    int64_t as_of;                       /* when the service said so; TIME_NONE while not known */
    size_t unreadable, first_unreadable; /* as in struct resource */
};
/* What is known about TERM; all false for one that nobody asked for. */
void session_history_term(const struct session *s, int term, struct history_term *out);

const struct profile *session_profile(const struct session *s);
/* The days that severities and words go by (model/limits.h). */
const struct limits *session_limits(const struct session *s);
const struct clock *session_clock(const struct session *s);
bool session_read_only(const struct session *s);
bool session_offline(const struct session *s);
const struct api *session_api(const struct session *s); /* traffic and trail; never NULL */

/* The turn of the loop: as api_poll(), api_step(), api_timeout_ms(), with the session's own
 * timers. session_step() returns true when work is left that needs no waiting. *CHANGED (may be
 * NULL) gets the RESOURCE_BITs whose struct resource changed since the last step, and
 * SESSION_CHANGED_HISTORY. */
int session_poll(struct session *s, struct api_fd *fds, size_t count, int timeout_ms);
bool session_step(struct session *s, int budget_us, unsigned *changed);
int session_timeout_ms(struct session *s);

/* For the command line: asks for MASK and runs until none is loading. 0, or the code of the first
 * resource in MASK's order that has no data; a resource that failed but is known from a snapshot
 * counts as failed too unless offline. */
int session_fetch(struct session *s, unsigned mask, struct err *err);
/* The same for the history: wants FROM to TO, refreshes what is not settled, and runs until none
 * of these terms is loading. 0 when all are known and none failed; offline, when any is known. Else
 * the code of the first failure; what arrived is in the history all the same. ERR_DATA for a
 * range without a term. */
int session_fetch_history(struct session *s, int from, int to, struct err *err);

#endif
