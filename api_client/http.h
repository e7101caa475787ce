/*
 * Requests over libcurl: the only place that knows it. Private to api_client/.
 *
 * Every rule about what may leave this machine is kept here, whoever asks: https, or http to
 * loopback only; TLS 1.2 or later, host and certificate verified; no redirect followed; no
 * cookies, no netrc, no user names in URLs; and in read-only mode nothing but GET and the token
 * call. libcurl is started at the first request, since loading its TLS library is slow.
 *
 * A transfer receives into a window of at most HTTP_WINDOW bytes. When its user does not keep up,
 * the transfer is paused and the service has to wait.
 */
#ifndef API_CLIENT_HTTP_H
#define API_CLIENT_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api_client/answer.h"
#include "api_client/fault.h"
#include "api_client/url.h"
#include "base/buf.h"
#include "base/err.h"

struct api_fd;
struct http;

enum {
    HTTP_WINDOW = 256 * 1024,
    HTTP_SECRET_MAX = 64 * 1024,       /* a whole answer that holds a secret */
    HTTP_BODY_MAX = 256 * 1024 * 1024, /* a body after decompression; a longer one is refused */
    HTTP_FDS_MAX = 64,
};

/* All borrowed for the http's life; seconds are positive. */
struct http_settings {
    const char *token_url; /* the one URL that may be POSTed to in read-only mode */
    const char *ca_file;   /* NULL: the system's */
    int connect_seconds, stall_seconds, total_seconds;
    bool read_only;
};

struct http_request {
    const char *url;
    const char *const *headers; /* whole lines, without line end; libcurl's copies are wiped */
    size_t header_count;
    const char *body; /* NULL: GET; else POST, borrowed until the transfer is dropped */
    size_t body_len;
    bool secret; /* the answer is wiped, and limited to HTTP_SECRET_MAX */
};

/* One request and its answer. Zeroed: none; its address must not change while it runs. */
struct transfer {
    struct http *http; /* NULL: none */
    struct url_target target;
    struct answer answer;
    struct buf in; /* bytes received; those before `taken` are used up */
    size_t taken;
    uint64_t bytes; /* of the body so far, after decompression */
    int64_t started_ms;
    bool done; /* all has been received (but not necessarily taken), or it failed */
    struct fault fault;
    /* private to http.c */
    bool post, secret, paused, too_big, attached;
    void *easy, *url, *headers;
    char detail[256];
};

int http_new(struct http **out, const struct http_settings *s);
/* Every transfer must have been dropped. NULL is allowed. */
void http_free(struct http *h);

/* 0, or ERR_SETTINGS with why URL may not be used. OUT may be NULL. */
int http_check_url(const char *url, struct url_target *out, struct err *err);

/* Sends R. 0 or ERR_SETTINGS (URL), ERR_READONLY, ERR_NOMEM, ERR_BUG; then nothing was sent and T
 * is as before. */
int transfer_start(struct transfer *t, struct http *h, const struct http_request *r,
                   struct err *err);
/* Ends it whatever its state and forgets it; an empty T is allowed. */
void transfer_drop(struct transfer *t);
/* The bytes that wait to be used. */
size_t transfer_pending(const struct transfer *t, const char **data);
/* N of them are used up; a paused transfer goes on when there is room. */
void transfer_take(struct transfer *t, size_t n);

/* As api_poll(). */
int http_poll(struct http *h, struct api_fd *fds, size_t count, int timeout_ms);
/* Moves data; sets `done` of what is finished. Never blocks. */
void http_perform(struct http *h);
/* Milliseconds until http_perform() has to be called without socket activity; -1: nothing is due.
 * Idle connections need no call. */
int http_timeout_ms(struct http *h);

struct http_counts {
    uint64_t requests; /* sent; refused ones never count */
    uint64_t bytes_in; /* on the wire: heads and compressed bodies of finished transfers */
};
void http_count(const struct http *h, struct http_counts *out);

/* An HTTP date in any of its three forms as UTC seconds; TIME_NONE when it is none. */
int64_t http_date(const char *text);
/* "libcurl 7.88.1, OpenSSL/3.0.15, nghttp2/1.52.0" into OUT. */
const char *http_library(char *out, size_t size);

#endif
