/*
 * A sparkline in a cell of a table or a card (features.md §8, rule 9).
 */
#ifndef WIDGETS_SPARK_H
#define WIDGETS_SPARK_H

#include "model/chart_text.h"
#include "widgets/screen.h"

/* The last W places of a series (SERIES_TOTAL: of all that are shown), at the left of W cells.
 * RANGE gives several of them the same scale; NULL: its own. Returns the cells it used. */
int spark_draw(struct screen *s, int y, int x, int w, enum role role, const struct series_set *set,
               size_t which, const struct spark_range *range);

#endif
