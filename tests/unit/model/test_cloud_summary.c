#include "cells.h"

#include "model/cloud_summary.h"
#include "model/finding.h"

enum { NOV = 2026 * 12 + 10 };

static void fill(struct cloud_summary *s)
{
    struct cloud_tenant *t;

    cloud_summary_init(s, NOV);
    *cloud_summary_add(s) = (struct cloud_customer){.customer_id = "cedar9",
                                                    .org_id = "70012345",
                                                    .name = "Cedar",
                                                    .licenses = 200,
                                                    .users = 190};
    *cloud_summary_add(s) =
        (struct cloud_customer){.customer_id = "oak1", .licenses = 50, .users = 60, .overage = 10};
    cloud_summary_add(s)->customer_id = "shared";
    s->rows[2].multi_tenant = s->rows[2].tenants_told = true;
    s->rows[2].licenses = 100;
    s->rows[2].users = 94;
    t = cloud_summary_add_tenant(s);
    t->customer_id = "elm7";
    t->name = "Elm";
    t->users = 80;
    t = cloud_summary_add_tenant(s);
    t->users = 14;
    s->single = (struct cloud_totals){true, true, 2, 250, 250, 10};
    s->multi = (struct cloud_totals){true, true, 1, 100, 94, 0};
    cloud_summary_finish(s);
}

static void test_rows(void **state)
{
    struct cloud_summary s;

    (void)state;
    fill(&s);
    assert_columns(&cloud_customer_row_type,
                   "term tenancy customer_id customer org_id licenses users percent overage level "
                   "tenants");
    assert_row(&cloud_customer_row_type, &s.rows[0],
               "2026-11|single|cedar9|Cedar|70012345|200|190|95|0|near|");
    assert_row(&cloud_customer_row_type, &s.rows[1], "2026-11|single|oak1|||50|60|120|10|over|");
    assert_row(&cloud_customer_row_type, &s.rows[2], "2026-11|multi|shared|||100|94|94|0|ok|2");
    assert_shown(&cloud_customer_row_type, &s.rows[1], "customer", "oak1");
    assert_shown(&cloud_customer_row_type, &s.rows[1], "percent", "120 %");
    assert_int_equal(cloud_customer_row_type.severity(&s.rows[0]), 2);
    assert_int_equal(cloud_customer_row_type.severity(&s.rows[1]), 3);
    assert_int_equal(cloud_customer_row_type.severity(&s.rows[2]), 0);
    assert_int_equal(cloud_summary_source(&s).count, 3);
    assert_columns(&cloud_tenant_row_type, "term owner customer_id customer org_id users linked");
    assert_row(&cloud_tenant_row_type, &s.tenants[0], "2026-11|shared|elm7|Elm||80|true");
    assert_row(&cloud_tenant_row_type, &s.tenants[1], "2026-11|shared||Not linked||14|false");
    assert_int_equal(cloud_tenant_source(&s).count, 2);
    assert_int_equal(cloud_not_linked(&s, &s.rows[2]), 14);
    assert_int_equal(cloud_not_linked(&s, &s.rows[0]), 0);
    assert_int_equal(cloud_not_linked(&s, NULL), 14);
    cloud_summary_release(&s);
    assert_int_equal(s.count, 0);
    assert_int_equal(s.term, NOV);
}

static void test_levels(void **state)
{
    (void)state;
    for (int64_t licences = 1; licences <= 120; licences++)
        for (int64_t users = 0; users <= 130; users++) {
            enum cloud_level expected = users > licences ? CLOUD_OVER : CLOUD_OK;

            /* 94.5 % rounds to 95 */
            if (users <= licences && 2 * 100 * users >= 189 * licences)
                expected = CLOUD_NEARLY;
            assert_int_equal(cloud_level_of(licences, users, 0), expected);
        }
    assert_int_equal(cloud_level_of(10, 1, 1), CLOUD_OVER);
    assert_int_equal(cloud_level_of(0, 0, 0), CLOUD_NONE);
    assert_int_equal(cloud_level_of(0, 1, 0), CLOUD_OVER);
    assert_int_equal(cloud_level_of(INT64_MIN, INT64_MIN, INT64_MIN), CLOUD_NONE);
    assert_int_equal(cloud_percent(INT64_MAX, INT64_MAX), 100);
    assert_int_equal(cloud_percent(0, 5), -1);
    assert_true(cloud_percent(1, INT64_MAX) == INT64_MAX);
    assert_string_equal(cloud_level_name(CLOUD_NEARLY), "near");
}

static bool found(const struct finding_list *l, const char *text)
{
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->rows[i].text, text) == 0)
            return true;
    return false;
}

static void test_findings(void **state)
{
    struct finding_list l;
    struct cloud_summary s;

    (void)state;
    fill(&s);
    finding_list_init(&l);
    cloud_summary_findings(&s, &l);
    assert_int_equal(l.count, 0);
    s.single.users = 251;
    s.rows[1].overage = 9;
    s.tenants[0].users = 81;
    s.rows[0].licenses = -1;
    cloud_summary_findings(&s, &l);
    assert_true(found(&l, "single-tenant: 251 users in all, the customers listed make 250"));
    assert_true(found(&l, "single-tenant: 250 licences in all, the customers listed make 49"));
    assert_true(found(&l, "single-tenant: 10 overage in all, the customers listed make 9"));
    assert_true(found(&l, "oak1: the overage is given as 9, 60 users less 50 licences make 10"));
    assert_true(found(&l, "shared: the tenants add up to 95 users, the total is 94"));
    assert_true(found(&l, "cedar9: a negative count"));
    assert_int_equal(l.count, 6);
    finding_list_release(&l);
    cloud_summary_release(&s);
    fill(&s);
    s.single.known = s.multi.listed = s.rows[2].tenants_told = false;
    cloud_summary_findings(&s, &l);
    assert_true(found(&l, "single-tenant: the service tells no totals"));
    assert_true(found(&l, "multi-tenant: the service does not list the customers"));
    assert_true(found(&l, "shared: the service does not list its tenants"));
    assert_int_equal(l.count, 3);
    finding_list_release(&l);
    cloud_summary_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_findings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
