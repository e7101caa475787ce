#include "base/err.h"
#include "model/series.h"

enum { MONTHS = 12 };

struct year {
    size_t best; /* the month with the largest total */
    bool any, at_least, so_far;
};

/* The months of a year from place FROM on; some of them may lie outside the set. */
static struct year judge(const struct series_set *months, int64_t from)
{
    int64_t count = (int64_t)months->count, to = from + MONTHS, best = 0;
    struct year y = {.at_least = from < 0};

    for (int64_t i = from > 0 ? from : 0; i < to && i < count; i++) {
        struct point p = series_at(months, SERIES_TOTAL, (size_t)i);

        if (p.state == POINT_FORECAST)
            continue;
        y.at_least = y.at_least || p.at_least || p.state == POINT_MISSING;
        if (p.state == POINT_MISSING)
            continue;
        y.so_far = p.state == POINT_SO_FAR;
        if (y.any && p.value <= best)
            continue;
        y.any = true;
        y.best = (size_t)i;
        best = p.value;
    }
    y.at_least = y.at_least || (to > count && !y.so_far);
    return y;
}

static enum point_state state_of(const struct year *y, struct point p)
{
    if (p.state == POINT_MISSING)
        return POINT_MISSING;
    if (y->so_far)
        return POINT_SO_FAR;
    if (y->at_least)
        return POINT_INCOMPLETE;
    return p.at_most ? POINT_AT_MOST : POINT_WHOLE;
}

static void put_year(const struct series_set *months, const struct year *y, struct series_set *out,
                     size_t at)
{
    for (size_t k = 0; k < months->series_count && y->any; k++) {
        struct point p = months->series[k].points[y->best];

        series_put(out, k, at, state_of(y, p), p.value);
        series_bound(out, k, at, y->at_least, p.at_most);
    }
}

int series_by_year(const struct series_set *months, struct series_set *out)
{
    int64_t first = months->first / MONTHS, last;
    struct series_set made;
    int rc;

    if (months->step != SERIES_MONTH || months->count == 0)
        return ERR_BUG;
    last = (months->first + (int64_t)months->count - 1) / MONTHS;
    rc = series_set_init(&made, months->name, months->unit, SERIES_YEAR, first,
                         (size_t)(last - first + 1));
    if (rc < 0)
        return rc;
    made.stacked = months->stacked;
    made.has_limit = months->has_limit;
    made.limit = months->limit;
    rc = series_largest(&made, SERIES_MONTH);
    for (size_t k = 0; k < months->series_count && rc >= 0; k++) {
        rc = series_add(&made, months->series[k].name);
        if (rc >= 0)
            made.series[k].hidden = months->series[k].hidden;
    }
    for (size_t i = 0; i < months->remark_count && rc >= 0; i++)
        rc = series_remark(&made, months->remarks[i]);
    for (int64_t year = first; year <= last && rc >= 0; year++) {
        struct year y = judge(months, year * MONTHS - months->first);

        put_year(months, &y, &made, (size_t)(year - first));
    }
    if (rc < 0) {
        series_set_release(&made);
        return rc;
    }
    *out = made;
    return 0;
}
