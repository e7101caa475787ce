#include "base/buf.h"
#include "base/human.h"
#include "model/getters.h"
#include "model/trend_list.h"

static void value_count(struct value *v, int64_t n)
{
    if (n == USAGE_UNKNOWN)
        value_null(v);
    else
        value_int(v, n);
}
#define GET_COUNT(member) GETTER(trend_row, member, value_count)

GET_TERM(trend_row, term)
GET_TEXT(trend_row, subject)
GET_TEXT(trend_row, method)
GET_COUNT(total)
GET_COUNT(free)
GET_COUNT(error_permille)
GET_COUNT(error_tests)
GET_BOOL(trend_row, incomplete)
GET_BOOL(trend_row, at_most)

static void get_state(const void *row, const struct row_ctx *ctx, struct value *out)
{
    static const char *const words[] = {
        [HISTORY_MISSING] = "missing",
        [HISTORY_KNOWN] = "complete",
        [HISTORY_PARTIAL] = "so_far",
        [HISTORY_INCOMPLETE] = "incomplete",
    };
    const struct trend_row *r = row;

    (void)ctx;
    value_text(out, r->future ? "forecast" : words[r->state]);
}

static void get_paid(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct trend_row *r = row;

    (void)ctx;
    value_count(out, r->total == USAGE_UNKNOWN ? USAGE_UNKNOWN : usage_paid(r->total, r->free));
}

#define GET_AHEAD(member)                                                                          \
    static void get_##member(const void *row, const struct row_ctx *ctx, struct value *out)        \
    {                                                                                              \
        const struct trend_row *r = row;                                                           \
                                                                                                   \
        (void)ctx;                                                                                 \
        value_count(out, r->ahead.there ? r->ahead.member : USAGE_UNKNOWN);                        \
    }
GET_AHEAD(value)
GET_AHEAD(low)
GET_AHEAD(high)

static void show_term(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    char text[TERM_TEXT];

    (void)ctx;
    buf_addstr(out, term_human(((const struct trend_row *)row)->term, text));
}

static void show_bounded(const struct trend_row *r, int64_t n, struct buf *out)
{
    const struct point p = {.value = n, .at_least = r->incomplete, .at_most = r->at_most};
    char count[HUMAN_MAX];

    if (r->future)
        return;
    if (n == USAGE_UNKNOWN)
        buf_addc(out, point_mark(POINT_MISSING));
    else
        buf_addf(out, "%s%s", point_sign(p), human_count(n, count));
}

static void show_total(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)ctx;
    show_bounded(row, ((const struct trend_row *)row)->total, out);
}

static void show_free(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)ctx;
    show_bounded(row, ((const struct trend_row *)row)->free, out);
}

static void show_paid(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct trend_row *r = row;

    (void)ctx;
    show_bounded(r, r->total == USAGE_UNKNOWN ? USAGE_UNKNOWN : usage_paid(r->total, r->free), out);
}

#define NUMBER(column_name, heading, text, getter, shower)                                         \
    {                                                                                              \
        .name = (column_name), .title = (heading), .help = (text),                                 \
        .flags = COLUMN_RIGHT | COLUMN_DESC, .min_width = 7, .max_width = 14, .kind = VALUE_INT,   \
        .get = (getter), .show = (shower)                                                          \
    }

static const struct column columns[] = {
    {.name = "term",
     .title = "MONTH",
     .help = "the month, YYYY-MM",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 8,
     .kind = VALUE_TEXT,
     .get = get_term,
     .show = show_term},
    {.name = "subject",
     .title = "SHOWN",
     .help = "whose users these are",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 40,
     .kind = VALUE_TEXT,
     .get = get_subject},
    {.name = "state",
     .title = "STATE",
     .help = "complete, so_far, incomplete, missing or forecast",
     .flags = COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 10,
     .kind = VALUE_TEXT,
     .get = get_state},
    NUMBER("total", "USERS", "users that were counted; never a forecast", get_total, show_total),
    NUMBER("paid", "PAID", "total less free: what is billed", get_paid, show_paid),
    NUMBER("free", "FREE", "users marked free or seen on free servers only", get_free, show_free),
    {.name = "incomplete",
     .title = "LOWER",
     .help = "servers are silent: the counts are lower bounds",
     .flags = COLUMN_HIDDEN,
     .min_width = 5,
     .max_width = 5,
     .kind = VALUE_BOOL,
     .get = get_incomplete},
    {.name = "at_most",
     .title = "UPPER",
     .help = "chosen servers share users: the counts are upper bounds",
     .flags = COLUMN_HIDDEN,
     .min_width = 5,
     .max_width = 5,
     .kind = VALUE_BOOL,
     .get = get_at_most},
    NUMBER("forecast", "FORECAST", "users that are expected: no fact", get_value, NULL),
    NUMBER("low", "LOW", "the forecast's lower end", get_low, NULL),
    NUMBER("high", "HIGH", "the forecast's upper end", get_high, NULL),
    {.name = "method",
     .title = "METHOD",
     .help = "how the forecast was made: run-rate or trend",
     .min_width = 8,
     .max_width = 10,
     .kind = VALUE_TEXT,
     .get = get_method},
    NUMBER("error_permille", "ERROR",
           "typical error of the method before, in thousandths; empty when not known",
           get_error_permille, NULL),
    NUMBER("error_tests", "TESTS", "earlier forecasts that the error is from", get_error_tests,
           NULL),
};

static uint64_t row_id(const void *row)
{
    return ((const struct trend_row *)row)->id;
}

static int row_severity(const void *row)
{
    const struct trend_row *r = row;

    return !r->future && (r->state == HISTORY_MISSING || r->incomplete) ? 2 : 0;
}

const struct row_type trend_row_type = {
    .name = "trend",
    .one = "month",
    .many = "months",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "term,state,total,paid,free,forecast,low,high,method,error_permille,error_tests",
    .id = row_id,
    .severity = row_severity,
};
