/*
 * What the lists of this room share: an arena, an array of rows that grows by one, and a source for
 * views. Inside model/ only.
 *
 * A list is a struct with the members `arena`, `rows`, `count` and `cap`. The macros write its
 * functions, so that each list's file holds only what is special about it.
 */
#ifndef MODEL_LIST_H
#define MODEL_LIST_H

#include <stddef.h>

#include "base/arena.h"
#include "model/column.h"

/* What the strings and arrays of one list may take together. */
enum { LIST_BYTES_MAX = 256 * 1024 * 1024 };

/* Appends a zeroed row to the array at *ROWS; NULL at MAX rows or when memory is out. */
void *list_add(void *rows, size_t *count, size_t *cap, size_t size, size_t max);

/* Makes the ids (a uint64_t at OFFSET in each row of SIZE bytes) distinct: the second and later
 * rows with one id get a new one made from it and their rank among them, so that ids stay the same
 * from one reading of a list to the next. Without memory the ids stay as they are. */
void list_unique_ids(void *rows, size_t count, size_t size, size_t offset);

#define LIST_INIT(list)                                                                            \
    void list##_init(struct list *l)                                                               \
    {                                                                                              \
        *l = (struct list){0};                                                                     \
        arena_init(&l->arena, LIST_BYTES_MAX);                                                     \
    }

/* After release a list is as after init. */
#define LIST_ROWS(list, row, max)                                                                  \
    void list##_release(struct list *l)                                                            \
    {                                                                                              \
        arena_release(&l->arena);                                                                  \
        free(l->rows);                                                                             \
        *l = (struct list){.arena = l->arena};                                                     \
    }                                                                                              \
    struct row *list##_add(struct list *l)                                                         \
    {                                                                                              \
        return list_add(&l->rows, &l->count, &l->cap, sizeof(*l->rows), max);                      \
    }

#define LIST_SOURCE(list, row_type)                                                                \
    static const void *list##_at(const void *l, size_t i)                                          \
    {                                                                                              \
        return &((const struct list *)l)->rows[i];                                                 \
    }                                                                                              \
    struct row_source list##_source(const struct list *l)                                          \
    {                                                                                              \
        return (struct row_source){&(row_type), l, l->count, list##_at};                           \
    }

#endif
