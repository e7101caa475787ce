#include "sandbox/db.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"

/* "LUIS": marks our files, so that another program's database is never overwritten. */
enum { APPLICATION_ID = 0x4c554953, SCHEMA_VERSION = 2, PATH_LIMIT = 4096 };

static int failed(sqlite3 *db, struct err *err)
{
    return err_set(err, ERR_IO, "database: %s", sqlite3_errmsg(db));
}

int db_exec(sqlite3 *db, const char *sql, struct err *err)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : failed(db, err);
}

int db_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct err *err)
{
    sqlite3_stmt *st = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
        return failed(db, err);
    *out = st;
    return 0;
}

static int bind_list(sqlite3_stmt *st, const char *types, va_list ap)
{
    int rc = SQLITE_OK;

    sqlite3_reset(st);
    for (int i = 1; types[i - 1] != '\0' && rc == SQLITE_OK; i++) {
        if (types[i - 1] == 't') {
            rc = sqlite3_bind_text(st, i, va_arg(ap, const char *), -1, SQLITE_STATIC);
        } else {
            int64_t v = va_arg(ap, int64_t);

            if (types[i - 1] == 'n' && v == TIME_NONE)
                rc = sqlite3_bind_null(st, i);
            else
                rc = sqlite3_bind_int64(st, i, v);
        }
    }
    return rc == SQLITE_OK ? 0 : ERR_IO;
}

int db_bind(sqlite3_stmt *st, const char *types, ...)
{
    va_list ap;
    int rc;

    va_start(ap, types);
    rc = bind_list(st, types, ap);
    va_end(ap);
    return rc;
}

int db_run(sqlite3_stmt *st, struct err *err, const char *types, ...)
{
    va_list ap;
    int rc;

    va_start(ap, types);
    rc = bind_list(st, types, ap);
    va_end(ap);
    if (rc < 0 || sqlite3_step(st) != SQLITE_DONE)
        return failed(sqlite3_db_handle(st), err);
    sqlite3_reset(st);
    return 0;
}

int64_t db_integer(sqlite3 *db, const char *sql, int64_t fallback)
{
    sqlite3_stmt *st = NULL;
    int64_t v = fallback;

    if (db_prepare(db, sql, &st, NULL) < 0)
        return fallback;
    if (sqlite3_step(st) == SQLITE_ROW)
        v = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return v;
}

static void params_text(const struct options *o, struct buf *out)
{
    buf_addf(out,
             "version=%d seed=%lld users=%lld servers=%lld customers=%lld months=%lld "
             "deployments=%lld now=%lld customer=%s",
             SCHEMA_VERSION, (long long)o->seed, (long long)o->users, (long long)o->servers,
             (long long)o->customers, (long long)o->months, (long long)o->deployments,
             (long long)o->now, o->customer_id);
}

static int open_file(const char *path, int flags, sqlite3 **out, struct err *err)
{
    sqlite3 *db = NULL;

    if (sqlite3_open_v2(path, &db, flags, NULL) != SQLITE_OK) {
        err_set(err, ERR_IO, "database %s: %s", path, sqlite3_errmsg(db));
        sqlite3_close(db);
        return ERR_IO;
    }
    *out = db;
    return 0;
}

static int fill(sqlite3 *db, const struct options *o, const char *params, struct err *err)
{
    char head[128];
    sqlite3_stmt *st = NULL;
    int rc;

    snprintf(head, sizeof(head),
             "PRAGMA application_id=%d; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN",
             APPLICATION_ID);
    rc = db_exec(db, head, err);
    if (rc == 0)
        rc = seed_all(db, o, err);
    if (rc == 0)
        rc = db_prepare(db, "INSERT INTO params VALUES('made from', ?)", &st, err);
    if (rc == 0)
        rc = db_run(st, err, "t", params);
    sqlite3_finalize(st);
    return rc == 0 ? db_exec(db, "COMMIT", err) : rc;
}

static int build_file(const struct options *o, const char *params, struct err *err)
{
    char path[PATH_LIMIT];
    sqlite3 *db = NULL;
    int rc;

    if ((size_t)snprintf(path, sizeof(path), "%s.new-%ld", o->db, (long)getpid()) >= sizeof(path))
        return err_set(err, ERR_SETTINGS, "database: the path is too long");
    unlink(path);
    rc = open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &db, err);
    if (rc == 0)
        rc = fill(db, o, params, err);
    sqlite3_close(db);
    if (rc == 0 && rename(path, o->db) < 0)
        rc = err_set(err, ERR_IO, "database %s: %s", o->db, strerror(errno));
    if (rc < 0)
        unlink(path);
    return rc;
}

/* 1: FILE was made from PARAMS; 0: from others, or there is none; negative: not ours. */
static int file_matches(const char *file, const char *params, struct err *err)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    struct stat sb;
    int rc;

    if (stat(file, &sb) < 0 || sb.st_size == 0)
        return 0;
    rc = open_file(file, SQLITE_OPEN_READONLY, &db, err);
    if (rc < 0)
        return rc;
    if (db_integer(db, "PRAGMA application_id", 0) != APPLICATION_ID) {
        rc = err_set(err, ERR_SETTINGS, "%s is not a luitop-sandbox database", file);
        err_next(err, "Name another --db file.");
    } else if (db_prepare(db, "SELECT value FROM params", &st, NULL) == 0 &&
               sqlite3_step(st) == SQLITE_ROW) {
        rc = strcmp(db_text(st, 0), params) == 0;
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return rc;
}

int db_open(const struct options *o, sqlite3 **out, struct err *err)
{
    struct buf params;
    sqlite3 *db = NULL;
    int rc;

    buf_init(&params, 512);
    params_text(o, &params);
    if (strcmp(o->db, ":memory:") == 0) {
        rc = open_file(o->db, SQLITE_OPEN_READWRITE, &db, err);
        if (rc == 0)
            rc = fill(db, o, params.data, err);
    } else {
        rc = file_matches(o->db, params.data, err);
        if (rc == 0)
            rc = build_file(o, params.data, err);
        if (rc >= 0)
            rc = open_file(o->db, SQLITE_OPEN_READWRITE, &db, err);
    }
    buf_release(&params);
    if (rc < 0) {
        sqlite3_close(db);
        return rc;
    }
    *out = db;
    return 0;
}
