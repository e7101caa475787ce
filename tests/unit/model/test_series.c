#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/series.h"

enum { OCT_2025 = 2025 * 12 + 9, NOV_2025 = OCT_2025 + 1 };

static void test_init(void **state)
{
    struct series_set s;

    (void)state;
    assert_int_equal(series_set_init(&s, NULL, NULL, SERIES_MONTH, OCT_2025, 3), 0);
    assert_string_equal(s.name, "");
    assert_int_equal(s.count, 3);
    series_set_release(&s);
    memset(&s, 0x5a, sizeof(s));
    assert_int_equal(series_set_init(&s, "x", "y", SERIES_MONTH, OCT_2025, SERIES_POINTS_MAX + 1),
                     ERR_TOOBIG);
    assert_int_equal(series_set_init(&s, "x", "y", SERIES_MONTH, 11, 1), ERR_DATA);
    assert_int_equal(series_set_init(&s, "x", "y", SERIES_MONTH, 12 * 10000 - 2, 3), ERR_DATA);
    assert_int_equal(series_set_init(&s, "x", "y", SERIES_YEAR, 0, 1), ERR_DATA);
    assert_int_equal(series_set_init(&s, "x", "y", SERIES_YEAR, INT64_MAX, 2), ERR_DATA);
    assert_int_equal(series_set_init(&s, "x", "y", SERIES_DAY, INT64_MIN, 2), ERR_DATA);
    assert_int_equal(((unsigned char *)&s)[0], 0x5a);
    assert_int_equal(series_set_init(&s, "x", "y", SERIES_MONTH, 12 * 10000 - 2, 2), 0);
    series_set_release(&s);
}

static void test_points(void **state)
{
    struct series_set s;

    (void)state;
    series_set_init(&s, "Users", "users", SERIES_MONTH, OCT_2025, 3);
    assert_int_equal(series_add(&s, "a"), 0);
    assert_int_equal(series_at(&s, 0, 1).state, POINT_MISSING);
    assert_int_equal(series_put(&s, 0, 1, POINT_WHOLE, SERIES_VALUE_MAX), 0);
    assert_int_equal(series_put(&s, 0, 1, POINT_WHOLE, SERIES_VALUE_MAX + 1), ERR_DATA);
    assert_int_equal(series_put(&s, 0, 1, POINT_WHOLE, INT64_MIN), ERR_DATA);
    assert_true(series_at(&s, 0, 1).value == SERIES_VALUE_MAX);
    assert_int_equal(series_put(&s, 0, 3, POINT_WHOLE, 1), ERR_BUG);
    assert_int_equal(series_put(&s, 1, 0, POINT_WHOLE, 1), ERR_BUG);
    assert_int_equal(series_put(&s, 0, 1, POINT_MISSING, 77), 0);
    assert_int_equal(series_at(&s, 0, 1).value, 0);
    assert_int_equal(series_at(&s, 0, 3).state, POINT_MISSING);
    assert_int_equal(series_at(&s, 9, 0).state, POINT_MISSING);
    assert_int_equal(series_find(&s, NOV_2025), 1);
    assert_true(series_find(&s, OCT_2025 - 1) == SIZE_MAX);
    assert_true(series_find(&s, OCT_2025 + 3) == SIZE_MAX);
    for (int i = 1; i < SERIES_MAX; i++)
        assert_int_equal(series_add(&s, "more"), i);
    assert_int_equal(series_add(&s, "too many"), ERR_TOOBIG);
    series_set_release(&s);
}

static void test_total(void **state)
{
    static const struct {
        enum point_state a, b, want;
        int64_t value;
    } rows[] = {
        {POINT_WHOLE, POINT_WHOLE, POINT_WHOLE, 12},
        {POINT_WHOLE, POINT_MISSING, POINT_INCOMPLETE, 5},
        {POINT_MISSING, POINT_MISSING, POINT_MISSING, 0},
        {POINT_WHOLE, POINT_SO_FAR, POINT_SO_FAR, 12},
        {POINT_INCOMPLETE, POINT_WHOLE, POINT_INCOMPLETE, 12},
        {POINT_MISSING, POINT_SO_FAR, POINT_SO_FAR, 7},
        {POINT_FORECAST, POINT_WHOLE, POINT_FORECAST, 12},
    };
    struct series_set s;
    size_t n = sizeof(rows) / sizeof(rows[0]);

    (void)state;
    series_set_init(&s, "", "", SERIES_MONTH, OCT_2025, n);
    series_add(&s, "a");
    series_add(&s, "b");
    series_add(&s, "hidden");
    s.series[2].hidden = true;
    for (size_t i = 0; i < n; i++) {
        series_put(&s, 0, i, rows[i].a, 5);
        series_put(&s, 1, i, rows[i].b, 7);
        series_put(&s, 2, i, POINT_WHOLE, 1000);
        assert_int_equal(series_at(&s, SERIES_TOTAL, i).state, rows[i].want);
        assert_int_equal(series_at(&s, SERIES_TOTAL, i).value, rows[i].value);
    }
    series_set_release(&s);
}

static void test_last(void **state)
{
    struct series_set s;
    size_t at = 77;

    (void)state;
    series_set_init(&s, "", "", SERIES_MONTH, OCT_2025, 6);
    series_add(&s, "a");
    assert_false(series_last(&s, 0, &at));
    series_put(&s, 0, 5, POINT_FORECAST, 9);
    series_put(&s, 0, 4, POINT_SO_FAR, 3);
    assert_false(series_last(&s, 0, &at));
    assert_int_equal(at, 77);
    series_put(&s, 0, 2, POINT_INCOMPLETE, 8);
    series_put(&s, 0, 0, POINT_WHOLE, 7);
    assert_true(series_last(&s, 0, &at));
    assert_int_equal(at, 2);
    assert_true(series_before(&s, 0, 2, &at));
    assert_int_equal(at, 0);
    assert_false(series_before(&s, 0, 0, &at));
    assert_int_equal(series_states(&s, 0, POINT_MISSING), 2);
    series_set_release(&s);
}

static void test_rank_and_fold(void **state)
{
    static const int64_t last[] = {50, 400, 50, -3, 900, 20, 10, 30, 5};
    struct series_set s, f;
    size_t order[SERIES_SHOWN_MAX], n = sizeof(last) / sizeof(last[0]);

    (void)state;
    series_set_init(&s, "Users", "users", SERIES_MONTH, OCT_2025, 2);
    for (size_t i = 0; i < n; i++) {
        char name[2] = {(char)('a' + i), '\0'};

        series_add(&s, name);
        if (i != 3)
            series_put(&s, i, 1, POINT_WHOLE, last[i]);
    }
    series_put(&s, 6, 0, POINT_WHOLE, 100);
    assert_int_equal(series_rank(&s, order), SERIES_SHOWN_MAX);
    assert_int_equal(order[0], 4);
    assert_int_equal(order[1], 1);
    assert_int_equal(order[2], 0);
    assert_int_equal(order[3], 2);
    assert_int_equal(order[4], 7);
    assert_int_equal(order[5], 5);
    assert_int_equal(series_fold(&s, &f), 0);
    assert_int_equal(f.series_count, SERIES_SHOWN_MAX + 1);
    assert_string_equal(f.series[0].name, "e");
    assert_string_equal(f.series[6].name, "other");
    /* g, i and d; d has no value, so the sum is incomplete. */
    assert_int_equal(f.series[6].points[1].value, 15);
    assert_int_equal(f.series[6].points[1].state, POINT_INCOMPLETE);
    assert_int_equal(f.series[6].points[0].value, 100);
    assert_int_equal(f.series[5].points[0].state, POINT_MISSING);
    series_set_release(&f);
    s.stacked = true;
    series_rank(&s, order);
    for (int i = 1; i < SERIES_SHOWN_MAX; i++)
        assert_true(order[i - 1] < order[i]);
    series_set_release(&s);
}

static void test_places(void **state)
{
    struct series_set s;
    struct civil c;
    char out[SERIES_PLACE_TEXT];

    (void)state;
    series_set_init(&s, "", "", SERIES_MONTH, OCT_2025, 6);
    assert_string_equal(series_place(&s, 0, true, out), "Oct 2025");
    assert_string_equal(series_place(&s, 3, false, out), "Jan");
    assert_string_equal(series_step_word(&s, 1), "month");
    series_set_release(&s);
    /* 2024-02-28 is 19781 days after 1970-01-01. */
    series_set_init(&s, "", "", SERIES_DAY, 19781, 3);
    assert_string_equal(series_place(&s, 1, true, out), "Feb 29, 2024");
    assert_string_equal(series_place(&s, 2, false, out), "Mar 1");
    series_civil(&s, 0, &c);
    assert_int_equal(c.year * 10000 + c.month * 100 + c.day, 20240228);
    series_set_release(&s);
    series_set_init(&s, "", "", SERIES_YEAR, 2016, 3);
    assert_string_equal(series_place(&s, 2, false, out), "2018");
    assert_string_equal(series_step_word(&s, 0), "years");
    series_set_release(&s);
}

static void test_changes(void **state)
{
    char out[HUMAN_MAX];

    (void)state;
    assert_string_equal(series_change(4102, 4812, out), "+17 %");
    assert_string_equal(series_change(1000, 1000, out), "=");
    assert_string_equal(series_change(10, 0, out), "-100 %");
    assert_string_equal(series_change(0, 5, out), "");
    assert_string_equal(series_change(-5, 5, out), "");
    assert_string_equal(series_change(5, -5, out), "");
    assert_string_equal(series_delta(1, 1235, out), "+1 234");
    assert_string_equal(series_delta(5, 5, out), "0");
    assert_string_equal(series_delta(-SERIES_VALUE_MAX, SERIES_VALUE_MAX, out),
                        "+18 014 398 509 481 984");
    assert_string_equal(series_delta(SERIES_VALUE_MAX, -SERIES_VALUE_MAX, out),
                        "-18 014 398 509 481 984");
    assert_int_equal(point_mark(POINT_MISSING), '?');
    assert_string_equal(point_word(POINT_SO_FAR), "so far");
}

static void check_year(const struct series_set *years, size_t i, enum point_state state,
                       int64_t paid, int64_t free_users, const char *sign)
{
    struct point p = series_at(years, SERIES_TOTAL, i);

    assert_int_equal(p.state, state);
    assert_int_equal(series_at(years, 0, i).value, paid);
    assert_int_equal(series_at(years, 1, i).value, free_users);
    assert_string_equal(point_sign(p), sign);
}

/* A year is its month with the most users, with the parts of that month. */
static void test_years(void **state)
{
    struct series_set s, years;

    (void)state;
    assert_int_equal(series_set_init(&s, "x", "users", SERIES_MONTH, 2023 * 12 + 10, 37), 0);
    s.stacked = true;
    series_add(&s, "paid");
    series_add(&s, "free");
    for (size_t i = 0; i < 37; i++) {
        int64_t paid = 100 + (int64_t)(i * 7 % 12) * 10;

        if (i >= 14 && i < 26)
            continue; /* 2025 */
        series_put(&s, 0, i, i == 36 ? POINT_SO_FAR : POINT_WHOLE, paid);
        series_put(&s, 1, i, i == 36 ? POINT_SO_FAR : POINT_WHOLE, 200 - paid / 10);
    }
    /* In 2024 the largest total is the one of July, which is an upper bound. */
    series_put(&s, 0, 8, POINT_AT_MOST, 400);
    series_put(&s, 1, 8, POINT_AT_MOST, 1);
    series_expect(&s, 36, &(struct series_ahead){.value = 900, .low = 1, .high = 900});
    series_remark(&s, "a word");
    assert_int_equal(series_by_year(&s, &years), 0);
    assert_int_equal(years.count, 4);
    assert_int_equal(years.first, 2023);
    assert_true(years.largest);
    assert_int_equal(years.remark_count, 2);
    assert_string_equal(years.remarks[0], "each year is its largest month");
    assert_null(series_ahead(&years, 3));
    /* Two months of 2023 are known, the others may be more. */
    check_year(&years, 0, POINT_INCOMPLETE, 170, 183, ">= ");
    check_year(&years, 1, POINT_AT_MOST, 400, 1, "<= ");
    assert_int_equal(series_at(&years, SERIES_TOTAL, 2).state, POINT_MISSING);
    assert_int_equal(series_at(&years, SERIES_TOTAL, 3).state, POINT_SO_FAR);
    series_set_release(&years);
    s.step = SERIES_DAY;
    assert_int_equal(series_by_year(&s, &years), ERR_BUG);
    series_set_release(&s);
}

static void test_ahead(void **state)
{
    struct series_ahead a = {.value = 50, .low = 40, .high = 60}, bad = {.value = 5, .low = 6};
    struct series_set s, folded;

    (void)state;
    series_set_init(&s, "x", "", SERIES_MONTH, 2026 * 12, 3);
    series_add(&s, "one");
    series_put(&s, 0, 0, POINT_WHOLE, 30);
    assert_int_equal(series_expect(&s, 3, &a), ERR_BUG);
    assert_int_equal(series_expect(&s, 2, &bad), ERR_DATA);
    assert_null(series_ahead(&s, 2));
    assert_int_equal(series_expect(&s, 0, &a), 0);
    assert_int_equal(series_expect(&s, 2, &a), 0);
    /* A fact stays what it is, and the series holds facts only. */
    assert_int_equal(series_at(&s, 0, 0).value, 30);
    assert_int_equal(series_at(&s, 0, 2).value, 50);
    assert_int_equal(series_at(&s, SERIES_TOTAL, 2).state, POINT_FORECAST);
    assert_int_equal(s.series[0].points[2].value, 0);
    assert_int_equal(series_at(&s, 0, 1).state, POINT_MISSING);
    for (int i = 0; i < 6; i++)
        assert_int_equal(series_remark(&s, "r"), 0);
    assert_int_equal(s.remark_count, SERIES_REMARKS_MAX);
    assert_int_equal(series_fold(&s, &folded), 0);
    assert_int_equal(series_ahead(&folded, 2)->high, 60);
    assert_int_equal(folded.remark_count, SERIES_REMARKS_MAX);
    series_set_release(&folded);
    series_add(&s, "two");
    assert_null(series_ahead(&s, 2));
    s.stacked = true;
    assert_int_equal(series_at(&s, 0, 2).value, 0);
    assert_int_equal(series_at(&s, SERIES_TOTAL, 2).value, 50);
    s.series[1].hidden = true;
    assert_null(series_ahead(&s, 2));
    series_set_release(&s);
}

static void test_bounds(void **state)
{
    struct series_set s;

    (void)state;
    series_set_init(&s, "x", "", SERIES_MONTH, 2026 * 12, 3);
    series_add(&s, "one");
    series_add(&s, "two");
    s.stacked = true;
    series_put(&s, 0, 0, POINT_SO_FAR, 5);
    series_put(&s, 1, 0, POINT_SO_FAR, 5);
    assert_int_equal(series_bound(&s, 1, 0, true, false), 0);
    assert_string_equal(point_sign(series_at(&s, 0, 0)), "");
    assert_string_equal(point_sign(series_at(&s, SERIES_TOTAL, 0)), ">= ");
    series_bound(&s, 0, 0, false, true);
    assert_string_equal(point_sign(series_at(&s, SERIES_TOTAL, 0)), "~ ");
    series_put(&s, 0, 1, POINT_AT_MOST, 5);
    series_put(&s, 1, 1, POINT_WHOLE, 5);
    assert_int_equal(series_at(&s, SERIES_TOTAL, 1).state, POINT_AT_MOST);
    assert_string_equal(point_sign(series_at(&s, SERIES_TOTAL, 1)), "<= ");
    assert_int_equal(point_mark(POINT_AT_MOST), '<');
    assert_int_equal(series_bound(&s, 2, 0, true, true), ERR_BUG);
    series_bound(&s, 0, 2, true, true);
    assert_string_equal(point_sign(series_at(&s, 0, 2)), "");
    series_set_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_init),    cmocka_unit_test(test_points),
        cmocka_unit_test(test_total),   cmocka_unit_test(test_last),
        cmocka_unit_test(test_places),  cmocka_unit_test(test_rank_and_fold),
        cmocka_unit_test(test_changes), cmocka_unit_test(test_years),
        cmocka_unit_test(test_ahead),   cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
