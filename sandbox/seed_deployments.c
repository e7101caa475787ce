/*
 * Licensed deployments (published.md §3.16): ten kinds of server, five pools, one sample a day.
 *
 * A sample of a day is there when the server reported on that day. The last sample of a user/device
 * pool on a server equals its users; those of a concurrent pool are people who came by.
 */
#include <stdio.h>

#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"
#include "sandbox/stamp.h"

enum { STORY = 10, POOLS = 5, MONTHS_OF_SAMPLES = 13 };
enum { P_PREMIUM_CCU, P_PREMIUM_UD, P_APPS_CCU, P_DESKTOP_UD, P_STANDARD_CCU };

#define HAS(pool) (1u << (pool))

static const struct {
    const char *product, *edition, *model, *feature;
    bool per_user;
} pools[POOLS] = {
    [P_PREMIUM_CCU] = {"Virtual Apps and Desktops", "Premium", "Concurrent", "XDT_PLT_CCS", false},
    [P_PREMIUM_UD] = {"Virtual Apps and Desktops", "Premium", "UserDevice", "XDT_PLT_UD", true},
    [P_APPS_CCU] = {"Virtual Apps", "Advanced", "Concurrent", "MPS_ENT_CCU", false},
    [P_DESKTOP_UD] = {"Virtual Desktops", "Standard", "UserDevice", "XDT_STD_UD", true},
    [P_STANDARD_CCU] = {"Virtual Apps", "Standard", "Concurrent", "MPS_ADV_CCU", false},
};

struct role {
    int silent_hours, age_days; /* since the last report; since the registration */
    const char *version;
    unsigned pools;
    int gap_ago, gap_days; /* it did not report for some days then */
    unsigned over;         /* pools with more in use than installed */
};

/* 1 and 2 are within three days to the hour; 5 and 6 are not; 7 has not reported for a month, so
 * that the service does not list it. */
static const struct role story[STORY] = {
    {5, 900, "11.17.2.0 build 45000", HAS(P_PREMIUM_CCU) | HAS(P_PREMIUM_UD), 0, 0, 0},
    {30, 800, "11.17.2.0 build 45000", HAS(P_PREMIUM_CCU) | HAS(P_APPS_CCU), 0, 0, 0},
    {70, 640, "11.16.6.0 build 34000", HAS(P_PREMIUM_UD), 40, 9, 0},
    {9, 510, "11.17.2.0 build 46000", HAS(P_DESKTOP_UD), 0, 0, HAS(P_DESKTOP_UD)},
    {6, 480, "11.17.2.0 build 45000", HAS(P_PREMIUM_CCU) | HAS(P_STANDARD_CCU), 0, 0,
     HAS(P_STANDARD_CCU)},
    {5 * 24 + 3, 420, "11.16.3.0 build 30000", HAS(P_PREMIUM_CCU) | HAS(P_PREMIUM_UD), 0, 0, 0},
    {12 * 24, 300, "11.15.0.0 build 24100", HAS(P_APPS_CCU), 0, 0, 0},
    {41 * 24, 700, "11.15.0.0 build 24100", HAS(P_PREMIUM_CCU) | HAS(P_DESKTOP_UD), 0, 0, 0},
    {4, 20, "11.17.2.0 build 46000", HAS(P_STANDARD_CCU), 0, 0, 0},
    {8, 365, "11.17.2.0 build 46000", HAS(P_PREMIUM_UD) | HAS(P_APPS_CCU) | HAS(P_STANDARD_CCU),
     200, 3, 0},
};

struct writer {
    const struct seed *s;
    struct rng r, people;
    int64_t next_person;
    sqlite3_stmt *server, *pool, *installed, *sample, *user;
};

/* One server's share of one pool. */
struct share {
    const struct role *role;
    int64_t server, pool, first_day, last_day, last_report;
    int64_t installed, level; /* level: the final sample per user, a usual workday else */
    bool per_user;
};

static bool in_gap(const struct role *role, int64_t days_ago)
{
    return days_ago < role->gap_ago && days_ago >= role->gap_ago - role->gap_days;
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(int64_t day)
{
    return (day + 3) % 7 >= 5;
}

/* Per user: slowly assigned until LEVEL. Concurrent: workdays and weekends, rising over the year,
 * with a busy day now and then; only an overdrawn pool comes above what is installed. */
static int64_t sample_of(const struct share *sh, int64_t day, struct rng *r)
{
    int64_t ago = sh->last_day - day, noise = (int64_t)rng_below(r, 1000), v;
    bool busy = rng_per_mille(r, 15);

    if (sh->per_user)
        return sh->level - sh->level * ago / 900;
    v = sh->level - sh->level * ago / 1300;
    v = v * (is_weekend(day) ? 300 + noise / 10 : 880 + noise / 8 + (busy ? 150 : 0)) / 1000;
    if ((sh->role->over & HAS(sh->pool)) == 0 && v > sh->installed)
        v = sh->installed;
    return v;
}

static int insert_samples(struct writer *w, const struct share *sh, struct err *err)
{
    int64_t today = w->s->now / 86400;
    int rc = 0;

    for (int64_t day = sh->first_day; day <= sh->last_day && rc == 0; day++) {
        int64_t v = sample_of(sh, day, &w->r);

        if (day == sh->last_day || !in_gap(sh->role, today - day))
            rc = db_run(w->sample, err, "iiii", sh->pool + 1, sh->server, day, v);
    }
    return rc;
}

static int insert_people(struct writer *w, const struct share *sh, struct err *err)
{
    int64_t count = sh->per_user ? sh->level : sh->level * 5 / 4;
    int rc = 0;

    for (int64_t i = 0; i < count && rc == 0; i++) {
        uint64_t a = rng_below(&w->people, 90 * 86400), b = rng_below(&w->people, 90 * 86400);
        int64_t login = sh->last_report - (int64_t)(a < b ? a : b);
        bool device = rng_per_mille(&w->people, 300);
        struct person who;
        char name[32];

        /* A licence that nobody has given back. */
        if (rng_per_mille(&w->people, 20))
            login -= 120 * 86400;
        person_make(w->next_person++, 0xdeb, &who);
        snprintf(name, sizeof(name), "PC-%05lld", (long long)w->next_person);
        rc = db_run(w->user, err, "tttiii", who.user_name, "corp." PROVIDER_DOMAIN,
                    device ? name : NULL, sh->pool + 1, sh->server, login);
    }
    return rc;
}

static int insert_share(struct writer *w, struct share *sh, struct err *err)
{
    bool over = (sh->role->over & HAS(sh->pool)) != 0;
    int rc;

    sh->per_user = pools[sh->pool].per_user;
    sh->installed = 50 * (2 + (int64_t)rng_below(&w->r, 5));
    sh->level = sh->installed * (55 + (int64_t)rng_below(&w->r, 30)) / 100;
    if (over)
        sh->level = sh->installed * 107 / 100;
    rc = db_run(w->installed, err, "iii", sh->pool + 1, sh->server, sh->installed);
    if (rc == 0)
        rc = insert_samples(w, sh, err);
    return rc == 0 ? insert_people(w, sh, err) : rc;
}

static int insert_server(struct writer *w, int64_t i, struct err *err)
{
    const struct role *role = &story[i % STORY];
    const struct seed *s = w->s;
    int64_t report = s->now - (int64_t)role->silent_hours * 3600 + (int64_t)rng_below(&w->r, 3000);
    int64_t registered = day_start(s->now) - (int64_t)role->age_days * 86400 + 34200;
    int64_t start = term_start(s->term - MONTHS_OF_SAMPLES + 1) / 86400;
    struct share sh = {.role = role,
                       .server = i + 1,
                       .first_day = registered / 86400 > start ? registered / 86400 : start,
                       .last_day = report / 86400,
                       .last_report = report};
    char fqdn[64];
    int rc;

    snprintf(fqdn, sizeof(fqdn), "dep%02lld.%s", (long long)(i + 1), PROVIDER_DOMAIN);
    rc = db_run(w->server, err, "itiit", i + 1, fqdn, registered, report, role->version);
    for (sh.pool = 0; sh.pool < POOLS && rc == 0; sh.pool++)
        if ((role->pools & HAS(sh.pool)) != 0)
            rc = insert_share(w, &sh, err);
    return rc;
}

static int prepare(struct writer *w, sqlite3 *db, struct err *err)
{
    const struct {
        sqlite3_stmt **st;
        const char *sql;
    } all[] = {
        {&w->server, "INSERT INTO deploy_servers VALUES(?,?,?,?,?)"},
        {&w->pool, "INSERT INTO deploy_pools VALUES(?,?,?,?,?)"},
        {&w->installed, "INSERT INTO deploy_installed VALUES(?,?,?)"},
        {&w->sample, "INSERT INTO deploy_samples VALUES(?,?,?,?)"},
        {&w->user, "INSERT INTO deploy_users(user_name, domain, device, pool, server, last_login)"
                   " VALUES(?,?,?,?,?,?)"},
    };
    int rc = 0;

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]) && rc == 0; i++)
        rc = db_prepare(db, all[i].sql, all[i].st, err);
    return rc;
}

int seed_deployments(const struct seed *s, struct err *err)
{
    struct writer w = {.s = s};
    int rc = prepare(&w, s->db, err);

    rng_init(&w.r, (uint64_t)s->o->seed, STREAM_DEPLOYMENTS);
    rng_init(&w.people, (uint64_t)s->o->seed, STREAM_DEPLOYMENT_USERS);
    for (int64_t i = 0; i < POOLS && rc == 0; i++)
        rc = db_run(w.pool, err, "itttt", i + 1, pools[i].product, pools[i].edition, pools[i].model,
                    pools[i].feature);
    for (int64_t i = 0; i < s->o->deployments && rc == 0; i++)
        rc = insert_server(&w, i, err);
    sqlite3_finalize(w.server);
    sqlite3_finalize(w.pool);
    sqlite3_finalize(w.installed);
    sqlite3_finalize(w.sample);
    sqlite3_finalize(w.user);
    return rc;
}
