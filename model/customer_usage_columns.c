#include "base/buf.h"
#include "base/human.h"
#include "model/customer_usage.h"
#include "model/getters.h"
#include "model/sum.h"

static void value_count(struct value *v, int64_t n)
{
    if (n == USAGE_UNKNOWN)
        value_null(v);
    else
        value_int(v, n);
}
#define GET_COUNT(row_struct, member) GETTER(row_struct, member, value_count)

GET_TERM(customer_usage, term)
GET_TEXT(customer_usage, customer_id)
GET_TEXT(customer_usage, customer)
GET_TEXT(customer_usage, type)
GET_BOOL(customer_usage, linked)
GET_TEXT(customer_usage, feature_id)
GET_TEXT(customer_usage, edition)
GET_COUNT(customer_usage, total)
GET_COUNT(customer_usage, free)
GET_COUNT(customer_usage, total_before)
GET_COUNT(customer_usage, free_before)
GET_BOOL(customer_usage, incomplete)
GET_BOOL(customer_usage, incomplete_before)

static void put_paid(struct value *out, int64_t total, int64_t free_users)
{
    value_null(out);
    if (total != USAGE_UNKNOWN)
        value_int(out, usage_paid(total, free_users));
}

static void get_paid(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct customer_usage *r = row;

    (void)ctx;
    put_paid(out, r->total, r->free);
}

static void get_paid_before(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct customer_usage *r = row;

    (void)ctx;
    put_paid(out, r->total_before, r->free_before);
}

static void get_change(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct customer_usage *r = row;

    (void)ctx;
    value_null(out);
    if (r->total != USAGE_UNKNOWN && r->total_before != USAGE_UNKNOWN)
        value_int(out, sum_sub(r->total, r->total_before));
}

static void show_change(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct customer_usage *r = row;
    bool rough = r->incomplete || r->incomplete_before;
    struct value v;
    char n[HUMAN_MAX];

    get_change(row, ctx, &v);
    if (v.kind == VALUE_NULL)
        buf_addc(out, '-');
    else if (v.num == 0)
        buf_addstr(out, rough ? "~ =" : "=");
    else
        buf_addf(out, "%s%s%s", rough ? "~ " : "", v.num > 0 ? "+" : "", human_count(v.num, n));
}

/* SIGN: what an incomplete number is. */
static void show_users(int64_t users, bool incomplete, const char *sign, struct buf *out)
{
    char n[HUMAN_MAX];

    if (users == USAGE_UNKNOWN)
        buf_addc(out, '-');
    else
        buf_addf(out, "%s%s", incomplete ? sign : "", human_count(users, n));
}

static void show_total(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct customer_usage *r = row;

    (void)ctx;
    show_users(r->total, r->incomplete, ">= ", out);
}

static void show_paid(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct customer_usage *r = row;
    int64_t paid = r->total != USAGE_UNKNOWN ? usage_paid(r->total, r->free) : USAGE_UNKNOWN;

    (void)ctx;
    show_users(paid, r->incomplete, ">= ", out);
}

/* A silent server's users may be new free ones, or make free ones paid. */
static void show_free(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct customer_usage *r = row;

    (void)ctx;
    show_users(r->free, r->incomplete, "~ ", out);
}

static void show_before(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct customer_usage *r = row;

    (void)ctx;
    show_users(r->total_before, r->incomplete_before, ">= ", out);
}

/* Not linked is no customer: after them all. */
static int compare_customers(const void *pa, const void *pb)
{
    const struct customer_usage *a = pa, *b = pb;
    struct value x, y;

    if (a->linked != b->linked)
        return a->linked ? -1 : 1;
    value_text(&x, a->customer);
    value_text(&y, b->customer);
    return value_compare(&x, &y);
}

static void get_notifications(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct customer_usage *r = row;

    (void)ctx;
    if (r->notifications < 0)
        value_null(out);
    else
        value_int(out, r->notifications);
}

#define NUMBER(column_name, heading, text, getter, width, way, extra)                              \
    {                                                                                              \
        .name = column_name, .title = heading, .help = text,                                       \
        .flags = COLUMN_RIGHT | COLUMN_DESC | (extra), .min_width = width, .max_width = 12,        \
        .give = way, .kind = VALUE_INT, .get = getter                                              \
    }

static const struct column columns[] = {
    {.name = "term",
     .title = "MONTH",
     .help = "the month counted, YYYY-MM",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 7,
     .max_width = 7,
     .kind = VALUE_TEXT,
     .get = get_term},
    {.name = "customer_id",
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
     .help = "name, nickname or else id; Not linked for the rest",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 12,
     .max_width = 48,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_customer,
     .compare = compare_customers},
    {.name = "type",
     .title = "TYPE",
     .help = "Managed, Hosted or Lite",
     .flags = COLUMN_HIDDEN,
     .min_width = 7,
     .max_width = 8,
     .give = 5,
     .kind = VALUE_TEXT,
     .get = get_type},
    {.name = "linked",
     .title = "LINKED",
     .help = "no: the users that are linked to no customer",
     .flags = COLUMN_HIDDEN,
     .min_width = 6,
     .max_width = 6,
     .kind = VALUE_BOOL,
     .get = get_linked},
    {.name = "feature_id",
     .title = "CODE",
     .help = "product code",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 24,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_feature_id},
    {.name = "edition",
     .title = "EDITION",
     .help = "what luitop calls the product; empty where the customer has no usage",
     .flags = COLUMN_SEARCH,
     .min_width = 18,
     .max_width = 40,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_edition},
    {.name = "total",
     .title = "USERS",
     .help = "the customer's users of the edition; empty when not known",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 8,
     .max_width = 14,
     .kind = VALUE_INT,
     .get = get_total,
     .show = show_total},
    {.name = "paid",
     .title = "PAID",
     .help = "total less free",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 8,
     .max_width = 12,
     .give = 2,
     .kind = VALUE_INT,
     .get = get_paid,
     .show = show_paid},
    {.name = "free",
     .title = "FREE",
     .help = "free users",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 6,
     .max_width = 12,
     .give = 6,
     .kind = VALUE_INT,
     .get = get_free,
     .show = show_free},
    {.name = "total_before",
     .title = "BEFORE",
     .help = "users of the month before; empty when not known",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 6,
     .max_width = 14,
     .give = 1,
     .kind = VALUE_INT,
     .get = get_total_before,
     .show = show_before},
    NUMBER("paid_before", "PAID BEF", "paid users of the month before", get_paid_before, 8, 4,
           COLUMN_HIDDEN),
    NUMBER("free_before", "FREE BEF", "free users of the month before", get_free_before, 8, 4,
           COLUMN_HIDDEN),
    {.name = "change",
     .title = "CHANGE",
     .help = "users less those of the month before",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 6,
     .max_width = 12,
     .give = 1,
     .kind = VALUE_INT,
     .get = get_change,
     .show = show_change},
    {.name = "notifications",
     .title = "NOTICES",
     .help = "notifications that the customer has; empty when not told",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 7,
     .max_width = 9,
     .give = 5,
     .kind = VALUE_INT,
     .get = get_notifications},
    {.name = "incomplete",
     .title = "GAPS",
     .help = "yes: servers are silent for the month, so the users are a lower bound",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 4,
     .max_width = 4,
     .kind = VALUE_BOOL,
     .get = get_incomplete},
    {.name = "incomplete_before",
     .title = "GAPS BEF",
     .help = "yes: servers are silent for the month before",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 8,
     .max_width = 8,
     .kind = VALUE_BOOL,
     .get = get_incomplete_before},
};

static uint64_t row_id(const void *row)
{
    return ((const struct customer_usage *)row)->id;
}

static int row_severity(const void *row)
{
    const struct customer_usage *r = row;

    return !r->linked && r->total > 0 ? 2 : 0;
}

const struct row_type customer_usage_row_type = {
    .name = "customer_usage",
    .one = "customer's edition",
    .many = "customers' editions",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "customer,edition,total,paid,free,total_before,change,notifications",
    .id = row_id,
    .severity = row_severity,
};
