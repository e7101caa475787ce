#include "pty.h"

#include "widgets/prompt.h"

static void type(struct prompt *p, const char *text)
{
    const char *end = text + strlen(text);

    while (text < end)
        assert_int_equal(prompt_key(p, utf8_next(&text, end)), PROMPT_CHANGED);
}

static void test_editing(void **state)
{
    struct prompt p;

    (void)state;
    prompt_init(&p);
    type(&p, "host ab");
    assert_string_equal(p.text.data, "host ab");
    assert_int_equal(prompt_key(&p, K_LEFT), PROMPT_MOVED);
    assert_int_equal(prompt_key(&p, KEY_CTRL('b')), PROMPT_MOVED);
    type(&p, "é漢");
    assert_string_equal(p.text.data, "host é漢ab");
    assert_int_equal(prompt_key(&p, K_BACKSPACE), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "host éab");
    assert_int_equal(prompt_key(&p, K_DELETE), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "host éb");
    assert_int_equal(prompt_key(&p, K_END), PROMPT_MOVED);
    assert_int_equal(prompt_key(&p, K_DELETE), PROMPT_MOVED);
    assert_int_equal(prompt_key(&p, KEY_CTRL('w')), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "host ");
    assert_int_equal(prompt_key(&p, KEY_CTRL('w')), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "");
    type(&p, "one two");
    assert_int_equal(prompt_key(&p, KEY_CTRL('a')), PROMPT_MOVED);
    assert_int_equal(prompt_key(&p, K_LEFT), PROMPT_MOVED);
    assert_int_equal(p.cursor, 0);
    for (int i = 0; i < 3; i++)
        prompt_key(&p, KEY_CTRL('f'));
    assert_int_equal(prompt_key(&p, KEY_CTRL('k')), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "one");
    assert_int_equal(prompt_key(&p, KEY_CTRL('u')), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "");
    assert_int_equal(prompt_key(&p, KEY_CTRL('u')), PROMPT_MOVED);
    assert_int_equal(prompt_key(&p, K_ENTER), PROMPT_ACCEPTED);
    assert_int_equal(prompt_key(&p, K_ESC), PROMPT_CANCELLED);
    assert_int_equal(prompt_key(&p, KEY_CTRL('c')), PROMPT_CANCELLED);
    assert_int_equal(prompt_key(&p, K_BACKSPACE), PROMPT_CANCELLED);
    assert_int_equal(prompt_key(&p, K_F5), PROMPT_IGNORED);
    assert_int_equal(prompt_key(&p, KEY_ALT_BIT | 'x'), PROMPT_IGNORED);
    assert_int_equal(prompt_key(&p, 0x202e), PROMPT_IGNORED);
    prompt_release(&p);
}

static void test_marks_go_with_their_character(void **state)
{
    struct prompt p;

    (void)state;
    prompt_init(&p);
    prompt_start(&p, "xe\xcc\x81\xcc\xa3y");
    assert_int_equal(p.cursor, 7);
    prompt_key(&p, K_LEFT);
    assert_int_equal(p.cursor, 6);
    prompt_key(&p, K_LEFT);
    assert_int_equal(p.cursor, 1);
    prompt_key(&p, K_RIGHT);
    assert_int_equal(p.cursor, 6);
    prompt_key(&p, K_BACKSPACE);
    assert_string_equal(p.text.data, "xy");
    prompt_release(&p);
}

/* After whatever keys: the text is valid, bounded, and the cursor at a character's start. */
static void test_any_keys(void **state)
{
    static const key_code keys[] = {
        'a',           ' ',           0xe9,          0x6f22,        0x301,    0x1f642,
        'b',           ' ',           0x323,         0x1f1e9,       K_LEFT,   K_LEFT,
        K_RIGHT,       K_HOME,        K_END,         K_BACKSPACE,   K_DELETE, KEY_CTRL('u'),
        KEY_CTRL('w'), KEY_CTRL('k'), KEY_CTRL('a'), KEY_CTRL('e'), K_UP,     K_DOWN,
        KEY_CTRL('p'), KEY_CTRL('n'), K_ENTER,       0x110000,      -1,       0,
    };
    uint32_t random = 20261123;
    struct prompt p;

    (void)state;
    prompt_init(&p);
    for (int i = 0; i < 200000; i++) {
        const char *q, *end;
        bool at_start = false;

        random = random * 1664525u + 1013904223u;
        prompt_key(&p, keys[(random >> 16) % (sizeof(keys) / sizeof(keys[0]))]);
        if ((random >> 8) % 97 == 0)
            prompt_remember(&p);
        q = p.text.data;
        end = q + p.text.len;
        assert_true(p.text.len <= PROMPT_MAX);
        assert_int_equal(p.text.data[p.text.len], 0);
        assert_int_equal(p.text.failed, 0);
        assert_true(p.history_at <= p.history_count && p.history_count <= PROMPT_HISTORY_MAX);
        while (q < end) {
            bool here = (size_t)(q - p.text.data) == p.cursor, first = q == p.text.data;
            int32_t cp = utf8_next(&q, end);

            assert_true(cp >= 0);
            if (here)
                at_start = first || utf8_width(cp) > 0;
        }
        assert_true(at_start || p.cursor == p.text.len);
    }
    prompt_release(&p);
}

static void test_ceiling(void **state)
{
    struct prompt p;
    char big[3000];

    (void)state;
    prompt_init(&p);
    memset(big, 'x', sizeof(big));
    big[sizeof(big) - 1] = '\0';
    memcpy(big + PROMPT_MAX - 1, "é", 2);
    prompt_start(&p, big);
    assert_int_equal(p.text.len, PROMPT_MAX - 1);
    assert_int_equal(prompt_key(&p, 0xe9), PROMPT_MOVED);
    assert_int_equal(prompt_key(&p, 'x'), PROMPT_CHANGED);
    assert_int_equal(prompt_key(&p, 'x'), PROMPT_MOVED);
    assert_int_equal(p.text.len, PROMPT_MAX);
    assert_int_equal(prompt_key(&p, K_BACKSPACE), PROMPT_CHANGED);
    prompt_release(&p);
}

static void test_history(void **state)
{
    struct prompt p;
    char line[32];

    (void)state;
    prompt_init(&p);
    assert_int_equal(prompt_key(&p, K_UP), PROMPT_MOVED);
    prompt_remember(&p);
    assert_int_equal(p.history_count, 0);
    for (int i = 0; i < 3; i++) {
        snprintf(line, sizeof(line), "line %d", i);
        prompt_start(&p, line);
        prompt_remember(&p);
    }
    prompt_start(&p, "line 0");
    prompt_remember(&p);
    assert_int_equal(p.history_count, 3);
    prompt_start(&p, "dra");
    type(&p, "ft");
    assert_int_equal(prompt_key(&p, K_UP), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "line 0");
    assert_int_equal(p.cursor, 6);
    assert_int_equal(prompt_key(&p, KEY_CTRL('p')), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "line 2");
    prompt_key(&p, K_UP);
    assert_string_equal(p.text.data, "line 1");
    assert_int_equal(prompt_key(&p, K_UP), PROMPT_MOVED);
    prompt_key(&p, K_DOWN);
    prompt_key(&p, KEY_CTRL('n'));
    assert_int_equal(prompt_key(&p, K_DOWN), PROMPT_CHANGED);
    assert_string_equal(p.text.data, "draft");
    assert_int_equal(prompt_key(&p, K_DOWN), PROMPT_MOVED);
    for (int i = 0; i < 100; i++) {
        snprintf(line, sizeof(line), "more %d", i);
        prompt_start(&p, line);
        prompt_remember(&p);
    }
    assert_int_equal(p.history_count, PROMPT_HISTORY_MAX);
    assert_string_equal(p.history[0], "more 50");
    assert_string_equal(p.history[PROMPT_HISTORY_MAX - 1], "more 99");
    prompt_release(&p);
}

static const struct {
    const char *text;
    int lefts; /* presses of Left */
    int w;
    long fault;
    const char *line;
    int cursor; /* column */
} drawings[] = {
    {"", 0, 20, -1, "/", 1},
    {"lic07", 0, 20, -1, "/lic07", 6},
    {"lic07", 5, 20, -1, "/lic07", 1},
    {"漢字", 1, 20, -1, "/漢字", 3},
    {"a\033b", 0, 20, -1, "/a\\x1bb", 7},
    /* Full: the text goes on by half the room at a time. */
    {"abcdefgh", 0, 10, -1, "/abcdefgh", 9},
    {"abcdefghi", 0, 10, -1, "/efghi", 6},
    {"abcdefghi", 1, 10, -1, "/abcdefghi", 9},
    {"abcdefghijklm", 0, 10, -1, "/ijklm", 6},
    /* The window's edge goes through a wide character. */
    {"abc漢efghij", 0, 10, -1, "/ efghij", 8},
    {"漢漢漢漢漢", 2, 10, -1, "/漢漢漢漢", 7},
    {"bad=x", 0, 20, 3, "/bad=x", 6},
    {"漢=x", 0, 20, 1, "/漢=x", 5},
    {"a", 0, 1, -1, "", 0},
    {"ab", 0, 2, -1, "b", 1},
};

enum { DRAWINGS = sizeof(drawings) / sizeof(drawings[0]) };

static void child_draws(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct prompt p;

    (void)arg;
    prompt_init(&p);
    for (size_t i = 0; i < DRAWINGS; i++) {
        prompt_start(&p, drawings[i].text);
        for (int n = 0; n < drawings[i].lefts; n++)
            prompt_key(&p, K_LEFT);
        screen_begin(s);
        prompt_draw(&p, s, 0, 0, drawings[i].w, "/", drawings[i].fault);
        screen_end(s);
        step();
    }
    prompt_release(&p);
    screen_close(s);
}

static void test_draws(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_draws, NULL);
    for (size_t i = 0; i < DRAWINGS; i++) {
        next_step(&t);
        assert_line(&t, 0, drawings[i].line);
        assert_cursor(&t, 0, drawings[i].cursor);
        if (i == 0)
            assert_non_null(strstr(t.sent.data, "\033[?25h"));
        if (drawings[i].fault == 3) {
            VTermScreenCell right = term_cell(&t, 0, 3), wrong = term_cell(&t, 0, 4);

            assert_false(vterm_color_is_equal(&right.fg, &wrong.fg));
        }
        term_go(&t);
    }
    term_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_editing),  cmocka_unit_test(test_marks_go_with_their_character),
        cmocka_unit_test(test_any_keys), cmocka_unit_test(test_ceiling),
        cmocka_unit_test(test_history),  cmocka_unit_test(test_draws),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
