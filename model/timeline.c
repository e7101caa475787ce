#include "model/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"

enum { DAY_SECONDS = 86400 };

/* No report after FROM up to TO. FROM itself is a report where `report`. */
struct span {
    int64_t from, to;
    bool report;
};

static int compare_spans(const void *pa, const void *pb)
{
    const struct span *a = pa, *b = pb;

    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

/* The spans of SEEN, by their beginning; those that begin with one report become one. */
static size_t make_spans(struct span *spans, const struct report_seen *seen, size_t count,
                         int64_t now)
{
    size_t n = 0, kept = 0;

    for (size_t i = 0; i < count; i++) {
        int64_t reported = seen[i].reported;

        if (seen[i].seen > now || seen[i].seen == TIME_NONE)
            continue;
        if (reported > seen[i].seen)
            reported = seen[i].seen;
        spans[n++] = (struct span){reported, seen[i].seen, reported != TIME_NONE};
    }
    if (n > 1)
        qsort(spans, n, sizeof(*spans), compare_spans);
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && spans[kept - 1].from == spans[i].from)
            spans[kept - 1].to = spans[i].to;
        else
            spans[kept++] = spans[i];
    }
    return kept;
}

static int64_t day_start(const struct civil *today, int days_back, const char *zone)
{
    struct civil c = {today->year, today->month, today->day - days_back, 0, 0, 0};

    return zone_time(zone, &c);
}

/* The day from START up to END. */
static char cell(const struct span *spans, size_t n, int64_t start, int64_t end)
{
    int64_t covered = start;

    for (size_t i = 0; i < n && spans[i].from < end; i++) {
        if (spans[i].report && spans[i].from >= start)
            return '#';
        if (spans[i].from <= covered && spans[i].to > covered)
            covered = spans[i].to;
    }
    return covered >= end ? '.' : '?';
}

static void measure(struct timeline *t, const struct span *spans, size_t n, int64_t now)
{
    t->longest_from = t->last = TIME_NONE;
    t->late = -1;
    for (size_t i = 0; i < n; i++) {
        int64_t to;

        if (!spans[i].report)
            continue;
        t->last = spans[i].from;
        /* The service may tell of a report after having said that there was none. */
        to = i + 1 < n && spans[i + 1].from < spans[i].to ? spans[i + 1].from : spans[i].to;
        if (to - spans[i].from > t->longest) {
            t->longest = to - spans[i].from;
            t->longest_from = spans[i].from;
        }
    }
    if (t->last != TIME_NONE)
        t->late = now - t->last > DAY_SECONDS ? now - t->last - DAY_SECONDS : 0;
}

int timeline_make(struct timeline *out, const struct report_seen *seen, size_t count, int64_t now,
                  const char *zone)
{
    struct span *spans = calloc(count + 1, sizeof(*spans));
    struct timeline t = {0};
    struct civil today;
    size_t n;

    if (spans == NULL)
        return ERR_NOMEM;
    n = make_spans(spans, seen, count, now);
    zone_civil(zone, now, &today);
    for (int i = 0; i < TIMELINE_DAYS; i++) {
        int back = TIMELINE_DAYS - 1 - i;

        t.cells[i] =
            cell(spans, n, day_start(&today, back, zone), day_start(&today, back - 1, zone));
        t.reported += t.cells[i] == '#';
        t.missed += t.cells[i] == '.';
        t.unknown += t.cells[i] == '?';
    }
    measure(&t, spans, n, now);
    *out = t;
    free(spans);
    return 0;
}

void timeline_text(const struct timeline *t, struct buf *out)
{
    char span[HUMAN_MAX];

    buf_addf(out, "%d of %d days reported, %d missed, %d unknown", t->reported, TIMELINE_DAYS,
             t->missed, t->unknown);
    if (t->longest_from != TIME_NONE)
        buf_addf(out, "; longest gap %s", human_span(t->longest, span));
    if (t->late > 0)
        buf_addf(out, "; %s late", human_span(t->late, span));
}
