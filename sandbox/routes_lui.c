/* License servers (§3.1), monthly usage (§3.3), NetScaler VPX allocations (§3.10). */
#include <string.h>

#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/router.h"
#include "sandbox/routes_usage.h"
#include "sandbox/rows.h"
#include "sandbox/seed.h"

static json_t *envelope(const struct sandbox *sb, const char *name, json_t *list)
{
    return json_pack("{s:s, s:s, s:o}", "customerId", sb->o.customer_id, "orgId", PROVIDER_ORG_ID,
                     name, list);
}

static void license_servers(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    json_t *list = json_array(), *server;
    struct server_query q;

    (void)rq;
    if (server_query_init(&q, sb->db, "") == 0)
        while ((server = server_query_next(&q, NULL)) != NULL)
            json_array_append_new(list, server);
    server_query_release(&q);
    reply_json(rp, 200, envelope(sb, "licenseServersStatus", list));
    rp->list = list;
}

static json_t *vpx_licence_json(sqlite3_stmt *st)
{
    int offset = sqlite3_column_int(st, 1);

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "hostType",
        column_text(st, 0), "localReportingDate", column_stamp(st, 2, offset, 7, 0),
        "latestReportingDate", column_stamp(st, 2, 0, 7, 0), "isPermanent", column_bool(st, 3),
        "productName", column_text(st, 4), "licenseExpirationDate", column_stamp(st, 5, 0, 2, 0),
        "entitlementId", column_text(st, 6), "fulfillmentId", column_text(st, 7), "deploymentType",
        column_text(st, 8), "vpxMode", column_text(st, 9), "isExpired", column_bool(st, 10),
        "daysToExpire", column_int(st, 11), "isReporting", column_bool(st, 12),
        "isFoundInBackOffice", column_bool(st, 13));
}

static void netscalers(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *st = NULL, *licences = NULL;
    json_t *list = json_array();
    int rc;

    (void)rq;
    rc = db_prepare(sb->db, "SELECT id, host_id, fqdn, guid FROM vpx ORDER BY id", &st, NULL);
    if (rc == 0)
        rc = db_prepare(sb->db,
                        "SELECT host_type, utc_offset, reported, permanent, product, expires,"
                        " entitlement_id, fulfillment_id, deployment, mode, expired, days,"
                        " reporting, in_back_office FROM vpx_licences WHERE host = ? ORDER BY id",
                        &licences, NULL);
    while (rc == 0 && sqlite3_step(st) == SQLITE_ROW)
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:o, s:o}", "hostId", column_text(st, 1), "fqdn",
                            column_text(st, 2), "serverGuid", column_text(st, 3),
                            "netScalerLicenseModels",
                            rows_of(licences, sqlite3_column_int64(st, 0), vpx_licence_json)));
    sqlite3_finalize(st);
    sqlite3_finalize(licences);
    reply_json(rp, 200, envelope(sb, "netScalerCallingHomeDetails", list));
    rp->list = list;
}

static const struct route rows[] = {
    {"GET", "/lui/{customer}/licenseservers", license_servers, true, PRODUCT_NONE},
    {"GET", "/lui/{customer}/licenseusagedata", usage_month, true, PRODUCT_USAGE},
    {"GET", "/lui/{customer}/netscalercallinghomedata", netscalers, true, PRODUCT_NETSCALER},
};
const struct route_table lui_routes = {rows, sizeof(rows) / sizeof(rows[0])};
