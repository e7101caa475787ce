/* Servers: who reports, since when not, what expires. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/human.h"
#include "model/timeline.h"
#include "tui/listpane.h"
#include "tui/looks.h"
#include "tui/server_licences.h"

enum { DAY_SECONDS = 86400 };

static struct row_source source(struct app *a)
{
    return server_list_source(session_servers(a->session));
}

/* "Oct 23", of the user's own calendar. */
static const char *day_name(int64_t t, char out[HUMAN_MAX])
{
    struct civil c;

    zone_civil(NULL, t, &c);
    snprintf(out, HUMAN_MAX, "%s %d", human_month(c.month), c.day);
    return out;
}

static void add_timeline(struct app *a, const struct server *s, struct textview *t)
{
    char first[HUMAN_MAX], text[HUMAN_MAX];
    struct err err = {0};
    struct timeline line;
    struct buf words;
    struct civil c;

    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Reports of the last %d days", TIMELINE_DAYS);
    if (session_timeline(a->session, s, &line, &err) < 0) {
        textview_add(t, ROLE_WARNING, "%s", err.what);
        return;
    }
    zone_civil(NULL, app_now(a), &c);
    c.day -= TIMELINE_DAYS - 1;
    day_name(zone_time(NULL, &c), first);
    textview_add(t, ROLE_TEXT, "%s %s today", first, line.cells);
    textview_add(t, ROLE_MUTED, "# reported   . missed   ? not known");
    textview_add(t, ROLE_MUTED, "not known: luitop was not looking, or the day is not over");
    buf_init(&words, 400);
    timeline_text(&line, &words);
    textview_add(t, ROLE_TEXT, "%s", words.data);
    buf_release(&words);
    if (line.longest_from != TIME_NONE && line.longest > DAY_SECONDS)
        textview_add(t, ROLE_TEXT, "the longest gap began on %s",
                     day_name(line.longest_from, text));
}

static const char *yes_no(bool b)
{
    return b ? "yes" : "no";
}

/* "2026-11-22 02:10:05 +01:00": the server's own clock, which is what its administrator sees. */
static const char *own_time(const struct server *s, char out[64])
{
    int minutes = s->report_offset / 60;
    struct civil c;

    civil_from_time(s->last_report, s->report_offset, &c);
    snprintf(out, 64, "%04d-%02d-%02d %02d:%02d:%02d %c%02d:%02d", c.year, c.month, c.day, c.hour,
             c.minute, c.second, minutes < 0 ? '-' : '+', abs(minutes) / 60, abs(minutes) % 60);
    return out;
}

static void add_dates(struct app *a, const struct server *s, struct textview *t)
{
    char own[64], when[HUMAN_MAX], text[HUMAN_MAX];
    struct civil c;

    if (s->last_report == TIME_NONE) {
        textview_pair(t, ROLE_TEXT, "last report", "never");
    } else {
        textview_pair(t, ROLE_TEXT, "last report", "%s, %s ago",
                      human_when(app_now(a), s->last_report, NULL, when),
                      human_age(app_now(a), s->last_report, text));
        textview_pair(t, ROLE_TEXT, "server's clock", "%s", own_time(s, own));
    }
    if (s->expires == TIME_NONE) {
        textview_pair(t, ROLE_TEXT, "expires", "not told by the service");
    } else {
        civil_from_time(s->expires, 0, &c);
        textview_pair(t, ROLE_TEXT, "expires", "%04d-%02d-%02d%s%s", c.year, c.month, c.day,
                      s->days_to_expire != DAYS_NONE ? ", " : "",
                      s->days_to_expire != DAYS_NONE ? human_days(s->days_to_expire, text) : "");
    }
}

static void add_messages(const struct server *s, struct textview *t)
{
    struct buf text;

    buf_init(&text, 4096);
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Messages");
    for (size_t i = 0; server_message(s, i, &text); i++) {
        textview_add(t, severity_role(s->severity), "%s", text.data);
        buf_reset(&text);
    }
    if (s->messages == 0)
        textview_add(t, ROLE_MUTED, "none");
    buf_release(&text);
}

static void add_usage(struct app *a, const struct server *s, struct textview *t)
{
    const struct usage_list *u = session_usage(a->session);
    char total[HUMAN_MAX], paid[HUMAN_MAX];
    bool titled = false;

    for (size_t i = 0; i < u->count && s->fqdn != NULL; i++) {
        const struct usage_feature *f = &u->rows[i];

        for (size_t j = 0; j < f->server_part_count; j++) {
            const struct usage_server *part = &f->server_parts[j];

            if (part->fqdn == NULL || strcmp(part->fqdn, s->fqdn) != 0)
                continue;
            if (!titled) {
                textview_add(t, ROLE_TEXT, "%s", "");
                textview_add(t, ROLE_TITLE, "Users reported by this server this month");
            }
            titled = true;
            textview_pair(t, ROLE_TEXT, edition_name(f->feature_id, f->description, NULL),
                          "%s, paid %s", human_count(part->total, total),
                          human_count(usage_paid(part->total, part->free), paid));
        }
    }
}

static void detail(struct app *a, const void *row, struct textview *t)
{
    const struct server *s = row;

    textview_add(t, ROLE_TITLE, "%s", s->host_id);
    textview_pair(t, severity_role(s->severity), "status", "%s (%s)", server_finding(s),
                  severity_name(s->severity));
    textview_pair(t, ROLE_TEXT, "fqdn", "%s",
                  s->fqdn != NULL ? s->fqdn : "not known: never reported");
    add_dates(a, s, t);
    textview_pair(t, ROLE_TEXT, "free server", "%s", yes_no(s->free));
    textview_pair(t, ROLE_TEXT, "back office", "%s",
                  s->in_back_office ? "known" : "not known to Citrix's back office");
    textview_pair(t, ROLE_TEXT, "compliant", "%s", yes_no(s->compliant));
    textview_pair(t, ROLE_TEXT, "non-CSP licence", "%s", yes_no(s->non_csp));
    textview_pair(t, ROLE_TEXT, "concurrent use", "%s", yes_no(s->ccu));
    for (size_t i = 0; i < s->ccu_count; i++)
        textview_pair(t, ROLE_TEXT, s->ccu_uses[i].feature, "at most %lld this month",
                      (long long)s->ccu_uses[i].count);
    add_timeline(a, s, t);
    add_messages(s, t);
    server_licences_add(a, s, t);
    add_usage(a, s, t);
    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Customers");
    for (size_t i = 0; i < s->customer_count; i++) {
        const struct customer_ref *c = &s->customers[i];

        textview_pair(t, ROLE_TEXT, c->type != NULL ? c->type : "-", "%s  %s",
                      c->name != NULL       ? c->name
                      : c->nickname != NULL ? c->nickname
                                            : "-",
                      c->id != NULL ? c->id : "");
    }
    if (s->customer_count == 0)
        textview_add(t, ROLE_MUTED, "none linked");
}

static int open_pane(struct pane *p)
{
    static const struct list_def def = {
        .type = &server_row_type,
        .source = source,
        .detail = detail,
        .filters = server_filters,
        .filter_count = &server_filter_count,
        .sort = "-status",
        .empty = "The service lists no license server for this account.",
    };

    return listpane_open(p, &def);
}

const struct pane_def pane_servers = {
    .name = "servers",
    .title = "Servers",
    .brief = "Servers",
    .products = PRODUCT_BIT(APPS),
    .resources = RESOURCE_BIT(RESOURCE_SERVERS),
    .uses = RESOURCE_BIT(RESOURCE_USAGE) | RESOURCE_BIT(RESOURCE_SERVER_DETAIL),
    .init = open_pane,
    LISTPANE_FUNCTIONS,
};
