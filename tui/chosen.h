/*
 * The license servers that usage is shown for: all of them, or those the user chose. Totals,
 * breakdowns and trends of the dashboard follow the choice.
 */
#ifndef TUI_CHOSEN_H
#define TUI_CHOSEN_H

struct app;
struct server_set;

/* NULL: all servers. Borrowed, good until the choice changes. */
const struct server_set *chosen_servers(const struct app *a);

#endif
