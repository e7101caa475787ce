#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/limits.h"
#include "model/netscaler.h"

static void add(struct netscaler_list *l, const char *host, bool reporting, bool expired,
                bool on_record, int32_t days)
{
    struct netscaler *n = netscaler_list_add(l);

    assert_non_null(n);
    *n = (struct netscaler){.host_id = host,
                            .product = "VPX",
                            .reporting = reporting,
                            .expired = expired,
                            .in_back_office = on_record,
                            .days_to_expire = days,
                            .reported = TIME_NONE,
                            .expires = TIME_NONE};
}

static void test_hosts(void **state)
{
    static const enum severity expected[] = {
        SEVERITY_WARNING, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_ERROR,
        SEVERITY_OK,      SEVERITY_WARNING, SEVERITY_OK,
    };
    static const bool first[] = {true, false, true, false, true, true, true};
    struct netscaler_list l;
    struct netscaler_totals t;

    (void)state;
    netscaler_list_init(&l);
    netscaler_list_finish(&l);
    netscaler_list_totals(&l, &t);
    assert_int_equal(t.hosts, 0);
    add(&l, "a", true, false, true, 30); /* its second licence has expired */
    add(&l, "a", false, true, true, -5);
    add(&l, "b", false, false, true, DAYS_NONE); /* its first licence does not report */
    add(&l, "b", true, false, true, 31);
    add(&l, "c", true, false, true, 0);  /* ends today */
    add(&l, "d", true, false, false, 1); /* not on record */
    add(&l, "d", true, false, true, 90); /* the reader says that this is another host */
    l.rows[6].first_of_host = true;
    netscaler_list_finish(&l);
    for (size_t i = 0; i < l.count; i++) {
        assert_int_equal(netscaler_severity(&l.rows[i]), expected[i]);
        assert_int_equal(l.rows[i].first_of_host, first[i]);
        for (size_t j = 0; j < i; j++)
            assert_true(l.rows[i].id != l.rows[j].id);
    }
    netscaler_list_totals(&l, &t);
    assert_int_equal(t.licences, 7);
    assert_int_equal(t.hosts, 5);
    assert_int_equal(t.reporting_hosts, 4);
    assert_int_equal(t.expired, 1);
    assert_int_equal(t.expiring_30, 3);
    assert_int_equal(t.expiring_90, 5);
    assert_int_equal(t.undated, 1);
    assert_int_equal(t.past, 0);
    assert_int_equal(t.warning_hosts, 2);
    assert_int_equal(t.not_on_record, 1);
    netscaler_list_count(&l, &(struct limits){.expiry_warning = 1, .expiry_notice = 30}, &t);
    assert_int_equal(t.expiring_30, 2);
    assert_int_equal(t.expiring_90, 3);
    assert_int_equal(l.rows[1].number, 2);
    assert_int_equal(l.rows[1].licences, 2);
    assert_int_equal(l.rows[5].licences, 1);
    assert_int_equal(netscaler_list_source(&l).count, 7);
    netscaler_list_release(&l);
}

static void test_columns(void **state)
{
    struct netscaler n = {.host_id = "a",
                          .host_reporting = true,
                          .host_warning = true,
                          .reported = 0,
                          .expires = 0,
                          .days_to_expire = -2,
                          .entitlement_id = "E-1"};
    static const struct {
        const char *name, *machine, *screen;
    } cells[] = {
        {"status", "reporting_warning", "warning"},
        {"severity", "warning", "warning"},
        {"last_reported", "1970-01-01T00:00:00Z", "1 d ago"},
        {"expires", "1970-01-01T00:00:00Z", "2 d ago"},
        {"days_to_expire", "-2", "-2"},
        {"serial", "E-1", "E-1"},
        {"fqdn", "", "-"},
    };
    struct buf scratch, out;
    struct row_ctx ctx = {.now = 86400, .scratch = &scratch};

    (void)state;
    buf_init(&scratch, 100);
    buf_init(&out, 100);
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        const struct column *c =
            &netscaler_row_type.columns[column_find(&netscaler_row_type, cells[i].name)];
        struct value v;

        column_get(c, &n, &ctx, &v);
        buf_reset(&out);
        value_print(&v, &out);
        assert_string_equal(out.data, cells[i].machine);
        buf_reset(&out);
        column_show(c, &n, &ctx, &out);
        assert_string_equal(out.data, cells[i].screen);
    }
    n.permanent = true;
    buf_reset(&out);
    column_show(&netscaler_row_type.columns[column_find(&netscaler_row_type, "expires")], &n, &ctx,
                &out);
    assert_string_equal(out.data, "permanent");
    buf_release(&scratch);
    buf_release(&out);
}

/* The screen leaves out what every product name has in common, and nothing of other names. */
static void test_product(void **state)
{
    static const char *const cases[][2] = {
        {"Citrix NetScaler VPX 1000 - Platinum Edition", "1000 Platinum"},
        {"Citrix NetScaler VPX 50", "50"},
        {"NetScaler Gateway Enterprise VPX", "NetScaler Gateway Enterprise VPX"},
        {"Citrix NetScaler VPX 10 - ", "10 "},
        {" Edition", " Edition"},
        {"", ""},
        {NULL, "-"},
    };
    struct row_ctx ctx = {0};
    struct buf out;

    (void)state;
    buf_init(&out, 200);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct netscaler n = {.host_id = "a", .product = cases[i][0]};

        buf_reset(&out);
        column_show(&netscaler_row_type.columns[column_find(&netscaler_row_type, "product")], &n,
                    &ctx, &out);
        assert_string_equal(out.data, cases[i][1]);
    }
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_product),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
