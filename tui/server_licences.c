#include "tui/server_licences.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/human.h"
#include "tui/looks.h"

/* One text an item, with AND between its two halves. */
static void add_items(struct textview *t, const char *label, const char *const *items, size_t count,
                      char separator, const char *between)
{
    for (size_t i = 0; i < count; i++) {
        struct text_half first, second;
        bool two = licence_split(items[i], separator, &first, &second);

        textview_pair(t, ROLE_TEXT, i == 0 ? label : "", "%.*s%s%.*s", (int)first.len, first.text,
                      two ? between : "", (int)second.len, second.text);
    }
}

/* "2026-12-31, in 37 d"; the day count is the service's own. */
static void add_expiry(const struct licence *l, struct textview *t)
{
    static const enum severity severities[] = {SEVERITY_OK, SEVERITY_INFORMATION, SEVERITY_WARNING};
    enum role role = severity_role(severities[licence_severity(l)]);
    char date[32] = "date not told", days[HUMAN_MAX] = "";
    struct civil c;

    if (l->expires != TIME_NONE) {
        civil_from_time(l->expires, 0, &c);
        snprintf(date, sizeof(date), "%04d-%02d-%02d", c.year, c.month, c.day);
    }
    if (l->days_to_expire != DAYS_NONE)
        human_days(l->days_to_expire, days);
    textview_pair(t, role, l->expired ? "expired" : "expires", "%s%s%s", date,
                  days[0] != '\0' ? ", " : "", days);
}

static void add_licence(const struct licence *l, struct textview *t)
{
    struct civil c;

    textview_add(t, ROLE_NUMBER, "%s", l->name != NULL ? l->name : "(no name)");
    add_expiry(l, t);
    for (size_t i = 0; i < l->product_count; i++)
        textview_pair(t, ROLE_TEXT, i == 0 ? "product" : "", "%s", l->products[i]);
    add_items(t, "feature", l->features, l->feature_count, '|', ", ");
    add_items(t, "serial", l->serials, l->serial_count, ':', " : ");
    if (l->created == TIME_NONE)
        return;
    civil_from_time(l->created, 0, &c);
    textview_pair(t, ROLE_MUTED, "issued", "%04d-%02d-%02d", c.year, c.month, c.day);
}

/* "6 licences, 1 expired, 2 end within 30 d". */
static void add_totals(const struct server_detail *d, struct textview *t)
{
    struct licence_totals totals;
    char n[HUMAN_MAX];
    struct buf b;

    buf_init(&b, 400);
    server_detail_totals(d, &totals);
    if (d->count == 0)
        buf_addstr(&b, "the service lists none");
    else
        buf_addf(&b, "%s licence%s", human_count((int64_t)totals.licences, n),
                 totals.licences == 1 ? "" : "s");
    if (totals.expired > 0)
        buf_addf(&b, ", %s expired", human_count((int64_t)totals.expired, n));
    if (totals.expiring_30 > 0)
        buf_addf(&b, ", %s within 30 d of their end", human_count((int64_t)totals.expiring_30, n));
    if (totals.expiring_90 > 0)
        buf_addf(&b, ", %s within 90 d", human_count((int64_t)totals.expiring_90, n));
    textview_add(t, totals.expired + totals.expiring_30 > 0 ? ROLE_WARNING : ROLE_TEXT, "%s",
                 b.data);
    if (d->told >= 0 && d->told != (int64_t)d->count)
        textview_add(t, ROLE_WARNING, "the service counts %s, but lists other than that",
                     human_count(d->told, n));
    buf_release(&b);
}

static void add_known(struct app *a, const struct resource *r, struct textview *t)
{
    const struct server_detail *d = session_server_detail(a->session);
    char when[HUMAN_MAX];

    if (r->failed || r->from_snapshot)
        textview_add(t, ROLE_MUTED, "as of %s", human_when(app_now(a), r->as_of, NULL, when));
    if (r->unreadable > 0) {
        textview_add(t, ROLE_WARNING,
                     "the answer could not be read, so its licences are not known");
        return;
    }
    add_totals(d, t);
    for (size_t i = 0; i < d->count; i++)
        add_licence(&d->rows[i], t);
}

void server_licences_add(struct app *a, const struct server *s, struct textview *t)
{
    const struct resource *r = session_resource(a->session, RESOURCE_SERVER_DETAIL);
    char text[900];

    textview_add(t, ROLE_TEXT, "%s", "");
    textview_add(t, ROLE_TITLE, "Licence files");
    if (s->fqdn == NULL) {
        textview_add(t, ROLE_MUTED, "not known: the server never reported");
        return;
    }
    /* Once a server: another look at a failure would ask for ever. */
    if (strcmp(session_key(a->session, RESOURCE_SERVER_DETAIL), s->fqdn) != 0 &&
        session_look(a->session, RESOURCE_SERVER_DETAIL, s->fqdn) < 0) {
        textview_add(t, ROLE_MUTED, "this server's name is too long to ask for");
        return;
    }
    if (r->failed)
        textview_add(t, ROLE_ERROR, "%s", err_sentence(&r->err, text, sizeof(text)));
    if (r->known)
        add_known(a, r, t);
    else if (!r->failed)
        textview_add(t, ROLE_MUTED, "%s",
                     trouble_unknown(a, RESOURCE_SERVER_DETAIL, text, sizeof(text)));
}
