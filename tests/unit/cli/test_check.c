#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/check.h"
#include "model/view.h"
#include "tests/unit/cli/fixture.h"

static const struct check_limits defaults = {0, 1, 30, 7};
static struct server_list list;
static struct buf line;

static int setup(void **state)
{
    (void)state;
    server_list_init(&list);
    buf_init(&line, 8192);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    server_list_release(&list);
    buf_release(&line);
    return 0;
}

static enum check_state check(const struct check_limits *limits, size_t unreadable)
{
    struct row_ctx ctx = {.now = NOW};
    enum check_state s;
    struct view v;

    server_list_finish(&list);
    view_init(&v);
    v.source = server_list_source(&list);
    v.sort_column = -1;
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    buf_reset(&line);
    s = check_servers(&line, &v, limits, unreadable, NOW);
    view_release(&v);
    assert_ptr_equal(strchr(line.data, '\n'), line.data + line.len - 1);
    return s;
}

static void test_all_well(void **state)
{
    (void)state;
    fixture_server(&list, "lic01", 0, 200);
    fixture_server(&list, "lic02", 0, DAYS_NONE);
    assert_int_equal(check(&defaults, 0), CHECK_OK);
    assert_string_equal(line.data, "LUITOP SERVERS OK - 2 of 2 reporting | reporting=2;;;0;2 "
                                   "not_reporting=0;0;1;0;2 never_reported=0;;;0 unreadable=0;;;0 "
                                   "days_to_expire=200;31:;8:\n");
}

static void test_silent_servers(void **state)
{
    static const struct check_limits lax = {2, CHECK_OFF, CHECK_OFF, CHECK_OFF};

    (void)state;
    fixture_server(&list, "lic01", 0, 200);
    fixture_server(&list, "lic07", 13, 120);
    assert_int_equal(check(&defaults, 0), CHECK_WARNING);
    fixture_server(&list, "lic11", 4, 61);
    fixture_server(&list, "lic15", -1, DAYS_NONE);
    assert_int_equal(check(&defaults, 0), CHECK_CRITICAL);
    assert_non_null(strstr(line.data, "LUITOP SERVERS CRITICAL - 3 of 4 not reporting: lic07 13 d, "
                                      "lic11 4 d, lic15 never | reporting=1;"));
    assert_non_null(strstr(line.data, " not_reporting=3;0;1;0;4 never_reported=1;"));
    assert_int_equal(check(&lax, 0), CHECK_WARNING);
    assert_non_null(strstr(line.data, " not_reporting=3;2;;0;4 "));
}

static void test_expiry(void **state)
{
    static const struct check_limits off = {0, 1, CHECK_OFF, CHECK_OFF};
    struct server *s;

    (void)state;
    fixture_server(&list, "lic01", 0, 31);
    assert_int_equal(check(&defaults, 0), CHECK_OK);
    fixture_server(&list, "lic03", 0, 30);
    assert_int_equal(check(&defaults, 0), CHECK_WARNING);
    assert_non_null(
        strstr(line.data, "2 of 2 reporting; 1 with an ending licence: lic03 in 30 d |"));
    fixture_server(&list, "lic04", 0, 7);
    assert_int_equal(check(&defaults, 0), CHECK_CRITICAL);
    assert_int_equal(check(&off, 0), CHECK_OK);
    /* The service calls it expired, whatever the days say. */
    s = fixture_server(&list, "lic05", 0, DAYS_NONE);
    s->expired = true;
    assert_int_equal(check(&defaults, 0), CHECK_CRITICAL);
    assert_non_null(strstr(line.data, " days_to_expire=0;"));
}

static void test_worst_wins(void **state)
{
    (void)state;
    fixture_server(&list, "lic01", 3, 20);
    assert_int_equal(check(&defaults, 0), CHECK_WARNING);
    fixture_server(&list, "lic02", 0, 2);
    assert_int_equal(check(&defaults, 0), CHECK_CRITICAL);
    assert_int_equal(check(&defaults, 1), CHECK_CRITICAL);
}

static void test_not_known_is_not_ok(void **state)
{
    (void)state;
    assert_int_equal(check(&defaults, 0), CHECK_UNKNOWN);
    fixture_server(&list, "lic01", 0, 200);
    assert_int_equal(check(&defaults, 2), CHECK_UNKNOWN);
    assert_non_null(strstr(line.data, "2 more could not be read"));
    fixture_server(&list, "lic02", 9, 200);
    assert_int_equal(check(&defaults, 2), CHECK_WARNING);
}

static void test_names_cannot_inject(void **state)
{
    char *bar;

    (void)state;
    fixture_server(&list, "a|not_reporting=0\nOK\x1b[2J", 5, 100);
    fixture_server(&list, "long-long-long-long-long-long-long-long-long-long-long-long-long-long-",
                   5, 100);
    assert_int_equal(check(&defaults, 0), CHECK_CRITICAL);
    bar = strchr(line.data, '|');
    assert_non_null(bar);
    assert_memory_equal(bar, "| reporting=0;", 14);
    assert_null(strchr(bar + 1, '|'));
    assert_null(strchr(line.data, '\x1b'));
    assert_null(strstr(line.data, "long-long- 5 d"));
}

static void test_many_names(void **state)
{
    char host[16];

    (void)state;
    for (int i = 0; i < 1000; i++) {
        snprintf(host, sizeof(host), "lic%03d", i);
        fixture_server(&list, host, 5, 100);
    }
    assert_int_equal(check(&defaults, 0), CHECK_CRITICAL);
    assert_non_null(strstr(line.data, "lic004 5 d and 995 more |"));
    assert_true(line.len < 400);
}

static void test_unknown_line(void **state)
{
    struct err e;

    (void)state;
    err_set(&e, ERR_FORBIDDEN, "License servers could not be read");
    err_why(&e, "403 | x=1");
    check_unknown(&line, "SERVERS", &e);
    assert_string_equal(line.data,
                        "LUITOP SERVERS UNKNOWN - License servers could not be read: 403 "
                        "/ x=1.\n");
}

static void test_exit_statuses(void **state)
{
    (void)state;
    assert_int_equal(check_exit_status(CHECK_OK), 0);
    assert_int_equal(check_exit_status(CHECK_WARNING), 1);
    assert_int_equal(check_exit_status(CHECK_CRITICAL), 2);
    assert_int_equal(check_exit_status(CHECK_UNKNOWN), 3);
}

static void test_limits(void **state)
{
    struct args a = {0};
    struct check_limits l;
    struct err e;

    (void)state;
    assert_int_equal(check_limits_read(&l, &a, &e), 0);
    assert_memory_equal(&l, &defaults, sizeof(l));
    a.value[OPTION_WARNING] = "off";
    a.value[OPTION_CRITICAL] = "5";
    a.value[OPTION_EXPIRY_CRITICAL] = "0";
    assert_int_equal(check_limits_read(&l, &a, &e), 0);
    assert_int_equal(l.warning, CHECK_OFF);
    assert_int_equal(l.critical, 5);
    assert_int_equal(l.expiry_critical, 0);
    a.value[OPTION_CRITICAL] = "many";
    assert_int_equal(check_limits_read(&l, &a, &e), ERR_USAGE);
    assert_int_equal(l.critical, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_well, setup, teardown),
        cmocka_unit_test_setup_teardown(test_silent_servers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_expiry, setup, teardown),
        cmocka_unit_test_setup_teardown(test_worst_wins, setup, teardown),
        cmocka_unit_test_setup_teardown(test_not_known_is_not_ok, setup, teardown),
        cmocka_unit_test_setup_teardown(test_names_cannot_inject, setup, teardown),
        cmocka_unit_test_setup_teardown(test_many_names, setup, teardown),
        cmocka_unit_test_setup_teardown(test_unknown_line, setup, teardown),
        cmocka_unit_test(test_exit_statuses),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
