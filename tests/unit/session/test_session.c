/* Refreshing: what is known, what failed, what was confirmed, and that one does not spoil another.
 */
#include "tests/unit/session/world.h"

#include <signal.h>

#define SERVERS RESOURCE_BIT(RESOURCE_SERVERS)

static void test_nothing_before_it_is_asked_for(void **state)
{
    struct world *w = *state;

    assert_false(world_turn(w));
    assert_int_equal(w->changed, 0);
    assert_int_equal(w->stub.accepted, 0);
    for (int k = 0; k < WORLD_RESOURCES; k++) {
        const struct resource *r = world_resource(w, (enum resource_kind)k);

        assert_int_equal(r->kind, k);
        assert_false(r->known || r->loading || r->failed || r->absent);
        assert_true(r->as_of == TIME_NONE);
        assert_int_equal(r->next_ms, 0);
        assert_true(resource_name(r->kind)[0] != '\0' && resource_title(r->kind)[0] != '\0');
    }
    assert_int_equal(session_servers(w->session)->count, 0);
    assert_non_null(session_api(w->session));
    assert_ptr_equal(session_profile(w->session), &w->profile);
    assert_ptr_equal(session_clock(w->session), &w->clock);
}

static void test_all_resources(void **state)
{
    struct world *w = *state;
    const struct server_list *servers = session_servers(w->session);
    char term[TERM_TEXT];

    world_refresh(w, WORLD_ALL);
    for (int k = 0; k < WORLD_RESOURCES; k++) {
        const struct resource *r = world_resource(w, (enum resource_kind)k);

        if (!r->known || r->failed)
            fail_msg("%s: %s %s", resource_name(r->kind), r->err.what, r->err.why);
        assert_false(r->from_snapshot || r->loading || r->absent);
        assert_in_range(r->as_of - WORLD_NOW, 0, 3600);
        assert_true(r->version > 0);
    }
    assert_int_equal(w->changed, WORLD_ALL | SESSION_CHANGED_HISTORY);
    assert_ptr_equal(session_servers(w->session), servers);
    assert_int_equal(servers->count, 2);
    assert_int_equal(session_customers(w->session)->count, 1);
    assert_int_equal(session_netscalers(w->session)->count, 1);
    assert_int_equal(session_notices(w->session)->count, 1);
    assert_int_equal(session_states(w->session)->count, 1);
    assert_int_equal(session_cloud_ud(w->session)->used, 7);
    assert_int_equal(session_cloud_ccu(w->session)->assigned, 4);
    assert_string_equal(term_text(session_term(w->session), term), "2026-11");
    assert_int_equal(session_usage(w->session)->rows[0].total, 11);
    assert_int_equal(session_usage(w->session)->term, session_term(w->session));
    assert_int_equal(session_usage_before(w->session)->rows[0].total, 10);
    assert_int_equal(session_usage_before(w->session)->term, session_term(w->session) - 1);
    /* One token for all; the history goes back a year. */
    assert_int_equal(world_asked(w, "/tokens/clients"), 1);
    assert_int_equal(world_asked(w, "startDate=2025-12&endDate=2026-11"), 1);
    assert_int_equal(w->stub.requests, WORLD_RESOURCES + 1);
}

static void test_old_data_stays_on_failure(void **state)
{
    struct world *w = *state;
    const struct resource *r = world_resource(w, RESOURCE_SERVERS);
    int64_t as_of;
    uint64_t version;

    world_refresh(w, WORLD_ALL);
    as_of = r->as_of;
    version = r->version;
    w->clock.shift += 600;
    w->says[RESOURCE_SERVERS] = (struct saying){.status = 500};
    world_refresh(w, WORLD_ALL);
    assert_true(r->known && r->failed);
    assert_int_equal(r->err.code, ERR_SERVER);
    assert_int_equal(r->err.status, 500);
    assert_int_equal(r->as_of, as_of);
    assert_int_equal(r->version, version);
    assert_int_equal(session_servers(w->session)->count, 2);
    assert_string_equal(session_servers(w->session)->rows[0].host_id, "LIC01");
    /* The others went on. */
    for (int k = 1; k < WORLD_RESOURCES; k++) {
        assert_false(world_resource(w, (enum resource_kind)k)->failed);
        assert_true(world_resource(w, (enum resource_kind)k)->as_of >= as_of + 600);
    }
    /* A half answer neither, and a success forgets the failure. */
    w->says[RESOURCE_SERVERS] = (struct saying){.how = STUB_TRUNCATE};
    world_refresh(w, SERVERS);
    assert_true(r->failed);
    assert_int_equal(session_servers(w->session)->count, 2);
    w->says[RESOURCE_SERVERS] = (struct saying){.body = SERVERS_OF(SERVER_ROW("LIC03"))};
    world_refresh(w, SERVERS);
    assert_false(r->failed);
    assert_int_equal(r->err.code, ERR_NONE);
    assert_true(r->version > version);
    assert_int_equal(session_servers(w->session)->count, 1);
    assert_string_equal(session_servers(w->session)->rows[0].host_id, "LIC03");
}

static void test_not_modified(void **state)
{
    struct world *w = *state;
    const struct resource *r = world_resource(w, RESOURCE_SERVERS);
    struct snapshot snap;
    uint64_t version;

    w->says[RESOURCE_SERVERS].etag = "\"e1\"";
    world_refresh(w, SERVERS);
    assert_string_equal(stub_header(world_last(w), "If-None-Match"), "");
    version = r->version;
    w->clock.shift += 600;
    world_refresh(w, SERVERS);
    assert_string_equal(stub_header(world_last(w), "If-None-Match"), "\"e1\"");
    assert_true(r->known && !r->failed);
    assert_int_equal(r->version, version);
    assert_true(r->as_of >= WORLD_NOW + 600);
    assert_int_equal(session_servers(w->session)->count, 2);
    /* The snapshot is as young as that. */
    snapshot_init(&snap);
    assert_int_equal(store_get_snapshot(w->store, "c", "servers", &snap, NULL), 1);
    assert_int_equal(snap.facts.as_of, r->as_of);
    assert_string_equal(snap.facts.etag, "\"e1\"");
    assert_string_equal(snap.body.data, world_bodies[RESOURCE_SERVERS]);
    snapshot_release(&snap);
    session_refresh(w->session, SERVERS, true);
    world_run(w);
    assert_string_equal(stub_header(world_last(w), "If-None-Match"), "");
    assert_true(r->version > version);
}

static void test_absent(void **state)
{
    struct world *w = *state;
    const struct resource *r;

    w->says[RESOURCE_CUSTOMERS].status = 404;
    w->says[RESOURCE_NETSCALERS].status = 501;
    w->says[RESOURCE_CLOUD_UD].status = 404;
    w->says[RESOURCE_SERVERS].status = 404;
    w->says[RESOURCE_STATES].status = 404;
    world_refresh(w, WORLD_ALL);
    for (int k = 0; k < WORLD_RESOURCES; k++) {
        bool gone = k == RESOURCE_CUSTOMERS || k == RESOURCE_NETSCALERS || k == RESOURCE_CLOUD_UD;
        bool bad = k == RESOURCE_SERVERS || k == RESOURCE_STATES;

        r = world_resource(w, (enum resource_kind)k);
        assert_int_equal(r->absent, gone);
        assert_int_equal(r->failed, bad);
        assert_int_equal(r->known, !gone && !bad);
    }
    w->says[RESOURCE_CUSTOMERS].status = 0;
    world_refresh(w, RESOURCE_BIT(RESOURCE_CUSTOMERS));
    r = world_resource(w, RESOURCE_CUSTOMERS);
    assert_true(r->known && !r->absent);
}

/* Nobody could sign in: that tells nothing about a product. */
static void test_sign_in_that_is_not_there(void **state)
{
    struct world *w = *state;

    w->token_status = 404;
    world_refresh(w, WORLD_ALL);
    for (int k = 0; k < WORLD_RESOURCES; k++) {
        assert_true(world_resource(w, (enum resource_kind)k)->failed);
        assert_false(world_resource(w, (enum resource_kind)k)->absent);
    }
}

static void test_forbidden(void **state)
{
    struct world *w = *state;
    const struct resource *r = world_resource(w, RESOURCE_CUSTOMERS);

    w->says[RESOURCE_CUSTOMERS].status = 403;
    world_refresh(w, WORLD_ALL);
    assert_true(r->failed && !r->absent && !r->known);
    assert_int_equal(r->err.code, ERR_FORBIDDEN);
    assert_true(r->err.what[0] != '\0' && r->err.next[0] != '\0');
    assert_true(world_resource(w, RESOURCE_SERVERS)->known);
}

static void test_unreadable_rows(void **state)
{
    struct world *w = *state;
    const struct resource *r = world_resource(w, RESOURCE_SERVERS);

    w->says[RESOURCE_SERVERS].body = SERVERS_OF(SERVER_ROW("A") ",5," SERVER_ROW("B") ",null");
    world_refresh(w, SERVERS);
    assert_int_equal(session_servers(w->session)->count, 2);
    assert_int_equal(r->unreadable, 2);
    assert_int_equal(r->first_unreadable, 2);
    /* The gap is still told when the data come from the store. */
    world_restart(w);
    session_recall(w->session);
    r = world_resource(w, RESOURCE_SERVERS);
    assert_true(r->known && r->from_snapshot);
    assert_int_equal(r->unreadable, 2);
    assert_int_equal(r->first_unreadable, 2);
}

static void test_asked_once_at_a_time(void **state)
{
    struct world *w = *state;

    w->says[RESOURCE_SERVERS].how = STUB_STALL;
    session_refresh(w->session, SERVERS, false);
    assert_true(world_resource(w, RESOURCE_SERVERS)->loading);
    world_run_until_asked(w, 2);
    session_refresh(w->session, SERVERS, false);
    session_refresh(w->session, RESOURCE_BIT(RESOURCE_STATES), false);
    world_run_until_asked(w, 3);
    assert_int_equal(world_asked(w, "/licenseservers"), 1);
}

static void test_cancel(void **state)
{
    struct world *w = *state;
    const struct resource *r = world_resource(w, RESOURCE_SERVERS);
    uint64_t version;

    assert_int_equal(session_cancel(w->session, WORLD_ALL), 0);
    world_refresh(w, SERVERS);
    version = r->version;
    w->says[RESOURCE_SERVERS].how = w->says[RESOURCE_STATES].how = STUB_STALL;
    session_refresh(w->session, SERVERS | RESOURCE_BIT(RESOURCE_STATES), false);
    world_run_until_asked(w, 4);
    assert_int_equal(session_cancel(w->session, SERVERS), 1);
    assert_false(r->loading || r->failed);
    assert_true(r->known);
    assert_int_equal(r->version, version);
    assert_int_equal(session_servers(w->session)->count, 2);
    assert_true(world_resource(w, RESOURCE_STATES)->loading);
    w->changed = 0;
    world_turn(w);
    assert_int_equal(w->changed & SERVERS, SERVERS);
    assert_int_equal(session_cancel(w->session, WORLD_ALL), 1);
    assert_int_equal(session_cancel(w->session, WORLD_ALL), 0);
    /* Never known, never failed. */
    assert_false(world_resource(w, RESOURCE_STATES)->known);
    assert_false(world_resource(w, RESOURCE_STATES)->failed);
}

static void test_free_while_loading(void **state)
{
    struct world *w = *state;

    w->says[RESOURCE_SERVERS].how = STUB_HALF;
    session_refresh(w->session, WORLD_ALL, false);
    world_run_until_asked(w, 3);
    world_restart(w);
    assert_false(world_resource(w, RESOURCE_SERVERS)->loading);
}

/* Bits are given when something changed, and only then. */
static void test_changed_bits(void **state)
{
    struct world *w = *state;
    unsigned changed = 99;

    session_step(w->session, 1000, &changed);
    assert_int_equal(changed, 0);
    session_refresh(w->session, SERVERS, false);
    assert_int_equal(session_timeout_ms(w->session), 0);
    session_step(w->session, 1000, &changed);
    assert_int_equal(changed, SERVERS);
    world_run(w);
    session_step(w->session, 1000, &changed);
    assert_int_equal(changed, 0);
    session_pause(w->session, true);
    session_step(w->session, 1000, &changed);
    assert_int_equal(changed, SERVERS); /* its next_ms is gone */
    session_pause(w->session, true);
    session_step(w->session, 1000, &changed);
    assert_int_equal(changed, 0);
}

static void test_attempts_are_told(void **state)
{
    struct world *w = *state;
    const struct resource *r;
    int highest = 0;
    unsigned bits = 0;

    w->options.attempts = 4;
    world_restart(w);
    w->says[RESOURCE_SERVERS].failures = 2;
    session_refresh(w->session, SERVERS, false);
    r = world_resource(w, RESOURCE_SERVERS);
    for (bool loading = true; loading;) {
        int before = r->progress.attempt;

        w->changed = 0;
        loading = world_turn(w);
        bits |= w->changed;
        if (r->loading && r->progress.attempt != before)
            assert_int_equal(w->changed & SERVERS, SERVERS);
        if (r->loading && r->progress.attempt > highest)
            highest = r->progress.attempt;
    }
    assert_int_equal(highest, 3);
    assert_int_equal(bits, SERVERS);
    assert_true(r->known && !r->failed);
    assert_int_equal(r->progress.attempt, 0);
}

/* Serves in a process of its own, since session_fetch() has a loop of its own. */
static pid_t serve_apart(struct world *w)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    for (;;) {
        struct api_fd fds[STUB_CONNS + 1];
        struct pollfd p[STUB_CONNS + 1];
        size_t n = stub_fds(&w->stub, fds);

        for (size_t i = 0; i < n; i++)
            p[i] = (struct pollfd){.fd = fds[i].fd, .events = fds[i].events};
        if (poll(p, n, STUB_WAIT_MS) <= 0)
            _exit(1);
        stub_turn(&w->stub);
    }
}

static void test_fetch(void **state)
{
    const unsigned mask = SERVERS | RESOURCE_BIT(RESOURCE_CUSTOMERS);
    struct world *w = *state;
    struct err err = {0};
    pid_t pid;

    w->says[RESOURCE_CUSTOMERS].status = 404;
    w->says[RESOURCE_STATES].status = 403;
    pid = serve_apart(w);
    assert_int_equal(session_fetch(w->session, mask, &err), 0);
    assert_int_equal(session_servers(w->session)->count, 2);
    assert_true(world_resource(w, RESOURCE_CUSTOMERS)->absent);
    assert_false(world_resource(w, RESOURCE_NOTICES)->known);
    assert_int_equal(session_fetch(w->session, WORLD_ALL, &err), ERR_FORBIDDEN);
    assert_int_equal(err.status, 403);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    /* Known from before, but not from now. */
    stub_close(&w->stub);
    assert_int_equal(session_fetch(w->session, SERVERS, &err), ERR_UNREACHABLE);
    assert_true(world_resource(w, RESOURCE_SERVERS)->known);
    stub_open(&w->stub, world_handle);
}

static void test_read_only(void **state)
{
    struct world *w = *state;

    assert_false(session_read_only(w->session));
    w->options.read_only = true;
    world_restart(w);
    assert_true(session_read_only(w->session));
    world_refresh(w, SERVERS);
    assert_true(world_resource(w, RESOURCE_SERVERS)->known);
    w->options.read_only = false;
    w->profile.read_only = true;
    world_restart(w);
    assert_true(session_read_only(w->session));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_nothing_before_it_is_asked_for),
        TEST(test_all_resources),
        TEST(test_old_data_stays_on_failure),
        TEST(test_not_modified),
        TEST(test_absent),
        TEST(test_sign_in_that_is_not_there),
        TEST(test_forbidden),
        TEST(test_unreadable_rows),
        TEST(test_asked_once_at_a_time),
        TEST(test_cancel),
        TEST(test_free_while_loading),
        TEST(test_changed_bits),
        TEST(test_attempts_are_told),
        TEST(test_fetch),
        TEST(test_read_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
