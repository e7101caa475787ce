/*
 * The Customers pane: what its files share. Private to tui/pane_customers.c, tui/customer_*.c and
 * tui/pane_lists.c.
 */
#ifndef TUI_CUSTOMER_H
#define TUI_CUSTOMER_H

#include "model/customer_usage.h"
#include "tui/app.h"

/* The customer of the partner list with that id; NULL: it is not there. O(customers). */
const struct customer *customer_of(struct app *a, const char *id);
/* All that is known of ROW's customer: who it is, its editions among ROWS, its months, its notices.
 * Asks for the months and the notices, which come later. */
void customer_detail(struct app *a, const struct customer_usage_list *rows,
                     const struct customer_usage *row, struct textview *t);
/* Opens the notices that are of customer C, or says why there are none to open. */
void customer_show_notices(struct pane *p, const struct customer *c);

#endif
