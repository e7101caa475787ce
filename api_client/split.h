/*
 * Cuts a JSON answer into pieces while it arrives. Private to api_client/.
 *
 * A push parser: it takes bytes in pieces of any size and hands on, as raw JSON text, each element
 * of one list (a top-level member called `list`, or the top-level array itself), each other member
 * of the top-level object, or the whole document where no list is wanted. What it keeps is at most
 * one such piece; a piece that arrived at once is not even copied. It never builds a tree.
 *
 * It checks what lies between the pieces (commas, colons, brackets, names, the end), strings and
 * nesting. What is inside a piece (numbers, words, commas, control characters in strings) is left
 * to the JSON library that reads it, so that one broken element does not cost the others.
 *
 * A list may come once in a document: two lists, or one spelled in two letter cases, could only be
 * joined or guessed, and either gives wrong totals. Names are compared as they are written; a name
 * with escapes is not the list's.
 *
 * Costs about one pass over the bytes (more than 600 MB/s on the machine of design.md's floors).
 */
#ifndef API_CLIENT_SPLIT_H
#define API_CLIENT_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
    SPLIT_DEPTH_MAX = 64,           /* brackets open at once, the outermost included */
    SPLIT_PIECE_MAX = 8 << 20,      /* bytes of one element or member */
    SPLIT_DOCUMENT_MAX = 512 << 20, /* bytes of one document */
    SPLIT_NAME_MAX = 1024,          /* bytes of a member name */
};

enum split_list {
    SPLIT_LIST,      /* the member begins; its elements follow */
    SPLIT_LIST_NULL, /* the member is null */
    SPLIT_LIST_BARE, /* the document is an array; its elements follow */
};

/* What to call with each piece. JSON is borrowed, not NUL-terminated, and free of blanks around it.
 * A function returns 0 or a negative code that ends the splitting; it may tell why in ERR
 * (err_why()). */
struct split_sink {
    const char *list; /* the list's name, any letter case accepted; NULL: give me the whole */
    int (*on_list)(void *ctx, enum split_list kind, struct err *err);
    int (*on_element)(void *ctx, const char *json, size_t len, struct err *err);
    /* NAME is raw, NUL-terminated; escapes in it are not decoded. */
    int (*on_member)(void *ctx, const char *name, const char *json, size_t len, struct err *err);
    /* The document when `list` is NULL, and a document that is neither object nor array. */
    int (*on_whole)(void *ctx, const char *json, size_t len, struct err *err);
    /* Another document begins right after one that is complete; NULL: that is an error. */
    int (*on_next)(void *ctx, struct err *err);
    void *ctx;
};

struct split_limits {
    size_t piece, document; /* 0: the default above */
};

struct split;

/* NULL when memory is out. SINK is copied, `list` is borrowed. */
struct split *split_new(const struct split_sink *sink, const struct split_limits *limits);
void split_free(struct split *s);
/* The next bytes. ERR_DATA (not JSON, or a list twice), ERR_TOOBIG (a limit), ERR_NOMEM or what a
 * function of the sink returned; then every further call gives the same. ERR's `why` says what is
 * wrong and at which byte of the document, from 1; `what` is the caller's to set. */
int split_feed(struct split *s, const char *data, size_t len, struct err *err);
/* The document is complete: ERR_DATA when it is empty or ended in the middle. Afterwards another
 * document may follow. */
int split_end(struct split *s, struct err *err);

#endif
