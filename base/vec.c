#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

int vec_grow(void *items, size_t *cap, size_t need, size_t size, size_t max)
{
    size_t want = *cap > 0 ? *cap : max < 16 ? max : 16;
    void *old, *new;

    if (need <= *cap)
        return 0;
    if (need > max || max > SIZE_MAX / size)
        return ERR_TOOBIG;
    while (want < need)
        want = want > max / 2 ? max : want * 2;
    memcpy(&old, items, sizeof(old));
    new = realloc(old, want * size);
    if (new == NULL)
        return ERR_NOMEM;
    memset((char *)new + (*cap) * size, 0, (want - *cap) * size);
    memcpy(items, &new, sizeof(new));
    *cap = want;
    return 0;
}
