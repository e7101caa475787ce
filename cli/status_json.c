/* The status for programs: {"schema":1,…}; a section that is not known is null. */
#include <inttypes.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/status.h"
#include "model/column.h"
#include "model/json.h"
#include "model/term.h"
#include "session/config.h"

/* ,"NAME": and then the value. */
static void key(struct buf *out, const char *name)
{
    buf_addf(out, ",\n\"%s\":", name);
}

static void number(struct buf *out, const char *name, int64_t n)
{
    buf_addf(out, ",\"%s\":%" PRId64, name, n);
}

static bool section(const struct status *s, struct buf *out, const char *name,
                    enum resource_kind kind)
{
    const struct resource *r = s->resources[kind];

    key(out, name);
    if (!status_known(s, kind)) {
        buf_addstr(out, "null");
        return false;
    }
    buf_addstr(out, "{\"as_of\":");
    json_put_time(out, r->as_of);
    buf_addf(out, ",\"from_snapshot\":%s", r->from_snapshot ? "true" : "false");
    number(out, "unreadable", (int64_t)r->unreadable);
    return true;
}

/* Every exported column of the rows that V shows. */
static void rows(const struct row_ctx *ctx, struct buf *out, const char *name, const struct view *v)
{
    const struct row_type *type = v->source.type;
    size_t cols[COLUMNS_MAX], count = 0;

    for (size_t i = 0; i < type->count && count < COLUMNS_MAX; i++)
        if (!(type->columns[i].flags & COLUMN_SCREEN))
            cols[count++] = i;
    buf_addf(out, ",\"%s\":[", name);
    for (size_t i = 0; i < v->count; i++) {
        buf_addstr(out, i > 0 ? ",\n" : "\n");
        json_put_row(out, type, cols, count, view_row(v, i), ctx);
    }
    buf_addc(out, ']');
}

static void servers(const struct status *s, struct buf *out)
{
    const struct server_totals *t = &s->server_totals;

    if (!section(s, out, "servers", RESOURCE_SERVERS))
        return;
    number(out, "all", (int64_t)t->all);
    number(out, "reporting", (int64_t)t->reporting);
    number(out, "not_reporting", (int64_t)t->not_reporting);
    number(out, "never_reported", (int64_t)t->never);
    number(out, "errors", (int64_t)t->errors);
    number(out, "warnings", (int64_t)t->warnings);
    number(out, "expired", (int64_t)t->expired);
    rows(&s->ctx, out, "silent", &s->silent);
    rows(&s->ctx, out, "expiring", &s->expiring);
    buf_addc(out, '}');
}

static void usage(const struct status *s, struct buf *out)
{
    struct view all;
    struct usage_sum sum;
    struct buf why;
    bool gap;

    if (!section(s, out, "usage", RESOURCE_USAGE))
        return;
    buf_init(&why, 200);
    gap = status_gap(s, &why);
    usage_list_sum(s->usage, &sum);
    buf_addf(out, ",\"complete\":%s,\"incomplete\":", gap ? "false" : "true");
    json_put_text(out, gap ? why.data : NULL);
    number(out, "total", sum.total);
    number(out, "paid", usage_paid(sum.total, sum.free));
    number(out, "free", sum.free);
    buf_addstr(out, ",\"not_linked\":");
    if (sum.not_linked >= 0)
        buf_addf(out, "%" PRId64, sum.not_linked);
    else
        buf_addstr(out, "null");
    view_init(&all);
    all.source = usage_list_source(s->usage);
    all.sort_column = -1;
    if (view_rebuild(&all, &s->ctx) == 0)
        rows(&s->ctx, out, "editions", &all);
    else
        out->failed = ERR_NOMEM;
    view_release(&all);
    buf_release(&why);
    buf_addc(out, '}');
}

static void window(const struct status *s, struct buf *out)
{
    char term[TERM_TEXT];
    int64_t closes;
    int open = status_window(s, &closes);

    key(out, "tagging");
    if (open == TERM_NONE) {
        buf_addstr(out, "null");
        return;
    }
    buf_addstr(out, "{\"term\":");
    json_put_text(out, term_text(open, term));
    buf_addstr(out, ",\"closes\":");
    json_put_time(out, closes);
    number(out, "days_left", (closes - s->now) / 86400);
    buf_addc(out, '}');
}

static void rest(const struct status *s, struct buf *out)
{
    if (section(s, out, "customers", RESOURCE_CUSTOMERS)) {
        number(out, "count", (int64_t)s->customers->count);
        buf_addc(out, '}');
    }
    if (section(s, out, "netscaler", RESOURCE_NETSCALERS)) {
        struct netscaler_totals t;

        netscaler_list_totals(s->netscalers, &t);
        number(out, "hosts", (int64_t)t.hosts);
        number(out, "reporting_hosts", (int64_t)t.reporting_hosts);
        number(out, "licences", (int64_t)t.licences);
        number(out, "expired", (int64_t)t.expired);
        number(out, "expiring_30", (int64_t)t.expiring_30);
        buf_addc(out, '}');
    }
    if (section(s, out, "notifications", RESOURCE_NOTICES)) {
        number(out, "count", (int64_t)s->notices->count);
        buf_addf(out, ",\"more\":%s}", s->notices->more ? "true" : "false");
    }
}

static void failures(const struct status *s, struct buf *out)
{
    const char *sep = "";

    key(out, "failures");
    buf_addc(out, '{');
    for (size_t i = 0; i < status_resource_count; i++) {
        const struct resource *r = s->resources[status_resources[i]];

        if (!r->failed)
            continue;
        buf_addf(out, "%s\"%s\":", sep, resource_name(r->kind));
        json_put_error(out, &r->err);
        sep = ",";
    }
    buf_addc(out, '}');
}

void status_json(const struct status *s, struct buf *out)
{
    char term[TERM_TEXT];

    buf_addstr(out, "{\"schema\":1");
    key(out, "account");
    json_put_text(out, s->profile->customer_id);
    key(out, "profile");
    json_put_text(out, s->profile->name);
    key(out, "now");
    json_put_time(out, s->now);
    key(out, "as_of");
    json_put_time(out, status_as_of(s));
    key(out, "term");
    json_put_text(out, term_text(s->term, term));
    servers(s, out);
    usage(s, out);
    window(s, out);
    rest(s, out);
    failures(s, out);
    buf_addstr(out, "\n}\n");
}
