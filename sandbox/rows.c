#include "sandbox/rows.h"

#include <stdio.h>

#include "base/err.h"
#include "sandbox/column.h"
#include "sandbox/db.h"

json_t *rows_of(sqlite3_stmt *st, int64_t id, json_t *(*make)(sqlite3_stmt *))
{
    json_t *list = json_array();

    if (db_bind(st, "i", id) == 0)
        while (sqlite3_step(st) == SQLITE_ROW)
            json_array_append_new(list, make(st));
    sqlite3_reset(st);
    return list;
}

static json_t *ccu_json(sqlite3_stmt *st)
{
    return json_pack("{s:o, s:o}", "featureId", column_text(st, 0), "usageCount",
                     column_int(st, 1));
}

/* All members are strings here (§3.1), so what a customer lacks is the empty one. */
static json_t *linked_json(sqlite3_stmt *st)
{
    static const char *const names[] = {"customerId", "customerOrgId", "customerNickName",
                                        "customerDisplayName", "customerType"};
    json_t *o = json_object();

    for (int i = 0; i < 5; i++) {
        const char *text = db_text(st, i);

        json_object_set_new(o, names[i], json_string(text != NULL ? text : ""));
    }
    return o;
}

static json_t *server_json(sqlite3_stmt *st, sqlite3_stmt *ccu, sqlite3_stmt *linked)
{
    int64_t id = sqlite3_column_int64(st, 0);
    int offset = sqlite3_column_int(st, 3), digits = sqlite3_column_int(st, 5);
    unsigned fraction = (unsigned)sqlite3_column_int(st, 6);
    bool is_ccu = sqlite3_column_int(st, 12) != 0, list_null = sqlite3_column_int(st, 16) != 0;
    json_t *o =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "hostId",
                  column_text(st, 1), "fqdn", column_text(st, 2), "lastPhoningHomeTime",
                  column_stamp(st, 4, offset, digits, fraction), "isPhoningHome",
                  column_bool(st, 7), "isFoundInBackOffice", column_bool(st, 8), "isEverReported",
                  column_bool(st, 9), "isCompliant", column_bool(st, 10), "isLicenseServerFree",
                  column_bool(st, 11), "isNonCspLicenseInstalled", column_bool(st, 17), "isCcu",
                  column_bool(st, 12), "isExpired", column_bool(st, 13));

    json_object_set_new(o, "licenseExpirationDate", column_stamp(st, 14, 0, 2, 0));
    json_object_set_new(o, "daysToExpire", column_int(st, 15));
    json_object_set_new(o, "ccuFeatureStatistics",
                        is_ccu ? rows_of(ccu, id, ccu_json) : json_null());
    json_object_set_new(o, "linkedCustomerList",
                        list_null ? json_null() : rows_of(linked, id, linked_json));
    return o;
}

int server_query_init(struct server_query *q, sqlite3 *db, const char *where)
{
    char sql[512];
    int rc;

    *q = (struct server_query){0};
    snprintf(sql, sizeof(sql),
             "SELECT id, host_id, fqdn, utc_offset, last_report, digits, fraction,"
             " reporting, in_back_office, ever_reported, compliant, free, ccu, expired,"
             " expires, days, list_null, non_csp FROM servers %s ORDER BY id",
             where);
    rc = db_prepare(db, sql, &q->servers, NULL);
    if (rc == 0)
        rc = db_prepare(db, "SELECT feature_id, usage FROM server_ccu WHERE server = ? ORDER BY 1",
                        &q->ccu, NULL);
    if (rc == 0)
        rc = db_prepare(db,
                        "SELECT " CUSTOMER_COLUMNS
                        " FROM server_customers CROSS JOIN customers ON id = customer"
                        " WHERE server = ? ORDER BY customer",
                        &q->linked, NULL);
    return rc;
}

json_t *server_query_next(struct server_query *q, int64_t *id)
{
    if (sqlite3_step(q->servers) != SQLITE_ROW)
        return NULL;
    if (id != NULL)
        *id = sqlite3_column_int64(q->servers, 0);
    return server_json(q->servers, q->ccu, q->linked);
}

void server_query_release(struct server_query *q)
{
    sqlite3_finalize(q->servers);
    sqlite3_finalize(q->ccu);
    sqlite3_finalize(q->linked);
}

json_t *customer_object(sqlite3_stmt *st, int first)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "customerId", column_text(st, first),
                     "customerOrgId", column_text(st, first + 1), "customerNickName",
                     column_text(st, first + 2), "customerDisplayName", column_text(st, first + 3),
                     "customerType", column_text(st, first + 4));
}

json_t *customer_or_null(sqlite3_stmt *st, int64_t id)
{
    json_t *o = NULL;

    if (id != 0 && db_bind(st, "i", id) == 0 && sqlite3_step(st) == SQLITE_ROW)
        o = customer_object(st, 0);
    sqlite3_reset(st);
    return o != NULL ? o : json_null();
}

json_t *notice_object(sqlite3_stmt *st)
{
    json_t *created = column_stamp(st, 0, STAMP_UTC_Z, 3, 0);
    json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "destinationAdmin", "*", "component",
                          column_text(st, 2), "createdDate", created, "eventId", column_text(st, 1),
                          "severity", column_text(st, 3), "priority", column_text(st, 4));

    if (sqlite3_column_int(st, 5) != 0) {
        json_object_set_new(o, "title", column_text(st, 6));
        json_object_set_new(o, "description", column_text(st, 7));
        return o;
    }
    json_object_set_new(o, "content",
                        json_pack("[{s:s, s:o, s:o, s:o}]", "languageTag", "en-US", "title",
                                  column_text(st, 6), "description", column_text(st, 7),
                                  "detailUri", column_text(st, 8)));
    json_object_set_new(o, "categories", json_null());
    json_object_set_new(o, "data", json_null());
    json_object_set_new(o, "externalId", json_null());
    return o;
}
