#include "cells.h"

#include "base/err.h"
#include "model/chart_text.h"
#include "model/term.h"
#include "model/trend_list.h"

enum { NOV = 2026 * 12 + 10, NOV_1 = 1793491200, DAY = 86400, CLOSED = 24 };

static const int64_t noon_22 = NOV_1 + 21 * (int64_t)DAY + 12 * 3600;
static struct history history;
static struct trend_list list;

/* One edition on two servers that share no users; a tenth of the users is free. */
static void month(int term, int64_t total, bool late)
{
    int64_t end = term_start(term + 1, "UTC");
    struct usage_server servers[2] = {
        {.fqdn = "a.x", .total = total - 7, .free = total / 10, .reported = end - 3600},
        {.fqdn = "b.x", .total = 7, .reported = end - (late ? 5 * DAY : 3600)},
    };
    struct usage_customer customer = {.linked = true, .id = "cedar9", .total = 9, .free = 1};
    struct usage_list l;
    struct usage_feature *f;

    usage_list_init(&l, term);
    f = usage_list_add(&l);
    f->feature_id = "XDT_PLT_UD";
    f->total = total;
    f->free = total / 10;
    f->server_parts = servers;
    f->server_part_count = 2;
    f->customer_parts = &customer;
    f->customer_part_count = 1;
    usage_list_finish(&l);
    assert_int_equal(history_add_usage(&history, &l, NULL), 0);
    usage_list_release(&l);
}

static void mark(void)
{
    struct gap_input in = {.now = noon_22, .zone = "UTC"};

    assert_int_equal(history_mark(&history, &in), 0);
}

static struct trend_spec spec(int from, int to)
{
    return (struct trend_spec){
        .name = "All", .from = from, .to = to, .forecast = true, .seen = noon_22, .zone = "UTC"};
}

static int setup(void **state)
{
    (void)state;
    history_init(&history);
    trend_list_init(&list);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    trend_list_release(&list);
    history_release(&history);
    return 0;
}

/* ---- the forecast again, as a textbook has it ---- */

struct line {
    double slope, mean_x, mean_y;
    int n;
};

static double round_down(double v)
{
    double whole = (double)(int64_t)v;

    return whole > v ? whole - 1 : whole;
}

/* Through the last 12 of the values up to LAST that are there (0: not). */
static struct line fit(const int64_t *y, int last)
{
    struct line l = {0};
    double xs[12], ys[12], above = 0, below = 0;

    for (int i = last; i >= 0 && l.n < 12; i--)
        if (y[i] > 0) {
            xs[l.n] = i;
            ys[l.n++] = (double)y[i];
        }
    for (int i = 0; i < l.n; i++) {
        l.mean_x += xs[i] / l.n;
        l.mean_y += ys[i] / l.n;
    }
    for (int i = 0; i < l.n; i++) {
        above += (xs[i] - l.mean_x) * (ys[i] - l.mean_y);
        below += (xs[i] - l.mean_x) * (xs[i] - l.mean_x);
    }
    l.slope = l.n > 1 ? above / below : 0;
    return l;
}

static int64_t at(const struct line *l, int x)
{
    double v = round_down(l->mean_y + l->slope * (x - l->mean_x) + 0.5 + 1e-9);

    return v > 0 ? (int64_t)v : 0;
}

static int64_t band(const struct line *l, const int64_t *y, int last)
{
    int64_t most = 0;
    int n = 0;

    for (int i = last; i >= 0 && n < 12; i--)
        if (y[i] > 0) {
            int64_t off = llabs(y[i] - at(l, i));

            most = off > most ? off : most;
            n++;
        }
    return most;
}

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* The lower middle of all errors in thousandths; *TESTS of them. */
static int64_t back_test(const int64_t *y, int64_t *tests)
{
    int64_t errors[CLOSED * 12];
    size_t n = 0;

    for (int k = 0; k < CLOSED; k++) {
        struct line l = fit(y, k);

        for (int i = k + 1; i < CLOSED && i <= k + 12 && y[k] > 0 && l.n >= 6; i++)
            if (y[i] > 0)
                errors[n++] = (int64_t)round_down(
                    1000.0 * (double)llabs(at(&l, i) - y[i]) / (double)y[i] + 0.5);
    }
    *tests = (int64_t)n;
    qsort(errors, n, sizeof(errors[0]), by_size);
    return n > 0 ? errors[(n - 1) / 2] : -1;
}

static void check_against_textbook(const int64_t y[CLOSED], int64_t so_far)
{
    struct line l = fit(y, CLOSED - 1);
    int64_t width = band(&l, y, CLOSED - 1), tests, error = back_test(y, &tests);
    const struct trend_row *r = &list.rows[5];

    /* 22 of 30 days. */
    assert_int_equal(r->ahead.value, (int64_t)round_down((double)so_far * 30 / 22 + 0.5));
    assert_int_equal(r->ahead.low, so_far);
    assert_int_equal(r->total, so_far);
    assert_string_equal(r->method, "run-rate");
    assert_int_equal(r->error_tests, USAGE_UNKNOWN);
    assert_int_equal(list.count, 6 + 11);
    for (int i = 0; i < 11; i++) {
        int64_t want = at(&l, CLOSED + 1 + i);

        r = &list.rows[6 + i];
        assert_int_equal(r->term, NOV + 1 + i);
        assert_true(r->future);
        assert_int_equal(r->total, USAGE_UNKNOWN);
        assert_int_equal(r->ahead.value, want);
        assert_int_equal(r->ahead.low, want > width ? want - width : 0);
        assert_int_equal(r->ahead.high, want + width);
        assert_int_equal(r->error_tests, tests);
        assert_int_equal(r->error_permille, error);
    }
}

static void test_forecast(void **state)
{
    uint32_t seed = 5;

    (void)state;
    for (int round = 0; round < 40; round++) {
        struct trend_spec s = spec(NOV - 5, NOV);
        int64_t y[CLOSED], so_far = 400 + dice(&seed, 600);

        history_release(&history);
        for (int i = 0; i < CLOSED; i++) {
            bool there = i == CLOSED - 1 || dice(&seed, 9) != 0;

            y[i] = there ? 1000 + i * (round % 60 - 20) + dice(&seed, 150) : 0;
            if (there)
                month(NOV - CLOSED + i, y[i], false);
        }
        /* Older months are known in one run and not in another: they must not count. */
        month(NOV - CLOSED - 1, 90000, false);
        month(NOV, so_far, false);
        mark();
        assert_int_equal(trend_list_build(&list, &history, &s, NULL), 0);
        check_against_textbook(y, so_far);
    }
}

/* ---- facts and forecast apart ---- */

static void two_years(void)
{
    for (int i = 0; i < CLOSED; i++)
        month(NOV - CLOSED + i, 500 + i * 10, false);
    month(NOV, 660, false);
    mark();
}

static void test_rows(void **state)
{
    struct trend_spec s = spec(NOV - 2, NOV);
    int64_t sum = 0;

    (void)state;
    two_years();
    assert_columns(&trend_row_type,
                   "term subject state total paid free incomplete at_most forecast low high method "
                   "error_permille error_tests");
    assert_int_equal(trend_list_build(&list, &history, &s, NULL), 0);
    assert_int_equal(list.count, 14);
    assert_row(&trend_row_type, &list.rows[0], "2026-09|All|complete|720|648|72|false|false||||||");
    assert_row(&trend_row_type, &list.rows[2],
               "2026-11|All|so_far|660|594|66|false|false|900|660|900|run-rate||");
    assert_row(&trend_row_type, &list.rows[3],
               "2026-12|All|forecast||||false|false|750|750|750|trend|0|150");
    assert_shown(&trend_row_type, &list.rows[3], "total", "");
    for (size_t i = 0; i < list.count; i++)
        sum += list.rows[i].total == USAGE_UNKNOWN ? 0 : list.rows[i].total;
    assert_int_equal(sum, 720 + 730 + 660);
    assert_int_equal(list.remark_count, 2);
    assert_string_equal(list.remarks[0].text, "month end: run-rate of 22 days, error not known");
    assert_string_equal(list.remarks[1].text,
                        "forecast: trend of 12 months, typically 0.0 % off (150 tests)");
    assert_false(list.remarks[0].refusal);
    /* A gap is a row. */
    s.forecast = false;
    s.from = NOV - CLOSED - 2;
    s.to = s.from + 2;
    assert_int_equal(trend_list_build(&list, &history, &s, NULL), 0);
    assert_row(&trend_row_type, &list.rows[1], "2024-10|All|missing||||false|false||||||");
    assert_shown(&trend_row_type, &list.rows[1], "paid", "?");
    assert_int_equal(trend_row_type.severity(&list.rows[1]), 2);
    assert_int_equal(list.remark_count, 0);
}

static void test_set(void **state)
{
    struct trend_spec s = spec(NOV - 2, NOV);
    struct series_set set;
    struct buf out;

    (void)state;
    two_years();
    assert_int_equal(trend_list_build(&list, &history, &s, NULL), 0);
    assert_int_equal(trend_list_set(&list, &set), 0);
    assert_int_equal(set.count, 14);
    assert_int_equal(set.series_count, 2);
    for (size_t i = 3; i < 14; i++) {
        assert_int_equal(set.series[0].points[i].value, 0);
        assert_int_equal(set.series[0].points[i].state, POINT_MISSING);
        assert_int_equal(series_at(&set, SERIES_TOTAL, i).state, POINT_FORECAST);
    }
    buf_init(&out, 1 << 16);
    assert_int_equal(chart_sentence(&set, &out), 0);
    assert_string_equal(
        out.data, "All rose from 720 in Sep 2026 to 730 in Oct 2026, +1.4 %; Nov 2026 so far 660, "
                  "month end at most 900; forecast 850 in Oct 2027\n"
                  "paid rose from 648 in Sep 2026 to 657 in Oct 2026, +1.4 %; Nov 2026 so far 594\n"
                  "free rose from 72 in Sep 2026 to 73 in Oct 2026, +1.4 %; Nov 2026 so far 66\n"
                  "month end: run-rate of 22 days, error not known\n"
                  "forecast: trend of 12 months, typically 0.0 % off (150 tests)\n");
    buf_reset(&out);
    chart_read_out(&set, 2, false, &out);
    assert_string_equal(out.data, "Nov 2026: 660 users so far, 594 paid, 66 free, -70 (-9.6 %) on "
                                  "Oct, month end at most 900");
    buf_reset(&out);
    chart_read_out(&set, 3, false, &out);
    assert_string_equal(out.data, "Dec 2026: forecast 750 users");
    /* Of a part alone nothing is expected. */
    set.series[1].hidden = true;
    assert_null(series_ahead(&set, 3));
    assert_int_equal(series_at(&set, SERIES_TOTAL, 3).state, POINT_MISSING);
    buf_release(&out);
    series_set_release(&set);
}

static void refused(const struct trend_spec *s, const char *text)
{
    assert_int_equal(trend_list_build(&list, &history, s, NULL), 0);
    for (size_t i = 0; i < list.remark_count; i++)
        if (strcmp(list.remarks[i].text, text) == 0) {
            assert_true(list.remarks[i].refusal);
            return;
        }
    fail_msg("not said: %s", text);
}

static void test_refusals(void **state)
{
    struct trend_spec s = spec(NOV - 5, NOV);

    (void)state;
    for (int i = 1; i < 5; i++)
        month(NOV - i, 500, false);
    month(NOV, 480, true);
    mark();
    refused(&s, "no forecast: too few complete months in two years: 4 of the 6 needed");
    assert_int_equal(list.count, 6);
    s.seen = NOV_1 + 2 * DAY;
    refused(&s, "no month end: too few days of the month: 3 of the 4 needed");
    /* What was taken last month tells nothing of this one's end. */
    s.seen = NOV_1 - DAY;
    refused(&s, "no month end: when this month was counted is not known");
    s.seen = TIME_NONE;
    refused(&s, "no month end: when this month was counted is not known");
    s.to = NOV - 1;
    refused(&s, "no forecast: it begins with the running month, which is not shown");
    assert_int_equal(list.count, 5);
}

/* ---- chosen servers ---- */

static void test_chosen_servers(void **state)
{
    struct gap_input in = {.now = noon_22, .zone = "UTC"};
    struct trend_spec s = spec(NOV - 3, NOV - 1);
    struct server_set only;
    struct err err;

    (void)state;
    server_set_init(&only);
    server_set_add(&only, "a.x");
    s.choice.servers = &only;
    s.choice.gap = &in;
    s.forecast = false;
    month(NOV - 3, 500, false);
    month(NOV - 2, 600, true);
    month(NOV - 1, 700, false);
    mark();
    /* b.x was silent in September: of all it is incomplete, of a.x alone it is not. */
    assert_true(history_month(&history, NOV - 2)->incomplete);
    assert_int_equal(trend_list_build(&list, &history, &s, NULL), 0);
    assert_row(&trend_row_type, &list.rows[1], "2026-09|All|complete|593|533|60|false|false||||||");
    server_set_remove(&only, "a.x");
    server_set_add(&only, "b.x");
    assert_int_equal(trend_list_build(&list, &history, &s, NULL), 0);
    assert_row(&trend_row_type, &list.rows[1], "2026-09|All|incomplete|7|7|0|true|false||||||");
    assert_row(&trend_row_type, &list.rows[2], "2026-10|All|complete|7|7|0|false|false||||||");
    s.choice.customer_id = "cedar9";
    assert_int_equal(trend_list_build(&list, &history, &s, &err), ERR_DATA);
    assert_int_equal(list.count, 0);
    server_set_release(&only);
}

/* Three servers that share users: of two of them only a bound is known. */
static void test_bounds(void **state)
{
    struct usage_server servers[3] = {{.fqdn = "a.x", .total = 60, .reported = 1},
                                      {.fqdn = "b.x", .total = 50, .reported = 1},
                                      {.fqdn = "c.x", .total = 40, .reported = 1}};
    struct trend_spec s = spec(NOV, NOV);
    struct server_set only;
    struct series_set set;
    struct usage_list l;
    struct usage_feature *f;
    struct point p;

    (void)state;
    usage_list_init(&l, NOV);
    f = usage_list_add(&l);
    f->feature_id = "XDT_PLT_UD";
    f->total = 100;
    f->server_parts = servers;
    f->server_part_count = 3;
    usage_list_finish(&l);
    assert_int_equal(history_add_usage(&history, &l, NULL), 0);
    l.term = NOV - 1;
    assert_int_equal(history_add_usage(&history, &l, NULL), 0);
    usage_list_release(&l);
    mark();
    server_set_init(&only);
    server_set_add(&only, "b.x");
    server_set_add(&only, "c.x");
    s.choice.servers = &only;
    s.from = NOV - 1;
    refused(&s, "no month end: chosen servers share users, so the count is no basis");
    assert_row(&trend_row_type, &list.rows[1], "2026-11|All|so_far|90|90|0|false|true||||||");
    assert_shown(&trend_row_type, &list.rows[1], "total", "<= 90");
    assert_int_equal(trend_list_set(&list, &set), 0);
    p = series_at(&set, SERIES_TOTAL, 1);
    assert_int_equal(p.state, POINT_SO_FAR);
    assert_string_equal(point_sign(p), "<= ");
    series_set_release(&set);
    server_set_release(&only);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_forecast, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_set, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refusals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_chosen_servers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bounds, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
