#include "model/list.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

void *list_add(void *rows, size_t *count, size_t *cap, size_t size, size_t max)
{
    char *base;

    if (vec_grow(rows, cap, *count + 1, size, max) < 0)
        return NULL;
    memcpy(&base, rows, sizeof(base));
    return base + size * (*count)++;
}

struct id_at {
    uint64_t id;
    size_t at;
};

static int id_at_compare(const void *pa, const void *pb)
{
    const struct id_at *a = pa, *b = pb;

    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* The id of the row that has RANK rows with the same id before it. */
static uint64_t ranked_id(uint64_t id, size_t rank)
{
    char text[64];
    const char *part = text;

    snprintf(text, sizeof(text), "%llx %zu", (unsigned long long)id, rank);
    return row_hash(&part, 1);
}

void list_unique_ids(void *rows, size_t count, size_t size, size_t offset)
{
    struct id_at *order;
    char *ids;

    if (count < 2)
        return;
    ids = (char *)rows + offset;
    order = calloc(count, sizeof(*order));
    if (order == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        memcpy(&order[i].id, ids + i * size, sizeof(order[i].id));
        order[i].at = i;
    }
    qsort(order, count, sizeof(*order), id_at_compare);
    for (size_t i = 1, rank = 0; i < count; i++) {
        uint64_t id;

        rank = order[i].id == order[i - 1].id ? rank + 1 : 0;
        if (rank == 0)
            continue;
        id = ranked_id(order[i].id, rank);
        memcpy(ids + order[i].at * size, &id, sizeof(id));
    }
    free(order);
}
