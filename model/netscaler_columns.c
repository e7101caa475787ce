#include "model/netscaler.h"

#include <string.h>

#include "base/buf.h"
#include "model/getters.h"

static const char *const status_words[] = {"reporting", "reporting_warning", "not_reporting", NULL};

GET_TEXT(netscaler, host_id)
GET_TEXT(netscaler, fqdn)
GET_TEXT(netscaler, product)
GET_TEXT(netscaler, mode)
GET_TEXT(netscaler, deployment)
GET_TEXT(netscaler, entitlement_id)
GET_TEXT(netscaler, fulfillment_id)
GET_TEXT(netscaler, host_type)
GET_TEXT(netscaler, guid)
GET_BOOL(netscaler, expired)
GET_BOOL(netscaler, permanent)
GET_BOOL(netscaler, reporting)
GET_BOOL(netscaler, in_back_office)
GET_TIME(netscaler, reported)
GET_TIME(netscaler, expires)
GET_DAYS(netscaler, days_to_expire)
GET_INT(netscaler, number)
GET_INT(netscaler, licences)

static void get_status(const void *row, const struct row_ctx *ctx, struct value *out)
{
    enum severity s = netscaler_severity(row);

    (void)ctx;
    value_text(out, status_words[s == SEVERITY_ERROR ? 2 : s == SEVERITY_WARNING]);
}

static void show_status(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    enum severity s = netscaler_severity(row);

    (void)ctx;
    buf_addstr(out, s == SEVERITY_ERROR     ? "not reporting"
                    : s == SEVERITY_WARNING ? "warning"
                                            : "reporting");
}

/* "1000 Platinum": the product's name without what all of them share (published.md §3.10). */
static void show_product(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    static const char family[] = "Citrix NetScaler VPX ", edition[] = " Edition", dash[] = " - ";
    const char *name = ((const struct netscaler *)row)->product, *at;
    size_t len;

    (void)ctx;
    if (name == NULL) {
        buf_addstr(out, "-");
        return;
    }
    if (strncmp(name, family, sizeof(family) - 1) == 0)
        name += sizeof(family) - 1;
    len = strlen(name);
    if (len > sizeof(edition) && strcmp(name + len - (sizeof(edition) - 1), edition) == 0)
        len -= sizeof(edition) - 1;
    at = strstr(name, dash);
    if (at == NULL || (size_t)(at - name) >= len) {
        buf_add(out, name, len);
        return;
    }
    buf_add(out, name, (size_t)(at - name) + 1);
    at += sizeof(dash) - 1;
    buf_add(out, at, len - (size_t)(at - name));
}

static void get_severity(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, severity_name(netscaler_severity(row)));
}

static int compare_severity(const void *a, const void *b)
{
    return (int)netscaler_severity(a) - (int)netscaler_severity(b);
}

static void show_last_reported(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    column_show_age(ctx->now, ((const struct netscaler *)row)->reported, out);
}

/* "2 of 3"; most hosts have one. */
static void show_licence(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct netscaler *n = row;

    (void)ctx;
    if (n->licences > 1)
        buf_addf(out, "%d of %d", n->number, n->licences);
    else
        buf_addstr(out, "1");
}

static void show_expires(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct netscaler *n = row;

    (void)ctx;
    if (n->permanent)
        buf_addstr(out, "permanent");
    else
        column_show_days(n->days_to_expire, n->expires, out);
}

static const struct column columns[] = {
    {.name = "host_id",
     .title = "HOST",
     .help = "host id that the licence is allocated to",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 10,
     .max_width = 24,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_host_id},
    {.name = "fqdn",
     .title = "FQDN",
     .help = "machine name from its reports; empty when it never reported",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 10,
     .max_width = 48,
     .give = 4,
     .kind = VALUE_TEXT,
     .get = get_fqdn},
    {.name = "product",
     .title = "VPX",
     .help = "product name as Citrix writes it; the screen leaves out what all have in common",
     .flags = COLUMN_SEARCH,
     .min_width = 15,
     .max_width = 40,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_product,
     .show = show_product},
    {.name = "status",
     .title = "STATUS",
     .help =
         "the host: reporting, reporting with a licence expired or not on record, or not reporting",
     .min_width = 13,
     .max_width = 13,
     .give = 1,
     .kind = VALUE_TEXT,
     .words = status_words,
     .get = get_status,
     .show = show_status,
     .compare = compare_severity},
    {.name = "severity",
     .title = "SEVERITY",
     .help = "ok, warning or error, by the console's rules",
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
     .min_width = 10,
     .max_width = 11,
     .kind = VALUE_TIME,
     .get = get_reported,
     .show = show_last_reported},
    {.name = "expires",
     .title = "EXPIRES",
     .help = "when the licence expires; the screen shows the days left, as Citrix counts them",
     .min_width = 9,
     .max_width = 10,
     .kind = VALUE_TIME,
     .get = get_expires,
     .show = show_expires},
    {.name = "days_to_expire",
     .title = "DAYS LEFT",
     .help = "days to expiry as Citrix counts them; negative when past",
     .flags = COLUMN_RIGHT | COLUMN_HIDDEN,
     .min_width = 9,
     .max_width = 9,
     .kind = VALUE_INT,
     .get = get_days_to_expire},
    {.name = "expired",
     .title = "EXPIRED",
     .help = "yes: this licence has expired",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 7,
     .max_width = 7,
     .kind = VALUE_BOOL,
     .get = get_expired},
    {.name = "permanent",
     .title = "PERMANENT",
     .help = "yes: this licence does not expire",
     .flags = COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 9,
     .max_width = 9,
     .kind = VALUE_BOOL,
     .get = get_permanent},
    {.name = "reporting",
     .title = "REPORTING",
     .help = "yes: this licence is reported; the host's status is that of its first licence",
     .flags = COLUMN_HIDDEN,
     .min_width = 9,
     .max_width = 9,
     .kind = VALUE_BOOL,
     .get = get_reporting},
    {.name = "in_back_office",
     .title = "ON RECORD",
     .help = "yes: Citrix knows the allocation",
     .flags = COLUMN_HIDDEN,
     .min_width = 9,
     .max_width = 9,
     .kind = VALUE_BOOL,
     .get = get_in_back_office},
    {.name = "mode",
     .title = "MODE",
     .help = "Active or Standby",
     .min_width = 7,
     .max_width = 8,
     .give = 5,
     .kind = VALUE_TEXT,
     .get = get_mode},
    {.name = "deployment",
     .title = "DEPLOYMENT",
     .help = "standalone, high availability or cluster",
     .min_width = 10,
     .max_width = 18,
     .give = 6,
     .kind = VALUE_TEXT,
     .get = get_deployment},
    {.name = "serial",
     .title = "SERIAL",
     .help = "entitlement id, which the console calls the serial",
     .flags = COLUMN_HIDDEN | COLUMN_SEARCH,
     .min_width = 8,
     .max_width = 32,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_entitlement_id},
    {.name = "fulfillment_id",
     .title = "FULFILLMENT",
     .help = "fulfillment id",
     .flags = COLUMN_HIDDEN,
     .min_width = 8,
     .max_width = 32,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_fulfillment_id},
    {.name = "host_type",
     .title = "HOST TYPE",
     .help = "what the host id is made of: Ethernet or HostName",
     .flags = COLUMN_HIDDEN,
     .min_width = 8,
     .max_width = 10,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_host_type},
    {.name = "guid",
     .title = "GUID",
     .help = "id of the appliance",
     .flags = COLUMN_HIDDEN,
     .min_width = 8,
     .max_width = 36,
     .give = 3,
     .kind = VALUE_TEXT,
     .get = get_guid},
    {.name = "licence",
     .title = "NO.",
     .help = "which of its host's licences this is, in the order of the service",
     .min_width = 6,
     .max_width = 7,
     .give = 4,
     .kind = VALUE_INT,
     .get = get_number,
     .show = show_licence},
    {.name = "licences",
     .title = "LICENCES",
     .help = "how many licences its host has",
     .flags = COLUMN_RIGHT | COLUMN_HIDDEN | COLUMN_DESC,
     .min_width = 8,
     .max_width = 8,
     .kind = VALUE_INT,
     .get = get_licences},
};

static uint64_t row_id(const void *row)
{
    return ((const struct netscaler *)row)->id;
}

static int row_severity(const void *row)
{
    return (int)netscaler_severity(row);
}

const struct row_type netscaler_row_type = {
    .name = "netscaler",
    .one = "licence",
    .many = "licences",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "status,host_id,licence,product,last_reported,expires,mode,deployment",
    .id = row_id,
    .severity = row_severity,
};
