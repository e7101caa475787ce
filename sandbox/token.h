/*
 * Bearer tokens: long, made from the seed and a serial number, valid for a while on the monotonic
 * clock. The last TOKENS_MAX of them are remembered; older ones are void.
 */
#ifndef SANDBOX_TOKEN_H
#define SANDBOX_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A token is as long as the real ones, which are JWTs of 1 to 2 KB (published.md §1.2). */
enum { TOKENS_MAX = 4096, TOKEN_LEN = 1280 };

struct tokens {
    int64_t *expires; /* by serial % TOKENS_MAX, in clock_mono_ms(); allocated with the first */
    uint64_t issued;  /* the last serial given, from 1 */
    uint64_t void_to; /* serials up to this one are void */
    uint64_t seed;
    int64_t life_ms;
};

void tokens_init(struct tokens *t, uint64_t seed, int64_t life_seconds);
void tokens_release(struct tokens *t);
/* Writes a new token, valid from NOW_MS on. 0 or ERR_NOMEM. */
int tokens_issue(struct tokens *t, int64_t now_ms, char out[TOKEN_LEN + 1]);
bool tokens_valid(const struct tokens *t, int64_t now_ms, const char *text);
void tokens_expire_all(struct tokens *t);

#endif
