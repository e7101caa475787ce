/* Actions that move, as motions of a table, a text or a chart. */
#ifndef TUI_MOTION_H
#define TUI_MOTION_H

#include <stdbool.h>

#include "tui/action.h"
#include "widgets/table.h"

/* False when ACTION does not move. */
bool motion_of_action(enum action action, enum motion *out);

#endif
