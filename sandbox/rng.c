#include "sandbox/rng.h"

#include <inttypes.h>
#include <stdio.h>

uint64_t rng_mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint64_t rotl(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

void rng_init(struct rng *r, uint64_t seed, uint64_t stream)
{
    uint64_t x = rng_mix(seed) ^ rng_mix(~stream);

    for (int i = 0; i < 4; i++)
        r->s[i] = rng_mix(x + (uint64_t)i * 0x9e3779b97f4a7c15u);
}

uint64_t rng_next(struct rng *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
    if (n <= UINT32_MAX)
        return ((rng_next(r) >> 32) * n) >> 32;
    return rng_next(r) % n;
}

bool rng_per_mille(struct rng *r, unsigned n)
{
    return rng_below(r, 1000) < n;
}

double rng_unit(struct rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1.0p-53;
}

const char *rng_guid(struct rng *r, char out[GUID_LEN])
{
    uint64_t a = rng_next(r), b = rng_next(r);

    snprintf(out, GUID_LEN, "%08" PRIx32 "-%04x-4%03x-%04x-%04x%08" PRIx32, (uint32_t)(a >> 32),
             (unsigned)(a >> 16) & 0xffff, (unsigned)a & 0xfff,
             ((unsigned)(b >> 48) & 0x3fff) | 0x8000, (unsigned)(b >> 32) & 0xffff, (uint32_t)b);
    return out;
}
