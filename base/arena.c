#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char data[];
};

enum { BLOCK_MIN = 16 * 1024 };

void arena_init(struct arena *a, size_t max)
{
    *a = (struct arena){.max = max};
}

void arena_release(struct arena *a)
{
    struct arena_block *b = a->head;

    while (b != NULL) {
        struct arena_block *next = b->next;

        free(b);
        b = next;
    }
    arena_init(a, a->max);
}

static struct arena_block *block_new(struct arena *a, size_t size)
{
    size_t room = a->max - a->used;
    size_t want = size < BLOCK_MIN ? BLOCK_MIN : size;
    struct arena_block *b;

    if (want > room)
        want = size;
    if (want > SIZE_MAX - sizeof(*b) || want > room)
        return NULL;
    b = calloc(1, sizeof(*b) + want);
    if (b == NULL)
        return NULL;
    b->size = want;
    b->next = a->head;
    a->head = b;
    a->used += want;
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    struct arena_block *b = a->head;
    void *p;

    if (size > SIZE_MAX - align)
        return NULL;
    size = (size + align - 1) / align * align;
    if (b == NULL || size > b->size - b->used)
        b = block_new(a, size);
    if (b == NULL)
        return NULL;
    p = b->data + b->used;
    b->used += size;
    return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    return arena_alloc(a, count * size);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *p = n < SIZE_MAX ? arena_alloc(a, n + 1) : NULL;

    if (p != NULL && n > 0)
        memcpy(p, s, n);
    return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}
