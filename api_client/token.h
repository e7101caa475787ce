/*
 * The bearer token of one account: asked for once, shared by every call, renewed in time
 * (published.md §1). Private to api_client/.
 *
 * The secret, the token and the bodies that carry them live in buffers of their full size from the
 * start, and are overwritten when they are replaced or freed. libcurl's and jansson's own copies
 * are beyond reach and are only freed.
 */
#ifndef API_CLIENT_TOKEN_H
#define API_CLIENT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api_client/http.h"
#include "base/buf.h"
#include "base/err.h"

struct retry;
struct words;

enum {
    TOKEN_MAX = 32 * 1024,   /* bytes of a token */
    TOKEN_SECRET_MAX = 4096, /* bytes of a client secret */
    TOKEN_MARGIN_S = 60,     /* renewed so long before its end */
    TOKEN_DEFAULT_S = 3600,  /* life of a token that does not say */
};

enum token_state {
    TOKEN_NONE,     /* nobody asked yet, it was dropped, or the last try failed for good */
    TOKEN_ASKED,    /* on its way */
    TOKEN_SLEEPING, /* waits for its next attempt */
    TOKEN_HELD,
};

struct token {
    enum token_state state;
    const char *url, *client_id; /* borrowed */
    struct buf secret;
    bool form; /* the kind of published.md §1.2, else §1.3 */
    struct buf value;
    unsigned generation; /* counts the tokens held, so that a 401 drops only the one it is about */
    int64_t renew_ms, ends_ms, retry_at_ms; /* monotonic */
    int attempt;
    struct err last; /* why the attempt before failed; code 0 at the first */
    struct transfer transfer;
    struct buf request;
};

/* URL: the form kind when it contains "cctrustoauth2". Copies the secret. 0, ERR_NOMEM, ERR_TOOBIG.
 * After a failure token_release() may be called and is not needed. */
int token_init(struct token *t, const char *url, const char *client_id, const char *secret,
               size_t secret_len);
void token_release(struct token *t);

/* Whether the token may be used at NOW_MS, which is so until it should be renewed. */
bool token_ready(const struct token *t, int64_t now_ms);
/* Asks for a token unless one is on its way or the next attempt is not due yet. The state is then
 * TOKEN_ASKED or TOKEN_SLEEPING. 0, or why it could not be sent (state TOKEN_NONE). */
int token_ask(struct token *t, struct http *h, int64_t now_ms, struct err *err);
/* Reads the answer of a transfer that is done (the transfer is kept for the trail until
 * token_settled()). 0: the token is held. Else ERR tells why it failed; the state is
 * TOKEN_SLEEPING when it will be tried again by itself, and TOKEN_NONE when it will not.
 * WALL: UTC seconds, for an HTTP date. */
int token_settle(struct token *t, struct retry *r, int64_t now_ms, int64_t wall, struct err *err);
/* Frees and wipes the transfer. */
void token_settled(struct token *t);
/* A 401 came for the token of GENERATION: forget it, unless it was replaced already. */
void token_refused(struct token *t, unsigned generation);

/* The pure parts. */

/* The body of the token call. 0, ERR_NOMEM, ERR_TOOBIG. */
int token_request(struct buf *out, bool form, const char *client_id, const char *secret,
                  size_t secret_len);
/* Reads an answer of either kind in any letter case, blanks around it allowed. *SECONDS: how long
 * the token lives from now, 1 or more; NOW: UTC seconds, for an `expiresAt` that is an instant.
 * ERR_DATA when it is not such an answer or its token holds anything but printable ASCII; ERR_AUTH
 * when it names an error instead. */
int token_parse(const char *body, size_t len, int64_t now, struct buf *value, int64_t *seconds);
/* Appends S with all but letters, digits and -._~ as %XX. */
int percent_encode(struct buf *out, const char *s, size_t len);

#endif
