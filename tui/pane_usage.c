/* Usage of one month: a card an edition, or a table of them; Enter opens who, where and why. */
#include <stdlib.h>

#include "base/err.h"
#include "tui/usage.h"

/* Cells at the edges: the left one is blank, the right one is for the marks of scrolling. */
enum { EDGES = 2 };

struct usage_pane *usage_state(struct app *a)
{
    return a->panes[PANE_USAGE].state;
}

static bool cards_shown(const struct usage_pane *u)
{
    return !u->as_table && u->shown.count <= USAGE_CARDS_MAX;
}

void usage_settle(struct app *a)
{
    struct usage_pane *u = usage_state(a);

    a->panes[PANE_USAGE].front = u->open          ? (u->in_words ? &u->words : &u->parts[u->by])
                                 : cards_shown(u) ? NULL
                                                  : &u->table;
}

static void go(struct usage_pane *u, size_t to)
{
    if (u->card_count == 0)
        return;
    u->focus = to < u->card_count ? to : u->card_count - 1;
    u->focus_id = u->cards[u->focus].id;
}

void usage_show(struct app *a, uint64_t id)
{
    struct usage_pane *u = usage_state(a);
    struct listpane *l = u->table.state;

    if (u->open)
        usage_edition_close(u);
    for (size_t i = 0; i < u->card_count; i++)
        if (u->cards[i].id == id)
            go(u, i);
    for (size_t i = 0; i < l->table.view.count; i++)
        if (l->table.view.ids[i] == id)
            view_move(&l->table.view, i);
    usage_settle(a);
}

static struct row_source editions(struct app *a)
{
    return usage_gap_source(&usage_state(a)->shown);
}

static void toggle_table(struct app *a)
{
    struct usage_pane *u = usage_state(a);

    u->as_table = !u->as_table;
    usage_settle(a);
}

static bool act_table(struct pane *p, enum action action, const char *arg)
{
    const struct listpane *l = p->state;
    const struct usage_feature *f = view_current(&l->table.view);

    switch (action) {
    case ACTION_OPEN:
        if (f != NULL)
            usage_edition_open(p->app, f->id);
        return true;
    case ACTION_TWIN:
        toggle_table(p->app);
        return true;
    default:
        return listpane_act(p, action, arg);
    }
}

static const char *open_first(const struct usage_pane *u, enum action action)
{
    if (action == ACTION_BREAKDOWN)
        return "open an edition first: Enter";
    if (action == ACTION_TWIN && u->shown.count > USAGE_CARDS_MAX)
        return "there are too many editions for cards";
    return NULL;
}

static const char *refuse_table(struct pane *p, enum action action)
{
    const char *why = open_first(usage_state(p->app), action);

    return why != NULL ? why : listpane_refusal(p, action);
}

static size_t hint_table(struct pane *p, struct hint *out, size_t max)
{
    size_t n = listpane_hints(p, out, max);

    if (n < max)
        out[n++] = (struct hint){"t", "cards"};
    return n + chosen_pane_hints(p->app, out + n, max - n);
}

static int open_table(struct pane *p)
{
    static const struct pane_def def = {
        .name = "usage",
        USAGE_PANE,
        .is_list = true,
        .release = listpane_release,
        .data = listpane_data,
        .draw = listpane_draw,
        .act = act_table,
        .refusal = refuse_table,
        .hints = hint_table,
    };
    static const struct list_def list = {
        .type = &usage_gap_row_type,
        .source = editions,
        .head = usage_head_draw,
        .sort = "-total",
        .empty = "The service has no usage for this month.",
    };
    struct usage_pane *u = p->state;

    u->table = (struct pane){.def = &def, .app = p->app, .id = p->id};
    return listpane_open(&u->table, &list);
}

static int open_pane(struct pane *p)
{
    struct usage_pane *u = calloc(1, sizeof(*u));
    int rc;

    if (u == NULL)
        return ERR_NOMEM;
    p->state = u;
    usage_list_init(&u->shown, 0);
    finding_list_init(&u->findings);
    rc = open_table(p);
    return rc < 0 ? rc : usage_edition_init(p);
}

static void release_pane(struct pane *p)
{
    struct usage_pane *u = p->state;

    if (u == NULL)
        return;
    listpane_release(&u->table);
    usage_edition_release(u);
    usage_build_release(u);
    free(u);
    p->state = NULL;
}

static void data(struct pane *p)
{
    struct usage_pane *u = p->state;

    if (usage_build(p->app, u) < 0)
        app_say(p->app, ROLE_ERROR, "out of memory: the usage is not shown");
    usage_edition_data(p->app, u);
    listpane_data(&u->table);
    usage_settle(p->app);
}

/* Why there are no cards, as words in their place. */
static void draw_none(struct pane *p, struct rect r)
{
    char text[300];

    if (session_resource(p->app->session, RESOURCE_USAGE)->known)
        draw_text(p->app->screen, r.y, r.x + 1, r.w - 2, ROLE_MUTED,
                  "The service has no usage for this month.");
    else
        draw_text(p->app->screen, r.y, r.x + 1, r.w - 2, ROLE_MUTED,
                  trouble_unknown(p->app, RESOURCE_USAGE, text, sizeof(text)));
}

static void draw_cards(struct pane *p, struct rect r)
{
    struct usage_pane *u = p->state;
    struct rect area = {r.y, r.x + 1, r.h, r.w - EDGES};
    size_t row, last;

    u->page = (r.h + 1) / (u->flow.h + 1);
    if (u->page < 1)
        u->page = 1;
    row = u->focus / (size_t)u->flow.columns;
    if (row < u->top)
        u->top = row;
    if (row >= u->top + (size_t)u->page)
        u->top = row - (size_t)u->page + 1;
    last = u->flow.rows > u->page ? (size_t)(u->flow.rows - u->page) : 0;
    if (u->top > last)
        u->top = last;
    cards_draw(p->app->screen, area, &u->flow, u->faces, u->card_count, u->top, u->focus);
    if (u->top > 0)
        draw_glyph(p->app->screen, r.y, r.x + r.w - 1, ROLE_MUTED, GLYPH_UP);
    if (u->top < last)
        draw_glyph(p->app->screen, r.y + r.h - 1, r.x + r.w - 1, ROLE_MUTED, GLYPH_DOWN);
}

static void draw(struct pane *p, struct rect r)
{
    struct usage_pane *u = p->state;
    int used = trouble_draw(p->app, p->def->resources, r);

    usage_trend_want(p->app);
    card_flow_fit(&u->flow, p->app->screen, u->faces, u->card_count, r.w - EDGES,
                  USAGE_TREND_MONTHS);
    r.y += used;
    r.h -= used;
    if (u->card_count > 0 && r.h > u->flow.h + 2) {
        used = usage_head_draw(p->app, r);
        r.y += used;
        r.h -= used;
    }
    if (u->card_count > 0)
        draw_cards(p, r);
    else
        draw_none(p, r);
}

static void step(struct usage_pane *u, int down, int right)
{
    if (u->card_count == 0)
        return;
    u->focus = card_step(&u->flow, u->card_count, u->focus, down, right);
    u->focus_id = u->cards[u->focus].id;
}

static void page(struct usage_pane *u, int pages)
{
    for (int i = 0; i < u->page; i++)
        step(u, pages, 0);
}

static void seek_problem(struct pane *p, int by)
{
    struct usage_pane *u = p->state;
    size_t n = u->card_count;

    for (size_t i = 1; i <= n; i++) {
        size_t at = (u->focus + (by > 0 ? i : n - i)) % n;

        if (u->cards[at].severity >= SEVERITY_WARNING) {
            go(u, at);
            return;
        }
    }
    app_say(p->app, ROLE_OK, "nothing in these numbers contradicts itself");
}

static bool act(struct pane *p, enum action action, const char *arg)
{
    struct usage_pane *u = p->state;

    (void)arg;
    switch (action) {
    case ACTION_UP:
    case ACTION_DOWN:
        step(u, action == ACTION_DOWN ? 1 : -1, 0);
        return true;
    case ACTION_LEFT:
    case ACTION_RIGHT:
        step(u, 0, action == ACTION_RIGHT ? 1 : -1);
        return true;
    case ACTION_PAGE_UP:
    case ACTION_HALF_UP:
    case ACTION_PAGE_DOWN:
    case ACTION_HALF_DOWN:
        page(u, action == ACTION_PAGE_DOWN || action == ACTION_HALF_DOWN ? 1 : -1);
        return true;
    case ACTION_TOP:
        go(u, 0);
        return true;
    case ACTION_BOTTOM:
        go(u, SIZE_MAX);
        return true;
    case ACTION_NEXT_PROBLEM:
    case ACTION_PREV_PROBLEM:
        seek_problem(p, action == ACTION_NEXT_PROBLEM ? 1 : -1);
        return true;
    case ACTION_OPEN:
        usage_edition_open(p->app, u->focus_id);
        return true;
    case ACTION_TWIN:
        toggle_table(p->app);
        return true;
    default:
        return false;
    }
}

static const char *refusal(struct pane *p, enum action action)
{
    const struct usage_pane *u = p->state;

    if (action == ACTION_OPEN && u->card_count == 0)
        return "there is no edition to open";
    return open_first(u, action);
}

static size_t hints(struct pane *p, struct hint *out, size_t max)
{
    static const struct hint all[] = {{"Enter", "open"}, {"t", "table"}};
    size_t n = 0;

    for (; n < sizeof(all) / sizeof(all[0]) && n < max; n++)
        out[n] = all[n];
    return n + chosen_pane_hints(p->app, out + n, max - n);
}

const struct pane_def pane_usage = {
    .name = "usage",
    USAGE_PANE,
    .init = open_pane,
    .release = release_pane,
    .data = data,
    .draw = draw,
    .act = act,
    .refusal = refusal,
    .hints = hints,
};
