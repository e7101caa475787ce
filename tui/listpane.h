/*
 * Panes that are a table: one implementation, described by data.
 *
 * The pane keeps its cursor, filter, sort and scroll through refreshes. Enter opens the row's
 * details over the table; Esc comes back to the same row and scroll. Marks belong to the pane and
 * last as long as it; no filter, order, refresh or Esc takes them.
 */
#ifndef TUI_LISTPANE_H
#define TUI_LISTPANE_H

#include "model/marks.h"
#include "tui/app.h"
#include "widgets/table.h"

struct list_def {
    const struct row_type *type;
    struct row_source (*source)(struct app *a);
    /* Fills T with all there is to know of ROW. NULL: a generic name and value list. */
    void (*detail)(struct app *a, const void *row, struct textview *t);
    /* Lines above the table (totals); returns how many it drew. May be NULL. */
    int (*head)(struct app *a, struct rect r);
    /* Ready-made filters; may be NULL. */
    const struct server_filter *filters;
    const size_t *filter_count;
    const char *sort;  /* as sort_parse() takes it */
    const char *empty; /* said when the list is known and has no rows */
};

struct listpane {
    const struct list_def *def;
    struct table table;
    struct marks marks;
    struct marks_in marked; /* of the rows there are now */
    struct textview detail;
    bool detail_open;
    uint64_t detail_id;
    void *own;               /* what a pane makes its rows from; the pane frees it */
    char sort_names[64][64]; /* the sort menu's items */
    struct picker_item sort_items[64];
    struct picker_item filter_items[32];
    char filter_texts[32][2][200]; /* their titles and queries, by the limits of the session */
};

/* The rows are known, be it that there are none. */
bool listpane_known(const struct pane *p);

int listpane_open(struct pane *p, const struct list_def *def);
/* The functions of a list pane's pane_def. */
void listpane_release(struct pane *p);
void listpane_data(struct pane *p);
void listpane_draw(struct pane *p, struct rect r);
bool listpane_act(struct pane *p, enum action action, const char *arg);
const char *listpane_refusal(struct pane *p, enum action action);
size_t listpane_hints(struct pane *p, struct hint *out, size_t max);

/* Filter, rows or marks changed: what is marked of what is there. O(rows), or O(1) without marks.
 */
void listpane_count_marks(struct listpane *l);
/* For the filter prompt: sets the filter as far as it compiles. */
int listpane_filter(struct pane *p, const char *text, size_t *at, struct err *err);
/* Shows what FILTER finds, marked or not: for a jump from another pane. */
int listpane_show(struct pane *p, const char *filter, struct err *err);
const char *listpane_filter_text(const struct pane *p);

/* "14 shown / 14   filter: …" in W cells. */
void listpane_counts(struct pane *p, int y, int x, int w);
/* go.c: to the row with the number TO, or that is called exactly so; NULL: says how to say it. */
void listpane_go(struct pane *p, const char *to);

#define LISTPANE_FUNCTIONS                                                                         \
    .is_list = true, .release = listpane_release, .data = listpane_data, .draw = listpane_draw,    \
    .act = listpane_act, .refusal = listpane_refusal, .hints = listpane_hints

#endif
