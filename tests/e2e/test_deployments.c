/* Licensed deployments on the screen: cards, what they open, the choice of servers, and what is
 * said where nothing is known. */
#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"

#define ALL_ON "endpoints: { all = true; };"
#define LUI    "/lui/" SANDBOX_CUSTOMER "/deployments/"

enum { DOWN_BYTES = 200, PAGE_BYTES = 2000 };

static void start(struct lt *lt, int rows, int cols, const char *const *args)
{
    static const char *const few[] = {"--users", "100", "--months", "1", NULL};

    lt_sandbox(lt, args != NULL ? args : few);
    sandbox_settings(&lt->sb, ALL_ON, NULL);
    lt_run(lt, rows, cols, NULL, NULL);
    lt_wait_loaded(lt);
    lt_keys(lt, ":deployments");
}

static const struct {
    const char *name, *keys, *leave;
} screens[] = {
    {"deployments", "g", ""},
    {"deployments-last", "G", "g"},
    {"deployments-trend", "Enter v Down Enter", "Esc"},
    {"deployments-words", "Enter t t", "t Esc"},
    {"deployments-by-server", "Enter b", "Esc"},
    {"deployments-activity", "b b", "Esc"},
    {"deployments-table", "t", "t"},
    {"deployments-choose", "S Space Down Down Space", "Enter"},
    {"deployments-chosen", "g", "C"},
    {"deployment-servers-detail", "3 Enter", "Esc 2"},
};

static void check_all(struct lt *lt, int rows, int cols)
{
    int different = 0;

    start(lt, rows, cols, NULL);
    for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
        lt_keys(lt, screens[i].keys);
        different += lt_differs(lt, screens[i].name);
        lt_keys(lt, screens[i].leave);
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

/* Enter opens the card under the cursor, b goes round its parts, Esc comes back to that card. */
static void test_back_to_the_card(void **state)
{
    static const char *const parts[] = {"[Trend]", "[Servers]", "[Activity]", "[Users]", "[Trend]"};
    struct lt *lt = *state;
    struct buf cards;

    start(lt, 40, 120, NULL);
    lt_keys(lt, "Right Down");
    buf_init(&cards, 1 << 20);
    lt_body(lt, &cards);
    lt_keys(lt, "Enter");
    lt_expect(lt, "Virtual Apps Standard, Concurrent");
    for (size_t i = 0; i < 5; i++) {
        lt_expect(lt, parts[i]);
        lt_expect(lt, "Virtual Apps Standard, Concurrent");
        lt_keys(lt, "b");
        lt_wait_loaded(lt);
    }
    lt_keys(lt, "Esc");
    lt_expect_body(lt, cards.data);
    buf_release(&cards);
    /* The users were asked for once, and only when they were to be seen. */
    assert_int_equal(sandbox_count(&lt->sb, "GET", "/deployments/users"), 1);
}

static void test_servers(void **state)
{
    struct lt *lt = *state;

    start(lt, 24, 80, NULL);
    lt_keys(lt, "3");
    lt_expect(lt, "9 servers, 7 reporting, 2 not reporting");
    lt_expect(lt, "✗ not reporting  dep06.nimbus.example  5 d ago       2025-09-28    11.16.3.0");
    lt_expect(lt, "✗ not reporting  dep07.nimbus.example  11 d ago      Jan 26 09:30");
    lt_expect(lt, "✓ reporting      dep02.nimbus.example  1 d ago");
    lt_expect_shown(lt, 9, 9);
    lt_expect_focus(lt);
}

static void test_users_only_when_seen(void **state)
{
    struct lt *lt = *state;

    start(lt, 24, 80, NULL);
    lt_keys(lt, "3");
    assert_int_equal(sandbox_count(&lt->sb, "GET", "/deployments/users"), 0);
    lt_keys(lt, "4");
    lt_wait_loaded(lt);
    assert_int_equal(sandbox_count(&lt->sb, "GET", "/deployments/users"), 1);
    lt_expect(lt, "2 363 shown / 2 363");
    lt_keys(lt, "/");
    lt_type(lt, "fqdn~dep04\r");
    lt_expect(lt, "107 shown / 2 363");
}

/* What one server has is what the cards say when only that server counts. */
static void test_chosen_servers(void **state)
{
    struct lt *lt = *state;

    start(lt, 40, 120, NULL);
    lt_expect(lt, "all 9 servers");
    /* None at all is no choice. */
    lt_keys(lt, "S n Enter");
    lt_expect(lt, "choose at least one server");
    lt_expect(lt, "Servers that count: 0 of 9");
    lt_keys(lt, "Down Down Down Space Enter");
    lt_expect(lt, "1 of 9 servers chosen");
    lt_expect(lt, "the 1 server reports");
    lt_expect(lt, "installed 100   in use 107, 107 %   overdraft 7 in 1 product");
    lt_expect(lt, "on no chosen server");
    lt_expect(lt, "installed      ?");
    lt_keys(lt, "e");
    lt_keys(lt, "Enter b");
    lt_expect(lt, "Virtual Desktops Standard, User/Device");
    lt_expect(lt, "1 of 9 servers chosen");
    lt_expect_shown(lt, 1, 1);
    /* Without the one that counts. */
    lt_keys(lt, "S ~ Enter");
    lt_expect(lt, "8 of 9 servers chosen");
    lt_expect(lt, "no chosen server that reports has it");
    lt_expect(lt, "No chosen server has this product.");
    lt_keys(lt, "Esc S Esc");
    lt_expect(lt, "8 of 9 servers chosen");
    lt_keys(lt, "C");
    lt_expect(lt, "all 9 servers");
    lt_keys(lt, "C");
    lt_expect(lt, "all-servers: all servers count already");
}

/* Day, month, year; longer and shorter; what is not whole says so. */
static void test_trend(void **state)
{
    struct lt *lt = *state;

    start(lt, 40, 120, NULL);
    lt_keys(lt, "Enter");
    lt_expect(lt, "in use per day");
    lt_expect(lt, "- - limit 700");
    lt_expect(lt, "Nov 22 so far");
    lt_keys(lt, "+");
    lt_expect(lt, "the last 366 days");
    lt_keys(lt, "+");
    lt_expect(lt, "all days");
    lt_keys(lt, "v Down Enter");
    lt_expect(lt, "the last 13 months, each its largest day");
    lt_expect(lt, "in use by month");
    lt_keys(lt, "-");
    lt_expect(lt, "the last 6 months");
    lt_keys(lt, "v Down Down Enter");
    lt_expect(lt, "in use by year");
    lt_expect(lt, "2026 so far");
    lt_keys(lt, "t");
    lt_expect(lt, "year ");
    lt_expect(lt, "so far");
}

/* Off: every pane says so, why, and what to do; nothing looks empty. */
static void test_off(void **state)
{
    static const char *const panes[] = {":deployments", ":deployment-servers", ":deployment-users"};
    static const char *const operations[] = {"\"deployment_usage\"", "\"deployments\"",
                                             "\"deployment_users\""};
    static const char *const few[] = {"--users", "100", "--months", "1", NULL};
    struct lt *lt = *state;

    lt_start(lt, 24, 80, few, NULL, NULL);
    for (int i = 0; i < 3; i++) {
        lt_keys(lt, panes[i]);
        lt_expect(lt, "nimbus / Licensed deployments");
        lt_expect(lt, "Off: Citrix does not publish the operation");
        lt_expect(lt, operations[i]);
        lt_expect(lt, "endpoints");
        lt_expect(lt, "sets its URL.");
        lt_expect_not(lt, "0 shown");
        lt_expect_not(lt, "installed");
    }
    assert_int_equal(sandbox_count(&lt->sb, NULL, "/deployments/"), 0);
    lt_keys(lt, ":deployments Enter");
    lt_expect(lt, "open: there is no card to open");
    lt_keys(lt, "S");
    lt_expect(lt, "choose-servers: the servers are not known");
}

/* Not entitled: 404. */
static void test_not_entitled(void **state)
{
    static const char *const without[] = {"--users",   "100",         "--months", "1",
                                          "--without", "deployments", NULL};
    struct lt *lt = *state;

    start(lt, 24, 80, without);
    lt_expect(lt, "This account has no license servers of licensed deployments");
    lt_expect(lt, "This account has no use of licensed deployments");
    lt_keys(lt, "3");
    lt_expect(lt, "This account has no license servers of licensed deployments");
    lt_keys(lt, "4");
    lt_wait_loaded(lt);
    lt_expect(lt, "This account has no users of licensed deployments");
    lt_expect_not(lt, "0 shown");
}

/* Not permitted, one of the two lists: no number is made from the other alone. */
static void test_forbidden(void **state)
{
    static const char *const forbidden[] = {
        "--users", "100", "--months", "1", "--fault", "1:403:" LUI "licenseservers", NULL};
    struct lt *lt = *state;

    start(lt, 24, 80, forbidden);
    lt_expect(lt, "License servers of licensed deployments could not be read");
    lt_expect(lt, "Not known: see above; r asks again.");
    lt_expect_not(lt, "installed");
    lt_keys(lt, "3");
    lt_expect(lt, "License servers of licensed deployments could not be read");
    lt_expect_not(lt, "0 shown");
    /* … and from both, once they are there. */
    sandbox_fault(&lt->sb, NULL);
    lt_keys(lt, "2");
    lt_refresh(lt, "r");
    lt_expect(lt, "installed 2 350");
}

static void test_odd(void **state)
{
    static const char *const odd[] = {"--users", "100", "--months", "1", "--odd", NULL};
    struct lt *lt = *state;

    start(lt, 40, 120, odd);
    lt_expect(lt, "1 row of the use of licensed deployments could not be read");
    lt_expect(lt, "in use >= ");
    lt_keys(lt, "Enter b b b");
    lt_wait_loaded(lt);
    lt_keys(lt, "b Esc 3 Enter Esc 4 2 S a Enter t");
    lt_expect_shown(lt, 4, 4);
}

static void expect_bytes(struct lt *lt, const char *key, int count, size_t bound)
{
    for (int i = 0; i < count; i++) {
        size_t n;

        term_bytes_reset(&lt->t);
        lt_keys(lt, key);
        n = term_bytes(&lt->t);
        if (n > bound) {
            term_print(&lt->t);
            fail_msg("press %d of %s cost %zu bytes", i + 1, key, n);
        }
    }
}

static void test_bytes(void **state)
{
    struct lt *lt = *state;

    start(lt, 24, 80, NULL);
    expect_bytes(lt, "Right", 1, DOWN_BYTES);
    expect_bytes(lt, "PgDn", 3, PAGE_BYTES);
    lt_keys(lt, "g Right Right");
    lt_keys(lt, "Enter b b");
    expect_bytes(lt, "Down", 30, DOWN_BYTES);
    expect_bytes(lt, "PgDn", 4, PAGE_BYTES);
    lt_keys(lt, "Esc 4");
    lt_wait_loaded(lt);
    expect_bytes(lt, "Down", 30, DOWN_BYTES);
    expect_bytes(lt, "PgDn", 4, PAGE_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_at_80x24),
        LT_TEST(test_at_120x40),
        LT_TEST(test_back_to_the_card),
        LT_TEST(test_servers),
        LT_TEST(test_users_only_when_seen),
        LT_TEST(test_chosen_servers),
        LT_TEST(test_trend),
        LT_TEST(test_off),
        LT_TEST(test_not_entitled),
        LT_TEST(test_forbidden),
        LT_TEST(test_odd),
        LT_TEST(test_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
