/* What every screen looks like, as goldens (UPDATE=1 rewrites them), at the two sizes that count.
 */
#include <ctype.h>

#include "tests/e2e/luitop.h"

static const struct {
    const char *name, *keys, *text; /* TEXT is typed after KEYS */
    const char *leave;
} screens[] = {
    {"overview", "1", "", ""},
    {"overview-bottom", "1 G", "", "g"},
    {"servers", "2", "", ""},
    {"servers-detail", "2 g Enter", "", "Esc"},
    {"servers-filtered", "2 /", "severity>=warning\r", "Backspace"},
    {"servers-filter-fault", "2 /", "severity=wrning", "Esc"},
    {"servers-nothing", "2 /", "nosuch\r", "Backspace"},
    {"help", "2 ?", "", "Esc"},
    {"help-overview", "1 ?", "", "Esc"},
    {"palette", "2 :", "", "Esc"},
    {"palette-narrowed", "2 :", "month", "Esc"},
    {"sort-menu", "2 s", "", "Esc"},
    {"filter-menu", "2 v", "", "Esc"},
    {"usage", "3", "", ""},
    {"usage-table", "3 t", "", "t"},
    {"usage-customers", "3 Enter", "", ""},
    {"usage-servers", "3 b", "", "b"},
    {"usage-words", "3 t", "", "t"},
    {"usage-customer", "3 Enter", "", "Esc Esc"},
    {"server-choice", "3 S n Space Down Space", "", "Enter"},
    {"usage-chosen", "3", "", ""},
    {"usage-chosen-servers", "3 Enter b", "", "b Esc C"},
    {"customers", "4", "", ""},
    {"trends", "5", "", ""},
    {"trends-table", "5 t", "", "t t"},
    {"trends-words", "5 t t", "", "t"},
    {"trends-menu", "5 v", "", "Esc"},
    {"product-menu", "1 p", "", "Esc"},
    {"netscaler", ":netscaler", "", ""},
    {"netscaler-detail", ":netscaler G Enter", "", "Esc"},
    {"cloud", ":cloud", "", ""},
    {"notices", ":notices", "", ""},
    {"notices-detail", ":notices g Enter", "", "Esc"},
    {"messages", ":messages", "", ""},
    /* These ask for more months, which the status line counts. */
    {"trends-forecast", ":trends f", "", "f"},
    {"trends-forecast-table", ":trends f t G", "", "f t t"},
    {"trends-editions", ":trends v Down Enter", "", "v Enter"},
    {"trends-years", ":trends b", "", "b"},
};
enum { SCREENS = sizeof(screens) / sizeof(screens[0]) };

/* All of them, so that one UPDATE=1 refreshes all and one run shows all that differ. */
static void check_all(struct lt *lt, int rows, int cols)
{
    int different = 0;

    lt_start(lt, rows, cols, NULL, NULL, NULL);
    for (size_t i = 0; i < SCREENS; i++) {
        lt_keys(lt, screens[i].keys);
        lt_wait_loaded(lt);
        if (screens[i].text[0] != '\0')
            lt_type(lt, screens[i].text);
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

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Milliseconds, and the order in which answers came, differ from run to run: each number becomes a
 * #, and the lines are sorted. What stays is what the pane tells of a start. */
static void test_requests(void **state)
{
    struct lt *lt = *state;
    struct buf text, row;
    char *lines[100];
    size_t count = 0;

    lt_start(lt, 40, 160, NULL, NULL, NULL);
    lt_keys(lt, "8");
    buf_init(&text, 1 << 20);
    buf_init(&row, 1 << 20);
    for (int r = 0; r < lt->t.rows - 1; r++) {
        bool blank = false;

        buf_reset(&text);
        for (const char *p = term_row(&lt->t, r, &row); *p != '\0'; p++) {
            if (strncmp(p, "▸", 3) == 0) { /* on the last answer, whichever that was */
                p += 2;
            } else if (isdigit((unsigned char)*p)) {
                buf_addstr(&text, isdigit((unsigned char)p[1]) ? "" : "#");
                blank = false;
            } else if (*p != ' ' || !blank) {
                blank = *p == ' ';
                buf_addc(&text, *p);
            }
        }
        lines[count++] = strdup(text.data);
    }
    qsort(lines, count, sizeof(lines[0]), by_text);
    buf_reset(&text);
    for (size_t i = 0; i < count; i++) {
        if (lines[i][0] != '\0')
            buf_addf(&text, "%s\n", lines[i]);
        free(lines[i]);
    }
    golden_check("requests-sorted", text.data);
    buf_release(&text);
    buf_release(&row);
}

/* The first frame, before any answer: nothing is called empty that is not known. */
static void test_before_any_answer(void **state)
{
    static const char *const args[] = {"--fault", "1:stall", NULL};
    struct lt *lt = *state;

    lt_sandbox(lt, args);
    lt_run(lt, 24, 80, NULL, NULL);
    term_wait_text(&lt->t, " loading", 0);
    term_settle(&lt->t);
    lt_golden(lt, "asking-overview-80x24");
    lt_keys(lt, "2");
    lt_golden(lt, "asking-servers-80x24");
    lt_expect_not(lt, "0 shown");
    lt_expect_not(lt, "lists no license server");
}

/* T4: without UTF-8, the same in ASCII. */
static void test_ascii(void **state)
{
    static const char *const env[] = {"LC_ALL=C", NULL};
    struct lt *lt = *state;
    struct buf text;

    lt_start(lt, 24, 80, NULL, NULL, env);
    buf_init(&text, 1 << 20);
    for (int pane = 1; pane <= 7; pane++) {
        char key[2] = {(char)('0' + pane), '\0'};

        lt_keys(lt, key);
        for (const char *p = term_screen(&lt->t, &text); *p != '\0'; p++)
            assert_true((unsigned char)*p < 0x80);
        if (pane == 2)
            lt_golden(lt, "servers-ascii-80x24");
    }
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_at_80x24),          LT_TEST(test_at_120x40), LT_TEST(test_requests),
        LT_TEST(test_before_any_answer), LT_TEST(test_ascii),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
