/*
 * One call from its place in the queue to its reply. Private to api_client/.
 *
 * waiting -> flying -> finished -> told, with sleeping (until the next attempt) between two
 * attempts, and waiting again for the next page or after a 401. api.c moves the queue; what happens
 * to one call is here.
 */
#ifndef API_CLIENT_CALL_H
#define API_CLIENT_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api_client/api.h"
#include "api_client/codec.h"
#include "api_client/http.h"
#include "api_client/retry.h"
#include "api_client/token.h"
#include "api_client/trail.h"
#include "base/arena.h"

enum {
    CALL_PAGES_MAX = 1000,
    CALL_KEPT_MAX = 16 * 1024 * 1024,
    CALL_SLICE = 16 * 1024, /* decoded at once, between two looks at the clock */
    CALL_URL_MAX = 16 * 1024,
    CALL_HOST_MAX = 4, /* in flight to one host */
};

/* One resource: how it is asked for and read. */
struct call_kind {
    const struct codec *codec;
    const char *what; /* "License servers could not be read" */
    size_t base;      /* offset of its base in struct api_urls */
    const char *path;
    const char *hole; /* "{fqdn}": where in the URL the thing asked for stands; NULL: nowhere */
    bool empty_ok;    /* 204 is an empty list (published.md §2.3) */
    void (*reset)(void *into, int term); /* empties INTO for another attempt */
    void (*more)(void *into);            /* paged: there is more than was read; NULL: one page */
};

enum call_state { CALL_WAITING, CALL_FLYING, CALL_SLEEPING, CALL_FINISHED, CALL_TOLD };

struct api_call {
    struct api_call *prev, *next;
    struct api *api;
    const struct call_kind *kind;
    enum call_state state;
    void *into;
    int term;
    api_done_fn *done;
    void *ctx;
    char etag[160]; /* sent */
    struct buf url; /* of the first page */
    char host[128];

    int attempt;   /* from 1 */
    bool reauthed; /* the one 401 of this page is used up */
    int64_t retry_at_ms;
    struct err last;
    unsigned token_generation; /* of the attempt in flight */
    struct transfer transfer;
    uint64_t fed;         /* bytes of this page decoded */
    bool begun;           /* something but blanks has come */
    struct buf complaint; /* the body of an error */

    struct decode decode;
    bool decoding; /* `decode` is initialised */
    struct buf kept;
    bool keep;
    struct buf page; /* continuation token of the page to ask for, "" for the first */
    size_t pages, pages_most;
    uint64_t seen[CALL_PAGES_MAX]; /* hashes of the continuation tokens so far */

    struct err err; /* finished: why it failed, code 0 for success */
    bool not_modified;
    char reply_etag[160];
    int64_t received;
};

struct api {
    struct arena arena; /* the strings of `s` */
    struct api_settings s;
    struct http *http;
    struct token token;
    struct retry retry;
    struct trail trail;
    struct api_call *head, *tail;
    size_t count;
    uint64_t retries;
};

/* What a call asks for. */
struct call_ask {
    const char *query; /* NULL: none */
    const char *key;   /* what stands in the kind's hole, raw */
    int term;
};
/* A call of KIND, put at the queue's end; errors as those of api_get_servers(). */
int call_new(struct api *a, const struct call_kind *kind, const struct api_want *w,
             const struct call_ask *ask, void *into, struct api_call **out, struct err *err);
/* Out of the queue and gone, without a word to its caller. */
void call_free(struct api_call *c);
/* To the end of the queue. */
void call_to_end(struct api_call *c);
/* Sends a waiting call with the token that is held: it flies, or is finished if that failed. */
void call_send(struct api_call *c);
/* Finishes it with ERR, whatever its state. */
void call_fail(struct api_call *c, const struct err *err);
/* Takes it out of the queue, reports and frees it. */
void call_deliver(struct api_call *c);
/* Notes the end of the attempt in flight (ERR: why it failed, or NULL) and drops its transfer. */
void call_end_attempt(struct api_call *c, const struct err *err);
/* Done with what `err` says; waits to be delivered. */
void call_finish(struct api_call *c);

/* receive.c */

/* Does a piece of the work that a flying call has waiting (at most CALL_SLICE bytes, or its end);
 * false when there is none. */
bool call_work(struct api_call *c);
bool call_has_work(const struct api_call *c);

#endif
