/* Service entitlements: published.md §3.13. */
#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "model/account.h"

static int element(void *into, const json_t *value)
{
    struct state_list *l = into;
    struct service_state s = {0}, *row;
    struct jr r;

    jr_init(&r, value, &l->arena);
    s.name = jr_need_text(&r, "serviceName");
    s.state = jr_text(&r, "state");
    s.type = jr_text(&r, "type");
    s.quantity = jr_int(&r, "quantity", 0, JR_COUNT_MAX, -1);
    s.days_to_expire = jr_days(&r, "daysToExpiration");
    if (r.rc < 0)
        return r.rc;
    row = state_list_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, STATES_MAX);
    *row = s;
    return 0;
}

const struct codec codec_states = {
    .what = "service states",
    .list = "items",
    .list_required = true,
    .element = element,
};
