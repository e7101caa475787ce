/*
 * `luitop trend` against a real service: facts month by month against licenseusagedata, forecasts
 * against a line drawn here, and that the two never meet in one column.
 */
#include "tests/e2e/cmd.h"
#include "tests/e2e/oracle.h"

static const char *const six_months[] = {"--users", "400", "--seed", "7", "--months", "6", NULL};
static const char *const terms[] = {"2026-11", "2026-10", "2026-09", "2026-08",
                                    "2026-07", "2026-06", "2026-05", "2026-04"};
enum { TERMS = 8, WITH_DATA = 6, FIT = 12 };

static void check_golden(struct cmd *c, const char *golden)
{
    cmd_expect(c, 0);
    assert_null(memchr(c->r.out.data, '\x1b', c->r.out.len));
    golden_check(golden, c->r.out.data);
}

/* LINE up to its end without the sign of a lower bound; true when it had one. */
static bool plain(const char *line, char out[160])
{
    bool bounded = false;
    size_t n = 0;

    for (; *line != '\n' && *line != '\0' && n < 159; line++) {
        if (strncmp(line, ">= ", 3) == 0) {
            bounded = true;
            line += 2;
        } else if (strncmp(line, "~ ", 2) == 0) { /* free users: more or less */
            line += 1;
        } else {
            out[n++] = *line;
        }
    }
    out[n] = '\0';
    return bounded;
}

/* The table twin of the chart says the sums over the features; numbers below a thousand, so that
 * every cell is one word. The running month, with silent servers, is a lower bound. */
static void test_table_against_the_service(void **state)
{
    struct cmd *c = *state;
    const char *line;

    cmd_sandbox(c, six_months);
    cmd_run(c, "-q", "trend", "--months", "8", "--format", "table", NULL);
    cmd_expect(c, 0);
    assert_int_equal(count_lines(c->r.out.data), 1 + TERMS);
    line = strchr(c->r.out.data, '\n') + 1;
    for (size_t i = TERMS; i-- > 0; line = strchr(line, '\n') + 1) {
        char text[160], month[8], cells[3][16], want[16];
        long long total, free_users;
        int year;

        assert_int_equal(plain(line, text), i == 0);
        assert_int_equal(
            sscanf(text, "%7s %d %15s %15s %15s", month, &year, cells[0], cells[1], cells[2]), 5);
        assert_int_equal(year, 2026);
        assert_int_equal(oracle_users(&c->sb, terms[i], &total, &free_users), i < WITH_DATA);
        assert_true(total < 1000);
        snprintf(want, sizeof(want), "%lld", total - free_users);
        assert_string_equal(cells[0], i < WITH_DATA ? want : "?");
        snprintf(want, sizeof(want), "%lld", free_users);
        assert_string_equal(cells[1], i < WITH_DATA ? want : "?");
        snprintf(want, sizeof(want), "%lld", total);
        assert_string_equal(cells[2], i < WITH_DATA ? want : "?");
    }
}

static void test_forms(void **state)
{
    static const char *const plain_locale[] = {"LC_ALL=C", NULL};
    static const char *const narrow[] = {"COLUMNS=60", NULL};
    struct cmd *c = *state;

    cmd_run(c, "-q", "trend", "--months", "5", NULL);
    check_golden(c, "cli_trend_chart");
    cmd_run(c, "-q", "trend", "--months", "5", "--format", "table", NULL);
    check_golden(c, "cli_trend_table");
    cmd_run(c, "-q", "trend", "--months", "5", "--format", "sentence", NULL);
    check_golden(c, "cli_trend_sentence");
    cmd_run(c, "-q", "trend", "--months", "5", "--glyphs", "ascii", NULL);
    check_golden(c, "cli_trend_ascii");
    c->env = plain_locale;
    cmd_run(c, "-q", "trend", "--months", "5", NULL);
    check_golden(c, "cli_trend_ascii");
    c->env = narrow;
    cmd_run(c, "-q", "trend", "--months", "5", NULL);
    check_golden(c, "cli_trend_60");
    c->env = NULL;
    cmd_run(c, "-q", "trend", "--months", "5", "--width", "60", NULL);
    check_golden(c, "cli_trend_60");
    cmd_run(c, "-q", "trend", "--months", "3", "--edition", "xdt_plt_ud", "--format", "sentence",
            NULL);
    cmd_expect(c, 0);
    assert_int_equal(strncmp(c->r.out.data, "Premium ", 8), 0);
    cmd_run(c, "-q", "trend", "--customer", "cedarclinic5", "--months", "3", "--format", "sentence",
            NULL);
    cmd_expect(c, 0);
    assert_int_equal(strncmp(c->r.out.data, "Cedar Clinic ", 13), 0);
}

/* ---- forecast ---- */

static json_t *rows_of(struct cmd *c, json_t **root)
{
    json_error_t e;

    *root = json_loads(c->r.out.data, 0, &e);
    if (*root == NULL)
        fail_msg("not JSON: %s at %d\n%s", e.text, e.position, c->r.out.data);
    return json_object_get(*root, "rows");
}

static long long number(const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);

    if (!json_is_integer(v))
        fail_msg("%s is no whole number", name);
    return json_integer_value(v);
}

static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));

    return s != NULL ? s : "";
}

/* Halves up. */
static long long rounded(double v)
{
    long long whole = (long long)(v + 0.5 + 1e-9);

    return whole > 0 ? whole : 0;
}

/* The line of the last twelve closed months, from what the service says of them. */
static void draw_line(struct cmd *c, double *slope, double *middle)
{
    double sum = 0, above = 0, below = 0;

    for (int i = 0; i < FIT; i++) {
        int term = 2026 * 12 + 9 - i;
        long long total, free_users;
        char name[16];

        snprintf(name, sizeof(name), "%04d-%02d", term / 12, term % 12 + 1);
        assert_true(oracle_users(&c->sb, name, &total, &free_users));
        sum += (double)total;
        above += (5.5 - i) * (double)total;
        below += (5.5 - i) * (5.5 - i);
    }
    *slope = above / below;
    *middle = sum / FIT;
}

static void test_forecast_against_the_service(void **state)
{
    static const char *const nulls[] = {"total", "paid", "free"};
    static const char *const facts[] = {"forecast", "low", "high", "method", "error_permille"};
    static const char *const few[] = {"--users", "150", "--seed", "5", NULL};
    struct cmd *c = *state;
    long long total, free_users;
    double slope, middle;
    json_t *root, *rows;

    cmd_sandbox(c, few);
    cmd_run(c, "-q", "trend", "--months", "3", "--forecast", "--format", "json", NULL);
    cmd_expect(c, 0);
    rows = rows_of(c, &root);
    assert_int_equal(json_array_size(rows), 3 + 11);
    draw_line(c, &slope, &middle);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < sizeof(facts) / sizeof(facts[0]); k++)
            assert_true(json_is_null(json_object_get(json_array_get(rows, i), facts[k])));
    oracle_users(&c->sb, "2026-11", &total, &free_users);
    assert_int_equal(number(json_array_get(rows, 2), "total"), total);
    assert_int_equal(number(json_array_get(rows, 2), "forecast"), rounded((double)total * 30 / 22));
    assert_string_equal(text(json_array_get(rows, 2), "method"), "run-rate");
    assert_true(json_is_null(json_object_get(json_array_get(rows, 2), "error_permille")));
    for (size_t i = 3; i < 14; i++) {
        json_t *row = json_array_get(rows, i);

        /* The middle of the twelve lies between May and June. */
        assert_int_equal(number(row, "forecast"), rounded(middle + slope * (5.5 + (double)i - 1)));
        assert_string_equal(text(row, "state"), "forecast");
        assert_string_equal(text(row, "method"), "trend");
        assert_true(number(row, "low") <= number(row, "forecast"));
        assert_true(number(row, "high") >= number(row, "forecast"));
        assert_true(number(row, "error_tests") > 3 && number(row, "error_permille") >= 0);
        for (size_t k = 0; k < sizeof(nulls) / sizeof(nulls[0]); k++)
            assert_true(json_is_null(json_object_get(row, nulls[k])));
    }
    json_decref(root);
    /* How many months are shown changes nothing; the other formats say the same. */
    cmd_run(c, "-q", "trend", "--months", "30", "--forecast", "--format", "csv", NULL);
    cmd_expect(c, 0);
    assert_int_equal(count_lines(c->r.out.data), 1 + 30 + 11);
    {
        char want[80];

        snprintf(want, sizeof(want), "2026-12,All editions,forecast,,,,false,false,%lld,",
                 rounded(middle + slope * 7.5));
        expect_part(c->r.out.data, want);
    }
    cmd_run(c, "-q", "trend", "--months", "12", "--forecast", NULL);
    check_golden(c, "cli_trend_forecast");
    cmd_run(c, "-q", "trend", "--months", "12", "--forecast", "--format", "sentence", NULL);
    check_golden(c, "cli_trend_forecast_sentence");
}

/* Without the flag nothing of it is anywhere, and too few months are no forecast. */
static void test_no_forecast(void **state)
{
    static const char *const formats[] = {"chart", "table", "sentence", "csv", "json"};
    struct cmd *c = *state;

    for (size_t i = 0; i < 5; i++) {
        cmd_run(c, "-q", "trend", "--months", "3", "--format", formats[i], NULL);
        cmd_expect(c, 0);
        expect_no_part(c->r.out.data, "run-rate");
        expect_no_part(c->r.out.data, "trend of");
    }
    cmd_run(c, "trend", "--months", "3", "--forecast", "--format", "table", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "no forecast: too few complete months in two years: ");
    cmd_run(c, "trend", "--months", "3", "--forecast", "--format", "csv", NULL);
    cmd_expect(c, 0);
    expect_no_part(c->r.out.data, ",forecast,,");
    expect_part(c->r.err.data, "no forecast: too few complete months in two years: ");
    cmd_run(c, "trend", "--from", "2026-09", "--to", "2026-10", "--forecast", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "no forecast: it begins with the running month");
}

/* ---- ranges ---- */

static void test_ranges(void **state)
{
    struct cmd *c = *state;
    long long total, free_users;
    char want[120];

    cmd_run(c, "-q", "trend", "--from", "2026-09", "--to", "2026-10", "--format", "csv", NULL);
    cmd_expect(c, 0);
    assert_int_equal(count_lines(c->r.out.data), 3);
    oracle_users(&c->sb, "2026-10", &total, &free_users);
    snprintf(want, sizeof(want), "2026-10,All editions,complete,%lld,%lld,%lld,false,false,,,,,,\n",
             total, total - free_users, free_users);
    expect_part(c->r.out.data, want);
    /* A year is its largest month, not the sum of them. */
    cmd_run(c, "-q", "trend", "--from", "2026-10", "--by", "year", "--format", "sentence", NULL);
    cmd_expect(c, 0);
    oracle_users(&c->sb, "2026-11", &total, &free_users);
    snprintf(want, sizeof(want), "2026 so far >= %lld\n", total);
    expect_part(c->r.out.data, want);
    sandbox_forget(&c->sb);
    cmd_run(c, "-q", "trend", "--from", "2016-01", "--to", "2016-04", NULL);
    cmd_expect_error(c, 64, "2016-02", NULL);
    cmd_run(c, "-q", "trend", "--from", "2016-02", "--to", "2016-04", "--format", "csv", NULL);
    cmd_expect(c, 0);
    assert_int_equal(sandbox_count(&c->sb, "GET", "licenseusagedata"), 3);
    expect_part(c->r.out.data, "2016-02,All editions,missing,,,,");
}

static void test_refusals(void **state)
{
    static const char *const wrong[][6] = {
        {"trend", "--format", "xml!"},
        {"trend", "--width", "5"},
        {"trend", "--months", "3", "--edition", "XDT_PLT"},
        {"trend", "--customer", "nobody9"},
        {"trend", "--by", "customer"},
        {"trend", "--by", "year", "--forecast"},
        {"trend", "--by=year", "--format=csv"},
        {"trend", "--from", "2027-03"},
    };
    struct cmd *c = *state;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        cmd_run(c, wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], wrong[i][4], NULL);
        cmd_expect_error(c, 64, "luitop: ", NULL);
    }
    cmd_run(c, "trend", "--offline", NULL);
    cmd_expect_error(c, 69, "monthly usage cannot be shown", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_table_against_the_service),
        CMD_TEST(test_forms),
        CMD_TEST(test_forecast_against_the_service),
        CMD_TEST(test_no_forecast),
        CMD_TEST(test_ranges),
        CMD_TEST(test_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
