/* Cloud use of one customer as its partner sees it: published.md §3.15 c. */
#include "model/tenant_use.h"

#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "base/clock.h"

enum { PERCENT_MAX = 100000000 };

static int64_t hundredths(struct jr *r, const char *name)
{
    const json_t *value = jr_get(r, name);
    double percent = json_number_value(value);

    if (value == NULL)
        return -1;
    if (!json_is_number(value) || !(percent >= 0 && percent <= PERCENT_MAX)) {
        r->rc = ERR_DATA;
        return -1;
    }
    return (int64_t)(percent * 100 + 0.5);
}

static void read_model(struct jr *r, const char *name, struct tenant_model *m)
{
    const json_t *object = jr_object(r, name);
    struct jr item;

    m->as_of = TIME_NONE;
    if (object == NULL || r->rc < 0)
        return;
    jr_init(&item, object, NULL);
    m->known = true;
    m->day.count = jr_need_count(&item, "dailyActiveUseValue");
    m->day.percent_100 = hundredths(&item, "dailyActiveUsePercentage");
    m->month.count = jr_need_count(&item, "monthlyActiveUseValue");
    m->month.percent_100 = hundredths(&item, "monthlyActiveUsePercentage");
    m->day_devices.count = jr_need_count(&item, "dailyDeviceActiveUseValue");
    m->day_devices.percent_100 = hundredths(&item, "dailyDeviceActiveUsePercentage");
    m->month_devices.count = jr_need_count(&item, "monthlyDeviceActiveUseValue");
    m->month_devices.percent_100 = hundredths(&item, "monthlyDeviceActiveUsePercentage");
    m->as_of = jr_time(&item, "recordingTimeStamp", NULL);
    r->rc = item.rc;
}

static int element(void *into, const json_t *value)
{
    struct tenant_use use = {.known = true};
    struct jr r;

    jr_init(&r, value, NULL);
    if (r.rc == 0)
        read_model(&r, "ccuActiveUse", &use.concurrent);
    if (r.rc == 0)
        read_model(&r, "udActiveUse", &use.user_device);
    if (r.rc < 0)
        return r.rc;
    *(struct tenant_use *)into = use;
    return 0;
}

const struct codec codec_tenant_use = {
    .what = "cloud use of the customer",
    .element = element,
};
