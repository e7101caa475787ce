/*
 * The servers that one can choose from: those of the server list and those that only the usage
 * names, a machine once, by name. Pure.
 */
#ifndef TUI_CHOSEN_ROWS_H
#define TUI_CHOSEN_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/server.h"
#include "model/server_set.h"
#include "model/usage.h"

enum { CHOSEN_ROWS_MAX = 1000000 };

struct chosen_row {
    const char *host_id; /* NULL: only the usage names it */
    const char *fqdn;    /* NULL: never reported, so that nothing is counted for it */
    const char *finding; /* const text: "reporting"; NULL without host_id */
    int severity;
    bool on;
};
struct chosen_rows {
    struct arena arena; /* owns the texts: the lists may go */
    struct chosen_row *rows;
    size_t count, cap;
};

void chosen_rows_init(struct chosen_rows *l);
void chosen_rows_release(struct chosen_rows *l); /* afterwards as after init */
/* Replaces L; rows in SET (NULL: all) are on. O(n log n). 0, ERR_NOMEM, ERR_TOOBIG; then L is
 * empty. */
int chosen_rows_build(struct chosen_rows *l, const struct server_list *servers,
                      const struct usage_list *usage, const struct server_set *set);
/* How many can be chosen, and how many of these are on. */
size_t chosen_rows_choosable(const struct chosen_rows *l);
size_t chosen_rows_on(const struct chosen_rows *l);

#endif
