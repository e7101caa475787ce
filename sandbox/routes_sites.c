/* Sites and delivery groups: extensions.md, Read. */
#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/params.h"
#include "sandbox/router.h"
#include "sandbox/rows.h"

struct site_query {
    sqlite3_stmt *sites, *groups, *customer;
    int term; /* whose users are counted */
};

static int query_init(struct site_query *q, const struct sandbox *sb)
{
    int rc;

    *q = (struct site_query){.term = sb->term};
    rc = db_prepare(sb->db,
                    "SELECT id, site_id, name, customer, last_report FROM sites WHERE id > ?"
                    " ORDER BY id",
                    &q->sites, NULL);
    if (rc == 0)
        rc = db_prepare(sb->db,
                        "SELECT g.group_id, g.name, g.customer, coalesce(u.total, 0)"
                        " FROM delivery_groups g LEFT JOIN usage_users u"
                        " ON u.delivery_group = g.id AND u.term = ?2 WHERE g.site = ?1"
                        " ORDER BY g.id",
                        &q->groups, NULL);
    if (rc == 0)
        rc = db_prepare(sb->db, CUSTOMER_BY_ID, &q->customer, NULL);
    return rc;
}

static void query_release(struct site_query *q)
{
    sqlite3_finalize(q->sites);
    sqlite3_finalize(q->groups);
    sqlite3_finalize(q->customer);
}

/* The users of a site are those of its groups: nobody is in two. */
static json_t *site_json(sqlite3_stmt *st, void *query)
{
    struct site_query *q = query;
    sqlite3_stmt *g = q->groups;
    json_t *groups = json_array();
    json_int_t users = 0;

    if (db_bind(g, "ii", sqlite3_column_int64(st, 0), (int64_t)q->term) == 0)
        while (sqlite3_step(g) == SQLITE_ROW) {
            users += sqlite3_column_int64(g, 3);
            json_array_append_new(
                groups, json_pack("{s:o, s:o, s:o, s:o}", "deliveryGroupId", column_text(g, 0),
                                  "deliveryGroupName", column_text(g, 1), "userCount",
                                  column_int(g, 3), "linkedCustomer",
                                  customer_or_null(q->customer, sqlite3_column_int64(g, 2))));
        }
    sqlite3_reset(g);
    return json_pack("{s:o, s:o, s:o, s:I, s:o, s:o}", "siteId", column_text(st, 1), "siteName",
                     column_text(st, 2), "linkedCustomer",
                     customer_or_null(q->customer, sqlite3_column_int64(st, 3)), "userCount", users,
                     "lastReported", column_stamp(st, 4, STAMP_UTC_Z, 0, 0), "deliveryGroups",
                     groups);
}

static void sites(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    struct site_query q;
    struct page page;
    bool ok;

    if (!params_page(sb, rq, &page, rp))
        return;
    ok = query_init(&q, sb) == 0 && db_bind(q.sites, "i", page.after) == 0;
    page_fill(&page, ok ? q.sites : NULL, site_json, &q);
    query_release(&q);
    reply_page(sb, rq, &page, db_integer(sb->db, "SELECT count(*) FROM sites", 0), rp);
}

static const struct route rows[] = {
    {"GET", "/lui/{customer}/sites", sites, true, PRODUCT_SITES},
};
const struct route_table sites_routes = {rows, sizeof(rows) / sizeof(rows[0])};
