/* Each resource of published.md §3, read from bodies made by its tables. Times are checked against
 * `date -u +%s`. */
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
#include "model/netscaler.h"
#include "model/server.h"
#include "model/usage.h"

/* Reads TEXT in pieces of STEP bytes. */
static int decode(const struct codec *codec, const char *text, size_t step, void *into,
                  size_t *unreadable, size_t *first)
{
    struct decode d;
    size_t len = strlen(text);
    int rc = decode_init(&d, codec, into);

    for (size_t i = 0; i < len && rc == 0; i += step)
        rc = decode_feed(&d, text + i, len - i < step ? len - i : step, NULL);
    if (rc == 0)
        rc = decode_page_end(&d, NULL);
    if (rc == 0)
        rc = decode_finish(&d, NULL);
    *unreadable = d.unreadable;
    *first = d.first_unreadable;
    decode_release(&d);
    return rc;
}

#define SERVER_FLAGS                                                                               \
    "\"isPhoningHome\":true,\"isFoundInBackOffice\":true,\"isEverReported\":true,"                 \
    "\"isCompliant\":true,\"isLicenseServerFree\":false,\"isNonCspLicenseInstalled\":false,"       \
    "\"isCcu\":false,\"isExpired\":false"

static const char servers_body[] =
    "{\"customerId\":\"nimbus7q2x\",\"orgId\":70012345,\"licenseServersStatus\":["
    "{\"hostId\":\"LIC01\",\"fqdn\":\"lic01.example.net\","
    "\"lastPhoningHomeTime\":\"2026-03-04T01:05:09.00-05:00\",\"isPhoningHome\":true,"
    "\"isFoundInBackOffice\":false,\"isEverReported\":true,\"isCompliant\":false,"
    "\"isLicenseServerFree\":true,\"isNonCspLicenseInstalled\":true,\"isCcu\":\"true\","
    "\"isExpired\":1,\"licenseExpirationDate\":\"2026-09-30T00:00:00.00+00:00\","
    "\"daysToExpire\":\"210\",\"ccuFeatureStatistics\":[{\"featureId\":\"MPS_ENT_CCU\","
    "\"usageCount\":7},{\"featureId\":\"X\",\"usageCount\":0}],\"linkedCustomerList\":["
    "{\"customerId\":\"harborclinic9\",\"customerOrgId\":\"70099\",\"customerNickName\":\"harbor\","
    "\"customerDisplayName\":\"Harbor Clinic\",\"customerType\":\"Managed\"},{}],"
    "\"somethingNew\":{\"a\":[1]}},"
    "{\"hostId\":\"LIC02\",\"fqdn\":null,\"lastPhoningHomeTime\":null," SERVER_FLAGS ","
    "\"licenseExpirationDate\":null,\"daysToExpire\":null,\"ccuFeatureStatistics\":null,"
    "\"linkedCustomerList\":null},"
    "{\"HostID\":\"LIC02\"," SERVER_FLAGS ",\"daysToExpire\":-3}]}";

static void test_servers(void **state)
{
    size_t unreadable, first;

    (void)state;
    for (size_t step = 1; step <= sizeof(servers_body); step += step < 40 ? 1 : 97) {
        struct server_list l;
        const struct server *s;

        server_list_init(&l);
        assert_int_equal(decode(&codec_servers, servers_body, step, &l, &unreadable, &first), 0);
        assert_int_equal(unreadable, 0);
        assert_int_equal(l.count, 3);
        assert_false(l.unavailable);
        assert_string_equal(l.customer_id, "nimbus7q2x");
        assert_string_equal(l.org_id, "70012345");
        s = &l.rows[0];
        assert_string_equal(s->host_id, "LIC01");
        assert_string_equal(s->fqdn, "lic01.example.net");
        assert_int_equal(s->last_report, 1772604309);
        assert_int_equal(s->report_offset, -18000);
        assert_int_equal(s->expires, 1790726400);
        assert_int_equal(s->days_to_expire, 210);
        assert_true(s->reporting && s->ever_reported && s->free && s->non_csp && s->ccu);
        assert_true(s->expired && !s->in_back_office && !s->compliant);
        assert_int_equal(s->ccu_count, 2);
        assert_string_equal(s->ccu_uses[0].feature, "MPS_ENT_CCU");
        assert_int_equal(s->ccu_uses[0].count, 7);
        assert_int_equal(s->customer_count, 2);
        assert_string_equal(s->customers[0].id, "harborclinic9");
        assert_string_equal(s->customers[0].org_id, "70099");
        assert_string_equal(s->customers[0].nickname, "harbor");
        assert_string_equal(s->customers[0].name, "Harbor Clinic");
        assert_string_equal(s->customers[0].type, "Managed");
        assert_null(s->customers[1].id);
        s = &l.rows[1];
        assert_null(s->fqdn);
        assert_true(s->last_report == TIME_NONE && s->expires == TIME_NONE);
        assert_int_equal(s->days_to_expire, DAYS_NONE);
        assert_int_equal(s->ccu_count + s->customer_count, 0);
        assert_string_equal(l.rows[2].host_id, "LIC02");
        assert_int_equal(l.rows[2].days_to_expire, -3);
        assert_int_equal(l.rows[2].severity, SEVERITY_WARNING); /* the list was finished */
        server_list_release(&l);
    }
}

static void test_servers_unreadable(void **state)
{
    static const char *const bad[] = {
        "{" SERVER_FLAGS "}",
        "{\"hostId\":null," SERVER_FLAGS "}",
        "{\"hostId\":\"\"," SERVER_FLAGS "}",
        "{\"hostId\":\"L\\u0000IC\"," SERVER_FLAGS "}",
        "{\"hostId\":\"L\",\"hostId\":\"M\"," SERVER_FLAGS "}",
        "{\"hostId\":\"L\",\"isPhoningHome\":true}",
        "{\"hostId\":\"L\",\"daysToExpire\":\"soon\"," SERVER_FLAGS "}",
        "{\"hostId\":\"L\",\"fqdn\":[]," SERVER_FLAGS "}",
        "{\"hostId\":\"L\",\"linkedCustomerList\":[1]," SERVER_FLAGS "}",
        "{\"hostId\":\"L\",\"ccuFeatureStatistics\":[{\"featureId\":\"A\",\"usageCount\":-1}],"
        "" SERVER_FLAGS "}",
        "{\"hostId\":\"L\" " SERVER_FLAGS "}",
        "{\"hostId\":\"L\xff\"," SERVER_FLAGS "}",
        "{\"hostId\":\"L\n\"," SERVER_FLAGS "}",
        "tru",
        "null",
        "[]",
    };
    size_t unreadable, first;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct server_list l;
        char text[2048];

        snprintf(text, sizeof(text),
                 "{\"licenseServersStatus\":[{\"hostId\":\"A\"," SERVER_FLAGS "},%s,%s,"
                 "{\"hostId\":\"B\"," SERVER_FLAGS "}]}",
                 bad[i], bad[i]);
        server_list_init(&l);
        assert_int_equal(decode(&codec_servers, text, 7, &l, &unreadable, &first), 0);
        if (unreadable != 2 || first != 2 || l.count != 2)
            fail_msg("%s: %zu unreadable from %zu, %zu rows", bad[i], unreadable, first, l.count);
        assert_string_equal(l.rows[1].host_id, "B");
        server_list_release(&l);
    }
}

static void test_servers_unavailable(void **state)
{
    struct server_list l;

    (void)state;
    server_list_init(&l);
    assert_int_equal(api_read_servers("{\"licenseServersStatus\":null}", 29, &l, NULL), 0);
    assert_true(l.unavailable);
    assert_int_equal(l.count, 0);
    server_list_release(&l);
}

static const char usage_body[] =
    "{\"customerId\":\"nimbus7q2x\",\"orgId\":null,\"skus\":[{\"skuId\":null},"
    "{\"skuId\":\"000000000000000042\",\"skuDescription\":\"Example Premium\",\"features\":["
    "{\"featureId\":\"XDT_PLT_UD\",\"featureDescription\":\"Premium\",\"count\":120,"
    "\"freeUsersCount\":9,\"units\":\"users\",\"isUserList\":true,\"licenseServerCount\":3,"
    "\"freeLicenseServerCount\":1,\"linkedCustomerCount\":4,"
    "\"freeLicenseServerHostIdsPia\":[\"LIC02\"],\"licenseServerUsages\":["
    "{\"fqdn\":\"lic01.example.net\",\"count\":70,\"freeUsersCount\":2,"
    "\"reportingDate\":\"2026-03-04T01:05:09.1234567-05:00\",\"isLicenseServerFree\":false},"
    "{\"fqdn\":null,\"count\":0,\"freeUsersCount\":0,\"reportingDate\":\"0001-01-01T00:00:00\","
    "\"isLicenseServerFree\":true}],\"linkedCustomerUsages\":[{\"isLinked\":true,"
    "\"customerOrgId\":null,\"customerId\":\"11111111-2222-4333-8444-555555555555\","
    "\"customerNickName\":\"Northwind Dental\",\"customerType\":\"Lite\",\"count\":100,"
    "\"freeUsersCount\":9},{\"isLinked\":false,\"customerOrgId\":null,\"customerId\":null,"
    "\"customerNickName\":null,\"customerType\":null,\"count\":20,\"freeUsersCount\":0}]},"
    "{\"featureID\":\"XDT_ADV_UD\",\"featureDescription\":null,\"count\":\"5\","
    "\"freeUsersCount\":5,\"licenseServerCount\":1,\"freeLicenseServerCount\":0,"
    "\"licenseServerUsages\":null,\"linkedCustomerUsages\":[]}]}]}";

static void test_usage(void **state)
{
    size_t unreadable, first;

    (void)state;
    for (size_t step = 1; step <= sizeof(usage_body); step += step < 40 ? 1 : 97) {
        struct usage_list l;
        const struct usage_feature *f;

        usage_list_init(&l, 2026 * 12 + 2);
        assert_int_equal(decode(&codec_usage, usage_body, step, &l, &unreadable, &first), 0);
        assert_int_equal(unreadable, 0);
        assert_int_equal(l.count, 2);
        f = &l.rows[0];
        assert_int_equal(f->term, 2026 * 12 + 2);
        assert_string_equal(f->sku_id, "000000000000000042");
        assert_string_equal(f->sku_description, "Example Premium");
        assert_string_equal(f->feature_id, "XDT_PLT_UD");
        assert_string_equal(f->description, "Premium");
        assert_int_equal(f->total, 120);
        assert_int_equal(f->free, 9);
        assert_int_equal(f->servers, 3);
        assert_int_equal(f->free_servers, 1);
        assert_int_equal(f->customers, 4);
        assert_int_equal(f->server_part_count, 2);
        assert_string_equal(f->server_parts[0].fqdn, "lic01.example.net");
        assert_int_equal(f->server_parts[0].total, 70);
        assert_int_equal(f->server_parts[0].free, 2);
        assert_int_equal(f->server_parts[0].reported, 1772604309);
        assert_false(f->server_parts[0].server_free);
        assert_null(f->server_parts[1].fqdn);
        assert_true(f->server_parts[1].reported == TIME_NONE);
        assert_true(f->server_parts[1].server_free);
        assert_int_equal(f->customer_part_count, 2);
        assert_true(f->customer_parts[0].linked);
        assert_string_equal(f->customer_parts[0].id, "11111111-2222-4333-8444-555555555555");
        assert_string_equal(f->customer_parts[0].nickname, "Northwind Dental");
        assert_string_equal(f->customer_parts[0].type, "Lite");
        assert_int_equal(f->customer_parts[0].total, 100);
        assert_int_equal(f->customer_parts[0].free, 9);
        assert_false(f->customer_parts[1].linked);
        assert_null(f->customer_parts[1].id);
        assert_int_equal(f->customer_parts[1].total, 20);
        f = &l.rows[1];
        assert_string_equal(f->feature_id, "XDT_ADV_UD");
        assert_string_equal(f->sku_id, "000000000000000042");
        assert_null(f->description);
        assert_int_equal(f->total, 5);
        assert_int_equal(f->free, 5);
        assert_int_equal(f->customers, 0);
        assert_int_equal(f->server_part_count + f->customer_part_count, 0);
        usage_list_release(&l);
    }
}

/* A feature with the five numbers and what follows. */
#define FEATURE(id, count, free, rest)                                                             \
    "{\"featureId\":" id ",\"count\":" count ",\"freeUsersCount\":" free                           \
    ",\"licenseServerCount\":1,\"freeLicenseServerCount\":0,\"linkedCustomerCount\":0" rest "}"

static void test_usage_unreadable(void **state)
{
    static const char *const bad[] = {
        FEATURE("null", "1", "0", ""),
        FEATURE("\"A\\u0000B\"", "1", "0", ""),
        FEATURE("\"A\"", "-1", "0", ""),
        FEATURE("\"A\"", "1", "-1", ""),
        FEATURE("\"A\"", "3", "4", ""),
        FEATURE("\"A\"", "null", "0", ""),
        FEATURE("\"A\"", "9", "null", ""),
        FEATURE("\"A\"", "9007199254740993", "0", ""),
        FEATURE("\"A\"", "12.5", "0", ""),
        FEATURE("\"A\"", "1", "0", ",\"licenseServerUsages\":{}"),
        FEATURE("\"A\"", "1", "0", ",\"licenseServerUsages\":[{\"fqdn\":\"a\"}]"),
        FEATURE("\"A\"", "1", "0",
                ",\"linkedCustomerUsages\":[{\"isLinked\":true,\"count\":1,\"freeUsersCount\":2}]"),
        FEATURE("\"A\"", "1", "0",
                ",\"linkedCustomerUsages\":[{\"count\":1,\"freeUsersCount\":0}]"),
        "17",
    };
    size_t unreadable, first;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct usage_list l;
        char text[2048];

        snprintf(text, sizeof(text),
                 "{\"skus\":[{\"skuId\":\"S\",\"features\":[]},{\"skuId\":\"T\",\"features\":[%s,"
                 "%s,%s]},7,{\"features\":[%s]}]}",
                 bad[i], FEATURE("\"B\"", "4", "4", ""), bad[i], FEATURE("\"C\"", "0", "0", ""));
        usage_list_init(&l, 2026 * 12);
        assert_int_equal(decode(&codec_usage, text, 11, &l, &unreadable, &first), 0);
        if (unreadable != 3 || first != 2 || l.count != 2)
            fail_msg("%s: %zu unreadable from %zu, %zu rows", bad[i], unreadable, first, l.count);
        assert_string_equal(l.rows[0].feature_id, "B");
        assert_string_equal(l.rows[1].feature_id, "C");
        assert_null(l.rows[1].sku_id);
        usage_list_release(&l);
    }
}

static void test_usage_no_data(void **state)
{
    static const char *const bodies[] = {
        "{\"skus\":null}",
        "{\"skus\":[]}",
        "{\"skus\":[{\"skuId\":null,\"features\":null}]}",
        "{\"skus\":[{}]}",
    };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct usage_list l;

        usage_list_init(&l, 0);
        assert_int_equal(api_read_usage(bodies[i], strlen(bodies[i]), 24311, &l, NULL), 0);
        assert_int_equal(l.count, 0);
        assert_int_equal(l.term, 24311);
        usage_list_release(&l);
    }
}

static const char netscalers_body[] =
    "{\"customerId\":\"nimbus7q2x\",\"orgId\":\"7\",\"netScalerCallingHomeDetails\":["
    "{\"hostId\":\"02ab44cd55ee\",\"fqdn\":\"vpx-a.example.net\","
    "\"serverGuid\":\"6f0e0c9e-0000-4000-8000-000000000001\",\"netScalerLicenseModels\":["
    "{\"hostType\":\"Ethernet\",\"localReportingDate\":\"2026-03-04T01:05:09.00-05:00\","
    "\"latestReportingDate\":\"2026-03-04T06:05:09.0000000+00:00\",\"isPermanent\":false,"
    "\"productName\":\"Citrix NetScaler VPX 200 - Standard Edition\","
    "\"licenseExpirationDate\":\"2026-09-30T00:00:00.00+00:00\",\"entitlementId\":\"E1\","
    "\"fulfillmentId\":\"F1\",\"deploymentType\":\"HA Primary\",\"vpxMode\":\"Active\","
    "\"isExpired\":false,\"daysToExpire\":210,\"isReporting\":true,\"isFoundInBackOffice\":true},"
    "{\"isPermanent\":true,\"isExpired\":true,\"isReporting\":false,"
    "\"isFoundInBackOffice\":false}]},"
    "{\"hostId\":\"half\",\"netScalerLicenseModels\":[{\"isPermanent\":true,\"isExpired\":false,"
    "\"isReporting\":true,\"isFoundInBackOffice\":true},{\"isPermanent\":true}]},"
    "{\"hostId\":\"none\",\"netScalerLicenseModels\":[]},"
    "{\"hostId\":\"none\"}]}";

static void test_netscalers(void **state)
{
    struct netscaler_list l;
    size_t unreadable, first;
    const struct netscaler *n;

    (void)state;
    netscaler_list_init(&l);
    assert_int_equal(decode(&codec_netscalers, netscalers_body, 3, &l, &unreadable, &first), 0);
    assert_int_equal(unreadable, 3);
    assert_int_equal(first, 2);
    assert_int_equal(l.count, 2);
    n = &l.rows[0];
    assert_string_equal(n->host_id, "02ab44cd55ee");
    assert_string_equal(n->fqdn, "vpx-a.example.net");
    assert_string_equal(n->guid, "6f0e0c9e-0000-4000-8000-000000000001");
    assert_string_equal(n->host_type, "Ethernet");
    assert_string_equal(n->product, "Citrix NetScaler VPX 200 - Standard Edition");
    assert_string_equal(n->entitlement_id, "E1");
    assert_string_equal(n->fulfillment_id, "F1");
    assert_string_equal(n->deployment, "HA Primary");
    assert_string_equal(n->mode, "Active");
    assert_int_equal(n->reported_local, 1772604309);
    assert_int_equal(n->report_offset, -18000);
    assert_int_equal(n->reported, 1772604309);
    assert_int_equal(n->expires, 1790726400);
    assert_int_equal(n->days_to_expire, 210);
    assert_true(n->first_of_host && n->reporting && n->in_back_office);
    assert_false(n->permanent || n->expired);
    n = &l.rows[1];
    assert_string_equal(n->host_id, "02ab44cd55ee");
    assert_true(n->permanent && n->expired && !n->reporting && !n->in_back_office);
    assert_false(n->first_of_host);
    assert_null(n->product);
    assert_true(n->reported == TIME_NONE && n->days_to_expire == DAYS_NONE);
    netscaler_list_release(&l);
    assert_int_equal(api_read_netscalers("{\"netScalerCallingHomeDetails\":null}", 36, &l, NULL),
                     0);
    assert_int_equal(l.count, 0);
    netscaler_list_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_servers),
        cmocka_unit_test(test_servers_unreadable),
        cmocka_unit_test(test_servers_unavailable),
        cmocka_unit_test(test_usage),
        cmocka_unit_test(test_usage_unreadable),
        cmocka_unit_test(test_usage_no_data),
        cmocka_unit_test(test_netscalers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
