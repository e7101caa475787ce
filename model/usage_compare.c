/* The parts of a feature beside those of the month before. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "model/usage_parts.h"

/* A part of the month before by its name; NULL: Not linked. */
struct earlier {
    const char *name;
    int64_t total;
};

typedef int earlier_order(const void *, const void *);

static int compare_names(const char *a, const char *b, int (*order)(const char *, const char *))
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return order(a, b);
}

static int by_customer(const void *pa, const void *pb)
{
    return compare_names(((const struct earlier *)pa)->name, ((const struct earlier *)pb)->name,
                         strcmp);
}

static int by_server(const void *pa, const void *pb)
{
    return compare_names(((const struct earlier *)pa)->name, ((const struct earlier *)pb)->name,
                         strcasecmp);
}

/* The users of NAME among COUNT sorted parts; ABSENT when it has none, unknown when several. */
static int64_t find_earlier(const struct earlier *parts, size_t count, earlier_order *order,
                            const char *name, int64_t absent)
{
    const struct earlier key = {.name = name};
    const struct earlier *found =
        count > 0 ? bsearch(&key, parts, count, sizeof(*parts), order) : NULL;

    if (found == NULL)
        return absent;
    if ((found > parts && order(found - 1, found) == 0) ||
        (found + 1 < parts + count && order(found, found + 1) == 0))
        return USAGE_UNKNOWN;
    return found->total;
}

int usage_customer_list_compare(struct usage_customer_list *l, const struct usage_feature *before)
{
    struct earlier *parts;
    int64_t absent;

    if (before == NULL)
        return 0;
    parts = calloc(before->customer_part_count + 1, sizeof(*parts));
    if (parts == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < before->customer_part_count; i++) {
        const struct usage_customer *c = &before->customer_parts[i];

        parts[i] = (struct earlier){c->linked ? c->id : NULL, c->total};
    }
    qsort(parts, before->customer_part_count, sizeof(*parts), by_customer);
    absent = usage_customers_add_up(before) ? 0 : USAGE_UNKNOWN;
    for (size_t i = 0; i < l->count; i++) {
        struct usage_customer_row *row = &l->rows[i];

        if (!row->linked || row->customer_id != NULL)
            row->total_before = find_earlier(parts, before->customer_part_count, by_customer,
                                             row->customer_id, absent);
    }
    free(parts);
    return 0;
}

int usage_server_list_compare(struct usage_server_list *l, const struct usage_feature *before)
{
    struct earlier *parts;

    if (before == NULL)
        return 0;
    parts = calloc(before->server_part_count + 1, sizeof(*parts));
    if (parts == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < before->server_part_count; i++)
        parts[i] = (struct earlier){before->server_parts[i].fqdn, before->server_parts[i].total};
    qsort(parts, before->server_part_count, sizeof(*parts), by_server);
    for (size_t i = 0; i < l->count; i++)
        if (l->rows[i].fqdn != NULL)
            l->rows[i].total_before = find_earlier(parts, before->server_part_count, by_server,
                                                   l->rows[i].fqdn, USAGE_UNKNOWN);
    free(parts);
    return 0;
}
