#include "model/server.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/human.h"
#include "model/getters.h"

GET_TEXT(server, host_id)
GET_TEXT(server, fqdn)
GET_TIME(server, last_report)
GET_TIME(server, expires)
GET_DAYS(server, days_to_expire)
GET_BOOL(server, free)
GET_BOOL(server, ccu)
GET_INT(server, messages)

static void get_status(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, server_status_name(((const struct server *)row)->status));
}

static void show_status(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)ctx;
    buf_addstr(out, server_finding(row));
}

static void get_severity(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, severity_name(((const struct server *)row)->severity));
}

static int compare_severity(const void *pa, const void *pb)
{
    const struct server *a = pa, *b = pb;

    return (int)a->severity - (int)b->severity;
}

static int compare_status(const void *pa, const void *pb)
{
    const struct server *a = pa, *b = pb;
    int c = compare_severity(a, b);

    return c != 0 ? c : (int)a->status - (int)b->status;
}

static void show_last_reported(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct server *s = row;

    column_show_moment(ctx->now, s->last_report, ctx->zone, out);
}

static void show_age(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct server *s = row;
    char age[HUMAN_MAX];

    buf_addstr(out, s->last_report == TIME_NONE ? "-" : human_age(ctx->now, s->last_report, age));
}

static void get_age_hours(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct server *s = row;
    int64_t age;

    if (s->last_report == TIME_NONE || __builtin_sub_overflow(ctx->now, s->last_report, &age))
        value_null(out);
    else
        value_int(out, age > 0 ? age / 3600 : 0);
}

static void show_expires(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct server *s = row;

    (void)ctx;
    column_show_days(s->days_to_expire, s->expires, out);
}

static void get_customers(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct server *s = row;

    if (ctx->scratch == NULL) {
        value_null(out);
        return;
    }
    for (size_t i = 0; i < s->customer_count; i++)
        value_list_add(ctx->scratch, customer_ref_name(&s->customers[i]));
    value_list(out, ctx->scratch);
}

static void show_customers(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct server *s = row;
    char count[HUMAN_MAX];

    (void)ctx;
    buf_addstr(out, s->customer_count > 0 ? human_count((int64_t)s->customer_count, count) : "-");
}

static const struct column columns[] = {
    {.name = "host_id",
     .title = "HOST",
     .help = "host id that the licences are allocated to; one host may have several rows",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 5,
     .max_width = 24,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_host_id},
    {.name = "fqdn",
     .title = "FQDN",
     .help = "machine name from its reports; empty when it never reported",
     .flags = COLUMN_SEARCH,
     .min_width = 10,
     .max_width = 48,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_fqdn},
    {.name = "status",
     .title = "STATUS",
     .help = "whether Citrix receives its reports; the screen shows what matters most, problems "
             "first",
     .min_width = 14,
     .max_width = 15,
     .kind = VALUE_TEXT,
     .words = server_status_words,
     .get = get_status,
     .show = show_status,
     .compare = compare_status},
    {.name = "severity",
     .title = "SEVERITY",
     .help = "ok, information, warning or error, by the console's rules",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 11,
     .max_width = 11,
     .kind = VALUE_TEXT,
     .words = severity_words,
     .get = get_severity,
     .compare = compare_severity},
    {.name = "last_reported",
     .title = "LAST REPORT",
     .help = "when the last report arrived",
     .flags = COLUMN_DESC,
     .min_width = 11,
     .max_width = 12,
     .kind = VALUE_TIME,
     .get = get_last_report,
     .show = show_last_reported},
    {.name = "age_hours",
     .title = "AGE",
     .help = "whole hours since the last report; empty when it never reported",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 5,
     .max_width = 6,
     .kind = VALUE_INT,
     .get = get_age_hours,
     .show = show_age},
    {.name = "expires",
     .title = "EXPIRES",
     .help = "the nearest expiry of a licence on it; the screen shows the days left, as Citrix "
             "counts them",
     .min_width = 8,
     .max_width = 10,
     .kind = VALUE_TIME,
     .get = get_expires,
     .show = show_expires},
    {.name = "days_to_expire",
     .title = "DAYS LEFT",
     .help = "days to the nearest expiry as Citrix counts them; negative when past",
     .flags = COLUMN_RIGHT | COLUMN_HIDDEN,
     .min_width = 9,
     .max_width = 9,
     .kind = VALUE_INT,
     .get = get_days_to_expire},
    {.name = "free",
     .title = "FREE",
     .help = "yes: a free server, users seen only there are not billed",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 4,
     .max_width = 4,
     .kind = VALUE_BOOL,
     .get = get_free},
    {.name = "ccu",
     .title = "CCU",
     .help = "yes: concurrent licences are in use",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 3,
     .max_width = 3,
     .kind = VALUE_BOOL,
     .get = get_ccu},
    {.name = "messages",
     .title = "MSG",
     .help = "how many messages the console has for it",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 3,
     .max_width = 5,
     .give = 1,
     .kind = VALUE_INT,
     .get = get_messages},
    {.name = "customers",
     .title = "FOR",
     .help = "customers linked to it or to its users; the screen shows how many",
     .flags = COLUMN_RIGHT | COLUMN_SEARCH,
     .min_width = 3,
     .max_width = 6,
     .give = 5,
     .kind = VALUE_LIST,
     .get = get_customers,
     .show = show_customers},
};

static uint64_t row_id(const void *row)
{
    return ((const struct server *)row)->id;
}

static int row_severity(const void *row)
{
    return (int)((const struct server *)row)->severity;
}

const struct row_type server_row_type = {
    .name = "servers",
    .one = "server",
    .many = "servers",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "status,host_id,fqdn,age_hours,last_reported,expires,messages,customers",
    .id = row_id,
    .severity = row_severity,
};
