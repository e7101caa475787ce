/* One frame, drawn anew each dirty turn: ncurses sends only what changed. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/human.h"
#include "model/term.h"
#include "session/config.h"
#include "tui/listpane.h"

enum { HINTS_MAX = 16, TABS_FROM = 8, SOURCE_FROM = 72 };

static const char *term_words(struct app *a, char out[64])
{
    const struct session *s = a->session;
    int term = session_term(s), now;
    char name[TERM_TEXT];

    now = term_of(app_now(a), session_profile(s)->billing_timezone);
    snprintf(out, 64, "%s%s", term_human(term, name), term == now ? " so far" : "");
    return out;
}

/* The state of the whole program, then the month: both at the right edge. */
static void draw_title(struct app *a)
{
    const struct profile *p = session_profile(a->session);
    struct screen *s = a->screen;
    char left[200], banner[64], term[64] = "";
    int x = screen_cols(s) - 1, used;

    snprintf(banner, sizeof(banner), "%s%s%s%s", a->options->demo ? " DEMO " : "",
             session_offline(a->session) ? " OFFLINE " : "",
             session_read_only(a->session) ? " READ-ONLY " : "",
             session_paused(a->session) ? " PAUSED " : "");
    if (app_pane(a)->def->by_term)
        term_words(a, term);
    snprintf(left, sizeof(left), " luitop  %s / %s", p->name,
             screen_rows(s) >= TABS_FROM ? product_title(a->product) : app_pane(a)->def->title);
    used = draw_text(s, 0, 0, screen_cols(s), ROLE_TITLE, left);
    x -= text_cells(s, term);
    if (x > used + 1)
        draw_text(s, 0, x, text_cells(s, term), ROLE_TEXT, term);
    x -= text_cells(s, banner) + (term[0] != '\0' ? 2 : 0);
    if (x > used + 1)
        draw_text(s, 0, x, text_cells(s, banner), ROLE_BANNER, banner);
}

static void draw_tabs(struct app *a, int y)
{
    enum pane_id ids[PANE_COUNT];
    struct tab tabs[PANE_COUNT];
    size_t count = app_tabs(a, ids), active = 0;

    for (size_t i = 0; i < count; i++) {
        const struct pane_def *def = a->panes[ids[i]].def;

        tabs[i] = (struct tab){.digit = (char)('1' + i), .name = def->title, .brief = def->brief};
        if (ids[i] == app_tab(a))
            active = i;
    }
    tabs_draw(a->screen, y, tabs, count, active);
}

static size_t overlay_hints(struct app *a, struct hint *out)
{
    static const struct hint filter[] = {
        {"Enter", "keep"}, {"Esc", "as before"}, {"Up", "earlier filters"}};
    static const struct hint picker[] = {{"Enter", "choose"}, {"Esc", "close"}};
    static const struct hint help[] = {{"Esc", "close"}, {"PgDn", "more"}};
    const struct hint *from = a->overlay == OVERLAY_FILTER ? filter
                              : a->overlay == OVERLAY_HELP ? help
                                                           : picker;
    size_t n = a->overlay == OVERLAY_FILTER ? 3 : 2;

    if (a->overlay == OVERLAY_TOGGLES)
        return toggles_hints(out, HINTS_MAX);
    if (a->overlay == OVERLAY_EXPORT)
        return export_hints(a, out);
    memcpy(out, from, n * sizeof(*out));
    return n;
}

static void draw_hints(struct app *a, int y)
{
    static const struct hint common[] = {
        {"r", "refresh"}, {"[ ]", "month"}, {":", "command"}, {"?", "help"}};
    struct hint hints[HINTS_MAX];
    struct pane *p = app_pane(a);
    size_t n = 0;

    if (a->overlay != OVERLAY_NONE) {
        n = overlay_hints(a, hints);
    } else {
        if (p->def->hints != NULL)
            n = p->def->hints(p, hints, HINTS_MAX - 4);
        for (size_t i = 0; i < 4; i++)
            if (i != 1 || p->def->by_term)
                hints[n++] = common[i];
    }
    hints_draw(a->screen, y, 1, screen_cols(a->screen) - 2, hints, n);
}

/* What the numbers of the pane do not count, at the right end of the line above it. */
static void draw_chosen(struct app *a, int y)
{
    char text[CHOSEN_TEXT + 2] = " ", chosen[CHOSEN_TEXT];
    int cols = screen_cols(a->screen), cells;

    if (!app_pane(a)->def->follows_chosen || chosen_text(a, chosen)[0] == '\0')
        return;
    snprintf(text, sizeof(text), " %s ", chosen);
    cells = text_cells(a->screen, text);
    draw_right(a->screen, y, cols > cells + 2 ? cols - cells - 2 : 0, cells, ROLE_WARNING, text);
}

/* The oldest data that the pane shows: its age is the pane's age. */
static const struct resource *oldest(struct app *a)
{
    const struct resource *found = NULL;

    for (int k = 0; k < RESOURCE_COUNT; k++) {
        const struct resource *r = session_resource(a->session, k);

        if ((app_pane(a)->def->resources & RESOURCE_BIT(k)) == 0 || !r->known)
            continue;
        if (found == NULL || r->as_of < found->as_of)
            found = r;
    }
    return found;
}

static size_t loading(const struct app *a)
{
    struct history_progress history;
    size_t n;

    session_history_progress(a->session, &history);
    n = history.loading;
    for (int k = 0; k < RESOURCE_COUNT; k++)
        n += session_resource(a->session, k)->loading;
    return n;
}

static void age_text(struct app *a, char *out, size_t size)
{
    const struct resource *r = oldest(a);
    char when[HUMAN_MAX], age[HUMAN_MAX];

    if (r != NULL) {
        human_age(app_now(a), r->as_of, age);
        snprintf(out, size, " as of %s, %s%s%s", human_when(app_now(a), r->as_of, NULL, when),
                 strcmp(age, "now") == 0 ? "just now" : age, strcmp(age, "now") == 0 ? "" : " ago",
                 r->from_snapshot                        ? ", remembered from an earlier run"
                 : screen_cols(a->screen) >= SOURCE_FROM ? ", from the service"
                                                         : "");
    } else {
        snprintf(out, size, "%s",
                 app_pane(a)->def->is_local ? " luitop's own records" : " no data yet");
    }
}

static void draw_status(struct app *a, int y)
{
    char left[160], right[120], bytes[HUMAN_MAX];
    struct api_traffic t;
    size_t n = loading(a);

    age_text(a, left, sizeof(left));
    api_traffic(session_api(a->session), &t);
    if (n > 0)
        snprintf(right, sizeof(right), "%zu loading   %llu request%s  %s ", n,
                 (unsigned long long)t.requests, t.requests == 1 ? "" : "s",
                 human_bytes(t.bytes_in, bytes));
    else
        snprintf(right, sizeof(right), "%llu request%s  %s ", (unsigned long long)t.requests,
                 t.requests == 1 ? "" : "s", human_bytes(t.bytes_in, bytes));
    ends_draw(a->screen, y, ROLE_MUTED, left, ROLE_MUTED, right);
}

static void draw_message(struct app *a, int y)
{
    const struct message *m = messages_at(&a->messages, 0);
    int cols = screen_cols(a->screen);

    if (a->overlay == OVERLAY_FILTER && a->filter_error[0] != '\0')
        draw_text(a->screen, y - 1, 1, cols - 2, ROLE_ERROR, a->filter_error);
    else if (a->overlay != OVERLAY_FILTER && m != NULL && a->messages.shown)
        draw_text(a->screen, y, 1, cols - 2, m->role, m->text);
}

/* All of the screen but one line is the pane's: what it counts, and how old its data is. */
static void draw_zoomed(struct app *a)
{
    struct pane *p = app_pane(a);
    int rows = screen_rows(a->screen), cols = screen_cols(a->screen);
    struct rect body = {0, 0, rows > 1 ? rows - 1 : rows, cols};
    char age[160], chosen[CHOSEN_TEXT];
    int cells;

    draw_cursor(a->screen, 0, 0, false);
    if (a->overlay != OVERLAY_HELP)
        p->def->draw(p, body);
    if (rows > 1 && a->overlay != OVERLAY_FILTER &&
        (!a->messages.shown || messages_at(&a->messages, 0) == NULL)) {
        age_text(a, age, sizeof(age));
        if (p->def->follows_chosen && chosen_text(a, chosen)[0] != '\0')
            snprintf(age, sizeof(age), " %s", chosen);
        cells = text_cells(a->screen, age);
        if (p->def->is_list)
            listpane_counts(p, rows - 1, 0, cols - cells - 1);
        draw_right(a->screen, rows - 1, cols - cells, cells, ROLE_MUTED, age);
    }
    if (rows > 1)
        draw_message(a, rows - 1);
    overlay_draw(a, body, rows - 1);
}

static void draw_framed(struct app *a)
{
    struct pane *p = app_pane(a);
    struct screen *s = a->screen;
    int rows = screen_rows(s), cols = screen_cols(s);
    /* Lines around the pane give way to it: rule, status, hints, title, tabs, in this order. */
    int top = rows >= 12 ? 3 : rows >= TABS_FROM ? 2 : rows >= 6 ? 1 : 0;
    int bottom = rows >= 10 ? 3 : rows >= 4 ? 1 : 0;
    struct rect body = {top, 0, rows - top - bottom, cols};
    int message = rows - bottom;

    draw_cursor(s, top < rows ? top : 0, 0, false);
    if (top >= 1)
        draw_title(a);
    if (top >= 2)
        draw_tabs(a, 1);
    if (top >= 3)
        draw_rule(s, 2, 1, cols - 2);
    if (top > 0)
        draw_chosen(a, top - 1);
    if (a->overlay != OVERLAY_HELP)
        p->def->draw(p, body);
    if (bottom >= 1)
        draw_message(a, message);
    if (bottom >= 3) {
        draw_hints(a, rows - 2);
        draw_status(a, rows - 1);
    }
    overlay_draw(a, body, bottom >= 1 ? message : rows - 1);
}

void frame_draw(struct app *a)
{
    screen_begin(a->screen);
    if (a->zoomed)
        draw_zoomed(a);
    else
        draw_framed(a);
    screen_end(a->screen);
}

/* Ages are shown in minutes below an hour and in hours above: the next tick is when the pane's own
 * age, or a minute of the clock for a countdown, changes what can be read. */
int64_t frame_next_tick(struct app *a)
{
    const struct resource *r = oldest(a);
    int64_t now = app_now(a), age, step;

    if (r == NULL)
        return 0;
    age = now - r->as_of;
    step = age < 3600 ? 60 : 600;
    return clock_mono_ms() + (step - (age >= 0 ? age % step : 0)) * 1000;
}
