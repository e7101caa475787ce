#include "widgets/spark.h"

#include "base/buf.h"

enum { SPARK_BYTES = SERIES_POINTS_MAX * 4 };

int spark_draw(struct screen *s, int y, int x, int w, enum role role, const struct series_set *set,
               size_t which, const struct spark_range *range)
{
    enum chart_glyphs glyphs = screen_ascii(s) ? CHART_GLYPHS_ASCII : CHART_GLYPHS_BLOCK;
    struct buf text;
    int cells = 0;

    if (w <= 0)
        return 0;
    buf_init(&text, SPARK_BYTES);
    spark_text(set, which, (size_t)w, glyphs, range, &text);
    cells = draw_textn(s, y, x, w, role, text.data, text.len);
    buf_release(&text);
    return cells;
}
