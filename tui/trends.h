/*
 * What the Trends pane shows: a choice of numbers and months, and the series made from the
 * session's history. trends_open_customer() is for all panes; the rest is private to
 * tui/pane_trends.c and tui/trends_*.c.
 */
#ifndef TUI_TRENDS_H
#define TUI_TRENDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/history.h"
#include "model/series.h"
#include "model/trend_list.h"
#include "tui/app.h"
#include "widgets/chart.h"

/* Opens the pane with the users of one customer: NULL for those linked to none. NAME: raw. */
void trends_open_customer(struct app *a, const char *id, const char *name);

/* Subjects of the menu: all editions as paid and free; each beside the others; one; one customer.
 */
enum trend_kind {
    TREND_TOTAL,
    TREND_SIDE_BY_SIDE,
    TREND_EDITION,
    TREND_CUSTOMER,
    TREND_NOT_LINKED
};

enum {
    TREND_SUBJECTS_MAX = 2000,
    TREND_ID_MAX = 128,
    TREND_NAME_MAX = 128,
    TREND_MONTHS_ALL = HISTORY_MONTHS_MAX
};

struct trend_subject {
    enum trend_kind kind;
    char id[TREND_ID_MAX]; /* feature code or customer id, "" for the other kinds */
    char name[TREND_NAME_MAX];
};

struct trends {
    struct trend_subject shown;
    int months; /* so many, up to TO; by year also the rest of the first year */
    int to;     /* a term; TERM_NONE: the running one */
    bool forecast, by_year;
    struct trend_list list; /* what the set is made from; empty where editions are side by side */
    struct series_set set;
    bool have_set;
    struct err why; /* there is no set */
    struct chart_view view;
    char hidden[SERIES_SHOWN_MAX][TREND_NAME_MAX]; /* names of series taken out of the chart */
    struct trend_subject *subjects;                /* of the open menu; owned */
    struct picker_item *items;
    size_t subject_count;
};

/* The terms that are shown, both included, by the choice and the clock. */
void trends_range(struct app *a, const struct trends *t, int *from, int *to);
/* The running term. */
int trends_running(struct app *a);
/* Makes the set anew from the session's history. 0 or negative: then there is none, see `why`. */
int trends_build(struct app *a, struct trends *t);
/* Hides or shows the series of the legend with that number (1: A). False when there is none. */
bool trends_toggle(struct trends *t, int number);
/* Fills the menu's subjects from the months shown. 0 or ERR_NOMEM. */
int trends_subjects(struct app *a, struct trends *t);
/* What the months lack that are shown, in one line: those on their way, those that failed, silent
 * servers; "" for nothing. *FAILED: it is about a failure. */
void trends_state(struct app *a, const struct trends *t, char *out, size_t size, bool *failed);

#endif
