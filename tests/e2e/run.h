/*
 * Programs without a terminal, the environment that every test program gets, and temp folders.
 */
#ifndef TESTS_E2E_RUN_H
#define TESTS_E2E_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Milliseconds of the monotonic clock. */
int64_t now_ms(void);
/* MS stretched by LUITOP_TEST_SLOW; 0 stands for the usual ceiling of two minutes: what is waited
 * for is there in milliseconds, or in a minute when others have the machine. */
int slow_ms(int ms);
/* The value of the environment variable NAME, or FALLBACK; the test fails when both are NULL. */
const char *env_path(const char *name, const char *fallback);

/* A NULL-terminated environment for execve(): PATH, TERM=xterm-256color, LC_ALL=C.UTF-8, TZ=UTC,
 * HOME, the sanitizers' options, and EXTRA ("NAME=value", NULL-terminated, may be NULL), which
 * wins. Nothing else is inherited. Free with env_free(). */
char **env_make(const char *home, const char *const *extra);
void env_free(char **env);

/* A new folder, mode 0700, in PATH; temp_remove() deletes it with all that is in it. */
enum { TEMP_PATH = 128 };
void temp_make(char path[TEMP_PATH]);
void temp_remove(const char *path);
/* Writes TEXT to PATH with MODE. */
void temp_write(const char *path, unsigned mode, const char *text);

struct run {
    int status; /* exit status, or 128 + the signal */
    struct buf out, err;
};

/* Runs ARGV to its end with INPUT (NULL: nothing) on stdin; fails the test when that takes longer
 * than the usual ceiling. run_release() afterwards. */
void run(struct run *r, const char *const *argv, const char *const *extra_env, const char *input);
void run_release(struct run *r);

#endif
