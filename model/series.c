#include "model/series.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/term.h"

enum { YEAR_FIRST = 1, YEAR_LAST = 9999, MONTHS = 12, DAY_SECONDS = 86400 };

static const struct {
    const char *word;
    char mark;
} states[POINT_STATES] = {
#define POINT_ROW(upper, word, mark) [POINT_##upper] = {word, mark},
    POINT_LIST(POINT_ROW)
#undef POINT_ROW
};

static const struct {
    const char *one, *many;
} steps[] = {
    [SERIES_DAY] = {"day", "days"},
    [SERIES_MONTH] = {"month", "months"},
    [SERIES_YEAR] = {"year", "years"},
};

/* The first or last place of the years that have a date. */
static int64_t place_bound(enum series_step step, int year, int month, int day)
{
    struct civil c = {year, month, day, 0, 0, 0};

    if (step == SERIES_YEAR)
        return year;
    if (step == SERIES_MONTH)
        return (int64_t)year * MONTHS + month - 1;
    return civil_to_time(&c, 0) / DAY_SECONDS;
}

int series_set_init(struct series_set *s, const char *name, const char *unit, enum series_step step,
                    int64_t first, size_t count)
{
    struct series_set made = {.step = step, .first = first, .count = count};
    int64_t low = place_bound(step, YEAR_FIRST, 1, 1), high = place_bound(step, YEAR_LAST, 12, 31);

    if (count > SERIES_POINTS_MAX)
        return ERR_TOOBIG;
    if (first < low || first > high || (int64_t)count > high - first + 1)
        return ERR_DATA;
    made.name = strdup(name != NULL ? name : "");
    made.unit = strdup(unit != NULL ? unit : "");
    if (made.name == NULL || made.unit == NULL) {
        series_set_release(&made);
        return ERR_NOMEM;
    }
    *s = made;
    return 0;
}

void series_set_release(struct series_set *s)
{
    for (size_t i = 0; i < s->series_count; i++) {
        free(s->series[i].name);
        free(s->series[i].points);
    }
    for (size_t i = 0; i < s->remark_count; i++)
        free(s->remarks[i]);
    free(s->ahead);
    free(s->series);
    free(s->name);
    free(s->unit);
    memset(s, 0, sizeof(*s));
}

int series_add(struct series_set *s, const char *name)
{
    struct series made = {0};
    int rc =
        vec_grow(&s->series, &s->series_cap, s->series_count + 1, sizeof(*s->series), SERIES_MAX);

    if (rc < 0)
        return rc;
    made.name = strdup(name != NULL ? name : "");
    made.points = calloc(s->count > 0 ? s->count : 1, sizeof(*made.points));
    if (made.name == NULL || made.points == NULL) {
        free(made.name);
        free(made.points);
        return ERR_NOMEM;
    }
    s->series[s->series_count] = made;
    return (int)s->series_count++;
}

int series_put(struct series_set *s, size_t which, size_t i, enum point_state state, int64_t value)
{
    if (which >= s->series_count || i >= s->count || (unsigned)state >= POINT_STATES)
        return ERR_BUG;
    if (state == POINT_MISSING)
        value = 0;
    if (value > SERIES_VALUE_MAX || value < -SERIES_VALUE_MAX)
        return ERR_DATA;
    s->series[which].points[i] = (struct point){.value = value,
                                                .state = state,
                                                .at_least = state == POINT_INCOMPLETE,
                                                .at_most = state == POINT_AT_MOST};
    return 0;
}

int series_bound(struct series_set *s, size_t which, size_t i, bool at_least, bool at_most)
{
    struct point *p;

    if (which >= s->series_count || i >= s->count)
        return ERR_BUG;
    p = &s->series[which].points[i];
    p->at_least = p->state == POINT_INCOMPLETE || (at_least && p->state != POINT_MISSING);
    p->at_most = p->state == POINT_AT_MOST || (at_most && p->state != POINT_MISSING);
    return 0;
}

int series_about(struct series_set *s, size_t which, size_t i)
{
    if (which >= s->series_count || i >= s->count)
        return ERR_BUG;
    s->series[which].points[i].about = true;
    return 0;
}

size_t series_find(const struct series_set *s, int64_t place)
{
    if (place < s->first || (uint64_t)(place - s->first) >= s->count)
        return SIZE_MAX;
    return (size_t)(place - s->first);
}

void series_limit(struct series_set *s, int64_t limit)
{
    if (limit > SERIES_VALUE_MAX || limit < -SERIES_VALUE_MAX)
        return;
    s->has_limit = true;
    s->limit = limit;
}

/* Adds up what is there of the COUNT series at place I; a sum with a part missing is incomplete. */
static struct point add_up(const struct series *series, const size_t *which, size_t count, size_t i)
{
    struct point sum = {.state = POINT_MISSING};
    bool missing = false;

    for (size_t k = 0; k < count; k++) {
        const struct series *one = &series[which != NULL ? which[k] : k];

        if (one->hidden)
            continue;
        if (one->points[i].state == POINT_MISSING)
            missing = true;
        else if (one->points[i].state > sum.state)
            sum.state = one->points[i].state;
        sum.value += one->points[i].value;
        sum.at_least = sum.at_least || one->points[i].at_least;
        sum.at_most = sum.at_most || one->points[i].at_most;
    }
    if (missing && (sum.state == POINT_WHOLE || sum.state == POINT_AT_MOST))
        sum.state = POINT_INCOMPLETE;
    sum.at_least = sum.at_least || (missing && sum.state != POINT_MISSING);
    return sum;
}

struct point series_at(const struct series_set *s, size_t which, size_t i)
{
    const struct series_ahead *ahead;
    struct point p;
    bool whole;

    if (i >= s->count || (which >= s->series_count && which != SERIES_TOTAL))
        return (struct point){.state = POINT_MISSING};
    p = which == SERIES_TOTAL ? add_up(s->series, NULL, s->series_count, i)
                              : s->series[which].points[i];
    ahead = p.state == POINT_MISSING ? series_ahead(s, i) : NULL;
    if (ahead == NULL)
        return p;
    whole = which == SERIES_TOTAL || s->series_count == 1;
    return (struct point){.value = whole ? ahead->value : 0, .state = POINT_FORECAST};
}

bool series_before(const struct series_set *s, size_t which, size_t i, size_t *out)
{
    for (i = i < s->count ? i : s->count; i > 0; i--) {
        enum point_state state = series_at(s, which, i - 1).state;

        if (state == POINT_WHOLE || state == POINT_AT_MOST || state == POINT_INCOMPLETE) {
            *out = i - 1;
            return true;
        }
    }
    return false;
}

bool series_last(const struct series_set *s, size_t which, size_t *out)
{
    return series_before(s, which, s->count, out);
}

size_t series_states(const struct series_set *s, size_t which, enum point_state state)
{
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++)
        n += series_at(s, which, i).state == state;
    return n;
}

/* True when A comes before B in the legend. */
static bool ranks_before(const struct series_set *s, size_t a, size_t b)
{
    size_t at_a, at_b;
    bool has_a = series_last(s, a, &at_a), has_b = series_last(s, b, &at_b);
    int64_t value_a, value_b;

    if (!has_a || !has_b)
        return has_a != has_b ? has_a : a < b;
    value_a = series_at(s, a, at_a).value;
    value_b = series_at(s, b, at_b).value;
    return value_a != value_b ? value_a > value_b : a < b;
}

/* Puts every series of S in the order of the legend. */
static void rank_all(const struct series_set *s, size_t out[SERIES_MAX])
{
    for (size_t i = 0; i < s->series_count; i++) {
        size_t at = i;

        for (; at > 0 && ranks_before(s, i, out[at - 1]); at--)
            out[at] = out[at - 1];
        out[at] = i;
    }
}

static int by_index(const void *a, const void *b)
{
    const size_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* All indexes; returns how many at the front are told apart. */
static size_t rank_split(const struct series_set *s, size_t all[SERIES_MAX])
{
    size_t shown = s->series_count < SERIES_SHOWN_MAX ? s->series_count : SERIES_SHOWN_MAX;

    rank_all(s, all);
    if (s->stacked)
        qsort(all, shown, sizeof(all[0]), by_index);
    return shown;
}

size_t series_rank(const struct series_set *s, size_t out[SERIES_SHOWN_MAX])
{
    size_t all[SERIES_MAX], shown = rank_split(s, all);

    memcpy(out, all, shown * sizeof(out[0]));
    return shown;
}

char series_letter(size_t k)
{
    return k < SERIES_SHOWN_MAX ? (char)('A' + k) : '*';
}

static int fold_one(const struct series_set *s, size_t which, struct series_set *out)
{
    int at = series_add(out, s->series[which].name);

    if (at < 0)
        return at;
    memcpy(out->series[at].points, s->series[which].points, s->count * sizeof(struct point));
    out->series[at].hidden = s->series[which].hidden;
    return 0;
}

/* All but the series. */
static int copy_rest(const struct series_set *s, struct series_set *out)
{
    int rc = 0;

    out->stacked = s->stacked;
    out->has_limit = s->has_limit;
    out->limit = s->limit;
    out->largest = s->largest;
    for (size_t i = 0; i < s->remark_count && rc == 0; i++)
        rc = series_remark(out, s->remarks[i]);
    for (size_t i = 0; i < s->count && rc == 0 && s->ahead != NULL; i++)
        if (s->ahead[i].there)
            rc = series_expect(out, i, &s->ahead[i]);
    return rc;
}

int series_fold(const struct series_set *s, struct series_set *out)
{
    struct series_set made;
    size_t all[SERIES_MAX], shown = rank_split(s, all);
    int rc = series_set_init(&made, s->name, s->unit, s->step, s->first, s->count);

    if (rc < 0)
        return rc;
    rc = copy_rest(s, &made);
    for (size_t k = 0; k < shown && rc >= 0; k++)
        rc = fold_one(s, all[k], &made);
    if (rc >= 0 && shown < s->series_count) {
        rc = series_add(&made, "other");
        for (size_t i = 0; rc >= 0 && i < s->count; i++)
            made.series[shown].points[i] =
                add_up(s->series, all + shown, s->series_count - shown, i);
    }
    if (rc < 0) {
        series_set_release(&made);
        return rc;
    }
    *out = made;
    return 0;
}

void series_civil(const struct series_set *s, size_t i, struct civil *out)
{
    int64_t place = s->first + (int64_t)i;

    *out = (struct civil){.month = 1, .day = 1};
    if (s->step == SERIES_DAY)
        civil_from_time(place * DAY_SECONDS, 0, out);
    else if (s->step == SERIES_YEAR)
        out->year = (int)place;
    else {
        out->year = (int)(place / MONTHS);
        out->month = (int)(place % MONTHS) + 1;
    }
}

const char *series_place(const struct series_set *s, size_t i, bool with_year,
                         char out[SERIES_PLACE_TEXT])
{
    struct civil c;
    const char *month;

    series_civil(s, i, &c);
    month = human_month(c.month);
    if (s->step == SERIES_YEAR)
        snprintf(out, SERIES_PLACE_TEXT, "%d", c.year);
    else if (s->step == SERIES_MONTH && with_year)
        snprintf(out, SERIES_PLACE_TEXT, "%s %d", month, c.year);
    else if (s->step == SERIES_MONTH)
        snprintf(out, SERIES_PLACE_TEXT, "%s", month);
    else if (with_year)
        snprintf(out, SERIES_PLACE_TEXT, "%s %d, %d", month, c.day, c.year);
    else
        snprintf(out, SERIES_PLACE_TEXT, "%s %d", month, c.day);
    return out;
}

const char *series_step_word(const struct series_set *s, size_t n)
{
    return n == 1 ? steps[s->step].one : steps[s->step].many;
}

const char *point_word(enum point_state state)
{
    return states[state].word;
}

char point_mark(enum point_state state)
{
    return states[state].mark;
}

const char *point_sign(struct point p)
{
    if (p.about || (p.at_least && p.at_most))
        return "~ ";
    return p.at_least ? ">= " : p.at_most ? "<= " : "";
}

const char *series_change(int64_t before, int64_t after, char out[HUMAN_MAX])
{
    if (before > 0 && after >= 0)
        return human_change(before, after, out);
    out[0] = '\0';
    return out;
}

const char *series_delta(int64_t before, int64_t after, char out[HUMAN_MAX])
{
    char count[HUMAN_MAX];

    snprintf(out, HUMAN_MAX, "%s%.*s", after > before ? "+" : "", HUMAN_MAX - 2,
             human_count(after - before, count));
    return out;
}
