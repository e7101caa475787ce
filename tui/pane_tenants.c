/* Cloud licences of the customers in one month; Enter shows one, its tenants and its use now. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "model/finding.h"
#include "tui/cloud.h"
#include "tui/listpane.h"
#include "tui/looks.h"

enum {
    NAME_AT = 1,
    CUSTOMERS_AT = 16,
    LICENCES_AT = 27,
    USERS_AT = 39,
    OVERAGE_AT = 51,
    PERCENT_AT = 61,
    NUMBER_WIDTH = 10,
    LINES_PER_FINDING = 6
};

static struct row_source source(struct app *a)
{
    return cloud_summary_source(session_cloud_summary(a->session));
}

static void draw_number(struct app *a, int y, int x, enum role role, int64_t n)
{
    char text[HUMAN_MAX];

    draw_right(a->screen, y, x, NUMBER_WIDTH, role, human_count(n, text));
}

/* In a word and, where customers are listed, a number: the worst level that one of them has. A
 * total of 78 % is over all the same when one customer's unused licences hide another's overage. */
static const char *tenancy_words(struct app *a, bool multi, enum cloud_level total,
                                 enum cloud_level *worst, char out[40])
{
    const struct cloud_summary *s = session_cloud_summary(a->session);
    char n[HUMAN_MAX];
    int64_t count = 0;

    *worst = total;
    for (size_t i = 0; i < s->count; i++) {
        const struct cloud_customer *c = &s->rows[i];
        enum cloud_level level = cloud_level_of(c->licenses, c->users, c->overage);

        if (c->multi_tenant != multi || level < CLOUD_NEARLY || level < *worst)
            continue;
        count = level > *worst ? 1 : count + 1;
        *worst = level;
    }
    if (count == 0)
        return cloud_words(*worst);
    snprintf(out, 40, "%s %s", human_count(count, n), cloud_level_name(*worst));
    return out;
}

/* The service's own totals of one tenancy. */
static void draw_totals(struct app *a, int y, int w, bool multi)
{
    const struct cloud_summary *s = session_cloud_summary(a->session);
    const struct cloud_totals *t = multi ? &s->multi : &s->single;
    enum cloud_level level = cloud_level_of(t->licenses, t->users, t->overage), worst;
    int64_t percent = cloud_percent(t->licenses, t->users);
    char text[40] = "-", number[40];
    const char *words = tenancy_words(a, multi, level, &worst, number);
    enum role role = severity_role(cloud_level_severity(worst));

    draw_text(a->screen, y, NAME_AT, CUSTOMERS_AT, ROLE_TITLE,
              multi ? "Multi-tenant" : "Single-tenant");
    if (!t->known) {
        draw_text(a->screen, y, CUSTOMERS_AT, w - CUSTOMERS_AT - 1, ROLE_WARNING,
                  "not told by the service");
        return;
    }
    draw_number(a, y, CUSTOMERS_AT - 1, ROLE_TEXT, t->customers);
    draw_number(a, y, LICENCES_AT, ROLE_TEXT, t->licenses);
    draw_number(a, y, USERS_AT, ROLE_TEXT, t->users);
    draw_number(a, y, OVERAGE_AT, t->overage > 0 ? ROLE_ERROR : ROLE_TEXT, t->overage);
    if (percent >= 0)
        snprintf(text, sizeof(text), "%lld %%", (long long)percent);
    draw_right(a->screen, y, PERCENT_AT, 8, role, text);
    draw_text(a->screen, y, PERCENT_AT + 9, w - PERCENT_AT - 10, role, words);
}

/* A lower bound where a list of tenants is not told. Returns the lines. */
static int draw_not_linked(struct app *a, int y, int w)
{
    int64_t users = cloud_not_linked(session_cloud_summary(a->session), NULL);
    bool lower = cloud_tenants_missing(a);
    char n[HUMAN_MAX], text[HUMAN_MAX + 4];

    if (users == 0 && !lower)
        return 0;
    if (users != 0)
        snprintf(text, sizeof(text), "%s%s", lower ? ">= " : "", human_count(users, n));
    else
        snprintf(text, sizeof(text), "not known");
    draw_text(a->screen, y, NAME_AT, CUSTOMERS_AT, ROLE_WARNING, "Not linked");
    draw_right(a->screen, y, LICENCES_AT, USERS_AT + NUMBER_WIDTH - LICENCES_AT, ROLE_WARNING,
               text);
    draw_text(a->screen, y, OVERAGE_AT + 1, w - OVERAGE_AT - 2, ROLE_WARNING,
              lower ? "some tenants are not told" : "linked to no customer");
    return 1;
}

/* What contradicts itself or is not told: the totals come first. */
static int draw_findings(struct app *a, struct rect r, size_t most)
{
    struct finding_list found;
    size_t shown;
    int lines = 0;

    finding_list_init(&found);
    cloud_summary_findings(session_cloud_summary(a->session), &found);
    shown = found.count > most ? most - 1 : found.count;
    for (size_t i = 0; i < shown; i++) {
        draw_glyph(a->screen, r.y + lines, NAME_AT, ROLE_WARNING, GLYPH_WARNING);
        draw_text(a->screen, r.y + lines++, NAME_AT + 2, r.w - NAME_AT - 3, ROLE_WARNING,
                  found.rows[i].text);
    }
    if (found.count + found.more > shown) {
        draw_glyph(a->screen, r.y + lines, NAME_AT, ROLE_WARNING, GLYPH_WARNING);
        draw_format(a->screen, r.y + lines++, NAME_AT + 2, r.w - NAME_AT - 3, ROLE_WARNING,
                    "and %zu more contradictions", found.count + found.more - shown);
    }
    finding_list_release(&found);
    return lines;
}

static int head(struct app *a, struct rect r)
{
    static const struct {
        int x;
        const char *title;
    } titles[] = {{CUSTOMERS_AT - 1, "customers"},
                  {LICENCES_AT, "licences"},
                  {USERS_AT, "users"},
                  {OVERAGE_AT, "overage"},
                  {PERCENT_AT - 2, "in use"}};
    int y = r.y;

    if (!session_resource(a->session, RESOURCE_CLOUD_SUMMARY)->known)
        return 0;
    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
        draw_right(a->screen, y, titles[i].x, NUMBER_WIDTH, ROLE_MUTED, titles[i].title);
    draw_totals(a, ++y, r.w, false);
    draw_totals(a, ++y, r.w, true);
    y++;
    y += draw_not_linked(a, y, r.w);
    y += draw_findings(a, (struct rect){y, r.x, r.h, r.w}, (size_t)(r.h / LINES_PER_FINDING));
    return y + 1 - r.y;
}

static void add_findings(const struct cloud_summary *s, const struct cloud_customer *c,
                         struct textview *t)
{
    struct finding_list found;

    finding_list_init(&found);
    cloud_summary_findings(s, &found);
    for (size_t i = 0; i < found.count; i++)
        if (found.rows[i].about != NULL && strcmp(found.rows[i].about, c->customer_id) == 0)
            textview_pair(t, ROLE_WARNING, "note", "%s", found.rows[i].text);
    finding_list_release(&found);
}

static void add_tenant(const struct cloud_tenant *tenant, struct textview *t)
{
    const char *name = tenant->name != NULL && tenant->name[0] != '\0' ? tenant->name
                       : tenant->customer_id != NULL                   ? tenant->customer_id
                                                                       : "(no name)";
    char n[HUMAN_MAX];

    if (tenant->linked)
        textview_pair(t, ROLE_TEXT, name, "%s%s%s", human_count(tenant->users, n),
                      tenant->org_id != NULL ? "   org id " : "",
                      tenant->org_id != NULL ? tenant->org_id : "");
    else
        textview_pair(t, tenant->users != 0 ? ROLE_WARNING : ROLE_TEXT, "Not linked",
                      "%s   linked to no customer", human_count(tenant->users, n));
}

/* As the service orders them, the users without a customer last. */
static void add_tenants(const struct cloud_summary *s, const struct cloud_customer *c,
                        struct textview *t)
{
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Users per tenant");
    if (!c->tenants_told)
        textview_add(t, ROLE_MUTED, "%s", "not told by the service");
    else if (c->tenant_count == 0)
        textview_add(t, ROLE_MUTED, "%s", "none");
    for (int linked = 1; linked >= 0; linked--)
        for (size_t i = 0; i < c->tenant_count; i++)
            if (s->tenants[c->tenant_at + i].linked == (linked == 1))
                add_tenant(&s->tenants[c->tenant_at + i], t);
}

static void add_numbers(const struct cloud_customer *c, struct textview *t)
{
    enum cloud_level level = cloud_level_of(c->licenses, c->users, c->overage);
    int64_t percent = cloud_percent(c->licenses, c->users);
    char n[HUMAN_MAX];

    textview_pair(t, severity_role(cloud_level_severity(level)), "level", "%s", cloud_words(level));
    textview_pair(t, ROLE_TEXT, "licences", "%s", human_count(c->licenses, n));
    if (percent >= 0)
        textview_pair(t, ROLE_TEXT, "users", "%s, %lld %% of the licences",
                      human_count(c->users, n), (long long)percent);
    else
        textview_pair(t, ROLE_TEXT, "users", "%s", human_count(c->users, n));
    textview_pair(t, c->overage > 0 ? ROLE_ERROR : ROLE_TEXT, "overage", "%s",
                  human_count(c->overage, n));
    textview_pair(t, ROLE_TEXT, "tenancy", "%s",
                  c->multi_tenant ? "multi-tenant: a deployment shared by several customers"
                                  : "single-tenant: a deployment of its own");
    textview_pair(t, ROLE_TEXT, "customer id", "%s", c->customer_id);
    textview_pair(t, ROLE_TEXT, "org id", "%s",
                  c->org_id != NULL ? c->org_id : "not told by the service");
}

/* The use of a customer is not of a month and asked for when it is opened; never again by a refill,
 * which follows a failure too. */
static void look(struct app *a, const struct cloud_customer *c, bool again)
{
    const char *key = session_key(a->session, RESOURCE_TENANT_USE);

    if (again || strcmp(key, c->customer_id) != 0)
        session_look(a->session, RESOURCE_TENANT_USE, c->customer_id);
}

static void detail(struct app *a, const void *row, struct textview *t)
{
    const struct cloud_summary *s = session_cloud_summary(a->session);
    const struct cloud_customer *c = row;

    look(a, c, false);
    textview_add(t, ROLE_TITLE, "%s",
                 c->name != NULL && c->name[0] != '\0' ? c->name : c->customer_id);
    add_numbers(c, t);
    add_findings(s, c, t);
    if (c->multi_tenant)
        add_tenants(s, c, t);
    tenant_use_add(a, t);
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &cloud_customer_row_type,
        .source = source,
        .detail = detail,
        .head = head,
        .filters = cloud_customer_filters,
        .filter_count = &cloud_customer_filter_count,
        .sort = "-percent",
        .empty = "The service names no customer with cloud licences in this month.",
    };

    return listpane_open(p, &def);
}

static bool act(struct pane *p, enum action action, const char *arg)
{
    const struct listpane *l = p->state;
    const struct cloud_customer *c = view_current(&l->table.view);

    if (action == ACTION_OPEN && !l->detail_open && c != NULL)
        look(p->app, c, true);
    return listpane_act(p, action, arg);
}

const struct pane_def pane_tenants = {
    .name = "tenants",
    .title = "Tenants",
    .brief = "Tenants",
    .products = PRODUCT_BIT(CLOUD),
    .resources = RESOURCE_BIT(RESOURCE_CLOUD_SUMMARY),
    .uses = RESOURCE_BIT(RESOURCE_TENANT_USE),
    .by_term = true,
    .is_list = true,
    .init = open_pane,
    .release = listpane_release,
    .data = listpane_data,
    .draw = listpane_draw,
    .act = act,
    .refusal = listpane_refusal,
    .hints = listpane_hints,
};
