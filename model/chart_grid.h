/*
 * What the files of the chart share: chart.c (sizes), chart_grid.c (cells), chart_axis.c,
 * chart_columns.c, chart_lines.c, chart_notes.c (legend, notes), chart_brief.c (a line each).
 * Nobody else includes this.
 */
#ifndef MODEL_CHART_GRID_H
#define MODEL_CHART_GRID_H

#include "base/buf.h"
#include "model/chart.h"

struct plot {
    struct chart *chart;
    const struct chart_options *o;
    enum chart_glyphs glyphs; /* never AUTO */
    const struct series_set *source;
    struct series_set set; /* owned: the source in the order of the legend */
    size_t shown;          /* series that are not hidden */
    bool columns;          /* else lines and marks */
    bool several;          /* series that need a letter */
    bool small_letters;    /* a point that is not whole was drawn as one */
    bool crowded;          /* a cell has more than one letter */
    bool cut;              /* the axis starts above zero */
    /* Rows of the grid; those that the size has no room for are -1. */
    int title_y, legend_y, axis_y, dates_y, notes_y, notes_rows, read_y;
    int y, x, w, rows;   /* the scale: ROWS cells from Y down; numbers may stand in the row above */
    int gutter;          /* cells of the labels left of it */
    int slots, slot;     /* columns: how many, and the cells of each */
    int bar;             /* and how many of these are filled */
    int64_t top, bottom; /* largest and smallest value in the plot */
};

/* chart_grid.c */
void grid_put(struct chart *c, int y, int x, int32_t cp, enum chart_ink ink, int series);
bool grid_blank(const struct chart *c, int y, int x, int n); /* N cells inside and blank */
/* Raw text, made harmless, in at most W cells, cut with a mark. Returns the cells it used. */
int grid_text(struct plot *p, int y, int x, int w, enum chart_ink ink, const char *text);
/* The same, cut only between parts (", "): no number is shown in part. */
void grid_parts(struct plot *p, int y, int x, int w, enum chart_ink ink, const char *text);
int grid_cells(const struct plot *p, const char *text); /* that a text would take */
void grid_cursor(struct chart *c, int y, int x, int n);

/* The fill of part K of a stack. */
int32_t plot_fill(const struct plot *p, size_t k);
/* In rows from the low end, 0 to p->rows. */
double plot_scale(const struct plot *p, int64_t value);
/* The row of the grid that a mark at VALUE belongs in. */
int plot_row(const struct plot *p, int64_t value);
/* The column of the grid at which place I begins to be drawn. */
int plot_column(const struct plot *p, size_t i);
/* What is drawn at place I when nothing tells series apart: the sum of a stack, or the one. */
struct point plot_point(const struct plot *p, size_t i);

/* chart_axis.c */
void axis_draw_values(struct plot *p);
void axis_draw_dates(struct plot *p);
/* chart_columns.c */
void columns_plan(struct plot *p);
void columns_draw(struct plot *p);
/* chart_lines.c; 0 or ERR_NOMEM */
int lines_draw(struct plot *p);
/* chart_notes.c */
/* Draws the legend in W cells where Y >= 0; returns the cells that it needs, 0 for one series. */
int notes_legend(struct plot *p, int y, int x, int w);
/* Rows that the notes take at a width of W, 1 at least and MOST at most. */
int notes_height(struct plot *p, int w, int most);
void notes_draw(struct plot *p, int y, int x, int w, int rows);
void notes_limit(struct plot *p);
/* chart_brief.c */
void brief_draw(struct plot *p);

#endif
