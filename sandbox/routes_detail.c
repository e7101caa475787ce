/* One license server (published.md §3.2) and usage history (§3.4). */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/params.h"
#include "sandbox/router.h"
#include "sandbox/rows.h"
#include "sandbox/seed.h"

/* The lines of TEXT. */
static json_t *lines_json(const char *text)
{
    json_t *list = json_array();

    for (const char *p = text;; p++) {
        size_t len = strcspn(p, "\n");

        json_array_append_new(list, json_stringn(p, len));
        p += len;
        if (*p == '\0')
            return list;
    }
}

/* "YYYY-MM-DD HH:MM:SS", without a zone. */
static json_t *spaced_stamp(int64_t t)
{
    struct civil c;

    civil_from_time(t, 0, &c);
    return json_sprintf("%04d-%02d-%02d %02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
                        c.second);
}

static json_t *licences_json(const struct sandbox *sb, int64_t server)
{
    json_t *list = json_array();
    sqlite3_stmt *st = NULL;

    if (db_prepare(sb->db,
                   "SELECT name, products, serials, features, created, expires FROM server_licences"
                   " WHERE server = ? ORDER BY id",
                   &st, NULL) == 0 &&
        db_bind(st, "i", server) == 0)
        while (sqlite3_step(st) == SQLITE_ROW) {
            int64_t expires = sqlite3_column_int64(st, 5);
            int64_t days = (expires - day_start(sb->now)) / 86400;

            json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:I}",
                                                  "licenseName", column_text(st, 0), "products",
                                                  lines_json(db_text(st, 1)), "serialNumbers",
                                                  lines_json(db_text(st, 2)), "features",
                                                  lines_json(db_text(st, 3)), "createDate",
                                                  spaced_stamp(sqlite3_column_int64(st, 4)),
                                                  "expiredDate", spaced_stamp(expires), "isExpire",
                                                  days <= 0, "daysToExpire", (json_int_t)days));
        }
    sqlite3_finalize(st);
    return list;
}

static void server_detail(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    struct server_query q;
    json_t *status = NULL, *licences;
    int64_t id = 0;

    if (server_query_init(&q, sb->db, "WHERE fqdn = ? COLLATE NOCASE") == 0 &&
        db_bind(q.servers, "t", rq->arg[1]) == 0)
        status = server_query_next(&q, &id);
    server_query_release(&q);
    if (status == NULL) {
        reply_error(rp, 404, "licensing/notFound", "There is no such license server.",
                    json_pack("[{s:s, s:s}]", "name", "fqdn", "value", rq->arg[1]));
        return;
    }
    licences = licences_json(sb, id);
    reply_json(rp, 200,
               json_pack("{s:O, s:o, s:I, s:o}", "serverName", json_object_get(status, "fqdn"),
                         "serverStatus", status, "serverLicenseCount",
                         (json_int_t)json_array_size(licences), "serverLicenses", licences));
    rp->list = licences;
}

/* Compared with the month before; the first month has nothing to compare with. */
static const char *trend(int64_t now, int64_t before)
{
    return before < 0 || now == before ? "Flat" : now > before ? "Growth" : "Decline";
}

/* One edition's months from TO back to FROM. */
static json_t *months_json(sqlite3_stmt *st, int64_t feature, int from, int to)
{
    json_t *list = json_array();
    char term[TERM_LEN];

    if (db_bind(st, "iii", feature, (int64_t)from, (int64_t)to) == 0)
        while (sqlite3_step(st) == SQLITE_ROW) {
            int64_t total = sqlite3_column_int64(st, 1), free_users = sqlite3_column_int64(st, 2);
            bool first = sqlite3_column_type(st, 5) == SQLITE_NULL;
            int64_t before = first ? -1 : sqlite3_column_int64(st, 5);

            json_array_append_new(
                list,
                json_pack(
                    "{s:o, s:I, s:I, s:I, s:o, s:s, s:o, s:s}", "date",
                    json_sprintf("%s-01T00:00:00", term_text(sqlite3_column_int(st, 0), term)),
                    "totalUnit", (json_int_t)total, "paidUnit", (json_int_t)(total - free_users),
                    "freeUnit", (json_int_t)free_users, "sourceCount", column_int(st, 3),
                    "sourceUnit", "License Servers", "linkedCustomerCount", column_int(st, 4),
                    "trend", trend(total, before)));
        }
    sqlite3_reset(st);
    return list;
}

static const char months_sql[] =
    "SELECT t.term, t.total, t.free,"
    " (SELECT count(*) FROM usage_servers s WHERE s.term = t.term AND s.feature = t.feature),"
    " (SELECT count(*) FROM usage_customers c WHERE c.term = t.term AND c.feature = t.feature"
    "  AND c.customer <> 0),"
    " (SELECT b.total FROM usage_totals b WHERE b.term = t.term - 1 AND b.feature = t.feature"
    "  AND b.term >= f.since)"
    " FROM usage_totals t JOIN features f ON f.id = t.feature"
    " WHERE t.feature = ? AND t.term >= ? AND t.term <= ? AND t.term >= f.since"
    " ORDER BY t.term DESC";

static void usage_history(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *features = NULL, *months = NULL;
    json_t *products;
    int from, to;

    if (!params_terms(rq, &from, &to, rp))
        return;
    products = json_array();
    if (db_prepare(sb->db, "SELECT id, coalesce(description, feature_id) FROM features ORDER BY id",
                   &features, NULL) == 0 &&
        db_prepare(sb->db, months_sql, &months, NULL) == 0)
        while (sqlite3_step(features) == SQLITE_ROW) {
            json_t *list = months_json(months, sqlite3_column_int64(features, 0), from, to);

            if (json_array_size(list) > 0)
                json_array_append_new(products, json_pack("{s:o, s:o}", "productName",
                                                          column_text(features, 1),
                                                          "licenseUsageMonthModels", list));
            else
                json_decref(list);
        }
    sqlite3_finalize(features);
    sqlite3_finalize(months);
    reply_json(rp, 200,
               json_pack("{s:s, s:s, s:[{s:s, s:o}]}", "customerId", sb->o.customer_id, "orgId",
                         PROVIDER_ORG_ID, "licenseUsageProductCompositeModels", "productCategory",
                         "XenApp/XenDesktop", "licenseUsageProductModels", products));
    rp->list = products;
}

static const struct route rows[] = {
    {"GET", "/lui/{customer}/licenseservers/{fqdn}", server_detail, true, PRODUCT_NONE},
    {"GET", "/lui/{customer}/usagehistory", usage_history, true, PRODUCT_USAGE},
};
const struct route_table detail_routes = {rows, sizeof(rows) / sizeof(rows[0])};
