/* Where the numbers come from: the sentences, and that their arithmetic holds. */
#include "cells.h"

#include "model/server_set.h"
#include "model/usage_explain.h"
#include "model/usage_parts.h"

static const struct usage_customer customers[] = {
    {.linked = true, .id = "cedar", .total = 1900, .free = 50},
    {.linked = true, .id = "oak", .total = 1050, .free = 100},
    {.linked = false, .total = 152, .free = 2},
};
static const struct usage_server servers[] = {
    {.fqdn = "a.x", .total = 2000},
    {.fqdn = "b.x", .total = 1200},
    {.fqdn = "c.x", .total = 150},
};

static struct usage_feature premium(void)
{
    return (struct usage_feature){.feature_id = "XDT_PLT_UD",
                                  .total = 3102,
                                  .free = 152,
                                  .servers = 3,
                                  .customers = 2,
                                  .customer_parts = customers,
                                  .customer_part_count = 3,
                                  .server_parts = servers,
                                  .server_part_count = 3};
}

static void check(const struct usage_feature *f, const struct usage_feature *all,
                  const struct server_set *only, unsigned what, const char *want)
{
    struct buf out;

    buf_init(&out, 4096);
    usage_explain(f, all, only, what, &out);
    assert_string_equal(out.data, want);
    buf_release(&out);
}

static void test_whole(void **state)
{
    struct usage_feature f = premium();

    (void)state;
    check(&f, &f, NULL, EXPLAIN_ALL,
          "3 102 = 2 950 linked to 2 customers + 152 not linked\n"
          "paid 2 950 = 3 102 - 152 free (5 %)\n"
          "3 servers add up to 3 350, 248 more: a user of two counts on both\n");
    check(&f, NULL, NULL, EXPLAIN_PAID, "paid 2 950 = 3 102 - 152 free (5 %)\n");
    f.customer_part_count = 2;
    f.total = 2950;
    check(&f, NULL, NULL, EXPLAIN_CUSTOMERS,
          "2 950 = 2 950 linked to 2 customers (the service lists none as not linked)\n");
    f.total = 3350;
    check(&f, NULL, NULL, EXPLAIN_SERVERS,
          "3 350 = the sum of its 3 servers: no user is on two of them\n");
    f.total = 2000;
    f.server_part_count = 1;
    check(&f, NULL, NULL, EXPLAIN_SERVERS, "2 000 = all on its 1 server\n");
}

/* Numbers that contradict each other are not made to fit. */
static void test_contradictions(void **state)
{
    struct usage_feature f = premium();

    (void)state;
    f.total = 3103;
    check(&f, NULL, NULL, EXPLAIN_CUSTOMERS,
          "2 950 linked to 2 customers + 152 not linked = 3 102, but the service's total is "
          "3 103\n");
    f.total = 3400;
    check(&f, NULL, NULL, EXPLAIN_SERVERS,
          "3 servers add up to 3 350, 50 less than the total: why is not told\n");
    f.customer_part_count = f.server_part_count = 0;
    check(&f, NULL, NULL, EXPLAIN_CUSTOMERS | EXPLAIN_SERVERS,
          "the service lists no customers of these users\n"
          "the service lists no servers of these users\n");
    f.total = 0;
    check(&f, NULL, NULL, EXPLAIN_CUSTOMERS | EXPLAIN_SERVERS, "");
    f = premium();
    f.total = INT64_MAX;
    f.free = INT64_MIN;
    check(&f, NULL, NULL, EXPLAIN_PAID,
          "paid 9 223 372 036 854 775 807 = 9 223 372 036 854 775 807 - "
          "-9 223 372 036 854 775 808 free (-100 %)\n");
}

static void test_chosen(void **state)
{
    struct usage_list all, chosen;
    struct server_set only;

    (void)state;
    usage_list_init(&all, 2026 * 12 + 10);
    *usage_list_add(&all) = premium();
    usage_list_finish(&all);
    usage_list_init(&chosen, all.term);
    server_set_init(&only);
    server_set_add(&only, "b.x");
    assert_int_equal(usage_list_choose(&all, &only, &chosen), 0);
    check(&chosen.rows[0], &all.rows[0], &only, EXPLAIN_CUSTOMERS | EXPLAIN_SERVERS,
          "which customers use the chosen servers is not told by the service\n"
          "1 of 3 servers adds up to 1 200\n");
    server_set_add(&only, "C.x");
    assert_int_equal(usage_list_choose(&all, &only, &chosen), 0);
    check(&chosen.rows[0], &all.rows[0], &only, EXPLAIN_SERVERS,
          "2 of 3 servers add up to 1 350: a user of two counts once, so 1 200 to 1 350\n");
    server_set_add(&only, "a.x");
    assert_int_equal(usage_list_choose(&all, &only, &chosen), 0);
    check(&chosen.rows[0], &all.rows[0], &only, EXPLAIN_SERVERS,
          "3 servers add up to 3 350, 248 more: a user of two counts on both\n");
    all.rows[0].server_part_count = 0;
    assert_int_equal(usage_list_choose(&all, &only, &chosen), 0);
    check(&chosen.rows[0], &all.rows[0], &only, EXPLAIN_SERVERS,
          "the service lists no servers of these users: they may all be on the chosen ones, or "
          "none\n");
    server_set_release(&only);
    usage_list_release(&chosen);
    usage_list_release(&all);
}

static void test_total(void **state)
{
    struct usage_list l;
    struct buf out;

    (void)state;
    usage_list_init(&l, 2026 * 12 + 10);
    buf_init(&out, 4096);
    *usage_list_add(&l) = premium();
    usage_explain_total(&l, &out);
    assert_string_equal(out.data, "");
    *usage_list_add(&l) = (struct usage_feature){.feature_id = "ZZQ", .total = 3};
    usage_list_finish(&l);
    usage_explain_total(&l, &out);
    assert_string_equal(out.data, "3 105 = 3 102 + 3");
    buf_release(&out);
    usage_list_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_contradictions),
        cmocka_unit_test(test_chosen),
        cmocka_unit_test(test_total),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
