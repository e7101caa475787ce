/*
 * Room in a growing array with a ceiling.
 *
 *     struct server *rows; size_t n, cap;
 *     if (vec_grow(&rows, &cap, n + 1, sizeof(*rows), SERVERS_MAX) < 0) ...
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

/* Makes *ITEMS (a pointer to any object type, from malloc or NULL) hold at least NEED elements of
 * SIZE bytes; new ones are zeroed. 0, ERR_TOOBIG when NEED passes MAX, ERR_NOMEM; on failure the
 * array is as before. Amortised O(1) an element. The caller frees *ITEMS. */
int vec_grow(void *items, size_t *cap, size_t need, size_t size, size_t max);

#endif
