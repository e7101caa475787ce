/*
 * Choose one of a list by typing a part of it: the palette, the sort menu, the filter menu.
 * A disabled item stays in the list and says why. Items are borrowed while the picker is open.
 */
#ifndef WIDGETS_PICKER_H
#define WIDGETS_PICKER_H

#include <stdbool.h>
#include <stddef.h>

#include "widgets/prompt.h"

struct picker_item {
    const char *name;   /* what is typed and shown first */
    const char *detail; /* one line; may be NULL */
    const char *hint;   /* a key; may be NULL */
    const char *reason; /* not NULL: disabled, and why */
};

struct picker {
    struct prompt prompt;
    const struct picker_item *items;
    size_t count;
    size_t *shown; /* owned: indexes of matching items, the best matches first */
    size_t shown_count, cursor, top;
    int page; /* items visible at the last draw */
    const char *title;
    const char *prefix; /* shown before the text, e.g. ":" */
};

enum picker_result { PICKER_OPEN, PICKER_CHOSEN, PICKER_CANCELLED };

/* Items match by a part of the name, letter case and accents aside: names that start with the text,
 * then names that contain it, then details that do. Without one, the list says that nothing
 * matches. */
void picker_init(struct picker *p);
void picker_release(struct picker *p);
/* Opens with an empty text. 0 or ERR_NOMEM. */
int picker_start(struct picker *p, const char *title, const char *prefix,
                 const struct picker_item *items, size_t count);
/* Up/Down, PgUp/PgDn, Tab completes the name, Enter chooses (an item with a reason is not chosen),
 * Esc cancels, text narrows. */
enum picker_result picker_key(struct picker *p, key_code k);
/* The index into items under the cursor, or -1 when nothing matches. */
long picker_choice(const struct picker *p);
/* What was typed. */
const char *picker_text(const struct picker *p);
/* At the top of AREA, framed where there is room, no taller than its items need. The hardware
 * cursor is shown where one types. */
void picker_draw(struct picker *p, struct screen *s, struct rect area);

#endif
