/* Sites, one server's detail, and history. */
#include "tests/unit/sandbox/pages.h"

static void sites_partition_the_users(void **state)
{
    struct ask *a = start(14);
    json_t *all = read_pages(a, LUI "/sites", 4), *users, *site, *group, *u;
    size_t whole = 0, by_group = 0, none = 0, i, k, n;

    (void)state;
    users = read_pages(a, LUI "/users?date=2026-11", 5000);
    json_array_foreach(all, i, site)
    {
        long long sum = 0, listed = 0;
        size_t links = 0;

        SHAPE(site, {"siteId", 's'}, {"siteName", 's'}, {"linkedCustomer", 'O'}, {"userCount", 'i'},
              {"lastReported", 'u'}, {"deliveryGroups", 'a'});
        json_array_foreach(at(site, "deliveryGroups"), k, group)
        {
            long long in_group = 0;

            SHAPE(group, {"deliveryGroupId", 's'}, {"deliveryGroupName", 's'}, {"userCount", 'i'},
                  {"linkedCustomer", 'O'});
            links += json_is_object(at(group, "linkedCustomer"));
            json_array_foreach(users, n, u)
            {
                const char *id = text_at(u, "deliveryGroupId");

                in_group += id != NULL && strcmp(id, text_at(group, "deliveryGroupId")) == 0;
            }
            assert_int_equal(int_at(group, "userCount"), in_group);
            sum += in_group;
        }
        json_array_foreach(users, n, u)
        {
            const char *id = text_at(u, "siteId");

            listed += id != NULL && strcmp(id, text_at(site, "siteId")) == 0;
        }
        assert_int_equal(int_at(site, "userCount"), sum);
        assert_int_equal(listed, sum);
        assert_true(sum > 50);
        /* never both */
        assert_false(json_is_object(at(site, "linkedCustomer")) && links > 0);
        whole += json_is_object(at(site, "linkedCustomer"));
        by_group += links > 0 && links < json_array_size(at(site, "deliveryGroups"));
        none += json_is_null(at(site, "linkedCustomer")) && links == 0;
    }
    assert_int_equal(whole, 3);
    assert_int_equal(by_group, 1);
    assert_int_equal(none, 2);
    json_decref(users);
    json_decref(all);
    stop(a);
}

static void check_licence(const json_t *l)
{
    json_t *text;
    size_t i;

    SHAPE(l, {"licenseName", 's'}, {"products", 'a'}, {"serialNumbers", 'a'}, {"features", 'a'},
          {"createDate", 's'}, {"expiredDate", 's'}, {"isExpire", 'b'}, {"daysToExpire", 'i'});
    assert_true(matches("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$",
                        text_at(l, "createDate")));
    assert_true(matches("^[0-9]{4}-[0-9]{2}-[0-9]{2} 00:00:00$", text_at(l, "expiredDate")));
    assert_true(json_is_true(at(l, "isExpire")) == (int_at(l, "daysToExpire") <= 0));
    json_array_foreach(at(l, "serialNumbers"), i, text)
        assert_true(matches("^[A-Z0-9]+:[A-Z0-9]+$", json_string_value(text)));
    assert_true(i > 0);
    json_array_foreach(at(l, "features"), i, text)
        assert_true(matches("^[^|]+\\|[^|]+$", json_string_value(text)));
    assert_true(i > 0);
}

static void the_detail_of_a_server_agrees_with_the_list(void **state)
{
    struct ask *a = start(28);
    json_t *all, *server, *licence;
    size_t i, k, details = 0;
    char target[128];

    (void)state;
    assert_int_equal(ask_get(a, LUI "/licenseservers"), 200);
    all = json_incref(json_object_get(a->json, "licenseServersStatus"));
    json_array_foreach(all, i, server)
    {
        const char *fqdn = text_at(server, "fqdn");
        long long nearest = 1 << 20;
        bool expired = false;

        if (fqdn == NULL)
            continue;
        snprintf(target, sizeof(target), LUI "/licenseservers/%s", fqdn);
        assert_int_equal(ask_get(a, target), 200);
        SHAPE(a->json, {"serverName", 's'}, {"serverStatus", 'o'}, {"serverLicenseCount", 'i'},
              {"serverLicenses", 'a'});
        assert_string_equal(text_at(a->json, "serverName"), fqdn);
        assert_true(json_equal(at(a->json, "serverStatus"), server));
        json_array_foreach(at(a->json, "serverLicenses"), k, licence)
        {
            check_licence(licence);
            expired = expired || json_is_true(at(licence, "isExpire"));
            if (int_at(licence, "daysToExpire") < nearest)
                nearest = int_at(licence, "daysToExpire");
        }
        assert_int_equal(int_at(a->json, "serverLicenseCount"), k);
        assert_true(expired == json_is_true(at(server, "isExpired")));
        if (json_is_integer(at(server, "daysToExpire")))
            assert_int_equal(nearest, int_at(server, "daysToExpire"));
        else
            assert_int_equal(k, 0);
        details++;
    }
    assert_int_equal(details, 26);
    json_decref(all);
    assert_int_equal(ask_get(a, LUI "/licenseservers/LIC03.Nimbus.Example"), 200);
    expect_refusal(a, LUI "/licenseservers/lic14.nimbus.example", 404, "licensing/notFound");
    expect_refusal(a, LUI "/licenseservers/%27%20OR%201", 404, "licensing/notFound");
    stop(a);
}

/* One month of one product against licenseusagedata of that month. */
static void check_month(struct ask *a, const char *product, const json_t *month)
{
    const char *date = text_at(month, "date");
    char target[80];
    json_t *sku;
    size_t i, found = 0;

    SHAPE(month, {"date", 's'}, {"totalUnit", 'i'}, {"paidUnit", 'i'}, {"freeUnit", 'i'},
          {"sourceCount", 'i'}, {"sourceUnit", 's'}, {"linkedCustomerCount", 'i'}, {"trend", 's'});
    assert_true(matches("^[0-9]{4}-[0-9]{2}-01T00:00:00$", date));
    assert_true(matches("^(Growth|Flat|Decline)$", text_at(month, "trend")));
    snprintf(target, sizeof(target), LUI "/licenseusagedata?date=%.7s", date);
    assert_int_equal(ask_get(a, target), 200);
    json_array_foreach(at(a->json, "skus"), i, sku)
    {
        const json_t *f = json_array_get(at(sku, "features"), 0);
        const char *name = text_at(f, "featureDescription");

        if (strcmp(name != NULL ? name : text_at(f, "featureId"), product) != 0)
            continue;
        found++;
        assert_int_equal(int_at(month, "totalUnit"), int_at(f, "count"));
        assert_int_equal(int_at(month, "freeUnit"), int_at(f, "freeUsersCount"));
        assert_int_equal(int_at(month, "paidUnit"),
                         int_at(f, "count") - int_at(f, "freeUsersCount"));
        assert_int_equal(int_at(month, "sourceCount"), int_at(f, "licenseServerCount"));
        assert_int_equal(int_at(month, "linkedCustomerCount"), int_at(f, "linkedCustomerCount"));
    }
    assert_int_equal(found, 1);
}

static void history_equals_the_months(void **state)
{
    struct ask *a = start(14);
    const json_t *models;
    json_t *all, *product, *month;
    size_t i, k, months = 0;

    (void)state;
    assert_int_equal(ask_get(a, LUI "/usagehistory?startDate=2020-01&endDate=2026-11"), 200);
    SHAPE(a->json, {"customerId", 's'}, {"orgId", 'S'},
          {"licenseUsageProductCompositeModels", 'a'});
    models = json_array_get(at(a->json, "licenseUsageProductCompositeModels"), 0);
    SHAPE(models, {"productCategory", 's'}, {"licenseUsageProductModels", 'a'});
    assert_string_equal(text_at(models, "productCategory"), "XenApp/XenDesktop");
    all = json_incref(json_object_get(models, "licenseUsageProductModels"));
    json_array_foreach(all, i, product)
    {
        const json_t *list = at(product, "licenseUsageMonthModels");

        SHAPE(product, {"productName", 's'}, {"licenseUsageMonthModels", 'a'});
        json_array_foreach(list, k, month)
        {
            const json_t *before = json_array_get(list, k + 1);
            const char *trend = text_at(month, "trend");

            check_month(a, text_at(product, "productName"), month);
            months++;
            if (before == NULL)
                continue;
            assert_true(strcmp(text_at(month, "date"), text_at(before, "date")) > 0);
            if (int_at(month, "totalUnit") > int_at(before, "totalUnit"))
                assert_string_equal(trend, "Growth");
            if (int_at(month, "totalUnit") < int_at(before, "totalUnit"))
                assert_string_equal(trend, "Decline");
        }
    }
    assert_int_equal(months, 3 * 24 + 3);
    json_decref(all);
    stop(a);
}

static void history_has_bounds(void **state)
{
    struct ask *a = *state;
    const json_t *models;

    assert_int_equal(ask_get(a, LUI "/usagehistory?startDate=2026-09&endDate=2026-10"), 200);
    models = json_array_get(at(a->json, "licenseUsageProductCompositeModels"), 0);
    assert_int_equal(json_array_size(at(json_array_get(at(models, "licenseUsageProductModels"), 0),
                                        "licenseUsageMonthModels")),
                     2);
    assert_int_equal(ask_get(a, LUI "/usagehistory?startDate=2016-02&endDate=2016-03"), 200);
    models = json_array_get(at(a->json, "licenseUsageProductCompositeModels"), 0);
    assert_int_equal(json_array_size(at(models, "licenseUsageProductModels")), 0);
    expect_refusal(a, LUI "/usagehistory", 400, "common/missing");
    expect_refusal(a, LUI "/usagehistory?startDate=2026-01&endDate=1", 400, "common/invalidString");
    expect_refusal(a, LUI "/usagehistory?startDate=2026-02&endDate=2026-01", 400,
                   "common/outOfRange");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sites_partition_the_users),
        cmocka_unit_test(the_detail_of_a_server_agrees_with_the_list),
        cmocka_unit_test(history_equals_the_months),
        cmocka_unit_test_setup_teardown(history_has_bounds, ask_setup, ask_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
