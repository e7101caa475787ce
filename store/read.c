/* Notifications that were read. */
#include <stdlib.h>

#include "base/err.h"
#include "base/vec.h"
#include "store/db.h"
#include "store/store.h"

static const char put_text[] = "what was read could not be remembered";
static const char get_text[] = "which notifications were read is not known";

static int put_one(struct store *s, sqlite3_stmt *stmt, uint64_t id, struct err *err)
{
    int rc = sqlite3_bind_int64(stmt, 2, (sqlite3_int64)id);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    sqlite3_reset(stmt);
    return rc == SQLITE_DONE ? 0 : store_fault(s, rc, err, put_text);
}

static int put_all(struct store *s, const char *account, const uint64_t *ids, size_t count,
                   bool read, int64_t now, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = store_begin(s,
                         read ? "INSERT OR IGNORE INTO notice_read (account, notice, marked)"
                                " VALUES (?1, ?2, ?3)"
                              : "DELETE FROM notice_read WHERE account = ?1 AND notice = ?2",
                         account, NULL, put_text, &stmt, err);

    if (rc < 0)
        return rc;
    if (read && sqlite3_bind_int64(stmt, 3, now) != SQLITE_OK)
        rc = store_fault(s, SQLITE_NOMEM, err, put_text);
    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = put_one(s, stmt, ids[i], err);
    sqlite3_finalize(stmt);
    return rc;
}

static int drop_oldest(struct store *s, const char *account, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = store_begin(s,
                         "DELETE FROM notice_read WHERE account = ?1 AND notice IN"
                         " (SELECT notice FROM notice_read WHERE account = ?1"
                         " ORDER BY marked DESC, notice LIMIT -1 OFFSET ?2)",
                         account, NULL, put_text, &stmt, err);

    if (rc < 0)
        return rc;
    return store_finish(s, stmt, sqlite3_bind_int64(stmt, 2, STORE_READ_MAX), put_text, err);
}

int store_put_read(struct store *s, const char *account, const uint64_t *ids, size_t count,
                   bool read, int64_t now, struct err *err)
{
    int rc = count <= STORE_READ_MAX ? 0 : err_set(err, ERR_TOOBIG, "%s", put_text);

    if (rc == 0)
        rc = store_exec(s, "BEGIN IMMEDIATE", err);
    if (rc < 0)
        return rc;
    rc = put_all(s, account, ids, count, read, now, err);
    if (rc == 0 && read)
        rc = drop_oldest(s, account, err);
    if (rc == 0)
        rc = store_exec(s, "COMMIT", err);
    if (rc < 0)
        store_exec(s, "ROLLBACK", NULL);
    return rc;
}

int store_get_read(struct store *s, const char *account, uint64_t **ids, size_t *count,
                   struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    uint64_t *found = NULL;
    size_t n = 0, cap = 0;
    int step, rc = store_begin(s, "SELECT notice FROM notice_read WHERE account = ?1", account,
                               NULL, get_text, &stmt, err);

    if (rc < 0)
        return rc;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW && rc == 0) {
        rc = vec_grow(&found, &cap, n + 1, sizeof(*found), 2 * (size_t)STORE_READ_MAX);
        if (rc == 0)
            found[n++] = (uint64_t)sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    if (rc < 0)
        err_set(err, (enum err_code)rc, "%s", get_text);
    else if (step != SQLITE_DONE)
        rc = store_fault(s, step, err, get_text);
    if (rc < 0) {
        free(found);
        return rc;
    }
    *ids = found;
    *count = n;
    return 0;
}
