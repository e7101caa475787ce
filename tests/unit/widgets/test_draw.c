#include "pty.h"

static void texts(struct screen *s)
{
    draw_text(s, 0, 0, 20, ROLE_TEXT, "plain");
    draw_text(s, 1, 0, 8, ROLE_TEXT, "exactly8");
    draw_text(s, 2, 0, 8, ROLE_TEXT, "one too many");
    draw_text(s, 3, 0, 1, ROLE_TEXT, "ab");
    draw_text(s, 4, 0, 7, ROLE_TEXT, "漢字漢字");
    draw_text(s, 5, 0, 8, ROLE_TEXT, "漢字漢字");
    draw_text(s, 6, 0, 4, ROLE_TEXT, "e\xcc\x81te\xcc\x81s");
    draw_text(s, 7, 0, 40, ROLE_TEXT, "a\033[31mb\x9b\xff\xe2\x80\xae");
    draw_text(s, 8, 0, 10, ROLE_TEXT, "\033\033\033\033");
    draw_right(s, 9, 0, 10, ROLE_TEXT, "12 345");
    draw_right(s, 10, 0, 4, ROLE_TEXT, "12 345");
    draw_format(s, 11, 2, 20, ROLE_TEXT, "%s=%d", "x", 5);
    draw_textn(s, 12, 0, 10, ROLE_TEXT, "a\0b", 3);
    draw_text(s, 13, 70, 40, ROLE_TEXT, "beyond the edge");
}

static void child_texts(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);

    (void)arg;
    screen_begin(s);
    texts(s);
    screen_end(s);
    step();
    screen_close(s);
}

static void test_text(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_texts, NULL);
    next_step(&t);
    assert_screen(&t, "plain\n"
                      "exactly8\n"
                      "one too…\n"
                      "…\n"
                      "漢字漢…\n"
                      "漢字漢字\n"
                      "e\xcc\x81te\xcc\x81s\n"
                      "a\\x1b[31mb\\x9b\\xff\\u202e\n"
                      "\\x1b\\x1b\\…\n"
                      "    12 345\n"
                      "12 …\n"
                      "  x=5\n"
                      "a\\x00b\n"
                      "                                                                      "
                      "beyond th…\n");
    term_go(&t);
    term_end(&t);
}

static void child_ascii(void *arg)
{
    const enum glyph_mode *mode = arg;
    struct screen *s = open_screen(false, *mode);

    screen_begin(s);
    draw_text(s, 0, 0, 40, ROLE_TEXT, "Caf\xc3\xa9 漢字 \xc3\x9e");
    draw_text(s, 1, 0, 5, ROLE_TEXT, "abcdefgh");
    for (int g = 0; g < GLYPH_COUNT; g++)
        draw_glyph(s, 2, g, ROLE_TEXT, (enum glyph)g);
    draw_frame(s, (struct rect){3, 0, 3, 12}, "Title");
    draw_bar(s, 6, 0, 10, ROLE_OK, 1, 2);
    draw_text(s, 7, 0, 10, ROLE_TEXT, "\x80\xff");
    screen_end(s);
    step();
    screen_close(s);
}

static void check_ascii(const char *locale, enum glyph_mode mode)
{
    struct term_options o = {24, 80, NULL, locale};
    struct term t;

    term_start(&t, &o, child_ascii, &mode);
    next_step(&t);
    assert_screen(&t, "Cafe ???? ?\n"
                      "abcd~\n"
                      "+i~x>*~^v-|++++#..><\n"
                      "+- Title --+\n"
                      "|          |\n"
                      "+----------+\n"
                      "#####.....\n"
                      "\\x80\\xff\n");
    for (size_t i = 0; i < t.sent.len; i++)
        assert_true((unsigned char)t.sent.data[i] < 0x80);
    term_go(&t);
    term_end(&t);
}

/* Nothing but ASCII goes out, whether it was asked for or the locale knows no better. */
static void test_ascii(void **state)
{
    (void)state;
    check_ascii(NULL, GLYPHS_ASCII);
    check_ascii("C", GLYPHS_AUTO);
    check_ascii("C", GLYPHS_UNICODE);
}

static void child_shapes(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct rect in;

    (void)arg;
    screen_begin(s);
    draw_text(s, 1, 2, 20, ROLE_TEXT, "hidden by it");
    in = draw_frame(s, (struct rect){0, 0, 4, 20}, "A title that is long");
    draw_format(s, in.y, in.x, in.w, ROLE_TEXT, "%d %d %d %d", in.y, in.x, in.h, in.w);
    draw_rule(s, 4, 0, 5);
    draw_bar(s, 5, 0, 10, ROLE_OK, 0, 5);
    draw_bar(s, 6, 0, 10, ROLE_OK, 1, 100000);
    draw_bar(s, 7, 0, 10, ROLE_OK, 99999, 100000);
    draw_bar(s, 8, 0, 10, ROLE_OK, 5, 5);
    draw_bar(s, 9, 0, 10, ROLE_OK, 7, 0);
    draw_bar(s, 10, 0, 10, ROLE_OK, INT64_MAX, INT64_MAX);
    draw_bar(s, 11, 0, 10, ROLE_OK, INT64_MIN, INT64_MAX);
    draw_text(s, 12, 0, 10, ROLE_TEXT, "0123456789");
    draw_fill(s, (struct rect){12, 3, 1, 4}, ROLE_TEXT);
    screen_end(s);
    step();
    screen_close(s);
}

static void test_shapes(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_shapes, NULL);
    next_step(&t);
    assert_screen(&t, "┌─ A title that … ─┐\n"
                      "│1 1 2 18          │\n"
                      "│                  │\n"
                      "└──────────────────┘\n"
                      "─────\n"
                      "░░░░░░░░░░\n"
                      "█░░░░░░░░░\n"
                      "█████████░\n"
                      "██████████\n"
                      "\n"
                      "██████████\n"
                      "░░░░░░░░░░\n"
                      "012    789\n");
    term_go(&t);
    term_end(&t);
}

/* Returned cells, and places where nothing can be drawn. */
static void child_counts(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    char *big = malloc(3000000);
    bool ok = true;

    (void)arg;
    if (big == NULL)
        _exit(94);
    screen_begin(s);
    ok &= draw_text(s, 0, 0, 10, ROLE_TEXT, "abc") == 3;
    ok &= draw_text(s, 0, 0, 3, ROLE_TEXT, "漢字") == 3;
    ok &= draw_text(s, 0, 0, 2, ROLE_TEXT, "漢字") == 1;
    ok &= draw_text(s, 0, 0, 10, ROLE_TEXT, "") == 0;
    ok &= draw_text(s, 0, 0, 0, ROLE_TEXT, "abc") == 0;
    ok &= draw_text(s, 0, 0, -5, ROLE_TEXT, "abc") == 0;
    ok &= draw_text(s, -1, 0, 10, ROLE_TEXT, "abc") == 0;
    ok &= draw_text(s, 0, -1, 10, ROLE_TEXT, "abc") == 0;
    ok &= draw_text(s, 24, 0, 10, ROLE_TEXT, "abc") == 0;
    ok &= draw_text(s, 0, 80, 10, ROLE_TEXT, "abc") == 0;
    ok &= draw_text(s, 0, 79, INT32_MAX, ROLE_TEXT, "abc") == 1;
    ok &= draw_right(s, 0, 0, 10, ROLE_TEXT, "abc") == 3;
    draw_fill(s, (struct rect){-5, -5, 100, 100}, ROLE_TEXT);
    draw_fill(s, (struct rect){20, 70, 100, 100}, ROLE_TEXT);
    draw_frame(s, (struct rect){0, 0, 1, 1}, "x");
    draw_frame(s, (struct rect){0, 0, -1, -1}, "x");
    draw_frame(s, (struct rect){22, 75, 9, 9}, "x");
    draw_rule(s, 0, 0, 1000);
    draw_cursor(s, 1000, 1000, true);
    memset(big, 'x', 3000000);
    ok &= draw_textn(s, 1, 0, 80, ROLE_TEXT, big, 3000000) == 80;
    memset(big, '\033', 3000000);
    ok &= draw_textn(s, 2, 0, 80, ROLE_TEXT, big, 3000000) == 80;
    for (size_t i = 0; i + 1 < 3000000; i += 2)
        memcpy(big + i, "\xcc\x81", 2);
    big[0] = big[1] = 'o';
    ok &= draw_textn(s, 3, 0, 80, ROLE_TEXT, big, 3000000) == 3;
    ok &= text_cells(s, "漢字 e\xcc\x81 \033") == 4 + 1 + 1 + 1 + 4;
    ok &= strcmp(glyph_text(s, GLYPH_COUNT), "") == 0;
    screen_end(s);
    free(big);
    step();
    screen_close(s);
    exit(ok ? 0 : 1);
}

static void test_counts(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;
    char line[LINE_MAX_BYTES];

    (void)state;
    term_start(&t, &o, child_counts, NULL);
    next_step(&t);
    term_line(&t, 1, line);
    assert_string_equal(line + 77, "xx…");
    assert_cursor(&t, 23, 79);
    term_go(&t);
    term_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
