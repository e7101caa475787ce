/* DaaS licences month by month: published.md §3.15 a, historicalusage. */
#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "base/clock.h"
#include "model/account.h"
#include "model/term.h"

/* The month that the text itself names, in its own offset; also "2026-11". */
static int read_term(struct jr *r)
{
    const json_t *value = jr_get(r, "timeStamp");
    int64_t t;
    int offset;

    if (json_is_string(value) && json_string_length(value) == 7) {
        char day[] = "YYYY-MM-01";

        for (int i = 0; i < 7; i++)
            day[i] = json_string_value(value)[i];
        if (time_parse(day, 10, &t, NULL) == 0 && t != TIME_NONE)
            return term_of(t, "UTC");
    }
    t = jr_time(r, "timeStamp", &offset);
    if (t != TIME_NONE)
        return term_of(t + offset, "UTC");
    if (r->rc == 0)
        r->rc = ERR_DATA;
    return TERM_NONE;
}

static int element(void *into, const json_t *value)
{
    struct cloud_history *l = into;
    struct cloud_month m = {0}, *row;
    struct jr r;

    jr_init(&r, value, &l->arena);
    m.term = read_term(&r);
    m.available = jr_need_count(&r, "totalAvailableLicenseCount");
    m.assigned = jr_need_count(&r, "cumulativeAssignedCount");
    m.newly = jr_need_count(&r, "newAssignedCount");
    m.released = jr_need_count(&r, "releasedCount");
    if (r.rc < 0)
        return r.rc;
    row = cloud_history_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, CLOUD_MONTHS_MAX);
    *row = m;
    return 0;
}

/* Rows of another rhythm would be taken for months. */
static int member(void *into, const char *name, const json_t *value)
{
    (void)into;
    if (!jr_same(name, "historicalUsageType") || json_is_null(value))
        return 0;
    return json_is_string(value) && jr_same(json_string_value(value), "Monthly") ? 0 : ERR_DATA;
}

static int finish(void *into, struct err *err)
{
    (void)err;
    cloud_history_finish(into);
    return 0;
}

const struct codec codec_cloud_history = {
    .what = "cloud history",
    .list = "xenAppXenDesktopHistoricalUsageList",
    .list_required = true,
    .element = element,
    .member = member,
    .finish = finish,
};
