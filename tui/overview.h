/*
 * The Overview's lines, built from the session's data without drawing: what needs attention, the
 * month so far, the servers. Private to tui/pane_overview.c and overview_build.c.
 */
#ifndef TUI_OVERVIEW_H
#define TUI_OVERVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/app.h"

enum overview_kind {
    LINE_BLANK,
    LINE_HEADING, /* left, right */
    LINE_ITEM,    /* severity, left, right: opens a pane */
    LINE_NOTE,    /* left */
    LINE_EDITION, /* a feature of the usage list */
    LINE_SERVERS, /* a row of the grid, from server `index` on */
};

enum { OVERVIEW_LINES_MAX = 400, OVERVIEW_TEXT = 200 };

struct overview_line {
    enum overview_kind kind;
    int severity; /* as row_type.severity */
    bool opens;   /* Enter opens PANE with FILTER */
    enum pane_id pane;
    const char *filter; /* const text */
    size_t index;
    char left[OVERVIEW_TEXT], right[OVERVIEW_TEXT];
};

/* Cells of the numbers of the editions, as wide as the widest of them, and where they begin. */
enum { EDITION_X = 4, EDITION_WORD = 5 }; /* "paid " */
struct edition_columns {
    int name, total, paid, free, change, spark;
    int total_x, paid_x, free_x, change_x, spark_x; /* paid_x, free_x: of the word before */
};

struct overview {
    struct overview_line lines[OVERVIEW_LINES_MAX];
    size_t count;
    size_t cursor; /* a line that opens something */
    size_t top;
    int page;
    int cell, per_row;          /* the server grid: cells a server, servers a row */
    char ending[80], other[80]; /* filters of its lines, by the limits of the session */
    struct edition_columns editions;
    bool roomy; /* … with each server's state and age beside its name */
};

/* What a server of the roomy grid shows besides glyph and name, in cells. */
enum { ROOMY_REST = 30 };

/* overview_usage.c: fits the editions of LIST into COLS; the sparkline gives way first, then the
 * name. O(editions). */
void overview_plan_editions(struct app *a, struct overview *o, const struct usage_list *list,
                            int cols);
void overview_draw_edition(struct app *a, const struct overview *o, const struct overview_line *l,
                           int y);

/* Builds all lines for a pane of ROWS and COLS. */
void overview_build(struct app *a, struct overview *o, int cols, int rows);

#endif
