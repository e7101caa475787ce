/* License servers: published.md §3.1. */
#include "model/server.h"

#include "api_client/codec.h"
#include "api_client/json_read.h"

static void read_ccu(struct jr *r, struct server *s)
{
    const json_t *list = jr_array(r, "ccuFeatureStatistics", SERVER_ITEMS_MAX);
    size_t n = json_array_size(list);
    struct ccu_use *uses;

    if (n == 0 || (uses = jr_room(r, n, sizeof(*uses))) == NULL)
        return;
    for (size_t i = 0; i < n && r->rc == 0; i++) {
        struct jr item;

        jr_init(&item, json_array_get(list, i), r->arena);
        uses[i].feature = jr_need_text(&item, "featureId");
        uses[i].count = jr_need_count(&item, "usageCount");
        r->rc = item.rc;
    }
    s->ccu_uses = uses;
    s->ccu_count = n;
}

static void read_customers(struct jr *r, struct server *s)
{
    const json_t *list = jr_array(r, "linkedCustomerList", SERVER_ITEMS_MAX);
    size_t n = json_array_size(list);
    struct customer_ref *refs;

    if (n == 0 || (refs = jr_room(r, n, sizeof(*refs))) == NULL)
        return;
    for (size_t i = 0; i < n && r->rc == 0; i++) {
        struct jr item;

        jr_init(&item, json_array_get(list, i), r->arena);
        refs[i].id = jr_text(&item, "customerId");
        refs[i].org_id = jr_text(&item, "customerOrgId");
        refs[i].nickname = jr_text(&item, "customerNickName");
        refs[i].name = jr_text(&item, "customerDisplayName");
        refs[i].type = jr_text(&item, "customerType");
        r->rc = item.rc;
    }
    s->customers = refs;
    s->customer_count = n;
}

static int element(void *into, const json_t *value)
{
    struct server_list *l = into;
    struct server s = {0}, *row;
    struct jr r;

    jr_init(&r, value, &l->arena);
    s.host_id = jr_need_text(&r, "hostId");
    s.fqdn = jr_text(&r, "fqdn");
    s.last_report = jr_time(&r, "lastPhoningHomeTime", &s.report_offset);
    s.expires = jr_time(&r, "licenseExpirationDate", NULL);
    s.days_to_expire = jr_days(&r, "daysToExpire");
    s.reporting = jr_need_bool(&r, "isPhoningHome");
    s.in_back_office = jr_need_bool(&r, "isFoundInBackOffice");
    s.ever_reported = jr_need_bool(&r, "isEverReported");
    s.compliant = jr_need_bool(&r, "isCompliant");
    s.free = jr_need_bool(&r, "isLicenseServerFree");
    s.non_csp = jr_need_bool(&r, "isNonCspLicenseInstalled");
    s.ccu = jr_need_bool(&r, "isCcu");
    s.expired = jr_need_bool(&r, "isExpired");
    if (r.rc == 0)
        read_ccu(&r, &s);
    if (r.rc == 0)
        read_customers(&r, &s);
    if (r.rc < 0)
        return r.rc;
    row = server_list_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, SERVERS_MAX);
    *row = s;
    return 0;
}

static int list_null(void *into)
{
    ((struct server_list *)into)->unavailable = true;
    return 0;
}

static int member(void *into, const char *name, const json_t *value)
{
    struct server_list *l = into;

    if (jr_same(name, "customerId"))
        return jr_text_of(value, &l->arena, &l->customer_id);
    if (jr_same(name, "orgId"))
        return jr_text_of(value, &l->arena, &l->org_id);
    return 0;
}

static int finish(void *into, struct err *err)
{
    (void)err;
    server_list_finish(into);
    return 0;
}

const struct codec codec_servers = {
    .what = "license servers",
    .list = "licenseServersStatus",
    .list_required = true,
    .element = element,
    .list_null = list_null,
    .member = member,
    .finish = finish,
};
