#include "model/server.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/limits.h"
#include "model/list.h"

LIST_INIT(server_list)
LIST_ROWS(server_list, server, SERVERS_MAX)
LIST_SOURCE(server_list, server_row_type)

/* Days to expiry from which a licence is a warning, and an information (published.md §3.1). */
enum { DAYS_WARNING = 30, DAYS_INFORMATION = 90 };

const char *const server_status_words[] = {
    [SERVER_REPORTING] = "reporting",
    [SERVER_NOT_REPORTING] = "not_reporting",
    [SERVER_NEVER_REPORTED] = "never_reported",
    NULL,
};

const char *const severity_words[] = {
    [SEVERITY_OK] = "ok",
    [SEVERITY_INFORMATION] = "information",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
    NULL,
};

const struct server_filter server_filters[] = {
    {"problems", "Errors and warnings", "severity>=warning"},
    {"error", "Errors", "severity=error"},
    {"warning", "Warnings", "severity=warning"},
    {"information", "Information", "severity=information"},
    {"ccu", "Concurrent licences in use", "ccu=yes"},
    {"expiring", "Expiring within {notice} days", "days_to_expire>0 days_to_expire<={notice}"},
    {"never", "Never reported", "status=never_reported"},
    {"free", "Free servers", "free=yes"},
};
const size_t server_filter_count = sizeof(server_filters) / sizeof(server_filters[0]);

const char *server_status_name(enum server_status s)
{
    return server_status_words[s];
}

const char *severity_name(enum severity s)
{
    return severity_words[s];
}

const char *customer_ref_name(const struct customer_ref *c)
{
    if (c->name != NULL && c->name[0] != '\0')
        return c->name;
    if (c->nickname != NULL && c->nickname[0] != '\0')
        return c->nickname;
    return c->id;
}

enum server_status server_status_of(const struct server *s)
{
    if (!s->ever_reported)
        return SERVER_NEVER_REPORTED;
    return s->reporting ? SERVER_REPORTING : SERVER_NOT_REPORTING;
}

static int warning_days(const struct server *s)
{
    return s->warning_days > 0 ? s->warning_days : DAYS_WARNING;
}

static int notice_days(const struct server *s)
{
    return s->notice_days > 0 ? s->notice_days : DAYS_INFORMATION;
}

static bool days_known(const struct server *s)
{
    return s->days_to_expire != DAYS_NONE;
}

enum severity server_severity_of(const struct server *s)
{
    if (!s->reporting)
        return SEVERITY_ERROR;
    if (!s->in_back_office || s->ccu || s->non_csp || s->expired ||
        (days_known(s) && s->days_to_expire <= warning_days(s)))
        return SEVERITY_WARNING;
    if (days_known(s) && s->days_to_expire <= notice_days(s))
        return SEVERITY_INFORMATION;
    return SEVERITY_OK;
}

const char *server_finding(const struct server *s)
{
    enum server_status status = server_status_of(s);

    if (status == SERVER_NEVER_REPORTED)
        return "never reported";
    if (status == SERVER_NOT_REPORTING)
        return "not reporting";
    if (s->expired)
        return "expired";
    if (days_known(s) && s->days_to_expire <= warning_days(s))
        return s->days_to_expire < 0 ? "past its expiry" : "expires soon";
    if (!s->in_back_office)
        return "not on record";
    if (s->non_csp)
        return "non-CSP licence";
    if (s->ccu)
        return "CCU in use";
    if (days_known(s) && s->days_to_expire <= notice_days(s))
        return "renewal ahead";
    return "reporting";
}

void server_list_finish(struct server_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        struct server *s = &l->rows[i];
        const char *const identity[] = {s->host_id, s->fqdn};

        s->status = server_status_of(s);
        s->severity = server_severity_of(s);
        s->messages = server_message_count(s);
        s->id = row_hash(identity, 2);
    }
    list_unique_ids(l->rows, l->count, sizeof(*l->rows), offsetof(struct server, id));
}

void server_list_judge(struct server_list *l, const struct limits *limits)
{
    for (size_t i = 0; i < l->count; i++) {
        l->rows[i].warning_days = limits->expiry_warning;
        l->rows[i].notice_days = limits->expiry_notice;
        l->rows[i].severity = server_severity_of(&l->rows[i]);
    }
}

static void count_expiry(struct server_totals *t, const struct server *s)
{
    int32_t days = s->days_to_expire;

    t->expired += s->expired && s->fqdn != NULL;
    if (!days_known(s) || days <= 0)
        return;
    t->ending += days <= warning_days(s);
    t->expiring_30 += days <= DAYS_WARNING;
    t->expiring_90 += days > DAYS_WARNING && days <= DAYS_INFORMATION;
    if (t->soonest == NULL || days < t->soonest_days) {
        t->soonest_days = days;
        t->soonest = s;
    }
}

void server_list_totals(const struct server_list *l, struct server_totals *out)
{
    struct server_totals t = {.all = l->count, .soonest_days = DAYS_NONE};

    for (size_t i = 0; i < l->count; i++) {
        const struct server *s = &l->rows[i];

        t.reporting += s->status == SERVER_REPORTING;
        t.not_reporting += s->status == SERVER_NOT_REPORTING;
        t.never += s->status == SERVER_NEVER_REPORTED;
        t.errors += s->severity == SEVERITY_ERROR;
        t.warnings += s->severity == SEVERITY_WARNING;
        t.informations += s->severity == SEVERITY_INFORMATION;
        t.ccu += s->ccu;
        t.free += s->free;
        count_expiry(&t, s);
        if (s->status == SERVER_NOT_REPORTING && s->last_report != TIME_NONE &&
            (t.longest_silent == NULL || s->last_report < t.longest_silent->last_report))
            t.longest_silent = s;
    }
    *out = t;
}
