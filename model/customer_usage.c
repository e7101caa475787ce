#include "model/customer_usage.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/list.h"
#include "model/sum.h"
#include "model/term.h"
#include "model/usage_parts.h"

LIST_INIT(customer_usage_list)
LIST_SOURCE(customer_usage_list, customer_usage_row_type)

/* A part of either term, or a customer of the partner list (feature NULL). */
struct item {
    const char *id; /* NULL: not linked */
    const struct usage_feature *feature;
    const struct usage_customer *part;
    const struct customer *customer;
    bool before;
};
struct items {
    struct item *rows;
    size_t count;
};

/* The features of one term by code, and whether all parts of that code add up. */
struct told {
    const char *feature_id;
    bool adds_up;
};
struct told_list {
    struct told *rows;
    size_t count;
    bool known, all; /* there is such a term; every feature adds up */
};

void customer_usage_list_release(struct customer_usage_list *l)
{
    arena_release(&l->arena);
    free(l->rows);
    *l = (struct customer_usage_list){.arena = l->arena};
}

static int compare_texts(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a == NULL) - (b == NULL);
    return strcmp(a, b);
}

/* By customer, not linked last; a customer's own item first, then by edition. */
static int compare_items(const void *pa, const void *pb)
{
    const struct item *a = pa, *b = pb;
    int c = compare_texts(a->id, b->id);

    if (c != 0)
        return c;
    if (a->feature == NULL || b->feature == NULL)
        return (a->feature != NULL) - (b->feature != NULL);
    c = compare_texts(a->feature->feature_id, b->feature->feature_id);
    return c != 0 ? c : (int)a->before - (int)b->before;
}

static size_t count_parts(const struct usage_list *l)
{
    size_t n = 0;

    for (size_t i = 0; l != NULL && i < l->count; i++)
        n += l->rows[i].customer_part_count;
    return n;
}

static void take_parts(struct items *items, const struct usage_list *l, bool before)
{
    for (size_t i = 0; l != NULL && i < l->count; i++)
        for (size_t k = 0; k < l->rows[i].customer_part_count; k++) {
            const struct usage_customer *part = &l->rows[i].customer_parts[k];

            items->rows[items->count++] =
                (struct item){.id = part->linked ? part->id != NULL ? part->id : "" : NULL,
                              .feature = &l->rows[i],
                              .part = part,
                              .before = before};
        }
}

static int items_init(struct items *items, const struct customer_list *customers,
                      const struct usage_list *now, const struct usage_list *before)
{
    size_t own = customers != NULL ? customers->count : 0;
    size_t most = own + count_parts(now) + count_parts(before);

    *items = (struct items){0};
    if (most == 0)
        return 0;
    items->rows = calloc(most, sizeof(*items->rows));
    if (items->rows == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < own; i++)
        items->rows[items->count++] =
            (struct item){.id = customers->rows[i].id, .customer = &customers->rows[i]};
    take_parts(items, now, false);
    take_parts(items, before, true);
    qsort(items->rows, items->count, sizeof(*items->rows), compare_items);
    return 0;
}

static int compare_told(const void *pa, const void *pb)
{
    const struct told *a = pa, *b = pb;

    return compare_texts(a->feature_id, b->feature_id);
}

static int told_init(struct told_list *t, const struct usage_list *l)
{
    size_t n = 0;

    *t = (struct told_list){.known = l != NULL, .all = l != NULL};
    if (l == NULL || l->count == 0)
        return 0;
    t->rows = calloc(l->count, sizeof(*t->rows));
    if (t->rows == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < l->count; i++) {
        t->rows[i] = (struct told){l->rows[i].feature_id, usage_customers_add_up(&l->rows[i])};
        t->all = t->all && t->rows[i].adds_up;
    }
    qsort(t->rows, l->count, sizeof(*t->rows), compare_told);
    for (size_t i = 0; i < l->count; i++) {
        if (n > 0 && compare_told(&t->rows[n - 1], &t->rows[i]) == 0)
            t->rows[n - 1].adds_up = t->rows[n - 1].adds_up && t->rows[i].adds_up;
        else
            t->rows[n++] = t->rows[i];
    }
    t->count = n;
    return 0;
}

/* What a customer has of an edition that lists no part of it: 0, or not known. A term without the
 * edition says nothing of it, as in a history. */
static int64_t absent(const struct told_list *t, const char *feature_id)
{
    const struct told key = {feature_id, false};
    const struct told *found;

    if (!t->known || t->count == 0)
        return USAGE_UNKNOWN;
    if (feature_id == NULL)
        return t->all ? 0 : USAGE_UNKNOWN;
    found = bsearch(&key, t->rows, t->count, sizeof(*t->rows), compare_told);
    return found != NULL && found->adds_up ? 0 : USAGE_UNKNOWN;
}

static const char *name_of(const struct item *own, const struct item *part)
{
    if (part != NULL && !part->part->linked)
        return "Not linked";
    if (own != NULL && own->customer->name != NULL && own->customer->name[0] != '\0')
        return own->customer->name;
    if (part != NULL && part->part->nickname != NULL && part->part->nickname[0] != '\0')
        return part->part->nickname;
    return own != NULL ? own->customer->id : part != NULL ? part->part->id : NULL;
}

/* The row of the items FIRST to END, all of one customer and edition; OWN and a row without any
 * part may be. */
static void fill_row(struct customer_usage *row, const struct item *own, const struct item *first,
                     const struct item *end, const struct told_list *now,
                     const struct told_list *before)
{
    const struct item *part = first < end ? first : NULL;
    const struct usage_feature *f = part != NULL ? part->feature : NULL;
    const char *identity[3];
    bool has_now = false, has_before = false;

    *row = (struct customer_usage){
        .customer_id = own != NULL          ? own->customer->id
                       : part->part->linked ? part->part->id
                                            : NULL,
        .customer = name_of(own, part),
        .type = own != NULL && own->customer->type != NULL ? own->customer->type
                : part != NULL                             ? part->part->type
                                                           : NULL,
        .linked = part == NULL || part->part->linked,
        .feature_id = f != NULL ? f->feature_id : NULL,
        .edition = f != NULL ? edition_name(f->feature_id, f->description, NULL) : NULL,
        .notifications = own != NULL ? own->customer->notifications : -1,
    };
    for (const struct item *i = first; i < end; i++) {
        int64_t *total = i->before ? &row->total_before : &row->total;
        int64_t *free_users = i->before ? &row->free_before : &row->free;

        *total = sum_add(*total, i->part->total);
        *free_users = sum_add(*free_users, i->part->free);
        has_now = has_now || !i->before;
        has_before = has_before || i->before;
    }
    if (!has_now)
        row->total = row->free = absent(now, row->feature_id);
    if (!has_before)
        row->total_before = row->free_before = absent(before, row->feature_id);
    identity[0] = row->linked ? row->customer_id != NULL ? row->customer_id : "" : NULL;
    identity[1] = row->feature_id;
    row->id = row_hash(identity, 2);
}

static int build_rows(struct customer_usage_list *l, const struct items *items,
                      const struct told_list *now, const struct told_list *before)
{
    const struct item *own = NULL, *end = items->rows + items->count;

    for (const struct item *i = items->rows; i < end;) {
        const struct item *first = i;
        struct customer_usage *row;

        if (own != NULL && compare_texts(own->id, i->id) != 0)
            own = NULL;
        if (i->feature == NULL) {
            own = i++;
            /* Two entries of one customer: the last one counts where it has users. */
            if (i < end && i->feature != NULL && compare_texts(i->id, own->id) == 0)
                continue;
            first = i;
        } else {
            while (i < end && compare_texts(i->id, first->id) == 0 &&
                   compare_texts(i->feature->feature_id, first->feature->feature_id) == 0)
                i++;
        }
        row = list_add(&l->rows, &l->count, &l->cap, sizeof(*l->rows), CUSTOMER_USAGE_MAX);
        if (row == NULL)
            return l->count >= CUSTOMER_USAGE_MAX ? ERR_TOOBIG : ERR_NOMEM;
        fill_row(row, own, first, i, now, before);
    }
    return 0;
}

static bool is_incomplete(const struct usage_list *l)
{
    for (size_t i = 0; l != NULL && i < l->count; i++)
        if (l->rows[i].incomplete)
            return true;
    return false;
}

int customer_usage_list_build(struct customer_usage_list *l, const struct customer_list *customers,
                              const struct usage_list *now, const struct usage_list *before)
{
    struct told_list told = {0}, told_before = {0};
    struct items items = {0};
    int rc = items_init(&items, customers, now, before);

    customer_usage_list_release(l);
    if (rc == 0)
        rc = told_init(&told, now);
    if (rc == 0)
        rc = told_init(&told_before, before);
    if (rc == 0 && items.count > 0)
        rc = build_rows(l, &items, &told, &told_before);
    for (size_t i = 0; i < l->count; i++) {
        l->rows[i].term = now != NULL ? now->term : TERM_NONE;
        l->rows[i].incomplete = is_incomplete(now);
        l->rows[i].incomplete_before = is_incomplete(before);
    }
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct customer_usage, id));
    if (rc < 0)
        customer_usage_list_release(l);
    free(items.rows);
    free(told.rows);
    free(told_before.rows);
    return rc;
}
