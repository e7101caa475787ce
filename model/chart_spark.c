#include "base/buf.h"
#include "model/chart_text.h"

/* From the lowest value to the highest; a flat series takes the middle. */
static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
static const char *const ascii[] = {"_", ".", "-", "=", "^"};

enum { BLOCKS = sizeof(blocks) / sizeof(blocks[0]), ASCIIS = sizeof(ascii) / sizeof(ascii[0]) };

/* The places that WIDTH cells show: up to the last that is no forecast. */
static size_t window(const struct series_set *set, size_t which, size_t width, size_t *end)
{
    size_t n = set->count;

    while (n > 0 && series_at(set, which, n - 1).state == POINT_FORECAST)
        n--;
    *end = n;
    return n > width ? n - width : 0;
}

static bool drawn(struct point p)
{
    return p.state == POINT_WHOLE || p.state == POINT_INCOMPLETE;
}

void spark_range_add(struct spark_range *r, const struct series_set *set, size_t which,
                     size_t width)
{
    size_t end, from = window(set, which, width, &end);

    for (size_t i = from; i < end; i++) {
        struct point p = series_at(set, which, i);

        if (!drawn(p))
            continue;
        r->low = r->any && r->low < p.value ? r->low : p.value;
        r->high = r->any && r->high > p.value ? r->high : p.value;
        r->any = true;
    }
}

static int level(const struct spark_range *r, int64_t value, int levels)
{
    double share;

    if (r->high <= r->low)
        return (levels - 1) / 2;
    share = ((double)value - (double)r->low) / ((double)r->high - (double)r->low);
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return (int)(share * (levels - 1) + 0.5);
}

size_t spark_text(const struct series_set *set, size_t which, size_t width,
                  enum chart_glyphs glyphs, const struct spark_range *range, struct buf *out)
{
    size_t end, from = window(set, which, width, &end);
    struct spark_range own = {0, 0, false};

    if (range == NULL) {
        spark_range_add(&own, set, which, width);
        range = &own;
    }
    for (size_t i = from; i < end; i++) {
        struct point p = series_at(set, which, i);

        if (!drawn(p))
            buf_addc(out, p.state == POINT_SO_FAR ? point_mark(p.state) : ' ');
        else if (glyphs == CHART_GLYPHS_ASCII)
            buf_addstr(out, ascii[level(range, p.value, ASCIIS)]);
        else
            buf_addstr(out, blocks[level(range, p.value, BLOCKS)]);
    }
    return end - from;
}
