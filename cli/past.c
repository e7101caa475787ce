#include "cli/past.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/human.h"
#include "cli/cli.h"
#include "cli/fetch.h"
#include "model/listing.h"
#include "model/term.h"
#include "session/lists.h"

enum { SPANS_NAMED = 6 };

int past_months(const struct cli *c, int *out, struct err *err)
{
    int64_t months;
    int rc = args_number(&c->args, OPTION_MONTHS, 1, PAST_MONTHS_MAX, PAST_MONTHS, &months, err);

    if (rc == 0)
        *out = (int)months;
    return rc;
}

/* Why no month at all is known. */
static int nothing(const struct session *s, const struct history_progress *p, struct err *err)
{
    if (p->err.code != 0) {
        *err = p->err;
        return p->err.code;
    }
    err_set(err, ERR_UNREACHABLE, "monthly usage cannot be shown");
    if (session_offline(s)) {
        err_why(err, "luitop is offline and remembers nothing of these months");
        err_next(err, "Run the command once without --offline");
    }
    return ERR_UNREACHABLE;
}

int past_fetch(struct cli *c, unsigned mask, int months, int *from, int *to, struct err *err)
{
    struct history_progress p;
    int first, last, rc = cli_open(c, err);

    if (rc < 0)
        return rc;
    last = session_term(c->account.session);
    first = last - months + 1;
    if (first < TERM_FIRST)
        first = TERM_FIRST;
    rc = cli_fetch_history(c, mask, first, last, err);
    if (rc < 0)
        return rc;
    session_history_progress(c->account.session, &p);
    if (p.known == 0)
        return nothing(c->account.session, &p, err);
    *from = first;
    *to = last;
    return 0;
}

/* The first row that could not be read, and how many there are. */
static size_t unreadable(const struct session *s, int from, int to)
{
    struct history_term t;
    size_t n = 0;

    for (int term = from; term <= to; term++) {
        session_history_term(s, term, &t);
        n += t.known ? t.unreadable : 0;
    }
    return n;
}

int past_fault(const struct session *s, int from, int to, struct err *err)
{
    struct history_progress p;
    char count[HUMAN_MAX];
    size_t n = unreadable(s, from, to);

    session_history_progress(s, &p);
    if (!session_offline(s) && p.err.code != 0) {
        *err = p.err;
        return p.err.code;
    }
    if (n == 0)
        return 0;
    err_set(err, ERR_DATA, "%s %s of the monthly usage could not be read and %s missing here",
            human_count((int64_t)n, count), n == 1 ? "row" : "rows", n == 1 ? "is" : "are");
    err_why(err, "the service sent something else than documented");
    err_next(err, "The rest is right; report it to Citrix with the time of this call");
    return ERR_DATA;
}

void past_terms(struct buf *out, const bool *flags, size_t count, int from, size_t most)
{
    size_t spans = 0, more = 0;
    char text[TERM_TEXT];

    for (size_t i = 0; i < count; i++) {
        size_t end = i;

        if (!flags[i])
            continue;
        while (end + 1 < count && flags[end + 1])
            end++;
        if (spans >= most) {
            more += end - i + 1;
        } else {
            buf_addf(out, "%s%s", spans > 0 ? ", " : "", term_text(from + (int)i, text));
            if (end > i)
                buf_addf(out, "%s%s", end == i + 1 ? ", " : " to ",
                         term_text(from + (int)end, text));
            spans++;
        }
        i = end;
    }
    if (more > 0)
        buf_addf(out, " and %zu more", more);
}

enum past_kind { PAST_EMPTY, PAST_FAILED, PAST_UNKNOWN, PAST_SILENT };

static bool is_kind(const struct session *s, int term, enum past_kind kind)
{
    const struct history_month *m = history_month(session_history(s), term);
    struct history_term t;

    session_history_term(s, term, &t);
    switch (kind) {
    case PAST_EMPTY:
        return t.known && !t.failed && (m == NULL || m->count == 0);
    case PAST_FAILED:
        return t.failed && !session_offline(s);
    case PAST_UNKNOWN:
        return !t.known && !t.failed;
    case PAST_SILENT:
        return m != NULL && m->count > 0 && m->incomplete;
    }
    return false;
}

/* "no usage data in 2026-01 to 2026-03". */
static void add_gap(struct list_about *about, const struct session *s, int from, int to,
                    enum past_kind kind)
{
    static const char *const words[] = {
        [PAST_EMPTY] = "no usage data for",
        [PAST_FAILED] = "could not be read:",
        [PAST_UNKNOWN] = "not known:",
        [PAST_SILENT] = "servers are silent in",
    };
    bool flags[PAST_MONTHS_MAX] = {false}, any = false;
    size_t count = (size_t)(to - from + 1);
    struct buf text;

    for (size_t i = 0; i < count && i < PAST_MONTHS_MAX; i++) {
        flags[i] = is_kind(s, from + (int)i, kind);
        any = any || flags[i];
    }
    if (!any)
        return;
    buf_init(&text, LIST_GAP_SIZE);
    buf_addf(&text, "%s ", words[kind]);
    past_terms(&text, flags, count < PAST_MONTHS_MAX ? count : PAST_MONTHS_MAX, from, SPANS_NAMED);
    if (text.failed == 0)
        list_about_gap(about, "%s", text.data);
    buf_release(&text);
}

void past_describe(struct list_about *about, const struct session *s, int from, int to)
{
    bool open = false;

    for (int term = to; term >= from; term--) {
        struct history_term t;

        session_history_term(s, term, &t);
        if (!t.known || t.as_of == TIME_NONE)
            continue;
        if (about->as_of == TIME_NONE || (!t.settled && (!open || t.as_of < about->as_of))) {
            about->as_of = t.as_of;
            about->from_snapshot = t.from_snapshot;
        }
        open = open || !t.settled;
    }
    about->unreadable = unreadable(s, from, to);
    add_gap(about, s, from, to, PAST_FAILED);
    add_gap(about, s, from, to, PAST_UNKNOWN);
    add_gap(about, s, from, to, PAST_EMPTY);
    if (!list_servers_known(s))
        list_about_gap(about, "whether all servers reported is not known");
    else
        add_gap(about, s, from, to, PAST_SILENT);
}
