#include "widgets/chrome.h"

#include <stdio.h>
#include <string.h>

enum { TAB_TEXT_MAX = 128, HINT_GAP = 3, ENDS_GAP = 2, ENDS_LEAST = 6 };

/* "[2 Servers 3]"; the blanks around a tab that is not open take the same cells. */
static const char *tab_text(const struct tab *t, bool brief, bool active, char out[TAB_TEXT_MAX])
{
    const char *name = brief && t->brief != NULL ? t->brief : t->name;
    char count[16] = "";

    if (t->count > 0)
        snprintf(count, sizeof(count), " (%d)", t->count);
    snprintf(out, TAB_TEXT_MAX, "%c%c %s%s%c", active ? '[' : ' ', t->digit, name, count,
             active ? ']' : ' ');
    return out;
}

static int tab_cells(const struct screen *s, const struct tab *t, bool brief)
{
    char text[TAB_TEXT_MAX];

    /* Brief tabs share the cell between two of them, which only the open one's bracket uses. */
    return text_cells(s, tab_text(t, brief, false, text)) - brief;
}

static int tabs_cells(const struct screen *s, const struct tab *tabs, size_t from, size_t to,
                      bool brief)
{
    int cells = brief;

    for (size_t i = from; i < to; i++)
        cells += tab_cells(s, &tabs[i], brief);
    return cells;
}

/* The tabs around ACTIVE that fit with a mark at each end where some are left out. */
static void window_of_tabs(const struct screen *s, const struct tab *tabs, size_t count,
                           size_t active, size_t *from, size_t *to)
{
    int room = screen_cols(s) - 2;

    *from = active;
    *to = active + 1;
    for (;;) {
        if (*to < count && tabs_cells(s, tabs, *from, *to + 1, true) <= room)
            *to += 1;
        else if (*from > 0 && tabs_cells(s, tabs, *from - 1, *to, true) <= room)
            *from -= 1;
        else
            return;
    }
}

void tabs_draw(struct screen *s, int y, const struct tab *tabs, size_t count, size_t active)
{
    int cols = screen_cols(s), x = 0;
    bool brief = tabs_cells(s, tabs, 0, count, false) > cols;
    size_t from = 0, to = count;

    if (count == 0)
        return;
    active = active < count ? active : count - 1;
    if (brief && tabs_cells(s, tabs, 0, count, true) > cols) {
        window_of_tabs(s, tabs, count, active, &from, &to);
        if (from > 0 && cols > 2)
            x += draw_glyph(s, y, 0, ROLE_ACCENT, GLYPH_ARROW_LEFT);
    }
    for (size_t i = from, active_x = 0; i <= to; i++) {
        size_t which = i < to ? i : active;
        char text[TAB_TEXT_MAX];
        int left;

        /* The open tab comes last, so that its brackets stay. */
        if (i == active)
            active_x = (size_t)x;
        if (i == to)
            x = (int)active_x;
        left = cols - x - (to < count && cols > 2);
        draw_text(s, y, x, left, i == to ? ROLE_TAB_ACTIVE : ROLE_TAB,
                  tab_text(&tabs[which], brief, i == to, text));
        x += tab_cells(s, &tabs[which], brief);
    }
    if (to < count && cols > 2)
        draw_glyph(s, y, cols - 1, ROLE_ACCENT, GLYPH_ARROW);
}

static int hint_cells(const struct screen *s, const struct hint *h)
{
    return text_cells(s, h->key) + 1 + text_cells(s, h->text);
}

static int hint_draw(struct screen *s, int y, int x, int w, const struct hint *h)
{
    int used = draw_text(s, y, x, w, ROLE_KEY, h->key);

    if (used + 1 < w)
        used += 1 + draw_text(s, y, x + used + 1, w - used - 1, ROLE_MUTED, h->text);
    return used;
}

void hints_draw(struct screen *s, int y, int x, int w, const struct hint *hints, size_t count)
{
    int end = x + w, last;

    if (count == 0 || w <= 0)
        return;
    last = hint_cells(s, &hints[count - 1]);
    for (size_t i = 0; i + 1 < count; i++) {
        int cells = hint_cells(s, &hints[i]);

        if (x + cells + HINT_GAP + last > end)
            break;
        x += hint_draw(s, y, x, cells, &hints[i]) + HINT_GAP;
    }
    hint_draw(s, y, x, end - x, &hints[count - 1]);
}

void ends_draw(struct screen *s, int y, enum role left_role, const char *left, enum role right_role,
               const char *right)
{
    int cols = screen_cols(s), used = draw_text(s, y, 0, cols, left_role, left);
    int room = cols - used - ENDS_GAP, cells = text_cells(s, right);

    /* A few letters of a text that is cut say nothing. */
    if (room >= cells || room >= ENDS_LEAST)
        draw_right(s, y, cols - room, room, right_role, right);
}
