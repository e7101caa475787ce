#include "pty.h"

#include "widgets/toggles.h"

static void fill(struct toggles *t)
{
    toggles_start(t, "Servers that count");
    assert_int_equal(toggles_add(t, "dep01", "reporting", ROLE_OK, true), 0);
    assert_int_equal(toggles_add(t, "dep02", "not reporting", ROLE_ERROR, false), 0);
    assert_int_equal(toggles_add(t, "dep03", NULL, ROLE_TEXT, true), 0);
}

/* "x.x": which are on. */
static const char *state_of(const struct toggles *t, char out[8])
{
    for (size_t i = 0; i < t->count; i++)
        out[i] = t->items[i].on ? 'x' : '.';
    out[t->count] = '\0';
    return out;
}

static void test_keys(void **state)
{
    static const struct {
        key_code key;
        const char *on;
        size_t cursor;
    } steps[] = {
        {' ', "..x", 0},         {K_DOWN, "..x", 1}, {' ', ".xx", 1},   {'j', ".xx", 2},
        {K_DOWN, ".xx", 2},      {'~', "x..", 2},    {'a', "xxx", 2},   {'n', "...", 2},
        {K_HOME, "...", 0},      {'k', "...", 0},    {'G', "...", 2},   {K_UP, "...", 1},
        {K_PAGE_DOWN, "...", 2}, {'g', "...", 0},    {K_END, "...", 2}, {K_PAGE_UP, "...", 1},
        {'z', "...", 1},         {K_TAB, "...", 1},
    };
    struct toggles t;
    char on[8];

    (void)state;
    toggles_init(&t);
    fill(&t);
    assert_string_equal(state_of(&t, on), "x.x");
    assert_int_equal(toggles_on(&t), 2);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        assert_int_equal(toggles_key(&t, steps[i].key), TOGGLES_OPEN);
        assert_string_equal(state_of(&t, on), steps[i].on);
        assert_int_equal(t.cursor, steps[i].cursor);
    }
    assert_int_equal(toggles_key(&t, K_ENTER), TOGGLES_ACCEPTED);
    assert_int_equal(toggles_key(&t, K_ESC), TOGGLES_CANCELLED);
    assert_int_equal(toggles_key(&t, 'q'), TOGGLES_CANCELLED);
    assert_int_equal(toggles_key(&t, KEY_CTRL('c')), TOGGLES_CANCELLED);
    fill(&t);
    assert_int_equal(t.count, 3);
    assert_int_equal(t.cursor, 0);
    toggles_start(&t, "None");
    assert_int_equal(toggles_key(&t, ' '), TOGGLES_OPEN);
    assert_int_equal(toggles_key(&t, K_DOWN), TOGGLES_OPEN);
    assert_int_equal(toggles_on(&t), 0);
    toggles_release(&t);
}

/* Texts are the toggles' own. */
static void test_copies(void **state)
{
    char name[] = "dep01", detail[] = "reporting";
    struct toggles t;

    (void)state;
    toggles_init(&t);
    toggles_start(&t, "Servers");
    assert_int_equal(toggles_add(&t, name, detail, ROLE_OK, true), 0);
    memset(name, '#', sizeof(name) - 1);
    memset(detail, '#', sizeof(detail) - 1);
    assert_string_equal(t.items[0].name, "dep01");
    assert_string_equal(t.items[0].detail, "reporting");
    toggles_release(&t);
    assert_int_equal(t.count, 0);
}

static void child_draws(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct toggles t;

    (void)arg;
    toggles_init(&t);
    fill(&t);
    toggles_key(&t, K_DOWN);
    for (int i = 0; i < 4; i++) {
        screen_resized(s);
        if (i == 1)
            toggles_key(&t, K_DOWN);
        if (i == 3)
            toggles_start(&t, "None");
        screen_begin(s);
        toggles_draw(&t, s, (struct rect){0, 0, screen_rows(s), screen_cols(s)});
        screen_end(s);
        step();
    }
    toggles_release(&t);
    screen_close(s);
}

static void test_draws(void **state)
{
    static const struct {
        int rows, cols;
        const char *want;
        int y, x;
    } views[] = {
        {8, 60,
         "┌─ Servers that count: 2 of 3 ─────────────────────────────┐\n"
         "│  [x] dep01                                 reporting     │\n"
         "│▸ [ ] dep02                                 not reporting │\n"
         "│  [x] dep03                                               │\n"
         "└──────────────────────────────────────────────────────────┘\n",
         2, 1},
        {2, 30, "  [ ] dep02                  ▲\n▸ [x] dep03\n", 1, 0},
        {1, 4, "▸ […\n", 0, 0},
        {5, 40,
         "┌─ None: 0 of 0 ───────────────────────┐\n"
         "│ There is nothing to choose from.     │\n"
         "│                                      │\n"
         "│                                      │\n"
         "└──────────────────────────────────────┘\n",
         0, 0},
    };
    struct term_options o = {views[0].rows, views[0].cols, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_draws, NULL);
    for (int i = 0; i < 4; i++) {
        next_step(&t);
        assert_screen(&t, views[i].want);
        if (i < 3)
            assert_cursor(&t, views[i].y, views[i].x);
        if (i < 3)
            term_resize(&t, views[i + 1].rows, views[i + 1].cols);
        term_go(&t);
    }
    term_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_draws),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
