#include "pty.h"

#include "widgets/spark.h"

enum { JAN_2026 = 2026 * 12 };

static void make_set(struct series_set *s)
{
    CHECK(series_set_init(s, "Users", "users", SERIES_MONTH, JAN_2026, 12) == 0);
    series_add(s, "rises");
    series_add(s, "high");
    for (size_t i = 0; i < 12; i++) {
        if (i != 7)
            series_put(s, 0, i, POINT_WHOLE, 100 * (int64_t)i);
        series_put(s, 1, i, POINT_WHOLE, 1100);
    }
}

static void child_draws(void *arg)
{
    struct screen *s = open_screen(false, *(enum glyph_mode *)arg);
    struct spark_range both = {0, 0, false};
    struct series_set set;

    make_set(&set);
    spark_range_add(&both, &set, 0, 12);
    spark_range_add(&both, &set, 1, 12);
    screen_begin(s);
    CHECK(spark_draw(s, 0, 2, 12, ROLE_TEXT, &set, 0, NULL) == 12);
    CHECK(spark_draw(s, 1, 2, 12, ROLE_TEXT, &set, 1, &both) == 12);
    CHECK(spark_draw(s, 2, 2, 5, ROLE_TEXT, &set, 0, NULL) == 5);
    CHECK(spark_draw(s, 3, 0, 0, ROLE_TEXT, &set, 0, NULL) == 0);
    CHECK(spark_draw(s, 3, 0, -4, ROLE_TEXT, &set, 0, NULL) == 0);
    /* What is off the screen is not there. */
    CHECK(spark_draw(s, 3, 16, 12, ROLE_TEXT, &set, 1, NULL) <= 4);
    screen_end(s);
    step();
    series_set_release(&set);
    screen_close(s);
}

static void draw(enum glyph_mode glyphs, const char *want)
{
    struct term_options o = {4, 20, NULL, NULL};
    struct term t;

    term_start(&t, &o, child_draws, &glyphs);
    next_step(&t);
    assert_screen(&t, want);
    term_go(&t);
    term_end(&t);
}

static void test_draws(void **state)
{
    (void)state;
    draw(GLYPHS_AUTO, "  ▁▂▂▃▄▄▅ ▆▇▇█\n"
                      "  ████████████\n"
                      "   ▁▃▆█\n"
                      "                ▄▄▄…\n");
    draw(GLYPHS_ASCII, "  __...-- ==^^\n"
                       "  ^^^^^^^^^^^^\n"
                       "   _.=^\n"
                       "                ---~\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
