/* Doing an action, or saying why not. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/term.h"
#include "session/config.h"
#include "tui/app.h"
#include "tui/listpane.h"
#include "tui/signals.h"

enum { TWICE_MS = 2000 };

static const char *month_refusal(struct app *a, int step)
{
    int term = session_term(a->session) + step;
    int now = term_of(app_now(a), session_profile(a->session)->billing_timezone);
    int first;

    if (!app_pane(a)->def->by_term)
        return "what this pane shows has no month";
    if (term > now)
        return "this is the running month: there is none after it yet";
    if (term_parse("2016-02", &first, NULL) == 0 && term < first)
        return "the service has no usage before Feb 2016";
    return NULL;
}

/* The console's Previous Term switch: there while users of the month before may still be tagged
 * (published.md §3.5). */
static const char *previous_refusal(struct app *a)
{
    const char *zone = session_profile(a->session)->billing_timezone;
    int now = term_of(app_now(a), zone);

    if (!app_pane(a)->def->by_term)
        return "what this pane shows has no month";
    if (session_term(a->session) == now &&
        window_closes(CHANGE_USER, now - 1, app_now(a), zone) == TIME_NONE)
        return "the month before is closed: it is open on days 1 to 10 only; [ shows it all the "
               "same";
    return NULL;
}

bool pane_has(const struct pane *p, unsigned where)
{
    if ((where & (WHERE_ANY | WHERE_MOVE)) != 0)
        return true;
    if ((where & WHERE_CARDS) != 0 && p->def->is_cards)
        return true;
    if ((where & WHERE_SERVERS) != 0 && p->def->by_servers)
        return true;
    return (p->def->is_list && (where & (WHERE_LIST | WHERE_CHOICE)) != 0) ||
           (p->def->is_chart && (where & (WHERE_CHART | WHERE_CHOICE)) != 0) ||
           (p->def->is_notices && (where & WHERE_NOTICES) != 0) ||
           (p->def->has_notices && (where & WHERE_OWNERS) != 0);
}

static const char *not_here(unsigned where)
{
    if ((where & (WHERE_LIST | WHERE_CHOICE)) != 0)
        return "this pane is not a list";
    if ((where & WHERE_NOTICES) != 0)
        return "only notices are read or new";
    if ((where & WHERE_OWNERS) != 0)
        return "only customers have notices and a trend of their own";
    if ((where & WHERE_SERVERS) != 0)
        return "what this pane shows does not follow a choice of servers";
    if ((where & WHERE_CHART) != 0)
        return "this pane has no chart";
    return "this pane has no cards";
}

const char *app_refusal(struct app *a, enum action action)
{
    const struct pane *p = app_pane(a);

    if (action == ACTION_EXPORT && !pane_has(p, actions[action].where))
        return p->def->is_cards   ? "cards are not a list: t shows a table, then x"
               : p->def->is_chart ? "a chart has no rows: luitop help names the command for it"
                                  : "this pane is not a list: open one first";
    if (!pane_has(p, actions[action].where))
        return not_here(actions[action].where);
    switch (action) {
    case ACTION_BACK_VIEW:
    case ACTION_FORWARD_VIEW:
        return views_refusal(a, action == ACTION_BACK_VIEW ? -1 : 1);
    case ACTION_MONTH_BACK:
        return month_refusal(a, -1);
    case ACTION_MONTH_ON:
        return month_refusal(a, 1);
    case ACTION_PREVIOUS_TERM:
        return previous_refusal(a);
    case ACTION_ALL_SERVERS:
        if (p->def->follows_chosen && chosen_servers(a) == NULL)
            return "all servers count already";
        break;
    case ACTION_REFRESH:
        if (p->def->is_local)
            return "this pane shows luitop's own records";
        return session_offline(a->session) ? "luitop was started with --offline" : NULL;
    case ACTION_REFRESH_ALL:
    case ACTION_PAUSE:
        return session_offline(a->session) ? "luitop was started with --offline" : NULL;
    default:
        break;
    }
    return p->def->refusal != NULL ? p->def->refusal(app_pane(a), action) : NULL;
}

/* What has been asked for since the start, in so far as there is anything to ask for. */
static unsigned shown_so_far(struct app *a)
{
    unsigned out = 0;

    for (int k = 0; k < RESOURCE_COUNT; k++)
        if (session_resource(a->session, (enum resource_kind)k)->known)
            out |= RESOURCE_BIT(k);
    return out;
}

/* FORCE: also for what the service would call unchanged. */
static void refresh(struct app *a, unsigned mask, bool force)
{
    session_refresh(a->session, mask, force);
    /* What is off, or about nothing yet, is not asked for. */
    for (int k = 0; k < RESOURCE_COUNT; k++)
        if (session_resource(a->session, (enum resource_kind)k)->loading)
            a->asked |= mask & RESOURCE_BIT(k);
    app_say(a, ROLE_TEXT, "asking the service ...");
}

static void set_month(struct app *a, int term)
{
    char name[TERM_TEXT];

    if (session_set_term(a->session, term) < 0) {
        app_say(a, ROLE_WARNING, "the service has usage from Feb 2016 to the running month");
        return;
    }
    for (int i = 0; i < PANE_COUNT; i++)
        a->panes[i].def->data(&a->panes[i]);
    app_say(a, ROLE_TEXT, "usage of %s", term_human(term, name));
}

static void previous_term(struct app *a)
{
    int now = term_of(app_now(a), session_profile(a->session)->billing_timezone);

    set_month(a, session_term(a->session) == now ? now - 1 : now);
}

static void named_month(struct app *a, const char *arg)
{
    struct err err;
    int term;

    if (arg == NULL)
        app_say(a, ROLE_WARNING, "say which month: :month 2026-10");
    else if (term_parse(arg, &term, &err) < 0)
        app_say_err(a, &err);
    else
        set_month(a, term);
}

static void cancel(struct app *a)
{
    int64_t now = clock_mono_ms();
    size_t n;

    if (a->cancel_ms != 0 && now - a->cancel_ms < TWICE_MS) {
        a->quit = true;
        return;
    }
    a->cancel_ms = now;
    n = session_cancel(a->session, RESOURCE_ALL);
    a->asked = 0;
    if (n > 0)
        app_say(a, ROLE_INFORMATION, "%zu request%s cancelled; Ctrl-C again quits", n,
                n == 1 ? "" : "s");
    else
        app_say(a, ROLE_TEXT, "nothing is running; Ctrl-C again, or Q, quits");
}

static void pause_refreshing(struct app *a)
{
    bool paused = !session_paused(a->session);

    session_pause(a->session, paused);
    app_say(a, ROLE_TEXT,
            paused ? "paused: luitop asks the service only when you press r"
                   : "refreshing by itself again");
}

static void theme(struct app *a, const char *arg)
{
    struct theme t;
    struct err err;

    if (arg == NULL) {
        app_say(a, ROLE_TEXT, "the theme is \"%s\"; :theme NAME changes it", a->theme);
    } else if (theme_load(&t, arg, &err) < 0) {
        app_say_err(a, &err);
    } else {
        screen_set_theme(a->screen, &t);
        snprintf(a->theme, sizeof(a->theme), "%s", t.name);
        app_say(a, ROLE_TEXT, "theme %s", t.name);
    }
}

static void suspend(struct app *a)
{
    screen_suspend(a->screen);
    signals_stop_self();
    screen_resume(a->screen);
}

static void back(struct app *a)
{
    struct pane *p = app_pane(a);

    if (p->def->act(p, ACTION_BACK, NULL))
        return;
    if (a->zoomed) {
        a->zoomed = false;
        return;
    }
    if (a->active != PANE_OVERVIEW)
        app_open(a, app_tab(a) != a->active ? app_tab(a) : PANE_OVERVIEW, NULL);
    else if (a->key == K_ESC) /* over a slow line, half of an arrow key looks like one */
        app_say(a, ROLE_TEXT, "this is the first pane; q quits");
    else
        a->quit = true;
}

static void open_tab(struct app *a, size_t n)
{
    enum pane_id tabs[PANE_COUNT];
    size_t count = app_tabs(a, tabs);

    if (n < count)
        app_open(a, tabs[n], NULL);
    else
        app_say(a, ROLE_WARNING, "%s has %zu panes; p switches to another product",
                product_title(a->product), count);
}

static void step_tab(struct app *a, int step)
{
    enum pane_id tabs[PANE_COUNT];
    size_t count = app_tabs(a, tabs), at = 0;

    while (at < count && tabs[at] != app_tab(a))
        at++;
    app_open(a, tabs[(at + (step > 0 ? 1 : count - 1)) % count], NULL);
}

/* What leads to another view. */
static bool navigate(struct app *a, enum action action, const char *arg)
{
    if (action >= ACTION_PANE_1 && action <= ACTION_PANE_9) {
        open_tab(a, (size_t)(action - ACTION_PANE_1));
        return true;
    }
    switch (action) {
    case ACTION_BACK:
        back(a);
        return true;
    case ACTION_GO:
        listpane_go(app_pane(a), arg);
        return true;
    case ACTION_BACK_VIEW:
    case ACTION_FORWARD_VIEW:
        views_go(a, action == ACTION_BACK_VIEW ? -1 : 1);
        return true;
    case ACTION_ZOOM:
        a->zoomed = !a->zoomed;
        return true;
    case ACTION_PRODUCT:
        product_choose(a, arg);
        return true;
    case ACTION_SERVERS:
    case ACTION_ALL_SERVERS:
        /* Others have a choice of their own. */
        return app_pane(a)->def->follows_chosen && chosen_act(a, action);
    case ACTION_NEXT_PANE:
    case ACTION_PREV_PANE:
        step_tab(a, action == ACTION_NEXT_PANE ? 1 : -1);
        return true;
    case ACTION_MESSAGES:
        app_open(a, PANE_MESSAGES, NULL);
        return true;
    default:
        return false;
    }
}

static bool act_globally(struct app *a, enum action action, const char *arg)
{
    switch (action) {
    case ACTION_MONTH_BACK:
    case ACTION_MONTH_ON:
        set_month(a, session_term(a->session) + (action == ACTION_MONTH_ON ? 1 : -1));
        return true;
    case ACTION_PREVIOUS_TERM:
        previous_term(a);
        return true;
    case ACTION_MONTH:
        named_month(a, arg);
        return true;
    case ACTION_REFRESH:
        refresh(a, app_pane(a)->def->resources, false);
        return true;
    case ACTION_REFRESH_ALL:
        refresh(a, RESOURCE_FIRST | shown_so_far(a), true);
        return true;
    case ACTION_CANCEL:
        cancel(a);
        return true;
    case ACTION_PAUSE:
        pause_refreshing(a);
        return true;
    case ACTION_PALETTE:
        overlay_palette(a);
        return true;
    case ACTION_HELP:
        overlay_help(a);
        return true;
    case ACTION_THEME:
        theme(a, arg);
        return true;
    case ACTION_REPAINT:
        screen_repaint(a->screen);
        return true;
    case ACTION_SUSPEND:
        suspend(a);
        return true;
    case ACTION_QUIT:
        a->quit = true;
        return true;
    default:
        return false;
    }
}

void app_act(struct app *a, enum action action, const char *arg)
{
    struct pane *p = app_pane(a);
    const char *why;

    a->dirty = true;
    if (action != ACTION_CANCEL)
        a->cancel_ms = 0;
    a->messages.shown = false;
    why = app_refusal(a, action);
    if (why != NULL) {
        app_say(a, ROLE_WARNING, "%s: %s", actions[action].name, why);
        return;
    }
    if (!navigate(a, action, arg) && !act_globally(a, action, arg))
        p->def->act(p, action, arg);
}
