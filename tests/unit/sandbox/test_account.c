/* The shapes of published.md §3.12 to §3.15, written down once more, and paging. */
#include "tests/unit/sandbox/shape.h"

static void partner_customers(void **state)
{
    struct ask *a = start(14);
    json_t *c;
    size_t i;

    (void)state;
    assert_int_equal(ask_get(a, "/partner/nimbus7q2x/customers"), 200);
    json_array_foreach(at(a->json, "items"), i, c)
    {
        SHAPE(c, {"customerId", 's'}, {"type", 's'}, {"connectionId", 'S'},
              {"notifictionCount", 'I'}, {"customerInformation", 'O'}, {"services", 'A'},
              {"federatedDomains", 'A'}, {"serviceStates", 'A'});
        SHAPE(at(c, "customerInformation"), {"displayName", 'S'}, {"orgId", 'S'},
              {"adminFullName", 'S'}, {"adminEmail", 'S'});
    }
    assert_int_equal(i, 9);
    assert_int_equal(ask_get(a, "/partner/nimbus7q2x/customers/count"), 200);
    assert_int_equal(json_integer_value(a->json), 9);
    stop(a);
}

static void service_states(void **state)
{
    struct ask *a = start(14);
    json_t *s;
    size_t i, licensing = 0;

    (void)state;
    assert_int_equal(ask_get(a, "/core/nimbus7q2x/serviceStates"), 200);
    json_array_foreach(at(a->json, "items"), i, s)
    {
        SHAPE(s, {"serviceName", 's'}, {"state", 's'}, {"type", 's'}, {"quantity", 'I'},
              {"daysToExpiration", 'I'}, {"futureEntitlementStartDate", 'S'});
        licensing += strcmp(text_at(s, "serviceName"), "licensing") == 0;
    }
    assert_int_equal(licensing, 1);
    stop(a);
}

static void check_notice(const json_t *n, int64_t *last, size_t forms[2])
{
    bool flat = at(n, "content") == NULL;
    const char *created = text_at(n, "createdDate");
    const json_t *content = json_array_get(at(n, "content"), 0);
    int64_t t = 0;

    forms[flat]++;
    if (flat)
        SHAPE(n, {"destinationAdmin", 's'}, {"component", 's'}, {"createdDate", 'u'},
              {"eventId", 's'}, {"severity", 's'}, {"priority", 's'}, {"title", 's'},
              {"description", 's'});
    else
        SHAPE(content, {"languageTag", 's'}, {"title", 's'}, {"description", 's'},
              {"detailUri", 'S'});
    assert_true(matches("^(Information|Warning|Error|Critical)$", text_at(n, "severity")));
    assert_int_equal(time_parse(created, strlen(created), &t, NULL), 0);
    assert_true(t <= *last);
    *last = t;
}

static void notifications_come_in_pages(void **state)
{
    struct ask *a = start(14);
    char target[200] = "/notifications/nimbus7q2x/notifications";
    size_t sizes[3] = {0}, pages = 0, forms[2] = {0};
    int64_t last = TEST_NOW;

    (void)state;
    for (const char *token = ""; token != NULL && pages < 3; pages++) {
        json_t *n;

        assert_int_equal(ask_get(a, target), 200);
        json_array_foreach(at(a->json, "items"), sizes[pages], n) check_notice(n, &last, forms);
        token = text_at(a->json, "continuationToken");
        if (token == NULL)
            continue;
        assert_non_null(strpbrk(token, "+/="));
        snprintf(target, sizeof(target),
                 "/notifications/nimbus7q2x/notifications?"
                 "continuationToken=");
        for (const char *p = token; *p != '\0'; p++)
            snprintf(target + strlen(target), sizeof(target) - strlen(target), "%%%02X",
                     (unsigned char)*p);
    }
    assert_int_equal(pages, 2);
    assert_int_equal(sizes[0], 100);
    assert_int_equal(sizes[1], 40);
    assert_true(forms[0] > 0 && forms[1] > 0);
    assert_int_equal(ask_get(a, "/notifications/nimbus7q2x/notifications?continuationToken=x"),
                     410);
    stop(a);
}

static void cloud_user_device(void **state)
{
    struct ask *a = start(14);
    const json_t *o;
    long long user, device;

    (void)state;
    assert_int_equal(ask_get(a, UD "/current"), 200);
    o = a->json;
    SHAPE(o, {"customerId", 's'}, {"totalUsageCount", 'i'}, {"userLicenseUsage", 'o'},
          {"deviceLicenseUsage", 'o'}, {"totalAvailableLicenseCount", 'i'},
          {"remainingLicenseCount", 'i'}, {"timeStamp", 'u'}, {"productName", 's'},
          {"productEdition", 'S'}, {"nextExpiredLicenses", 'O'}, {"nextActivatingLicense", 'O'});
    assert_true(matches("\\.[0-9]{7}Z$", text_at(o, "timeStamp")));
    user = int_at(at(o, "userLicenseUsage"), "totalUsageCount");
    device = int_at(at(o, "deviceLicenseUsage"), "totalUsageCount");
    assert_int_equal(int_at(o, "totalUsageCount"), user < device ? user : device);
    assert_int_equal(int_at(o, "remainingLicenseCount"),
                     int_at(o, "totalAvailableLicenseCount") - int_at(o, "totalUsageCount"));
    assert_int_equal(ask_get(a, UD "/historicalusage?startDate=2020-01&endDate=2026-11"), 200);
    o = at(a->json, "historicalUsageList");
    assert_int_equal(json_array_size(o), 12);
    assert_string_equal(text_at(json_array_get(o, 0), "timeStamp"), "2025-12-01T00:00:00.0000000Z");
    SHAPE(json_array_get(at(a->json, "xenAppXenDesktopHistoricalUsageList"), 0), {"timeStamp", 'u'},
          {"totalAvailableLicenseCount", 'i'}, {"cumulativeAssignedCount", 'i'},
          {"newAssignedCount", 'i'}, {"releasedCount", 'i'});
    assert_int_equal(ask_get(a, UD "/historicalusage?startDate=2020-01&endDate=2020-02"), 204);
    assert_int_equal(a->rp.body.len, 0);
    stop(a);
}

static void cloud_concurrent(void **state)
{
    struct ask *a = start(14);

    (void)state;
    assert_int_equal(ask_get(a, "/cloudlicense/nimbus7q2x/license/enterprise/cloud/cvad/ccu/"
                                "summary?UsageType=device&LicenseModel=Concurrent"),
                     200);
    SHAPE(a->json, {"currentCcu", 'o'}, {"last24HoursPeak", 'O'}, {"monthPeak", 'O'},
          {"allTimePeak", 'O'});
    SHAPE(at(a->json, "currentCcu"), {"totalLicenseCount", 'i'}, {"assignedLicenseCount", 'i'},
          {"reportTime", 'u'});
    SHAPE(at(a->json, "monthPeak"), {"assignedLicenseCount", 'i'}, {"reportTime", 'u'});
    assert_true(int_at(at(a->json, "allTimePeak"), "assignedLicenseCount") >=
                int_at(at(a->json, "monthPeak"), "assignedLicenseCount"));
    stop(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(partner_customers),
        cmocka_unit_test(service_states),
        cmocka_unit_test(notifications_come_in_pages),
        cmocka_unit_test(cloud_user_device),
        cmocka_unit_test(cloud_concurrent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
