#include "cells.h"

#include "base/err.h"
#include "model/forecast.h"
#include "model/term.h"

enum { NOV = 2026 * 12 + 10, NOV_1 = 1793491200, DAY = 86400 };

static void line(struct history_point *p, size_t n, int64_t from, int64_t step)
{
    for (size_t i = 0; i < n; i++)
        p[i] = (struct history_point){.term = NOV - (int)n + 1 + (int)i,
                                      .value = from + step * (int64_t)i,
                                      .state = HISTORY_KNOWN};
}

static void test_line(void **state)
{
    struct history_point p[24];
    struct forecast f;
    struct buf out;

    (void)state;
    line(p, 24, 1000, 50);
    assert_int_equal(forecast_year(p, 24, &f, NULL), 0);
    assert_string_equal(f.method, "trend");
    assert_int_equal(f.count, 12);
    assert_int_equal(f.used, 12);
    assert_int_equal(f.band, 0);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(f.points[i].term, NOV + 1 + i);
        assert_int_equal(f.points[i].value, 1000 + 50 * (24 + i));
        assert_int_equal(f.points[i].low, f.points[i].value);
    }
    assert_true(f.error.known);
    assert_int_equal(f.error.permille, 0);
    assert_int_equal(f.error.inside, f.error.pairs);
    buf_init(&out, 200);
    forecast_text(&f, &out);
    assert_string_equal(out.data, "trend of 12 months, typically 0.0 % off (150 tests)");
    buf_release(&out);
    /* Falling below nothing stays at nothing. */
    line(p, 24, 2400, -100);
    assert_int_equal(forecast_year(p, 24, &f, NULL), 0);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(f.points[i].value, 0);
        assert_int_equal(f.points[i].low, 0);
    }
    line(p, 24, INT64_MAX - 23, 1);
    assert_int_equal(forecast_year(p, 24, &f, NULL), 0);
    assert_true(f.points[0].value == INT64_MAX && f.points[11].high == INT64_MAX);
    for (int i = 0; i < 24; i++)
        p[i].value = i % 2 == 0 ? INT64_MAX : 0;
    assert_int_equal(forecast_year(p, 24, &f, NULL), 0);
    assert_true(f.points[0].low >= 0);
}

static long double floor_of(long double v)
{
    long double whole = (long double)(int64_t)v;

    return whole > v ? whole - 1 : whole;
}

static long double size_of(long double v)
{
    return v < 0 ? -v : v;
}

static bool good(const struct history_point *p)
{
    return p->state == HISTORY_KNOWN && !p->incomplete && !p->at_most && p->value >= 0;
}

/* The trend in floating point, from the formula of any textbook. Returns the points used. */
static int trend(const struct history_point *p, size_t last, long double *mean_x,
                 long double *mean_y, long double *slope)
{
    long double sx = 0, sy = 0, xx = 0, xy = 0;
    size_t used[12];
    int n = 0;

    for (size_t i = last + 1; i-- > 0 && n < 12;)
        if (good(&p[i]) && p[last].term - p[i].term < 24)
            used[n++] = i;
    for (int i = 0; i < n; i++) {
        sx += p[used[i]].term;
        sy += (long double)p[used[i]].value;
    }
    for (int i = 0; i < n; i++) {
        long double dx = p[used[i]].term - sx / n;

        xx += dx * dx;
        xy += dx * ((long double)p[used[i]].value - sy / n);
    }
    *mean_x = sx / n;
    *mean_y = sy / n;
    *slope = n > 1 ? xy / xx : 0;
    return n;
}

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

static void test_random(void **state)
{
    uint32_t seed = 11, refused = 0, made = 0;

    (void)state;
    for (int round = 0; round < 1500; round++) {
        struct history_point p[40];
        struct forecast f;
        size_t n = 4 + dice(&seed, 36), last = n;
        long double mx, my, slope;
        int64_t errors[500];
        size_t pairs = 0, errors_count = 0;
        int fit = 0;

        line(p, n, 500 + dice(&seed, 3000), (int64_t)dice(&seed, 60) - 20);
        for (size_t i = 0; i < n; i++) {
            p[i].value += dice(&seed, 300);
            if (dice(&seed, 6) == 0)
                p[i].state = (enum history_state)dice(&seed, 4);
            p[i].at_most = dice(&seed, 30) == 0;
        }
        while (last > 0 && !good(&p[last - 1]))
            last--;
        for (size_t k = 0; k < last; k++) {
            if (!good(&p[k]) || trend(p, k, &mx, &my, &slope) < FORECAST_FIT_MIN)
                continue;
            for (size_t i = k + 1; i < last; i++)
                if (good(&p[i]) && p[i].term - p[k].term <= 12) {
                    long double v = floor_of(my + slope * (p[i].term - mx) + 0.5L);

                    v = v < 0 ? 0 : v;
                    pairs++;
                    if (p[i].value > 0)
                        errors[errors_count++] = (int64_t)floor_of(
                            1000 * size_of(v - (long double)p[i].value) / (long double)p[i].value +
                            0.5L);
                }
        }
        if (last > 0)
            fit = trend(p, last - 1, &mx, &my, &slope);
        if (forecast_year(p, n, &f, NULL) < 0) {
            assert_true(fit < FORECAST_FIT_MIN || pairs < FORECAST_TESTS_MIN);
            refused++;
            continue;
        }
        made++;
        assert_true(fit >= FORECAST_FIT_MIN && pairs >= FORECAST_TESTS_MIN);
        assert_int_equal(f.used, fit);
        assert_int_equal(f.error.pairs, pairs);
        qsort(errors, errors_count, sizeof(*errors), by_size);
        /* Halves may fall either way in floating point. */
        assert_true(llabs(f.error.permille - errors[(errors_count - 1) / 2]) <= 1);
        for (int i = 0; i < 12; i++) {
            long double v = my + slope * (f.points[i].term - mx);

            assert_true(size_of((long double)f.points[i].value - (v < 0 ? 0 : v)) <= 0.5001L);
            assert_int_equal(f.points[i].high, f.points[i].value + f.band);
        }
    }
    assert_true(refused > 100 && made > 500);
}

static void test_refusals(void **state)
{
    struct history_point p[24];
    struct forecast f = {.count = 77};
    struct err err;

    (void)state;
    assert_int_equal(forecast_year(NULL, 0, &f, &err), ERR_DATA);
    line(p, 8, 100, 1);
    p[7].state = HISTORY_PARTIAL;
    p[6].state = HISTORY_INCOMPLETE;
    p[5].at_most = true;
    assert_int_equal(forecast_year(p, 8, &f, &err), ERR_DATA);
    assert_string_equal(err.what, "There is no forecast");
    assert_string_equal(err.why, "too few complete months in two years: 5 of the 6 needed");
    line(p, 7, 100, 1);
    assert_int_equal(forecast_year(p, 7, &f, &err), ERR_DATA);
    assert_string_equal(err.why, "too few months to test it on: 1 of the 3 needed");
    assert_int_equal(f.count, 77);
    line(p, 8, 100, 1);
    assert_int_equal(forecast_year(p, 8, &f, &err), 0);
    assert_int_equal(f.error.pairs, 3);
}

static void test_month_end(void **state)
{
    const struct forecast_seen seen[] = {
        {NOV - 1, 10, 310},  {NOV - 1, 2, 1},  {NOV - 2, 15, 600}, {NOV - 9, 14, 280},
        {NOV - 5, 10, 1000}, {NOV, 10, 99999}, {NOV - 1, 40, 5},
    };
    const struct history_point finals[] = {
        {.term = NOV - 9, .value = 500, .state = HISTORY_KNOWN},
        {.term = NOV - 5, .value = 900, .state = HISTORY_INCOMPLETE},
        {.term = NOV - 2, .value = 1000, .state = HISTORY_KNOWN},
        {.term = NOV - 1, .value = 1000, .state = HISTORY_KNOWN},
    };
    struct forecast f;
    struct err err;
    struct buf out;

    (void)state;
    assert_int_equal(
        forecast_month_end(4812, NOV_1 + 22 * DAY + 5, "UTC", NULL, 0, NULL, 0, &f, &err), 0);
    assert_string_equal(f.method, "run-rate");
    assert_int_equal(f.count, 1);
    assert_int_equal(f.points[0].term, NOV);
    assert_int_equal(f.points[0].value, 6277); /* 4812 * 30 / 23 = 6276.5… */
    assert_int_equal(f.points[0].low, 4812);
    assert_false(f.error.known);
    buf_init(&out, 200);
    forecast_text(&f, &out);
    assert_string_equal(out.data, "run-rate of 23 days, error not known");
    /* Oct 961 of 1000, Sep 1200 of 1000, Feb 560 of 500: 39, 200 and 120 thousandths. */
    assert_int_equal(forecast_month_end(10, NOV_1 + 29 * DAY, "UTC", seen, 7, finals, 4, &f, &err),
                     0);
    assert_int_equal(f.points[0].value, 10);
    assert_int_equal(f.error.pairs, 3);
    assert_int_equal(f.error.permille, 120);
    buf_reset(&out);
    forecast_text(&f, &out);
    assert_string_equal(out.data, "run-rate of 30 days, typically 12 % off (3 tests)");
    buf_release(&out);
    assert_int_equal(forecast_month_end(10, NOV_1 + 2 * DAY, "UTC", NULL, 0, NULL, 0, &f, &err),
                     ERR_DATA);
    assert_string_equal(err.why, "too few days of the month: 3 of the 4 needed");
    /* Already the 4th in Tokyo. */
    assert_int_equal(
        forecast_month_end(10, NOV_1 + 3 * DAY - 3600, "Asia/Tokyo", NULL, 0, NULL, 0, &f, &err),
        0);
    assert_int_equal(f.points[0].value, 75);
    assert_int_equal(forecast_month_end(-5, NOV_1 + 9 * DAY, "UTC", NULL, 0, NULL, 0, &f, &err), 0);
    assert_int_equal(f.points[0].value, 0);
    assert_int_equal(f.points[0].low, 0);
    assert_int_equal(
        forecast_month_end(INT64_MAX, NOV_1 + 9 * DAY, "UTC", NULL, 0, NULL, 0, &f, &err), 0);
    assert_true(f.points[0].value == INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_month_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
