/*
 * Faults on demand.
 *
 * A rule is a rate, a kind, a path prefix and an optional number of hits. Rules are asked in
 * order; the first that fires decides. Each rule draws from its own seeded stream, so the same
 * seed and the same requests give the same faults. On the command line a rule is
 * 'RATE:KIND[:PATHPREFIX]'; POST /sandbox/faults replaces all of them.
 */
#ifndef SANDBOX_FAULT_H
#define SANDBOX_FAULT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/rng.h"

struct err;

/* word, identifier, only for list answers, what it does */
#define FAULT_LIST(X)                                                                              \
    X("429", RATE_LIMIT, false, "too many requests, with Retry-After and retryDelay")              \
    X("503", UNAVAILABLE, false, "service unavailable, with Retry-After and retryDelay")           \
    X("500", INTERNAL, false, "internal error")                                                    \
    X("403", FORBIDDEN, false, "not authorised")                                                   \
    X("reset", RESET, false, "the TCP connection is reset")                                        \
    X("stall", STALL, false, "no answer until the client goes")                                    \
    X("truncate", TRUNCATE, false, "half of the announced body, then the end")                     \
    X("html", HTML, false, "a 200 HTML page")                                                      \
    X("badjson", BADJSON, false, "a 200 body that is not JSON")                                    \
    X("badelement", BADELEMENT, true, "one list element is broken inside, brackets balance")       \
    X("esc", ESC, true, "names with ESC sequences, bidi controls, CJK, emoji")                     \
    X("slowdrip", SLOWDRIP, false, "a few bytes every 100 ms")                                     \
    X("expire-token", EXPIRE_TOKEN, false, "401, and every token issued so far is void")

enum fault_kind {
    FAULT_NONE,
#define FAULT_ENUM(word, id, list, text) FAULT_##id,
    FAULT_LIST(FAULT_ENUM)
#undef FAULT_ENUM
        FAULT_KINDS
};

enum { FAULTS_MAX = 64, FAULT_PREFIX_MAX = 256, FAULT_RETRY_MAX = 3600, LATENCY_MAX_MS = 600000 };

struct fault_rule {
    double rate; /* 0 … 1 */
    enum fault_kind kind;
    char prefix[FAULT_PREFIX_MAX]; /* "" matches every path */
    uint64_t count;                /* stops after so many hits; 0: no limit */
    uint64_t hits;
    int retry_after; /* seconds, for 429 and 503 */
    struct rng rng;
};

struct faults {
    struct fault_rule rules[FAULTS_MAX];
    size_t n;
    int latency_ms;
    uint64_t seed;
};

struct fault_hit {
    enum fault_kind kind;
    int retry_after;
};

void faults_init(struct faults *f, uint64_t seed);
/* Draws anew from SEED; rules, hits and latency stay. */
void faults_reseed(struct faults *f, uint64_t seed);
/* "429"; NULL for FAULT_NONE. */
const char *fault_word(enum fault_kind kind);
const char *fault_help(enum fault_kind kind);
/* The kind called WORD, or FAULT_NONE. */
enum fault_kind fault_from_word(const char *word);

/* Adds the rule of a command-line text. ERR_USAGE with the reason, ERR_TOOBIG past FAULTS_MAX. */
int faults_add_spec(struct faults *f, const char *spec, struct err *err);
/* Replaces rules and latency by {"faults":[{rate, kind, path, count, retryAfter}],"latencyMs"};
 * members but rate and kind are optional. ERR_DATA leaves F as it was. */
int faults_replace(struct faults *f, const json_t *json, struct err *err);
/* What is set now, with the hits so far; a new reference, NULL when memory is out. */
json_t *faults_to_json(const struct faults *f);

/* Decides about one request. TARGET: path and query as sent. LIST: its answer is a list, so that
 * kinds made for lists may fire. */
struct fault_hit faults_pick(struct faults *f, const char *target, bool list);

#endif
