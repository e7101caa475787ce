/*
 * One answer, apart from the HTTP library.
 *
 * A handler sets a status and a JSON value; reply_finish() makes the bytes: serialised, tagged,
 * compressed. Errors have their own makers, one for each family of published.md §2.3.
 */
#ifndef SANDBOX_REPLY_H
#define SANDBOX_REPLY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct request;

enum { REPLY_BODY_MAX = 256 << 20, REPLY_HEADERS_MAX = 12, GZIP_MIN = 256 };

/* How the bytes leave. */
enum delivery { DELIVER, DELIVER_TRUNCATED, DELIVER_SLOWLY, DELIVER_RESET, DELIVER_NEVER };

struct reply_header {
    const char *name;
    char value[160];
};

struct reply {
    int status;
    json_t *json;     /* owned; NULL: no body, or `body` was written by hand */
    json_t *list;     /* borrowed from `json`: the array that the answer is about, or NULL */
    struct buf body;  /* what is sent */
    const char *type; /* Content-Type; NULL: none */
    bool pad;         /* white space around the JSON, as the token service may send */
    bool no_etag;     /* never answered with 304 */
    bool etag_match;  /* became a 304 */
    struct reply_header headers[REPLY_HEADERS_MAX];
    size_t header_count;
    enum delivery delivery;
    int delay_ms;
};

void reply_init(struct reply *rp);
void reply_release(struct reply *rp);
/* Drops what a handler made, but the headers. */
void reply_clear(struct reply *rp);
/* NAME must outlive the reply; an overlong VALUE is cut, one too many is dropped. */
void reply_header(struct reply *rp, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* STATUS with JSON (the reference is taken). NULL JSON, from lack of memory, becomes a 500. */
void reply_json(struct reply *rp, int status, json_t *json);
void reply_empty(struct reply *rp, int status);

/* Family 1: {"type","detail","parameters"}. CODE: "common/notFound". PARAMS: a new reference in any
 * of the shapes that services use (array, map, one object), or NULL for none. */
void reply_error(struct reply *rp, int status, const char *code, const char *detail,
                 json_t *params);
/* 400 of family 1 about one parameter, "common/invalidString" or "common/missing". */
void reply_bad_parameter(struct reply *rp, const char *code, const char *name);
/* Family 2: an error whose description is JSON in a string. */
void reply_licensing_400(struct reply *rp, const char *message);
/* Family 3: OAuth. */
void reply_oauth_error(struct reply *rp, int status, const char *error, const char *description);
/* Family 4: CWS, always 401. */
void reply_cws_401(struct reply *rp, const char *message);
/* Family 5: orchestration, always 500. */
void reply_orchestration_500(struct reply *rp, const char *activity, const char *message);

/* Serialises `json` into `body`. 0 or negative. */
int reply_dump(struct reply *rp);
/* Adds ETag (a 200 to a GET), turns a match of If-None-Match into 304, compresses a body of at
 * least GZIP_MIN bytes when RQ accepts gzip. The tag of the compressed form ends in "-gzip";
 * either form matches. */
void reply_finish(struct reply *rp, const struct request *rq);
/* True when an Accept-Encoding value allows gzip. */
bool accepts_gzip(const char *accept_encoding);

#endif
