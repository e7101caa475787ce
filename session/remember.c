/* Between a session and its store: recalling, remembering, and the term that decides which. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "model/term.h"
#include "session/config.h"
#include "session/state.h"

const char *usage_snapshot_name(int term, char out[SNAPSHOT_NAME_SIZE])
{
    char text[TERM_TEXT];

    snprintf(out, SNAPSHOT_NAME_SIZE, "%s/%s", resource_name(RESOURCE_USAGE),
             term_text(term, text));
    return out;
}

static const char *snapshot_name(const struct slot *slot, char out[SNAPSHOT_NAME_SIZE])
{
    const char *name = resource_name(slot->r.kind);
    char text[TERM_TEXT];

    /* The month before is the same data as that month itself. */
    if (slot->ops->is_usage)
        return usage_snapshot_name(slot_term(slot), out);
    if (slot->ops->by_term)
        snprintf(out, SNAPSHOT_NAME_SIZE, "%s/%s", name, term_text(slot_term(slot), text));
    else if (slot->ops->keyed)
        snprintf(out, SNAPSHOT_NAME_SIZE, "%s/%s", name, slot->key);
    else
        snprintf(out, SNAPSHOT_NAME_SIZE, "%s", name);
    return out;
}

void session_store_failed(struct session *s, const struct err *err)
{
    char sentence[900];

    s->store_err = *err;
    log_line(s->log, "store: %s", err_sentence(err, sentence, sizeof(sentence)));
}

bool session_load(struct session *s, const char *name, struct snapshot *out)
{
    struct err err = {0};
    int rc;

    if (s->store == NULL)
        return false;
    rc = store_get_snapshot(s->store, s->profile->customer_id, name, out, &err);
    if (rc < 0)
        session_store_failed(s, &err);
    return rc == 1;
}

/* USAGE: what the answer was read into, where it was usage; a 204 has no body, but it is worth
 * remembering that there is nothing. */
bool session_save(struct session *s, const char *name, const struct snapshot_facts *facts,
                  const struct api_reply *reply, const struct usage_list *usage)
{
    static const char nothing[] = "{\"skus\":[]}";
    const char *body = reply->body != NULL ? reply->body->data : nothing;
    size_t len = reply->body != NULL ? reply->body->len : sizeof(nothing) - 1;
    bool empty = usage != NULL && usage->count == 0 && reply->unreadable == 0;
    struct err err = {0};

    if (s->store == NULL || (reply->body == NULL && !empty))
        return false;
    if (store_put_snapshot(s->store, s->profile->customer_id, name, facts, body, len, &err) == 0)
        return true;
    session_store_failed(s, &err);
    return false;
}

void session_touch(struct session *s, const char *name, int64_t as_of)
{
    struct err err = {0};

    if (s->store != NULL &&
        store_touch_snapshot(s->store, s->profile->customer_id, name, as_of, &err) < 0)
        session_store_failed(s, &err);
}

static bool read_snapshot(struct slot *slot, const struct snapshot *snap)
{
    void *fresh = slot_new_data(slot);
    struct err err = {0};

    if (fresh == NULL)
        return false;
    if (slot->ops->read(snap->body.data, snap->body.len, slot_term(slot), fresh, &err) < 0) {
        slot_free_data(slot, fresh);
        session_store_failed(slot->session, &err);
        return false;
    }
    slot_replace(slot, fresh);
    return true;
}

void slot_recall(struct slot *slot)
{
    struct snapshot snap;
    char name[SNAPSHOT_NAME_SIZE];

    if (slot->r.known || slot->r.off || (slot->ops->keyed && slot->key[0] == '\0'))
        return;
    snapshot_init(&snap);
    if (session_load(slot->session, snapshot_name(slot, name), &snap) &&
        read_snapshot(slot, &snap)) {
        slot->r.known = true;
        slot->r.from_snapshot = true;
        slot->r.as_of = snap.facts.as_of;
        slot->r.unreadable = snap.facts.unreadable;
        slot->r.first_unreadable = snap.facts.first_unreadable;
        memcpy(slot->etag, snap.facts.etag, sizeof(slot->etag));
        slot->stored = true;
        slot_took(slot, false);
        slot_changed(slot);
        history_slot_took(slot, true);
    }
    snapshot_release(&snap);
}

void slot_remember(struct slot *slot, const struct api_reply *reply)
{
    struct snapshot_facts facts = {.as_of = reply->received,
                                   .unreadable = reply->unreadable,
                                   .first_unreadable = reply->first_unreadable};
    char name[SNAPSHOT_NAME_SIZE];

    memcpy(facts.etag, slot->etag, sizeof(facts.etag));
    slot->stored = session_save(slot->session, snapshot_name(slot, name), &facts, reply,
                                slot->ops->is_usage ? slot->data : NULL);
}

void slot_touch(struct slot *slot)
{
    char name[SNAPSHOT_NAME_SIZE];

    /* What is stored may be older than what was just confirmed. */
    if (slot->stored)
        session_touch(slot->session, snapshot_name(slot, name), slot->r.as_of);
}

void session_recall(struct session *s)
{
    for (int k = 0; k < RESOURCE_COUNT; k++)
        slot_recall(&s->slots[k]);
    history_publish(s);
}

void slot_drop(struct slot *slot)
{
    struct resource *r = &slot->r;

    slot->ops->release(slot->data);
    slot->ops->init(slot->data, slot_term(slot));
    *r = (struct resource){
        .kind = r->kind, .as_of = TIME_NONE, .version = r->version + 1, .off = r->off};
    slot->etag[0] = '\0';
    slot->stored = false;
    slot->failures = 0;
    slot->due_ms = 0;
    slot_changed(slot);
}

int session_look(struct session *s, enum resource_kind kind, const char *key)
{
    struct slot *slot = &s->slots[kind];

    if (key == NULL || key[0] == '\0')
        return ERR_USAGE;
    if (strlen(key) >= sizeof(slot->key))
        return ERR_TOOBIG;
    if (strcmp(slot->key, key) == 0) {
        if (!slot->r.known)
            slot_start(slot, false);
        return 0;
    }
    slots_cancel(s, RESOURCE_BIT(kind));
    snprintf(slot->key, sizeof(slot->key), "%s", key);
    slot_drop(slot);
    slot_recall(slot);
    slot_start(slot, false);
    return 0;
}

const char *session_key(const struct session *s, enum resource_kind kind)
{
    return s->slots[kind].key;
}

void session_show_term(struct session *s, int term, bool ask)
{
    unsigned bits = 0;

    for (int k = 0; k < RESOURCE_COUNT; k++)
        bits |= s->slots[k].ops->by_term ? RESOURCE_BIT(k) : 0;
    slots_cancel(s, bits);
    s->term = term;
    history_yield(s);
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        if ((bits & RESOURCE_BIT(k)) == 0)
            continue;
        slot_drop(&s->slots[k]);
        slot_recall(&s->slots[k]);
    }
    if (ask)
        slots_refresh(s, bits, false);
    history_publish(s);
}

int session_set_term(struct session *s, int term)
{
    if (term < TERM_FIRST || term > s->current)
        return ERR_DATA;
    if (term != s->term)
        session_show_term(s, term, true);
    return 0;
}

void session_check_month(struct session *s)
{
    const char *zone = s->profile->billing_timezone;
    int64_t now = clock_wall(s->clock);
    bool follow = s->term == s->current;
    int was = s->current;

    if (now < s->current_ends)
        return;
    s->current = term_of(now, zone);
    s->current_ends = term_start(s->current + 1, zone);
    /* The same question now means other months. */
    s->slots[RESOURCE_CLOUD_HISTORY].etag[0] = '\0';
    if (follow && s->term != s->current)
        session_show_term(s, s->current, session_automatic(s));
    history_month_begins(s, was);
}
