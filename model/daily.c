#include "model/daily.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"

enum { DAY_SECONDS = 86400 };

int day_parse(const char *s, int32_t *out)
{
    struct civil c;
    int64_t t;

    if (s == NULL || strlen(s) != 10 || s[4] != '-' || s[7] != '-' ||
        time_parse(s, 10, &t, NULL) < 0 || t == TIME_NONE || t < 0)
        return ERR_DATA;
    civil_from_time(t, 0, &c);
    if (c.year > 9999)
        return ERR_DATA;
    *out = (int32_t)(t / DAY_SECONDS);
    return 0;
}

static void day_civil(int32_t day, struct civil *out)
{
    civil_from_time((int64_t)day * DAY_SECONDS, 0, out);
}

static int32_t civil_day(int year, int month, int day)
{
    const struct civil c = {year, month, day, 0, 0, 0};
    int64_t t = civil_to_time(&c, 0);

    /* Rounds down before 1970 too. */
    return (int32_t)((t - (t % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS) / DAY_SECONDS);
}

const char *day_text(int32_t day, char out[DAY_TEXT])
{
    struct civil c;

    out[0] = '\0';
    if (day == DAY_NONE)
        return out;
    day_civil(day, &c);
    if (c.year >= 1 && c.year <= 9999)
        snprintf(out, DAY_TEXT, "%04d-%02u-%02u", c.year, (unsigned)c.month % 100,
                 (unsigned)c.day % 100);
    return out;
}

int32_t day_of(int64_t t, const char *zone)
{
    struct civil c;

    zone_civil(zone, t, &c);
    return civil_day(c.year, c.month, c.day);
}

int32_t day_span(int32_t day, enum daily_by by)
{
    struct civil c;

    if (by == DAILY_DAY)
        return day;
    day_civil(day, &c);
    return civil_day(c.year, by == DAILY_YEAR ? 1 : c.month, 1);
}

int32_t day_span_next(int32_t day, enum daily_by by)
{
    struct civil c;

    if (by == DAILY_DAY)
        return day + 1;
    day_civil(day, &c);
    return by == DAILY_YEAR ? civil_day(c.year + 1, 1, 1) : civil_day(c.year, c.month + 1, 1);
}

/* The span that begins with point *AT, or before it; *AT moves behind it. */
static struct day_point span_at(const struct day_point *points, size_t n, size_t *at, int32_t first,
                                enum daily_by by, int32_t today)
{
    int32_t next = day_span_next(first, by);
    struct day_point span = {.day = first, .days = next - first};
    bool whole = true;

    for (; *at < n && points[*at].day < next; ++*at) {
        const struct day_point *p = &points[*at];

        if (p->state == HISTORY_MISSING)
            continue;
        if (span.known == 0 || p->value > span.value)
            span.value = p->value;
        span.known++;
        whole = whole && p->state != HISTORY_INCOMPLETE;
    }
    if (span.known == 0)
        span.state = HISTORY_MISSING;
    else if (today >= first && today < next)
        span.state = HISTORY_PARTIAL;
    else
        span.state = whole && span.known == span.days ? HISTORY_KNOWN : HISTORY_INCOMPLETE;
    return span;
}

size_t daily_group(const struct day_point *points, size_t n, enum daily_by by, int32_t today,
                   struct day_point *out, size_t max)
{
    size_t at = 0, count = 0;
    int32_t first;

    if (n == 0 || max == 0)
        return 0;
    first = day_span(points[0].day, by);
    /* Spans that would not fit are the oldest ones. */
    for (int64_t spans = 0, last = points[n - 1].day, day = last; day >= points[0].day; spans++) {
        first = day_span((int32_t)day, by);
        if ((size_t)spans + 1 == max)
            break;
        day = (int64_t)first - 1;
    }
    while (at < n && points[at].day < first)
        at++;
    while (at < n && count < max) {
        out[count++] = span_at(points, n, &at, first, by, today);
        first = day_span_next(first, by);
    }
    return count;
}

static enum point_state state_of(enum history_state s)
{
    static const enum point_state states[] = {
        [HISTORY_MISSING] = POINT_MISSING,
        [HISTORY_KNOWN] = POINT_WHOLE,
        [HISTORY_PARTIAL] = POINT_SO_FAR,
        [HISTORY_INCOMPLETE] = POINT_INCOMPLETE,
    };

    return states[s];
}

/* The place of a span in a set of series. */
static int64_t place_of(int32_t day, enum daily_by by)
{
    struct civil c;

    day_civil(day, &c);
    return by == DAILY_DAY ? day : by == DAILY_YEAR ? c.year : (int64_t)c.year * 12 + c.month - 1;
}

int daily_series(struct series_set *set, const char *name, const char *unit,
                 const struct day_point *points, size_t n, enum daily_by by, int32_t today)
{
    static const enum series_step steps[] = {
        [DAILY_DAY] = SERIES_DAY, [DAILY_MONTH] = SERIES_MONTH, [DAILY_YEAR] = SERIES_YEAR};
    struct day_point *spans = calloc(SERIES_POINTS_MAX, sizeof(*spans));
    struct series_set made;
    size_t count;
    int rc;

    if (spans == NULL)
        return ERR_NOMEM;
    count = daily_group(points, n, by, today, spans, SERIES_POINTS_MAX);
    rc = series_set_init(&made, name, unit, steps[by], place_of(count > 0 ? spans[0].day : 0, by),
                         count);
    if (rc < 0)
        goto out;
    rc = by != DAILY_DAY ? series_largest(&made, SERIES_DAY) : 0;
    if (rc == 0)
        rc = series_add(&made, name);
    if (rc < 0) {
        series_set_release(&made);
        goto out;
    }
    rc = 0;
    for (size_t i = 0; i < count; i++)
        series_put(&made, 0, i, state_of(spans[i].state), spans[i].value);
    *set = made;
out:
    free(spans);
    return rc;
}
