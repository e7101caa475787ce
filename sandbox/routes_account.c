/* Customers (§3.12), service states (§3.13), notifications (§3.14). */
#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/router.h"
#include "sandbox/rows.h"

enum { NOTICES_PAGE = 100 };

/* Lite customers are names kept for tagging only; the partner service does not list them. */
#define PARTNER_CUSTOMERS " FROM customers WHERE type <> 'Lite'"

static void reply_items(struct reply *rp, json_t *list, json_t *token)
{
    json_t *o = json_pack("{s:o}", "items", list);

    if (token != NULL)
        json_object_set_new(o, "continuationToken", token);
    reply_json(rp, 200, o);
    rp->list = list;
}

static json_t *customer_json(sqlite3_stmt *st)
{
    json_t *states = json_null();

    if (strcmp(db_text(st, 1), "Managed") == 0)
        states =
            json_pack("[{s:s, s:s, s:i, s:s, s:i}]", "serviceName", "xendesktop", "type",
                      "Production", "quantity", 25, "state", "Production", "daysToExpiration", 180);
    return json_pack("{s:o, s:o, s:o, s:o, s:{s:o, s:o, s:o, s:o}, s:n, s:n, s:o}", "customerId",
                     column_text(st, 0), "type", column_text(st, 1), "connectionId",
                     column_text(st, 2), "notifictionCount", column_int(st, 3),
                     "customerInformation", "displayName", column_text(st, 4), "orgId",
                     column_text(st, 5), "adminFullName", column_text(st, 6), "adminEmail",
                     column_text(st, 7), "services", "federatedDomains", "serviceStates", states);
}

static void customers(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *st = NULL;
    json_t *list = json_array();

    (void)rq;
    if (db_prepare(sb->db,
                   "SELECT customer_id, type, connection_id, notices, display_name, org_id,"
                   " admin_name, admin_email" PARTNER_CUSTOMERS " ORDER BY id",
                   &st, NULL) == 0)
        while (sqlite3_step(st) == SQLITE_ROW)
            json_array_append_new(list, customer_json(st));
    sqlite3_finalize(st);
    reply_items(rp, list, NULL);
}

static void customer_count(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    (void)rq;
    reply_json(rp, 200, json_integer(db_integer(sb->db, "SELECT count(*)" PARTNER_CUSTOMERS, 0)));
}

static void service_states(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *st = NULL;
    json_t *list = json_array();

    (void)rq;
    if (db_prepare(sb->db,
                   "SELECT name, iif(off, 'NotOnboarded', state), iif(off, 'Default', type),"
                   " iif(off, NULL, quantity), iif(off, NULL, days), future"
                   " FROM (SELECT *, name = 'xendesktop' AND ? AS off FROM service_states)"
                   " ORDER BY id",
                   &st, NULL) == 0 &&
        db_bind(st, "i", (int64_t)(sb->o.without >> PRODUCT_CLOUD & 1)) == 0)
        while (sqlite3_step(st) == SQLITE_ROW)
            json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "serviceName",
                                                  column_text(st, 0), "state", column_text(st, 1),
                                                  "type", column_text(st, 2), "quantity",
                                                  column_int(st, 3), "daysToExpiration",
                                                  column_int(st, 4), "futureEntitlementStartDate",
                                                  column_stamp(st, 5, STAMP_UTC_Z, 0, 0)));
    sqlite3_finalize(st);
    reply_items(rp, list, NULL);
}

/* A token holds '+', '/' and '=', so that a client which does not percent-encode it fails. */
static void page_token(const struct sandbox *sb, int64_t from, char out[64])
{
    snprintf(out, 64, "bm90aWNlcw+/%08" PRIx64 "%" PRId64 "==",
             rng_mix((uint64_t)sb->o.seed ^ (uint64_t)sb->now) & 0xffffffff, from);
}

/* The rows before the page that TOKEN asks for, or -1 for a token that was never given. */
static int64_t page_start(const struct sandbox *sb, const char *token, int64_t total)
{
    char want[64];

    if (token == NULL || token[0] == '\0')
        return 0;
    for (int64_t from = NOTICES_PAGE; from < total; from += NOTICES_PAGE) {
        page_token(sb, from, want);
        if (strcmp(want, token) == 0)
            return from;
    }
    return -1;
}

/* A customer's own: always one page. */
static void customer_notifications(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    const char *token = request_query(rq, "continuationToken");
    sqlite3_stmt *st = NULL;
    json_t *list;

    if (token != NULL && token[0] != '\0') {
        reply_error(rp, 410, "common/continuationExpired", "Start the list again.", NULL);
        return;
    }
    list = json_array();
    if (db_prepare(sb->db,
                   "SELECT n.created, n.event_id, n.component, n.severity, n.priority, n.flat,"
                   " n.title, n.description, n.detail_uri FROM customer_notices n"
                   " JOIN customers c ON c.id = n.customer WHERE c.customer_id = ? ORDER BY n.id",
                   &st, NULL) == 0 &&
        db_bind(st, "t", rq->arg[0]) == 0)
        while (sqlite3_step(st) == SQLITE_ROW)
            json_array_append_new(list, notice_object(st));
    sqlite3_finalize(st);
    reply_items(rp, list, NULL);
}

static void notifications(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    int64_t total = db_integer(sb->db, "SELECT count(*) FROM notices", 0);
    int64_t from = page_start(sb, request_query(rq, "continuationToken"), total);
    json_t *list, *next = NULL;
    sqlite3_stmt *st = NULL;
    char token[64];

    if (strcmp(rq->arg[0], sb->o.customer_id) != 0) {
        customer_notifications(sb, rq, rp);
        return;
    }
    if (from < 0) {
        reply_error(rp, 410, "common/continuationExpired", "Start the list again.", NULL);
        return;
    }
    list = json_array();
    if (db_prepare(sb->db,
                   "SELECT created, event_id, component, severity, priority, flat, title,"
                   " description, detail_uri FROM notices ORDER BY id LIMIT ? OFFSET ?",
                   &st, NULL) == 0 &&
        db_bind(st, "ii", (int64_t)NOTICES_PAGE, from) == 0)
        while (sqlite3_step(st) == SQLITE_ROW)
            json_array_append_new(list, notice_object(st));
    sqlite3_finalize(st);
    if (from + NOTICES_PAGE < total) {
        page_token(sb, from + NOTICES_PAGE, token);
        next = json_string(token);
    }
    reply_items(rp, list, next);
}

static const struct route rows[] = {
    {"GET", "/partner/{customer}/customers", customers, true, PRODUCT_NONE},
    {"GET", "/partner/{customer}/customers/count", customer_count, false, PRODUCT_NONE},
    {"GET", "/core/{customer}/serviceStates", service_states, true, PRODUCT_NONE},
    {"GET", "/notifications/{customer}/notifications", notifications, true, PRODUCT_NOTIFICATIONS},
    /* These make and destroy tenants: a usage client never calls them. */
    {"POST", "/partner/{customer}/customers", NULL, false, PRODUCT_NONE},
    {"PUT", "/partner/{customer}/resourceproviders/xendesktop/deletetenant/{tenant}", NULL, false,
     PRODUCT_NONE},
};
const struct route_table account_routes = {rows, sizeof(rows) / sizeof(rows[0])};
