#include "pty.h"

#include "base/err.h"
#include "widgets/textview.h"

static void child_draws(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct textview t;

    (void)arg;
    textview_init(&t);
    CHECK(textview_add(&t, ROLE_TITLE, "%s", "A title") == 0);
    CHECK(textview_add(&t, ROLE_TEXT, "%s", "") == 0);
    CHECK(textview_pair(&t, ROLE_TEXT, "host", "%s", "lic07 is not reporting since 13 days") == 0);
    CHECK(textview_pair(&t, ROLE_TEXT, "messages", "%s",
                        "first\nsecond averylongwordthatdoesnotfit 漢字漢字漢字漢字漢字") == 0);
    CHECK(textview_add(&t, ROLE_MUTED, "esc %s e\xcc\x81nd", "\033[31m") == 0);
    for (int i = 0; i < 6; i++) {
        screen_resized(s);
        screen_begin(s);
        textview_draw(&t, s, (struct rect){0, 0, screen_rows(s), screen_cols(s)});
        screen_end(s);
        step();
        if (i == 1)
            textview_move(&t, MOTION_DOWN);
        if (i == 2)
            textview_move(&t, MOTION_BOTTOM);
    }
    textview_release(&t);
    screen_close(s);
}

static void test_draws(void **state)
{
    static const struct {
        int rows, cols;
        const char *want;
    } views[] = {
        {12, 80,
         "A title\n"
         "\n"
         "host      lic07 is not reporting since 13 days\n"
         "messages  first\n"
         "          second averylongwordthatdoesnotfit 漢字漢字漢字漢字漢字\n"
         "esc \\x1b[31m e\xcc\x81nd\n"},
        {6, 32,
         "A title\n"
         "\n"
         "host      lic07 is not\n"
         "          reporting since 13\n"
         "          days\n"
         "messages  first                ▼\n"},
        {6, 32,
         "                               ▲\n"
         "host      lic07 is not\n"
         "          reporting since 13\n"
         "          days\n"
         "messages  first\n"
         "          second               ▼\n"},
        {6, 32,
         "messages  first                ▲\n"
         "          second\n"
         "          averylongwordthatdoe\n"
         "          snotfit\n"
         "          漢字漢字漢字漢字漢字\n"
         "esc \\x1b[31m e\xcc\x81nd\n"},
        {3, 8, ""},
        {1, 1, ""},
    };
    struct term_options o = {views[0].rows, views[0].cols, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_draws, NULL);
    for (int i = 0; i < 6; i++) {
        next_step(&t);
        if (i < 4)
            assert_screen(&t, views[i].want);
        assert_cursor(&t, 0, 0);
        if (i < 5)
            term_resize(&t, views[i + 1].rows, views[i + 1].cols);
        term_go(&t);
    }
    term_end(&t);
}

static void child_moves(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct rect r = {0, 0, 10, 40};
    struct textview t;

    (void)arg;
    textview_init(&t);
    CHECK(!textview_move(&t, MOTION_DOWN));
    for (int i = 0; i < 95; i++)
        CHECK(textview_add(&t, ROLE_TEXT, "line %d", i) == 0);
    screen_begin(s);
    textview_draw(&t, s, r);
    CHECK(t.page == 10 && t.wrapped == 95);
    CHECK(!textview_move(&t, MOTION_UP) && !textview_move(&t, MOTION_TOP));
    CHECK(!textview_move(&t, MOTION_LEFT) && !textview_move(&t, MOTION_RIGHT));
    CHECK(textview_move(&t, MOTION_DOWN) && t.top == 1);
    CHECK(textview_move(&t, MOTION_PAGE_DOWN) && t.top == 11);
    CHECK(textview_move(&t, MOTION_HALF_UP) && t.top == 6);
    CHECK(textview_move(&t, MOTION_BOTTOM) && t.top == 85);
    CHECK(!textview_move(&t, MOTION_PAGE_DOWN) && t.top == 85);
    /* A refill with as much keeps the place, with less it stays in what there is. */
    textview_clear(&t);
    for (int i = 0; i < 92; i++)
        CHECK(textview_add(&t, ROLE_TEXT, "line %d", i) == 0);
    textview_draw(&t, s, r);
    CHECK(t.top == 82);
    textview_clear(&t);
    textview_draw(&t, s, r);
    CHECK(t.top == 0 && t.wrapped == 0);
    textview_release(&t);
    screen_close(s);
    step();
}

static void test_moves(void **state)
{
    (void)state;
    run_checks(child_moves);
}

static void child_bounds(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct textview t;
    char *big = malloc(TEXTVIEW_TEXT_MAX + 1);

    (void)arg;
    textview_init(&t);
    if (big == NULL)
        _exit(94);
    memset(big, '\033', TEXTVIEW_TEXT_MAX);
    big[TEXTVIEW_TEXT_MAX] = '\0';
    CHECK(textview_add(&t, ROLE_TEXT, "%s!", big) == ERR_TOOBIG && t.count == 0);
    CHECK(textview_add(&t, ROLE_TEXT, "%s", big) == 0);
    screen_begin(s);
    textview_draw(&t, s, (struct rect){0, 0, 10, 40});
    CHECK(t.wrapped == (TEXTVIEW_TEXT_MAX * 4 + 37) / 38);
    textview_clear(&t);
    for (int i = 0; i < TEXTVIEW_LINES_MAX; i++)
        CHECK(textview_pair(&t, ROLE_TEXT, "l", "%d", i) == 0);
    CHECK(textview_add(&t, ROLE_TEXT, "one more") == ERR_TOOBIG);
    CHECK(t.count == TEXTVIEW_LINES_MAX);
    textview_draw(&t, s, (struct rect){0, 0, 0, 0});
    textview_draw(&t, s, (struct rect){5, 70, 100, 100});
    textview_release(&t);
    free(big);
    screen_close(s);
    step();
}

static void test_bounds(void **state)
{
    (void)state;
    run_checks(child_bounds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws),
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
