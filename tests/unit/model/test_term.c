#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <time.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/term.h"

static const char *const zones[] = {"UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"};

static int64_t at(const char *iso)
{
    int64_t t = 0;

    assert_int_equal(time_parse(iso, strlen(iso), &t, NULL), 0);
    return t;
}

static int term_at(const char *text)
{
    int term = TERM_NONE;

    assert_int_equal(term_parse(text, &term, NULL), 0);
    return term;
}

static void need_zone(const char *zone)
{
    if (zone_check(zone, NULL) < 0)
        skip();
}

static void test_parse(void **state)
{
    static const char *const bad[] = {
        "",        "2026",    "2026-1",   "2026-13",  "2026-00",    "2026-1a",
        "26-11",   "2026/11", "2026-11-", " 2026-11", "2026-11 ",   "-026-11",
        "2016-01", "0000-01", "2026-011", "20261-1",  "2026-1\xff",
    };
    struct err err;
    int term = 7;

    (void)state;
    assert_int_equal(term_at("2026-11"), 2026 * 12 + 10);
    assert_int_equal(term_at("2016-02"), TERM_FIRST);
    assert_int_equal(term_at("9999-12"), 9999 * 12 + 11);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(term_parse(bad[i], &term, &err), ERR_DATA);
        assert_int_equal(term, 7);
        assert_true(err.what[0] != '\0' && err.next[0] != '\0');
    }
    assert_int_equal(term_parse(NULL, &term, NULL), ERR_DATA);
}

static void test_text(void **state)
{
    char out[TERM_TEXT];
    int back;

    (void)state;
    assert_string_equal(term_text(term_at("2026-03"), out), "2026-03");
    assert_string_equal(term_human(term_at("2026-03"), out), "Mar 2026");
    assert_string_equal(term_text(TERM_NONE, out), "");
    assert_string_equal(term_human(TERM_NONE, out), "-");
    for (int term = TERM_FIRST; term < 10000 * 12; term++) {
        assert_int_equal(term_parse(term_text(term, out), &back, NULL), 0);
        assert_int_equal(back, term);
    }
    assert_true(strlen(term_text(INT32_MAX, out)) < TERM_TEXT);
    assert_true(strlen(term_human(INT32_MAX, out)) < TERM_TEXT);
}

static void test_term_of(void **state)
{
    (void)state;
    assert_int_equal(term_of(at("2026-11-30T23:59:59Z"), "UTC"), term_at("2026-11"));
    assert_int_equal(term_of(at("2026-12-01T00:00:00Z"), "UTC"), term_at("2026-12"));
    assert_int_equal(term_of(at("2028-02-29T23:59:59Z"), "UTC"), term_at("2028-02"));
    need_zone("Europe/Berlin");
    assert_int_equal(term_of(at("2026-11-30T22:59:59Z"), "Europe/Berlin"), term_at("2026-11"));
    assert_int_equal(term_of(at("2026-11-30T23:00:00Z"), "Europe/Berlin"), term_at("2026-12"));
    assert_int_equal(term_of(at("2026-06-30T22:00:00Z"), "Europe/Berlin"), term_at("2026-07"));
}

static void test_start(void **state)
{
    (void)state;
    assert_int_equal(term_start(term_at("2026-11"), "UTC"), at("2026-11-01T00:00:00Z"));
    need_zone("America/New_York");
    assert_int_equal(term_start(term_at("2026-11"), "America/New_York"),
                     at("2026-11-01T04:00:00Z"));
    assert_int_equal(term_start(term_at("2026-12"), "America/New_York"),
                     at("2026-12-01T05:00:00Z"));
    /* 2017-10-01 began at one o'clock in Paraguay; 2015-11-01 had two midnights in Cuba. */
    need_zone("America/Asuncion");
    assert_int_equal(term_start(2017 * 12 + 9, "America/Asuncion"), at("2017-10-01T04:00:00Z"));
    assert_int_equal(term_start(2015 * 12 + 10, "America/Havana"), at("2015-11-01T04:00:00Z"));
}

static void test_window_examples(void **state)
{
    int oct = term_at("2026-10"), nov = term_at("2026-11"), dec = term_at("2026-12");
    int64_t last = at("2026-11-10T23:59:59Z"), closed = at("2026-11-11T00:00:00Z");

    (void)state;
    assert_int_equal(window_closes(CHANGE_USER, oct, last, "UTC"), closed);
    assert_int_equal(window_closes(CHANGE_LINK, oct, last, "UTC"), closed);
    assert_int_equal(window_closes(CHANGE_USER, oct, closed, "UTC"), TIME_NONE);
    assert_int_equal(window_closes(CHANGE_USER, nov, last, "UTC"), at("2026-12-11T00:00:00Z"));
    assert_int_equal(window_closes(CHANGE_FREE_SERVER, oct, at("2026-11-01T00:00:00Z"), "UTC"),
                     TIME_NONE);
    assert_int_equal(window_closes(CHANGE_FREE_SERVER, nov, last, "UTC"),
                     at("2026-12-01T00:00:00Z"));
    assert_int_equal(window_closes(CHANGE_USER, dec, last, "UTC"), TIME_NONE);
    assert_int_equal(window_closes(CHANGE_USER, oct - 1, last, "UTC"), TIME_NONE);
    assert_int_equal(window_closes(CHANGE_USER, TERM_NONE, last, "UTC"), TIME_NONE);
    /* Over the turn of the year. */
    assert_int_equal(window_closes(CHANGE_USER, dec, at("2027-01-05T12:00:00Z"), "UTC"),
                     at("2027-01-11T00:00:00Z"));
}

/* The rule of extensions.md said over libc's calendar, without any of term.c. */
static bool allowed(enum change_kind kind, int term, int64_t now)
{
    time_t t = (time_t)now;
    struct tm tm;
    int current;

    localtime_r(&t, &tm);
    current = (tm.tm_year + 1900) * 12 + tm.tm_mon;
    return term == current ||
           (term == current - 1 && tm.tm_mday <= 10 && kind != CHANGE_FREE_SERVER);
}

static void check_window(enum change_kind kind, int term, int64_t now)
{
    int64_t closes = window_closes(kind, term, now, NULL);

    assert_int_equal(closes != TIME_NONE, allowed(kind, term, now));
    if (closes == TIME_NONE)
        return;
    assert_true(closes > now);
    assert_true(allowed(kind, term, closes - 1));
    assert_false(allowed(kind, term, closes));
}

/* Steps of an hour and some through two years with a leap day and both clock changes, and every
 * second around each window's end. NULL zone: the user's own, which is set here. */
static void test_window_against_calendar(void **state)
{
    (void)state;
    for (size_t z = 0; z < sizeof(zones) / sizeof(zones[0]); z++) {
        if (zone_check(zones[z], NULL) < 0)
            continue;
        setenv("TZ", zones[z], 1);
        tzset();
        for (int64_t now = at("2027-12-30"); now < at("2028-12-20"); now += 3600 * 5 + 1799) {
            int current = term_of(now, NULL);

            for (int term = current - 2; term <= current + 1; term++) {
                for (enum change_kind k = CHANGE_USER; k <= CHANGE_FREE_SERVER; k++)
                    check_window(k, term, now);
            }
        }
    }
    unsetenv("TZ");
    tzset();
}

static void test_window_in_named_zones(void **state)
{
    int oct = term_at("2026-10");

    (void)state;
    need_zone("Pacific/Auckland");
    /* Nov 11 begins at 11:00 UTC of the 10th in New Zealand's summer, at 05:00 UTC in New York. */
    assert_int_equal(window_closes(CHANGE_USER, oct, at("2026-11-05"), "Pacific/Auckland"),
                     at("2026-11-10T11:00:00Z"));
    assert_int_equal(
        window_closes(CHANGE_USER, oct, at("2026-11-10T11:00:00Z"), "Pacific/Auckland"), TIME_NONE);
    assert_int_equal(
        window_closes(CHANGE_USER, oct, at("2026-11-10T11:00:00Z"), "America/New_York"),
        at("2026-11-11T05:00:00Z"));
    /* At the month's turn the two zones disagree on what the current term is. */
    assert_int_equal(
        window_closes(CHANGE_FREE_SERVER, oct, at("2026-10-31T12:00:00Z"), "Pacific/Auckland"),
        TIME_NONE);
    assert_int_equal(
        window_closes(CHANGE_FREE_SERVER, oct, at("2026-10-31T12:00:00Z"), "America/New_York"),
        at("2026-11-01T04:00:00Z"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_term_of),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_window_examples),
        cmocka_unit_test(test_window_against_calendar),
        cmocka_unit_test(test_window_in_named_zones),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
