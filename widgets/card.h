/*
 * Cards: a heading and a few numbers each, without a box, side by side as far as the width goes.
 *
 *     Premium                       Standard, apps
 *     users   3 102                 users   1 204
 *     paid    2 950                 paid    1 011
 *     free      152   4.9 %         free      193   16 %
 *     +4.1 % on Sep  ▂▃▃▄▄▅▅▆▆▇▇█   -0.4 % on Sep  ▆▆▇▇▆▆▆▅▆▆▆▆
 *
 * All texts may be raw. Labels align left, numbers right, in every card at the same cells, so that
 * cards compare. The widget knows no units: the caller writes its numbers.
 */
#ifndef WIDGETS_CARD_H
#define WIDGETS_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "model/chart_text.h"
#include "widgets/screen.h"

enum { CARD_LINES_MAX = 12 };

struct card_line {
    const char *label; /* "paid" */
    const char *value; /* "2 950"; never cut: where it has no room an ellipsis stands for it */
    const char *note;  /* behind it: "4.9 %"; NULL for none */
    enum role role;    /* of the value */
};

struct card {
    const char *title;
    enum role role; /* of the title */
    struct card_line lines[CARD_LINES_MAX];
    size_t line_count;
    /* The last line of the card. */
    const char *change;             /* "+4.1 % on Sep"; NULL for none */
    const struct series_set *trend; /* a sparkline of `which`; NULL for none */
    size_t which;
};

/* Where cards are: all the same size. */
struct card_flow {
    int columns, rows; /* of cards */
    int w, h;          /* of one card, without the gap to the next */
    int label, value;  /* cells of the labels and of the numbers */
    int change, spark; /* and of the two parts of the last line */
    int height;        /* of all, with a blank line between rows of cards */
};

/* As many cards side by side as fit into W cells with the widest of them whole, at least one.
 * SPARK: cells of the sparklines (12 for a year). Costs O(cards). */
void card_flow_fit(struct card_flow *f, const struct screen *s, const struct card *cards,
                   size_t count, int w, int spark);
/* The place of card I within AREA, which may end beyond it. */
struct rect card_place(const struct card_flow *f, struct rect area, size_t i);
/* The next card in that direction, I itself at the edge: left, right by one, up, down by a row. */
size_t card_step(const struct card_flow *f, size_t count, size_t i, int down, int right);
/* Draws the cards from row TOP of the cards on; card FOCUS (SIZE_MAX: none) is marked at its title
 * and carries the hardware cursor. Rows that do not fit whole are drawn as far as they fit. */
void cards_draw(struct screen *s, struct rect area, const struct card_flow *f,
                const struct card *cards, size_t count, size_t top, size_t focus);

#endif
