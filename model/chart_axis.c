#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/chart_grid.h"

enum {
    BOX_UP = 0x2502,
    BOX_TICK = 0x2524,
    BOX_CROSS = 0x253c,
    BOX_ALONG = 0x2500,
    BOX_TODAY = 0x2534,
    LABEL_MAX = 32,
    /* Cells of a place from which on a label of so many cells has room. */
    SLOT_MONTH = 4,
    SLOT_DAY = 3,
    SLOT_YEAR = 5,
    /* Days that still show some of their numbers; more show the months. */
    DAYS_NUMBERED = 62,
    DAY_EVERY = 5,
    YEAR_EVERY = 5,
};

static int64_t floor_to(int64_t v, int64_t step)
{
    int64_t rest = v % step;

    return v - (rest < 0 ? rest + step : rest);
}

void chart_axis_fit(struct chart_axis *a, int64_t low, int64_t high, int most, bool cut)
{
    static const int mantissas[] = {1, 2, 5};

    most = most > 3 ? most : 3;
    if (!cut || low <= high / 2) {
        low = low < 0 ? low : 0;
        high = high > 0 ? high : 0;
    }
    for (int64_t power = 1;; power *= 10)
        for (int i = 0; i < 3; i++) {
            int64_t step = mantissas[i] * power, from = floor_to(low, step);
            int64_t to = floor_to(high - 1, step) + step;

            /* A value at the low end would have no height. */
            from -= from > 0 && from == low ? step : 0;
            to = to >= from + 2 * step ? to : from + 2 * step;
            if ((to - from) / step <= most) {
                *a = (struct chart_axis){from, to, step, (int)((to - from) / step)};
                return;
            }
        }
}

static bool ascii(const struct plot *p)
{
    return p->glyphs == CHART_GLYPHS_ASCII;
}

static void label_row(struct plot *p, int y, int64_t value, enum chart_ink ink)
{
    char count[HUMAN_MAX];
    int len = (int)strlen(human_count(value, count));

    if (len <= p->gutter)
        grid_text(p, y, p->x - 2 - len, len, ink, count);
}

/* The row of tick J; 0 is the row under the scale. */
static int tick_row(const struct plot *p, int j)
{
    int intervals = p->chart->axis.intervals;

    return p->y + p->rows - (2 * j * p->rows + intervals) / (2 * intervals);
}

void axis_draw_values(struct plot *p)
{
    const struct chart_axis *a = &p->chart->axis;
    bool ends_only = p->chart->form == CHART_SMALL;
    int x = p->x - 1, limit_y = p->set.has_limit ? plot_row(p, p->set.limit) : -1;

    for (int y = p->y; y < p->axis_y; y++)
        grid_put(p->chart, y, x, ascii(p) ? '|' : BOX_UP, CHART_AXIS, 0);
    for (int i = 0; i <= p->w; i++)
        grid_put(p->chart, p->axis_y, x + i, ascii(p) ? '-' : BOX_ALONG, CHART_AXIS, 0);
    for (int j = 0; j <= a->intervals; j++) {
        int y = tick_row(p, j);

        if (ends_only && j > 0 && j < a->intervals)
            continue;
        limit_y = limit_y == y ? -1 : limit_y;
        grid_put(p->chart, y, x,
                 ascii(p)        ? '+'
                 : y < p->axis_y ? BOX_TICK
                                 : BOX_CROSS,
                 CHART_AXIS, 0);
        label_row(p, y, a->low + j * a->step, CHART_MUTED);
    }
    if (p->cut)
        grid_put(p->chart, p->axis_y, x, '~', CHART_AXIS, 0);
    if (limit_y >= 0) {
        grid_put(p->chart, limit_y, x, ascii(p) ? '+' : BOX_TICK, CHART_LIMIT, 0);
        label_row(p, limit_y, p->set.limit, CHART_LIMIT);
    }
}

/* Cells from one place to the next, 0 for less than one. */
static int place_cells(const struct plot *p)
{
    if (!p->columns)
        return p->w / (int)p->set.count;
    return (size_t)p->slots < p->set.count ? 0 : p->slot;
}

/* What stands in the axis under place I; "" for nothing. */
static void axis_label(const struct plot *p, size_t i, int cells, char out[LABEL_MAX])
{
    size_t n = p->set.count;
    struct civil c;

    out[0] = '\0';
    series_civil(&p->set, i, &c);
    switch (p->set.step) {
    case SERIES_MONTH:
        if (cells >= 1)
            snprintf(out, LABEL_MAX, "%.*s", cells >= SLOT_MONTH ? 3 : 1, human_month(c.month));
        return;
    case SERIES_YEAR:
        if (cells >= SLOT_YEAR || c.year % YEAR_EVERY == 0)
            snprintf(out, LABEL_MAX, "%d", c.year);
        else if (cells >= SLOT_DAY)
            snprintf(out, LABEL_MAX, "%02d", c.year % 100);
        return;
    case SERIES_DAY:
        if (n > DAYS_NUMBERED && cells < SLOT_DAY)
            snprintf(out, LABEL_MAX, "%s", c.day == 1 ? human_month(c.month) : "");
        else if (cells >= SLOT_DAY || c.day == 1 || c.day % DAY_EVERY == 0)
            snprintf(out, LABEL_MAX, "%d", c.day);
        return;
    }
}

/* What stands under the axis from place I on; false where nothing begins there. */
static bool date_label(const struct plot *p, size_t i, int cells, char out[LABEL_MAX])
{
    bool numbered = p->set.count <= DAYS_NUMBERED || cells >= SLOT_DAY;
    struct civil c;

    series_civil(&p->set, i, &c);
    if (p->set.step == SERIES_YEAR)
        return false;
    if (p->set.step == SERIES_DAY && numbered) {
        snprintf(out, LABEL_MAX, "%s %d", human_month(c.month), c.year);
        return i == 0 || c.day == 1;
    }
    snprintf(out, LABEL_MAX, "%d", c.year);
    return i == 0 || (c.month == 1 && c.day == 1);
}

/* Writes TEXT from X on, moved left to fit into the plot, when its cells and GAP around are free of
 * other labels. */
static void place_label(struct plot *p, int y, int x, int gap, const char *text)
{
    int len = (int)strlen(text), last = p->x + p->w - len;

    x = x < last ? x : last;
    if (len == 0 || x < p->x)
        return;
    for (int i = x - gap; i < x + len + gap; i++) {
        const struct chart_cell *cell = chart_at(p->chart, y, i);

        if (cell != NULL && i >= p->x && cell->ink == CHART_MUTED)
            return;
    }
    grid_text(p, y, x, len, CHART_MUTED, text);
}

static void draw_dates(struct plot *p, int cells)
{
    char label[LABEL_MAX], first[LABEL_MAX];

    if (p->dates_y < 0)
        return;
    /* A change of year matters more than the year that the chart begins in. */
    for (size_t i = 1; i < p->set.count; i++)
        if (date_label(p, i, cells, label))
            place_label(p, p->dates_y, plot_column(p, i), 1, label);
    if (date_label(p, 0, cells, first))
        place_label(p, p->dates_y, plot_column(p, 0), 1, first);
}

void axis_draw_dates(struct plot *p)
{
    int cells = place_cells(p), gap = p->set.step == SERIES_MONTH && cells == 1 ? 0 : 1;

    for (size_t i = 0; i < p->set.count; i++) {
        char label[LABEL_MAX];
        int x = plot_column(p, i), len;

        axis_label(p, i, cells, label);
        len = (int)strlen(label);
        if (p->columns && len > 0 && cells > 1)
            place_label(p, p->axis_y, x + (p->bar - len) / 2, gap, label);
        else
            place_label(p, p->axis_y, x, gap, label);
        if (plot_point(p, i).state == POINT_SO_FAR && p->set.step == SERIES_DAY) {
            const struct chart_cell *cell = chart_at(p->chart, p->axis_y, x);

            if (cell != NULL && cell->ink == CHART_AXIS)
                grid_put(p->chart, p->axis_y, x, ascii(p) ? '+' : BOX_TODAY, CHART_AXIS, 0);
        }
    }
    draw_dates(p, cells);
}
