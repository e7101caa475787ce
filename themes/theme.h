/*
 * Looks as data: style roles, and themes that give each role its colours and attributes.
 *
 * A theme is a *.theme file (libconfig); the ones in this folder are compiled in. A role has up to
 * three colour choices (256, 16 and 8 colours) and attributes for terminals with fewer or none, so
 * that meaning never hangs on colour alone. Code draws with roles, never with colours.
 */
#ifndef THEMES_THEME_H
#define THEMES_THEME_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* role, name in theme files, what it is for */
#define ROLE_LIST(X)                                                                               \
    X(TEXT, "text", "plain text")                                                                  \
    X(MUTED, "muted", "what matters less: ages, units, hints")                                     \
    X(TITLE, "title", "the account in the title line, headings of sections")                       \
    X(TAB, "tab", "a pane's name in the tab line")                                                 \
    X(TAB_ACTIVE, "tab_active", "the pane that is open")                                           \
    X(HEADING, "heading", "column headings")                                                       \
    X(KEY, "key", "a key in a hint")                                                               \
    X(NUMBER, "number", "a number that is the point of its line")                                  \
    X(ACCENT, "accent", "the one accent: sort arrow, active filter, focus mark")                   \
    X(OK, "ok", "good")                                                                            \
    X(INFORMATION, "information", "worth knowing")                                                 \
    X(WARNING, "warning", "needs a look soon")                                                     \
    X(ERROR, "error", "needs a look now")                                                          \
    X(CURSOR, "cursor", "the key cells of the focused row")                                        \
    X(MATCH, "match", "text that a filter found")                                                  \
    X(RULE, "rule", "lines and frames")                                                            \
    X(INPUT, "input", "text being typed")                                                          \
    X(BANNER, "banner", "offline, read-only, demo: a state of the whole program")

enum role {
#define ROLE_ENUM(upper, name, help) ROLE_##upper,
    ROLE_LIST(ROLE_ENUM)
#undef ROLE_ENUM
        ROLE_COUNT
};

enum style_attr {
    STYLE_BOLD = 1 << 0,
    STYLE_DIM = 1 << 1,
    STYLE_UNDERLINE = 1 << 2,
    STYLE_REVERSE = 1 << 3,
};

struct style {
    short fg[3], bg[3];  /* for 256, 16 and 8 colours; -1: the terminal's own */
    unsigned char attrs; /* with colours */
    unsigned char mono;  /* without */
};

struct theme {
    char name[32];
    struct style styles[ROLE_COUNT];
};

/* NAME: a compiled-in theme ("default", "mono"), or a path (contains '/'). ERR_SETTINGS with
 * file:line and the nearest name (or ERR_IO, ERR_NOMEM); *OUT untouched then.
 *
 * A theme file has a group for each role it cares about; a role it leaves out is plain text:
 *
 *     warning: { fg = [136, 3, 3]; bg = [-1, -1, -1]; attrs = ["bold"]; mono = ["bold"]; };
 *
 * Every member may be left out. fg and bg: colours for 256, 16 and 8 colours, -1 the terminal's
 * own. attrs (with colours) and mono (without): bold, dim, underline, reverse. No @include. */
int theme_load(struct theme *out, const char *name, struct err *err);
/* The same from a text; WHERE names it in errors. The theme is called NAME (cut to fit). */
int theme_parse(struct theme *out, const char *name, const char *where, const char *text,
                struct err *err);
size_t theme_count(void);         /* compiled in */
const char *theme_name(size_t i); /* NULL past the end */
/* The text of a compiled-in theme, as a start for one's own; NULL for an unknown name. */
const char *theme_text(const char *name);
const char *role_name(enum role r);

#endif
