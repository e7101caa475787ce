/*
 * A list on the screen: columns that fit, a cursor, a view over any row_type (model/column.h).
 *
 * Only visible rows are pulled. A column is as wide as its widest value, measured when the source
 * is set over at most TABLE_SAMPLE rows spread over all of it (so that nothing jumps while
 * scrolling or filtering), within its min and max width; a time may widen its column later, as it
 * ages. Where the room is short, columns shrink to their min width, then give way by their `give`
 * order; the key column stays, and Left/Right scroll the others sideways past it. Arrows at the
 * ends of the heading say that columns are left out.
 *
 * The focused row has the focus glyph in the gutter with the hardware cursor on it, and its key
 * cell in ROLE_CURSOR: little enough that a step costs few bytes. A severity glyph stands before
 * the row when the type has severities, and columns called "status" and "severity" take its colour
 * from warning on. Cut cells end in the ellipsis. A marked row has the mark glyph in the last cell
 * before its first column, where nothing else stands.
 */
#ifndef WIDGETS_TABLE_H
#define WIDGETS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/view.h"
#include "widgets/screen.h"

struct err;
struct marks;

enum { TABLE_SAMPLE = 1000 };

enum motion {
    MOTION_UP,
    MOTION_DOWN,
    MOTION_PAGE_UP,
    MOTION_PAGE_DOWN,
    MOTION_HALF_UP,
    MOTION_HALF_DOWN,
    MOTION_TOP,
    MOTION_BOTTOM,
    MOTION_LEFT,
    MOTION_RIGHT,
};

struct table {
    struct view view;
    struct query *query;       /* owned; NULL: all */
    const struct marks *marks; /* borrowed; NULL: nothing can be marked */
    char filter[1001];         /* its text */
    size_t top;                /* first visible position */
    int page;                  /* rows visible at the last draw */
    size_t scroll;             /* columns scrolled off after the key column */
    bool can_scroll;           /* at the last draw, columns were left out on the right */
    size_t column_count;
    size_t columns[COLUMNS_MAX];         /* the default screen set, in order */
    unsigned short content[COLUMNS_MAX]; /* cells that the widest value of each was seen to take */
};

void table_init(struct table *t, const struct row_type *type);
void table_release(struct table *t);
/* New data or the same data changed: filters and sorts anew; the cursor stays on its item and, when
 * it was visible, on its screen line as far as possible. */
/* 0 or ERR_NOMEM; then the table is as before and still needs the old source. */
int table_set_source(struct table *t, const struct row_source *source, const struct row_ctx *ctx);
/* Compiles TEXT; on error the old filter and rows stay (*AT: the byte at fault). ERR_USAGE, also
 * for a text over 1 000 bytes, or ERR_NOMEM. */
int table_set_filter(struct table *t, const char *text, const struct row_ctx *ctx, size_t *at,
                     struct err *err);
/* Shows only rows of t->marks, or all again; call it again when the marks have changed. Of the
 * filter's rows in any case. 0 or ERR_NOMEM (then nothing changes). */
int table_set_only_marked(struct table *t, bool only, const struct row_ctx *ctx);
/* COLUMN -1: the source's own order. */
int table_sort(struct table *t, int column, bool desc, const struct row_ctx *ctx);
/* True when something moved. */
bool table_move(struct table *t, enum motion m);
/* A heading line, where there is more than one, and rows; nothing below the heading when no row is
 * shown. */
void table_draw(struct table *t, struct screen *s, struct rect r, const struct row_ctx *ctx,
                bool focused);
/* The columns on screen by default, in order (row_type.screen): index I, or -1 past the end. */
int table_column(const struct table *t, size_t i);

#endif
