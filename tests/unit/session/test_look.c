/* What is about one server or customer, and operations that an account may not have. */
#include "tests/unit/session/world.h"

#define DETAIL RESOURCE_SERVER_DETAIL

/* A session whose profile has the operation for one server's licences. */
static void open_with_detail(struct world *w)
{
    static char url[160];

    snprintf(url, sizeof(url), "%s/detail/{fqdn}", w->stub.base);
    w->profile.operations[OPERATION_server_detail] = url;
    world_restart(w);
}

static void test_off_is_never_asked(void **state)
{
    struct world *w = *state;

    assert_true(world_resource(w, RESOURCE_CLOUD_SUMMARY)->off);
    assert_true(world_resource(w, RESOURCE_DEPLOYMENTS)->off);
    assert_true(world_resource(w, DETAIL)->off);
    assert_false(world_resource(w, RESOURCE_SERVERS)->off);
    assert_false(world_resource(w, RESOURCE_TENANT_USE)->off);
    world_refresh(w, RESOURCE_ALL);
    assert_int_equal(session_look(w->session, DETAIL, "lic01"), 0);
    world_run(w);
    assert_int_equal(world_asked(w, "/detail/"), 0);
    assert_false(world_resource(w, DETAIL)->known);
    assert_false(world_resource(w, DETAIL)->failed);
    assert_string_equal(resource_setting(DETAIL), "server_detail");
    assert_null(resource_setting(RESOURCE_SERVERS));
}

static void test_nothing_without_a_key(void **state)
{
    char longest[400];
    struct world *w = *state;

    open_with_detail(w);
    world_refresh(w, RESOURCE_ALL);
    assert_int_equal(world_asked(w, "/detail/"), 0);
    assert_string_equal(session_key(w->session, DETAIL), "");
    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    assert_int_equal(session_look(w->session, DETAIL, ""), ERR_USAGE);
    assert_int_equal(session_look(w->session, DETAIL, NULL), ERR_USAGE);
    assert_int_equal(session_look(w->session, DETAIL, longest), ERR_TOOBIG);
    assert_string_equal(session_key(w->session, DETAIL), "");
}

/* The same key asks once; another one shows nothing of the first. */
static void test_a_key_at_a_time(void **state)
{
    struct world *w = *state;

    open_with_detail(w);
    assert_int_equal(session_look(w->session, DETAIL, "lic 01/é"), 0);
    world_run(w);
    assert_int_equal(world_asked(w, "/detail/lic%2001%2F%C3%A9"), 1);
    assert_true(world_resource(w, DETAIL)->known);
    assert_int_equal(session_server_detail(w->session)->count, 1);
    assert_int_equal(session_look(w->session, DETAIL, "lic 01/é"), 0);
    world_run(w);
    assert_int_equal(world_asked(w, "/detail/"), 1);
    w->says[DETAIL].status = 403;
    w->says[DETAIL].body = "{}";
    assert_int_equal(session_look(w->session, DETAIL, "lic02"), 0);
    assert_false(world_resource(w, DETAIL)->known);
    assert_int_equal(session_server_detail(w->session)->count, 0);
    world_run(w);
    assert_true(world_resource(w, DETAIL)->failed);
    assert_string_equal(session_key(w->session, DETAIL), "lic02");
}

/* Names come from the service: none of them may lead to another address. */
static void test_names_that_are_ways(void **state)
{
    static const char *const ways[] = {".", ".."};
    struct world *w = *state;

    open_with_detail(w);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(session_look(w->session, DETAIL, ways[i]), 0);
        world_run(w);
        assert_true(world_resource(w, DETAIL)->failed);
        assert_int_equal(world_resource(w, DETAIL)->err.code, ERR_DATA);
    }
    assert_int_equal(w->stub.requests, 0);
    assert_int_equal(session_look(w->session, DETAIL, "../x"), 0);
    world_run(w);
    assert_int_equal(world_asked(w, "/detail/..%2Fx"), 1);
}

/* What was looked at is remembered by its key, and asked again with its ETag. */
static void test_remembered_by_key(void **state)
{
    struct world *w = *state;

    open_with_detail(w);
    w->says[DETAIL].etag = "\"e1\"";
    assert_int_equal(session_look(w->session, DETAIL, "lic01"), 0);
    world_run(w);
    world_restart(w);
    assert_int_equal(session_look(w->session, DETAIL, "lic01"), 0);
    assert_true(world_resource(w, DETAIL)->known);
    assert_true(world_resource(w, DETAIL)->from_snapshot);
    assert_int_equal(session_server_detail(w->session)->count, 1);
    world_run(w);
    assert_string_equal(stub_header(world_last(w), "If-None-Match"), "\"e1\"");
    assert_false(world_resource(w, DETAIL)->from_snapshot);
    assert_int_equal(session_look(w->session, DETAIL, "lic02"), 0);
    assert_false(world_resource(w, DETAIL)->known);
}

/* Other customers' notifications have their own address; a URL without a place for the customer
 * cannot be asked, and says so. */
static void test_notices_of_a_customer(void **state)
{
    static char url[160];
    const struct resource *r;
    struct world *w = *state;

    snprintf(url, sizeof(url), "%s/of/{customerId}", w->stub.base);
    w->profile.notifications_of = url;
    world_restart(w);
    r = world_resource(w, RESOURCE_CUSTOMER_NOTICES);
    assert_int_equal(session_look(w->session, RESOURCE_CUSTOMER_NOTICES, "a&b"), 0);
    world_run(w);
    assert_int_equal(world_asked(w, "/of/a%26b/notifications"), 1);
    assert_true(r->known);
    assert_int_equal(session_customer_notices(w->session)->count, 1);
    w->profile.notifications_of = w->stub.base;
    world_restart(w);
    r = world_resource(w, RESOURCE_CUSTOMER_NOTICES);
    assert_int_equal(session_look(w->session, RESOURCE_CUSTOMER_NOTICES, "c"), 0);
    assert_true(r->failed);
    assert_int_equal(r->err.code, ERR_SETTINGS);
    assert_string_equal(r->err.why, "its URL in the profile has no {customerId}");
}

static void test_use_of_a_tenant(void **state)
{
    struct world *w = *state;

    assert_int_equal(session_look(w->session, RESOURCE_TENANT_USE, "a&b"), 0);
    world_run(w);
    assert_int_equal(world_asked(w, "/activeuse/partner/tenant/cloud/cvad/current?customer=a%26b"),
                     1);
    assert_true(session_tenant_use(w->session)->known);
    assert_false(session_tenant_use(w->session)->concurrent.known);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_off_is_never_asked),    WORLD_TEST(test_nothing_without_a_key),
        WORLD_TEST(test_a_key_at_a_time),       WORLD_TEST(test_remembered_by_key),
        WORLD_TEST(test_notices_of_a_customer), WORLD_TEST(test_use_of_a_tenant),
        WORLD_TEST(test_names_that_are_ways),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
