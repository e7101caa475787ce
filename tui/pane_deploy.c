/* Deployments: a card a product edition and licensing model, or the same as a table. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/human.h"
#include "tui/deploy.h"
#include "tui/listpane.h"
#include "tui/motion.h"

enum { HEAD_FROM = 6, PROBLEM_LEVEL = 2 };

static void data(struct pane *p)
{
    deploy_update(p->app);
}

static const char *shown(int64_t n, char out[HUMAN_MAX])
{
    return n == DEPLOYMENT_UNKNOWN ? "?" : human_count(n, out);
}

static void draw_total(struct app *a, struct rect r)
{
    const struct deploy *d = deploy_of(a);
    const struct deployment_total *t = &d->total;
    bool lower =
        t->unsampled > 0 || session_resource(a->session, RESOURCE_DEPLOYMENT_USAGE)->unreadable > 0;
    const char *sign = lower ? ">= " : "";
    char chosen[80], n[3][HUMAN_MAX], percent[40] = "", where[60] = "", over[80];
    int cells;

    deploy_chosen_text(a, chosen, sizeof(chosen));
    cells = text_cells(a->screen, chosen);
    draw_right(a->screen, r.y, r.x + r.w - cells, cells, d->some ? ROLE_WARNING : ROLE_MUTED,
               chosen);
    if (t->percent >= 0)
        snprintf(percent, sizeof(percent), ", %lld %%", (long long)t->percent);
    if (t->overdrawn > 0)
        snprintf(where, sizeof(where), " in %zu product%s", t->overdrawn,
                 t->overdrawn == 1 ? "" : "s");
    r.w -= cells + 2;
    cells = draw_format(a->screen, r.y, r.x, r.w, ROLE_TITLE, "installed %s   in use %s%s%s   ",
                        shown(t->installed, n[0]), sign, shown(t->in_use, n[1]), percent);
    snprintf(over, sizeof(over), "overdraft %s%s", sign, shown(t->overdraft, n[2]));
    draw_format(a->screen, r.y, r.x + cells, r.w - cells,
                t->overdraft > 0 ? ROLE_ERROR : ROLE_TITLE, "%s%s", over,
                (int)(strlen(over) + strlen(where)) <= r.w - cells ? where : "");
}

/* Why there are no numbers; a sentence for each of the two lists that is not there. */
static void draw_unknown(struct app *a, struct rect r)
{
    static const enum resource_kind needed[] = {RESOURCE_DEPLOYMENTS, RESOURCE_DEPLOYMENT_USAGE};
    int y = r.y;

    for (size_t i = 0; i < 2 && y < r.y + r.h; i++)
        if (!session_resource(a->session, needed[i])->known)
            y += trouble_draw_unknown(a, needed[i], (struct rect){y, r.x, r.y + r.h - y, r.w});
    draw_cursor(a->screen, r.y, r.x, true);
}

/* The lines above the cards and above the table; returns them. */
static int draw_head(struct app *a, struct rect r)
{
    int lines = 1;

    if (r.h < HEAD_FROM)
        return 0;
    draw_total(a, r);
    lines += deploy_outside_draw(a, (struct rect){r.y + 1, r.x, r.h / 3, r.w});
    return lines + 1;
}

static void draw_cards(struct app *a, struct rect r)
{
    struct deploy *d = deploy_of(a);
    size_t row;

    card_flow_fit(&d->flow, a->screen, d->cards, d->card_count, r.w, DEPLOY_SPARK);
    d->page = (r.h + 1) / (d->flow.h + 1);
    if (d->page < 1)
        d->page = 1;
    row = d->cursor / (size_t)d->flow.columns;
    if (row < d->top)
        d->top = row;
    if (row >= d->top + (size_t)d->page)
        d->top = row - (size_t)d->page + 1;
    cards_draw(a->screen, r, &d->flow, d->cards, d->card_count, d->top, d->cursor);
    if (d->top > 0)
        draw_glyph(a->screen, r.y, r.x + r.w - 1, ROLE_MUTED, GLYPH_UP);
    if (d->top + (size_t)d->page < (size_t)d->flow.rows)
        draw_glyph(a->screen, r.y + r.h - 1, r.x + r.w - 1, ROLE_MUTED, GLYPH_DOWN);
}

static void draw(struct pane *p, struct rect r)
{
    struct deploy *d = deploy_of(p->app);
    int used = trouble_draw(p->app, p->def->resources, r);

    r = (struct rect){r.y + used, 1, r.h - used, r.w - 2};
    if (!deploy_known(p->app)) {
        draw_unknown(p->app, r);
        return;
    }
    used = draw_head(p->app, r);
    r.y += used;
    r.h -= used;
    if (d->card_count > 0) {
        draw_cards(p->app, r);
        return;
    }
    draw_text(p->app->screen, r.y, r.x, r.w, ROLE_MUTED,
              "The service has no licence in use on any license server.");
    draw_cursor(p->app->screen, r.y, r.x, true);
}

static void go_to(struct deploy *d, size_t card)
{
    d->cursor = card;
    d->cursor_id = card < d->pools.count ? d->pools.rows[card].id : 0;
}

static void move(struct deploy *d, enum motion m)
{
    size_t n = d->card_count, at = d->cursor;
    int half = (d->page + 1) / 2;

    if (n == 0 || d->flow.columns < 1)
        return;
    switch (m) {
    case MOTION_UP:
        at = card_step(&d->flow, n, at, -1, 0);
        break;
    case MOTION_DOWN:
        at = card_step(&d->flow, n, at, 1, 0);
        break;
    case MOTION_LEFT:
        at = card_step(&d->flow, n, at, 0, -1);
        break;
    case MOTION_RIGHT:
        at = card_step(&d->flow, n, at, 0, 1);
        break;
    case MOTION_PAGE_UP:
    case MOTION_HALF_UP:
        for (int i = m == MOTION_PAGE_UP ? d->page : half; i > 0; i--)
            at = card_step(&d->flow, n, at, -1, 0);
        break;
    case MOTION_PAGE_DOWN:
    case MOTION_HALF_DOWN:
        for (int i = m == MOTION_PAGE_DOWN ? d->page : half; i > 0; i--)
            at = card_step(&d->flow, n, at, 1, 0);
        break;
    case MOTION_TOP:
        at = 0;
        break;
    case MOTION_BOTTOM:
        at = n - 1;
        break;
    }
    go_to(d, at);
}

static void seek_problem(struct app *a, bool forward)
{
    struct deploy *d = deploy_of(a);
    size_t n = d->card_count;

    for (size_t i = 1; i <= n; i++) {
        size_t at = (d->cursor + (forward ? i : n - i)) % n;

        if (deployment_row_type.severity(&d->pools.rows[at]) >= PROBLEM_LEVEL) {
            go_to(d, at);
            return;
        }
    }
    app_say(a, ROLE_OK, "no product needs a look");
}

static void set_table(struct app *a, bool as_table)
{
    deploy_of(a)->as_table = as_table;
    deploy_close(a);
}

static bool act(struct pane *p, enum action action, const char *arg)
{
    enum motion motion;

    (void)arg;
    if (motion_of_action(action, &motion)) {
        move(deploy_of(p->app), motion);
        return true;
    }
    switch (action) {
    case ACTION_OPEN:
    case ACTION_BREAKDOWN:
        deploy_open(p->app);
        return true;
    case ACTION_TWIN:
        set_table(p->app, true);
        return true;
    case ACTION_NEXT_PROBLEM:
    case ACTION_PREV_PROBLEM:
        seek_problem(p->app, action == ACTION_NEXT_PROBLEM);
        return true;
    default:
        return deploy_choose(p->app, action);
    }
}

static const char *refusal(struct pane *p, enum action action)
{
    if (action == ACTION_OPEN || action == ACTION_BREAKDOWN || action == ACTION_TWIN)
        return deploy_of(p->app)->card_count == 0 ? "there is no card to open" : NULL;
    return deploy_choose_refusal(p->app, action);
}

static size_t hints(struct pane *p, struct hint *out, size_t max)
{
    static const struct hint all[] = {
        {"Enter", "open"}, {"t", "as table"}, {"S", "choose servers"}, {"e", "next problem"}};
    size_t n = 0;

    (void)p;
    for (; n < sizeof(all) / sizeof(all[0]) && n < max; n++)
        out[n] = all[n];
    return n;
}

const struct pane_def pane_deployments = {
    .name = "deployments",
    .title = "Deployments",
    .brief = "Deploy",
    .products = PRODUCT_BIT(DEPLOYMENTS),
    .resources = RESOURCE_BIT(RESOURCE_DEPLOYMENTS) | RESOURCE_BIT(RESOURCE_DEPLOYMENT_USAGE),
    .uses = RESOURCE_BIT(RESOURCE_DEPLOYMENT_USERS),
    .is_cards = true,
    .by_servers = true,
    .init = deploy_init,
    .release = deploy_release,
    .data = data,
    .draw = draw,
    .act = act,
    .refusal = refusal,
    .hints = hints,
};

/* ---- the cards as a table ---- */

static struct row_source pools(struct app *a)
{
    return deployment_list_source(&deploy_of(a)->pools);
}

static int table_head(struct app *a, struct rect r)
{
    return draw_head(a, (struct rect){r.y, 1, r.h, r.w - 2});
}

static int open_table(struct pane *p)
{
    static const struct list_def def = {
        .type = &deployment_row_type,
        .source = pools,
        .head = table_head,
        .sort = "",
        .empty = "The service has no licence in use on any license server.",
    };

    return listpane_open(p, &def);
}

static bool act_table(struct pane *p, enum action action, const char *arg)
{
    struct deploy *d = deploy_of(p->app);
    const struct listpane *l = p->state;
    const struct deployment *row = view_current(&l->table.view);

    switch (action) {
    case ACTION_TWIN:
        set_table(p->app, false);
        return true;
    case ACTION_OPEN:
    case ACTION_BREAKDOWN:
        if (row != NULL) {
            go_to(d, (size_t)(row - d->pools.rows));
            deploy_open(p->app);
        }
        return true;
    default:
        return listpane_act(p, action, arg) || deploy_choose(p->app, action);
    }
}

static const char *refusal_table(struct pane *p, enum action action)
{
    const char *why = deploy_choose_refusal(p->app, action);

    return why != NULL ? why : listpane_refusal(p, action);
}

static size_t hints_table(struct pane *p, struct hint *out, size_t max)
{
    size_t n = listpane_hints(p, out, max);

    if (n < max)
        out[n++] = (struct hint){"t", "as cards"};
    if (n < max)
        out[n++] = (struct hint){"S", "choose servers"};
    return n;
}

const struct pane_def deploy_table_def = {
    .name = "deployments",
    .title = "Deployments",
    .brief = "Deploy",
    .products = PRODUCT_BIT(DEPLOYMENTS),
    .resources = RESOURCE_BIT(RESOURCE_DEPLOYMENTS) | RESOURCE_BIT(RESOURCE_DEPLOYMENT_USAGE),
    .is_list = true,
    .is_cards = true,
    .by_servers = true,
    .init = open_table,
    .release = listpane_release,
    .data = listpane_data,
    .draw = listpane_draw,
    .act = act_table,
    .refusal = refusal_table,
    .hints = hints_table,
};
