#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"
#include "sandbox/stamp.h"

enum { DAYS_NULL = 100000, NEVER = -1 };

/* One server of the story. Defaults of 0 are the healthy values. */
struct role {
    int silent; /* days without a report; NEVER: none ever */
    int days;   /* to the licence's expiry; DAYS_NULL: unknown */
    int offset; /* the server's zone, minutes east */
    int digits; /* fraction digits of its report time */
    bool free, non_csp, ccu, tagged, list_null, dates_unknown;
    enum server_use use;
};

static const struct role story[SERVER_STORY] = {
    {.days = 210, .offset = -300, .digits = 2},
    {.days = 180, .offset = -300, .digits = 7},
    {.days = 9, .offset = -360, .digits = 7},
    {.days = 300, .offset = -360, .digits = 2, .tagged = true},
    {.days = 74, .offset = 0, .digits = 7},
    {.days = 240, .offset = 60, .digits = 7, .ccu = true, .use = USE_NONE},
    {.days = 120, .offset = 60, .digits = 2, .silent = 13},
    {.days = 155, .offset = -480, .digits = 7, .list_null = true, .use = USE_OWN},
    {.days = -12, .offset = 60, .digits = 7},
    {.days = 330, .offset = -300, .digits = 2, .free = true, .use = USE_FREE},
    {.days = 61, .offset = 0, .digits = 7, .silent = 4, .use = USE_OWN},
    {.days = 198, .offset = 120, .digits = 2, .non_csp = true},
    {.days = DAYS_NULL, .offset = 330, .digits = 2, .dates_unknown = true},
    {.days = 365, .silent = NEVER, .use = USE_NONE},
};

enum server_use server_use(int64_t i)
{
    return story[i % SERVER_STORY].use;
}

bool server_is_tagged(int64_t i)
{
    return story[i % SERVER_STORY].tagged;
}

/* License servers upload at night: the last 02:xx on the server's own clock. */
static int64_t last_upload(int64_t now, int offset, int64_t i)
{
    int64_t t = day_start(now + offset) - offset + 7200 + i * 311 % 3600;

    return t > now ? t - 86400 : t;
}

static int insert_server(const struct seed *s, sqlite3_stmt *st, int64_t i, struct rng *r,
                         struct err *err)
{
    const struct role *role = &story[i % SERVER_STORY];
    bool ever = role->silent != NEVER, first_round = i < SERVER_STORY;
    bool expired = role->days <= 0, known = role->days != DAYS_NULL;
    int64_t offset = (int64_t)role->offset * 60, report = TIME_NONE;
    /* A host that moved: later rounds have two rows with one hostId (published.md §3.1). */
    int64_t host = i % (2 * SERVER_STORY) == SERVER_STORY + 6 ? i - 1 : i;
    int64_t days = role->days, customers = s->o->customers;
    char fqdn[64], host_id[64];

    server_fqdn(i, fqdn);
    server_host_id(host, host_id);
    if (ever)
        report = last_upload(s->now, (int)offset, i) - (int64_t)role->silent * 86400;
    if (!first_round && known && days > 90)
        days += (int64_t)rng_below(r, 60);
    return db_run(st, err, "ittiniiiiiiiiiinnnii", i + 1, host_id, ever ? fqdn : NULL, offset,
                  report, (int64_t)role->digits, (int64_t)rng_below(r, 10000000),
                  (int64_t)(role->silent == 0), (int64_t)(first_round || i % 28 != 26),
                  (int64_t)ever, (int64_t)!expired, (int64_t)role->free, (int64_t)role->non_csp,
                  (int64_t)role->ccu, (int64_t)expired,
                  known ? day_start(s->now) + days * 86400 : TIME_NONE, known ? days : TIME_NONE,
                  role->tagged && customers > 0 ? i % customers + 1 : TIME_NONE,
                  (int64_t)role->list_null, (int64_t)role->dates_unknown);
}

int seed_servers(const struct seed *s, struct err *err)
{
    static const struct {
        const char *feature;
        int64_t usage;
    } ccu[] = {{"MPS_ENT_CCU", 7}, {"MPS_PLT_CCU", 0}, {"PVS_STD_CCS", 2}};
    sqlite3_stmt *st = NULL, *use = NULL;
    struct rng r;
    int rc;

    rng_init(&r, (uint64_t)s->o->seed, STREAM_SERVERS);
    rc = db_prepare(s->db, "INSERT INTO servers VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    &st, err);
    if (rc == 0)
        rc = db_prepare(s->db, "INSERT INTO server_ccu VALUES(?,?,?)", &use, err);
    for (int64_t i = 0; i < s->o->servers && rc == 0; i++) {
        rc = insert_server(s, st, i, &r, err);
        if (!story[i % SERVER_STORY].ccu)
            continue;
        for (size_t k = 0; k < sizeof(ccu) / sizeof(ccu[0]) && rc == 0; k++)
            rc = db_run(use, err, "iti", i + 1, ccu[k].feature, ccu[k].usage);
    }
    sqlite3_finalize(st);
    sqlite3_finalize(use);
    return rc;
}

/* Of twelve customers seven are managed, two hosted, three lite. */
static const char *customer_type(int64_t i)
{
    static const char *const types[12] = {"Managed", "Managed", "Lite",    "Managed",
                                          "Hosted",  "Managed", "Managed", "Lite",
                                          "Managed", "Hosted",  "Lite",    "Managed"};

    return types[i % 12];
}

static int insert_customer(sqlite3_stmt *st, int64_t i, struct rng *r, struct err *err)
{
    static const char set[] = "2345678kqz";
    const char *type = customer_type(i);
    bool lite = strcmp(type, "Lite") == 0, bare = i % 12 == 9;
    char name[64], word[64], domain[80], id[96], org[16], connection[GUID_LEN], email[160];
    struct person admin;

    customer_name(i, name);
    customer_word(i, word);
    snprintf(domain, sizeof(domain), "%s.example", word);
    if (lite)
        rng_guid(r, id);
    else
        snprintf(id, sizeof(id), "%s%c", word, set[rng_below(r, 10)]);
    snprintf(org, sizeof(org), "%lld", (long long)(70030000 + i * 7 + (int64_t)rng_below(r, 7)));
    rng_guid(r, connection);
    person_make(i, 0xad0, &admin);
    snprintf(email, sizeof(email), "%s@%s", admin.user_name, domain);
    return db_run(st, err,
                  "ittttttt"
                  "n"
                  "tt",
                  i + 1, id, lite ? NULL : org, bare ? NULL : word, name, type, domain,
                  lite || bare ? NULL : connection, bare ? TIME_NONE : (int64_t)rng_below(r, 5),
                  bare ? NULL : admin.full_name, bare ? NULL : email);
}

int seed_customers(const struct seed *s, struct err *err)
{
    sqlite3_stmt *st = NULL;
    struct rng r;
    int rc = db_prepare(s->db, "INSERT INTO customers VALUES(?,?,?,?,?,?,?,?,?,?,?)", &st, err);

    rng_init(&r, (uint64_t)s->o->seed, STREAM_CUSTOMERS);
    for (int64_t i = 0; i < s->o->customers && rc == 0; i++)
        rc = insert_customer(st, i, &r, err);
    sqlite3_finalize(st);
    return rc;
}
