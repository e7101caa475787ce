/*
 * luitop's commands against a sandbox: what the tests of the command line share.
 */
#ifndef TESTS_E2E_CMD_H
#define TESTS_E2E_CMD_H

#include "tests/e2e/e2e.h"

struct cmd {
    struct sandbox sb;
    struct run r;             /* the last command */
    struct buf b;             /* for a test's own use */
    const char *const *env;   /* for the commands that follow; borrowed, may be NULL */
    char path[TEMP_PATH * 2]; /* cmd_path() */
};

/* cmocka's set-up (a sandbox of few users) and tear-down: *STATE is a struct cmd. */
int cmd_set_up(void **state);
int cmd_tear_down(void **state);
#define CMD_TEST(name) cmocka_unit_test_setup_teardown(name, cmd_set_up, cmd_tear_down)

/* A sandbox with other arguments instead. */
void cmd_sandbox(struct cmd *c, const char *const *args);
/* The path of the file NAME in the sandbox's folder; good until the next call. */
const char *cmd_path(struct cmd *c, const char *name);

/* Runs luitop with the sandbox's settings, SANDBOX_NOW and the words that follow, up to a NULL;
 * each time in a fresh home. */
void cmd_run(struct cmd *c, ...) __attribute__((sentinel));
/* The same without the settings and the clock. */
void cmd_bare(struct cmd *c, ...) __attribute__((sentinel));
/* The last command ended with STATUS; fails with what it wrote. */
void cmd_expect(struct cmd *c, int status);
/* … with STATUS, wrote nothing to stdout, and one line to stderr that holds each of the texts that
 * follow, up to a NULL. */
void cmd_expect_error(struct cmd *c, int status, ...) __attribute__((sentinel));
/* TEXT holds PART, or does not; fails with TEXT. */
void expect_part(const char *text, const char *part);
void expect_no_part(const char *text, const char *part);
int count_lines(const char *text);
/* What the file at PATH holds, into OUT (reset). */
const char *read_file(const char *path, struct buf *out);
/* Every FROM in the usual settings file of S becomes TO. */
void settings_replace(struct sandbox *s, const char *from, const char *to);

#endif
