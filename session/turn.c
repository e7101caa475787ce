/* A session's part in the turn of the loop. */
#include <limits.h>
#include <time.h>

#include "base/clock.h"
#include "session/state.h"

enum { FETCH_STEP_US = 100 * 1000 };

int64_t session_now_us(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void start_due(struct session *s)
{
    int64_t now = 0;

    if (!session_automatic(s))
        return;
    now = clock_mono_ms();
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        struct slot *slot = &s->slots[k];

        if (slot->r.next_ms == 0 || slot->r.next_ms > now)
            continue;
        slot_start(slot, false);
        if (k == RESOURCE_USAGE)
            history_refresh(s, false);
    }
}

bool session_step(struct session *s, int budget_us, unsigned *changed)
{
    int64_t until = session_now_us() + budget_us;

    session_check_month(s);
    start_due(s);
    api_step(s->api, budget_us);
    for (int k = 0; k < RESOURCE_COUNT; k++)
        slot_publish_progress(&s->slots[k]);
    history_step(s, until);
    if (changed != NULL)
        *changed = s->changed;
    s->changed = 0;
    return api_timeout_ms(s->api) == 0 || history_busy(s);
}

static int sooner(int ms, int64_t left)
{
    if (left < 0)
        left = 0;
    if (left > INT_MAX)
        left = INT_MAX;
    return ms < 0 || left < ms ? (int)left : ms;
}

int session_timeout_ms(struct session *s)
{
    int ms = api_timeout_ms(s->api);
    int64_t now, month = s->current_ends - clock_wall(s->clock);

    /* What changed since the last step is to be told. */
    if (s->changed != 0 || history_busy(s))
        return 0;
    now = clock_mono_ms();
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        if (s->slots[k].r.next_ms != 0)
            ms = sooner(ms, s->slots[k].r.next_ms - now);
    }
    return sooner(ms, month < INT_MAX / 1000 ? month * 1000 : INT_MAX);
}

int session_poll(struct session *s, struct api_fd *fds, size_t count, int timeout_ms)
{
    return api_poll(s->api, fds, count, timeout_ms);
}

static bool any_loading(const struct session *s, unsigned mask)
{
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        if ((mask & RESOURCE_BIT(k)) != 0 && s->slots[k].r.loading)
            return true;
    }
    return false;
}

/* Whether R serves the command line: 0, or why not. */
static int verdict(const struct session *s, const struct resource *r, struct err *err)
{
    if (r->failed && !s->offline) {
        if (err != NULL)
            *err = r->err;
        return r->err.code;
    }
    if (r->known || r->absent)
        return 0;
    err_set(err, ERR_UNREACHABLE, "%s: nothing is known", resource_title(r->kind));
    if (s->offline) {
        err_why(err, "luitop is offline and remembers nothing of it");
        err_next(err, "Run it once without --offline");
    }
    return ERR_UNREACHABLE;
}

int session_fetch(struct session *s, unsigned mask, struct err *err)
{
    int rc = 0;

    if (s->offline)
        session_recall(s);
    session_refresh(s, mask, false);
    while (any_loading(s, mask)) {
        bool more = session_step(s, FETCH_STEP_US, NULL);

        if (any_loading(s, mask) && session_poll(s, NULL, 0, more ? 0 : session_timeout_ms(s)) < 0)
            return err_set(err, ERR_IO, "luitop cannot wait for the service");
    }
    for (int k = 0; rc == 0 && k < RESOURCE_COUNT; k++) {
        if ((mask & RESOURCE_BIT(k)) != 0)
            rc = verdict(s, &s->slots[k].r, err);
    }
    return rc;
}
