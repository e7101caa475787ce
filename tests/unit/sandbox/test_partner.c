/* What a partner sees of its customers' cloud use, addresses and notifications. */
#include "tests/unit/sandbox/pages.h"

#define SUMMARY "/api/licensing/license/partner/cloud/cvad/summary"
#define PARTNER "/partner/nimbus7q2x"
#define ACTIVE  PARTNER "/activeuse/partner/tenant/cloud/cvad/current"

/* Totals against parts; the number of items whose users are above 100 % and at least 95 %. */
static void check_kind(const json_t *kind, bool multi, size_t found[2])
{
    long long licences = 0, users = 0, overage = 0;
    json_t *item, *tenant;
    size_t i, k;

    SHAPE(kind, {"customers", 'i'}, {"licenses", 'i'}, {"users", 'i'}, {"overage", 'i'},
          {"items", 'a'});
    json_array_foreach(at(kind, "items"), i, item)
    {
        long long has = int_at(item, "licenses"), uses = int_at(item, "users"), sum = 0;

        assert_int_equal(json_object_size(item), multi ? 7 : 6);
        assert_true(json_is_string(at(item, "customerId")) && json_is_string(at(item, "orgId")) &&
                    json_is_string(at(item, "displayName")));
        assert_int_equal(int_at(item, "overage"), uses > has ? uses - has : 0);
        json_array_foreach(at(item, "tenants"), k, tenant)
        {
            SHAPE(tenant, {"customerId", 'S'}, {"displayName", 'S'}, {"orgId", 'S'},
                  {"users", 'i'});
            sum += int_at(tenant, "users");
        }
        if (multi)
            assert_int_equal(sum, uses);
        found[0] += uses > has;
        found[1] += uses <= has && uses * 100 >= has * 95 && uses < has;
        licences += has;
        users += uses;
        overage += int_at(item, "overage");
    }
    assert_int_equal(int_at(kind, "customers"), i);
    assert_int_equal(int_at(kind, "licenses"), licences);
    assert_int_equal(int_at(kind, "users"), users);
    assert_int_equal(int_at(kind, "overage"), overage);
}

static void the_summary_adds_up(void **state)
{
    struct ask *a = *state;
    char target[160], text[TERM_LEN];

    for (int term = a->sb.term - 23; term <= a->sb.term; term++) {
        size_t single[2] = {0}, multi[2] = {0};

        snprintf(target, sizeof(target), SUMMARY "?date=%s", term_text(term, text));
        assert_int_equal(ask_get(a, target), 200);
        SHAPE(a->json, {"date", 's'}, {"singleTenant", 'o'}, {"multiTenant", 'o'});
        assert_string_equal(text_at(a->json, "date"), text);
        check_kind(at(a->json, "singleTenant"), false, single);
        check_kind(at(a->json, "multiTenant"), true, multi);
        assert_int_equal(int_at(at(a->json, "singleTenant"), "customers"),
                         term > a->sb.term - 5 ? 7 : 6);
        if (term != a->sb.term)
            continue;
        assert_int_equal(single[0], 1);
        assert_int_equal(single[1], 1);
        assert_int_equal(multi[0], 1);
    }
    expect_refusal(a, SUMMARY, 400, "common/missing");
    expect_refusal(a, SUMMARY "?date=2026", 400, "common/invalidString");
    assert_int_equal(ask_get(a, SUMMARY "?date=2016-02"), 200);
    assert_int_equal(int_at(at(a->json, "singleTenant"), "users"), 0);
}

static void some_tenants_are_not_linked(void **state)
{
    struct ask *a = *state;
    json_t *item, *tenant;
    size_t i, k, unlinked = 0, lite = 0;

    assert_int_equal(ask_get(a, SUMMARY "?date=2026-11"), 200);
    json_array_foreach(at(at(a->json, "multiTenant"), "items"), i, item)
        json_array_foreach(at(item, "tenants"), k, tenant)
    {
        if (json_is_string(at(tenant, "customerId"))) {
            assert_true(json_is_string(at(tenant, "displayName")));
            lite += json_is_null(at(tenant, "orgId"));
            continue;
        }
        assert_true(json_is_null(at(tenant, "displayName")));
        assert_true(json_is_null(at(tenant, "orgId")));
        assert_true(int_at(tenant, "users") > 0);
        unlinked++;
    }
    assert_int_equal(unlinked, 1);
    assert_true(lite > 0);
}

static void check_active(const json_t *o, const char *id)
{
    SHAPE(o, {"customerId", 's'}, {"dailyActiveUseValue", 'i'}, {"dailyActiveUsePercentage", '*'},
          {"monthlyActiveUseValue", 'i'}, {"monthlyActiveUsePercentage", '*'},
          {"dailyDeviceActiveUseValue", 'i'}, {"dailyDeviceActiveUsePercentage", '*'},
          {"monthlyDeviceActiveUseValue", 'i'}, {"monthlyDeviceActiveUsePercentage", '*'},
          {"productName", 's'}, {"recordingTimeStamp", 't'});
    assert_string_equal(text_at(o, "customerId"), id);
    assert_true(int_at(o, "dailyActiveUseValue") <= int_at(o, "monthlyActiveUseValue"));
}

/* Each single-tenant customer's month is what the summary says of it. */
static void a_tenant_agrees_with_the_summary(void **state)
{
    struct ask *a = *state;
    json_t *items, *item;
    size_t i, concurrent = 0, unknown = 0;
    char target[200];

    assert_int_equal(ask_get(a, SUMMARY "?date=2026-11"), 200);
    items = json_incref(json_object_get(at(a->json, "singleTenant"), "items"));
    json_array_foreach(items, i, item)
    {
        const json_t *o, *percent;

        snprintf(target, sizeof(target), ACTIVE "?customer=%s", text_at(item, "customerId"));
        assert_int_equal(ask_get(a, target), 200);
        SHAPE(a->json, {"ccuActiveUse", 'O'}, {"udActiveUse", 'O'});
        o = at(a->json, json_is_null(at(a->json, "ccuActiveUse")) ? "udActiveUse" : "ccuActiveUse");
        concurrent += json_is_null(at(a->json, "udActiveUse"));
        check_active(o, text_at(item, "customerId"));
        assert_int_equal(int_at(o, "monthlyActiveUseValue"), int_at(item, "users"));
        percent = at(o, "monthlyActiveUsePercentage");
        unknown += json_is_null(percent);
        if (json_is_real(percent))
            assert_int_equal((long long)json_real_value(percent),
                             int_at(item, "users") * 100 / int_at(item, "licenses"));
    }
    assert_int_equal(i, 7);
    assert_int_equal(concurrent, 2);
    assert_int_equal(unknown, 1);
    json_decref(items);
    expect_refusal(a, ACTIVE, 400, "common/missing");
    expect_refusal(a, ACTIVE "?customer=nobody", 404, "common/notFound");
    expect_refusal(a, ACTIVE "?customer=willowfoods8", 404, "licensing/notFound");
}

static void information_of_a_customer(void **state)
{
    struct ask *a = *state;
    json_t *items, *c;
    char target[200];
    size_t i;

    assert_int_equal(ask_get(a, PARTNER "/customers"), 200);
    items = json_incref(json_object_get(a->json, "items"));
    json_array_foreach(items, i, c)
    {
        snprintf(target, sizeof(target), PARTNER "/customers/%s/information",
                 text_at(c, "customerId"));
        assert_int_equal(ask_get(a, target), 200);
        SHAPE(a->json, {"name", 's'}, {"displayName", 's'}, {"nickname", 'S'}, {"orgId", 's'},
              {"orgIds", 'a'}, {"address1", 's'}, {"address2", 'S'}, {"address3", 'S'},
              {"addressCity", 's'}, {"addressCountry", 's'}, {"addressState", 's'},
              {"addressZip", 's'}, {"mainPhone", 's'}, {"mainPhoneArea", 's'},
              {"mainPhoneCountry", 's'}, {"embargoed", 'b'}, {"memberships", 'n'},
              {"logoUrl", 'n'});
        assert_string_equal(text_at(a->json, "name"), text_at(c, "customerId"));
        assert_string_equal(text_at(a->json, "displayName"),
                            text_at(at(c, "customerInformation"), "displayName"));
    }
    json_decref(items);
    expect_refusal(a, PARTNER "/customers/nobody/information", 404, "common/notFound");
}

/* Each customer has as many as its notifictionCount says; one without a connection is closed. */
static void notifications_of_a_customer(void **state)
{
    struct ask *a = *state;
    json_t *items, *c;
    char target[200];
    size_t i, closed = 0, all = 0;

    assert_int_equal(ask_get(a, PARTNER "/customers"), 200);
    items = json_incref(json_object_get(a->json, "items"));
    json_array_foreach(items, i, c)
    {
        snprintf(target, sizeof(target), "/notifications/%s/notifications",
                 text_at(c, "customerId"));
        if (json_is_null(at(c, "connectionId"))) {
            expect_refusal(a, target, 403, "common/authorization");
            closed++;
            continue;
        }
        assert_int_equal(ask_get(a, target), 200);
        assert_int_equal(json_array_size(at(a->json, "items")), int_at(c, "notifictionCount"));
        all += json_array_size(at(a->json, "items"));
    }
    assert_int_equal(closed, 1);
    assert_true(all > 8);
    json_decref(items);
    expect_refusal(a, "/notifications/nobody/notifications", 403, "common/authorization");
    expect_refusal(a, "/lui/cedarclinic5/licenseservers", 403, "common/authorization");
    expect_refusal(a, "/notifications/cedarclinic5/notifications?continuationToken=x", 410,
                   "common/continuationExpired");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, ask_setup, ask_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(the_summary_adds_up),
        WITH(some_tenants_are_not_linked),
        WITH(a_tenant_agrees_with_the_summary),
        WITH(information_of_a_customer),
        WITH(notifications_of_a_customer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
