/* What a card opens: its parts, each a pane that lies in the place of the cards. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/human.h"
#include "tui/deploy.h"
#include "tui/listpane.h"

static const char *const part_names[] = {
#define PART_NAME(id, def, name) name,
    DEPLOY_PART_LIST(PART_NAME)
#undef PART_NAME
};

const struct deployment *deploy_open_row(struct app *a)
{
    const struct deploy *d = deploy_of(a);

    for (size_t i = 0; i < d->pools.count && d->open_id != 0; i++)
        if (d->pools.rows[i].id == d->open_id)
            return &d->pools.rows[i];
    return NULL;
}

const struct pool *deploy_open_pool(struct app *a)
{
    const struct pool_list *pools = session_deployment_usage(a->session);
    const struct deploy *d = deploy_of(a);

    for (size_t i = 0; i < pools->count && d->open_id != 0; i++)
        if (pools->rows[i].id == d->open_id)
            return &pools->rows[i];
    return NULL;
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The users of POOL on the chosen servers. */
static int find_users(struct app *a, struct deploy *d, const struct pool *pool)
{
    const struct deployment_user_list *all = session_deployment_users(a->session);

    free(d->users);
    d->user_count = 0;
    d->users = calloc(all->count > 0 ? all->count : 1, sizeof(const struct deployment_user *));
    if (d->users == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < all->count; i++) {
        const struct deployment_user *u = &all->rows[i];

        if (same(u->feature_id, pool->feature_id) && same(u->model, pool->model) &&
            (!d->some || (u->fqdn != NULL && server_set_has(&d->only, u->fqdn))))
            d->users[d->user_count++] = u;
    }
    return 0;
}

int deploy_detail_build(struct app *a, struct deploy *d)
{
    const struct pool *pool = deploy_open_pool(a);
    struct deployment_input in = deploy_input(a);
    int rc;

    if (pool == NULL) {
        if (d->open_id != 0)
            app_say(a, ROLE_INFORMATION, "the product that was open is no longer there");
        deploy_close(a);
        return 0;
    }
    rc = deployment_list_by_server(&d->by_server, session_deployment_usage(a->session), pool, &in);
    if (rc == 0)
        rc = deployment_use_list_build(&d->activity, pool, &in);
    if (rc == 0)
        rc = find_users(a, d, pool);
    if (rc == 0)
        rc = deploy_trend_build(a, d, pool);
    for (int i = DEPLOY_PART_SERVERS; i <= DEPLOY_PART_USERS; i++)
        d->parts[i].def->data(&d->parts[i]);
    return rc;
}

/* Users are many: they are asked for when they are to be seen. */
static void ask_for_users(struct app *a)
{
    const struct resource *r = session_resource(a->session, RESOURCE_DEPLOYMENT_USERS);

    if (!r->known && !r->failed && !r->absent)
        session_refresh(a->session, RESOURCE_BIT(RESOURCE_DEPLOYMENT_USERS), false);
}

static void show_part(struct app *a, enum deploy_part part)
{
    struct deploy *d = deploy_of(a);

    d->part = part;
    a->panes[PANE_DEPLOYMENTS].front = &d->parts[part];
    if (part == DEPLOY_PART_USERS)
        ask_for_users(a);
}

void deploy_open(struct app *a)
{
    struct deploy *d = deploy_of(a);

    if (d->cursor >= d->pools.count)
        return;
    d->open_id = d->pools.rows[d->cursor].id;
    d->view.placed = false;
    if (deploy_detail_build(a, d) < 0)
        app_say(a, ROLE_ERROR, "out of memory: the details are not complete");
    show_part(a, d->part);
}

void deploy_close(struct app *a)
{
    struct deploy *d = deploy_of(a);

    d->open_id = 0;
    a->panes[PANE_DEPLOYMENTS].front = d->as_table ? &d->parts[DEPLOY_PART_TABLE] : NULL;
}

bool deploy_detail_act(struct pane *p, enum action action)
{
    struct deploy *d = deploy_of(p->app);

    switch (action) {
    case ACTION_BREAKDOWN:
        show_part(p->app, (enum deploy_part)((d->part + 1) % DEPLOY_DETAILS));
        return true;
    case ACTION_BACK:
        deploy_close(p->app);
        return true;
    default:
        return deploy_choose(p->app, action);
    }
}

static const char *count_or(int64_t n, char out[HUMAN_MAX])
{
    return n == DEPLOYMENT_UNKNOWN ? "?" : human_count(n, out);
}

static void draw_numbers(struct app *a, struct rect r, const struct deployment *row)
{
    char n[5][HUMAN_MAX], use[24];
    const char *sign = row->unsampled > 0 ? ">= " : "";
    enum role role = row->overdraft > 0 ? ROLE_ERROR : ROLE_TEXT;
    int x = r.x;

    if (row->servers == 0) {
        draw_text(a->screen, r.y, x, r.w, ROLE_WARNING,
                  "no chosen server that reports has it: nothing is counted");
        return;
    }
    deploy_use_words(row, use, sizeof(use));
    x += draw_format(a->screen, r.y, x, r.w, role, "installed %s   in use %s%s%s%s   ",
                     count_or(row->installed, n[0]), sign, count_or(row->in_use, n[1]),
                     use[0] != '\0' ? ", " : "", use);
    draw_format(a->screen, r.y, x, r.x + r.w - x, role, "overdraft %s%s", sign,
                count_or(row->overdraft, n[2]));
    draw_format(a->screen, r.y + 1, r.x, r.w, ROLE_TEXT,
                "peak 7 days %s   month %s   ever %s   %lld server%s", count_or(row->peak_7d, n[2]),
                count_or(row->peak_month, n[3]), count_or(row->peak_all, n[4]),
                (long long)row->servers, row->servers == 1 ? "" : "s");
}

static void draw_out(struct app *a, struct rect r, const struct deployment *row)
{
    if (row->servers_excluded > 0)
        draw_format(
            a->screen, r.y, r.x, r.w, ROLE_WARNING, "%lld more outside these totals: %s not report",
            (long long)row->servers_excluded, row->servers_excluded == 1 ? "it does" : "they do");
}

/* "[Trend] Servers  Activity  Users": the open one is marked without colour too. */
static void draw_parts(struct app *a, struct rect r)
{
    const struct deploy *d = deploy_of(a);
    int x = r.x;

    for (int i = 0; i < DEPLOY_DETAILS; i++) {
        bool open = i == (int)d->part;

        x += draw_format(a->screen, r.y, x, r.x + r.w - x, open ? ROLE_ACCENT : ROLE_MUTED,
                         open ? "[%s]" : " %s ", part_names[i]);
        x++;
    }
}

int deploy_detail_head(struct app *a, struct rect r)
{
    const struct deployment *row;
    char name[160], chosen[80];
    struct rect line = {r.y, 1, 1, r.w - 2};
    int cells;

    row = deploy_open_row(a);
    if (row == NULL || r.h < 8)
        return 0;
    deploy_chosen_text(a, chosen, sizeof(chosen));
    cells = text_cells(a->screen, chosen);
    draw_right(a->screen, r.y, r.w - 1 - cells, cells,
               deploy_of(a)->some ? ROLE_WARNING : ROLE_MUTED, chosen);
    draw_format(a->screen, r.y, 1, r.w - cells - 4, ROLE_TITLE, "%s, %s",
                deploy_product_words(row, name, sizeof(name)), deploy_model_words(row->model));
    line.y++;
    draw_numbers(a, line, row);
    line.y += 2;
    if (row->servers_excluded > 0) {
        draw_out(a, line, row);
        line.y++;
    }
    draw_parts(a, line);
    return line.y + 2 - r.y;
}

/* ---- the parts that are lists ---- */

static struct row_source by_server(struct app *a)
{
    return deployment_by_server_source(&deploy_of(a)->by_server);
}

static struct row_source activity(struct app *a)
{
    return deployment_use_list_source(&deploy_of(a)->activity);
}

static const void *user_at(const void *list, size_t i)
{
    return ((const struct deploy *)list)->users[i];
}

static struct row_source users(struct app *a)
{
    const struct deploy *d = deploy_of(a);

    return (struct row_source){&deployment_pool_user_row_type, d, d->user_count, user_at};
}

static int open_servers(struct pane *p)
{
    static const struct list_def def = {
        .type = &deployment_by_server_row_type,
        .source = by_server,
        .sort = "-in_use",
        .empty = "No chosen server has this product.",
    };

    return listpane_open(p, &def);
}

static int open_activity(struct pane *p)
{
    static const struct list_def def = {
        .type = &deployment_use_row_type,
        .source = activity,
        .sort = "",
        .empty = "No chosen server has a sample of the last 31 days.",
    };

    return listpane_open(p, &def);
}

static int open_users(struct pane *p)
{
    static const struct list_def def = {
        .type = &deployment_pool_user_row_type,
        .source = users,
        .sort = "-last_login",
        .empty = "No user has a licence of this product on the chosen servers.",
    };

    return listpane_open(p, &def);
}

static void draw_list(struct pane *p, struct rect r)
{
    int used = deploy_detail_head(p->app, r);

    listpane_draw(p, (struct rect){r.y + used, r.x, r.h - used, r.w});
}

static bool act_list(struct pane *p, enum action action, const char *arg)
{
    return (action != ACTION_BREAKDOWN && listpane_act(p, action, arg)) ||
           deploy_detail_act(p, action);
}

static const char *refusal_list(struct pane *p, enum action action)
{
    const char *why = deploy_choose_refusal(p->app, action);

    if (action == ACTION_TWIN)
        return "this is a list already: b goes on to the trend";
    return why != NULL ? why : listpane_refusal(p, action);
}

static size_t hints_list(struct pane *p, struct hint *out, size_t max)
{
    static const char *const next[] = {"servers", "activity", "users", "trend"};
    const struct listpane *l = p->state;
    size_t n = 0;

    if (l->detail_open)
        return listpane_hints(p, out, max);
    if (n < max)
        out[n++] = (struct hint){"b", next[deploy_of(p->app)->part]};
    n += listpane_hints(p, out + n, max - n);
    if (n < max)
        out[n++] = (struct hint){"Esc", "back"};
    return n;
}

#define LIST_PART(wanted)                                                                          \
    .name = "deployments", .title = "Deployments", .brief = "Deploy",                              \
    .products = PRODUCT_BIT(DEPLOYMENTS), .resources = (wanted), .is_list = true,                  \
    .is_cards = true, .by_servers = true, .release = listpane_release, .data = listpane_data,      \
    .draw = draw_list, .act = act_list, .refusal = refusal_list, .hints = hints_list

const struct pane_def deploy_servers_def = {
    LIST_PART(RESOURCE_BIT(RESOURCE_DEPLOYMENT_USAGE) | RESOURCE_BIT(RESOURCE_DEPLOYMENTS)),
    .init = open_servers,
};
const struct pane_def deploy_activity_def = {
    LIST_PART(RESOURCE_BIT(RESOURCE_DEPLOYMENT_USAGE) | RESOURCE_BIT(RESOURCE_DEPLOYMENTS)),
    .init = open_activity,
};
const struct pane_def deploy_users_def = {
    LIST_PART(RESOURCE_BIT(RESOURCE_DEPLOYMENT_USERS)),
    .init = open_users,
};
