#include "sandbox/routes_usage.h"

#include <string.h>

#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/seed.h"

struct parts {
    sqlite3_stmt *features, *servers, *customers;
    int term;
};

static int parts_init(struct parts *p, sqlite3 *db, int term)
{
    int rc;

    *p = (struct parts){.term = term};
    rc = db_prepare(db,
                    "SELECT f.id, f.feature_id, f.description, f.sku_id, f.sku_description,"
                    " t.total, t.free FROM features f JOIN usage_totals t ON t.feature = f.id"
                    " WHERE t.term = ? AND f.since <= t.term ORDER BY f.id",
                    &p->features, NULL);
    if (rc == 0)
        rc = db_prepare(db,
                        "SELECT s.fqdn, u.total, u.free, s.last_report, s.utc_offset, s.fraction,"
                        " s.free, s.dates_unknown, s.host_id FROM usage_servers u"
                        " JOIN servers s ON s.id = u.server"
                        " WHERE u.term = ? AND u.feature = ? ORDER BY u.server",
                        &p->servers, NULL);
    if (rc == 0)
        rc = db_prepare(db,
                        "SELECT u.customer, c.org_id, c.customer_id, c.nickname, c.type, u.total,"
                        " u.free FROM usage_customers u LEFT JOIN customers c ON c.id = u.customer"
                        " WHERE u.term = ? AND u.feature = ? ORDER BY u.customer = 0, u.customer",
                        &p->customers, NULL);
    return rc;
}

static void parts_release(struct parts *p)
{
    sqlite3_finalize(p->features);
    sqlite3_finalize(p->servers);
    sqlite3_finalize(p->customers);
}

/* The last report that told of TERM: the server's latest, or the last night of a past month. */
static json_t *reporting_date(sqlite3_stmt *st, int term)
{
    int64_t last = sqlite3_column_int64(st, 3);
    int offset = sqlite3_column_int(st, 4);

    if (term == term_of(last))
        return json_stamp(last, offset, 7, (unsigned)sqlite3_column_int(st, 5));
    if (sqlite3_column_int(st, 7) != 0)
        return json_string(STAMP_UNKNOWN);
    return json_stamp(term_start(term + 1) - 3600 - last % 1800, offset, 7,
                      (unsigned)sqlite3_column_int(st, 5));
}

static void add_servers(json_t *o, struct parts *p, int64_t feature)
{
    json_t *list = json_array(), *hosts = json_array();

    db_bind(p->servers, "ii", (int64_t)p->term, feature);
    while (sqlite3_step(p->servers) == SQLITE_ROW) {
        sqlite3_stmt *st = p->servers;

        if (sqlite3_column_int(st, 6) != 0)
            json_array_append_new(hosts, column_text(st, 8));
        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o, s:o}", "fqdn",
                                              column_text(st, 0), "count", column_int(st, 1),
                                              "freeUsersCount", column_int(st, 2), "reportingDate",
                                              reporting_date(st, p->term), "isLicenseServerFree",
                                              column_bool(st, 6)));
    }
    json_object_set_new(o, "licenseServerCount", json_integer((json_int_t)json_array_size(list)));
    json_object_set_new(o, "freeLicenseServerCount",
                        json_integer((json_int_t)json_array_size(hosts)));
    json_object_set_new(o, "freeLicenseServerHostIdsPia", hosts);
    json_object_set_new(o, "licenseServerUsages", list);
}

static void add_customers(json_t *o, struct parts *p, int64_t feature)
{
    json_t *list = json_array();
    json_int_t linked = 0;

    db_bind(p->customers, "ii", (int64_t)p->term, feature);
    while (sqlite3_step(p->customers) == SQLITE_ROW) {
        sqlite3_stmt *st = p->customers;
        bool is_linked = sqlite3_column_int(st, 0) != 0;

        linked += is_linked;
        json_array_append_new(list, json_pack("{s:b, s:o, s:o, s:o, s:o, s:o, s:o}", "isLinked",
                                              is_linked, "customerOrgId", column_text(st, 1),
                                              "customerId", column_text(st, 2), "customerNickName",
                                              column_text(st, 3), "customerType",
                                              column_text(st, 4), "count", column_int(st, 5),
                                              "freeUsersCount", column_int(st, 6)));
    }
    json_object_set_new(o, "linkedCustomerCount", json_integer(linked));
    json_object_set_new(o, "linkedCustomerUsages", list);
}

static json_t *sku_json(struct parts *p)
{
    sqlite3_stmt *st = p->features;
    int64_t feature = sqlite3_column_int64(st, 0);
    json_t *o = json_pack("{s:o, s:o, s:o, s:o, s:s, s:b}", "featureId", column_text(st, 1),
                          "featureDescription", column_text(st, 2), "count", column_int(st, 5),
                          "freeUsersCount", column_int(st, 6), "units", "users", "isUserList",
                          sqlite3_column_int64(st, 5) > 0);

    add_servers(o, p, feature);
    add_customers(o, p, feature);
    return json_pack("{s:o, s:o, s:[o]}", "skuId", column_text(st, 3), "skuDescription",
                     column_text(st, 4), "features", o);
}

void usage_month(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    const char *date = request_query(rq, "date");
    json_t *skus = json_array();
    struct parts p;
    int term;

    if (date == NULL || term_parse(date, &term) < 0) {
        json_decref(skus);
        reply_bad_parameter(rp, date == NULL ? "common/missing" : "common/invalidString", "date");
        return;
    }
    if (parts_init(&p, sb->db, term) == 0 && db_bind(p.features, "i", (int64_t)term) == 0)
        while (sqlite3_step(p.features) == SQLITE_ROW)
            json_array_append_new(skus, sku_json(&p));
    parts_release(&p);
    /* The service's two ways of saying "no data": no SKU at all, or one without an id. */
    if (json_array_size(skus) == 0 && term < sb->term)
        json_array_append_new(skus,
                              json_pack("{s:n, s:n, s:n}", "skuId", "skuDescription", "features"));
    reply_json(rp, 200,
               json_pack("{s:s, s:s, s:o}", "customerId", sb->o.customer_id, "orgId",
                         PROVIDER_ORG_ID, "skus", skus));
    rp->list = skus;
}
