#include "session/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/term.h"
#include "session/config.h"
#include "session/state.h"

int slot_term(const struct slot *slot)
{
    const struct session *s = slot->session;

    return slot->ops->by_term ? s->term - slot->ops->term_back : s->current;
}

void *slot_new_data(const struct slot *slot)
{
    void *data = calloc(1, slot->ops->size);

    if (data != NULL)
        slot->ops->init(data, slot_term(slot));
    return data;
}

void slot_free_data(const struct slot *slot, void *data)
{
    if (data != NULL)
        slot->ops->release(data);
    free(data);
}

void slot_replace(struct slot *slot, void *fresh)
{
    slot->ops->release(slot->data);
    memcpy(slot->data, fresh, slot->ops->size);
    free(fresh);
    if (slot->ops->took != NULL)
        slot->ops->took(slot->session, slot->data);
    slot->r.version++;
}

static int open_api(struct session *s, const struct session_options *o, struct err *err)
{
    static const char nothing[] = "offline";
    const struct profile *p = o->profile;
    struct api_settings settings = {
        .customer_id = p->customer_id,
        .client_id = p->client_id,
        .secret = o->offline ? nothing : o->secret,
        .secret_len = o->offline ? sizeof(nothing) - 1 : o->secret_len,
        .urls = {.token = p->urls[URL_TOKEN],
                 .lui = p->urls[URL_LUI],
                 .partner = p->urls[URL_PARTNER],
                 .notifications = p->urls[URL_NOTIFICATIONS],
                 .api = p->urls[URL_API],
                 .cloudlicense = p->urls[URL_CLOUDLICENSE],
                 .core = p->urls[URL_CORE],
                 .notifications_of = p->notifications_of},
        .read_only = s->read_only,
        .ca_file = p->ca_file,
        .attempts = o->attempts,
        .backoff_ms = o->backoff_ms,
        .clock = o->clock,
        .log = o->log,
    };

    memcpy(settings.urls.operations, p->operations, sizeof(p->operations));
    return api_new(&s->api, &settings, err);
}

static int open_slots(struct session *s)
{
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        struct slot *slot = &s->slots[k];

        slot->r.kind = (enum resource_kind)k;
        slot->r.as_of = TIME_NONE;
        slot->ops = &resource_ops[k];
        slot->session = s;
        slot->r.off =
            slot->ops->operation > 0 && s->profile->operations[slot->ops->operation - 1] == NULL;
        slot->data = slot_new_data(slot);
        if (slot->data == NULL)
            return ERR_NOMEM;
    }
    return 0;
}

int session_new(struct session **out, const struct session_options *o, struct err *err)
{
    struct session *s = calloc(1, sizeof(*s));
    int64_t now = clock_wall(o->clock);
    int rc;

    if (s == NULL)
        return err_set(err, ERR_NOMEM, "the account could not be opened");
    s->profile = o->profile;
    s->store = o->store;
    s->clock = o->clock;
    s->log = o->log;
    s->limits = o->limits != NULL ? *o->limits : limits_product;
    s->rules = (struct deployment_rules){.reporting_days = s->limits.reporting,
                                         .listed_days = s->limits.listed};
    s->refresh_minutes = o->refresh_minutes;
    s->read_only = o->read_only || o->profile->read_only;
    s->offline = o->offline;
    s->current = term_of(now, o->profile->billing_timezone);
    s->current_ends = term_start(s->current + 1, o->profile->billing_timezone);
    s->term = s->current;
    history_open(s);
    rc = open_slots(s);
    if (rc < 0)
        err_set(err, ERR_NOMEM, "the account could not be opened");
    if (rc == 0)
        rc = open_api(s, o, err);
    if (rc < 0) {
        session_free(s);
        return rc;
    }
    *out = s;
    return 0;
}

void session_free(struct session *s)
{
    if (s == NULL)
        return;
    /* First, so that nobody fills the lists any more. */
    api_free(s->api);
    for (int k = 0; k < RESOURCE_COUNT; k++) {
        struct slot *slot = &s->slots[k];

        if (slot->ops == NULL)
            continue;
        slot_free_data(slot, slot->incoming);
        slot_free_data(slot, slot->data);
    }
    history_close(s);
    notice_marks_release(&s->read);
    free(s);
}

const struct resource *session_resource(const struct session *s, enum resource_kind kind)
{
    return &s->slots[kind].r;
}

int64_t session_as_of(const struct session *s, enum resource_kind kind)
{
    const struct resource *r = &s->slots[kind].r;

    return r->known && r->as_of != TIME_NONE ? r->as_of : clock_wall(s->clock);
}

#define DATA_OF(type, name, kind)                                                                  \
    const struct type *session_##name(const struct session *s)                                     \
    {                                                                                              \
        return s->slots[RESOURCE_##kind].data;                                                     \
    }
DATA_OF(server_list, servers, SERVERS)
DATA_OF(usage_list, usage, USAGE)
DATA_OF(usage_list, usage_before, USAGE_BEFORE)
DATA_OF(customer_list, customers, CUSTOMERS)
DATA_OF(netscaler_list, netscalers, NETSCALERS)
DATA_OF(notice_list, notices, NOTICES)
DATA_OF(state_list, states, STATES)
DATA_OF(cloud_ud, cloud_ud, CLOUD_UD)
DATA_OF(cloud_ccu, cloud_ccu, CLOUD_CCU)
DATA_OF(cloud_history, cloud_history, CLOUD_HISTORY)
DATA_OF(cloud_summary, cloud_summary, CLOUD_SUMMARY)
DATA_OF(deployment_server_list, deployments, DEPLOYMENTS)
DATA_OF(pool_list, deployment_usage, DEPLOYMENT_USAGE)
DATA_OF(deployment_user_list, deployment_users, DEPLOYMENT_USERS)
DATA_OF(server_detail, server_detail, SERVER_DETAIL)
DATA_OF(tenant_use, tenant_use, TENANT_USE)
DATA_OF(notice_list, customer_notices, CUSTOMER_NOTICES)
#undef DATA_OF

const struct deployment_rules *session_deployment_rules(const struct session *s)
{
    return &s->rules;
}

int session_term(const struct session *s)
{
    return s->term;
}

const struct profile *session_profile(const struct session *s)
{
    return s->profile;
}

const struct clock *session_clock(const struct session *s)
{
    return s->clock;
}

bool session_read_only(const struct session *s)
{
    return s->read_only;
}

bool session_offline(const struct session *s)
{
    return s->offline;
}

bool session_paused(const struct session *s)
{
    return s->paused;
}

const struct api *session_api(const struct session *s)
{
    return s->api;
}

const struct err *session_store_err(const struct session *s)
{
    return s->store_err.code != ERR_NONE ? &s->store_err : NULL;
}
