#include "cli/past.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/human.h"
#include "cli/cli.h"
#include "cli/fetch.h"
#include "model/listing.h"
#include "model/term.h"
#include "model/trend_list.h"
#include "session/lists.h"
#include "session/session.h"

enum { SPANS_NAMED = 6, YEAR = 12 };

static int read_term(const struct cli *c, enum option_id id, int *out, struct err *err)
{
    const char *text = c->args.value[id];

    if (text == NULL || term_parse(text, out, NULL) == 0)
        return 0;
    err_set(err, ERR_USAGE, "--%s \"%.40s\" is not a month with usage data", option_table[id].name,
            text);
    err_next(err, "Write it as 2026-11; the first one is 2016-02");
    return ERR_USAGE;
}

int past_range(const struct cli *c, struct past_range *out, struct err *err)
{
    struct past_range r = {.from = TERM_FIRST, .to = TERM_NONE};
    int64_t months;
    int rc = args_number(&c->args, OPTION_MONTHS, 1, PAST_MONTHS_MAX, PAST_MONTHS, &months, err);

    if (rc == 0)
        rc = read_term(c, OPTION_FROM, &r.from, err);
    if (rc == 0)
        rc = read_term(c, OPTION_TO, &r.to, err);
    if (rc < 0)
        return rc;
    if (c->args.given[OPTION_MONTHS] && c->args.given[OPTION_FROM])
        rc = err_set(err, ERR_USAGE, "--months and --from cannot both say where to begin");
    else if (r.to != TERM_NONE && r.from > r.to)
        rc = err_set(err, ERR_USAGE, "--from lies after --to");
    if (rc < 0)
        return rc;
    r.months = c->args.given[OPTION_FROM] ? 0 : (int)months;
    *out = r;
    return 0;
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

/* The terms of RANGE. 0 or ERR_USAGE when there are none, or too many. */
static int terms_of(const struct past_range *range, bool years, int running, int *from, int *to,
                    struct err *err)
{
    int last = range->to == TERM_NONE || range->to > running ? running : range->to;
    int first = range->months > 0 ? last - range->months + 1 : range->from;

    if (years) {
        first -= first % YEAR;
        last += YEAR - 1 - last % YEAR;
        last = last < running ? last : running;
    }
    first = first > TERM_FIRST ? first : TERM_FIRST;
    if (first > last || last - first >= PAST_MONTHS_MAX) {
        err_set(err, ERR_USAGE, "these months cannot be shown");
        err_why(err, first > last ? "they are to come" : "they are more than %d",
                (int)PAST_MONTHS_MAX);
        return ERR_USAGE;
    }
    *from = first;
    *to = last;
    return 0;
}

int past_fetch(struct cli *c, unsigned mask, const struct past_range *range, unsigned also,
               int *from, int *to, struct err *err)
{
    int first, last, running, early, end, rc = cli_open(c, err);
    struct history_progress p;

    if (rc < 0)
        return rc;
    running = session_term(c->account.session);
    rc = terms_of(range, (also & PAST_YEARS) != 0, running, &first, &last, err);
    if (rc < 0)
        return rc;
    trend_basis(running, &early, &end);
    rc = cli_fetch_history(
        c, mask, (also & PAST_BASIS) != 0 && last == running && early < first ? early : first, last,
        err);
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
    term_spans(&text, flags, count < PAST_MONTHS_MAX ? count : PAST_MONTHS_MAX, from, SPANS_NAMED);
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
