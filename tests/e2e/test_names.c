/* Text from outside on the screen: wide, combining and hostile characters (L10, L12). */
#include "tests/e2e/luitop.h"

/* What the sandbox puts into names (fault kind esc), and what must not come out: an ESC of theirs,
 * C1 controls, overrides of the direction, DEL, BEL. */
static void expect_clean(struct lt *lt)
{
    static const char *const never[] = {
        "\033[31mred", "\033]", "\033[2J\033[1;1H", "\xc2\x9b", "\xe2\x80\xae", "\x7f",
        "\a",          "\ttab", "31mred\033",
    };

    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        if (memmem(lt->t.raw.data, lt->t.raw.len, never[i], strlen(never[i])) != NULL)
            fail_msg("piece %zu of hostile text reached the terminal", i);
    assert_true(term_mode(&lt->t, TERM_ALT_SCREEN));
}

static void start(struct lt *lt, int rows, int cols)
{
    static const char *const args[] = {"--users", "200", "--fault", "1:esc", NULL};

    lt_start(lt, rows, cols, args, NULL, NULL);
}

/* In each row of the servers, the cells of the column TITLE begin where its title does. */
static void expect_aligned(struct lt *lt, const char *title)
{
    int head, col, rows = 0;

    if (!term_find(&lt->t, title, &head, &col)) {
        term_print(&lt->t);
        fail_msg("no column %s", title);
    }
    for (int r = head + 1; r < lt->t.rows; r++) {
        struct term_look before, first;
        struct buf b;
        bool is_row;

        buf_init(&b, 1 << 20);
        is_row = strstr(term_row(&lt->t, r, &b), "report") != NULL ||
                 strstr(b.data, "exp") != NULL || strstr(b.data, " ago") != NULL;
        buf_release(&b);
        if (!is_row || r >= lt->t.rows - 4)
            continue;
        term_cell(&lt->t, r, col - 1, &before);
        term_cell(&lt->t, r, col, &first);
        if (before.text[0] != '\0' || first.text[0] == '\0') {
            term_print(&lt->t);
            fail_msg("%s is not aligned in row %d", title, r);
        }
        rows++;
    }
    assert_true(rows >= 10);
}

static void test_hostile_names_in_the_list(void **state)
{
    static const int widths[] = {80, 100, 120, 160, 200};
    struct lt *lt = *state;

    start(lt, 24, 80);
    lt_keys(lt, "2");
    for (int i = 0; i < 5; i++) {
        term_resize(&lt->t, 24, widths[i]);
        term_settle(&lt->t);
        expect_aligned(lt, "LAST REP");
        expect_aligned(lt, "EXPIRES");
        lt_expect_focus(lt);
    }
    lt_expect(lt, "株");
    lt_expect(lt, "14 shown / 14");
    expect_clean(lt);
}

/* The detail shows the whole name, made harmless. */
static void test_hostile_names_in_details(void **state)
{
    struct lt *lt = *state;
    int wide = 0, shown = 0;

    start(lt, 40, 120);
    lt_keys(lt, "2");
    for (int i = 0; i < 14; i++) {
        char host[16];

        lt_host(lt, host);
        lt_keys(lt, "Enter");
        lt_expect(lt, host);
        wide += term_find(&lt->t, "株式会社テスト", NULL, NULL);
        shown += term_find(&lt->t, "\\x1b[2J", NULL, NULL);
        expect_clean(lt);
        lt_keys(lt, "Esc Down");
        lt_expect_focus(lt);
    }
    assert_true(wide > 0 && shown > 0);
}

static void test_hostile_names_in_every_pane(void **state)
{
    static const char *const panes = "123456789";
    struct lt *lt = *state;

    start(lt, 40, 120);
    for (const char *p = panes; *p != '\0'; p++) {
        char key[2] = {*p, '\0'};

        lt_keys(lt, key);
        lt_keys(lt, "Down Enter Down Esc");
        expect_clean(lt);
        /* The title and the tabs stand where they stand in every pane. */
        assert_true(term_find(&lt->t, " luitop", NULL, NULL));
        assert_true(lt_requests(lt) > 0);
    }
}

/* A typed filter finds what is shown; typed hostile text is harmless too. */
static void test_filter_of_wide_text(void **state)
{
    struct lt *lt = *state;
    long matching, total, rows = 0;

    start(lt, 24, 120);
    lt_keys(lt, "2 /");
    lt_type(lt, "株式");
    lt_keys(lt, "Enter");
    lt_expect(lt, "filter: 株式");
    lt_shown(lt, &matching, &total);
    assert_in_range(matching, 1, total - 1);
    for (int r = 0; r < lt->t.rows; r++)
        rows += strstr(term_row(&lt->t, r, &lt->b), "LIC") != NULL &&
                strstr(lt->b.data, "株式") != NULL;
    assert_int_equal(rows, matching);
    lt_keys(lt, "/");
    term_paste(&lt->t, "a\033[31mb\xc2\x9b\xe2\x80\xae");
    term_settle(&lt->t);
    expect_clean(lt);
    lt_keys(lt, "Esc Esc");
    assert_false(lt->t.exited);
}

/* Wide text in what luitop says. */
static void test_wide_text_in_a_message(void **state)
{
    struct lt *lt = *state;

    lt_sandbox(lt, NULL);
    lt_run(lt, 24, 80, NULL, NULL);
    lt_wait_loaded(lt);
    lt_keys(lt, ":");
    lt_type(lt, "theme \xe6\xa0\xaa\r");
    lt_expect(lt, "株");
    expect_clean(lt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_hostile_names_in_the_list),   LT_TEST(test_hostile_names_in_details),
        LT_TEST(test_hostile_names_in_every_pane), LT_TEST(test_filter_of_wide_text),
        LT_TEST(test_wide_text_in_a_message),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
