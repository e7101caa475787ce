/*
 * What the files of the screen share: screen.c (opening and frames), terminal.c (terminfo), look.c
 * (roles to colours), draw.c (drawing), input.c (keys). Nobody else includes this.
 *
 * <curses.h> uses the tag `screen` too, for a type that it never completes: here SCREEN and our
 * `struct screen` are one type to the compiler. Only `curses` below is ever ncurses' own.
 */
#ifndef WIDGETS_SCREEN_STATE_H
#define WIDGETS_SCREEN_STATE_H

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "widgets/screen.h"

/* A role on this terminal. The pair may exceed what attributes can carry, so it goes apart. */
struct look {
    attr_t attrs;
    int pair;
};

enum { RESTORE_MAX = 160, PALETTE_NONE = -1 };

struct screen {
    SCREEN *curses;
    WINDOW *keys; /* a pad: reading keys from it never refreshes anything */
    struct theme theme;
    struct look looks[ROLE_COUNT];
    int palette; /* index into style.fg: 0 for 256 colours, 1 for 16, 2 for 8; PALETTE_NONE */
    bool default_colors;
    bool ascii;
    bool utf8_locale;
    bool suspended;
    bool gone;
    bool repaint;
    unsigned char utf8[4]; /* a character of which more is to come */
    size_t utf8_len;
    key_code pending; /* was read too far; 0: none */
    int cursor_y, cursor_x;
    bool cursor_shown;
    struct buf clean; /* scratch of the draw functions */
    wchar_t *wide;    /* scratch, too */
    size_t wide_cap;
    char restore[RESTORE_MAX];
    size_t restore_len;
};

/* terminal.c: says in words what newterm() would only fail at. */
int terminal_check(struct err *err);
/* Fills `restore` (screen_restore_bytes()). */
void terminal_restore_bytes(struct screen *s, bool mouse);
/* look.c: picks the palette (once, after newterm) and fills `looks` from the theme. */
void look_open(struct screen *s, bool no_color);
void look_apply(struct screen *s);
/* input.c */
void input_open(struct screen *s, bool mouse);

#endif
