/*
 * Lines to read: help, details, the message history. Scrolls; wraps at words to the width, and at
 * the line ends in a text. Wrapping costs O(text) when the text or the width changes; a draw else
 * costs O(lines).
 */
#ifndef WIDGETS_TEXTVIEW_H
#define WIDGETS_TEXTVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "widgets/screen.h"
#include "widgets/table.h"

enum { TEXTVIEW_LINES_MAX = 20000, TEXTVIEW_TEXT_MAX = 1 << 16 };

struct textline;

struct textview {
    struct textline *lines; /* owned */
    size_t count, cap;
    size_t top;
    int page;       /* rows visible at the last draw */
    size_t wrapped; /* screen lines at the last draw */
    int width;      /* that they were wrapped to; 0: not yet */
    int label;      /* cells of the label column then */
    bool ascii;     /* and the glyphs */
};

void textview_init(struct textview *t);
void textview_release(struct textview *t);
void textview_clear(struct textview *t); /* keeps the scroll position for the refill */
/* Appends a line. A label stands in its own column before the text (wrapped text hangs under
 * itself); LABEL NULL: none. 0, ERR_TOOBIG past the ceilings (nothing is added then) or ERR_NOMEM.
 */
int textview_add(struct textview *t, enum role role, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int textview_pair(struct textview *t, enum role role, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* True when it scrolled. Left and right do nothing. */
bool textview_move(struct textview *t, enum motion m);
/* The hardware cursor goes to the first visible line. Arrows in the right edge's first and last
 * line say that more is there. */
void textview_draw(struct textview *t, struct screen *s, struct rect r);

#endif
