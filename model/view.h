/*
 * What a list shows: the rows that match a query, in an order, with a cursor that stays on the
 * same item whatever happens around it.
 *
 * A view holds row indexes, never rows; it is rebuilt when its source, query or order changes.
 * If the item under the cursor is gone, the cursor goes to the row that took its place: the next
 * one below it that is still shown, else the nearest above. When nothing is shown, the item is kept
 * in mind, so that clearing a filter finds it again. view_rebuild costs O(rows * query) + O(shown
 * log shown).
 */
#ifndef MODEL_VIEW_H
#define MODEL_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/column.h"

struct err;
struct marks;
struct query;

struct view {
    struct row_source source;
    const struct query *query; /* borrowed; NULL matches all */
    const struct marks *only;  /* borrowed; shows what is marked; NULL: marks do not matter */
    int sort_column;           /* index into the type's columns; -1: the source's own order */
    bool sort_desc;
    uint32_t *rows; /* shown: indexes into the source, owned */
    uint64_t *ids;  /* of the shown rows, since the source may have changed under the view; owned */
    size_t count, cap;
    size_t cursor; /* position among the shown; 0 when none is */
    uint64_t cursor_id;
    bool has_cursor_id;
};

void view_init(struct view *v);
void view_release(struct view *v);
/* Filters and sorts anew (stable: equal rows keep the source's order, whichever way the column is
 * sorted) and finds the cursor's item again. Call after every change of source, query, order or the
 * marks in `only`. 0 or ERR_NOMEM (then the view is as before). */
int view_rebuild(struct view *v, const struct row_ctx *ctx);
/* The id of row I of the source. */
uint64_t view_source_id(const struct view *v, size_t i);
/* The row at position POS among the shown; NULL past the end. */
const void *view_row(const struct view *v, size_t pos);
const void *view_current(const struct view *v); /* NULL when nothing is shown */
/* Moves the cursor to POS, clamped, and remembers the item there. */
void view_move(struct view *v, size_t pos);
/* The next (STEP 1) or previous (-1) shown row whose severity is at least LEVEL, searching on from
 * the cursor and around the end once, the cursor's own row last; false when there is none. */
bool view_seek_severity(struct view *v, int step, int level);
/* How many rows of the source have a severity of at least LEVEL. */
size_t view_count_severity(const struct row_source *source, int level);

/* Sort by this column name, "-name" for descending, "" for the source's own order.
 * 0 or ERR_USAGE naming the nearest column. */
int sort_parse(const char *text, const struct row_type *type, int *column, bool *desc,
               struct err *err);

#endif
