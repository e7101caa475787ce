#include "base/clock.h"
#include "model/sum.h"
#include "model/usage_columns.h"
#include "model/usage_parts.h"

/* Defines get_WHO_before(), get_WHO_change() and show_WHO_change() for the rows of a breakdown. */
#define CHANGE_GETTERS(who, row_struct)                                                            \
    static void get_##who##_before(const void *row, const struct row_ctx *ctx, struct value *out)  \
    {                                                                                              \
        (void)ctx;                                                                                 \
        value_count(out, ((const struct row_struct *)row)->total_before);                          \
    }                                                                                              \
    static void get_##who##_change(const void *row, const struct row_ctx *ctx, struct value *out)  \
    {                                                                                              \
        const struct row_struct *r = row;                                                          \
                                                                                                   \
        (void)ctx;                                                                                 \
        value_change(out, r->total_before, r->f.total);                                            \
    }                                                                                              \
    static void show_##who##_change(const void *row, const struct row_ctx *ctx, struct buf *out)   \
    {                                                                                              \
        struct value v;                                                                            \
                                                                                                   \
        get_##who##_change(row, ctx, &v);                                                          \
        show_change(&v, ((const struct row_struct *)row)->f.incomplete, out);                      \
    }

static void value_change(struct value *v, int64_t before, int64_t now)
{
    value_null(v);
    if (before != USAGE_UNKNOWN)
        value_int(v, sum_sub(now, before));
}

static void show_change(const struct value *v, bool rough, struct buf *out)
{
    char n[HUMAN_MAX];

    if (v->kind == VALUE_NULL)
        buf_addc(out, '-');
    else if (v->num == 0 && !rough)
        buf_addc(out, '=');
    else
        buf_addf(out, "%s%s%s", rough ? "~ " : "", v->num > 0 ? "+" : "", human_count(v->num, n));
}

CHANGE_GETTERS(customer, usage_customer_row)
CHANGE_GETTERS(server, usage_server_row)

#define CHANGE_COLUMNS(who)                                                                        \
    {.name = "total_before",                                                                       \
     .title = "BEFORE",                                                                            \
     .help = "users of the month before; empty when not known",                                    \
     .flags = COLUMN_RIGHT | COLUMN_DESC,                                                          \
     .min_width = 6,                                                                               \
     .max_width = 12,                                                                              \
     .give = 3,                                                                                    \
     .kind = VALUE_INT,                                                                            \
     .get = get_##who##_before},                                                                   \
        {.name = "change",                                                                         \
         .title = "CHANGE",                                                                        \
         .help = "users less those of the month before",                                           \
         .flags = COLUMN_RIGHT | COLUMN_DESC,                                                      \
         .min_width = 6,                                                                           \
         .max_width = 12,                                                                          \
         .give = 2,                                                                                \
         .kind = VALUE_INT,                                                                        \
         .get = get_##who##_change,                                                                \
         .show = show_##who##_change},
enum { CHANGE_COUNT = 2 };

GET_TEXT(usage_customer_row, customer_id)
GET_TEXT(usage_customer_row, customer)
GET_BOOL(usage_customer_row, linked)

static const struct column customer_columns[] = {
    USAGE_COLUMNS USAGE_INCOMPLETE{
        .name = "customer_id",
        .title = "ID",
        .help = "customer id; empty for the users that are linked to no customer",
        .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
        .min_width = 8,
        .max_width = 36,
        .give = 4,
        .kind = VALUE_TEXT,
        .get = get_customer_id},
    {.name = "customer",
     .title = "CUSTOMER",
     .help = "name, nickname or else id of the customer; Not linked for the rest",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 14,
     .max_width = 48,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_customer},
    {.name = "linked",
     .title = "LINKED",
     .help = "no: the users that are linked to no customer",
     .flags = COLUMN_HIDDEN,
     .min_width = 6,
     .max_width = 6,
     .kind = VALUE_BOOL,
     .get = get_linked},
    CHANGE_COLUMNS(customer)};

/* Users that nobody is billed for want work. */
static int customer_severity(const void *row)
{
    const struct usage_customer_row *r = row;

    return !r->linked && r->f.total > 0 ? 2 : 0;
}

const struct row_type usage_customer_row_type = {
    .name = "usage",
    .one = "customer's part",
    .many = "customers' parts",
    .columns = customer_columns,
    .count = sizeof(customer_columns) / sizeof(customer_columns[0]) - CHANGE_COUNT,
    .screen = "customer,edition,total,paid,free,free_percent",
    .id = row_id,
    .severity = customer_severity,
};

const struct row_type usage_customer_change_row_type = {
    .name = "usage",
    .one = "customer",
    .many = "customers",
    .columns = customer_columns,
    .count = sizeof(customer_columns) / sizeof(customer_columns[0]),
    .screen = "customer,total,paid,free,free_percent,total_before,change",
    .id = row_id,
    .severity = customer_severity,
};

GET_TEXT(usage_server_row, fqdn)
GET_BOOL(usage_server_row, server_free)
GET_TIME(usage_server_row, reporting_date)

static void show_reporting_date(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct usage_server_row *r = row;
    char when[HUMAN_MAX];

    buf_addstr(out, r->reporting_date == TIME_NONE
                        ? "not known"
                        : human_when(ctx->now, r->reporting_date, ctx->zone, when));
}

/* "(free) lic03.nimbus.example": the end of a name is what short room costs. */
static void show_server(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct usage_server_row *r = row;

    (void)ctx;
    buf_addf(out, "%s%s", r->server_free ? "(free) " : "", r->fqdn != NULL ? r->fqdn : "-");
}

/* "02:10, 11 h", "Nov 9, 13 d silent": the day is enough where the age follows. */
static void show_reported(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct usage_server_row *r = row;
    char age[HUMAN_MAX];

    if (r->reporting_date == TIME_NONE) {
        buf_addstr(out, "not known");
    } else {
        size_t start = out->len, blank;

        column_show_moment(ctx->now, r->reporting_date, ctx->zone, out);
        for (blank = out->len; blank > start && out->data[blank - 1] != ' ';)
            blank--;
        if (blank > start)
            out->data[out->len = blank - 1] = '\0';
        buf_addf(out, ", %s", human_age(ctx->now, r->reporting_date, age));
    }
    if (r->f.incomplete)
        buf_addstr(out, " silent");
}

static const struct column server_columns[] = {
    USAGE_COLUMNS USAGE_INCOMPLETE{.name = "fqdn",
                                   .title = "SERVER",
                                   .help =
                                       "license server; its users may count on other servers too",
                                   .flags = COLUMN_KEY | COLUMN_SEARCH,
                                   .min_width = 14,
                                   .max_width = 48,
                                   .give = 3,
                                   .kind = VALUE_TEXT,
                                   .get = get_fqdn},
    {.name = "server_free",
     .title = "FREE SRV",
     .help = "yes: tagged as a free server",
     .flags = COLUMN_DESC,
     .min_width = 8,
     .max_width = 8,
     .give = 1,
     .kind = VALUE_BOOL,
     .get = get_server_free},
    {.name = "reporting_date",
     .title = "REPORTED",
     .help = "the server's last report that told of the month; empty when not known",
     .flags = COLUMN_DESC,
     .min_width = 10,
     .max_width = 21,
     .give = 2,
     .kind = VALUE_TIME,
     .get = get_reporting_date,
     .show = show_reporting_date},
    CHANGE_COLUMNS(server){.name = "server",
                           .title = "SERVER",
                           .help = "license server, and whether it is a free one",
                           .flags = COLUMN_KEY | COLUMN_SCREEN,
                           .min_width = 13,
                           .max_width = 48,
                           .give = 3,
                           .kind = VALUE_TEXT,
                           .get = get_fqdn,
                           .show = show_server},
    {.name = "reported",
     .title = "REPORTED",
     .help = "day and age of the server's last report, and whether it is silent",
     .flags = COLUMN_DESC | COLUMN_SCREEN,
     .min_width = 18,
     .max_width = 24,
     .kind = VALUE_TIME,
     .get = get_reporting_date,
     .show = show_reported},
};
enum { SERVER_SCREEN_COUNT = 2 };

static int server_severity(const void *row)
{
    return ((const struct usage_feature *)row)->incomplete ? 2 : 0;
}

const struct row_type usage_server_row_type = {
    .name = "usage",
    .one = "server's part",
    .many = "servers' parts",
    .columns = server_columns,
    .count =
        sizeof(server_columns) / sizeof(server_columns[0]) - CHANGE_COUNT - SERVER_SCREEN_COUNT,
    .screen = "fqdn,edition,total,paid,free,server_free,reporting_date",
    .id = row_id,
    .severity = server_severity,
};

const struct row_type usage_server_change_row_type = {
    .name = "usage",
    .one = "server",
    .many = "servers",
    .columns = server_columns,
    .count = sizeof(server_columns) / sizeof(server_columns[0]),
    .screen = "server,total,paid,free,free_percent,reported,change",
    .id = row_id,
    .severity = server_severity,
};
