#include <stdlib.h>

#include "base/err.h"
#include "model/chart_grid.h"

enum {
    DOTS_X = 2,
    DOTS_Y = 4,
    BRAILLE_NONE = 0x2800,
    LETTER_SLOT = 2,    /* cells of a place from which on every point has its letter */
    LETTER_EVERY = 18,  /* else a letter every so many columns of a line */
    LETTER_STAGGER = 5, /* moved by so many for the next series, so that they do not meet */
};

/* Dots of one series: DOTS_X * DOTS_Y bits a cell. */
struct dots {
    const struct plot *p;
    unsigned char *cells; /* owned */
};

static void dot(struct dots *d, int x, int y)
{
    static const unsigned char bits[DOTS_X][DOTS_Y] = {
        {0x01, 0x02, 0x04, 0x40},
        {0x08, 0x10, 0x20, 0x80},
    };

    d->cells[y / DOTS_Y * d->p->w + x / DOTS_X] |= bits[x % DOTS_X][y % DOTS_Y];
}

static void dots_line(struct dots *d, int x, int y, int to_x, int to_y)
{
    int dx = to_x - x, dy = abs(to_y - y), down = to_y > y ? 1 : -1, rest = dx - dy;

    for (;;) {
        int twice = 2 * rest;

        dot(d, x, y);
        if (x == to_x && y == to_y)
            return;
        if (twice > -dy) {
            rest -= dy;
            x++;
        }
        if (twice < dx) {
            rest += dx;
            y += down;
        }
    }
}

static int dot_x(const struct plot *p, size_t i)
{
    return (int)((2 * i + 1) * (size_t)p->w / p->set.count);
}

static int dot_y(const struct plot *p, int64_t value)
{
    double at = plot_scale(p, value) * DOTS_Y;
    int level = (int)at + ((double)(int)at < at);

    return p->rows * DOTS_Y - (level > 1 ? level : 1);
}

/* A line through what is there: never across a missing point, never to a forecast. */
static void draw_dots(struct plot *p, struct dots *d, size_t k)
{
    const struct point *points = p->set.series[k].points;
    bool before = false;
    int x = 0, y = 0;

    for (int i = 0; i < p->w * p->rows; i++)
        d->cells[i] = 0;
    for (size_t i = 0; i < p->set.count; i++) {
        bool there = points[i].state != POINT_MISSING && points[i].state != POINT_FORECAST;
        int next_x = dot_x(p, i), next_y = dot_y(p, points[i].value);

        if (there)
            dots_line(d, before ? x : next_x, before ? y : next_y, next_x, next_y);
        before = there;
        x = next_x;
        y = next_y;
    }
    for (int row = 0; row < p->rows; row++)
        for (int i = 0; i < p->w; i++)
            if (d->cells[row * p->w + i] != 0)
                grid_put(p->chart, p->y + row, p->x + i, BRAILLE_NONE + d->cells[row * p->w + i],
                         CHART_SERIES, (int)k);
}

/* The place with the largest value of those that share the column of place *I; moves *I past them.
 * False when all are missing. */
static bool column_place(const struct plot *p, size_t which, size_t *i, size_t *out)
{
    int x = plot_column(p, *i);
    int64_t best = 0;
    bool found = false;

    for (; *i < p->set.count && plot_column(p, *i) == x; *i += 1) {
        struct point at = series_at(&p->set, which, *i);

        if (at.state == POINT_MISSING || (found && at.value <= best))
            continue;
        found = true;
        best = at.value;
        *out = *i;
    }
    return found;
}

/* A letter is small where the point is not whole; the rest of many is '*' or '+'. */
static char letter_of(struct plot *p, size_t k, enum point_state state)
{
    char letter = series_letter(k);

    if (state == POINT_WHOLE)
        return letter;
    p->small_letters = true;
    return letter == '*' ? '+' : (char)(letter - 'A' + 'a');
}

static bool lettered(const struct plot *p, int y, int x)
{
    const struct chart_cell *cell = chart_at(p->chart, y, x);

    return cell != NULL && cell->ink == CHART_SERIES && cell->cp < BRAILLE_NONE;
}

static void put_letter(struct plot *p, size_t k, size_t i)
{
    struct point at = p->set.series[k].points[i];
    int y = plot_row(p, at.value), x = plot_column(p, i), room = p->w / (int)p->set.count - 1;
    char letter = letter_of(p, k, at.state);
    int aside = 0;

    /* Letters at the same height stand side by side where there is room. */
    while (aside < room && lettered(p, y, x + aside))
        aside++;
    if (lettered(p, y, x + aside) || x + aside >= p->x + p->w) {
        p->crowded = true;
        letter = '&';
        aside = 0;
    }
    x += aside;
    grid_put(p->chart, y, x, letter, CHART_SERIES, (int)k);
}

static void draw_letters(struct plot *p, size_t k)
{
    size_t last = p->set.count;
    bool all = p->w / (int)p->set.count >= LETTER_SLOT || p->glyphs != CHART_GLYPHS_BRAILLE;

    series_last(&p->set, k, &last);
    for (size_t i = 0; i < p->set.count;) {
        int x = plot_column(p, i) - p->x;
        size_t best;

        if (!column_place(p, k, &i, &best))
            continue;
        if (all || best == last || p->set.series[k].points[best].state != POINT_WHOLE ||
            (x + (int)k * LETTER_STAGGER) % LETTER_EVERY == 0)
            put_letter(p, k, best);
    }
}

/* The marks of the only series: what is not whole and, without dots, every value. */
static void draw_marks(struct plot *p, size_t k)
{
    for (size_t i = 0; i < p->set.count;) {
        struct point at;
        size_t best;

        if (!column_place(p, k, &i, &best))
            continue;
        at = series_at(&p->set, k, best);
        if (at.state != POINT_WHOLE)
            grid_put(p->chart, plot_row(p, at.value), plot_column(p, best), point_mark(at.state),
                     CHART_PARTIAL, (int)k);
        else if (p->glyphs != CHART_GLYPHS_BRAILLE)
            grid_put(p->chart, plot_row(p, at.value), plot_column(p, best), '*', CHART_SERIES,
                     (int)k);
    }
}

/* Where a column has places and no value at all. */
static void draw_gaps(struct plot *p)
{
    for (size_t i = 0; i < p->set.count;) {
        int x = plot_column(p, i);
        size_t best;

        if (!column_place(p, SERIES_TOTAL, &i, &best))
            grid_put(p->chart, p->y + p->rows - 1, x, point_mark(POINT_MISSING), CHART_MISSING, 0);
    }
}

int lines_draw(struct plot *p)
{
    struct dots d = {p, NULL};

    if (p->glyphs == CHART_GLYPHS_BRAILLE) {
        d.cells = calloc((size_t)p->w * (size_t)p->rows, 1);
        if (d.cells == NULL)
            return ERR_NOMEM;
    }
    /* The first of the legend comes last and on top. */
    for (size_t k = p->set.series_count; k-- > 0 && d.cells != NULL;)
        if (!p->set.series[k].hidden)
            draw_dots(p, &d, k);
    for (size_t k = 0; k < p->set.series_count; k++) {
        if (p->set.series[k].hidden)
            continue;
        if (p->several)
            draw_letters(p, k);
        else
            draw_marks(p, k);
    }
    draw_gaps(p);
    free(d.cells);
    return 0;
}
