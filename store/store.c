#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "store/db.h"

/* While opening, another luitop may be making the tables. */
enum { OPEN_WAIT_MS = 2000 };

int store_fault(const struct store *s, int rc, struct err *err, const char *what)
{
    static const char without[] = "luitop goes on without remembering this";
    int code = ERR_IO;

    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        code = err_set(err, ERR_BUSY, "%s", what);
        err_why(err, "another luitop is writing to the store");
        err_next(err, "Nothing to do: the next refresh tries again");
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        err_set(err, ERR_IO, "%s", what);
        err_why(err, "the store \"%s\" is damaged or not a database", s->path);
        err_next(err, "Move the file away; luitop makes a new one at its next start");
        break;
    case SQLITE_READONLY:
        err_set(err, ERR_IO, "%s", what);
        err_why(err, "the store \"%s\" may only be read", s->path);
        err_next(err, "%s", without);
        break;
    case SQLITE_NOMEM:
        code = err_set(err, ERR_NOMEM, "%s", what);
        break;
    case SQLITE_TOOBIG:
        code = err_set(err, ERR_TOOBIG, "%s", what);
        break;
    default:
        err_set(err, ERR_IO, "%s", what);
        err_why(err, "\"%s\": %s", s->path, sqlite3_errstr(rc));
        err_next(err, "%s", without);
        break;
    }
    return code;
}

int store_exec(struct store *s, const char *sql, struct err *err)
{
    int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? 0 : store_fault(s, rc, err, "the store cannot be used");
}

int store_number(struct store *s, const char *sql, sqlite3_int64 *out, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return rc == SQLITE_ROW ? 0 : store_fault(s, rc, err, "the store cannot be used");
}

int store_begin(struct store *s, const char *sql, const char *account, const char *name,
                const char *what, sqlite3_stmt **out, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc;

    if (strlen(account) > STORE_NAME_MAX || (name != NULL && strlen(name) > STORE_NAME_MAX))
        return err_set(err, ERR_TOOBIG, "%s", what);
    rc = sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, account, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK && name != NULL)
        rc = sqlite3_bind_text(stmt, 2, name, -1, SQLITE_STATIC);
    if (rc != SQLITE_OK) {
        sqlite3_finalize(stmt);
        return store_fault(s, rc, err, what);
    }
    *out = stmt;
    return 0;
}

int store_finish(struct store *s, sqlite3_stmt *stmt, int bound, const char *what, struct err *err)
{
    int rc = bound == SQLITE_OK ? sqlite3_step(stmt) : bound;

    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? 0 : store_fault(s, rc, err, what);
}

static bool wal_there(const char *path)
{
    char *name = sqlite3_mprintf("%s-wal", path);
    bool there = name != NULL && access(name, F_OK) == 0;

    sqlite3_free(name);
    return there;
}

/* A write-ahead log needs a writable folder even for reading, unless SQLite is promised that
 * nobody changes the file. Only the characters that end a path in a URI are escaped. */
static char *read_only_uri(const char *path)
{
    struct buf uri;
    char *copy = NULL;

    buf_init(&uri, 64 * 1024);
    buf_addstr(&uri, "file:");
    for (const char *p = path; *p != '\0'; p++) {
        if (strchr("%?#", *p) != NULL)
            buf_addf(&uri, "%%%02x", (unsigned)(unsigned char)*p);
        else
            buf_addc(&uri, *p);
    }
    buf_addstr(&uri, wal_there(path) ? "?mode=ro" : "?immutable=1");
    if (uri.failed == 0)
        copy = strdup(uri.data);
    buf_release(&uri);
    return copy;
}

static int connect_db(struct store *s, struct err *err)
{
    const int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
    char *uri = NULL;
    int rc;

    if (s->read_only) {
        uri = read_only_uri(s->path);
        if (uri == NULL)
            return err_set(err, ERR_NOMEM, "the store cannot be opened");
        rc = sqlite3_open_v2(uri, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | common, NULL);
    } else {
        rc = sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | common,
                             NULL);
    }
    free(uri);
    return rc == SQLITE_OK ? 0 : store_fault(s, rc, err, "the store cannot be opened");
}

static int configure(struct store *s, struct err *err)
{
    int rc;

    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, STORE_BODY_MAX + 1024 * 1024);
    sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_busy_timeout(s->db, OPEN_WAIT_MS);
    rc = store_exec(s, "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;", err);
    if (rc == 0)
        rc = schema_apply(s, err);
    if (rc < 0)
        return rc;
    /* Only now is the file known to be luitop's. Where a write-ahead log is not possible SQLite
     * keeps its rollback journal and says no error; both survive a power cut, the log without a
     * flush for each write. */
    if (!s->read_only)
        rc = store_exec(s, "PRAGMA synchronous = NORMAL; PRAGMA journal_mode = WAL;", err);
    if (rc == ERR_BUSY) /* another luitop is at it */
        rc = 0;
    sqlite3_busy_timeout(s->db, STORE_WAIT_MS);
    return rc;
}

int store_open(struct store **out, const char *path, struct err *err)
{
    struct store *s = calloc(1, sizeof(*s));
    int rc = 0;

    if (s == NULL)
        return err_set(err, ERR_NOMEM, "the store cannot be opened");
    if (strcmp(path, ":memory:") == 0)
        s->path = strdup(path);
    else
        rc = store_path_prepare(path, &s->path, &s->read_only, err);
    if (rc == 0 && s->path == NULL)
        rc = err_set(err, ERR_NOMEM, "the store cannot be opened");
    if (rc == 0)
        rc = connect_db(s, err);
    if (rc == 0)
        rc = configure(s, err);
    if (rc < 0) {
        store_close(s);
        return rc;
    }
    *out = s;
    return 0;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}
