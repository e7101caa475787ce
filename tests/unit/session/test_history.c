/* The monthly history from the service: order, how many at a time, what failures do, and that no
 * term is asked for twice. */
#include "tests/unit/session/years.h"

#include <signal.h>

static void test_newest_first_and_four_at_a_time(void **state)
{
    struct years *y = *state;
    struct history_progress p;
    size_t first = 0;

    session_want_history(y->w->session, TWO_YEARS_AGO, NOV);
    p = years_progress(y);
    assert_int_equal(p.wanted, 24);
    assert_int_equal(p.loading, 24);
    assert_int_equal(p.known, 0);
    years_run(y);
    p = years_progress(y);
    assert_true(p.wanted == 24 && p.known == 24 && p.loading == 0 && p.failed == 0 && !p.stopped);
    assert_int_equal(p.err.code, ERR_NONE);
    assert_int_equal(session_history(y->w->session)->count, 24);
    years_check(y, TWO_YEARS_AGO, NOV);
    assert_int_equal(y->most, HISTORY_CALLS_MAX);
    assert_int_equal(y->w->stub.requests, 25);
    while (years_asked_term(&y->w->stub.log[first]) == TERM_NONE)
        first++;
    /* Four connections may overtake one another, but no more than that. */
    for (size_t i = first; i < y->w->stub.requests; i++) {
        int rank = NOV - years_asked_term(&y->w->stub.log[i]), place = (int)(i - first);

        assert_in_range(rank - place + 3, 0, 6);
    }
    assert_true(y->w->changed & SESSION_CHANGED_HISTORY);
}

static void test_wanting_again_changes_nothing(void **state)
{
    struct years *y = *state;
    uint64_t version;
    size_t asked;

    years_want(y, NOV - 5, NOV);
    version = session_history_version(y->w->session);
    asked = y->w->stub.requests;
    y->w->changed = 0;
    session_want_history(y->w->session, NOV - 5, NOV);
    session_want_history(y->w->session, NOV - 2, NOV - 1);
    session_want_history(y->w->session, NOV, NOV - 1);
    years_run(y);
    assert_int_equal(y->w->changed, 0);
    assert_int_equal(session_history_version(y->w->session), version);
    assert_int_equal(y->w->stub.requests, asked);
    /* More of them: only those. */
    years_want(y, NOV - 7, NOV);
    assert_int_equal(y->w->stub.requests, asked + 2);
    years_check(y, NOV - 7, NOV);
}

static void test_cut_to_the_terms_there_are(void **state)
{
    struct years *y = *state;

    session_want_history(y->w->session, NOV + 1, NOV + 9);
    assert_int_equal(years_progress(y).wanted, 0);
    years_want(y, -5, INT32_MAX);
    assert_int_equal(years_progress(y).wanted, NOV - TERM_FIRST + 1);
    years_check(y, TERM_FIRST, NOV);
    assert_int_equal(years_asked_any(y, 0), NOV - TERM_FIRST + 1);
}

static void test_the_rest_goes_first(void **state)
{
    struct years *y = *state;

    for (int k = 0; k < WORLD_RESOURCES; k++)
        y->w->says[k].how = STUB_STALL;
    session_want_history(y->w->session, TWO_YEARS_AGO, NOV);
    session_refresh(y->w->session, WORLD_ALL, false);
    years_run_until_asked(y, 1 + 2 + 4);
    years_idle(y);
    /* Four connections are taken and others wait for one. */
    assert_int_equal(years_asked_any(y, 0), 2);
    assert_int_equal(api_active(session_api(y->w->session)), WORLD_RESOURCES - 2);
    assert_int_equal(years_progress(y).known, 2);
    session_cancel(y->w->session, WORLD_ALL & ~USAGES);
    years_run(y);
    assert_int_equal(years_progress(y).known, 24);
    assert_int_equal(years_asked_any(y, 0), 24);
}

static void test_resources_load_into_the_history(void **state)
{
    struct years *y = *state;
    uint64_t version;

    y->etags = true;
    years_refresh(y, USAGES | RESOURCE_BIT(RESOURCE_SERVERS));
    years_check(y, OCT, NOV);
    assert_int_equal(session_history(y->w->session)->running, NOV);
    assert_int_equal(years_progress(y).wanted, 0);
    assert_true(history_month(session_history(y->w->session), NOV)->gap.known);
    years_want(y, OCT, NOV);
    assert_int_equal(years_progress(y).known, 2);
    assert_int_equal(years_asked_any(y, 0), 2);
    /* What is confirmed changes nothing. */
    version = session_history_version(y->w->session);
    years_refresh(y, USAGES);
    assert_string_equal(years_condition(y, NOV), "\"m24322\"");
    assert_int_equal(session_history_version(y->w->session), version);
    /* New servers are other gaps. */
    y->w->says[RESOURCE_SERVERS].body =
        SERVERS_OF("{\"hostId\":\"A\",\"isPhoningHome\":false,\"isFoundInBackOffice\":true,"
                   "\"isEverReported\":true,\"isCompliant\":true,\"isLicenseServerFree\":false,"
                   "\"isNonCspLicenseInstalled\":false,\"isCcu\":false,\"isExpired\":false}");
    assert_false(history_month(session_history(y->w->session), NOV)->incomplete);
    years_refresh(y, RESOURCE_BIT(RESOURCE_SERVERS));
    assert_true(session_history_version(y->w->session) > version);
    assert_true(history_month(session_history(y->w->session), NOV)->incomplete);
}

static void test_broken_months(void **state)
{
    struct years *y = *state;
    struct history_progress p;
    size_t asked;

    years_says(y, NOV - 6)->status = 500;
    years_says(y, NOV - 9)->body = "{\"skus\":[{\"features\"";
    years_want(y, TWO_YEARS_AGO, NOV);
    p = years_progress(y);
    assert_true(p.known == 22 && p.failed == 2 && p.loading == 0 && !p.stopped);
    assert_int_equal(p.err.code, ERR_SERVER);
    assert_int_equal(p.err.status, 500);
    assert_int_equal(years_has(y, NOV - 6), -1);
    assert_int_equal(years_has(y, NOV - 9), -1);
    assert_true(years_term(y, NOV - 6).failed && !years_term(y, NOV - 6).known);
    years_check(y, NOV - 5, NOV);
    years_check(y, TWO_YEARS_AGO, NOV - 10);
    /* The next refresh asks for what failed and for what is not settled. */
    years_says(y, NOV - 6)->status = 0;
    asked = y->w->stub.requests;
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    assert_int_equal(y->w->stub.requests, asked + 3);
    assert_int_equal(years_asked(y, asked, NOV), 1);
    p = years_progress(y);
    assert_true(p.known == 23 && p.failed == 1);
    assert_int_equal(p.err.code, ERR_DATA);
    years_says(y, NOV - 9)->body = NULL;
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    p = years_progress(y);
    assert_true(p.known == 24 && p.failed == 0);
    assert_int_equal(p.err.code, ERR_NONE);
}

static void test_unreadable_rows_are_told(void **state)
{
    struct years *y = *state;

    years_says(y, NOV - 3)->body =
        "{\"skus\":[{\"features\":[{\"featureId\":\"XDT_PLT_UD\",\"count\":4,\"freeUsersCount\":9,"
        "\"licenseServerCount\":1,\"freeLicenseServerCount\":0}]}]}";
    years_want(y, NOV - 5, NOV);
    assert_int_equal(years_progress(y).unreadable, 1);
    assert_int_equal(years_term(y, NOV - 3).unreadable, 1);
    assert_int_equal(years_term(y, NOV - 2).unreadable, 0);
}

static void test_not_permitted_stops_the_rest(void **state)
{
    struct years *y = *state;
    struct history_progress p;
    size_t asked;

    for (int term = TERM_FIRST; term <= NOV; term++)
        years_says(y, term)->status = term > NOV - 6 ? 200 : term % 2 == 0 ? 403 : 404;
    years_want(y, TWO_YEARS_AGO, NOV);
    p = years_progress(y);
    assert_true(p.stopped && p.known == 6 && p.failed == 1 && p.loading == 0);
    assert_true(p.err.code == ERR_FORBIDDEN || p.err.code == ERR_NOTFOUND);
    assert_in_range(years_asked_any(y, 0), 7, 6 + HISTORY_CALLS_MAX);
    /* Not for more terms either. */
    asked = y->w->stub.requests;
    years_want(y, TWO_YEARS_AGO - 12, NOV);
    assert_int_equal(y->w->stub.requests, asked);
    assert_int_equal(years_progress(y).failed, 1);
    for (int term = TERM_FIRST; term <= NOV; term++)
        years_says(y, term)->status = 0;
    years_refresh(y, RESOURCE_BIT(RESOURCE_USAGE));
    p = years_progress(y);
    assert_true(!p.stopped && p.known == 36 && p.failed == 0);
}

static void test_outage_stops_after_some(void **state)
{
    struct years *y = *state;

    for (int term = TERM_FIRST; term <= NOV; term++)
        years_says(y, term)->status = 503;
    years_want(y, TERM_FIRST, NOV);
    assert_true(years_progress(y).stopped);
    assert_int_equal(years_progress(y).loading, 0);
    assert_in_range(years_asked_any(y, 0), HISTORY_FAILURES_MAX,
                    HISTORY_FAILURES_MAX + HISTORY_CALLS_MAX);
}

static void test_no_sign_in(void **state)
{
    struct years *y = *state;

    y->w->token_status = 401;
    years_want(y, TERM_FIRST, NOV);
    assert_int_equal(years_progress(y).failed, 1);
    assert_int_equal(years_progress(y).err.code, ERR_AUTH);
    assert_int_equal(y->w->stub.requests, 1);
}

static void test_cancel(void **state)
{
    struct years *y = *state;
    struct history_progress p;

    assert_int_equal(session_cancel_history(y->w->session), 0);
    for (int term = TERM_FIRST; term <= NOV; term++)
        years_says(y, term)->how = STUB_STALL;
    session_want_history(y->w->session, TWO_YEARS_AGO, NOV);
    years_run_until_asked(y, 1 + HISTORY_CALLS_MAX);
    years_idle(y);
    assert_int_equal(y->w->stub.requests, 1 + HISTORY_CALLS_MAX);
    assert_int_equal(session_cancel(y->w->session, USAGES), HISTORY_CALLS_MAX);
    p = years_progress(y);
    assert_true(p.loading == 0 && p.failed == 0 && p.known == 0 && p.wanted == 24);
    session_want_history(y->w->session, TWO_YEARS_AGO, NOV);
    years_idle(y);
    assert_int_equal(y->w->stub.requests, 1 + HISTORY_CALLS_MAX);
    assert_int_equal(session_cancel(y->w->session, WORLD_ALL), 0);
    /* Until the next refresh. */
    memset(y->says, 0, sizeof(y->says));
    years_refresh(y, USAGES);
    assert_int_equal(years_progress(y).known, 24);
}

static void test_cancel_leaves_the_resources(void **state)
{
    struct years *y = *state;

    for (int term = TERM_FIRST; term <= NOV; term++)
        years_says(y, term)->how = STUB_STALL;
    session_refresh(y->w->session, USAGES, false);
    session_want_history(y->w->session, TWO_YEARS_AGO, NOV);
    years_run_until_asked(y, 1 + HISTORY_CALLS_MAX);
    assert_int_equal(session_cancel_history(y->w->session), HISTORY_CALLS_MAX - 2);
    assert_true(world_resource(y->w, RESOURCE_USAGE)->loading);
    /* What the store may know of the others is still looked up; nothing is asked. */
    years_idle(y);
    assert_int_equal(years_progress(y).loading, 0);
    assert_int_equal(y->w->stub.requests, 1 + HISTORY_CALLS_MAX);
    assert_int_equal(session_cancel(y->w->session, USAGES), 2);
}

static void test_free_while_loading(void **state)
{
    struct years *y = *state;

    for (int term = TERM_FIRST; term <= NOV; term++)
        years_says(y, term)->how = term % 2 == 0 ? STUB_HALF : STUB_SEND;
    session_want_history(y->w->session, TWO_YEARS_AGO, NOV);
    years_run_until_asked(y, 6);
    world_restart(y->w);
    assert_int_equal(years_progress(y).wanted, 0);
}

/* A month that another pane's choice takes over while it is asked for. */
static void test_choosing_a_month(void **state)
{
    struct years *y = *state;

    years_says(y, NOV - 2)->how = STUB_STALL;
    years_says(y, NOV - 7)->how = STUB_STALL;
    session_want_history(y->w->session, NOV - 11, NOV);
    years_run_until_asked(y, 13);
    years_idle(y);
    memset(y->says, 0, sizeof(y->says));
    assert_int_equal(session_set_term(y->w->session, NOV - 2), 0);
    session_step(y->w->session, 0, NULL);
    /* Its own call has ended, the other one runs, and two are the resources'. */
    assert_int_equal(api_active(session_api(y->w->session)), 3);
    assert_int_equal(session_cancel_history(y->w->session), 1);
    years_refresh(y, USAGES);
    years_check(y, NOV - 11, NOV);
    assert_int_equal(session_usage(y->w->session)->rows[0].total, years_users(NOV - 2));
    assert_int_equal(years_asked(y, 0, NOV - 4), 1);
    assert_int_equal(years_asked(y, 0, NOV - 2), 2);
    /* And one that the history has is not asked for by it again when the resources leave it. */
    assert_int_equal(session_set_term(y->w->session, NOV), 0);
    years_run(y);
    assert_int_equal(years_asked(y, 0, NOV - 2), 2);
}

/* Serves in a process of its own, since session_fetch_history() has a loop of its own. */
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
    struct years *y = *state;
    struct err err = {0};
    pid_t pid;

    assert_int_equal(session_fetch_history(y->w->session, NOV + 1, NOV + 2, &err), ERR_DATA);
    years_says(y, NOV - 13)->status = 500;
    pid = serve_apart(y->w);
    assert_int_equal(session_fetch_history(y->w->session, NOV - 11, NOV + 5, &err), 0);
    years_check(y, NOV - 11, NOV);
    assert_int_equal(session_fetch_history(y->w->session, NOV - 14, NOV - 10, &err), ERR_SERVER);
    assert_int_equal(err.status, 500);
    years_check(y, NOV - 14, NOV - 14);
    years_check(y, NOV - 12, NOV);
    /* A failure elsewhere is none here. */
    assert_int_equal(session_fetch_history(y->w->session, NOV - 11, NOV, &err), 0);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_newest_first_and_four_at_a_time),
        TEST(test_wanting_again_changes_nothing),
        TEST(test_cut_to_the_terms_there_are),
        TEST(test_the_rest_goes_first),
        TEST(test_resources_load_into_the_history),
        TEST(test_broken_months),
        TEST(test_unreadable_rows_are_told),
        TEST(test_not_permitted_stops_the_rest),
        TEST(test_outage_stops_after_some),
        TEST(test_no_sign_in),
        TEST(test_cancel),
        TEST(test_cancel_leaves_the_resources),
        TEST(test_free_while_loading),
        TEST(test_choosing_a_month),
        TEST(test_fetch),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
