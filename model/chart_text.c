#include "model/chart_text.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"

enum {
    LINE_MAX_BYTES = 1 << 17,
    CELL_MAX_BYTES = 1 << 12,
    NAME_MAX_BYTES = 128,
    COLUMN_GAP = 2,
    TEXT_COLUMNS = SERIES_MAX + 6
};

static void add_trimmed(const struct buf *line, struct buf *out)
{
    size_t n = line->len;

    while (n > 0 && line->data[n - 1] == ' ')
        n--;
    buf_add(out, line->data, n);
    buf_addc(out, '\n');
}

int chart_text(const struct series_set *set, const struct chart_options *o, struct buf *out)
{
    struct chart c;
    struct buf line;
    int rc;

    chart_init(&c);
    buf_init(&line, LINE_MAX_BYTES);
    rc = chart_layout(&c, set, o);
    for (int y = 0; y < c.rows && rc == 0; y++) {
        buf_reset(&line);
        chart_cells(&c, y, 0, c.cols, &line);
        add_trimmed(&line, out);
    }
    buf_release(&line);
    chart_release(&c);
    return rc < 0 ? rc : out->failed;
}

enum column_kind {
    COLUMN_PLACE,
    COLUMN_SERIES,
    COLUMN_TOTAL,
    COLUMN_CHANGE,
    COLUMN_FORECAST,
    COLUMN_BAND,
    COLUMN_STATE
};

struct text_column {
    enum column_kind kind;
    size_t which; /* COLUMN_SERIES */
    size_t cells;
};

static size_t plan_columns(const struct series_set *set, struct text_column out[TEXT_COLUMNS])
{
    bool whole = set->series_count == 1 || set->stacked;
    size_t n = 0;

    out[n++] = (struct text_column){COLUMN_PLACE, 0, 0};
    for (size_t k = 0; k < set->series_count; k++)
        out[n++] = (struct text_column){COLUMN_SERIES, k, 0};
    if (set->stacked && set->series_count > 1)
        out[n++] = (struct text_column){COLUMN_TOTAL, 0, 0};
    if (whole)
        out[n++] = (struct text_column){COLUMN_CHANGE, 0, 0};
    if (whole && set->ahead != NULL) {
        out[n++] = (struct text_column){COLUMN_FORECAST, 0, 0};
        out[n++] = (struct text_column){COLUMN_BAND, 0, 0};
    }
    out[n++] = (struct text_column){COLUMN_STATE, 0, 0};
    return n;
}

static void heading(const struct series_set *set, const struct text_column *c, struct buf *out)
{
    static const char *const words[] = {[COLUMN_TOTAL] = "total",
                                        [COLUMN_CHANGE] = "change",
                                        [COLUMN_FORECAST] = "forecast",
                                        [COLUMN_BAND] = "low to high",
                                        [COLUMN_STATE] = ""};
    const char *name = "";

    if (c->kind == COLUMN_PLACE)
        name = series_step_word(set, 1);
    else if (c->kind == COLUMN_SERIES) {
        name = set->series[c->which].name;
        name = name[0] != '\0' ? name : set->unit;
    } else
        name = words[c->kind];
    buf_add(out, name,
            strlen(name) < NAME_MAX_BYTES ? strlen(name) : utf8_cut(name, NAME_MAX_BYTES));
}

/* Of a set with a forecast only facts: the forecast has its own columns. */
static void value(const struct series_set *set, struct point p, struct buf *out)
{
    char count[HUMAN_MAX];

    if (p.state == POINT_MISSING)
        buf_addc(out, point_mark(POINT_MISSING));
    else if (p.state != POINT_FORECAST || set->ahead == NULL)
        buf_addf(out, "%s%s", point_sign(p), human_count(p.value, count));
}

static void forecast(const struct series_ahead *a, struct buf *out)
{
    char count[HUMAN_MAX];

    if (a == NULL)
        return;
    buf_addf(out, "%s%s", a->at_most ? "<= " : a->rough ? "~ " : "", human_count(a->value, count));
}

static void band(const struct series_ahead *a, struct buf *out)
{
    char low[HUMAN_MAX], high[HUMAN_MAX];

    if (a != NULL && !a->at_most && !a->rough)
        buf_addf(out, "%s to %s", human_count(a->low, low), human_count(a->high, high));
}

static void change(const struct series_set *set, size_t i, struct buf *out)
{
    struct point now = series_at(set, SERIES_TOTAL, i), before;
    char delta[HUMAN_MAX], share[HUMAN_MAX];
    size_t at;

    if (now.state == POINT_MISSING || now.state == POINT_FORECAST ||
        !series_before(set, SERIES_TOTAL, i, &at))
        return;
    before = series_at(set, SERIES_TOTAL, at);
    buf_addstr(out, series_delta(before.value, now.value, delta));
    if (series_change(before.value, now.value, share)[0] != '\0' && now.value != before.value)
        buf_addf(out, " (%s)", share);
}

/* The state of a single series or a stack; of several, each that is not whole is named. */
static void state(const struct series_set *set, size_t i, struct buf *out)
{
    if (set->series_count == 1 || set->stacked) {
        buf_addstr(out, point_word(series_at(set, SERIES_TOTAL, i).state));
        return;
    }
    for (size_t k = 0; k < set->series_count; k++) {
        const char *word = point_word(set->series[k].points[i].state);

        if (word[0] != '\0')
            buf_addf(out, "%s%.64s %s", out->len > 0 ? ", " : "", set->series[k].name, word);
    }
}

/* ROW 0 is the heading; harmless text. */
static void cell(const struct series_set *set, const struct text_column *c, size_t row,
                 enum chart_glyphs glyphs, struct buf *raw, struct buf *out)
{
    char place[SERIES_PLACE_TEXT];
    struct buf harmless;

    buf_reset(raw);
    buf_reset(out);
    if (row == 0)
        heading(set, c, raw);
    else if (c->kind == COLUMN_PLACE)
        buf_addstr(raw, series_place(set, row - 1, true, place));
    else if (c->kind == COLUMN_CHANGE)
        change(set, row - 1, raw);
    else if (c->kind == COLUMN_STATE)
        state(set, row - 1, raw);
    else if (c->kind == COLUMN_FORECAST)
        forecast(series_ahead(set, row - 1), raw);
    else if (c->kind == COLUMN_BAND)
        band(series_ahead(set, row - 1), raw);
    else
        value(set, series_at(set, c->kind == COLUMN_TOTAL ? SERIES_TOTAL : c->which, row - 1), raw);
    if (glyphs != CHART_GLYPHS_ASCII) {
        utf8_clean(out, raw->data, raw->len);
        return;
    }
    buf_init(&harmless, LINE_MAX_BYTES);
    utf8_clean(&harmless, raw->data, raw->len);
    utf8_ascii(out, harmless.data, harmless.len);
    buf_release(&harmless);
}

static size_t row_cells(const struct text_column *columns, size_t n)
{
    size_t cells = (n - 1) * COLUMN_GAP;

    for (size_t k = 0; k < n; k++)
        cells += columns[k].cells;
    return cells;
}

/* Leaves whole columns out until a row has at most COLS cells; no number is cut. What can be
 * reckoned from the others goes first, then the parts of a total, the last one first; the place,
 * one number and the state stay. */
static size_t drop_columns(struct text_column *columns, size_t n, size_t cols)
{
    static const enum column_kind order[] = {COLUMN_CHANGE, COLUMN_BAND, COLUMN_SERIES};
    size_t least = 3;

    for (size_t o = 0; o < sizeof(order) / sizeof(order[0]); o++)
        for (size_t k = n; k-- > 0 && n > least && row_cells(columns, n) > cols;)
            if (columns[k].kind == order[o]) {
                memmove(columns + k, columns + k + 1, (n - k - 1) * sizeof(*columns));
                n--;
            }
    return n;
}

int chart_table(const struct series_set *set, enum chart_glyphs glyphs, size_t cols,
                struct buf *out)
{
    struct text_column columns[TEXT_COLUMNS];
    size_t n = plan_columns(set, columns), all = n;
    struct buf raw, text, line;

    buf_init(&raw, CELL_MAX_BYTES * 2);
    buf_init(&text, LINE_MAX_BYTES);
    buf_init(&line, LINE_MAX_BYTES);
    for (size_t row = 0; row <= set->count; row++)
        for (size_t k = 0; k < n; k++) {
            size_t cells;

            cell(set, &columns[k], row, glyphs, &raw, &text);
            cells = utf8_columns(text.data, text.len);
            columns[k].cells = cells > columns[k].cells ? cells : columns[k].cells;
        }
    if (cols > 0)
        n = drop_columns(columns, n, cols);
    for (size_t row = 0; row <= set->count; row++) {
        buf_reset(&line);
        for (size_t k = 0; k < n; k++) {
            bool left = columns[k].kind == COLUMN_PLACE || columns[k].kind == COLUMN_STATE;
            int pad;

            cell(set, &columns[k], row, glyphs, &raw, &text);
            /* The state has no heading: its place says that columns are left out. */
            if (row == 0 && n < all && columns[k].kind == COLUMN_STATE)
                buf_addstr(&text, glyphs == CHART_GLYPHS_ASCII ? "~" : "…");
            pad = (int)columns[k].cells - (int)utf8_columns(text.data, text.len);
            buf_addf(&line, "%*s", k > 0 ? COLUMN_GAP : 0, "");
            if (!left)
                buf_addf(&line, "%*s", pad > 0 ? pad : 0, "");
            buf_add(&line, text.data, text.len);
            if (left)
                buf_addf(&line, "%*s", pad > 0 ? pad : 0, "");
        }
        add_trimmed(&line, out);
    }
    for (size_t i = 0; i < set->remark_count; i++)
        buf_addf(out, "%s\n", set->remarks[i]);
    buf_release(&raw);
    buf_release(&text);
    buf_release(&line);
    return out->failed;
}
