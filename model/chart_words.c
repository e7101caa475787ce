#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/chart_text.h"

/* More missing places than that are counted, not named. */
enum { NAMED_MAX = 3 };

static const char *name_of(const struct series_set *set, size_t which)
{
    if (which == SERIES_TOTAL)
        return set->name[0] != '\0' ? set->name : "All";
    if (set->series[which].name[0] != '\0')
        return set->series[which].name;
    return set->name[0] != '\0' ? set->name : "It";
}

static bool years_differ(const struct series_set *set)
{
    struct civil first, last;

    if (set->count == 0)
        return false;
    series_civil(set, 0, &first);
    series_civil(set, set->count - 1, &last);
    return first.year != last.year;
}

static void add_place(const struct series_set *set, size_t i, struct buf *out)
{
    char place[SERIES_PLACE_TEXT];

    buf_addstr(out, series_place(set, i, years_differ(set), place));
}

/* "in May", "on May 3" */
static void add_when(const struct series_set *set, size_t i, struct buf *out)
{
    buf_addstr(out, set->step == SERIES_DAY ? "on " : "in ");
    add_place(set, i, out);
}

static void add_value(struct point p, struct buf *out)
{
    char count[HUMAN_MAX];

    buf_addf(out, "%s%s", point_sign(p), human_count(p.value, count));
}

/* "5 100 (4 900 to 5 300)", BRIEF: "5 100"; "at most 5 100", "~ 5 100" */
static void add_ahead(const struct series_ahead *a, bool brief, struct buf *out)
{
    char value[HUMAN_MAX], low[HUMAN_MAX], high[HUMAN_MAX];

    buf_addf(out, "%s%s",
             a->at_most ? "at most "
             : a->rough ? "~ "
                        : "",
             human_count(a->value, value));
    if (!brief && !a->at_most && !a->rough && a->high > a->low)
        buf_addf(out, " (%s to %s)", human_count(a->low, low), human_count(a->high, high));
}

/* "; Aug missing", "; Jul and Aug missing", "; 5 months missing" */
static void add_missing(const struct series_set *set, size_t which, struct buf *out)
{
    size_t n = series_states(set, which, POINT_MISSING), said = 0;

    if (n == 0)
        return;
    if (n > NAMED_MAX) {
        buf_addf(out, "; %zu %s missing", n, series_step_word(set, n));
        return;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (series_at(set, which, i).state != POINT_MISSING)
            continue;
        buf_addstr(out, said == 0 ? "; " : said + 1 == n ? " and " : ", ");
        add_place(set, i, out);
        said++;
    }
    buf_addstr(out, " missing");
}

/* What is expected of the whole set, or a series that carries its own forecast. */
static void add_forecast(const struct series_set *set, size_t which, size_t i, struct buf *out)
{
    const struct series_ahead *a = series_ahead(set, i);
    char count[HUMAN_MAX];

    buf_addstr(out, "; forecast ");
    if (a != NULL)
        add_ahead(a, false, out);
    else
        buf_addstr(out, human_count(series_at(set, which, i).value, count));
    buf_addc(out, ' ');
    add_when(set, i, out);
}

/* "; Nov so far 1 204, month end at most 1 600; forecast 5 100 in Dec; 188 below the limit of
 * 5 000" */
static void add_rest(const struct series_set *set, size_t which, const struct point *last,
                     struct buf *out)
{
    bool whole = which == SERIES_TOTAL || set->series_count == 1;
    char count[HUMAN_MAX], limit[HUMAN_MAX];
    size_t forecast = set->count;

    for (size_t i = 0; i < set->count; i++) {
        struct point p = series_at(set, which, i);
        const struct series_ahead *a = whole ? series_ahead(set, i) : NULL;

        if (p.state == POINT_FORECAST && (a != NULL || set->ahead == NULL))
            forecast = i;
        if (p.state != POINT_SO_FAR)
            continue;
        buf_addstr(out, "; ");
        add_place(set, i, out);
        buf_addstr(out, " so far ");
        add_value(p, out);
        if (a != NULL) {
            buf_addf(out, ", %s end ", series_step_word(set, 1));
            add_ahead(a, false, out);
        }
    }
    if (forecast < set->count)
        add_forecast(set, which, forecast, out);
    if (!set->has_limit || last == NULL)
        return;
    human_count(set->limit, limit);
    if (last->value == set->limit)
        buf_addf(out, "; at the limit of %s", limit);
    else if (last->value < set->limit)
        buf_addf(out, "; %s below the limit of %s", human_count(set->limit - last->value, count),
                 limit);
    else
        buf_addf(out, "; %s over the limit of %s", human_count(last->value - set->limit, count),
                 limit);
}

/* "rose from 4 102 in May to 4 812 in Oct, +17 %" */
static void add_course(const struct series_set *set, size_t which, size_t first, size_t last,
                       struct buf *out)
{
    struct point a = series_at(set, which, first), b = series_at(set, which, last);
    char change[HUMAN_MAX];

    if (first == last) {
        buf_addstr(out, " was ");
        add_value(b, out);
        buf_addc(out, ' ');
        add_when(set, last, out);
        return;
    }
    if (a.value == b.value) {
        buf_addstr(out, " was ");
        add_value(a, out);
        buf_addstr(out, " both ");
        add_when(set, first, out);
        buf_addstr(out, " and ");
        add_when(set, last, out);
        return;
    }
    buf_addstr(out, a.value < b.value ? " rose from " : " fell from ");
    add_value(a, out);
    buf_addc(out, ' ');
    add_when(set, first, out);
    buf_addstr(out, " to ");
    add_value(b, out);
    buf_addc(out, ' ');
    add_when(set, last, out);
    series_change(a.value, b.value, change);
    buf_addf(out, "%s%s", change[0] != '\0' ? ", " : "", change);
}

static void add_sentence(const struct series_set *set, size_t which, struct buf *out)
{
    size_t first, last;
    struct point end;

    buf_addstr(out, name_of(set, which));
    if (!series_last(set, which, &last)) {
        if (series_states(set, which, POINT_MISSING) == set->count)
            buf_addf(out, " has no data in %zu %s", set->count, series_step_word(set, set->count));
        else {
            buf_addf(out, " has no whole %s yet", series_step_word(set, 1));
            add_missing(set, which, out);
            add_rest(set, which, NULL, out);
        }
        buf_addc(out, '\n');
        return;
    }
    first = last;
    while (series_before(set, which, first, &first))
        ;
    end = series_at(set, which, last);
    add_course(set, which, first, last, out);
    add_missing(set, which, out);
    add_rest(set, which, &end, out);
    buf_addc(out, '\n');
}

int chart_sentence(const struct series_set *set, struct buf *out)
{
    struct series_set folded;
    int rc = series_fold(set, &folded);

    if (rc < 0)
        return rc;
    if (folded.stacked && folded.series_count > 1)
        add_sentence(&folded, SERIES_TOTAL, out);
    /* The limit is one of the whole. */
    folded.has_limit = folded.has_limit && (!folded.stacked || folded.series_count == 1);
    for (size_t k = 0; k < folded.series_count; k++)
        if (!folded.series[k].hidden)
            add_sentence(&folded, k, out);
    for (size_t i = 0; i < folded.remark_count; i++)
        buf_addf(out, "%s\n", folded.remarks[i]);
    series_set_release(&folded);
    return out->failed;
}

enum change_form { CHANGE_BEHIND, CHANGE_PART, CHANGE_NAMED };

/* " +146 (+4.2 %)", ", +146 (+4.2 %)", ", +146 (+4.2 %) on Sep" */
static void add_change(const struct series_set *set, size_t which, size_t i, enum change_form form,
                       struct buf *out)
{
    char delta[HUMAN_MAX], change[HUMAN_MAX], place[SERIES_PLACE_TEXT];
    struct point now = series_at(set, which, i), before;
    struct civil here, there;
    size_t at;

    if (now.state == POINT_MISSING || now.state == POINT_FORECAST ||
        !series_before(set, which, i, &at))
        return;
    before = series_at(set, which, at);
    series_civil(set, i, &here);
    series_civil(set, at, &there);
    buf_addf(out, "%s %s", form == CHANGE_BEHIND ? "" : ",",
             series_delta(before.value, now.value, delta));
    series_change(before.value, now.value, change);
    if (change[0] != '\0' && before.value != now.value)
        buf_addf(out, " (%s)", change);
    if (form == CHANGE_NAMED)
        buf_addf(out, " on %s",
                 series_place(set, at, here.year != there.year && at + 1 != i, place));
}

static void add_point(struct point p, struct buf *out)
{
    if (p.state == POINT_MISSING) {
        buf_addstr(out, "missing");
        return;
    }
    add_value(p, out);
}

static void add_state(struct point p, struct buf *out)
{
    /* "<= " says it already. */
    if (p.state != POINT_MISSING && p.state != POINT_WHOLE && p.state != POINT_AT_MOST)
        buf_addf(out, " %s", point_word(p.state));
}

/* "A Premium 3 480 so far +146 (+4.2 %)", brief "A 3 480"; of a stack "3 480 paid". */
static void add_series(const struct series_set *set, size_t which, char letter, size_t i,
                       bool brief, struct buf *out)
{
    const struct series *s = &set->series[which];

    if (!set->stacked)
        buf_addf(out, "%c %s%s", letter, brief ? "" : s->name, brief ? "" : " ");
    add_point(s->points[i], out);
    if (set->stacked)
        buf_addf(out, " %s", s->name);
    else if (!brief) {
        add_state(s->points[i], out);
        add_change(set, which, i, CHANGE_BEHIND, out);
    }
}

static void add_read_out(const struct series_set *set, size_t i, bool brief, struct buf *out)
{
    bool one = set->series_count == 1 || set->stacked, said = false;
    char place[SERIES_PLACE_TEXT];
    struct point total = series_at(set, SERIES_TOTAL, i);
    bool there = total.state != POINT_MISSING && total.state != POINT_FORECAST;
    bool each = !one || (set->series_count > 1 && !brief && there);
    const struct series_ahead *ahead = one ? series_ahead(set, i) : NULL;

    buf_addf(out, "%s: ", series_place(set, i, true, place));
    if (ahead != NULL && !there) {
        buf_addstr(out, "forecast ");
        add_ahead(ahead, brief, out);
        if (set->unit[0] != '\0' && !brief)
            buf_addf(out, " %s", set->unit);
    } else if (one) {
        add_point(total, out);
        if (total.state != POINT_MISSING && set->unit[0] != '\0' && !brief)
            buf_addf(out, " %s", set->unit);
        add_state(total, out);
    }
    for (size_t k = 0; k < set->series_count && each; k++) {
        if (set->series[k].hidden)
            continue;
        buf_addstr(out, one || said ? ", " : "");
        add_series(set, k, series_letter(k), i, brief, out);
        said = true;
    }
    if (one)
        add_change(set, SERIES_TOTAL, i, brief ? CHANGE_PART : CHANGE_NAMED, out);
    if (ahead != NULL && there) {
        buf_addf(out, ", %s end ", series_step_word(set, 1));
        add_ahead(ahead, brief, out);
    }
}

int chart_read_out(const struct series_set *set, size_t i, bool brief, struct buf *out)
{
    struct series_set folded;
    int rc;

    if (i >= set->count || set->series_count == 0)
        return out->failed;
    rc = series_fold(set, &folded);
    if (rc < 0)
        return rc;
    add_read_out(&folded, i, brief, out);
    series_set_release(&folded);
    return out->failed;
}

int chart_headline(const struct series_set *set, size_t which, bool brief, struct buf *out)
{
    char count[HUMAN_MAX], change[HUMAN_MAX] = "", place[SERIES_PLACE_TEXT];
    struct point p;
    size_t at, before;
    bool stale = false;

    if (!series_last(set, which, &at)) {
        for (size_t i = set->count; i > 0; i--) {
            p = series_at(set, which, i - 1);
            if (p.state == POINT_SO_FAR)
                return buf_addf(out, "%s%s so far", point_sign(p), human_count(p.value, count));
        }
        return buf_addstr(out, brief ? "?" : "no data");
    }
    p = series_at(set, which, at);
    add_value(p, out);
    if (!brief && series_before(set, which, at, &before))
        series_change(series_at(set, which, before).value, p.value, change);
    if (change[0] != '\0')
        buf_addf(out, " (%s)", change);
    for (size_t i = at + 1; i < set->count; i++)
        stale = stale || series_at(set, which, i).state == POINT_MISSING;
    if (stale)
        buf_addf(out, " %s %s", set->step == SERIES_DAY ? "on" : "in",
                 series_place(set, at, false, place));
    return out->failed;
}

int chart_title(const struct series_set *set, struct buf *out)
{
    const char *name = set->name;

    if (name[0] == '\0' && set->series_count == 1)
        name = set->series[0].name;
    buf_addstr(out, name);
    if (set->unit[0] != '\0')
        buf_addf(out, "%s%s %s %s", name[0] != '\0' ? ", " : "", set->unit,
                 set->largest ? "by" : "per", series_step_word(set, 1));
    return out->failed;
}
