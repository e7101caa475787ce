/*
 * One HTTP request, apart from the HTTP library, so that tests can ask without a socket.
 *
 * Path segments and query values are decoded after splitting, so an encoded '/' stays inside its
 * segment. Everything decoded lives in the request and is valid UTF-8 without NUL.
 */
#ifndef SANDBOX_REQUEST_H
#define SANDBOX_REQUEST_H

#include <stddef.h>

#include "base/arena.h"

/* The request headers that the sandbox reads. */
#define HEADER_LIST(X)                                                                             \
    X(AUTHORIZATION, "Authorization")                                                              \
    X(ACCEPT, "Accept")                                                                            \
    X(ACCEPT_ENCODING, "Accept-Encoding")                                                          \
    X(CONTENT_TYPE, "Content-Type")                                                                \
    X(IF_NONE_MATCH, "If-None-Match")                                                              \
    X(CUSTOMER_ID, "Citrix-CustomerId")                                                            \
    X(TRANSACTION_ID, "Citrix-TransactionId")                                                      \
    X(IDEMPOTENCY_KEY, "Idempotency-Key")

enum header {
#define HEADER_ENUM(id, name) HEADER_##id,
    HEADER_LIST(HEADER_ENUM)
#undef HEADER_ENUM
        HEADER_COUNT
};
extern const char *const header_names[HEADER_COUNT];

enum { SEGMENTS_MAX = 16, PAIRS_MAX = 32, ARGS_MAX = 4, TARGET_MAX = 16384 };

struct pair {
    const char *name, *value;
};

struct request {
    const char *method, *target;      /* borrowed; target is path and query as sent */
    const char *header[HEADER_COUNT]; /* borrowed; NULL where absent */
    const char *body;                 /* borrowed; NUL-terminated */
    size_t body_len;
    const char *segment[SEGMENTS_MAX];
    size_t segments;
    struct pair query[PAIRS_MAX];
    size_t pairs;
    const char *arg[ARGS_MAX]; /* what the route's {…} segments stand for, in order */
    struct arena arena;
};

/* Splits TARGET. ERR_DATA for bad escapes, NUL, text that is not UTF-8, or too many parts; R must
 * be released either way. */
int request_init(struct request *r, const char *method, const char *target);
void request_release(struct request *r);
/* The value of query parameter NAME (case-insensitive), or NULL. */
const char *request_query(const struct request *r, const char *name);
/* Splits a form body (name=value&…) as request_init() splits a query. Returns the pairs found, or
 * ERR_DATA. Texts live in A. */
int form_parse(struct arena *a, const char *text, size_t len, struct pair *out, size_t max);

#endif
