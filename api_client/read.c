#include "api_client/api.h"

#include "api_client/codec.h"
#include "model/account.h"
#include "model/netscaler.h"
#include "model/server.h"
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

int api_read_servers(const char *body, size_t len, struct server_list *into, struct err *err)
{
    return read_body(&codec_servers, body, len, into, NULL, err);
}

int api_read_usage(const char *body, size_t len, int term, struct usage_list *into, struct err *err)
{
    into->term = term;
    return read_body(&codec_usage, body, len, into, NULL, err);
}

int api_read_netscalers(const char *body, size_t len, struct netscaler_list *into, struct err *err)
{
    return read_body(&codec_netscalers, body, len, into, NULL, err);
}

int api_read_customers(const char *body, size_t len, struct customer_list *into, struct err *err)
{
    return read_body(&codec_customers, body, len, into, NULL, err);
}

int api_read_states(const char *body, size_t len, struct state_list *into, struct err *err)
{
    return read_body(&codec_states, body, len, into, NULL, err);
}

int api_read_notices(const char *body, size_t len, struct notice_list *into, struct err *err)
{
    return read_body(&codec_notices, body, len, into, &into->more, err);
}

int api_read_cloud_ud(const char *body, size_t len, struct cloud_ud *into, struct err *err)
{
    return read_body(&codec_cloud_ud, body, len, into, NULL, err);
}

int api_read_cloud_ccu(const char *body, size_t len, struct cloud_ccu *into, struct err *err)
{
    return read_body(&codec_cloud_ccu, body, len, into, NULL, err);
}

int api_read_cloud_history(const char *body, size_t len, struct cloud_history *into,
                           struct err *err)
{
    return read_body(&codec_cloud_history, body, len, into, NULL, err);
}
