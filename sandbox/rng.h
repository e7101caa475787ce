/*
 * The seeded random numbers behind the sandbox's data and faults (splitmix64 feeding
 * xoshiro256**, both public algorithms). The same seed and stream give the same numbers on every
 * machine; nothing here is fit for secrets.
 */
#ifndef SANDBOX_RNG_H
#define SANDBOX_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
    uint64_t s[4];
};

enum { GUID_LEN = 37 };

/* STREAM keeps the parts of the data independent: more servers do not change the customers. */
void rng_init(struct rng *r, uint64_t seed, uint64_t stream);
uint64_t rng_next(struct rng *r);
/* 0 … N-1; 0 when N is 0. The bias for a small N is below 2^-32. */
uint64_t rng_below(struct rng *r, uint64_t n);
/* True in N of 1000 cases. */
bool rng_per_mille(struct rng *r, unsigned n);
/* 0 <= x < 1. */
double rng_unit(struct rng *r);
/* A version 4 GUID in lower case; returns OUT. */
const char *rng_guid(struct rng *r, char out[GUID_LEN]);
/* One step of splitmix64: a good 64-bit hash of X. */
uint64_t rng_mix(uint64_t x);

#endif
