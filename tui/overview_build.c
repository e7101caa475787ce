#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/human.h"
#include "base/utf8.h"
#include "model/notice_marks.h"
#include "model/term.h"
#include "session/config.h"
#include "tui/cloud.h"
#include "tui/gap.h"
#include "tui/overview.h"

enum { NAMED_MAX = 4, WARNED_MAX = 2, WEEK = 7 * 86400 };

static struct overview_line *add(struct overview *o, enum overview_kind kind)
{
    struct overview_line *l;

    if (o->count == OVERVIEW_LINES_MAX)
        return NULL;
    l = &o->lines[o->count++];
    *l = (struct overview_line){.kind = kind};
    return l;
}

static void put(char out[OVERVIEW_TEXT], const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static void put(char out[OVERVIEW_TEXT], const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    if (vsnprintf(out, OVERVIEW_TEXT, fmt, ap) >= OVERVIEW_TEXT)
        out[utf8_cut(out, OVERVIEW_TEXT - 1)] = '\0';
    va_end(ap);
}

static struct overview_line *add_item(struct overview *o, int severity, enum pane_id pane,
                                      const char *filter)
{
    struct overview_line *l = add(o, LINE_ITEM);

    if (l == NULL)
        return NULL;
    l->severity = severity;
    l->opens = true;
    l->pane = pane;
    l->filter = filter;
    return l;
}

static void add_note(struct app *a, struct overview *o, enum resource_kind kind)
{
    struct overview_line *l = add(o, LINE_NOTE);

    if (l != NULL)
        trouble_unknown(a, kind, l->left, sizeof(l->left));
}

static int longest_silent_first(const void *a, const void *b)
{
    const struct server *x = *(const struct server *const *)a,
                        *y = *(const struct server *const *)b;

    return (x->last_report > y->last_report) - (x->last_report < y->last_report);
}

/* "lic07 13 d, lic11 4 d and 3 more" of the servers that are silent. */
static void name_silent(struct app *a, const struct server_list *l, char out[OVERVIEW_TEXT])
{
    const struct server **silent = calloc(l->count > 0 ? l->count : 1, sizeof(*silent));
    char age[HUMAN_MAX];
    size_t n = 0, used = 0;

    out[0] = '\0';
    if (silent == NULL)
        return;
    for (size_t i = 0; i < l->count; i++)
        if (l->rows[i].status == SERVER_NOT_REPORTING)
            silent[n++] = &l->rows[i];
    qsort(silent, n, sizeof(*silent), longest_silent_first);
    for (size_t i = 0; i < n && i < NAMED_MAX && used < OVERVIEW_TEXT; i++)
        used += (size_t)snprintf(out + used, OVERVIEW_TEXT - used, "%s%.40s %s", i > 0 ? ", " : "",
                                 silent[i]->host_id,
                                 human_age(app_now(a), silent[i]->last_report, age));
    if (n > NAMED_MAX && used < OVERVIEW_TEXT)
        snprintf(out + used, OVERVIEW_TEXT - used, " and %zu more", n - NAMED_MAX);
    free(silent);
}

static void name_never(const struct server_list *l, char out[OVERVIEW_TEXT])
{
    size_t n = 0, used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < l->count; i++)
        if (l->rows[i].status == SERVER_NEVER_REPORTED && n++ < NAMED_MAX && used < OVERVIEW_TEXT)
            used += (size_t)snprintf(out + used, OVERVIEW_TEXT - used, "%s%.40s", n > 1 ? ", " : "",
                                     l->rows[i].host_id);
    if (n > NAMED_MAX && used < OVERVIEW_TEXT)
        snprintf(out + used, OVERVIEW_TEXT - used, " and %zu more", n - NAMED_MAX);
}

static bool expires_soon(const struct server *s)
{
    return s->days_to_expire != DAYS_NONE && s->days_to_expire > 0 &&
           s->days_to_expire <= s->warning_days;
}

/* "LIC06 CCU in use, LIC09 expired +2": the servers with a warning that is not an expiry to come.
 * Returns how many there are. */
static size_t name_warned(const struct server_list *l, char out[OVERVIEW_TEXT])
{
    size_t n = 0, used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < l->count; i++) {
        const struct server *s = &l->rows[i];

        if (s->severity != SEVERITY_WARNING || expires_soon(s))
            continue;
        if (n++ >= WARNED_MAX || used >= OVERVIEW_TEXT)
            continue;
        used += (size_t)snprintf(out + used, OVERVIEW_TEXT - used, "%s%.40s %s", n > 1 ? ", " : "",
                                 s->host_id, server_finding(s));
    }
    if (n > WARNED_MAX && used < OVERVIEW_TEXT)
        snprintf(out + used, OVERVIEW_TEXT - used, " +%zu", n - WARNED_MAX);
    return n;
}

static void server_items(struct app *a, struct overview *o, const struct server_list *l)
{
    static const char ending[] = "days_to_expire>0 days_to_expire<={warning}",
                      other[] = "severity=warning !(days_to_expire>0 days_to_expire<={warning})";
    const struct limits *limits = session_limits(a->session);
    struct server_totals t;
    struct overview_line *line;
    char names[OVERVIEW_TEXT];
    size_t warned;

    server_list_totals(l, &t);
    if (t.not_reporting > 0 &&
        (line = add_item(o, 3, PANE_SERVERS, "status=not_reporting")) != NULL) {
        put(line->left, "%zu server%s not reporting", t.not_reporting,
            t.not_reporting == 1 ? "" : "s");
        name_silent(a, l, line->right);
    }
    if (t.never > 0 && (line = add_item(o, 3, PANE_SERVERS, "status=never_reported")) != NULL) {
        put(line->left, "%zu server%s never reported", t.never, t.never == 1 ? "" : "s");
        name_never(l, line->right);
    }
    limits_text(limits, ending, o->ending, sizeof(o->ending));
    limits_text(limits, other, o->other, sizeof(o->other));
    if (t.ending > 0 && (line = add_item(o, 2, PANE_SERVERS, o->ending)) != NULL) {
        put(line->left, "%zu server%s in %d d", t.ending, t.ending == 1 ? " expires" : "s expire",
            limits->expiry_warning);
        if (t.soonest != NULL)
            put(line->right, "%.40s in %d d", t.soonest->host_id, t.soonest_days);
    }
    warned = name_warned(l, names);
    if (warned > 0 && (line = add_item(o, 2, PANE_SERVERS, o->other)) != NULL) {
        put(line->left, "%zu server%s with a warning", warned, warned == 1 ? "" : "s");
        put(line->right, "%s", names);
    }
}

static void usage_items(struct app *a, struct overview *o)
{
    struct usage_sum sum;
    struct overview_line *line;
    char n[HUMAN_MAX], all[HUMAN_MAX];

    if (!session_resource(a->session, RESOURCE_USAGE)->known)
        return;
    usage_list_sum(session_usage(a->session), &sum);
    if (sum.not_linked <= 0 || (line = add_item(o, 2, PANE_USAGE, "")) == NULL)
        return;
    put(line->left, "%s users not linked", human_count(sum.not_linked, n));
    put(line->right, "of %s", human_count(sum.total, all));
}

static void cloud_items(struct app *a, struct overview *o)
{
    const struct cloud_summary *s = session_cloud_summary(a->session);
    int64_t users = cloud_not_linked(s, NULL);
    struct overview_line *line;
    char n[HUMAN_MAX], all[HUMAN_MAX];

    if (users <= 0 || (line = add_item(o, 2, PANE_TENANTS, "tenancy=multi")) == NULL)
        return;
    put(line->left, "%s%s cloud users not linked", cloud_tenants_missing(a) ? ">= " : "",
        human_count(users, n));
    if (s->multi.known)
        put(line->right, "of %s", human_count(s->multi.users, all));
}

static void notice_items(struct app *a, struct overview *o)
{
    const struct notice_list *l = session_notices(a->session);
    int worst = -1;
    size_t week = 0, unread = notice_list_unread(l, NULL, &worst);
    struct overview_line *line;
    bool critical = false;
    char n[HUMAN_MAX];

    if (unread == 0 ||
        (line = add_item(o, worst >= SEVERITY_WARNING ? 2 : 1, PANE_NOTICES, "read=no")) == NULL)
        return;
    for (size_t i = 0; i < l->count; i++) {
        const struct notice *row = &l->rows[i];

        critical = critical || (!row->read && row->critical);
        week += !row->read && row->created != TIME_NONE && app_now(a) - row->created <= WEEK;
    }
    put(line->left, "%s%s new notice%s", l->more ? ">= " : "", human_count((int64_t)unread, n),
        unread == 1 ? "" : "s");
    put(line->right, "worst: %s; %zu of this week",
        critical ? "critical" : severity_name((enum severity)worst), week);
}

static void other_items(struct app *a, struct overview *o)
{
    const struct resource *states = session_resource(a->session, RESOURCE_STATES);
    const struct cloud_ud *cloud = session_cloud_ud(a->session);
    enum cloud_level level =
        cloud->known ? cloud_level_of(cloud->available, cloud->used, 0) : CLOUD_NONE;
    struct netscaler_totals t;
    struct overview_line *line;
    char used[HUMAN_MAX], owned[HUMAN_MAX];

    if (states->known && state_list_find(session_states(a->session), "licensing") == NULL &&
        (line = add(o, LINE_ITEM)) != NULL) {
        line->severity = 3;
        put(line->left, "License Usage Insights is not active for this account");
    }
    netscaler_list_totals(session_netscalers(a->session), &t);
    if ((t.expired > 0 || t.hosts > t.reporting_hosts) &&
        (line = add_item(o, 2, PANE_NETSCALER, "severity>=warning")) != NULL) {
        put(line->left, "NetScalers with a problem");
        put(line->right, "%zu not reporting, %zu licence%s expired", t.hosts - t.reporting_hosts,
            t.expired, t.expired == 1 ? "" : "s");
    }
    if (level >= CLOUD_NEARLY &&
        (line = add_item(o, cloud_level_severity(level), PANE_CLOUD, NULL)) != NULL) {
        put(line->left,
            level == CLOUD_OVER ? "cloud licences overused" : "cloud licences nearly used up");
        put(line->right, "%s of %s", human_count(cloud->used, used),
            human_count(cloud->available, owned));
    }
}

/* Until when users of a term may still be tagged, to the hour, in the billing zone. */
static void window_words(struct app *a, char out[OVERVIEW_TEXT])
{
    const char *zone = session_profile(a->session)->billing_timezone;
    int64_t now = app_now(a), closes;
    int term = term_of(now, zone);
    char span[HUMAN_MAX], name[TERM_TEXT];

    closes = window_closes(CHANGE_USER, term - 1, now, zone);
    if (closes != TIME_NONE) {
        put(out, "%s closes in %s", term_human(term - 1, name), human_span(closes - now, span));
        return;
    }
    closes = window_closes(CHANGE_USER, term, now, zone);
    put(out, "tagging closes in %s", human_span(closes - now, span));
}

static void build_needs(struct app *a, struct overview *o)
{
    const struct resource *servers = session_resource(a->session, RESOURCE_SERVERS);
    struct overview_line *l = add(o, LINE_HEADING);
    size_t before;

    put(l->left, "NEEDS YOU");
    window_words(a, l->right);
    before = o->count;
    if (!servers->known)
        add_note(a, o, RESOURCE_SERVERS);
    else if (session_servers(a->session)->unavailable)
        put(add(o, LINE_NOTE)->left, "The service has no server status for this account now.");
    else
        server_items(a, o, session_servers(a->session));
    usage_items(a, o);
    other_items(a, o);
    cloud_items(a, o);
    notice_items(a, o);
    if (o->count == before && (l = add(o, LINE_ITEM)) != NULL)
        put(l->left, "nothing: all servers report, nothing expires soon");
}

static void build_usage(struct app *a, struct overview *o, int cols)
{
    const struct usage_list *list = session_usage(a->session);
    int term = session_term(a->session);
    bool running = term == term_of(app_now(a), session_profile(a->session)->billing_timezone);
    struct overview_line *l = add(o, LINE_HEADING);
    char name[TERM_TEXT], total[HUMAN_MAX], paid[HUMAN_MAX];
    struct usage_sum sum;
    struct shown_gap gap;

    if (l == NULL)
        return;
    if (running)
        put(l->left, "SO FAR THIS MONTH");
    else
        put(l->left, "USAGE OF %s", term_human(term, name));
    if (!session_resource(a->session, RESOURCE_USAGE)->known) {
        add_note(a, o, RESOURCE_USAGE);
        return;
    }
    if (list->count == 0 && (l = add(o, LINE_NOTE)) != NULL) {
        put(l->left, "The service has no usage for this month%s.", running ? " yet" : "");
        return;
    }
    usage_list_sum(list, &sum);
    shown_gap_find(a, NULL, &gap);
    put(l->right, "%s%s users, %s paid%s%s%s", gap.lower ? ">= " : "",
        human_count(sum.total, total), human_count(usage_paid(sum.total, sum.free), paid),
        gap.text[0] != '\0' ? "  (" : "", gap.text, gap.text[0] != '\0' ? ")" : "");
    overview_plan_editions(a, o, list, cols);
    for (size_t i = 0; i < list->count && (l = add(o, LINE_EDITION)) != NULL; i++) {
        l->opens = true;
        l->pane = PANE_USAGE;
        l->index = i;
    }
}

/* The grid says more of each server where the pane has room for all of them so. */
static void plan_grid(struct app *a, struct overview *o, const struct server_list *list, int cols,
                      int rows)
{
    int widest = 0, roomy, per_row;

    for (size_t i = 0; i < list->count; i++) {
        int n = text_cells(a->screen, list->rows[i].host_id);

        widest = n > widest ? n : widest;
    }
    widest = widest > 20 ? 20 : widest;
    roomy = widest + 5 + ROOMY_REST;
    per_row = (cols - 4) / roomy;
    o->roomy = per_row > 0 && (int64_t)o->count + (int64_t)list->count / per_row + 1 < rows;
    o->cell = o->roomy ? roomy : widest + 5;
    o->per_row = (cols - 4) / o->cell > 0 ? (cols - 4) / o->cell : 1;
}

static void build_servers(struct app *a, struct overview *o, int cols, int rows)
{
    const struct server_list *list = session_servers(a->session);
    struct overview_line *l = add(o, LINE_HEADING);
    struct server_totals t;

    if (l == NULL)
        return;
    put(l->left, "SERVERS");
    if (!session_resource(a->session, RESOURCE_SERVERS)->known) {
        add_note(a, o, RESOURCE_SERVERS);
        return;
    }
    if (list->unavailable) {
        put(l->left, "SERVERS   the service has no status of them now");
        return;
    }
    server_list_totals(list, &t);
    put(l->left, "SERVERS   %zu of %zu reporting", t.reporting, t.all);
    put(l->right, "%zu error%s   %zu warning%s", t.errors, t.errors == 1 ? "" : "s", t.warnings,
        t.warnings == 1 ? "" : "s");
    plan_grid(a, o, list, cols, rows);
    for (size_t i = 0; i < list->count; i += (size_t)o->per_row) {
        l = add(o, LINE_SERVERS);
        if (l == NULL)
            return;
        l->index = i;
        l->opens = true;
        l->pane = PANE_SERVERS;
    }
}

void overview_build(struct app *a, struct overview *o, int cols, int rows)
{
    o->count = 0;
    build_needs(a, o);
    add(o, LINE_BLANK);
    build_usage(a, o, cols);
    add(o, LINE_BLANK);
    build_servers(a, o, cols, rows);
}
