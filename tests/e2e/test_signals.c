/* Ends and interruptions: whatever happens, the terminal is given back and nothing goes on. */
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "tests/e2e/luitop.h"

struct shelled {
    struct buf modes; /* of the terminal before luitop ran */
};

/* Starts luitop from a shell that has written to the screen before. WORDS: its arguments. */
static void start_shelled(struct lt *lt, struct shelled *s, const char *const *words)
{
    const char *argv[16] = {"sh", "-c", "echo my own prompt; read x; exec \"$@\"", "sh",
                            env_path("LUITOP_BIN", "build/luitop")};

    for (size_t n = 5; *words != NULL && n < 15; n++)
        argv[n] = *words++;
    buf_init(&s->modes, 1 << 16);
    term_start(&lt->t, 24, 80, argv, NULL);
    term_wait_text(&lt->t, "my own prompt", 0);
    term_modes(&lt->t, &s->modes);
    assert_non_null(strstr(s->modes.data, " icanon echo isig icrnl opost WRAP CURSOR"));
    term_key(&lt->t, "Enter");
    lt_wait_loaded(lt);
    assert_true(term_mode(&lt->t, TERM_ALT_SCREEN));
    assert_false(term_mode(&lt->t, TERM_MOUSE));
    lt_expect_not(lt, "my own prompt");
}

static void start(struct lt *lt, struct shelled *s)
{
    static const char *const args[] = {"--users", "200", NULL};
    const char *words[] = {"--config", NULL, "--now", SANDBOX_NOW, NULL};

    lt_sandbox(lt, args);
    words[1] = lt->sb.settings;
    start_shelled(lt, s, words);
}

/* The terminal is as the shell left it: modes, screen, cursor, colours. */
static void expect_restored(struct lt *lt, const struct shelled *s)
{
    struct term_look look;
    int row, col;
    struct buf now;

    buf_init(&now, 1 << 16);
    assert_string_equal(term_modes(&lt->t, &now), s->modes.data);
    lt_expect(lt, "my own prompt");
    lt_expect_not(lt, "requests");
    term_cursor(&lt->t, &row, &col, NULL);
    vterm_input_write(lt->t.vt, "X", 1);
    term_cell(&lt->t, row, col, &look);
    assert_string_equal(look.text, "X");
    assert_false(look.bold || look.reverse || look.underline);
    assert_int_equal(look.fg, -1);
    assert_int_equal(look.bg, -1);
    buf_release(&now);
}

static void test_every_end(void **state)
{
    static const struct {
        int signal; /* 0: KEYS instead */
        const char *keys;
        int status;
    } ends[] = {
        {0, "Q", 0},
        {0, "2 Enter C-c C-c", 0},
        {SIGTERM, "2", 128 + SIGTERM},
        {SIGHUP, "/", 128 + SIGHUP},
        {SIGINT, ":", 128 + SIGINT},
        {SIGSEGV, "2 ?", 128 + SIGSEGV},
        {SIGABRT, "2", 128 + SIGABRT},
        {SIGBUS, "3", 128 + SIGBUS},
    };
    struct lt *lt = *state;

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct shelled s;

        start(lt, &s);
        if (ends[i].signal != 0) {
            lt_keys(lt, ends[i].keys);
            kill(lt->t.pid, ends[i].signal);
        } else {
            term_keys(&lt->t, ends[i].keys);
        }
        lt_expect_exit(lt, ends[i].status);
        expect_restored(lt, &s);
        buf_release(&s.modes);
        lt_stop(lt);
    }
}

/* An end is an end, also while the service is silent. */
static void test_end_while_waiting(void **state)
{
    static const int signals[] = {SIGTERM, SIGHUP};
    struct lt *lt = *state;

    for (int i = 0; i < 2; i++) {
        struct shelled s;

        start(lt, &s);
        sandbox_latency(&lt->sb, 60000);
        term_key(&lt->t, "R");
        term_wait_text(&lt->t, " loading", 0);
        kill(lt->t.pid, signals[i]);
        lt_expect_exit(lt, 128 + signals[i]);
        expect_restored(lt, &s);
        buf_release(&s.modes);
        lt_stop(lt);
    }
}

static void test_hangup(void **state)
{
    struct lt *lt = *state;
    struct shelled s;

    start(lt, &s);
    term_hangup(&lt->t);
    lt_expect_exit(lt, 128 + SIGHUP);
    buf_release(&s.modes);
}

static void expect_stopped(struct lt *lt, const struct shelled *s)
{
    struct buf now;

    buf_init(&now, 1 << 16);
    term_wait_stopped(&lt->t, 0);
    assert_int_equal(WSTOPSIG(lt->t.status), SIGTSTP);
    assert_string_equal(term_modes(&lt->t, &now), s->modes.data);
    lt_expect(lt, "my own prompt");
    buf_release(&now);
}

/* T10: Ctrl-Z, and the signal that other programs send, give the terminal back; fg returns. */
static void test_stop_and_return(void **state)
{
    struct lt *lt = *state;
    struct buf body;
    struct shelled s;

    start(lt, &s);
    buf_init(&body, 1 << 20);
    lt_keys(lt, "2 Down Down");
    lt_body(lt, &body);
    for (int i = 0; i < 4; i++) {
        if (i % 2 == 0)
            term_key(&lt->t, "C-z");
        else
            kill(lt->t.pid, SIGTSTP);
        expect_stopped(lt, &s);
        vterm_input_write(lt->t.vt, "$ \033[31mls\r\n", 12);
        term_foreground(&lt->t);
        term_wait_text(&lt->t, "LIC07", 0);
        term_settle(&lt->t);
        assert_true(term_mode(&lt->t, TERM_ALT_SCREEN));
        lt_expect_body(lt, body.data);
        lt_expect_focus(lt);
    }
    sandbox_forget(&lt->sb);
    lt_refresh(lt, "r");
    assert_int_equal(sandbox_count(&lt->sb, "GET", "/licenseservers"), 1);
    lt_keys(lt, "Down");
    lt_expect_focus(lt);
    term_key(&lt->t, "Q");
    lt_expect_exit(lt, 0);
    buf_release(&body);
    buf_release(&s.modes);
}

/* The window may have another size when luitop comes back. */
static void test_resized_while_stopped(void **state)
{
    struct lt *lt = *state;
    struct shelled s;
    struct buf b;

    start(lt, &s);
    buf_init(&b, 1 << 20);
    lt_keys(lt, "2");
    term_key(&lt->t, "C-z");
    expect_stopped(lt, &s);
    term_resize(&lt->t, 30, 100);
    term_foreground(&lt->t);
    term_wait_text(&lt->t, "LIC07", 0);
    term_settle(&lt->t);
    assert_true(lt_requests(lt) > 0); /* the status line is in the last of 30 lines */
    term_row(&lt->t, 29, &b);
    assert_true(strlen(b.data) > 90);
    lt_expect_focus(lt);
    buf_release(&b);
    buf_release(&s.modes);
}

/* SIGSTOP gives no chance to put anything right; the shell then sets its own modes. */
static void test_stopped_hard(void **state)
{
    struct lt *lt = *state;
    struct termios cooked;
    struct shelled s;
    struct buf body;

    start(lt, &s);
    buf_init(&body, 1 << 20);
    lt_keys(lt, "2 Down");
    lt_body(lt, &body);
    kill(lt->t.pid, SIGSTOP);
    term_wait_stopped(&lt->t, 0);
    assert_int_equal(tcgetattr(lt->t.fd, &cooked), 0);
    cooked.c_lflag |= ICANON | ECHO | ISIG;
    cooked.c_iflag |= ICRNL;
    assert_int_equal(tcsetattr(lt->t.fd, TCSANOW, &cooked), 0);
    vterm_input_write(lt->t.vt, "\r\n$ kill -STOP\r\n", 16);
    term_foreground(&lt->t);
    term_wait_gone(&lt->t, "kill -STOP", 0);
    term_settle(&lt->t);
    lt_expect_body(lt, body.data);
    lt_keys(lt, "Up");
    lt_expect_focus(lt);
    lt_expect_not(lt, "^[");
    term_key(&lt->t, "Q");
    lt_expect_exit(lt, 0);
    buf_release(&body);
    buf_release(&s.modes);
}

enum how { BY_KEY, BY_SIGNAL, BY_HANGUP };

/* The demo's service ends with luitop, however that ends. */
static void test_demo_leaves_nothing(void **state)
{
    static const char *const words[] = {"--demo=200", "--now", SANDBOX_NOW, NULL};
    static const struct {
        enum how how;
        int signal, status;
    } ends[] = {
        {BY_KEY, 0, 0},
        {BY_SIGNAL, SIGTERM, 128 + SIGTERM},
        {BY_SIGNAL, SIGKILL, 128 + SIGKILL},
        {BY_SIGNAL, SIGSEGV, 128 + SIGSEGV},
        {BY_HANGUP, 0, 128 + SIGHUP},
    };
    struct lt *lt = *state;

    buf_init(&lt->b, 64 << 20);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct shelled s;
        pid_t child;

        start_shelled(lt, &s, words);
        child = process_child(lt->t.pid, "luitop-sandbox");
        assert_true(child > 0 && process_lives(child));
        if (ends[i].how == BY_KEY)
            term_key(&lt->t, "Q");
        else if (ends[i].how == BY_HANGUP)
            term_hangup(&lt->t);
        else
            kill(lt->t.pid, ends[i].signal);
        lt_expect_exit(lt, ends[i].status);
        if (ends[i].how != BY_HANGUP && ends[i].signal != SIGKILL)
            expect_restored(lt, &s);
        process_wait_gone(child);
        buf_release(&s.modes);
        term_stop(&lt->t);
    }
}

/* Ctrl-C and Ctrl-Z in the terminal are luitop's, not the service's. */
static void test_demo_goes_on_after_a_stop(void **state)
{
    static const char *const words[] = {"--demo=200", "--now", SANDBOX_NOW, NULL};
    struct lt *lt = *state;
    struct shelled s;
    pid_t child;

    buf_init(&lt->b, 64 << 20);
    start_shelled(lt, &s, words);
    child = process_child(lt->t.pid, "luitop-sandbox");
    lt_expect(lt, "DEMO");
    lt_keys(lt, "2 C-c Down");
    term_key(&lt->t, "C-z");
    expect_stopped(lt, &s);
    term_foreground(&lt->t);
    term_wait_text(&lt->t, "LIC07", 0);
    lt_refresh(lt, "R");
    assert_true(process_lives(child));
    lt_expect_not(lt, " failed");
    term_key(&lt->t, "Q");
    lt_expect_exit(lt, 0);
    process_wait_gone(child);
    buf_release(&s.modes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_every_end),
        LT_TEST(test_end_while_waiting),
        LT_TEST(test_hangup),
        LT_TEST(test_stop_and_return),
        LT_TEST(test_resized_while_stopped),
        LT_TEST(test_stopped_hard),
        LT_TEST(test_demo_leaves_nothing),
        LT_TEST(test_demo_goes_on_after_a_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
