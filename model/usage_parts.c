#include "model/usage_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/list.h"
#include "model/sum.h"

LIST_INIT(usage_customer_list)
LIST_ROWS(usage_customer_list, usage_customer_row, USAGE_PARTS_MAX)
LIST_SOURCE(usage_customer_list, usage_customer_row_type)
LIST_INIT(usage_server_list)
LIST_ROWS(usage_server_list, usage_server_row, USAGE_PARTS_MAX)
LIST_SOURCE(usage_server_list, usage_server_row_type)

static bool wanted(const struct usage_feature *f, const char *feature_id)
{
    return feature_id == NULL || (f->feature_id != NULL && strcmp(f->feature_id, feature_id) == 0);
}

/* The feature with a part's counts. */
static struct usage_feature part_of(const struct usage_feature *f, int64_t total,
                                    int64_t free_users, bool linked, const char *who)
{
    const char *const identity[] = {f->sku_id, f->feature_id, linked ? "" : NULL, who};
    struct usage_feature part = *f;

    part.total = total;
    part.free = free_users;
    part.servers = part.free_servers = part.customers = USAGE_UNKNOWN;
    part.server_parts = NULL;
    part.customer_parts = NULL;
    part.server_part_count = part.customer_part_count = 0;
    part.at_most = false; /* a part is counted, whatever its whole is */
    part.id = row_hash(identity, 4);
    return part;
}

static int compare_ids(const void *pa, const void *pb)
{
    const struct customer *const *a = pa, *const *b = pb;

    return strcmp((*a)->id, (*b)->id);
}

static int find_id(const void *key, const void *pb)
{
    const struct customer *const *b = pb;

    return strcmp(key, (*b)->id);
}

/* L's customers by id; NULL without memory or customers. */
static const struct customer **by_id(const struct customer_list *l)
{
    const struct customer **order =
        l != NULL && l->count > 0 ? calloc(l->count, sizeof(*order)) : NULL;

    if (order == NULL)
        return NULL;
    for (size_t i = 0; i < l->count; i++)
        order[i] = &l->rows[i];
    qsort(order, l->count, sizeof(*order), compare_ids);
    return order;
}

static const char *customer_name(const struct usage_customer *c, const struct customer **order,
                                 size_t count)
{
    const struct customer **found = NULL;

    if (!c->linked)
        return "Not linked";
    if (order != NULL && c->id != NULL)
        found = bsearch(c->id, order, count, sizeof(*order), find_id);
    if (found != NULL && (*found)->name != NULL && (*found)->name[0] != '\0')
        return (*found)->name;
    return c->nickname != NULL && c->nickname[0] != '\0' ? c->nickname : c->id;
}

int usage_customer_list_build(struct usage_customer_list *l, const struct usage_list *usage,
                              const char *feature_id, const struct customer_list *names)
{
    const struct customer **order = by_id(names);
    int rc = order == NULL && names != NULL && names->count > 0 ? ERR_NOMEM : 0;

    usage_customer_list_release(l);
    for (size_t i = 0; i < usage->count && rc == 0; i++) {
        const struct usage_feature *f = &usage->rows[i];

        for (size_t k = 0; wanted(f, feature_id) && k < f->customer_part_count; k++) {
            const struct usage_customer *c = &f->customer_parts[k];
            struct usage_customer_row *row = usage_customer_list_add(l);

            if (row == NULL) {
                rc = l->count >= USAGE_PARTS_MAX ? ERR_TOOBIG : ERR_NOMEM;
                break;
            }
            *row = (struct usage_customer_row){
                .f = part_of(f, c->total, c->free, c->linked, c->linked ? c->id : NULL),
                .customer_id = c->linked ? c->id : NULL,
                .customer = customer_name(c, order, names != NULL ? names->count : 0),
                .linked = c->linked,
                .total_before = USAGE_UNKNOWN,
            };
        }
    }
    free(order);
    if (rc < 0)
        usage_customer_list_release(l);
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct usage_customer_row, f.id));
    return rc;
}

int usage_server_list_build(struct usage_server_list *l, const struct usage_list *usage,
                            const char *feature_id, const struct gap_input *in)
{
    struct gap_judge judge;
    int rc = gap_judge_init(&judge, in, usage->term);

    if (rc < 0)
        return rc;
    usage_server_list_release(l);
    for (size_t i = 0; i < usage->count && rc == 0; i++) {
        const struct usage_feature *f = &usage->rows[i];

        for (size_t k = 0; wanted(f, feature_id) && k < f->server_part_count; k++) {
            const struct usage_server *s = &f->server_parts[k];
            struct usage_server_row *row;

            if (!server_set_has(in->only, s->fqdn))
                continue;
            row = usage_server_list_add(l);
            if (row == NULL) {
                rc = l->count >= USAGE_PARTS_MAX ? ERR_TOOBIG : ERR_NOMEM;
                break;
            }
            *row = (struct usage_server_row){
                .f = part_of(f, s->total, s->free, true, s->fqdn),
                .fqdn = s->fqdn,
                .server_free = s->server_free,
                .reporting_date = s->reported,
                .total_before = USAGE_UNKNOWN,
            };
            row->f.incomplete = gap_judge_server(&judge, s->fqdn, s->reported) == GAP_SILENT;
        }
    }
    gap_judge_release(&judge);
    if (rc < 0)
        usage_server_list_release(l);
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct usage_server_row, f.id));
    return rc;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

void usage_subset(const struct usage_server *parts, size_t count, int64_t total, int64_t free_users,
                  const struct server_set *only, struct usage_subset *out)
{
    int64_t in = 0, in_free = 0, largest = 0, others = 0, all;
    struct usage_subset s = {0};
    size_t chosen = 0;

    for (size_t i = 0; i < count; i++) {
        if (!server_set_has(only, parts[i].fqdn)) {
            others = sum_add(others, parts[i].total);
            continue;
        }
        chosen++;
        s.free_servers += parts[i].server_free;
        in = sum_add(in, parts[i].total);
        in_free = sum_add(in_free, parts[i].free);
        largest = larger(largest, parts[i].total);
    }
    s.servers = (int64_t)chosen;
    s.whole = only == NULL || (count > 0 && chosen == count);
    all = sum_add(in, others);
    s.total = s.at_least = in;
    s.free = in_free;
    if (s.whole || (chosen > 1 && in >= total)) {
        s.total = s.at_least = total;
        s.free = free_users;
    }
    if (!s.whole && chosen > 1) {
        s.at_least = larger(largest, sum_sub(total, others));
        s.exact = all >= total && s.at_least == s.total;
    } else {
        s.exact = true;
    }
    if (only != NULL && count == 0 && total > 0)
        s = (struct usage_subset){.total = total, .free = free_users};
    if (s.at_least > s.total)
        s.at_least = s.total;
    *out = s;
}

/* The parts of F on the servers of ONLY, in OUT's arena. */
static int choose_parts(const struct usage_feature *f, const struct server_set *only,
                        struct usage_list *out, struct usage_feature *chosen)
{
    struct usage_server *parts = arena_array(&out->arena, f->server_part_count, sizeof(*parts));
    size_t n = 0;

    if (parts == NULL)
        return f->server_part_count > 0 ? ERR_NOMEM : 0;
    for (size_t i = 0; i < f->server_part_count; i++)
        if (server_set_has(only, f->server_parts[i].fqdn))
            parts[n++] = f->server_parts[i];
    chosen->server_parts = parts;
    chosen->server_part_count = n;
    return 0;
}

int usage_list_choose(const struct usage_list *l, const struct server_set *only,
                      struct usage_list *out)
{
    struct usage_list made;
    int rc = 0;

    usage_list_init(&made, l->term);
    made.customer_id = l->customer_id;
    made.org_id = l->org_id;
    for (size_t i = 0; i < l->count && rc == 0; i++) {
        const struct usage_feature *f = &l->rows[i];
        struct usage_feature *row = usage_list_add(&made);
        struct usage_subset s;

        if (row == NULL) {
            rc = ERR_NOMEM;
            break;
        }
        usage_subset(f->server_parts, f->server_part_count, f->total, f->free, only, &s);
        *row = *f;
        if (s.whole)
            continue;
        row->total = s.total;
        row->free = s.free;
        row->servers = s.servers;
        row->free_servers = s.free_servers;
        row->customers = USAGE_UNKNOWN;
        row->customer_parts = NULL;
        row->customer_part_count = 0;
        row->server_parts = NULL;
        row->server_part_count = 0;
        row->at_most = !s.exact;
        rc = choose_parts(f, only, &made, row);
    }
    if (rc < 0) {
        usage_list_release(&made);
        return rc;
    }
    usage_list_finish(&made);
    usage_list_release(out);
    *out = made;
    return 0;
}

bool usage_customers_add_up(const struct usage_feature *f)
{
    int64_t total = 0, free_users = 0;

    for (size_t i = 0; i < f->customer_part_count; i++) {
        total = sum_add(total, f->customer_parts[i].total);
        free_users = sum_add(free_users, f->customer_parts[i].free);
    }
    return total == f->total && free_users == f->free;
}
