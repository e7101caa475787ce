/* Licences in use over time: points of days as a series for the chart, and the part that shows it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/human.h"
#include "tui/deploy.h"
#include "tui/motion.h"

enum { CHOICES = 5 };

int deploy_series(struct series_set *set, const char *name, const char *unit,
                  const struct day_point *points, size_t n, enum daily_by by, int32_t today,
                  int places)
{
    int32_t first = n > 0 ? day_span(points[n - 1].day, by) : 0;
    size_t skip = 0;

    for (int i = 1; i < places && n > 0 && first > points[0].day; i++)
        first = day_span(first - 1, by);
    while (places > 0 && skip < n && points[skip].day < first)
        skip++;
    return daily_series(set, name, unit, points + skip, n - skip, by, today);
}

int deploy_trend_build(struct app *a, struct deploy *d, const struct pool *pool)
{
    const struct deployment *row = deploy_open_row(a);
    struct deployment_input in = deploy_input(a);
    struct day_point *points = NULL;
    char name[220], product[160];
    size_t n = 0;
    int rc;

    if (d->have_set)
        series_set_release(&d->set);
    d->have_set = false;
    if (pool == NULL || row == NULL)
        return 0;
    snprintf(name, sizeof(name), "%s, %s", deploy_product_words(row, product, sizeof(product)),
             deploy_model_words(row->model));
    rc = deployment_daily(pool, &in, &points, &n);
    if (rc == 0)
        rc = deploy_series(&d->set, name, "in use", points, n, d->by, day_of(in.now, in.zone),
                           d->places[d->by]);
    d->have_set = rc == 0;
    if (rc == 0 && row->installed != DEPLOYMENT_UNKNOWN)
        series_limit(&d->set, row->installed);
    free(points);
    return rc;
}

static int open_part(struct pane *p)
{
    (void)p;
    return 0;
}

static void release_part(struct pane *p)
{
    (void)p;
}

static void rebuild(struct pane *p)
{
    if (deploy_trend_build(p->app, deploy_of(p->app), deploy_open_pool(p->app)) < 0)
        app_say(p->app, ROLE_ERROR, "out of memory: the chart is not complete");
}

static void draw(struct pane *p, struct rect r)
{
    struct deploy *d = deploy_of(p->app);
    int used = deploy_detail_head(p->app, r);
    char when[HUMAN_MAX], as_of[HUMAN_MAX + 8];
    const struct resource *usage = session_resource(p->app->session, RESOURCE_DEPLOYMENT_USAGE);

    r = (struct rect){r.y + used, 1, r.h - used, r.w - 2};
    if (!d->have_set || d->set.count == 0) {
        draw_text(p->app->screen, r.y, r.x, r.w, ROLE_MUTED,
                  "No server that counts has a sample of this product.");
        draw_cursor(p->app->screen, r.y, r.x, true);
        return;
    }
    snprintf(as_of, sizeof(as_of), "as of %s",
             human_when(app_now(p->app), usage->as_of, NULL, when));
    chart_view_draw(&d->view, p->app->screen, r, &d->set, as_of);
}

static void say_span(struct pane *p)
{
    static const char *const words[] = {"days", "months", "years"};
    const struct deploy *d = deploy_of(p->app);
    int n = d->places[d->by];

    if (n > 0)
        app_say(p->app, ROLE_TEXT, "the last %d %s%s", n, words[d->by],
                d->by == DAILY_DAY ? "" : ", each its largest day");
    else
        app_say(p->app, ROLE_TEXT, "all %s%s", words[d->by],
                d->by == DAILY_DAY ? "" : ", each its largest day");
}

static void by_chosen(struct app *a, size_t item)
{
    struct pane *p = app_pane(a);

    deploy_of(a)->by = (enum daily_by)item;
    deploy_of(a)->view.placed = false;
    rebuild(p);
    say_span(p);
}

static void ask_by(struct pane *p)
{
    static const struct picker_item items[] = {
        {.name = "day", .detail = "what was in use on each day"},
        {.name = "month", .detail = "the largest day of each month"},
        {.name = "year", .detail = "the largest day of each year"},
    };

    overlay_menu(p->app, "Show by", items, sizeof(items) / sizeof(items[0]), by_chosen);
}

/* The next longer or shorter span; 0, all there is, is the longest. */
static void step_span(struct pane *p, bool longer)
{
    static const int spans[3][CHOICES] = {
        [DAILY_DAY] = {14, 31, 92, 366, 0}, [DAILY_MONTH] = {6, 13, 25, 60, 0}, [DAILY_YEAR] = {0}};
    struct deploy *d = deploy_of(p->app);
    const int *all = spans[d->by];
    int at = 0, last = 0;

    while (all[last] != 0)
        last++;
    while (at < last && all[at] != d->places[d->by])
        at++;
    at = longer ? (at < last ? at + 1 : last) : (at > 0 ? at - 1 : 0);
    d->places[d->by] = all[at];
    rebuild(p);
    say_span(p);
}

static bool act(struct pane *p, enum action action, const char *arg)
{
    struct deploy *d = deploy_of(p->app);
    enum motion motion;

    (void)arg;
    if (motion_of_action(action, &motion)) {
        if (d->have_set)
            chart_view_move(&d->view, &d->set, motion);
        return true;
    }
    switch (action) {
    case ACTION_OPEN:
    case ACTION_TWIN:
        chart_view_next_twin(&d->view);
        return true;
    case ACTION_GLYPHS:
        chart_view_next_glyphs(&d->view);
        return true;
    case ACTION_FILTERS:
        ask_by(p);
        return true;
    case ACTION_LONGER:
    case ACTION_SHORTER:
        step_span(p, action == ACTION_LONGER);
        return true;
    default:
        return deploy_detail_act(p, action);
    }
}

static const char *refusal(struct pane *p, enum action action)
{
    if (action == ACTION_NEXT_PROBLEM || action == ACTION_PREV_PROBLEM)
        return "a chart has no rows that need a look";
    if (action == ACTION_RANGE)
        return "here + and - change the span, and v its steps";
    return deploy_choose_refusal(p->app, action);
}

static size_t hints(struct pane *p, struct hint *out, size_t max)
{
    static const struct hint all[] = {{"b", "servers"},        {"v", "day, month, year"},
                                      {"+ -", "span"},         {"t", "as table, text"},
                                      {"S", "choose servers"}, {"Esc", "back"}};
    size_t n = 0;

    (void)p;
    for (; n < sizeof(all) / sizeof(all[0]) && n < max; n++)
        out[n] = all[n];
    return n;
}

const struct pane_def deploy_trend_def = {
    .name = "deployments",
    .title = "Deployments",
    .brief = "Deploy",
    .products = PRODUCT_BIT(DEPLOYMENTS),
    .resources = RESOURCE_BIT(RESOURCE_DEPLOYMENTS) | RESOURCE_BIT(RESOURCE_DEPLOYMENT_USAGE),
    .is_chart = true,
    .is_cards = true,
    .by_servers = true,
    .init = open_part,
    .release = release_part,
    .data = rebuild,
    .draw = draw,
    .act = act,
    .refusal = refusal,
    .hints = hints,
};
