/* The fixed lines around every pane: title, tabs, hints. */
#ifndef WIDGETS_CHROME_H
#define WIDGETS_CHROME_H

#include <stdbool.h>
#include <stddef.h>

#include "widgets/screen.h"

struct tab {
    char digit;
    const char *name, *brief; /* brief: for narrow screens */
    int count;                /* > 0: shown behind the name */
};

/* One line: "1 Overview  2 Servers …". The active tab is marked without colour too ([2 Servers]).
 * When the long names do not fit, brief ones; when those do not, tabs around the active one with
 * marks. */
void tabs_draw(struct screen *s, int y, const struct tab *tabs, size_t count, size_t active);

struct hint {
    const char *key, *text;
};
/* "Enter open   / filter   ? help", as many as fit, the last one always. */
void hints_draw(struct screen *s, int y, int x, int w, const struct hint *hints, size_t count);

/* Left and right text on one line, over its whole width; the right one gives way first. */
void ends_draw(struct screen *s, int y, enum role left_role, const char *left, enum role right_role,
               const char *right);

#endif
