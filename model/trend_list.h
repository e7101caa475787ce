/*
 * A trend: paid and free users month by month, and on request where they are going. The Trends pane
 * and `luitop trend` are made from it, as a list and as a set of series, so that they agree.
 *
 * Facts and forecasts never share a column: `total`, `paid` and `free` of a row are what was
 * counted, null in months to come; `forecast`, `low` and `high` are what is expected, null
 * elsewhere. So no sum over a column mixes them.
 *
 * The forecast (model/forecast.h) is one of all users of the choice. The month that runs has its
 * month end by run-rate, from what was counted up to when its data was taken; the months after it
 * have the trend of the FORECAST_SPAN closed months before the running one, whatever months are
 * shown, so that one choice has one forecast everywhere. Where servers are silent the running
 * month's count is a lower bound and its run-rate neither bound: "~". What is refused leaves a
 * remark with the reason.
 */
#ifndef MODEL_TREND_LIST_H
#define MODEL_TREND_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/column.h"
#include "model/history.h"
#include "model/series.h"

struct err;

struct trend_spec {
    const char *name;             /* what the choice is called; copied */
    struct history_choice choice; /* its measure is of no use */
    int from, to;                 /* terms, both included */
    bool forecast;                /* the rest is for it: */
    int64_t seen;                 /* when the running month's data was taken; TIME_NONE: unknown */
    const char *zone;             /* billing time zone */
};

struct trend_row {
    int term;
    int64_t total, free;      /* USAGE_UNKNOWN: missing, or a month to come */
    enum history_state state; /* missing in a month to come */
    bool incomplete, at_most; /* of the facts */
    bool future;              /* a month to come */
    struct series_ahead ahead;
    const char *method;                  /* of `ahead`; NULL without it */
    int64_t error_permille, error_tests; /* USAGE_UNKNOWN: not known */
    const char *subject;
    uint64_t id;
};

enum { TREND_REMARKS_MAX = 3, TREND_REMARK_TEXT = 160 };

struct trend_list {
    struct arena arena;
    struct trend_row *rows; /* oldest first, no month left out */
    size_t count, cap;
    /* How the forecast was made, or why there is none. */
    struct trend_remark {
        char text[TREND_REMARK_TEXT];
        bool refusal;
    } remarks[TREND_REMARKS_MAX];
    size_t remark_count;
};

void trend_list_init(struct trend_list *l);
void trend_list_release(struct trend_list *l);
/* Replaces L. 0, ERR_NOMEM, ERR_TOOBIG, or ERR_DATA for a choice of which nothing is known
 * (history_series()); on failure L is empty. */
int trend_list_build(struct trend_list *l, const struct history *h, const struct trend_spec *spec,
                     struct err *err);
struct row_source trend_list_source(const struct trend_list *l);
/* term subject state total paid free incomplete at_most forecast low high method error_permille
 * error_tests */
extern const struct row_type trend_row_type;

/* SET, not initialised, becomes paid and free, one on the other, with what is expected and the
 * remarks. A count that is too large to draw stays missing. 0, ERR_NOMEM, ERR_TOOBIG. */
int trend_list_set(const struct trend_list *l, struct series_set *set);

/* Adds the users of CHOICE, by its measure, as one more series called NAME of a set of months. As
 * above and ERR_DATA as history_series(). */
int trend_add_series(struct series_set *set, const char *name, const struct history *h,
                     const struct history_choice *choice, struct err *err);

/* The terms whose numbers a forecast is made from: they have to be in the history. */
void trend_basis(int running, int *from, int *to);

#endif
