/* What luitop has said: the announce line shows the last, the log pane all. */
#ifndef TUI_MESSAGES_H
#define TUI_MESSAGES_H

#include <stddef.h>
#include <stdint.h>

#include "model/column.h"
#include "themes/theme.h"

struct err;

enum { MESSAGES_MAX = 500, MESSAGE_TEXT_MAX = 800 };

struct message {
    uint64_t number; /* from 1 */
    int64_t when;    /* wall clock */
    enum role role;  /* TEXT, OK, INFORMATION, WARNING, ERROR */
    char text[MESSAGE_TEXT_MAX];
};

struct messages {
    struct message *ring; /* owned */
    size_t start, count;
    uint64_t total;
    bool shown; /* the last one is on the announce line */
};

int messages_init(struct messages *m);
void messages_release(struct messages *m);
void messages_add(struct messages *m, int64_t now, enum role role, const char *text);
const struct message *messages_at(const struct messages *m, size_t i); /* 0: the newest */
/* Newest first. */
struct row_source messages_source(const struct messages *m);

extern const struct row_type message_row_type;

#endif
