#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"
#include "sandbox/stamp.h"

enum { PREMIUM = 1, BASE = 2, VDI = 4, UNKNOWN = 8 };

/* How an edition's users came and went. */
struct curve {
    int mask;
    unsigned share;   /* of 1000 users */
    unsigned early;   /* of 1000: there from the first term on */
    unsigned leavers; /* of 1000 */
    bool late;        /* those who joined, joined rather late */
};

static const struct curve curves[] = {
    {PREMIUM, 640, 560, 50, false},
    {BASE, 252, 850, 150, false},
    {VDI, 107, 120, 20, true},
};

struct place {
    int64_t *ids; /* servers, from 1 */
    size_t n;
};

struct maker {
    const struct seed *s;
    struct rng r, places;
    struct place customers, own, free;
    uint64_t *weight; /* cumulated, by customer */
    int64_t *next;    /* by customer: the next person's number */
    int64_t next_own, next_service, next_test;
    sqlite3_stmt *user, *link;
};

struct made {
    char name[64], domain[80], full[96];
    bool has_full;
    int features, first, last, period, day;
    int64_t customer, type, changed; /* TIME_NONE: NULL */
    int64_t servers[2];
    int64_t home; /* the customer, from 0, whose he is; TIME_NONE: the provider's own */
    bool test;
    int64_t group; /* TIME_NONE: NULL */
};

static int place_add(struct place *p, int64_t id, int64_t max)
{
    if (p->ids == NULL)
        p->ids = calloc((size_t)max, sizeof(*p->ids));
    if (p->ids == NULL)
        return ERR_NOMEM;
    p->ids[p->n++] = id;
    return 0;
}

static int maker_init(struct maker *m, const struct seed *s, struct err *err)
{
    int64_t customers = s->o->customers;
    uint64_t sum = 0;
    int rc = 0;

    *m = (struct maker){.s = s};
    rng_init(&m->r, (uint64_t)s->o->seed, STREAM_USERS);
    rng_init(&m->places, (uint64_t)s->o->seed, STREAM_PLACES);
    m->weight = calloc((size_t)customers + 1, sizeof(*m->weight));
    m->next = calloc((size_t)customers + 1, sizeof(*m->next));
    for (int64_t i = 0; i < s->o->servers && rc == 0; i++) {
        enum server_use use = server_use(i);

        if (use != USE_NONE)
            rc = place_add(use == USE_CUSTOMERS ? &m->customers
                           : use == USE_FREE    ? &m->free
                                                : &m->own,
                           i + 1, s->o->servers);
    }
    if (m->weight == NULL || m->next == NULL || rc < 0)
        return err_set(err, ERR_NOMEM, "out of memory");
    /* A few big customers and a long tail, as with any provider. */
    for (int64_t i = 0; i < customers; i++)
        m->weight[i] = sum += 100000 / (uint64_t)(i + 2) + 1;
    rc = db_prepare(s->db, "INSERT INTO users VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)", &m->user, err);
    return rc == 0 ? db_prepare(s->db, "INSERT INTO user_servers VALUES(?,?)", &m->link, err) : rc;
}

static void maker_release(struct maker *m)
{
    sqlite3_finalize(m->user);
    sqlite3_finalize(m->link);
    free(m->weight);
    free(m->next);
    free(m->customers.ids);
    free(m->own.ids);
    free(m->free.ids);
}

static int64_t pick_customer(struct maker *m)
{
    size_t low = 0, high = (size_t)m->s->o->customers - 1;
    uint64_t x = rng_below(&m->r, m->weight[high]);

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (m->weight[mid] > x)
            high = mid;
        else
            low = mid + 1;
    }
    return (int64_t)low;
}

static int64_t pick_server(struct maker *m, const struct place *p)
{
    return p->n > 0 ? p->ids[rng_below(&m->r, p->n)] : 0;
}

static void make_months(struct maker *m, struct made *u)
{
    const struct seed *s = m->s;
    uint64_t span = (uint64_t)(s->term - s->first_term);
    const struct curve *c = &curves[0];
    unsigned x = (unsigned)rng_below(&m->r, 1000);

    u->features = UNKNOWN;
    for (size_t i = 0; i < sizeof(curves) / sizeof(curves[0]) && u->features == UNKNOWN; i++) {
        c = &curves[i];
        if (x < c->share)
            u->features = c->mask;
        else
            x -= c->share;
    }
    u->first = s->first_term;
    u->last = s->term;
    if (u->features == UNKNOWN) {
        u->first = s->term - (int)rng_below(&m->r, span < 3 ? span + 1 : 3);
    } else if (span > 0 && !rng_per_mille(&m->r, c->early)) {
        uint64_t a = rng_below(&m->r, span), b = c->late ? rng_below(&m->r, span) : 0;

        u->first += 1 + (int)(a > b ? a : b);
    }
    if (u->features != UNKNOWN && rng_per_mille(&m->r, c->leavers))
        u->last -= (int)rng_below(&m->r, (uint64_t)(u->last - u->first) + 1);
    if (u->features == PREMIUM && rng_per_mille(&m->r, 18))
        u->features |= VDI;
    u->period = rng_per_mille(&m->r, 30) ? 2 + (int)rng_below(&m->r, 2) : 1;
    /* Most are seen in a month's first days. */
    u->day = 1;
    if (!rng_per_mille(&m->r, 450)) {
        uint64_t a = rng_below(&m->r, 28), b = rng_below(&m->r, 28);

        u->day += (int)(a < b ? a : b);
    }
}

/* Someone of a customer: at home on one or two of the servers, mostly linked to it. */
static void make_customer_user(struct maker *m, struct made *u)
{
    int64_t c = pick_customer(m);
    const struct place *p = &m->customers;
    uint64_t where = rng_below(&m->r, 10);
    struct person who;
    char word[64];

    customer_word(c, word);
    snprintf(u->domain, sizeof(u->domain), "%s.example", word);
    u->customer = rng_per_mille(&m->r, 962) ? c + 1 : TIME_NONE;
    u->home = c;
    if (p->n > 0) {
        int64_t home = p->ids[(size_t)c % p->n], other = p->ids[((size_t)c * 7 + 3) % p->n];

        u->servers[0] = where < 7 || where == 9 ? home : other;
        u->servers[1] = where == 9 && other != home ? other : 0;
    }
    if (rng_per_mille(&m->r, 55)) {
        snprintf(u->name, sizeof(u->name), "svc_%s%lld", c % 2 == 0 ? "backup" : "print",
                 (long long)++m->next_service);
        u->type = 1;
        return;
    }
    person_make(m->next[c]++, (uint64_t)c, &who);
    memcpy(u->name, who.user_name, sizeof(u->name));
    memcpy(u->full, who.full_name, sizeof(u->full));
    u->has_full = !rng_per_mille(&m->r, 20);
}

/* The provider's own people and test accounts: linked to nobody. */
static void make_own_user(struct maker *m, struct made *u, bool test)
{
    struct person who;

    snprintf(u->domain, sizeof(u->domain), "%s", PROVIDER_DOMAIN);
    u->test = test;
    if (test) {
        u->servers[0] = pick_server(m, &m->free);
        snprintf(u->name, sizeof(u->name), "test%05lld", (long long)++m->next_test);
        if (rng_per_mille(&m->r, 40)) {
            u->type = 0;
            u->changed = term_start(u->first) + 5 * 86400 + (int64_t)rng_below(&m->r, 86400);
            u->changed = u->changed > m->s->now ? m->s->now : u->changed;
        }
        return;
    }
    u->servers[0] = pick_server(m, &m->own);
    person_make(m->next_own++, UINT64_MAX, &who);
    memcpy(u->name, who.user_name, sizeof(u->name));
    memcpy(u->full, who.full_name, sizeof(u->full));
    u->has_full = true;
}

/* Moves what makes the link from the user to his site or delivery group, where it may be. */
static void place_user(struct maker *m, struct made *u)
{
    bool tagged = false;
    struct placement p;

    if (u->home == TIME_NONE) {
        place_own_user(m->s, &m->places, u->test, &p);
    } else {
        for (int i = 0; i < 2; i++)
            tagged = tagged || (u->servers[i] != 0 && server_is_tagged(u->servers[i] - 1));
        place_customer_user(m->s, &m->places, u->home, u->customer != TIME_NONE, tagged, &p);
    }
    u->group = p.group;
    if (p.links)
        u->customer = TIME_NONE;
}

static int insert_user(struct maker *m, int64_t id, struct err *err)
{
    struct made u = {.customer = TIME_NONE,
                     .type = TIME_NONE,
                     .changed = TIME_NONE,
                     .home = TIME_NONE,
                     .group = TIME_NONE};
    unsigned x = (unsigned)rng_below(&m->r, 1000);
    int rc;

    make_months(m, &u);
    if (x < 960 && m->s->o->customers > 0)
        make_customer_user(m, &u);
    else
        make_own_user(m, &u, x % 2 == 0);
    if (u.servers[0] == 0)
        u.servers[0] = pick_server(m, &m->customers);
    place_user(m, &u);
    rc = db_run(m->user, err, "itttinnniiiin", id, u.name, u.domain, u.has_full ? u.full : NULL,
                (int64_t)u.features, u.customer, u.type, u.changed, (int64_t)u.first,
                (int64_t)u.last, (int64_t)u.period, (int64_t)u.day, u.group);
    for (int i = 0; i < 2 && rc == 0; i++)
        if (u.servers[i] != 0)
            rc = db_run(m->link, err, "ii", id, u.servers[i]);
    return rc;
}

int seed_users(const struct seed *s, struct err *err)
{
    struct maker m;
    int rc = maker_init(&m, s, err);

    for (int64_t i = 0; i < s->o->users && rc == 0; i++)
        rc = insert_user(&m, i + 1, err);
    if (rc == 0)
        rc = db_exec(s->db,
                     "CREATE UNIQUE INDEX users_name ON users(user_name COLLATE NOCASE,"
                     " domain COLLATE NOCASE)",
                     err);
    maker_release(&m);
    return rc;
}
