#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/err.h"

static int64_t by_timegm(int year, int month, int day, int hour, int minute, int second)
{
    struct tm tm = {.tm_year = year - 1900,
                    .tm_mon = month - 1,
                    .tm_mday = day,
                    .tm_hour = hour,
                    .tm_min = minute,
                    .tm_sec = second};

    return (int64_t)timegm(&tm);
}

static void assert_civil(const struct civil *c, int year, int month, int day, int hour, int minute,
                         int second)
{
    assert_int_equal(c->year, year);
    assert_int_equal(c->month, month);
    assert_int_equal(c->day, day);
    assert_int_equal(c->hour, hour);
    assert_int_equal(c->minute, minute);
    assert_int_equal(c->second, second);
}

/* Every day of the years 1 to 2500, and each 97th to 12000 and back before year 0. */
static void test_days_against_the_c_library(void **state)
{
    int64_t t = by_timegm(-3000, 1, 1, 0, 0, 0), end = by_timegm(12000, 1, 1, 0, 0, 0);

    (void)state;
    while (t < end) {
        time_t when = (time_t)(t + 86399);
        struct civil c;
        struct tm tm;
        bool dense = t >= by_timegm(1, 1, 1, 0, 0, 0) && t < by_timegm(2500, 1, 1, 0, 0, 0);

        gmtime_r(&when, &tm);
        civil_from_time(t + 86399, 0, &c);
        if (c.year != tm.tm_year + 1900 || c.month != tm.tm_mon + 1 || c.day != tm.tm_mday ||
            c.hour != 23 || c.minute != 59 || c.second != 59)
            fail_msg("%lld: %d-%d-%d", (long long)t, c.year, c.month, c.day);
        if (civil_to_time(&c, 0) != t + 86399)
            fail_msg("%d-%d-%d does not come back", c.year, c.month, c.day);
        t += dense ? 86400 : 97 * 86400;
    }
}

static void test_carry(void **state)
{
    struct civil c = {2026, 13, 1, 0, 0, 0};

    (void)state;
    assert_int_equal(civil_to_time(&c, 0), by_timegm(2027, 1, 1, 0, 0, 0));
    c = (struct civil){2026, 0, 1, 0, 0, 0};
    assert_int_equal(civil_to_time(&c, 0), by_timegm(2025, 12, 1, 0, 0, 0));
    c = (struct civil){2026, -11, 31, 0, 0, 0};
    assert_int_equal(civil_to_time(&c, 0), by_timegm(2025, 1, 31, 0, 0, 0));
    c = (struct civil){2026, 3, 0, -1, 0, 0};
    assert_int_equal(civil_to_time(&c, 0), by_timegm(2026, 2, 27, 23, 0, 0));
    c = (struct civil){2026, 300, 400, 500, 600, 700};
    assert_int_equal(civil_to_time(&c, 0), by_timegm(2026, 300, 400, 500, 600, 700));
}

static void test_offset(void **state)
{
    struct civil c;

    (void)state;
    civil_from_time(0, -5 * 3600, &c);
    assert_civil(&c, 1969, 12, 31, 19, 0, 0);
    assert_int_equal(civil_to_time(&c, -5 * 3600), 0);
    civil_from_time(-1, 19800, &c);
    assert_civil(&c, 1970, 1, 1, 5, 29, 59);
    assert_int_equal(civil_to_time(&c, 19800), -1);
}

static void test_extremes_are_safe(void **state)
{
    struct civil c;

    (void)state;
    civil_from_time(INT64_MAX, 86399, &c);
    assert_true(c.year > 1000000000 && c.month >= 1 && c.month <= 12);
    civil_from_time(TIME_NONE, -86399, &c);
    assert_true(c.year < -1000000000 && c.day >= 1 && c.day <= 31);
    zone_civil("Europe/Berlin", INT64_MAX, &c);
    zone_civil("Europe/Berlin", TIME_NONE, &c);
    zone_civil("UTC", TIME_NONE, &c);
    assert_true(c.year < -1000000000);
}

static void test_days_in_month(void **state)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    (void)state;
    for (int m = 1; m <= 12; m++)
        assert_int_equal(civil_days_in_month(2026, m), days[m - 1]);
    assert_int_equal(civil_days_in_month(2024, 2), 29);
    assert_int_equal(civil_days_in_month(2000, 2), 29);
    assert_int_equal(civil_days_in_month(1900, 2), 28);
    assert_int_equal(civil_days_in_month(2100, 2), 28);
}

/* The date forms of published.md (§3.1, §3.2, §3.3, §3.15, §4). */
static void test_parse(void **state)
{
    static const struct {
        const char *text;
        int year, month, day, hour, minute, second, offset;
    } rows[] = {
        {"2026-03-04T01:05:09.00-05:00", 2026, 3, 4, 1, 5, 9, -18000},
        {"2026-09-30T00:00:00.00+00:00", 2026, 9, 30, 0, 0, 0, 0},
        {"2026-03-04T01:05:09.1234567+05:30", 2026, 3, 4, 1, 5, 9, 19800},
        {"2026-03-04T01:05:09.1234567Z", 2026, 3, 4, 1, 5, 9, 0},
        {"2026-03-04T01:05:09.123456789Z", 2026, 3, 4, 1, 5, 9, 0},
        {"2026-03-04T01:05:09.9Z", 2026, 3, 4, 1, 5, 9, 0},
        {"2026-03-04T01:05:09Z", 2026, 3, 4, 1, 5, 9, 0},
        {"2026-03-04t01:05:09z", 2026, 3, 4, 1, 5, 9, 0},
        {"2026-03-04T01:05:09", 2026, 3, 4, 1, 5, 9, 0},
        {"2026-03-04T01:05:09+0530", 2026, 3, 4, 1, 5, 9, 19800},
        {"2026-03-04T01:05:09-03", 2026, 3, 4, 1, 5, 9, -10800},
        {"2026-03-04T01:05Z", 2026, 3, 4, 1, 5, 0, 0},
        {"2026-02-01T00:00:00", 2026, 2, 1, 0, 0, 0, 0},
        {"2026-12-31 23:59:59", 2026, 12, 31, 23, 59, 59, 0},
        {"2026-12-31", 2026, 12, 31, 0, 0, 0, 0},
        {"2024-02-29T12:00:00Z", 2024, 2, 29, 12, 0, 0, 0},
        {"1969-12-31T23:59:59Z", 1969, 12, 31, 23, 59, 59, 0},
        {"0002-01-01T00:00:00Z", 2, 1, 1, 0, 0, 0, 0},
        {"9999-12-31T23:59:59Z", 9999, 12, 31, 23, 59, 59, 0},
        {"03/04/2026 01:05:09", 2026, 3, 4, 1, 5, 9, 0},
        {"12/31/1999 23:59:59", 1999, 12, 31, 23, 59, 59, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t t = 12345, want = by_timegm(rows[i].year, rows[i].month, rows[i].day, rows[i].hour,
                                            rows[i].minute, rows[i].second) -
                                  rows[i].offset;
        int offset = 12345;

        if (time_parse(rows[i].text, strlen(rows[i].text), &t, &offset) != 0)
            fail_msg("%s is refused", rows[i].text);
        if (t != want || offset != rows[i].offset)
            fail_msg("%s: %lld offset %d, want %lld", rows[i].text, (long long)t, offset,
                     (long long)want);
        assert_int_equal(time_parse(rows[i].text, strlen(rows[i].text), &t, NULL), 0);
    }
}

static void test_parse_unknown(void **state)
{
    static const char *const texts[] = {"0001-01-01T00:00:00", "0001-01-01T00:00:00Z",
                                        "0001-01-01T00:00:00.0000000+00:00",
                                        "0001-01-01T05:30:00+05:30"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        int64_t t = 0;

        assert_int_equal(time_parse(texts[i], strlen(texts[i]), &t, NULL), 0);
        assert_true(t == TIME_NONE);
    }
}

static void test_parse_refuses(void **state)
{
    static const char *const texts[] = {
        "",
        "2026",
        "2026-03",
        "2026-3-4",
        "2026-13-01",
        "2026-00-10",
        "2026-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-03-00",
        "0000-01-01T00:00:00Z",
        "2026-03-04T24:00:00Z",
        "2026-03-04T23:60:00Z",
        "2026-03-04T23:00:61Z",
        "2026-03-04T23",
        "2026-03-04T",
        "2026-03-04T01:05:",
        "2026-03-04T01:05:09.",
        "2026-03-04T01:05:09.Z",
        "2026-03-04T01:05:09.1234567890Z",
        "2026-03-04T01:05:09+",
        "2026-03-04T01:05:09+5",
        "2026-03-04T01:05:09+05:",
        "2026-03-04T01:05:09+24:00",
        "2026-03-04T01:05:09+05:60",
        "2026-03-04T01:05:09Z ",
        " 2026-03-04T01:05:09Z",
        "2026-03-04X01:05:09Z",
        "+026-03-04T01:05:09Z",
        "-026-03-04T01:05:09Z",
        "2026/03/04",
        "03/04/2026",
        "3/4/2026 01:05:09",
        "13/04/2026 01:05:09",
        "20260304T010509Z",
        "2026-03-04T01:05:09\xc3\xa9",
        "never",
        "null",
    };
    int64_t t = 4711;
    int offset = 4711;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (time_parse(texts[i], strlen(texts[i]), &t, &offset) != ERR_DATA)
            fail_msg("\"%s\" is read", texts[i]);
    assert_int_equal(time_parse("2026-03-04\0", 11, &t, &offset), ERR_DATA);
    assert_int_equal(time_parse("2026\0-03-04", 11, &t, &offset), ERR_DATA);
    assert_int_equal(t, 4711);
    assert_int_equal(offset, 4711);
}

/* The text need not be terminated: a prefix is read as if nothing followed. */
static void test_parse_stays_in_bounds(void **state)
{
    static const char text[] = "2026-03-04T01:05:09.1234567+05:30";
    int64_t t;

    (void)state;
    for (size_t n = 0; n < sizeof(text); n++) {
        char *exact = malloc(n + 1); /* the sanitizer watches its end */

        assert_non_null(exact);
        memcpy(exact, text, n);
        time_parse(exact, n, &t, NULL);
        free(exact);
    }
    assert_int_equal(time_parse(text, 10, &t, NULL), 0);
    assert_int_equal(t, by_timegm(2026, 3, 4, 0, 0, 0));
    assert_int_equal(time_parse(text, 19, &t, NULL), 0);
    assert_int_equal(t, by_timegm(2026, 3, 4, 1, 5, 9));
}

static void test_iso(void **state)
{
    char out[32];

    (void)state;
    assert_string_equal(time_iso(0, out), "1970-01-01T00:00:00Z");
    assert_string_equal(time_iso(-1, out), "1969-12-31T23:59:59Z");
    assert_string_equal(time_iso(by_timegm(2026, 3, 4, 1, 5, 9), out), "2026-03-04T01:05:09Z");
    assert_string_equal(time_iso(by_timegm(9999, 12, 31, 23, 59, 59), out), "9999-12-31T23:59:59Z");
    assert_string_equal(time_iso(by_timegm(1, 1, 1, 0, 0, 0), out), "0001-01-01T00:00:00Z");
    assert_string_equal(time_iso(by_timegm(10000, 1, 1, 0, 0, 0), out), "");
    assert_string_equal(time_iso(by_timegm(0, 12, 31, 0, 0, 0), out), "");
    assert_string_equal(time_iso(INT64_MAX, out), "");
    assert_string_equal(time_iso(TIME_NONE, out), "");
}

static void test_clock_can_be_moved(void **state)
{
    struct clock c;
    int64_t t = by_timegm(2026, 12, 3, 9, 0, 0), before, after, now;

    (void)state;
    clock_init(&c, t);
    assert_in_range(clock_wall(&c) - t, 0, 60);
    clock_init(&c, TIME_NONE);
    before = (int64_t)time(NULL);
    now = clock_wall(&c);
    after = (int64_t)time(NULL);
    assert_true(now >= before && now <= after);
    assert_true(clock_mono_ms() <= clock_mono_ms());
}

/* Rules of the EU and the US, in force since 1996 and 2007; written as offsets, so that the zone
 * files are not their own judge. */
static void test_zones(void **state)
{
    static const struct {
        const char *zone;
        int year, month, day, hour, minute, offset;
    } rows[] = {
        {"UTC", 2026, 7, 1, 12, 0, 0},
        {"Europe/Berlin", 2026, 1, 15, 12, 0, 3600},
        {"Europe/Berlin", 2026, 7, 15, 12, 0, 7200},
        {"Europe/Berlin", 2026, 3, 29, 1, 59, 3600},
        {"Europe/Berlin", 2026, 3, 29, 3, 0, 7200},
        {"Europe/Berlin", 2026, 10, 25, 1, 59, 7200},
        {"Europe/Berlin", 2026, 10, 25, 3, 0, 3600},
        {"America/New_York", 2026, 3, 8, 1, 59, -18000},
        {"America/New_York", 2026, 3, 8, 3, 0, -14400},
        {"America/New_York", 2026, 11, 1, 2, 0, -18000},
        {"Asia/Kolkata", 2026, 12, 31, 23, 59, 19800},
        {"Australia/Sydney", 2026, 1, 1, 0, 0, 39600},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct civil c = {rows[i].year, rows[i].month,  rows[i].day,
                          rows[i].hour, rows[i].minute, 30};
        int64_t want =
            by_timegm(c.year, c.month, c.day, c.hour, c.minute, c.second) - rows[i].offset;
        struct civil back;

        assert_int_equal(zone_check(rows[i].zone, NULL), 0);
        if (zone_time(rows[i].zone, &c) != want)
            fail_msg("row %zu: %lld, want %lld", i, (long long)zone_time(rows[i].zone, &c),
                     (long long)want);
        zone_civil(rows[i].zone, want, &back);
        assert_civil(&back, c.year, c.month, c.day, c.hour, c.minute, 30);
    }
}

/* Looking into another zone leaves the user's own as it was. */
static void test_own_zone(void **state)
{
    struct civil c;

    (void)state;
    setenv("TZ", "America/New_York", 1);
    zone_civil("Asia/Kolkata", 0, &c);
    assert_civil(&c, 1970, 1, 1, 5, 30, 0);
    assert_string_equal(getenv("TZ"), "America/New_York");
    zone_civil(NULL, 0, &c);
    assert_civil(&c, 1969, 12, 31, 19, 0, 0);
    zone_civil("", 0, &c);
    assert_civil(&c, 1969, 12, 31, 19, 0, 0);
    assert_int_equal(zone_time(NULL, &c), 0);
    unsetenv("TZ");
    zone_civil("Asia/Kolkata", 0, &c);
    assert_null(getenv("TZ"));
    setenv("TZ", "UTC", 1);
    tzset();
}

static void test_gap_and_overlap_are_an_hour_off_at_most(void **state)
{
    struct civil gap = {2026, 3, 29, 2, 30, 0}, twice = {2026, 10, 25, 2, 30, 0};
    int64_t g = zone_time("Europe/Berlin", &gap), o = zone_time("Europe/Berlin", &twice);
    int64_t around_gap = by_timegm(2026, 3, 29, 1, 0, 0);
    int64_t around_twice = by_timegm(2026, 10, 25, 1, 0, 0);

    (void)state;
    assert_true(g == around_gap - 1800 || g == around_gap + 1800);
    assert_true(o == around_twice - 1800 || o == around_twice + 1800);
}

static void test_zone_check(void **state)
{
    static const char *const bad[] = {
        "Mars/Olympus",
        "Europe",
        "Europe/",
        ".",
        "../../../etc/passwd",
        "/usr/share/zoneinfo/UTC",
        "zone.tab",
        ":UTC",
        "Europe/Berlin/x",
        "europe berlin",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    };
    struct err e;

    (void)state;
    assert_int_equal(zone_check(NULL, NULL), 0);
    assert_int_equal(zone_check("", NULL), 0);
    assert_int_equal(zone_check("Europe/Berlin", NULL), 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (zone_check(bad[i], &e) != ERR_SETTINGS)
            fail_msg("\"%s\" is a zone", bad[i]);
        assert_int_equal(e.code, ERR_SETTINGS);
        assert_string_not_equal(e.next, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_against_the_c_library),
        cmocka_unit_test(test_carry),
        cmocka_unit_test(test_offset),
        cmocka_unit_test(test_extremes_are_safe),
        cmocka_unit_test(test_days_in_month),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_parse_unknown),
        cmocka_unit_test(test_parse_refuses),
        cmocka_unit_test(test_parse_stays_in_bounds),
        cmocka_unit_test(test_iso),
        cmocka_unit_test(test_clock_can_be_moved),
        cmocka_unit_test(test_zones),
        cmocka_unit_test(test_own_zone),
        cmocka_unit_test(test_gap_and_overlap_are_an_hour_off_at_most),
        cmocka_unit_test(test_zone_check),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
