/* What a partner sees of its customers: information (§3.12), cloud use of one tenant (§3.15c), and
 * the summary of all (CloudSummary of extensions.md). */
#include <string.h>

#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/params.h"
#include "sandbox/router.h"

static void reply_no_customer(struct reply *rp, const char *id)
{
    reply_error(rp, 404, "common/notFound", "There is no such customer.",
                json_pack("[{s:s, s:s}]", "name", "customerId", "value", id));
}

static json_t *information_json(sqlite3_stmt *st)
{
    json_t *o =
        json_pack("{s:o, s:o, s:o, s:o}", "name", column_text(st, 1), "displayName",
                  column_text(st, 2), "nickname", column_text(st, 3), "orgId", column_text(st, 4));
    int64_t id = sqlite3_column_int64(st, 0);

    json_object_set_new(o, "orgIds", json_pack("[o]", column_text(st, 4)));
    json_object_set_new(o, "address1", json_sprintf("%d Example Street", (int)(id % 200 + 1)));
    json_object_set_new(o, "address2", json_null());
    json_object_set_new(o, "address3", json_null());
    json_object_set_new(o, "addressCity", json_string("Springfield"));
    json_object_set_new(o, "addressCountry", json_string("US"));
    json_object_set_new(o, "addressState", json_string("OR"));
    json_object_set_new(o, "addressZip", json_sprintf("%05d", (int)(97000 + id % 900)));
    json_object_set_new(o, "mainPhone", json_sprintf("555%04d", (int)(id % 10000)));
    json_object_set_new(o, "mainPhoneArea", json_string("541"));
    json_object_set_new(o, "mainPhoneCountry", json_string("1"));
    json_object_set_new(o, "embargoed", json_false());
    json_object_set_new(o, "memberships", json_null());
    json_object_set_new(o, "logoUrl", json_null());
    return o;
}

static void information(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *st = NULL;

    if (db_prepare(sb->db,
                   "SELECT id, customer_id, display_name, nickname, org_id FROM customers"
                   " WHERE customer_id = ? AND type <> 'Lite'",
                   &st, NULL) == 0 &&
        db_bind(st, "t", rq->arg[1]) == 0 && sqlite3_step(st) == SQLITE_ROW)
        reply_json(rp, 200, information_json(st));
    else
        reply_no_customer(rp, rq->arg[1]);
    sqlite3_finalize(st);
}

/* VALUE of the licences in COLUMN, in percent with two digits; null when they are not known. */
static json_t *percent_json(sqlite3_stmt *st, int column, int64_t value)
{
    int64_t licences = sqlite3_column_int64(st, column);

    if (sqlite3_column_type(st, column) == SQLITE_NULL || licences <= 0)
        return json_null();
    return json_real((double)(value * 10000 / licences) / 100);
}

static json_t *active_use_json(const struct sandbox *sb, sqlite3_stmt *st)
{
    static const struct {
        const char *value, *percent;
        int column;
    } members[] = {
        {"dailyActiveUseValue", "dailyActiveUsePercentage", 4},
        {"monthlyActiveUseValue", "monthlyActiveUsePercentage", 5},
        {"dailyDeviceActiveUseValue", "dailyDeviceActiveUsePercentage", 6},
        {"monthlyDeviceActiveUseValue", "monthlyDeviceActiveUsePercentage", 7},
    };
    json_t *o = json_pack("{s:o}", "customerId", column_text(st, 0));

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        int column = members[i].column;

        json_object_set_new(o, members[i].value, column_int(st, column));
        json_object_set_new(o, members[i].percent,
                            percent_json(st, 3, sqlite3_column_int64(st, column)));
    }
    json_object_set_new(o, "productName", json_string("XenDesktop"));
    json_object_set_new(o, "recordingTimeStamp", json_stamp(day_start(sb->now), 0, 7, 0));
    return o;
}

static void tenant_activity(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    const char *id = request_query(rq, "customer");
    sqlite3_stmt *st = NULL;
    bool found = false, active = false;

    if (id == NULL) {
        reply_bad_parameter(rp, "common/missing", "customer");
        return;
    }
    if (db_prepare(sb->db,
                   "SELECT c.customer_id, t.customer, t.concurrent, t.licences, t.day, t.month,"
                   " t.day_devices, t.month_devices FROM customers c LEFT JOIN tenant_activity t"
                   " ON t.customer = c.id WHERE c.customer_id = ? AND c.type <> 'Lite'",
                   &st, NULL) == 0 &&
        db_bind(st, "t", id) == 0 && sqlite3_step(st) == SQLITE_ROW) {
        found = true;
        active = sqlite3_column_type(st, 1) != SQLITE_NULL;
    }
    if (!found)
        reply_no_customer(rp, id);
    else if (!active)
        reply_error(rp, 404, "licensing/notFound", "The customer is not entitled.", NULL);
    else if (sqlite3_column_int(st, 2) != 0)
        reply_json(rp, 200,
                   json_pack("{s:o, s:n}", "ccuActiveUse", active_use_json(sb, st), "udActiveUse"));
    else
        reply_json(rp, 200,
                   json_pack("{s:n, s:o}", "ccuActiveUse", "udActiveUse", active_use_json(sb, st)));
    sqlite3_finalize(st);
}

static json_t *tenant_json(sqlite3_stmt *st)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "customerId", column_text(st, 0), "displayName",
                     column_text(st, 1), "orgId", column_text(st, 2), "users", column_int(st, 3));
}

/* Named tenants first, Not Linked last. */
static json_t *tenants_json(sqlite3_stmt *st, int term, int64_t item)
{
    json_t *list = json_array();

    if (db_bind(st, "ii", (int64_t)term, item) == 0)
        while (sqlite3_step(st) == SQLITE_ROW)
            json_array_append_new(list, tenant_json(st));
    sqlite3_reset(st);
    return list;
}

/* The totals over all customers: the overage is the sum of theirs, since one's unused licences do
 * not cover another's users. */
static json_t *kind_json(sqlite3_stmt *st, sqlite3_stmt *tenants, int term, bool multi)
{
    json_int_t customers = 0, licences = 0, users = 0, overage = 0;
    json_t *items = json_array();

    if (db_bind(st, "ii", (int64_t)term, (int64_t)multi) == 0)
        while (sqlite3_step(st) == SQLITE_ROW) {
            json_int_t has = sqlite3_column_int64(st, 4), uses = sqlite3_column_int64(st, 5);
            json_int_t over = uses > has ? uses - has : 0;
            json_t *o =
                json_pack("{s:o, s:o, s:o, s:I, s:I, s:I}", "customerId", column_text(st, 1),
                          "orgId", column_text(st, 2), "displayName", column_text(st, 3),
                          "licenses", has, "users", uses, "overage", over);

            if (multi)
                json_object_set_new(o, "tenants",
                                    tenants_json(tenants, term, sqlite3_column_int64(st, 0)));
            json_array_append_new(items, o);
            customers++;
            licences += has;
            users += uses;
            overage += over;
        }
    sqlite3_reset(st);
    return json_pack("{s:I, s:I, s:I, s:I, s:o}", "customers", customers, "licenses", licences,
                     "users", users, "overage", overage, "items", items);
}

static void cloud_summary(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *items = NULL, *tenants = NULL;
    char text[TERM_LEN];
    json_t *single, *multi;
    int term;

    if (!params_term(rq, "date", &term, rp))
        return;
    if (db_prepare(sb->db,
                   "SELECT item, customer_id, org_id, name, licences, users FROM partner_cloud"
                   " WHERE term = ? AND multi = ? ORDER BY item",
                   &items, NULL) == 0 &&
        db_prepare(sb->db,
                   "SELECT c.customer_id, c.display_name, c.org_id, t.users FROM partner_tenants t"
                   " LEFT JOIN customers c ON c.id = t.customer WHERE t.term = ? AND t.item = ?"
                   " ORDER BY t.customer = 0, t.customer",
                   &tenants, NULL) == 0) {
        single = kind_json(items, tenants, term, false);
        multi = kind_json(items, tenants, term, true);
        reply_json(rp, 200,
                   json_pack("{s:s, s:o, s:o}", "date", term_text(term, text), "singleTenant",
                             single, "multiTenant", multi));
        rp->list = json_object_get(single, "items");
    }
    sqlite3_finalize(items);
    sqlite3_finalize(tenants);
}

static const struct route rows[] = {
    {"GET", "/partner/{customer}/customers/{id}/information", information, false, PRODUCT_NONE},
    {"GET", "/partner/{customer}/activeuse/partner/tenant/cloud/cvad/current", tenant_activity,
     false, PRODUCT_CLOUD},
    {"GET", "/api/licensing/license/partner/cloud/cvad/summary", cloud_summary, true,
     PRODUCT_CLOUD},
};
const struct route_table partner_routes = {rows, sizeof(rows) / sizeof(rows[0])};
