#include "cells.h"

#include <strings.h>

#include "base/err.h"
#include "model/finding.h"
#include "model/usage_parts.h"

enum { NOV = 2026 * 12 + 10, OCT = NOV - 1, NOV_1 = 1793491200, DAY = 86400 };

static const struct usage_customer customers[] = {
    {.linked = true, .id = "cedar9", .nickname = "cedar", .total = 70, .free = 3},
    {.linked = true, .id = "lite-1", .nickname = "Oak", .type = "Lite", .total = 20},
    {.linked = false, .total = 30, .free = 6},
};
static const struct usage_server servers[] = {
    {.fqdn = "a.x", .total = 80, .free = 4, .reported = NOV_1 - 3600},
    {.fqdn = "b.x", .total = 60, .free = 6, .reported = NOV_1 - 9 * DAY, .server_free = true},
    {.fqdn = "c.x", .total = 10, .free = 1, .reported = TIME_NONE},
};

static void fill(struct usage_list *l)
{
    usage_list_init(l, OCT);
    *usage_list_add(l) = (struct usage_feature){.sku_id = "S",
                                                .feature_id = "XDT_PLT_UD",
                                                .total = 120,
                                                .free = 9,
                                                .servers = 3,
                                                .free_servers = 1,
                                                .customers = 2,
                                                .customer_parts = customers,
                                                .customer_part_count = 3,
                                                .server_parts = servers,
                                                .server_part_count = 3};
    *usage_list_add(l) = (struct usage_feature){.sku_id = "T",
                                                .feature_id = "ZZQ_NEW_UD",
                                                .total = 30,
                                                .free = 6,
                                                .customer_parts = customers + 2,
                                                .customer_part_count = 1};
    usage_list_finish(l);
}

static void test_by_customer(void **state)
{
    struct customer_list names;
    struct usage_customer_list l;
    struct usage_list u;

    (void)state;
    fill(&u);
    u.rows[0].incomplete = true;
    customer_list_init(&names);
    *customer_list_add(&names) = (struct customer){.id = "zeta"};
    *customer_list_add(&names) = (struct customer){.id = "cedar9", .name = "Cedar Clinic"};
    usage_customer_list_init(&l);
    assert_int_equal(usage_customer_list_build(&l, &u, NULL, &names), 0);
    assert_int_equal(l.count, 4);
    assert_columns(&usage_customer_row_type,
                   "term sku_id feature_id edition total paid free free_percent servers "
                   "free_servers customers incomplete customer_id customer linked");
    assert_row(&usage_customer_row_type, &l.rows[0],
               "2026-10|S|XDT_PLT_UD|Premium|70|67|3|4||||true|cedar9|Cedar Clinic|true");
    assert_row(&usage_customer_row_type, &l.rows[1],
               "2026-10|S|XDT_PLT_UD|Premium|20|20|0|0||||true|lite-1|Oak|true");
    assert_row(&usage_customer_row_type, &l.rows[2],
               "2026-10|S|XDT_PLT_UD|Premium|30|24|6|20||||true||Not linked|false");
    assert_row(&usage_customer_row_type, &l.rows[3],
               "2026-10|T|ZZQ_NEW_UD|ZZQ_NEW_UD|30|24|6|20||||false||Not linked|false");
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(l.rows[i].f.id != l.rows[k].f.id);
    assert_int_equal(usage_customer_row_type.severity(&l.rows[2]), 2);
    assert_int_equal(usage_customer_row_type.severity(&l.rows[0]), 0);
    assert_int_equal(usage_customer_list_build(&l, &u, "ZZQ_NEW_UD", NULL), 0);
    assert_int_equal(usage_customer_list_source(&l).count, 1);
    assert_true(usage_customers_add_up(&u.rows[0]));
    u.rows[0].free = 8;
    assert_false(usage_customers_add_up(&u.rows[0]));
    usage_customer_list_release(&l);
    customer_list_release(&names);
    usage_list_release(&u);
}

static void test_by_server(void **state)
{
    struct gap_input in = {.now = CELLS_NOW, .zone = "UTC"};
    struct usage_server_list l;
    struct server_set only;
    struct usage_list u;

    (void)state;
    fill(&u);
    usage_server_list_init(&l);
    assert_int_equal(usage_server_list_build(&l, &u, NULL, &in), 0);
    assert_int_equal(l.count, 3);
    assert_columns(&usage_server_row_type,
                   "term sku_id feature_id edition total paid free free_percent servers "
                   "free_servers customers incomplete fqdn server_free reporting_date");
    assert_row(&usage_server_row_type, &l.rows[0],
               "2026-10|S|XDT_PLT_UD|Premium|80|76|4|5||||false|a.x|false|2026-10-31T23:00:00Z");
    assert_row(&usage_server_row_type, &l.rows[1],
               "2026-10|S|XDT_PLT_UD|Premium|60|54|6|10||||true|b.x|true|2026-10-23T00:00:00Z");
    assert_row(&usage_server_row_type, &l.rows[2],
               "2026-10|S|XDT_PLT_UD|Premium|10|9|1|10||||false|c.x|false|");
    assert_shown(&usage_server_row_type, &l.rows[2], "reporting_date", "not known");
    assert_int_equal(usage_server_row_type.severity(&l.rows[1]), 2);
    server_set_init(&only);
    assert_int_equal(server_set_add(&only, "B.X"), 0);
    in.only = &only;
    assert_int_equal(usage_server_list_build(&l, &u, "XDT_PLT_UD", &in), 0);
    assert_int_equal(usage_server_list_source(&l).count, 1);
    assert_string_equal(l.rows[0].fqdn, "b.x");
    server_set_release(&only);
    usage_server_list_release(&l);
    usage_list_release(&u);
}

/* The parts beside those of the month before: what is not told is not zero. */
static void test_compare(void **state)
{
    static const struct usage_customer before_customers[] = {
        {.linked = true, .id = "cedar9", .total = 60},
        {.linked = false, .total = 35},
        {.linked = true, .id = "gone", .total = 5},
    };
    static const struct usage_server before_servers[] = {
        {.fqdn = "A.x", .total = 90}, {.fqdn = "c.x", .total = 5}, {.fqdn = "C.X", .total = 6}};
    struct usage_feature before = {.feature_id = "XDT_PLT_UD",
                                   .total = 100,
                                   .customer_parts = before_customers,
                                   .customer_part_count = 3,
                                   .server_parts = before_servers,
                                   .server_part_count = 3};
    struct gap_input in = {.now = CELLS_NOW, .zone = "UTC"};
    const struct row_type *ct = &usage_customer_change_row_type,
                          *st = &usage_server_change_row_type;
    struct usage_customer_list c;
    struct usage_server_list s;
    struct usage_list u;

    (void)state;
    fill(&u);
    usage_customer_list_init(&c);
    usage_server_list_init(&s);
    assert_int_equal(usage_customer_list_build(&c, &u, "XDT_PLT_UD", NULL), 0);
    assert_int_equal(usage_customer_list_compare(&c, NULL), 0);
    assert_cell(ct, &c.rows[0], "total_before", "");
    assert_shown(ct, &c.rows[0], "change", "-");
    assert_int_equal(usage_customer_list_compare(&c, &before), 0);
    assert_cell(ct, &c.rows[0], "change", "10");
    assert_shown(ct, &c.rows[0], "change", "+10");
    assert_cell(ct, &c.rows[1], "total_before", "0"); /* the parts add up: it had none */
    assert_cell(ct, &c.rows[2], "change", "-5");
    c.rows[2].f.incomplete = true;
    assert_shown(ct, &c.rows[2], "change", "~ -5");
    before.total = 101;
    assert_int_equal(usage_customer_list_compare(&c, &before), 0);
    assert_cell(ct, &c.rows[1], "total_before", "");
    assert_int_equal(usage_server_list_build(&s, &u, NULL, &in), 0);
    assert_int_equal(usage_server_list_compare(&s, &before), 0);
    assert_cell(st, &s.rows[0], "change", "-10");    /* host names have no letter case */
    assert_cell(st, &s.rows[1], "total_before", ""); /* not listed: not known */
    assert_cell(st, &s.rows[2], "total_before", ""); /* listed twice: which one? */
    assert_shown(st, &s.rows[1], "server", "(free) b.x");
    assert_shown(st, &s.rows[1], "reported", "Oct 23, 31 d silent");
    assert_shown(st, &s.rows[2], "reported", "not known");
    usage_customer_list_release(&c);
    usage_server_list_release(&s);
    usage_list_release(&u);
}

static void test_choose(void **state)
{
    struct usage_list u, chosen;
    struct server_set only;

    (void)state;
    fill(&u);
    usage_list_init(&chosen, -1);
    server_set_init(&only);
    server_set_add(&only, "a.x");
    server_set_add(&only, "c.x");
    assert_int_equal(usage_list_choose(&u, &only, &chosen), 0);
    assert_int_equal(chosen.term, OCT);
    /* At most 80 + 10; at least 80, as 120 - 60 is less. */
    assert_row(&usage_gap_row_type, &chosen.rows[0],
               "2026-10|S|XDT_PLT_UD|Premium|90|85|5|6|2|0||false");
    assert_shown(&usage_gap_row_type, &chosen.rows[0], "total", "<= 90");
    assert_shown(&usage_gap_row_type, &chosen.rows[0], "free", "<= 5");
    assert_int_equal(chosen.rows[0].server_part_count, 2);
    assert_true(chosen.rows[0].at_most);
    /* The service lists no server of it. */
    assert_int_equal(chosen.rows[1].total, 30);
    assert_true(chosen.rows[1].at_most);
    server_set_add(&only, "b.x");
    assert_int_equal(usage_list_choose(&u, &only, &chosen), 0);
    assert_row(&usage_gap_row_type, &chosen.rows[0],
               "2026-10|S|XDT_PLT_UD|Premium|120|111|9|8|3|1|2|false");
    assert_int_equal(chosen.rows[0].customer_part_count, 3);
    assert_int_equal(usage_list_choose(&u, NULL, &chosen), 0);
    assert_int_equal(chosen.rows[1].total, 30);
    assert_false(chosen.rows[1].at_most);
    server_set_release(&only);
    usage_list_release(&chosen);
    usage_list_release(&u);
}

/* Real users on real servers: the bounds hold, and exact is exact. */
static void test_subset_bounds(void **state)
{
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    uint32_t seed = 7, exact = 0, bounded = 0;

    (void)state;
    for (int round = 0; round < 4000; round++) {
        struct usage_server parts[5];
        unsigned where[40], chosen = dice(&seed, 32), used = 1 + dice(&seed, 5);
        int64_t total = 0, free_users = 0, real = 0, real_free = 0;
        bool is_free[40];
        struct server_set only;
        struct usage_subset s;

        server_set_init(&only);
        for (unsigned i = 0; i < 5; i++) {
            parts[i] = (struct usage_server){.fqdn = names[i]};
            if ((chosen & 1u << i) != 0)
                server_set_add(&only, names[i]);
        }
        for (unsigned u = dice(&seed, 40); u > 0; u--) {
            where[u] = 1u << dice(&seed, used);
            if (dice(&seed, 4) == 0)
                where[u] |= 1u << dice(&seed, used);
            is_free[u] = dice(&seed, 3) == 0;
            total++;
            free_users += is_free[u];
            real += (where[u] & chosen) != 0;
            real_free += (where[u] & chosen) != 0 && is_free[u];
            for (unsigned i = 0; i < 5; i++)
                if ((where[u] & 1u << i) != 0) {
                    parts[i].total++;
                    parts[i].free += is_free[u];
                }
        }
        usage_subset(parts, 5, total, free_users, &only, &s);
        assert_true(s.at_least <= real && real <= s.total);
        assert_true(real_free <= s.free);
        assert_true(real - real_free <= usage_paid(s.total, s.free));
        assert_true(s.total <= total);
        assert_int_equal(s.whole, chosen == 31);
        assert_int_equal(s.servers, __builtin_popcount(chosen));
        if (s.exact) {
            assert_int_equal(s.total, real);
            assert_int_equal(s.free, real_free);
            exact++;
        } else {
            bounded++;
        }
        server_set_release(&only);
    }
    assert_true(exact > 500 && bounded > 500);
}

static void test_absurd(void **state)
{
    const struct usage_server parts[] = {{.fqdn = "a", .total = INT64_MAX, .free = INT64_MIN},
                                         {.fqdn = "b", .total = INT64_MAX, .free = INT64_MAX},
                                         {.fqdn = NULL, .total = INT64_MIN, .free = -1}};
    struct server_set only;
    struct usage_subset s;

    (void)state;
    server_set_init(&only);
    server_set_add(&only, "a");
    server_set_add(&only, "b");
    usage_subset(parts, 3, 5, 1, &only, &s);
    assert_int_equal(s.total, 5);
    assert_int_equal(s.free, 1);
    assert_false(s.whole);
    server_set_release(&only);
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
    static const struct usage_customer bad_customers[] = {
        {.linked = true, .id = "c", .total = 4, .free = 5},
        {.linked = true, .id = "c", .total = -1},
        {.linked = false, .total = 10},
        {.linked = false, .total = 10},
    };
    static const struct usage_server bad_servers[] = {{.fqdn = "a", .total = 3},
                                                      {.fqdn = "A", .total = 200}};
    struct finding_list l;
    struct usage_list u;

    (void)state;
    fill(&u);
    finding_list_init(&l);
    usage_findings(&u, &l);
    assert_true(found(&l, "ZZQ_NEW_UD is not named by luitop; it is counted all the same"));
    assert_int_equal(l.count, 1);
    finding_list_release(&l);
    u.rows[0].customer_parts = bad_customers;
    u.rows[0].customer_part_count = 4;
    u.rows[0].server_parts = bad_servers;
    u.rows[0].server_part_count = 2;
    u.rows[0].free = 121;
    u.rows[1].feature_id = "XDT_PLT_UD";
    usage_findings(&u, &l);
    assert_true(found(&l, "XDT_PLT_UD is listed more than once: its users may be counted twice"));
    assert_true(found(&l, "XDT_PLT_UD: more free users (121) than users (120)"));
    assert_true(found(&l, "XDT_PLT_UD, c: more free users (5) than users (4)"));
    assert_true(found(&l, "XDT_PLT_UD, c: a negative number of users (-1, free 0)"));
    assert_true(found(&l, "XDT_PLT_UD: Not linked appears more than once"));
    assert_true(found(&l, "XDT_PLT_UD: the customer c appears more than once"));
    assert_true(found(&l, "XDT_PLT_UD: the customers add up to 23 users, the total is 120"));
    assert_true(found(&l, "XDT_PLT_UD: the customers add up to 5 free users, the total is 121"));
    assert_true(found(&l, "XDT_PLT_UD, A: more users (200) than in all (120)"));
    assert_true(found(&l, "XDT_PLT_UD: the server A appears more than once") ||
                found(&l, "XDT_PLT_UD: the server a appears more than once"));
    assert_true(found(&l, "XDT_PLT_UD: 3 servers are counted, 2 are listed"));
    assert_false(found(&l, "1 product comes without editions: nothing is known of its users"));
    assert_true(found(&l, "XDT_PLT_UD: 1 free servers are counted, 0 are listed"));
    assert_int_equal(l.count, 12);
    assert_columns(&finding_row_type, "severity about text");
    assert_cell(&finding_row_type, &l.rows[0], "severity", "warning");
    assert_int_equal(finding_list_source(&l).count, 12);
    finding_list_release(&l);
    u.bare = 1;
    usage_findings(&u, &l);
    assert_true(found(&l, "1 product comes without editions: nothing is known of its users"));
    assert_int_equal(l.count, 13);
    finding_list_release(&l);
    for (int i = 0; i < FINDINGS_MAX + 3; i++)
        finding_add(&l, SEVERITY_WARNING, "x", "%d", i);
    assert_int_equal(l.count, FINDINGS_MAX);
    assert_int_equal(l.more, 3);
    finding_list_release(&l);
    usage_list_release(&u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_customer),   cmocka_unit_test(test_by_server),
        cmocka_unit_test(test_compare),       cmocka_unit_test(test_choose),
        cmocka_unit_test(test_subset_bounds), cmocka_unit_test(test_absurd),
        cmocka_unit_test(test_findings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
