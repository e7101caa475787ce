/*
 * Where the numbers are going (features.md M7): always marked as a forecast, always with how wrong
 * the same method has been before, and refused where there is too little to go by.
 *
 * Month end, method "run-rate": T users seen by the end of day d of a month of D days, in the
 * billing time zone, give
 *     F = round(T * D / d)                       (halves up)
 * Days that have begun count. It supposes that new users come evenly; regular users who come early
 * make it too high, so F is at the same time shown as "at most": LOW is T, what is counted already.
 * Refused on the first FORECAST_DAYS_MIN - 1 days of a month.
 *
 * Months ahead, method "trend": a straight line by least squares through the last n known points
 * (n at most FORECAST_FIT_MAX, of the FORECAST_SPAN months up to the last known one; closed and
 * complete ones only: partial, incomplete, missing and negative points and upper bounds are left
 * out). With x
 * the term and y the users,
 *     N = n * sum(xy) - sum(x) * sum(y)    E = n * sum(xx) - sum(x)^2
 *     F(x) = max(0, round((sum(y) * E + (n * x - sum(x)) * N) / (n * E)))       (halves up)
 * computed in whole numbers. The band is F +- B, not below 0, where B is the largest distance of
 * a point from the line: B = max |y - F(x)| over the n points.
 *
 * The back-test replays the past ("rolling origin"): for every known point k that has at least
 * FORECAST_FIT_MIN usable points up to and including it, the trend is made from what was known then
 * and compared with the known points among the FORECAST_AHEAD months after k. Of all those pairs
 *     error = median of round(1000 * |F - y| / y) over the pairs with y > 0, in thousandths
 * (the lower middle of an even number), and `inside` counts the pairs in their band. Refused when
 * there are fewer than FORECAST_FIT_MIN usable points or fewer than FORECAST_TESTS_MIN pairs.
 *
 * All results are whole users, never negative; beyond the range of int64_t they stop at its end.
 */
#ifndef MODEL_FORECAST_H
#define MODEL_FORECAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/history.h"

struct buf;
struct err;

enum {
    FORECAST_AHEAD = 12,
    FORECAST_FIT_MAX = 12,
    FORECAST_FIT_MIN = 6,
    FORECAST_SPAN = 24,
    FORECAST_TESTS_MIN = 3,
    FORECAST_DAYS_MIN = 4,
};

struct forecast_point {
    int term;
    int64_t value, low, high;
};

/* How wrong the method was before. */
struct forecast_error {
    bool known;
    size_t pairs;     /* forecasts compared with what came */
    size_t inside;    /* of them within their band */
    int64_t permille; /* median error in thousandths of what came */
};

struct forecast {
    const char *method; /* "run-rate", "trend" */
    struct forecast_point points[FORECAST_AHEAD];
    size_t count;
    size_t used;  /* points or days that it is made from */
    int64_t band; /* B; 0 for the run-rate */
    struct forecast_error error;
};

/* An observation of a month that was running then: TOTAL users seen by the end of DAY of TERM. */
struct forecast_seen {
    int term, day;
    int64_t total;
};

/* The running month's end from TOTAL users counted so far. SEEN (may be NULL): what earlier months
 * were at some day, e.g. from the store; FINALS: the points of closed months. Each observation on a
 * day of at least FORECAST_DAYS_MIN whose month is known makes a pair of the back-test (the error
 * is not known without any; the band is not tested). 0, or ERR_DATA with the reason when it is
 * refused. */
int forecast_month_end(int64_t total, int64_t now, const char *zone,
                       const struct forecast_seen *seen, size_t seen_count,
                       const struct history_point *finals, size_t final_count, struct forecast *out,
                       struct err *err);

/* The FORECAST_AHEAD months after the last known point of POINTS (ascending terms). 0, or ERR_DATA
 * with the reason when it is refused. O(count * FORECAST_FIT_MAX). */
int forecast_year(const struct history_point *points, size_t count, struct forecast *out,
                  struct err *err);

/* "trend of 12 months, typically 3.1 % off (45 tests)", "run-rate of 23 days, error not known": how
 * it was made, for the line under a chart. Appends to OUT. */
void forecast_text(const struct forecast *f, struct buf *out);

#endif
