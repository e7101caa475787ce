#include "widgets/card.h"

#include <string.h>

#include "widgets/spark.h"

enum { CARD_GAP = 3, PART_GAP = 2, INDENT = 2, CARD_LEAST = 12, CARD_MOST = 60 };

static int max(int a, int b)
{
    return a > b ? a : b;
}

static int cells_of(const struct screen *s, const char *text)
{
    return text != NULL && text[0] != '\0' ? text_cells(s, text) : 0;
}

static bool has_last(const struct card *c)
{
    return c->change != NULL || c->trend != NULL;
}

void card_flow_fit(struct card_flow *f, const struct screen *s, const struct card *cards,
                   size_t count, int w, int spark)
{
    int note = 0, wide = CARD_LEAST, lines = 0, last = 0;

    memset(f, 0, sizeof(*f));
    for (size_t i = 0; i < count; i++) {
        const struct card *c = &cards[i];

        for (size_t k = 0; k < c->line_count; k++) {
            f->label = max(f->label, cells_of(s, c->lines[k].label));
            f->value = max(f->value, cells_of(s, c->lines[k].value));
            note = max(note, cells_of(s, c->lines[k].note));
        }
        f->change = max(f->change, cells_of(s, c->change));
        if (c->trend != NULL)
            f->spark =
                max(f->spark, c->trend->count < (size_t)spark ? (int)c->trend->count : spark);
        wide = max(wide, cells_of(s, c->title));
        lines = max(lines, (int)c->line_count);
        last = max(last, has_last(c));
    }
    wide = max(wide, f->change + (f->change > 0 && f->spark > 0 ? PART_GAP : 0) + f->spark);
    wide = max(wide, f->label + PART_GAP + f->value + (note > 0 ? PART_GAP + note : 0));
    /* One long name does not cost the others their place. */
    wide = INDENT + (wide < CARD_MOST ? wide : CARD_MOST);
    f->columns = max(1, (w + CARD_GAP) / (wide + CARD_GAP));
    if (count > 0 && (size_t)f->columns > count)
        f->columns = (int)count;
    f->w = f->columns > 1 || wide < w ? wide : max(w, 0);
    f->h = 1 + lines + last;
    f->rows = (int)((count + (size_t)f->columns - 1) / (size_t)f->columns);
    f->height = f->rows > 0 ? f->rows * (f->h + 1) - 1 : 0;
}

struct rect card_place(const struct card_flow *f, struct rect area, size_t i)
{
    int column = (int)(i % (size_t)f->columns), row = (int)(i / (size_t)f->columns);

    return (struct rect){area.y + row * (f->h + 1), area.x + column * (f->w + CARD_GAP), f->h,
                         f->w};
}

size_t card_step(const struct card_flow *f, size_t count, size_t i, int down, int right)
{
    long to = (long)i + (long)down * f->columns + right;

    if (to < 0 || to >= (long)count)
        return i;
    return (size_t)to;
}

/* Text that is shown whole or, in too little room, as an ellipsis. */
static int draw_whole(struct screen *s, int y, int x, int w, enum role role, const char *text)
{
    int cells = cells_of(s, text);

    if (cells <= w)
        return cells > 0 ? draw_text(s, y, x, w, role, text) : 0;
    return w > 0 ? draw_glyph(s, y, x, ROLE_MUTED, GLYPH_ELLIPSIS) : 0;
}

static void draw_line(struct screen *s, const struct card_flow *f, int y, int x, int w,
                      const struct card_line *l)
{
    int value = cells_of(s, l->value), label = f->label, at;

    /* The number goes before its label. */
    if (label + PART_GAP + f->value > w)
        label = max(0, w - PART_GAP - f->value);
    at = label > 0 ? label + PART_GAP : 0;
    draw_text(s, y, x, label, ROLE_MUTED, l->label != NULL ? l->label : "");
    at += value < f->value && at + f->value <= w ? f->value - value : 0;
    if (l->value != NULL)
        at += draw_whole(s, y, x + at, w - at, l->role, l->value);
    if (l->note != NULL && at + PART_GAP < w)
        draw_whole(s, y, x + at + PART_GAP, w - at - PART_GAP, ROLE_MUTED, l->note);
}

/* Draws the lines of a card that are above BOTTOM. */
static void draw_card(struct screen *s, const struct card_flow *f, struct rect r, int bottom,
                      const struct card *c, bool focused)
{
    int indent = r.w > INDENT * 2 ? INDENT : 0, x = r.x + indent, w = r.w - indent, y = r.y, used;

    if (focused && indent > 0)
        draw_glyph(s, y, r.x, ROLE_ACCENT, GLYPH_FOCUS);
    draw_text(s, y, x, w, focused ? ROLE_CURSOR : c->role, c->title != NULL ? c->title : "");
    if (focused)
        draw_cursor(s, y, r.x, true);
    for (size_t i = 0; i < c->line_count && i < CARD_LINES_MAX && ++y < bottom; i++)
        draw_line(s, f, y, x, w, &c->lines[i]);
    y = r.y + r.h - 1;
    if (!has_last(c) || y >= bottom)
        return;
    used = c->change != NULL ? draw_whole(s, y, x, w, ROLE_TEXT, c->change) : 0;
    /* All sparklines begin at the same cell, or behind the change where that takes too much. */
    used = used > 0 && f->change + PART_GAP + f->spark > w ? used : f->change;
    used += used > 0 ? PART_GAP : 0;
    used = w - used < f->spark ? w : used;
    if (c->trend != NULL && used < w)
        spark_draw(s, y, x + used, f->spark, ROLE_ACCENT, c->trend, c->which, NULL);
}

void cards_draw(struct screen *s, struct rect area, const struct card_flow *f,
                const struct card *cards, size_t count, size_t top, size_t focus)
{
    size_t first = top * (size_t)f->columns;
    int bottom = area.y + area.h;

    for (size_t i = first; i < count; i++) {
        struct rect r = card_place(f, area, i - first);

        if (r.y >= bottom)
            return;
        draw_card(s, f, r, bottom, &cards[i], i == focus);
    }
}
