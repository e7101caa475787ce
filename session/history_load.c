/* How the months of the history come: from the store, from the service, from the resources. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "model/term.h"
#include "session/config.h"
#include "session/state.h"

/* While much is recalled, gaps are not marked anew for each month. */
enum { PUBLISH_MS = 100, DAY = 86400 };

static void drop_list(struct usage_list *l)
{
    if (l != NULL)
        usage_list_release(l);
    free(l);
}

void month_drop_fresh(struct month *m)
{
    drop_list(m->fresh);
    m->fresh = NULL;
}

static struct usage_list *new_list(const struct month *m)
{
    struct usage_list *l = calloc(1, sizeof(*l));

    if (l != NULL)
        usage_list_init(l, m->term);
    return l;
}

struct slot *history_slot(struct session *s, int term)
{
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        if (s->slots[k].ops->is_usage && slot_term(&s->slots[k]) == term)
            return &s->slots[k];
    }
    return NULL;
}

/* A snapshot from the future was taken under a clock that was wrong, and says nothing. */
static bool is_settled(const struct month *m)
{
    const char *zone = m->session->profile->billing_timezone;
    int64_t now = clock_wall(m->session->clock), when = m->facts.as_of;

    if (!m->known || when == TIME_NONE || when > now + DAY)
        return false;
    when = when < now ? when : now;
    return term_of(when, zone) > m->term &&
           window_closes(CHANGE_USER, m->term, when, zone) == TIME_NONE;
}

/* ---- answers ---- */

static bool month_add(struct month *m, const struct usage_list *l)
{
    struct err err = {0};

    if (history_add_usage(&m->session->past.history, l, &err) < 0) {
        m->known = m->settled = false;
        month_failed(m, &err);
        return false;
    }
    history_lose(&m->session->past.history, m->term, m->facts.unreadable);
    m->known = true;
    m->session->past.unmarked = true;
    return true;
}

static void month_confirmed(struct month *m)
{
    m->confirmed = true;
    m->failed = m->due = m->force = m->no_ask = m->look = false;
    m->session->past.failures = 0;
    month_drop_fresh(m);
    m->settled = is_settled(m);
}

static void month_answered(struct month *m, const struct api_reply *reply,
                           const struct usage_list *l)
{
    struct session *s = m->session;
    char name[SNAPSHOT_NAME_SIZE];

    m->facts.as_of = reply->received;
    usage_snapshot_name(m->term, name);
    if (reply->not_modified) {
        if (m->stored)
            session_touch(s, name, m->facts.as_of);
        /* What was only recalled so far may wait for its place in the history. */
        if (m->fresh != NULL && !month_add(m, m->fresh))
            return;
    } else {
        m->facts.unreadable = reply->unreadable;
        m->facts.first_unreadable = reply->first_unreadable;
        /* A longer one would never match again. */
        m->facts.etag[0] = '\0';
        if (strlen(reply->etag) < sizeof(m->facts.etag))
            snprintf(m->facts.etag, sizeof(m->facts.etag), "%s", reply->etag);
        if (!month_add(m, l))
            return;
        m->stored = session_save(s, name, &m->facts, reply, l);
    }
    month_confirmed(m);
}

static void on_done(void *ctx, const struct api_reply *reply)
{
    struct month *m = ctx;
    struct usage_list *l = m->incoming;

    m->call = NULL;
    m->incoming = NULL;
    history_changed(m->session);
    if (reply->err == NULL)
        month_answered(m, reply, l);
    else if (reply->err->code != ERR_CANCELLED)
        month_failed(m, reply->err);
    drop_list(l);
}

/* ---- what the resources load ---- */

void history_slot_took(struct slot *slot, bool data)
{
    const struct resource *r = &slot->r;
    struct month *m = slot->ops->is_usage ? month_get(slot->session, slot_term(slot)) : NULL;

    if (m == NULL)
        return;
    if (r->from_snapshot && m->known && m->facts.as_of >= r->as_of)
        return;
    m->facts.as_of = r->as_of;
    m->facts.unreadable = r->unreadable;
    m->facts.first_unreadable = r->first_unreadable;
    memcpy(m->facts.etag, slot->etag, sizeof(m->facts.etag));
    m->stored = slot->stored;
    history_changed(slot->session);
    if ((data || !m->known || m->fresh != NULL) && !month_add(m, slot->data))
        return;
    if (!r->from_snapshot) {
        month_confirmed(m);
        return;
    }
    month_drop_fresh(m);
    m->look = false;
    m->settled = is_settled(m);
    month_decide(m);
}

void history_slot_failed(const struct slot *slot, const struct err *err)
{
    struct month *m = slot->ops->is_usage ? month_find(slot->session, slot_term(slot)) : NULL;

    /* An ordinary refresh of what the history does not need is no failure of it. */
    if (m != NULL && m->wanted && !m->settled)
        month_failed(m, err);
}

void history_yield(struct session *s)
{
    for (int i = 0; i < s->past.count; i++) {
        struct month *m = s->past.months[i];

        if (m == NULL || m->call == NULL || history_slot(s, m->term) == NULL)
            continue;
        api_call_cancel(m->call);
        month_decide(m);
    }
}

/* ---- the store ---- */

static void recall(struct month *m)
{
    struct snapshot snap;
    char name[SNAPSHOT_NAME_SIZE];
    struct usage_list *l = NULL;
    struct err err = {0};

    snapshot_init(&snap);
    if (session_load(m->session, usage_snapshot_name(m->term, name), &snap))
        l = new_list(m);
    if (l != NULL && api_read_usage(snap.body.data, snap.body.len, m->term, l, &err) < 0) {
        session_store_failed(m->session, &err);
        drop_list(l);
    } else if (l != NULL) {
        m->fresh = l;
        m->facts = snap.facts;
        m->known = m->stored = true;
        m->settled = is_settled(m);
    }
    snapshot_release(&snap);
}

static void look(struct month *m)
{
    struct slot *slot = history_slot(m->session, m->term);

    m->look = false;
    /* The resource then knows it too, and asks with what it knows. */
    if (slot != NULL)
        slot_recall(slot);
    else
        recall(m);
    month_decide(m);
    history_changed(m->session);
}

static struct month *next_to_look(const struct session *s)
{
    for (int i = s->past.count - 1; i >= 0; i--) {
        if (s->past.months[i] != NULL && s->past.months[i]->look)
            return s->past.months[i];
    }
    return NULL;
}

/* ---- asking ---- */

static void ask(struct month *m, struct slot *slot)
{
    struct session *s = m->session;
    bool conditional = m->known && !m->force;
    struct api_want want = {.etag = conditional ? m->facts.etag : NULL,
                            .keep_body = s->store != NULL,
                            .done = on_done,
                            .ctx = m};
    struct err err = {0};
    int rc = 0;

    history_changed(s);
    if (slot != NULL) {
        slot_start(slot, m->force);
        /* Until it is done; it may have failed at once. */
        m->due = slot->r.loading;
        return;
    }
    m->due = m->force = false;
    m->incoming = new_list(m);
    if (m->incoming == NULL)
        rc = err_set(&err, ERR_NOMEM, "Usage could not be asked for");
    if (rc == 0)
        rc = api_get_usage(s->api, &want, m->term, m->incoming, &m->call, &err);
    if (rc < 0) {
        drop_list(m->incoming);
        m->incoming = NULL;
        month_failed(m, &err);
    }
}

/* How many more requests may begin. The other resources go first: while one of them waits for a
 * connection, none may. */
static int room(const struct session *s)
{
    int flying = 0;

    for (int k = 0; k < RESOURCE_COUNT; k++) {
        const struct slot *slot = &s->slots[k];

        if (!slot->r.loading)
            continue;
        if (slot->ops->is_usage)
            flying++;
        else if (slot->r.progress.phase == API_QUEUED)
            return 0;
    }
    for (int i = 0; i < s->past.count; i++)
        flying += s->past.months[i] != NULL && s->past.months[i]->call != NULL;
    return HISTORY_CALLS_MAX - flying;
}

static struct month *next_to_ask(struct session *s, struct slot **slot)
{
    if (room(s) <= 0)
        return NULL;
    for (int i = s->past.count - 1; i >= 0; i--) {
        struct month *m = s->past.months[i];

        if (m == NULL || !m->due)
            continue;
        *slot = history_slot(s, m->term);
        if (*slot == NULL || !(*slot)->r.loading)
            return m;
    }
    return NULL;
}

bool history_busy(struct session *s)
{
    struct slot *slot;

    return next_to_look(s) != NULL || next_to_ask(s, &slot) != NULL;
}

/* ---- the history itself ---- */

static void add_fresh(struct session *s)
{
    for (int i = 0; i < s->past.count; i++) {
        struct month *m = s->past.months[i];

        if (m == NULL || m->fresh == NULL)
            continue;
        month_add(m, m->fresh);
        month_drop_fresh(m);
    }
    s->past.published_ms = clock_mono_ms();
}

static void mark(struct session *s)
{
    const struct slot *servers = &s->slots[RESOURCE_SERVERS];
    struct past *p = &s->past;
    struct gap_input in = {.servers = servers->r.known ? servers->data : NULL,
                           .now = clock_wall(s->clock),
                           .zone = s->profile->billing_timezone};

    if (!p->unmarked && p->servers_version == servers->r.version && p->marked_term == s->current)
        return;
    if (history_mark(&p->history, &in) < 0) {
        log_line(s->log, "history: gaps could not be marked, out of memory");
        return;
    }
    p->unmarked = false;
    p->servers_version = servers->r.version;
    p->marked_term = s->current;
    if (p->history.count == 0)
        return;
    p->version++;
    history_changed(s);
}

void history_publish(struct session *s)
{
    add_fresh(s);
    mark(s);
}

void history_step(struct session *s, int64_t until_us)
{
    struct month *m;
    struct slot *slot;

    while ((m = next_to_look(s)) != NULL) {
        look(m);
        if (session_now_us() >= until_us)
            break;
    }
    while ((m = next_to_ask(s, &slot)) != NULL)
        ask(m, slot);
    if (next_to_look(s) == NULL || clock_mono_ms() - s->past.published_ms >= PUBLISH_MS)
        add_fresh(s);
    mark(s);
}
