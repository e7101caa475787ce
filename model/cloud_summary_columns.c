#include "base/buf.h"
#include "model/cloud_summary.h"
#include "model/getters.h"
#include "model/server.h"

static const char *const level_words[] = {
    [CLOUD_NONE] = "none", [CLOUD_OK] = "ok", [CLOUD_NEARLY] = "near", [CLOUD_OVER] = "over", NULL,
};
static const char *const tenancy_words[] = {"single", "multi", NULL};

const char *cloud_level_name(enum cloud_level l)
{
    return level_words[l];
}

int cloud_level_severity(enum cloud_level l)
{
    return l == CLOUD_OVER ? 3 : l == CLOUD_NEARLY ? 2 : 0;
}

const struct server_filter cloud_customer_filters[] = {
    {"all", "all customers", ""},
    {"over", "more users than licences", "level=over"},
    {"near", "95 % or more in use", "level=near"},
    {"single", "single-tenant: a deployment of their own", "tenancy=single"},
    {"multi", "multi-tenant: a shared deployment", "tenancy=multi"},
};
const size_t cloud_customer_filter_count =
    sizeof(cloud_customer_filters) / sizeof(cloud_customer_filters[0]);

GET_TERM(cloud_customer, term)
GET_TEXT(cloud_customer, customer_id)
GET_TEXT(cloud_customer, name)
GET_TEXT(cloud_customer, org_id)
GET_INT(cloud_customer, licenses)
GET_INT(cloud_customer, users)
GET_INT(cloud_customer, overage)

static void get_tenancy(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, tenancy_words[((const struct cloud_customer *)row)->multi_tenant]);
}

static void show_name(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct cloud_customer *c = row;

    (void)ctx;
    buf_addstr(out, c->name != NULL && c->name[0] != '\0' ? c->name : c->customer_id);
}

static void get_percent(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct cloud_customer *c = row;

    (void)ctx;
    value_null(out);
    if (c->licenses > 0)
        value_int(out, cloud_percent(c->licenses, c->users));
}

static void show_percent(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    struct value v;

    get_percent(row, ctx, &v);
    if (v.kind == VALUE_NULL)
        buf_addc(out, '-');
    else
        buf_addf(out, "%lld %%", (long long)v.num);
}

static enum cloud_level level_of(const void *row)
{
    const struct cloud_customer *c = row;

    return cloud_level_of(c->licenses, c->users, c->overage);
}

static void get_level(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, level_words[level_of(row)]);
}

static int compare_level(const void *a, const void *b)
{
    return (int)level_of(a) - (int)level_of(b);
}

static void get_tenants(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct cloud_customer *c = row;

    (void)ctx;
    value_null(out);
    if (c->tenants_told)
        value_int(out, (int64_t)c->tenant_count);
}

#define NUMBER(column_name, heading, text, getter)                                                 \
    {                                                                                              \
        .name = column_name, .title = heading, .help = text, .flags = COLUMN_RIGHT | COLUMN_DESC,  \
        .min_width = 8, .max_width = 12, .kind = VALUE_INT, .get = getter                          \
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
    {.name = "tenancy",
     .title = "TENANCY",
     .help = "single: the customer's own deployment; multi: shared by several",
     .min_width = 7,
     .max_width = 7,
     .give = 1,
     .kind = VALUE_TEXT,
     .words = tenancy_words,
     .get = get_tenancy},
    {.name = "customer_id",
     .title = "ID",
     .help = "customer id",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 36,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_customer_id},
    {.name = "customer",
     .title = "CUSTOMER",
     .help = "display name; the screen shows the id where there is none",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 14,
     .max_width = 48,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_name,
     .show = show_name},
    {.name = "org_id",
     .title = "ORG ID",
     .help = "Citrix organisation id",
     .flags = COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 14,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_org_id},
    NUMBER("licenses", "LICENCES", "licences owned", get_licenses),
    NUMBER("users", "USERS", "users", get_users),
    {.name = "percent",
     .title = "IN USE %",
     .help = "users in percent of licences; empty without licences",
     .flags = COLUMN_RIGHT | COLUMN_DESC,
     .min_width = 8,
     .max_width = 8,
     .kind = VALUE_INT,
     .get = get_percent,
     .show = show_percent},
    NUMBER("overage", "OVERAGE", "users beyond the licences, as the service says", get_overage),
    {.name = "level",
     .title = "LEVEL",
     .help = "over: more users than licences; near: 95 % or more; ok; none: no licences",
     .flags = COLUMN_DESC,
     .min_width = 5,
     .max_width = 5,
     .kind = VALUE_TEXT,
     .words = level_words,
     .get = get_level,
     .compare = compare_level},
    NUMBER("tenants", "TENANTS", "tenants of a shared deployment", get_tenants),
};

static uint64_t row_id(const void *row)
{
    return ((const struct cloud_customer *)row)->id;
}

static int row_severity(const void *row)
{
    return cloud_level_severity(level_of(row));
}

const struct row_type cloud_customer_row_type = {
    .name = "cloud_customers",
    .one = "customer",
    .many = "customers",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "level,customer,tenancy,licenses,users,percent,overage",
    .id = row_id,
    .severity = row_severity,
};

static void get_tenant_term(const void *row, const struct row_ctx *ctx, struct value *out)
{
    value_term(out, ((const struct cloud_tenant *)row)->term, ctx->scratch);
}

#define TENANT_GETTER(getter, member, assign)                                                      \
    static void getter(const void *row, const struct row_ctx *ctx, struct value *out)              \
    {                                                                                              \
        (void)ctx;                                                                                 \
        assign(out, ((const struct cloud_tenant *)row)->member);                                   \
    }
TENANT_GETTER(get_owner, owner, value_text)
TENANT_GETTER(get_tenant_customer_id, customer_id, value_text)
TENANT_GETTER(get_tenant_org_id, org_id, value_text)
TENANT_GETTER(get_tenant_users, users, value_int)
TENANT_GETTER(get_linked, linked, value_bool)

static void get_tenant_name(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct cloud_tenant *t = row;

    (void)ctx;
    value_text(out, !t->linked                              ? "Not linked"
                    : t->name != NULL && t->name[0] != '\0' ? t->name
                                                            : t->customer_id);
}

static const struct column tenant_columns[] = {
    {.name = "term",
     .title = "MONTH",
     .help = "the month counted, YYYY-MM",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 7,
     .max_width = 7,
     .kind = VALUE_TEXT,
     .get = get_tenant_term},
    {.name = "owner",
     .title = "DEPLOYMENT OF",
     .help = "the customer whose shared deployment it is in",
     .flags = COLUMN_SEARCH,
     .min_width = 14,
     .max_width = 48,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_owner},
    {.name = "customer_id",
     .title = "ID",
     .help = "customer id; empty for users that are linked to no customer",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 36,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_tenant_customer_id},
    {.name = "customer",
     .title = "CUSTOMER",
     .help = "name or else id; Not linked for the rest",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 14,
     .max_width = 48,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_tenant_name},
    {.name = "org_id",
     .title = "ORG ID",
     .help = "Citrix organisation id",
     .flags = COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 14,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_tenant_org_id},
    NUMBER("users", "USERS", "users", get_tenant_users),
    {.name = "linked",
     .title = "LINKED",
     .help = "no: the users that are linked to no customer",
     .flags = COLUMN_HIDDEN,
     .min_width = 6,
     .max_width = 6,
     .kind = VALUE_BOOL,
     .get = get_linked},
};

static uint64_t tenant_id(const void *row)
{
    return ((const struct cloud_tenant *)row)->id;
}

static int tenant_severity(const void *row)
{
    const struct cloud_tenant *t = row;

    return !t->linked && t->users > 0 ? 2 : 0;
}

const struct row_type cloud_tenant_row_type = {
    .name = "cloud_tenants",
    .one = "tenant",
    .many = "tenants",
    .columns = tenant_columns,
    .count = sizeof(tenant_columns) / sizeof(tenant_columns[0]),
    .screen = "owner,customer,org_id,users",
    .id = tenant_id,
    .severity = tenant_severity,
};
