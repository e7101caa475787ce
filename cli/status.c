#include "cli/status.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/fetch.h"
#include "cli/list.h"
#include "cli/output.h"
#include "model/query.h"
#include "model/term.h"

const enum resource_kind status_resources[] = {RESOURCE_SERVERS, RESOURCE_USAGE, RESOURCE_CUSTOMERS,
                                               RESOURCE_NETSCALERS, RESOURCE_NOTICES};
const size_t status_resource_count = sizeof(status_resources) / sizeof(status_resources[0]);

void status_init(struct status *s)
{
    memset(s, 0, sizeof(*s));
    s->term = TERM_NONE;
    buf_init(&s->scratch, 1024 * 1024);
    s->ctx.scratch = &s->scratch;
    view_init(&s->silent);
    view_init(&s->expiring);
}

void status_release(struct status *s)
{
    view_release(&s->silent);
    view_release(&s->expiring);
    buf_release(&s->scratch);
}

/* The servers that match FILTER in the order SORT. */
static int servers_view(struct status *s, struct view *v, const char *filter, const char *sort,
                        struct err *err)
{
    struct query *query = NULL;
    int rc = query_compile(filter, &server_row_type, &query, NULL, err);

    if (rc == 0)
        rc = sort_parse(sort, &server_row_type, &v->sort_column, &v->sort_desc, err);
    if (rc == 0) {
        v->source = server_list_source(s->servers);
        v->query = query;
        rc = view_rebuild(v, &s->ctx);
        v->query = NULL;
        if (rc < 0)
            err_set(err, (enum err_code)rc, "the status cannot be put together");
    }
    query_free(query);
    return rc;
}

int status_derive(struct status *s, struct err *err)
{
    int rc;

    s->ctx.now = s->now;
    server_list_totals(s->servers, &s->server_totals);
    rc = servers_view(s, &s->silent, "status!=reporting", "last_reported", err);
    if (rc == 0)
        rc = servers_view(s, &s->expiring, "days_to_expire<=30", "days_to_expire", err);
    return rc;
}

int status_gather(struct status *s, const struct session *session, struct err *err)
{
    s->profile = session_profile(session);
    s->now = clock_wall(session_clock(session));
    s->term = session_term(session);
    s->offline = session_offline(session);
    for (int k = 0; k < RESOURCE_COUNT; k++)
        s->resources[k] = session_resource(session, (enum resource_kind)k);
    s->servers = session_servers(session);
    s->usage = session_usage(session);
    s->customers = session_customers(session);
    s->netscalers = session_netscalers(session);
    s->notices = session_notices(session);
    return status_derive(s, err);
}

bool status_known(const struct status *s, enum resource_kind kind)
{
    const struct resource *r = s->resources[kind];

    return r->known && !r->absent && !(kind == RESOURCE_SERVERS && s->servers->unavailable);
}

bool status_gap(const struct status *s, struct buf *out)
{
    const struct server_totals *t = &s->server_totals;
    size_t unreadable = s->resources[RESOURCE_USAGE]->unreadable;
    size_t start = out->len;

    if (!status_known(s, RESOURCE_SERVERS))
        buf_addstr(out, "server status not known");
    else if (t->reporting < t->all)
        buf_addf(out, "%zu of %zu servers silent", t->all - t->reporting, t->all);
    else if (s->resources[RESOURCE_SERVERS]->failed)
        buf_addstr(out, "server status not refreshed");
    if (s->resources[RESOURCE_SERVERS]->unreadable > 0)
        buf_addf(out, "%ssome servers unreadable", out->len > start ? ", " : "");
    if (unreadable > 0)
        buf_addf(out, "%s%zu of the rows unreadable", out->len > start ? ", " : "", unreadable);
    return out->len > start;
}

int status_window(const struct status *s, int64_t *closes)
{
    for (int term = s->term - 1; term <= s->term; term++) {
        *closes = window_closes(CHANGE_USER, term, s->now, s->profile->billing_timezone);
        if (*closes != TIME_NONE)
            return term;
    }
    return TERM_NONE;
}

int64_t status_as_of(const struct status *s)
{
    int64_t oldest = TIME_NONE;

    for (size_t i = 0; i < status_resource_count; i++) {
        const struct resource *r = s->resources[status_resources[i]];

        if (r->known && r->as_of != TIME_NONE && (oldest == TIME_NONE || r->as_of < oldest))
            oldest = r->as_of;
    }
    return oldest;
}

/* Says every failure on stderr; the first one is the command's own. */
static int faults(struct cli *c, const struct status *s, struct err *err)
{
    int first = 0;

    for (size_t i = 0; i < status_resource_count; i++) {
        enum resource_kind kind = status_resources[i];
        /* Servers and usage are what an account is for; the rest not all have. */
        bool must = kind == RESOURCE_SERVERS || kind == RESOURCE_USAGE;
        struct err e = {0};
        int rc = must ? fetch_fault(c->account.session, kind, &e)
                      : fetch_fault_optional(c->account.session, kind, &e);

        if (rc == 0 && kind == RESOURCE_SERVERS && s->servers->unavailable) {
            rc = err_set(&e, ERR_SERVER, "the status of the license servers is not known");
            err_why(&e, "the service answered with no list of servers at all");
        }
        if (rc == 0)
            rc = fetch_unreadable(c->account.session, kind, &e);
        if (rc == 0)
            continue;
        if (first == 0) {
            first = rc;
            if (err != NULL)
                *err = e;
        } else if (err == NULL || strcmp(e.why, err->why) != 0 || e.code != err->code) {
            cli_say(&e);
        }
    }
    return first;
}

int cli_status(struct cli *c, struct err *err)
{
    const struct args *a = &c->args;
    enum list_format format;
    struct status s;
    unsigned mask = 0;
    int rc;

    status_init(&s);
    rc = list_format_parse(a->value[OPTION_FORMAT], &format, err);
    if (rc == 0 && format != FORMAT_TABLE && format != FORMAT_JSON) {
        rc = err_set(err, ERR_USAGE, "status is text or json");
        err_next(err, "Leave --format out, or write --format json");
    }
    if (rc == 0)
        rc = output_check(a->value[OPTION_OUTPUT], a->given[OPTION_FORCE], err);
    if (rc == 0)
        rc = cli_open(c, err);
    for (size_t i = 0; i < status_resource_count; i++)
        mask |= RESOURCE_BIT(status_resources[i]);
    if (rc == 0)
        rc = cli_fetch(c, mask, err);
    if (rc == 0)
        rc = status_gather(&s, c->account.session, err);
    if (rc == 0) {
        if (format == FORMAT_JSON)
            status_json(&s, &c->out);
        else
            status_text(&s, &c->out);
        rc = c->out.failed;
        if (rc < 0)
            err_set(err, (enum err_code)rc, "the status cannot be written out");
    }
    if (rc == 0) {
        c->wrote_all = true;
        rc = faults(c, &s, err);
    }
    status_release(&s);
    return rc;
}
