/*
 * A terminal with a program in it.
 *
 * The program runs on a real pty, started by a small job-controlling parent as from a shell (so
 * that Ctrl-Z stops it), and its output is read through libvterm, which is the screen that the
 * tests look at. TERM is xterm-256color; replies and keys are those of xterm.
 *
 * Every wait reads the pty until the state is there, and fails the test with a picture of the
 * screen after TIMEOUT milliseconds (0: the usual ceiling, run.h). The try_ forms return false
 * instead. No function sleeps for time to pass.
 *
 * A test's teardown calls term_stop(), which also kills what is left of a failed test.
 */
#ifndef TESTS_E2E_TERM_H
#define TESTS_E2E_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <vterm.h>

#include "base/buf.h"
#include "tests/e2e/run.h"

/* Private modes that a program can leave behind: name, number, state of a fresh xterm. */
#define TERM_MODES(X)                                                                              \
    X(APP_CURSOR, 1, false)                                                                        \
    X(WRAP, 7, true)                                                                               \
    X(CURSOR, 25, true)                                                                            \
    X(MOUSE, 1000, false)                                                                          \
    X(MOUSE_DRAG, 1002, false)                                                                     \
    X(MOUSE_ALL, 1003, false)                                                                      \
    X(FOCUS, 1004, false)                                                                          \
    X(MOUSE_SGR, 1006, false)                                                                      \
    X(META, 1034, false)                                                                           \
    X(ALT_SCREEN, 1049, false)                                                                     \
    X(PASTE, 2004, false)

enum term_mode {
#define TERM_MODE_ENUM(name, number, initially) TERM_##name,
    TERM_MODES(TERM_MODE_ENUM)
#undef TERM_MODE_ENUM
        TERM_MODE_COUNT
};

/* Reads the byte stream for what libvterm does not tell: the private modes. */
struct term_stream {
    int state;
    char seq[64];
    size_t seq_len;
    bool mode[TERM_MODE_COUNT];
    bool app_keypad;
};

struct term {
    VTerm *vt;
    VTermScreen *screen;
    int rows, cols;
    int fd;         /* the pty's master, -1 after term_hangup() */
    pid_t pid;      /* the program: for signals and /proc */
    pid_t keeper;   /* its job-controlling parent */
    int command_fd; /* to the keeper */
    int report_fd;  /* from it */
    bool stopped, exited;
    int status; /* as waitpid() gives it, when stopped or exited */
    struct term_stream stream;
    struct buf raw; /* everything the program wrote, up to 64 MB */
    size_t bytes;
    int64_t last_output; /* now_ms() */
    char home[TEMP_PATH];
};

/* Starts ARGV (found through PATH) in a fresh HOME with env_make()'s environment. */
void term_start(struct term *t, int rows, int cols, const char *const *argv,
                const char *const *extra_env);
void term_stop(struct term *t);

/* Reads what there is, waiting at most MS for a first byte; true when something came. */
bool term_pump(struct term *t, int ms);
/* Pumps until DONE says so; false after TIMEOUT. */
bool term_try(struct term *t, bool (*done)(struct term *, const void *), const void *arg,
              int timeout);
bool term_try_text(struct term *t, const char *text, int timeout);
bool term_try_exit(struct term *t, int timeout);

void term_wait(struct term *t, bool (*done)(struct term *, const void *), const void *arg,
               int timeout, const char *what);
void term_wait_text(struct term *t, const char *text, int timeout);
void term_wait_gone(struct term *t, const char *text, int timeout);
void term_wait_row(struct term *t, int row, const char *text, int timeout);
void term_wait_cursor_row(struct term *t, int row, int timeout);
/* *STATUS: the exit status, or 128 + the signal. What was written before is on the screen. */
void term_wait_exit(struct term *t, int *status, int timeout);
void term_wait_stopped(struct term *t, int timeout);
/* Waits until the program has neither written nor wanted to run for 50 ms: for counting bytes,
 * after a wait for what the last of them draws. */
void term_settle(struct term *t);

void term_send(struct term *t, const char *bytes);
/* One key by name: "a", "é", "Enter", "Esc", "Tab", "Backspace", "Space", "Up", "PgDn", "F1", …,
 * with "C-", "M-" or "S-" in front. Cursor keys follow the application mode, as in xterm.
 * ":word" types the word and Enter. */
void term_key(struct term *t, const char *name);
/* Several, separated by spaces. */
void term_keys(struct term *t, const char *names);
/* As a paste: bracketed when the program asked for it. */
void term_paste(struct term *t, const char *text);

void term_resize(struct term *t, int rows, int cols);
/* The shell's fg: the terminal is given back and SIGCONT sent; returns when the program goes on. */
void term_foreground(struct term *t);
/* The line drops: the pty is closed, the program gets SIGHUP. */
void term_hangup(struct term *t);

/* Text without trailing blanks, wide characters once; "" for a row that is not there. The caller
 * gives an initialised buffer, which is reset. */
const char *term_row(struct term *t, int row, struct buf *out);
const char *term_screen(struct term *t, struct buf *out); /* every row with its newline */
bool term_find(struct term *t, const char *text, int *row, int *col); /* NULLs are allowed */
void term_print(struct term *t); /* the screen in a frame, to stderr */

struct term_look {
    char text[32]; /* the cell's character with its marks, "" when blank */
    bool bold, reverse, underline, italic;
    int fg, bg; /* palette number, -1: default, -2: direct colour */
};
void term_cell(struct term *t, int row, int col, struct term_look *out);
void term_cursor(struct term *t, int *row, int *col, bool *visible);
/* The terminal's state in words ("iflag 500 … icanon echo isig icrnl opost WRAP CURSOR"): compare
 * before and after a program ran. */
const char *term_modes(struct term *t, struct buf *out);
bool term_mode(const struct term *t, enum term_mode mode);

void term_bytes_reset(struct term *t);
size_t term_bytes(const struct term *t);
/* A number from /proc/PID/status, such as "voluntary_ctxt_switches" or "VmHWM"; -1: not there. */
int64_t term_proc(const struct term *t, const char *name);
/* Time on a CPU so far, in microseconds; -1 where the kernel does not tell. */
int64_t term_cpu_us(const struct term *t);

/* Parts of the harness. */
void term_stream_init(struct term_stream *s);
void term_stream_feed(struct term_stream *s, const char *data, size_t n);
enum { KEEPER_STARTED = 1, KEEPER_EXEC_FAILED, KEEPER_CHANGED };
struct keeper_report {
    int kind, value; /* pid, errno, or waitpid()'s status */
};
void keeper_main(int slave, int command_fd, int report_fd, const char *const *argv, char **env)
    __attribute__((noreturn));

#endif
