/*
 * The views that were open, for going back and forward (features.md N7): a pane with its filter,
 * sort, cursor item and open details.
 *
 * Another pane, another filter or opening details is a new view; moving, sorting and the next
 * problem change the one that is open. Closing details goes one view back, so that forward opens
 * them again. Bounded; the oldest go first.
 */
#ifndef TUI_VIEWS_H
#define TUI_VIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;
struct pane;

enum { VIEWS_MAX = 50, VIEWS_FILTER = 1001, VIEWS_CUSTOMER = 256 };

struct place {
    int pane, product;
    const struct pane *shown; /* the pane, or what lay in its place: only compared */
    /* Of a list: */
    char filter[VIEWS_FILTER];
    int sort_column;
    bool sort_desc;
    char customer[VIEWS_CUSTOMER]; /* whose notices; "" */
    bool has_cursor, detail;
    uint64_t cursor_id, detail_id;
};

struct views {
    struct place places[VIEWS_MAX]; /* the oldest first */
    size_t count, at;               /* places[at] is the open view */
};

/* Takes note of what is open now; call after every key. O(length of the filter). */
void views_note(struct app *a);
/* Why there is nothing to go to (STEP -1 back, 1 forward), or NULL. */
const char *views_refusal(const struct app *a, int step);
void views_go(struct app *a, int step);

#endif
