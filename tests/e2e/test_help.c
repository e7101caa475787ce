/* Help and the palette: what tells a person of every key and action. */
#include "tests/e2e/luitop.h"

static void start(struct lt *lt)
{
    static const char *const args[] = {"--users", "200", NULL};

    lt_start(lt, 24, 80, args, NULL, NULL);
}

/* H1: ? and F1 list the keys of the pane; closing help changes nothing. */
static void test_help(void **state)
{
    static const char *const open[] = {"?", "F1", "?", "F1"};
    static const char *const close[] = {"Esc", "q", "?", "F1"};
    static const char *const keys[] = {"next-problem", "filters",     "sort-invert", "refresh-all",
                                       "Ctrl-R F5",    "half a page", ": Ctrl-P",    "severity"};
    struct lt *lt = *state;
    struct buf before;

    start(lt);
    buf_init(&before, 1 << 20);
    lt_keys(lt, "2 Down Down");
    lt_body(lt, &before);
    for (int i = 0; i < 4; i++) {
        lt_keys(lt, open[i]);
        lt_expect(lt, "Keys of Servers");
        lt_keys(lt, close[i]);
        lt_expect_body(lt, before.data);
    }
    buf_release(&before);
    term_resize(&lt->t, 100, 120); /* all of it at once */
    term_wait_text(&lt->t, "LIC01", 0);
    lt_keys(lt, "?");
    for (int i = 0; i < 7; i++)
        lt_expect(lt, keys[i]);
    lt_keys(lt, "Esc 1 ?");
    lt_expect(lt, "Keys of Overview");
    lt_expect_not(lt, ":sort-invert");
}

/* Help moves with the keys that move everything else. */
static void test_help_moves(void **state)
{
    struct lt *lt = *state;
    struct buf top;

    start(lt);
    buf_init(&top, 1 << 20);
    lt_keys(lt, "2 ?");
    lt_body(lt, &top);
    lt_keys(lt, "PgDn");
    lt_expect_not(lt, "Keys of Servers");
    lt_keys(lt, "PgUp");
    lt_expect_body(lt, top.data);
    lt_keys(lt, "G");
    lt_expect_not(lt, "Keys of Servers");
    lt_keys(lt, "g");
    lt_expect_body(lt, top.data);
    lt_keys(lt, "j");
    lt_expect_not(lt, "Keys of Servers");
    lt_keys(lt, "k");
    lt_expect_body(lt, top.data);
    buf_release(&top);
}

/* Every action by its name, with its key; what cannot be done says why. */
static void test_palette(void **state)
{
    static const char *const open[] = {":", "C-p"};
    struct lt *lt = *state;

    start(lt);
    lt_keys(lt, "2");
    for (int i = 0; i < 2; i++) {
        lt_keys(lt, open[i]);
        lt_expect(lt, "one row down");
        lt_type(lt, "next-prob");
        lt_expect(lt, "next-problem");
        lt_expect_not(lt, "one row down");
        lt_keys(lt, "Esc");
        lt_expect_not(lt, "next-problem");
        lt_expect_focus(lt);
    }
    lt_keys(lt, ":");
    lt_type(lt, "usage\r");
    lt_expect(lt, "[3 Usage]");
    lt_keys(lt, ":");
    lt_type(lt, "pane-2\r");
    lt_expect(lt, "[2 Servers]");
    lt_keys(lt, ":");
    lt_type(lt, "sort -fqdn\r");
    lt_expect(lt, "sorted by fqdn, largest first");
    lt_keys(lt, ":");
    lt_type(lt, "filter severity=error\r");
    lt_expect(lt, "filter: severity=error");
    lt_keys(lt, ":");
    lt_type(lt, "filter (\r");
    lt_expect(lt, "filter: severity=error");
    lt_keys(lt, ":");
    lt_type(lt, "sort nonsense\r");
    lt_expect(lt, "nonsense");
    lt_keys(lt, ":");
    lt_type(lt, "theme mono\r");
    lt_expect(lt, "theme mono");
    lt_keys(lt, ":");
    lt_type(lt, "theme nosuch\r");
    lt_expect(lt, "nosuch");
    lt_keys(lt, ":");
    lt_type(lt, "xyzzy now\r");
    lt_expect(lt, "there is no action called \"xyzzy now\"");
    lt_keys(lt, ":");
    lt_type(lt, "month-on");
    lt_expect(lt, "has no month");
    lt_keys(lt, "Enter");
    lt_expect(lt, "has no month");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_help),
        LT_TEST(test_help_moves),
        LT_TEST(test_palette),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
