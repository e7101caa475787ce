/*
 * One line of text being typed: the filter, the command line. Emacs-style editing keys, history.
 * The text is UTF-8 as typed; a character and the combining marks on it move and go as one.
 */
#ifndef WIDGETS_PROMPT_H
#define WIDGETS_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "widgets/screen.h"

enum { PROMPT_MAX = 1000, PROMPT_HISTORY_MAX = 50 };

enum prompt_result {
    PROMPT_IGNORED, /* not a key of the prompt's */
    PROMPT_MOVED,   /* the text is as before */
    PROMPT_CHANGED,
    PROMPT_ACCEPTED,
    PROMPT_CANCELLED
};

struct prompt {
    struct buf text;
    size_t cursor;                     /* byte, always at a character's start */
    char *history[PROMPT_HISTORY_MAX]; /* owned, oldest first */
    size_t history_count, history_at;  /* history_at == history_count: the line being typed */
    struct buf draft;                  /* that line, while the history is shown */
};

void prompt_init(struct prompt *p);
void prompt_release(struct prompt *p);
/* Cursor at the end; history kept. A text over PROMPT_MAX bytes is cut at a character. */
void prompt_start(struct prompt *p, const char *text);
/* Left/Right, Home/End, Ctrl-A/E/B/F, Backspace/Delete, Ctrl-U (all), Ctrl-W (word), Ctrl-K (to the
 * end), Up/Down and Ctrl-P/N (history), Enter, Esc and Ctrl-C (cancel); text keys insert.
 * Backspace on an empty line cancels. */
enum prompt_result prompt_key(struct prompt *p, key_code k);
/* Adds the text to the history as its newest line, once; the oldest goes when it is full. */
void prompt_remember(struct prompt *p);
/* LABEL, then the text, scrolled so that the cursor shows; the hardware cursor is shown in it. From
 * the byte FAULT (>= 0) on, the text is in ROLE_ERROR. */
void prompt_draw(struct prompt *p, struct screen *s, int y, int x, int w, const char *label,
                 long fault);

#endif
