/*
 * When a server reported, day by day (features.md M37): 31 cells, `#` reported, `.` missed,
 * `?` unknown.
 *
 * The service only ever tells the last report (published.md §3.1). An observation "seen at S, last
 * report at L" says two things: there was a report at L, and there was none after L up to S. From
 * all observations that luitop has made:
 *   #  a report is known to lie in the day
 *   .  no report is known in it, and the whole day lies in spans known to be without
 *   ?  neither: luitop was not looking, or the day is not over
 * Days are calendar days of ZONE. Nothing is guessed from the daily rhythm of uploads.
 */
#ifndef MODEL_TIMELINE_H
#define MODEL_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum { TIMELINE_DAYS = 31 };

struct report_seen {
    int64_t seen;     /* when the service was asked */
    int64_t reported; /* the last report then; TIME_NONE: none ever */
};

struct timeline {
    char cells[TIMELINE_DAYS + 1]; /* the oldest day first, today last; NUL-terminated */
    int reported, missed, unknown; /* cells of each kind */
    int64_t longest;               /* the longest span known to be without a report, in seconds */
    int64_t longest_from;          /* where it begins; TIME_NONE when there is none */
    int64_t last;                  /* the latest report known; TIME_NONE */
    /* How much later than a day the next report is at NOW: 0 within a day of the last one. Uploads
     * are daily (published.md §3.16). -1 when no report is known. */
    int64_t late;
};

/* SEEN in any order; those after NOW are left out, and a report after its observation counts as at
 * the observation (clocks differ). Spans reach back before the 31 days. O(n log n).
 * 0 or ERR_NOMEM. */
int timeline_make(struct timeline *out, const struct report_seen *seen, size_t count, int64_t now,
                  const char *zone);
/* "24 of 31 days reported, 3 missed, 4 unknown; longest gap 13 d 02 h; 12 d 02 h late". */
void timeline_text(const struct timeline *t, struct buf *out);

#endif
