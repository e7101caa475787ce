/*
 * Keys as numbers and as names.
 *
 * A key_code is a Unicode code point for a printable key, KEY_CTRL('x') for a control key, or one
 * of the special keys below. Names are what settings and help use: "a", "Q", "space", "enter",
 * "esc", "tab", "shift-tab", "ctrl-r", "pgdn", "f5", "alt-x".
 */
#ifndef WIDGETS_KEY_H
#define WIDGETS_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t key_code;

#define KEY_CTRL(c) ((key_code)((c)&0x1f))
#define KEY_ALT_BIT 0x1000000
#define KEY_SPECIAL 0x2000000

/* name in settings and help, as printed in hints */
#define KEY_LIST(X)                                                                                \
    X(UP, "up", "Up")                                                                              \
    X(DOWN, "down", "Down")                                                                        \
    X(LEFT, "left", "Left")                                                                        \
    X(RIGHT, "right", "Right")                                                                     \
    X(PAGE_UP, "pgup", "PgUp")                                                                     \
    X(PAGE_DOWN, "pgdn", "PgDn")                                                                   \
    X(HOME, "home", "Home")                                                                        \
    X(END, "end", "End")                                                                           \
    X(INSERT, "insert", "Ins")                                                                     \
    X(DELETE, "delete", "Del")                                                                     \
    X(BACKSPACE, "backspace", "Backspace")                                                         \
    X(ENTER, "enter", "Enter")                                                                     \
    X(ESC, "esc", "Esc")                                                                           \
    X(TAB, "tab", "Tab")                                                                           \
    X(SHIFT_TAB, "shift-tab", "Shift-Tab")                                                         \
    X(F1, "f1", "F1")                                                                              \
    X(F2, "f2", "F2")                                                                              \
    X(F3, "f3", "F3")                                                                              \
    X(F4, "f4", "F4")                                                                              \
    X(F5, "f5", "F5")                                                                              \
    X(F6, "f6", "F6")                                                                              \
    X(F7, "f7", "F7")                                                                              \
    X(F8, "f8", "F8")                                                                              \
    X(F9, "f9", "F9")

enum {
    KEY_CODE_BASE = KEY_SPECIAL,
#define KEY_ENUM(upper, name, label) K_##upper,
    KEY_LIST(KEY_ENUM)
#undef KEY_ENUM
        K_END_OF_LIST
};

enum { KEY_NAME_MAX = 24 };

/* 0 and *OUT, or ERR_USAGE for a name that is no key. Words count in any letter case, and labels
 * are understood too; a single character is itself. "ctrl-" takes a-z except h i j m (they are
 * Backspace, Tab and Enter) and s q (flow control). "alt-" goes before any other name. */
int key_parse(const char *name, key_code *out);
/* Every key that can be typed has a name; "" for a number that is no key. */
const char *key_code_name(key_code k, char out[KEY_NAME_MAX]); /* "ctrl-r" */
const char *key_label(key_code k, char out[KEY_NAME_MAX]);     /* "Ctrl-R", "Enter" */
/* True for a key that types a character (a printable code point). */
bool key_is_text(key_code k);

#endif
