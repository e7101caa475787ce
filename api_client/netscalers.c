/*
 * NetScaler VPX allocations: published.md §3.10. An element is a host; its licences are the rows.
 *
 * A host stands only when all its licences could be read: the first decides its status and any may
 * give it a warning.
 */
#include "model/netscaler.h"

#include "api_client/codec.h"
#include "api_client/json_read.h"

enum { LICENCES_MAX = 10000 }; /* of one host */

static int read_licence(const json_t *value, struct arena *arena, struct netscaler *n)
{
    struct jr r;

    jr_init(&r, value, arena);
    n->host_type = jr_text(&r, "hostType");
    n->reported_local = jr_time(&r, "localReportingDate", &n->report_offset);
    n->reported = jr_time(&r, "latestReportingDate", NULL);
    n->permanent = jr_need_bool(&r, "isPermanent");
    n->product = jr_text(&r, "productName");
    n->expires = jr_time(&r, "licenseExpirationDate", NULL);
    n->entitlement_id = jr_text(&r, "entitlementId");
    n->fulfillment_id = jr_text(&r, "fulfillmentId");
    n->deployment = jr_text(&r, "deploymentType");
    n->mode = jr_text(&r, "vpxMode");
    n->expired = jr_need_bool(&r, "isExpired");
    n->days_to_expire = jr_days(&r, "daysToExpire");
    n->reporting = jr_need_bool(&r, "isReporting");
    n->in_back_office = jr_need_bool(&r, "isFoundInBackOffice");
    return r.rc;
}

static int element(void *into, const json_t *value)
{
    struct netscaler_list *l = into;
    struct netscaler host = {0}, *licences;
    const json_t *models;
    size_t n;
    struct jr r;

    jr_init(&r, value, &l->arena);
    host.host_id = jr_need_text(&r, "hostId");
    host.fqdn = jr_text(&r, "fqdn");
    host.guid = jr_text(&r, "serverGuid");
    models = jr_array(&r, "netScalerLicenseModels", LICENCES_MAX);
    n = json_array_size(models);
    if (r.rc == 0 && n == 0)
        r.rc = ERR_DATA;
    if (r.rc < 0 || (licences = jr_room(&r, n, sizeof(*licences))) == NULL)
        return r.rc;
    for (size_t i = 0; i < n && r.rc == 0; i++) {
        licences[i] = host;
        licences[i].first_of_host = i == 0;
        r.rc = read_licence(json_array_get(models, i), r.arena, &licences[i]);
    }
    for (size_t i = 0; i < n && r.rc == 0; i++) {
        struct netscaler *row = netscaler_list_add(l);

        if (row != NULL)
            *row = licences[i];
        else
            r.rc = jr_add_failed(l->count, NETSCALERS_MAX);
    }
    return r.rc;
}

/* Null means that the account has none. */
static int list_null(void *into)
{
    (void)into;
    return 0;
}

static int finish(void *into, struct err *err)
{
    (void)err;
    netscaler_list_finish(into);
    return 0;
}

const struct codec codec_netscalers = {
    .what = "NetScaler VPX licences",
    .list = "netScalerCallingHomeDetails",
    .list_required = true,
    .element = element,
    .list_null = list_null,
    .finish = finish,
};
