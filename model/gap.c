#include "model/gap.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "model/term.h"
#include "model/usage.h"

static int compare_names(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcasecmp(a, b);
}

static int compare_machines(const void *pa, const void *pb)
{
    const struct gap_machine *a = pa, *b = pb;
    int c = compare_names(a->fqdn, b->fqdn);

    return c != 0 || a->fqdn != NULL ? c : compare_names(a->host_id, b->host_id);
}

/* Rows of one machine, which are neighbours, become one. */
static void merge_machines(struct gap_judge *j)
{
    size_t n = 0;

    for (size_t i = 0; i < j->count; i++) {
        struct gap_machine *m = &j->machines[i], *kept = n > 0 ? &j->machines[n - 1] : NULL;

        if (kept == NULL || compare_machines(kept, m) != 0) {
            j->machines[n++] = *m;
            continue;
        }
        kept->reporting = kept->reporting || m->reporting;
        kept->ever = kept->ever || m->ever;
        if (m->last > kept->last)
            kept->last = m->last;
    }
    j->count = n;
}

int gap_judge_init(struct gap_judge *j, const struct gap_input *in, int term)
{
    const struct server_list *l =
        in->servers != NULL && !in->servers->unavailable ? in->servers : NULL;
    int current = term_of(in->now, in->zone);
    struct gap_judge judge = {.known = term >= 0 && term <= current, .running = term == current};

    if (judge.running)
        judge.known = l != NULL;
    else if (judge.known)
        judge.limit = term_start(term + 1, in->zone) - GAP_SLACK;
    if (judge.known && l != NULL && l->count > 0) {
        judge.machines = calloc(l->count, sizeof(*judge.machines));
        if (judge.machines == NULL)
            return ERR_NOMEM;
        for (size_t i = 0; i < l->count; i++) {
            const struct server *s = &l->rows[i];

            if (in->only != NULL && !server_set_has(in->only, s->fqdn))
                continue;
            judge.machines[judge.count++] = (struct gap_machine){
                .fqdn = s->fqdn,
                .host_id = s->host_id,
                .last = s->last_report,
                .reporting = server_status_of(s) == SERVER_REPORTING,
                .ever = server_status_of(s) != SERVER_NEVER_REPORTED,
            };
        }
        if (judge.count > 1)
            qsort(judge.machines, judge.count, sizeof(*judge.machines), compare_machines);
        merge_machines(&judge);
    }
    *j = judge;
    return 0;
}

void gap_judge_release(struct gap_judge *j)
{
    free(j->machines);
    *j = (struct gap_judge){0};
}

static const struct gap_machine *machine(const struct gap_judge *j, const char *fqdn)
{
    size_t low = 0, high = j->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = compare_names(j->machines[middle].fqdn, fqdn);

        if (c == 0)
            return &j->machines[middle];
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static enum gap_word judge_machine(const struct gap_judge *j, const struct gap_machine *m,
                                   int64_t reported)
{
    int64_t last = reported != TIME_NONE ? reported : m != NULL && m->ever ? m->last : TIME_NONE;

    if (!j->known)
        return GAP_UNKNOWN;
    if (j->running)
        return m == NULL ? GAP_UNKNOWN : m->reporting ? GAP_REPORTED : GAP_SILENT;
    if (last == TIME_NONE)
        return GAP_UNDATED;
    return last < j->limit ? GAP_SILENT : GAP_REPORTED;
}

enum gap_word gap_judge_server(const struct gap_judge *j, const char *fqdn, int64_t reported)
{
    return judge_machine(j, fqdn != NULL ? machine(j, fqdn) : NULL, reported);
}

static void count(struct gap *g, enum gap_word word, int64_t last)
{
    g->servers++;
    g->undated += word == GAP_UNDATED;
    if (word != GAP_SILENT)
        return;
    g->silent++;
    if (last != TIME_NONE && (g->since == TIME_NONE || last < g->since))
        g->since = last;
}

static int compare_reports(const void *pa, const void *pb)
{
    const struct gap_report *a = pa, *b = pb;

    return compare_names(a->fqdn, b->fqdn);
}

/* A closed term: REPORTS, sorted by fqdn, and the machines without one, both in that order. */
static void count_closed(const struct gap_judge *j, const struct gap_report *reports, size_t n,
                         struct gap *g)
{
    size_t m = 0;

    for (size_t i = 0; i < n;) {
        const char *fqdn = reports[i].fqdn;
        const struct gap_machine *own = machine(j, fqdn);
        int64_t last = TIME_NONE;

        for (; i < n && compare_names(reports[i].fqdn, fqdn) == 0; i++)
            last = reports[i].reported > last ? reports[i].reported : last;
        for (; m < j->count && compare_names(j->machines[m].fqdn, fqdn) < 0; m++)
            if (j->machines[m].fqdn != NULL && j->machines[m].ever)
                count(g, judge_machine(j, &j->machines[m], TIME_NONE), j->machines[m].last);
        m += own != NULL;
        count(g, judge_machine(j, own, last), last != TIME_NONE || own == NULL ? last : own->last);
    }
    for (; m < j->count; m++)
        if (j->machines[m].fqdn != NULL && j->machines[m].ever)
            count(g, judge_machine(j, &j->machines[m], TIME_NONE), j->machines[m].last);
}

int gap_find(const struct gap_input *in, int term, const struct gap_report *reports, size_t n,
             struct gap *out)
{
    struct gap g = {.since = TIME_NONE};
    struct gap_report *sorted = NULL;
    struct gap_judge j;
    size_t used = 0;
    int rc = gap_judge_init(&j, in, term);

    if (rc < 0)
        return rc;
    if (j.known && !j.running && n > 0) {
        sorted = calloc(n, sizeof(*sorted));
        if (sorted == NULL) {
            rc = ERR_NOMEM;
            goto out;
        }
        for (size_t i = 0; i < n; i++)
            if (reports[i].fqdn != NULL && server_set_has(in->only, reports[i].fqdn))
                sorted[used++] = reports[i];
        if (used > 1)
            qsort(sorted, used, sizeof(*sorted), compare_reports);
    }
    g.known = j.known;
    if (j.known && j.running)
        for (size_t i = 0; i < j.count; i++)
            count(&g, judge_machine(&j, &j.machines[i], TIME_NONE),
                  j.machines[i].ever ? j.machines[i].last : TIME_NONE);
    else if (j.known)
        count_closed(&j, sorted, used, &g);
    /* Nothing to judge by: no list and no dates. */
    if (!j.running && g.servers == 0 && (in->servers == NULL || in->servers->unavailable))
        g.known = false;
    *out = g;
out:
    free(sorted);
    gap_judge_release(&j);
    return rc;
}

int gap_of_usage(const struct gap_input *in, const struct usage_list *l, struct gap *out)
{
    struct gap_report *reports = NULL;
    size_t n = 0, at = 0;
    int rc;

    for (size_t i = 0; i < l->count; i++)
        n += l->rows[i].server_part_count;
    if (n > 0) {
        reports = calloc(n, sizeof(*reports));
        if (reports == NULL)
            return ERR_NOMEM;
    }
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = 0; k < l->rows[i].server_part_count; k++) {
            const struct usage_server *s = &l->rows[i].server_parts[k];

            reports[at++] = (struct gap_report){s->fqdn, s->reported};
        }
    rc = gap_find(in, l->term, reports, n, out);
    free(reports);
    return rc;
}

bool gap_incomplete(const struct gap *g)
{
    return g->known && g->silent > 0;
}

void gap_text(const struct gap *g, struct buf *out)
{
    if (!g->known)
        buf_addstr(out, "whether all servers report is not known");
    else if (g->silent > 0)
        buf_addf(out, "%zu of %zu server%s silent", g->silent, g->servers,
                 g->servers == 1 ? "" : "s");
}

void gap_total(const struct gap *g, int64_t total, struct buf *out)
{
    char n[HUMAN_MAX];

    if (gap_incomplete(g))
        buf_addstr(out, ">= ");
    buf_addstr(out, human_count(total, n));
    if (g->known && g->silent == 0)
        return;
    buf_addstr(out, " (");
    gap_text(g, out);
    buf_addc(out, ')');
}
