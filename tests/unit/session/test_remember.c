/* What a session remembers, what it shows offline, which month it shows, and when it asks by
 * itself. */
#include "tests/unit/session/world.h"

#include "session/state.h"

#define SERVERS RESOURCE_BIT(RESOURCE_SERVERS)
#define USAGES  (RESOURCE_BIT(RESOURCE_USAGE) | RESOURCE_BIT(RESOURCE_USAGE_BEFORE))

static int term(const char *text)
{
    int t = TERM_NONE;

    assert_int_equal(term_parse(text, &t, NULL), 0);
    return t;
}

static void test_next_start_shows_the_last_answers(void **state)
{
    struct world *w = *state;
    int64_t as_of;

    world_refresh(w, WORLD_ALL);
    as_of = world_resource(w, RESOURCE_SERVERS)->as_of;
    w->clock.shift += 3600;
    world_restart(w);
    session_recall(w->session);
    for (int k = 0; k < WORLD_RESOURCES; k++) {
        const struct resource *r = world_resource(w, (enum resource_kind)k);

        assert_true(r->known && r->from_snapshot);
        assert_in_range(r->as_of - as_of, 0, 60);
        assert_int_equal(r->next_ms, 0);
    }
    assert_int_equal(session_servers(w->session)->count, 2);
    assert_int_equal(session_usage(w->session)->rows[0].total, 11);
    assert_int_equal(session_usage_before(w->session)->rows[0].total, 10);
    assert_int_equal(session_cloud_ud(w->session)->used, 7);
    assert_int_equal(session_cloud_ccu(w->session)->assigned, 4);
    assert_null(session_store_err(w->session));
    /* What is known already stays. */
    world_refresh(w, SERVERS);
    assert_false(world_resource(w, RESOURCE_SERVERS)->from_snapshot);
    session_recall(w->session);
    assert_false(world_resource(w, RESOURCE_SERVERS)->from_snapshot);
}

static void test_snapshot_confirmed_by_the_service(void **state)
{
    struct world *w = *state;
    const struct resource *r;

    w->says[RESOURCE_SERVERS].etag = "\"e1\"";
    world_refresh(w, SERVERS);
    world_restart(w);
    session_recall(w->session);
    world_refresh(w, SERVERS);
    assert_string_equal(stub_header(world_last(w), "If-None-Match"), "\"e1\"");
    r = world_resource(w, RESOURCE_SERVERS);
    assert_true(r->known && !r->from_snapshot);
    assert_int_equal(session_servers(w->session)->count, 2);
}

static void test_accounts_do_not_mix(void **state)
{
    struct world *w = *state;

    world_refresh(w, SERVERS);
    w->profile.customer_id = "d";
    world_restart(w);
    session_recall(w->session);
    assert_false(world_resource(w, RESOURCE_SERVERS)->known);
}

static void test_broken_snapshot(void **state)
{
    struct world *w = *state;
    struct snapshot_facts facts = {.as_of = 1};

    assert_int_equal(store_put_snapshot(w->store, "c", "servers", &facts, "{\"x", 3, NULL), 0);
    session_recall(w->session);
    assert_false(world_resource(w, RESOURCE_SERVERS)->known);
    assert_non_null(session_store_err(w->session));
    world_refresh(w, SERVERS);
    assert_true(world_resource(w, RESOURCE_SERVERS)->known);
}

static void test_without_a_store(void **state)
{
    struct world *w = *state;

    w->options.store = NULL;
    world_restart(w);
    session_recall(w->session);
    world_refresh(w, WORLD_ALL);
    assert_true(world_resource(w, RESOURCE_SERVERS)->known);
    assert_null(session_store_err(w->session));
}

static void test_offline(void **state)
{
    struct world *w = *state;
    struct err err = {0};
    size_t asked;
    unsigned changed;

    world_refresh(w, SERVERS);
    asked = w->stub.requests;
    w->options.offline = true;
    w->options.secret = NULL;
    w->options.secret_len = 0;
    world_restart(w);
    assert_true(session_offline(w->session));
    session_refresh(w->session, WORLD_ALL, true);
    session_step(w->session, 1000, &changed);
    assert_int_equal(changed, 0);
    assert_int_equal(session_poll(w->session, NULL, 0, 0), 0);
    assert_int_equal(session_fetch(w->session, SERVERS, &err), 0);
    assert_true(world_resource(w, RESOURCE_SERVERS)->from_snapshot);
    assert_int_equal(session_servers(w->session)->count, 2);
    assert_int_equal(world_resource(w, RESOURCE_SERVERS)->next_ms, 0);
    assert_int_equal(session_fetch(w->session, WORLD_ALL, &err), ERR_UNREACHABLE);
    assert_non_null(strstr(err.why, "offline"));
    assert_int_equal(session_set_term(w->session, term("2026-03")), 0);
    assert_int_equal(w->stub.requests, asked);
}

static void test_term(void **state)
{
    struct world *w = *state;
    const struct resource *r = world_resource(w, RESOURCE_USAGE);
    uint64_t version;
    int now = session_term(w->session);

    world_refresh(w, WORLD_ALL);
    version = r->version;
    assert_int_equal(session_set_term(w->session, now + 1), ERR_DATA);
    assert_int_equal(session_set_term(w->session, TERM_FIRST - 1), ERR_DATA);
    assert_int_equal(session_set_term(w->session, now), 0);
    assert_int_equal(r->version, version);
    assert_false(r->loading);
    assert_int_equal(session_set_term(w->session, term("2026-03")), 0);
    assert_int_equal(session_term(w->session), term("2026-03"));
    assert_true(!r->known && r->loading && r->version > version);
    assert_int_equal(session_usage(w->session)->count, 0);
    world_run(w);
    assert_int_equal(session_usage(w->session)->rows[0].total, 3);
    assert_int_equal(session_usage_before(w->session)->rows[0].total, 2);
    assert_int_equal(world_asked(w, "/licenseservers"), 1);
    /* Back again: shown at once from the store, and asked for. */
    assert_int_equal(session_set_term(w->session, now), 0);
    assert_true(r->known && r->from_snapshot && r->loading);
    assert_int_equal(session_usage(w->session)->rows[0].total, 11);
    /* Changed again before the answer: the answer must not land in another month. */
    assert_int_equal(session_set_term(w->session, term("2026-07")), 0);
    world_run(w);
    assert_int_equal(session_usage(w->session)->rows[0].total, 7);
    assert_int_equal(session_usage(w->session)->term, term("2026-07"));
}

static void test_first_term_has_none_before(void **state)
{
    struct world *w = *state;

    assert_int_equal(session_set_term(w->session, term("2016-02")), 0);
    world_run(w);
    assert_true(world_resource(w, RESOURCE_USAGE)->known);
    assert_false(world_resource(w, RESOURCE_USAGE_BEFORE)->known);
    assert_int_equal(world_asked(w, "date=2016-01"), 0);
}

/* 2026-11-30T23:00:00Z, and on however slow the machine; then the month after. */
static void test_month_begins(void **state)
{
    struct world *w = *state;
    int64_t eve = WORLD_NOW + 8 * 86400 + 12 * 3600 - 3600 - clock_wall(&w->clock);

    w->clock.shift += eve;
    world_refresh(w, USAGES);
    assert_int_equal(session_term(w->session), term("2026-11"));
    assert_in_range(session_timeout_ms(w->session), 0, 3600 * 1000);
    w->clock.shift += 3601;
    w->changed = 0;
    assert_int_equal(session_timeout_ms(w->session), 0);
    world_turn(w);
    assert_int_equal(session_term(w->session), term("2026-12"));
    assert_int_equal(w->changed & USAGES, USAGES);
    assert_true(world_resource(w, RESOURCE_USAGE)->loading);
    /* The month that ended is the one before, and known from the store. */
    assert_true(world_resource(w, RESOURCE_USAGE_BEFORE)->known);
    assert_int_equal(session_usage_before(w->session)->rows[0].total, 11);
    world_run(w);
    assert_int_equal(session_usage(w->session)->rows[0].total, 12);
    assert_int_equal(session_set_term(w->session, term("2026-12")), 0);
}

static void test_month_begins_while_another_is_shown(void **state)
{
    struct world *w = *state;

    assert_int_equal(session_set_term(w->session, term("2026-05")), 0);
    world_run(w);
    w->clock.shift += 10 * 86400;
    world_turn(w);
    assert_int_equal(session_term(w->session), term("2026-05"));
    assert_true(world_resource(w, RESOURCE_USAGE)->known);
    assert_int_equal(session_set_term(w->session, term("2026-12")), 0);
}

/* It is the billing zone's midnight that counts: 2026-11-30T15:00Z is December in Tokyo. */
static void test_month_of_the_billing_zone(void **state)
{
    struct world *w = *state;

    w->clock.shift += WORLD_NOW + 8 * 86400 + 3 * 3600 - clock_wall(&w->clock);
    w->profile.billing_timezone = "Asia/Tokyo";
    world_restart(w);
    assert_int_equal(session_term(w->session), term("2026-12"));
    w->profile.billing_timezone = "America/New_York";
    world_restart(w);
    assert_int_equal(session_term(w->session), term("2026-11"));
}

/* Minutes until R is asked for by itself, rounded up; -1: never. */
static int minutes_left(const struct resource *r)
{
    int64_t left = r->next_ms - clock_mono_ms();

    return r->next_ms == 0 ? -1 : (int)((left + 59999) / 60000);
}

static void test_next_refresh(void **state)
{
    struct world *w = *state;
    const struct resource *r = world_resource(w, RESOURCE_SERVERS);

    world_refresh(w, SERVERS);
    assert_int_equal(minutes_left(r), 15);
    assert_in_range(session_timeout_ms(w->session), 14 * 60000, 15 * 60000);
    session_pause(w->session, true);
    assert_true(session_paused(w->session));
    assert_int_equal(r->next_ms, 0);
    session_step(w->session, 1000, NULL);
    assert_true(session_timeout_ms(w->session) > 15 * 60000); /* the month's end is left */
    session_pause(w->session, false);
    assert_int_equal(minutes_left(r), 15);
    w->options.refresh_minutes = 0;
    world_restart(w);
    world_refresh(w, SERVERS);
    assert_int_equal(world_resource(w, RESOURCE_SERVERS)->next_ms, 0);
}

static void test_failures_wait_longer_each_time(void **state)
{
    static const int waits[] = {1, 2, 4, 8, 15, 15};
    struct world *w = *state;
    const struct resource *r = world_resource(w, RESOURCE_SERVERS);

    w->says[RESOURCE_SERVERS].status = 503;
    for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
        world_refresh(w, SERVERS);
        assert_true(r->failed);
        assert_int_equal(minutes_left(r), waits[i]);
    }
    /* Once it went well, it begins anew. */
    w->says[RESOURCE_SERVERS].status = 0;
    world_refresh(w, SERVERS);
    assert_int_equal(minutes_left(r), 15);
    w->says[RESOURCE_SERVERS].status = 503;
    world_refresh(w, SERVERS);
    assert_int_equal(minutes_left(r), 1);
    /* No waiting gives a permission. */
    w->says[RESOURCE_SERVERS].status = 403;
    world_refresh(w, SERVERS);
    assert_int_equal(minutes_left(r), 15);
}

static void test_only_what_is_due_is_asked_for(void **state)
{
    struct world *w = *state;

    world_refresh(w, SERVERS | RESOURCE_BIT(RESOURCE_STATES));
    w->session->slots[RESOURCE_SERVERS].due_ms = clock_mono_ms();
    w->session->slots[RESOURCE_SERVERS].r.next_ms = clock_mono_ms();
    assert_int_equal(session_timeout_ms(w->session), 0);
    world_run(w);
    assert_int_equal(world_asked(w, "/licenseservers"), 2);
    assert_int_equal(world_asked(w, "/serviceStates"), 1);
    assert_int_equal(minutes_left(world_resource(w, RESOURCE_SERVERS)), 15);
    /* Not while paused. */
    session_pause(w->session, true);
    w->session->slots[RESOURCE_SERVERS].due_ms = 1;
    world_run(w);
    assert_int_equal(world_asked(w, "/licenseservers"), 2);
    session_pause(w->session, false);
    world_run(w);
    assert_int_equal(world_asked(w, "/licenseservers"), 3);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_next_start_shows_the_last_answers),
        TEST(test_snapshot_confirmed_by_the_service),
        TEST(test_accounts_do_not_mix),
        TEST(test_broken_snapshot),
        TEST(test_without_a_store),
        TEST(test_offline),
        TEST(test_term),
        TEST(test_first_term_has_none_before),
        TEST(test_month_begins),
        TEST(test_month_begins_while_another_is_shown),
        TEST(test_month_of_the_billing_zone),
        TEST(test_next_refresh),
        TEST(test_failures_wait_longer_each_time),
        TEST(test_only_what_is_due_is_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
