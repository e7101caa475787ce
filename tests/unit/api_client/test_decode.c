/* What all codecs have in common: pages, what fails an answer and what costs one element only, and
 * that no damage is ever taken for a success. The oracle for damage is jansson on the whole. */
#include "api_client/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/account.h"
#include "model/netscaler.h"
#include "model/server.h"
#include "model/usage.h"

/* One small body a codec; the list's initialiser and release besides. */
union any {
    struct server_list servers;
    struct usage_list usage;
    struct netscaler_list netscalers;
    struct customer_list customers;
    struct state_list states;
    struct notice_list notices;
    struct cloud_ud ud;
    struct cloud_ccu ccu;
    struct cloud_history history;
};

static void usage_init(struct usage_list *l)
{
    usage_list_init(l, 2026 * 12);
}

static void ccu_init(struct cloud_ccu *c)
{
    *c = (struct cloud_ccu){0};
}

static void ccu_release(struct cloud_ccu *c)
{
    (void)c;
}

#define WRAP(member, init, release)                                                                \
    static void member##_begin(union any *a)                                                       \
    {                                                                                              \
        init(&a->member);                                                                          \
    }                                                                                              \
    static void member##_end(union any *a)                                                         \
    {                                                                                              \
        release(&a->member);                                                                       \
    }
WRAP(servers, server_list_init, server_list_release)
WRAP(usage, usage_init, usage_list_release)
WRAP(netscalers, netscaler_list_init, netscaler_list_release)
WRAP(customers, customer_list_init, customer_list_release)
WRAP(states, state_list_init, state_list_release)
WRAP(notices, notice_list_init, notice_list_release)
WRAP(ud, cloud_ud_init, cloud_ud_release)
WRAP(ccu, ccu_init, ccu_release)
WRAP(history, cloud_history_init, cloud_history_release)

static const struct kind {
    const struct codec *codec;
    void (*begin)(union any *a);
    void (*end)(union any *a);
    const char *body;
} kinds[] = {
    {&codec_servers, servers_begin, servers_end,
     "{\"customerId\":\"n\",\"licenseServersStatus\":[{\"hostId\":\"A\",\"fqdn\":\"a.example.net\","
     "\"lastPhoningHomeTime\":\"2026-03-04T01:05:09.00-05:00\",\"isPhoningHome\":true,"
     "\"isFoundInBackOffice\":true,\"isEverReported\":true,\"isCompliant\":true,"
     "\"isLicenseServerFree\":false,\"isNonCspLicenseInstalled\":false,\"isCcu\":false,"
     "\"isExpired\":false,\"daysToExpire\":12,\"ccuFeatureStatistics\":[{\"featureId\":\"F\","
     "\"usageCount\":7}],\"linkedCustomerList\":[{\"customerId\":\"c\"}]}],\"orgId\":null}"},
    {&codec_usage, usage_begin, usage_end,
     "{\"skus\":[{\"skuId\":\"S\",\"features\":[{\"featureId\":\"F\",\"count\":12,"
     "\"freeUsersCount\":3,\"licenseServerCount\":1,\"freeLicenseServerCount\":0,"
     "\"licenseServerUsages\":[{\"fqdn\":\"a\",\"count\":12,\"freeUsersCount\":3,"
     "\"isLicenseServerFree\":false}],\"linkedCustomerUsages\":[{\"isLinked\":false,"
     "\"count\":12,\"freeUsersCount\":3}]}]}]}"},
    {&codec_netscalers, netscalers_begin, netscalers_end,
     "{\"netScalerCallingHomeDetails\":[{\"hostId\":\"h\",\"netScalerLicenseModels\":[{"
     "\"isPermanent\":true,\"isExpired\":false,\"isReporting\":true,"
     "\"isFoundInBackOffice\":true,\"vpxMode\":\"Active\"}]}]}"},
    {&codec_customers, customers_begin, customers_end,
     "{\"items\":[{\"customerId\":\"c\",\"notifictionCount\":2,\"customerInformation\":"
     "{\"displayName\":\"C\"}}]}"},
    {&codec_states, states_begin, states_end,
     "{\"items\":[{\"serviceName\":\"licensing\",\"quantity\":5}]}"},
    {&codec_notices, notices_begin, notices_end,
     "{\"items\":[{\"content\":[{\"languageTag\":\"en\",\"title\":\"t\"}],\"createdDate\":"
     "\"2026-03-01T08:00:00.000Z\"}],\"continuationToken\":\"a b\"}"},
    {&codec_cloud_ud, ud_begin, ud_end,
     "{\"totalUsageCount\":4,\"userLicenseUsage\":{\"totalUsageCount\":4,\"releasedCount\":1},"
     "\"deviceLicenseUsage\":{\"totalUsageCount\":5,\"releasedCount\":2},"
     "\"totalAvailableLicenseCount\":30,\"remainingLicenseCount\":26}"},
    {&codec_cloud_ccu, ccu_begin, ccu_end,
     "{\"currentCcu\":{\"totalLicenseCount\":50,\"assignedLicenseCount\":12},\"monthPeak\":null}"},
    {&codec_cloud_history, history_begin, history_end,
     "{\"historicalUsageType\":\"Monthly\",\"xenAppXenDesktopHistoricalUsageList\":[{\"timeStamp\":"
     "\"2026-01-01T00:00:00Z\",\"totalAvailableLicenseCount\":9,\"cumulativeAssignedCount\":8,"
     "\"newAssignedCount\":7,\"releasedCount\":3}]}"},
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

struct outcome {
    int rc;
    size_t unreadable, first, elements;
    bool usage_wrong;
    struct err err;
};

/* Decodes LEN bytes in pieces of STEP, each in memory of its own size. */
static struct outcome decode(const struct kind *k, const char *text, size_t len, size_t step)
{
    struct outcome o = {0};
    struct decode d;
    union any into;

    k->begin(&into);
    o.rc = decode_init(&d, k->codec, &into);
    for (size_t i = 0; i < len && o.rc == 0; i += step) {
        size_t n = len - i < step ? len - i : step;
        char *piece = malloc(n);

        assert_non_null(piece);
        memcpy(piece, text + i, n);
        o.rc = decode_feed(&d, piece, n, &o.err);
        free(piece);
    }
    if (o.rc == 0)
        o.rc = decode_page_end(&d, &o.err);
    if (o.rc == 0)
        o.rc = decode_finish(&d, &o.err);
    o.unreadable = d.unreadable;
    o.first = d.first_unreadable;
    o.elements = d.elements;
    for (size_t i = 0; k->codec == &codec_usage && i < into.usage.count; i++)
        o.usage_wrong |=
            into.usage.rows[i].free < 0 || into.usage.rows[i].free > into.usage.rows[i].total;
    decode_release(&d);
    k->end(&into);
    return o;
}

static void test_truncated_everywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        size_t len = strlen(kinds[i].body);
        struct outcome o = decode(&kinds[i], kinds[i].body, len, len);

        if (o.rc != 0 || o.unreadable != 0)
            fail_msg("%s: rc %d, %s", kinds[i].codec->what, o.rc, o.err.why);
        for (size_t n = 0; n < len; n++) {
            o = decode(&kinds[i], kinds[i].body, n, n % 11 + 1);
            assert_int_equal(o.rc, ERR_DATA);
            assert_int_equal(o.err.code, ERR_DATA);
            assert_true(o.err.what[0] != '\0' && o.err.why[0] != '\0');
        }
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Whether the whole is an object with a proper list where one is needed. */
static bool acceptable(const struct kind *k, const char *text, size_t len)
{
    json_t *whole = json_loadb(text, len, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
    bool ok = whole != NULL && k->codec->list != NULL &&
              json_is_array(json_object_get(whole, k->codec->list)) &&
              strncmp(text, "{\"cust", 6) != 0 && strncmp(text, "{\"hist", 6) != 0 &&
              json_object_get(whole, "continuationToken") == NULL;

    json_decref(whole);
    return ok;
}

static void test_damage(void **state)
{
    static const char bytes[] = "{}[]\",:\\0-e tn\x01\xff\x80";
    uint32_t seed = 20260304;

    (void)state;
    for (int round = 0; round < 6000; round++) {
        const struct kind *k = &kinds[round % KINDS];
        char text[1024];
        size_t len = strlen(k->body);
        struct outcome a, b;

        assert_in_range(len, 1, sizeof(text));
        memcpy(text, k->body, len);
        for (uint32_t n = next_random(&seed) % 3 + 1; n > 0; n--)
            text[next_random(&seed) % len] = bytes[next_random(&seed) % (sizeof(bytes) - 1)];
        a = decode(k, text, len, len);
        b = decode(k, text, len, next_random(&seed) % 20 + 1);
        if (a.rc != b.rc || a.unreadable != b.unreadable || a.first != b.first ||
            a.elements != b.elements || strcmp(a.err.why, b.err.why) != 0)
            fail_msg("%.*s: %d %s, in pieces %d %s", (int)len, text, a.rc, a.err.why, b.rc,
                     b.err.why);
        assert_false(a.usage_wrong || b.usage_wrong);
        if (a.rc != 0 && acceptable(k, text, len))
            fail_msg("%.*s: refused, %s", (int)len, text, a.err.why);
        assert_true(a.rc == 0 || a.rc == ERR_DATA);
    }
}

static void refused(const struct kind *k, const char *text, const char *why)
{
    struct outcome o = decode(k, text, strlen(text), 4);

    if (o.rc != ERR_DATA || strstr(o.err.why, why) == NULL)
        fail_msg("%s: rc %d, %s", text, o.rc, o.err.why);
}

static void test_unexpected_bodies(void **state)
{
    const struct kind *servers = &kinds[0], *customers = &kinds[3];

    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        refused(&kinds[i], "", "the answer is empty");
        refused(&kinds[i], "\r\n<html><body>Sign in</body></html>",
                "the answer is a web page, not data");
        refused(&kinds[i], "Service Unavailable", "");
        if (kinds[i].codec->list != NULL) {
            refused(&kinds[i], "{}", "the answer has no member \"");
            refused(&kinds[i], "[]", "the answer has no member \"");
            refused(&kinds[i], "[{}]", "the answer has no member \"");
            refused(&kinds[i], "null", "the answer has no member \"");
            refused(&kinds[i], "{\"message\":\"not for you\"}", "the answer has no member \"");
        }
    }
    refused(servers, "{\"items\":[]}", "no member \"licenseServersStatus\"");
    refused(servers, "{\"licenseServersStatus\":[],\"licenseServersStatus\":[]}", "twice");
    refused(servers, "{\"licenseServersStatus\":[],\"customerId\":{}}", "\"customerId\"");
    refused(servers, "{\"licenseServersStatus\":[],\"customerId\":tru}", "\"customerId\"");
    refused(servers, "{\"licenseServersStatus\":{}}", "something else");
    refused(customers, "{\"items\":null}", "the member \"items\" is null");
    refused(customers, "{\"items\":[],\"continuationToken\":7}", "\"continuationToken\"");
}

static void test_error_text(void **state)
{
    struct outcome o = decode(&kinds[0], "<html>", 6, 6);
    char line[900];

    (void)state;
    assert_string_equal(err_sentence(&o.err, line, sizeof(line)),
                        "License servers could not be read: the answer is a web page, not data (at "
                        "byte 1). Check the urls of this profile, and whether a proxy answers "
                        "instead.");
}

static void test_byte_order_mark_and_case(void **state)
{
    const char *text = "\xef\xbb\xbf {\"ITEMS\":[{\"ServiceName\":\"x\"}]} ";
    struct outcome o = decode(&kinds[4], text, strlen(text), 1);

    (void)state;
    assert_int_equal(o.rc, 0);
    assert_int_equal(o.elements, 1);
    assert_int_equal(o.unreadable, 0);
}

static int feed(struct decode *d, const char *text)
{
    return decode_feed(d, text, strlen(text), NULL);
}

static void test_pages(void **state)
{
    struct notice_list l;
    struct decode d;

    (void)state;
    notice_list_init(&l);
    assert_int_equal(decode_init(&d, &codec_notices, &l), 0);
    assert_int_equal(feed(&d, "{\"items\":[{\"title\":\"a\"},{\"title\":\"b\"}],"), 0);
    assert_int_equal(feed(&d, "\"ContinuationToken\":\"p\\u0061ge/2+x\"}"), 0);
    assert_int_equal(decode_page_end(&d, NULL), 0);
    assert_string_equal(d.continuation.data, "page/2+x");
    assert_int_equal(feed(&d, "{\"items\":[{\"title\":\"c\"},5,{\"title\":\"d\"}]}"), 0);
    assert_int_equal(decode_page_end(&d, NULL), 0);
    assert_int_equal(d.continuation.len, 0);
    assert_int_equal(d.elements, 5);
    assert_int_equal(d.unreadable, 1);
    assert_int_equal(d.first_unreadable, 4);
    assert_int_equal(feed(&d, "{\"continuationToken\":null}"), 0);
    assert_int_equal(decode_page_end(&d, NULL), ERR_DATA);
    assert_int_equal(l.count, 4);
    decode_release(&d);

    assert_int_equal(decode_init(&d, &codec_notices, &l), 0);
    assert_int_equal(feed(&d, "{\"items\":[]}{\"items\":[]}"), ERR_DATA);
    assert_int_equal(feed(&d, " "), ERR_DATA);
    assert_int_equal(decode_page_end(&d, NULL), ERR_DATA);
    decode_release(&d);
    notice_list_release(&l);
}

static void test_no_body(void **state)
{
    struct cloud_history l;
    struct decode d;

    (void)state;
    cloud_history_init(&l);
    assert_int_equal(decode_init(&d, &codec_cloud_history, &l), 0);
    assert_int_equal(decode_finish(&d, NULL), 0);
    assert_int_equal(l.count, 0);
    decode_release(&d);
    cloud_history_release(&l);
}

static void test_too_many(void **state)
{
    struct state_list l;
    struct decode d;
    struct err err;
    int rc = 0;

    (void)state;
    state_list_init(&l);
    assert_int_equal(decode_init(&d, &codec_states, &l), 0);
    assert_int_equal(feed(&d, "{\"items\":["), 0);
    for (int i = 0; i < STATES_MAX; i++)
        assert_int_equal(feed(&d, "{\"serviceName\":\"s\"},"), 0);
    rc = decode_feed(&d, "{\"serviceName\":\"s\"}]}", 21, &err);
    assert_int_equal(rc, ERR_TOOBIG);
    assert_string_equal(err.what, "Service states could not be read");
    decode_release(&d);
    state_list_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truncated_everywhere),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_unexpected_bodies),
        cmocka_unit_test(test_error_text),
        cmocka_unit_test(test_byte_order_mark_and_case),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_no_body),
        cmocka_unit_test(test_too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
