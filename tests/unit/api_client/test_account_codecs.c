/* The account's other resources: published.md §3.12 to §3.15. */
#include "api_client/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "api_client/api.h"
#include "base/clock.h"
#include "model/account.h"
#include "tests/unit/api_client/decoded.h"

static void test_customers(void **state)
{
    struct customer_list l;

    (void)state;
    customer_list_init(&l);
    assert_int_equal(
        decode(&codec_customers,
               "{\"items\":[{\"customerId\":\"harborclinic9\",\"type\":\"Managed\","
               "\"connectionId\":\"c0ffee00-1\",\"notifictionCount\":2,\"customerInformation\":"
               "{\"displayName\":\"Harbor Clinic\",\"orgId\":\"70099\",\"adminFullName\":\"A B\","
               "\"adminEmail\":\"a@example.net\"},\"services\":null},"
               "{\"customerId\":\"b\",\"notifictionCount\":null,\"notificationCount\":\"3\","
               "\"customerInformation\":null},{\"customerId\":\"c\"},"
               "{\"customerId\":null},{\"customerId\":\"d\",\"notifictionCount\":-1},"
               "{\"customerId\":\"e\",\"customerInformation\":[]}]}",
               &l),
        3);
    assert_int_equal(l.count, 3);
    assert_string_equal(l.rows[0].id, "harborclinic9");
    assert_string_equal(l.rows[0].type, "Managed");
    assert_string_equal(l.rows[0].connection_id, "c0ffee00-1");
    assert_string_equal(l.rows[0].name, "Harbor Clinic");
    assert_string_equal(l.rows[0].org_id, "70099");
    assert_string_equal(l.rows[0].admin_name, "A B");
    assert_string_equal(l.rows[0].admin_email, "a@example.net");
    assert_int_equal(l.rows[0].notifications, 2);
    assert_int_equal(l.rows[1].notifications, 3);
    assert_null(l.rows[1].name);
    assert_int_equal(l.rows[2].notifications, -1);
    customer_list_release(&l);
}

static void test_states(void **state)
{
    struct state_list l;

    (void)state;
    state_list_init(&l);
    assert_int_equal(
        decode(&codec_states,
               "{\"items\":[{\"serviceName\":\"licensing\",\"state\":\"Production\","
               "\"type\":\"Production\",\"quantity\":null,\"daysToExpiration\":null,"
               "\"futureEntitlementStartDate\":null},{\"serviceName\":\"xendesktop\","
               "\"state\":null,\"quantity\":25,\"daysToExpiration\":-4},{\"state\":\"Expired\"}]}",
               &l),
        1);
    assert_int_equal(l.count, 2);
    assert_string_equal(l.rows[0].name, "licensing");
    assert_string_equal(l.rows[0].state, "Production");
    assert_string_equal(l.rows[0].type, "Production");
    assert_int_equal(l.rows[0].quantity, -1);
    assert_int_equal(l.rows[0].days_to_expire, DAYS_NONE);
    assert_null(l.rows[1].state);
    assert_int_equal(l.rows[1].quantity, 25);
    assert_int_equal(l.rows[1].days_to_expire, -4);
    state_list_release(&l);
}

static const char notices_body[] =
    "{\"items\":[{\"title\":\"Flat\",\"description\":\"d1\","
    "\"createdDate\":\"2026-03-04T06:05:09.000Z\"},"
    "{\"component\":\"lui\",\"eventId\":\"e2\",\"severity\":\"critical\",\"priority\":\"Normal\","
    "\"createdDate\":\"2026-03-04T06:05:08.000Z\",\"content\":["
    "{\"languageTag\":\"de\",\"title\":\"Achtung\",\"description\":\"x\",\"detailUri\":null},"
    "{\"languageTag\":\"en-GB\",\"title\":\"Mind\",\"description\":\"y\"},"
    "{\"languageTag\":\"EN\",\"title\":\"Caution\",\"description\":\"z\","
    "\"detailUri\":\"https://docs.example.net/1\"}]},"
    "{\"severity\":\"Warning\",\"createdDate\":\"2026-03-04T06:05:07.000Z\","
    "\"content\":[{\"languageTag\":\"fr\",\"title\":\"Attention\"},"
    "{\"languageTag\":\"ja\",\"title\":\"chui\"}]},"
    "{\"severity\":\"Sideways\",\"title\":\"Odd\",\"createdDate\":\"2026-03-04T06:05:06.000Z\"},"
    "{\"severity\":\"Error\",\"description\":\"only\",\"createdDate\":null},"
    "{\"severity\":\"Error\"},{\"content\":[1]},7],\"continuationToken\":\"\"}";

static void test_notices(void **state)
{
    struct notice_list l;

    (void)state;
    notice_list_init(&l);
    assert_int_equal(decode(&codec_notices, notices_body, &l), 3);
    assert_int_equal(l.count, 5);
    assert_string_equal(l.rows[0].title, "Flat");
    assert_string_equal(l.rows[0].description, "d1");
    assert_int_equal(l.rows[0].created, 1772604309);
    assert_int_equal(l.rows[0].severity, SEVERITY_INFORMATION);
    assert_string_equal(l.rows[1].title, "Caution");
    assert_string_equal(l.rows[1].description, "z");
    assert_string_equal(l.rows[1].detail_uri, "https://docs.example.net/1");
    assert_string_equal(l.rows[1].component, "lui");
    assert_string_equal(l.rows[1].event_id, "e2");
    assert_int_equal(l.rows[1].severity, SEVERITY_ERROR);
    assert_true(l.rows[1].critical);
    assert_string_equal(l.rows[2].title, "Attention");
    assert_int_equal(l.rows[2].severity, SEVERITY_WARNING);
    assert_int_equal(l.rows[3].severity, SEVERITY_INFORMATION);
    assert_null(l.rows[4].title);
    assert_string_equal(l.rows[4].description, "only");
    assert_int_equal(l.rows[4].severity, SEVERITY_ERROR);
    assert_false(l.rows[4].critical);
    assert_true(l.rows[4].created == TIME_NONE);
    assert_false(l.more);
    notice_list_release(&l);
}

/* A kept body is the pages one after the other. */
static void test_notice_pages(void **state)
{
    static const char body[] = "{\"items\":[{\"title\":\"a\"}],\"continuationToken\":\"t/1\"}\n"
                               "{\"items\":[{\"title\":\"b\"}],\"continuationToken\":\"t/2\"}";
    static const char holed[] = "{\"items\":[{\"title\":\"a\"}]}{}{\"items\":[]}";
    struct notice_list l;
    struct err err;

    (void)state;
    notice_list_init(&l);
    assert_int_equal(api_read_notices(body, sizeof(body) - 1, &l, NULL), 0);
    assert_int_equal(l.count, 2);
    assert_true(l.more);
    notice_list_release(&l);
    assert_int_equal(api_read_notices(body, sizeof(body) - 2, &l, NULL), ERR_DATA);
    notice_list_release(&l);
    assert_int_equal(api_read_notices(holed, sizeof(holed) - 1, &l, &err), ERR_DATA);
    assert_non_null(strstr(err.why, "no member \"items\""));
    notice_list_release(&l);
}

static const char ud_body[] =
    "{\"customerId\":\"n\",\"totalUsageCount\":40,\"userLicenseUsage\":{\"totalUsageCount\":40,"
    "\"releasedCount\":1},\"deviceLicenseUsage\":{\"totalUsageCount\":55,\"releasedCount\":2},"
    "\"totalAvailableLicenseCount\":30,\"remainingLicenseCount\":-10,"
    "\"timeStamp\":\"2026-03-04T06:05:09.1234567Z\",\"productName\":\"XenDesktop\","
    "\"productEdition\":\"XAXDFull\",\"nextExpiredLicenses\":{\"nextExpiredTime\":"
    "\"2026-09-30T00:00:00Z\",\"totalCount\":5,\"daysToExpire\":210},"
    "\"nextActivatingLicense\":null}";

static void test_cloud_ud(void **state)
{
    struct cloud_ud c;

    (void)state;
    cloud_ud_init(&c);
    assert_int_equal(decode(&codec_cloud_ud, ud_body, &c), 0);
    assert_true(c.known);
    assert_int_equal(c.used, 40);
    assert_int_equal(c.user_used, 40);
    assert_int_equal(c.user_released, 1);
    assert_int_equal(c.device_used, 55);
    assert_int_equal(c.device_released, 2);
    assert_int_equal(c.available, 30);
    assert_int_equal(c.remaining, -10);
    assert_int_equal(c.as_of, 1772604309);
    assert_string_equal(c.product, "XenDesktop");
    assert_string_equal(c.edition, "XAXDFull");
    assert_true(c.has_expiry);
    assert_int_equal(c.next_expiry, 1790726400);
    assert_int_equal(c.expiring, 5);
    assert_int_equal(c.days_to_expire, 210);
    cloud_ud_release(&c);
}

/* Without one of its numbers the answer is refused, and nothing of it is taken. */
static void test_cloud_ud_incomplete(void **state)
{
    static const char *const needed[] = {"\"totalUsageCount\":40,", "\"userLicenseUsage\"",
                                         "\"deviceLicenseUsage\"",  "\"releasedCount\":2",
                                         "\"totalAvailable",        "\"remaining",
                                         "\"totalCount\""};
    struct cloud_ud c;
    struct err err;

    (void)state;
    cloud_ud_init(&c);
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        char text[sizeof(ud_body)];
        char *at;

        memcpy(text, ud_body, sizeof(text));
        at = strstr(text, needed[i]);
        assert_non_null(at);
        at[1] = '?';
        assert_int_equal(api_read_cloud_ud(text, sizeof(text) - 1, &c, &err), ERR_DATA);
        assert_non_null(strstr(err.what, "Cloud licences"));
        assert_false(c.known);
    }
    assert_int_equal(api_read_cloud_ud("[]", 2, &c, NULL), ERR_DATA);
    assert_int_equal(api_read_cloud_ud("14", 2, &c, NULL), ERR_DATA);
    assert_int_equal(api_read_cloud_ud("nope", 4, &c, &err), ERR_DATA);
    assert_non_null(strstr(err.why, "not JSON"));
    cloud_ud_release(&c);
}

static void test_cloud_ccu(void **state)
{
    struct cloud_ccu c = {0};

    (void)state;
    assert_int_equal(decode(&codec_cloud_ccu,
                            "{\"currentCcu\":{\"totalLicenseCount\":50,\"assignedLicenseCount\":12,"
                            "\"reportTime\":\"2026-03-04T06:05:09Z\"},\"last24HoursPeak\":"
                            "{\"assignedLicenseCount\":20,\"reportTime\":null},\"monthPeak\":null,"
                            "\"allTimePeak\":{\"assignedLicenseCount\":49,\"reportTime\":"
                            "\"2026-03-04T06:05:09Z\"}}",
                            &c),
                     0);
    assert_true(c.known);
    assert_int_equal(c.total, 50);
    assert_int_equal(c.assigned, 12);
    assert_int_equal(c.as_of, 1772604309);
    assert_true(c.day.known && c.day.assigned == 20 && c.day.at == TIME_NONE);
    assert_false(c.month.known);
    assert_true(c.all_time.known && c.all_time.assigned == 49);
    assert_int_equal(c.all_time.at, 1772604309);
    c = (struct cloud_ccu){0};
    assert_int_equal(decode(&codec_cloud_ccu, "{\"currentCcu\":null}", &c), ERR_DATA);
    assert_int_equal(decode(&codec_cloud_ccu,
                            "{\"currentCcu\":{\"totalLicenseCount\":5,\"assignedLicenseCount\":1},"
                            "\"monthPeak\":{\"reportTime\":null}}",
                            &c),
                     ERR_DATA);
    assert_false(c.known);
}

#define MONTH(stamp, newly)                                                                        \
    "{\"timeStamp\":\"" stamp "\",\"totalAvailableLicenseCount\":100,"                             \
    "\"cumulativeAssignedCount\":80,\"newAssignedCount\":" newly ",\"releasedCount\":3}"

static void test_cloud_history(void **state)
{
    struct cloud_history l;

    (void)state;
    cloud_history_init(&l);
    assert_int_equal(
        decode(&codec_cloud_history,
               "{\"customerId\":\"n\",\"historicalUsageType\":\"Monthly\","
               "\"productEdition\":null,\"historicalUsageList\":[{}],"
               "\"xenAppXenDesktopHistoricalUsageList\":[" MONTH("2026-01-01T00:00:00Z", "7") "," //
               MONTH("2026-02-01T00:00:00+09:00", "8") "," MONTH("2026-03", "9") ","              //
               MONTH("2026-13", "9") "," MONTH("2026-04", "-1") ",{}]}",
               &l),
        3);
    assert_int_equal(l.count, 3);
    assert_int_equal(l.rows[0].term, 2026 * 12);
    assert_int_equal(l.rows[0].available, 100);
    assert_int_equal(l.rows[0].assigned, 80);
    assert_int_equal(l.rows[0].newly, 7);
    assert_int_equal(l.rows[0].released, 3);
    assert_int_equal(l.rows[1].term, 2026 * 12 + 1);
    assert_int_equal(l.rows[2].term, 2026 * 12 + 2);
    cloud_history_release(&l);
    assert_int_equal(decode(&codec_cloud_history,
                            "{\"xenAppXenDesktopHistoricalUsageList\":[],"
                            "\"historicalUsageType\":\"Daily\"}",
                            &l),
                     ERR_DATA);
    cloud_history_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_customers), cmocka_unit_test(test_states),
        cmocka_unit_test(test_notices),   cmocka_unit_test(test_notice_pages),
        cmocka_unit_test(test_cloud_ud),  cmocka_unit_test(test_cloud_ud_incomplete),
        cmocka_unit_test(test_cloud_ccu), cmocka_unit_test(test_cloud_history),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
