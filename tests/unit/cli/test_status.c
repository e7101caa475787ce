#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/status.h"
#include "model/term.h"
#include "session/config.h"
#include "tests/unit/cli/fixture.h"

/* A status over lists made by hand; everything is known, nothing is wrong. */
static struct world {
    struct status s;
    struct profile profile;
    struct resource resources[RESOURCE_COUNT];
    struct server_list servers;
    struct usage_list usage;
    struct customer_list customers;
    struct netscaler_list netscalers;
    struct notice_list notices;
    struct buf out;
} w;

static void add_feature(const char *id, int64_t total, int64_t free_users)
{
    struct usage_feature *f = usage_list_add(&w.usage);

    f->feature_id = arena_strdup(&w.usage.arena, id);
    f->total = total;
    f->free = free_users;
}

static int setup(void **state)
{
    (void)state;
    memset(&w, 0, sizeof(w));
    w.profile.name = "nimbus";
    w.profile.customer_id = "nimbus7q2x";
    w.profile.billing_timezone = "UTC";
    status_init(&w.s);
    w.s.profile = &w.profile;
    w.s.now = NOW;
    assert_int_equal(term_parse("2026-11", &w.s.term, NULL), 0);
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        w.resources[k] = (struct resource){.kind = (enum resource_kind)k, .known = true};
        w.resources[k].as_of = NOW - 120;
        w.s.resources[k] = &w.resources[k];
    }
    server_list_init(&w.servers);
    usage_list_init(&w.usage, w.s.term);
    customer_list_init(&w.customers);
    netscaler_list_init(&w.netscalers);
    notice_list_init(&w.notices);
    w.s.servers = &w.servers;
    w.s.usage = &w.usage;
    w.s.customers = &w.customers;
    w.s.netscalers = &w.netscalers;
    w.s.notices = &w.notices;
    buf_init(&w.out, 1 << 20);
    fixture_server(&w.servers, "lic01", 0, 210);
    fixture_server(&w.servers, "lic03", 0, 9);
    add_feature("XDT_PLT_UD", 3102, 152);
    add_feature("XDT_ADV_UD", 1204, 193);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    status_release(&w.s);
    server_list_release(&w.servers);
    usage_list_release(&w.usage);
    customer_list_release(&w.customers);
    netscaler_list_release(&w.netscalers);
    notice_list_release(&w.notices);
    buf_release(&w.out);
    return 0;
}

static const char *text(void)
{
    server_list_finish(&w.servers);
    usage_list_finish(&w.usage);
    assert_int_equal(status_derive(&w.s, NULL), 0);
    buf_reset(&w.out);
    status_text(&w.s, &w.out);
    assert_int_equal(w.out.failed, 0);
    return w.out.data;
}

static void expect(const char *needle)
{
    if (strstr(text(), needle) == NULL)
        fail_msg("no \"%s\" in:\n%s", needle, w.out.data);
}

static void refuse(const char *needle)
{
    if (strstr(text(), needle) != NULL)
        fail_msg("\"%s\" in:\n%s", needle, w.out.data);
}

static void test_all_known(void **state)
{
    (void)state;
    expect("ACCOUNT        nimbus7q2x, profile nimbus\n");
    expect("SERVERS        2 of 2 reporting");
    expect("  expires      lic03, in 9 d\n");
    expect("USAGE Nov 2026 4 306 users, 3 961 paid, 345 free\n");
    expect("  Premium                          3 102 users     2 950 paid       152 free\n");
    /* Nov 23, 14:00 to Dec 11, 00:00 */
    expect("TAGGING        Nov 2026 closes in 17 d 10 h\n");
    expect("NETSCALER      none\n");
    expect("(2026-11-23T13:58:00Z), 2 min old\n");
    refuse(">=");
    refuse("not known");
}

static void test_silent_servers_make_totals_lower_bounds(void **state)
{
    (void)state;
    fixture_server(&w.servers, "lic07", 13, 120);
    fixture_server(&w.servers, "lic11", 4, 61);
    fixture_server(&w.servers, "lic15", -1, DAYS_NONE);
    expect("SERVERS        2 of 5 reporting");
    expect("  silent       lic07, 13 d\n"
           "  silent       lic11, 4 d\n"
           "  never        lic15, never reported\n");
    expect(">= 4 306 users, >= 3 961 paid, ~ 345 free (3 of 5 servers silent)\n");
    expect("  Premium                       >= 3 102 users  >= 2 950 paid");
}

static void test_failed_resources_are_not_empty(void **state)
{
    struct resource *r = &w.resources[RESOURCE_SERVERS];

    (void)state;
    r->known = false;
    r->failed = true;
    err_set(&r->err, ERR_FORBIDDEN, "License servers could not be read");
    w.resources[RESOURCE_NETSCALERS].known = false;
    w.resources[RESOURCE_NETSCALERS].absent = true;
    w.resources[RESOURCE_NOTICES].known = false;
    expect("SERVERS        not known: not permitted\n");
    expect(">= 4 306 users, >= 3 961 paid, ~ 345 free (server status not known)\n");
    expect("NETSCALER      not part of this account\n");
    expect("NOTIFICATIONS  not known\n");
}

static void test_old_data_says_so(void **state)
{
    struct resource *r = &w.resources[RESOURCE_SERVERS];

    (void)state;
    r->failed = true;
    r->as_of = NOW - 7200;
    expect("2 of 2 reporting, 1 with a warning (2 h old, could not be refreshed)\n");
    expect("345 free (server status not refreshed)\n");
    expect(", 2 h old\n");
}

static void test_null_and_unreadable(void **state)
{
    (void)state;
    w.resources[RESOURCE_USAGE].unreadable = 3;
    expect(">= 4 306 users, >= 3 961 paid, ~ 345 free (3 of the rows unreadable), 3 unreadable");
    w.servers.unavailable = true;
    expect("SERVERS        not known: the service has no status\n");
}

/* On Dec 3, November's window is the one that is about to close. */
static void test_previous_window_first(void **state)
{
    (void)state;
    w.s.now = NOW + DAYS(10);
    assert_int_equal(term_parse("2026-12", &w.s.term, NULL), 0);
    expect("TAGGING        Nov 2026 closes in 7 d 10 h\n");
}

static void test_hostile_names(void **state)
{
    (void)state;
    fixture_server(&w.servers, "evil\x1b[2J\nSERVERS 14 of 14", 3, 100);
    expect("evil\\x1b[2J");
    refuse("\x1b");
    refuse("\nSERVERS 14");
}

static void test_json(void **state)
{
    json_t *j, *servers, *usage;

    (void)state;
    fixture_server(&w.servers, "lic07", 13, 120);
    w.resources[RESOURCE_NOTICES].known = false;
    w.resources[RESOURCE_NOTICES].failed = true;
    err_set(&w.resources[RESOURCE_NOTICES].err, ERR_TIMEOUT, "Notifications could not be read");
    text();
    buf_reset(&w.out);
    status_json(&w.s, &w.out);
    j = json_loads(w.out.data, 0, NULL);
    assert_non_null(j);
    assert_string_equal(json_string_value(json_object_get(j, "term")), "2026-11");
    servers = json_object_get(j, "servers");
    assert_int_equal(json_integer_value(json_object_get(servers, "all")), 3);
    assert_int_equal(json_integer_value(json_object_get(servers, "reporting")), 2);
    assert_int_equal(json_array_size(json_object_get(servers, "silent")), 1);
    assert_int_equal(json_array_size(json_object_get(servers, "expiring")), 1);
    usage = json_object_get(j, "usage");
    assert_true(json_is_false(json_object_get(usage, "complete")));
    assert_int_equal(json_integer_value(json_object_get(usage, "total")), 4306);
    assert_int_equal(json_integer_value(json_object_get(usage, "paid")), 3961);
    assert_true(json_is_null(json_object_get(usage, "not_linked")));
    assert_int_equal(json_array_size(json_object_get(usage, "editions")), 2);
    assert_true(json_is_null(json_object_get(j, "notifications")));
    assert_non_null(json_object_get(json_object_get(j, "failures"), "notices"));
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(j, "tagging"), "days_left")), 17);
    json_decref(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_known, setup, teardown),
        cmocka_unit_test_setup_teardown(test_silent_servers_make_totals_lower_bounds, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_failed_resources_are_not_empty, setup, teardown),
        cmocka_unit_test_setup_teardown(test_old_data_says_so, setup, teardown),
        cmocka_unit_test_setup_teardown(test_null_and_unreadable, setup, teardown),
        cmocka_unit_test_setup_teardown(test_previous_window_first, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hostile_names, setup, teardown),
        cmocka_unit_test_setup_teardown(test_json, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
