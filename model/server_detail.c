#include "model/server_detail.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/getters.h"
#include "model/list.h"

enum { DAYS_WARNING = 30, DAYS_INFORMATION = 90 };

LIST_SOURCE(server_detail, licence_row_type)

void server_detail_init(struct server_detail *d)
{
    *d = (struct server_detail){.told = -1};
    arena_init(&d->arena, LIST_BYTES_MAX);
    server_list_init(&d->status);
}

void server_detail_release(struct server_detail *d)
{
    arena_release(&d->arena);
    server_list_release(&d->status);
    free(d->rows);
    server_detail_init(d);
}

struct licence *server_detail_add(struct server_detail *d)
{
    return list_add(&d->rows, &d->count, &d->cap, sizeof(*d->rows), LICENCES_MAX);
}

void server_detail_finish(struct server_detail *d)
{
    server_list_finish(&d->status);
    for (size_t i = 0; i < d->count; i++) {
        struct licence *l = &d->rows[i];
        const char *const identity[] = {l->name, l->serial_count > 0 ? l->serials[0] : NULL};

        l->id = row_hash(identity, 2);
    }
    list_unique_ids(d->rows, d->count, sizeof(*d->rows), offsetof(struct licence, id));
}

const struct server *server_detail_status(const struct server_detail *d)
{
    return d->status.count > 0 ? &d->status.rows[0] : NULL;
}

int licence_severity(const struct licence *l)
{
    if (l->expired || (l->days_to_expire != DAYS_NONE && l->days_to_expire <= DAYS_WARNING))
        return 2;
    return l->days_to_expire != DAYS_NONE && l->days_to_expire <= DAYS_INFORMATION;
}

bool licence_split(const char *text, char separator, struct text_half *first,
                   struct text_half *second)
{
    const char *at = strchr(text, separator);

    *first = (struct text_half){text, at != NULL ? (size_t)(at - text) : strlen(text)};
    *second = (struct text_half){at != NULL ? at + 1 : "", at != NULL ? strlen(at + 1) : 0};
    return at != NULL;
}

void server_detail_totals(const struct server_detail *d, struct licence_totals *out)
{
    struct licence_totals t = {.licences = d->count};

    for (size_t i = 0; i < d->count; i++) {
        int32_t days = d->rows[i].days_to_expire;

        t.expired += d->rows[i].expired;
        if (d->rows[i].expired || days == DAYS_NONE || days <= 0)
            continue;
        t.expiring_30 += days <= DAYS_WARNING;
        t.expiring_90 += days > DAYS_WARNING && days <= DAYS_INFORMATION;
    }
    *out = t;
}

GET_TEXT(licence, name)
GET_TIME(licence, created)
GET_TIME(licence, expires)
GET_DAYS(licence, days_to_expire)
GET_BOOL(licence, expired)

static void put_list(struct value *out, const struct row_ctx *ctx, const char *const *items,
                     size_t count)
{
    value_null(out);
    if (ctx->scratch == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        value_list_add(ctx->scratch, items[i]);
    value_list(out, ctx->scratch);
}

static void get_products(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct licence *l = row;

    put_list(out, ctx, l->products, l->product_count);
}

static void get_serials(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct licence *l = row;

    put_list(out, ctx, l->serials, l->serial_count);
}

static void get_features(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct licence *l = row;

    put_list(out, ctx, l->features, l->feature_count);
}

/* All items in one line, the halves of "XenDesktop Platinum|User/Device" apart. */
static void show_items(struct buf *out, const char *const *items, size_t count)
{
    if (count == 0)
        buf_addc(out, '-');
    for (size_t i = 0; i < count; i++) {
        struct text_half product, model;

        buf_addstr(out, i > 0 ? "; " : "");
        if (!licence_split(items[i], '|', &product, &model)) {
            buf_addstr(out, items[i]);
            continue;
        }
        buf_add(out, product.text, product.len);
        buf_addstr(out, ", ");
        buf_add(out, model.text, model.len);
    }
}

static void show_products(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct licence *l = row;

    (void)ctx;
    show_items(out, l->products, l->product_count);
}

static void show_serials(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct licence *l = row;

    (void)ctx;
    show_items(out, l->serials, l->serial_count);
}

static void show_features(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct licence *l = row;

    (void)ctx;
    show_items(out, l->features, l->feature_count);
}

static void show_days(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    const struct licence *l = row;

    (void)ctx;
    column_show_days(l->days_to_expire, l->expires, out);
}

#define LIST(column_name, heading, text, getter, shower, way)                                      \
    {                                                                                              \
        .name = column_name, .title = heading, .help = text, .flags = COLUMN_SEARCH,               \
        .min_width = 12, .max_width = 60, .give = way, .kind = VALUE_LIST, .get = getter,          \
        .show = shower                                                                             \
    }

static const struct column columns[] = {
    {.name = "name",
     .title = "LICENCE",
     .help = "name of the licence file",
     .flags = COLUMN_KEY | COLUMN_SEARCH,
     .min_width = 12,
     .max_width = 48,
     .give = 2,
     .kind = VALUE_TEXT,
     .get = get_name},
    LIST("products", "PRODUCTS", "products it is for", get_products, show_products, 3),
    LIST("features", "FEATURES", "product and licensing model", get_features, show_features, 4),
    LIST("serials", "SERIALS", "entitlement and fulfilment id of each", get_serials, show_serials,
         5),
    {.name = "created",
     .title = "CREATED",
     .help = "when it was issued",
     .flags = COLUMN_DESC,
     .min_width = 12,
     .max_width = 21,
     .give = 4,
     .kind = VALUE_TIME,
     .get = get_created},
    {.name = "expires",
     .title = "EXPIRES",
     .help = "until when it is good",
     .min_width = 10,
     .max_width = 21,
     .kind = VALUE_TIME,
     .get = get_expires,
     .show = show_days},
    {.name = "days_to_expire",
     .title = "DAYS",
     .help = "days left, as the service says; negative when past",
     .flags = COLUMN_RIGHT | COLUMN_HIDDEN,
     .min_width = 5,
     .max_width = 8,
     .kind = VALUE_INT,
     .get = get_days_to_expire},
    {.name = "expired",
     .title = "EXPIRED",
     .help = "yes: the service says it has expired",
     .flags = COLUMN_DESC,
     .min_width = 7,
     .max_width = 7,
     .kind = VALUE_BOOL,
     .get = get_expired},
};

static uint64_t row_id(const void *row)
{
    return ((const struct licence *)row)->id;
}

static int row_severity(const void *row)
{
    return licence_severity(row);
}

const struct row_type licence_row_type = {
    .name = "licences",
    .one = "licence",
    .many = "licences",
    .columns = columns,
    .count = sizeof(columns) / sizeof(columns[0]),
    .screen = "name,expires,expired,features,serials",
    .id = row_id,
    .severity = row_severity,
};
