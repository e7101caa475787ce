#include "sandbox/usage.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/usage_rules.h"

enum { COUNTER_BYTES = 64 << 20 };

struct cell {
    uint32_t total, free;
};

struct count {
    struct usage_rules rules;
    struct cell *cells; /* by term, feature, slot: 0 total, customers from 1, then servers */
    uint32_t *users;    /* by term, slot: 0 all, then delivery groups */
    size_t slots;
    bool *linked; /* by server, customer: server_customers */
    int first, last;
};

static struct cell *cell_at(const struct count *c, int term, int feature, int slot)
{
    size_t row = (size_t)(term - c->first) * USAGE_FEATURES + (size_t)feature;

    return &c->cells[row * c->slots + (size_t)slot];
}

static uint32_t *users_at(const struct count *c, int term, int group)
{
    return &c->users[(size_t)(term - c->first) * ((size_t)c->rules.group_max + 1) + (size_t)group];
}

static int customer_slot(int customer)
{
    return 1 + customer;
}

static int server_slot(const struct count *c, int server)
{
    return 2 + c->rules.customer_max + server;
}

static bool *linked_at(const struct count *c, int server, int customer)
{
    return &c->linked[(size_t)server * ((size_t)c->rules.customer_max + 1) + (size_t)customer];
}

static void bump(struct cell *cell, bool is_free)
{
    cell->total++;
    cell->free += is_free;
}

static void count_user_term(struct count *c, const struct usage_user *u, int customer, int term)
{
    int told[USER_SERVERS_MAX];
    bool is_free;
    int n = usage_told(&c->rules, u, term, told, &is_free);

    if (n == 0)
        return;
    ++*users_at(c, term, 0);
    if (u->group > 0 && u->group <= c->rules.group_max)
        ++*users_at(c, term, u->group);
    for (int f = 0; f < USAGE_FEATURES; f++) {
        if ((u->features & 1 << f) == 0)
            continue;
        bump(cell_at(c, term, f, 0), is_free);
        bump(cell_at(c, term, f, customer_slot(customer)), is_free);
        for (int i = 0; i < n; i++)
            bump(cell_at(c, term, f, server_slot(c, told[i])), is_free);
    }
}

static void count_user(struct count *c, const struct usage_user *u)
{
    int customer = usage_customer(&c->rules, u, NULL);
    int from = u->first > c->first ? u->first : c->first;
    int to = u->last < c->last ? u->last : c->last;

    for (int i = 0; i < u->n && customer != 0; i++)
        *linked_at(c, u->servers[i], customer) = true;
    for (int term = from; term <= to; term++)
        if ((term - u->first) % u->period == 0)
            count_user_term(c, u, customer, term);
}

/* The users come in the order of their ids with one row for each of their servers. */
static int scan_users(sqlite3 *db, struct count *c, struct err *err)
{
    sqlite3_stmt *st = NULL;
    struct usage_user u = {0};
    int rc, step = SQLITE_DONE;

    rc = db_prepare(db,
                    "SELECT " USAGE_USER_COLUMNS ", s.server FROM users u"
                    " CROSS JOIN user_servers s ON s.user = u.id ORDER BY u.id, s.server",
                    &st, err);
    if (rc < 0)
        return rc;
    while ((step = sqlite3_step(st)) == SQLITE_ROW) {
        if (sqlite3_column_int64(st, 0) != u.id) {
            if (u.id != 0)
                count_user(c, &u);
            usage_user_read(st, &u);
        }
        usage_user_add_server(&c->rules, &u, sqlite3_column_int(st, USAGE_USER_COLUMN_COUNT));
    }
    if (u.id != 0)
        count_user(c, &u);
    sqlite3_finalize(st);
    return step == SQLITE_DONE ? 0 : err_set(err, ERR_IO, "database: %s", sqlite3_errmsg(db));
}

static int write_users(sqlite3 *db, const struct count *c, struct err *err)
{
    sqlite3_stmt *st = NULL;
    int rc = db_prepare(db, "INSERT INTO usage_users VALUES(?,?,?)", &st, err);

    for (int term = c->first; term <= c->last; term++)
        for (int g = 0; g <= c->rules.group_max && rc == 0; g++)
            if (*users_at(c, term, g) > 0)
                rc = db_run(st, err, "iii", (int64_t)term, (int64_t)g,
                            (int64_t)*users_at(c, term, g));
    sqlite3_finalize(st);
    return rc;
}

static int write_counts(sqlite3 *db, const struct count *c, struct err *err)
{
    sqlite3_stmt *total = NULL, *customer = NULL, *server = NULL;
    int rc = db_prepare(db, "INSERT OR REPLACE INTO usage_totals VALUES(?,?,?,?)", &total, err);

    if (rc == 0)
        rc = db_prepare(db, "INSERT INTO usage_customers VALUES(?,?,?,?,?)", &customer, err);
    if (rc == 0)
        rc = db_prepare(db, "INSERT INTO usage_servers VALUES(?,?,?,?,?)", &server, err);
    for (int term = c->first; term <= c->last; term++) {
        for (int f = 0; f < USAGE_FEATURES && rc == 0; f++) {
            const struct cell *cell = cell_at(c, term, f, 0);

            rc = db_run(total, err, "iiii", (int64_t)term, (int64_t)f, (int64_t)cell->total,
                        (int64_t)cell->free);
            for (int i = 0; i <= c->rules.customer_max && rc == 0; i++) {
                cell = cell_at(c, term, f, customer_slot(i));
                if (i == 0 || cell->total > 0)
                    rc = db_run(customer, err, "iiiii", (int64_t)term, (int64_t)f, (int64_t)i,
                                (int64_t)cell->total, (int64_t)cell->free);
            }
            for (int i = 1; i <= c->rules.server_max && rc == 0; i++) {
                cell = cell_at(c, term, f, server_slot(c, i));
                if (cell->total > 0)
                    rc = db_run(server, err, "iiiii", (int64_t)term, (int64_t)f, (int64_t)i,
                                (int64_t)cell->total, (int64_t)cell->free);
            }
        }
    }
    sqlite3_finalize(total);
    sqlite3_finalize(customer);
    sqlite3_finalize(server);
    return rc;
}

static int write_links(sqlite3 *db, const struct count *c, struct err *err)
{
    sqlite3_stmt *st = NULL;
    int rc = db_exec(db, "DELETE FROM server_customers", err);

    if (rc == 0)
        rc = db_prepare(db, "INSERT INTO server_customers VALUES(?,?)", &st, err);
    for (int s = 1; s <= c->rules.server_max; s++)
        for (int k = 1; k <= c->rules.customer_max && rc == 0; k++)
            if (*linked_at(c, s, k))
                rc = db_run(st, err, "ii", (int64_t)s, (int64_t)k);
    sqlite3_finalize(st);
    return rc;
}

static int drop_terms(sqlite3 *db, int first, int last, struct err *err)
{
    static const char *const sql[] = {
        "DELETE FROM usage_totals WHERE term BETWEEN ? AND ?",
        "DELETE FROM usage_customers WHERE term BETWEEN ? AND ?",
        "DELETE FROM usage_servers WHERE term BETWEEN ? AND ?",
        "DELETE FROM usage_users WHERE term BETWEEN ? AND ?",
    };
    int rc = 0;

    for (size_t i = 0; i < sizeof(sql) / sizeof(sql[0]) && rc == 0; i++) {
        sqlite3_stmt *st = NULL;

        rc = db_prepare(db, sql[i], &st, err);
        if (rc == 0)
            rc = db_run(st, err, "ii", (int64_t)first, (int64_t)last);
        sqlite3_finalize(st);
    }
    return rc;
}

/* Counts one block of terms, first and last set. */
static int count_block(sqlite3 *db, struct count *c, size_t per_term, struct err *err)
{
    size_t terms = (size_t)(c->last - c->first) + 1;
    int rc = 0;

    c->cells = calloc(terms, per_term);
    c->users = calloc(terms, ((size_t)c->rules.group_max + 1) * sizeof(*c->users));
    if (c->cells == NULL || c->users == NULL)
        rc = err_set(err, ERR_NOMEM, "out of memory");
    if (rc == 0)
        rc = scan_users(db, c, err);
    if (rc == 0)
        rc = write_counts(db, c, err);
    if (rc == 0)
        rc = write_users(db, c, err);
    free(c->cells);
    free(c->users);
    return rc;
}

int usage_rebuild(sqlite3 *db, int first, int last, struct err *err)
{
    struct count c = {0};
    size_t per_term;
    int rc = usage_rules_load(db, &c.rules, err), block;

    if (rc == 0)
        rc = drop_terms(db, first, last, err);
    c.slots = 3 + (size_t)c.rules.customer_max + (size_t)c.rules.server_max;
    c.linked = calloc((size_t)c.rules.server_max + 1, (size_t)c.rules.customer_max + 1);
    if (rc == 0 && c.linked == NULL)
        rc = err_set(err, ERR_NOMEM, "out of memory");
    per_term = USAGE_FEATURES * c.slots * sizeof(struct cell);
    block = (int)(COUNTER_BYTES / per_term) + 1;
    for (int term = first; term <= last && rc == 0; term += block) {
        c.first = term;
        c.last = last - term < block ? last : term + block - 1;
        rc = count_block(db, &c, per_term, err);
    }
    if (rc == 0)
        rc = write_links(db, &c, err);
    free(c.linked);
    usage_rules_release(&c.rules);
    return rc;
}
