/*
 * A set of series in words and plain text: the chart on stdout, its table twin, its sentence twin,
 * the read-out of one place, a sparkline (features.md §8, rules 8, 9, 12; M44).
 *
 * Everything appends to a buf and returns 0 or what the buf did (ERR_TOOBIG, ERR_NOMEM). Names come
 * out as they are in the set, raw, except in chart_text() and chart_table(), whose text is
 * harmless.
 */
#ifndef MODEL_CHART_TEXT_H
#define MODEL_CHART_TEXT_H

#include "model/chart.h"

/* The lines of the chart, each with a '\n' and no blanks at its end; as many lines as O says. */
int chart_text(const struct series_set *set, const struct chart_options *o, struct buf *out);

/* A heading and a line for each place: the place, every series (all of them, as they were added),
 * the total of a stacked set, the change and in words what the point is if it is not whole.
 * "?" stands for a missing value. What is expected stands in columns of its own, never among the
 * facts. Line I + 1 is place I; the remarks come last, a line each. COLS: in so many
 * cells, from which whole columns are left out (the heading ends with an ellipsis then), never a
 * part of a number; 0: all. */
int chart_table(const struct series_set *set, enum chart_glyphs glyphs, size_t cols,
                struct buf *out);

/* "Premium rose from 4 102 in May to 4 812 in Oct, +17 %; Aug missing", a line for each series in
 * the order of the legend, the total of a stacked set first. Hidden ones are left out. Years are
 * said when the set has more than one. The remarks come last. Every line ends with '\n'. */
int chart_sentence(const struct series_set *set, struct buf *out);

/* "Oct 2026: 3 640 users, 3 480 paid, 160 free, +146 (+4.2 %) on Sep". The change is to the last
 * place before with a value, which is named. Where something is expected: "Dec 2026: forecast 462
 * (440 to 484) users", and of a month that runs ", month end at most 601". BRIEF: "Oct 2026: 3 640,
 * +146 (+4.2 %)", and of several series "Oct 2026: A 3 640, B 1 204". */
int chart_read_out(const struct series_set *set, size_t i, bool brief, struct buf *out);

/* "4 812 (+3.0 %)", BRIEF: "4 812": the last value that counts; ">= " before an incomplete one;
 * " in Sep" behind one that has missing places after it; "1 204 so far" where nothing else is
 * there, "no data" (BRIEF: "?") where nothing is. */
int chart_headline(const struct series_set *set, size_t which, bool brief, struct buf *out);

/* The set's name and unit: "Premium, users per month"; "by year" where a year is its largest month.
 */
int chart_title(const struct series_set *set, struct buf *out);

/* The scale of sparklines; adding several series makes theirs the same. */
struct spark_range {
    int64_t low, high;
    bool any; /* false: nothing to draw yet */
};

void spark_range_add(struct spark_range *r, const struct series_set *set, size_t which,
                     size_t width);
/* The last WIDTH places, forecasts aside, a cell each: "▁▂▃▄▅▆▇█" or "_.-=^", lowest to highest of
 * RANGE (NULL: the series' own); a missing one is a space, one
 * that is not over ":". Returns the cells. */
size_t spark_text(const struct series_set *set, size_t which, size_t width,
                  enum chart_glyphs glyphs, const struct spark_range *range, struct buf *out);

#endif
