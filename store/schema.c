#include "store/db.h"

#include <stddef.h>

#include "base/err.h"

/* "luit"; marks the file as luitop's. */
enum { APPLICATION_ID = 0x6c756974 };

/* Step N brings a database of version N to N + 1. Steps that were published never change. */
static const char *const steps[] = {
    "CREATE TABLE snapshot ("
    "  account TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  as_of INTEGER NOT NULL,"
    "  etag TEXT NOT NULL,"
    "  unreadable INTEGER NOT NULL,"
    "  first_unreadable INTEGER NOT NULL,"
    "  body BLOB NOT NULL,"
    "  PRIMARY KEY (account, name)"
    ");"
    "CREATE TABLE value ("
    "  account TEXT NOT NULL,"
    "  key TEXT NOT NULL,"
    "  value TEXT NOT NULL,"
    "  PRIMARY KEY (account, key)"
    ") WITHOUT ROWID;",
    "CREATE TABLE notice_read ("
    "  account TEXT NOT NULL,"
    "  notice INTEGER NOT NULL,"
    "  marked INTEGER NOT NULL,"
    "  PRIMARY KEY (account, notice)"
    ") WITHOUT ROWID;"
    "CREATE TABLE report ("
    "  account TEXT NOT NULL,"
    "  server INTEGER NOT NULL,"
    "  reported INTEGER NOT NULL,"
    "  last_seen INTEGER," /* NULL: still the last one at the last look */
    "  PRIMARY KEY (account, server, reported)"
    ") WITHOUT ROWID;"
    "CREATE TABLE report_look ("
    "  account TEXT NOT NULL PRIMARY KEY,"
    "  seen INTEGER NOT NULL,"
    "  mark INTEGER NOT NULL"
    ") WITHOUT ROWID;",
};
enum { VERSION = sizeof(steps) / sizeof(steps[0]) };

static int newer(const struct store *s, sqlite3_int64 version, struct err *err)
{
    err_set(err, ERR_DATA, "the store \"%s\" is of a newer luitop", s->path);
    err_why(err, "its version is %lld and this program knows %d", (long long)version, VERSION);
    err_next(err, "Use the newer luitop; this one goes on without remembering anything");
    return ERR_DATA;
}

static int foreign(const struct store *s, struct err *err)
{
    err_set(err, ERR_DATA, "\"%s\" is a database of another program", s->path);
    err_next(err, "Move it away; luitop goes on without remembering anything");
    return ERR_DATA;
}

/* How far the database is, in *VERSION; a file without tables is at 0. */
static int inspect(struct store *s, sqlite3_int64 *version, struct err *err)
{
    sqlite3_int64 id = 0, tables = 0;
    int rc = store_number(s, "PRAGMA application_id", &id, err);

    if (rc == 0)
        rc = store_number(s, "PRAGMA user_version", version, err);
    if (rc == 0)
        rc = store_number(s, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (rc < 0)
        return rc;
    if (id != APPLICATION_ID && (id != 0 || tables != 0 || *version != 0))
        return foreign(s, err);
    if (*version < 0 || *version > VERSION)
        return newer(s, *version, err);
    return 0;
}

static int take_steps(struct store *s, sqlite3_int64 version, struct err *err)
{
    char *mark;
    int rc = 0;

    for (; rc == 0 && version < VERSION; version++)
        rc = store_exec(s, steps[version], err);
    if (rc < 0)
        return rc;
    mark = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID,
                           VERSION);
    if (mark == NULL)
        return err_set(err, ERR_NOMEM, "the store cannot be opened");
    rc = store_exec(s, mark, err);
    sqlite3_free(mark);
    return rc;
}

int schema_apply(struct store *s, struct err *err)
{
    sqlite3_int64 version = 0;
    int rc = inspect(s, &version, err);

    if (rc < 0 || version == VERSION)
        return rc;
    if (s->read_only)
        return store_fault(s, SQLITE_READONLY, err, "the store cannot be prepared");
    rc = store_exec(s, "BEGIN IMMEDIATE", err);
    if (rc < 0)
        return rc;
    /* Another luitop may have done it while this one waited. */
    rc = inspect(s, &version, err);
    if (rc == 0)
        rc = take_steps(s, version, err);
    if (rc == 0)
        rc = store_exec(s, "COMMIT", err);
    if (rc < 0)
        store_exec(s, "ROLLBACK", NULL);
    return rc;
}
