#include "model/usage.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/human.h"
#include "model/getters.h"
#include "model/usage_parts.h"

static void value_count(struct value *v, int64_t n)
{
    if (n == USAGE_UNKNOWN)
        value_null(v);
    else
        value_int(v, n);
}
#define GET_COUNT(row_struct, member) GETTER(row_struct, member, value_count)

GET_TERM(usage_feature, term)
GET_TEXT(usage_feature, sku_id)
GET_TEXT(usage_feature, feature_id)
GET_COUNT(usage_feature, total)
GET_COUNT(usage_feature, free)
GET_COUNT(usage_feature, servers)
GET_COUNT(usage_feature, free_servers)
GET_COUNT(usage_feature, customers)
GET_BOOL(usage_feature, incomplete)

static void get_edition(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct usage_feature *f = row;

    (void)ctx;
    value_text(out, edition_name(f->feature_id, f->description, NULL));
}

static void get_paid(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct usage_feature *f = row;

    (void)ctx;
    value_int(out, usage_paid(f->total, f->free));
}

static void get_free_percent(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct usage_feature *f = row;

    (void)ctx;
    value_int(out, usage_free_percent(f->total, f->free));
}

/* A count of users with what it is. LOWER: more servers can only raise it. */
static void show_bound(const struct usage_feature *f, int64_t n, bool lower, struct buf *out)
{
    char text[HUMAN_MAX];

    if (n == USAGE_UNKNOWN) {
        buf_addc(out, '-');
        return;
    }
    if (f->incomplete)
        buf_addstr(out, f->at_most || !lower ? "~ " : ">= ");
    else if (f->at_most)
        buf_addstr(out, "<= ");
    buf_addstr(out, human_count(n, text));
}

static void show_total(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct usage_feature *f = row;

    (void)ctx;
    show_bound(f, f->total, true, out);
}

static void show_paid(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct usage_feature *f = row;

    (void)ctx;
    show_bound(f, usage_paid(f->total, f->free), true, out);
}

/* A user seen on free servers only is free until a paid server reports (extensions.md). */
static void show_free(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct usage_feature *f = row;

    (void)ctx;
    show_bound(f, f->free, false, out);
}

/* What a row of any usage list has; the rows of the breakdowns begin with a usage_feature. */
#define USAGE_COLUMNS                                                                              \
    {.name = "term",                                                                               \
     .title = "MONTH",                                                                             \
     .help = "the month counted, YYYY-MM",                                                         \
     .flags = COLUMN_HIDDEN | COLUMN_DESC,                                                         \
     .min_width = 7,                                                                               \
     .max_width = 7,                                                                               \
     .kind = VALUE_TEXT,                                                                           \
     .get = get_term},                                                                             \
        {.name = "sku_id",                                                                         \
         .title = "SKU",                                                                           \
         .help = "stock code, as Citrix writes it",                                                \
         .flags = COLUMN_HIDDEN | COLUMN_SEARCH,                                                   \
         .min_width = 8,                                                                           \
         .max_width = 24,                                                                          \
         .give = 4,                                                                                \
         .kind = VALUE_TEXT,                                                                       \
         .get = get_sku_id},                                                                       \
        {.name = "feature_id",                                                                     \
         .title = "CODE",                                                                          \
         .help = "product code; one that luitop has no name for is shown and counted as it is",    \
         .flags = COLUMN_HIDDEN | COLUMN_SEARCH,                                                   \
         .min_width = 8,                                                                           \
         .max_width = 24,                                                                          \
         .give = 4,                                                                                \
         .kind = VALUE_TEXT,                                                                       \
         .get = get_feature_id},                                                                   \
        {.name = "edition",                                                                        \
         .title = "EDITION",                                                                       \
         .help = "what luitop calls the product code, else Citrix's description",                  \
         .flags = COLUMN_KEY | COLUMN_SEARCH,                                                      \
         .min_width = 12,                                                                          \
         .max_width = 40,                                                                          \
         .give = 3,                                                                                \
         .kind = VALUE_TEXT,                                                                       \
         .get = get_edition},                                                                      \
        {.name = "total",                                                                          \
         .title = "USERS",                                                                         \
         .help = "unique users; a user counts once per edition",                                   \
         .flags = COLUMN_RIGHT | COLUMN_DESC,                                                      \
         .min_width = 7,                                                                           \
         .max_width = 12,                                                                          \
         .kind = VALUE_INT,                                                                        \
         .get = get_total,                                                                         \
         .show = show_total},                                                                      \
        {.name = "paid",                                                                           \
         .title = "PAID",                                                                          \
         .help = "total less free: what is billed",                                                \
         .flags = COLUMN_RIGHT | COLUMN_DESC,                                                      \
         .min_width = 7,                                                                           \
         .max_width = 12,                                                                          \
         .kind = VALUE_INT,                                                                        \
         .get = get_paid,                                                                          \
         .show = show_paid},                                                                       \
        {.name = "free",                                                                           \
         .title = "FREE",                                                                          \
         .help = "users marked free or seen on free servers only",                                 \
         .flags = COLUMN_RIGHT | COLUMN_DESC,                                                      \
         .min_width = 6,                                                                           \
         .max_width = 12,                                                                          \
         .kind = VALUE_INT,                                                                        \
         .get = get_free,                                                                          \
         .show = show_free},                                                                       \
        {.name = "free_percent",                                                                   \
         .title = "FREE %",                                                                        \
         .help = "free users in percent of all, rounded, halves up",                               \
         .flags = COLUMN_RIGHT | COLUMN_DESC,                                                      \
         .min_width = 6,                                                                           \
         .max_width = 6,                                                                           \
         .give = 1,                                                                                \
         .kind = VALUE_INT,                                                                        \
         .get = get_free_percent},                                                                 \
        {.name = "servers",                                                                        \
         .title = "SERVERS",                                                                       \
         .help = "license servers that reported it",                                               \
         .flags = COLUMN_RIGHT | COLUMN_DESC,                                                      \
         .min_width = 7,                                                                           \
         .max_width = 9,                                                                           \
         .give = 2,                                                                                \
         .kind = VALUE_INT,                                                                        \
         .get = get_servers},                                                                      \
        {.name = "free_servers",                                                                   \
         .title = "FREE SRV",                                                                      \
         .help = "free servers among them",                                                        \
         .flags = COLUMN_RIGHT | COLUMN_HIDDEN | COLUMN_DESC,                                      \
         .min_width = 8,                                                                           \
         .max_width = 9,                                                                           \
         .give = 2,                                                                                \
         .kind = VALUE_INT,                                                                        \
         .get = get_free_servers},                                                                 \
        {.name = "customers",                                                                      \
         .title = "CUSTOMERS",                                                                     \
         .help = "customers that users of it are linked to",                                       \
         .flags = COLUMN_RIGHT | COLUMN_DESC,                                                      \
         .min_width = 9,                                                                           \
         .max_width = 9,                                                                           \
         .give = 2,                                                                                \
         .kind = VALUE_INT,                                                                        \
         .get = get_customers},
#define USAGE_INCOMPLETE                                                                           \
    {.name = "incomplete",                                                                         \
     .title = "GAPS",                                                                              \
     .help = "yes: servers are silent for the month, so the total is a lower bound",               \
     .flags = COLUMN_HIDDEN | COLUMN_DESC,                                                         \
     .min_width = 4,                                                                               \
     .max_width = 4,                                                                               \
     .give = 2,                                                                                    \
     .kind = VALUE_BOOL,                                                                           \
     .get = get_incomplete},

static const struct column columns[] = {USAGE_COLUMNS USAGE_INCOMPLETE};

static uint64_t row_id(const void *row)
{
    return ((const struct usage_feature *)row)->id;
}

/* A code that luitop cannot name is worth a look, since it is on the invoice all the same. */
static int row_severity(const void *row)
{
    bool known;

    edition_name(((const struct usage_feature *)row)->feature_id, NULL, &known);
    return known ? 0 : 1;
}

const struct row_type usage_row_type = {
    .name = "usage",
    .one = "edition",
    .many = "editions",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]) - 1,
    .screen = "edition,total,paid,free,free_percent,servers,customers",
    .id = row_id,
    .severity = row_severity,
};

const struct row_type usage_gap_row_type = {
    .name = "usage",
    .one = "edition",
    .many = "editions",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "edition,total,paid,free,free_percent,servers,customers",
    .id = row_id,
    .severity = row_severity,
};

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
};

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
    .count = sizeof(customer_columns) / sizeof(customer_columns[0]),
    .screen = "customer,edition,total,paid,free,free_percent",
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
};

static int server_severity(const void *row)
{
    return ((const struct usage_feature *)row)->incomplete ? 2 : 0;
}

const struct row_type usage_server_row_type = {
    .name = "usage",
    .one = "server's part",
    .many = "servers' parts",
    .columns = server_columns,
    .count = sizeof(server_columns) / sizeof(server_columns[0]),
    .screen = "fqdn,edition,total,paid,free,server_free,reporting_date",
    .id = row_id,
    .severity = server_severity,
};
