#include "model/server.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/usage.h"

/* The concurrent features that count; the console leaves others out too (published.md §3.1). */
static const char *const ccu_features[] = {
    "MPS_ENT_CCU", "MPS_ADV_CCU", "MPS_PLT_CCU", "XDS_PLT_CCS", "XDS_STD_CCS",
};

static size_t silent(const struct server *s)
{
    return !s->reporting && (s->fqdn != NULL || s->last_report != TIME_NONE);
}

static void write_silent(const struct server *s, size_t nth, struct buf *out)
{
    struct civil c;
    int offset = s->report_offset;

    (void)nth;
    if (s->last_report == TIME_NONE) {
        buf_addstr(out, "It is not reporting, and when it last did is not known.");
    } else {
        civil_from_time(s->last_report, offset, &c);
        buf_addf(out, "It has not reported since %04d-%02d-%02d %02d:%02d (UTC%c%02d:%02d).",
                 c.year, c.month, c.day, c.hour, c.minute, offset < 0 ? '-' : '+',
                 abs(offset) / 3600, abs(offset) / 60 % 60);
    }
    buf_addstr(out, " Its users are not counted: check that it runs and that its daily upload "
                    "reaches Citrix, or upload by hand.");
}

static size_t expired(const struct server *s)
{
    return s->expired && s->fqdn != NULL;
}

static void write_expired(const struct server *s, size_t nth, struct buf *out)
{
    (void)s;
    (void)nth;
    buf_addstr(out, "A licence file on it has expired. Download a current one and install it, then "
                    "remove the old one.");
}

/* The console's rule tests the day count for truth: zero and null are not counted, a negative
 * number is. */
static bool expiring(const struct server *s)
{
    return !s->expired && s->fqdn != NULL && s->days_to_expire != DAYS_NONE &&
           s->days_to_expire != 0 && s->days_to_expire <= 90;
}

static size_t expiring_soon(const struct server *s)
{
    return expiring(s) && s->days_to_expire <= 30;
}

static size_t expiring_later(const struct server *s)
{
    return expiring(s) && s->days_to_expire > 30;
}

static void write_expiring(const struct server *s, size_t nth, struct buf *out)
{
    int64_t days = s->days_to_expire;

    (void)nth;
    if (days < 0)
        buf_addf(out, "A licence on it passed its date %" PRId64 " day%s ago.", -days,
                 days == -1 ? "" : "s");
    else
        buf_addf(out, "A licence on it expires in %" PRId64 " day%s.", days, days == 1 ? "" : "s");
    buf_addstr(out, days <= 30 ? " Install the renewed licence file now."
                               : " Plan to install the renewed licence file.");
}

static size_t unknown_host(const struct server *s)
{
    return !s->in_back_office;
}

static void write_unknown_host(const struct server *s, size_t nth, struct buf *out)
{
    (void)nth;
    buf_addf(out,
             "Citrix has no licence allocation for host id %s. Check the host id that the licences "
             "were allocated to, and allocate them again if it changed.",
             s->host_id);
}

static size_t non_csp(const struct server *s)
{
    return s->non_csp;
}

static void write_non_csp(const struct server *s, size_t nth, struct buf *out)
{
    (void)s;
    (void)nth;
    buf_addstr(out, "A licence file that is not for Service Providers is installed on it. Move it "
                    "to a license server of its own.");
}

static bool ccu_counts(const struct ccu_use *u)
{
    for (size_t i = 0; i < sizeof(ccu_features) / sizeof(ccu_features[0]); i++) {
        if (u->count > 0 && u->feature != NULL && strcmp(u->feature, ccu_features[i]) == 0)
            return true;
    }
    return false;
}

static size_t ccu(const struct server *s)
{
    size_t count = 0;

    for (size_t i = 0; i < s->ccu_count; i++)
        count += ccu_counts(&s->ccu_uses[i]);
    return count;
}

static void write_ccu(const struct server *s, size_t nth, struct buf *out)
{
    for (size_t i = 0; i < s->ccu_count; i++) {
        const struct ccu_use *u = &s->ccu_uses[i];

        if (!ccu_counts(u) || nth-- > 0)
            continue;
        buf_addf(out,
                 "Up to %" PRId64 " concurrent licence%s of %s (%s) %s in use this month. Service "
                 "Providers are billed by user: switch the farm to user/device licences.",
                 u->count, u->count == 1 ? "" : "s", edition_name(u->feature, NULL, NULL),
                 u->feature, u->count == 1 ? "was" : "were");
        return;
    }
}

/* Most important first. */
static const struct {
    size_t (*count)(const struct server *s);
    void (*write)(const struct server *s, size_t nth, struct buf *out);
} rules[] = {
    {silent, write_silent},           {expired, write_expired},
    {expiring_soon, write_expiring},  {unknown_host, write_unknown_host},
    {non_csp, write_non_csp},         {ccu, write_ccu},
    {expiring_later, write_expiring},
};

int server_message_count(const struct server *s)
{
    size_t count = 0;

    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
        count += rules[i].count(s);
    return (int)count;
}

bool server_message(const struct server *s, size_t i, struct buf *out)
{
    for (size_t r = 0; r < sizeof(rules) / sizeof(rules[0]); r++) {
        size_t count = rules[r].count(s);

        if (i < count) {
            rules[r].write(s, i, out);
            return true;
        }
        i -= count;
    }
    return false;
}
