/* NetScaler VPX allocations: published.md §3.10. One row a licence; a host may have several. */
#ifndef MODEL_NETSCALER_H
#define MODEL_NETSCALER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"
#include "model/server.h"

struct limits;

enum { NETSCALERS_MAX = 100000 };

struct netscaler {
    const char *host_id, *fqdn, *guid; /* fqdn and guid may be NULL */
    const char *host_type, *product, *entitlement_id, *fulfillment_id, *deployment, *mode;
    int64_t reported_local, reported; /* UTC instants; TIME_NONE */
    int report_offset;
    int64_t expires;
    int32_t days_to_expire; /* DAYS_NONE: unknown */
    bool permanent, expired, reporting, in_back_office;
    /* The row that decides the host's status. A reader that knows where a host begins sets it;
     * netscaler_list_finish() also sets it where host_id changes from one row to the next. */
    bool first_of_host;
    /* derived by netscaler_list_finish() */
    bool host_reporting;  /* the host's first licence reports */
    int number, licences; /* "1 of 3" of its host's */
    bool host_warning;    /* any licence of the host expired or unknown to the back office */
    uint64_t id;
};

struct netscaler_list {
    struct arena arena;
    bool unavailable; /* null from the service means none here (published.md §3.10) */
    struct netscaler *rows;
    size_t count, cap;
};

void netscaler_list_init(struct netscaler_list *l);
void netscaler_list_release(struct netscaler_list *l);
struct netscaler *netscaler_list_add(struct netscaler_list *l);
void netscaler_list_finish(struct netscaler_list *l);
struct row_source netscaler_list_source(const struct netscaler_list *l);

/* "reporting" (ok), "warning" (warning), "not reporting" (error): by the host's first
 * licence, and warning when any of the host's licences is expired or not in the back office. */
enum severity netscaler_severity(const struct netscaler *n);

struct netscaler_totals {
    size_t licences, hosts, reporting_hosts, warning_hosts; /* warning: reporting, but … */
    /* Licences. Expired: the service calls it so. Of the others that are not permanent: 0 <= days
     * <= the warning days, and <= the notice days; past their date all the same; no days told. */
    size_t expired, expiring_30, expiring_90, past, undated;
    size_t not_on_record;
};
/* By the product's 30 and 90 days, or by those of LIMITS. */
void netscaler_list_totals(const struct netscaler_list *l, struct netscaler_totals *out);
void netscaler_list_count(const struct netscaler_list *l, const struct limits *limits,
                          struct netscaler_totals *out);

/* The named filters of the NetScaler pane, as server_filters; each of licences. */
extern const struct server_filter netscaler_filters[];
extern const size_t netscaler_filter_count;

/* host_id fqdn product status severity last_reported expires days_to_expire expired permanent
 * reporting in_back_office mode deployment serial fulfillment_id host_type guid licence licences;
 * `reporting` is the licence's own, `status` the host's. */
extern const struct row_type netscaler_row_type;

#endif
