/*
 * Cloud (DaaS) licences of a provider's customers: single-tenant and multi-tenant (published.md
 * §3.15 d, extensions.md CloudSummary).
 *
 * Counts are the service's own, totals too: luitop adds nothing up but to check it. Computed here:
 *   percent  round(100 * users / licences), halves up; null without licences
 *   level    over  users > licences, or the service says overage > 0      (red on the screen)
 *            near  percent >= CLOUD_NEAR, i.e. "near 100 %" (§3.15 d; the product gives no number)
 *            none  no licences and no users
 *            ok    else
 * A tenant without customer id, name and organisation is the Not Linked remainder.
 */
#ifndef MODEL_CLOUD_SUMMARY_H
#define MODEL_CLOUD_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/account.h"
#include "model/column.h"

struct finding_list;
struct server_filter;

enum { CLOUD_ITEMS_MAX = 100000, CLOUD_TENANTS_MAX = 200000, CLOUD_NEAR = 95 };

enum cloud_level { CLOUD_NONE, CLOUD_OK, CLOUD_NEARLY, CLOUD_OVER };
/* For any pair of licences and users, as of cloud_ud and cloud_ccu too. */
enum cloud_level cloud_level_of(int64_t licenses, int64_t users, int64_t overage);
const char *cloud_level_name(enum cloud_level l);       /* "none", "ok", "near", "over" */
int cloud_level_severity(enum cloud_level l);           /* as of row_type.severity */
int64_t cloud_percent(int64_t licenses, int64_t users); /* -1: no licences */

struct cloud_tenant {
    const char *customer_id, *name, *org_id; /* all NULL: Not Linked */
    int64_t users;
    /* set by cloud_summary_finish() */
    bool linked;
    const char *owner; /* the customer whose deployment it is in */
    int term;
    uint64_t id;
};
struct cloud_customer {
    const char *customer_id; /* never NULL */
    const char *org_id, *name;
    int64_t licenses, users, overage;
    bool multi_tenant;
    bool tenants_told;              /* multi-tenant, and the answer had the list of its tenants */
    size_t tenant_at, tenant_count; /* among the summary's tenants */
    /* set by cloud_summary_finish() */
    int term;
    uint64_t id;
};
/* The service's totals of one tenancy. */
struct cloud_totals {
    bool known;  /* the answer had them, all readable */
    bool listed; /* … and the list of the customers */
    int64_t customers, licenses, users, overage;
};
struct cloud_summary {
    struct arena arena;
    int term;
    struct cloud_totals single, multi;
    struct cloud_customer *rows; /* single-tenant ones first, as the service sends them */
    size_t count, cap;
    struct cloud_tenant *tenants;
    size_t tenant_count, tenant_cap;
};
void cloud_summary_init(struct cloud_summary *s, int term);
void cloud_summary_release(struct cloud_summary *s);
struct cloud_customer *cloud_summary_add(struct cloud_summary *s);
/* A tenant of the customer added last, which must be there. NULL as for rows. */
struct cloud_tenant *cloud_summary_add_tenant(struct cloud_summary *s);
void cloud_summary_finish(struct cloud_summary *s);

struct row_source cloud_summary_source(const struct cloud_summary *s);
/* term tenancy customer_id customer org_id licenses users percent overage level tenants; tenancy
 * single or multi, tenants null for single and where the service does not list them */
extern const struct row_type cloud_customer_row_type;
/* Ready-made, as model/server.h's. */
extern const struct server_filter cloud_customer_filters[];
extern const size_t cloud_customer_filter_count;

struct row_source cloud_tenant_source(const struct cloud_summary *s); /* of all customers */
/* term owner customer_id customer org_id users linked */
extern const struct row_type cloud_tenant_row_type;

/* Users of C's tenants (NULL: of all) that are linked to no customer. Saturates. */
int64_t cloud_not_linked(const struct cloud_summary *s, const struct cloud_customer *c);

/* A tenancy or a list that is not told, totals that the customers do not add up to, tenants that do
 * not add up to their customer's users, an overage that is not max(0, users - licences), negative
 * counts. What concerns the totals comes first. Appends to OUT. */
void cloud_summary_findings(const struct cloud_summary *s, struct finding_list *out);

#endif
