/* Cloud use of the customers and of one of them: extensions.md CloudSummary, published.md §3.15 c.
 */
#include "account.h"
#include "api_client/codec.h"
#include "base/clock.h"
#include "model/cloud_summary.h"
#include "model/tenant_use.h"
#include "tests/unit/api_client/decoded.h"

enum { NOV = 2026 * 12 + 10 };

#define TOTALS(c, l, u, o)                                                                         \
    "\"customers\":" #c ",\"licenses\":" #l ",\"users\":" #u ",\"overage\":" #o ","
#define ITEM(id, l, u, o)                                                                          \
    "{\"customerId\":" id ",\"orgId\":\"70012345\",\"displayName\":\"Cedar\",\"licenses\":" #l     \
    ",\"users\":" #u ",\"overage\":" #o
#define TENANT(id, name, org, users)                                                               \
    "{\"customerId\":" id ",\"displayName\":" name ",\"orgId\":" org ",\"users\":" users "}"

static void test_summary(void **state)
{
    static const char body[] = "{\"date\":\"2026-11\",\"singleTenant\":{" TOTALS(1, 200, 190, 0) //
        "\"items\":[" ITEM("\"cedar9\"", 200, 190, 0) ",\"new\":[1]}]},"
                                                      "\"multiTenant\":{" TOTALS(2, 150, 160, 10) //
        "\"items\":[" ITEM("\"nimbus\"", 100, 94, 0) ",\"tenants\":["                             //
        TENANT("\"elm7\"", "\"Elm\"", "\"70\"", "80") ","                                         //
        TENANT("null", "null", "null", "14") "]},"                                                //
        ITEM("\"nimbus-eu\"", 50, 66, 16) ",\"tenants\":["                                        //
        TENANT("\"ash2\"", "null", "null", "\"66\"") "]}]}}";
    struct cloud_summary s;

    (void)state;
    cloud_summary_init(&s, NOV);
    assert_int_equal(decode(&codec_cloud_summary, body, &s), 0);
    assert_true(s.single.known && s.single.listed && s.multi.known && s.multi.listed);
    assert_int_equal(s.single.customers, 1);
    assert_int_equal(s.single.licenses, 200);
    assert_int_equal(s.single.users, 190);
    assert_int_equal(s.multi.overage, 10);
    assert_int_equal(s.count, 3);
    assert_string_equal(s.rows[0].customer_id, "cedar9");
    assert_string_equal(s.rows[0].org_id, "70012345");
    assert_string_equal(s.rows[0].name, "Cedar");
    assert_int_equal(s.rows[0].licenses, 200);
    assert_int_equal(s.rows[0].users, 190);
    assert_false(s.rows[0].multi_tenant || s.rows[0].tenants_told);
    assert_int_equal(s.rows[0].term, NOV);
    assert_int_equal(s.rows[2].overage, 16);
    /* Each tenant is in its own customer's part of the list, once. */
    assert_int_equal(s.tenant_count, 3);
    assert_int_equal(s.rows[0].tenant_count, 0);
    assert_true(s.rows[1].multi_tenant && s.rows[1].tenants_told);
    assert_int_equal(s.rows[1].tenant_at, 0);
    assert_int_equal(s.rows[1].tenant_count, 2);
    assert_int_equal(s.rows[2].tenant_at, 2);
    assert_int_equal(s.rows[2].tenant_count, 1);
    assert_string_equal(s.tenants[0].customer_id, "elm7");
    assert_true(s.tenants[0].linked);
    assert_false(s.tenants[1].linked);
    assert_int_equal(s.tenants[1].users, 14);
    assert_int_equal(s.tenants[2].users, 66);
    assert_int_equal(cloud_not_linked(&s, &s.rows[1]), 14);
    assert_int_equal(cloud_not_linked(&s, &s.rows[2]), 0);
    assert_int_equal(cloud_not_linked(&s, NULL), 14);
    cloud_summary_release(&s);
}

/* What is null is not told, and is not zero. */
static void test_summary_nulls(void **state)
{
    static const char *const untold[] = {"{}", "{\"singleTenant\":null,\"multiTenant\":null}"};
    struct cloud_summary s;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        cloud_summary_init(&s, NOV);
        assert_int_equal(decode(&codec_cloud_summary, untold[i], &s), 0);
        assert_false(s.single.known || s.single.listed || s.multi.known || s.multi.listed);
        assert_int_equal(s.count, 0);
        cloud_summary_release(&s);
    }
    cloud_summary_init(&s, NOV);
    assert_int_equal(
        decode(&codec_cloud_summary,
               "{\"singleTenant\":{" TOTALS(
                   3, 0, 0,
                   0) "\"items\":null},"
                      "\"multiTenant\":{" TOTALS(
                          1, 5, 5,
                          0) "\"items\":["
                             "{\"customerId\":\"a\",\"licenses\":0,\"users\":5,\"overage\":-2,"
                             "\"tenants\":null}]}}",
               &s),
        0);
    assert_true(s.single.known);
    assert_false(s.single.listed);
    assert_int_equal(s.single.customers, 3);
    assert_int_equal(s.count, 1);
    assert_null(s.rows[0].name);
    assert_null(s.rows[0].org_id);
    assert_int_equal(s.rows[0].overage, -2);
    assert_false(s.rows[0].tenants_told);
    cloud_summary_release(&s);
}

/* One bad part is counted, and the rest stands. */
static void test_summary_bad_parts(void **state)
{
    static const char body[] = "{\"singleTenant\":{" TOTALS(3, 1, 1, null)    //
        "\"items\":[7," ITEM("null", 1, 1, 0) "}," ITEM("\"\"", 1, 1, 0) "}," //
        ITEM("\"a\"", null, 1, 0) "}," ITEM("\"b\"", 1.5, 1, 0) "},"          //
        ITEM("\"c\"", 1, [], 0) "}," ITEM("\"good\"", 1, 2, 1) "}]},"         //
                                                               "\"multiTenant\":{" TOTALS(2, 9, 9,
                                                                                          0) //
        "\"items\":[" ITEM("\"m\"", 1, 1, 0) ",\"tenants\":{}},"                             //
        ITEM("\"n\"", 1, 1, 0) ",\"tenants\":[null," TENANT("[]", "null", "null", "1") ","   //
        TENANT("\"t\"", "null", "null", "null") "," TENANT("\"u\"", "null", "null", "8") "]}]}}";
    struct cloud_summary s;

    (void)state;
    cloud_summary_init(&s, NOV);
    /* the totals, six customers, one more with tenants that are no list, three tenants */
    assert_int_equal(decode(&codec_cloud_summary, body, &s), 11);
    assert_false(s.single.known);
    assert_true(s.single.listed && s.multi.known);
    assert_int_equal(s.count, 2);
    assert_string_equal(s.rows[0].customer_id, "good");
    assert_string_equal(s.rows[1].customer_id, "n");
    assert_int_equal(s.tenant_count, 1);
    assert_int_equal(s.rows[1].tenant_count, 1);
    assert_string_equal(s.tenants[0].customer_id, "u");
    cloud_summary_release(&s);
}

static void test_summary_no_summary(void **state)
{
    static const char *const bad[] = {"[]", "7", "{\"singleTenant\":[]}", "{\"multiTenant\":7}",
                                      "{\"multiTenant\":{" TOTALS(1, 1, 1, 0) "\"items\":{}}}"};
    struct cloud_summary s;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        cloud_summary_init(&s, NOV);
        assert_int_equal(decode(&codec_cloud_summary, bad[i], &s), ERR_DATA);
        cloud_summary_release(&s);
    }
}

#define USE(day, month, devices, percent)                                                          \
    "{\"customerId\":\"cedar9\",\"dailyActiveUseValue\":" day ",\"dailyActiveUsePercentage\":"     \
    "83.335,\"monthlyActiveUseValue\":" month ",\"monthlyActiveUsePercentage\":" percent           \
    ",\"dailyDeviceActiveUseValue\":" devices ",\"dailyDeviceActiveUsePercentage\":0,"             \
    "\"monthlyDeviceActiveUseValue\":50,\"monthlyDeviceActiveUsePercentage\":100.5,"               \
    "\"productName\":\"XenDesktop\",\"recordingTimeStamp\":\"2026-03-04T07:05:09+01:00\"}"

static void test_use(void **state)
{
    struct tenant_use u = {0};

    (void)state;
    assert_int_equal(
        decode(&codec_tenant_use,
               "{\"ccuActiveUse\":null,\"udActiveUse\":" USE("40", "45", "43", "null") "}", &u),
        0);
    assert_true(u.known && u.user_device.known);
    assert_false(u.concurrent.known);
    assert_int_equal(u.user_device.day.count, 40);
    assert_int_equal(u.user_device.day.percent_100, 8334);
    assert_int_equal(u.user_device.month.count, 45);
    assert_int_equal(u.user_device.month.percent_100, -1);
    assert_int_equal(u.user_device.day_devices.count, 43);
    assert_int_equal(u.user_device.day_devices.percent_100, 0);
    assert_int_equal(u.user_device.month_devices.count, 50);
    assert_int_equal(u.user_device.month_devices.percent_100, 10050);
    assert_int_equal(u.user_device.as_of, 1772604309);
    u = (struct tenant_use){0};
    assert_int_equal(
        decode(&codec_tenant_use, "{\"ccuActiveUse\":" USE("4", "5", "6", "\"x\"") "}", &u),
        ERR_DATA);
    assert_false(u.known);
    assert_int_equal(
        decode(&codec_tenant_use, "{\"ccuActiveUse\":" USE("4", "5", "6", "12") "}", &u), 0);
    assert_true(u.concurrent.known);
    assert_false(u.user_device.known);
    u = (struct tenant_use){0};
    assert_int_equal(decode(&codec_tenant_use, "{}", &u), 0);
    assert_true(u.known);
    assert_false(u.concurrent.known || u.user_device.known);
}

/* A number that is missing or absurd refuses the answer, and nothing of it is taken. */
static void test_use_wrong(void **state)
{
    static const char *const bad[] = {
        "{\"udActiveUse\":" USE("null", "5", "6", "1") "}",
        "{\"udActiveUse\":" USE("-1", "5", "6", "1") "}",
        "{\"udActiveUse\":" USE("4", "{}", "6", "1") "}",
        "{\"udActiveUse\":" USE("4", "5", "6", "-1") "}",
        "{\"udActiveUse\":" USE("4", "5", "6", "1e300") "}",
        "{\"udActiveUse\":[]}",
        "{\"ccuActiveUse\":7}",
        "[]",
    };
    struct tenant_use u = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(decode(&codec_tenant_use, bad[i], &u), ERR_DATA);
        assert_false(u.known || u.user_device.known || u.concurrent.known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_summary_nulls),
        cmocka_unit_test(test_summary_bad_parts),
        cmocka_unit_test(test_summary_no_summary),
        cmocka_unit_test(test_use),
        cmocka_unit_test(test_use_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
