/*
 * Numbers over time: what charts, sparklines and the words about them are made from.
 *
 * A set has one row of places (days, months or years, one after the other without a hole) and one
 * or more series with a point at every place. A point that nobody filled in is missing, which is
 * not zero and is never added up as zero (features.md §8, rule 5). All functions but those that
 * fill a set are pure. Names are raw bytes from outside; whoever shows them makes them harmless.
 */
#ifndef MODEL_SERIES_H
#define MODEL_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/human.h"

struct civil;

enum series_step { SERIES_DAY, SERIES_MONTH, SERIES_YEAR };

/* name, word, mark in a chart: the state of a point */
#define POINT_LIST(X)                                                                              \
    X(MISSING, "missing", '?')                                                                     \
    X(WHOLE, "", '\0')                                                                             \
    X(AT_MOST, "at most", '<')                                                                     \
    X(INCOMPLETE, "incomplete", 'o')                                                               \
    X(SO_FAR, "so far", ':')                                                                       \
    X(FORECAST, "forecast", '.')

/* AT_MOST: an upper bound, because what it is made from overlaps (model/usage_parts.h).
 * INCOMPLETE: some of what it is made from did not report, so it is at least that much.
 * SO_FAR: its day, month or year is not over. */
enum point_state {
#define POINT_ENUM(upper, word, mark) POINT_##upper,
    POINT_LIST(POINT_ENUM)
#undef POINT_ENUM
        POINT_STATES
};

struct point {
    int64_t value; /* 0 where it is missing */
    enum point_state state;
    bool at_least, at_most; /* what the value is, also where the state tells something else */
    bool about; /* it may be more or less: what is not counted yet can also move some elsewhere */
};

/* SERIES_SHOWN_MAX of them are told apart in a chart; the rest is "other" there. */
enum {
    SERIES_MAX = 64,
    SERIES_POINTS_MAX = 4096,
    SERIES_SHOWN_MAX = 6,
    SERIES_PLACE_TEXT = 32,
    SERIES_REMARKS_MAX = 4
};

/* Stands for the sum of the shown series where an index of a series is asked for. */
#define SERIES_TOTAL ((size_t)-1)
/* The largest value, either side of zero: what JSON carries exactly. */
#define SERIES_VALUE_MAX ((int64_t)1 << 53)

struct series {
    char *name;           /* owned */
    struct point *points; /* owned, `count` of the set */
    bool hidden;          /* taken out of the chart by the user; it keeps its letter */
};

/* What is expected of the whole set at a place. It is kept beside the series and not in them, so
 * that no sum of facts can hold it. */
struct series_ahead {
    bool there;
    bool at_most; /* the value is the most that it can become; LOW is what is there already */
    bool rough;   /* neither that nor within LOW to HIGH */
    int64_t value, low, high;
};

struct series_set {
    char *name; /* owned: "Premium"; "" for none */
    char *unit; /* owned: "users"; "" for none */
    enum series_step step;
    int64_t first; /* a term (model/term.h), days since 1970-01-01, or a year */
    size_t count;  /* places */
    struct series *series;
    size_t series_count, series_cap;
    bool stacked; /* the series are parts of a whole (paid, free), first at the bottom */
    bool has_limit;
    int64_t limit;                     /* what is installed or committed */
    bool largest;                      /* a point is the largest day or month of its place */
    struct series_ahead *ahead;        /* owned, `count` of them; NULL: nothing is expected */
    char *remarks[SERIES_REMARKS_MAX]; /* owned */
    size_t remark_count;
};

/* 0; ERR_TOOBIG for more than SERIES_POINTS_MAX places, ERR_DATA for a place outside the years 1 to
 * 9999, ERR_NOMEM. NAME and UNIT are copied; NULL is "". */
int series_set_init(struct series_set *s, const char *name, const char *unit, enum series_step step,
                    int64_t first, size_t count);
void series_set_release(struct series_set *s);
/* Adds a series that is missing everywhere. Its index, or ERR_TOOBIG, ERR_NOMEM. */
int series_add(struct series_set *s, const char *name);
/* Sets the point at place I. 0, ERR_DATA beyond SERIES_VALUE_MAX (the point is as before),
 * ERR_BUG for a series or a place that is not there. */
int series_put(struct series_set *s, size_t which, size_t i, enum point_state state, int64_t value);
/* Says of the value there what it is, besides what its state says. 0 or ERR_BUG. */
int series_bound(struct series_set *s, size_t which, size_t i, bool at_least, bool at_most);
/* The value may be more or less; sums that hold it are bounded as their other parts say. */
int series_about(struct series_set *s, size_t which, size_t i);
/* What is expected at place I. 0, ERR_NOMEM, ERR_BUG, ERR_DATA beyond SERIES_VALUE_MAX. */
int series_expect(struct series_set *s, size_t i, const struct series_ahead *ahead);
/* NULL where nothing is expected, while a series is hidden, and in a set of several side by side:
 * it is expected of all together. */
const struct series_ahead *series_ahead(const struct series_set *s, size_t i);
/* A sentence that the chart, its table and its words show: how a forecast was made, or why there is
 * none. One too many is left out. 0 or ERR_NOMEM. */
int series_remark(struct series_set *s, const char *text);
/* Marks S as one whose points are each the largest one of its PARTS (days, months), and remarks it:
 * "each year is its largest month". 0 or ERR_NOMEM. */
int series_largest(struct series_set *s, enum series_step parts);
/* OUT, not initialised, becomes MONTHS by year. Users are never added up over months: a year is its
 * month with the largest total, and its parts are that month's. It is at least that much where
 * months of it are missing, not in the set, or at least that much, so far where its last month is,
 * missing where all are. What is expected is left out, remarks are taken over. 0, ERR_NOMEM,
 * ERR_BUG for a set of days. */
int series_by_year(const struct series_set *months, struct series_set *out);
/* The place of a day, term or year; SIZE_MAX outside the set. */
size_t series_find(const struct series_set *s, int64_t place);
void series_limit(struct series_set *s, int64_t limit);

/* The point at I of one series, or with SERIES_TOTAL the sum over the series that are not hidden:
 * missing where all are, incomplete where some are. Where nothing is there yet and something is
 * expected the total, or the only series, is that forecast; parts of it have no value (0). Missing
 * outside the set. O(1), O(series). */
struct point series_at(const struct series_set *s, size_t which, size_t i);
/* The last place with a value that counts (its month is over); false when there is none. */
bool series_last(const struct series_set *s, size_t which, size_t *out);
/* The same among the places before I. */
bool series_before(const struct series_set *s, size_t which, size_t i, size_t *out);
size_t series_states(const struct series_set *s, size_t which, enum point_state state);

/* The order of the legend: by last value, largest first, equal ones as they were added, those
 * without a value last; at most SERIES_SHOWN_MAX. A stacked set keeps the order of its parts.
 * Returns how many; OUT[0] is the index of the series with the letter A. */
size_t series_rank(const struct series_set *s, size_t out[SERIES_SHOWN_MAX]);
/* The letter of the K-th series of the legend; '*' for "other". */
char series_letter(size_t k);
/* A copy of S in the order of the legend, with what is beyond SERIES_SHOWN_MAX added up as one more
 * series "other". 0 or ERR_NOMEM. Release it. */
int series_fold(const struct series_set *s, struct series_set *out);

/* Year, month and day of place I (day and month 1 where the step is longer). */
void series_civil(const struct series_set *s, size_t i, struct civil *out);
/* "Oct 17, 2026", "Oct 2026", "2026"; WITH_YEAR false: "Oct 17", "Oct", "2026". */
const char *series_place(const struct series_set *s, size_t i, bool with_year,
                         char out[SERIES_PLACE_TEXT]);
/* "month", "months": N days, months or years. */
const char *series_step_word(const struct series_set *s, size_t n);
const char *point_word(enum point_state state); /* "so far"; "" for a whole one */
char point_mark(enum point_state state);        /* features.md §8, rules 4, 5 and 7 */
const char *point_sign(struct point p);         /* ">= ", "<= ", "~ " for both, "" */

/* "+4.2 %" as human_change() says it; "" where a share means nothing: from or to less than
 * nothing, and from zero. */
const char *series_change(int64_t before, int64_t after, char out[HUMAN_MAX]);
/* "+146", "-1 204", "0". */
const char *series_delta(int64_t before, int64_t after, char out[HUMAN_MAX]);

#endif
