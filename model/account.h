/*
 * The rest of what the published API tells of an account: partner customers (published.md §3.12),
 * service states (§3.13), notifications (§3.14) and cloud (DaaS) licences (§3.15 a, b).
 */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"
#include "model/server.h"

enum { CUSTOMERS_MAX = 100000, NOTICES_MAX = 100000, STATES_MAX = 1000, CLOUD_MONTHS_MAX = 1200 };

struct customer {
    const char *id;   /* never NULL */
    const char *type; /* Managed, Hosted, Lite; may be NULL */
    const char *connection_id, *name, *org_id, *admin_name, *admin_email; /* each may be NULL */
    int64_t notifications;                                                /* -1: unknown */
    uint64_t row_id;
};
struct customer_list {
    struct arena arena;
    struct customer *rows;
    size_t count, cap;
};
void customer_list_init(struct customer_list *l);
void customer_list_release(struct customer_list *l);
struct customer *customer_list_add(struct customer_list *l);
void customer_list_finish(struct customer_list *l);
struct row_source customer_list_source(const struct customer_list *l);
/* customer_id type name org_id connection_id admin_name admin_email notifications */
extern const struct row_type customer_row_type;

struct service_state {
    const char *name, *state, *type; /* state and type may be NULL */
    int64_t quantity;                /* -1: null */
    int32_t days_to_expire;          /* DAYS_NONE: null */
};
struct state_list {
    struct arena arena;
    struct service_state *rows;
    size_t count, cap;
};
void state_list_init(struct state_list *l);
void state_list_release(struct state_list *l);
struct service_state *state_list_add(struct state_list *l);
/* The row called NAME (letter case does not count; "licensing" is License Usage Insights), or NULL.
 */
const struct service_state *state_list_find(const struct state_list *l, const char *name);

struct notice {
    const char *title, *description, *component, *event_id, *detail_uri; /* each may be NULL */
    int64_t created;                                                     /* TIME_NONE: unknown */
    enum severity severity; /* Information, Warning, Error and Critical -> ERROR */
    bool critical;
    uint64_t id;
    /* Whose list it comes from, where several customers' are shown together; NULL: the account's
     * own. The id is then of customer and event, since one event may go to several. */
    const char *customer_id, *customer;
    bool read; /* set by notice_list_mark() (model/notice_marks.h) */
};
/* Kept most recent first by notice_list_finish(), those without a time last. */
struct notice_list {
    struct arena arena;
    struct notice *rows;
    size_t count, cap;
    bool more; /* the service has more pages than luitop was willing to read */
};
void notice_list_init(struct notice_list *l);
void notice_list_release(struct notice_list *l);
struct notice *notice_list_add(struct notice_list *l);
void notice_list_finish(struct notice_list *l);
struct row_source notice_list_source(const struct notice_list *l);
/* created severity critical title description component event_id detail_uri read customer_id
 * customer */
extern const struct row_type notice_row_type;
/* The named filters of the Notices pane, as server_filters (model/server.h). */
extern const struct server_filter notice_filters[];
extern const size_t notice_filter_count;

/* DaaS, user/device model: licensing/…/ud/current. */
struct cloud_ud {
    struct arena arena;
    bool known; /* false: nothing decoded yet */
    int64_t used, user_used, user_released, device_used, device_released, available, remaining;
    int64_t as_of;                 /* timeStamp */
    const char *product, *edition; /* edition may be NULL */
    bool has_expiry;
    int64_t next_expiry, expiring;
    int32_t days_to_expire;
};
/* DaaS, concurrent model: ccu/summary. Each peak may be missing. */
struct cloud_peak {
    bool known;
    int64_t assigned, at; /* at: TIME_NONE when not told */
};
struct cloud_ccu {
    bool known;
    int64_t total, assigned, as_of;
    struct cloud_peak day, month, all_time;
};
struct cloud_month {
    int term;
    int64_t available, assigned, newly, released;
    uint64_t id;
};
/* ud/historicalusage, oldest month first as the service sends it. */
struct cloud_history {
    struct arena arena;
    struct cloud_month *rows;
    size_t count, cap;
};
void cloud_ud_init(struct cloud_ud *c);
void cloud_ud_release(struct cloud_ud *c);
void cloud_history_init(struct cloud_history *l);
void cloud_history_release(struct cloud_history *l);
struct cloud_month *cloud_history_add(struct cloud_history *l);
void cloud_history_finish(struct cloud_history *l);
struct row_source cloud_history_source(const struct cloud_history *l);
/* term available assigned new released */
extern const struct row_type cloud_month_row_type;

#endif
