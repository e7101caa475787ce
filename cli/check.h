/*
 * `luitop check`: a monitoring plug-in (features.md M35). One line on stdout, "TEXT | perfdata",
 * and an exit status of 0 to 3; whatever keeps luitop from knowing is 3, UNKNOWN.
 *
 * Names from outside cannot add perfdata or lines: they are made harmless, "|" included, and cut.
 */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include <stddef.h>
#include <stdint.h>

#include "model/view.h"

struct args;
struct buf;
struct err;

/* state, exit status, word; the worst state wins, and what is wrong for sure is worse than what is
 * not known */
#define CHECK_LIST(X)                                                                              \
    X(OK, 0, "OK")                                                                                 \
    X(UNKNOWN, 3, "UNKNOWN")                                                                       \
    X(WARNING, 1, "WARNING")                                                                       \
    X(CRITICAL, 2, "CRITICAL")
enum check_state {
#define CHECK_ENUM(upper, status, word) CHECK_##upper,
    CHECK_LIST(CHECK_ENUM)
#undef CHECK_ENUM
        CHECK_COUNT
};
int check_exit_status(enum check_state s);
const char *check_word(enum check_state s);

enum { CHECK_OFF = -1 };

/* Counts: more than this many servers that do not report. Days: a licence that ends within as many
 * days, or has ended. CHECK_OFF: no such threshold. */
struct check_limits {
    int64_t warning, critical;
    int64_t expiry_warning, expiry_critical;
};
/* The defaults with what the options say. 0 or ERR_USAGE. */
int check_limits_read(struct check_limits *out, const struct args *a, struct err *err);

/* Judges the servers that V shows and appends the line, with its end, to OUT. UNREADABLE rows make
 * an OK unknown; so does V without a row. */
enum check_state check_servers(struct buf *out, const struct view *v,
                               const struct check_limits *limits, size_t unreadable, int64_t now);
/* The line for what cannot be known. */
void check_unknown(struct buf *out, const char *what, const struct err *err);

#endif
