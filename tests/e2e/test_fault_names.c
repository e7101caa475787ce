/*
 * Answers that are whole but strange: one element of a list that is broken inside, names with
 * sequences that a terminal would obey. The rest is shown, what is missing is counted, and nothing
 * from the service reaches the terminal as it came.
 */
#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

static const char *const few[] = {"--users", "300", "--months", "3", NULL};

static void test_one_broken_element(void **state)
{
    static const struct {
        const char *pane, *missing, *shown;
    } panes[] = {
        {":servers",
         "1 row of the license servers could not be read (first: number 8) and is missing here.",
         "13 shown / 13"},
        {":usage", "1 row of the usage could not be read (first: number 3) and is missing here.",
         "ZZQ_NEW_UD (unknown code)"},
        {":customers",
         "1 row of the customers could not be read (first: number 5) and is missing here.",
         "24 shown / 24"},
        {":netscaler",
         "1 row of the NetScaler allocations could not be read (first: number 5) and is missing",
         "9 shown / 9"},
    };
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"badelement\"");
    lt_run(lt, 30, 120, NULL, NULL);
    lt_wait_loaded(lt);
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        term_key(&lt->t, panes[i].pane);
        term_wait_text(&lt->t, panes[i].shown, 0);
        lt_expect(lt, panes[i].missing);
    }
    term_key(&lt->t, ":servers");
    term_settle(&lt->t);
    assert_int_equal(lt_row_of(lt, "LIC08"), -1);
    assert_true(lt_row_of(lt, "LIC07") > 0 && lt_row_of(lt, "LIC09") > 0);
    /* The sum without the lost edition is no sum. */
    term_key(&lt->t, ":usage");
    term_wait_text(&lt->t, ">= 248 users", 0);
    lt_expect(lt, "1 edition unreadable");
    /* Mended at the service, mended here. */
    sandbox_fault(&lt->sb, NULL);
    lt_refresh(lt, "R");
    lt_expect_not(lt, "missing here");
    lt_expect(lt, "ZZQ_NEW_UD (unknown code)");
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    assert_true(lt_row_of(lt, "LIC08") > 0);
}

/* What no byte stream to the terminal may hold, and ncurses never writes here by itself. */
static void expect_harmless(struct lt *lt)
{
    static const char *const never[] = {
        "\x1b[31mred",      /* a colour from outside */
        "\x1b]",            /* any operating system command: titles, clipboard */
        "\x07",             /* a bell */
        "\x1b[2J\x1b[1;1H", /* clears the screen */
        "\xe2\x80\xae",     /* right-to-left override */
        "\xc2\x9b",         /* CSI in one code point */
        "\xe2\x80\x8d",     /* joins emoji, so that widths differ between terminals */
        "\x7f",
    };

    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        if (memmem(lt->t.raw.data, lt->t.raw.len, never[i], strlen(never[i])) != NULL)
            fail_msg("a sequence from the service is in the terminal's stream (number %zu)", i);
}

/* The cell under the heading LAST REPORT begins its column in every row, however wide the names. */
static void expect_aligned(struct lt *lt)
{
    int head, col, rows = 0;
    struct term_look before, at;

    assert_true(term_find(&lt->t, "LAST REPORT", &head, &col));
    for (int row = head + 1; row < lt->t.rows; row++) {
        char host[16];

        if (lt_host_at(lt, row, host)[0] == '\0')
            continue;
        term_cell(&lt->t, row, col - 1, &before);
        term_cell(&lt->t, row, col, &at);
        if (before.text[0] != '\0' || at.text[0] == '\0') {
            term_print(&lt->t);
            fail_msg("row %d is not aligned at column %d", row, col);
        }
        rows++;
    }
    assert_int_equal(rows, 14);
}

static void test_escapes_in_names(void **state)
{
    static const char *const panes[] = {":overview", ":usage",   ":customers", ":netscaler",
                                        ":cloud",    ":notices", ":requests",  ":messages",
                                        "5",         "6",        "7",          ":servers"};
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"esc\"");
    lt_run(lt, 30, 140, NULL, NULL);
    lt_wait_loaded(lt);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    lt_expect(lt, "LIC01\\x1b[31mred\\x1b[0m");
    lt_expect(lt, "LIC02\\x1b]0;title\\x07");
    lt_expect(lt, "LIC04\\u202egnp.exe");
    lt_expect(lt, "LIC05\\u009b31m");
    lt_expect(lt, "LIC08\\x0d\\x0a\\x09tab\\x7f");
    expect_aligned(lt);
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        lt_keys(lt, panes[i]);
        lt_keys(lt, "Down G");
    }
    /* Details, filters and sorting show the same names. */
    lt_keys(lt, "g Enter");
    lt_keys(lt, "q / l i c 0 2 Enter");
    lt_keys(lt, "Enter");
    lt_expect(lt, "\\x1b]0;title\\x07");
    term_resize(&lt->t, 24, 80);
    lt_keys(lt, "q");
    term_resize(&lt->t, 12, 40);
    lt_keys(lt, "C-l");
    expect_harmless(lt);
    term_key(&lt->t, "Q");
    lt_expect_exit(lt, 0);
    expect_harmless(lt);
}

/* The same through messages: errors carry words of the service too. */
static void test_escapes_without_colour(void **state)
{
    static const char *const env[] = {"NO_COLOR=1", NULL};
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"esc\"");
    lt_run(lt, 24, 80, NULL, env);
    lt_wait_loaded(lt);
    lt_keys(lt, ":servers :overview");
    expect_harmless(lt);
    assert_null(memmem(lt->t.raw.data, lt->t.raw.len, "\x1b[31m", 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_one_broken_element),
        LT_TEST(test_escapes_in_names),
        LT_TEST(test_escapes_without_colour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
