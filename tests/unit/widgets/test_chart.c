#include "pty.h"

#include <limits.h>

#include "widgets/chart.h"

enum { DEC_2025 = 2025 * 12 + 11 };

static void make_set(struct series_set *s)
{
    static const int64_t values[] = {2100, 2200, 0, 2400, 2300, 1200};

    CHECK(series_set_init(s, "Premium", "users", SERIES_MONTH, DEC_2025, 6) == 0);
    series_add(s, "Premium");
    for (size_t i = 0; i < 6; i++)
        if (i != 2)
            series_put(s, 0, i, i == 5 ? POINT_SO_FAR : POINT_WHOLE, values[i]);
}

static void frame(struct screen *s, struct chart_view *v, const struct series_set *set,
                  struct rect r)
{
    screen_begin(s);
    chart_view_draw(v, s, r, set, "as of May 1");
    screen_end(s);
    step();
}

static void child_draws(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct rect r = {1, 1, 12, 60};
    struct chart_view v;
    struct series_set set;

    (void)arg;
    make_set(&set);
    chart_view_init(&v, CHART_GLYPHS_BLOCK);
    frame(s, &v, &set, r);
    frame(s, &v, &set, r);
    chart_view_move(&v, &set, MOTION_LEFT);
    frame(s, &v, &set, r);
    chart_view_next_twin(&v);
    r.h = 4;
    frame(s, &v, &set, r);
    chart_view_next_twin(&v);
    r.w = 40;
    frame(s, &v, &set, r);
    chart_view_next_twin(&v);
    screen_set_glyphs(s, GLYPHS_ASCII);
    r.h = 1;
    frame(s, &v, &set, r);
    chart_view_release(&v);
    series_set_release(&set);
    screen_close(s);
}

static void test_draws(void **state)
{
    struct term_options o = {14, 62, NULL, NULL};
    struct term t;
    VTermScreenCell cell;

    (void)state;
    term_start(&t, &o, child_draws, NULL);
    next_step(&t);
    assert_screen(&t, "\n"
                      " Premium, users per month\n"
                      "\n"
                      " 3 000 ┤  2 100   2 200           2 400   2 300\n"
                      "       │  ▂▂▂▂    ▃▃▃▃            ▆▆▆▆    ▅▅▅▅\n"
                      " 2 000 ┤  ████    ████            ████    ████\n"
                      "       │  ████    ████            ████    ████    1 200\n"
                      " 1 000 ┤  ████    ████            ████    ████    ::::\n"
                      "       │  ████    ████    ?       ████    ████    ::::\n"
                      "     0 ┼──Dec─────Jan─────Feb─────Mar─────Apr─────May────────\n"
                      "          2025    2026\n"
                      " ? Feb missing  : May so far\n"
                      " Apr 2026: 2 300 users, -100 (-4.2 %) on Mar      as of May 1\n");
    term_go(&t);
    next_step(&t);
    assert_int_equal(t.bytes, 0);
    term_go(&t);
    next_step(&t);
    assert_line(&t, 12, " Mar 2026: 2 400 users, +200 (+9.1 %) on Jan      as of May 1");
    /* The label under the cursor is marked, and the hardware cursor is there. */
    for (int x = 0; x < 62; x++) {
        cell = term_cell(&t, 9, x);
        if (cell.chars[0] == 'M' && cell.attrs.reverse) {
            assert_cursor(&t, 9, x);
            break;
        }
        assert_false(cell.attrs.reverse);
        assert_true(x < 61);
    }
    term_go(&t);
    next_step(&t);
    assert_screen(&t, "\n"
                      " month     Premium          change\n"
                      " Jan 2026    2 200   +100 (+4.8 %)\n"
                      " Feb 2026        ?                  missing\n"
                      " Mar 2026    2 400   +200 (+9.1 %)\n");
    assert_cursor(&t, 4, 1);
    term_go(&t);
    next_step(&t);
    assert_screen(&t, "\n"
                      " Premium rose from 2 100 in Dec 2025 to\n"
                      " 2 300 in Apr 2026, +9.5 %; Feb 2026\n"
                      " missing; May 2026 so far 1 200\n");
    term_go(&t);
    next_step(&t);
    assert_screen(&t, "\n Premium  _. ^=:  2 300 (-4.2 %)\n");
    term_go(&t);
    term_end(&t);
}

/* A limit with its number, and what is expected, in dots that no fact is drawn in. */
static void child_ahead(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_ASCII);
    struct rect r = {0, 0, 14, 60};
    struct series_set set;
    struct chart_view v;

    (void)arg;
    CHECK(series_set_init(&set, "Premium", "users", SERIES_MONTH, DEC_2025, 5) == 0);
    series_add(&set, "Premium");
    for (size_t i = 0; i < 3; i++)
        series_put(&set, 0, i, i == 2 ? POINT_SO_FAR : POINT_WHOLE, 2000 + (int64_t)i * 200);
    for (size_t i = 2; i < 5; i++)
        series_expect(
            &set, i,
            &(struct series_ahead){.at_most = i == 2, .value = 3000, .low = 2400, .high = 3600});
    series_limit(&set, 4000);
    series_remark(&set, "forecast: by hand");
    chart_view_init(&v, CHART_GLYPHS_BLOCK);
    frame(s, &v, &set, r);
    chart_view_move(&v, &set, MOTION_BOTTOM);
    frame(s, &v, &set, r);
    /* The remark keeps its row while the places scroll. */
    chart_view_next_twin(&v);
    r.h = 5;
    frame(s, &v, &set, r);
    chart_view_move(&v, &set, MOTION_TOP);
    frame(s, &v, &set, r);
    chart_view_release(&v);
    series_set_release(&set);
    screen_close(s);
}

static void test_ahead(void **state)
{
    struct term_options o = {14, 62, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_ahead, NULL);
    next_step(&t);
    assert_screen(&t, "Premium, users per month\n"
                      "\n"
                      "\n"
                      "4 000 +- - - - - - - - - - - - - - - - 3 000 - - 3 000 - - -\n"
                      "      |                      2 400     .....     .....\n"
                      "      |  2 000     2 200     :::::     .....     .....\n"
                      "2 000 +  #####     #####     :::::     .....     .....\n"
                      "      |  #####     #####     :::::     .....     .....\n"
                      "      |  #####     #####     :::::     .....     .....\n"
                      "    0 +---Dec-------Jan-------Feb-------Mar-------Apr-------\n"
                      "         2025      2026\n"
                      ": Feb so far  . 2 months forecast  - - limit 4 000\n"
                      "forecast: by hand\n"
                      "Jan 2026: 2 200 users, +200 (+10 %) on Dec       as of May 1\n");
    term_go(&t);
    next_step(&t);
    assert_line(&t, 13, "Apr 2026: forecast 3 000 (2 400 to 3 600) users  as of May 1");
    term_go(&t);
    next_step(&t);
    assert_screen(&t, "month     Premium  forecast     low to high  ~\n"
                      "Feb 2026    2 400  <= 3 000                  so far\n"
                      "Mar 2026              3 000  2 400 to 3 600  forecast\n"
                      "Apr 2026              3 000  2 400 to 3 600  forecast\n"
                      "forecast: by hand\n");
    term_go(&t);
    next_step(&t);
    assert_screen(&t, "month     Premium  forecast     low to high  ~\n"
                      "Dec 2025    2 000\n"
                      "Jan 2026    2 200\n"
                      "Feb 2026    2 400  <= 3 000                  so far\n"
                      "forecast: by hand\n");
    term_go(&t);
    term_end(&t);
}

static void child_moves(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct series_set set, longer, empty;
    struct chart_view v;

    (void)arg;
    make_set(&set);
    CHECK(series_set_init(&longer, "", "", SERIES_MONTH, DEC_2025 - 12, 30) == 0);
    CHECK(series_set_init(&empty, "", "", SERIES_MONTH, DEC_2025, 0) == 0);
    chart_view_init(&v, CHART_GLYPHS_BRAILLE);
    /* The last value that counts, until it is moved. */
    CHECK(chart_view_cursor(&v, &set) == 4);
    CHECK(chart_view_move(&v, &set, MOTION_RIGHT));
    CHECK(!chart_view_move(&v, &set, MOTION_RIGHT));
    CHECK(chart_view_cursor(&v, &set) == 5);
    CHECK(!chart_view_move(&v, &set, MOTION_UP));
    CHECK(chart_view_move(&v, &set, MOTION_TOP));
    CHECK(chart_view_cursor(&v, &set) == 0);
    CHECK(!chart_view_step(&v, &set, LONG_MIN));
    CHECK(chart_view_step(&v, &set, LONG_MAX));
    CHECK(chart_view_step(&v, &set, -2));
    CHECK(chart_view_cursor(&v, &set) == 3);
    /* The same month in another set. */
    CHECK(chart_view_cursor(&v, &longer) == 15);
    CHECK(chart_view_cursor(&v, &empty) == 0);
    CHECK(!chart_view_move(&v, &empty, MOTION_PAGE_DOWN));
    CHECK(chart_view_cursor(&v, &longer) == 12);

    chart_view_next_glyphs(&v);
    CHECK(v.glyphs == CHART_GLYPHS_BLOCK);
    chart_view_next_glyphs(&v);
    chart_view_next_glyphs(&v);
    CHECK(v.glyphs == CHART_GLYPHS_BRAILLE);

    CHECK(chart_view_toggle(&set, 1) && set.series[0].hidden);
    CHECK(chart_view_toggle(&set, 1) && !set.series[0].hidden);
    CHECK(!chart_view_toggle(&set, 2) && !chart_view_toggle(&set, 0));

    /* Any size, also beyond the screen; an empty set. */
    screen_begin(s);
    for (int h = -1; h < 30; h += 1 + h / 4)
        for (int w = -1; w < 100; w += 1 + w / 6) {
            v.twin = (enum chart_twin)((h + w + 2) % CHART_TWINS);
            chart_view_draw(&v, s, (struct rect){h % 3, w % 5, h, w}, &set, NULL);
            chart_view_draw(&v, s, (struct rect){20, 70, h, w}, &longer, NULL);
            chart_view_draw(&v, s, (struct rect){0, 0, h, w}, &empty, NULL);
        }
    screen_end(s);
    chart_view_release(&v);
    series_set_release(&set);
    series_set_release(&longer);
    series_set_release(&empty);
    screen_close(s);
    step();
}

static void test_moves(void **state)
{
    (void)state;
    run_checks(child_moves);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws),
        cmocka_unit_test(test_ahead),
        cmocka_unit_test(test_moves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
