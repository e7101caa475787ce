#include "model/notice_marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/vec.h"
#include "model/account.h"

void notice_marks_init(struct notice_marks *m)
{
    *m = (struct notice_marks){0};
}

void notice_marks_release(struct notice_marks *m)
{
    free(m->ids);
    notice_marks_init(m);
}

static size_t place(const struct notice_marks *m, uint64_t id)
{
    size_t low = 0, high = m->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (m->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool notice_marks_has(const struct notice_marks *m, uint64_t id)
{
    size_t at = place(m, id);

    return at < m->count && m->ids[at] == id;
}

int notice_marks_set(struct notice_marks *m, uint64_t id, bool read)
{
    size_t at = place(m, id);
    bool has = at < m->count && m->ids[at] == id;
    int rc;

    if (has == read)
        return 0;
    if (!read) {
        memmove(m->ids + at, m->ids + at + 1, (m->count - at - 1) * sizeof(*m->ids));
        m->count--;
        return 0;
    }
    rc = vec_grow(&m->ids, &m->cap, m->count + 1, sizeof(*m->ids), NOTICE_MARKS_MAX);
    if (rc < 0)
        return rc;
    memmove(m->ids + at + 1, m->ids + at, (m->count - at) * sizeof(*m->ids));
    m->ids[at] = id;
    m->count++;
    return 0;
}

static int compare_ids(const void *pa, const void *pb)
{
    const uint64_t *a = pa, *b = pb;

    return *a < *b ? -1 : *a > *b;
}

/* Sorts IDS and drops repeats: returns how many are left. */
static size_t sort_ids(uint64_t *ids, size_t count)
{
    size_t n = 0;

    if (count > 1)
        qsort(ids, count, sizeof(*ids), compare_ids);
    for (size_t i = 0; i < count; i++)
        if (n == 0 || ids[n - 1] != ids[i])
            ids[n++] = ids[i];
    return n;
}

/* M becomes the COUNT numbers at IDS, taken over, repeats and all. */
static int take_ids(struct notice_marks *m, uint64_t *ids, size_t count)
{
    size_t n = sort_ids(ids, count);

    if (n > NOTICE_MARKS_MAX) {
        free(ids);
        return ERR_TOOBIG;
    }
    free(m->ids);
    *m = (struct notice_marks){ids, n, count};
    return 0;
}

int notice_marks_load(struct notice_marks *m, const uint64_t *ids, size_t count)
{
    uint64_t *copy;

    if (count > SIZE_MAX / sizeof(*copy) - 1)
        return ERR_TOOBIG;
    copy = malloc((count + 1) * sizeof(*copy));
    if (copy == NULL)
        return ERR_NOMEM;
    if (count > 0)
        memcpy(copy, ids, count * sizeof(*copy));
    return take_ids(m, copy, count);
}

/* The sorted ids of L; NULL without memory. *N gets how many. */
static uint64_t *list_ids(const struct notice_list *l, size_t *n)
{
    uint64_t *ids = malloc((l->count + 1) * sizeof(*ids));

    if (ids == NULL)
        return NULL;
    for (size_t i = 0; i < l->count; i++)
        ids[i] = l->rows[i].id;
    *n = sort_ids(ids, l->count);
    return ids;
}

/* Keeps the marks that are (IN) or are not (!IN) among the N sorted IDS. */
static void keep(struct notice_marks *m, const uint64_t *ids, size_t n, bool in)
{
    size_t kept = 0;

    for (size_t i = 0; i < m->count; i++) {
        bool among = n > 0 && bsearch(&m->ids[i], ids, n, sizeof(*ids), compare_ids) != NULL;

        if (among == in)
            m->ids[kept++] = m->ids[i];
    }
    m->count = kept;
}

int notice_marks_set_all(struct notice_marks *m, const struct notice_list *l, bool read)
{
    size_t n = 0;
    uint64_t *ids = list_ids(l, &n), *all;

    if (ids == NULL)
        return ERR_NOMEM;
    if (!read || m->count + n > NOTICE_MARKS_MAX)
        keep(m, ids, n, read);
    if (!read) {
        free(ids);
        return 0;
    }
    all = realloc(ids, (n + m->count + 1) * sizeof(*all));
    if (all == NULL) {
        free(ids);
        return ERR_NOMEM;
    }
    if (m->count > 0)
        memcpy(all + n, m->ids, m->count * sizeof(*all));
    return take_ids(m, all, n + m->count);
}

void notice_marks_prune(struct notice_marks *m, const struct notice_list *l)
{
    size_t n = 0;
    uint64_t *ids = list_ids(l, &n);

    if (ids != NULL)
        keep(m, ids, n, true);
    free(ids);
}

void notice_list_mark(struct notice_list *l, const struct notice_marks *m)
{
    for (size_t i = 0; i < l->count; i++)
        l->rows[i].read = notice_marks_has(m, l->rows[i].id);
}

size_t notice_list_unread(const struct notice_list *l, const char *customer_id, int *worst)
{
    size_t n = 0;
    int most = -1;

    for (size_t i = 0; i < l->count; i++) {
        const struct notice *row = &l->rows[i];

        if (row->read || (customer_id != NULL &&
                          (row->customer_id == NULL || strcmp(row->customer_id, customer_id) != 0)))
            continue;
        n++;
        most = (int)row->severity > most ? (int)row->severity : most;
    }
    if (worst != NULL)
        *worst = most;
    return n;
}
