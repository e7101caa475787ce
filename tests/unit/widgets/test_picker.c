#include "pty.h"

#include "widgets/picker.h"

static const struct picker_item items[] = {
    {"sort", "Sort by a column", "s", NULL},
    {"refresh", "Ask the service again", "r", NULL},
    {"resort", "Sort the other way round", NULL, NULL},
    {"open", "Open the server", "Enter", "no server is chosen"},
    {"Ärger", NULL, NULL, NULL},
    {"quit", "Leave luitop", "q", NULL},
};

enum { ITEMS = sizeof(items) / sizeof(items[0]) };

static enum picker_result type(struct picker *p, const char *text)
{
    enum picker_result r = PICKER_OPEN;

    for (; *text != '\0'; text++)
        r = picker_key(p, *text);
    return r;
}

static void test_narrowing(void **state)
{
    struct picker p;

    (void)state;
    picker_init(&p);
    assert_int_equal(picker_start(&p, "Do", ":", items, ITEMS), 0);
    assert_int_equal(p.shown_count, ITEMS);
    assert_int_equal(picker_choice(&p), 0);
    type(&p, "re");
    /* Names that begin so, in their order; nothing else contains it. */
    assert_int_equal(p.shown_count, 2);
    assert_int_equal(p.shown[0], 1);
    assert_int_equal(p.shown[1], 2);
    assert_string_equal(picker_text(&p), "re");
    picker_key(&p, KEY_CTRL('u'));
    type(&p, "SORT");
    assert_int_equal(p.shown_count, 2);
    assert_int_equal(p.shown[0], 0);
    assert_int_equal(p.shown[1], 2);
    picker_key(&p, KEY_CTRL('u'));
    type(&p, "arg");
    assert_int_equal(p.shown_count, 1);
    assert_int_equal(picker_choice(&p), 4);
    picker_key(&p, KEY_CTRL('u'));
    type(&p, "service");
    assert_int_equal(picker_choice(&p), 1);
    type(&p, "xyz");
    assert_int_equal(p.shown_count, 0);
    assert_int_equal(picker_choice(&p), -1);
    assert_int_equal(picker_key(&p, K_ENTER), PICKER_OPEN);
    assert_int_equal(picker_key(&p, K_DOWN), PICKER_OPEN);
    assert_int_equal(picker_key(&p, K_TAB), PICKER_OPEN);
    assert_int_equal(picker_choice(&p), -1);
    picker_key(&p, KEY_CTRL('u'));
    assert_int_equal(p.shown_count, ITEMS);
    picker_release(&p);
}

static void test_choosing(void **state)
{
    struct picker p;

    (void)state;
    picker_init(&p);
    assert_int_equal(picker_start(&p, "Do", ":", items, ITEMS), 0);
    picker_key(&p, K_UP);
    assert_int_equal(picker_choice(&p), 0);
    picker_key(&p, K_DOWN);
    assert_int_equal(picker_choice(&p), 1);
    assert_int_equal(picker_key(&p, K_ENTER), PICKER_CHOSEN);
    picker_key(&p, K_PAGE_DOWN);
    assert_int_equal(picker_choice(&p), 5);
    picker_key(&p, K_DOWN);
    assert_int_equal(picker_choice(&p), 5);
    picker_key(&p, K_PAGE_UP);
    assert_int_equal(picker_choice(&p), 0);
    /* A disabled item can be looked at, not chosen. */
    type(&p, "op");
    assert_int_equal(picker_choice(&p), 3);
    assert_int_equal(picker_key(&p, K_ENTER), PICKER_OPEN);
    picker_key(&p, KEY_CTRL('u'));
    type(&p, "r");
    picker_key(&p, K_DOWN);
    picker_key(&p, K_TAB);
    assert_string_equal(picker_text(&p), "resort");
    assert_int_equal(picker_choice(&p), 2);
    assert_int_equal(picker_key(&p, K_ESC), PICKER_CANCELLED);
    /* Tab keeps to its item, although another one matches better now. */
    assert_int_equal(picker_start(&p, "Do", ":", items, ITEMS), 0);
    assert_string_equal(picker_text(&p), "");
    assert_int_equal(picker_key(&p, K_BACKSPACE), PICKER_CANCELLED);
    assert_int_equal(picker_start(&p, "None", NULL, NULL, 0), 0);
    assert_int_equal(picker_choice(&p), -1);
    picker_release(&p);
}

static void child_draws(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct picker p;

    (void)arg;
    picker_init(&p);
    if (picker_start(&p, "Do", ":", items, ITEMS) < 0)
        _exit(94);
    picker_key(&p, K_DOWN);
    for (int i = 0; i < 6; i++) {
        screen_resized(s);
        if (i == 1)
            picker_key(&p, 'o');
        if (i == 2)
            picker_key(&p, '*');
        if (i == 3)
            picker_key(&p, KEY_CTRL('u'));
        screen_begin(s);
        picker_draw(&p, s, (struct rect){0, 0, screen_rows(s), screen_cols(s)});
        screen_end(s);
        step();
    }
    picker_release(&p);
    screen_close(s);
}

static void test_draws(void **state)
{
    static const struct {
        int rows, cols;
        const char *want;
        int y, x;
    } views[] = {
        {12, 50,
         "┌─ Do ───────────────────────────────────────────┐\n"
         "│:                                               │\n"
         "│  sort     Sort by a column                   s │\n"
         "│▸ refresh  Ask the service again              r │\n"
         "│  resort   Sort the other way round             │\n"
         "│  open     not now: no server is chosen   Enter │\n"
         "│  Ärger                                         │\n"
         "│  quit     Leave luitop                       q │\n"
         "└────────────────────────────────────────────────┘\n",
         1, 2},
        {7, 50,
         "┌─ Do ───────────────────────────────────────────┐\n"
         "│:o                                              │\n"
         "│▸ open     not now: no server is chosen   Enter │\n"
         "│  sort     Sort by a column                   s │\n"
         "│  resort   Sort the other way round             │\n"
         "│  quit     Leave luitop                       q │\n"
         "└────────────────────────────────────────────────┘\n",
         1, 3},
        {7, 50,
         "┌─ Do ───────────────────────────────────────────┐\n"
         "│:o*                                             │\n"
         "│  nothing matches                               │\n"
         "│                                                │\n"
         "│                                                │\n"
         "│                                                │\n"
         "└────────────────────────────────────────────────┘\n",
         1, 4},
        {5, 14,
         "┌─ Do ───────┐\n"
         "│:           │\n"
         "│▸ sort      │\n"
         "│  refresh  ▼│\n"
         "└────────────┘\n",
         1, 2},
        {4, 10, ":\n▸ sort\n  refresh\n  resort ▼\n", 0, 1},
        {1, 1, "", 0, 0},
    };
    struct term_options o = {views[0].rows, views[0].cols, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_draws, NULL);
    for (int i = 0; i < 6; i++) {
        next_step(&t);
        assert_screen(&t, views[i].want);
        assert_cursor(&t, views[i].y, views[i].x);
        if (i == 0) {
            assert_true(term_cell(&t, 3, 3).attrs.reverse);
            assert_false(term_cell(&t, 2, 3).attrs.reverse);
        }
        if (i < 5)
            term_resize(&t, views[i + 1].rows, views[i + 1].cols);
        term_go(&t);
    }
    term_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_narrowing),
        cmocka_unit_test(test_choosing),
        cmocka_unit_test(test_draws),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
