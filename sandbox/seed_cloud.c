#include "base/clock.h"
#include "base/err.h"
#include "sandbox/db.h"
#include "sandbox/options.h"
#include "sandbox/seed.h"
#include "sandbox/stamp.h"

int seed_states(const struct seed *s, struct err *err)
{
    static const struct {
        const char *name, *state, *type;
        int64_t quantity, days;
        int future; /* months until a future entitlement starts; 0: none */
    } states[] = {
        {"licensing", "PartnerProduction", "PartnerProduction", TIME_NONE, TIME_NONE, 0},
        {"xendesktop", "Production", "Production", 500, 214, 0},
        {"netscalergateway", "Production", "Production", 500, 214, 0},
        {"mas", "ProductionTrial", "ProductionTrial", 10, 23, 2},
        {"xenmobile", "Expired", "Production", 50, -31, 0},
        {"sharefile", "NotOnboarded", "Default", TIME_NONE, TIME_NONE, 0},
        {"browserservice", "NotOnboarded", "Default", TIME_NONE, TIME_NONE, 0},
    };
    sqlite3_stmt *st = NULL;
    int rc = db_prepare(s->db, "INSERT INTO service_states VALUES(?,?,?,?,?,?,?)", &st, err);

    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]) && rc == 0; i++)
        rc = db_run(st, err, "itttnnn", (int64_t)i, states[i].name, states[i].state, states[i].type,
                    states[i].quantity, states[i].days,
                    states[i].future > 0 ? term_start(s->term + states[i].future) : TIME_NONE);
    sqlite3_finalize(st);
    return rc;
}

/* A tenant of 500 licences that fills up; released ones come back. */
static int seed_cloud_months(const struct seed *s, struct rng *r, struct err *err)
{
    sqlite3_stmt *st = NULL;
    int64_t user = 180, device = 190;
    int rc = db_prepare(s->db, "INSERT INTO cloud_months VALUES(?,?,?,?,?,?,?,?)", &st, err);

    for (int term = s->first_term; term <= s->term && rc == 0; term++) {
        int64_t available = term < s->term - 8 ? 400 : 500;
        int64_t user_new = 6 + (int64_t)rng_below(r, 12), user_gone = (int64_t)rng_below(r, 8);
        int64_t device_new = 7 + (int64_t)rng_below(r, 12), device_gone = (int64_t)rng_below(r, 7);

        user += user_new - user_gone;
        device += device_new - device_gone;
        if (user > available - 20)
            user = available - 20;
        if (device > available - 10)
            device = available - 10;
        rc = db_run(st, err, "iiiiiiii", (int64_t)term, available, user, user_new, user_gone,
                    device, device_new, device_gone);
    }
    sqlite3_finalize(st);
    return rc;
}

int seed_cloud(const struct seed *s, struct err *err)
{
    sqlite3_stmt *st = NULL;
    struct rng r;
    int64_t start = term_start(s->term), now = s->now, peak, rc;

    rng_init(&r, (uint64_t)s->o->seed, STREAM_CLOUD);
    peak = 220 + (int64_t)rng_below(&r, 20);
    const struct {
        const char *name;
        int64_t value, at;
    } facts[] = {
        {"ccu total", 300, now},
        {"ccu now", peak - 61, now - now % 300},
        {"ccu day", peak, now - 5 * 3600},
        {"ccu month", peak + 12, start + (now - start) / 2},
        {"ccu ever", peak + 40, start - 40 * 86400 + 11 * 3600},
    };

    rc = seed_cloud_months(s, &r, err);
    if (rc == 0)
        rc = db_prepare(s->db, "INSERT INTO cloud_facts VALUES(?,?,?)", &st, err);
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]) && rc == 0; i++)
        rc = db_run(st, err, "tii", facts[i].name, facts[i].value, facts[i].at);
    sqlite3_finalize(st);
    return (int)rc;
}
