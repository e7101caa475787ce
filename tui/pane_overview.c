/* Overview: what needs the user first, then the month, then the servers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/human.h"
#include "tui/looks.h"
#include "tui/overview.h"
#include "tui/usage.h"

enum { DETAIL_COLUMN = 37 };

static int open_pane(struct pane *p)
{
    struct overview *o = calloc(1, sizeof(*o));

    if (o == NULL)
        return ERR_NOMEM;
    p->state = o;
    return 0;
}

static void release_pane(struct pane *p)
{
    free(p->state);
    p->state = NULL;
}

static void data(struct pane *p)
{
    (void)p; /* the lines are built anew for each frame */
}

static void draw_grid(struct app *a, const struct overview *o, const struct overview_line *l, int y)
{
    const struct server_list *list = session_servers(a->session);
    char age[HUMAN_MAX];

    for (int i = 0; i < o->per_row && l->index + (size_t)i < list->count; i++) {
        const struct server *sv = &list->rows[l->index + (size_t)i];
        int x = 4 + i * o->cell;

        draw_glyph(a->screen, y, x, severity_role(sv->severity), severity_glyph(sv->severity));
        if (!o->roomy) {
            draw_text(a->screen, y, x + 2, o->cell - 4, ROLE_TEXT, sv->host_id);
            continue;
        }
        draw_text(a->screen, y, x + 2, o->cell - ROOMY_REST - 4, ROLE_TEXT, sv->host_id);
        x += o->cell - ROOMY_REST;
        draw_text(a->screen, y, x, 16, severity_role(sv->severity), server_finding(sv));
        draw_text(a->screen, y, x + 18, 10, ROLE_MUTED,
                  human_age(app_now(a), sv->last_report, age));
    }
}

static void draw_line(struct app *a, const struct overview *o, const struct overview_line *l, int y,
                      int w)
{
    struct screen *s = a->screen;
    int used;

    switch (l->kind) {
    case LINE_BLANK:
        break;
    case LINE_HEADING:
        used = 1 + draw_text(s, y, 1, w - 2, ROLE_TITLE, l->left) + 2;
        /* Cut rather than left out: a total begins with its ">=". */
        draw_right(s, y, used, w - 2 - used, ROLE_MUTED, l->right);
        break;
    case LINE_ITEM:
        draw_glyph(s, y, 2, severity_role(l->severity), severity_glyph(l->severity));
        draw_text(s, y, 4, l->right[0] != '\0' ? DETAIL_COLUMN - 5 : w - 5, ROLE_TEXT, l->left);
        draw_text(s, y, DETAIL_COLUMN, w - DETAIL_COLUMN - 1, ROLE_MUTED, l->right);
        break;
    case LINE_NOTE:
        draw_text(s, y, 4, w - 5, ROLE_MUTED, l->left);
        break;
    case LINE_EDITION:
        overview_draw_edition(a, o, l, y);
        break;
    case LINE_SERVERS:
        draw_grid(a, o, l, y);
        break;
    }
}

/* The nearest line to FROM that opens something, searching by STEP first. */
static size_t settle(const struct overview *o, size_t from, int step)
{
    if (from >= o->count)
        from = o->count > 0 ? o->count - 1 : 0;
    for (size_t i = from; i < o->count; i += (size_t)step)
        if (o->lines[i].opens)
            return i;
    for (size_t i = from; i < o->count; i -= (size_t)step)
        if (o->lines[i].opens)
            return i;
    return from;
}

static void keep_visible(struct overview *o)
{
    size_t page = o->page > 0 ? (size_t)o->page : 1;

    if (o->cursor < o->top)
        o->top = o->cursor;
    if (o->cursor >= o->top + page)
        o->top = o->cursor - page + 1;
    /* The heading above the first line that opens something comes into view with it. */
    if (o->cursor < page && o->top > 0)
        o->top = 0;
    if (o->top > 0 && o->top + page > o->count)
        o->top = o->count > page ? o->count - page : 0;
}

static void draw(struct pane *p, struct rect r)
{
    struct overview *o = p->state;
    struct app *a = p->app;
    int used = trouble_draw(a, p->def->resources, r);

    usage_trend_want(a);
    r.y += used;
    r.h -= used;
    overview_build(a, o, r.w, r.h);
    o->page = r.h;
    o->cursor = settle(o, o->cursor, 1);
    keep_visible(o);
    for (int i = 0; i < r.h && o->top + (size_t)i < o->count; i++) {
        const struct overview_line *l = &o->lines[o->top + (size_t)i];
        bool here = o->top + (size_t)i == o->cursor && l->opens;

        draw_line(a, o, l, r.y + i, r.w);
        if (here) {
            draw_glyph(a->screen, r.y + i, 0, ROLE_ACCENT, GLYPH_FOCUS);
            draw_cursor(a->screen, r.y + i, 0, false);
        }
    }
    if (o->top + (size_t)r.h < o->count && r.h > 0)
        draw_glyph(a->screen, r.y + r.h - 1, r.w - 1, ROLE_MUTED, GLYPH_DOWN);
}

static void open_line(struct pane *p)
{
    const struct overview *o = p->state;
    const struct overview_line *l;

    if (o->cursor >= o->count || !o->lines[o->cursor].opens)
        return;
    l = &o->lines[o->cursor];
    if (l->kind == LINE_EDITION)
        usage_show(p->app, session_usage(p->app->session)->rows[l->index].id);
    app_open(p->app, l->pane, l->filter);
}

static void move(struct overview *o, int by)
{
    size_t target;

    if (by < 0)
        target = o->cursor > (size_t)-by ? o->cursor - (size_t)-by : 0;
    else
        target = o->cursor + (size_t)by;
    if (target >= o->count)
        target = o->count > 0 ? o->count - 1 : 0;
    o->cursor = settle(o, target, by < 0 ? -1 : 1);
}

static void seek_problem(struct pane *p, int step)
{
    struct overview *o = p->state;

    for (size_t i = 1; i <= o->count; i++) {
        size_t at = (o->cursor + (step > 0 ? i : o->count - i)) % o->count;

        if (o->lines[at].kind == LINE_ITEM && o->lines[at].opens && o->lines[at].severity >= 2) {
            o->cursor = at;
            return;
        }
    }
    app_say(p->app, ROLE_OK, "nothing here needs a look");
}

static bool act(struct pane *p, enum action action, const char *arg)
{
    struct overview *o = p->state;

    (void)arg;
    switch (action) {
    case ACTION_UP:
    case ACTION_DOWN:
        move(o, action == ACTION_DOWN ? 1 : -1);
        return true;
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
        move(o, action == ACTION_PAGE_DOWN ? o->page : -o->page);
        return true;
    case ACTION_HALF_UP:
    case ACTION_HALF_DOWN:
        move(o, action == ACTION_HALF_DOWN ? o->page / 2 : -o->page / 2);
        return true;
    case ACTION_TOP:
        o->cursor = settle(o, 0, 1);
        o->top = 0;
        return true;
    case ACTION_BOTTOM:
        o->cursor = settle(o, o->count, -1);
        return true;
    case ACTION_OPEN:
        open_line(p);
        return true;
    case ACTION_NEXT_PROBLEM:
    case ACTION_PREV_PROBLEM:
        if (o->count > 0)
            seek_problem(p, action == ACTION_NEXT_PROBLEM ? 1 : -1);
        return true;
    default:
        return false;
    }
}

static size_t hints(struct pane *p, struct hint *out, size_t max)
{
    (void)p;
    if (max < 2)
        return 0;
    out[0] = (struct hint){"Enter", "open"};
    out[1] = (struct hint){"e", "next problem"};
    return 2;
}

const struct pane_def pane_overview = {
    .name = "overview",
    .title = "Overview",
    .brief = "Overview",
    .resources = RESOURCE_BIT(RESOURCE_SERVERS) | RESOURCE_BIT(RESOURCE_USAGE) |
                 RESOURCE_BIT(RESOURCE_USAGE_BEFORE) | RESOURCE_BIT(RESOURCE_NOTICES) |
                 RESOURCE_BIT(RESOURCE_STATES) | RESOURCE_BIT(RESOURCE_NETSCALERS) |
                 RESOURCE_BIT(RESOURCE_CLOUD_UD) | RESOURCE_BIT(RESOURCE_CLOUD_SUMMARY),
    .uses = SESSION_CHANGED_HISTORY,
    .by_term = true,
    .init = open_pane,
    .release = release_pane,
    .data = data,
    .draw = draw,
    .act = act,
    .hints = hints,
};
