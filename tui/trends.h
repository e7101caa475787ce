/*
 * What the Trends pane shows: a choice of numbers and months, and the series made from the
 * session's history. Private to tui/pane_trends.c and trends_build.c.
 */
#ifndef TUI_TRENDS_H
#define TUI_TRENDS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/history.h"
#include "model/series.h"
#include "tui/app.h"
#include "widgets/chart.h"

/* Subjects of the menu: all editions as paid and free; each beside the others; one; one customer.
 */
enum trend_kind {
    TREND_TOTAL,
    TREND_SIDE_BY_SIDE,
    TREND_EDITION,
    TREND_CUSTOMER,
    TREND_NOT_LINKED
};

enum { TREND_SUBJECTS_MAX = 2000, TREND_ID_MAX = 128, TREND_NAME_MAX = 128 };

struct trend_subject {
    enum trend_kind kind;
    char id[TREND_ID_MAX]; /* feature code or customer id, "" for the other kinds */
    char name[TREND_NAME_MAX];
};

struct trends {
    struct trend_subject shown;
    int months;   /* the last so many; 0: FROM to TO */
    int from, to; /* terms */
    struct series_set set;
    bool have_set;
    struct chart_view view;
    struct trend_subject *subjects; /* of the open menu; owned */
    struct picker_item *items;
    size_t subject_count;
};

/* The terms that are shown, both included, by the choice and the clock. */
void trends_range(struct app *a, const struct trends *t, int *from, int *to);
/* Makes the set anew from the session's history. 0 or negative; then there is none. */
int trends_build(struct app *a, struct trends *t);
/* Fills the menu's subjects from the newest month that has usage. 0 or ERR_NOMEM. */
int trends_subjects(struct app *a, struct trends *t);

#endif
