/* The shapes of published.md §3.1, §3.3 and §3.10, written down once more. */
#include "tests/unit/sandbox/shape.h"

static void check_server(const json_t *s)
{
    json_t *row;
    size_t i;

    SHAPE(s, {"hostId", 's'}, {"fqdn", 'S'}, {"lastPhoningHomeTime", 'T'}, {"isPhoningHome", 'b'},
          {"isFoundInBackOffice", 'b'}, {"isEverReported", 'b'}, {"isCompliant", 'b'},
          {"isLicenseServerFree", 'b'}, {"isNonCspLicenseInstalled", 'b'}, {"isCcu", 'b'},
          {"isExpired", 'b'}, {"licenseExpirationDate", 'T'}, {"daysToExpire", 'I'},
          {"ccuFeatureStatistics", 'A'}, {"linkedCustomerList", 'A'});
    json_array_foreach(at(s, "ccuFeatureStatistics"), i, row)
    {
        SHAPE(row, {"featureId", 's'}, {"usageCount", 'i'});
    }
    json_array_foreach(at(s, "linkedCustomerList"), i, row)
    {
        SHAPE(row, {"customerId", 's'}, {"customerOrgId", 's'}, {"customerNickName", 's'},
              {"customerDisplayName", 's'}, {"customerType", 's'});
    }
    if (json_is_false(at(s, "isEverReported"))) {
        assert_true(json_is_null(at(s, "fqdn")));
        assert_true(json_is_null(at(s, "lastPhoningHomeTime")));
        assert_true(json_is_false(at(s, "isPhoningHome")));
    }
}

static void license_servers(void **state)
{
    struct ask *a = start(500);
    json_t *s;
    size_t i;

    (void)state;
    assert_int_equal(ask_get(a, LUI "/licenseservers"), 200);
    SHAPE(a->json, {"customerId", 's'}, {"orgId", 'S'}, {"licenseServersStatus", 'A'});
    assert_string_equal(text_at(a->json, "customerId"), "nimbus7q2x");
    json_array_foreach(at(a->json, "licenseServersStatus"), i, s) check_server(s);
    assert_int_equal(i, 500);
    stop(a);
}

static int64_t report_time(const json_t *server)
{
    const char *text = text_at(server, "lastPhoningHomeTime");
    int64_t t = 0;

    assert_int_equal(time_parse(text, strlen(text), &t, NULL), 0);
    return t;
}

/* What screens.md shows of the fourteen. */
static void the_fourteen_servers_tell_their_story(void **state)
{
    struct ask *a = start(14);
    const json_t *list, *s;
    int digits2 = 0, reporting = 0, warning = 0;

    (void)state;
    assert_int_equal(ask_get(a, LUI "/licenseservers"), 200);
    list = at(a->json, "licenseServersStatus");
    assert_int_equal(json_array_size(list), 14);
    for (size_t i = 0; i < 13; i++) {
        int64_t age;
        const char *text;

        s = json_array_get(list, i);
        age = TEST_NOW - report_time(s);
        text = text_at(s, "lastPhoningHomeTime");
        digits2 += strlen(text) == strlen("2026-03-04T01:05:09.00-05:00");
        reporting += json_is_true(at(s, "isPhoningHome"));
        warning += json_is_integer(at(s, "daysToExpire")) && int_at(s, "daysToExpire") > 0 &&
                   int_at(s, "daysToExpire") <= 30;
        if (json_is_true(at(s, "isPhoningHome")))
            assert_in_range(age, 0, 86399);
        else
            assert_int_equal(age / 86400, i == 6 ? 13 : 4);
    }
    assert_int_equal(reporting, 11);
    assert_int_equal(warning, 1);
    assert_in_range(digits2, 3, 10);
    s = json_array_get(list, 2);
    assert_string_equal(text_at(s, "fqdn"), "lic03.nimbus.example");
    assert_int_equal(int_at(s, "daysToExpire"), 9);
    assert_string_equal(text_at(s, "licenseExpirationDate"), "2026-12-01T00:00:00.00+00:00");
    s = json_array_get(list, 5);
    assert_true(json_is_true(at(s, "isCcu")));
    assert_true(json_array_size(at(s, "ccuFeatureStatistics")) > 0);
    assert_true(json_is_null(at(json_array_get(list, 7), "linkedCustomerList")));
    assert_true(json_is_true(at(json_array_get(list, 8), "isExpired")));
    assert_true(json_is_true(at(json_array_get(list, 9), "isLicenseServerFree")));
    assert_true(json_is_true(at(json_array_get(list, 11), "isNonCspLicenseInstalled")));
    assert_true(json_is_false(at(json_array_get(list, 13), "isEverReported")));
    stop(a);
}

static void check_customer_usage(const json_t *row)
{
    SHAPE(row, {"isLinked", 'b'}, {"customerOrgId", 'S'}, {"customerId", 'S'},
          {"customerNickName", 'S'}, {"customerType", 'S'}, {"count", 'i'},
          {"freeUsersCount", 'i'});
    if (json_is_false(at(row, "isLinked"))) {
        assert_true(json_is_null(at(row, "customerOrgId")));
        assert_true(json_is_null(at(row, "customerId")));
        assert_true(json_is_null(at(row, "customerNickName")));
        assert_true(json_is_null(at(row, "customerType")));
    } else if (strcmp(text_at(row, "customerType"), "Lite") == 0) {
        assert_true(json_is_null(at(row, "customerOrgId")));
        assert_true(matches("^[0-9a-f-]{36}$", text_at(row, "customerId")));
    } else {
        assert_true(json_is_string(at(row, "customerOrgId")));
    }
}

static void license_usage(void **state)
{
    struct ask *a = start(14);
    json_t *sku, *f, *row;
    size_t i, k;
    int unknown = 0;

    (void)state;
    assert_int_equal(ask_get(a, LUI "/licenseusagedata?date=2026-10"), 200);
    SHAPE(a->json, {"customerId", 's'}, {"orgId", 'S'}, {"skus", 'a'});
    json_array_foreach(at(a->json, "skus"), i, sku)
    {
        SHAPE(sku, {"skuId", 's'}, {"skuDescription", 'S'}, {"features", 'a'});
        f = json_array_get(at(sku, "features"), 0);
        SHAPE(f, {"featureId", 's'}, {"featureDescription", 'S'}, {"count", 'i'},
              {"freeUsersCount", 'i'}, {"units", 's'}, {"isUserList", 'b'},
              {"licenseServerCount", 'i'}, {"freeLicenseServerCount", 'i'},
              {"linkedCustomerCount", 'i'}, {"freeLicenseServerHostIdsPia", 'a'},
              {"licenseServerUsages", 'a'}, {"linkedCustomerUsages", 'a'});
        json_array_foreach(at(f, "licenseServerUsages"), k, row)
        {
            const char *date = text_at(row, "reportingDate");

            SHAPE(row, {"fqdn", 's'}, {"count", 'i'}, {"freeUsersCount", 'i'},
                  {"reportingDate", 's'}, {"isLicenseServerFree", 'b'});
            unknown += strcmp(date, "0001-01-01T00:00:00") == 0;
            if (strcmp(date, "0001-01-01T00:00:00") != 0)
                assert_true(matches("T[0-9:]{8}\\.[0-9]{7}[+-]", date));
        }
        json_array_foreach(at(f, "linkedCustomerUsages"), k, row) check_customer_usage(row);
    }
    assert_int_equal(i, 4);
    assert_true(unknown > 0);
    stop(a);
}

static void months_without_data_have_no_sku_id(void **state)
{
    static const char *const none[] = {"2015-06", "2016-01", "2024-11", "2026-12", "2040-01"};
    static const char *const bad[] = {"", "2026-1", "2026-13", "november"};
    struct ask *a = start(14);
    char target[80];

    (void)state;
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        json_t *sku;
        size_t k;

        snprintf(target, sizeof(target), LUI "/licenseusagedata?date=%s", none[i]);
        assert_int_equal(ask_get(a, target), 200);
        json_array_foreach(at(a->json, "skus"), k, sku)
            assert_false(json_is_string(at(sku, "skuId")));
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        snprintf(target, sizeof(target), LUI "/licenseusagedata?date=%s", bad[i]);
        assert_int_equal(ask_get(a, target), 400);
        assert_string_equal(text_at(a->json, "type"),
                            "https://errors-api.cloud.com/common/invalidString");
    }
    assert_int_equal(ask_get(a, LUI "/licenseusagedata"), 400);
    stop(a);
}

static void netscalers(void **state)
{
    struct ask *a = start(14);
    json_t *host, *row;
    size_t i, k, several = 0, never = 0;

    (void)state;
    assert_int_equal(ask_get(a, LUI "/netscalercallinghomedata"), 200);
    SHAPE(a->json, {"customerId", 's'}, {"orgId", 'S'}, {"netScalerCallingHomeDetails", 'A'});
    json_array_foreach(at(a->json, "netScalerCallingHomeDetails"), i, host)
    {
        SHAPE(host, {"hostId", 's'}, {"fqdn", 'S'}, {"serverGuid", 'S'},
              {"netScalerLicenseModels", 'a'});
        json_array_foreach(at(host, "netScalerLicenseModels"), k, row)
        {
            SHAPE(row, {"hostType", 'S'}, {"localReportingDate", 'T'}, {"latestReportingDate", 'T'},
                  {"isPermanent", 'b'}, {"productName", 'S'}, {"licenseExpirationDate", 'T'},
                  {"entitlementId", 'S'}, {"fulfillmentId", 'S'}, {"deploymentType", 'S'},
                  {"vpxMode", 'S'}, {"isExpired", 'b'}, {"daysToExpire", 'I'}, {"isReporting", 'b'},
                  {"isFoundInBackOffice", 'b'});
            assert_true(matches("^Citrix NetScaler VPX [0-9]+ - "
                                "(Standard|Enterprise|Platinum) Edition$",
                                text_at(row, "productName")));
        }
        assert_true(k >= 1);
        several += k > 1;
        never += json_is_null(at(host, "fqdn"));
    }
    assert_int_equal(i, 8);
    assert_int_equal(several, 1);
    assert_int_equal(never, 1);
    stop(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(license_servers), cmocka_unit_test(the_fourteen_servers_tell_their_story),
        cmocka_unit_test(license_usage),   cmocka_unit_test(months_without_data_have_no_sku_id),
        cmocka_unit_test(netscalers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
