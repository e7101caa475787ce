#include "store/store.h"

#include <string.h>

#include "base/err.h"
#include "store/db.h"

void snapshot_init(struct snapshot *s)
{
    memset(s, 0, sizeof(*s));
    buf_init(&s->body, STORE_BODY_MAX);
}

void snapshot_release(struct snapshot *s)
{
    buf_release(&s->body);
}

static const char snapshot_put_text[] = "the last answer could not be remembered";
static const char snapshot_get_text[] = "the remembered data could not be read";
static const char value_put_text[] = "the view's state could not be remembered";
static const char value_get_text[] = "the view's remembered state could not be read";

static int too_big(struct err *err, const char *what, size_t len, size_t max)
{
    err_set(err, ERR_TOOBIG, "%s", what);
    err_why(err, "it has %zu bytes and at most %zu are kept", len, max);
    return ERR_TOOBIG;
}

int store_put_snapshot(struct store *s, const char *account, const char *name,
                       const struct snapshot_facts *facts, const char *body, size_t len,
                       struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc;

    if (len > STORE_BODY_MAX)
        return too_big(err, snapshot_put_text, len, STORE_BODY_MAX);
    rc = store_begin(s,
                     "INSERT OR REPLACE INTO snapshot"
                     " (account, name, as_of, etag, unreadable, first_unreadable, body)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                     account, name, snapshot_put_text, &stmt, err);
    if (rc < 0)
        return rc;
    rc = sqlite3_bind_int64(stmt, 3, facts->as_of);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 4, facts->etag,
                               (int)strnlen(facts->etag, sizeof(facts->etag) - 1), SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 5, (sqlite3_int64)facts->unreadable);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 6, (sqlite3_int64)facts->first_unreadable);
    /* A NULL pointer would bind SQL's NULL, which the column refuses. */
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_blob64(stmt, 7, len > 0 ? body : "", len, SQLITE_STATIC);
    return store_finish(s, stmt, rc, snapshot_put_text, err);
}

int store_touch_snapshot(struct store *s, const char *account, const char *name, int64_t as_of,
                         struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = store_begin(s, "UPDATE snapshot SET as_of = ?3 WHERE account = ?1 AND name = ?2",
                         account, name, snapshot_put_text, &stmt, err);

    if (rc < 0)
        return rc;
    return store_finish(s, stmt, sqlite3_bind_int64(stmt, 3, as_of), snapshot_put_text, err);
}

/* The bytes of a column, replacing OUT's. The file is the user's own, but it may be damaged. */
static int column_bytes(sqlite3_stmt *stmt, int column, struct buf *out)
{
    const void *data = sqlite3_column_blob(stmt, column);
    int len = sqlite3_column_bytes(stmt, column);

    buf_reset(out);
    return buf_add(out, data != NULL ? data : "", len > 0 ? (size_t)len : 0);
}

static int64_t column_count(sqlite3_stmt *stmt, int column)
{
    int64_t n = sqlite3_column_int64(stmt, column);

    return n > 0 ? n : 0;
}

static int read_snapshot(sqlite3_stmt *stmt, struct snapshot *out)
{
    int len = sqlite3_column_bytes(stmt, 1);
    int rc = column_bytes(stmt, 4, &out->body);

    if (rc < 0)
        return rc;
    memset(&out->facts, 0, sizeof(out->facts));
    out->facts.as_of = sqlite3_column_int64(stmt, 0);
    if (len > 0 && len < SNAPSHOT_ETAG_MAX)
        memcpy(out->facts.etag, sqlite3_column_text(stmt, 1), (size_t)len);
    out->facts.unreadable = (size_t)column_count(stmt, 2);
    out->facts.first_unreadable = (size_t)column_count(stmt, 3);
    return 0;
}

int store_get_snapshot(struct store *s, const char *account, const char *name, struct snapshot *out,
                       struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = store_begin(s,
                         "SELECT as_of, etag, unreadable, first_unreadable, body FROM snapshot"
                         " WHERE account = ?1 AND name = ?2",
                         account, name, snapshot_get_text, &stmt, err);
    int step;

    if (rc < 0)
        return rc;
    step = sqlite3_step(stmt);
    if (step == SQLITE_ROW) {
        rc = read_snapshot(stmt, out);
        if (rc < 0)
            err_set(err, (enum err_code)rc, "%s", snapshot_get_text);
        else
            rc = 1;
    } else if (step != SQLITE_DONE) {
        rc = store_fault(s, step, err, snapshot_get_text);
    }
    sqlite3_finalize(stmt);
    return rc;
}

int store_put_value(struct store *s, const char *account, const char *key, const char *value,
                    struct err *err)
{
    size_t len = value != NULL ? strlen(value) : 0;
    sqlite3_stmt *stmt = NULL;
    int rc;

    if (len > STORE_VALUE_MAX)
        return too_big(err, value_put_text, len, STORE_VALUE_MAX);
    rc = store_begin(s,
                     value != NULL
                         ? "INSERT OR REPLACE INTO value (account, key, value) VALUES (?1, ?2, ?3)"
                         : "DELETE FROM value WHERE account = ?1 AND key = ?2",
                     account, key, value_put_text, &stmt, err);
    if (rc < 0)
        return rc;
    rc = value != NULL ? sqlite3_bind_text(stmt, 3, value, (int)len, SQLITE_STATIC) : SQLITE_OK;
    return store_finish(s, stmt, rc, value_put_text, err);
}

int store_get_value(struct store *s, const char *account, const char *key, struct buf *out,
                    struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = store_begin(s, "SELECT value FROM value WHERE account = ?1 AND key = ?2", account, key,
                         value_get_text, &stmt, err);
    int step;

    if (rc < 0)
        return rc;
    step = sqlite3_step(stmt);
    if (step == SQLITE_ROW) {
        rc = column_bytes(stmt, 0, out);
        if (rc < 0)
            err_set(err, (enum err_code)rc, "%s", value_get_text);
        else
            rc = 1;
    } else if (step != SQLITE_DONE) {
        rc = store_fault(s, step, err, value_get_text);
    }
    sqlite3_finalize(stmt);
    return rc;
}
