#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/chart_grid.h"
#include "model/chart_text.h"

enum {
    SPARK_MOST = 24,
    SPARK_LEAST = 4,
    NAME_LEAST = 8,
    ROWS_TITLED = 3,
    GAP = 2,
    TEXT_MAX = 1 << 12
};

static const char *line_name(const struct plot *p, size_t which)
{
    if (which != SERIES_TOTAL && p->set.series_count > 1)
        return p->set.series[which].name;
    if (p->set.name[0] == '\0' && p->set.series_count == 1)
        return p->set.series[0].name;
    return p->set.name;
}

/* The sparkline of WHICH at X: its cells. */
static int draw_spark(struct plot *p, int y, int x, size_t which, int w)
{
    struct buf text;
    size_t cells;

    buf_init(&text, TEXT_MAX);
    cells = spark_text(&p->set, which, (size_t)w, p->glyphs, NULL, &text);
    grid_text(p, y, x, w, CHART_SERIES, text.data);
    for (int i = 0; i < w; i++)
        if (chart_at(p->chart, y, x + i) != NULL && which != SERIES_TOTAL)
            p->chart->cells[(size_t)y * (size_t)p->chart->cols + (size_t)(x + i)].series =
                (unsigned char)which;
    buf_release(&text);
    return (int)cells;
}

/* "3 102 to 4 812": the ends of the sparkline; "" without any. */
static void add_range(const struct plot *p, size_t which, int w, struct buf *out)
{
    struct spark_range r = {0, 0, false};
    char low[HUMAN_MAX], high[HUMAN_MAX];

    if (w <= 0)
        return;
    spark_range_add(&r, &p->set, which, (size_t)w);
    if (r.any)
        buf_addf(out, "%s to %s", human_count(r.low, low), human_count(r.high, high));
}

/* As much as fits of: name, sparkline, its range, the last value with its change. The value stays
 * longest and is never cut. */
static void draw_line(struct plot *p, int y, size_t which, const char *name, struct buf *value,
                      struct buf *range)
{
    int w = p->chart->cols, n = (int)p->set.count, x = 0, last = (int)value->len, spark, least;
    int name_cells = grid_cells(p, name), name_most = w / 3 > NAME_LEAST ? w / 3 : NAME_LEAST;
    bool letter = p->several && name_cells > 0;

    name_cells = name_cells < name_most ? name_cells : name_most;
    spark = n < SPARK_MOST ? n : SPARK_MOST;
    least = spark < SPARK_LEAST ? spark : SPARK_LEAST;
    if (name_cells > 0 && name_cells + GAP + last <= w) {
        grid_text(p, y, 0, name_cells, CHART_TEXT, name);
        x = name_cells + GAP;
    } else if (letter && 2 + last <= w) {
        grid_put(p->chart, y, 0, series_letter(which), CHART_SERIES, (int)which);
        x = 2;
    }
    spark = spark < w - x - last - GAP ? spark : w - x - last - GAP;
    add_range(p, which, spark, range);
    if (spark >= least && range->len > 0) {
        draw_spark(p, y, x, which, spark);
        x += spark + GAP;
        if (x + (int)range->len + GAP + last <= w)
            x += grid_text(p, y, x, (int)range->len, CHART_MUTED, range->data) + GAP;
    }
    grid_text(p, y, x, last, CHART_NUMBER, value->data);
}

/* The longest headline that fits, or an ellipsis. */
static void draw_series(struct plot *p, int y, size_t which, const char *name)
{
    struct buf value, range;

    buf_init(&value, TEXT_MAX);
    buf_init(&range, TEXT_MAX);
    chart_headline(&p->set, which, false, &value);
    if ((int)value.len > p->chart->cols) {
        buf_reset(&value);
        chart_headline(&p->set, which, true, &value);
    }
    if ((int)value.len <= p->chart->cols)
        draw_line(p, y, which, name, &value, &range);
    else
        grid_put(p->chart, y, 0, p->glyphs == CHART_GLYPHS_ASCII ? '~' : 0x2026, CHART_MUTED, 0);
    buf_release(&value);
    buf_release(&range);
}

void brief_draw(struct plot *p)
{
    struct buf text;
    int y = 0, rows = p->chart->rows;
    size_t i = p->o->cursor < p->set.count ? p->o->cursor : p->set.count - 1;

    if (p->set.count == 0 || p->set.series_count == 0) {
        grid_text(p, 0, 0, p->chart->cols, CHART_MUTED, "no data");
        return;
    }
    if (p->set.series_count == 1 && rows >= ROWS_TITLED) {
        buf_init(&text, TEXT_MAX);
        chart_title(&p->set, &text);
        grid_text(p, y++, 0, p->chart->cols, CHART_TITLE, text.data);
        buf_release(&text);
    }
    if (!p->several)
        draw_series(p, y, SERIES_TOTAL, y > 0 ? "" : line_name(p, SERIES_TOTAL));
    y += !p->several;
    for (size_t k = 0; k < p->set.series_count && p->set.series_count > 1 && y < rows; k++)
        if (!p->set.series[k].hidden)
            draw_series(p, y++, k, line_name(p, k));
    if (p->o->read_out && y < rows) {
        buf_init(&text, TEXT_MAX);
        chart_read_out(p->source, i, false, &text);
        if (grid_cells(p, text.data) > p->chart->cols) {
            buf_reset(&text);
            chart_read_out(p->source, i, true, &text);
        }
        grid_parts(p, y++, 0, p->chart->cols, CHART_TEXT, text.data);
        buf_release(&text);
    }
    if (y < rows)
        notes_draw(p, y, 0, p->chart->cols, rows - y);
}
