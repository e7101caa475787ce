#include "sandbox/column.h"

#include "sandbox/db.h"

static bool is_null(sqlite3_stmt *st, int column)
{
    return sqlite3_column_type(st, column) == SQLITE_NULL;
}

json_t *column_text(sqlite3_stmt *st, int column)
{
    return is_null(st, column) ? json_null() : json_string(db_text(st, column));
}

json_t *column_int(sqlite3_stmt *st, int column)
{
    return is_null(st, column) ? json_null() : json_integer(sqlite3_column_int64(st, column));
}

json_t *column_bool(sqlite3_stmt *st, int column)
{
    return json_boolean(sqlite3_column_int(st, column) != 0);
}

json_t *json_stamp(int64_t t, int offset, int digits, unsigned fraction)
{
    char text[STAMP_LEN];

    return json_string(stamp_iso(t, offset, digits, fraction, text));
}

json_t *column_stamp(sqlite3_stmt *st, int column, int offset, int digits, unsigned fraction)
{
    if (is_null(st, column))
        return json_null();
    return json_stamp(sqlite3_column_int64(st, column), offset, digits, fraction);
}
