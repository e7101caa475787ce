/* Asking the service, what comes of it, and when it is asked again. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/term.h"
#include "session/state.h"

enum { MINUTE_MS = 60 * 1000, PROGRESS_STEP = 64 * 1024, BACKOFF_STEPS = 11 };

bool session_automatic(const struct session *s)
{
    return s->refresh_minutes > 0 && !s->paused && !s->offline;
}

void slot_publish_next(struct slot *slot)
{
    int64_t next = session_automatic(slot->session) && !slot->r.loading ? slot->due_ms : 0;

    if (next == slot->r.next_ms)
        return;
    slot->r.next_ms = next;
    slot_changed(slot);
}

/* In a full interval, counted from when the call began, so that what was asked for together falls
 * due together. */
static void schedule(struct slot *slot)
{
    int64_t now = clock_mono_ms();

    slot->due_ms = slot->started_ms + (int64_t)slot->session->refresh_minutes * MINUTE_MS;
    if (slot->due_ms <= now)
        slot->due_ms = now + MINUTE_MS;
}

/* What may be over by itself in a minute. */
static bool passing(enum err_code code)
{
    switch (code) {
    case ERR_NOMEM:
    case ERR_IO:
    case ERR_DATA: /* a half answer, or the page of a network that wants a sign-in */
    case ERR_UNREACHABLE:
    case ERR_TLS:
    case ERR_SERVER:
    case ERR_TIMEOUT:
    case ERR_BUSY:
        return true;
    default:
        return false;
    }
}

static void schedule_retry(struct slot *slot)
{
    int step = slot->failures <= BACKOFF_STEPS ? slot->failures - 1 : BACKOFF_STEPS;
    int minutes = 1 << step;

    if (minutes >= slot->session->refresh_minutes)
        schedule(slot);
    else
        slot->due_ms = clock_mono_ms() + (int64_t)minutes * MINUTE_MS;
}

static void on_failure(struct slot *slot, const struct err *err)
{
    struct resource *r = &slot->r;

    if (err->code == ERR_CANCELLED) {
        schedule(slot);
        return;
    }
    history_slot_failed(slot, err);
    if (slot->ops->optional && err->code == ERR_NOTFOUND &&
        (err->status == 404 || err->status == 501)) {
        r->absent = true;
        r->failed = false;
        err_clear(&r->err);
        slot->failures = 0;
        schedule(slot);
        return;
    }
    r->failed = true;
    r->absent = false;
    r->err = *err;
    slot->failures++;
    if (passing(err->code))
        schedule_retry(slot);
    else
        schedule(slot);
}

/* Whatever the service said now, it said so at RECEIVED. */
static void on_answer(struct slot *slot, const struct api_reply *reply)
{
    struct resource *r = &slot->r;

    r->failed = r->absent = r->from_snapshot = false;
    err_clear(&r->err);
    r->as_of = reply->received;
    slot->failures = 0;
    schedule(slot);
    if (reply->not_modified) {
        slot_touch(slot);
        slot_took(slot, true);
        history_slot_took(slot, false);
        return;
    }
    r->known = true;
    r->unreadable = reply->unreadable;
    r->first_unreadable = reply->first_unreadable;
    /* A longer one would never match again. */
    slot->etag[0] = '\0';
    if (strlen(reply->etag) < sizeof(slot->etag))
        snprintf(slot->etag, sizeof(slot->etag), "%s", reply->etag);
    slot_replace(slot, slot->incoming);
    slot->incoming = NULL;
    slot_remember(slot, reply);
    slot_took(slot, true);
    history_slot_took(slot, true);
}

static void on_done(void *ctx, const struct api_reply *reply)
{
    struct slot *slot = ctx;

    slot->call = NULL;
    slot->r.loading = false;
    memset(&slot->r.progress, 0, sizeof(slot->r.progress));
    if (reply->err != NULL)
        on_failure(slot, reply->err);
    else
        on_answer(slot, reply);
    slot_free_data(slot, slot->incoming);
    slot->incoming = NULL;
    slot_changed(slot);
    slot_publish_next(slot);
}

void slot_start(struct slot *slot, bool force)
{
    struct session *s = slot->session;
    struct api_want want = {.keep_body = s->store != NULL, .done = on_done, .ctx = slot};
    struct err err = {0};
    int rc = 0;

    if (slot->r.loading || s->offline || slot->r.off ||
        (slot->ops->by_term && slot_term(slot) < TERM_FIRST) ||
        (slot->ops->keyed && slot->key[0] == '\0'))
        return;
    if (slot->r.known && !force)
        want.etag = slot->etag;
    slot->started_ms = clock_mono_ms();
    slot->incoming = slot_new_data(slot);
    if (slot->incoming == NULL)
        rc = err_set(&err, ERR_NOMEM, "%s could not be asked for", resource_title(slot->r.kind));
    if (rc == 0)
        rc = slot->ops->get(slot, &want, slot->incoming, &slot->call, &err);
    if (rc < 0) {
        slot_free_data(slot, slot->incoming);
        slot->incoming = NULL;
        on_failure(slot, &err);
    } else {
        slot->r.loading = true;
        api_call_progress(slot->call, &slot->r.progress);
    }
    slot_changed(slot);
    slot_publish_next(slot);
}

void slot_publish_progress(struct slot *slot)
{
    struct api_progress now, *told = &slot->r.progress;

    if (!slot->r.loading)
        return;
    api_call_progress(slot->call, &now);
    /* A screen need not be drawn for each packet. */
    if (now.phase == told->phase && now.attempt == told->attempt &&
        now.retry_at_ms == told->retry_at_ms && now.last.code == told->last.code &&
        now.bytes >= told->bytes && now.bytes - told->bytes < PROGRESS_STEP)
        return;
    *told = now;
    slot_changed(slot);
}

void slots_refresh(struct session *s, unsigned mask, bool force)
{
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        if ((mask & RESOURCE_BIT(k)) != 0)
            slot_start(&s->slots[k], force);
    }
}

void session_refresh(struct session *s, unsigned mask, bool force)
{
    slots_refresh(s, mask, force);
    if ((mask & RESOURCE_BIT(RESOURCE_USAGE)) != 0)
        history_refresh(s, force);
}

size_t slots_cancel(struct session *s, unsigned mask)
{
    size_t running = 0;

    for (int k = 0; k < RESOURCE_COUNT; k++) {
        struct slot *slot = &s->slots[k];

        if ((mask & RESOURCE_BIT(k)) == 0 || !slot->r.loading)
            continue;
        running++;
        api_call_cancel(slot->call);
    }
    return running;
}

size_t session_cancel(struct session *s, unsigned mask)
{
    struct month *before = month_find(s, slot_term(&s->slots[RESOURCE_USAGE_BEFORE]));
    size_t running = slots_cancel(s, mask);

    if ((mask & RESOURCE_BIT(RESOURCE_USAGE_BEFORE)) != 0 && before != NULL)
        month_rest(before);
    if ((mask & RESOURCE_BIT(RESOURCE_USAGE)) != 0)
        running += session_cancel_history(s);
    return running;
}

void session_pause(struct session *s, bool paused)
{
    s->paused = paused;
    for (int k = 0; k < RESOURCE_COUNT; k++)
        slot_publish_next(&s->slots[k]);
}
