/* The harness judged by programs whose behaviour is known: sh, stty, tput, cat. */
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/e2e/e2e.h"
#include "tests/e2e/process.h"

struct fixture {
    struct term t;
    struct buf b;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    if (f == NULL)
        return -1;
    buf_init(&f->b, 1 << 20);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    term_stop(&f->t);
    buf_release(&f->b);
    free(f);
    return 0;
}

static void start_sh(struct term *t, const char *script)
{
    const char *argv[] = {"sh", "-c", script, NULL};

    term_start(t, 24, 80, argv, NULL);
}

static void test_environment(void **state)
{
    static const char *const extra[] = {"LUITOP_NOW=2026-11-22T14:02:00Z", "TZ=Europe/Berlin",
                                        NULL};
    static const char *const argv[] = {"env", NULL};
    struct fixture *f = *state;
    int status;

    setenv("XDG_CONFIG_HOME", "/nowhere", 1);
    setenv("LUITOP_THEME", "mono", 1);
    term_start(&f->t, 40, 120, argv, extra);
    term_wait_exit(&f->t, &status, 0);
    assert_int_equal(status, 0);
    assert_true(term_try_text(&f->t, "TERM=xterm-256color", 1));
    assert_true(term_try_text(&f->t, "LC_ALL=C.UTF-8", 1));
    assert_true(term_try_text(&f->t, "TZ=Europe/Berlin", 1));
    assert_true(term_try_text(&f->t, "LUITOP_NOW=2026-11-22T14:02:00Z", 1));
    buf_reset(&f->b);
    buf_addf(&f->b, "HOME=%s", f->t.home);
    assert_true(term_try_text(&f->t, f->b.data, 1));
    assert_false(term_try_text(&f->t, "TZ=UTC", 1));
    assert_false(term_try_text(&f->t, "XDG_CONFIG_HOME", 1));
    assert_false(term_try_text(&f->t, "LUITOP_THEME", 1));
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("LUITOP_THEME");
}

static void test_exit_statuses(void **state)
{
    struct fixture *f = *state;
    int status;

    start_sh(&f->t, "echo last words; exit 7");
    term_wait_exit(&f->t, &status, 0);
    assert_int_equal(status, 7);
    assert_string_equal(term_row(&f->t, 0, &f->b), "last words");
    term_stop(&f->t);
    start_sh(&f->t, "kill -TERM $$");
    term_wait_exit(&f->t, &status, 0);
    assert_int_equal(status, 128 + SIGTERM);
}

static void test_missing_program(void **state)
{
    static const char *const argv[] = {"/nonexistent/luitop", NULL};
    struct fixture *f = *state;
    int status;

    term_start(&f->t, 24, 80, argv, NULL);
    term_wait_exit(&f->t, &status, 0);
    assert_int_equal(status, 127);
}

static void test_waits_can_fail(void **state)
{
    struct fixture *f = *state;

    start_sh(&f->t, "echo here; read x");
    assert_true(term_try_text(&f->t, "here", 0));
    assert_false(term_try_text(&f->t, "there", 50));
    assert_false(term_try_exit(&f->t, 50));
}

static void test_screen_text(void **state)
{
    struct fixture *f = *state;
    int row, col;
    bool visible;

    start_sh(&f->t,
             "printf 'plain   \\n\\344\\270\\255e\\314\\201x\\n\\033[5;10Hat\\033[?25l'; read x");
    term_wait_row(&f->t, 4, "at", 0);
    assert_string_equal(term_row(&f->t, 0, &f->b), "plain");
    assert_string_equal(term_row(&f->t, 1, &f->b), "\xe4\xb8\xad"
                                                   "e\xcc\x81x");
    assert_string_equal(term_row(&f->t, 4, &f->b), "         at");
    assert_string_equal(term_row(&f->t, 24, &f->b), "");
    assert_string_equal(term_row(&f->t, -1, &f->b), "");
    assert_true(term_find(&f->t, "x", &row, &col));
    assert_int_equal(row, 1);
    assert_int_equal(col, 3);
    term_wait_cursor_row(&f->t, 4, 0);
    term_cursor(&f->t, &row, &col, &visible);
    assert_int_equal(col, 11);
    assert_false(visible);
    term_screen(&f->t, &f->b);
    assert_memory_equal(f->b.data, "plain\n\xe4\xb8\xad", 9);
    assert_int_equal(f->b.data[f->b.len - 1], '\n');
}

static void test_attributes(void **state)
{
    struct fixture *f = *state;
    struct term_look look;

    start_sh(&f->t, "tput bold; printf B; tput sgr0; tput rev; printf R; tput sgr0; tput setaf 2;"
                    "tput setab 17; printf C; tput sgr0; printf N; read x");
    term_wait_text(&f->t, "BRCN", 0);
    term_cell(&f->t, 0, 0, &look);
    assert_string_equal(look.text, "B");
    assert_true(look.bold && !look.reverse && look.fg == -1 && look.bg == -1);
    term_cell(&f->t, 0, 1, &look);
    assert_true(look.reverse && !look.bold);
    term_cell(&f->t, 0, 2, &look);
    assert_int_equal(look.fg, 2);
    assert_int_equal(look.bg, 17);
    term_cell(&f->t, 0, 3, &look);
    assert_true(!look.bold && !look.reverse && look.fg == -1 && look.bg == -1);
    term_cell(&f->t, 0, 4, &look);
    assert_string_equal(look.text, "");
}

/* REP, with which ncurses draws runs: CSI n b repeats the last character n times more. */
static void test_repeat(void **state)
{
    struct fixture *f = *state;

    start_sh(&f->t, "printf 'a-\\033[4bz\\n'; printf '\\342\\224\\200\\033[2bz\\033[?25b'; read x");
    term_wait_row(&f->t, 1, "z", 0);
    assert_string_equal(term_row(&f->t, 0, &f->b), "a-----z");
    assert_string_equal(term_row(&f->t, 1, &f->b), "\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80z");
}

static void test_keys(void **state)
{
    struct fixture *f = *state;

    start_sh(&f->t, "stty -icanon -echo -isig -icrnl -ixon; printf 'ready\\033[?1h\\n'; cat -v");
    term_wait_text(&f->t, "ready", 0);
    term_keys(&f->t, "a \xc3\xa9 Up");
    term_wait_text(&f->t, "aM-CM-)^[OA", 0);
    term_keys(&f->t, "Enter PgDn Esc Tab S-Tab Backspace C-c C-z M-x F1 F5 C-Left S-F1 Space .");
    term_wait_text(&f->t, "^M^[[6~^[", 0);
    term_wait_text(&f->t, "^[[Z^?^C^Z^[x^[OP^[[15~^[[1;5D^[[1;2P .", 0);
}

static void test_keys_in_normal_mode_and_paste(void **state)
{
    struct fixture *f = *state;

    start_sh(&f->t, "stty -icanon -echo -isig; printf 'ready\\n'; cat -v");
    term_wait_text(&f->t, "ready", 0);
    term_keys(&f->t, "Down Home");
    term_paste(&f->t, "two words");
    term_wait_row(&f->t, 1, "^[[B^[[Htwo words", 0);
    term_stop(&f->t);
    start_sh(&f->t, "stty -icanon -echo; printf '\\033[?2004hready\\n'; cat -v");
    term_wait_text(&f->t, "ready", 0);
    term_paste(&f->t, "two words");
    term_wait_text(&f->t, "^[[200~two words^[[201~", 0);
}

/* A program's own children go with it, even when it ended before them. */
static void test_no_child_is_left(void **state)
{
    struct fixture *f = *state;
    int row, status;
    pid_t child;

    start_sh(&f->t, "trap '' HUP; sleep 1000 & echo child $!");
    term_wait_exit(&f->t, &status, 0);
    assert_true(term_find(&f->t, "child ", &row, NULL));
    child = (pid_t)strtol(term_row(&f->t, row, &f->b) + 6, NULL, 10);
    assert_true(child > 1 && kill(child, 0) == 0);
    f->t.pid = child;
    term_stop(&f->t);
    process_wait_gone(child);
    assert_int_equal(term_proc(&f->t, "VmSize"), -1);
}

/* More keys than a pty holds, to a program that reads them only later. */
static void test_many_keys(void **state)
{
    struct fixture *f = *state;
    char *many = malloc(60001);

    assert_non_null(many);
    memset(many, 'k', 60000);
    many[60000] = '\0';
    start_sh(&f->t, "stty -icanon -echo; echo ready; head -c 60000 | wc -c; read x");
    term_wait_text(&f->t, "ready", 0);
    term_send(&f->t, many);
    free(many);
    term_wait_text(&f->t, "60000", 0);
}

static void test_resize(void **state)
{
    static const struct {
        int rows, cols;
    } sizes[] = {{60, 200}, {5, 20}, {24, 80}};
    struct fixture *f = *state;
    char want[32];

    start_sh(&f->t, "trap 'printf \"\\033[2J\\033[H\"; stty size' WINCH; stty size;"
                    "while :; do read x; done");
    term_wait_row(&f->t, 0, "24 80", 0);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        term_resize(&f->t, sizes[i].rows, sizes[i].cols);
        snprintf(want, sizeof(want), "%d %d", sizes[i].rows, sizes[i].cols);
        term_wait_row(&f->t, 0, want, 0);
        assert_int_equal(strlen(term_row(&f->t, 0, &f->b)), strlen(want));
    }
}

static void test_modes(void **state)
{
    struct fixture *f = *state;
    struct buf before;

    buf_init(&before, 1000);
    start_sh(&f->t,
             "echo one; read x; was=$(stty -g); stty raw -echo; tput smcup; tput civis; tput smkx;"
             "printf '\\033[?2004h\\033[?1000;1006h'; printf two; head -c1 >/dev/null;"
             "printf '\\033[?1000l\\033[?1006l\\033[?2004l'; tput rmkx; tput cnorm; "
             "tput rmcup; stty $was; printf three; read x");
    term_wait_text(&f->t, "one", 0);
    term_modes(&f->t, &before);
    assert_non_null(strstr(before.data, " icanon echo isig icrnl opost"));
    assert_true(term_mode(&f->t, TERM_CURSOR));
    term_key(&f->t, "Enter");
    term_wait_text(&f->t, "two", 0);
    term_wait_gone(&f->t, "one", 0);
    assert_true(term_mode(&f->t, TERM_ALT_SCREEN));
    assert_true(term_mode(&f->t, TERM_PASTE));
    assert_true(term_mode(&f->t, TERM_MOUSE) && term_mode(&f->t, TERM_MOUSE_SGR));
    assert_true(term_mode(&f->t, TERM_APP_CURSOR));
    assert_false(term_mode(&f->t, TERM_CURSOR));
    term_modes(&f->t, &f->b);
    assert_null(strstr(f->b.data, "icanon"));
    assert_null(strstr(f->b.data, "echo"));
    assert_string_not_equal(f->b.data, before.data);
    term_key(&f->t, "q");
    term_wait_text(&f->t, "three", 0);
    term_wait_text(&f->t, "one", 0);
    assert_false(term_mode(&f->t, TERM_ALT_SCREEN));
    assert_string_equal(term_modes(&f->t, &f->b) + strcspn(f->b.data, " "),
                        before.data + strcspn(before.data, " "));
    buf_release(&before);
}

static void test_stop_and_continue(void **state)
{
    struct fixture *f = *state;
    int status;

    start_sh(&f->t, "echo ready; read x; echo got $x; exit 3");
    term_wait_text(&f->t, "ready", 0);
    for (int i = 0; i < 2; i++) {
        term_key(&f->t, "C-z");
        term_wait_stopped(&f->t, 0);
        assert_true(WIFSTOPPED(f->t.status));
        assert_int_equal(WSTOPSIG(f->t.status), SIGTSTP);
        term_foreground(&f->t);
    }
    term_send(&f->t, "word\r");
    term_wait_text(&f->t, "got word", 0);
    term_wait_exit(&f->t, &status, 0);
    assert_int_equal(status, 3);
}

static void test_interrupt_and_hangup(void **state)
{
    struct fixture *f = *state;
    int status;

    start_sh(&f->t, "echo ready; exec sleep 1000");
    term_wait_text(&f->t, "ready", 0);
    term_key(&f->t, "C-c");
    term_wait_exit(&f->t, &status, 0);
    assert_int_equal(status, 128 + SIGINT);
    term_stop(&f->t);
    start_sh(&f->t, "trap 'exit 5' HUP; sleep 1000 & echo ready; wait");
    term_wait_text(&f->t, "ready", 0);
    term_hangup(&f->t);
    term_wait_exit(&f->t, &status, 0);
    assert_int_equal(status, 5);
}

static void test_nothing_is_left(void **state)
{
    struct fixture *f = *state;
    pid_t pid;

    start_sh(&f->t, "trap '' HUP TERM; echo ready; while :; do sleep 1000; done");
    term_wait_text(&f->t, "ready", 0);
    pid = f->t.pid;
    assert_int_equal(kill(pid, 0), 0);
    buf_addstr(&f->b, f->t.home);
    term_stop(&f->t);
    assert_int_not_equal(access(f->b.data, F_OK), 0);
    /* Killed by the keeper, reaped by init: gone or a zombie, at once or soon. */
    process_wait_gone(pid);
}

static void test_byte_counters(void **state)
{
    struct fixture *f = *state;

    start_sh(&f->t, "stty -echo -icanon; printf ready; head -c1 >/dev/null; printf 12345; read x");
    term_wait_text(&f->t, "ready", 0);
    term_settle(&f->t);
    term_bytes_reset(&f->t);
    term_key(&f->t, "q");
    term_wait_text(&f->t, "ready12345", 0);
    term_settle(&f->t);
    assert_int_equal(term_bytes(&f->t), 5);
}

static void test_process_numbers(void **state)
{
    struct fixture *f = *state;

    start_sh(&f->t, "echo ready; read x; echo again; read x");
    term_wait_text(&f->t, "ready", 0);
    term_settle(&f->t);
    term_key(&f->t, "Enter");
    /* It has waited for the key by now. */
    term_wait_text(&f->t, "again", 0);
    assert_true(term_proc(&f->t, "voluntary_ctxt_switches") > 0);
    assert_true(term_proc(&f->t, "VmHWM") > 0);
    assert_int_equal(term_proc(&f->t, "NoSuchLine"), -1);
    assert_true(term_cpu_us(&f->t) != 0);
}

/* The terminal answers a cursor position request as xterm does. */
static void test_replies(void **state)
{
    struct fixture *f = *state;

    start_sh(&f->t, "stty raw -echo; printf '\\033[3;7H\\033[6n'; head -c6 | cat -v; read x");
    term_wait_text(&f->t, "^[[3;7R", 0);
}

static void test_two_at_once(void **state)
{
    struct fixture *f = *state;
    struct term other;
    static const char *const argv[] = {"sh", "-c", "echo second; read x", NULL};

    start_sh(&f->t, "echo first; read x; echo still here; read x");
    term_start(&other, 10, 40, argv, NULL);
    term_wait_text(&f->t, "first", 0);
    term_wait_text(&other, "second", 0);
    term_stop(&other);
    term_key(&f->t, "Enter");
    term_wait_text(&f->t, "still here", 0);
}

static void test_run(void **state)
{
    static const char *const argv[] = {"sh", "-c", "cat; echo $LUITOP_X >&2; tty >&2; exit 4",
                                       NULL};
    static const char *const extra[] = {"LUITOP_X=y", NULL};
    struct run r;

    (void)state;
    run(&r, argv, extra, "in and out");
    assert_int_equal(r.status, 4);
    assert_string_equal(r.out.data, "in and out");
    assert_string_equal(r.err.data, "y\nnot a tty\n");
    run_release(&r);
}

static void test_golden(void **state)
{
    char dir[TEMP_PATH], path[TEMP_PATH + 32];
    struct buf diff;

    (void)state;
    temp_make(dir);
    setenv("LUITOP_GOLDEN_DIR", dir, 1);
    unsetenv("UPDATE");
    buf_init(&diff, 1 << 20);
    snprintf(path, sizeof(path), "%s/a/b.txt", dir);
    assert_false(golden_same("a/b", "one\ntwo\n", &diff));
    assert_non_null(strstr(diff.data, "is not there"));
    setenv("UPDATE", "1", 1);
    assert_true(golden_same("a/b", "one\ntwo\n", &diff));
    unsetenv("UPDATE");
    buf_reset(&diff);
    assert_true(golden_same("a/b", "one\ntwo\n", &diff));
    assert_int_equal(diff.len, 0);
    golden_check("a/b", "one\ntwo\n");
    assert_false(golden_same("a/b", "one\n2\nthree\n", &diff));
    assert_string_equal(diff.data, "  2 -two\n  2 +2\n  3 +three\n");
    buf_reset(&diff);
    assert_false(golden_same("a/b", "one\n", &diff));
    assert_string_equal(diff.data, "  2 -two\n");
    assert_int_equal(access(path, R_OK), 0);
    /* What changes by itself while a slow machine gets there. */
    temp_write(path, 0644, "as of 14:02 today, just now, x\nT14:02:00Z 55 min ago, 9 min ago\n");
    buf_reset(&diff);
    assert_true(golden_same(
        "a/b", "as of 14:05 today, 3 min ago, x\nT14:04:59Z 59 min ago, 9 min ago\n", &diff));
    assert_true(golden_same(
        "a/b", "as of 14:02 today, just now, x\nT14:02:01Z 55 min ago, 9 min ago\n", &diff));
    assert_int_equal(diff.len, 0);
    assert_false(golden_same(
        "a/b", "as of 14:01 today, just now, x\nT14:02:00Z 55 min ago, 9 min ago\n", &diff));
    assert_false(golden_same(
        "a/b", "as of 14:02 today, just now, x\nT14:02:00Z 54 min ago, 9 min ago\n", &diff));
    assert_false(golden_same(
        "a/b", "as of 14:02 today, just now, x\nT14:02:00Z 65 min ago, 9 min ago\n", &diff));
    buf_release(&diff);
    unsetenv("LUITOP_GOLDEN_DIR");
    temp_remove(dir);
}

/* A server of one canned answer a connection, in turn. */
static pid_t serve(const char *const *answers, int *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    pid_t pid;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(fd, 8), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    *port = ntohs(at.sin_port);
    pid = fork();
    if (pid == 0)
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (; pid == 0 && *answers != NULL; answers++) {
        int c = accept(fd, NULL, NULL);
        char request[4096];

        if (c < 0 || read(c, request, sizeof(request)) < 0 ||
            write(c, *answers, strlen(*answers)) < 0)
            _exit(1);
        close(c);
    }
    if (pid == 0)
        _exit(0);
    close(fd);
    return pid;
}

static void test_http(void **state)
{
    static const char *const answers[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 503 Busy\r\ntransfer-encoding: "
        "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nto the end",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\ncut",
        "not HTTP\r\n\r\n",
        NULL,
    };
    struct fixture *f = *state;
    int port, status;
    pid_t pid = serve(answers, &port);

    assert_int_equal(http_request(port, "GET", "/x", NULL, &f->b), 200);
    assert_string_equal(f->b.data, "body");
    assert_int_equal(http_request(port, "POST", "/x", "{}", &f->b), 503);
    assert_string_equal(f->b.data, "abcde");
    assert_int_equal(http_request(port, "GET", "/x", NULL, &f->b), 200);
    assert_string_equal(f->b.data, "to the end");
    assert_int_equal(http_request(port, "GET", "/x", NULL, NULL), -1);
    assert_int_equal(http_request(port, "GET", "/x", NULL, NULL), -1);
    assert_int_equal(http_request(port, "GET", "/x", NULL, NULL), -1);
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(http_request(port, "GET", "/x", NULL, NULL), -1);
}

/* The helper against a stand-in that keeps the command line's promises. */
static void test_sandbox_helper(void **state)
{
    static const char *const answers[] = {
        "HTTP/1.1 200 OK\r\n\r\n{\"requests\":["
        "{\"n\":1,\"method\":\"GET\",\"path\":\"/lui/nimbus7q2x/licenseservers\"},"
        "{\"n\":2,\"method\":\"POST\",\"path\":\"/cctrustoauth2/nimbus7q2x/tokens/clients\"},"
        "{\"n\":3,\"method\":\"GET\",\"path\":\"/sandbox/log\"}]}",
        "HTTP/1.1 204 No Content\r\n\r\n", NULL};
    static const char *const args[] = {"--users", "50", NULL};
    struct fixture *f = *state;
    const char *real = getenv("LUITOP_SANDBOX_BIN");
    char script[1024], path[TEMP_PATH + 16], dir[TEMP_PATH];
    struct sandbox s;
    int port;
    pid_t pid = serve(answers, &port);

    f->b.len = 0;
    if (real != NULL)
        buf_addstr(&f->b, real);
    temp_make(dir);
    snprintf(path, sizeof(path), "%s/stand-in", dir);
    snprintf(script, sizeof(script),
             "#!/bin/sh\nfile=$4\n"
             "test \"$1 $2 $3 $5 $6 $7 $8 $9\" = '--port 0 --port-file --exit-with-stdin "
             "--now " SANDBOX_NOW " --seed 1' || exit 9\n"
             "shift 9; test \"$*\" = '--users 50' || exit 9\n"
             "echo %d > \"$file\"\ncat > /dev/null\nexit 3\n",
             port);
    temp_write(path, 0700, script);
    setenv("LUITOP_SANDBOX_BIN", path, 1);
    sandbox_start(&s, args);
    assert_int_equal(s.port, port);
    assert_int_equal(access(s.settings, R_OK), 0);
    assert_int_equal(sandbox_count(&s, "GET", "/lui/"), 1);
    sandbox_forget(&s);
    assert_int_equal(sandbox_stop(&s), 3);
    assert_int_equal(sandbox_stop(&s), 0);
    if (f->b.len > 0)
        setenv("LUITOP_SANDBOX_BIN", f->b.data, 1);
    else
        unsetenv("LUITOP_SANDBOX_BIN");
    temp_remove(dir);
    waitpid(pid, NULL, 0);
}

/* The real one, where it is built. */
static void test_real_sandbox(void **state)
{
    static const char *const args[] = {"--users", "50", NULL};
    struct fixture *f = *state;
    struct sandbox s;

    if (access(env_path("LUITOP_SANDBOX_BIN", "build/luitop-sandbox"), X_OK) != 0)
        skip();
    sandbox_start(&s, args);
    assert_int_equal(sandbox_get(&s, "/lui/" SANDBOX_CUSTOMER "/licenseservers", &f->b), 401);
    assert_int_equal(sandbox_count(&s, "GET", "/lui/"), 1);
    sandbox_forget(&s);
    assert_int_equal(sandbox_count(&s, NULL, NULL), 0);
    sandbox_fault(&s, "\"rate\":1,\"kind\":\"503\",\"path\":\"/lui/\",\"count\":1");
    assert_int_equal(sandbox_get(&s, "/lui/" SANDBOX_CUSTOMER "/licenseservers", NULL), 503);
    assert_int_equal(sandbox_get(&s, "/lui/" SANDBOX_CUSTOMER "/licenseservers", NULL), 401);
    sandbox_fault(&s, NULL);
    sandbox_latency(&s, 0);
    sandbox_expire_tokens(&s);
    assert_int_equal(sandbox_stop(&s), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_environment),
        TEST(test_exit_statuses),
        TEST(test_missing_program),
        TEST(test_waits_can_fail),
        TEST(test_screen_text),
        TEST(test_attributes),
        TEST(test_repeat),
        TEST(test_keys),
        TEST(test_keys_in_normal_mode_and_paste),
        TEST(test_many_keys),
        TEST(test_no_child_is_left),
        TEST(test_resize),
        TEST(test_modes),
        TEST(test_stop_and_continue),
        TEST(test_interrupt_and_hangup),
        TEST(test_nothing_is_left),
        TEST(test_byte_counters),
        TEST(test_process_numbers),
        TEST(test_replies),
        TEST(test_two_at_once),
        TEST(test_run),
        TEST(test_golden),
        TEST(test_http),
        TEST(test_sandbox_helper),
        TEST(test_real_sandbox),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
