#include "pty.h"

#include "widgets/key.h"

/* What a terminal sends, how many keys that is, and their names. */
struct sent_keys {
    const char *bytes;
    size_t count;
    const char *names;
};

static const struct sent_keys common[] = {
    {"a", 1, "a"},
    {"Q /", 3, "Q space /"},
    {"\r", 1, "enter"},
    {"\n", 1, "enter"},
    {"\x7f", 1, "backspace"},
    {"\b", 1, "backspace"},
    {"\t", 1, "tab"},
    {"\x01\x0c\x12\x1a", 4, "ctrl-a ctrl-l ctrl-r ctrl-z"},
    {"\x03\x13\x11", 3, "ctrl-c ctrl-s ctrl-q"},
    {"\033", 1, "esc"},
    {"\033x", 1, "alt-x"},
    {"\033\r", 1, "alt-enter"},
    {"\033\033", 2, "esc esc"},
    {"\033[A\033[B\033[C\033[D", 4, "up down right left"},
    {"\033OA\033OB\033OC\033OD", 4, "up down right left"},
    {"\033[5~\033[6~\033[2~\033[3~", 4, "pgup pgdn insert delete"},
    {"\033[H\033[F", 2, "home end"},
    {"\033OH\033OF", 2, "home end"},
    {"\033[1~\033[4~", 2, "home end"},
    {"\033[7~\033[8~", 2, "home end"},
    {"\033[Z", 1, "shift-tab"},
    {"\033OP\033OQ\033OR\033OS", 4, "f1 f2 f3 f4"},
    {"\033[11~\033[12~\033[13~\033[14~\033[15~", 5, "f1 f2 f3 f4 f5"},
    {"\033[17~\033[18~\033[19~\033[20~", 4, "f6 f7 f8 f9"},
    {"\033[[A\033[[E", 2, "f1 f5"},
    {"\033\033[A", 1, "alt-up"},
    /* Nothing here means anything to us, and nothing of it may act as a key. */
    {"\033[99;99;99uz", 1, "z"},
    {"\033[?1;2cz", 1, "z"},
    {"\033[200~z", 1, "z"},
    {"\033[Iz", 1, "z"},
    {"\033O~z", 1, "z"},
    {"\033[9\033[Az", 2, "up z"},
    {"\033[", 1, "alt-["},
    {"\033O", 1, "alt-O"},
};

static const struct sent_keys utf8_keys[] = {
    {"é漢🙂", 3, "é 漢 🙂"},
    {"\033é", 1, "alt-é"},
    {"\xc2\x9bz", 1, "z"},
    {"\xe2\x80\xaez", 1, "z"},
    {"\xffz", 1, "z"},
    {"\xc3z", 1, "z"},
    {"\xe6\xbc\xc3\xa9", 1, "é"},
    {"\xf8\x88\x80\x80\x80z", 1, "z"},
};

static const struct sent_keys c_keys[] = {
    {"\xc3\xa9z", 1, "z"},
    {"\x9bz", 1, "z"},
};

struct cases {
    const struct sent_keys *keys;
    size_t count;
};

static void child_reads(void *arg)
{
    const struct cases *cases = arg;
    struct screen *s = open_screen(false, GLYPHS_AUTO);

    screen_begin(s);
    screen_end(s);
    for (size_t i = 0; i < cases->count; i++) {
        char names[512] = "", name[KEY_NAME_MAX];
        key_code k;

        step();
        for (size_t n = 0; n < cases->keys[i].count;) {
            struct pollfd in = {STDIN_FILENO, POLLIN, 0};

            if (screen_key(s, &k)) {
                snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s%s",
                         n > 0 ? " " : "", key_code_name(k, name));
                n++;
            } else if (poll(&in, 1, TERM_WAIT_MS / 2) <= 0) {
                snprintf(names + strlen(names), sizeof(names) - strlen(names), " and no more");
                break;
            }
        }
        if (screen_gone(s))
            snprintf(names, sizeof(names), "gone");
        dprintf(STDOUT_FILENO, "%s", names);
    }
    step();
    screen_close(s);
}

static void decode(const char *term, const char *locale, const struct sent_keys *keys, size_t count)
{
    struct term_options o = {24, 80, term, locale};
    struct cases cases = {keys, count};
    struct term t;

    term_start(&t, &o, child_reads, &cases);
    next_step(&t);
    for (size_t i = 0; i < count; i++) {
        term_type(&t, keys[i].bytes, strlen(keys[i].bytes));
        term_go(&t);
        next_step(&t);
        if (strcmp(t.sent.data, keys[i].names) != 0)
            fail_msg("%s, case %zu: \"%s\" is not \"%s\"", term, i, t.sent.data, keys[i].names);
    }
    term_go(&t);
    term_end(&t);
}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void test_xterm(void **state)
{
    (void)state;
    decode("xterm-256color", NULL, common, COUNT(common));
    decode("xterm-256color", NULL, utf8_keys, COUNT(utf8_keys));
}

static void test_other_terminals(void **state)
{
    static const char *const terms[] = {"linux", "screen-256color", "vt100", "rxvt", "tmux"};

    (void)state;
    for (size_t i = 0; i < COUNT(terms); i++)
        decode(terms[i], NULL, common, COUNT(common));
}

static void test_c_locale(void **state)
{
    (void)state;
    decode("xterm", "C", common, COUNT(common));
    decode("xterm", "C", c_keys, COUNT(c_keys));
}

static void child_hangs_up(void *arg)
{
    const int *report = arg;
    struct screen *s;
    struct pollfd in = {STDIN_FILENO, POLLIN, 0};
    key_code k;
    int turns = 0;

    signal(SIGHUP, SIG_IGN);
    s = open_screen(false, GLYPHS_AUTO);
    step();
    while (!screen_gone(s) && turns < 1000) {
        turns++;
        poll(&in, 1, TERM_WAIT_MS);
        while (screen_key(s, &k))
            turns++;
    }
    screen_begin(s);
    draw_text(s, 0, 0, 80, ROLE_TEXT, "to nobody");
    screen_end(s);
    screen_close(s);
    if (write(report[1], turns < 10 ? "y" : "n", 1) != 1)
        _exit(93);
}

/* A loop that polls the terminal learns of the hangup, and neither spins nor hangs. */
static void test_hangup(void **state)
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;
    int report[2], status;
    char c = '?';

    (void)state;
    assert_int_equal(pipe(report), 0);
    term_start(&t, &o, child_hangs_up, report);
    close(report[1]);
    next_step(&t);
    close(t.master);
    term_go(&t);
    assert_int_equal(read(report[0], &c, 1), 1);
    assert_int_equal(c, 'y');
    assert_int_equal(waitpid(t.pid, &status, 0), t.pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(report[0]);
    close(t.go);
    vterm_free(t.vt);
    buf_release(&t.sent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xterm),
        cmocka_unit_test(test_other_terminals),
        cmocka_unit_test(test_c_locale),
        cmocka_unit_test(test_hangup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
