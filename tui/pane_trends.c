/* Trends: users month by month, as a chart, a table and a sentence. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/human.h"
#include "model/term.h"
#include "tui/motion.h"
#include "tui/trends.h"

static const int ranges[] = {6, 12, 24, 60};
enum { RANGES = sizeof(ranges) / sizeof(ranges[0]), RANGE_DEFAULT = 24 };

static int open_pane(struct pane *p)
{
    struct trends *t = calloc(1, sizeof(*t));

    if (t == NULL)
        return ERR_NOMEM;
    t->months = RANGE_DEFAULT;
    t->shown.kind = TREND_TOTAL;
    snprintf(t->shown.name, sizeof(t->shown.name), "All editions");
    chart_view_init(&t->view, CHART_GLYPHS_BLOCK);
    p->state = t;
    return 0;
}

static void release_pane(struct pane *p)
{
    struct trends *t = p->state;

    if (t == NULL)
        return;
    if (t->have_set)
        series_set_release(&t->set);
    chart_view_release(&t->view);
    free(t->subjects);
    free(t->items);
    free(t);
    p->state = NULL;
}

static void data(struct pane *p)
{
    if (trends_build(p->app, p->state) < 0)
        app_say(p->app, ROLE_ERROR, "out of memory: the chart is not complete");
}

/* Asks for the months on show; called when the pane is open, so that nothing is asked in vain. */
static void want(struct pane *p)
{
    int from, to;

    trends_range(p->app, p->state, &from, &to);
    session_want_history(p->app->session, from, to);
}

/* What the running month lacks: its number never stands without saying so (model/gap.h). */
static void gap_words(struct app *a, char *out, size_t size)
{
    const struct history *h = session_history(a->session);
    const struct history_month *m = history_month(h, h->running);
    char name[TERM_TEXT];
    struct buf text;

    out[0] = '\0';
    if (m == NULL || !m->incomplete)
        return;
    buf_init(&text, 200);
    gap_text(&m->gap, &text);
    snprintf(out, size, "%s is at least that much: %s", term_human(m->term, name), text.data);
    buf_release(&text);
}

static void progress_text(struct app *a, char *out, size_t size)
{
    struct history_progress h;
    char sentence[600];

    session_history_progress(a->session, &h);
    gap_words(a, out, size);
    if (h.loading > 0)
        snprintf(out, size, "%zu of %zu months here, the others are on their way", h.known,
                 h.wanted);
    else if (h.failed > 0)
        snprintf(out, size, "%zu of %zu months could not be read. %s", h.failed, h.wanted,
                 err_sentence(&h.err, sentence, sizeof(sentence)));
}

static void draw(struct pane *p, struct rect r)
{
    struct trends *t = p->state;
    const struct resource *usage = session_resource(p->app->session, RESOURCE_USAGE);
    char text[800], when[HUMAN_MAX], as_of[HUMAN_MAX + 8] = "";
    struct history_progress h;
    int used;

    want(p);
    session_history_progress(p->app->session, &h);
    used = trouble_draw(p->app, p->def->resources, r);
    r.y += used;
    r.h -= used;
    progress_text(p->app, text, sizeof(text));
    if (text[0] != '\0' && r.h > 6) {
        draw_text(p->app->screen, r.y + r.h - 1, 1, r.w - 2,
                  h.failed > 0 && h.loading == 0 ? ROLE_ERROR : ROLE_MUTED, text);
        r.h -= 1;
    }
    if (!t->have_set)
        return;
    if (usage->known)
        snprintf(as_of, sizeof(as_of), "as of %s",
                 human_when(app_now(p->app), usage->as_of, NULL, when));
    chart_view_draw(&t->view, p->app->screen, (struct rect){r.y, 1, r.h, r.w - 2}, &t->set, as_of);
}

static void set_months(struct pane *p, int months)
{
    struct trends *t = p->state;

    t->months = months;
    data(p);
    app_say(p->app, ROLE_TEXT, "the last %d months", months);
}

static void step_range(struct pane *p, int step)
{
    const struct trends *t = p->state;
    int at = 0;

    while (at < RANGES - 1 && ranges[at] < t->months)
        at++;
    at = t->months == 0 ? 1 : at + step;
    set_months(p, ranges[at < 0 ? 0 : at >= RANGES ? RANGES - 1 : at]);
}

/* "2025-01 2026-06", or a number of months. */
static void named_range(struct pane *p, const char *arg)
{
    struct trends *t = p->state;
    char first[16] = "", second[16] = "";
    struct err err;
    int from, to, months = 0, end = 0;

    if (arg != NULL && sscanf(arg, "%4d%n", &months, &end) == 1 && arg[end] == '\0' && months > 0) {
        set_months(p, months);
        return;
    }
    if (arg == NULL || sscanf(arg, "%15s %15s", first, second) != 2) {
        app_say(p->app, ROLE_WARNING, "say which months: :range 2025-01 2026-06, or :range 18");
        return;
    }
    if (term_parse(first, &from, &err) < 0 || term_parse(second, &to, &err) < 0) {
        app_say_err(p->app, &err);
        return;
    }
    t->months = 0;
    t->from = from < to ? from : to;
    t->to = from < to ? to : from;
    data(p);
}

static void chosen(struct app *a, size_t item)
{
    struct pane *p = app_pane(a);
    struct trends *t = p->state;

    t->shown = t->subjects[item];
    data(p);
}

static void choose(struct pane *p)
{
    struct trends *t = p->state;

    if (trends_subjects(p->app, t) < 0)
        app_say(p->app, ROLE_ERROR, "out of memory");
    else
        overlay_menu(p->app, "Show users of", t->items, t->subject_count, chosen);
}

static bool act(struct pane *p, enum action action, const char *arg)
{
    struct trends *t = p->state;
    enum motion motion;

    if (motion_of_action(action, &motion)) {
        if (t->have_set)
            chart_view_move(&t->view, &t->set, motion);
        return true;
    }
    switch (action) {
    case ACTION_OPEN:
    case ACTION_TWIN:
        chart_view_next_twin(&t->view);
        return true;
    case ACTION_FILTERS:
        choose(p);
        return true;
    case ACTION_LONGER:
    case ACTION_SHORTER:
        step_range(p, action == ACTION_LONGER ? 1 : -1);
        return true;
    case ACTION_RANGE:
        named_range(p, arg);
        return true;
    case ACTION_GLYPHS:
        chart_view_next_glyphs(&t->view);
        return true;
    case ACTION_BACK:
        if (t->view.twin == CHART_TWIN_CHART)
            return false;
        t->view.twin = CHART_TWIN_CHART;
        return true;
    default:
        return false;
    }
}

static const char *refusal(struct pane *p, enum action action)
{
    (void)p;
    return action == ACTION_NEXT_PROBLEM || action == ACTION_PREV_PROBLEM
               ? "a chart has no rows that need a look"
               : NULL;
}

static size_t hints(struct pane *p, struct hint *out, size_t max)
{
    static const struct hint all[] = {
        {"v", "what"}, {"+ -", "months"}, {"Left Right", "read"}, {"t", "as table, as text"}};
    size_t n = 0;

    (void)p;
    while (n < sizeof(all) / sizeof(all[0]) && n < max) {
        out[n] = all[n];
        n++;
    }
    return n;
}

const struct pane_def pane_trends = {
    .name = "trends",
    .title = "Trends",
    .brief = "Trends",
    .products = PRODUCT_BIT(APPS),
    .resources = RESOURCE_BIT(RESOURCE_USAGE),
    .uses = SESSION_CHANGED_HISTORY | RESOURCE_BIT(RESOURCE_CUSTOMERS),
    .is_chart = true,
    .init = open_pane,
    .release = release_pane,
    .data = data,
    .draw = draw,
    .act = act,
    .refusal = refusal,
    .hints = hints,
};
