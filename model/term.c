#include "model/term.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"

int term_parse(const char *s, int *out, struct err *err)
{
    int year = 0, month = 0, term;
    bool ok = s != NULL && strlen(s) == 7 && s[4] == '-';

    for (int i = 0; ok && i < 7; i++) {
        if (i == 4)
            continue;
        ok = s[i] >= '0' && s[i] <= '9';
        if (i < 4)
            year = year * 10 + (s[i] - '0');
        else
            month = month * 10 + (s[i] - '0');
    }
    if (!ok || month < 1 || month > 12) {
        err_set(err, ERR_DATA, "\"%.40s\" is not a month", s != NULL ? s : "");
        err_next(err, "Write the year and the month, as in 2026-11.");
        return ERR_DATA;
    }
    term = year * 12 + month - 1;
    if (term < TERM_FIRST) {
        err_set(err, ERR_DATA, "There is no data for %s", s);
        err_next(err, "The first month with data is 2016-02.");
        return ERR_DATA;
    }
    *out = term;
    return 0;
}

const char *term_text(int term, char out[TERM_TEXT])
{
    out[0] = '\0';
    if (term >= 0)
        snprintf(out, TERM_TEXT, "%04d-%02d", term / 12 % 10000, term % 12 + 1);
    return out;
}

const char *term_human(int term, char out[TERM_TEXT])
{
    if (term >= 0)
        snprintf(out, TERM_TEXT, "%s %d", human_month(term % 12 + 1), term / 12 % 10000);
    else
        snprintf(out, TERM_TEXT, "-");
    return out;
}

int term_of(int64_t now, const char *zone)
{
    struct civil c;

    zone_civil(zone, now, &c);
    return c.year * 12 + c.month - 1;
}

/* What ZONE's wall clock shows at T, as seconds on a clock without zones. */
static int64_t wall_clock(int64_t t, const char *zone)
{
    struct civil c;

    zone_civil(zone, t, &c);
    return civil_to_time(&c, 0);
}

/* The first instant of DAY of TERM in ZONE. zone_time() finds it except where the clocks skip or
 * repeat that midnight; then it is searched for. */
static int64_t day_start(int term, int day, const char *zone)
{
    struct civil c = {term / 12, term % 12 + 1, day, 0, 0, 0};
    int64_t wanted = civil_to_time(&c, 0), t = zone_time(zone, &c);
    int64_t before = wanted - 2 * 86400, after = wanted + 2 * 86400;

    if (wall_clock(t, zone) == wanted && wall_clock(t - 1, zone) < wanted)
        return t;
    while (after - before > 1) {
        int64_t middle = before + (after - before) / 2;

        if (wall_clock(middle, zone) < wanted)
            before = middle;
        else
            after = middle;
    }
    return after;
}

int64_t term_start(int term, const char *zone)
{
    return day_start(term, 1, zone);
}

/* The days of a month on which a change may still name the month before (extensions.md, "Rules the
 * server enforces"). */
static const int previous_term_days[] = {
    [CHANGE_USER] = 10,
    [CHANGE_LINK] = 10,
    [CHANGE_FREE_SERVER] = 0,
};

int64_t window_closes(enum change_kind kind, int term, int64_t now, const char *zone)
{
    int current = term_of(now, zone), days = previous_term_days[kind];
    int64_t closes;

    if (term < 0 || (term != current && term != current - 1))
        return TIME_NONE;
    closes = day_start(term + 1, days + 1, zone);
    return now < closes ? closes : TIME_NONE;
}

void term_spans(struct buf *out, const bool *flags, size_t count, int from, size_t most)
{
    size_t spans = 0, more = 0;
    char text[TERM_TEXT];

    for (size_t i = 0; i < count; i++) {
        size_t end = i;

        if (!flags[i])
            continue;
        while (end + 1 < count && flags[end + 1])
            end++;
        if (spans >= most) {
            more += end - i + 1;
        } else {
            buf_addf(out, "%s%s", spans > 0 ? ", " : "", term_text(from + (int)i, text));
            if (end > i)
                buf_addf(out, "%s%s", end == i + 1 ? ", " : " to ",
                         term_text(from + (int)end, text));
            spans++;
        }
        i = end;
    }
    if (more > 0)
        buf_addf(out, " and %zu more", more);
}
