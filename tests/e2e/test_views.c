/* Going back and forward through views, the whole screen for a pane, and to a row by its number or
 * name. */
#include "tests/e2e/luitop.h"

static void start(struct lt *lt)
{
    static const char *const args[] = {"--users", "100", NULL};

    lt_start(lt, 24, 80, args, NULL, NULL);
}

static void expect_first_row(struct lt *lt, const char *text)
{
    if (strstr(term_row(&lt->t, 0, &lt->b), text) == NULL)
        fail_msg("no \"%s\" in %s", text, lt->b.data);
}

static void test_back_and_forward(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "(");
    lt_expect(lt, "back-view: this is the first view");
    lt_keys(lt, "2 /");
    lt_type(lt, "severity>=warning\r");
    lt_keys(lt, ":sort");
    lt_type(lt, "host_id\r");
    lt_keys(lt, "G");
    lt_expect_host(lt, "LIC14");
    lt_keys(lt, "k k");
    lt_expect_host(lt, "LIC11");
    lt_keys(lt, "Enter");
    lt_expect(lt, "Reports of the last 31 days");
    lt_keys(lt, "4 j 2 Esc Backspace g");
    lt_expect_host(lt, "LIC01");
    lt_expect_not(lt, "filter:");
    /* The list without its filter, the filtered list, its details, customers: back to the third. */
    lt_keys(lt, "( ( (");
    lt_expect(lt, "Reports of the last 31 days");
    expect_first_row(lt, "Virtual Apps");
    lt_expect(lt, "lic11.nimbus.example");
    lt_keys(lt, "(");
    lt_expect(lt, "filter: severity>=warning");
    lt_expect_host(lt, "LIC11");
    lt_keys(lt, "( (");
    lt_expect(lt, "NEEDS YOU");
    lt_keys(lt, "(");
    lt_expect(lt, "this is the first view");
    lt_keys(lt, ") ) )");
    lt_expect(lt, "Reports of the last 31 days");
    lt_keys(lt, ") )");
    lt_expect(lt, "filter: severity>=warning");
    lt_keys(lt, ")");
    lt_expect_not(lt, "filter:");
    lt_expect_host(lt, "LIC01");
    lt_keys(lt, ")");
    lt_expect(lt, "forward-view: there is no view to go forward to");
    /* A new view after going back ends the way forward. */
    lt_keys(lt, "( 3 )");
    lt_expect(lt, "forward-view: there is no view to go forward to");
    lt_keys(lt, ":back-view");
    lt_expect(lt, "filter: severity>=warning");
}

static void test_esc_can_be_taken_back(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2 g Enter e");
    lt_expect(lt, "Reports of the last 31 days");
    lt_keys(lt, "Esc");
    lt_expect_not(lt, "Reports of the last 31 days");
    lt_keys(lt, ")");
    lt_expect(lt, "Reports of the last 31 days");
    lt_keys(lt, "( (");
    lt_expect(lt, "NEEDS YOU");
}

static void test_back_to_another_product(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2 :netscaler");
    expect_first_row(lt, "Networking");
    lt_keys(lt, "(");
    expect_first_row(lt, "Virtual Apps");
    lt_expect_shown(lt, 14, 14);
    lt_keys(lt, ")");
    expect_first_row(lt, "Networking");
}

/* What lies in the place of the cards is closed by going back to them. */
static void test_back_to_cards(void **state)
{
    static const char *const args[] = {"--demo=100", NULL};
    struct lt *lt = *state;

    lt_sandbox(lt, NULL);
    lt_run(lt, 24, 80, args, NULL);
    lt_wait_loaded(lt);
    lt_keys(lt, "2 :deployments");
    lt_wait_loaded(lt);
    lt_expect(lt, "choose servers");
    lt_keys(lt, "Enter");
    lt_expect(lt, "[Trend]");
    lt_keys(lt, "(");
    lt_expect(lt, "choose servers");
    lt_keys(lt, "(");
    lt_expect_shown(lt, 14, 14);
}

/* Each customer's notices are a view of their own. */
static void test_back_to_notices_of_a_customer(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "4 g i");
    lt_expect(lt, "Birch Energy: ");
    lt_keys(lt, "Esc j j j i");
    lt_expect(lt, "Cedar Clinic: ");
    lt_keys(lt, "( (");
    lt_expect(lt, "Birch Energy: ");
    lt_wait_loaded(lt);
    lt_keys(lt, ") )");
    lt_expect(lt, "Cedar Clinic: ");
    lt_keys(lt, "( ( ( (");
    lt_expect(lt, "NEEDS YOU");
}

static void test_zoom(void **state)
{
    struct lt *lt = *state;
    struct buf before;

    start(lt);
    buf_init(&before, 1 << 20);
    lt_keys(lt, "2 g");
    lt_body(lt, &before);
    lt_keys(lt, "z");
    expect_first_row(lt, "STATUS");
    lt_expect_not(lt, "1 Overview");
    lt_expect_not(lt, "Enter open");
    lt_expect(lt, "14 shown / 14");
    lt_expect(lt, "as of 14:0");
    lt_expect_focus(lt);
    lt_keys(lt, "/");
    lt_type(lt, "lic07\r");
    lt_expect_shown(lt, 1, 14);
    expect_first_row(lt, "STATUS");
    lt_keys(lt, "Esc g z");
    lt_expect_body(lt, before.data);
    /* Leaving goes by steps: the pane's own, then the zoom, then the pane. */
    lt_keys(lt, "z Enter Esc");
    expect_first_row(lt, "STATUS");
    lt_keys(lt, "Esc");
    lt_expect_body(lt, before.data);
    lt_keys(lt, "1 z");
    expect_first_row(lt, "NEEDS YOU");
    buf_release(&before);
}

static void go(struct lt *lt, const char *to)
{
    char text[80];

    snprintf(text, sizeof(text), "go %s\r", to);
    lt_keys(lt, ":");
    lt_type(lt, text);
}

static void test_go(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2");
    go(lt, "lic09");
    lt_expect_host(lt, "LIC09");
    go(lt, "LIC10.nimbus.example");
    lt_expect_host(lt, "LIC10");
    lt_keys(lt, ":sort");
    lt_type(lt, "host_id\r");
    go(lt, "3");
    lt_expect_host(lt, "LIC03");
    go(lt, "14");
    lt_expect_host(lt, "LIC14");
    go(lt, "15");
    lt_expect(lt, "there is no row 15: the list shows 14");
    go(lt, "0");
    lt_expect(lt, "there is no row 0");
    lt_expect_host(lt, "LIC14");
    go(lt, "lic1");
    lt_expect(lt, "no server here is called exactly \"lic1\"");
    lt_expect_host(lt, "LIC14");
    lt_keys(lt, ":go");
    lt_expect(lt, ":go 12 for a row");
    lt_keys(lt, "/");
    lt_type(lt, "lic07\r");
    go(lt, "lic08");
    lt_expect(lt, "lic08: the filter hides it");
    lt_keys(lt, "Backspace Enter");
    go(lt, "lic08");
    lt_expect(lt, "lic08.nimbus.example");
    lt_keys(lt, "1");
    go(lt, "3");
    lt_expect(lt, "go: this pane is not a list");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_back_and_forward),
        LT_TEST(test_esc_can_be_taken_back),
        LT_TEST(test_back_to_another_product),
        LT_TEST(test_back_to_cards),
        LT_TEST(test_back_to_notices_of_a_customer),
        LT_TEST(test_zoom),
        LT_TEST(test_go),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
