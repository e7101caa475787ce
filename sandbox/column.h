/* JSON values from the columns of a query's row. All return a new reference. */
#ifndef SANDBOX_COLUMN_H
#define SANDBOX_COLUMN_H

#include <jansson.h>
#include <sqlite3.h>

#include "sandbox/stamp.h"

json_t *column_text(sqlite3_stmt *st, int column); /* null for NULL */
json_t *column_int(sqlite3_stmt *st, int column);  /* null for NULL */
json_t *column_bool(sqlite3_stmt *st, int column);
/* A time as stamp_iso() spells it, null for NULL. */
json_t *column_stamp(sqlite3_stmt *st, int column, int offset, int digits, unsigned fraction);
json_t *json_stamp(int64_t t, int offset, int digits, unsigned fraction);

#endif
