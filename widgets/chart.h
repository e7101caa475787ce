/*
 * A chart on the screen, with a cursor that reads it out, a table twin and a sentence twin
 * (features.md §8). model/chart.h decides what is where; this paints it with roles.
 *
 * The widget keeps no data: the caller gives its set with every draw. The cursor stays at its
 * month (or day, or year) when places come or go; until it is moved it is at the last value that
 * counts.
 */
#ifndef WIDGETS_CHART_H
#define WIDGETS_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/chart.h"
#include "widgets/screen.h"
#include "widgets/textview.h"

enum chart_twin { CHART_TWIN_CHART, CHART_TWIN_TABLE, CHART_TWIN_SENTENCE, CHART_TWINS };

struct chart_view {
    struct chart chart;
    struct textview text; /* the sentence twin */
    enum chart_twin twin;
    enum chart_glyphs glyphs;
    enum chart_kind kind;
    bool cut;
    bool placed;    /* the user has moved the cursor */
    int64_t cursor; /* its place: a term, a day, a year */
    size_t top;     /* table twin: the first place shown */
    int page;       /* rows of the table at the last draw */
};

void chart_view_init(struct chart_view *v, enum chart_glyphs glyphs);
void chart_view_release(struct chart_view *v);

/* The index of the place under the cursor; 0 in an empty set. */
size_t chart_view_cursor(const struct chart_view *v, const struct series_set *set);
/* Moves the cursor by STEPS places, as far as there are any. True when it moved. */
bool chart_view_step(struct chart_view *v, const struct series_set *set, long steps);
/* Left/right (also up/down in the table) by one, page by ten or a page, first, last. In the
 * sentence it scrolls. True when something moved. */
bool chart_view_move(struct chart_view *v, const struct series_set *set, enum motion m);
/* Chart, table, sentence, chart. */
void chart_view_next_twin(struct chart_view *v);
/* Braille, blocks, ASCII, braille. */
void chart_view_next_glyphs(struct chart_view *v);
/* Hides or shows the series of the legend with that number (1: A). False when there is none. */
bool chart_view_toggle(struct series_set *set, int number);
/* AS_OF: raw, at the read-out's right end; may be NULL. The hardware cursor goes to the place under
 * the cursor. ASCII glyphs where the screen has only these. */
void chart_view_draw(struct chart_view *v, struct screen *s, struct rect r,
                     const struct series_set *set, const char *as_of);

#endif
