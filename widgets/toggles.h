/*
 * Choose several of a list: each item is on or off.
 *
 * Fill it between toggles_start() and the first key; items keep that order. Texts are copied.
 * What is on counts only once the choice is accepted: cancelling changes nothing at the caller's.
 */
#ifndef WIDGETS_TOGGLES_H
#define WIDGETS_TOGGLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "widgets/chrome.h"
#include "widgets/key.h"
#include "widgets/screen.h"

enum { TOGGLES_MAX = 1000000 };

struct toggle {
    const char *name, *detail; /* owned by the toggles; detail may be NULL */
    enum role role;            /* of the detail */
    bool on;
};

struct toggles {
    struct arena arena;
    struct toggle *items; /* owned */
    size_t count, cap;
    const char *title; /* "Servers that count": const text */
    size_t cursor, top;
    int page; /* items visible at the last draw */
};

enum toggles_result { TOGGLES_OPEN, TOGGLES_ACCEPTED, TOGGLES_CANCELLED };

void toggles_init(struct toggles *t);
void toggles_release(struct toggles *t); /* afterwards as after init */
/* Without items, the cursor on the first. */
void toggles_start(struct toggles *t, const char *title);
/* 0, ERR_NOMEM, ERR_TOOBIG. */
int toggles_add(struct toggles *t, const char *name, const char *detail, enum role role, bool on);
size_t toggles_on(const struct toggles *t);
/* Up/Down (k, j), PgUp/PgDn, Home/End (g, G); Space turns one, a all on, n all off, ~ all round;
 * Enter accepts, Esc, q and Ctrl-C cancel. */
enum toggles_result toggles_key(struct toggles *t, key_code k);
/* At the top of AREA, framed where there is room, no taller than its items need. */
void toggles_draw(struct toggles *t, struct screen *s, struct rect area);
size_t toggles_hints(struct hint *out, size_t max);

#endif
