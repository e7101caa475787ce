#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/series.h"

int series_expect(struct series_set *s, size_t i, const struct series_ahead *ahead)
{
    if (i >= s->count)
        return ERR_BUG;
    if (ahead->low < -SERIES_VALUE_MAX || ahead->high > SERIES_VALUE_MAX ||
        ahead->value < ahead->low || ahead->value > ahead->high)
        return ERR_DATA;
    if (s->ahead == NULL)
        s->ahead = calloc(s->count, sizeof(*s->ahead));
    if (s->ahead == NULL)
        return ERR_NOMEM;
    s->ahead[i] = *ahead;
    s->ahead[i].there = true;
    return 0;
}

const struct series_ahead *series_ahead(const struct series_set *s, size_t i)
{
    if (s->ahead == NULL || i >= s->count || !s->ahead[i].there ||
        (s->series_count > 1 && !s->stacked))
        return NULL;
    for (size_t k = 0; k < s->series_count; k++)
        if (s->series[k].hidden)
            return NULL;
    return &s->ahead[i];
}

int series_remark(struct series_set *s, const char *text)
{
    if (s->remark_count == SERIES_REMARKS_MAX)
        return 0;
    s->remarks[s->remark_count] = strdup(text);
    if (s->remarks[s->remark_count] == NULL)
        return ERR_NOMEM;
    s->remark_count++;
    return 0;
}

int series_largest(struct series_set *s, enum series_step parts)
{
    char text[64];

    s->largest = true;
    snprintf(text, sizeof(text), "each %s is its largest %s", series_step_word(s, 1),
             parts == SERIES_DAY ? "day" : "month");
    return series_remark(s, text);
}
