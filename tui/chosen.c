#include "tui/chosen.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "tui/app.h"
#include "tui/looks.h"
#include "tui/motion.h"

enum { HALF = 2, HOST_CELLS = 14, FINDING_CELLS = 16, WITH_FINDING = 60 };

void chosen_init(struct chosen *c)
{
    *c = (struct chosen){.page = 1};
    server_set_init(&c->set);
    chosen_rows_init(&c->rows);
}

void chosen_release(struct chosen *c)
{
    server_set_release(&c->set);
    chosen_rows_release(&c->rows);
}

const struct server_set *chosen_servers(const struct app *a)
{
    return a->chosen.some ? &a->chosen.set : NULL;
}

static int build(struct app *a, struct chosen_rows *out)
{
    return chosen_rows_build(out, session_servers(a->session), session_usage(a->session),
                             chosen_servers(a));
}

/* How many servers there are; counted anew when the lists changed. */
static size_t count_all(struct app *a)
{
    uint64_t servers = session_resource(a->session, RESOURCE_SERVERS)->version;
    uint64_t usage = session_resource(a->session, RESOURCE_USAGE)->version;
    struct chosen *c = &a->chosen;
    struct chosen_rows rows;

    if (c->of > 0 && c->servers_version == servers && c->usage_version == usage)
        return c->of;
    chosen_rows_init(&rows);
    if (build(a, &rows) == 0) {
        c->of = rows.count;
        c->servers_version = servers;
        c->usage_version = usage;
    }
    chosen_rows_release(&rows);
    return c->of;
}

const char *chosen_text(struct app *a, char out[CHOSEN_TEXT])
{
    size_t n = a->chosen.set.count, all;

    out[0] = '\0';
    if (!a->chosen.some)
        return out;
    all = count_all(a);
    snprintf(out, CHOSEN_TEXT, "%zu of %zu servers chosen", n, all > n ? all : n);
    return out;
}

/* Every pane whose numbers follow the choice takes it over. */
static void changed(struct app *a)
{
    for (int i = 0; i < PANE_COUNT; i++)
        if (a->panes[i].def->by_servers)
            a->panes[i].def->data(&a->panes[i]);
    a->dirty = true;
}

void chosen_clear(struct app *a)
{
    server_set_release(&a->chosen.set);
    a->chosen.some = false;
    changed(a);
    app_say(a, ROLE_TEXT, "all servers count again");
}

void chosen_ask(struct app *a)
{
    struct chosen *c = &a->chosen;

    if (build(a, &c->rows) < 0) {
        app_say(a, ROLE_ERROR, "the servers cannot be listed: out of memory, or too many");
        return;
    }
    c->cursor = 0;
    c->top = 0;
    a->overlay = OVERLAY_SERVERS;
}

/* The rows that are on become the choice; all of them is no choice at all. */
static void accept(struct app *a)
{
    struct chosen *c = &a->chosen;
    size_t on = chosen_rows_on(&c->rows);
    struct server_set set;
    char text[CHOSEN_TEXT];
    int rc = 0;

    if (on == 0) {
        app_say(a, ROLE_WARNING, "choose at least one server, or a for all of them");
        return;
    }
    server_set_init(&set);
    for (size_t i = 0; i < c->rows.count && rc == 0; i++)
        if (c->rows.rows[i].on)
            rc = server_set_add(&set, c->rows.rows[i].fqdn);
    if (rc < 0) {
        server_set_release(&set);
        app_say(a, ROLE_ERROR, "out of memory: the choice is as before");
        return;
    }
    overlay_close(a);
    if (on == chosen_rows_choosable(&c->rows)) {
        server_set_release(&set);
        chosen_clear(a);
        return;
    }
    server_set_release(&c->set);
    c->set = set;
    c->some = true;
    changed(a);
    app_say(a, ROLE_TEXT, "%s", chosen_text(a, text));
}

static void move(struct chosen *c, enum motion m)
{
    size_t last = c->rows.count > 0 ? c->rows.count - 1 : 0,
           page = c->page > 1 ? (size_t)c->page : 1;
    size_t step = m == MOTION_PAGE_UP || m == MOTION_PAGE_DOWN   ? page
                  : m == MOTION_HALF_UP || m == MOTION_HALF_DOWN ? (page + 1) / HALF
                                                                 : 1;

    switch (m) {
    case MOTION_UP:
    case MOTION_PAGE_UP:
    case MOTION_HALF_UP:
        c->cursor = c->cursor > step ? c->cursor - step : 0;
        break;
    case MOTION_DOWN:
    case MOTION_PAGE_DOWN:
    case MOTION_HALF_DOWN:
        c->cursor = last - c->cursor > step ? c->cursor + step : last;
        break;
    case MOTION_TOP:
        c->cursor = 0;
        break;
    case MOTION_BOTTOM:
        c->cursor = last;
        break;
    case MOTION_LEFT:
    case MOTION_RIGHT:
        break;
    }
}

enum set_to { SET_ON, SET_OFF, SET_OTHER };

static void set_row(struct chosen_row *r, enum set_to to)
{
    if (r->fqdn != NULL)
        r->on = to == SET_ON || (to == SET_OTHER && !r->on);
}

static void set_all(struct chosen *c, enum set_to to)
{
    for (size_t i = 0; i < c->rows.count; i++)
        set_row(&c->rows.rows[i], to);
}

void chosen_key(struct app *a, key_code k)
{
    struct chosen *c = &a->chosen;
    enum action action = keymap_action(&a->keymap, a->active, k);
    enum motion motion;

    if (k == ' ' && c->cursor < c->rows.count)
        set_row(&c->rows.rows[c->cursor], SET_OTHER);
    else if (k == 'a')
        set_all(c, SET_ON);
    else if (k == 'n')
        set_all(c, SET_OFF);
    else if (k == '~')
        set_all(c, SET_OTHER);
    else if (k == K_ENTER)
        accept(a);
    else if (action == ACTION_BACK || action == ACTION_CANCEL)
        overlay_close(a);
    else if (motion_of_action(action, &motion))
        move(c, motion);
}

static void draw_row(struct app *a, struct rect line, const struct chosen_row *r, bool focused)
{
    struct screen *s = a->screen;
    int x = line.x + 1, end = line.x + line.w - 1;
    enum role role = focused ? ROLE_CURSOR : r->fqdn != NULL ? ROLE_TEXT : ROLE_MUTED;

    if (focused) {
        draw_glyph(s, line.y, line.x, ROLE_ACCENT, GLYPH_FOCUS);
        draw_cursor(s, line.y, line.x, true);
    }
    draw_text(s, line.y, x + 1, 3, ROLE_KEY, r->on ? "[x]" : r->fqdn != NULL ? "[ ]" : " - ");
    x += 5;
    draw_text(s, line.y, x, end - x, role, r->host_id != NULL ? r->host_id : "-");
    x += HOST_CELLS;
    if (line.w > WITH_FINDING) {
        end -= FINDING_CELLS;
        draw_text(s, line.y, end, FINDING_CELLS, severity_role(r->severity),
                  r->finding != NULL ? r->finding : "not listed now");
        end -= 2;
    }
    draw_text(s, line.y, x, end - x, ROLE_TEXT,
              r->fqdn != NULL ? r->fqdn : "nothing is counted for it");
}

void chosen_draw(struct app *a, struct rect area)
{
    struct chosen *c = &a->chosen;
    int want = c->rows.count < 1000 ? (int)c->rows.count + 2 : 1000;
    char title[80];
    struct rect in;

    if (area.h > want && want > 3)
        area.h = want;
    snprintf(title, sizeof(title), "Servers that count: %zu of %zu", chosen_rows_on(&c->rows),
             c->rows.count);
    if (area.h >= 5 && area.w >= 12) {
        in = draw_frame(a->screen, area, title);
    } else {
        draw_fill(a->screen, area, ROLE_TEXT);
        in = area;
    }
    c->page = in.h > 0 ? in.h : 1;
    if (c->cursor < c->top)
        c->top = c->cursor;
    if (c->cursor >= c->top + (size_t)c->page)
        c->top = c->cursor - (size_t)c->page + 1;
    for (int i = 0; i < in.h && c->top + (size_t)i < c->rows.count; i++)
        draw_row(a, (struct rect){in.y + i, in.x, 1, in.w}, &c->rows.rows[c->top + (size_t)i],
                 c->top + (size_t)i == c->cursor);
    if (c->top > 0)
        draw_glyph(a->screen, in.y, in.x + in.w - 1, ROLE_MUTED, GLYPH_UP);
    if (c->top + (size_t)c->page < c->rows.count)
        draw_glyph(a->screen, in.y + in.h - 1, in.x + in.w - 1, ROLE_MUTED, GLYPH_DOWN);
    if (c->rows.count == 0)
        draw_text(a->screen, in.y, in.x + 1, in.w - 1, ROLE_MUTED, "no server is known yet");
}

size_t chosen_hints(struct hint *out, size_t max)
{
    static const struct hint all[] = {{"Space", "on, off"}, {"Enter", "count these"},
                                      {"a", "all"},         {"n", "none"},
                                      {"~", "the others"},  {"Esc", "as before"}};
    size_t n = 0;

    for (; n < sizeof(all) / sizeof(all[0]) && n < max; n++)
        out[n] = all[n];
    return n;
}

size_t chosen_pane_hints(const struct app *a, struct hint *out, size_t max)
{
    size_t n = 0;

    if (n < max)
        out[n++] = (struct hint){"S", "servers"};
    if (n < max && chosen_servers(a) != NULL)
        out[n++] = (struct hint){"C", "all servers"};
    return n;
}
