#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "model/deployment.h"
#include "model/sum.h"

struct name_list {
    const char **names;
    size_t count;
};

static int compare_names(const void *pa, const void *pb)
{
    return strcasecmp(*(const char *const *)pa, *(const char *const *)pb);
}

/* By name, each name once. */
static void sort_names(struct name_list *l)
{
    size_t n = 0;

    if (l->count > 1)
        qsort(l->names, l->count, sizeof(*l->names), compare_names);
    for (size_t i = 0; i < l->count; i++)
        if (n == 0 || strcasecmp(l->names[n - 1], l->names[i]) != 0)
            l->names[n++] = l->names[i];
    l->count = n;
}

static int names_room(struct name_list *l, size_t max)
{
    l->count = 0;
    l->names = calloc(max > 0 ? max : 1, sizeof(*l->names));
    return l->names != NULL ? 0 : ERR_NOMEM;
}

/* The chosen servers of the list; REPORTING: of these, those that report. */
static int listed_names(const struct deployment_input *in, bool reporting, struct name_list *out)
{
    size_t n = in->servers != NULL ? in->servers->count : 0;
    int rc = names_room(out, n);

    for (size_t i = 0; i < n && rc == 0; i++) {
        const struct deployment_server *s = &in->servers->rows[i];

        if (server_set_has(in->only, s->fqdn) && (!reporting || s->status == DEPLOYMENT_REPORTING))
            out->names[out->count++] = s->fqdn;
    }
    sort_names(out);
    return rc;
}

/* The chosen servers that have a part of any pool. */
static int pool_names(const struct pool_list *pools, const struct deployment_input *in,
                      struct name_list *out)
{
    size_t max = 0;
    int rc;

    for (size_t i = 0; i < pools->count; i++)
        max += pools->rows[i].server_count;
    rc = names_room(out, max);
    for (size_t i = 0; i < pools->count && rc == 0; i++)
        for (size_t k = 0; k < pools->rows[i].server_count; k++)
            if (server_set_has(in->only, pools->rows[i].servers[k].fqdn))
                out->names[out->count++] = pools->rows[i].servers[k].fqdn;
    sort_names(out);
    return rc;
}

static int count_servers(const struct pool_list *pools, const struct deployment_input *in,
                         struct deployment_total *out)
{
    struct name_list listed, reporting = {0}, used = {0};
    int rc = listed_names(in, false, &listed);

    if (rc == 0)
        rc = listed_names(in, true, &reporting);
    if (rc == 0)
        rc = pool_names(pools, in, &used);
    if (rc == 0) {
        out->servers = listed.count;
        out->reporting = reporting.count;
        for (size_t i = 0; i < used.count; i++)
            out->unlisted += bsearch(&used.names[i], listed.names, listed.count,
                                     sizeof(*listed.names), compare_names) == NULL;
    }
    free(listed.names);
    free(reporting.names);
    free(used.names);
    return rc;
}

int deployment_total(const struct deployment_list *rows, const struct pool_list *pools,
                     const struct deployment_input *in, struct deployment_total *out)
{
    struct deployment_total t = {.pools = rows->count};
    size_t sampled = 0;
    int rc = count_servers(pools, in, &t);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < rows->count; i++) {
        const struct deployment *d = &rows->rows[i];

        t.unsampled = sum_add(t.unsampled, d->unsampled);
        if (d->servers == 0)
            continue;
        t.known++;
        t.installed = sum_add(t.installed, d->installed);
        if (d->in_use == DEPLOYMENT_UNKNOWN)
            continue;
        sampled++;
        t.in_use = sum_add(t.in_use, d->in_use);
        t.overdraft = sum_add(t.overdraft, d->overdraft);
        t.overdrawn += d->overdraft > 0;
    }
    t.percent = sampled > 0 ? sum_percent(t.in_use, t.installed) : -1;
    if (t.known == 0)
        t.installed = DEPLOYMENT_UNKNOWN;
    if (sampled == 0)
        t.in_use = t.overdraft = DEPLOYMENT_UNKNOWN;
    *out = t;
    return 0;
}
