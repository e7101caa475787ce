#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/finding.h"
#include "model/sum.h"
#include "model/usage.h"

/* Sums of the parts of one kind. */
struct parts {
    int64_t total, free, linked, free_servers;
};

static int compare_texts(const void *pa, const void *pb)
{
    const char *const *a = pa, *const *b = pb;

    return strcasecmp(*a, *b);
}

/* The same name twice among NAMES, which is sorted here. WHAT: "server". */
static void find_twice(struct finding_list *out, const char *about, const char *what,
                       const char **names, size_t n)
{
    if (n > 1)
        qsort(names, n, sizeof(*names), compare_texts);
    for (size_t i = 1; i < n; i++)
        if (strcasecmp(names[i - 1], names[i]) == 0 &&
            (i < 2 || strcasecmp(names[i - 2], names[i]) != 0))
            finding_add(out, SEVERITY_WARNING, about, "%s: the %s %s appears more than once", about,
                        what, names[i]);
}

static void find_counts(struct finding_list *out, const char *about, const char *who, int64_t total,
                        int64_t free_users)
{
    if (total < 0 || free_users < 0)
        finding_add(out, SEVERITY_WARNING, about,
                    "%s%s%s: a negative number of users (%" PRId64 ", free %" PRId64 ")", about,
                    who[0] != '\0' ? ", " : "", who, total, free_users);
    else if (free_users > total)
        finding_add(out, SEVERITY_WARNING, about,
                    "%s%s%s: more free users (%" PRId64 ") than users (%" PRId64 ")", about,
                    who[0] != '\0' ? ", " : "", who, free_users, total);
}

static void find_number(struct finding_list *out, const char *about, const char *what, int64_t told,
                        int64_t parts)
{
    if (told != parts && told != USAGE_UNKNOWN)
        finding_add(out, parts == 0 ? SEVERITY_WARNING : SEVERITY_INFORMATION, about,
                    "%s: %" PRId64 " %s are counted, %" PRId64 " are listed", about, told, what,
                    parts);
}

static void find_customers(struct finding_list *out, const struct usage_feature *f,
                           const char **names)
{
    struct parts p = {0};
    size_t n = 0, not_linked = 0;

    for (size_t i = 0; i < f->customer_part_count; i++) {
        const struct usage_customer *c = &f->customer_parts[i];
        const char *who = !c->linked ? "Not linked" : c->id != NULL ? c->id : "no name";

        find_counts(out, f->feature_id, who, c->total, c->free);
        p.total = sum_add(p.total, c->total);
        p.free = sum_add(p.free, c->free);
        p.linked += c->linked;
        not_linked += !c->linked;
        if (c->linked && c->id != NULL)
            names[n++] = c->id;
    }
    find_number(out, f->feature_id, "customers", f->customers, p.linked);
    if (not_linked > 1)
        finding_add(out, SEVERITY_WARNING, f->feature_id, "%s: Not linked appears more than once",
                    f->feature_id);
    find_twice(out, f->feature_id, "customer", names, n);
    if (f->customer_part_count == 0)
        return;
    if (p.total != f->total)
        finding_add(out, SEVERITY_WARNING, f->feature_id,
                    "%s: the customers add up to %" PRId64 " users, the total is %" PRId64,
                    f->feature_id, p.total, f->total);
    if (p.free != f->free)
        finding_add(out, SEVERITY_WARNING, f->feature_id,
                    "%s: the customers add up to %" PRId64 " free users, the total is %" PRId64,
                    f->feature_id, p.free, f->free);
}

static void find_servers(struct finding_list *out, const struct usage_feature *f,
                         const char **names)
{
    struct parts p = {0};
    size_t n = 0;

    for (size_t i = 0; i < f->server_part_count; i++) {
        const struct usage_server *s = &f->server_parts[i];
        const char *who = s->fqdn != NULL ? s->fqdn : "no name";

        find_counts(out, f->feature_id, who, s->total, s->free);
        if (s->total > f->total)
            finding_add(out, SEVERITY_WARNING, f->feature_id,
                        "%s, %s: more users (%" PRId64 ") than in all (%" PRId64 ")", f->feature_id,
                        who, s->total, f->total);
        p.total = sum_add(p.total, s->total);
        p.free_servers += s->server_free;
        if (s->fqdn != NULL)
            names[n++] = s->fqdn;
    }
    find_number(out, f->feature_id, "servers", f->servers, (int64_t)f->server_part_count);
    find_number(out, f->feature_id, "free servers", f->free_servers, p.free_servers);
    find_twice(out, f->feature_id, "server", names, n);
    if (f->server_part_count > 0 && p.total < f->total)
        finding_add(out, SEVERITY_WARNING, f->feature_id,
                    "%s: the servers together have %" PRId64 " users, the total is %" PRId64,
                    f->feature_id, p.total, f->total);
}

static void find_features(struct finding_list *out, const struct usage_list *l)
{
    const char **names = calloc(l->count, sizeof(*names));

    if (names == NULL) {
        out->more++;
        return;
    }
    for (size_t i = 0; i < l->count; i++)
        names[i] = l->rows[i].feature_id;
    qsort(names, l->count, sizeof(*names), compare_texts);
    for (size_t i = 1; i < l->count; i++)
        if (strcmp(names[i - 1], names[i]) == 0 && (i < 2 || strcmp(names[i - 2], names[i]) != 0))
            finding_add(out, SEVERITY_WARNING, names[i],
                        "%s is listed more than once: its users may be counted twice", names[i]);
    free(names);
}

void usage_findings(const struct usage_list *l, struct finding_list *out)
{
    if (l->count > 0)
        find_features(out, l);
    /* Alone, it is how the service says that there is no data. */
    if (l->count > 0 && l->bare > 0)
        finding_add(out, SEVERITY_WARNING, NULL,
                    "%zu product%s without editions: nothing is known of %s users", l->bare,
                    l->bare == 1 ? " comes" : "s come", l->bare == 1 ? "its" : "their");
    for (size_t i = 0; i < l->count; i++) {
        const struct usage_feature *f = &l->rows[i];
        size_t most = f->customer_part_count > f->server_part_count ? f->customer_part_count
                                                                    : f->server_part_count;
        const char **names = calloc(most + 1, sizeof(*names));
        bool known;

        if (names == NULL) {
            out->more++;
            continue;
        }
        edition_name(f->feature_id, NULL, &known);
        if (!known)
            finding_add(out, SEVERITY_INFORMATION, f->feature_id,
                        "%s is not named by luitop; it is counted all the same", f->feature_id);
        find_counts(out, f->feature_id, "", f->total, f->free);
        find_customers(out, f, names);
        find_servers(out, f, names);
        free(names);
    }
}
