/*
 * What the sandbox was asked: the last REQLOG_MAX requests, oldest first, for GET /sandbox/log.
 * Older ones are dropped; `total` goes on counting. Adding costs one allocation.
 */
#ifndef SANDBOX_REQLOG_H
#define SANDBOX_REQLOG_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REQLOG_MAX = 10000, REQLOG_TEXT_MAX = 2000 };

struct logged {
    const char *method;
    const char *target;          /* path and query as sent */
    const char *idempotency_key; /* may be NULL */
    const char *fault;           /* may be NULL; a word of fault.h, not copied */
    int status;                  /* 0: nothing was answered (reset, stall) */
    uint64_t bytes;              /* of the body that is sent */
    bool etag_match;             /* answered 304 */
    bool authorized;             /* carried a token that is valid */
};

struct reqlog {
    struct logged *ring; /* REQLOG_MAX of them, allocated with the first */
    uint64_t total;
    size_t head, n; /* head: the oldest */
};

void reqlog_init(struct reqlog *l);
void reqlog_release(struct reqlog *l);
/* Copies the texts, cut at REQLOG_TEXT_MAX. Lack of memory drops the entry, not the count. */
void reqlog_add(struct reqlog *l, const struct logged *e);
void reqlog_clear(struct reqlog *l); /* numbering starts at 1 again */
/* {"total","requests":[{n, method, path, status, …}]}; a new reference or NULL. */
json_t *reqlog_to_json(const struct reqlog *l);

#endif
