/* What the panes of cloud licences share. Private to tui/. */
#ifndef TUI_CLOUD_H
#define TUI_CLOUD_H

#include "tui/app.h"

/* "ok", "near 100 %", "over", "no licences": behind a number. */
const char *cloud_words(enum cloud_level l);

/* Whether some tenants of the month are not in the summary: not told, or not readable. */
bool cloud_tenants_missing(struct app *a);

/* The use, as its partner sees it, of the customer that the session looks at: the numbers, or why
 * there are none. */
void tenant_use_add(struct app *a, struct textview *t);

#endif
