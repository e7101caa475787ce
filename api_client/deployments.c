/* Licensed deployments: extensions.md "Read", published.md §3.16. */
#include "api_client/codec.h"
#include "api_client/json_read.h"
#include "model/deployment.h"

/* ---- license servers ---- */

static int server_element(void *into, const json_t *value)
{
    struct deployment_server_list *l = into;
    struct deployment_server s = {0}, *row;
    struct jr r;

    jr_init(&r, value, &l->arena);
    s.fqdn = jr_need_text(&r, "fqdn");
    s.registered = jr_time(&r, "registeredDate", NULL);
    s.reported = jr_time(&r, "lastReported", NULL);
    s.version = jr_text(&r, "version");
    if (r.rc < 0)
        return r.rc;
    row = deployment_server_list_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, DEPLOYMENT_SERVERS_MAX);
    *row = s;
    return 0;
}

const struct codec codec_deployments = {
    .what = "license servers of licensed deployments",
    .list = "items",
    .list_required = true,
    .element = server_element,
};

/* ---- use ---- */

/* A sample that cannot be read would make a peak wrong, so it takes its pool with it. */
static void read_samples(struct jr *r, struct pool_server *s)
{
    const json_t *list = jr_array(r, "samples", DAYS_MAX);
    size_t n = json_array_size(list);
    struct pool_sample *samples;

    if (n == 0 || (samples = jr_room(r, n, sizeof(*samples))) == NULL)
        return;
    for (size_t i = 0; i < n && r->rc == 0; i++) {
        const json_t *date;
        struct jr item;

        jr_init(&item, json_array_get(list, i), NULL);
        samples[i].in_use = jr_need_count(&item, "inUse");
        date = jr_get(&item, "date");
        if (item.rc == 0 &&
            (!json_is_string(date) || day_parse(json_string_value(date), &samples[i].day) < 0))
            item.rc = ERR_DATA;
        r->rc = item.rc;
    }
    s->samples = samples;
    s->sample_count = n;
}

static void read_servers(struct jr *r, struct pool *p)
{
    const json_t *list = jr_array(r, "servers", POOL_SERVERS_MAX);
    size_t n = json_array_size(list);
    struct pool_server *servers;

    if (n == 0 || (servers = jr_room(r, n, sizeof(*servers))) == NULL)
        return;
    for (size_t i = 0; i < n && r->rc == 0; i++) {
        struct jr item;

        jr_init(&item, json_array_get(list, i), r->arena);
        servers[i].fqdn = jr_need_text(&item, "fqdn");
        servers[i].installed = jr_need_count(&item, "installed");
        if (item.rc == 0)
            read_samples(&item, &servers[i]);
        r->rc = item.rc;
    }
    p->servers = servers;
    p->server_count = n;
}

static int pool_element(void *into, const json_t *value)
{
    struct pool_list *l = into;
    struct pool p = {0}, *row;
    struct jr r;

    jr_init(&r, value, &l->arena);
    p.product = jr_need_text(&r, "productName");
    p.edition = jr_text(&r, "edition");
    p.model = jr_text(&r, "licensingModel");
    p.feature_id = jr_text(&r, "featureId");
    if (r.rc == 0)
        read_servers(&r, &p);
    if (r.rc < 0)
        return r.rc;
    row = pool_list_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, POOLS_MAX);
    *row = p;
    return 0;
}

static int pool_finish(void *into, struct err *err)
{
    (void)err;
    pool_list_finish(into);
    return 0;
}

const struct codec codec_deployment_usage = {
    .what = "use of licensed deployments",
    .list = "items",
    .list_required = true,
    .element = pool_element,
    .finish = pool_finish,
};

/* ---- users ---- */

static int user_element(void *into, const json_t *value)
{
    struct deployment_user_list *l = into;
    struct deployment_user u = {0}, *row;
    struct jr r;

    jr_init(&r, value, &l->arena);
    u.user = jr_need_text(&r, "userName");
    u.domain = jr_text(&r, "domain");
    u.device = jr_text(&r, "device");
    u.feature_id = jr_text(&r, "featureId");
    u.model = jr_text(&r, "licensingModel");
    u.fqdn = jr_text(&r, "fqdn");
    u.last_login = jr_time(&r, "lastLogin", NULL);
    if (r.rc < 0)
        return r.rc;
    row = deployment_user_list_add(l);
    if (row == NULL)
        return jr_add_failed(l->count, DEPLOYMENT_USERS_MAX);
    *row = u;
    return 0;
}

static int user_finish(void *into, struct err *err)
{
    (void)err;
    deployment_user_list_finish(into);
    return 0;
}

const struct codec codec_deployment_users = {
    .what = "users of licensed deployments",
    .list = "items",
    .list_required = true,
    .element = user_element,
    .finish = user_finish,
};
