/* The keys that are not about the rows of a list: panes, refreshing, help, palette, leaving. */
#include "tests/e2e/luitop.h"

/* Of the product that luitop opens with, as the tab line calls them at 80 columns. */
static const char *const tabs[] = {"Overview", "Servers", "Usage", "Customers",
                                   "Trends",   "Notices", "Net",   "Log"};
enum { PANES = 8 };

static void start(struct lt *lt)
{
    static const char *const args[] = {"--users", "200", NULL};

    lt_start(lt, 24, 80, args, NULL, NULL);
}

/* N11: the title names account and product. N5: the tab is marked without colour. */
static void expect_pane(struct lt *lt, int pane)
{
    char text[64];

    lt_expect(lt, "nimbus / Virtual Apps and Desktops");
    snprintf(text, sizeof(text), "[%d %s]", pane + 1, tabs[pane]);
    lt_expect(lt, text);
}

/* N4, N5, and L for the log. */
static void test_panes(void **state)
{
    struct lt *lt = *state;

    start(lt);
    expect_pane(lt, 0);
    for (int i = PANES - 1; i >= 0; i--) {
        char key[2] = {(char)('1' + i), '\0'};

        lt_keys(lt, key);
        expect_pane(lt, i);
    }
    for (int i = 1; i <= PANES; i++) {
        lt_keys(lt, "Tab");
        expect_pane(lt, i % PANES);
    }
    for (int i = PANES - 1; i >= 0; i--) {
        lt_keys(lt, "S-Tab");
        expect_pane(lt, i);
    }
    lt_keys(lt, "L");
    expect_pane(lt, 7);
    assert_int_equal(sandbox_count(&lt->sb, "GET", "/licenseservers"), 1);
}

/* The cursor is on the marked row in every pane that has rows (A1). */
static void test_focus_in_every_pane(void **state)
{
    static const char *const panes[] = {"1", "3",          "2",      "3 t",
                                        "4", ":netscaler", ":cloud", ":notices"};
    struct lt *lt = *state;
    long shown, total;

    start(lt);
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        lt_keys(lt, panes[i]);
        lt_expect_focus(lt);
        lt_keys(lt, "Down");
        lt_expect_focus(lt);
        lt_keys(lt, "G");
        lt_expect_focus(lt);
        lt_keys(lt, "Up");
        lt_expect_focus(lt);
        lt_keys(lt, "Home");
        lt_expect_focus(lt);
        /* L7: of how many this is a part. */
        lt_shown(lt, &shown, &total);
        if (i > 1) /* the Overview and cards are no lists */
            assert_true(shown > 0 && shown == total);
    }
}

/* R1: r asks for what the pane shows, R and its kin for everything. */
static void test_refresh(void **state)
{
    static const char *const all[] = {"R", "C-r", "F5"};
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2");
    sandbox_forget(&lt->sb);
    lt_refresh(lt, "r");
    assert_int_equal(sandbox_count(&lt->sb, "GET", "/licenseservers"), 1);
    assert_int_equal(sandbox_count(&lt->sb, NULL, NULL), 1);
    for (int i = 0; i < 3; i++) {
        sandbox_forget(&lt->sb);
        lt_refresh(lt, all[i]);
        assert_int_equal(sandbox_count(&lt->sb, "GET", "/licenseservers"), 1);
        assert_true(sandbox_count(&lt->sb, "GET", "/licenseusagedata") >= 1);
        assert_int_equal(sandbox_count(&lt->sb, "GET", "/netscalercallinghomedata"), 1);
        assert_int_equal(sandbox_count(&lt->sb, "GET", "/partner/"), 1);
        assert_true(sandbox_count(&lt->sb, "GET", "/notifications/") >= 1);
        assert_int_equal(sandbox_count(&lt->sb, "POST", NULL), 0);
    }
}

static void test_pause(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2");
    lt_expect_not(lt, "PAUSED");
    lt_keys(lt, "Z");
    lt_expect(lt, "PAUSED");
    lt_refresh(lt, "r");
    lt_expect(lt, "PAUSED");
    lt_keys(lt, "Z");
    lt_expect_not(lt, "PAUSED");
}

static void test_months(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "3");
    lt_expect(lt, "Nov 2026 so far");
    lt_keys(lt, "[");
    term_wait_gone(&lt->t, "Nov 2026 so far", 0);
    lt_wait_loaded(lt);
    lt_expect(lt, "Oct 2026");
    lt_expect_not(lt, "Oct 2026 so far");
    lt_keys(lt, "]");
    lt_wait_loaded(lt);
    lt_expect(lt, "Nov 2026 so far");
    lt_keys(lt, "]");
    lt_expect(lt, "month-on: ");
    lt_expect(lt, "Nov 2026 so far");
    lt_keys(lt, ":");
    lt_type(lt, "month 2026-07\r");
    lt_wait_loaded(lt);
    lt_expect(lt, "Jul 2026");
    lt_keys(lt, ":");
    lt_type(lt, "month 2026-13\r");
    lt_expect(lt, "Jul 2026");
    lt_expect(lt, "2026-13");
}

/* H5: what cannot be done says why. An unknown key says so, and where help is. */
static void test_refusals(void **state)
{
    static const char bound[] = "kjgGhldqeE/vs<>I[]rRpZt+-{}bf%ST:?123456789LQmciz()SCo*~\\Mx";
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2");
    for (char c = '!'; c <= '~'; c++) {
        char key[2] = {c, '\0'}, text[64];

        if (strchr(bound, c) != NULL)
            continue;
        lt_keys(lt, key);
        snprintf(text, sizeof(text), "%c does nothing here; ? shows the keys", c);
        lt_expect(lt, text);
    }
    lt_keys(lt, "F9");
    lt_expect(lt, "F9 does nothing here");
    lt_keys(lt, "Down");
    lt_expect_not(lt, "does nothing here");
    lt_keys(lt, "Backspace");
    lt_expect(lt, "clear-filter: no filter is set");
    lt_keys(lt, "[");
    lt_expect(lt, "month-back: what this pane shows has no month");
    lt_keys(lt, "t");
    lt_expect(lt, "as-text: this pane has no chart");
    lt_keys(lt, "9");
    lt_expect(lt, "Virtual Apps and Desktops has 8 panes");
    lt_keys(lt, "4 v");
    lt_expect(lt, "filters: this list has no ready-made filters");
    lt_keys(lt, "7 r");
    lt_expect(lt, "refresh: this pane shows luitop's own records");
    lt_keys(lt, "1 /");
    lt_expect(lt, "filter: this pane is not a list");
    lt_keys(lt, ":cloud e");
    lt_expect(lt, "next-problem: the rows of this list have no severity");
    /* D9: all of it is in the log. */
    lt_keys(lt, "L");
    lt_expect(lt, "filter: this pane is not a list");
}

/* The month before is a key away while it may be tagged, through day 10; then the key says why not.
 */
static void test_previous_term(void **state)
{
    static const char *const users[] = {"--users", "200", NULL};
    static const char *const early[] = {"--now", "2026-11-10T09:30:00Z", NULL};
    struct lt *lt = *state;

    lt_sandbox(lt, users);
    lt_run(lt, 24, 80, early, NULL);
    lt_wait_loaded(lt);
    lt_expect(lt, "Oct 2026 closes in 14 h");
    lt_keys(lt, "3 T");
    lt_expect(lt, "usage of Oct 2026");
    lt_expect_not(lt, "so far");
    lt_keys(lt, "T");
    lt_expect(lt, "Nov 2026 so far");
    lt_stop(lt);
    lt_start(lt, 24, 80, users, NULL, NULL);
    lt_keys(lt, "3 T");
    lt_expect(lt, "previous-term: the month before is closed");
    lt_expect(lt, "Nov 2026 so far");
}

/* A product's panes are there with it and gone without it; the Overview leads to any of them. */
static void test_products(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_expect_not(lt, "VPX");
    lt_keys(lt, "p Down Enter");
    lt_expect(lt, "nimbus / Networking (NetScaler VPX)");
    lt_expect(lt, "[2 NetScaler]");
    lt_expect_not(lt, "Servers");
    lt_keys(lt, "1");
    lt_expect(lt, "[1 Overview]");
    lt_keys(lt, "Enter");
    lt_expect(lt, "nimbus / Virtual Apps and Desktops");
    lt_expect(lt, "[2 Servers]");
    lt_keys(lt, ":cloud");
    lt_expect(lt, "nimbus / Cloud (DaaS)");
    lt_keys(lt, ":");
    lt_type(lt, "product netwrking\r");
    lt_expect(lt, "there is no product \"netwrking\"; did you mean networking");
}

/* T13: Ctrl-L sends the whole screen again, and it is the same. */
static void test_repaint(void **state)
{
    struct lt *lt = *state;
    struct buf before;

    start(lt);
    buf_init(&before, 1 << 20);
    lt_keys(lt, "2 Down Up");
    lt_body(lt, &before);
    term_bytes_reset(&lt->t);
    /* What another program wrote over it. */
    vterm_input_write(lt->t.vt, "\033[5;5Hmail for you", 18);
    term_pump(&lt->t, 0);
    lt_expect(lt, "mail for you");
    lt_keys(lt, "C-l");
    assert_true(term_bytes(&lt->t) > 500);
    lt_expect_body(lt, before.data);
    lt_expect_focus(lt);
    buf_release(&before);
}

/* R5: the first Ctrl-C cancels what runs and nothing else. */
static void test_cancel(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2 Down");
    sandbox_latency(&lt->sb, 60000);
    term_key(&lt->t, "R");
    term_wait_text(&lt->t, " loading", 0);
    /* R4: the keys work meanwhile. */
    lt_keys(lt, "Down Down Up 3 2");
    lt_expect_focus(lt);
    lt_expect(lt, " loading");
    term_key(&lt->t, "C-c");
    term_wait_text(&lt->t, " cancelled; Ctrl-C again quits", 0);
    term_wait_gone(&lt->t, " loading", 0);
    lt_expect(lt, "LIC01");
    lt_keys(lt, "Down C-c");
    lt_expect(lt, "nothing is running; Ctrl-C again, or Q, quits");
    lt_keys(lt, "Up");
    sandbox_latency(&lt->sb, 0);
    lt_refresh(lt, "r");
    lt_expect_focus(lt);
    assert_false(lt->t.exited);
}

static void test_ctrl_c_twice_quits(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2 C-c");
    lt_expect(lt, "nothing is running; Ctrl-C again, or Q, quits");
    term_key(&lt->t, "C-c");
    lt_expect_exit(lt, 0);
}

/* Ctrl-C in what lies over a pane closes that only. */
static void test_ctrl_c_in_overlays(void **state)
{
    static const char *const open[] = {"/", ":", "s", "v", "?"};
    struct lt *lt = *state;
    struct buf before;

    start(lt);
    buf_init(&before, 1 << 20);
    lt_keys(lt, "2 Down");
    lt_body(lt, &before);
    for (int i = 0; i < 5; i++) {
        lt_keys(lt, open[i]);
        lt_keys(lt, "C-c");
        lt_expect_body(lt, before.data);
    }
    buf_release(&before);
}

/* Q quits from anywhere, q and Esc go up first, and only q leaves from the top. */
static void test_quit(void **state)
{
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "3 Q");
    lt_expect_exit(lt, 0);
    term_stop(&lt->t);
    lt_run(lt, 24, 80, NULL, NULL);
    lt_wait_loaded(lt);
    lt_keys(lt, "2 Enter q");
    expect_pane(lt, 1);
    lt_keys(lt, "Esc");
    expect_pane(lt, 0);
    lt_keys(lt, "Esc Esc");
    expect_pane(lt, 0);
    assert_false(lt->t.exited);
    lt_keys(lt, "2 q");
    expect_pane(lt, 0);
    lt_keys(lt, "q");
    lt_expect_exit(lt, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_panes),
        LT_TEST(test_focus_in_every_pane),
        LT_TEST(test_refresh),
        LT_TEST(test_pause),
        LT_TEST(test_months),
        LT_TEST(test_refusals),
        LT_TEST(test_products),
        LT_TEST(test_previous_term),
        LT_TEST(test_repaint),
        LT_TEST(test_cancel),
        LT_TEST(test_ctrl_c_twice_quits),
        LT_TEST(test_ctrl_c_in_overlays),
        LT_TEST(test_quit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
