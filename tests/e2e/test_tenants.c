/* Cloud licences of customers and tenants on the screen, and what is said where nothing is known.
 * Their numbers are compared in test_oracle_numbers.c. */
#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"

#define ALL_ON  "endpoints: { all = true; };"
#define SUMMARY "/api/licensing/license/partner/"
#define TENANT  "/partner/" SANDBOX_CUSTOMER "/activeuse/"

static const char *const few[] = {"--users", "300", "--months", "2", NULL};

static void start(struct lt *lt, int rows, int cols, const char *const *args)
{
    lt_sandbox(lt, args != NULL ? args : few);
    sandbox_settings(&lt->sb, ALL_ON, NULL);
    lt_run(lt, rows, cols, NULL, NULL);
    lt_wait_loaded(lt);
    lt_keys(lt, ":tenants");
}

static void check_all(struct lt *lt, int rows, int cols)
{
    static const struct {
        const char *name, *keys;
    } screens[] = {{"tenants", "g"}, {"tenants-detail", "G Enter"}};
    int different = 0;

    start(lt, rows, cols, NULL);
    for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
        lt_keys(lt, screens[i].keys);
        lt_wait_loaded(lt);
        different += lt_differs(lt, screens[i].name);
    }
    assert_int_equal(different, 0);
}

static void test_at_80x24(void **state)
{
    check_all(*state, 24, 80);
}

static void test_at_120x40(void **state)
{
    check_all(*state, 40, 120);
}

/* The month keys move the summary. */
static void test_months(void **state)
{
    struct lt *lt = *state;

    start(lt, 24, 80, NULL);
    lt_expect(lt, "Nov 2026 so far");
    lt_keys(lt, "[");
    lt_wait_loaded(lt);
    lt_expect(lt, "Oct 2026");
    lt_expect_not(lt, "so far");
    assert_int_equal(sandbox_count(&lt->sb, "GET", "cvad/summary"), 2);
}

/* Off is said as off, and nothing is asked. */
static void test_off(void **state)
{
    struct lt *lt = *state;

    lt_start(lt, 24, 80, few, NULL, NULL);
    lt_keys(lt, ":tenants");
    lt_expect(lt, "Off: Citrix does not publish the operation");
    lt_expect(lt, "\"cloud_summary\"");
    lt_expect_not(lt, "0 shown");
    assert_int_equal(sandbox_count(&lt->sb, NULL, SUMMARY), 0);
}

static void test_not_entitled_and_forbidden(void **state)
{
    static const char *const without[] = {"--users",   "300",   "--months", "2",
                                          "--without", "cloud", NULL};
    static const char *const forbidden[] = {"--users",        "300", "--months", "2", "--fault",
                                            "1:403:" SUMMARY, NULL};
    struct lt *lt = *state;

    start(lt, 24, 80, without);
    lt_expect(lt, "This account has no cloud use of the customers");
    lt_expect_not(lt, "0 shown");
    term_stop(&lt->t);
    sandbox_stop(&lt->sb);
    start(lt, 24, 80, forbidden);
    lt_expect(lt, "Cloud use of the customers could not be read");
    lt_expect_not(lt, "0 shown");
}

/* One customer's own use fails: its numbers stay, and the trouble has a sentence. */
static void test_use_forbidden(void **state)
{
    static const char *const forbidden[] = {"--users", "300",           "--months", "2",
                                            "--fault", "1:403:" TENANT, NULL};
    struct lt *lt = *state;

    start(lt, 40, 120, forbidden);
    lt_keys(lt, "g Enter");
    lt_wait_loaded(lt);
    lt_expect(lt, "The customer's cloud use could not be read");
    lt_expect(lt, "licences");
}

/* Totals that contradict their parts, no licences, no list of tenants: as they are, with a word. */
static void test_odd(void **state)
{
    static const char *const odd[] = {"--users", "300", "--months", "2", "--odd", NULL};
    struct lt *lt = *state;

    start(lt, 40, 120, odd);
    lt_expect(lt, "single-tenant: 1 users in all, the customers listed make 587");
    lt_expect(lt, "cedarclinic5: the overage is given as 40, 37 users less 50 licences make 0");
    lt_expect(lt, ">= 23   some tenants are not told");
    lt_expect_focus(lt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_at_80x24),      LT_TEST(test_at_120x40),
        LT_TEST(test_months),        LT_TEST(test_off),
        LT_TEST(test_use_forbidden), LT_TEST(test_not_entitled_and_forbidden),
        LT_TEST(test_odd),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
