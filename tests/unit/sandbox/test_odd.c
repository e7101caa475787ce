/* --odd, --without, and what all reads of extensions.md share. */
#include "tests/unit/sandbox/pages.h"

#define SUMMARY "/api/licensing/license/partner/cloud/cvad/summary?date=2026-11"

static const char *const reads[] = {
    LUI "/users?date=2026-11",
    LUI "/licenseservers/lic03.nimbus.example",
    LUI "/usagehistory?startDate=2026-01&endDate=2026-11",
    LUI "/customers",
    LUI "/sites",
    LUI "/deployments/licenseservers",
    LUI "/deployments/usage?startDate=2026-11-01&endDate=2026-11-22",
    LUI "/deployments/users",
    SUMMARY,
    "/partner/nimbus7q2x/activeuse/partner/tenant/cloud/cvad/current?customer=cedarclinic5",
    "/partner/nimbus7q2x/customers/cedarclinic5/information",
};
enum { READS = sizeof(reads) / sizeof(reads[0]) };

static void every_read_has_an_etag_and_needs_a_token(void **state)
{
    struct ask *a = *state;

    for (size_t i = 0; i < READS; i++) {
        char tag[64];

        if (ask_get(a, reads[i]) != 200)
            fail_msg("%s: %d", reads[i], a->rp.status);
        assert_non_null(ask_header(a, "CC-TransactionId"));
        snprintf(tag, sizeof(tag), "%s", ask_header(a, "ETag"));
        assert_int_equal(ask_get_with(a, reads[i], HEADER_IF_NONE_MATCH, tag), 304);
        assert_int_equal(a->rp.body.len, 0);
        assert_int_equal(ask_get_with(a, reads[i], HEADER_AUTHORIZATION, NULL), 401);
        ask_prepare(a, "PATCH", reads[i]);
        assert_int_equal(ask_send(a), 405);
        assert_string_equal(ask_header(a, "Allow"), "GET");
    }
}

static struct ask *start_with(unsigned without, bool odd)
{
    struct ask *a = malloc(sizeof(*a));
    struct options o;

    assert_non_null(a);
    ask_defaults(&o);
    o.users = 1000;
    o.without = without;
    o.odd = odd;
    ask_start(a, &o);
    return a;
}

static void what_one_is_not_entitled_to_is_a_404(void **state)
{
    struct ask *a = start_with(1u << PRODUCT_CLOUD | 1u << PRODUCT_NETSCALER, false);
    static const char *const gone[] = {LUI "/netscalercallinghomedata", SUMMARY, UD "/current"};
    json_t *s;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
        expect_refusal(a, gone[i], 404, "licensing/notFound");
    assert_int_equal(ask_get(a, LUI "/licenseservers"), 200);
    assert_int_equal(ask_get(a, LUI "/deployments/users"), 200);
    assert_int_equal(ask_get(a, "/core/nimbus7q2x/serviceStates"), 200);
    json_array_foreach(at(a->json, "items"), i, s)
    {
        if (strcmp(text_at(s, "serviceName"), "xendesktop") == 0)
            assert_string_equal(text_at(s, "state"), "NotOnboarded");
        if (strcmp(text_at(s, "serviceName"), "licensing") == 0)
            assert_string_equal(text_at(s, "state"), "PartnerProduction");
    }
    stop(a);
}

static void one_product_can_be_forbidden(void **state)
{
    struct ask *a = *state;
    const char *fault = "1:403:" LUI "/netscalercallinghomedata";

    assert_int_equal(faults_add_spec(&a->sb.faults, fault, NULL), 0);
    expect_refusal(a, LUI "/netscalercallinghomedata", 403, "common/authorization");
    assert_int_equal(ask_get(a, LUI "/licenseservers"), 200);
}

static const json_t *feature(const struct ask *a, size_t sku)
{
    return json_array_get(at(json_array_get(at(a->json, "skus"), sku), "features"), 0);
}

static void odd_months(void **state)
{
    struct ask *a = start_with(0, true);
    const json_t *list;

    (void)state;
    assert_int_equal(ask_get(a, LUI "/licenseusagedata?date=2026-08"), 200);
    assert_int_equal(json_array_size(at(a->json, "skus")), 0);
    assert_true(json_is_array(at(a->json, "skus")));
    assert_int_equal(ask_get(a, LUI "/users?date=2026-08"), 200);
    assert_int_equal(int_at(a->json, "totalCount"), 0);
    assert_int_equal(ask_get(a, LUI "/usagehistory?startDate=2026-06&endDate=2026-11"), 200);
    list = json_array_get(at(a->json, "licenseUsageProductCompositeModels"), 0);
    list = at(json_array_get(at(list, "licenseUsageProductModels"), 0), "licenseUsageMonthModels");
    assert_int_equal(json_array_size(list), 5);
    assert_string_equal(text_at(json_array_get(list, 2), "date"), "2026-09-01T00:00:00");
    assert_string_equal(text_at(json_array_get(list, 3), "date"), "2026-07-01T00:00:00");
    assert_int_equal(ask_get(a, LUI "/licenseusagedata?date=2026-07"), 200);
    assert_true(json_is_null(at(a->json, "skus")));
    assert_int_equal(ask_get(a, LUI "/licenseusagedata?date=2026-06"), 200);
    assert_true(json_is_null(at(feature(a, 0), "linkedCustomerUsages")));
    assert_int_equal(ask_get(a, LUI "/licenseusagedata?date=2026-09"), 200);
    assert_true(int_at(feature(a, 1), "count") < int_at(feature(a, 1), "freeUsersCount"));
    /* other months are as they were */
    assert_int_equal(ask_get(a, LUI "/licenseusagedata?date=2026-10"), 200);
    assert_true(int_at(feature(a, 0), "count") > 300);
    stop(a);
}

static void odd_elements(void **state)
{
    struct ask *a = start_with(0, true);
    const json_t *list, *x;

    (void)state;
    assert_int_equal(ask_get(a, LUI "/licenseservers"), 200);
    list = at(a->json, "licenseServersStatus");
    assert_string_equal(text_at(json_array_get(list, 0), "hostId"),
                        text_at(json_array_get(list, 1), "hostId"));
    x = json_array_get(list, 4);
    assert_string_equal(text_at(x, "lastPhoningHomeTime"), "0001-01-01T00:00:00");
    assert_true(int_at(x, "daysToExpire") < -1000);
    assert_int_equal(ask_get(a, LUI "/sites"), 200);
    assert_true(json_is_null(at(json_array_get(at(a->json, "items"), 1), "deliveryGroups")));
    assert_int_equal(ask_get(a, SUMMARY), 200);
    x = at(a->json, "singleTenant");
    assert_int_equal(int_at(x, "users"), 1);
    assert_true(int_at(json_array_get(at(x, "items"), 1), "users") > 1);
    assert_int_equal(ask_get(a, LUI "/deployments/usage?startDate=2026-11-01&endDate=2026-11-22"),
                     200);
    assert_true(json_is_null(at(json_array_get(at(a->json, "items"), 1), "servers")));
    stop(a);
}

/* An answer with --odd is not the answer without. */
static void odd_reaches_every_operation(void **state)
{
    static const char *const spoilt[] = {
        LUI "/licenseservers",
        LUI "/licenseservers/lic03.nimbus.example",
        LUI "/licenseusagedata?date=2026-08",
        LUI "/netscalercallinghomedata",
        LUI "/users?date=2026-11",
        LUI "/usagehistory?startDate=2026-01&endDate=2026-11",
        LUI "/sites",
        LUI "/deployments/licenseservers",
        LUI "/deployments/usage?startDate=2026-11-01&endDate=2026-11-22",
        LUI "/deployments/users",
        SUMMARY,
        "/partner/nimbus7q2x/customers",
    };
    struct ask *odd = start_with(0, true), *good = start_with(0, false);

    (void)state;
    for (size_t i = 0; i < sizeof(spoilt) / sizeof(spoilt[0]); i++) {
        assert_int_equal(ask_get(odd, spoilt[i]), 200);
        assert_int_equal(ask_get(good, spoilt[i]), 200);
        assert_non_null(odd->json);
        if (json_equal(odd->json, good->json))
            fail_msg("%s is not odd", spoilt[i]);
    }
    /* A list fault finds no list to spoil, and does no harm. */
    assert_int_equal(faults_add_spec(&odd->sb.faults, "1:esc", NULL), 0);
    assert_int_equal(ask_get(odd, LUI "/users?date=2026-07"), 200);
    stop(odd);
    stop(good);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, ask_setup, ask_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(every_read_has_an_etag_and_needs_a_token),
        cmocka_unit_test(what_one_is_not_entitled_to_is_a_404),
        WITH(one_product_can_be_forbidden),
        cmocka_unit_test(odd_months),
        cmocka_unit_test(odd_elements),
        cmocka_unit_test(odd_reaches_every_operation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
