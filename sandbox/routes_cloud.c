/* Cloud (DaaS) usage: published.md §3.15 a and b. */
#include <string.h>

#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"
#include "sandbox/router.h"

/* "History depth: 12 months" (published.md §2.4). */
enum { HISTORY_MONTHS = 12 };

static const char edition[] = "XAXDFull";

static void ud_current(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *st = NULL;
    json_t *o = NULL;

    (void)rq;
    if (db_prepare(sb->db,
                   "SELECT available, user_total, user_released, device_total, device_released,"
                   " min(user_total, device_total), available - min(user_total, device_total)"
                   " FROM cloud_months ORDER BY term DESC LIMIT 1",
                   &st, NULL) == 0 &&
        sqlite3_step(st) == SQLITE_ROW)
        o = json_pack("{s:s, s:o, s:{s:o, s:o}, s:{s:o, s:o}, s:o, s:o, s:o, s:s, s:s}",
                      "customerId", sb->o.customer_id, "totalUsageCount", column_int(st, 5),
                      "userLicenseUsage", "totalUsageCount", column_int(st, 1), "releasedCount",
                      column_int(st, 2), "deviceLicenseUsage", "totalUsageCount", column_int(st, 3),
                      "releasedCount", column_int(st, 4), "totalAvailableLicenseCount",
                      column_int(st, 0), "remainingLicenseCount", column_int(st, 6), "timeStamp",
                      json_stamp(sb->now, STAMP_UTC_Z, 7, 1234567), "productName", "XenDesktop",
                      "productEdition", edition);
    sqlite3_finalize(st);
    json_object_set_new(o, "nextExpiredLicenses",
                        json_pack("{s:o, s:i, s:i}", "nextExpiredTime",
                                  json_stamp(day_start(sb->now) + 47 * 86400, STAMP_UTC_Z, 7, 0),
                                  "totalCount", 100, "daysToExpire", 47));
    json_object_set_new(o, "nextActivatingLicense", json_null());
    reply_json(rp, 200, o);
}

static json_t *counts_json(sqlite3_stmt *st, int column)
{
    return json_pack("{s:o, s:o, s:o}", "cumulativeAssignedCount", column_int(st, column),
                     "newAssignedCount", column_int(st, column + 1), "releasedCount",
                     column_int(st, column + 2));
}

/* False: RP is the answer. */
static bool read_range(const struct request *rq, int *from, int *to, struct reply *rp)
{
    const char *start = request_query(rq, "startDate"), *end = request_query(rq, "endDate");

    if (start == NULL || end == NULL || term_parse(start, from) < 0 || term_parse(end, to) < 0) {
        reply_licensing_400(rp, "Invalid time format.");
        return false;
    }
    if (*from > *to) {
        reply_licensing_400(rp, "StartDate can't be later than EndDate.");
        return false;
    }
    return true;
}

static void ud_history(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    json_t *both, *totals;
    sqlite3_stmt *st = NULL;
    int from, to;

    if (!read_range(rq, &from, &to, rp))
        return;
    if (from <= sb->term - HISTORY_MONTHS)
        from = sb->term - HISTORY_MONTHS + 1;
    both = json_array();
    totals = json_array();
    if (db_prepare(sb->db,
                   "SELECT term, available, user_total, user_new, user_released, device_total,"
                   " device_new, device_released FROM cloud_months WHERE term BETWEEN ? AND ?"
                   " ORDER BY term",
                   &st, NULL) == 0 &&
        db_bind(st, "ii", (int64_t)from, (int64_t)to) == 0) {
        while (sqlite3_step(st) == SQLITE_ROW) {
            int64_t at = term_start(sqlite3_column_int(st, 0));
            json_t *row = counts_json(st, 2);

            json_object_set_new(row, "timeStamp", json_stamp(at, STAMP_UTC_Z, 7, 0));
            json_object_set_new(row, "totalAvailableLicenseCount", column_int(st, 1));
            json_array_append_new(totals, row);
            json_array_append_new(both, json_pack("{s:o, s:o, s:o, s:o}", "timeStamp",
                                                  json_stamp(at, STAMP_UTC_Z, 7, 0),
                                                  "totalAvailableLicenseCount", column_int(st, 1),
                                                  "userLicenseUsage", counts_json(st, 2),
                                                  "deviceLicenseUsage", counts_json(st, 5)));
        }
    }
    sqlite3_finalize(st);
    if (json_array_size(both) == 0) {
        json_decref(both);
        json_decref(totals);
        reply_empty(rp, 204);
        return;
    }
    reply_json(rp, 200,
               json_pack("{s:s, s:s, s:s, s:o, s:o}", "customerId", sb->o.customer_id,
                         "historicalUsageType", "Monthly", "productEdition", edition,
                         "xenAppXenDesktopHistoricalUsageList", totals, "historicalUsageList",
                         both));
    rp->list = both;
}

/* {assignedLicenseCount, reportTime} of a fact, null when it is not there. */
static json_t *peak_json(sqlite3_stmt *st, const char *name)
{
    json_t *o = NULL;

    if (db_bind(st, "t", name) == 0 && sqlite3_step(st) == SQLITE_ROW)
        o = json_pack("{s:o, s:o}", "assignedLicenseCount", column_int(st, 0), "reportTime",
                      column_stamp(st, 1, STAMP_UTC_Z, 7, 0));
    sqlite3_reset(st);
    return o != NULL ? o : json_null();
}

static void ccu_summary(struct sandbox *sb, const struct request *rq, struct reply *rp)
{
    sqlite3_stmt *st = NULL;
    json_t *now;

    (void)rq;
    if (db_prepare(sb->db, "SELECT value, at FROM cloud_facts WHERE name = ?", &st, NULL) < 0)
        return;
    now = peak_json(st, "ccu now");
    json_object_set_new(now, "totalLicenseCount",
                        json_integer(db_integer(
                            sb->db, "SELECT value FROM cloud_facts WHERE name = 'ccu total'", 0)));
    reply_json(rp, 200,
               json_pack("{s:o, s:o, s:o, s:o}", "currentCcu", now, "last24HoursPeak",
                         peak_json(st, "ccu day"), "monthPeak", peak_json(st, "ccu month"),
                         "allTimePeak", peak_json(st, "ccu ever")));
    sqlite3_finalize(st);
}

#define UD "/api/licensing/license/enterprise/cloud/cvad/ud"

static const struct route rows[] = {
    {"GET", UD "/current", ud_current, false, PRODUCT_CLOUD},
    {"GET", UD "/historicalusage", ud_history, true, PRODUCT_CLOUD},
    {"GET", "/cloudlicense/{customer}/license/enterprise/cloud/cvad/ccu/summary", ccu_summary,
     false, PRODUCT_CLOUD},
};
const struct route_table cloud_routes = {rows, sizeof(rows) / sizeof(rows[0])};
