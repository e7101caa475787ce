/* What luitop adds to the answers by itself: which notifications were read here, when servers
 * reported, and what a user's own limits make of an expiry. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/timeline.h"
#include "session/config.h"
#include "session/state.h"

/* The marks of the store, where there is one: another luitop may have made some. */
static void load_marks(struct session *s)
{
    struct err err = {0};
    uint64_t *ids = NULL;
    size_t count = 0;
    int rc;

    if (s->store == NULL)
        return;
    rc = store_get_read(s->store, s->profile->customer_id, &ids, &count, &err);
    if (rc < 0)
        session_store_failed(s, &err);
    else
        notice_marks_load(&s->read, ids, count);
    free(ids);
}

static void keep_reports(struct slot *slot)
{
    const struct server_list *l = slot->data;
    struct session *s = slot->session;
    struct store_report *reports;
    struct err err = {0};

    if (s->store == NULL || l->unavailable)
        return;
    reports = calloc(l->count + 1, sizeof(*reports));
    if (reports == NULL)
        return;
    for (size_t i = 0; i < l->count; i++)
        reports[i] = (struct store_report){l->rows[i].id, l->rows[i].last_report};
    if (store_put_reports(s->store, s->profile->customer_id, reports, l->count, slot->r.as_of,
                          &err) < 0)
        session_store_failed(s, &err);
    free(reports);
}

/* The service does not say in the rows whose they are; their ids depend on it. */
static void name_customer(struct slot *slot)
{
    const struct customer_list *known = slot->session->slots[RESOURCE_CUSTOMERS].data;
    struct notice_list *l = slot->data;
    const char *id, *name = NULL;

    if (l->count == 0 || l->rows[0].customer_id != NULL)
        return;
    for (size_t i = 0; i < known->count; i++)
        if (strcmp(known->rows[i].id, slot->key) == 0 && known->rows[i].name != NULL)
            name = arena_strdup(&l->arena, known->rows[i].name);
    id = arena_strdup(&l->arena, slot->key);
    for (size_t i = 0; i < l->count; i++) {
        l->rows[i].customer_id = id;
        l->rows[i].customer = name;
    }
    notice_list_finish(l);
}

void slot_took(struct slot *slot, bool answered)
{
    if (slot->r.kind == RESOURCE_CUSTOMER_NOTICES)
        name_customer(slot);
    if (slot->r.kind == RESOURCE_NOTICES || slot->r.kind == RESOURCE_CUSTOMER_NOTICES) {
        load_marks(slot->session);
        notice_list_mark(slot->data, &slot->session->read);
    }
    if (slot->r.kind == RESOURCE_SERVERS) {
        server_list_judge(slot->data, &slot->session->limits);
        if (answered)
            keep_reports(slot);
    }
}

/* Adds all at once, since one after the other would cost O(marks) each. */
static int add_marks(struct notice_marks *m, const uint64_t *ids, size_t count,
                     const struct notice_list *l)
{
    uint64_t *all;
    int rc;

    if (m->count + count > NOTICE_MARKS_MAX)
        notice_marks_prune(m, l);
    all = calloc(m->count + count + 1, sizeof(*all));
    if (all == NULL)
        return ERR_NOMEM;
    if (m->count > 0)
        memcpy(all, m->ids, m->count * sizeof(*all));
    if (count > 0)
        memcpy(all + m->count, ids, count * sizeof(*all));
    rc = notice_marks_load(m, all, m->count + count);
    free(all);
    return rc;
}

static void show_marks(struct slot *slot)
{
    struct notice_list *l = slot->data;

    if (l->count == 0)
        return;
    notice_list_mark(l, &slot->session->read);
    slot->r.version++;
    slot_changed(slot);
}

int session_mark_read(struct session *s, const uint64_t *ids, size_t count, bool read,
                      struct err *err)
{
    int rc = read ? add_marks(&s->read, ids, count, s->slots[RESOURCE_NOTICES].data) : 0;

    for (size_t i = 0; !read && i < count; i++)
        notice_marks_set(&s->read, ids[i], false);
    show_marks(&s->slots[RESOURCE_NOTICES]);
    show_marks(&s->slots[RESOURCE_CUSTOMER_NOTICES]);
    if (rc < 0)
        return err_set(err, (enum err_code)rc, "the notifications could not be marked as read");
    if (s->store == NULL || count == 0)
        return 0;
    return store_put_read(s->store, s->profile->customer_id, ids, count, read, clock_wall(s->clock),
                          err);
}

const struct limits *session_limits(const struct session *s)
{
    return &s->limits;
}

int session_timeline(const struct session *s, const struct server *server, struct timeline *out,
                     struct err *err)
{
    struct report_seen *seen = calloc((size_t)STORE_REPORTS_MAX + 1, sizeof(*seen));
    int64_t as_of = s->slots[RESOURCE_SERVERS].r.as_of;
    size_t count = 0;
    int rc = 0;

    if (seen == NULL)
        return err_set(err, ERR_NOMEM, "the days of reports cannot be shown");
    if (s->store != NULL)
        rc = store_get_reports(s->store, s->profile->customer_id, server->id, seen, &count, err);
    /* Without a store, the list itself still tells of one report. */
    seen[count++] = (struct report_seen){.seen = as_of, .reported = server->last_report};
    if (rc == 0 && timeline_make(out, seen, count, clock_wall(s->clock), NULL) < 0)
        rc = err_set(err, ERR_NOMEM, "the days of reports cannot be shown");
    free(seen);
    return rc;
}
