/*
 * The license servers that usage is shown for: all of them, or those the user chose. Totals,
 * breakdowns and trends of the dashboard follow the choice; the Overview does not.
 *
 * Choosing is an overlay (tui/overlay.c gives it the keys). The choice lasts while luitop runs.
 */
#ifndef TUI_CHOSEN_H
#define TUI_CHOSEN_H

#include <stdbool.h>
#include <stdint.h>

#include "model/server_set.h"
#include "tui/chosen_rows.h"
#include "widgets/chrome.h"

struct app;

enum { CHOSEN_TEXT = 64 };

struct chosen {
    bool some;             /* false: all servers */
    struct server_set set; /* when some */
    size_t of;             /* servers that there are, as of … */
    uint64_t servers_version, usage_version;
    struct chosen_rows rows; /* while the overlay is open */
    size_t cursor, top;
    int page; /* rows visible at the last draw */
};

void chosen_init(struct chosen *c);
void chosen_release(struct chosen *c);

/* NULL: all servers. Borrowed, good until the choice changes. */
const struct server_set *chosen_servers(const struct app *a);
/* "4 of 14 servers chosen"; "" while all count. */
const char *chosen_text(struct app *a, char out[CHOSEN_TEXT]);

/* Lets the user choose, or makes all servers count again; every pane that follows takes it over. */
void chosen_ask(struct app *a);
void chosen_clear(struct app *a);

/* The keys of both for a pane that follows; returns how many hints it put into OUT. */
size_t chosen_pane_hints(const struct app *a, struct hint *out, size_t max);

/* The overlay. */
void chosen_key(struct app *a, key_code k);
void chosen_draw(struct app *a, struct rect area);
size_t chosen_hints(struct hint *out, size_t max);

#endif
