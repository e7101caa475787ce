/*
 * Which key does what: the actions' default keys, then the user's `keys` settings over them.
 *
 * A binding belongs to one pane or to all ("all"); the pane's own wins. A key bound twice in one
 * place, or an unknown pane, key or action, is ERR_SETTINGS with file and line.
 */
#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include <stddef.h>

#include "tui/action.h"
#include "widgets/key.h"

struct config;
struct err;

enum { KEYMAP_MAX = 512, KEYMAP_ALL_PANES = -1 };

struct binding {
    key_code key;
    enum action action; /* ACTION_NONE: the key is switched off */
    int pane;           /* index of the pane, or KEYMAP_ALL_PANES */
};

struct keymap {
    struct binding bindings[KEYMAP_MAX];
    size_t count;
};

/* PANES: the panes' names, in order. CONFIG may be NULL. */
int keymap_build(struct keymap *k, const struct config *config, const char *const *panes,
                 size_t pane_count, struct err *err);
enum action keymap_action(const struct keymap *k, int pane, key_code key);
/* The first key of ACTION in PANE as a label ("Ctrl-R"); "" when it has none. */
const char *keymap_label(const struct keymap *k, int pane, enum action action,
                         char out[KEY_NAME_MAX]);
/* All of them, blank-separated, at most SIZE bytes. */
const char *keymap_labels(const struct keymap *k, int pane, enum action action, char *out,
                          size_t size);

#endif
