/* What a total of the shown month does not contain: it never stands without saying so. */
#ifndef TUI_GAP_H
#define TUI_GAP_H

#include <stdbool.h>

#include "model/gap.h"
#include "tui/app.h"

struct shown_gap {
    struct gap gap;
    bool lower;     /* the total is a lower bound: show it with ">= " */
    char text[120]; /* "3 of 14 servers silent", "" when nothing is missing */
};

/* What the month's usage is judged from (model/gap.h); ONLY: the servers that count, NULL: all. */
struct gap_input gap_input_of(struct app *a, const struct server_set *only);
/* The gap of the session's usage by the one rule of model/gap.h, and editions that could not be
 * read, which are missing from any month. */
void shown_gap_find(struct app *a, const struct server_set *only, struct shown_gap *out);

#endif
