#include "model/trend_list.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/forecast.h"
#include "model/list.h"
#include "model/term.h"

LIST_INIT(trend_list)
LIST_SOURCE(trend_list, trend_row_type)

void trend_list_release(struct trend_list *l)
{
    arena_release(&l->arena);
    free(l->rows);
    *l = (struct trend_list){.arena = l->arena};
}

static void __attribute__((format(printf, 3, 4)))
remark(struct trend_list *l, bool refusal, const char *fmt, ...)
{
    struct trend_remark *r;
    va_list ap;

    if (l->remark_count == TREND_REMARKS_MAX)
        return;
    r = &l->remarks[l->remark_count++];
    va_start(ap, fmt);
    vsnprintf(r->text, sizeof(r->text), fmt, ap);
    va_end(ap);
    r->refusal = refusal;
}

static struct trend_row *add_row(struct trend_list *l, int term, const char *subject)
{
    struct trend_row *row =
        list_add(&l->rows, &l->count, &l->cap, sizeof(*l->rows), SERIES_POINTS_MAX);

    if (row != NULL)
        *row = (struct trend_row){.term = term,
                                  .total = USAGE_UNKNOWN,
                                  .free = USAGE_UNKNOWN,
                                  .error_permille = USAGE_UNKNOWN,
                                  .error_tests = USAGE_UNKNOWN,
                                  .subject = subject,
                                  .id = (uint64_t)term};
    return row;
}

static int add_facts(struct trend_list *l, const struct history *h, const struct trend_spec *spec,
                     const char *subject, struct err *err)
{
    size_t n = spec->to >= spec->from ? (size_t)(spec->to - spec->from) + 1 : 0;
    struct history_point *totals = calloc(2 * n + 1, sizeof(*totals)), *frees;
    struct history_choice choice = spec->choice;
    int rc;

    if (totals == NULL)
        return err_set(err, ERR_NOMEM, "The trend cannot be made");
    frees = totals + n;
    choice.measure = HISTORY_TOTAL;
    rc = history_series(h, &choice, spec->from, spec->to, totals, err);
    choice.measure = HISTORY_FREE;
    if (rc == 0)
        rc = history_series(h, &choice, spec->from, spec->to, frees, err);
    for (size_t i = 0; i < n && rc == 0; i++) {
        struct trend_row *row = add_row(l, totals[i].term, subject);

        if (row == NULL) {
            rc = err_set(err, n > SERIES_POINTS_MAX ? ERR_TOOBIG : ERR_NOMEM,
                         "The trend cannot be made");
            break;
        }
        row->state = totals[i].state;
        row->incomplete = totals[i].incomplete;
        row->at_most = totals[i].at_most;
        if (row->state == HISTORY_MISSING)
            continue;
        row->total = totals[i].value;
        row->free = frees[i].value;
    }
    free(totals);
    return rc;
}

static void expect(struct trend_row *row, const struct forecast *f, const struct forecast_point *p)
{
    row->ahead =
        (struct series_ahead){.there = true, .value = p->value, .low = p->low, .high = p->high};
    row->method = f->method;
    if (!f->error.known)
        return;
    row->error_permille = f->error.permille;
    row->error_tests = (int64_t)f->error.pairs;
}

static void remark_method(struct trend_list *l, const char *what, const struct forecast *f,
                          const char *more)
{
    struct buf text;

    buf_init(&text, TREND_REMARK_TEXT);
    forecast_text(f, &text);
    remark(l, false, "%s: %s%s", what, text.data, more);
    buf_release(&text);
}

static void add_month_end(struct trend_list *l, const struct history *h,
                          const struct trend_spec *spec)
{
    struct trend_row *row = &l->rows[l->count - 1];
    struct err why = {0};
    struct forecast f;

    if (row->state != HISTORY_PARTIAL)
        return;
    if (row->at_most) {
        remark(l, true, "no month end: chosen servers share users, so the count is no basis");
        return;
    }
    if (spec->seen == TIME_NONE || term_of(spec->seen, spec->zone) != h->running) {
        remark(l, true, "no month end: when this month was counted is not known");
        return;
    }
    if (forecast_month_end(row->total, spec->seen, spec->zone, NULL, 0, NULL, 0, &f, &why) < 0) {
        remark(l, true, "no month end: %s", why.why);
        return;
    }
    expect(row, &f, &f.points[0]);
    row->ahead.at_most = !row->incomplete;
    row->ahead.rough = row->incomplete;
    remark_method(l, "month end", &f, row->incomplete ? ", silent servers left out" : "");
}

void trend_basis(int running, int *from, int *to)
{
    *to = running - 1;
    *from = running - FORECAST_SPAN < TERM_FIRST ? TERM_FIRST : running - FORECAST_SPAN;
}

static int add_months(struct trend_list *l, const struct history *h, const struct trend_spec *spec,
                      const char *subject, struct err *err)
{
    struct history_point points[FORECAST_SPAN];
    struct history_choice choice = spec->choice;
    struct err why = {0};
    struct forecast f;
    int from, to, rc;

    trend_basis(h->running, &from, &to);
    choice.measure = HISTORY_TOTAL;
    rc = history_series(h, &choice, from, to, points, err);
    if (rc < 0)
        return rc;
    rc = forecast_year(points, to >= from ? (size_t)(to - from) + 1 : 0, &f, &why);
    if (rc == ERR_NOMEM)
        return err_set(err, ERR_NOMEM, "The trend cannot be made");
    if (rc < 0) {
        remark(l, true, "no forecast: %s", why.why);
        return 0;
    }
    for (size_t i = 0; i < f.count; i++) {
        struct trend_row *row;

        if (f.points[i].term <= h->running)
            continue;
        row = add_row(l, f.points[i].term, subject);
        if (row == NULL)
            return err_set(err, ERR_NOMEM, "The trend cannot be made");
        row->future = true;
        expect(row, &f, &f.points[i]);
    }
    remark_method(l, "forecast", &f, "");
    return 0;
}

int trend_list_build(struct trend_list *l, const struct history *h, const struct trend_spec *spec,
                     struct err *err)
{
    const char *subject;
    int rc;

    trend_list_release(l);
    subject = arena_strdup(&l->arena, spec->name);
    rc = subject == NULL ? err_set(err, ERR_NOMEM, "The trend cannot be made")
                         : add_facts(l, h, spec, subject, err);
    if (rc == 0 && spec->forecast && (l->count == 0 || spec->to != h->running)) {
        remark(l, true, "no forecast: it begins with the running month, which is not shown");
    } else if (rc == 0 && spec->forecast) {
        add_month_end(l, h, spec);
        rc = add_months(l, h, spec, subject, err);
    }
    if (rc < 0)
        trend_list_release(l);
    return rc;
}

static enum point_state state_of(enum history_state state, bool at_most)
{
    switch (state) {
    case HISTORY_KNOWN:
        return at_most ? POINT_AT_MOST : POINT_WHOLE;
    case HISTORY_PARTIAL:
        return POINT_SO_FAR;
    case HISTORY_INCOMPLETE:
        return POINT_INCOMPLETE;
    case HISTORY_MISSING:
        break;
    }
    return POINT_MISSING;
}

/* A user whom no server has told of yet may be a new one or, on a paid server, one who then is free
 * no more: free users of an incomplete month may be more or less. */
static void put_row(const struct trend_row *r, struct series_set *set, size_t i)
{
    const int64_t values[2] = {usage_paid(r->total, r->free), r->free};

    for (size_t k = 0; k < 2 && r->state != HISTORY_MISSING; k++)
        if (series_put(set, k, i, state_of(r->state, r->at_most), values[k]) == 0) {
            series_bound(set, k, i, r->incomplete, r->at_most);
            if (k == 1 && r->incomplete)
                series_about(set, k, i);
        }
    if (r->ahead.there)
        series_expect(set, i, &r->ahead);
}

int trend_list_set(const struct trend_list *l, struct series_set *set)
{
    const char *name = l->count > 0 ? l->rows[0].subject : "";
    struct series_set made;
    int rc = series_set_init(&made, name, "users", SERIES_MONTH,
                             l->count > 0 ? l->rows[0].term : TERM_FIRST, l->count);

    if (rc < 0)
        return rc;
    made.stacked = true;
    rc = series_add(&made, "paid");
    rc = rc < 0 ? rc : series_add(&made, "free");
    for (size_t i = 0; i < l->remark_count && rc >= 0; i++)
        rc = series_remark(&made, l->remarks[i].text);
    if (rc < 0) {
        series_set_release(&made);
        return rc;
    }
    for (size_t i = 0; i < l->count; i++)
        put_row(&l->rows[i], &made, i);
    *set = made;
    return 0;
}

int trend_add_series(struct series_set *set, const char *name, const struct history *h,
                     const struct history_choice *choice, struct err *err)
{
    struct history_point *points = calloc(set->count + 1, sizeof(*points));
    int from = (int)set->first, which, rc;

    if (points == NULL)
        return err_set(err, ERR_NOMEM, "The trend cannot be made");
    rc = history_series(h, choice, from, from + (int)set->count - 1, points, err);
    which = rc == 0 ? series_add(set, name) : rc;
    if (rc == 0 && which < 0)
        rc = err_set(err, (enum err_code)which, "The trend cannot be made");
    for (size_t i = 0; rc == 0 && i < set->count; i++) {
        const struct history_point *p = &points[i];

        if (series_put(set, (size_t)which, i, state_of(p->state, p->at_most), p->value) == 0)
            series_bound(set, (size_t)which, i, p->incomplete, p->at_most);
    }
    free(points);
    return rc;
}
