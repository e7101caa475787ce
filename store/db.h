/* SQLite as this room uses it. Private to store/. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>

struct err;

struct store {
    sqlite3 *db;
    char *path;
    bool read_only;
};

/* Brings an open database to the schema of this program: makes it, or takes the steps that are
 * missing, all in one transaction. ERR_DATA when it is newer or not luitop's. */
int schema_apply(struct store *s, struct err *err);

/* Turns SQLite's result RC into an error that tells what to do; WHAT as in err_set(). */
int store_fault(const struct store *s, int rc, struct err *err, const char *what);
int store_exec(struct store *s, const char *sql, struct err *err);
/* The one number that SQL gives, into *OUT. */
int store_number(struct store *s, const char *sql, sqlite3_int64 *out, struct err *err);

/* Prepares SQL and binds ACCOUNT and NAME (NULL: none) to ?1 and ?2. */
int store_begin(struct store *s, const char *sql, const char *account, const char *name,
                const char *what, sqlite3_stmt **out, struct err *err);
/* Runs a statement that gives no rows and ends it. BOUND: the result of its last bindings. */
int store_finish(struct store *s, sqlite3_stmt *stmt, int bound, const char *what, struct err *err);

/* A writable file that nobody else can read, with its folders (0700). *PATH gets where it really
 * is (malloc), *READ_ONLY whether it may only be read. */
int store_path_prepare(const char *path, char **real, bool *read_only, struct err *err);

#endif
