/* JSON objects that several operations answer. All return new references. */
#ifndef SANDBOX_ROWS_H
#define SANDBOX_ROWS_H

#include <jansson.h>
#include <sqlite3.h>

/* Rows of a query that is bound to ID, in a new array. */
json_t *rows_of(sqlite3_stmt *st, int64_t id, json_t *(*make)(sqlite3_stmt *));

/* The items of licenseServersStatus (published.md §3.1). */
struct server_query {
    sqlite3_stmt *servers, *ccu, *linked;
};
/* WHERE: "" for all, or a clause with one text parameter. 0 or ERR_IO; release Q either way. */
int server_query_init(struct server_query *q, sqlite3 *db, const char *where);
/* NULL after the last; *ID (may be NULL) is the row's. */
json_t *server_query_next(struct server_query *q, int64_t *id);
void server_query_release(struct server_query *q);

/* Customer of extensions.md, from the columns of a table customers. */
#define CUSTOMER_COLUMNS "customer_id, org_id, nickname, display_name, type"
json_t *customer_object(sqlite3_stmt *st, int first_column);
/* The one with the internal number ID, null for 0. ST: CUSTOMER_BY_ID, prepared. */
#define CUSTOMER_BY_ID "SELECT " CUSTOMER_COLUMNS " FROM customers WHERE id = ?"
json_t *customer_or_null(sqlite3_stmt *st, int64_t id);

/* One item of notifications (§3.14), from created, event_id, component, severity, priority, flat,
 * title, description, detail_uri. */
json_t *notice_object(sqlite3_stmt *st);

#endif
