#include "model/usage.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model/gap.h"
#include "model/list.h"
#include "model/sum.h"
#include "model/term.h"

LIST_ROWS(usage_list, usage_feature, USAGE_FEATURES_MAX)
LIST_SOURCE(usage_list, usage_row_type)

void usage_list_init(struct usage_list *l, int term)
{
    *l = (struct usage_list){.term = term};
    arena_init(&l->arena, LIST_BYTES_MAX);
}

void usage_list_finish(struct usage_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        struct usage_feature *f = &l->rows[i];
        const char *const identity[] = {f->sku_id, f->feature_id};

        f->term = l->term;
        f->id = row_hash(identity, 2);
    }
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct usage_feature, id));
}

int64_t usage_paid(int64_t total, int64_t free_users)
{
    int64_t paid;

    if (__builtin_sub_overflow(total, free_users, &paid))
        return total < 0 ? INT64_MIN : INT64_MAX;
    return paid;
}

int usage_free_percent(int64_t total, int64_t free_users)
{
    __int128 above, below, percent;

    if (total <= 0)
        return 0;
    /* floor(100 * free / total + 1/2), over one denominator */
    above = (__int128)200 * free_users + total;
    below = (__int128)2 * total;
    percent = above / below;
    if (above < 0 && above % below != 0)
        percent--;
    return percent > INT_MAX ? INT_MAX : percent < INT_MIN ? INT_MIN : (int)percent;
}

int64_t usage_not_linked(const struct usage_feature *f)
{
    int64_t sum = 0;
    bool told = false;

    for (size_t i = 0; i < f->customer_part_count; i++) {
        if (f->customer_parts[i].linked)
            continue;
        told = true;
        sum = sum_add(sum, f->customer_parts[i].total);
    }
    return told ? sum : -1;
}

void usage_list_sum(const struct usage_list *l, struct usage_sum *out)
{
    struct usage_sum sum = {.features = l->count};
    bool told = l->count > 0;

    for (size_t i = 0; i < l->count; i++) {
        int64_t part = usage_not_linked(&l->rows[i]);

        sum.total = sum_add(sum.total, l->rows[i].total);
        sum.free = sum_add(sum.free, l->rows[i].free);
        told = told && part >= 0;
        if (told)
            sum.not_linked = sum_add(sum.not_linked, part);
    }
    if (!told)
        sum.not_linked = -1;
    *out = sum;
}

void usage_list_mark(struct usage_list *l, const struct gap *gap)
{
    for (size_t i = 0; i < l->count; i++)
        l->rows[i].incomplete = gap_incomplete(gap);
}

struct row_source usage_gap_source(const struct usage_list *l)
{
    struct row_source source = usage_list_source(l);

    source.type = &usage_gap_row_type;
    return source;
}

const struct usage_feature *usage_list_find(const struct usage_list *l, const char *feature_id)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->rows[i].feature_id != NULL && strcmp(l->rows[i].feature_id, feature_id) == 0)
            return &l->rows[i];
    }
    return NULL;
}
