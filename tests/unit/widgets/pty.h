/*
 * A terminal for tests: the code under test runs in a child on a pty, libvterm reads what it sends.
 *
 * Both sides go in step. The child calls step(), which sends a mark in the stream itself and waits;
 * the parent's next_step() reads up to the mark, so that `bytes` holds exactly what the child sent
 * since the step before, and then term_go() lets the child run on. Nothing waits for time to pass.
 */
#ifndef TESTS_UNIT_WIDGETS_PTY_H
#define TESTS_UNIT_WIDGETS_PTY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "themes/theme.h"
#include "widgets/screen.h"

#define STEP_MARK     "\033]luitop-step\007"
#define STEP_MARK_LEN (sizeof(STEP_MARK) - 1)

enum { TERM_WAIT_MS = 120000, LINE_MAX_BYTES = 4096 };

struct term {
    int master, go; /* go: the child waits for a byte here */
    pid_t pid;
    VTerm *vt;
    VTermScreen *screen;
    int rows, cols;
    struct buf sent; /* bytes since the step before */
    size_t bytes;
};

struct term_options {
    int rows, cols;
    const char *term, *locale;
};

static int step_fd = -1;

static inline void on_resize(int sig)
{
    (void)sig;
}

/* In the child: "so far", and wait until the parent has looked. */
static inline void step(void)
{
    char c;

    if (write(STDOUT_FILENO, STEP_MARK, STEP_MARK_LEN) != (ssize_t)STEP_MARK_LEN)
        _exit(90);
    if (read(step_fd, &c, 1) != 1)
        _exit(91);
}

static inline struct screen *open_screen(bool no_color, enum glyph_mode glyphs)
{
    struct theme theme;
    struct screen_options o = {.theme = &theme, .glyphs = glyphs, .no_color = no_color};
    struct screen *s = NULL;

    if (theme_load(&theme, "default", NULL) < 0 || screen_open(&s, &o, NULL) < 0)
        _exit(92);
    return s;
}

static inline void term_start(struct term *t, const struct term_options *o, void (*child)(void *),
                              void *arg)
{
    struct winsize size = {(unsigned short)o->rows, (unsigned short)o->cols, 0, 0};
    int pipe_fds[2];

    signal(SIGPIPE, SIG_IGN);
    memset(t, 0, sizeof(*t));
    assert_int_equal(pipe(pipe_fds), 0);
    fflush(NULL);
    t->pid = forkpty(&t->master, NULL, NULL, &size);
    assert_true(t->pid >= 0);
    if (t->pid == 0) {
        close(pipe_fds[1]);
        step_fd = pipe_fds[0];
        signal(SIGPIPE, SIG_DFL);
        signal(SIGWINCH, on_resize);
        setenv("TERM", o->term != NULL ? o->term : "xterm-256color", 1);
        unsetenv("LINES");
        unsetenv("COLUMNS");
        unsetenv("NO_COLOR");
        setlocale(LC_CTYPE, o->locale != NULL ? o->locale : "C.UTF-8");
        child(arg);
        exit(0);
    }
    close(pipe_fds[0]);
    t->go = pipe_fds[1];
    t->rows = o->rows;
    t->cols = o->cols;
    buf_init(&t->sent, 1 << 24);
    t->vt = vterm_new(o->rows, o->cols);
    vterm_set_utf8(t->vt, 1);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_reset(t->screen, 1);
}

/* More of what the child sent; false at its end. */
static inline bool term_read(struct term *t)
{
    struct pollfd p = {t->master, POLLIN, 0};
    char piece[4096];
    ssize_t n;

    if (poll(&p, 1, TERM_WAIT_MS) <= 0)
        fail_msg("the child said nothing for %d ms", TERM_WAIT_MS);
    n = read(t->master, piece, sizeof(piece));
    if (n <= 0)
        return false;
    assert_int_equal(buf_add(&t->sent, piece, (size_t)n), 0);
    return true;
}

/* Reads up to the child's next step(). The mark is at the end, since the child waits behind it. */
static inline void next_step(struct term *t)
{
    buf_reset(&t->sent);
    while (t->sent.len < STEP_MARK_LEN ||
           memcmp(t->sent.data + t->sent.len - STEP_MARK_LEN, STEP_MARK, STEP_MARK_LEN) != 0)
        if (!term_read(t))
            fail_msg("the child ended before its step: \"%s\"", t->sent.data);
    t->sent.len -= STEP_MARK_LEN;
    t->sent.data[t->sent.len] = '\0';
    t->bytes = t->sent.len;
    vterm_input_write(t->vt, t->sent.data, t->sent.len);
}

static inline void term_go(struct term *t)
{
    assert_int_equal(write(t->go, "g", 1), 1);
}

static inline void term_type(struct term *t, const char *keys, size_t n)
{
    assert_int_equal(write(t->master, keys, n), (ssize_t)n);
}

static inline void term_resize(struct term *t, int rows, int cols)
{
    struct winsize size = {(unsigned short)rows, (unsigned short)cols, 0, 0};

    assert_int_equal(ioctl(t->master, TIOCSWINSZ, &size), 0);
    vterm_set_size(t->vt, rows, cols);
    t->rows = rows;
    t->cols = cols;
}

static inline VTermScreenCell term_cell(const struct term *t, int y, int x)
{
    VTermScreenCell cell;

    assert_true(vterm_screen_get_cell(t->screen, (VTermPos){y, x}, &cell));
    return cell;
}

/* The text of screen line Y without its trailing blanks. */
static inline const char *term_line(const struct term *t, int y, char out[LINE_MAX_BYTES])
{
    size_t n = 0, end = 0;

    for (int x = 0; x < t->cols; x++) {
        VTermScreenCell cell = term_cell(t, y, x);

        if (cell.chars[0] == (uint32_t)-1)
            continue;
        if (cell.chars[0] == 0) {
            cell.chars[0] = ' ';
            cell.chars[1] = 0;
        }
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            n += utf8_put(out + n, (int32_t)cell.chars[i]);
        if (cell.chars[0] != ' ')
            end = n;
    }
    out[end] = '\0';
    return out;
}

/* LINES: the whole screen, a '\n' after each line; blank lines at the end may be left out. */
static inline void assert_screen(const struct term *t, const char *lines)
{
    struct buf all;
    char line[LINE_MAX_BYTES];
    size_t keep = 0;

    buf_init(&all, 1 << 20);
    for (int y = 0; y < t->rows; y++) {
        term_line(t, y, line);
        buf_addf(&all, "%s\n", line);
        if (line[0] != '\0')
            keep = all.len;
    }
    if (all.len > keep)
        all.data[keep] = '\0';
    assert_string_equal(all.data, lines);
    buf_release(&all);
}

static inline void assert_line(const struct term *t, int y, const char *want)
{
    char line[LINE_MAX_BYTES];

    assert_string_equal(term_line(t, y, line), want);
}

static inline void assert_cursor(const struct term *t, int y, int x)
{
    VTermPos pos;

    vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &pos);
    assert_int_equal(pos.row, y);
    assert_int_equal(pos.col, x);
}

/* The child ends by itself, in order (under a sanitizer: without a leak). */
static inline void term_end(struct term *t)
{
    int status = -1;

    buf_reset(&t->sent);
    while (term_read(t))
        ;
    vterm_input_write(t->vt, t->sent.data, t->sent.len);
    assert_int_equal(waitpid(t->pid, &status, 0), t->pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close(t->master);
    close(t->go);
    vterm_free(t->vt);
    buf_release(&t->sent);
}

/* For what needs a screen but no look at it: the child checks, run_checks() fails with its word. */
#define CHECK(what)                                                                                \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            dprintf(STDOUT_FILENO, "line %d: %s", __LINE__, #what);                                \
            step();                                                                                \
        }                                                                                          \
    } while (0)

/* CHILD calls step() once, at its end. */
static inline void run_checks(void (*child)(void *))
{
    struct term_options o = {24, 80, NULL, NULL};
    struct term t;
    const char *said;

    term_start(&t, &o, child, NULL);
    next_step(&t);
    said = strstr(t.sent.data, "line ");
    if (said != NULL)
        fail_msg("%s", said);
    term_go(&t);
    term_end(&t);
}

#endif
