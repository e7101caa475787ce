#include "cells.h"

#include "base/err.h"
#include "model/daily.h"

static int32_t day(const char *text)
{
    int32_t d = DAY_NONE;

    assert_int_equal(day_parse(text, &d), 0);
    return d;
}

static void test_days(void **state)
{
    static const char *const bad[] = {"2026-11-3",  "2026-13-01", "1969-12-31",  "2026-02-30",
                                      "0001-01-01", "2026/11/03", "2026-11-031", ""};
    char text[DAY_TEXT];
    int32_t d = 5;

    (void)state;
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("2026-11-23"), CELLS_NOW / 86400);
    assert_string_equal(day_text(day("2028-02-29"), text), "2028-02-29");
    assert_string_equal(day_text(DAY_NONE, text), "");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(day_parse(bad[i], &d), ERR_DATA);
    assert_int_equal(day_parse(NULL, &d), ERR_DATA);
    assert_int_equal(d, 5);
    assert_int_equal(day_of(CELLS_NOW, "UTC"), day("2026-11-23"));
    assert_int_equal(day_of(CELLS_NOW + 10 * 3600, "UTC"), day("2026-11-24"));
    assert_int_equal(day_of(CELLS_NOW, "Asia/Tokyo"), day("2026-11-23"));
    assert_int_equal(day_of(CELLS_NOW + 3600, "Asia/Tokyo"), day("2026-11-24"));
    assert_int_equal(day_of(-1, "UTC"), -1);
    assert_int_equal(day_span(day("2026-11-23"), DAILY_MONTH), day("2026-11-01"));
    assert_int_equal(day_span(day("2026-11-23"), DAILY_YEAR), day("2026-01-01"));
    assert_int_equal(day_span_next(day("2026-12-31"), DAILY_MONTH), day("2027-01-01"));
    assert_int_equal(day_span_next(day("2028-02-01"), DAILY_MONTH), day("2028-03-01"));
    assert_int_equal(day_span_next(day("2028-02-01"), DAILY_YEAR), day("2029-01-01"));
}

static void test_groups(void **state)
{
    struct day_point p[400], out[40];
    int32_t from = day("2025-12-20"), today = day("2026-11-23");
    size_t n = 0, count;

    (void)state;
    /* A value a day from Dec 20 to today, without March and without Feb 10. */
    for (int32_t d = from; d <= today; d++) {
        if (day_span(d, DAILY_MONTH) == day("2026-03-01") || d == day("2026-02-10"))
            continue;
        p[n++] = (struct day_point){.day = d, .value = d % 37, .state = HISTORY_KNOWN};
    }
    count = daily_group(p, n, DAILY_MONTH, today, out, 40);
    assert_int_equal(count, 12);
    for (size_t i = 0; i < count; i++) {
        int64_t most = 0;
        int32_t known = 0;

        for (size_t k = 0; k < n; k++)
            if (day_span(p[k].day, DAILY_MONTH) == out[i].day) {
                most = p[k].value > most ? p[k].value : most;
                known++;
            }
        assert_int_equal(out[i].value, most);
        assert_int_equal(out[i].known, known);
    }
    assert_int_equal(out[0].state, HISTORY_INCOMPLETE);
    assert_int_equal(out[0].day, day("2025-12-01"));
    assert_int_equal(out[1].state, HISTORY_KNOWN);
    assert_int_equal(out[2].state, HISTORY_INCOMPLETE);
    assert_int_equal(out[3].state, HISTORY_MISSING);
    assert_int_equal(out[3].days, 31);
    assert_int_equal(out[11].state, HISTORY_PARTIAL);
    count = daily_group(p, n, DAILY_YEAR, today, out, 40);
    assert_int_equal(count, 2);
    assert_int_equal(out[1].state, HISTORY_PARTIAL);
    assert_int_equal(out[1].value, 36);
    /* Only the latest that fit. */
    count = daily_group(p, n, DAILY_MONTH, today, out, 3);
    assert_int_equal(count, 3);
    assert_int_equal(out[0].day, day("2026-09-01"));
    count = daily_group(p, n, DAILY_DAY, today, out, 40);
    assert_int_equal(count, 40);
    assert_int_equal(out[39].day, today);
    assert_int_equal(out[38].state, HISTORY_KNOWN);
    assert_int_equal(daily_group(p, 0, DAILY_DAY, today, out, 40), 0);
    assert_int_equal(daily_group(p, n, DAILY_DAY, today, out, 0), 0);
}

/* The largest of negative numbers is not zero. */
static void test_negative(void **state)
{
    const struct day_point p[] = {{.day = 0, .value = -5, .state = HISTORY_KNOWN},
                                  {.day = 1, .value = -3, .state = HISTORY_INCOMPLETE}};
    struct day_point out[2];

    (void)state;
    assert_int_equal(daily_group(p, 2, DAILY_YEAR, 10000, out, 2), 1);
    assert_int_equal(out[0].value, -3);
    assert_int_equal(out[0].state, HISTORY_INCOMPLETE);
}

static void test_set(void **state)
{
    struct day_point p[70], out[5];
    int32_t from = day("2026-09-20"), today = day("2026-11-23");
    struct series_set s;
    size_t n = 0;

    (void)state;
    for (int32_t d = from; d <= today; d++)
        if (d != day("2026-11-02"))
            p[n++] = (struct day_point){.day = d, .value = d % 37, .state = HISTORY_KNOWN};
    assert_int_equal(daily_series(&s, "Premium", "licences", p, n, DAILY_DAY, today), 0);
    assert_int_equal(s.step, SERIES_DAY);
    assert_int_equal(s.first, from);
    assert_int_equal(s.count, today - from + 1);
    assert_int_equal(s.series_count, 1);
    assert_false(s.largest);
    for (size_t i = 0; i < s.count; i++) {
        struct point at = series_at(&s, 0, i);
        int32_t d = from + (int32_t)i;

        assert_int_equal(at.value, d == day("2026-11-02") ? 0 : d % 37);
        assert_int_equal(at.state, d == day("2026-11-02") ? POINT_MISSING
                                   : d == today           ? POINT_SO_FAR
                                                          : POINT_WHOLE);
    }
    series_set_release(&s);
    assert_int_equal(daily_series(&s, "Premium", "licences", p, n, DAILY_MONTH, today), 0);
    assert_int_equal(s.first, 2026 * 12 + 8);
    assert_int_equal(s.count, 3);
    assert_true(s.largest);
    assert_string_equal(s.remarks[0], "each month is its largest day");
    assert_int_equal(daily_group(p, n, DAILY_MONTH, today, out, 5), 3);
    assert_int_equal(series_at(&s, 0, 0).state, POINT_INCOMPLETE);
    assert_int_equal(series_at(&s, 0, 1).state, POINT_WHOLE);
    assert_int_equal(series_at(&s, 0, 1).value, out[1].value);
    assert_int_equal(series_at(&s, 0, 2).state, POINT_SO_FAR);
    series_set_release(&s);
    assert_int_equal(daily_series(&s, "", "", p, n, DAILY_YEAR, today), 0);
    assert_int_equal(s.first, 2026);
    assert_int_equal(s.count, 1);
    series_set_release(&s);
    assert_int_equal(daily_series(&s, "", "", p, 0, DAILY_DAY, today), 0);
    assert_int_equal(s.count, 0);
    series_set_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_negative),
        cmocka_unit_test(test_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
