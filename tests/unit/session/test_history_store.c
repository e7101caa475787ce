/* The monthly history and what is remembered of it: what is never asked for again, what is asked
 * with a condition, offline, and the month that begins. */
#include "tests/unit/session/years.h"

static void restart(struct years *y)
{
    world_restart(y->w);
    session_recall(y->w->session);
}

static void test_settled_terms_are_never_asked_for_again(void **state)
{
    struct years *y = *state;
    size_t asked;

    y->etags = true;
    years_want(y, TWO_YEARS_AGO, NOV);
    assert_true(years_term(y, OCT).settled && years_term(y, TWO_YEARS_AGO).settled);
    assert_false(years_term(y, NOV).settled);
    asked = y->w->stub.requests;
    restart(y);
    years_want(y, TWO_YEARS_AGO, OCT);
    assert_int_equal(years_progress(y).known, 23);
    years_check(y, TWO_YEARS_AGO, OCT);
    assert_true(years_term(y, OCT - 5).from_snapshot);
    assert_in_range(years_term(y, OCT - 5).as_of - WORLD_NOW, 0, 3600);
    /* Not even a token. */
    assert_int_equal(y->w->stub.requests, asked);
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    assert_int_equal(years_asked_any(y, asked), 1);
    /* The running one is, with a condition. */
    restart(y);
    asked = y->w->stub.requests;
    years_want(y, TWO_YEARS_AGO, NOV);
    assert_int_equal(years_asked_any(y, asked), 1);
    assert_int_equal(years_asked(y, asked, NOV), 1);
    assert_string_equal(years_condition(y, NOV), "\"m24322\"");
    years_check(y, TWO_YEARS_AGO, NOV);
    assert_false(years_term(y, NOV).from_snapshot);
}

/* Until the tenth is over where the bill is written, October may still change. */
static void test_settled_when_the_window_has_closed(void **state)
{
    static const struct {
        const char *zone;
        int day, hour;
        bool settled;
    } cases[] = {
        {"UTC", 1, 0, false},
        {"UTC", 10, 23, false},
        {"UTC", 11, 0, true},
        {"Asia/Tokyo", 10, 14, false},
        {"Asia/Tokyo", 10, 16, true},
        {"America/New_York", 11, 4, false},
        {"America/New_York", 11, 6, true},
    };
    struct years *y = *state;
    size_t asked;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        y->w->profile.billing_timezone = cases[i].zone;
        y->w->options.store = NULL;
        years_clock(y, 11, cases[i].day, cases[i].hour);
        world_restart(y->w);
        years_want(y, OCT - 1, OCT);
        assert_int_equal(years_term(y, OCT).settled, cases[i].settled);
        assert_true(years_term(y, OCT - 1).settled);
    }
    /* Taken on the tenth, and shown a month later: at once, and asked for once more. */
    y->w->profile.billing_timezone = "UTC";
    y->w->options.store = y->w->store;
    y->etags = true;
    years_clock(y, 11, 10, 23);
    world_restart(y->w);
    years_want(y, OCT, OCT);
    years_clock(y, 12, 15, 0);
    restart(y);
    asked = y->w->stub.requests;
    session_want_history(y->w->session, OCT, OCT);
    session_step(y->w->session, 0, NULL);
    assert_int_equal(years_has(y, OCT), years_users(OCT));
    assert_true(years_term(y, OCT).from_snapshot && years_term(y, OCT).loading);
    years_run(y);
    assert_int_equal(years_asked(y, asked, OCT), 1);
    assert_string_equal(years_condition(y, OCT), "\"m24321\"");
    assert_true(years_term(y, OCT).settled && !years_term(y, OCT).from_snapshot);
    restart(y);
    asked = y->w->stub.requests;
    years_want(y, OCT, OCT);
    assert_int_equal(y->w->stub.requests, asked);
}

/* The snapshot is that of the usage resource, and the other way round. */
static void test_one_snapshot_for_both(void **state)
{
    struct years *y = *state;
    struct snapshot snap;
    size_t asked;

    y->etags = true;
    years_want(y, NOV - 4, NOV - 4);
    snapshot_init(&snap);
    assert_int_equal(store_get_snapshot(y->w->store, "c", "usage/2026-07", &snap, NULL), 1);
    assert_string_equal(snap.facts.etag, "\"m24318\"");
    assert_non_null(strstr(snap.body.data, "XDT_PLT_UD"));
    snapshot_release(&snap);
    restart(y);
    assert_int_equal(session_set_term(y->w->session, NOV - 4), 0);
    assert_true(world_resource(y->w, RESOURCE_USAGE)->from_snapshot);
    years_run(y);
    assert_string_equal(years_condition(y, NOV - 4), "\"m24318\"");
    /* Its month before was loaded by the resource only. */
    restart(y);
    asked = y->w->stub.requests;
    years_want(y, NOV - 5, NOV - 4);
    years_check(y, NOV - 5, NOV - 4);
    assert_int_equal(y->w->stub.requests, asked);
}

static void test_no_data_is_remembered(void **state)
{
    struct years *y = *state;
    size_t asked;

    years_says(y, NOV - 3)->status = 204;
    years_says(y, NOV - 4)->body = "{\"customerId\":\"c\",\"skus\":[]}";
    years_says(y, NOV - 5)->body = "{\"customerId\":\"c\",\"skus\":null}";
    years_says(y, NOV - 6)->body = "{\"customerId\":\"c\",\"skus\":[{\"skuId\":null}]}";
    years_want(y, NOV - 7, NOV - 2);
    for (int pass = 0; pass < 2; pass++) {
        assert_int_equal(years_progress(y).known, 6);
        assert_int_equal(years_progress(y).failed, 0);
        for (int term = NOV - 6; term <= NOV - 3; term++)
            assert_int_equal(years_has(y, term), 0);
        years_check(y, NOV - 7, NOV - 7);
        years_check(y, NOV - 2, NOV - 2);
        restart(y);
        asked = y->w->stub.requests;
        years_want(y, NOV - 7, NOV - 2);
        assert_int_equal(y->w->stub.requests, asked);
    }
    /* As the resource's too. */
    years_says(y, OCT)->status = 204;
    years_refresh(y, USAGES);
    assert_true(world_resource(y->w, RESOURCE_USAGE_BEFORE)->known);
    assert_int_equal(years_has(y, OCT), 0);
    restart(y);
    assert_true(world_resource(y->w, RESOURCE_USAGE_BEFORE)->known);
}

/* One snapshot a step when there is no time, newest first, and nothing before the first step. */
static void test_recalled_in_slices(void **state)
{
    struct years *y = *state;
    uint64_t version;

    years_want(y, TWO_YEARS_AGO, NOV);
    restart(y);
    session_want_history(y->w->session, TWO_YEARS_AGO, OCT - 1);
    assert_int_equal(years_progress(y).known, 0);
    version = session_history_version(y->w->session);
    for (size_t i = 1; i <= 22; i++) {
        unsigned changed = 0;

        assert_int_equal(session_timeout_ms(y->w->session), 0);
        assert_int_equal(session_step(y->w->session, 0, &changed), i < 22);
        assert_true(changed & SESSION_CHANGED_HISTORY);
        assert_int_equal(years_progress(y).known, i);
        assert_true(years_term(y, OCT - (int)i).known);
    }
    assert_int_equal(years_progress(y).loading, 0);
    assert_true(session_history_version(y->w->session) > version);
    years_check(y, TWO_YEARS_AGO, OCT - 1);
    /* With time, all at once. */
    restart(y);
    session_want_history(y->w->session, TWO_YEARS_AGO, OCT - 1);
    session_step(y->w->session, 10 * 1000 * 1000, NULL);
    years_check(y, TWO_YEARS_AGO, OCT - 1);
}

static void test_broken_snapshot_is_asked_for(void **state)
{
    struct years *y = *state;
    struct snapshot_facts facts = {.as_of = WORLD_NOW};

    assert_int_equal(store_put_snapshot(y->w->store, "c", "usage/2026-04", &facts, "{\"x", 3, NULL),
                     0);
    years_want(y, NOV - 8, NOV - 6);
    assert_non_null(session_store_err(y->w->session));
    years_check(y, NOV - 8, NOV - 6);
    assert_int_equal(years_asked(y, 0, NOV - 7), 1);
}

/* A snapshot of a time to come was taken under a wrong clock: the term may have been running. */
static void test_snapshot_from_the_future(void **state)
{
    struct years *y = *state;
    size_t asked;

    years_clock(y, 12, 20, 0);
    world_restart(y->w);
    years_want(y, NOV - 3, NOV);
    years_clock(y, 11, 22, 0);
    restart(y);
    asked = y->w->stub.requests;
    years_want(y, NOV - 3, NOV);
    assert_int_equal(years_asked_any(y, asked), 4);
    assert_false(years_term(y, NOV).settled);
}

/* Nor does one help that was taken before its term began. */
static void test_snapshot_from_before_the_term(void **state)
{
    struct years *y = *state;
    struct snapshot_facts facts = {.as_of = WORLD_NOW - 300 * 86400};
    static const char nothing[] = "{\"skus\":[]}";

    assert_int_equal(store_put_snapshot(y->w->store, "c", "usage/2026-08", &facts, nothing,
                                        sizeof(nothing) - 1, NULL),
                     0);
    years_want(y, NOV - 3, NOV - 3);
    years_check(y, NOV - 3, NOV - 3);
}

/* Cancelled before anything was looked for: what is remembered comes, nothing is asked for. */
static void test_cancel_while_looking(void **state)
{
    struct years *y = *state;
    size_t asked;

    years_want(y, NOV - 5, NOV - 3);
    restart(y);
    asked = y->w->stub.requests;
    session_want_history(y->w->session, NOV - 8, NOV);
    assert_int_equal(session_cancel_history(y->w->session), 0);
    years_run(y);
    assert_int_equal(years_progress(y).known, 3);
    assert_int_equal(y->w->stub.requests, asked);
    session_want_history(y->w->session, NOV - 10, NOV - 9);
    session_cancel_history(y->w->session);
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    years_check(y, NOV - 10, NOV);
}

static void test_without_a_store(void **state)
{
    struct years *y = *state;
    size_t asked;

    y->w->options.store = NULL;
    world_restart(y->w);
    years_want(y, TWO_YEARS_AGO, NOV);
    years_check(y, TWO_YEARS_AGO, NOV);
    asked = y->w->stub.requests;
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    assert_int_equal(y->w->stub.requests, asked + 1);
}

static void test_offline(void **state)
{
    struct years *y = *state;
    struct history_progress p;
    struct err err = {0};
    size_t asked;

    years_want(y, NOV - 5, NOV);
    asked = y->w->stub.requests;
    y->w->options.offline = true;
    y->w->options.secret = NULL;
    y->w->options.secret_len = 0;
    restart(y);
    session_want_history(y->w->session, NOV - 11, NOV);
    session_refresh(y->w->session, WORLD_ALL, true);
    years_run(y);
    p = years_progress(y);
    assert_true(p.wanted == 12 && p.known == 6 && p.loading == 0 && p.failed == 0);
    years_check(y, NOV - 5, NOV);
    assert_int_equal(years_has(y, NOV - 6), -1);
    assert_int_equal(session_fetch_history(y->w->session, NOV - 11, NOV, &err), 0);
    assert_int_equal(session_fetch_history(y->w->session, NOV - 30, NOV - 20, &err),
                     ERR_UNREACHABLE);
    assert_non_null(strstr(err.why, "offline"));
    assert_int_equal(y->w->stub.requests, asked);
}

/* A minute before the month ends, however slow the machine; then the month after. */
static void month_ends(struct years *y)
{
    years_clock(y, 12, 1, 0);
    y->w->clock.shift -= 60;
    years_want(y, NOV - 2, NOV);
    assert_int_equal(session_history(y->w->session)->running, NOV);
    y->w->clock.shift += 61;
}

static void test_month_begins(void **state)
{
    struct years *y = *state;
    uint64_t version;
    size_t asked;

    month_ends(y);
    version = session_history_version(y->w->session);
    asked = y->w->stub.requests;
    years_run(y);
    assert_int_equal(session_history(y->w->session)->running, NOV + 1);
    assert_true(session_history_version(y->w->session) > version);
    assert_int_equal(years_progress(y).wanted, 4);
    years_check(y, NOV - 2, NOV + 1);
    assert_int_equal(years_asked(y, asked, NOV + 1), 1);
    /* The one that ended is not settled before the eleventh. */
    assert_false(years_term(y, NOV).settled);
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    assert_false(years_term(y, NOV).settled);
    years_clock(y, 12, 11, 1);
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    assert_true(years_term(y, NOV).settled);
    asked = y->w->stub.requests;
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    assert_int_equal(years_asked(y, asked, NOV), 0);
}

static void test_month_begins_while_paused(void **state)
{
    struct years *y = *state;
    size_t asked;

    session_pause(y->w->session, true);
    month_ends(y);
    asked = y->w->stub.requests;
    years_run(y);
    years_idle(y);
    assert_int_equal(session_history(y->w->session)->running, NOV + 1);
    assert_int_equal(y->w->stub.requests, asked);
    assert_true(years_term(y, NOV + 1).wanted && !years_term(y, NOV + 1).known);
    years_refresh(y, USAGES);
    years_check(y, NOV - 2, NOV + 1);
}

static void test_month_begins_while_another_is_shown(void **state)
{
    struct years *y = *state;

    assert_int_equal(session_set_term(y->w->session, NOV - 8), 0);
    month_ends(y);
    years_run(y);
    years_check(y, NOV - 2, NOV + 1);
    assert_int_equal(years_asked(y, 0, NOV + 1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_settled_terms_are_never_asked_for_again),
        TEST(test_settled_when_the_window_has_closed),
        TEST(test_one_snapshot_for_both),
        TEST(test_no_data_is_remembered),
        TEST(test_recalled_in_slices),
        TEST(test_broken_snapshot_is_asked_for),
        TEST(test_snapshot_from_the_future),
        TEST(test_snapshot_from_before_the_term),
        TEST(test_cancel_while_looking),
        TEST(test_without_a_store),
        TEST(test_offline),
        TEST(test_month_begins),
        TEST(test_month_begins_while_paused),
        TEST(test_month_begins_while_another_is_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
