/* Usage of one month, an edition a row; Enter shows who and where the numbers come from. */
#include "base/human.h"
#include "tui/gap.h"
#include "tui/listpane.h"

static struct row_source source(struct app *a)
{
    return usage_list_source(session_usage(a->session));
}

static int head(struct app *a, struct rect r)
{
    char total[HUMAN_MAX], paid[HUMAN_MAX], free_users[HUMAN_MAX];
    struct usage_sum sum;
    struct shown_gap gap;

    if (!session_resource(a->session, RESOURCE_USAGE)->known)
        return 0;
    usage_list_sum(session_usage(a->session), &sum);
    shown_gap_find(a, &gap);
    draw_format(a->screen, r.y, r.x + 1, r.w - 2, ROLE_TITLE, "%s%s users, %s paid, %s free  %s",
                gap.lower ? ">= " : "", human_count(sum.total, total),
                human_count(usage_paid(sum.total, sum.free), paid),
                human_count(sum.free, free_users), gap.text);
    return 2;
}

static void add_numbers(struct app *a, const struct usage_feature *f, struct textview *t)
{
    const struct usage_feature *before =
        usage_list_find(session_usage_before(a->session), f->feature_id);
    char n[HUMAN_MAX], change[HUMAN_MAX];

    textview_pair(t, ROLE_TEXT, "feature", "%s", f->feature_id);
    textview_pair(t, ROLE_TEXT, "sku", "%s  %s", f->sku_id != NULL ? f->sku_id : "-",
                  f->sku_description != NULL ? f->sku_description : "");
    textview_pair(t, ROLE_NUMBER, "users", "%s", human_count(f->total, n));
    textview_pair(t, ROLE_TEXT, "paid", "%s  (users - free)",
                  human_count(usage_paid(f->total, f->free), n));
    textview_pair(t, ROLE_TEXT, "free", "%s  (%d %%)", human_count(f->free, n),
                  usage_free_percent(f->total, f->free));
    if (before != NULL)
        textview_pair(t, ROLE_TEXT, "month before", "%s  (%s)", human_count(before->total, n),
                      human_change(before->total, f->total, change));
    else
        textview_pair(t, ROLE_MUTED, "month before", "not known");
    textview_pair(t, ROLE_TEXT, "servers", "%lld, free %lld", (long long)f->servers,
                  (long long)f->free_servers);
    textview_pair(t, ROLE_TEXT, "customers", "%lld", (long long)f->customers);
}

static void detail(struct app *a, const void *row, struct textview *t)
{
    const struct usage_feature *f = row;
    char total[HUMAN_MAX], paid[HUMAN_MAX], when[HUMAN_MAX];

    textview_add(t, ROLE_TITLE, "%s", edition_name(f->feature_id, f->description, NULL));
    add_numbers(a, f, t);
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Per customer");
    for (size_t i = 0; i < f->customer_part_count; i++) {
        const struct usage_customer *c = &f->customer_parts[i];
        const char *name = !c->linked            ? "Not linked"
                           : c->nickname != NULL ? c->nickname
                           : c->id != NULL       ? c->id
                                                 : "(no name)";

        textview_pair(t, c->linked ? ROLE_TEXT : ROLE_WARNING, name, "%s, paid %s",
                      human_count(c->total, total),
                      human_count(usage_paid(c->total, c->free), paid));
    }
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Per server (a user of two servers counts on both)");
    for (size_t i = 0; i < f->server_part_count; i++) {
        const struct usage_server *s = &f->server_parts[i];

        textview_pair(
            t, ROLE_TEXT, s->fqdn != NULL ? s->fqdn : "-", "%s, paid %s, reported %s%s",
            human_count(s->total, total), human_count(usage_paid(s->total, s->free), paid),
            human_when(app_now(a), s->reported, NULL, when), s->server_free ? ", free server" : "");
    }
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &usage_row_type,
        .source = source,
        .head = head,
        .detail = detail,
        .sort = "-total",
        .empty = "The service has no usage for this month.",
    };

    return listpane_open(p, &def);
}

const struct pane_def pane_usage = {
    .name = "usage",
    .title = "Usage",
    .brief = "Usage",
    .products = PRODUCT_BIT(APPS),
    .resources = RESOURCE_BIT(RESOURCE_USAGE),
    .uses = RESOURCE_BIT(RESOURCE_USAGE_BEFORE) | RESOURCE_BIT(RESOURCE_SERVERS),
    .by_term = true,
    .init = open_pane,
    LISTPANE_FUNCTIONS,
};
