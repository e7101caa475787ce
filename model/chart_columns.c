#include <string.h>

#include "model/chart_grid.h"

enum {
    EIGHTH = 0x2580, /* + 1 … 8 eighths of a cell, from below */
    SLOT_MIN = 10,   /* places are no further apart than that, or their numbers need */
    BAR_MAX = 8,
    SLOT_WITH_GAP = 4,
};

/* The place drawn in slot K: where a cell holds several, the one with the largest value. False
 * when all are missing. */
static bool slot_place(const struct plot *p, int k, size_t *out)
{
    size_t n = p->set.count, slots = (size_t)p->slots;
    size_t from = ((size_t)k * n + slots - 1) / slots,
           to = ((size_t)(k + 1) * n + slots - 1) / slots;
    bool found = false;
    int64_t best = 0;

    for (size_t i = from; i < to && i < n; i++) {
        struct point at = plot_point(p, i);

        if (at.state == POINT_MISSING || (found && at.value <= best))
            continue;
        found = true;
        best = at.value;
        *out = i;
    }
    return found;
}

/* Cells of the longest number over a column. */
static int number_cells(const struct plot *p)
{
    char count[HUMAN_MAX];
    size_t high = strlen(human_count(p->top, count)), low = strlen(human_count(p->bottom, count));

    return (int)(high > low ? high : low);
}

void columns_plan(struct plot *p)
{
    int n = (int)p->set.count, widest = number_cells(p) + 2;

    p->slots = n < p->w ? n : p->w;
    p->slot = p->w / p->slots;
    widest = widest > SLOT_MIN ? widest : SLOT_MIN;
    p->slot = p->slot < widest ? p->slot : widest;
    p->bar = p->slot >= SLOT_WITH_GAP ? p->slot / 2 : p->slot > 2 ? 2 : 1;
    p->bar = p->bar < BAR_MAX ? p->bar : BAR_MAX;
}

static int slot_x(const struct plot *p, int k)
{
    return p->x + k * p->slot + (p->slot - p->bar) / 2;
}

static void fill_row(struct plot *p, int k, int y, int32_t cp, enum chart_ink ink, int series)
{
    for (int i = 0; i < p->bar; i++)
        grid_put(p->chart, y, slot_x(p, k) + i, cp, ink, series);
}

/* What columns stand on: zero, or the low end of an axis that is cut. */
static int64_t base_value(const struct plot *p)
{
    return p->chart->axis.low > 0 ? p->chart->axis.low : 0;
}

/* Its row of the scale, from below. */
static int base_row(const struct plot *p)
{
    return (int)(plot_scale(p, base_value(p)) + 0.5);
}

/* Whole cells of a column up to VALUE, one at least for more than nothing. */
static int column_cells(const struct plot *p, int base, int64_t value)
{
    double high = plot_scale(p, value) - base;
    int cells = (int)((high < 0 ? -high : high) + 0.5);

    if (value == base_value(p))
        return 0;
    return cells > 0 ? cells : 1;
}

static int column_eighths(const struct plot *p, int base, int64_t value)
{
    int eighths = (int)((plot_scale(p, value) - base) * 8 + 0.5);

    return eighths > 0 ? eighths : 1;
}

/* The first row of each part of a stack of TOTAL cells, from below; part k ends where k + 1 begins.
 * Every part that is more than nothing keeps a cell, from the top down. */
static void stack_rows(const struct plot *p, size_t i, int base, int total,
                       int from[SERIES_SHOWN_MAX + 2])
{
    int64_t below = 0, parts[SERIES_SHOWN_MAX + 1] = {0};
    int top = total;

    for (size_t k = 0; k < p->set.series_count; k++) {
        if (!p->set.series[k].hidden && p->set.series[k].points[i].value > 0)
            parts[k] = p->set.series[k].points[i].value;
        below += parts[k];
    }
    from[p->set.series_count] = total;
    for (size_t k = p->set.series_count; k-- > 0;) {
        int room = top - (parts[k] > 0), edge;

        below -= parts[k];
        edge = column_cells(p, base, below);
        edge = edge < room ? edge : room;
        top = edge > 0 ? edge : 0;
        from[k] = top;
    }
}

static void draw_stack(struct plot *p, int k, size_t i, int base, int cells)
{
    int from[SERIES_SHOWN_MAX + 2];

    stack_rows(p, i, base, cells, from);
    for (size_t part = 0; part < p->set.series_count; part++)
        for (int r = from[part]; r < from[part + 1]; r++)
            fill_row(p, k, p->y + p->rows - 1 - base - r, plot_fill(p, part), CHART_SERIES,
                     (int)part);
}

/* A column of one series, its top to an eighth of a cell. */
static void draw_solid(struct plot *p, int k, int base, int64_t value)
{
    int eighths = column_eighths(p, base, value);

    for (int r = 0; r * 8 < eighths; r++)
        fill_row(p, k, p->y + p->rows - 1 - base - r,
                 EIGHTH + (eighths - r * 8 < 8 ? eighths - r * 8 : 8), CHART_SERIES, 0);
}

/* Draws slot K, which shows place I. Returns the row beyond its end, where its number goes. */
static int draw_column(struct plot *p, int k, size_t i)
{
    struct point at = plot_point(p, i);
    bool whole = at.state == POINT_WHOLE;
    int base = base_row(p), cells = column_cells(p, base, at.value);
    int first = p->y + p->rows - 1 - base, step = -1, most = p->rows - base;

    if (at.value < base_value(p)) {
        first++;
        step = 1;
        most = base;
    }
    cells = cells < most ? cells : most;
    if (whole && step < 0 && p->set.series_count > 1)
        draw_stack(p, k, i, base, cells);
    else if (whole && step < 0 && cells > 0 && p->glyphs != CHART_GLYPHS_ASCII) {
        draw_solid(p, k, base, at.value);
        return first - (column_eighths(p, base, at.value) + 7) / 8;
    } else {
        for (int r = 0; r < cells; r++)
            fill_row(p, k, first + step * r, whole ? plot_fill(p, 0) : point_mark(at.state),
                     whole ? CHART_SERIES : CHART_PARTIAL, 0);
    }
    return first + step * cells;
}

/* A cell that nothing is in, or only the distance to the number before. */
static bool beside_number(const struct plot *p, int y, int x)
{
    const struct chart_cell *cell = chart_at(p->chart, y, x);

    return cell != NULL &&
           (cell->ink == CHART_BLANK || (cell->ink == CHART_NUMBER && cell->cp == 0));
}

/* Prints a number of LEN cells from X on, where that covers nothing. */
static bool print_from(struct plot *p, int y, int x, int len, const char *count)
{
    int last = p->x + p->w - len;

    x = x < p->x ? p->x : x < last ? x : last;
    if (x < p->x || y < p->y - 1 || y >= p->axis_y || !grid_blank(p->chart, y, x, len))
        return false;
    if ((x > p->x && !beside_number(p, y, x - 1)) || (x < last && !beside_number(p, y, x + len)))
        return false;
    grid_text(p, y, x, len, CHART_NUMBER, count);
    /* A cell on either side stays free, or a dash of the limit would read as a sign. */
    for (int side = x - 1; side <= x + len; side += len + 1)
        if (side >= p->x && side < p->x + p->w)
            grid_put(p->chart, y, side, 0, CHART_NUMBER, 0);
    return true;
}

/* The value of slot K at row *Y, over the middle of its column; BESIDE: else from its left end on,
 * where a later column would not take it for its own. Tried once: *Y is -1 then. */
static void print_number(struct plot *p, int k, int *y, bool beside)
{
    int64_t value = plot_point(p, (size_t)k).value;
    char count[HUMAN_MAX];
    int len = (int)strlen(human_count(value, count)), x = slot_x(p, k);

    if (*y >= 0 && !print_from(p, *y, x + (p->bar - len) / 2, len, count) && beside)
        print_from(p, *y, x, len, count);
    *y = -1;
}

/* The slots whose numbers matter most: the last fact, the last forecast, the largest and the
 * smallest fact; -1 for those that are not there. */
enum { EXTREMES = 4 };

static void extremes(const struct plot *p, const int *rows, int out[EXTREMES])
{
    for (int i = 0; i < EXTREMES; i++)
        out[i] = -1;
    for (int k = 0; k < p->slots; k++) {
        struct point at = plot_point(p, (size_t)k);

        if (rows[k] < 0)
            continue;
        out[at.state == POINT_FORECAST] = k;
        if (at.state == POINT_FORECAST)
            continue;
        if (out[2] < 0 || at.value > plot_point(p, (size_t)out[2]).value)
            out[2] = k;
        if (out[3] < 0 || at.value < plot_point(p, (size_t)out[3]).value)
            out[3] = k;
    }
}

/* The numbers that matter most. ROWS[k] is where the number of slot k goes, -1 for none. */
static void print_extremes(struct plot *p, int *rows)
{
    int first[EXTREMES];

    extremes(p, rows, first);
    for (int i = 0; i < EXTREMES; i++)
        if (first[i] >= 0)
            print_number(p, first[i], &rows[first[i]], i < 2);
}

/* As many of the others as there is room for. */
static void print_others(struct plot *p, int *rows)
{
    /* A number over several columns would be anybody's. */
    for (int k = p->slots - 1; k >= 0 && number_cells(p) < 2 * p->slot; k--)
        print_number(p, k, &rows[k], false);
}

/* From the end of column K to the high end of what is expected: a thin line of dots, which is
 * neither fact nor forecast value. COMING: only for months to come, and there only where a column
 * is wide enough to be told from it; else only for the one that runs. */
static void draw_band(struct plot *p, int k, bool coming)
{
    const struct series_ahead *a = series_ahead(&p->set, (size_t)k);
    int base = base_row(p), x = slot_x(p, k) + (p->bar - 1) / 2;
    struct point at = plot_point(p, (size_t)k);

    if (a == NULL || a->high <= at.value || coming != (at.state == POINT_FORECAST) ||
        (coming && p->bar < 2))
        return;
    for (int r = column_cells(p, base, at.value); r < column_cells(p, base, a->high); r++) {
        int y = p->y + p->rows - 1 - base - r;

        if (y >= p->y && grid_blank(p->chart, y, x, 1))
            grid_put(p->chart, y, x, point_mark(POINT_FORECAST), CHART_PARTIAL, 0);
    }
}

void columns_draw(struct plot *p)
{
    int rows[CHART_COLS_MAX];

    for (int k = 0; k < p->slots; k++) {
        size_t i;

        rows[k] = -1;
        if (slot_place(p, k, &i))
            rows[k] = draw_column(p, k, i);
        else
            grid_put(p->chart, p->y + p->rows - 1 - base_row(p), slot_x(p, k),
                     point_mark(POINT_MISSING), CHART_MISSING, 0);
    }
    if ((size_t)p->slots < p->set.count)
        return;
    /* Facts come first, then what the running month may become, then everything else. */
    print_extremes(p, rows);
    for (int k = 0; k < p->slots; k++)
        draw_band(p, k, false);
    print_others(p, rows);
    for (int k = 0; k < p->slots; k++)
        draw_band(p, k, true);
}
