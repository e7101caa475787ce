/* Any bytes as an answer of any resource: no crash, the same outcome however the input is cut, and
 * no usage that could not be. First byte: which resource; second: how to cut. */
#include "api_client/codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/account.h"
#include "model/netscaler.h"
#include "model/server.h"
#include "model/usage.h"
#include "tests/fuzz/fuzz.h"

struct outcome {
    int rc;
    size_t unreadable, first, rows;
};

static struct outcome run(const struct codec *codec, void *into, const size_t *rows,
                          const char *data, size_t len, size_t step)
{
    struct outcome o = {0};
    struct decode d;

    o.rc = decode_init(&d, codec, into);
    d.back_to_back = codec == &codec_notices;
    for (size_t i = 0; i < len && o.rc == 0; i += step)
        o.rc = decode_feed(&d, data + i, len - i < step ? len - i : step, NULL);
    if (o.rc == 0)
        o.rc = decode_page_end(&d, NULL);
    if (o.rc == 0)
        o.rc = decode_finish(&d, NULL);
    o.unreadable = d.unreadable;
    o.first = d.first_unreadable;
    o.rows = rows != NULL ? *rows : 0;
    decode_release(&d);
    return o;
}

#define RESOURCE(kind, type, member, prefix)                                                       \
    static struct outcome kind##_run(const char *data, size_t len, size_t step)                    \
    {                                                                                              \
        struct type l;                                                                             \
        struct outcome o;                                                                          \
                                                                                                   \
        prefix##_init(&l);                                                                         \
        o = run(&codec_##kind, &l, member, data, len, step);                                       \
        prefix##_release(&l);                                                                      \
        return o;                                                                                  \
    }
RESOURCE(servers, server_list, &l.count, server_list)
RESOURCE(netscalers, netscaler_list, &l.count, netscaler_list)
RESOURCE(customers, customer_list, &l.count, customer_list)
RESOURCE(states, state_list, &l.count, state_list)
RESOURCE(notices, notice_list, &l.count, notice_list)
RESOURCE(cloud_ud, cloud_ud, NULL, cloud_ud)
RESOURCE(cloud_history, cloud_history, &l.count, cloud_history)

static struct outcome cloud_ccu_run(const char *data, size_t len, size_t step)
{
    struct cloud_ccu c = {0};

    return run(&codec_cloud_ccu, &c, NULL, data, len, step);
}

static struct outcome usage_run(const char *data, size_t len, size_t step)
{
    struct usage_list l;
    struct outcome o;

    usage_list_init(&l, 2026 * 12);
    o = run(&codec_usage, &l, &l.count, data, len, step);
    for (size_t i = 0; i < l.count; i++)
        if (l.rows[i].free < 0 || l.rows[i].free > l.rows[i].total)
            abort();
    usage_list_release(&l);
    return o;
}

static struct outcome (*const resources[])(const char *data, size_t len, size_t step) = {
    servers_run, usage_run,    netscalers_run, customers_run,     states_run,
    notices_run, cloud_ud_run, cloud_ccu_run,  cloud_history_run,
};

int fuzz_one(const uint8_t *data, size_t size)
{
    struct outcome whole, cut;
    const char *text = (const char *)data + 2;
    size_t which;

    if (size < 3)
        return 0;
    which = data[0] % (sizeof(resources) / sizeof(resources[0]));
    whole = resources[which](text, size - 2, size);
    cut = resources[which](text, size - 2, data[1] % 32 + 1);
    if (whole.rc != cut.rc || whole.unreadable != cut.unreadable || whole.first != cut.first ||
        whole.rows != cut.rows)
        abort();
    return 0;
}
