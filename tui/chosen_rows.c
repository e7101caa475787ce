#include "tui/chosen_rows.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/vec.h"

enum { TEXTS_MAX = 64 * 1024 * 1024 };

void chosen_rows_init(struct chosen_rows *l)
{
    *l = (struct chosen_rows){0};
    arena_init(&l->arena, TEXTS_MAX);
}

void chosen_rows_release(struct chosen_rows *l)
{
    arena_release(&l->arena);
    free(l->rows);
    chosen_rows_init(l);
}

static int compare_texts(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a == NULL) - (b == NULL);
    return strcasecmp(a, b);
}

/* One machine's rows side by side, the one of the server list first. */
static int by_machine(const void *pa, const void *pb)
{
    const struct chosen_row *a = pa, *b = pb;
    int c = compare_texts(a->fqdn, b->fqdn);

    return c != 0 ? c : compare_texts(a->host_id, b->host_id);
}

static int by_name(const void *pa, const void *pb)
{
    const struct chosen_row *a = pa, *b = pb;
    int c = compare_texts(a->host_id, b->host_id);

    return c != 0 ? c : compare_texts(a->fqdn, b->fqdn);
}

static int add(struct chosen_rows *l, const char *host_id, const char *fqdn)
{
    struct chosen_row row = {0};
    int rc = vec_grow(&l->rows, &l->cap, l->count + 1, sizeof(*l->rows), CHOSEN_ROWS_MAX);

    if (rc < 0)
        return rc;
    row.host_id = host_id != NULL ? arena_strdup(&l->arena, host_id) : NULL;
    row.fqdn = fqdn != NULL ? arena_strdup(&l->arena, fqdn) : NULL;
    if ((host_id != NULL && row.host_id == NULL) || (fqdn != NULL && row.fqdn == NULL))
        return ERR_NOMEM;
    l->rows[l->count++] = row;
    return 0;
}

static int add_all(struct chosen_rows *l, const struct server_list *servers,
                   const struct usage_list *usage)
{
    int rc = 0;

    for (size_t i = 0; i < servers->count && rc == 0; i++) {
        rc = add(l, servers->rows[i].host_id, servers->rows[i].fqdn);
        if (rc < 0)
            break;
        l->rows[l->count - 1].finding = server_finding(&servers->rows[i]);
        l->rows[l->count - 1].severity = (int)servers->rows[i].severity;
    }
    for (size_t i = 0; i < usage->count; i++) {
        const struct usage_feature *f = &usage->rows[i];

        for (size_t k = 0; k < f->server_part_count && rc == 0; k++)
            if (f->server_parts[k].fqdn != NULL)
                rc = add(l, NULL, f->server_parts[k].fqdn);
    }
    return rc;
}

int chosen_rows_build(struct chosen_rows *l, const struct server_list *servers,
                      const struct usage_list *usage, const struct server_set *set)
{
    size_t n = 0;
    int rc;

    chosen_rows_release(l);
    rc = add_all(l, servers, usage);
    if (rc < 0) {
        chosen_rows_release(l);
        return rc;
    }
    if (l->count > 1)
        qsort(l->rows, l->count, sizeof(*l->rows), by_machine);
    for (size_t i = 0; i < l->count; i++) {
        struct chosen_row *r = &l->rows[i];

        if (n > 0 && r->fqdn != NULL && compare_texts(l->rows[n - 1].fqdn, r->fqdn) == 0)
            continue;
        r->on = r->fqdn != NULL && server_set_has(set, r->fqdn);
        l->rows[n++] = *r;
    }
    l->count = n;
    if (n > 1)
        qsort(l->rows, n, sizeof(*l->rows), by_name);
    return 0;
}

size_t chosen_rows_choosable(const struct chosen_rows *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->count; i++)
        n += l->rows[i].fqdn != NULL;
    return n;
}

size_t chosen_rows_on(const struct chosen_rows *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->count; i++)
        n += l->rows[i].on;
    return n;
}
