#include "model/chart.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/chart_grid.h"
#include "model/chart_text.h"

enum {
    FULL_ROWS = 12,
    FULL_COLS = 60,
    SMALL_ROWS = 6,
    SMALL_COLS = 30,
    SMALL_ROWS_DATES = 8, /* from so many rows on a small chart has room for them */
    SMALL_ROWS_NOTES = 9,
    PLOT_COLS_LEAST = 8,
    PLOT_ROWS_LEAST = 2,
    TICKS_SMALL = 4,
    TICKS_MOST = 6,
    CELLS_PER_DAY = 6, /* fewer: a line (rule 1) */
    TEXT_MAX = 1 << 14,
};

static void take_value(struct plot *p, int64_t value, bool *any)
{
    p->top = *any && p->top > value ? p->top : value;
    p->bottom = *any && p->bottom < value ? p->bottom : value;
    *any = true;
}

/* The largest and smallest value in the plot, limit and forecasts included. */
static void find_values(struct plot *p)
{
    bool any = false;

    p->top = p->bottom = 0;
    if (p->set.has_limit)
        take_value(p, p->set.limit, &any);
    for (size_t k = 0; k < p->set.series_count; k++)
        for (size_t i = 0; i < p->set.count; i++) {
            size_t which = p->several ? k : SERIES_TOTAL;
            struct point at = series_at(&p->set, which, i);

            if (at.state == POINT_MISSING || p->set.series[k].hidden)
                continue;
            take_value(p, at.value, &any);
        }
    for (size_t i = 0; i < p->set.count && !p->several; i++)
        if (series_ahead(&p->set, i) != NULL)
            take_value(p, series_ahead(&p->set, i)->high, &any);
}

static int text_cells(struct plot *p, int (*add)(const struct series_set *, struct buf *))
{
    struct buf text;
    int cells;

    buf_init(&text, TEXT_MAX);
    add(&p->set, &text);
    cells = grid_cells(p, text.data);
    buf_release(&text);
    return cells;
}

/* Which row holds what, from both ends; the scale gets the rest. */
static void plan_rows(struct plot *p)
{
    int rows = p->chart->rows, cols = p->chart->cols, top = 1, bottom = rows;
    int legend = notes_legend(p, -1, 0, 0), title = text_cells(p, chart_title);
    bool full = p->chart->form == CHART_FULL, beside = title + 2 + legend <= cols;
    int foot = p->bottom < 0;

    p->legend_y = legend == 0 ? -1 : 0;
    p->title_y = 0;
    if (legend > 0 && !beside && full)
        p->legend_y = top++;
    else if (legend > 0 && !beside)
        p->title_y = -1;
    /* What the axis will say is known only when its rows are: reckon with it. */
    p->cut = p->o->cut && full && !p->set.stacked;
    p->chart->axis.low = p->bottom;
    p->read_y = p->o->read_out ? --bottom : -1;
    p->notes_rows = full ? notes_height(p, cols, rows / 6 + (int)p->set.remark_count)
                         : rows >= SMALL_ROWS_NOTES;
    bottom -= p->notes_rows;
    p->notes_y = p->notes_rows > 0 ? bottom : -1;
    p->dates_y = full || rows >= SMALL_ROWS_DATES ? --bottom : -1;
    p->axis_y = --bottom;
    p->y = top + 1;
    p->rows = p->axis_y - foot - p->y;
}

/* The axis, and the scale a row lower where that gives every interval the same rows. */
static void plan_axis(struct plot *p)
{
    struct chart_axis *a = &p->chart->axis;
    bool full = p->chart->form == CHART_FULL;
    int most = full ? p->rows / 2 : TICKS_SMALL, rest;
    char low[HUMAN_MAX], high[HUMAN_MAX], limit[HUMAN_MAX] = "";
    size_t widest, other;

    chart_axis_fit(a, p->bottom, p->top, most < TICKS_MOST ? most : TICKS_MOST,
                   p->o->cut && full && !p->set.stacked);
    p->cut = a->low > 0;
    rest = p->rows % a->intervals;
    if (full && rest == 1) {
        p->y++;
        p->rows--;
    }
    if (p->set.has_limit)
        human_count(p->set.limit, limit);
    widest = strlen(human_count(a->low, low));
    other = strlen(human_count(a->high, high));
    widest = widest > other ? widest : other;
    widest = widest > strlen(limit) ? widest : strlen(limit);
    p->gutter = (int)widest;
    p->x = p->gutter + 2;
    p->w = p->chart->cols - p->x;
}

static void plan_kind(struct plot *p)
{
    size_t n = p->set.count, w = (size_t)p->w;
    bool columns = p->set.step == SERIES_DAY ? n <= (size_t)p->chart->cols / CELLS_PER_DAY : n <= w;

    if (p->o->kind != CHART_AUTO)
        columns = p->o->kind == CHART_COLUMNS;
    /* A line of blocks is columns without a gap. */
    p->columns = p->set.stacked || (!p->several && (columns || p->glyphs == CHART_GLYPHS_BLOCK));
    if (p->columns)
        columns_plan(p);
}

static void draw_head(struct plot *p)
{
    int cols = p->chart->cols, legend = notes_legend(p, -1, 0, 0), used = 0;
    int x = p->legend_y == 0 && p->title_y == 0 ? cols - legend : 0;
    struct buf text;

    buf_init(&text, TEXT_MAX);
    chart_title(&p->set, &text);
    if (p->title_y >= 0)
        used = grid_text(p, p->title_y, 0, cols, CHART_TITLE, text.data);
    if (p->legend_y >= 0)
        notes_legend(p, p->legend_y, x, cols - x);
    else if (p->notes_y < 0 && used + 2 < cols)
        notes_draw(p, 0, used + 2, cols - used - 2, 1);
    buf_release(&text);
}

static void draw_read_out(struct plot *p)
{
    size_t i = p->o->cursor < p->set.count ? p->o->cursor : p->set.count - 1;
    struct chart *c = p->chart;
    int x = plot_column(p, i), from = x, to = x, cols = c->cols, aside = 0;
    const char *as_of = p->o->as_of != NULL ? p->o->as_of : "";
    struct buf text;

    if (p->read_y < 0)
        return;
    /* The label under the place, unless the labels stand cell by cell. */
    while (!p->columns || p->slot > 1) {
        const struct chart_cell *left = chart_at(c, p->axis_y, from - 1);
        const struct chart_cell *right = chart_at(c, p->axis_y, to + 1);

        if (chart_at(c, p->axis_y, x)->ink != CHART_MUTED)
            break;
        if (left != NULL && left->ink == CHART_MUTED && from > p->x)
            from--;
        else if (right != NULL && right->ink == CHART_MUTED)
            to++;
        else
            break;
    }
    grid_cursor(c, p->axis_y, from, to - from + 1);
    c->cursor_y = p->axis_y;
    c->cursor_x = from;
    buf_init(&text, TEXT_MAX);
    chart_read_out(p->source, i, false, &text);
    aside = grid_cells(p, as_of);
    if (grid_cells(p, text.data) > cols) {
        buf_reset(&text);
        chart_read_out(p->source, i, true, &text);
    }
    if (aside > 0 && grid_cells(p, text.data) + 2 + aside <= cols)
        grid_text(p, p->read_y, cols - aside, aside, CHART_MUTED, as_of);
    grid_parts(p, p->read_y, 0, cols, CHART_TEXT, text.data);
    buf_release(&text);
}

/* Everything but the one-line form. False where the scale has no room. */
static int draw_plot(struct plot *p, bool *drawn)
{
    struct chart *c = p->chart;
    int rc = 0;

    *drawn = false;
    find_values(p);
    plan_rows(p);
    if (p->rows < PLOT_ROWS_LEAST)
        return 0;
    plan_axis(p);
    if (p->w < PLOT_COLS_LEAST)
        return 0;
    *drawn = true;
    plan_kind(p);
    c->plot_y = p->y;
    c->plot_x = p->x;
    c->plot_rows = p->rows;
    c->plot_w = p->w;
    if (p->columns && p->shown > 0)
        columns_draw(p);
    else if (p->shown > 0)
        rc = lines_draw(p);
    axis_draw_values(p);
    axis_draw_dates(p);
    notes_limit(p);
    draw_head(p);
    if (p->notes_y >= 0)
        notes_draw(p, p->notes_y, 0, c->cols, p->notes_rows);
    draw_read_out(p);
    return rc;
}

/* An empty grid of the size that O asks for. */
static int clear(struct chart *c, const struct chart_options *o)
{
    int rows = o->rows < CHART_ROWS_MAX ? o->rows : CHART_ROWS_MAX;
    int cols = o->cols < CHART_COLS_MAX ? o->cols : CHART_COLS_MAX;
    size_t cells = rows > 0 && cols > 0 ? (size_t)rows * (size_t)cols : 0;
    int rc = vec_grow(&c->cells, &c->cap, cells, sizeof(*c->cells),
                      (size_t)CHART_ROWS_MAX * CHART_COLS_MAX);

    c->rows = c->cols = 0;
    c->cursor_y = c->cursor_x = -1;
    c->plot_x = c->plot_y = c->plot_w = c->plot_rows = 0;
    c->axis = (struct chart_axis){0};
    c->form = CHART_BRIEF;
    if (rc < 0 || cells == 0)
        return rc;
    memset(c->cells, 0, cells * sizeof(*c->cells));
    c->rows = rows;
    c->cols = cols;
    return 0;
}

int chart_layout(struct chart *c, const struct series_set *set, const struct chart_options *o)
{
    struct plot p = {.chart = c, .o = o, .source = set, .glyphs = o->glyphs};
    bool drawn = false;
    int rc = clear(c, o);

    if (rc < 0 || c->rows == 0)
        return rc;
    if (p.glyphs == CHART_GLYPHS_AUTO)
        p.glyphs = CHART_GLYPHS_BLOCK;
    rc = series_fold(set, &p.set);
    if (rc < 0) {
        c->rows = c->cols = 0;
        return rc;
    }
    p.several = p.set.series_count > 1 && !p.set.stacked;
    for (size_t k = 0; k < p.set.series_count; k++)
        p.shown += !p.set.series[k].hidden;
    if (c->rows >= FULL_ROWS && c->cols >= FULL_COLS)
        c->form = CHART_FULL;
    else if (c->rows >= SMALL_ROWS && c->cols >= SMALL_COLS)
        c->form = CHART_SMALL;
    if (c->form != CHART_BRIEF && p.set.count > 0 && p.set.series_count > 0)
        rc = draw_plot(&p, &drawn);
    if (!drawn) {
        c->form = CHART_BRIEF;
        brief_draw(&p);
    }
    series_set_release(&p.set);
    if (rc < 0)
        c->rows = c->cols = 0;
    return rc;
}
