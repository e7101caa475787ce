/* The last finished attempts, a ring. Private to api_client/. */
#ifndef API_CLIENT_TRAIL_H
#define API_CLIENT_TRAIL_H

#include <stddef.h>
#include <stdint.h>

#include "api_client/api.h"

struct err;
struct log;
struct transfer;

struct trail {
    struct api_trail rows[API_TRAIL_MAX];
    uint64_t total;
};

/* Notes the end of T's attempt number ATTEMPT at the wall clock's WHEN, and writes the same to LOG
 * (may be NULL). ERR: why it failed, or NULL. Neither holds a query, a header or a body. */
void trail_add(struct trail *t, const struct transfer *x, int attempt, int64_t when,
               const struct err *err, struct log *log);
size_t trail_count(const struct trail *t);
const struct api_trail *trail_at(const struct trail *t,
                                 size_t i); /* 0: oldest; NULL past the end */

#endif
