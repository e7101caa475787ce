#include "sandbox/token.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "sandbox/rng.h"

/* The serial stands in front, so that a token can be checked by making it again. */
static const char lead[] = "eyJhbGciOiJub25lIn0.sandbox";

void tokens_init(struct tokens *t, uint64_t seed, int64_t life_seconds)
{
    *t = (struct tokens){.seed = seed, .life_ms = life_seconds * 1000};
}

void tokens_release(struct tokens *t)
{
    free(t->expires);
    t->expires = NULL;
}

static void spell(const struct tokens *t, uint64_t serial, char out[TOKEN_LEN + 1])
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    struct rng r;
    int n = snprintf(out, TOKEN_LEN + 1, "%s%016" PRIx64 ".", lead, serial);

    rng_init(&r, t->seed, 0x70000000u + serial);
    for (; n < TOKEN_LEN; n++)
        out[n] = set[rng_below(&r, 64)];
    out[TOKEN_LEN] = '\0';
}

int tokens_issue(struct tokens *t, int64_t now_ms, char out[TOKEN_LEN + 1])
{
    if (t->expires == NULL)
        t->expires = calloc(TOKENS_MAX, sizeof(*t->expires));
    if (t->expires == NULL)
        return ERR_NOMEM;
    t->issued++;
    t->expires[t->issued % TOKENS_MAX] = now_ms + t->life_ms;
    spell(t, t->issued, out);
    return 0;
}

bool tokens_valid(const struct tokens *t, int64_t now_ms, const char *text)
{
    char digits[17] = "", want[TOKEN_LEN + 1];
    uint64_t serial;
    char *end;

    if (strlen(text) != TOKEN_LEN || strncmp(text, lead, sizeof(lead) - 1) != 0)
        return false;
    memcpy(digits, text + sizeof(lead) - 1, 16);
    serial = strtoull(digits, &end, 16);
    if (*end != '\0' || serial == 0 || serial <= t->void_to || serial > t->issued ||
        t->issued - serial >= TOKENS_MAX)
        return false;
    spell(t, serial, want);
    return strcmp(want, text) == 0 && now_ms < t->expires[serial % TOKENS_MAX];
}

void tokens_expire_all(struct tokens *t)
{
    t->void_to = t->issued;
}
