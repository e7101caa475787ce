#include "model/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/list.h"
#include "model/sum.h"
#include "model/term.h"

void history_init(struct history *h)
{
    *h = (struct history){.running = TERM_NONE};
    arena_init(&h->names, LIST_BYTES_MAX);
}

void history_release(struct history *h)
{
    for (size_t i = 0; i < h->count; i++)
        free(h->months[i].features);
    free(h->months);
    free(h->table);
    arena_release(&h->names);
    history_init(h);
}

static int table_grow(struct history *h)
{
    size_t size = h->table_size == 0 ? 256 : h->table_size * 2;
    const char **table;

    if (h->name_count >= HISTORY_NAMES_MAX)
        return ERR_TOOBIG;
    if ((h->name_count + 1) * 2 <= h->table_size)
        return 0;
    table = calloc(size, sizeof(*table));
    if (table == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < h->table_size; i++) {
        size_t at;

        if (h->table[i] == NULL)
            continue;
        at = row_hash(&h->table[i], 1) & (size - 1);
        while (table[at] != NULL)
            at = (at + 1) & (size - 1);
        table[at] = h->table[i];
    }
    free(h->table);
    h->table = table;
    h->table_size = size;
    return 0;
}

/* *OUT gets the history's own copy of S, the same one for the same text; NULL for NULL. */
static int intern(struct history *h, const char *s, const char **out)
{
    const char *copy;
    size_t at;
    int rc;

    *out = NULL;
    if (s == NULL)
        return 0;
    rc = table_grow(h);
    if (rc < 0)
        return rc;
    at = row_hash(&s, 1) & (h->table_size - 1);
    while (h->table[at] != NULL && strcmp(h->table[at], s) != 0)
        at = (at + 1) & (h->table_size - 1);
    if (h->table[at] == NULL) {
        copy = arena_strdup(&h->names, s);
        if (copy == NULL)
            return ERR_NOMEM;
        h->table[at] = copy;
        h->name_count++;
    }
    *out = h->table[at];
    return 0;
}

/* The place of TERM among the months, or where it belongs. */
static size_t place(const struct history *h, int term)
{
    size_t low = 0, high = h->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (h->months[middle].term < term)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct history_month *history_month(const struct history *h, int term)
{
    size_t at = place(h, term);

    return at < h->count && h->months[at].term == term ? &h->months[at] : NULL;
}

/* Takes over M's block. On failure it is still the caller's. */
static int put_month(struct history *h, const struct history_month *m)
{
    size_t at = place(h, m->term);
    int rc;

    if (at < h->count && h->months[at].term == m->term) {
        free(h->months[at].features);
        h->months[at] = *m;
        return 0;
    }
    rc = vec_grow(&h->months, &h->cap, h->count + 1, sizeof(*h->months), HISTORY_MONTHS_MAX);
    if (rc < 0)
        return rc;
    memmove(h->months + at + 1, h->months + at, (h->count - at) * sizeof(*h->months));
    h->months[at] = *m;
    h->count++;
    return 0;
}

/* The features of L and, behind them in the same block, all parts. NULL: no memory. */
static struct history_feature *block(const struct usage_list *l,
                                     struct history_customer **customers,
                                     struct usage_server **servers)
{
    size_t n = l->count, c = 0, s = 0;
    struct history_feature *features;

    for (size_t i = 0; i < l->count; i++) {
        c += l->rows[i].customer_part_count;
        s += l->rows[i].server_part_count;
    }
    if (n > LIST_BYTES_MAX || c > LIST_BYTES_MAX || s > LIST_BYTES_MAX)
        return NULL;
    features =
        calloc(1, n * sizeof(*features) + c * sizeof(**customers) + s * sizeof(**servers) + 1);
    if (features == NULL)
        return NULL;
    *customers = (struct history_customer *)(features + n);
    *servers = (struct usage_server *)(*customers + c);
    return features;
}

static int copy_feature(struct history *h, const struct usage_feature *from,
                        struct history_feature *to, struct history_customer *customers,
                        struct usage_server *servers)
{
    int rc;

    *to = (struct history_feature){
        .total = from->total,
        .free = from->free,
        .servers = from->servers,
        .free_servers = from->free_servers,
        .customers = from->customers,
        .customer_parts = customers,
        .customer_part_count = from->customer_part_count,
        .server_parts = servers,
        .server_part_count = from->server_part_count,
        .servers_told = from->server_part_count > 0 || from->total == 0,
    };
    rc = intern(h, from->feature_id, &to->feature_id);
    if (rc == 0)
        rc = intern(h, edition_name(from->feature_id, from->description, NULL), &to->edition);
    to->customers_told = from->customer_part_count > 0 || from->total == 0;
    for (size_t i = 0; i < from->customer_part_count && rc == 0; i++) {
        const struct usage_customer *c = &from->customer_parts[i];

        customers[i] = (struct history_customer){.total = c->total, .free = c->free};
        rc = intern(h, c->linked ? c->id != NULL ? c->id : "" : NULL, &customers[i].id);
        if (rc == 0)
            rc = intern(h, c->linked ? c->nickname : NULL, &customers[i].name);
    }
    for (size_t i = 0; i < from->server_part_count && rc == 0; i++) {
        servers[i] = from->server_parts[i];
        rc = intern(h, from->server_parts[i].fqdn, &servers[i].fqdn);
    }
    return rc;
}

static void check_customers(struct history_feature *f)
{
    int64_t total = 0, free_users = 0;

    for (size_t i = 0; i < f->customer_part_count; i++) {
        total = sum_add(total, f->customer_parts[i].total);
        free_users = sum_add(free_users, f->customer_parts[i].free);
    }
    f->customers_told = f->customers_told && total == f->total && free_users == f->free;
}

static int failed(struct err *err, int rc, int term)
{
    char text[TERM_TEXT];

    err_set(err, (enum err_code)rc, "The month %s could not be kept", term_text(term, text));
    err_why(err, "%s",
            rc == ERR_TOOBIG ? "there are more months or names than luitop holds"
                             : "out of memory");
    return rc;
}

int history_add_usage(struct history *h, const struct usage_list *l, struct err *err)
{
    struct history_month month = {
        .term = l->term, .detailed = true, .count = l->count, .gap = {.since = INT64_MIN}};
    struct history_customer *customers = NULL;
    struct usage_server *servers = NULL;
    int rc = 0;

    if (l->term < 0)
        return err_set(err, ERR_DATA, "A month without a date cannot be kept");
    month.features = block(l, &customers, &servers);
    if (month.features == NULL)
        rc = ERR_NOMEM;
    for (size_t i = 0; i < l->count && rc == 0; i++) {
        rc = copy_feature(h, &l->rows[i], &month.features[i], customers, servers);
        check_customers(&month.features[i]);
        customers += l->rows[i].customer_part_count;
        servers += l->rows[i].server_part_count;
    }
    if (rc == 0)
        rc = put_month(h, &month);
    if (rc < 0) {
        free(month.features);
        return failed(err, rc, l->term);
    }
    return 0;
}

/* The month of TERM from all rows of L that are of it. */
static int add_product_month(struct history *h, const struct usage_history *l, int term)
{
    struct history_month month = {.term = term, .gap = {.since = INT64_MIN}};
    size_t n = 0;
    int rc = 0;

    for (size_t i = 0; i < l->count; i++)
        n += l->rows[i].term == term;
    month.features = calloc(n, sizeof(*month.features));
    if (month.features == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < l->count && rc == 0; i++) {
        const struct product_month *p = &l->rows[i];
        const char *code = usage_history_feature(p->product);
        struct history_feature *f;

        if (p->term != term)
            continue;
        f = &month.features[month.count++];
        *f = (struct history_feature){.total = p->total,
                                      .free = p->free,
                                      .servers = p->sources,
                                      .free_servers = USAGE_UNKNOWN,
                                      .customers = p->customers};
        rc = intern(h, code, &f->feature_id);
        if (rc == 0)
            rc = intern(h, edition_name(code, p->product, NULL), &f->edition);
    }
    if (rc == 0)
        rc = put_month(h, &month);
    if (rc < 0)
        free(month.features);
    return rc;
}

int history_add_products(struct history *h, const struct usage_history *l, struct err *err)
{
    for (size_t i = 0; i < l->count; i++) {
        int term = l->rows[i].term;
        const struct history_month *m = history_month(h, term);
        size_t first = 0;
        int rc;

        while (l->rows[first].term != term)
            first++;
        if (first < i || term < 0 || (m != NULL && m->detailed))
            continue;
        rc = add_product_month(h, l, term);
        if (rc < 0)
            return failed(err, rc, term);
    }
    return 0;
}

void history_lose(struct history *h, int term, size_t unreadable)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->months[i].term == term)
            h->months[i].unreadable = unreadable;
}

int history_gap(const struct history_month *m, const struct gap_input *in, struct gap *out)
{
    struct gap_report *reports;
    size_t n = 0;
    int rc;

    for (size_t i = 0; i < m->count; i++)
        n += m->features[i].server_part_count;
    reports = calloc(n + 1, sizeof(*reports));
    if (reports == NULL)
        return ERR_NOMEM;
    n = 0;
    for (size_t i = 0; i < m->count; i++)
        for (size_t k = 0; k < m->features[i].server_part_count; k++) {
            const struct usage_server *s = &m->features[i].server_parts[k];

            reports[n++] = (struct gap_report){s->fqdn, s->reported};
        }
    rc = gap_find(in, m->term, reports, n, out);
    free(reports);
    return rc;
}

int history_mark(struct history *h, const struct gap_input *in)
{
    int rc = 0;

    h->running = term_of(in->now, in->zone);
    for (size_t i = 0; i < h->count && rc == 0; i++) {
        rc = history_gap(&h->months[i], in, &h->months[i].gap);
        h->months[i].incomplete = gap_incomplete(&h->months[i].gap);
    }
    return rc;
}
