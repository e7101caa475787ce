/* A world whose service tells a usage of its own for each month: what each month answers is set in
 * `says`, its users are its number, and what was asked is in the stub's log. */
#ifndef TESTS_SESSION_YEARS_H
#define TESTS_SESSION_YEARS_H

#include "tests/unit/session/world.h"

enum { YEARS_TERMS = 200, NOV = 2026 * 12 + 10, OCT = NOV - 1, TWO_YEARS_AGO = NOV - 23 };

#define USAGES (RESOURCE_BIT(RESOURCE_USAGE) | RESOURCE_BIT(RESOURCE_USAGE_BEFORE))

struct years {
    struct world *w;
    bool etags; /* every month has one */
    struct saying says[YEARS_TERMS];
    size_t most; /* calls at once */
};

/* The users of TERM; no two terms have the same. */
static inline int years_users(int term)
{
    return 100 + term - TERM_FIRST;
}

static inline struct saying *years_says(struct years *y, int term)
{
    assert_in_range(term - TERM_FIRST, 0, YEARS_TERMS - 1);
    return &y->says[term - TERM_FIRST];
}

static inline int years_asked_term(const struct stub_request *q)
{
    const char *date = strstr(q->target, "licenseusagedata?date=");
    int term = TERM_NONE;

    if (date != NULL)
        assert_int_equal(term_parse(strchr(date, '=') + 1, &term, NULL), 0);
    return term;
}

static inline void years_handle(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    static char body[300], headers[100];
    struct years *y = s->ctx;
    int term = years_asked_term(q);
    const struct saying *says;

    if (term == TERM_NONE) {
        s->ctx = y->w;
        world_handle(s, q, r);
        s->ctx = y;
        return;
    }
    says = years_says(y, term);
    headers[0] = '\0';
    if (says->status != 0)
        r->status = says->status;
    r->how = says->how;
    if (y->etags) {
        snprintf(headers, sizeof(headers), "ETag: \"m%d\"\r\n", term);
        r->headers = headers;
        if (r->status == 200 &&
            strncmp(stub_header(q, "If-None-Match"), headers + 6, strlen(headers + 6) - 2) == 0)
            r->status = 304;
    }
    snprintf(body, sizeof(body),
             "{\"customerId\":\"c\",\"skus\":[{\"skuId\":\"S\",\"features\":[{\"featureId\":"
             "\"XDT_PLT_UD\",\"count\":%d,\"freeUsersCount\":1,\"isUserList\":true,"
             "\"licenseServerCount\":1,\"freeLicenseServerCount\":0,\"linkedCustomerCount\":0}]}]}",
             years_users(term));
    r->body = says->body != NULL ? says->body : body;
}

static inline int years_setup(void **state)
{
    struct years *y = calloc(1, sizeof(*y));
    void *w = NULL;

    assert_int_equal(world_setup(&w), 0);
    y->w = w;
    y->w->stub.handle = years_handle;
    y->w->stub.ctx = y;
    *state = y;
    return 0;
}

static inline int years_teardown(void **state)
{
    struct years *y = *state;
    void *w = y->w;

    world_teardown(&w);
    free(y);
    return 0;
}

static inline struct history_progress years_progress(const struct years *y)
{
    struct history_progress p;

    session_history_progress(y->w->session, &p);
    return p;
}

static inline struct history_term years_term(const struct years *y, int term)
{
    struct history_term t;

    session_history_term(y->w->session, term, &t);
    return t;
}

static inline bool years_loading(const struct years *y)
{
    bool loading = years_progress(y).loading > 0;

    for (int k = 0; k < WORLD_RESOURCES; k++)
        loading |= world_resource(y->w, (enum resource_kind)k)->loading;
    return loading;
}

/* One turn of the loop, client and service, waiting only when WAIT and when there is something to
 * wait for. */
static inline void years_turn(struct years *y, bool wait)
{
    struct world *w = y->w;
    struct api_fd fds[STUB_CONNS + 1];
    unsigned changed = 0;
    bool more = session_step(w->session, 4000, &changed);
    int timeout = more || !wait || !years_loading(y) ? 0 : session_timeout_ms(w->session);
    size_t active = api_active(session_api(w->session));

    w->changed |= changed;
    y->most = active > y->most ? active : y->most;
    assert_int_equal(session_poll(w->session, fds, stub_fds(&w->stub, fds),
                                  timeout < 0 || timeout > 1000 ? 1000 : timeout),
                     0);
    stub_turn(&w->stub);
}

/* Until neither the history nor a resource is loading. */
static inline void years_run(struct years *y)
{
    int64_t end = clock_mono_ms() + STUB_WAIT_MS;

    for (;;) {
        unsigned changed = 0;

        session_step(y->w->session, 0, &changed);
        y->w->changed |= changed;
        if (!years_loading(y))
            return;
        years_turn(y, true);
        assert_true(clock_mono_ms() < end);
    }
}

static inline void years_want(struct years *y, int from, int to)
{
    session_want_history(y->w->session, from, to);
    years_run(y);
}

static inline void years_refresh(struct years *y, unsigned mask)
{
    session_refresh(y->w->session, mask, false);
    years_run(y);
}

static inline void years_run_until_asked(struct years *y, size_t count)
{
    int64_t end = clock_mono_ms() + STUB_WAIT_MS;

    while (y->w->stub.requests < count) {
        years_turn(y, true);
        assert_true(clock_mono_ms() < end);
    }
}

/* Turns enough for anything that wanted to be sent to have arrived. */
static inline void years_idle(struct years *y)
{
    for (int i = 0; i < 200; i++)
        years_turn(y, false);
}

/* How often TERM's usage was asked for since request FROM. */
static inline size_t years_asked(const struct years *y, size_t from, int term)
{
    size_t n = 0;

    for (size_t i = from; i < y->w->stub.requests; i++)
        n += years_asked_term(&y->w->stub.log[i]) == term;
    return n;
}

static inline size_t years_asked_any(const struct years *y, size_t from)
{
    size_t n = 0;

    for (size_t i = from; i < y->w->stub.requests; i++)
        n += years_asked_term(&y->w->stub.log[i]) != TERM_NONE;
    return n;
}

/* The etag with which TERM was asked for last. */
static inline const char *years_condition(const struct years *y, int term)
{
    for (size_t i = y->w->stub.requests; i > 0; i--) {
        if (years_asked_term(&y->w->stub.log[i - 1]) == term)
            return stub_header(&y->w->stub.log[i - 1], "If-None-Match");
    }
    fail_msg("never asked");
    return "";
}

/* The users that the history has for TERM; -1: missing, 0: no data. */
static inline int years_has(const struct years *y, int term)
{
    const struct history_month *m = history_month(session_history(y->w->session), term);

    if (m == NULL)
        return -1;
    return m->count > 0 ? (int)m->features[0].total : 0;
}

static inline void years_check(const struct years *y, int from, int to)
{
    for (int term = from; term <= to; term++)
        assert_int_equal(years_has(y, term), years_users(term));
}

/* The wall clock to DAY of MONTH of 2026 at HOUR, UTC. */
static inline void years_clock(struct years *y, int month, int day, int hour)
{
    struct civil c = {2026, month, day, hour, 0, 0};

    y->w->clock.shift += civil_to_time(&c, 0) - clock_wall(&y->w->clock);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, years_setup, years_teardown)

#endif
