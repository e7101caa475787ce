#include "model/cloud_summary.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/human.h"
#include "model/finding.h"
#include "model/list.h"
#include "model/sum.h"
#include "model/term.h"

static const void *customer_at(const void *list, size_t i)
{
    return &((const struct cloud_summary *)list)->rows[i];
}

static const void *tenant_at(const void *list, size_t i)
{
    return &((const struct cloud_summary *)list)->tenants[i];
}

struct row_source cloud_summary_source(const struct cloud_summary *s)
{
    return (struct row_source){&cloud_customer_row_type, s, s->count, customer_at};
}

struct row_source cloud_tenant_source(const struct cloud_summary *s)
{
    return (struct row_source){&cloud_tenant_row_type, s, s->tenant_count, tenant_at};
}

void cloud_summary_init(struct cloud_summary *s, int term)
{
    *s = (struct cloud_summary){.term = term};
    arena_init(&s->arena, LIST_BYTES_MAX);
}

void cloud_summary_release(struct cloud_summary *s)
{
    int term = s->term;

    arena_release(&s->arena);
    free(s->rows);
    free(s->tenants);
    cloud_summary_init(s, term);
}

struct cloud_customer *cloud_summary_add(struct cloud_summary *s)
{
    struct cloud_customer *c =
        list_add(&s->rows, &s->count, &s->cap, sizeof(*s->rows), CLOUD_ITEMS_MAX);

    if (c != NULL)
        c->tenant_at = s->tenant_count;
    return c;
}

struct cloud_tenant *cloud_summary_add_tenant(struct cloud_summary *s)
{
    struct cloud_tenant *t = list_add(&s->tenants, &s->tenant_count, &s->tenant_cap,
                                      sizeof(*s->tenants), CLOUD_TENANTS_MAX);

    if (t != NULL)
        s->rows[s->count - 1].tenant_count++;
    return t;
}

void cloud_summary_finish(struct cloud_summary *s)
{
    for (size_t i = 0; i < s->count; i++) {
        struct cloud_customer *c = &s->rows[i];
        const char *const identity[] = {c->customer_id, c->multi_tenant ? "multi" : "single"};

        c->term = s->term;
        c->id = row_hash(identity, 2);
        for (size_t k = 0; k < c->tenant_count; k++) {
            struct cloud_tenant *t = &s->tenants[c->tenant_at + k];
            const char *const who[] = {c->customer_id, t->customer_id, t->name, t->org_id};

            t->linked = t->customer_id != NULL || t->name != NULL || t->org_id != NULL;
            t->owner = c->name != NULL && c->name[0] != '\0' ? c->name : c->customer_id;
            t->term = s->term;
            t->id = row_hash(who, 4);
        }
    }
    list_unique_ids(s->rows, s->count, sizeof(*s->rows), offsetof(struct cloud_customer, id));
    list_unique_ids(s->tenants, s->tenant_count, sizeof(*s->tenants),
                    offsetof(struct cloud_tenant, id));
}

int64_t cloud_percent(int64_t licenses, int64_t users)
{
    return sum_percent(users, licenses);
}

enum cloud_level cloud_level_of(int64_t licenses, int64_t users, int64_t overage)
{
    if (overage > 0 || (users > licenses && users > 0))
        return CLOUD_OVER;
    if (licenses <= 0)
        return CLOUD_NONE;
    return cloud_percent(licenses, users) >= CLOUD_NEAR ? CLOUD_NEARLY : CLOUD_OK;
}

int64_t cloud_not_linked(const struct cloud_summary *s, const struct cloud_customer *c)
{
    size_t at = c != NULL ? c->tenant_at : 0, n = c != NULL ? c->tenant_count : s->tenant_count;
    int64_t users = 0;

    for (size_t k = at; k < at + n; k++)
        if (!s->tenants[k].linked)
            users = sum_add(users, s->tenants[k].users);
    return users;
}

static void find_customer(const struct cloud_summary *s, const struct cloud_customer *c,
                          struct finding_list *out)
{
    int64_t tenants = 0, beyond = c->users > c->licenses ? sum_sub(c->users, c->licenses) : 0;

    if (c->licenses < 0 || c->users < 0 || c->overage < 0)
        finding_add(out, SEVERITY_WARNING, c->customer_id, "%s: a negative count", c->customer_id);
    else if (c->overage != beyond)
        finding_add(out, SEVERITY_WARNING, c->customer_id,
                    "%s: the overage is given as %" PRId64 ", %" PRId64 " users less %" PRId64
                    " licences make %" PRId64,
                    c->customer_id, c->overage, c->users, c->licenses, beyond);
    for (size_t k = 0; k < c->tenant_count; k++)
        tenants = sum_add(tenants, s->tenants[c->tenant_at + k].users);
    if (c->multi_tenant && !c->tenants_told)
        finding_add(out, SEVERITY_WARNING, c->customer_id,
                    "%s: the service does not list its tenants", c->customer_id);
    else if (c->tenant_count > 0 && tenants != c->users)
        finding_add(out, SEVERITY_WARNING, c->customer_id,
                    "%s: the tenants add up to %" PRId64 " users, the total is %" PRId64,
                    c->customer_id, tenants, c->users);
}

static void find_total(struct finding_list *out, const char *tenancy, const char *what,
                       int64_t told, int64_t sum)
{
    if (told != sum)
        finding_add(out, SEVERITY_WARNING, NULL,
                    "%s: %" PRId64 " %s in all, the customers listed make %" PRId64, tenancy, told,
                    what, sum);
}

static void find_totals(const struct cloud_summary *s, bool multi, struct finding_list *out)
{
    const struct cloud_totals *t = multi ? &s->multi : &s->single;
    const char *tenancy = multi ? "multi-tenant" : "single-tenant";
    struct cloud_totals sum = {0};

    if (!t->known) {
        finding_add(out, SEVERITY_WARNING, NULL, "%s: the service tells no totals", tenancy);
        return;
    }
    if (!t->listed) {
        finding_add(out, SEVERITY_WARNING, NULL, "%s: the service does not list the customers",
                    tenancy);
        return;
    }
    for (size_t i = 0; i < s->count; i++) {
        const struct cloud_customer *c = &s->rows[i];

        if (c->multi_tenant != multi)
            continue;
        sum.customers++;
        sum.licenses = sum_add(sum.licenses, c->licenses);
        sum.users = sum_add(sum.users, c->users);
        sum.overage = sum_add(sum.overage, c->overage);
    }
    find_total(out, tenancy, "customers", t->customers, sum.customers);
    find_total(out, tenancy, "licences", t->licenses, sum.licenses);
    find_total(out, tenancy, "users", t->users, sum.users);
    find_total(out, tenancy, "overage", t->overage, sum.overage);
}

void cloud_summary_findings(const struct cloud_summary *s, struct finding_list *out)
{
    find_totals(s, false, out);
    find_totals(s, true, out);
    for (size_t i = 0; i < s->count; i++)
        find_customer(s, &s->rows[i], out);
}
