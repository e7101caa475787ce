#include "pty.h"

#include "base/err.h"

static void paint(struct screen *s)
{
    screen_begin(s);
    for (int r = 0; r < ROLE_COUNT; r++)
        draw_format(s, r % screen_rows(s), 0, screen_cols(s), (enum role)r, "role %d: Käse", r);
    draw_frame(s, (struct rect){2, 20, 5, 30}, "Frame");
    draw_cursor(s, 3, 21, false);
    screen_end(s);
}

static void child_frames(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);

    (void)arg;
    paint(s);
    step();
    paint(s);
    step();
    screen_repaint(s);
    paint(s);
    step();
    screen_begin(s);
    draw_cursor(s, 0, 5, true);
    screen_end(s);
    step();
    screen_close(s);
}

static void test_only_changes_are_sent(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;
    size_t first;

    (void)state;
    term_start(&t, &o, child_frames, NULL);
    next_step(&t);
    first = t.bytes;
    assert_true(first > 200);
    assert_non_null(strstr(t.sent.data, "\033[?1049h"));
    assert_non_null(strstr(t.sent.data, "\033[?25l"));
    assert_cursor(&t, 3, 21);
    term_go(&t);
    next_step(&t);
    assert_int_equal(t.bytes, 0);
    term_go(&t);
    next_step(&t);
    assert_true(t.bytes > 200);
    term_go(&t);
    next_step(&t);
    assert_screen(&t, "");
    assert_cursor(&t, 0, 5);
    assert_non_null(strstr(t.sent.data, "\033[?25h"));
    term_go(&t);
    term_end(&t);
    assert_true(first > 0);
}

static void test_looks(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;
    VTermScreenCell cell;

    (void)state;
    term_start(&t, &o, child_frames, NULL);
    next_step(&t);
    cell = term_cell(&t, ROLE_ERROR, 0);
    assert_true(VTERM_COLOR_IS_INDEXED(&cell.fg));
    assert_int_equal(cell.fg.indexed.idx, 167);
    assert_true(VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
    assert_false(cell.attrs.bold);
    cell = term_cell(&t, ROLE_TEXT, 0);
    assert_true(VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
    assert_false(cell.attrs.bold);
    assert_true(term_cell(&t, ROLE_CURSOR, 0).attrs.reverse);
    for (int i = 0; i < 3; i++) {
        term_go(&t);
        next_step(&t);
    }
    term_go(&t);
    term_end(&t);
}

static void child_no_color(void *arg)
{
    const char *how = arg;
    struct screen *s;

    if (strcmp(how, "environment") == 0)
        setenv("NO_COLOR", "1", 1);
    s = open_screen(strcmp(how, "option") == 0, GLYPHS_AUTO);
    paint(s);
    screen_suspend(s);
    screen_resume(s);
    paint(s);
    step();
    screen_close(s);
    step();
}

/* Walks the SGR sequences in TEXT; true when one sets a colour, be it the default. */
static bool sets_color(const char *text)
{
    for (const char *p = strstr(text, "\033["); p != NULL; p = strstr(p + 1, "\033[")) {
        size_t n = strspn(p + 2, "0123456789;:");
        const char *q = p + 2;

        if (p[2 + n] != 'm')
            continue;
        while (q < p + 2 + n) {
            long code = strtol(q, NULL, 10);

            if ((code >= 30 && code <= 49) || (code >= 90 && code <= 107))
                return true;
            q += strcspn(q, ";m") + 1;
        }
    }
    return false;
}

static void test_no_color(void **state)
{
    static const char *const how[] = {"option", "environment"};
    static const char *const types[] = {"xterm-256color", "linux", "screen", "vt100"};
    struct term t;

    (void)state;
    assert_true(sets_color("\033[1;31m"));
    assert_false(sets_color("\033[1;7m\033[m\033[30;1H"));
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < 4; k++) {
            struct term_options o = {24, 80, types[k], NULL};

            term_start(&t, &o, child_no_color, (void *)how[i]);
            next_step(&t);
            assert_true(t.bytes > 200);
            assert_false(sets_color(t.sent.data));
            assert_true(term_cell(&t, ROLE_CURSOR, 0).attrs.reverse);
            term_go(&t);
            next_step(&t);
            assert_false(sets_color(t.sent.data));
            term_go(&t);
            term_end(&t);
        }
    }
}

static void child_resizes(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);

    (void)arg;
    for (int i = 0; i < 9; i++) {
        key_code k;

        screen_resized(s);
        paint(s);
        screen_begin(s);
        draw_format(s, screen_rows(s) - 1, 0, 80, ROLE_TEXT, "%dx%d", screen_cols(s),
                    screen_rows(s));
        draw_text(s, 0, 0, 400, ROLE_TEXT, "漢字漢字");
        draw_frame(s, (struct rect){0, 0, screen_rows(s), screen_cols(s)}, "Frame");
        draw_format(s, screen_rows(s) / 2, 0, 80, ROLE_TEXT, "%dx%d", screen_cols(s),
                    screen_rows(s));
        screen_end(s);
        if (screen_key(s, &k))
            _exit(95);
        step();
    }
    screen_close(s);
}

static void test_sizes(void **state)
{
    static const int sizes[9][2] = {{24, 80}, {60, 200}, {5, 20}, {1, 1},  {2, 2},
                                    {1, 300}, {300, 1},  {1, 1},  {24, 80}};
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;
    char want[32];

    (void)state;
    term_start(&t, &o, child_resizes, NULL);
    for (int i = 0; i < 9; i++) {
        next_step(&t);
        if (t.cols >= 8) {
            char line[LINE_MAX_BYTES];

            snprintf(want, sizeof(want), "%dx%d", t.cols, t.rows);
            term_line(&t, t.rows / 2, line);
            assert_memory_equal(line, want, strlen(want));
        }
        if (i + 1 < 9)
            term_resize(&t, sizes[i + 1][0], sizes[i + 1][1]);
        term_go(&t);
    }
    term_end(&t);
}

static void test_starts_tiny(void **state)
{
    struct term_options o = {1, 1, NULL, NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_frames, NULL);
    for (int i = 0; i < 4; i++) {
        next_step(&t);
        term_go(&t);
    }
    term_end(&t);
}

static void child_suspends(void *arg)
{
    struct termios before, during, suspended, resumed, after;
    struct screen *s;
    bool ok = true;

    (void)arg;
    tcgetattr(STDIN_FILENO, &before);
    s = open_screen(false, GLYPHS_AUTO);
    paint(s);
    tcgetattr(STDIN_FILENO, &during);
    step();
    screen_suspend(s);
    screen_suspend(s);
    paint(s);
    tcgetattr(STDIN_FILENO, &suspended);
    step();
    screen_resume(s);
    screen_resume(s);
    paint(s);
    tcgetattr(STDIN_FILENO, &resumed);
    step();
    screen_close(s);
    tcgetattr(STDIN_FILENO, &after);
    ok &= (during.c_lflag & (ICANON | ECHO | ISIG)) == 0;
    ok &= suspended.c_lflag == before.c_lflag && suspended.c_iflag == before.c_iflag;
    ok &= suspended.c_oflag == before.c_oflag;
    ok &= resumed.c_lflag == during.c_lflag && resumed.c_iflag == during.c_iflag;
    ok &= after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag;
    ok &= after.c_oflag == before.c_oflag;
    step();
    exit(ok ? 0 : 1);
}

static void test_suspend(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;
    char line[LINE_MAX_BYTES];

    (void)state;
    term_start(&t, &o, child_suspends, NULL);
    next_step(&t);
    term_go(&t);
    next_step(&t);
    assert_non_null(strstr(t.sent.data, "\033[?1049l"));
    assert_non_null(strstr(t.sent.data, "\033[?25h"));
    assert_null(strstr(t.sent.data, "role"));
    term_go(&t);
    next_step(&t);
    assert_non_null(strstr(t.sent.data, "\033[?1049h"));
    assert_string_equal(term_line(&t, 0, line), "role 0: Käse");
    term_go(&t);
    next_step(&t);
    assert_non_null(strstr(t.sent.data, "\033[?1049l"));
    assert_non_null(strstr(t.sent.data, "\033[?25h"));
    term_go(&t);
    term_end(&t);
}

static void child_restore(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    char bytes[256], few[3];
    size_t n;

    (void)arg;
    paint(s);
    step();
    n = screen_restore_bytes(s, bytes, sizeof(bytes));
    if (n == 0 || n >= sizeof(bytes) || screen_restore_bytes(s, few, sizeof(few)) != 3)
        _exit(96);
    if (write(STDOUT_FILENO, bytes, n) != (ssize_t)n)
        _exit(97);
    step();
    screen_close(s);
}

static void test_restore_bytes(void **state)
{
    struct term_options o = {24, 80, "xterm-256color", NULL};
    struct term t;

    (void)state;
    term_start(&t, &o, child_restore, NULL);
    next_step(&t);
    term_go(&t);
    next_step(&t);
    assert_non_null(strstr(t.sent.data, "\033[?1049l"));
    assert_non_null(strstr(t.sent.data, "\033[?25h"));
    assert_non_null(strstr(t.sent.data, "\033[39;49m"));
    assert_null(strstr(t.sent.data, "$<"));
    term_go(&t);
    term_end(&t);
}

static void child_cannot_open(void *arg)
{
    struct screen_options o = {0};
    struct screen *s = NULL;
    struct theme theme;
    struct err err;
    const char *term = arg;

    err_clear(&err);
    if (strcmp(term, "pipe") == 0) {
        setenv("TERM", "xterm", 1);
    } else if (term[0] == '\0') {
        unsetenv("TERM");
    }
    if (theme_load(&theme, "default", &err) < 0)
        _exit(98);
    o.theme = &theme;
    if (screen_open(&s, &o, &err) != ERR_UNREACHABLE || s != NULL)
        _exit(99);
    dprintf(STDOUT_FILENO, "%s|%s", err.what, err.next);
    step();
}

static void test_cannot_open(void **state)
{
    static const char *const cases[][2] = {
        {"", "TERM is not set"},
        {"no-such-terminal", "no-such-terminal"},
        {"dumb", "dumb"},
    };
    struct term t;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct term_options o = {24, 80, cases[i][0], NULL};

        term_start(&t, &o, child_cannot_open, (void *)cases[i][0]);
        next_step(&t);
        assert_non_null(strstr(t.sent.data, cases[i][1]));
        assert_non_null(strstr(t.sent.data, "|"));
        assert_null(strstr(t.sent.data, "\033"));
        term_go(&t);
        term_end(&t);
    }
}

static void test_no_terminal(void **state)
{
    int fds[2], saved = dup(STDOUT_FILENO), rc;
    struct screen_options o = {0};
    struct screen *s = NULL;
    struct theme theme;
    struct err err;

    (void)state;
    assert_int_equal(theme_load(&theme, "default", &err), 0);
    o.theme = &theme;
    assert_int_equal(pipe(fds), 0);
    fflush(stdout);
    assert_true(dup2(fds[1], STDOUT_FILENO) >= 0);
    rc = screen_open(&s, &o, &err);
    assert_true(dup2(saved, STDOUT_FILENO) >= 0);
    assert_int_equal(rc, ERR_UNREACHABLE);
    assert_null(s);
    assert_non_null(strstr(err.what, "output is no terminal"));
    close(fds[0]);
    close(fds[1]);
    close(saved);
    screen_close(NULL);
}

static void child_themes(void *arg)
{
    struct screen *s = open_screen(false, GLYPHS_AUTO);
    struct theme mono;

    (void)arg;
    paint(s);
    step();
    if (theme_load(&mono, "mono", NULL) < 0)
        _exit(98);
    screen_set_theme(s, &mono);
    screen_set_glyphs(s, GLYPHS_ASCII);
    paint(s);
    step();
    screen_close(s);
}

static void test_theme_and_glyphs_at_run_time(void **state)
{
    static const char *const types[] = {"xterm-256color", "screen", "linux", "vt100"};
    struct term t;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct term_options o = {24, 80, types[i], NULL};
        VTermScreenCell cell;

        term_start(&t, &o, child_themes, NULL);
        next_step(&t);
        assert_line(&t, 2, "role 2: Käse        ┌─ Frame ────────────────────┐");
        cell = term_cell(&t, ROLE_OK, 0);
        assert_int_equal(!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg), i < 3);
        term_go(&t);
        next_step(&t);
        cell = term_cell(&t, ROLE_OK, 0);
        assert_true(VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
        assert_line(&t, 2, "role 2: Kase        +- Frame --------------------+");
        term_go(&t);
        term_end(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_changes_are_sent),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_no_color),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_starts_tiny),
        cmocka_unit_test(test_suspend),
        cmocka_unit_test(test_restore_bytes),
        cmocka_unit_test(test_cannot_open),
        cmocka_unit_test(test_no_terminal),
        cmocka_unit_test(test_theme_and_glyphs_at_run_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
