/*
 * luitop's dashboard on a terminal of the harness, with a sandbox behind it: what the tests of the
 * dashboard share. Nothing here depends on the layout of a pane, except that the last line of a
 * screen of ten rows or more tells the number of requests, and that a list says "N shown / M".
 */
#ifndef TESTS_E2E_LUITOP_H
#define TESTS_E2E_LUITOP_H

#include <stdbool.h>
#include <sys/types.h>

#include "tests/e2e/e2e.h"
#include "tests/e2e/process.h"

struct lt {
    struct sandbox sb;
    struct term t;
    struct buf b; /* for a test's own use */
};

/* The three steps of lt_start(), for tests that do something in between. ARGS and ENV are
 * NULL-terminated additions and may be NULL. lt_run() starts luitop with the sandbox's settings
 * file and SANDBOX_NOW; one that was started before is gone then. */
void lt_sandbox(struct lt *lt, const char *const *sandbox_args);
void lt_run(struct lt *lt, int rows, int cols, const char *const *luitop_args,
            const char *const *env);
/* Waits until the status line tells of requests and of none that still runs. */
void lt_wait_loaded(struct lt *lt);
void lt_start(struct lt *lt, int rows, int cols, const char *const *sandbox_args,
              const char *const *luitop_args, const char *const *env);
/* Ends both. Safe on a zeroed struct, and after a failed step. */
void lt_stop(struct lt *lt);

/* cmocka's set-up and tear-down: *STATE is a zeroed struct lt. */
int lt_set_up(void **state);
int lt_tear_down(void **state);
#define LT_TEST(name) cmocka_unit_test_setup_teardown(name, lt_set_up, lt_tear_down)

/* Presses keys, one after the other, each as soon as luitop has done with the one before; when it
 * returns, the screen shows what came of them, answers of the service aside. */
void lt_keys(struct lt *lt, const char *names);
/* Text as typed at once, then silence. */
void lt_type(struct lt *lt, const char *text);
/* The number of requests in the status line, -1 when there is none. */
long lt_requests(struct lt *lt);
/* Presses KEY and waits until requests were made and answered. */
void lt_refresh(struct lt *lt, const char *key);
/* "N shown / M": both -1 when it is not on the screen. */
void lt_shown(struct lt *lt, long *shown, long *total);
void lt_expect_shown(struct lt *lt, long shown, long total);
/* The row that has the hardware cursor, until the next call for the same buffer. */
const char *lt_focus(struct lt *lt, struct buf *out);
/* The license server's name ("LIC07") in row ROW, or that has the focus; "" without one. */
const char *lt_host_at(struct lt *lt, int row, char out[16]);
const char *lt_host(struct lt *lt, char out[16]);
/* The names of the servers on the screen, top to bottom, blank-separated. */
const char *lt_hosts(struct lt *lt, struct buf *out);
/* Where that name stands: -1 when it does not. */
int lt_row_of(struct lt *lt, const char *host);
/* Fails, with the screen, unless TEXT is on it, or comes with the rest of the frame. */
void lt_expect(struct lt *lt, const char *text);
void lt_expect_not(struct lt *lt, const char *text);
/* Fails unless the row with the hardware cursor is the only one that carries the focus mark. */
void lt_expect_focus(struct lt *lt);
/* … and is the row of this license server. */
void lt_expect_host(struct lt *lt, const char *host);
/* The screen without its last line, which tells the age of the data. */
const char *lt_body(struct lt *lt, struct buf *out);
/* Fails, with what differs, unless lt_body() is BODY. */
void lt_expect_body(struct lt *lt, const char *body);
/* Whether the screen differs from the golden NAME-COLSxROWS; says how. So that one UPDATE=1
 * refreshes all goldens of a test, and one run shows all that differ. */
bool lt_differs(struct lt *lt, const char *name);
/* Compares the screen with the golden NAME. */
void lt_golden(struct lt *lt, const char *name);
/* Waits for the end of luitop and expects STATUS. */
void lt_expect_exit(struct lt *lt, int status);

/* True when the tests run in programs that are slowed down by their build or by valgrind, where
 * CPU time and context switches tell nothing. */
bool lt_is_slowed(void);

#endif
