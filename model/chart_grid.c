#include "model/chart_grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

enum { TEXT_MAX = 1 << 14, BYTES_PER_CELL = 64, BLOCK_ELLIPSIS = 0x2026 };

/* Fills of a stack; none is a mark of a point that is not whole. */
static const struct {
    int32_t utf8, ascii;
} fills[SERIES_SHOWN_MAX + 1] = {
    {0x2588, '#'}, {0x2591, '-'}, {0x2593, '+'}, {0x2592, '%'}, {'=', '='}, {'x', 'x'}, {'*', '*'},
};

static const char *const ladder[CHART_GLYPHS_COUNT] = {
#define LADDER_ROW(upper, name) [CHART_GLYPHS_##upper] = name,
    CHART_GLYPHS_LIST(LADDER_ROW)
#undef LADDER_ROW
};

void chart_init(struct chart *c)
{
    memset(c, 0, sizeof(*c));
    c->cursor_y = c->cursor_x = -1;
}

void chart_release(struct chart *c)
{
    free(c->cells);
    chart_init(c);
}

enum chart_glyphs chart_glyphs_pick(enum chart_glyphs wanted, bool utf8, bool remote)
{
    if (!utf8)
        return CHART_GLYPHS_ASCII;
    if (wanted == CHART_GLYPHS_AUTO || (unsigned)wanted >= CHART_GLYPHS_COUNT)
        return remote ? CHART_GLYPHS_BLOCK : CHART_GLYPHS_BRAILLE;
    return wanted;
}

const char *chart_glyphs_name(enum chart_glyphs g)
{
    return (unsigned)g < CHART_GLYPHS_COUNT ? ladder[g] : "";
}

int chart_glyphs_parse(const char *name, enum chart_glyphs *out)
{
    for (int i = 0; i < CHART_GLYPHS_COUNT; i++)
        if (strcmp(ladder[i], name) == 0) {
            *out = (enum chart_glyphs)i;
            return 0;
        }
    return ERR_USAGE;
}

const struct chart_cell *chart_at(const struct chart *c, int y, int x)
{
    if (y < 0 || x < 0 || y >= c->rows || x >= c->cols)
        return NULL;
    return &c->cells[(size_t)y * (size_t)c->cols + (size_t)x];
}

void chart_cells(const struct chart *c, int y, int x, int n, struct buf *out)
{
    for (; n > 0; n--, x++) {
        const struct chart_cell *cell = chart_at(c, y, x);
        char bytes[8];
        size_t len;

        if (cell == NULL || cell->cp == CHART_REST)
            continue;
        len = utf8_put(bytes, cell->cp != 0 ? cell->cp : ' ');
        if (cell->mark != 0)
            len += utf8_put(bytes + len, cell->mark);
        buf_add(out, bytes, len);
    }
}

void grid_put(struct chart *c, int y, int x, int32_t cp, enum chart_ink ink, int series)
{
    if (y < 0 || x < 0 || y >= c->rows || x >= c->cols)
        return;
    c->cells[(size_t)y * (size_t)c->cols + (size_t)x] =
        (struct chart_cell){cp, 0, (unsigned char)ink, (unsigned char)series, false};
}

bool grid_blank(const struct chart *c, int y, int x, int n)
{
    for (int i = 0; i < n; i++) {
        const struct chart_cell *cell = chart_at(c, y, x + i);

        if (cell == NULL || cell->ink != CHART_BLANK)
            return false;
    }
    return true;
}

/* TEXT as it is shown: harmless, and ASCII where the ladder is; at most LIMIT bytes of it. */
static void clean(const struct plot *p, const char *text, size_t limit, struct buf *out)
{
    size_t n = strlen(text);
    struct buf harmless;

    n = n < limit ? n : utf8_cut(text, limit);
    if (p->glyphs != CHART_GLYPHS_ASCII) {
        utf8_clean(out, text, n);
        return;
    }
    buf_init(&harmless, (size_t)TEXT_MAX * 8);
    utf8_clean(&harmless, text, n);
    utf8_ascii(out, harmless.data, harmless.len);
    buf_release(&harmless);
}

int grid_cells(const struct plot *p, const char *text)
{
    struct buf shown;
    size_t cells;

    buf_init(&shown, (size_t)TEXT_MAX * 8);
    clean(p, text, TEXT_MAX, &shown);
    cells = utf8_columns(shown.data, shown.len);
    buf_release(&shown);
    return (int)cells;
}

/* Writes N bytes of harmless text; returns its cells. */
static int put_clean(struct chart *c, int y, int x, enum chart_ink ink, const char *text, size_t n)
{
    const char *at = text, *end = text + n;
    int start = x;

    while (at < end) {
        int32_t cp = utf8_next(&at, end);
        int width = utf8_width(cp);

        if (width == 0 && x > start) {
            struct chart_cell *base = &c->cells[(size_t)y * (size_t)c->cols + (size_t)x - 1];

            if (base->cp == CHART_REST)
                base--;
            if (base->mark == 0)
                base->mark = cp;
            continue;
        }
        grid_put(c, y, x, cp, ink, 0);
        if (width == 2)
            grid_put(c, y, x + 1, CHART_REST, ink, 0);
        x += width;
    }
    return x - start;
}

int grid_text(struct plot *p, int y, int x, int w, enum chart_ink ink, const char *text)
{
    struct chart *c = p->chart;
    struct buf shown;
    size_t fit, taken, limit;
    int used;
    bool cut;

    if (y < 0 || x < 0 || y >= c->rows || x >= c->cols || w <= 0)
        return 0;
    w = w < c->cols - x ? w : c->cols - x;
    limit = ((size_t)w + 2) * BYTES_PER_CELL;
    buf_init(&shown, (limit + 8) * 8);
    clean(p, text, limit, &shown);
    fit = utf8_fit(shown.data, shown.len, (size_t)w, &taken);
    cut = fit < shown.len || strlen(text) > limit;
    if (cut)
        fit = utf8_fit(shown.data, shown.len, (size_t)w - 1, &taken);
    used = put_clean(c, y, x, ink, shown.data, fit);
    if (cut)
        grid_put(c, y, x + used++, p->glyphs == CHART_GLYPHS_ASCII ? '~' : BLOCK_ELLIPSIS, ink, 0);
    buf_release(&shown);
    return used;
}

void grid_parts(struct plot *p, int y, int x, int w, enum chart_ink ink, const char *text)
{
    size_t n = strlen(text);
    struct buf part;
    int used = 0;

    buf_init(&part, TEXT_MAX);
    buf_add(&part, text, n < TEXT_MAX ? n : utf8_cut(text, TEXT_MAX));
    while (part.len > 0 && grid_cells(p, part.data) > w - (part.len < n)) {
        char *comma = NULL;

        for (char *at = strstr(part.data, ", "); at != NULL; at = strstr(at + 1, ", "))
            comma = at;
        part.len = comma != NULL ? (size_t)(comma - part.data) : 0;
        part.data[part.len] = '\0';
    }
    if (part.len > 0)
        used = grid_text(p, y, x, w, ink, part.data);
    if (part.len < n && used < w)
        grid_put(p->chart, y, x + used, p->glyphs == CHART_GLYPHS_ASCII ? '~' : BLOCK_ELLIPSIS, ink,
                 0);
    buf_release(&part);
}

void grid_cursor(struct chart *c, int y, int x, int n)
{
    for (int i = 0; i < n; i++)
        if (chart_at(c, y, x + i) != NULL)
            c->cells[(size_t)y * (size_t)c->cols + (size_t)(x + i)].cursor = true;
}

int32_t plot_fill(const struct plot *p, size_t k)
{
    k = k <= SERIES_SHOWN_MAX ? k : SERIES_SHOWN_MAX;
    return p->glyphs == CHART_GLYPHS_ASCII ? fills[k].ascii : fills[k].utf8;
}

double plot_scale(const struct plot *p, int64_t value)
{
    const struct chart_axis *a = &p->chart->axis;

    if (value <= a->low)
        return 0;
    if (value >= a->high)
        return p->rows;
    return (double)(value - a->low) / (double)(a->high - a->low) * p->rows;
}

int plot_row(const struct plot *p, int64_t value)
{
    double at = plot_scale(p, value);
    int level = (int)at + ((double)(int)at < at);

    return p->y + p->rows - (level > 1 ? level : 1);
}

int plot_column(const struct plot *p, size_t i)
{
    size_t n = p->set.count;

    if (!p->columns)
        return p->x + (int)((2 * i + 1) * (size_t)p->w / (2 * n));
    if ((size_t)p->slots < n)
        return p->x + (int)(i * (size_t)p->slots / n);
    return p->x + (int)i * p->slot + (p->slot - p->bar) / 2;
}

struct point plot_point(const struct plot *p, size_t i)
{
    return series_at(&p->set, SERIES_TOTAL, i);
}
