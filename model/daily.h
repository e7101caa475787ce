/*
 * Numbers a day, and their view by month and by year.
 *
 * A day is a plain number: days since 1970-01-01 on the calendar that the data uses; DAY_NONE where
 * there is none. Samples are maxima or levels (licences in use), so a month or a year takes the
 * largest day; days are never added up.
 */
#ifndef MODEL_DAILY_H
#define MODEL_DAILY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/history.h"
#include "model/series.h"

#define DAY_NONE INT32_MIN

enum { DAYS_MAX = 40000, DAY_TEXT = 16 };
enum daily_by { DAILY_DAY, DAILY_MONTH, DAILY_YEAR };

struct day_point {
    int32_t day; /* the first one of the span */
    int64_t value;
    enum history_state state; /* missing, known, partial (today is in it), incomplete */
    int32_t known, days;      /* days with a value, and all days of the span */
};

/* "YYYY-MM-DD" in the years 1970 to 9999: 0 or ERR_DATA. */
int day_parse(const char *s, int32_t *out);
const char *day_text(int32_t day, char out[DAY_TEXT]); /* "2026-11-23"; "" for DAY_NONE */
int32_t day_of(int64_t t, const char *zone);           /* the calendar day of T in ZONE */
/* The first day of the month or the year that DAY is in; DAY itself by day. */
int32_t day_span(int32_t day, enum daily_by by);
/* The first day of the span after that. */
int32_t day_span_next(int32_t day, enum daily_by by);

/* Groups N points of single days, in ascending order and at most one a day (days may be left out),
 * into spans without a hole from the first to the last. A span's value is its largest day's; it is
 * missing without any, partial when TODAY is in it, incomplete when some of its days have no value
 * or an incomplete one (so also where the data begins in its middle), else known. Writes at most
 * MAX of the latest spans; returns how many. O(N + spans). */
size_t daily_group(const struct day_point *points, size_t n, enum daily_by by, int32_t today,
                   struct day_point *out, size_t max);

/* SET, not initialised, becomes these points by BY, grouped as above, as one series for a chart
 * (model/chart.h, widgets/chart.h): the latest SERIES_POINTS_MAX places. By month and year it
 * says that a value is the largest day's. The caller adds a limit (series_limit()) and
 * remarks. Without points it has no place. 0 or ERR_NOMEM, ERR_DATA for a day without a date. */
int daily_series(struct series_set *set, const char *name, const char *unit,
                 const struct day_point *points, size_t n, enum daily_by by, int32_t today);

#endif
