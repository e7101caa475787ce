/*
 * Cloud use of the provider's customers (CloudSummary of extensions.md, published.md §3.15c).
 *
 * Single-tenant: the managed customers. The second is near 100 %, the fourth above it since a few
 * months, the sixth at 100 % exactly, the last joined five months ago. Multi-tenant: the provider's
 * own accounts; the first has users that are not linked, the second is above 100 %.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"

enum { SINGLE, MULTI };
enum { MONTHS_KEPT = 24 };
enum { NEAR = 1, ABOVE = 3, FULL = 5, NO_PERCENT = 4, JOINED_AGO = 5, NOT_LINKED_USERS = 23 };

struct writer {
    const struct seed *s;
    struct rng r;
    int64_t managed, found; /* managed customers; how many were written */
    int64_t users[2];       /* of the two multi-tenant accounts, while a term is written */
    sqlite3_stmt *item, *tenant, *activity, *customers;
};

/* What USERS now were AGO months before, each month about 1.5 % less. */
static int64_t back_then(int64_t users, int ago)
{
    int64_t v = users - users * ago * 15 / 1000;

    return v > 0 ? v : 0;
}

static int months_kept(const struct seed *s)
{
    return s->o->months < MONTHS_KEPT ? (int)s->o->months : MONTHS_KEPT;
}

static int64_t licences_of(int64_t k)
{
    static const int64_t sizes[] = {50, 100, 25, 100, 250, 75, 150};

    return sizes[k % 7];
}

static int64_t percent_of(int64_t k, struct rng *r)
{
    int64_t usual = 40 + (int64_t)rng_below(r, 40);

    return k == NEAR ? 98 : k == ABOVE ? 112 : k == FULL ? 100 : usual;
}

/* All months of one managed customer, and what it does now. */
static int insert_single(struct writer *w, sqlite3_stmt *c, struct err *err)
{
    const struct seed *s = w->s;
    int64_t k = w->found++, licences = licences_of(k);
    int64_t users = licences * percent_of(k, &w->r) / 100;
    int64_t day = users * (60 + (int64_t)rng_below(&w->r, 30)) / 100;
    int64_t devices = users * (100 + (int64_t)rng_below(&w->r, 25)) / 100;
    int months = months_kept(s), rc = 0;

    if (k > 0 && k == w->managed - 1 && months > JOINED_AGO)
        months = JOINED_AGO;
    for (int ago = 0; ago < months && rc == 0; ago++)
        rc = db_run(w->item, err, "iiitttii", (int64_t)s->term - ago, (int64_t)SINGLE, k,
                    db_text(c, 1), db_text(c, 2), db_text(c, 3), licences, back_then(users, ago));
    if (rc < 0)
        return rc;
    return db_run(w->activity, err, "iiniiii", sqlite3_column_int64(c, 0), (int64_t)(k % 3 == 2),
                  k == NO_PERCENT ? TIME_NONE : licences, day, users, day + (devices - users),
                  devices);
}

/* Hosted and lite customers have their desktops in the first account, every third customer in the
 * second. */
static bool is_tenant(int64_t account, int64_t id, const char *type)
{
    return account == 0 ? type[0] != 'M' : id % 3 == 1;
}

static int insert_tenants(struct writer *w, int64_t account, int ago, struct err *err)
{
    int rc = 0;

    w->users[account] = 0;
    sqlite3_reset(w->customers);
    while (rc == 0 && sqlite3_step(w->customers) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(w->customers, 0);
        int64_t users = back_then(20 + (int64_t)(rng_mix((uint64_t)(id * 2 + account)) % 90), ago);

        if (!is_tenant(account, id, db_text(w->customers, 4)))
            continue;
        rc = db_run(w->tenant, err, "iiii", (int64_t)w->s->term - ago, account, id, users);
        w->users[account] += users;
    }
    if (rc == 0 && account == 0) {
        rc = db_run(w->tenant, err, "iiii", (int64_t)w->s->term - ago, account, INT64_C(0),
                    (int64_t)NOT_LINKED_USERS);
        w->users[account] += NOT_LINKED_USERS;
    }
    return rc;
}

/* The licences of an account: bought for what it needs now. */
static int64_t account_licences(int64_t account, int64_t users)
{
    int64_t n = account == 0 ? users * 100 / 83 : users * 100 / 109;

    return n - n % 10;
}

static int insert_multi(struct writer *w, struct err *err)
{
    const struct seed *s = w->s;
    const char *own = s->o->customer_id;
    int64_t licences[2] = {0};
    char second[96];
    int rc = 0;

    snprintf(second, sizeof(second), "%s-eu", own);
    for (int ago = 0; ago < months_kept(s) && rc == 0; ago++) {
        for (int64_t a = 0; a < 2 && rc == 0; a++) {
            rc = insert_tenants(w, a, ago, err);
            if (ago == 0)
                licences[a] = account_licences(a, w->users[a]);
            if (rc == 0 && (a == 0 || licences[a] > 0))
                rc = db_run(w->item, err, "iiitttii", (int64_t)s->term - ago, (int64_t)MULTI, a,
                            a == 0 ? own : second, a == 0 ? PROVIDER_ORG_ID : "70020418",
                            a == 0 ? PROVIDER_NAME : PROVIDER_NAME " EU", licences[a], w->users[a]);
        }
    }
    return rc;
}

int seed_partner(const struct seed *s, struct err *err)
{
    struct writer w = {.s = s};
    int rc = db_prepare(s->db, "INSERT INTO partner_cloud VALUES(?,?,?,?,?,?,?,?)", &w.item, err);

    rng_init(&w.r, (uint64_t)s->o->seed, STREAM_PARTNER);
    w.managed = db_integer(s->db, "SELECT count(*) FROM customers WHERE type = 'Managed'", 0);
    if (rc == 0)
        rc = db_prepare(s->db, "INSERT INTO partner_tenants VALUES(?,?,?,?)", &w.tenant, err);
    if (rc == 0)
        rc = db_prepare(s->db, "INSERT INTO tenant_activity VALUES(?,?,?,?,?,?,?)", &w.activity,
                        err);
    if (rc == 0)
        rc = db_prepare(s->db,
                        "SELECT id, customer_id, org_id, display_name, type FROM customers"
                        " ORDER BY id",
                        &w.customers, err);
    while (rc == 0 && sqlite3_step(w.customers) == SQLITE_ROW)
        if (db_text(w.customers, 4)[0] == 'M')
            rc = insert_single(&w, w.customers, err);
    if (rc == 0)
        rc = insert_multi(&w, err);
    sqlite3_finalize(w.item);
    sqlite3_finalize(w.tenant);
    sqlite3_finalize(w.activity);
    sqlite3_finalize(w.customers);
    return rc;
}
