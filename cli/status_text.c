/* The status for people: one fact a line, a word in front of each. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"
#include "cli/status.h"
#include "model/term.h"
#include "session/config.h"

/* More lines of a kind than this would not be read in a mail. */
enum { LINES_MAX = 20, LABEL = 15, EDITION = 30, CELL = 10 };

static void label(struct buf *out, const char *text)
{
    buf_addf(out, "%-*s", LABEL, text);
}

static void clean(struct buf *out, const char *text)
{
    utf8_clean(out, text, strlen(text));
}

/* What stands where data would be; true when there is some. */
static bool section(const struct status *s, struct buf *out, const char *title,
                    enum resource_kind kind)
{
    const struct resource *r = s->resources[kind];

    label(out, title);
    if (status_known(s, kind))
        return true;
    if (r->failed)
        buf_addf(out, "not known: %s\n", err_word(r->err.code));
    else if (r->absent)
        buf_addstr(out, "not part of this account\n");
    else if (r->known)
        buf_addstr(out, "not known: the service has no status\n");
    else
        buf_addstr(out, "not known\n");
    return false;
}

/* Ends a section's first line, with its age where it is not of now. */
static void section_end(const struct status *s, struct buf *out, enum resource_kind kind)
{
    const struct resource *r = s->resources[kind];
    bool old = (r->failed || s->offline) && s->now - r->as_of >= 60;
    char age[HUMAN_MAX];

    if (r->unreadable > 0)
        buf_addf(out, ", %zu unreadable", r->unreadable);
    if (old)
        buf_addf(out, " (%s old%s", human_age(s->now, r->as_of, age), r->failed ? ", " : ")");
    if (r->failed)
        buf_addf(out, "%scould not be refreshed)", old ? "" : " (");
    buf_addc(out, '\n');
}

static void server_name(struct buf *out, const struct server *server)
{
    clean(out, server->fqdn != NULL ? server->fqdn : server->host_id);
}

static void more_lines(struct buf *out, size_t count, const char *filter)
{
    if (count <= LINES_MAX)
        return;
    label(out, "");
    buf_addf(out, "and %zu more: luitop servers --filter '%s'\n", count - LINES_MAX, filter);
}

static void servers(const struct status *s, struct buf *out)
{
    const struct server_totals *t = &s->server_totals;
    char age[HUMAN_MAX];

    if (!section(s, out, "SERVERS", RESOURCE_SERVERS))
        return;
    buf_addf(out, "%zu of %zu reporting", t->reporting, t->all);
    if (t->warnings > 0)
        buf_addf(out, ", %zu with %s", t->warnings, t->warnings == 1 ? "a warning" : "warnings");
    section_end(s, out, RESOURCE_SERVERS);
    for (size_t i = 0; i < s->silent.count && i < LINES_MAX; i++) {
        const struct server *server = view_row(&s->silent, i);
        bool never = server->last_report == TIME_NONE;

        label(out, never ? "  never" : "  silent");
        server_name(out, server);
        buf_addf(out, ", %s\n",
                 never ? "never reported" : human_age(s->now, server->last_report, age));
    }
    more_lines(out, s->silent.count, "status!=reporting");
    for (size_t i = 0; i < s->expiring.count && i < LINES_MAX; i++) {
        const struct server *server = view_row(&s->expiring, i);

        label(out, server->days_to_expire > 0 ? "  expires" : "  expired");
        server_name(out, server);
        buf_addf(out, ", %s\n", human_days(server->days_to_expire, age));
    }
    more_lines(out, s->expiring.count, "days_to_expire<=30");
}

/* What a number of free users is where GAP stands before the others: a user on a silent server may
 * be a new free one, or make a free user a paid one. */
static const char *free_gap(const char *gap)
{
    return gap[0] != '\0' ? "~ " : "";
}

static void counts(struct buf *out, const char *gap, int64_t total, int64_t free_users)
{
    char a[HUMAN_MAX], b[HUMAN_MAX], c[HUMAN_MAX];

    buf_addf(out, "%s%s users, %s%s paid, %s%s free", gap, human_count(total, a), gap,
             human_count(usage_paid(total, free_users), b), free_gap(gap),
             human_count(free_users, c));
}

/* One number of an edition's line, right-aligned so that the lines can be compared. */
static void cell(struct buf *out, const char *gap, int64_t n, const char *unit)
{
    char count[HUMAN_MAX], text[HUMAN_MAX + 8];

    snprintf(text, sizeof(text), "%s%s", gap, human_count(n, count));
    buf_addf(out, "%*s %s", CELL, text, unit);
}

static void edition(struct buf *out, const char *gap, const struct usage_feature *f)
{
    bool known;
    size_t start = out->len, width;

    buf_addstr(out, "  ");
    clean(out, edition_name(f->feature_id, f->description, &known));
    if (!known)
        buf_addstr(out, " (unknown code)");
    width = utf8_columns(out->data + start, out->len - start);
    if (width < EDITION)
        buf_addf(out, "%*s", (int)(EDITION - width), "");
    cell(out, gap, f->total, "users");
    cell(out, gap, usage_paid(f->total, f->free), "paid");
    cell(out, free_gap(gap), f->free, "free\n");
}

static void usage(const struct status *s, struct buf *out)
{
    struct usage_sum sum;
    char term[TERM_TEXT], title[32];
    const char *gap;
    struct buf why;

    buf_init(&why, 200);
    gap = status_gap(s, &why) ? ">= " : "";
    snprintf(title, sizeof(title), "USAGE %s", term_human(s->term, term));
    if (section(s, out, title, RESOURCE_USAGE)) {
        usage_list_sum(s->usage, &sum);
        if (sum.features == 0)
            buf_addstr(out, "nothing reported yet");
        else
            counts(out, gap, sum.total, sum.free);
        if (why.len > 0)
            buf_addf(out, " (%s)", why.data);
        section_end(s, out, RESOURCE_USAGE);
        for (size_t i = 0; i < s->usage->count; i++)
            edition(out, gap, &s->usage->rows[i]);
        if (sum.not_linked >= 0) {
            buf_addf(out, "%-*s", EDITION, "  not linked");
            cell(out, gap, sum.not_linked, "users\n");
        }
    }
    buf_release(&why);
}

static void window(const struct status *s, struct buf *out)
{
    char term[TERM_TEXT], span[HUMAN_MAX];
    int64_t closes;
    int open = status_window(s, &closes);

    label(out, "TAGGING");
    if (open == TERM_NONE)
        buf_addstr(out, "closed\n");
    else
        buf_addf(out, "%s closes in %s\n", term_human(open, term),
                 human_span(closes - s->now, span));
}

static void netscaler(const struct status *s, struct buf *out)
{
    struct netscaler_totals t;

    if (!section(s, out, "NETSCALER", RESOURCE_NETSCALERS))
        return;
    netscaler_list_totals(s->netscalers, &t);
    if (t.hosts == 0)
        buf_addstr(out, "none");
    else
        buf_addf(out, "%zu of %zu hosts reporting", t.reporting_hosts, t.hosts);
    if (t.expired > 0)
        buf_addf(out, ", %zu %s expired", t.expired, t.expired == 1 ? "licence" : "licences");
    if (t.expiring_30 > 0)
        buf_addf(out, ", %zu %s within 30 days", t.expiring_30,
                 t.expiring_30 == 1 ? "expires" : "expire");
    section_end(s, out, RESOURCE_NETSCALERS);
}

static void notices(const struct status *s, struct buf *out)
{
    size_t errors = 0, warnings = 0;
    const struct notice *newest;
    char when[HUMAN_MAX];

    if (!section(s, out, "NOTIFICATIONS", RESOURCE_NOTICES))
        return;
    for (size_t i = 0; i < s->notices->count; i++) {
        errors += s->notices->rows[i].severity == SEVERITY_ERROR;
        warnings += s->notices->rows[i].severity == SEVERITY_WARNING;
    }
    buf_addf(out, "%s%zu", s->notices->more ? ">= " : "", s->notices->count);
    if (errors > 0)
        buf_addf(out, ", %zu %s", errors, errors == 1 ? "error" : "errors");
    if (warnings > 0)
        buf_addf(out, ", %zu %s", warnings, warnings == 1 ? "warning" : "warnings");
    section_end(s, out, RESOURCE_NOTICES);
    if (s->notices->count == 0)
        return;
    newest = &s->notices->rows[0];
    label(out, "  newest");
    clean(out, newest->title != NULL ? newest->title : "(no title)");
    buf_addf(out, ", %s\n", human_when(s->now, newest->created, NULL, when));
}

static void customers(const struct status *s, struct buf *out)
{
    if (!section(s, out, "CUSTOMERS", RESOURCE_CUSTOMERS))
        return;
    buf_addf(out, "%zu", s->customers->count);
    section_end(s, out, RESOURCE_CUSTOMERS);
}

static void account(const struct status *s, struct buf *out)
{
    label(out, "ACCOUNT");
    clean(out, s->profile->customer_id);
    if (s->servers->org_id != NULL) {
        buf_addstr(out, ", org ");
        clean(out, s->servers->org_id);
    }
    buf_addstr(out, ", profile ");
    clean(out, s->profile->name);
    buf_addc(out, '\n');
}

void status_text(const struct status *s, struct buf *out)
{
    int64_t as_of = status_as_of(s);
    char when[HUMAN_MAX], age[HUMAN_MAX], iso[32];

    account(s, out);
    servers(s, out);
    usage(s, out);
    window(s, out);
    customers(s, out);
    netscaler(s, out);
    notices(s, out);
    label(out, "DATA");
    if (as_of == TIME_NONE)
        buf_addstr(out, "none");
    else
        buf_addf(out, "as of %s (%s)", human_when(s->now, as_of, NULL, when), time_iso(as_of, iso));
    if (as_of != TIME_NONE && s->now - as_of >= 60)
        buf_addf(out, ", %s old", human_age(s->now, as_of, age));
    buf_addc(out, '\n');
}
