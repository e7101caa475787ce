/* luitop on a terminal: the loop, the panes, the keys. */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>

struct clock;
struct config;
struct err;
struct log;
struct profile;
struct session;
struct store;

struct tui_options {
    const struct config *config; /* ui settings and keys */
    const struct profile *profile;
    struct session *session; /* borrowed; nothing has been asked yet */
    struct store *store;     /* view state; NULL: remember nothing */
    const struct clock *clock;
    struct log *log;
    const char *notice; /* said once at the start, e.g. why the store is off; may be NULL */
    bool demo, read_only, offline;
};

/* Runs until the user or a signal ends it, and gives the terminal back. Returns the process's exit
 * status: 0, 69 when the terminal cannot be used, 78 for a bad key or theme setting (both with one
 * sentence on stderr), 128 + the signal's number after SIGTERM or SIGHUP. */
int tui_run(const struct tui_options *o);

#endif
