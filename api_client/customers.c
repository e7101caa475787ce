/* Customers of the partner: published.md §3.12. */
#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "model/account.h"

static int element(void *into, const json_t *value)
{
    struct customer_list *l = into;
    struct customer c = {0}, *row;
    const json_t *info;
    struct jr r;

    jr_init(&r, value, &l->arena);
    c.id = jr_need_text(&r, "customerId");
    c.type = jr_text(&r, "type");
    c.connection_id = jr_text(&r, "connectionId");
    /* The service's own spelling lacks an "a". */
    c.notifications = jr_int(&r, "notifictionCount", 0, JR_COUNT_MAX, -1);
    if (c.notifications < 0)
        c.notifications = jr_int(&r, "notificationCount", 0, JR_COUNT_MAX, -1);
    info = jr_object(&r, "customerInformation");
    if (r.rc == 0 && info != NULL) {
        jr_init(&r, info, &l->arena);
        c.name = jr_text(&r, "displayName");
        c.org_id = jr_text(&r, "orgId");
        c.admin_name = jr_text(&r, "adminFullName");
        c.admin_email = jr_text(&r, "adminEmail");
    }
    if (r.rc < 0)
        return r.rc;
    row = customer_list_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, CUSTOMERS_MAX);
    *row = c;
    return 0;
}

static int finish(void *into, struct err *err)
{
    (void)err;
    customer_list_finish(into);
    return 0;
}

const struct codec codec_customers = {
    .what = "customers",
    .list = "items",
    .list_required = true,
    .element = element,
    .finish = finish,
};
