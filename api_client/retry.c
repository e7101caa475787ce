#include "api_client/retry.h"

#include <stddef.h>

#include "api_client/http.h"
#include "base/clock.h"

uint64_t retry_random(struct retry *r)
{
    uint64_t z = r->random += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

bool retry_status(int status)
{
    return status == 408 || status == 429 ||
           (status >= 500 && status <= 599 && status != 501 && status != 505);
}

static int64_t told_seconds(int64_t s)
{
    if (s < 0)
        s = 0;
    return s < RETRY_TOLD_CAP_MS / 1000 ? s * 1000 : RETRY_TOLD_CAP_MS;
}

int64_t retry_after_ms(const char *text, int64_t now)
{
    int64_t s = 0, when;
    const char *p = text;

    while (*p == ' ')
        p++;
    if (*p >= '0' && *p <= '9') {
        for (; *p >= '0' && *p <= '9'; p++)
            s = s < RETRY_TOLD_CAP_MS ? s * 10 + (*p - '0') : s;
        while (*p == ' ')
            p++;
        /* Some services send fractions, which are no reason to come too early. */
        if (*p == '.')
            return told_seconds(s + 1);
        return *p == '\0' ? told_seconds(s) : -1;
    }
    when = http_date(p);
    if (when == TIME_NONE || now == TIME_NONE)
        return -1;
    return told_seconds(when > now ? when - now : 0);
}

/* 0 to MAX, both included. */
static int64_t spread(struct retry *r, int64_t max)
{
    return max <= 0 ? 0 : (int64_t)(retry_random(r) % ((uint64_t)max + 1));
}

int64_t retry_delay_ms(struct retry *r, int attempt, int64_t told_ms)
{
    int64_t top = r->base_ms < RETRY_CAP_MS ? r->base_ms : RETRY_CAP_MS;

    if (told_ms >= 0)
        return (told_ms < RETRY_TOLD_CAP_MS ? told_ms : RETRY_TOLD_CAP_MS) + spread(r, top);
    for (int i = 1; i < attempt && top < RETRY_CAP_MS; i++)
        top = top * 2 < RETRY_CAP_MS ? top * 2 : RETRY_CAP_MS;
    return spread(r, top);
}
