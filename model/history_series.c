#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/human.h"
#include "model/finding.h"
#include "model/history.h"
#include "model/list.h"
#include "model/sum.h"
#include "model/term.h"
#include "model/usage_parts.h"

LIST_INIT(usage_history)
LIST_ROWS(usage_history, product_month, PRODUCT_MONTHS_MAX)

const char HISTORY_NOT_LINKED[] = "not linked";

const char *usage_history_feature(const char *product)
{
    /* published.md §5, featureDescription */
    static const struct {
        const char *product, *feature_id;
    } names[] = {{"Premium", "XDT_PLT_UD"}, {"Base", "XDT_ADV_UD"}, {"VDI Edition", "XDT_STD_UD"}};

    for (size_t i = 0; product != NULL && i < sizeof(names) / sizeof(names[0]); i++)
        if (strcasecmp(names[i].product, product) == 0)
            return names[i].feature_id;
    return NULL;
}

void usage_history_findings(const struct usage_history *l, struct finding_list *out)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct product_month *p = &l->rows[i];
        char term[TERM_TEXT];

        term_text(p->term, term);
        if (p->total < 0 || p->free < 0 || p->paid < 0)
            finding_add(out, SEVERITY_WARNING, p->product, "%s, %s: a negative number of users",
                        p->product, term);
        if (p->paid != usage_paid(p->total, p->free))
            finding_add(out, SEVERITY_WARNING, p->product,
                        "%s, %s: %" PRId64 " users less %" PRId64 " free are not %" PRId64 " paid",
                        p->product, term, p->total, p->free, p->paid);
    }
}

static bool is_feature(const struct history_feature *f, const char *wanted)
{
    const char *own = f->feature_id != NULL ? f->feature_id : f->edition;

    return wanted == NULL || strcmp(own, wanted) == 0;
}

static bool count_customer(const struct history_feature *f, const char *customer_id,
                           struct history_count *out)
{
    struct history_count c = {0};
    bool found = false;

    for (size_t i = 0; i < f->customer_part_count; i++) {
        const struct history_customer *p = &f->customer_parts[i];
        bool same = customer_id == HISTORY_NOT_LINKED
                        ? p->id == NULL
                        : p->id != NULL && strcmp(p->id, customer_id) == 0;

        if (!same)
            continue;
        found = true;
        c.total = sum_add(c.total, p->total);
        c.free = sum_add(c.free, p->free);
    }
    if (!found && !f->customers_told)
        return false;
    *out = c;
    return true;
}

bool history_count(const struct history_feature *f, const struct history_choice *choice,
                   struct history_count *out)
{
    struct usage_subset s;

    if (choice->customer_id != NULL)
        return count_customer(f, choice->customer_id, out);
    if (choice->servers != NULL) {
        if (!f->servers_told)
            return false;
        usage_subset(f->server_parts, f->server_part_count, f->total, f->free, choice->servers, &s);
        *out = (struct history_count){s.total, s.free, !s.exact};
        return true;
    }
    *out = (struct history_count){.total = f->total, .free = f->free};
    return true;
}

/* Whether servers that the choice counts are silent, or editions that it adds up unreadable. 0 or
 * ERR_NOMEM. */
static int judge(const struct history_month *m, const struct history_choice *choice, bool *out)
{
    struct gap_input in;
    struct gap gap;
    bool lost = choice->feature_id == NULL && m->unreadable > 0;
    int rc;

    *out = m->incomplete || lost;
    if (choice->servers == NULL || choice->gap == NULL)
        return 0;
    in = *choice->gap;
    in.only = choice->servers;
    rc = history_gap(m, &in, &gap);
    *out = rc == 0 && (gap_incomplete(&gap) || lost);
    return rc;
}

static int point_at(const struct history *h, const struct history_choice *choice, int term,
                    struct history_point *out)
{
    const struct history_month *m = history_month(h, term);
    struct history_point p = {.term = term};
    struct history_count sum = {0};
    bool found = false;
    int rc;

    *out = p;
    for (size_t i = 0; m != NULL && i < m->count; i++) {
        struct history_count c;

        if (!is_feature(&m->features[i], choice->feature_id))
            continue;
        /* A sum without one of its parts would be a wrong number. */
        if (!history_count(&m->features[i], choice, &c))
            return 0;
        found = true;
        sum.total = sum_add(sum.total, c.total);
        sum.free = sum_add(sum.free, c.free);
        sum.at_most = sum.at_most || c.at_most;
    }
    if (!found)
        return 0;
    rc = judge(m, choice, &p.incomplete);
    p.value = choice->measure == HISTORY_TOTAL  ? sum.total
              : choice->measure == HISTORY_FREE ? sum.free
                                                : usage_paid(sum.total, sum.free);
    p.state = m->term == h->running ? HISTORY_PARTIAL
              : p.incomplete        ? HISTORY_INCOMPLETE
                                    : HISTORY_KNOWN;
    p.at_most = sum.at_most;
    *out = p;
    return rc;
}

int history_series(const struct history *h, const struct history_choice *choice, int from, int to,
                   struct history_point *out, struct err *err)
{
    if (choice->customer_id != NULL && choice->servers != NULL) {
        err_set(err, ERR_DATA, "A customer's users on chosen servers are not known");
        err_why(err, "the service counts users per customer and per server, not per both");
        err_next(err, "Choose a customer or servers.");
        return ERR_DATA;
    }
    for (int term = from; term <= to; term++)
        if (point_at(h, choice, term, &out[term - from]) < 0)
            return err_set(err, ERR_NOMEM, "The months could not be judged");
    return 0;
}

static const struct history_point *find_point(const struct history_point *points, size_t count,
                                              int term)
{
    for (size_t i = 0; i < count; i++)
        if (points[i].term == term && points[i].state != HISTORY_MISSING)
            return &points[i];
    return NULL;
}

static bool is_rough(const struct history_point *p)
{
    return p->state != HISTORY_KNOWN || p->incomplete || p->at_most;
}

void history_change(const struct history_point *points, size_t count, int term, int months_back,
                    struct history_change *out)
{
    const struct history_point *after = find_point(points, count, term);
    const struct history_point *before = find_point(points, count, term - months_back);
    struct history_change c = {0};

    if (after != NULL && before != NULL) {
        c.known = true;
        c.rough = is_rough(after) || is_rough(before);
        c.before = before->value;
        c.after = after->value;
        c.delta = sum_sub(c.after, c.before);
    }
    *out = c;
}

void history_change_text(const struct history_change *c, struct buf *out)
{
    char n[HUMAN_MAX], percent[HUMAN_MAX];

    if (!c->known)
        buf_addc(out, '-');
    else if (c->delta == 0)
        buf_addc(out, '=');
    else
        buf_addf(out, "%s%s (%s)", c->delta > 0 ? "+" : "", human_count(c->delta, n),
                 human_change(c->before, c->after, percent));
}
