/*
 * When to try again. Pure; private to api_client/.
 *
 * Tried again: 408, 429, every 5xx but 501 and 505, connections that could not be made or broke,
 * timeouts, and bodies that ended early. Not tried again, since waiting mends nothing: any other
 * 4xx, certificates that are not accepted, and whole answers that are not the JSON expected (a web
 * page, broken JSON).
 */
#ifndef API_CLIENT_RETRY_H
#define API_CLIENT_RETRY_H

#include <stdbool.h>
#include <stdint.h>

enum { RETRY_CAP_MS = 60 * 1000, RETRY_TOLD_CAP_MS = 300 * 1000 };

struct retry {
    int attempts;    /* in all, at least 1 */
    int64_t base_ms; /* the first back-off is 0 to this, doubled each time up to RETRY_CAP_MS */
    uint64_t random; /* state of the generator; any value */
};

/* The next pseudo-random number (splitmix64); not for secrets. */
uint64_t retry_random(struct retry *r);
/* Whether an answer of this status may be asked for again. */
bool retry_status(int status);
/* Milliseconds that Retry-After's TEXT asks for: whole seconds or an HTTP date, which is counted
 * from NOW (UTC seconds; the answer's own Date where it has one). A date gone by is 0.
 * -1 when it says neither. At most RETRY_TOLD_CAP_MS. */
int64_t retry_after_ms(const char *text, int64_t now);
/* How long to wait after attempt number ATTEMPT (from 1) failed. TOLD_MS is the service's wish, -1
 * for none. With a wish: never earlier, and up to base_ms later so that calls told together do not
 * come back together. Without: full jitter, evenly from 0 to base_ms * 2^(ATTEMPT-1). */
int64_t retry_delay_ms(struct retry *r, int attempt, int64_t told_ms);

#endif
