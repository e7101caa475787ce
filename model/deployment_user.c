#include "base/clock.h"
#include "model/deployment.h"
#include "model/getters.h"
#include "model/usage.h"

GET_TEXT(deployment_user, user)
GET_TEXT(deployment_user, domain)
GET_TEXT(deployment_user, device)
GET_TEXT(deployment_user, feature_id)
GET_TEXT(deployment_user, model)
GET_TEXT(deployment_user, fqdn)
GET_TIME(deployment_user, last_login)

static void get_edition(const void *row, const struct row_ctx *ctx, struct value *out)
{
    const struct deployment_user *u = row;

    (void)ctx;
    value_text(out, u->feature_id != NULL ? edition_name(u->feature_id, NULL, NULL) : NULL);
}

static void show_last_login(const void *row, const struct row_ctx *ctx, struct buf *out)
{
    column_show_age(ctx->now, ((const struct deployment_user *)row)->last_login, out);
}

#define TEXT(column_name, heading, text, getter, extra, way)                                       \
    {                                                                                              \
        .name = column_name, .title = heading, .help = text, .flags = COLUMN_SEARCH | (extra),     \
        .min_width = 10, .max_width = 40, .give = way, .kind = VALUE_TEXT, .get = getter           \
    }

static const struct column columns[] = {
    TEXT("user", "USER", "user name; an unreadable id when anonymised", get_user, COLUMN_KEY, 1),
    TEXT("domain", "DOMAIN", "the user's domain", get_domain, 0, 3),
    TEXT("device", "DEVICE", "the device that has the licence; empty for a user licence",
         get_device, 0, 4),
    TEXT("feature_id", "CODE", "product code", get_feature_id, COLUMN_HIDDEN, 5),
    TEXT("edition", "EDITION", "what luitop calls the product code", get_edition, 0, 4),
    TEXT("model", "MODEL", "licensing model: Concurrent or UserDevice", get_model, COLUMN_HIDDEN,
         5),
    TEXT("fqdn", "SERVER", "license server", get_fqdn, 0, 3),
    {.name = "last_login",
     .title = "LAST LOGIN",
     .help = "when the user last had a licence",
     .flags = COLUMN_DESC,
     .min_width = 12,
     .max_width = 21,
     .kind = VALUE_TIME,
     .get = get_last_login,
     .show = show_last_login},
};

static uint64_t row_id(const void *row)
{
    return ((const struct deployment_user *)row)->id;
}

#define USERS                                                                                      \
    .name = "deployment_users", .one = "user", .many = "users", .columns = columns,                \
    .count = sizeof(columns) / sizeof(columns[0]), .id = row_id

const struct row_type deployment_user_row_type = {
    USERS,
    .screen = "user,domain,device,edition,fqdn,last_login",
};
const struct row_type deployment_pool_user_row_type = {
    USERS,
    .screen = "user,domain,device,fqdn,last_login",
};
