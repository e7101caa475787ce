/* An edition, its customers and its servers in words. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/human.h"
#include "model/usage_explain.h"
#include "tui/looks.h"
#include "tui/usage.h"

/* The same edition on all servers: what the chosen ones are a part of. */
static const struct usage_feature *on_all(struct app *a, const struct usage_feature *f)
{
    const struct usage_list *l = session_usage(a->session);

    for (size_t i = 0; i < l->count; i++)
        if (l->rows[i].id == f->id)
            return &l->rows[i];
    return f;
}

/* A line of TEXT a line of T; consumes TEXT. */
static void add_lines(struct textview *t, enum role role, struct buf *text)
{
    char *line = text->data, *end;

    for (; (end = strchr(line, '\n')) != NULL; line = end + 1)
        textview_add(t, role, "%.*s", (int)(end - line), line);
}

static void add_arithmetic(struct app *a, const struct usage_feature *f, unsigned what,
                           struct textview *t)
{
    struct buf text;

    buf_init(&text, 4096);
    usage_explain(f, on_all(a, f), chosen_servers(a), what, &text);
    add_lines(t, ROLE_TEXT, &text);
    buf_release(&text);
}

/* What the service says of it that does not fit together. */
static void add_findings(const struct usage_pane *u, const struct usage_feature *f,
                         struct textview *t)
{
    for (size_t i = 0; i < u->findings.count; i++) {
        const struct finding *found = &u->findings.rows[i];

        if (found->about != NULL && strcmp(found->about, f->feature_id) == 0)
            textview_add(t, severity_role((int)found->severity), "%s %s",
                         found->severity >= SEVERITY_WARNING ? "~" : "i", found->text);
    }
    if (u->findings.more > 0)
        textview_add(t, ROLE_WARNING, "~ %zu more contradictions in the month are not listed",
                     u->findings.more);
}

/* ">= 3 102" of a column, as the table shows it. */
static void cell(struct app *a, const struct usage_feature *f, const char *column, struct buf *out)
{
    struct row_ctx ctx = app_ctx(a);
    int i = column_find(&usage_gap_row_type, column);

    if (i >= 0)
        column_show(&usage_gap_row_type.columns[i], f, &ctx, out);
}

static void add_totals(struct app *a, struct usage_pane *u, const struct usage_feature *f,
                       struct textview *t)
{
    struct buf text;

    buf_init(&text, 2048);
    cell(a, f, "total", &text);
    buf_addstr(&text, " users, ");
    cell(a, f, "paid", &text);
    buf_addstr(&text, " paid, ");
    cell(a, f, "free", &text);
    buf_addf(&text, " free (%d %%)   ", usage_free_percent(f->total, f->free));
    usage_trend_text(a, &u->trend, true, &text);
    textview_add(t, ROLE_TITLE, "%s", text.data);
    buf_reset(&text);
    if (f->at_most || f->incomplete)
        usage_reasons(u, &text);
    if (text.len > 0)
        textview_add(t, ROLE_TITLE, "(%s)", text.data);
    buf_release(&text);
}

static void add_name(const struct usage_feature *f, const char *what, struct textview *t)
{
    bool known;
    const char *name = edition_name(f->feature_id, f->description, &known);

    if (known)
        textview_add(t, ROLE_TITLE, "%s%s", name, what);
    else
        textview_add(t, ROLE_TITLE, "%s%s (%s%sunknown code)", name, what,
                     strcmp(name, f->feature_id) != 0 ? f->feature_id : "",
                     strcmp(name, f->feature_id) != 0 ? ", " : "");
}

void usage_words_head(struct app *a, struct usage_pane *u, const struct usage_feature *f,
                      struct textview *t)
{
    textview_clear(t);
    add_name(f, u->by == PART_CUSTOMERS ? ", per customer" : ", per server", t);
    add_totals(a, u, f, t);
    add_arithmetic(
        a, f, EXPLAIN_PAID | (u->by == PART_CUSTOMERS ? EXPLAIN_CUSTOMERS : EXPLAIN_SERVERS), t);
    add_findings(u, f, t);
}

static void add_counts(struct app *a, const struct usage_feature *f, struct textview *t)
{
    struct buf text;

    buf_init(&text, 2048);
    cell(a, f, "total", &text);
    textview_pair(t, ROLE_NUMBER, "users", "%s", text.data);
    buf_reset(&text);
    cell(a, f, "paid", &text);
    textview_pair(t, ROLE_TEXT, "paid", "%s  (users - free)", text.data);
    buf_reset(&text);
    cell(a, f, "free", &text);
    textview_pair(t, ROLE_TEXT, "free", "%s  (%d %%)", text.data,
                  usage_free_percent(f->total, f->free));
    buf_release(&text);
}

static void add_facts(struct app *a, const struct usage_feature *f, struct textview *t)
{
    const char *brand = edition_brand(f->feature_id);
    char n[HUMAN_MAX], free_servers[HUMAN_MAX];

    textview_pair(t, ROLE_TEXT, "feature", "%s", f->feature_id);
    if (brand != NULL)
        textview_pair(t, ROLE_TEXT, "product", "%s", brand);
    textview_pair(t, ROLE_TEXT, "sku", "%s  %s", f->sku_id != NULL ? f->sku_id : "-",
                  f->sku_description != NULL ? f->sku_description : "");
    add_counts(a, f, t);
    textview_pair(t, ROLE_TEXT, "servers", "%s, free %s", human_count(f->servers, n),
                  human_count(f->free_servers, free_servers));
    textview_pair(t, ROLE_TEXT, "customers", "%s",
                  f->customers != USAGE_UNKNOWN ? human_count(f->customers, n)
                                                : "not told for chosen servers");
}

static void add_part(struct textview *t, enum role role, const char *name, int64_t total,
                     int64_t free_users, const char *more)
{
    char n[HUMAN_MAX], paid[HUMAN_MAX];

    textview_pair(t, role, name, "%s, paid %s%s", human_count(total, n),
                  human_count(usage_paid(total, free_users), paid), more);
}

void usage_words_fill(struct app *a, struct usage_pane *u, const struct usage_feature *f)
{
    struct textview *t = &u->text;
    char when[HUMAN_MAX], age[HUMAN_MAX], more[HUMAN_MAX * 2 + 40];

    textview_clear(t);
    add_name(f, "", t);
    add_totals(a, u, f, t);
    add_facts(a, f, t);
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Where the numbers come from");
    add_arithmetic(a, f, EXPLAIN_ALL, t);
    add_findings(u, f, t);
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Per customer");
    for (size_t i = 0; i < u->customers.count; i++) {
        const struct usage_customer_row *c = &u->customers.rows[i];

        add_part(t, c->linked ? ROLE_TEXT : ROLE_WARNING,
                 c->customer != NULL ? c->customer : "(no name)", c->f.total, c->f.free, "");
    }
    if (u->customers.count == 0)
        textview_add(t, ROLE_MUTED, "%s", u->part_lists[PART_CUSTOMERS].empty);
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Per server");
    for (size_t i = 0; i < u->servers.count; i++) {
        const struct usage_server_row *s = &u->servers.rows[i];

        if (s->reporting_date == TIME_NONE)
            snprintf(more, sizeof(more), ", when it reported is not known");
        else
            snprintf(more, sizeof(more), ", reported %s (%s)",
                     human_when(app_now(a), s->reporting_date, NULL, when),
                     human_age(app_now(a), s->reporting_date, age));
        add_part(t, s->f.incomplete ? ROLE_WARNING : ROLE_TEXT, s->fqdn != NULL ? s->fqdn : "-",
                 s->f.total, s->f.free, more);
        if (s->f.incomplete || s->server_free)
            textview_pair(t, ROLE_MUTED, "", "%s%s%s", s->f.incomplete ? "silent" : "",
                          s->f.incomplete && s->server_free ? ", " : "",
                          s->server_free ? "free server" : "");
    }
    if (u->servers.count == 0)
        textview_add(t, ROLE_MUTED, "%s", u->part_lists[PART_SERVERS].empty);
}

/* A part's counts, its share of the edition, and the month before. */
static void add_part_facts(struct app *a, const struct usage_feature *part, int64_t before,
                           struct textview *t)
{
    const struct usage_feature *f = usage_edition(usage_state(a));
    char n[HUMAN_MAX], change[HUMAN_MAX], all[HUMAN_MAX];

    textview_pair(t, ROLE_TEXT, "edition", "%s  %s",
                  edition_name(part->feature_id, part->description, NULL), part->feature_id);
    add_counts(a, part, t);
    if (f != NULL && f->total > 0)
        textview_pair(t, ROLE_TEXT, "share", "%d %% of %s users",
                      usage_free_percent(f->total, part->total), human_count(f->total, all));
    if (before == USAGE_UNKNOWN)
        textview_pair(t, ROLE_MUTED, "month before", "not known");
    else
        textview_pair(t, ROLE_TEXT, "month before", "%s  (%s)", human_count(before, n),
                      human_change(before, part->total, change));
}

/* The service's own part with that id, for what the list does not show. */
static const struct usage_customer *own_part(const struct usage_feature *f, const char *id)
{
    for (size_t i = 0; f != NULL && id != NULL && i < f->customer_part_count; i++)
        if (f->customer_parts[i].id != NULL && strcmp(f->customer_parts[i].id, id) == 0)
            return &f->customer_parts[i];
    return NULL;
}

void usage_words_customer(struct app *a, const void *row, struct textview *t)
{
    const struct usage_customer_row *c = row;
    const struct usage_customer *own = own_part(usage_edition(usage_state(a)), c->customer_id);

    textview_add(t, ROLE_TITLE, "%s", c->customer != NULL ? c->customer : "(no name)");
    if (!c->linked)
        textview_add(t, ROLE_WARNING, "These users are linked to no customer.");
    add_part_facts(a, &c->f, c->total_before, t);
    if (own == NULL)
        return;
    textview_pair(t, ROLE_TEXT, "id", "%s", own->id);
    textview_pair(t, ROLE_TEXT, "nickname", "%s", own->nickname != NULL ? own->nickname : "-");
    textview_pair(t, ROLE_TEXT, "type", "%s", own->type != NULL ? own->type : "-");
    textview_pair(t, ROLE_TEXT, "organisation", "%s", own->org_id != NULL ? own->org_id : "-");
}

static const struct server *listed(struct app *a, const char *fqdn)
{
    const struct server_list *l = session_servers(a->session);

    for (size_t i = 0; fqdn != NULL && i < l->count; i++)
        if (l->rows[i].fqdn != NULL && strcasecmp(l->rows[i].fqdn, fqdn) == 0)
            return &l->rows[i];
    return NULL;
}

void usage_words_server(struct app *a, const void *row, struct textview *t)
{
    const struct usage_server_row *s = row;
    const struct server *now = listed(a, s->fqdn);
    char when[HUMAN_MAX], age[HUMAN_MAX];

    textview_add(t, ROLE_TITLE, "%s", s->fqdn != NULL ? s->fqdn : "(no name)");
    if (s->f.incomplete)
        textview_add(t, ROLE_WARNING, "Silent for this month: it may have more users than these.");
    add_part_facts(a, &s->f, s->total_before, t);
    textview_add(t, ROLE_MUTED, "A user of two servers counts on both.");
    if (s->reporting_date == TIME_NONE)
        textview_pair(t, ROLE_MUTED, "reported", "not known");
    else
        textview_pair(t, ROLE_TEXT, "reported", "%s, %s ago",
                      human_when(app_now(a), s->reporting_date, NULL, when),
                      human_age(app_now(a), s->reporting_date, age));
    textview_pair(t, ROLE_TEXT, "free server", "%s", s->server_free ? "yes" : "no");
    if (now == NULL) {
        textview_pair(t, ROLE_MUTED, "status now", "the list of servers does not name it");
        return;
    }
    textview_pair(t, ROLE_TEXT, "host", "%s", now->host_id);
    textview_pair(t, severity_role((int)now->severity), "status now", "%s (%s)",
                  server_finding(now), severity_name(now->severity));
}
