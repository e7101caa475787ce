/*
 * The servers that a person has chosen, by fqdn (letter case does not count: host names have none).
 *
 * A NULL set means all servers everywhere in this room; an empty one means none. A part of the
 * usage without a fqdn belongs to all and to no chosen set. Lookups cost O(log n), adding O(n).
 */
#ifndef MODEL_SERVER_SET_H
#define MODEL_SERVER_SET_H

#include <stdbool.h>
#include <stddef.h>

struct server_set {
    char **names; /* sorted, owned */
    size_t count, cap;
};

void server_set_init(struct server_set *s);
void server_set_release(struct server_set *s); /* afterwards as after init */
/* Adding a server that is in the set, and removing one that is not, changes nothing.
 * 0, ERR_NOMEM, ERR_TOOBIG. FQDN is copied. */
int server_set_add(struct server_set *s, const char *fqdn);
void server_set_remove(struct server_set *s, const char *fqdn);
/* S may be NULL (all). FQDN may be NULL. */
bool server_set_has(const struct server_set *s, const char *fqdn);

#endif
