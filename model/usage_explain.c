#include "model/usage_explain.h"

#include "base/buf.h"
#include "base/human.h"
#include "model/sum.h"
#include "model/usage_parts.h"

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void explain_customers(const struct usage_feature *f, struct buf *out)
{
    int64_t linked = 0, rest = usage_not_linked(f);
    char total[HUMAN_MAX], of_customers[HUMAN_MAX], others[HUMAN_MAX], sum[HUMAN_MAX];
    size_t customers = 0;
    bool adds_up;

    if (f->customer_part_count == 0) {
        if (f->customers == USAGE_UNKNOWN)
            buf_addstr(out, "which customers use the chosen servers is not told by the service\n");
        else if (f->total != 0)
            buf_addstr(out, "the service lists no customers of these users\n");
        return;
    }
    for (size_t i = 0; i < f->customer_part_count; i++) {
        if (!f->customer_parts[i].linked)
            continue;
        customers++;
        linked = sum_add(linked, f->customer_parts[i].total);
    }
    human_count(f->total, total);
    human_count(linked, of_customers);
    human_count(rest, others);
    adds_up = sum_add(linked, rest != -1 ? rest : 0) == f->total;
    human_count(sum_add(linked, rest != -1 ? rest : 0), sum);
    if (adds_up)
        buf_addf(out, "%s = ", total);
    buf_addf(out, "%s linked to %zu customer%s", of_customers, customers, plural(customers));
    if (rest != -1)
        buf_addf(out, " + %s not linked", others);
    else
        buf_addstr(out, " (the service lists none as not linked)");
    if (!adds_up)
        buf_addf(out, " = %s, but the service's total is %s", sum, total);
    buf_addc(out, '\n');
}

static void explain_paid(const struct usage_feature *f, struct buf *out)
{
    char paid[HUMAN_MAX], total[HUMAN_MAX], free_users[HUMAN_MAX];

    buf_addf(out, "paid %s = %s - %s free (%d %%)\n",
             human_count(usage_paid(f->total, f->free), paid), human_count(f->total, total),
             human_count(f->free, free_users), usage_free_percent(f->total, f->free));
}

static int64_t server_sum(const struct usage_feature *f)
{
    int64_t sum = 0;

    for (size_t i = 0; i < f->server_part_count; i++)
        sum = sum_add(sum, f->server_parts[i].total);
    return sum;
}

static void explain_servers(const struct usage_feature *f, struct buf *out)
{
    int64_t sum = server_sum(f);
    size_t n = f->server_part_count;
    char a[HUMAN_MAX], b[HUMAN_MAX];

    if (n == 0) {
        if (f->total != 0)
            buf_addstr(out, "the service lists no servers of these users\n");
        return;
    }
    if (sum == f->total && n == 1) {
        buf_addf(out, "%s = all on its 1 server\n", human_count(sum, a));
        return;
    }
    if (sum == f->total) {
        buf_addf(out, "%s = the sum of its %zu servers: no user is on two of them\n",
                 human_count(sum, a), n);
        return;
    }
    buf_addf(out, "%zu server%s up to %s, ", n, n == 1 ? " adds" : "s add", human_count(sum, a));
    if (sum > f->total)
        buf_addf(out, "%s more: a user of two counts on both\n",
                 human_count(sum_sub(sum, f->total), b));
    else
        buf_addf(out, "%s less than the total: why is not told\n",
                 human_count(sum_sub(f->total, sum), b));
}

/* How far the users of some of the servers can be known. */
static void explain_chosen(const struct usage_feature *f, const struct usage_feature *all,
                           const struct server_set *only, struct buf *out)
{
    char sum[HUMAN_MAX], most[HUMAN_MAX], least[HUMAN_MAX];
    struct usage_subset s;

    if (all->server_part_count == 0) {
        buf_addstr(out,
                   "the service lists no servers of these users: they may all be on the chosen "
                   "ones, or none\n");
        return;
    }
    usage_subset(all->server_parts, all->server_part_count, all->total, all->free, only, &s);
    buf_addf(out, "%zu of %zu servers", f->server_part_count, all->server_part_count);
    if (f->server_part_count > 0)
        buf_addf(out, " add%s up to %s", f->server_part_count == 1 ? "s" : "",
                 human_count(server_sum(f), sum));
    if (!s.exact)
        buf_addf(out, ": a user of two counts once, so %s to %s", human_count(s.at_least, least),
                 human_count(s.total, most));
    buf_addc(out, '\n');
}

void usage_explain(const struct usage_feature *f, const struct usage_feature *all,
                   const struct server_set *only, unsigned what, struct buf *out)
{
    if ((what & EXPLAIN_CUSTOMERS) != 0)
        explain_customers(f, out);
    if ((what & EXPLAIN_PAID) != 0)
        explain_paid(f, out);
    if ((what & EXPLAIN_SERVERS) == 0)
        return;
    if (only != NULL && f->customers == USAGE_UNKNOWN)
        explain_chosen(f, all, only, out);
    else
        explain_servers(f, out);
}

void usage_explain_total(const struct usage_list *l, struct buf *out)
{
    struct usage_sum sum;
    char n[HUMAN_MAX];

    if (l->count < 2)
        return;
    usage_list_sum(l, &sum);
    buf_addstr(out, human_count(sum.total, n));
    for (size_t i = 0; i < l->count; i++)
        buf_addf(out, "%s%s", i == 0 ? " = " : " + ", human_count(l->rows[i].total, n));
}
