/* DaaS licences, concurrent model: published.md §3.15 b. */
#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "base/clock.h"
#include "model/account.h"

static void read_peak(struct jr *r, const char *name, struct cloud_peak *peak)
{
    const json_t *object = jr_object(r, name);
    struct jr item;

    peak->at = TIME_NONE;
    if (object == NULL)
        return;
    jr_init(&item, object, r->arena);
    peak->known = true;
    peak->assigned = jr_need_count(&item, "assignedLicenseCount");
    peak->at = jr_time(&item, "reportTime", NULL);
    if (r->rc == 0)
        r->rc = item.rc;
}

static int element(void *into, const json_t *value)
{
    struct cloud_ccu c = {.known = true};
    struct jr r, now;

    jr_init(&r, value, NULL);
    jr_init(&now, jr_object(&r, "currentCcu"), NULL);
    c.total = jr_need_count(&now, "totalLicenseCount");
    c.assigned = jr_need_count(&now, "assignedLicenseCount");
    c.as_of = jr_time(&now, "reportTime", NULL);
    read_peak(&r, "last24HoursPeak", &c.day);
    read_peak(&r, "monthPeak", &c.month);
    read_peak(&r, "allTimePeak", &c.all_time);
    if (r.rc < 0 || now.rc < 0)
        return r.rc < 0 ? r.rc : now.rc;
    *(struct cloud_ccu *)into = c;
    return 0;
}

const struct codec codec_cloud_ccu = {
    .what = "cloud licences (concurrent)",
    .element = element,
};
