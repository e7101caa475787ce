/* The Trends pane: what it shows against what the service says, its ranges, forecast and failures.
 */
#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

static const char *const few[] = {"--users", "300", "--seed", "4", NULL};

static void start(struct lt *lt, int rows, int cols)
{
    lt_start(lt, rows, cols, few, NULL, NULL);
    lt_keys(lt, "5");
    lt_wait_loaded(lt);
}

static void command(struct lt *lt, const char *text)
{
    char line[80];

    snprintf(line, sizeof(line), ":%s\r", text);
    lt_type(lt, line);
    lt_wait_loaded(lt);
}

/* The read-out of every month that the cursor comes to is the service's own number. */
static void test_read_out_against_the_service(void **state)
{
    static const char *const terms[] = {"2026-10", "2026-09", "2026-08", "2026-07"};
    static const char *const names[] = {"Oct", "Sep", "Aug", "Jul"};
    struct lt *lt = *state;

    start(lt, 24, 80);
    for (size_t i = 0; i < 4; i++) {
        long long total, free_users;
        char want[120];

        assert_true(oracle_users(&lt->sb, terms[i], &total, &free_users));
        assert_true(total < 1000);
        snprintf(want, sizeof(want), "%s 2026: %lld users, %lld paid, %lld free", names[i], total,
                 total - free_users, free_users);
        lt_expect(lt, want);
        lt_keys(lt, "Left");
    }
    lt_keys(lt, "G");
    lt_expect(lt, "Nov 2026: >= ");
    lt_expect(lt, " users so far, >= ");
    lt_expect(lt, "Nov 2026 is at least that much: 3 of 14 servers silent");
}

static void test_forecast(void **state)
{
    struct lt *lt = *state;
    long long total, free_users;
    char want[120];

    start(lt, 24, 80);
    lt_expect_not(lt, "forecast:");
    lt_keys(lt, "f");
    lt_wait_loaded(lt);
    lt_expect(lt, ". 11 months forecast");
    lt_expect(lt, "month end: run-rate of 22 days, error not known");
    lt_expect(lt, "forecast: trend of 12 months, typically ");
    lt_keys(lt, "G");
    lt_expect(lt, "Oct 2027: forecast ");
    /* No usage of a month to come. */
    lt_keys(lt, "Enter");
    lt_expect(lt, "this month is to come");
    lt_keys(lt, "t");
    lt_expect(lt, "low to high");
    lt_expect(lt, "Oct 2027");
    lt_keys(lt, "t");
    oracle_users(&lt->sb, "2026-11", &total, &free_users);
    snprintf(want, sizeof(want), "month end ~ %lld; forecast ",
             (long long)((double)total * 30 / 22 + 0.5));
    lt_expect(lt, "forecast: trend of 12 months");
    term_wait_text(&lt->t, want, 0);
    lt_keys(lt, "t f");
    lt_expect_not(lt, "run-rate");
    /* Two months are too few, whatever is shown. */
    command(lt, "range 2026-02 2026-03");
    lt_keys(lt, "f");
    lt_expect(lt, "no forecast: it begins with the running month, which is not shown");
}

static void test_too_few_for_a_forecast(void **state)
{
    static const char *const young[] = {"--users", "100", "--months", "4", NULL};
    struct lt *lt = *state;

    lt_start(lt, 24, 80, young, NULL, NULL);
    lt_keys(lt, "5 f");
    lt_wait_loaded(lt);
    lt_expect(lt, "no forecast: too few complete months in two years: ");
    lt_keys(lt, "t t");
    lt_expect(lt, "no forecast: too few complete months in two years: ");
}

static void test_ranges(void **state)
{
    struct lt *lt = *state;

    start(lt, 24, 80);
    command(lt, "range 2025-06 2026-02");
    lt_expect(lt, "9 months: Jun 2025 to Feb 2026");
    lt_keys(lt, "{");
    lt_expect(lt, "9 months: Jan 2025 to Sep 2025");
    lt_keys(lt, "}");
    lt_expect(lt, "9 months: Jun 2025 to Feb 2026");
    lt_keys(lt, "-");
    lt_expect(lt, "6 months: Sep 2025 to Feb 2026");
    lt_keys(lt, "+");
    lt_expect(lt, "12 months: Mar 2025 to Feb 2026");
    command(lt, "range 3");
    lt_expect(lt, "3 months: Sep 2026 to Nov 2026");
    lt_keys(lt, "}");
    lt_expect(lt, "the running month is the last one");
    command(lt, "range 2016-02 2016-04");
    lt_expect(lt, "? 3 months missing");
    lt_keys(lt, "{");
    lt_expect(lt, "no usage before Feb 2016");
    command(lt, "range 2026-13 2026-02");
    lt_expect(lt, "2026-13");
    command(lt, "range soon");
    lt_expect(lt, ":range 2025-01 2026-06");
}

static void test_years(void **state)
{
    struct lt *lt = *state;
    long long total, free_users, most = 0;
    char want[60];

    start(lt, 24, 80);
    for (int m = 1; m <= 12; m++) {
        char term[16];

        snprintf(term, sizeof(term), "2025-%02d", m);
        oracle_users(&lt->sb, term, &total, &free_users);
        most = total > most ? total : most;
    }
    lt_keys(lt, "b");
    lt_wait_loaded(lt);
    lt_expect(lt, "each year is its largest month");
    snprintf(want, sizeof(want), "2025: %lld users", most);
    lt_expect(lt, want);
    lt_keys(lt, "f");
    lt_expect(lt, "no forecast by year");
    lt_keys(lt, "f t t");
    lt_expect(lt, "each year is its largest month");
    lt_keys(lt, "t Enter");
    lt_expect(lt, "12 months: Jan 2025 to Dec 2025");
    lt_expect(lt, "users per month");
    /* A month opens its usage. */
    lt_keys(lt, "g Enter");
    lt_wait_loaded(lt);
    lt_expect(lt, "[3 Usage]");
    lt_expect(lt, "Jan 2025");
}

static void test_parts_and_signs(void **state)
{
    struct lt *lt = *state;

    start(lt, 24, 80);
    command(lt, "series B");
    lt_expect(lt, "(free)");
    lt_expect_not(lt, " free ░░");
    command(lt, "series b");
    lt_expect_not(lt, "(free)");
    command(lt, "series F");
    lt_expect(lt, "say which part of the legend");
    lt_keys(lt, "v Down Enter");
    lt_expect(lt, "A Premium  B Standard, apps");
    command(lt, "glyphs ascii");
    lt_expect(lt, "ascii signs");
    command(lt, "glyphs braile");
    lt_expect(lt, "there are braille, block and ascii signs");
    lt_keys(lt, "%");
    lt_expect(lt, "braille signs");
    lt_keys(lt, "%");
    lt_expect(lt, "block signs");
}

/* A month that fails is named; the others stand. */
static void test_failed_month(void **state)
{
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    lt_run(lt, 24, 80, NULL, NULL);
    lt_wait_loaded(lt);
    sandbox_fault(&lt->sb,
                  "\"rate\":1,\"kind\":\"html\",\"count\":1,\"path\":\"/lui/" SANDBOX_CUSTOMER
                  "/licenseusagedata\"");
    lt_keys(lt, "5");
    lt_wait_loaded(lt);
    lt_expect(lt, "1 of 24 months could not be read: 202");
    lt_expect(lt, "? ");
    lt_expect(lt, " missing");
}

/* What is on its way is counted, and what is there is drawn. */
static void test_progress(void **state)
{
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    lt_run(lt, 24, 80, NULL, NULL);
    lt_wait_loaded(lt);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"stall\",\"path\":\"/lui/" SANDBOX_CUSTOMER
                           "/licenseusagedata\"");
    lt_keys(lt, "5");
    lt_type(lt, ":range 60\r");
    term_wait_text(&lt->t, " of 60 months here, the others are on their way", 0);
    lt_expect(lt, "Oct 2026: ");
    /* A forecast from half of its months would be another one later. */
    lt_type(lt, "f");
    term_wait_text(&lt->t, "the forecast waits for ", 0);
    lt_expect_not(lt, "trend of");
}

/* Any size, with everything on. */
static void test_sizes(void **state)
{
    static const struct {
        int rows, cols;
    } sizes[] = {{12, 40}, {5, 20}, {1, 1}, {24, 80}};
    struct lt *lt = *state;

    start(lt, 24, 80);
    lt_keys(lt, "f");
    lt_wait_loaded(lt);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        term_resize(&lt->t, sizes[i].rows, sizes[i].cols);
        term_settle(&lt->t);
        lt_keys(lt, "t t t b b");
    }
    lt_keys(lt, "G");
    lt_expect(lt, "Oct 2027: forecast ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_read_out_against_the_service),
        LT_TEST(test_forecast),
        LT_TEST(test_too_few_for_a_forecast),
        LT_TEST(test_ranges),
        LT_TEST(test_years),
        LT_TEST(test_parts_and_signs),
        LT_TEST(test_failed_month),
        LT_TEST(test_progress),
        LT_TEST(test_sizes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
