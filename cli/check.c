#include "cli/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/fetch.h"
#include "model/limits.h"
#include "model/query.h"
#include "model/server.h"
#include "session/config.h"

/* More names than this make no line that a pager shows. */
enum { NAMES_MAX = 5, NAME_COLUMNS = 64 };

static const struct {
    int status;
    const char *word;
} states[CHECK_COUNT] = {
#define CHECK_ROW(upper, status, word) [CHECK_##upper] = {status, word},
    CHECK_LIST(CHECK_ROW)
#undef CHECK_ROW
};

int check_exit_status(enum check_state s)
{
    return states[s].status;
}

const char *check_word(enum check_state s)
{
    return states[s].word;
}

static int limit(const struct args *a, enum option_id id, int64_t fallback, int64_t *out,
                 struct err *err)
{
    if (a->value[id] != NULL && strcmp(a->value[id], "off") == 0) {
        *out = CHECK_OFF;
        return 0;
    }
    return args_number(a, id, 0, 1000000, fallback, out, err);
}

int check_limits_read(struct check_limits *out, const struct args *a, struct err *err)
{
    struct check_limits l;
    int rc = limit(a, OPTION_WARNING, 0, &l.warning, err);

    if (rc == 0)
        rc = limit(a, OPTION_CRITICAL, 1, &l.critical, err);
    if (rc == 0)
        rc = limit(a, OPTION_EXPIRY_WARNING, 30, &l.expiry_warning, err);
    if (rc == 0)
        rc = limit(a, OPTION_EXPIRY_CRITICAL, 7, &l.expiry_critical, err);
    if (rc == 0)
        *out = l;
    return rc;
}

/* Appends text for a plug-in's line: harmless, at most COLUMNS wide (0: any), "|" shown otherwise,
 * since it would begin the perfdata. */
static void plain(struct buf *out, const char *text, size_t columns)
{
    struct buf clean;
    size_t taken;

    buf_init(&clean, 8192);
    utf8_clean(&clean, text, strlen(text));
    if (columns > 0)
        clean.len = utf8_fit(clean.data, clean.len, columns, &taken);
    for (size_t i = 0; i < clean.len; i++)
        buf_addc(out, clean.data[i] == '|' ? '/' : clean.data[i]);
    buf_release(&clean);
}

static void server_name(struct buf *out, const struct server *s)
{
    plain(out, s->host_id, NAME_COLUMNS);
}

static enum check_state worse(enum check_state a, enum check_state b)
{
    return a > b ? a : b;
}

static enum check_state above(int64_t n, int64_t warning, int64_t critical)
{
    if (critical != CHECK_OFF && n > critical)
        return CHECK_CRITICAL;
    return warning != CHECK_OFF && n > warning ? CHECK_WARNING : CHECK_OK;
}

static enum check_state within(int64_t days, int64_t warning, int64_t critical)
{
    if (critical != CHECK_OFF && days <= critical)
        return CHECK_CRITICAL;
    return warning != CHECK_OFF && days <= warning ? CHECK_WARNING : CHECK_OK;
}

/* Days left on S's licences: the service's number, and none for a licence it calls expired. */
static int64_t days_left(const struct server *s)
{
    if (s->expired && (s->days_to_expire == DAYS_NONE || s->days_to_expire > 0))
        return 0;
    return s->days_to_expire;
}

struct findings {
    size_t all, reporting, not_reporting, never;
    size_t expiring; /* over the weaker expiry threshold */
    int64_t soonest; /* DAYS_NONE: unknown */
    enum check_state expiry;
};

static void count(struct findings *f, const struct view *v, const struct check_limits *limits)
{
    memset(f, 0, sizeof(*f));
    f->soonest = DAYS_NONE;
    f->all = v->count;
    for (size_t i = 0; i < v->count; i++) {
        const struct server *s = view_row(v, i);
        int64_t days = days_left(s);

        f->reporting += s->status == SERVER_REPORTING;
        f->not_reporting += s->status == SERVER_NOT_REPORTING;
        f->never += s->status == SERVER_NEVER_REPORTED;
        if (days == DAYS_NONE)
            continue;
        if (f->soonest == DAYS_NONE || days < f->soonest)
            f->soonest = days;
        if (within(days, limits->expiry_warning, limits->expiry_critical) != CHECK_OK)
            f->expiring++;
        f->expiry = worse(f->expiry, within(days, limits->expiry_warning, limits->expiry_critical));
    }
}

/* ", lic07 13 d, lic11 4 d and 3 more" of those that are SILENT or, else, whose licences end. */
static void names(struct buf *out, const struct view *v, const struct check_limits *limits,
                  bool silent, int64_t now)
{
    size_t found = 0;
    char text[HUMAN_MAX];

    for (size_t i = 0; i < v->count; i++) {
        const struct server *s = view_row(v, i);
        int64_t days = days_left(s);

        if (silent ? s->status == SERVER_REPORTING
                   : days == DAYS_NONE ||
                         within(days, limits->expiry_warning, limits->expiry_critical) == CHECK_OK)
            continue;
        if (found++ >= NAMES_MAX)
            continue;
        buf_addstr(out, found > 1 ? ", " : " ");
        server_name(out, s);
        buf_addf(out, " %s",
                 silent ? human_age(now, s->last_report, text) : human_days(days, text));
    }
    if (found > NAMES_MAX)
        buf_addf(out, " and %zu more", found - NAMES_MAX);
}

static void range(struct buf *out, int64_t n, int64_t add, const char *end)
{
    if (n != CHECK_OFF)
        buf_addf(out, "%" PRId64 "%s", n + add, end);
}

static void perfdata(struct buf *out, const struct findings *f, const struct check_limits *l,
                     size_t unreadable)
{
    buf_addf(out, " | reporting=%zu;;;0;%zu not_reporting=%zu;", f->reporting, f->all,
             f->not_reporting + f->never);
    range(out, l->warning, 0, "");
    buf_addc(out, ';');
    range(out, l->critical, 0, "");
    buf_addf(out, ";0;%zu never_reported=%zu;;;0 unreadable=%zu;;;0", f->all, f->never, unreadable);
    if (f->soonest != DAYS_NONE) {
        /* "31:" is the plug-in's way to say that fewer than 31 are too few. */
        buf_addf(out, " days_to_expire=%" PRId64 ";", f->soonest);
        range(out, l->expiry_warning, 1, ":");
        buf_addc(out, ';');
        range(out, l->expiry_critical, 1, ":");
    }
    buf_addc(out, '\n');
}

enum check_state check_servers(struct buf *out, const struct view *v,
                               const struct check_limits *limits, size_t unreadable, int64_t now)
{
    enum check_state state;
    struct findings f;
    size_t silent;

    count(&f, v, limits);
    silent = f.not_reporting + f.never;
    state = above((int64_t)silent, limits->warning, limits->critical);
    state = worse(state, f.expiry);
    if (unreadable > 0 || f.all == 0)
        state = worse(state, CHECK_UNKNOWN);
    buf_addf(out, "LUITOP SERVERS %s - ", check_word(state));
    if (f.all == 0)
        buf_addstr(out, "no license server to judge");
    else if (silent == 0)
        buf_addf(out, "%zu of %zu reporting", f.reporting, f.all);
    else {
        buf_addf(out, "%zu of %zu not reporting:", silent, f.all);
        names(out, v, limits, true, now);
    }
    if (f.expiring > 0) {
        buf_addf(out, "; %zu with %s licence:", f.expiring,
                 f.soonest <= 0 ? "an expired or ending" : "an ending");
        names(out, v, limits, false, now);
    }
    if (unreadable > 0)
        buf_addf(out, "; %zu more could not be read", unreadable);
    perfdata(out, &f, limits, unreadable);
    return state;
}

void check_unknown(struct buf *out, const char *what, const struct err *err)
{
    char sentence[1024];

    buf_addf(out, "LUITOP %s UNKNOWN - ", what);
    plain(out, err_sentence(err, sentence, sizeof(sentence)), 0);
    buf_addc(out, '\n');
}

static int judge(struct cli *c, const struct query *query, const struct check_limits *limits,
                 struct err *err)
{
    const struct session *s = c->account.session;
    struct buf scratch;
    struct row_ctx ctx = {.now = clock_wall(&c->clock), .scratch = &scratch};
    struct view v;
    int rc;

    buf_init(&scratch, 1024 * 1024);
    view_init(&v);
    v.source = server_list_source(session_servers(s));
    v.query = query;
    rc = sort_parse("last_reported", &server_row_type, &v.sort_column, &v.sort_desc, err);
    if (rc == 0)
        rc = view_rebuild(&v, &ctx);
    if (rc == 0)
        c->plugin_status = check_exit_status(check_servers(
            &c->out, &v, limits, session_resource(s, RESOURCE_SERVERS)->unreadable, ctx.now));
    view_release(&v);
    buf_release(&scratch);
    return rc;
}

int cli_check(struct cli *c, struct err *err)
{
    struct query *query = NULL;
    struct check_limits limits;
    int rc = check_limits_read(&limits, &c->args, err);

    if (rc == 0 && c->args.given[OPTION_OFFLINE]) {
        rc = err_set(err, ERR_USAGE, "a check needs an answer of now");
        err_next(err, "Leave --offline out");
    }
    if (rc == 0 && c->args.value[OPTION_FILTER] != NULL)
        rc = query_compile(c->args.value[OPTION_FILTER], &server_row_type, &query, NULL, err);
    if (rc == 0)
        rc = cli_open(c, err);
    if (rc == 0 && c->args.value[OPTION_EXPIRY_WARNING] == NULL)
        limits.expiry_warning = config_limits(c->account.config)->expiry_warning;
    if (rc == 0)
        rc = cli_fetch(c, RESOURCE_BIT(RESOURCE_SERVERS), err);
    if (rc == 0)
        rc = fetch_fault(c->account.session, RESOURCE_SERVERS, err);
    if (rc == 0 && session_servers(c->account.session)->unavailable) {
        rc = err_set(err, ERR_SERVER, "the status of the license servers is not known");
        err_why(err, "the service answered with no list of servers at all");
    }
    if (rc == 0)
        rc = judge(c, query, &limits, err);
    query_free(query);
    return rc;
}
