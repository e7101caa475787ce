/*
 * From bytes to a model, while they arrive. Private to api_client/.
 *
 * bytes -> splitter (split.h: one array element at a time, depth and size limits) -> jansson on
 * that element -> the codec's functions -> a model list. No DOM of a whole answer is ever built. An
 * element that cannot be read is skipped and counted with its position; the rest stands.
 */
#ifndef API_CLIENT_CODEC_H
#define API_CLIENT_CODEC_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* How one resource is read. All functions return 0 or a negative code: ERR_DATA from `element`
 * skips and counts the element, from the others it fails the answer; ERR_NOMEM and ERR_TOOBIG
 * always fail it. JSON values are borrowed, were read with JSON_ALLOW_NUL, and have no member
 * twice.
 *
 * With `list` NULL the answer is small and comes to `element` whole; then ERR_DATA fails it. */
struct codec {
    const char *what;   /* "license servers", for errors */
    const char *list;   /* the top-level member whose elements are streamed, in any letter case */
    bool list_required; /* no such member at all is an error */
    /* A positive result: so many parts of the element could not be read, the rest stands. */
    int (*element)(void *into, const json_t *element);
    /* The list is null. NULL: an error where the list is required (published.md does not allow it
     * there, and it may not look like an empty list), else ignored. */
    int (*list_null)(void *into);
    int (*member)(void *into, const char *name, const json_t *value); /* any other; NULL: ignored */
    int (*finish)(void *into, struct err *err);                       /* after the last page */
};

struct split;

struct decode {
    const struct codec *codec;
    void *into;
    struct split *split;
    struct buf continuation; /* the page's continuationToken, "" where none; read it before the next
                              * page is fed */
    size_t unreadable, first_unreadable; /* elements (and parts of some); position from 1 */
    size_t elements;                     /* seen so far, readable or not, over all pages */
    bool list_seen;                      /* in this page */
    bool page_begun;
    bool
        back_to_back; /* set by the caller: pages may follow each other without decode_page_end() */
};

/* INTO is initialised and empty. D stays where it is until decode_release(). ERR_NOMEM. */
int decode_init(struct decode *d, const struct codec *codec, void *into);
void decode_release(struct decode *d);
/* The next bytes of a page, in pieces of any size. ERR_DATA with what is wrong and where (byte
 * offset; "<" first: "the answer is a web page, not data"). After a failure every call fails the
 * same way. O(len). */
int decode_feed(struct decode *d, const char *data, size_t len, struct err *err);
/* The page is complete: ERR_DATA when it is empty, ended in the middle or has no list. Another page
 * may follow. */
int decode_page_end(struct decode *d, struct err *err);
/* After the last page (or with none, for an answer without a body). */
int decode_finish(struct decode *d, struct err *err);

extern const struct codec codec_servers;       /* struct server_list */
extern const struct codec codec_usage;         /* struct usage_list */
extern const struct codec codec_netscalers;    /* struct netscaler_list */
extern const struct codec codec_customers;     /* struct customer_list */
extern const struct codec codec_states;        /* struct state_list */
extern const struct codec codec_notices;       /* struct notice_list; paged */
extern const struct codec codec_cloud_ud;      /* struct cloud_ud */
extern const struct codec codec_cloud_ccu;     /* struct cloud_ccu */
extern const struct codec codec_cloud_history; /* struct cloud_history */
extern const struct codec codec_cloud_summary; /* struct cloud_summary */
extern const struct codec codec_server_detail; /* struct server_detail */
extern const struct codec codec_tenant_use;    /* struct tenant_use */
extern const struct codec codec_deployments;   /* struct deployment_server_list; not finished: what
                                                * it derives depends on the time */
extern const struct codec codec_deployment_usage; /* struct pool_list */
extern const struct codec codec_deployment_users; /* struct deployment_user_list; paged */

#endif
