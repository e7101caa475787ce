/* Sizes: every one is survived, and what is on the screen in the end depends on the last only. */
#include "tests/e2e/luitop.h"

static void start(struct lt *lt, int rows, int cols)
{
    static const char *const args[] = {"--users", "200", NULL};

    lt_start(lt, rows, cols, args, NULL, NULL);
}

static bool is_body(struct term *t, const void *arg)
{
    const char *want = arg;
    struct buf b;
    size_t n;
    bool same;

    buf_init(&b, 1 << 20);
    term_screen(t, &b);
    n = strlen(want);
    same = b.len > n && memcmp(b.data, want, n) == 0 && b.data[n] == '\n';
    buf_release(&b);
    return same;
}

/* The sizes, in every pane: at the end the screen is what it was before. */
static void test_big_small_and_back(void **state)
{
    static const struct {
        int rows, cols;
    } sizes[] = {{60, 200}, {5, 20}, {24, 80}};
    static const char *const panes[] = {"1", "2", "3", "4", ":netscaler", ":cloud", ":notices"};
    struct lt *lt = *state;
    struct buf before;

    start(lt, 24, 80);
    buf_init(&before, 1 << 20);
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        lt_keys(lt, panes[i]);
        lt_keys(lt, "Down Down");
        lt_body(lt, &before);
        for (int j = 0; j < 3; j++) {
            term_resize(&lt->t, sizes[j].rows, sizes[j].cols);
            term_settle(&lt->t);
            lt_expect_focus(lt);
        }
        term_wait(&lt->t, is_body, before.data, 0, "the screen of before");
    }
    buf_release(&before);
}

/* The pane that has a chart and no rows. */
enum { TRENDS = 5 };

/* Between the sizes nothing waits: hundreds of changes in any order. */
static void test_storm(void **state)
{
    struct lt *lt = *state;
    struct buf before;
    uint32_t random = 1;

    start(lt, 24, 80);
    buf_init(&before, 1 << 20);
    for (int pane = 1; pane <= 7; pane++) {
        char key[2] = {(char)('0' + pane), '\0'};

        lt_keys(lt, key);
        lt_wait_loaded(lt);
        lt_keys(lt, "g");
        lt_body(lt, &before);
        for (int i = 0; i < 200; i++) {
            int rows, cols;

            random = random * 1664525 + 1013904223;
            rows = 1 + (int)((random >> 8) % 70);
            random = random * 1664525 + 1013904223;
            cols = 1 + (int)((random >> 8) % 220);
            if (i % 20 == 7)
                rows = cols = 1;
            if (i % 20 == 13)
                rows = 1;
            term_resize(&lt->t, rows, cols);
            /* Keys and redrawing meet the sizes anywhere. */
            if (i % 10 == 3)
                term_keys(&lt->t, "Down");
            if (i % 10 == 8)
                term_keys(&lt->t, "Up");
            if (i % 3 == 0)
                term_pump(&lt->t, 3);
        }
        term_resize(&lt->t, 24, 80);
        lt_keys(lt, "g");
        term_wait(&lt->t, is_body, before.data, 0, "the screen of before");
        if (pane != TRENDS)
            lt_expect_focus(lt);
    }
    buf_release(&before);
}

/* What lies over a pane is drawn at every size too. */
static void test_storm_over_overlays(void **state)
{
    static const char *const open[] = {"?", ":", "s", "v", "/", "Enter"};
    struct lt *lt = *state;
    struct buf before;

    start(lt, 24, 80);
    buf_init(&before, 1 << 20);
    lt_keys(lt, "2");
    for (int i = 0; i < 6; i++) {
        lt_keys(lt, open[i]);
        lt_body(lt, &before);
        for (int rows = 1; rows <= 12; rows++) {
            term_resize(&lt->t, rows, 1);
            term_pump(&lt->t, 2);
            term_resize(&lt->t, rows, 7 * rows);
            term_pump(&lt->t, 2);
            term_resize(&lt->t, 1, 13 * rows);
            term_pump(&lt->t, 2);
        }
        term_resize(&lt->t, 24, 80);
        term_wait(&lt->t, is_body, before.data, 0, "the screen of before");
        lt_keys(lt, "Esc");
        lt_expect_focus(lt);
    }
    buf_release(&before);
}

/* A small terminal shows the list that has the focus, and every row of it can be reached. */
static void test_small(void **state)
{
    static const struct {
        int rows, cols;
    } sizes[] = {{10, 40}, {5, 20}, {3, 20}, {2, 20}, {1, 20}};
    struct lt *lt = *state;
    char host[16], last[16];

    start(lt, 24, 80);
    lt_keys(lt, "2");
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        int row, seen = 1;

        term_resize(&lt->t, sizes[i].rows, sizes[i].cols);
        lt_keys(lt, "g");
        lt_expect_focus(lt);
        snprintf(last, sizeof(last), "%s", lt_host(lt, host));
        assert_string_not_equal(last, "");
        for (int n = 0; n < 20; n++) {
            lt_keys(lt, "Down");
            lt_expect_focus(lt);
            lt_host(lt, host);
            assert_string_not_equal(host, "");
            seen += strcmp(host, last) != 0;
            snprintf(last, sizeof(last), "%s", host);
        }
        assert_int_equal(seen, 14);
        term_cursor(&lt->t, &row, NULL, NULL);
        assert_in_range(row, 0, sizes[i].rows - 1);
        lt_keys(lt, "Enter");
        lt_keys(lt, "Esc");
        lt_expect_host(lt, last);
    }
}

/* Started small, then given room: as if started with it. */
static void test_started_small(void **state)
{
    static const struct {
        int rows, cols;
    } sizes[] = {{5, 20}, {1, 1}};
    struct lt *lt = *state;
    struct buf fresh;

    start(lt, 24, 80);
    buf_init(&fresh, 1 << 20);
    lt_body(lt, &fresh);
    for (int i = 0; i < 2; i++) {
        term_stop(&lt->t);
        lt_run(lt, sizes[i].rows, sizes[i].cols, NULL, NULL);
        term_settle(&lt->t);
        term_resize(&lt->t, 24, 80);
        lt_wait_loaded(lt);
        term_wait(&lt->t, is_body, fresh.data, 0, "a fresh screen");
    }
    buf_release(&fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_big_small_and_back),  LT_TEST(test_storm),
        LT_TEST(test_storm_over_overlays), LT_TEST(test_small),
        LT_TEST(test_started_small),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
