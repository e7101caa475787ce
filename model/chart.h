/*
 * A chart as a grid of cells: what is drawn where, without a terminal.
 *
 * The screen paints the grid (widgets/chart.h), `luitop trend` prints it (model/chart_text.h). The
 * rules are features.md §8: columns with printed numbers for few points, a line for many; nice
 * steps of 1, 2, 5; from zero unless it says that it is cut; a missing point is a gap with '?' and
 * counted, never zero; what is not whole has its own mark; series differ by letter or fill.
 *
 * The form follows the size: from 60 x 12 cells on everything; from 30 x 6 on only the ends of the
 * y axis; below that a sparkline and the last value on a line for each series; then the value
 * alone, and an ellipsis where not even that fits: no number is ever cut. The same set and options
 * give the same grid.
 */
#ifndef MODEL_CHART_H
#define MODEL_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/series.h"

struct buf;

/* What of the grid is beyond stays without cells. */
enum { CHART_ROWS_MAX = 1024, CHART_COLS_MAX = 2048 };

/* Glyph ladder, name in settings */
#define CHART_GLYPHS_LIST(X)                                                                       \
    X(AUTO, "auto")                                                                                \
    X(BRAILLE, "braille")                                                                          \
    X(BLOCK, "block")                                                                              \
    X(ASCII, "ascii")

enum chart_glyphs {
#define CHART_GLYPHS_ENUM(upper, name) CHART_GLYPHS_##upper,
    CHART_GLYPHS_LIST(CHART_GLYPHS_ENUM)
#undef CHART_GLYPHS_ENUM
        CHART_GLYPHS_COUNT
};

/* AUTO chooses between columns (few points, and all months and years that have a cell each) and
 * lines. A stacked set is always columns, several series side by side are always lines. */
enum chart_kind { CHART_AUTO, CHART_COLUMNS, CHART_LINES };

struct chart_options {
    int rows, cols;           /* any; what is not positive gives an empty grid */
    enum chart_glyphs glyphs; /* AUTO: blocks */
    enum chart_kind kind;
    bool cut;          /* the y axis may start above zero where that shows more */
    bool read_out;     /* a last line for the point under the cursor */
    size_t cursor;     /* a place of the set; beyond it, the last one */
    const char *as_of; /* raw; at the read-out's right end; may be NULL */
};

/* What a cell is, for the one who gives it a colour. */
enum chart_ink {
    CHART_BLANK,
    CHART_TITLE,
    CHART_TEXT,
    CHART_MUTED,   /* labels of the axes, notes */
    CHART_AXIS,    /* the lines of the axes */
    CHART_NUMBER,  /* a printed value */
    CHART_SERIES,  /* `series` says which, in the order of the legend */
    CHART_MISSING, /* '?' */
    CHART_PARTIAL, /* so far, incomplete, forecast */
    CHART_LIMIT,
};

/* The right half of a wide character. */
enum { CHART_REST = -1 };

struct chart_cell {
    int32_t cp;   /* a code point that may be shown; 0: blank */
    int32_t mark; /* a combining mark on it, or 0 */
    unsigned char ink, series;
    bool cursor;
};

struct chart_axis {
    int64_t low, high, step;
    int intervals;
};

enum chart_form { CHART_FULL, CHART_SMALL, CHART_BRIEF };

struct chart {
    struct chart_cell *cells; /* owned; row after row */
    size_t cap;
    int rows, cols;
    enum chart_form form;
    struct chart_axis axis;
    /* Where the scale is: ROWS cells from Y down, X to X + W; empty for CHART_BRIEF. */
    int plot_y, plot_x, plot_rows, plot_w;
    int cursor_y, cursor_x; /* a good place for the hardware cursor; -1: none */
};

void chart_init(struct chart *c);
void chart_release(struct chart *c);
/* Lays SET out. 0 or ERR_NOMEM (the grid is empty then). O(cells + points). */
int chart_layout(struct chart *c, const struct series_set *set, const struct chart_options *o);
/* NULL outside the grid. */
const struct chart_cell *chart_at(const struct chart *c, int y, int x);
/* Appends N cells of row Y from X on as text, blanks as spaces. */
void chart_cells(const struct chart *c, int y, int x, int n, struct buf *out);

/* An axis of at most MOST intervals (3 or more) and at least 2, with steps of 1, 2 or 5 times a
 * power of ten, that holds LOW to HIGH and, unless CUT and worth it, zero. */
void chart_axis_fit(struct chart_axis *a, int64_t low, int64_t high, int most, bool cut);

/* What AUTO means: braille where the terminal is UTF-8 and at hand, blocks where it is remote (its
 * font is unknown), else ASCII. Any ladder gives ASCII without UTF-8. */
enum chart_glyphs chart_glyphs_pick(enum chart_glyphs wanted, bool utf8, bool remote);
const char *chart_glyphs_name(enum chart_glyphs g);
/* 0, or ERR_USAGE for a name that is none. */
int chart_glyphs_parse(const char *name, enum chart_glyphs *out);

#endif
