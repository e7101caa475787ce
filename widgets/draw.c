#include "widgets/screen_state.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "base/vec.h"

enum {
    /* A cell's text is rarely more than a base and some marks; what is beyond is cut, so that a
     * long text costs no more than a short one. */
    BYTES_PER_CELL = 64,
    COLUMNS_DRAWN_MAX = 4096,
    FORMAT_MAX = 1 << 16,
};

static const struct {
    const char *utf8, *ascii;
} glyphs[GLYPH_COUNT] = {
#define GLYPH_ROW(upper, utf8, ascii) [GLYPH_##upper] = {utf8, ascii},
    GLYPH_LIST(GLYPH_ROW)
#undef GLYPH_ROW
};

const char *glyph_text(const struct screen *s, enum glyph g)
{
    if ((unsigned)g >= GLYPH_COUNT)
        return "";
    return s->ascii ? glyphs[g].ascii : glyphs[g].utf8;
}

int screen_text(const struct screen *s, struct buf *out, const char *text, size_t n)
{
    struct buf clean;
    int rc;

    if (!s->ascii)
        return utf8_clean(out, text, n);
    buf_init(&clean, out->max);
    rc = utf8_clean(&clean, text, n);
    if (rc == 0)
        rc = utf8_ascii(out, clean.data, clean.len);
    buf_release(&clean);
    return rc;
}

int text_cells(const struct screen *s, const char *text)
{
    struct buf clean;
    size_t n = strlen(text), cells;

    buf_init(&clean, 1 << 20);
    screen_text(s, &clean, text, n < FORMAT_MAX ? n : utf8_cut(text, FORMAT_MAX));
    cells = utf8_columns(clean.data, clean.len);
    buf_release(&clean);
    return (int)cells;
}

/* The part of W that is on the screen; 0 for a place outside. */
static int clip(int y, int x, int w)
{
    int rows = getmaxy(stdscr), cols = getmaxx(stdscr);

    if (y < 0 || x < 0 || y >= rows || x >= cols || w <= 0)
        return 0;
    return w < cols - x ? w : cols - x;
}

static void use_role(struct screen *s, enum role role)
{
    const struct look *l = &s->looks[(unsigned)role < ROLE_COUNT ? role : ROLE_TEXT];

    /* The last argument carries the pair whole; attributes would lose what is above 255. */
    int pair = l->pair;

    wattr_set(stdscr, l->attrs, (short)pair, &pair);
}

/* Writes N bytes of harmless text at the cursor. */
static void put(struct screen *s, const char *text, size_t n)
{
    const char *p = text, *end = text + n;
    size_t count = 0;

    if (vec_grow(&s->wide, &s->wide_cap, n + 1, sizeof(*s->wide), FORMAT_MAX * 8) < 0)
        return;
    while (p < end) {
        int32_t cp = utf8_next(&p, end);

        s->wide[count++] = cp < 0 ? L'?' : (wchar_t)cp;
    }
    waddnwstr(stdscr, s->wide, (int)count);
}

int draw_textn(struct screen *s, int y, int x, int w, enum role role, const char *text, size_t n)
{
    size_t fit, taken, limit;
    bool cut;

    w = clip(y, x, w);
    if (w == 0 || n == 0)
        return 0;
    limit = ((size_t)w + 2) * BYTES_PER_CELL;
    cut = n > limit;
    buf_reset(&s->clean);
    if (screen_text(s, &s->clean, text, cut ? utf8_cut(text, limit) : n) < 0)
        return 0;
    fit = utf8_fit(s->clean.data, s->clean.len, (size_t)w, &taken);
    cut = cut || fit < s->clean.len;
    if (cut)
        fit = utf8_fit(s->clean.data, s->clean.len, (size_t)w - 1, &taken);
    wmove(stdscr, y, x);
    use_role(s, role);
    put(s, s->clean.data, fit);
    if (cut) {
        const char *mark = glyph_text(s, GLYPH_ELLIPSIS);

        put(s, mark, strlen(mark));
        taken++;
    }
    return (int)taken;
}

int draw_text(struct screen *s, int y, int x, int w, enum role role, const char *text)
{
    return draw_textn(s, y, x, w, role, text, strlen(text));
}

int draw_right(struct screen *s, int y, int x, int w, enum role role, const char *text)
{
    int cells = text_cells(s, text);

    if (cells < w)
        return draw_text(s, y, x + w - cells, cells, role, text);
    return draw_text(s, y, x, w, role, text);
}

int draw_format(struct screen *s, int y, int x, int w, enum role role, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    int cells = 0;

    buf_init(&text, FORMAT_MAX);
    va_start(ap, fmt);
    if (buf_vaddf(&text, fmt, ap) == 0)
        cells = draw_textn(s, y, x, w, role, text.data, text.len);
    va_end(ap);
    buf_release(&text);
    return cells;
}

int draw_glyph(struct screen *s, int y, int x, enum role role, enum glyph g)
{
    return draw_text(s, y, x, 1, role, glyph_text(s, g));
}

void draw_fill(struct screen *s, struct rect r, enum role role)
{
    int w = clip(r.y, r.x, r.w);

    use_role(s, role);
    for (int i = 0; i < r.h && r.y + i < getmaxy(stdscr) && w > 0; i++)
        mvwhline(stdscr, r.y + i, r.x, ' ', w);
}

static void repeat(struct screen *s, int y, int x, int w, enum role role, enum glyph g)
{
    const char *text = glyph_text(s, g);

    w = clip(y, x, w);
    if (w == 0)
        return;
    wmove(stdscr, y, x);
    use_role(s, role);
    for (int i = 0; i < w; i++)
        put(s, text, strlen(text));
}

void draw_rule(struct screen *s, int y, int x, int w)
{
    repeat(s, y, x, w, ROLE_RULE, GLYPH_RULE);
}

struct rect draw_frame(struct screen *s, struct rect r, const char *title)
{
    struct rect inside = {r.y + 1, r.x + 1, r.h - 2, r.w - 2};
    int bottom = r.y + r.h - 1, right = r.x + r.w - 1;

    if (r.h < 2 || r.w < 2)
        return r;
    draw_fill(s, r, ROLE_TEXT);
    draw_rule(s, r.y, r.x, r.w);
    draw_rule(s, bottom, r.x, r.w);
    for (int y = r.y + 1; y < bottom; y++) {
        draw_glyph(s, y, r.x, ROLE_RULE, GLYPH_RULE_DOWN);
        draw_glyph(s, y, right, ROLE_RULE, GLYPH_RULE_DOWN);
    }
    draw_glyph(s, r.y, r.x, ROLE_RULE, GLYPH_CORNER_TL);
    draw_glyph(s, r.y, right, ROLE_RULE, GLYPH_CORNER_TR);
    draw_glyph(s, bottom, r.x, ROLE_RULE, GLYPH_CORNER_BL);
    draw_glyph(s, bottom, right, ROLE_RULE, GLYPH_CORNER_BR);
    if (title != NULL && title[0] != '\0' && r.w >= 8) {
        int used = draw_text(s, r.y, r.x + 3, r.w - 6, ROLE_TITLE, title);

        draw_text(s, r.y, r.x + 2, 1, ROLE_TEXT, " ");
        draw_text(s, r.y, r.x + 3 + used, 1, ROLE_TEXT, " ");
    }
    return inside;
}

/* Neither a full bar for less than the whole nor an empty one for more than nothing. */
static int bar_cells(int w, long long part, long long whole)
{
    double share = (double)part / (double)whole;
    int full;

    if (part <= 0)
        return 0;
    if (part >= whole)
        return w;
    full = (int)(share * w + 0.5);
    if (full == 0)
        return 1;
    return full == w && w > 1 ? w - 1 : full;
}

void draw_bar(struct screen *s, int y, int x, int w, enum role role, long long part,
              long long whole)
{
    int full;

    if (whole <= 0 || w <= 0 || w > COLUMNS_DRAWN_MAX)
        return;
    full = bar_cells(w, part, whole);
    repeat(s, y, x, full, role, GLYPH_BAR_FULL);
    repeat(s, y, x + full, w - full, ROLE_MUTED, GLYPH_BAR_EMPTY);
}

void draw_cursor(struct screen *s, int y, int x, bool shown)
{
    int rows = getmaxy(stdscr), cols = getmaxx(stdscr);

    s->cursor_y = y < 0 ? 0 : y < rows ? y : rows - 1;
    s->cursor_x = x < 0 ? 0 : x < cols ? x : cols - 1;
    s->cursor_shown = shown;
}
