#include "tests/e2e/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/e2e/process.h"

enum { RAW_MAX = 64 << 20, SETTLE_MS = 50 };

/* What the terminal answers to the program: status reports. */
static void reply(const char *s, size_t n, void *user)
{
    struct term *t = user;

    if (t->fd >= 0 && write(t->fd, s, n) < 0)
        return; /* the program does not read; it will see that itself */
}

static void take_report(struct term *t)
{
    struct keeper_report r;

    while (read(t->report_fd, &r, sizeof(r)) == sizeof(r)) {
        if (r.kind == KEEPER_STARTED)
            t->pid = r.value;
        else if (r.kind == KEEPER_EXEC_FAILED)
            print_error("the program could not be started: %s\n", strerror(r.value));
        else {
            t->status = r.value;
            t->stopped = WIFSTOPPED(r.value);
            t->exited = WIFEXITED(r.value) || WIFSIGNALED(r.value);
        }
    }
}

void term_start(struct term *t, int rows, int cols, const char *const *argv,
                const char *const *extra_env)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    int slave, command[2], reports[2];
    char **env;

    *t = (struct term){.rows = rows, .cols = cols, .fd = -1, .command_fd = -1, .report_fd = -1};
    buf_init(&t->raw, RAW_MAX);
    temp_make(t->home);
    if (openpty(&t->fd, &slave, NULL, NULL, &size) < 0 || pipe2(command, O_CLOEXEC) < 0 ||
        pipe2(reports, O_CLOEXEC | O_NONBLOCK) < 0)
        fail_msg("pty: %s", strerror(errno));
    fcntl(t->fd, F_SETFD, FD_CLOEXEC);
    fcntl(t->fd, F_SETFL, O_NONBLOCK);
    t->vt = vterm_new(rows, cols);
    vterm_set_utf8(t->vt, 1);
    vterm_output_set_callback(t->vt, reply, t);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_reset(t->screen, 1);
    term_stream_init(&t->stream);
    env = env_make(t->home, extra_env);
    t->keeper = fork();
    if (t->keeper == 0) {
        fcntl(reports[1], F_SETFL, 0);
        keeper_main(slave, command[0], reports[1], argv, env);
    }
    env_free(env);
    close(slave);
    close(command[0]);
    close(reports[1]);
    t->command_fd = command[1];
    t->report_fd = reports[0];
    t->last_output = now_ms();
    for (int64_t end = now_ms() + slow_ms(0); t->pid == 0 && now_ms() < end;)
        term_pump(t, 10);
    if (t->pid == 0)
        fail_msg("%s was not started", argv[0]);
}

void term_stop(struct term *t)
{
    if (t->vt == NULL)
        return;
    close(t->command_fd); /* the keeper kills what still runs */
    waitpid(t->keeper, NULL, 0);
    if (t->fd >= 0)
        close(t->fd);
    close(t->report_fd);
    vterm_free(t->vt);
    buf_release(&t->raw);
    temp_remove(t->home);
    t->vt = NULL;
}

bool term_pump(struct term *t, int ms)
{
    struct pollfd p[2] = {{t->fd, POLLIN, 0}, {t->report_fd, POLLIN, 0}};
    char chunk[65536];
    bool any = false;
    ssize_t n;

    if (poll(p, 2, ms) <= 0)
        return false;
    if (p[1].revents != 0)
        take_report(t);
    while (t->fd >= 0 && (n = read(t->fd, chunk, sizeof(chunk))) > 0) {
        buf_add(&t->raw, chunk, (size_t)n);
        term_stream_feed(&t->stream, chunk, (size_t)n);
        vterm_input_write(t->vt, chunk, (size_t)n);
        t->bytes += (size_t)n;
        t->last_output = now_ms();
        any = true;
    }
    vterm_screen_flush_damage(t->screen);
    return any;
}

bool term_try(struct term *t, bool (*done)(struct term *, const void *), const void *arg,
              int timeout)
{
    int64_t end = now_ms() + slow_ms(timeout);

    term_pump(t, 0);
    while (!done(t, arg)) {
        int64_t left = end - now_ms();

        if (left <= 0)
            return false;
        /* Some states, such as those in /proc, change without a byte. */
        term_pump(t, left < 20 ? (int)left : 20);
    }
    return true;
}

void term_wait(struct term *t, bool (*done)(struct term *, const void *), const void *arg,
               int timeout, const char *what)
{
    if (term_try(t, done, arg, timeout))
        return;
    term_print(t);
    fail_msg("waited %d ms in vain for %s", slow_ms(timeout), what);
}

static bool has_text(struct term *t, const void *text)
{
    return term_find(t, text, NULL, NULL);
}

static bool has_not(struct term *t, const void *text)
{
    return !term_find(t, text, NULL, NULL);
}

bool term_try_text(struct term *t, const char *text, int timeout)
{
    return term_try(t, has_text, text, timeout);
}

void term_wait_text(struct term *t, const char *text, int timeout)
{
    char what[256];

    snprintf(what, sizeof(what), "the text \"%s\"", text);
    term_wait(t, has_text, text, timeout, what);
}

void term_wait_gone(struct term *t, const char *text, int timeout)
{
    char what[256];

    snprintf(what, sizeof(what), "the text \"%s\" to go", text);
    term_wait(t, has_not, text, timeout, what);
}

struct row_text {
    int row;
    const char *text;
};

static bool row_has(struct term *t, const void *arg)
{
    const struct row_text *want = arg;
    struct buf b;
    bool found;

    buf_init(&b, 1 << 20);
    found = strstr(term_row(t, want->row, &b), want->text) != NULL;
    buf_release(&b);
    return found;
}

void term_wait_row(struct term *t, int row, const char *text, int timeout)
{
    struct row_text want = {row, text};
    char what[256];

    snprintf(what, sizeof(what), "the text \"%s\" in row %d", text, row);
    term_wait(t, row_has, &want, timeout, what);
}

static bool cursor_in(struct term *t, const void *arg)
{
    int row;

    term_cursor(t, &row, NULL, NULL);
    return row == *(const int *)arg;
}

void term_wait_cursor_row(struct term *t, int row, int timeout)
{
    char what[64];

    snprintf(what, sizeof(what), "the cursor in row %d", row);
    term_wait(t, cursor_in, &row, timeout, what);
}

static bool has_exited(struct term *t, const void *arg)
{
    (void)arg;
    return t->exited;
}

/* The kernel hands a pty's bytes on a little later than it tells of the exit. */
static void drain(struct term *t)
{
    while (term_pump(t, 20))
        ;
}

bool term_try_exit(struct term *t, int timeout)
{
    bool gone = term_try(t, has_exited, NULL, timeout);

    if (gone)
        drain(t);
    return gone;
}

void term_wait_exit(struct term *t, int *status, int timeout)
{
    term_wait(t, has_exited, NULL, timeout, "the program to end");
    drain(t);
    *status = WIFEXITED(t->status) ? WEXITSTATUS(t->status) : 128 + WTERMSIG(t->status);
}

static bool has_stopped(struct term *t, const void *arg)
{
    (void)arg;
    return t->stopped;
}

void term_wait_stopped(struct term *t, int timeout)
{
    term_wait(t, has_stopped, NULL, timeout, "the program to stop");
    drain(t);
}

/* What a program that wants the CPU and does not get it would write is still to come. */
static bool is_silent(struct term *t, const void *arg)
{
    char state = process_state(t->pid);

    if (state == 'R' || state == 'D')
        t->last_output = now_ms();
    return now_ms() - t->last_output >= *(const int *)arg;
}

void term_settle(struct term *t)
{
    int quiet = slow_ms(SETTLE_MS);

    /* From here on: silence before the call says nothing about an answer to what was just sent. */
    t->last_output = now_ms();
    term_wait(t, is_silent, &quiet, 0, "silence");
}

void term_resize(struct term *t, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    while (term_pump(t, 0)) /* what was drawn for the old size belongs on the old screen */
        ;
    t->rows = rows;
    t->cols = cols;
    vterm_set_size(t->vt, rows, cols);
    if (ioctl(t->fd, TIOCSWINSZ, &size) < 0)
        fail_msg("resize: %s", strerror(errno));
}

static bool runs_again(struct term *t, const void *arg)
{
    (void)arg;
    return !t->stopped;
}

void term_foreground(struct term *t)
{
    if (write(t->command_fd, "f", 1) != 1)
        fail_msg("the keeper is gone");
    /* A key sent before would go to the keeper, which has the terminal until then. */
    term_wait(t, runs_again, NULL, 0, "the program to go on");
}

void term_hangup(struct term *t)
{
    close(t->fd);
    t->fd = -1;
}

void term_bytes_reset(struct term *t)
{
    while (term_pump(t, 0))
        ;
    t->bytes = 0;
}

size_t term_bytes(const struct term *t)
{
    return t->bytes;
}
