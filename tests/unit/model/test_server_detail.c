#include "cells.h"

#include "model/server_detail.h"

static void test_licences(void **state)
{
    static const char *const products[] = {"Citrix Virtual Apps and Desktops"};
    static const char *const serials[] = {"E1:F1", "E2:F2"};
    static const char *const features[] = {"XenDesktop Platinum|User/Device", "odd"};
    struct licence_totals t;
    struct server_detail d;
    struct server *s;

    (void)state;
    server_detail_init(&d);
    assert_null(server_detail_status(&d));
    assert_int_equal(d.told, -1);
    s = server_list_add(&d.status);
    s->host_id = "LIC01";
    s->fqdn = "lic01.x";
    *server_detail_add(&d) = (struct licence){.name = "prem.lic",
                                              .products = products,
                                              .product_count = 1,
                                              .serials = serials,
                                              .serial_count = 2,
                                              .features = features,
                                              .feature_count = 2,
                                              .created = 1772582400,
                                              .expires = 1798675200,
                                              .days_to_expire = 37};
    *server_detail_add(&d) = (struct licence){
        .created = TIME_NONE, .expires = TIME_NONE, .expired = true, .days_to_expire = -3};
    *server_detail_add(&d) =
        (struct licence){.created = TIME_NONE, .expires = TIME_NONE, .days_to_expire = DAYS_NONE};
    *server_detail_add(&d) =
        (struct licence){.created = TIME_NONE, .expires = TIME_NONE, .days_to_expire = 30};
    server_detail_finish(&d);
    assert_string_equal(server_detail_status(&d)->fqdn, "lic01.x");
    assert_int_equal(server_detail_status(&d)->severity, SEVERITY_ERROR);
    assert_columns(&licence_row_type,
                   "name products features serials created expires days_to_expire expired");
    assert_row(&licence_row_type, &d.rows[0],
               "prem.lic|Citrix Virtual Apps and Desktops|XenDesktop Platinum|User/Device; "
               "odd|E1:F1; E2:F2|2026-03-04T00:00:00Z|2026-12-31T00:00:00Z|37|false");
    assert_row(&licence_row_type, &d.rows[1], "||||||-3|true");
    assert_row(&licence_row_type, &d.rows[2], "|||||||false");
    assert_shown(&licence_row_type, &d.rows[0], "features",
                 "XenDesktop Platinum, User/Device; odd");
    assert_shown(&licence_row_type, &d.rows[0], "expires", "in 37 d");
    assert_shown(&licence_row_type, &d.rows[1], "serials", "-");
    assert_int_equal(licence_severity(&d.rows[0]), 1);
    assert_int_equal(licence_severity(&d.rows[1]), 2);
    assert_int_equal(licence_severity(&d.rows[2]), 0);
    assert_int_equal(licence_severity(&d.rows[3]), 2);
    server_detail_totals(&d, &t);
    assert_int_equal(t.licences, 4);
    assert_int_equal(t.expired, 1);
    assert_int_equal(t.expiring_30, 1);
    assert_int_equal(t.expiring_90, 1);
    for (size_t i = 0; i < d.count; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(d.rows[i].id != d.rows[k].id);
    assert_int_equal(server_detail_source(&d).count, 4);
    server_detail_release(&d);
    assert_int_equal(d.count, 0);
}

static void test_split(void **state)
{
    struct text_half a, b;

    (void)state;
    assert_true(licence_split("E1:F1:x", ':', &a, &b));
    assert_int_equal(a.len, 2);
    assert_memory_equal(a.text, "E1", 2);
    assert_string_equal(b.text, "F1:x");
    assert_false(licence_split("E1", ':', &a, &b));
    assert_int_equal(a.len, 2);
    assert_int_equal(b.len, 0);
    assert_true(licence_split(":", ':', &a, &b));
    assert_int_equal(a.len + b.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_licences),
        cmocka_unit_test(test_split),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
