#include "cells.h"

#include "base/err.h"
#include "model/customer_usage.h"

enum { NOV = 2026 * 12 + 10 };

static void add(struct usage_list *l, const char *feature_id, const struct usage_customer *parts,
                size_t count)
{
    struct usage_feature *f = usage_list_add(l);

    *f = (struct usage_feature){
        .feature_id = feature_id, .customer_parts = parts, .customer_part_count = count};
    for (size_t i = 0; i < count; i++) {
        f->total += parts[i].total;
        f->free += parts[i].free;
    }
}

static void test_rows(void **state)
{
    static const struct usage_customer now_premium[] = {
        {.linked = true,
         .id = "oak1",
         .nickname = "oak",
         .type = "Managed",
         .total = 50,
         .free = 5},
        {.linked = true, .id = "guid-1", .nickname = "Lite One", .type = "Lite", .total = 7},
        {.linked = false, .total = 12, .free = 2},
    };
    static const struct usage_customer now_base[] = {
        {.linked = true, .id = "oak1", .nickname = "oak", .total = 4, .free = 1}};
    static const struct usage_customer before_premium[] = {
        {.linked = true, .id = "oak1", .nickname = "oak", .total = 40, .free = 4},
        {.linked = true, .id = "elm7", .total = 3},
    };
    struct customer_list customers;
    struct usage_list now, before;
    struct customer_usage_list l;

    (void)state;
    customer_list_init(&customers);
    *customer_list_add(&customers) = (struct customer){
        .id = "oak1", .name = "Oak Hospital", .type = "Managed", .notifications = 2};
    *customer_list_add(&customers) =
        (struct customer){.id = "birch", .name = "Birch", .type = "Hosted", .notifications = -1};
    usage_list_init(&now, NOV);
    add(&now, "XDT_PLT_UD", now_premium, 3);
    add(&now, "XDT_ADV_UD", now_base, 1);
    now.rows[0].incomplete = true;
    usage_list_init(&before, NOV - 1);
    add(&before, "XDT_PLT_UD", before_premium, 2);
    customer_usage_list_init(&l);
    assert_int_equal(customer_usage_list_build(&l, &customers, &now, &before), 0);
    assert_columns(
        &customer_usage_row_type,
        "term customer_id customer type linked feature_id edition total paid free "
        "total_before paid_before free_before change notifications incomplete incomplete_before");
    assert_int_equal(l.count, 6);
    /* No users anywhere, and the parts add up: none. */
    assert_row(&customer_usage_row_type, &l.rows[0],
               "2026-11|birch|Birch|Hosted|true|||0|0|0|0|0|0|0||true|false");
    assert_row(&customer_usage_row_type, &l.rows[1],
               "2026-11|elm7|elm7||true|XDT_PLT_UD|Premium|0|0|0|3|3|0|-3||true|false");
    assert_row(&customer_usage_row_type, &l.rows[2],
               "2026-11|guid-1|Lite One|Lite|true|XDT_PLT_UD|Premium|7|7|0|0|0|0|7||true|false");
    /* The month before did not list the edition at all: not known. */
    assert_row(
        &customer_usage_row_type, &l.rows[3],
        "2026-11|oak1|Oak Hospital|Managed|true|XDT_ADV_UD|Standard, apps|4|3|1|||||2|true|false");
    assert_row(&customer_usage_row_type, &l.rows[4],
               "2026-11|oak1|Oak "
               "Hospital|Managed|true|XDT_PLT_UD|Premium|50|45|5|40|36|4|10|2|true|false");
    assert_row(&customer_usage_row_type, &l.rows[5],
               "2026-11||Not linked||false|XDT_PLT_UD|Premium|12|10|2|0|0|0|12||true|false");
    assert_shown(&customer_usage_row_type, &l.rows[4], "total", ">= 50");
    assert_shown(&customer_usage_row_type, &l.rows[4], "change", "~ +10");
    assert_shown(&customer_usage_row_type, &l.rows[3], "change", "-");
    assert_int_equal(customer_usage_row_type.severity(&l.rows[5]), 2);
    for (size_t i = 0; i < l.count; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(l.rows[i].id != l.rows[k].id);
    /* Parts that do not add up: who is not listed is not known to have none. */
    now.rows[0].total++;
    assert_int_equal(customer_usage_list_build(&l, &customers, &now, NULL), 0);
    assert_row(&customer_usage_row_type, &l.rows[0],
               "2026-11|birch|Birch|Hosted|true|||||||||||true|false");
    customer_usage_list_release(&l);
    assert_int_equal(customer_usage_list_build(&l, NULL, NULL, NULL), 0);
    assert_int_equal(customer_usage_list_source(&l).count, 0);
    assert_int_equal(customer_usage_list_build(&l, &customers, NULL, NULL), 0);
    assert_int_equal(l.count, 2);
    assert_true(l.rows[1].total == USAGE_UNKNOWN);
    customer_usage_list_release(&l);
    usage_list_release(&now);
    usage_list_release(&before);
    customer_list_release(&customers);
}

/* Sums by brute force over random parts. */
static void test_random(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", NULL};
    static const char *const codes[] = {"P", "Q", "R"};
    uint32_t seed = 3;

    (void)state;
    for (int round = 0; round < 500; round++) {
        struct usage_list months[2];
        struct usage_customer parts[6][8];
        struct customer_usage_list l;
        int at = 0;

        for (int m = 0; m < 2; m++) {
            usage_list_init(&months[m], NOV - m);
            for (int f = 0; f < 3; f++, at++) {
                size_t n = dice(&seed, 8);

                for (size_t i = 0; i < n; i++) {
                    const char *id = ids[dice(&seed, 5)];

                    parts[at][i] = (struct usage_customer){.linked = id != NULL,
                                                           .id = id,
                                                           .total = dice(&seed, 50),
                                                           .free = dice(&seed, 5)};
                }
                add(&months[m], codes[f], parts[at], n);
            }
        }
        customer_usage_list_init(&l);
        assert_int_equal(customer_usage_list_build(&l, NULL, &months[0], &months[1]), 0);
        for (size_t r = 0; r < l.count; r++) {
            int64_t sum[2] = {0, 0};

            for (int m = 0; m < 2; m++)
                for (int f = 0; f < 3; f++)
                    for (size_t i = 0; i < months[m].rows[f].customer_part_count; i++) {
                        const struct usage_customer *c = &months[m].rows[f].customer_parts[i];

                        if (strcmp(codes[f], l.rows[r].feature_id) == 0 &&
                            c->linked == l.rows[r].linked &&
                            (!c->linked || strcmp(c->id, l.rows[r].customer_id) == 0))
                            sum[m] += c->total;
                    }
            assert_int_equal(l.rows[r].total, sum[0]);
            assert_int_equal(l.rows[r].total_before, sum[1]);
        }
        customer_usage_list_release(&l);
        usage_list_release(&months[0]);
        usage_list_release(&months[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
