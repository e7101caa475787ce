/*
 * The terminal: opening, drawing, keys. The only thing that owns ncurses' state.
 *
 * Drawing is immediate: each dirty turn of the loop calls screen_begin(), draws everything, and
 * screen_end(), which lets ncurses send only what changed: an unchanged frame sends no byte.
 * All text given to a draw function may be raw from outside: it is made harmless here
 * (base/utf8.h), cut at the given width with a visible mark ("…" or "~"), and never wraps.
 * Coordinates are cells; drawing outside the screen or into no width does nothing.
 */
#ifndef WIDGETS_SCREEN_H
#define WIDGETS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "themes/theme.h"
#include "widgets/key.h"

struct buf;
struct err;
struct screen;

struct rect {
    int y, x, h, w;
};

/* name, UTF-8, ASCII twin of the same width where tables depend on it */
#define GLYPH_LIST(X)                                                                              \
    X(OK, "✓", "+")                                                                                \
    X(INFORMATION, "i", "i")                                                                       \
    X(WARNING, "~", "~")                                                                           \
    X(ERROR, "✗", "x")                                                                             \
    X(FOCUS, "▸", ">")                                                                             \
    X(MARK, "*", "*")                                                                              \
    X(ELLIPSIS, "…", "~")                                                                          \
    X(UP, "▲", "^")                                                                                \
    X(DOWN, "▼", "v")                                                                              \
    X(RULE, "─", "-")                                                                              \
    X(RULE_DOWN, "│", "|")                                                                         \
    X(CORNER_TL, "┌", "+")                                                                         \
    X(CORNER_TR, "┐", "+")                                                                         \
    X(CORNER_BL, "└", "+")                                                                         \
    X(CORNER_BR, "┘", "+")                                                                         \
    X(BAR_FULL, "█", "#")                                                                          \
    X(BAR_EMPTY, "░", ".")                                                                         \
    X(BULLET, "·", ".")                                                                            \
    X(ARROW, "→", ">")                                                                             \
    X(ARROW_LEFT, "←", "<")

enum glyph {
#define GLYPH_ENUM(upper, utf8, ascii) GLYPH_##upper,
    GLYPH_LIST(GLYPH_ENUM)
#undef GLYPH_ENUM
        GLYPH_COUNT
};

enum glyph_mode { GLYPHS_AUTO, GLYPHS_UNICODE, GLYPHS_ASCII };

struct screen_options {
    const struct theme *theme; /* copied */
    enum glyph_mode glyphs;    /* UNICODE counts only where the locale's codeset is UTF-8 */
    bool no_color; /* no colour code is ever sent; NO_COLOR in the environment as well */
    bool mouse;    /* the wheel gives K_UP and K_DOWN */
};

/* Takes over the terminal: alternate screen, raw keys, escape delay 25 ms. ERR_UNREACHABLE with one
 * sentence when TERM is unset, unknown or cannot move a cursor, or stdin or stdout is no terminal.
 * Install signal handlers first: ncurses takes over SIGWINCH (also an ignored one), SIGTSTP, SIGINT
 * and SIGTERM where nobody has. Call setlocale(LC_CTYPE, "") before; where the locale is not UTF-8,
 * all text is shown as ASCII. One screen at a time.
 */
int screen_open(struct screen **out, const struct screen_options *o, struct err *err);
void screen_close(struct screen *s); /* gives the terminal back as it was; NULL is allowed */
/* Gives the terminal back for a while (Ctrl-Z) and takes it again, repainting everything. */
void screen_suspend(struct screen *s);
void screen_resume(struct screen *s);
/* Reads the terminal's size anew (after SIGWINCH). */
void screen_resized(struct screen *s);
/* After SIGCONT: whoever stopped the program may have set the terminal's modes and size and drawn
 * on it (SIGSTOP gives no chance to suspend first). Does nothing while suspended. */
void screen_reclaim(struct screen *s);
void screen_repaint(struct screen *s); /* the next screen_end() sends everything (Ctrl-L) */
void screen_set_theme(struct screen *s, const struct theme *t);
void screen_set_glyphs(struct screen *s, enum glyph_mode m);
int screen_rows(const struct screen *s);
int screen_cols(const struct screen *s);
bool screen_ascii(const struct screen *s);
/* The bytes that put the terminal back in order, for a crash handler: leaves the alternate screen,
 * shows the cursor, resets attributes. At most SIZE bytes; returns the count. */
size_t screen_restore_bytes(const struct screen *s, char *out, size_t size);

/* The next key that is already there; false when none is. It waits only after an Esc, 25 ms at
 * most: Esc alone is K_ESC, Esc and a key within the delay is that key with KEY_ALT_BIT. Sequences
 * that mean nothing here are swallowed whole. Never sends anything to the terminal. */
bool screen_key(struct screen *s, key_code *out);
/* True once the terminal has hung up (noticed by screen_key()): its descriptor stays readable for
 * ever, so a loop that polls it must end. */
bool screen_gone(const struct screen *s);

void screen_begin(struct screen *s);
/* Sends what changed, puts the hardware cursor where draw_cursor() last said. */
void screen_end(struct screen *s);

/* Each returns the cells it used, at most W. */
int draw_text(struct screen *s, int y, int x, int w, enum role role, const char *text);
int draw_textn(struct screen *s, int y, int x, int w, enum role role, const char *text, size_t n);
int draw_right(struct screen *s, int y, int x, int w, enum role role, const char *text);
int draw_format(struct screen *s, int y, int x, int w, enum role role, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
int draw_glyph(struct screen *s, int y, int x, enum role role, enum glyph g);
void draw_fill(struct screen *s, struct rect r, enum role role); /* blanks */
void draw_rule(struct screen *s, int y, int x, int w);
/* A frame with a title in its upper edge; returns the inside. Clears what lies below. */
struct rect draw_frame(struct screen *s, struct rect r, const char *title);
/* A bar of W cells, PART of WHOLE filled; nothing when WHOLE <= 0. */
void draw_bar(struct screen *s, int y, int x, int w, enum role role, long long part,
              long long whole);
/* Where the hardware cursor goes: on the focused row or field, always (screen readers follow it).
 * SHOWN: visible (text is being typed). */
void draw_cursor(struct screen *s, int y, int x, bool shown);
const char *glyph_text(const struct screen *s, enum glyph g);
/* Appends raw TEXT as the draw functions show it: made harmless and, in ASCII mode, made ASCII. To
 * measure or wrap it (base/utf8.h); drawing it again changes nothing. 0, ERR_TOOBIG or ERR_NOMEM.
 */
int screen_text(const struct screen *s, struct buf *out, const char *text, size_t n);
/* Cells that raw TEXT takes once it is made harmless. */
int text_cells(const struct screen *s, const char *text);

#endif
