/*
 * The columns that every list of usage has: of editions (usage_columns.c) and of their parts
 * (usage_part_columns.c), whose rows begin with a usage_feature. Inside model/ only.
 */
#ifndef MODEL_USAGE_COLUMNS_H
#define MODEL_USAGE_COLUMNS_H

#include "base/human.h"
#include "model/getters.h"
#include "model/usage.h"

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

static uint64_t row_id(const void *row)
{
    return ((const struct usage_feature *)row)->id;
}

#endif
