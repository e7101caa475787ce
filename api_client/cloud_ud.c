/* DaaS licences, user/device model: published.md §3.15 a. */
#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "base/clock.h"
#include "model/account.h"

static void read_model(struct jr *r, const char *name, int64_t *used, int64_t *released)
{
    struct jr model;

    jr_init(&model, jr_object(r, name), r->arena);
    *used = jr_need_count(&model, "totalUsageCount");
    *released = jr_need_count(&model, "releasedCount");
    if (r->rc == 0)
        r->rc = model.rc;
}

static void read_expiry(struct jr *r, struct cloud_ud *c)
{
    const json_t *object = jr_object(r, "nextExpiredLicenses");
    struct jr next;

    c->next_expiry = TIME_NONE;
    c->days_to_expire = DAYS_NONE;
    if (object == NULL)
        return;
    jr_init(&next, object, r->arena);
    c->has_expiry = true;
    c->next_expiry = jr_time(&next, "nextExpiredTime", NULL);
    c->expiring = jr_need_count(&next, "totalCount");
    c->days_to_expire = jr_days(&next, "daysToExpire");
    if (r->rc == 0)
        r->rc = next.rc;
}

static int element(void *into, const json_t *value)
{
    struct cloud_ud *out = into, c = {.known = true};
    struct jr r;

    jr_init(&r, value, &out->arena);
    c.used = jr_need_count(&r, "totalUsageCount");
    read_model(&r, "userLicenseUsage", &c.user_used, &c.user_released);
    read_model(&r, "deviceLicenseUsage", &c.device_used, &c.device_released);
    c.available = jr_need_count(&r, "totalAvailableLicenseCount");
    /* Below zero where more is used than owned. */
    c.remaining = jr_int(&r, "remainingLicenseCount", -JR_COUNT_MAX, JR_COUNT_MAX, INT64_MIN);
    if (c.remaining == INT64_MIN && r.rc == 0)
        r.rc = ERR_DATA;
    c.as_of = jr_time(&r, "timeStamp", NULL);
    c.product = jr_text(&r, "productName");
    c.edition = jr_text(&r, "productEdition");
    if (r.rc == 0)
        read_expiry(&r, &c);
    if (r.rc < 0)
        return r.rc;
    c.arena = out->arena;
    *out = c;
    return 0;
}

const struct codec codec_cloud_ud = {
    .what = "cloud licences (user/device)",
    .element = element,
};
