/* Which terms of the monthly history are wanted, and what is told of them. */
#include <stdlib.h>

#include "base/clock.h"
#include "model/term.h"
#include "session/state.h"

enum { FETCH_STEP_US = 100 * 1000 };

void history_open(struct session *s)
{
    history_init(&s->past.history);
    s->past.marked_term = TERM_NONE;
}

void history_close(struct session *s)
{
    for (int i = 0; i < s->past.count; i++) {
        struct month *m = s->past.months[i];

        if (m == NULL)
            continue;
        month_drop_fresh(m);
        if (m->incoming != NULL)
            usage_list_release(m->incoming);
        free(m->incoming);
        free(m);
    }
    history_release(&s->past.history);
}

struct month *month_find(const struct session *s, int term)
{
    return term >= TERM_FIRST && term - TERM_FIRST < s->past.count
               ? s->past.months[term - TERM_FIRST]
               : NULL;
}

struct month *month_get(struct session *s, int term)
{
    struct month *m = month_find(s, term);

    if (m != NULL || term < TERM_FIRST || term - TERM_FIRST >= HISTORY_MONTHS_MAX)
        return m;
    m = calloc(1, sizeof(*m));
    if (m == NULL)
        return NULL;
    m->session = s;
    m->term = term;
    m->facts.as_of = TIME_NONE;
    s->past.months[term - TERM_FIRST] = m;
    if (s->past.count <= term - TERM_FIRST)
        s->past.count = term - TERM_FIRST + 1;
    return m;
}

void month_decide(struct month *m)
{
    m->due = false;
    if (!m->wanted || m->look || m->call != NULL || m->no_ask || m->failed || m->settled ||
        m->confirmed || m->session->offline)
        return;
    if (m->session->past.stopped)
        m->no_ask = true;
    else
        m->due = true;
}

void month_rest(struct month *m)
{
    if (!m->wanted || !(m->due || m->look || m->call != NULL))
        return;
    m->due = m->force = false;
    m->no_ask = true;
    history_changed(m->session);
}

static struct month *month_want(struct session *s, int term)
{
    struct month *m = month_get(s, term);

    if (m == NULL || m->wanted)
        return m;
    m->wanted = true;
    m->look = !m->known && s->store != NULL;
    month_decide(m);
    history_changed(s);
    return m;
}

/* Cuts a range to the terms there are; it may become empty. */
static void cut(const struct session *s, int *from, int *to)
{
    if (*from < TERM_FIRST)
        *from = TERM_FIRST;
    if (*to > s->current)
        *to = s->current;
    if (*to >= TERM_FIRST + HISTORY_MONTHS_MAX)
        *to = TERM_FIRST + HISTORY_MONTHS_MAX - 1;
}

void session_want_history(struct session *s, int from, int to)
{
    cut(s, &from, &to);
    for (int term = to; term >= from; term--)
        month_want(s, term);
}

void history_month_begins(struct session *s, int was)
{
    for (int term = was + 1; term <= s->current; term++) {
        const struct month *before = month_find(s, term - 1);
        struct month *m;

        if (before == NULL || !before->wanted)
            return;
        m = month_want(s, term);
        /* As with the resources: who paused, or never refreshes, is asked nothing new. */
        if (m != NULL && !session_automatic(s))
            month_rest(m);
    }
}

void history_refresh(struct session *s, bool force)
{
    struct past *p = &s->past;

    p->stopped = p->told = false;
    p->failures = 0;
    for (int i = 0; i < p->count; i++) {
        struct month *m = p->months[i];

        if (m == NULL || !m->wanted)
            continue;
        m->no_ask = false;
        if (m->look || m->call != NULL || m->settled || s->offline)
            continue;
        m->due = true;
        m->force = force;
        history_changed(s);
    }
}

size_t session_cancel_history(struct session *s)
{
    size_t running = 0;

    for (int i = 0; i < s->past.count; i++) {
        struct month *m = s->past.months[i];

        if (m == NULL)
            continue;
        month_rest(m);
        if (m->call == NULL)
            continue;
        running++;
        api_call_cancel(m->call);
    }
    return running;
}

/* What one term cannot be the reason of. */
static bool concerns_all(enum err_code code)
{
    switch (code) {
    case ERR_FORBIDDEN:
    case ERR_NOTFOUND:
    case ERR_AUTH:
    case ERR_TLS:
    case ERR_SETTINGS:
        return true;
    default:
        return false;
    }
}

static void stop_asking(struct session *s)
{
    s->past.stopped = true;
    for (int i = 0; i < s->past.count; i++) {
        struct month *m = s->past.months[i];

        if (m != NULL && m->call == NULL)
            month_rest(m);
    }
}

void month_failed(struct month *m, const struct err *err)
{
    struct past *p = &m->session->past;
    bool all = concerns_all(err->code);

    m->due = m->force = false;
    history_changed(m->session);
    /* Calls that were under way when it was told meet the same. */
    if (p->stopped && all) {
        m->no_ask = true;
        return;
    }
    m->failed = true;
    if (!p->told || all)
        p->err = *err;
    p->told = true;
    if (all || ++p->failures >= HISTORY_FAILURES_MAX)
        stop_asking(m->session);
}

const struct history *session_history(const struct session *s)
{
    return &s->past.history;
}

uint64_t session_history_version(const struct session *s)
{
    return s->past.version;
}

static bool month_loading(const struct month *m)
{
    return m->look || m->due || m->call != NULL;
}

static void count_range(const struct session *s, int from, int to, struct history_progress *out)
{
    *out = (struct history_progress){.stopped = s->past.stopped};
    for (int term = from; term <= to; term++) {
        const struct month *m = month_find(s, term);

        if (m == NULL || !m->wanted)
            continue;
        out->wanted++;
        out->known += m->known;
        out->loading += month_loading(m);
        out->failed += m->failed;
        out->unreadable += m->known && m->facts.unreadable > 0;
    }
    if (out->failed > 0)
        out->err = s->past.err;
}

void session_history_progress(const struct session *s, struct history_progress *out)
{
    count_range(s, TERM_FIRST, TERM_FIRST + s->past.count - 1, out);
}

void session_history_term(const struct session *s, int term, struct history_term *out)
{
    const struct month *m = month_find(s, term);

    *out = (struct history_term){.as_of = TIME_NONE};
    if (m == NULL)
        return;
    *out = (struct history_term){
        .wanted = m->wanted,
        .known = m->known,
        .loading = month_loading(m),
        .failed = m->failed,
        .from_snapshot = m->known && !m->confirmed,
        .settled = m->settled,
        .as_of = m->facts.as_of,
        .unreadable = m->facts.unreadable,
        .first_unreadable = m->facts.first_unreadable,
    };
}

/* Whether the history serves the command line: 0, or why not. */
static int verdict(const struct session *s, const struct history_progress *p, struct err *err)
{
    if (s->offline && p->known > 0)
        return 0;
    if (p->failed > 0 || (p->stopped && p->known < p->wanted && s->past.told)) {
        if (err != NULL)
            *err = s->past.err;
        return s->past.err.code;
    }
    if (p->wanted > 0 && p->known == p->wanted)
        return 0;
    err_set(err, ERR_UNREACHABLE, "history: nothing is known");
    if (s->offline) {
        err_why(err, "luitop is offline and remembers nothing of these months");
        err_next(err, "Run it once without --offline");
    }
    return ERR_UNREACHABLE;
}

int session_fetch_history(struct session *s, int from, int to, struct err *err)
{
    struct history_progress p;

    cut(s, &from, &to);
    if (from > to) {
        err_set(err, ERR_DATA, "There is no month to show");
        err_next(err, "The first month with data is 2016-02, the last is the current one");
        return ERR_DATA;
    }
    session_want_history(s, from, to);
    history_refresh(s, false);
    for (count_range(s, from, to, &p); p.loading > 0; count_range(s, from, to, &p)) {
        bool more = session_step(s, FETCH_STEP_US, NULL);

        count_range(s, from, to, &p);
        if (p.loading > 0 && session_poll(s, NULL, 0, more ? 0 : session_timeout_ms(s)) < 0)
            return err_set(err, ERR_IO, "luitop cannot wait for the service");
    }
    return verdict(s, &p, err);
}
