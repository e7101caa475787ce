/* Marking rows of a list pane: for listact.c. */
#ifndef TUI_LISTMARK_H
#define TUI_LISTMARK_H

#include "tui/listpane.h"

/* Does one of the actions on marks; false: it is none. */
bool listmark_act(struct pane *p, enum action action);
/* Where only marked rows are shown, shows all again; the marks stay. */
bool listmark_back(struct pane *p);
const char *listmark_refusal(const struct pane *p, enum action action);

#endif
