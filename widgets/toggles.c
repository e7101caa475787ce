#include "widgets/toggles.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/vec.h"

enum { TEXTS_MAX = 64 * 1024 * 1024, FRAME_ROWS = 5, FRAME_COLS = 12, DETAIL_FROM = 50 };

void toggles_init(struct toggles *t)
{
    *t = (struct toggles){.page = 1};
    arena_init(&t->arena, TEXTS_MAX);
}

void toggles_release(struct toggles *t)
{
    arena_release(&t->arena);
    free(t->items);
    toggles_init(t);
}

void toggles_start(struct toggles *t, const char *title)
{
    toggles_release(t);
    t->title = title;
}

int toggles_add(struct toggles *t, const char *name, const char *detail, enum role role, bool on)
{
    struct toggle item = {.role = role, .on = on};
    int rc = vec_grow(&t->items, &t->cap, t->count + 1, sizeof(*t->items), TOGGLES_MAX);

    if (rc < 0)
        return rc;
    item.name = arena_strdup(&t->arena, name);
    item.detail = detail != NULL ? arena_strdup(&t->arena, detail) : NULL;
    if (item.name == NULL || (detail != NULL && item.detail == NULL))
        return ERR_NOMEM;
    t->items[t->count++] = item;
    return 0;
}

size_t toggles_on(const struct toggles *t)
{
    size_t n = 0;

    for (size_t i = 0; i < t->count; i++)
        n += t->items[i].on;
    return n;
}

static void move(struct toggles *t, long steps)
{
    long to = (long)t->cursor + steps, last = t->count > 0 ? (long)t->count - 1 : 0;

    t->cursor = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

enum set_to { SET_ON, SET_OFF, SET_OTHER };

static void set_items(struct toggles *t, size_t from, size_t to, enum set_to how)
{
    for (size_t i = from; i < to && i < t->count; i++)
        t->items[i].on = how == SET_ON || (how == SET_OTHER && !t->items[i].on);
}

enum toggles_result toggles_key(struct toggles *t, key_code k)
{
    switch (k) {
    case K_ENTER:
        return TOGGLES_ACCEPTED;
    case K_ESC:
    case 'q':
    case KEY_CTRL('c'):
        return TOGGLES_CANCELLED;
    case ' ':
        set_items(t, t->cursor, t->cursor + 1, SET_OTHER);
        break;
    case 'a':
        set_items(t, 0, t->count, SET_ON);
        break;
    case 'n':
        set_items(t, 0, t->count, SET_OFF);
        break;
    case '~':
        set_items(t, 0, t->count, SET_OTHER);
        break;
    case K_UP:
    case 'k':
        move(t, -1);
        break;
    case K_DOWN:
    case 'j':
        move(t, 1);
        break;
    case K_PAGE_UP:
        move(t, -t->page);
        break;
    case K_PAGE_DOWN:
        move(t, t->page);
        break;
    case K_HOME:
    case 'g':
        move(t, -(long)t->count);
        break;
    case K_END:
    case 'G':
        move(t, (long)t->count);
        break;
    default:
        break;
    }
    return TOGGLES_OPEN;
}

static void draw_item(struct screen *s, struct rect line, const struct toggle *item, int detail,
                      bool focused)
{
    int x = line.x + 6, w = line.w - 7;

    if (focused) {
        draw_glyph(s, line.y, line.x, ROLE_ACCENT, GLYPH_FOCUS);
        draw_cursor(s, line.y, line.x, true);
    }
    draw_text(s, line.y, line.x + 2, 3, ROLE_KEY, item->on ? "[x]" : "[ ]");
    if (line.w < DETAIL_FROM || item->detail == NULL)
        detail = 0;
    draw_text(s, line.y, x, w - (detail > 0 ? detail + 2 : 0), focused ? ROLE_CURSOR : ROLE_TEXT,
              item->name);
    if (detail > 0)
        draw_text(s, line.y, x + w - detail, detail, item->role, item->detail);
}

/* Cells of the widest detail on show. */
static int detail_cells(const struct toggles *t, const struct screen *s)
{
    int most = 0;

    for (size_t i = t->top; i < t->top + (size_t)t->page && i < t->count; i++) {
        int cells = t->items[i].detail != NULL ? text_cells(s, t->items[i].detail) : 0;

        most = cells > most ? cells : most;
    }
    return most < DETAIL_FROM / 2 ? most : DETAIL_FROM / 2;
}

void toggles_draw(struct toggles *t, struct screen *s, struct rect area)
{
    int want = t->count < 1000 ? (int)t->count + 2 : 1000, detail;
    char title[100];
    struct rect in = area;

    if (area.h > want && want > 3)
        in.h = area.h = want;
    snprintf(title, sizeof(title), "%s: %zu of %zu", t->title, toggles_on(t), t->count);
    if (area.h >= FRAME_ROWS && area.w >= FRAME_COLS)
        in = draw_frame(s, area, title);
    else
        draw_fill(s, area, ROLE_TEXT);
    t->page = in.h > 0 ? in.h : 1;
    if (t->cursor < t->top)
        t->top = t->cursor;
    if (t->cursor >= t->top + (size_t)t->page)
        t->top = t->cursor - (size_t)t->page + 1;
    detail = detail_cells(t, s);
    for (int i = 0; i < in.h && t->top + (size_t)i < t->count; i++)
        draw_item(s, (struct rect){in.y + i, in.x, 1, in.w}, &t->items[t->top + (size_t)i], detail,
                  t->top + (size_t)i == t->cursor);
    if (t->top > 0 && in.w >= FRAME_COLS)
        draw_glyph(s, in.y, in.x + in.w - 1, ROLE_MUTED, GLYPH_UP);
    if (t->top + (size_t)t->page < t->count && in.w >= FRAME_COLS)
        draw_glyph(s, in.y + in.h - 1, in.x + in.w - 1, ROLE_MUTED, GLYPH_DOWN);
    if (t->count == 0)
        draw_text(s, in.y, in.x + 1, in.w - 1, ROLE_MUTED, "There is nothing to choose from.");
}

size_t toggles_hints(struct hint *out, size_t max)
{
    static const struct hint all[] = {{"Space", "on or off"}, {"a", "all"},
                                      {"n", "none"},          {"~", "the others"},
                                      {"Enter", "take"},      {"Esc", "as before"}};
    size_t n = 0;

    while (n < sizeof(all) / sizeof(all[0]) && n < max) {
        out[n] = all[n];
        n++;
    }
    return n;
}
