#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/chart.h"
#include "model/chart_text.h"

enum { DEC_2024 = 2024 * 12 + 11, DAY_2024_10_04 = 20000 };

/* Reproducible numbers. */
static uint32_t roll(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void test_axis(void **state)
{
    static const struct {
        int64_t low, high;
        int most;
        bool cut;
        int64_t from, to, step;
    } rows[] = {
        {0, 3640, 5, false, 0, 4000, 1000},
        {0, 0, 5, false, 0, 2, 1},
        {1, 1, 5, false, 0, 2, 1},
        {0, 7, 3, false, 0, 10, 5},
        {4200, 4792, 5, false, 0, 5000, 1000},
        {4200, 4792, 5, true, 4000, 4800, 200},
        {100, 4792, 5, true, 0, 5000, 1000},
        {4000, 4792, 5, true, 3800, 4800, 200},
        {-150, 129, 4, false, -200, 200, 100},
        {-9, -1, 4, false, -10, 0, 5},
        {0, SERIES_VALUE_MAX, 5, false, 0, INT64_C(10000000000000000), INT64_C(2000000000000000)},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct chart_axis a;

        chart_axis_fit(&a, rows[i].low, rows[i].high, rows[i].most, rows[i].cut);
        assert_true(a.low == rows[i].from);
        assert_true(a.high == rows[i].to);
        assert_true(a.step == rows[i].step);
        assert_true(a.low + a.intervals * a.step == a.high);
    }
}

static void test_axis_holds_everything(void **state)
{
    uint32_t seed = 1;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t scale = (int64_t)1 << roll(&seed, 54), low, high, mantissa;
        int most = 3 + (int)roll(&seed, 4);
        struct chart_axis a;

        low = (int64_t)(((double)roll(&seed, 20001) - 10000) / 10000 * (double)scale);
        high = low + (int64_t)((double)roll(&seed, 10001) / 10000 * (double)scale);
        chart_axis_fit(&a, low, high, most, roll(&seed, 2) == 1);
        assert_true(a.low <= low && a.high >= high);
        assert_true(a.low < a.high && a.intervals >= 2 && a.intervals <= most);
        for (mantissa = a.step; mantissa % 10 == 0;)
            mantissa /= 10;
        assert_true(mantissa == 1 || mantissa == 2 || mantissa == 5);
        assert_true(a.low % a.step == 0 && a.high % a.step == 0);
        /* Cut only where it says more: never around zero, never below half of the values. */
        assert_true(a.low <= 0 || low > high / 2);
        assert_true(a.high >= 0 && (a.low <= 0 || a.low < low));
    }
}

static void test_glyphs(void **state)
{
    enum chart_glyphs g = CHART_GLYPHS_COUNT;

    (void)state;
    assert_int_equal(chart_glyphs_pick(CHART_GLYPHS_AUTO, true, false), CHART_GLYPHS_BRAILLE);
    assert_int_equal(chart_glyphs_pick(CHART_GLYPHS_AUTO, true, true), CHART_GLYPHS_BLOCK);
    assert_int_equal(chart_glyphs_pick(CHART_GLYPHS_BRAILLE, true, true), CHART_GLYPHS_BRAILLE);
    assert_int_equal(chart_glyphs_pick(CHART_GLYPHS_BRAILLE, false, false), CHART_GLYPHS_ASCII);
    assert_int_equal(chart_glyphs_parse("block", &g), 0);
    assert_int_equal(g, CHART_GLYPHS_BLOCK);
    assert_true(chart_glyphs_parse("Block", &g) < 0);
    assert_string_equal(chart_glyphs_name(CHART_GLYPHS_ASCII), "ascii");
}

/* A set of any kind. */
static void make_set(struct series_set *s, uint32_t *seed)
{
    static const char *const names[] = {"Premium", "", "Caf\xc3\xa9 \xe6\xbc\xa2\xe5\xad\x97",
                                        "e\xcc\x81\xcc\x81\x1b[31m\xff", "a, b, c, d, e"};
    static const size_t counts[] = {0, 1, 2, 12, 24, 31, 60, 365, 1000};
    enum series_step step = (enum series_step)roll(seed, 3);
    int64_t first = step == SERIES_DAY ? DAY_2024_10_04 : step == SERIES_MONTH ? DEC_2024 : 1000;
    int series = (int)roll(seed, 10);
    uint32_t missing = roll(seed, 3) * 50;
    int64_t scale = (int64_t)1 << roll(seed, 54);
    bool negative = roll(seed, 3) == 0;

    assert_int_equal(series_set_init(s, names[roll(seed, 5)], roll(seed, 2) ? "users" : NULL, step,
                                     first, counts[roll(seed, 9)]),
                     0);
    s->stacked = roll(seed, 3) == 0;
    for (int k = 0; k < series; k++) {
        assert_int_equal(series_add(s, names[roll(seed, 5)]), k);
        s->series[k].hidden = roll(seed, 8) == 0;
        for (size_t i = 0; i < s->count; i++) {
            int64_t value = (int64_t)((double)roll(seed, 10001) / 10000 * (double)scale);

            value -= negative ? scale / 2 : 0;
            if (roll(seed, 100) >= missing)
                series_put(s, (size_t)k, i,
                           roll(seed, 10) ? POINT_WHOLE
                                          : (enum point_state)roll(seed, POINT_STATES),
                           value);
        }
    }
    if (roll(seed, 4) == 0)
        series_limit(s, scale);
    for (size_t i = roll(seed, 3) == 0 ? s->count / 2 : s->count; i < s->count; i++) {
        struct series_ahead ahead = {.at_most = roll(seed, 5) == 0, .low = roll(seed, 1000)};

        ahead.value = ahead.low + roll(seed, 1000);
        ahead.high = ahead.value + roll(seed, 1000);
        assert_int_equal(series_expect(s, i, &ahead), 0);
    }
    for (uint32_t i = roll(seed, 6); i < 3; i++)
        series_remark(s, "forecast: trend of 12 months, typically 3.1 % off (45 tests)");
}

static void make_options(struct chart_options *o, uint32_t *seed)
{
    memset(o, 0, sizeof(*o));
    o->rows = 1 + (int)roll(seed, roll(seed, 4) ? 30 : 320);
    o->cols = 1 + (int)roll(seed, roll(seed, 4) ? 130 : 1000);
    o->glyphs = (enum chart_glyphs)roll(seed, CHART_GLYPHS_COUNT);
    o->kind = (enum chart_kind)roll(seed, 3);
    o->cut = roll(seed, 2);
    o->read_out = roll(seed, 2);
    o->cursor = roll(seed, 40);
    o->as_of = roll(seed, 2) ? "as of Nov 1" : NULL;
}

/* Every cell can be shown, wide ones are whole, and nothing of the plot is outside of it. */
static void check_grid(const struct chart *c, const struct chart_options *o)
{
    assert_int_equal(c->rows, o->rows);
    assert_int_equal(c->cols, o->cols);
    for (int y = 0; y < c->rows; y++)
        for (int x = 0; x < c->cols; x++) {
            const struct chart_cell *cell = chart_at(c, y, x);

            if (cell->cp == CHART_REST) {
                assert_true(x > 0 && utf8_width(chart_at(c, y, x - 1)->cp) == 2);
                continue;
            }
            assert_true(cell->cp == 0 || !utf8_unsafe(cell->cp));
            if (utf8_width(cell->cp) == 2)
                assert_true(x + 1 < c->cols && chart_at(c, y, x + 1)->cp == CHART_REST);
            if (o->glyphs == CHART_GLYPHS_ASCII)
                assert_true(cell->cp >= 0 && cell->cp < 0x7f);
            if (cell->ink == CHART_MISSING || cell->ink == CHART_PARTIAL) {
                assert_true(x >= c->plot_x && x < c->plot_x + c->plot_w);
                assert_true(y >= c->plot_y - 1 && y <= c->plot_y + c->plot_rows);
            }
        }
    assert_null(chart_at(c, c->rows, 0));
    assert_null(chart_at(c, 0, c->cols));
    assert_null(chart_at(c, -1, 0));
    assert_true(c->cursor_y < c->rows && c->cursor_x < c->cols);
}

/* No column with a missing mark has anything of a series in it: a gap is not zero, and nothing goes
 * across it. */
static void check_gaps(const struct chart *c)
{
    for (int x = c->plot_x; x < c->plot_x + c->plot_w; x++) {
        bool gap = false, ink = false;

        for (int y = c->plot_y; y <= c->plot_y + c->plot_rows && y < c->rows; y++) {
            const struct chart_cell *cell = chart_at(c, y, x);

            gap = gap || cell->ink == CHART_MISSING;
            ink = ink || cell->ink == CHART_SERIES || cell->ink == CHART_PARTIAL;
        }
        assert_false(gap && ink);
    }
}

static void test_any_set_in_any_size(void **state)
{
    uint32_t seed = 7;
    struct chart c, again;

    (void)state;
    chart_init(&c);
    for (int round = 0; round < 1500; round++) {
        struct series_set s;
        struct chart_options o;
        size_t bytes;

        make_set(&s, &seed);
        make_options(&o, &seed);
        assert_int_equal(chart_layout(&c, &s, &o), 0);
        check_grid(&c, &o);
        check_gaps(&c);
        chart_init(&again);
        assert_int_equal(chart_layout(&again, &s, &o), 0);
        bytes = (size_t)c.rows * (size_t)c.cols * sizeof(*c.cells);
        assert_memory_equal(c.cells, again.cells, bytes);
        chart_release(&again);
        series_set_release(&s);
    }
    chart_release(&c);
}

static void test_every_small_size_and_the_largest(void **state)
{
    static const int big[][2] = {{300, 1000}, {1000, 300}, {1, 1000}, {1000, 1}, {1024, 2048}};
    uint32_t seed = 3;
    struct chart_options o = {.read_out = true, .cut = true, .as_of = "as of Nov 1"};
    struct series_set sets[6];
    struct chart c;

    (void)state;
    chart_init(&c);
    for (int k = 0; k < 6; k++)
        make_set(&sets[k], &seed);
    for (int k = 0; k < 6; k++)
        for (o.rows = 1; o.rows <= 16; o.rows++)
            for (o.cols = 1; o.cols <= 70; o.cols++) {
                o.glyphs = (enum chart_glyphs)(1 + (o.rows + o.cols) % 3);
                assert_int_equal(chart_layout(&c, &sets[k], &o), 0);
                check_grid(&c, &o);
            }
    for (size_t i = 0; i < sizeof(big) / sizeof(big[0]); i++) {
        o.rows = big[i][0];
        o.cols = big[i][1];
        assert_int_equal(chart_layout(&c, &sets[i], &o), 0);
        check_grid(&c, &o);
    }
    o.rows = o.cols = 1 << 30;
    assert_int_equal(chart_layout(&c, &sets[0], &o), 0);
    assert_int_equal(c.rows, CHART_ROWS_MAX);
    assert_int_equal(c.cols, CHART_COLS_MAX);
    o.rows = -5;
    assert_int_equal(chart_layout(&c, &sets[0], &o), 0);
    assert_int_equal(c.rows, 0);
    for (int k = 0; k < 6; k++)
        series_set_release(&sets[k]);
    chart_release(&c);
}

/* Reads the number that begins at X; moves X past it. */
static int64_t read_number(const struct chart *c, int y, int *x)
{
    char digits[64];
    size_t n = 0;

    for (; *x < c->cols; *x += 1) {
        const struct chart_cell *cell = chart_at(c, y, *x);

        if (cell->ink != CHART_NUMBER || cell->cp == 0)
            break;
        if (cell->cp != ' ')
            digits[n++] = (char)cell->cp;
    }
    digits[n] = '\0';
    return strtoll(digits, NULL, 10);
}

/* The filled rows under (for a negative value: over) the cells FROM to TO of row Y. */
static int column_rows(const struct chart *c, int y, int from, int to, int step)
{
    int most = 0;

    for (int x = from; x < to; x++) {
        int rows = 0;

        for (int at = y + step; at >= 0 && at < c->rows; at += step, rows++) {
            const struct chart_cell *cell = chart_at(c, at, x);

            if (cell->ink != CHART_SERIES && cell->ink != CHART_PARTIAL)
                break;
        }
        most = rows > most ? rows : most;
    }
    return most;
}

static size_t index_of(const struct series_set *s, int64_t value)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->series[0].points[i].state != POINT_MISSING && s->series[0].points[i].value == value)
            return i;
    fail_msg("%lld is no value of the set", (long long)value);
    return 0;
}

/* Every printed number is a value of the set, over its own column, which is as high as the scale
 * says; the marks count the missing months; where there is room every value is printed. */
static void check_columns(const struct chart *c, const struct series_set *s, size_t missing)
{
    size_t marks = 0, printed = 0, last = 0;
    bool last_printed = false;
    int64_t base = c->axis.low > 0 ? c->axis.low : 0;
    double row = (double)(c->axis.high - c->axis.low) / c->plot_rows;

    series_last(s, 0, &last);
    for (int y = 0; y < c->rows; y++) {
        size_t before = 0;

        for (int x = 0; x < c->cols; x++) {
            const struct chart_cell *cell = chart_at(c, y, x);
            int from = x;
            int64_t value;
            size_t at;
            double want;

            marks += cell->ink == CHART_MISSING;
            if (cell->ink != CHART_NUMBER || cell->cp == 0)
                continue;
            value = read_number(c, y, &x);
            at = index_of(s, value);
            assert_true(at >= before);
            before = at + 1;
            printed++;
            last_printed = last_printed || at == last;
            want = (double)(value - base) / row;
            want = want < 0 ? -want : want;
            assert_true(column_rows(c, y, from, x, value < base ? -1 : 1) <= want + 1.51);
            assert_true(column_rows(c, y, from, x, value < base ? -1 : 1) >= want - 1.01);
        }
    }
    assert_int_equal(marks, missing);
    assert_true(printed > 0 && printed <= s->count - missing);
    /* "-90 000" and a blank on either side. */
    if (c->plot_w / (int)s->count >= 9) {
        assert_true(last_printed);
        assert_int_equal(printed, s->count - missing);
    }
}

static void test_columns_tell_the_truth(void **state)
{
    uint32_t seed = 11;
    struct chart c;

    (void)state;
    chart_init(&c);
    for (int round = 0; round < 400; round++) {
        size_t n = 1 + roll(&seed, 24), missing = 0;
        bool negative = roll(&seed, 3) == 0;
        struct series_set s;
        struct chart_options o = {.rows = 14 + (int)roll(&seed, 40),
                                  .cols = 80 + (int)roll(&seed, 120),
                                  .cut = roll(&seed, 2),
                                  .glyphs = (enum chart_glyphs)roll(&seed, CHART_GLYPHS_COUNT)};

        series_set_init(&s, "Premium", "users", SERIES_MONTH, DEC_2024, n);
        series_add(&s, "Premium");
        for (size_t i = 0; i < n; i++) {
            /* Different everywhere, and never zero. */
            int64_t value = 1 + (int64_t)i + 100 * (int64_t)roll(&seed, 900);

            value = negative && roll(&seed, 2) ? -value : value;
            if (i + 1 < n && roll(&seed, 5) == 0)
                missing++;
            else
                series_put(&s, 0, i, roll(&seed, 6) ? POINT_WHOLE : POINT_INCOMPLETE, value);
        }
        assert_int_equal(chart_layout(&c, &s, &o), 0);
        assert_int_equal(c.form, CHART_FULL);
        check_columns(&c, &s, missing);
        series_set_release(&s);
    }
    chart_release(&c);
}

static void count_inks(const struct chart *c, int out[CHART_LIMIT + 1])
{
    memset(out, 0, sizeof(int) * (CHART_LIMIT + 1));
    for (int y = c->plot_y - 1; y < c->plot_y + c->plot_rows; y++)
        for (int x = c->plot_x; x < c->plot_x + c->plot_w; x++)
            out[chart_at(c, y, x)->ink]++;
}

static void test_missing_is_not_zero(void **state)
{
    static const enum chart_kind kinds[] = {CHART_COLUMNS, CHART_LINES};
    struct chart c;
    int inks[CHART_LIMIT + 1];

    (void)state;
    chart_init(&c);
    for (int k = 0; k < 2; k++)
        for (int g = CHART_GLYPHS_BRAILLE; g < CHART_GLYPHS_COUNT; g++) {
            struct chart_options o = {
                .rows = 16, .cols = 80, .kind = kinds[k], .glyphs = (enum chart_glyphs)g};
            struct series_set s;

            series_set_init(&s, "x", "", SERIES_MONTH, DEC_2024, 12);
            series_add(&s, "x");
            assert_int_equal(chart_layout(&c, &s, &o), 0);
            count_inks(&c, inks);
            assert_int_equal(inks[CHART_MISSING], 12);
            assert_int_equal(inks[CHART_SERIES] + inks[CHART_PARTIAL] + inks[CHART_NUMBER], 0);
            for (size_t i = 0; i < 12; i++)
                series_put(&s, 0, i, POINT_WHOLE, 0);
            assert_int_equal(chart_layout(&c, &s, &o), 0);
            count_inks(&c, inks);
            assert_int_equal(inks[CHART_MISSING], 0);
            assert_true(inks[CHART_SERIES] + inks[CHART_NUMBER] > 0);
            series_set_release(&s);
        }
    chart_release(&c);
}

/* A hidden series leaves no ink, and no false gaps where all are hidden. */
static void test_hidden(void **state)
{
    struct chart_options o = {.rows = 16, .cols = 80, .glyphs = CHART_GLYPHS_BRAILLE};
    struct series_set s;
    struct chart c;
    int inks[CHART_LIMIT + 1];

    (void)state;
    chart_init(&c);
    series_set_init(&s, "x", "", SERIES_MONTH, DEC_2024, 12);
    series_add(&s, "a");
    series_add(&s, "b");
    for (size_t i = 0; i < 12; i++) {
        series_put(&s, 0, i, POINT_WHOLE, 100);
        series_put(&s, 1, i, POINT_WHOLE, 90000);
    }
    s.series[1].hidden = true;
    assert_int_equal(chart_layout(&c, &s, &o), 0);
    assert_int_equal(c.axis.high, 100);
    s.series[0].hidden = true;
    assert_int_equal(chart_layout(&c, &s, &o), 0);
    count_inks(&c, inks);
    assert_int_equal(inks[CHART_SERIES] + inks[CHART_MISSING], 0);
    series_set_release(&s);
    chart_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_axis),
        cmocka_unit_test(test_axis_holds_everything),
        cmocka_unit_test(test_glyphs),
        cmocka_unit_test(test_any_set_in_any_size),
        cmocka_unit_test(test_every_small_size_and_the_largest),
        cmocka_unit_test(test_columns_tell_the_truth),
        cmocka_unit_test(test_missing_is_not_zero),
        cmocka_unit_test(test_hidden),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
