/*
 * The license servers that usage is shown for: all of them, or those the user chose. Totals,
 * breakdowns and trends of the dashboard follow the choice; the Overview does not.
 *
 * The choice lasts while luitop runs.
 */
#ifndef TUI_CHOSEN_H
#define TUI_CHOSEN_H

#include <stdbool.h>
#include <stdint.h>

#include "model/server_set.h"
#include "tui/action.h"
#include "tui/chosen_rows.h"
#include "widgets/chrome.h"

struct app;

enum { CHOSEN_TEXT = 64 };

struct chosen {
    bool some;             /* false: all servers */
    struct server_set set; /* when some */
    size_t of;             /* servers that there are, as of … */
    uint64_t servers_version, usage_version;
    struct chosen_rows rows; /* what the overlay lists, in its order */
};

void chosen_init(struct chosen *c);
void chosen_release(struct chosen *c);

/* NULL: all servers. Borrowed, good until the choice changes. */
const struct server_set *chosen_servers(const struct app *a);
/* "4 of 14 servers chosen"; "" while all count. */
const char *chosen_text(struct app *a, char out[CHOSEN_TEXT]);

/* Lets the user choose (ACTION_SERVERS), or makes all servers count again (ACTION_ALL_SERVERS);
 * every pane that follows takes it over. False: another action. */
bool chosen_act(struct app *a, enum action action);
/* The keys of both for a pane that follows; returns how many hints it put into OUT. */
size_t chosen_pane_hints(const struct app *a, struct hint *out, size_t max);

#endif
