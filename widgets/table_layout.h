/* Where the columns of a table go in a given width. For table.c, table_draw.c and tests. */
#ifndef WIDGETS_TABLE_LAYOUT_H
#define WIDGETS_TABLE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "widgets/table.h"

enum { TABLE_CELL_MAX = 1 << 20, TABLE_GAP = 2 };

struct placed {
    size_t column; /* index into the type's columns */
    int x, w;      /* cells, from the table's left edge */
    bool key;
};

struct layout {
    struct placed cells[COLUMNS_MAX];
    size_t count;
    int gutter;    /* cells before the first column */
    bool left_out; /* columns did not fit: on the right, unless they gave way in the middle */
    bool severity; /* the gutter has room for the severity glyph */
};

void table_layout(const struct table *t, int width, struct layout *out);
/* Widens columns of times for the rows at positions FROM to TO (without). */
void table_measure_times(struct table *t, const struct row_ctx *ctx, size_t from, size_t to);

#endif
