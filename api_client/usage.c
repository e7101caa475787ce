/*
 * Usage of one term: published.md §3.3. An element is a SKU; its features are the rows.
 *
 * The numbers end on invoices, so a feature stands only when all of it could be read: without one
 * of its customers or servers, a breakdown would look whole and be short.
 */
#include "model/usage.h"

#include "api_client/codec.h"
#include "api_client/json_read.h"

/* Total and free users; paid is their difference and cannot be negative. */
static void read_users(struct jr *r, int64_t *total, int64_t *free_users)
{
    *total = jr_need_count(r, "count");
    *free_users = jr_need_count(r, "freeUsersCount");
    if (r->rc == 0 && *free_users > *total)
        r->rc = ERR_DATA;
}

static void read_servers(struct jr *r, struct usage_feature *f)
{
    const json_t *list = jr_array(r, "licenseServerUsages", USAGE_PARTS_MAX);
    size_t n = json_array_size(list);
    struct usage_server *parts;

    if (n == 0 || (parts = jr_room(r, n, sizeof(*parts))) == NULL)
        return;
    for (size_t i = 0; i < n && r->rc == 0; i++) {
        struct jr item;

        jr_init(&item, json_array_get(list, i), r->arena);
        parts[i].fqdn = jr_text(&item, "fqdn");
        read_users(&item, &parts[i].total, &parts[i].free);
        parts[i].reported = jr_time(&item, "reportingDate", NULL);
        parts[i].server_free = jr_need_bool(&item, "isLicenseServerFree");
        r->rc = item.rc;
    }
    f->server_parts = parts;
    f->server_part_count = n;
}

static void read_customers(struct jr *r, struct usage_feature *f)
{
    const json_t *list = jr_array(r, "linkedCustomerUsages", USAGE_PARTS_MAX);
    size_t n = json_array_size(list);
    struct usage_customer *parts;

    if (n == 0 || (parts = jr_room(r, n, sizeof(*parts))) == NULL)
        return;
    for (size_t i = 0; i < n && r->rc == 0; i++) {
        struct jr item;

        jr_init(&item, json_array_get(list, i), r->arena);
        parts[i].linked = jr_need_bool(&item, "isLinked");
        parts[i].org_id = jr_text(&item, "customerOrgId");
        parts[i].id = jr_text(&item, "customerId");
        parts[i].nickname = jr_text(&item, "customerNickName");
        parts[i].type = jr_text(&item, "customerType");
        read_users(&item, &parts[i].total, &parts[i].free);
        r->rc = item.rc;
    }
    f->customer_parts = parts;
    f->customer_part_count = n;
}

static int read_feature(struct usage_list *l, const json_t *value, const struct usage_feature *sku)
{
    struct usage_feature f = *sku, *row;
    struct jr r;

    jr_init(&r, value, &l->arena);
    f.feature_id = jr_need_text(&r, "featureId");
    f.description = jr_text(&r, "featureDescription");
    read_users(&r, &f.total, &f.free);
    f.servers = jr_need_count(&r, "licenseServerCount");
    f.free_servers = jr_need_count(&r, "freeLicenseServerCount");
    /* As in the history of §3.4, where no customer is linked the member may be left out. */
    f.customers = jr_int(&r, "linkedCustomerCount", 0, JR_COUNT_MAX, 0);
    if (r.rc == 0)
        read_servers(&r, &f);
    if (r.rc == 0)
        read_customers(&r, &f);
    if (r.rc < 0)
        return r.rc;
    row = usage_list_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, USAGE_FEATURES_MAX);
    *row = f;
    return 0;
}

/* A SKU without features, with or without a skuId, is the service's way to say "no data". */
static int element(void *into, const json_t *value)
{
    struct usage_list *l = into;
    struct usage_feature sku = {.term = l->term};
    const json_t *features;
    struct jr r;
    int unreadable = 0;

    jr_init(&r, value, &l->arena);
    sku.sku_id = jr_text(&r, "skuId");
    sku.sku_description = jr_text(&r, "skuDescription");
    features = jr_array(&r, "features", USAGE_FEATURES_MAX);
    if (r.rc < 0)
        return r.rc;
    l->bare += sku.sku_id != NULL && json_array_size(features) == 0;
    for (size_t i = 0; i < json_array_size(features); i++) {
        int rc = read_feature(l, json_array_get(features, i), &sku);

        if (rc < 0 && rc != ERR_DATA)
            return rc;
        unreadable += rc < 0;
    }
    return unreadable;
}

static int list_null(void *into)
{
    (void)into;
    return 0;
}

static int member(void *into, const char *name, const json_t *value)
{
    struct usage_list *l = into;

    if (jr_same(name, "customerId"))
        return jr_text_of(value, &l->arena, &l->customer_id);
    if (jr_same(name, "orgId"))
        return jr_text_of(value, &l->arena, &l->org_id);
    return 0;
}

static int finish(void *into, struct err *err)
{
    (void)err;
    usage_list_finish(into);
    return 0;
}

const struct codec codec_usage = {
    .what = "usage",
    .list = "skus",
    .list_required = true,
    .element = element,
    .list_null = list_null,
    .member = member,
    .finish = finish,
};
