#include "model/forecast.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/sum.h"
#include "model/term.h"

/* Points that the trend is made from, oldest first, and their sums; x counts from `origin`. */
struct fit {
    int64_t x[FORECAST_FIT_MAX], y[FORECAST_FIT_MAX];
    int n, origin;
    __int128 sum_x, sum_y, slope, spread; /* slope N and spread E of the header */
};

static int64_t clamp(__int128 v)
{
    return v < 0 ? 0 : v > INT64_MAX ? INT64_MAX : (int64_t)v;
}

/* round(above / below), halves up; BELOW > 0. */
static __int128 round_div(__int128 above, __int128 below)
{
    __int128 twice = 2 * above + below, q = twice / (2 * below);

    return twice % (2 * below) < 0 ? q - 1 : q;
}

static bool usable(const struct history_point *p)
{
    return p->state == HISTORY_KNOWN && !p->incomplete && !p->at_most && p->value >= 0;
}

/* From the points up to and including LAST, which is usable. */
static void fit_make(struct fit *f, const struct history_point *points, size_t last)
{
    __int128 sum_xx = 0, sum_xy = 0;

    *f = (struct fit){.origin = points[last].term - FORECAST_SPAN};
    for (size_t i = last + 1; i-- > 0 && f->n < FORECAST_FIT_MAX;) {
        if (points[i].term <= f->origin)
            break;
        if (!usable(&points[i]))
            continue;
        f->x[f->n] = points[i].term - f->origin;
        f->y[f->n] = points[i].value;
        f->n++;
    }
    for (int i = 0; i < f->n; i++) {
        f->sum_x += f->x[i];
        f->sum_y += f->y[i];
        sum_xx += (__int128)f->x[i] * f->x[i];
        sum_xy += (__int128)f->x[i] * f->y[i];
    }
    f->slope = f->n * sum_xy - f->sum_x * f->sum_y;
    f->spread = f->n * sum_xx - f->sum_x * f->sum_x;
}

static int64_t fit_at(const struct fit *f, int term)
{
    int64_t x = (int64_t)term - f->origin;

    return clamp(
        round_div(f->sum_y * f->spread + (f->n * x - f->sum_x) * f->slope, f->n * f->spread));
}

static int64_t distance(int64_t a, int64_t b)
{
    return a > b ? sum_sub(a, b) : sum_sub(b, a);
}

static int64_t fit_band(const struct fit *f)
{
    int64_t band = 0;

    for (int i = 0; i < f->n; i++) {
        int64_t d = distance(f->y[i], fit_at(f, (int)f->x[i] + f->origin));

        band = d > band ? d : band;
    }
    return band;
}

struct pairs {
    int64_t *errors; /* permille of the pairs with y > 0 */
    size_t errors_count, count, inside;
};

static int compare_numbers(const void *pa, const void *pb)
{
    const int64_t *a = pa, *b = pb;

    return *a < *b ? -1 : *a > *b;
}

static void pair_add(struct pairs *p, int64_t forecast, int64_t band, int64_t actual)
{
    int64_t off = distance(forecast, actual);

    p->count++;
    p->inside += off <= band;
    if (actual > 0)
        p->errors[p->errors_count++] = clamp(round_div((__int128)1000 * off, actual));
}

static void pairs_result(const struct pairs *p, struct forecast_error *out)
{
    *out = (struct forecast_error){.pairs = p->count, .inside = p->inside};
    if (p->errors_count == 0)
        return;
    qsort(p->errors, p->errors_count, sizeof(*p->errors), compare_numbers);
    out->known = true;
    out->permille = p->errors[(p->errors_count - 1) / 2];
}

/* All rolling origins but the last, which has nothing after it. */
static void back_test(struct pairs *p, const struct history_point *points, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        struct fit f;
        int64_t band;

        if (!usable(&points[k]))
            continue;
        fit_make(&f, points, k);
        if (f.n < FORECAST_FIT_MIN)
            continue;
        band = fit_band(&f);
        for (size_t i = k + 1; i < count && points[i].term <= points[k].term + FORECAST_AHEAD; i++)
            if (usable(&points[i]))
                pair_add(p, fit_at(&f, points[i].term), band, points[i].value);
    }
}

static int refuse(struct err *err, const char *what, size_t have, int need)
{
    err_set(err, ERR_DATA, "There is no forecast");
    err_why(err, "%s: %zu of the %d needed", what, have, need);
    return ERR_DATA;
}

int forecast_year(const struct history_point *points, size_t count, struct forecast *out,
                  struct err *err)
{
    struct forecast made = {.method = "trend"};
    size_t last = count;
    struct pairs pairs = {0};
    struct fit f = {0};
    int rc = 0;

    while (last > 0 && !usable(&points[last - 1]))
        last--;
    if (last > 0)
        fit_make(&f, points, last - 1);
    if (f.n < FORECAST_FIT_MIN)
        return refuse(err, "too few complete months in two years", (size_t)f.n, FORECAST_FIT_MIN);
    pairs.errors = calloc(last, FORECAST_AHEAD * sizeof(*pairs.errors));
    if (pairs.errors == NULL)
        return err_set(err, ERR_NOMEM, "There is no forecast");
    back_test(&pairs, points, last);
    pairs_result(&pairs, &made.error);
    if (pairs.count < FORECAST_TESTS_MIN) {
        rc = refuse(err, "too few months to test it on", pairs.count, FORECAST_TESTS_MIN);
        goto out;
    }
    made.used = (size_t)f.n;
    made.band = fit_band(&f);
    for (made.count = 0; made.count < FORECAST_AHEAD; made.count++) {
        int term = points[last - 1].term + 1 + (int)made.count;
        int64_t value = fit_at(&f, term);

        made.points[made.count] = (struct forecast_point){
            term, value, value > made.band ? value - made.band : 0, sum_add(value, made.band)};
    }
    *out = made;
out:
    free(pairs.errors);
    return rc;
}

static int64_t run_rate(int64_t total, int term, int day)
{
    int days = civil_days_in_month(term / 12, term % 12 + 1);

    return clamp(round_div((__int128)total * days, day));
}

static const struct history_point *final_of(const struct history_point *finals, size_t count,
                                            int term)
{
    for (size_t i = 0; i < count; i++)
        if (finals[i].term == term && usable(&finals[i]))
            return &finals[i];
    return NULL;
}

int forecast_month_end(int64_t total, int64_t now, const char *zone,
                       const struct forecast_seen *seen, size_t seen_count,
                       const struct history_point *finals, size_t final_count, struct forecast *out,
                       struct err *err)
{
    struct forecast made = {.method = "run-rate", .count = 1};
    int term = term_of(now, zone);
    struct pairs pairs = {0};
    struct civil c;

    zone_civil(zone, now, &c);
    if (c.day < FORECAST_DAYS_MIN)
        return refuse(err, "too few days of the month", (size_t)c.day, FORECAST_DAYS_MIN);
    pairs.errors = calloc(seen_count + 1, sizeof(*pairs.errors));
    if (pairs.errors == NULL)
        return err_set(err, ERR_NOMEM, "There is no forecast");
    for (size_t i = 0; i < seen_count; i++) {
        const struct history_point *final = final_of(finals, final_count, seen[i].term);

        if (final == NULL || seen[i].term < 0 || seen[i].term >= term || seen[i].total < 0 ||
            seen[i].day < FORECAST_DAYS_MIN || seen[i].day > 31)
            continue;
        pair_add(&pairs, run_rate(seen[i].total, seen[i].term, seen[i].day), 0, final->value);
    }
    pairs_result(&pairs, &made.error);
    free(pairs.errors);
    made.used = (size_t)c.day;
    made.points[0].term = term;
    made.points[0].value = made.points[0].high = run_rate(total, term, c.day);
    made.points[0].low = clamp(total);
    *out = made;
    return 0;
}

void forecast_text(const struct forecast *f, struct buf *out)
{
    int64_t p = f->error.permille;

    buf_addf(out, "%s of %zu %s", f->method, f->used, f->count > 1 ? "months" : "days");
    if (!f->error.known)
        buf_addstr(out, ", error not known");
    else if (p < 100)
        buf_addf(out, ", typically %d.%d %% off (%zu tests)", (int)(p / 10), (int)(p % 10),
                 f->error.pairs);
    else
        buf_addf(out, ", typically %lld %% off (%zu tests)", (long long)((p + 5) / 10),
                 f->error.pairs);
}
