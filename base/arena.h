/*
 * Memory that is freed all at once.
 *
 * An arena hands out zeroed, aligned pieces from large blocks and frees them together. It has a
 * ceiling; past it, or when memory is out, allocation returns NULL and the arena stays usable.
 * Pointers stay valid until arena_release(). An allocation costs a few instructions.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *head;
    size_t used; /* bytes taken from the system */
    size_t max;
};

void arena_init(struct arena *a, size_t max);
void arena_release(struct arena *a);
/* SIZE bytes, zeroed, aligned for any type; NULL at the ceiling. Owned by the arena. */
void *arena_alloc(struct arena *a, size_t size);
/* COUNT * SIZE bytes; NULL also when the product overflows. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* A NUL-terminated copy of N bytes of S (which may hold NULs); NULL at the ceiling. */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_strdup(struct arena *a, const char *s);

#endif
