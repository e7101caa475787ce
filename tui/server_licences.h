/* The licence files of one license server, for the details of the list of servers. */
#ifndef TUI_SERVER_LICENCES_H
#define TUI_SERVER_LICENCES_H

#include "tui/app.h"

/* Appends to T what is known of S's licences (RESOURCE_SERVER_DETAIL), or in words why nothing is.
 * Asks for them the first time a server is looked at; the pane's data function is to be called
 * when they change. */
void server_licences_add(struct app *a, const struct server *s, struct textview *t);

#endif
