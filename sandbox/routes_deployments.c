/*
 * Licensed deployments: extensions.md, Read.
 *
 * A server without a report for 30 days is not listed, and neither are its samples and users
 * (published.md §3.16).
 */
#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/params.h"
#include "sandbox/router.h"

enum { LISTED_SECONDS = 30 * 86400 };

static int64_t listed_since(const struct sandbox *sb)
{
    return sb->now - LISTED_SECONDS;
}

static void servers(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    json_t *items = json_array();
    sqlite3_stmt *st = NULL;

    (void)rq;
    if (db_prepare(sb->db,
                   "SELECT fqdn, registered, last_report, version FROM deploy_servers"
                   " WHERE last_report >= ? ORDER BY id",
                   &st, NULL) == 0 &&
        db_bind(st, "i", listed_since(sb)) == 0)
        while (sqlite3_step(st) == SQLITE_ROW)
            json_array_append_new(
                items,
                json_pack("{s:o, s:o, s:o, s:o}", "fqdn", column_text(st, 0), "registeredDate",
                          column_stamp(st, 1, STAMP_UTC_Z, 0, 0), "lastReported",
                          column_stamp(st, 2, STAMP_UTC_Z, 0, 0), "version", column_text(st, 3)));
    sqlite3_finalize(st);
    reply_whole(items, rp);
}

struct usage_query {
    sqlite3_stmt *pools, *servers, *samples;
    int64_t listed, from, to;
};

static int query_init(struct usage_query *q, const struct sandbox *sb)
{
    int rc = db_prepare(sb->db,
                        "SELECT id, product, edition, model, feature_id FROM deploy_pools"
                        " ORDER BY id",
                        &q->pools, NULL);

    if (rc == 0)
        rc = db_prepare(sb->db,
                        "SELECT s.id, s.fqdn, i.installed FROM deploy_installed i"
                        " JOIN deploy_servers s ON s.id = i.server"
                        " WHERE i.pool = ? AND s.last_report >= ? ORDER BY s.id",
                        &q->servers, NULL);
    if (rc == 0)
        rc = db_prepare(sb->db,
                        "SELECT day, in_use FROM deploy_samples WHERE pool = ? AND server = ?"
                        " AND day BETWEEN ? AND ? ORDER BY day",
                        &q->samples, NULL);
    return rc;
}

static void query_release(struct usage_query *q)
{
    sqlite3_finalize(q->pools);
    sqlite3_finalize(q->servers);
    sqlite3_finalize(q->samples);
}

static json_t *day_json(int64_t day)
{
    char text[STAMP_LEN];

    return json_stringn(stamp_iso(day * 86400, STAMP_UTC_Z, 0, 0, text), 10);
}

static json_t *samples_json(struct usage_query *q, int64_t pool, int64_t server)
{
    json_t *list = json_array();

    if (db_bind(q->samples, "iiii", pool, server, q->from, q->to) == 0)
        while (sqlite3_step(q->samples) == SQLITE_ROW)
            json_array_append_new(list, json_pack("{s:o, s:o}", "date",
                                                  day_json(sqlite3_column_int64(q->samples, 0)),
                                                  "inUse", column_int(q->samples, 1)));
    sqlite3_reset(q->samples);
    return list;
}

/* NULL for a pool that no listed server has. */
static json_t *pool_json(struct usage_query *q)
{
    sqlite3_stmt *st = q->pools, *s = q->servers;
    int64_t pool = sqlite3_column_int64(st, 0);
    json_t *list = json_array();

    if (db_bind(s, "ii", pool, q->listed) == 0)
        while (sqlite3_step(s) == SQLITE_ROW)
            json_array_append_new(list,
                                  json_pack("{s:o, s:o, s:o}", "fqdn", column_text(s, 1),
                                            "installed", column_int(s, 2), "samples",
                                            samples_json(q, pool, sqlite3_column_int64(s, 0))));
    sqlite3_reset(s);
    if (json_array_size(list) == 0) {
        json_decref(list);
        return NULL;
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "productName", column_text(st, 1), "edition",
                     column_text(st, 2), "licensingModel", column_text(st, 3), "featureId",
                     column_text(st, 4), "servers", list);
}

static void usage(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    struct usage_query q = {.listed = listed_since(sb)};
    json_t *items, *pool;

    if (!params_days(rq, &q.from, &q.to, rp))
        return;
    items = json_array();
    if (query_init(&q, sb) == 0)
        while (sqlite3_step(q.pools) == SQLITE_ROW)
            if ((pool = pool_json(&q)) != NULL)
                json_array_append_new(items, pool);
    query_release(&q);
    reply_whole(items, rp);
}

#define LISTED_USERS                                                                               \
    " FROM deploy_users u JOIN deploy_servers s ON s.id = u.server"                                \
    " JOIN deploy_pools p ON p.id = u.pool WHERE s.last_report >= ?1"

static int64_t users_total(const struct sandbox *sb)
{
    sqlite3_stmt *st = NULL;
    int64_t total = 0;

    if (db_prepare(sb->db, "SELECT count(*)" LISTED_USERS, &st, NULL) == 0 &&
        db_bind(st, "i", listed_since(sb)) == 0 && sqlite3_step(st) == SQLITE_ROW)
        total = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return total;
}

static json_t *user_json(sqlite3_stmt *st, void *ctx)
{
    (void)ctx;
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "userName", column_text(st, 1),
                     "domain", column_text(st, 2), "device", column_text(st, 3), "featureId",
                     column_text(st, 4), "licensingModel", column_text(st, 5), "fqdn",
                     column_text(st, 6), "lastLogin", column_stamp(st, 7, STAMP_UTC_Z, 0, 0));
}

static void users(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *st = NULL;
    struct page page;

    if (!params_page(sb, rq, &page, rp))
        return;
    if (db_prepare(sb->db,
                   "SELECT u.id, u.user_name, u.domain, u.device, p.feature_id, p.model, s.fqdn,"
                   " u.last_login" LISTED_USERS " AND u.id > ?2 ORDER BY u.id",
                   &st, NULL) == 0)
        db_bind(st, "ii", listed_since(sb), page.after);
    page_fill(&page, st, user_json, NULL);
    sqlite3_finalize(st);
    reply_page(sb, rq, &page, users_total(sb), rp);
}

static const struct route rows[] = {
    {"GET", "/lui/{customer}/deployments/licenseservers", servers, true, PRODUCT_DEPLOYMENTS},
    {"GET", "/lui/{customer}/deployments/usage", usage, true, PRODUCT_DEPLOYMENTS},
    {"GET", "/lui/{customer}/deployments/users", users, true, PRODUCT_DEPLOYMENTS},
};
const struct route_table deployment_routes = {rows, sizeof(rows) / sizeof(rows[0])};
