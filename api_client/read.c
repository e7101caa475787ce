#include "api_client/api.h"

#include "api_client/codec.h"
#include "model/account.h"
#include "model/cloud_summary.h"
#include "model/deployment.h"
#include "model/netscaler.h"
#include "model/server.h"
#include "model/server_detail.h"
#include "model/tenant_use.h"
#include "model/usage.h"

/* MORE: whether the last page names another; NULL: the answer has one page only. */
static int read_body(const struct codec *codec, const char *body, size_t len, void *into,
                     bool *more, struct err *err)
{
    struct decode d;
    int rc = decode_init(&d, codec, into);

    if (rc < 0)
        return err_set(err, (enum err_code)rc, "%s could not be read", codec->what);
    d.back_to_back = more != NULL;
    rc = decode_feed(&d, body, len, err);
    if (rc == 0)
        rc = decode_page_end(&d, err);
    if (rc == 0)
        rc = decode_finish(&d, err);
    if (rc == 0 && more != NULL)
        *more = d.continuation.len > 0;
    decode_release(&d);
    return rc;
}

#define PLAIN_READ(name, type)                                                                     \
    int api_read_##name(const char *body, size_t len, struct type *into, struct err *err)          \
    {                                                                                              \
        return read_body(&codec_##name, body, len, into, NULL, err);                               \
    }
#define PAGED_READ(name, type)                                                                     \
    int api_read_##name(const char *body, size_t len, struct type *into, struct err *err)          \
    {                                                                                              \
        return read_body(&codec_##name, body, len, into, &into->more, err);                        \
    }
#define TERM_READ(name, type)                                                                      \
    int api_read_##name(const char *body, size_t len, int term, struct type *into,                 \
                        struct err *err)                                                           \
    {                                                                                              \
        into->term = term;                                                                         \
        return read_body(&codec_##name, body, len, into, NULL, err);                               \
    }

PLAIN_READ(servers, server_list)
TERM_READ(usage, usage_list)
PLAIN_READ(netscalers, netscaler_list)
PLAIN_READ(customers, customer_list)
PLAIN_READ(states, state_list)
PAGED_READ(notices, notice_list)
PLAIN_READ(cloud_ud, cloud_ud)
PLAIN_READ(cloud_ccu, cloud_ccu)
PLAIN_READ(cloud_history, cloud_history)
TERM_READ(cloud_summary, cloud_summary)
PLAIN_READ(deployments, deployment_server_list)
PLAIN_READ(deployment_usage, pool_list)
PAGED_READ(deployment_users, deployment_user_list)
PLAIN_READ(server_detail, server_detail)
PLAIN_READ(tenant_use, tenant_use)
