#include "base/buf.h"
#include "base/clock.h"
#include "base/human.h"
#include "model/deployment.h"
#include "model/getters.h"

static const char *const status_words[] = {
    [DEPLOYMENT_REPORTING] = "reporting",
    [DEPLOYMENT_NOT_REPORTING] = "not_reporting",
    [DEPLOYMENT_DROPPED] = "not_listed",
    NULL,
};

static void value_known(struct value *v, int64_t n)
{
    if (n == DEPLOYMENT_UNKNOWN)
        value_null(v);
    else
        value_int(v, n);
}
#define GET_KNOWN(row_struct, member) GETTER(row_struct, member, value_known)

GET_TEXT(deployment, product)
GET_TEXT(deployment, edition)
GET_TEXT(deployment, model)
GET_TEXT(deployment, fqdn)
GET_KNOWN(deployment, installed)
GET_KNOWN(deployment, in_use)
GET_KNOWN(deployment, overdraft)
GET_KNOWN(deployment, peak_7d)
GET_KNOWN(deployment, peak_month)
GET_KNOWN(deployment, peak_all)
GET_INT(deployment, servers)
GET_INT(deployment, servers_excluded)
GET_BOOL(deployment, counted)
GET_TIME(deployment, reported)

static void get_available_percent(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct deployment *d = row;

    (void)ctx;
    value_null(out);
    if (d->available_percent >= 0)
        value_int(out, d->available_percent);
}

/* What a number that in use is part of begins with. */
static const char *at_least(const struct deployment *d)
{
    return d->unsampled > 0 ? ">= " : "";
}

static void show_count(const struct deployment *d, int64_t n, struct buf *out)
{
    char text[HUMAN_MAX];

    if (n == DEPLOYMENT_UNKNOWN)
        buf_addc(out, '-');
    else
        buf_addf(out, "%s%s", at_least(d), human_count(n, text));
}

static void show_in_use(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)ctx;
    show_count(row, ((const struct deployment *)row)->in_use, out);
}

static void show_overdraft(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)ctx;
    show_count(row, ((const struct deployment *)row)->overdraft, out);
}

static void show_percent(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct deployment *d = row;

    (void)ctx;
    if (d->available_percent >= 0)
        buf_addf(out, "%s%lld %%", at_least(d), (long long)d->available_percent);
    else
        buf_addc(out, '-');
}

/* "UserDevice" is the service's word. */
static void show_model(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    struct value v;

    get_model(row, ctx, &v);
    if (v.kind == VALUE_NULL)
        buf_addc(out, '-');
    else if (v.len == 10 && v.text[0] == 'U' && v.text[4] == 'D')
        buf_addstr(out, "User/Device");
    else
        buf_add(out, v.text, v.len);
}

static void get_status(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, status_words[((const struct deployment *)row)->status]);
}

static void show_status(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    (void)ctx;
    buf_addstr(out, ((const struct deployment *)row)->counted ? "reporting" : "outside");
}

static int compare_status(const void *pa, const void *pb)
{
    const struct deployment *a = pa, *b = pb;

    return (int)a->status - (int)b->status;
}

static void show_age(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    column_show_age(ctx->now, ((const struct deployment *)row)->reported, out);
}

#define NUMBER_SHOWN(column_name, heading, text, getter, shower, width, extra, way)                \
    {                                                                                              \
        .name = column_name, .title = heading, .help = text,                                       \
        .flags = COLUMN_RIGHT | COLUMN_DESC | (extra), .min_width = width, .max_width = 12,        \
        .give = way, .kind = VALUE_INT, .get = getter, .show = shower                              \
    }
#define NUMBER(column_name, heading, text, getter, width, extra, way)                              \
    NUMBER_SHOWN(column_name, heading, text, getter, NULL, width, extra, way)
#define TEXT(column_name, heading, text, getter, shower, width, extra, way)                        \
    {                                                                                              \
        .name = column_name, .title = heading, .help = text, .flags = COLUMN_SEARCH | (extra),     \
        .min_width = width, .max_width = 40, .give = way, .kind = VALUE_TEXT, .get = getter,       \
        .show = shower                                                                             \
    }
#define POOL_COLUMNS                                                                               \
    TEXT("product", "PRODUCT", "product name, as Citrix writes it", get_product, NULL, 8, 0, 5),   \
                                                                                                   \
        TEXT("edition", "EDITION", "its edition", get_edition, NULL, 7, COLUMN_KEY, 0),            \
        TEXT("model", "MODEL", "licensing model: Concurrent or UserDevice", get_model, show_model, \
             6, COLUMN_KEY, 1)
#define INSTALLED                                                                                  \
    NUMBER("installed", "INST", "licences installed on reporting servers", get_installed, 5, 0, 0)
#define IN_USE                                                                                     \
    NUMBER_SHOWN("in_use", "IN USE", "latest sample of each reporting server", get_in_use,         \
                 show_in_use, 6, 0, 0)
#define PERCENT                                                                                    \
    {                                                                                              \
        .name = "available_percent", .title = "USE %",                                             \
        .help =                                                                                    \
            "in use in percent of installed, which Citrix calls Available %; over 100: overdraft", \
        .flags = COLUMN_RIGHT | COLUMN_DESC, .min_width = 5, .max_width = 8, .kind = VALUE_INT,    \
        .get = get_available_percent, .show = show_percent                                         \
    }
#define OVERDRAFT                                                                                  \
    NUMBER_SHOWN("overdraft", "OVER", "in use beyond what is installed", get_overdraft,            \
                 show_overdraft, 5, 0, 0)
#define PEAKS                                                                                      \
    NUMBER("peak_7d", "7 DAYS", "peak: largest day's sum of the last 7 days", get_peak_7d, 6, 0,   \
           2),                                                                                     \
        NUMBER("peak_month", "MONTH", "peak: largest day's sum of this calendar month",            \
               get_peak_month, 5, 0, 2),                                                           \
        NUMBER("peak_all", "EVER", "peak: largest day's sum of all samples", get_peak_all, 5, 0,   \
               3)

static const struct column columns[] = {
    POOL_COLUMNS,
    INSTALLED,
    IN_USE,
    PERCENT,
    OVERDRAFT,
    PEAKS,
    NUMBER("servers", "SERVERS", "reporting servers counted", get_servers, 7, COLUMN_HIDDEN, 2),
    NUMBER("servers_excluded", "OUT", "servers that do not report: outside all numbers",
           get_servers_excluded, 4, 0, 2),
};

static const struct column server_columns[] = {
    POOL_COLUMNS,
    TEXT("fqdn", "SERVER", "license server", get_fqdn, NULL, 8, COLUMN_KEY, 2),
    {.name = "status",
     .title = "STATUS",
     .help = "reporting, not_reporting, or not_listed (silent for more than 30 days)",
     .min_width = 11,
     .max_width = 13,
     .give = 1,
     .kind = VALUE_TEXT,
     .words = status_words,
     .get = get_status,
     .show = show_status,
     .compare = compare_status},
    {.name = "counted",
     .title = "COUNTED",
     .help = "no: it does not report, so the product's numbers are without it",
     .flags = COLUMN_HIDDEN,
     .min_width = 7,
     .max_width = 7,
     .give = 2,
     .kind = VALUE_BOOL,
     .get = get_counted},
    {.name = "last_reported",
     .title = "LAST REPORT",
     .help = "when it last uploaded to Citrix Cloud",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 12,
     .max_width = 21,
     .give = 3,
     .kind = VALUE_TIME,
     .get = get_reported,
     .show = show_age},
    INSTALLED,
    IN_USE,
    PERCENT,
    OVERDRAFT,
    PEAKS,
};

static uint64_t row_id(const void *row)
{
    return ((const struct deployment *)row)->id;
}

static int row_severity(const void *row)
{
    const struct deployment *d = row;

    if (d->overdraft > 0)
        return 3;
    return d->overdrawn > 0 || d->servers_excluded > 0 ? 2 : 0;
}

const struct row_type deployment_row_type = {
    .name = "deployments",
    .one = "product",
    .many = "products",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "product,edition,model,installed,in_use,available_percent,overdraft,peak_7d,"
              "peak_month,peak_all",
    .id = row_id,
    .severity = row_severity,
};

const struct row_type deployment_by_server_row_type = {
    .name = "deployments_by_server",
    .one = "server",
    .many = "servers",
    .columns = server_columns,
    .count = sizeof(server_columns) / sizeof(server_columns[0]),
    .screen = "fqdn,status,installed,in_use,available_percent,overdraft,peak_7d,peak_month,"
              "peak_all",
    .id = row_id,
    .severity = row_severity,
};
