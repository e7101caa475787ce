/*
 * Licensed deployments: license servers registered with Citrix Cloud, what is installed on them and
 * in use (published.md §3.16, extensions.md "Read" and "Rules").
 *
 * Status, by the age of the last report: *reporting* up to and including 3 days, *not reporting* up
 * to and including 30 days, older ones are not listed. One without any report counts from its
 * registration and is not reporting. A last report that lies in the future (clocks differ) is
 * reporting. The limits are settings (features.md D4).
 *
 * Numbers of a pool (product, edition, licensing model) over the chosen servers that report:
 *   installed   sum of what is installed
 *   in use      sum of each server's latest sample, whatever its day; a server without any sample
 *               adds nothing and is counted in `unsampled`: the sum is a lower bound then
 *   available % round(100 * in use / installed), halves up; null when nothing is installed. This
 *               is the product's own definition ("Available % = in use / installed on reporting
 *               servers", §3.16, as its licensing pages show the percentage of licences in use): it
 *               grows with use and passes 100 with overdraft. luitop keeps the column's name for
 *               exports and heads it USE % on the screen.
 *   overdraft   max(0, in use - installed) of the pool. License servers do not lend each other
 *               licences, so one may overdraw while the pool does not: `overdrawn` counts those,
 *               and the breakdown by server has each one's own.
 *   peaks       the largest daily sum over those servers: of the last 7 days (today and the 6
 *               before), of this calendar month, of all samples. A day's sum has the servers that
 *               have a sample of that day. Null without a sample in the span. Samples dated later
 *               than tomorrow are left out everywhere.
 * "Today" is the calendar day of NOW in the billing time zone. Of two samples of a server and day
 * the larger counts. A server of a pool that does not report, or is not listed at all, is outside
 * all of this and counted in `servers_excluded`; one that was not chosen is counted nowhere. Of a
 * pool that no chosen server reports for nothing is known: its numbers are DEPLOYMENT_UNKNOWN,
 * which is not zero.
 */
#ifndef MODEL_DEPLOYMENT_H
#define MODEL_DEPLOYMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"
#include "model/daily.h"
#include "model/server.h"
#include "model/server_set.h"

struct err;

enum {
    DEPLOYMENT_SERVERS_MAX = 100000,
    POOLS_MAX = 10000,
    POOL_SERVERS_MAX = 200000,
    POOL_SAMPLES_MAX = 20000000,
    DEPLOYMENT_USERS_MAX = 2000000,
    DEPLOYMENT_REPORTING_DAYS = 3,
    DEPLOYMENT_LISTED_DAYS = 30,
};

/* A count that is not known: null in the columns. */
#define DEPLOYMENT_UNKNOWN INT64_MIN

enum deployment_status { DEPLOYMENT_REPORTING, DEPLOYMENT_NOT_REPORTING, DEPLOYMENT_DROPPED };

struct deployment_rules {
    int reporting_days, listed_days; /* 0: the product's own 3 and 30 */
};

struct deployment_server {
    const char *fqdn;              /* never NULL */
    int64_t registered, reported;  /* TIME_NONE: unknown, never */
    const char *version;           /* may be NULL */
    enum deployment_status status; /* derived by deployment_server_list_finish() */
    uint64_t id;
};
struct deployment_server_list {
    struct arena arena;
    struct deployment_server *rows;
    size_t count, cap;
    size_t dropped; /* servers older than the listed days, taken out by finish */
};
void deployment_server_list_init(struct deployment_server_list *l);
void deployment_server_list_release(struct deployment_server_list *l);
struct deployment_server *deployment_server_list_add(struct deployment_server_list *l);
/* Makes ids; status is not known yet. */
void deployment_server_list_identify(struct deployment_server_list *l);
/* Derives status and ids and takes out what the product no longer lists. RULES may be NULL. */
void deployment_server_list_finish(struct deployment_server_list *l,
                                   const struct deployment_rules *rules, int64_t now);
/* OUT (initialised) becomes L as it stands at NOW, finished. NOW is when the service last said or
 * confirmed what is in L: a silent server is found out although its row never changes, and an old
 * answer (offline) does not make servers silent of which nothing has been heard since. Texts are
 * borrowed from L. 0, ERR_NOMEM, ERR_TOOBIG. */
int deployment_server_list_judge(struct deployment_server_list *out,
                                 const struct deployment_server_list *l,
                                 const struct deployment_rules *rules, int64_t now);
struct row_source deployment_server_list_source(const struct deployment_server_list *l);
/* fqdn status last_reported age_hours registered version */
extern const struct row_type deployment_server_row_type;
enum deployment_status deployment_status_of(int64_t registered, int64_t reported,
                                            const struct deployment_rules *rules, int64_t now);

/* The answer of the deployment usage operation. */
struct pool_sample {
    int32_t day;
    int64_t in_use;
};
struct pool_server {
    const char *fqdn; /* never NULL */
    int64_t installed;
    const struct pool_sample *samples; /* in any order */
    size_t sample_count;
};
struct pool {
    const char *product, *edition, *model, *feature_id; /* product never NULL, others may be */
    const struct pool_server *servers;
    size_t server_count;
    uint64_t id;
};
struct pool_list {
    struct arena arena;
    struct pool *rows;
    size_t count, cap;
};
void pool_list_init(struct pool_list *l);
void pool_list_release(struct pool_list *l);
struct pool *pool_list_add(struct pool_list *l);
void pool_list_finish(struct pool_list *l); /* ids */

/* What numbers are made over. */
struct deployment_input {
    const struct deployment_server_list *servers; /* finished; NULL: no server reports */
    const struct server_set *only;                /* NULL: all */
    int64_t now;
    const char *zone;
};

/* A pool's numbers, or those of one of its servers (`fqdn` not NULL). */
struct deployment {
    const char *product, *edition, *model, *feature_id, *fqdn;
    int64_t installed, in_use;             /* DEPLOYMENT_UNKNOWN: no server counted, no sample */
    int64_t available_percent;             /* -1: nothing installed, or not known */
    int64_t overdraft;                     /* DEPLOYMENT_UNKNOWN as in use */
    int64_t peak_7d, peak_month, peak_all; /* DEPLOYMENT_UNKNOWN: no sample */
    int64_t servers, servers_excluded;
    int64_t unsampled;             /* counted servers without any sample */
    int64_t overdrawn;             /* servers with an overdraft of their own */
    enum deployment_status status; /* of the server, in rows of one */
    int64_t reported;              /* its last report */
    bool counted;                  /* it reports: the pool's numbers have it */
    uint64_t id;
};
struct deployment_list {
    struct arena arena;
    struct deployment *rows;
    size_t count, cap;
};
void deployment_list_init(struct deployment_list *l);
void deployment_list_release(struct deployment_list *l);
/* Replaces L with a row a pool. Texts are borrowed from POOLS. O(samples log samples).
 * 0, ERR_NOMEM, ERR_TOOBIG. */
int deployment_list_build(struct deployment_list *l, const struct pool_list *pools,
                          const struct deployment_input *in);
struct row_source deployment_list_source(const struct deployment_list *l);
/* product edition model installed in_use available_percent overdraft peak_7d peak_month peak_all
 * servers servers_excluded */
extern const struct row_type deployment_row_type;

/* Replaces L with a row a chosen server of POOL (of all pools when NULL), those that do not report
 * included, with their own numbers and `counted` false. */
int deployment_list_by_server(struct deployment_list *l, const struct pool_list *pools,
                              const struct pool *pool, const struct deployment_input *in);
struct row_source deployment_by_server_source(const struct deployment_list *l);
/* product edition model fqdn status counted last_reported installed in_use available_percent
 * overdraft peak_7d peak_month peak_all */
extern const struct row_type deployment_by_server_row_type;

/* All pools together. Peaks have no sum: pools have theirs on different days. */
struct deployment_total {
    size_t servers, reporting; /* chosen servers of the list, a name once */
    size_t unlisted;           /* chosen servers with use that the list does not have */
    size_t pools, known;       /* and those with a counted server, which the rest is of */
    size_t overdrawn;          /* pools with an overdraft */
    int64_t installed, in_use, overdraft; /* DEPLOYMENT_UNKNOWN: of no pool */
    int64_t percent;                      /* as available_percent */
    int64_t unsampled;                    /* > 0: in use is a lower bound */
};
/* ROWS: deployment_list_build() of POOLS and IN. O(n log n). 0 or ERR_NOMEM. */
int deployment_total(const struct deployment_list *rows, const struct pool_list *pools,
                     const struct deployment_input *in, struct deployment_total *out);

/* The daily sums of POOL, ascending, for a chart: one point a day that has a sample, known where
 * every counted server has one and else incomplete. *OUT is malloc'd, the caller frees it (NULL for
 * no day). 0, ERR_NOMEM. */
int deployment_daily(const struct pool *pool, const struct deployment_input *in,
                     struct day_point **out, size_t *count);

/* Licence activity: what a server had in use on a day. */
enum { DEPLOYMENT_ACTIVITY_DAYS = 31, DEPLOYMENT_ACTIVITY_MAX = 1000000 };
struct deployment_use {
    const char *fqdn; /* never NULL */
    int32_t day;
    int64_t in_use, before; /* of this day and the one before; DEPLOYMENT_UNKNOWN: no sample */
    int64_t installed;
    bool counted; /* as in struct deployment */
    uint64_t id;
};
struct deployment_use_list {
    struct arena arena;
    struct deployment_use *rows;
    size_t count, cap;
};
void deployment_use_list_init(struct deployment_use_list *l);
void deployment_use_list_release(struct deployment_use_list *l);
/* Replaces L with a row a chosen server of POOL and day of the last DEPLOYMENT_ACTIVITY_DAYS, today
 * included, newest day first: from the server's first sample there to its last, so that a day
 * between them without one is seen. O(samples + rows log rows). 0, ERR_NOMEM, ERR_TOOBIG. */
int deployment_use_list_build(struct deployment_use_list *l, const struct pool *pool,
                              const struct deployment_input *in);
struct row_source deployment_use_list_source(const struct deployment_use_list *l);
/* date fqdn in_use change installed available_percent counted */
extern const struct row_type deployment_use_row_type;

/* A user of a deployment. */
struct deployment_user {
    const char *user;                                        /* userName, never NULL */
    const char *domain, *device, *feature_id, *model, *fqdn; /* each may be NULL */
    int64_t last_login;                                      /* TIME_NONE: unknown */
    uint64_t id;
};
struct deployment_user_list {
    struct arena arena;
    struct deployment_user *rows;
    size_t count, cap;
    bool more; /* the service has more pages than luitop was willing to read */
};
void deployment_user_list_init(struct deployment_user_list *l);
void deployment_user_list_release(struct deployment_user_list *l);
struct deployment_user *deployment_user_list_add(struct deployment_user_list *l);
void deployment_user_list_finish(struct deployment_user_list *l); /* ids */
struct row_source deployment_user_list_source(const struct deployment_user_list *l);
/* user domain device feature_id edition model fqdn last_login */
extern const struct row_type deployment_user_row_type;
/* The same for users of one product: the screen is without the edition. */
extern const struct row_type deployment_pool_user_row_type;

#endif
