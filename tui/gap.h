/* What a total of the shown month does not contain: it never stands without saying so. */
#ifndef TUI_GAP_H
#define TUI_GAP_H

#include <stdbool.h>

#include "tui/app.h"

struct shown_gap {
    bool lower;     /* the total is a lower bound: show it with ">= " */
    char text[120]; /* "(3 of 14 servers silent)", "" when nothing is missing */
};

/* The gap of the session's usage by the one rule of model/gap.h, and editions that could not be
 * read, which are missing from any month. */
void shown_gap_find(struct app *a, struct shown_gap *out);

#endif
