#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/usage.h"

static void test_paid(void **state)
{
    (void)state;
    assert_int_equal(usage_paid(120, 9), 111);
    assert_int_equal(usage_paid(5, 9), -4);
    assert_int_equal(usage_paid(INT64_MIN, 1), INT64_MIN);
    assert_int_equal(usage_paid(INT64_MAX, -1), INT64_MAX);
    assert_int_equal(usage_paid(0, INT64_MIN), INT64_MAX);
}

/* The rounded percent is the smallest number p with (2p + 1) * total > 200 * free. */
static int percent(int64_t total, int64_t free_users)
{
    int p = -1000;

    if (total <= 0)
        return 0;
    while ((2 * (int64_t)p + 1) * total <= 200 * free_users)
        p++;
    return p;
}

static void test_percent(void **state)
{
    (void)state;
    for (int64_t total = -2; total <= 210; total++) {
        for (int64_t free_users = -3; free_users <= total + 5; free_users++)
            assert_int_equal(usage_free_percent(total, free_users), percent(total, free_users));
    }
    assert_int_equal(usage_free_percent(200, 1), 1);
    assert_int_equal(usage_free_percent(INT64_MAX, INT64_MAX), 100);
    assert_int_equal(usage_free_percent(INT64_MAX, INT64_MAX / 2), 50);
    assert_int_equal(usage_free_percent(1, INT64_MAX), INT32_MAX);
    assert_int_equal(usage_free_percent(1, INT64_MIN), INT32_MIN);
}

static void test_not_linked_and_sum(void **state)
{
    static const struct usage_customer parts[] = {{.linked = true, .id = "c1", .total = 70},
                                                  {.linked = false, .total = 30, .free = 2}};
    struct usage_list l;
    struct usage_feature *f;
    struct usage_sum sum;

    (void)state;
    usage_list_init(&l, 2026 * 12 + 10);
    usage_list_sum(&l, &sum);
    assert_int_equal(sum.total, 0);
    assert_int_equal(sum.not_linked, -1);
    f = usage_list_add(&l);
    *f = (struct usage_feature){.feature_id = "XDT_PLT_UD",
                                .total = 100,
                                .free = 7,
                                .customer_parts = parts,
                                .customer_part_count = 2};
    assert_int_equal(usage_not_linked(f), 30);
    f = usage_list_add(&l);
    *f = (struct usage_feature){.feature_id = "XDT_ADV_UD",
                                .total = 11,
                                .free = 1,
                                .customer_parts = parts + 1,
                                .customer_part_count = 1};
    usage_list_finish(&l);
    usage_list_sum(&l, &sum);
    assert_int_equal(sum.total, 111);
    assert_int_equal(sum.free, 8);
    assert_int_equal(sum.not_linked, 60);
    assert_int_equal(sum.features, 2);
    assert_int_equal(l.rows[1].term, 2026 * 12 + 10);
    assert_ptr_equal(usage_list_find(&l, "XDT_ADV_UD"), &l.rows[1]);
    assert_null(usage_list_find(&l, "XDT_STD_UD"));
    /* One feature that does not tell, and the sum is not told. */
    f = usage_list_add(&l);
    *f = (struct usage_feature){.feature_id = "Z",
                                .total = INT64_MAX,
                                .free = INT64_MAX,
                                .customer_parts = parts,
                                .customer_part_count = 1};
    assert_int_equal(usage_not_linked(f), -1);
    usage_list_sum(&l, &sum);
    assert_int_equal(sum.total, INT64_MAX);
    assert_int_equal(sum.free, INT64_MAX);
    assert_int_equal(sum.not_linked, -1);
    usage_list_release(&l);
}

static void test_saturates_at_both_ends(void **state)
{
    struct usage_list l;
    struct usage_sum sum;

    (void)state;
    usage_list_init(&l, -1);
    for (int i = 0; i < 3; i++)
        *usage_list_add(&l) = (struct usage_feature){
            .feature_id = "X", .total = INT64_MIN / 2, .free = INT64_MAX / 2};
    usage_list_sum(&l, &sum);
    assert_int_equal(sum.total, INT64_MIN);
    assert_int_equal(sum.free, INT64_MAX);
    usage_list_release(&l);
}

static void test_limit(void **state)
{
    struct usage_list l;

    (void)state;
    usage_list_init(&l, -1);
    for (int i = 0; i < USAGE_FEATURES_MAX; i++)
        assert_non_null(usage_list_add(&l));
    assert_null(usage_list_add(&l));
    usage_list_release(&l);
}

static void test_ids_follow_the_edition(void **state)
{
    uint64_t premium = 0;

    (void)state;
    for (int term = 100; term < 102; term++) {
        struct usage_list l;

        usage_list_init(&l, term);
        *usage_list_add(&l) = (struct usage_feature){.sku_id = "S", .feature_id = "XDT_PLT_UD"};
        *usage_list_add(&l) = (struct usage_feature){.sku_id = "T", .feature_id = "XDT_PLT_UD"};
        *usage_list_add(&l) = (struct usage_feature){.sku_id = "S", .feature_id = "XDT_PLT_UD"};
        usage_list_finish(&l);
        assert_true(l.rows[0].id != l.rows[1].id && l.rows[0].id != l.rows[2].id);
        if (term == 101)
            assert_true(l.rows[0].id == premium);
        premium = l.rows[0].id;
        usage_list_release(&l);
    }
}

static void test_editions(void **state)
{
    static const char *const codes[] = {
        "XDT_PLT_UD",  "XDT_ADV_UD",     "XDT_STD_UD",     "XDT_ENT_UD",        "XDT_PLT_CCS",
        "XDS_PLT_CCS", "XDT_ENT_CCS",    "XDS_ENT_CCS",    "XDT_STD_CCS",       "XDS_STD_CCS",
        "XDS_ADV_CCS", "MPS_PLT_CCU",    "MPS_ENT_CCU",    "MPS_ADV_CCU",       "MPS_STD_CCU",
        "PVS_STD_CCS", "PVSD_STD_CCS",   "CESEP_ENT_CCU",  "CESPS_ENT_CCU",     "CAG_SSLVPN_CCU",
        "CAG_AAC_CCU", "CAG_ICA_CCU",    "CNS_V1_SERVER",  "CNS_V25000_SERVER", "CNS_SSE_SERVER",
        "CITRIX",      "CNS_SEE_SERVER", "CNS_SPE_SERVER", "CTXLSDIAG",
    };
    bool known = false;

    (void)state;
    assert_string_equal(edition_name("XDT_PLT_UD", "whatever", &known), "Premium");
    assert_true(known);
    assert_string_equal(edition_name("XDT_ADV_UD", NULL, NULL), "Standard, apps");
    assert_string_equal(edition_name("XDT_STD_UD", NULL, NULL), "Standard, desktops");
    assert_string_equal(edition_brand("XDT_PLT_UD"), "Citrix Virtual Apps and Desktops Premium");
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        assert_true(strlen(edition_name(codes[i], NULL, &known)) > 0);
        assert_true(known);
        assert_non_null(edition_brand(codes[i]));
    }
    assert_string_equal(edition_name("ZZQ_NEW_UD", "Brand new", &known), "Brand new");
    assert_false(known);
    assert_string_equal(edition_name("ZZQ_NEW_UD", "", NULL), "ZZQ_NEW_UD");
    assert_string_equal(edition_name("ZZQ_NEW_UD", NULL, NULL), "ZZQ_NEW_UD");
    assert_string_equal(edition_name(NULL, NULL, &known), "");
    assert_false(known);
    assert_null(edition_brand("ZZQ_NEW_UD"));
    assert_null(edition_brand(NULL));
}

static void test_columns(void **state)
{
    static const char *const expected[] = {"2026-11", "S", "XDT_PLT_UD", "Premium", "120", "111",
                                           "9",       "8", "3",          "1",       "4"};
    const struct usage_feature f = {.sku_id = "S",
                                    .feature_id = "XDT_PLT_UD",
                                    .total = 120,
                                    .free = 9,
                                    .servers = 3,
                                    .free_servers = 1,
                                    .customers = 4,
                                    .term = 2026 * 12 + 10};
    static const char *const names[] = {"term",    "sku_id",       "feature_id", "edition",
                                        "total",   "paid",         "free",       "free_percent",
                                        "servers", "free_servers", "customers"};
    struct buf scratch, out;
    struct row_ctx ctx = {.scratch = &scratch};

    (void)state;
    buf_init(&scratch, 100);
    buf_init(&out, 100);
    assert_int_equal(usage_row_type.count, sizeof(names) / sizeof(names[0]));
    for (size_t i = 0; i < usage_row_type.count; i++) {
        struct value v;

        assert_string_equal(usage_row_type.columns[i].name, names[i]);
        column_get(&usage_row_type.columns[i], &f, &ctx, &v);
        buf_reset(&out);
        value_print(&v, &out);
        assert_string_equal(out.data, expected[i]);
    }
    buf_release(&scratch);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paid),
        cmocka_unit_test(test_percent),
        cmocka_unit_test(test_not_linked_and_sum),
        cmocka_unit_test(test_saturates_at_both_ends),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_ids_follow_the_edition),
        cmocka_unit_test(test_editions),
        cmocka_unit_test(test_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
