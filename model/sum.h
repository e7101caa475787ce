/* Adding numbers from outside: absurd ones stay absurd instead of wrapping. Inside model/ only. */
#ifndef MODEL_SUM_H
#define MODEL_SUM_H

#include <stdint.h>

static inline int64_t sum_add(int64_t a, int64_t b)
{
    int64_t sum;

    if (__builtin_add_overflow(a, b, &sum))
        return b < 0 ? INT64_MIN : INT64_MAX;
    return sum;
}

static inline int64_t sum_sub(int64_t a, int64_t b)
{
    int64_t difference;

    if (__builtin_sub_overflow(a, b, &difference))
        return a < b ? INT64_MIN : INT64_MAX;
    return difference;
}

/* round(100 * part / whole), halves up, at the ends of the range clamped; -1 when WHOLE <= 0. */
static inline int64_t sum_percent(int64_t part, int64_t whole)
{
    __int128 above, below, percent;

    if (whole <= 0)
        return -1;
    above = (__int128)200 * part + whole;
    below = (__int128)2 * whole;
    percent = above / below;
    if (above < 0 && above % below != 0)
        percent--;
    return percent > INT64_MAX ? INT64_MAX : percent < INT64_MIN ? INT64_MIN : (int64_t)percent;
}

#endif
