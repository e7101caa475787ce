/*
 * Errors.
 *
 * A function that can fail returns 0 or a negative `enum err_code` and, where the caller can use
 * more, fills a trailing `struct err *` (which may be NULL). Out parameters stay untouched on
 * failure. The struct answers a person's three questions: what failed, why, what to do next.
 * Secrets never go into it; text from outside goes in raw and is made harmless where it is shown
 * (utf8.h).
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stddef.h>

/* name, exit status of the command line (sysexits where one fits), short word */
#define ERR_LIST(X)                                                                                \
    X(NOMEM, 1, "out of memory")                                                                   \
    X(IO, 1, "input/output")                                                                       \
    X(BUG, 1, "internal error")                                                                    \
    X(PARTIAL, 10, "partly done")                                                                  \
    X(USAGE, 64, "usage")                                                                          \
    X(DATA, 65, "bad data")                                                                        \
    X(TOOBIG, 65, "too big")                                                                       \
    X(UNREACHABLE, 69, "unreachable")                                                              \
    X(TLS, 69, "TLS")                                                                              \
    X(SERVER, 69, "service failed")                                                                \
    X(NOTFOUND, 69, "not found")                                                                   \
    X(TIMEOUT, 75, "timed out")                                                                    \
    X(BUSY, 75, "try later")                                                                       \
    X(AUTH, 77, "not signed in")                                                                   \
    X(FORBIDDEN, 77, "not permitted")                                                              \
    X(READONLY, 77, "read-only")                                                                   \
    X(SETTINGS, 78, "settings")                                                                    \
    X(CANCELLED, 130, "cancelled")

enum err_index {
#define ERR_INDEX(name, status, word) ERR_INDEX_##name,
    ERR_LIST(ERR_INDEX)
#undef ERR_INDEX
        ERR_COUNT
};

/* 0 is success; every code is negative, so `if (rc < 0)` works everywhere. */
enum err_code {
    ERR_NONE = 0,
#define ERR_CODE(name, status, word) ERR_##name = -1 - ERR_INDEX_##name,
    ERR_LIST(ERR_CODE)
#undef ERR_CODE
};

struct err {
    enum err_code code;
    int status;     /* HTTP status, 0 where none applies */
    char what[200]; /* "License servers could not be read" */
    char why[300];  /* "the service answered 403: not authorised" */
    char next[240]; /* "Ask for the License Usage Insights role, then press r." */
    char txid[80];  /* the service's transaction id, "" where none came */
};

/* Resets E and sets code and `what`; returns CODE so that `return err_set(...)` reads well. */
int err_set(struct err *e, enum err_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds to an error that err_set() began. Text that does not fit is cut at a character. */
void err_why(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void err_next(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void err_clear(struct err *e);

/* "what: why. next (HTTP 503, transaction 0f3a)" on one line, control characters escaped.
 * Writes at most SIZE bytes with the NUL; returns OUT. */
const char *err_sentence(const struct err *e, char *out, size_t size);

/* One short word or two for CODE ("not permitted"); "ok" for 0. */
const char *err_word(enum err_code code);
/* The process exit status documented for CODE; 0 for 0. */
int err_exit_status(enum err_code code);

#endif
