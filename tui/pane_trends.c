/* Trends: users month by month, as a chart, a table and a sentence. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "model/term.h"
#include "tui/motion.h"
#include "tui/trends.h"

static const int ranges[] = {6, 12, 24, 60, TREND_MONTHS_ALL};
enum { RANGES = sizeof(ranges) / sizeof(ranges[0]), RANGE_DEFAULT = 24, YEAR = 12 };

static int open_pane(struct pane *p)
{
    struct trends *t = calloc(1, sizeof(*t));
    const char *ssh = getenv("SSH_CONNECTION");

    if (t == NULL)
        return ERR_NOMEM;
    t->months = RANGE_DEFAULT;
    t->to = TERM_NONE;
    t->shown.kind = TREND_TOTAL;
    snprintf(t->shown.name, sizeof(t->shown.name), "All editions");
    trend_list_init(&t->list);
    /* Without UTF-8 the widget draws in ASCII all the same. */
    chart_view_init(&t->view,
                    chart_glyphs_pick(CHART_GLYPHS_AUTO, true, ssh != NULL && ssh[0] != '\0'));
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
    trend_list_release(&t->list);
    chart_view_release(&t->view);
    free(t->subjects);
    free(t->items);
    free(t);
    p->state = NULL;
}

static void data(struct pane *p)
{
    trends_build(p->app, p->state);
}

/* Asks for the months on show and those of the forecast; called when the pane is open, so that
 * nothing is asked in vain. */
static void want(struct pane *p)
{
    const struct trends *t = p->state;
    int from, to;

    trends_range(p->app, t, &from, &to);
    session_want_history(p->app->session, from, to);
    if (!t->forecast)
        return;
    trend_basis(trends_running(p->app), &from, &to);
    session_want_history(p->app->session, from, to);
}

/* When the numbers under the cursor were taken; "" when that is not known. */
static void age_of(struct pane *p, char *out, size_t size)
{
    const struct trends *t = p->state;
    size_t at = chart_view_cursor(&t->view, &t->set);
    struct history_term term;
    char when[HUMAN_MAX];

    out[0] = '\0';
    if (t->set.step != SERIES_MONTH)
        return;
    session_history_term(p->app->session, (int)t->set.first + (int)at, &term);
    if (term.known && term.as_of != TIME_NONE)
        snprintf(out, size, "as of %s", human_when(app_now(p->app), term.as_of, NULL, when));
}

/* Why nothing can be shown: what, why, and what to do. */
static void draw_why(struct screen *s, struct rect r, const struct err *why)
{
    const char *lines[] = {why->what, why->why, why->next};

    for (int i = 0; i < 3 && i < r.h; i++)
        draw_text(s, r.y + i, 1, r.w - 2, i == 0 ? ROLE_WARNING : ROLE_TEXT, lines[i]);
}

static void draw(struct pane *p, struct rect r)
{
    struct trends *t = p->state;
    char text[800], as_of[HUMAN_MAX + 8];
    bool failed;
    int used;

    want(p);
    used = trouble_draw(p->app, p->def->resources, r);
    r.y += used;
    r.h -= used;
    trends_state(p->app, t, text, sizeof(text), &failed);
    if (text[0] != '\0' && r.h > 6) {
        draw_text(p->app->screen, r.y + r.h - 1, 1, r.w - 2, failed ? ROLE_ERROR : ROLE_MUTED,
                  text);
        r.h -= 1;
    }
    if (!t->have_set) {
        draw_why(p->app->screen, r, &t->why);
        return;
    }
    age_of(p, as_of, sizeof(as_of));
    chart_view_draw(&t->view, p->app->screen, (struct rect){r.y, 1, r.h, r.w - 2}, &t->set, as_of);
}

/* Shows so many months up to TO, and says which. */
static void set_range(struct pane *p, int months, int to)
{
    struct trends *t = p->state;
    int from, now = trends_running(p->app);
    char first[TERM_TEXT], last[TERM_TEXT];

    t->months = months < 1 ? 1 : months > TREND_MONTHS_ALL ? TREND_MONTHS_ALL : months;
    t->to = to == TERM_NONE || to >= now ? TERM_NONE : to;
    data(p);
    trends_range(p->app, t, &from, &to);
    app_say(p->app, ROLE_TEXT, "%d month%s: %s to %s", to - from + 1, to > from ? "s" : "",
            term_human(from, first), term_human(to, last));
}

static void step_range(struct pane *p, int step)
{
    const struct trends *t = p->state;
    int at = step > 0 ? 0 : RANGES - 1;

    while (at + step >= 0 && at + step < RANGES &&
           (step > 0 ? ranges[at] <= t->months : ranges[at] >= t->months))
        at += step;
    set_range(p, ranges[at], t->to);
}

/* Half of what is shown, back or on. */
static void pan(struct pane *p, int step)
{
    const struct trends *t = p->state;
    int from, to, half;

    trends_range(p->app, t, &from, &to);
    half = (to - from + 2) / 2;
    if (step < 0 && from == TERM_FIRST) {
        app_say(p->app, ROLE_WARNING, "the service has no usage before Feb 2016");
        return;
    }
    if (step > 0 && to == trends_running(p->app)) {
        app_say(p->app, ROLE_WARNING, "the running month is the last one");
        return;
    }
    if (step < 0 && from - half < TERM_FIRST)
        half = from - TERM_FIRST;
    set_range(p, to - from + 1, to + step * half);
}

/* "2025-01 2026-06", a number of months, or "all". */
static void named_range(struct pane *p, const char *arg)
{
    char first[16] = "", second[16] = "";
    struct err err;
    int from, to, months = 0, end = 0;

    if (arg != NULL && strcmp(arg, "all") == 0) {
        set_range(p, TREND_MONTHS_ALL, TERM_NONE);
        return;
    }
    if (arg != NULL && sscanf(arg, "%4d%n", &months, &end) == 1 && arg[end] == '\0' && months > 0) {
        set_range(p, months, TERM_NONE);
        return;
    }
    if (arg == NULL || sscanf(arg, "%15s %15s", first, second) != 2) {
        app_say(p->app, ROLE_WARNING,
                "say which months: :range 2025-01 2026-06, :range 18 or :range all");
        return;
    }
    if (term_parse(first, &from, &err) < 0 || term_parse(second, &to, &err) < 0) {
        app_say_err(p->app, &err);
        return;
    }
    if (from > trends_running(p->app) && to > trends_running(p->app)) {
        app_say(p->app, ROLE_WARNING, "these months are to come");
        return;
    }
    set_range(p, (from < to ? to - from : from - to) + 1, from < to ? to : from);
}

static void toggle_forecast(struct pane *p)
{
    struct trends *t = p->state;

    t->forecast = !t->forecast;
    want(p);
    data(p);
    app_say(p->app, ROLE_TEXT,
            t->forecast ? "dots are a forecast, everything else was counted"
                        : "only what was counted");
}

static void toggle_years(struct pane *p)
{
    struct trends *t = p->state;

    t->by_year = !t->by_year;
    data(p);
    app_say(p->app, ROLE_TEXT,
            t->by_year ? "by year; users are never added up over months" : "by month");
}

/* ARG: a letter of the legend, or the number of it. */
static void toggle_series(struct pane *p, const char *arg)
{
    int number = 0;

    if (arg != NULL && arg[0] != '\0' && arg[1] == '\0')
        number = arg[0] >= '1' && arg[0] <= '9' ? arg[0] - '0' : (arg[0] | 0x20) - 'a' + 1;
    if (!trends_toggle(p->state, number))
        app_say(p->app, ROLE_WARNING, "say which part of the legend: :series A, or :series 2");
}

static void change_glyphs(struct pane *p, const char *arg)
{
    struct trends *t = p->state;
    enum chart_glyphs g;

    if (arg != NULL && (chart_glyphs_parse(arg, &g) < 0 || g == CHART_GLYPHS_AUTO)) {
        app_say(p->app, ROLE_WARNING, "there are braille, block and ascii signs");
        return;
    }
    if (arg != NULL)
        t->view.glyphs = g;
    else
        chart_view_next_glyphs(&t->view);
    app_say(p->app, ROLE_TEXT, "%s signs%s", chart_glyphs_name(t->view.glyphs),
            screen_ascii(p->app->screen) && t->view.glyphs != CHART_GLYPHS_ASCII
                ? ", but this terminal has only ascii"
                : "");
}

/* What the cursor is on: the usage of a month, the months of a year. */
static void open_place(struct pane *p)
{
    struct trends *t = p->state;
    int64_t place = t->set.first + (int64_t)chart_view_cursor(&t->view, &t->set);
    int now = trends_running(p->app);
    char term[TERM_TEXT];

    if (!t->have_set || t->set.count == 0)
        return;
    if (t->by_year) {
        t->by_year = false;
        set_range(p, YEAR, (int)place * YEAR + YEAR - 1);
        return;
    }
    if (place > now) {
        app_say(p->app, ROLE_WARNING, "this month is to come: there is no usage of it yet");
        return;
    }
    app_open(p->app, PANE_USAGE, NULL);
    app_act(p->app, ACTION_MONTH, term_text((int)place, term));
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
        open_place(p);
        return true;
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
    case ACTION_EARLIER:
    case ACTION_LATER:
        pan(p, action == ACTION_LATER ? 1 : -1);
        return true;
    case ACTION_RANGE:
        named_range(p, arg);
        return true;
    case ACTION_BREAKDOWN:
        toggle_years(p);
        return true;
    case ACTION_FORECAST:
        toggle_forecast(p);
        return true;
    case ACTION_SERIES:
        toggle_series(p, arg);
        return true;
    case ACTION_GLYPHS:
        change_glyphs(p, arg);
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
        {"v", "what"},    {"t", "table, words"}, {"f", "forecast"},     {"+ -", "months"},
        {"b", "by year"}, {"{ }", "earlier"},    {"Left Right", "read"}};
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
    .uses =
        SESSION_CHANGED_HISTORY | RESOURCE_BIT(RESOURCE_CUSTOMERS) | RESOURCE_BIT(RESOURCE_SERVERS),
    .is_chart = true,
    .by_servers = true,
    .follows_chosen = true,
    .init = open_pane,
    .release = release_pane,
    .data = data,
    .draw = draw,
    .act = act,
    .refusal = refusal,
    .hints = hints,
};
