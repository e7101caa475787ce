/* Cloud licences of the customers: extensions.md CloudSummary. */
#include "model/cloud_summary.h"

#include "api_client/codec.h"
#include "api_client/json_read.h"

/* Counts stay as the service gave them, negative ones too: model/cloud_summary.h names what
 * contradicts. */
static int64_t count(struct jr *r, const char *name)
{
    int64_t n = jr_int(r, name, -JR_COUNT_MAX, JR_COUNT_MAX, INT64_MIN);

    if (n == INT64_MIN && r->rc == 0)
        r->rc = ERR_DATA;
    return n;
}

/* How many of the tenants in LIST could not be read, or a negative code. */
static int read_tenants(struct cloud_summary *s, const json_t *list)
{
    int unreadable = 0;

    for (size_t i = 0; i < json_array_size(list); i++) {
        struct cloud_tenant t = {0}, *tenant;
        struct jr item;

        jr_init(&item, json_array_get(list, i), &s->arena);
        t.customer_id = jr_text(&item, "customerId");
        t.name = jr_text(&item, "displayName");
        t.org_id = jr_text(&item, "orgId");
        t.users = count(&item, "users");
        if (item.rc < 0 && item.rc != ERR_DATA)
            return item.rc;
        if (item.rc < 0) {
            unreadable++;
            continue;
        }
        tenant = cloud_summary_add_tenant(s);
        if (tenant == NULL)
            return jr_add_failed(s->tenant_count, CLOUD_TENANTS_MAX);
        *tenant = t;
    }
    return unreadable;
}

/* The same of a customer: ERR_DATA when it cannot be read at all; nothing of it is in S then. */
static int read_item(struct cloud_summary *s, const json_t *value, bool multi)
{
    struct cloud_customer c = {.multi_tenant = multi, .tenant_at = s->tenant_count}, *row;
    const json_t *tenants = NULL;
    struct jr r;

    jr_init(&r, value, &s->arena);
    c.customer_id = jr_need_text(&r, "customerId");
    c.org_id = jr_text(&r, "orgId");
    c.name = jr_text(&r, "displayName");
    c.licenses = count(&r, "licenses");
    c.users = count(&r, "users");
    c.overage = count(&r, "overage");
    if (multi)
        tenants = jr_array(&r, "tenants", CLOUD_TENANTS_MAX);
    if (r.rc < 0)
        return r.rc;
    c.tenants_told = tenants != NULL;
    row = cloud_summary_add(s);
    if (row == NULL)
        return jr_add_failed(s->count, CLOUD_ITEMS_MAX);
    *row = c;
    return read_tenants(s, tenants);
}

/* Totals with a member that cannot be read are not known: true then. */
static bool read_totals(const json_t *object, struct cloud_totals *out)
{
    struct cloud_totals t = {.known = true};
    struct jr r;

    jr_init(&r, object, NULL);
    t.customers = count(&r, "customers");
    t.licenses = count(&r, "licenses");
    t.users = count(&r, "users");
    t.overage = count(&r, "overage");
    if (r.rc == 0)
        *out = t;
    return r.rc < 0;
}

/* How many parts of it could not be read, or a negative code. */
static int read_tenancy(struct cloud_summary *s, struct jr *r, const char *name,
                        struct cloud_totals *totals, bool multi)
{
    const json_t *object = jr_object(r, name), *items;
    int unreadable;
    struct jr part;

    if (object == NULL || r->rc < 0)
        return r->rc;
    unreadable = read_totals(object, totals);
    jr_init(&part, object, &s->arena);
    items = jr_array(&part, "items", CLOUD_ITEMS_MAX);
    if (part.rc < 0)
        return part.rc;
    totals->listed = items != NULL;
    for (size_t i = 0; i < json_array_size(items); i++) {
        int rc = read_item(s, json_array_get(items, i), multi);

        if (rc < 0 && rc != ERR_DATA)
            return rc;
        unreadable += rc < 0 ? 1 : rc;
    }
    return unreadable;
}

static int element(void *into, const json_t *value)
{
    struct cloud_summary *s = into;
    int single, multi;
    struct jr r;

    jr_init(&r, value, &s->arena);
    single = read_tenancy(s, &r, "singleTenant", &s->single, false);
    if (single < 0)
        return single;
    multi = read_tenancy(s, &r, "multiTenant", &s->multi, true);
    if (multi < 0)
        return multi;
    cloud_summary_finish(s);
    return single + multi;
}

const struct codec codec_cloud_summary = {
    .what = "cloud use of the customers",
    .element = element,
};
