#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/human.h"

enum { MIN = 60, HOUR = 3600, DAY = 86400 };

static void test_count(void **state)
{
    char out[HUMAN_MAX];

    (void)state;
    assert_string_equal(human_count(0, out), "0");
    assert_string_equal(human_count(999, out), "999");
    assert_string_equal(human_count(1000, out), "1 000");
    assert_string_equal(human_count(4812, out), "4 812");
    assert_string_equal(human_count(-1204, out), "-1 204");
    assert_string_equal(human_count(-999, out), "-999");
    assert_string_equal(human_count(1234567, out), "1 234 567");
    assert_string_equal(human_count(INT64_MAX, out), "9 223 372 036 854 775 807");
    assert_string_equal(human_count(INT64_MIN, out), "-9 223 372 036 854 775 808");
}

static void test_age(void **state)
{
    static const struct {
        int64_t ago;
        const char *want;
    } rows[] = {
        {0, "now"},
        {59, "now"},
        {-1, "now"},
        {-9 * DAY, "now"},
        {60, "1 min"},
        {119, "1 min"},
        {12 * MIN, "12 min"},
        {HOUR - 1, "59 min"},
        {HOUR, "1 h"},
        {DAY - 1, "23 h"},
        {DAY, "1 d"},
        {13 * DAY + 5, "13 d"},
        {INT64_C(40000) * DAY, "40000 d"},
    };
    char out[HUMAN_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(human_age(2000000000, 2000000000 - rows[i].ago, out), rows[i].want);
    assert_string_equal(human_age(0, TIME_NONE, out), "never");
    assert_string_equal(human_age(-5, INT64_MAX, out), "now");
}

static void test_span(void **state)
{
    char out[HUMAN_MAX];

    (void)state;
    assert_string_equal(human_span(18 * DAY + 4 * HOUR + 59 * MIN, out), "18 d 04 h");
    assert_string_equal(human_span(3 * HOUR + 7 * MIN + 59, out), "3 h 07 min");
    assert_string_equal(human_span(12 * MIN, out), "12 min");
    assert_string_equal(human_span(59, out), "0 min");
    assert_string_equal(human_span(-5, out), "0 min");
    assert_string_equal(human_span(DAY, out), "1 d 00 h");
    assert_string_equal(human_span(DAY - 1, out), "23 h 59 min");
    assert_true(strlen(human_span(INT64_MAX, out)) < HUMAN_MAX);
}

static void test_days(void **state)
{
    char out[HUMAN_MAX];

    (void)state;
    assert_string_equal(human_days(9, out), "in 9 d");
    assert_string_equal(human_days(0, out), "today");
    assert_string_equal(human_days(-7, out), "7 d ago");
    assert_string_equal(human_days(INT64_MIN, out), "9223372036854775808 d ago");
    assert_string_equal(human_days(INT64_MAX, out), "in 9223372036854775807 d");
}

static void test_bytes(void **state)
{
    static const struct {
        uint64_t bytes;
        const char *want;
    } rows[] = {
        {0, "0 B"},
        {999, "999 B"},
        {1000, "1.0 KB"},
        {9949, "9.9 KB"},
        {9950, "10 KB"},
        {41000, "41 KB"},
        {999499, "999 KB"},
        {999500, "1.0 MB"},
        {3200000, "3.2 MB"},
        {999500000, "1.0 GB"},
        {UINT64_C(5000000000000), "5.0 TB"},
        {UINT64_MAX, "18446744 TB"},
    };
    char out[HUMAN_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(human_bytes(rows[i].bytes, out), rows[i].want);
}

static void test_change(void **state)
{
    char out[HUMAN_MAX];

    (void)state;
    assert_string_equal(human_change(1000, 1041, out), "+4.1 %");
    assert_string_equal(human_change(1000, 996, out), "-0.4 %");
    assert_string_equal(human_change(100, 112, out), "+12 %");
    assert_string_equal(human_change(100, 0, out), "-100 %");
    assert_string_equal(human_change(0, 5, out), "new");
    assert_string_equal(human_change(0, 0, out), "=");
    assert_string_equal(human_change(7, 7, out), "=");
    assert_string_equal(human_change(1000, 1100, out), "+10 %");
    assert_string_equal(human_change(1000, 1099, out), "+9.9 %");
    /* Halves, which a binary fraction rounds now up and now down. */
    assert_string_equal(human_change(8, 29, out), "+263 %");
    assert_string_equal(human_change(16, 18, out), "+13 %");
    assert_string_equal(human_change(400, 401, out), "+0.3 %");
    assert_string_equal(human_change(400, 399, out), "-0.3 %");
    assert_string_equal(human_change(2000, 2199, out), "+10 %");
    assert_string_equal(human_change(100000, 99999, out), "-0.0 %");
    assert_true(strlen(human_change(1, INT64_MAX, out)) < HUMAN_MAX);
    assert_true(strlen(human_change(INT64_MAX, INT64_MIN, out)) < HUMAN_MAX);
}

static int64_t at(int year, int month, int day, int hour, int minute)
{
    struct civil c = {year, month, day, hour, minute, 0};

    return civil_to_time(&c, 0);
}

static void test_when(void **state)
{
    int64_t now = at(2026, 11, 22, 14, 2);
    char out[HUMAN_MAX];

    (void)state;
    assert_string_equal(human_when(now, at(2026, 11, 22, 2, 10), "UTC", out), "02:10 today");
    assert_string_equal(human_when(now, at(2026, 11, 22, 0, 0), "UTC", out), "00:00 today");
    assert_string_equal(human_when(now, at(2026, 11, 21, 23, 59), "UTC", out), "23:59 yesterday");
    assert_string_equal(human_when(now, at(2026, 11, 20, 2, 10), "UTC", out), "Nov 20 02:10");
    assert_string_equal(human_when(now, at(2025, 11, 22, 2, 10), "UTC", out), "Nov 22, 2025 02:10");
    assert_string_equal(human_when(now, TIME_NONE, "UTC", out), "never");
    now = at(2026, 1, 1, 9, 0);
    assert_string_equal(human_when(now, at(2025, 12, 31, 8, 5), "UTC", out), "08:05 yesterday");
    now = at(2024, 3, 1, 9, 0);
    assert_string_equal(human_when(now, at(2024, 2, 29, 8, 5), "UTC", out), "08:05 yesterday");
}

/* 23:30 UTC on the 21st is half past midnight on the 22nd in Berlin. */
static void test_when_in_a_zone(void **state)
{
    char out[HUMAN_MAX];

    (void)state;
    assert_string_equal(
        human_when(at(2026, 11, 22, 14, 2), at(2026, 11, 21, 23, 30), "Europe/Berlin", out),
        "00:30 today");
}

static void test_month(void **state)
{
    (void)state;
    assert_string_equal(human_month(1), "Jan");
    assert_string_equal(human_month(12), "Dec");
    assert_string_equal(human_month(0), "?");
    assert_string_equal(human_month(13), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count), cmocka_unit_test(test_age),
        cmocka_unit_test(test_span),  cmocka_unit_test(test_days),
        cmocka_unit_test(test_bytes), cmocka_unit_test(test_change),
        cmocka_unit_test(test_when),  cmocka_unit_test(test_when_in_a_zone),
        cmocka_unit_test(test_month),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
