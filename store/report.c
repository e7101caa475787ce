/* When servers reported. A report that is still the last one has no `last_seen`: the account's last
 * look stands for it, so that a look that brings nothing new writes that row only. */
#include "base/err.h"
#include "model/timeline.h"
#include "store/db.h"
#include "store/store.h"

enum { DAY_SECONDS = 86400 };

static const char put_text[] = "when servers reported could not be remembered";
static const char get_text[] = "when the server reported could not be read";

/* The same for the same reports in the same order. */
static uint64_t mark_of(const struct store_report *reports, size_t count)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < count; i++) {
        uint64_t words[2] = {reports[i].server, (uint64_t)reports[i].reported};

        for (size_t j = 0; j < 2 * sizeof(words[0]); j++)
            hash = (hash ^ (words[j / 8] >> j % 8 * 8 & 0xff)) * 1099511628211u;
    }
    return hash;
}

/* 1 and *MARK of the last look, 0 when there was none. */
static int last_mark(struct store *s, const char *account, uint64_t *mark, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = store_begin(s, "SELECT mark FROM report_look WHERE account = ?1", account, NULL,
                         put_text, &stmt, err);
    int step;

    if (rc < 0)
        return rc;
    step = sqlite3_step(stmt);
    if (step == SQLITE_ROW) {
        *mark = (uint64_t)sqlite3_column_int64(stmt, 0);
        rc = 1;
    } else if (step != SQLITE_DONE) {
        rc = store_fault(s, step, err, put_text);
    }
    sqlite3_finalize(stmt);
    return rc;
}

/* Runs SQL with ?1 ACCOUNT and what it takes of ?2 A and ?3 B. */
static int run(struct store *s, const char *sql, const char *account, int64_t a, int64_t b,
               struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = store_begin(s, sql, account, NULL, put_text, &stmt, err);
    int bound = SQLITE_OK;

    if (rc < 0)
        return rc;
    if (sqlite3_bind_parameter_count(stmt) > 1)
        bound = sqlite3_bind_int64(stmt, 2, a);
    if (bound == SQLITE_OK && sqlite3_bind_parameter_count(stmt) > 2)
        bound = sqlite3_bind_int64(stmt, 3, b);
    return store_finish(s, stmt, bound, put_text, err);
}

static int put_one(struct store *s, sqlite3_stmt *stmt, const struct store_report *r,
                   struct err *err)
{
    int rc = sqlite3_bind_int64(stmt, 2, (sqlite3_int64)r->server);

    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 3, r->reported);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    sqlite3_reset(stmt);
    return rc == SQLITE_DONE ? 0 : store_fault(s, rc, err, put_text);
}

static int put_all(struct store *s, const char *account, const struct store_report *reports,
                   size_t count, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = store_begin(s,
                         "INSERT INTO report (account, server, reported) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT (account, server, reported) DO UPDATE SET last_seen = NULL",
                         account, NULL, put_text, &stmt, err);

    if (rc < 0)
        return rc;
    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = put_one(s, stmt, &reports[i], err);
    sqlite3_finalize(stmt);
    return rc;
}

/* What the last look saw was true until then; what is seen now is true from now on. */
static int take_over(struct store *s, const char *account, const struct store_report *reports,
                     size_t count, int64_t seen, struct err *err)
{
    int rc = run(s,
                 "UPDATE report SET last_seen ="
                 " (SELECT seen FROM report_look WHERE account = ?1)"
                 " WHERE account = ?1 AND last_seen IS NULL",
                 account, 0, 0, err);

    if (rc == 0)
        rc = put_all(s, account, reports, count, err);
    if (rc == 0)
        rc = run(s, "DELETE FROM report WHERE account = ?1 AND last_seen < ?2", account,
                 seen - (int64_t)STORE_REPORTS_DAYS * DAY_SECONDS, 0, err);
    return rc;
}

int store_put_reports(struct store *s, const char *account, const struct store_report *reports,
                      size_t count, int64_t seen, struct err *err)
{
    uint64_t before = 0, now;
    int rc = store_exec(s, "BEGIN IMMEDIATE", err);

    if (rc < 0)
        return rc;
    count = count > STORE_SERVERS_MAX ? STORE_SERVERS_MAX : count;
    now = mark_of(reports, count);
    rc = last_mark(s, account, &before, err);
    if (rc == 0 || (rc == 1 && before != now))
        rc = take_over(s, account, reports, count, seen, err);
    if (rc >= 0)
        rc = run(s, "INSERT OR REPLACE INTO report_look (account, seen, mark) VALUES (?1, ?2, ?3)",
                 account, seen, (int64_t)now, err);
    if (rc == 0)
        rc = store_exec(s, "COMMIT", err);
    if (rc < 0)
        store_exec(s, "ROLLBACK", NULL);
    return rc;
}

int store_get_reports(struct store *s, const char *account, uint64_t server,
                      struct report_seen *out, size_t *count, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    size_t n = 0;
    int step, rc = store_begin(s,
                               "SELECT reported, coalesce(last_seen,"
                               " (SELECT seen FROM report_look WHERE account = ?1)) FROM report"
                               " WHERE account = ?1 AND server = ?2 ORDER BY reported DESC",
                               account, NULL, get_text, &stmt, err);

    if (rc < 0)
        return rc;
    step = sqlite3_bind_int64(stmt, 2, (sqlite3_int64)server);
    if (step == SQLITE_OK)
        step = sqlite3_step(stmt);
    for (; step == SQLITE_ROW && n < STORE_REPORTS_MAX; step = sqlite3_step(stmt))
        out[n++] = (struct report_seen){.reported = sqlite3_column_int64(stmt, 0),
                                        .seen = sqlite3_column_int64(stmt, 1)};
    sqlite3_finalize(stmt);
    if (step != SQLITE_DONE && step != SQLITE_ROW)
        return store_fault(s, step, err, get_text);
    *count = n;
    return 0;
}
