/* Marking rows of a list (S1, S3 to S6, S8, L7). */
#include "tests/e2e/luitop.h"

static void start(struct lt *lt)
{
    static const char *const few[] = {"--users", "200", NULL};

    lt_start(lt, 24, 80, few, NULL, NULL);
    lt_keys(lt, "2 g");
    lt_expect_shown(lt, 14, 14);
    lt_expect_not(lt, " marked");
}

static void filter(struct lt *lt, const char *text)
{
    lt_keys(lt, "/");
    lt_type(lt, text);
    lt_keys(lt, "Enter");
}

/* The mark stands in the third cell of the row of HOST, or nothing does. */
static void expect_mark(struct lt *lt, const char *host, bool marked)
{
    struct buf row;
    const char *text;
    int at = lt_row_of(lt, host);

    assert_true(at >= 0);
    buf_init(&row, 1 << 16);
    text = term_row(&lt->t, at, &row);
    for (int cell = 0; cell < 2; cell++) /* focus and severity, of one or three bytes */
        text += (unsigned char)*text < 0x80 ? 1 : 3;
    if (*text != (marked ? '*' : ' '))
        fail_msg("%s: %s", host, row.data);
    buf_release(&row);
}

static void test_one_by_one(void **state)
{
    struct lt *lt = *state;
    char first[16], second[16], third[16];

    start(lt);
    lt_host(lt, first);
    lt_keys(lt, "Space");
    lt_expect(lt, "14 shown / 14, 1 marked");
    lt_expect_not(lt, "hidden");
    lt_host(lt, second);
    assert_string_not_equal(first, second);
    expect_mark(lt, first, true);
    expect_mark(lt, second, false);
    lt_keys(lt, "Down Space");
    lt_expect(lt, "14 shown / 14, 2 marked");
    lt_keys(lt, "Up");
    lt_host(lt, third);
    expect_mark(lt, third, true);
    /* A second time takes it away, and goes down all the same. */
    lt_keys(lt, "g Space");
    lt_expect(lt, "14 shown / 14, 1 marked");
    lt_expect_host(lt, second);
    expect_mark(lt, first, false);
    /* At the end there is nowhere to go. */
    lt_keys(lt, "G");
    lt_host(lt, first);
    lt_keys(lt, "Space");
    lt_expect_host(lt, first);
    expect_mark(lt, first, true);
}

/* S6: marks survive filter, sort, refresh, other panes and Esc; hidden ones are counted. */
static void test_marks_stay(void **state)
{
    struct lt *lt = *state;
    char a[16], b[16];

    start(lt);
    lt_host(lt, a);
    lt_keys(lt, "Space");
    lt_host(lt, b);
    lt_keys(lt, "Space");
    filter(lt, a);
    lt_expect(lt, "1 shown / 14, 2 marked, 1 hidden");
    expect_mark(lt, a, true);
    lt_keys(lt, "Esc");
    lt_expect(lt, "14 shown / 14, 2 marked");
    lt_keys(lt, "< I");
    lt_expect(lt, "14 shown / 14, 2 marked");
    expect_mark(lt, a, true);
    expect_mark(lt, b, true);
    lt_refresh(lt, "r");
    lt_expect(lt, "14 shown / 14, 2 marked");
    lt_keys(lt, "3");
    lt_expect_not(lt, " marked");
    lt_keys(lt, "2 Enter Esc");
    lt_expect(lt, "14 shown / 14, 2 marked");
    expect_mark(lt, a, true);
}

/* S3, S4, S5. */
static void test_all_invert_clear(void **state)
{
    struct lt *lt = *state;

    start(lt);
    filter(lt, "lic1");
    lt_keys(lt, "*");
    lt_expect(lt, "5 servers marked");
    lt_expect(lt, "5 shown / 14, 5 marked");
    lt_keys(lt, "Backspace");
    lt_expect(lt, "14 shown / 14, 5 marked");
    filter(lt, "lic0");
    lt_expect(lt, "9 shown / 14, 5 marked, 5 hidden");
    lt_keys(lt, "g Space");
    lt_expect(lt, "9 shown / 14, 6 marked, 5 hidden");
    lt_keys(lt, "~");
    lt_expect(lt, "9 shown / 14, 13 marked, 5 hidden");
    lt_golden(lt, "servers-marked-80x24");
    lt_keys(lt, "\\");
    lt_expect(lt, "13 servers no longer marked; \\ again brings the marks back");
    lt_expect_not(lt, "/ 14, ");
    lt_keys(lt, "\\");
    lt_expect(lt, "9 shown / 14, 13 marked, 5 hidden");
    lt_keys(lt, "\\ Space");
    lt_expect(lt, "9 shown / 14, 1 marked");
    lt_keys(lt, "\\");
    lt_expect(lt, "1 server no longer marked");
    lt_keys(lt, "3 \\");
    lt_expect(lt, "clear-marks: ");
}

/* S8. */
static void test_only_marked(void **state)
{
    struct lt *lt = *state;
    char a[16], b[16];

    start(lt);
    lt_keys(lt, "M");
    lt_expect(lt, "only-marked: nothing is marked");
    lt_host(lt, a);
    lt_keys(lt, "Space");
    lt_host(lt, b);
    lt_keys(lt, "Space Down Space M");
    lt_expect(lt, "3 shown / 14, 3 marked   only marked, M shows all");
    filter(lt, a);
    lt_expect(lt, "1 shown / 14, 3 marked, 2 hidden   only marked");
    lt_keys(lt, "Backspace Esc");
    lt_expect(lt, "14 shown / 14, 3 marked");
    lt_expect(lt, "all rows again; the marks stay");
    /* A row that is no longer marked leaves; the next one takes its place. */
    lt_keys(lt, "M g Space");
    lt_expect(lt, "2 shown / 14, 2 marked");
    lt_expect_host(lt, b);
    lt_keys(lt, "Space Space");
    lt_expect(lt, "14 shown / 14");
    lt_expect_not(lt, "only marked");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_one_by_one),
        LT_TEST(test_marks_stay),
        LT_TEST(test_all_invert_clear),
        LT_TEST(test_only_marked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
