#include "tests/unit/sandbox/told.h"

#include <stdio.h>

#include "sandbox/usage.h"

static const char *const comparisons[] = {
    ("SELECT count(*) FROM (SELECT term, f.id AS feature, count(user) AS total,"
     " coalesce(sum(is_free), 0) AS free FROM (SELECT DISTINCT term FROM usage_totals)"
     " CROSS JOIN features f LEFT JOIN counted c USING(term)"
     " WHERE user IS NULL OR (features >> f.id) & 1 GROUP BY 1, 2) o"
     " JOIN usage_totals t USING(term, feature)"
     " WHERE t.total <> o.total OR t.free <> o.free"),

    ("SELECT count(*) FROM usage_customers t LEFT JOIN (SELECT term, f.id AS feature, customer,"
     " count(*) AS total, sum(is_free) AS free FROM counted c JOIN features f"
     " ON (features >> f.id) & 1 GROUP BY 1, 2, 3) o USING(term, feature, customer)"
     " WHERE t.total <> coalesce(o.total, 0) OR t.free <> coalesce(o.free, 0)"),

    ("SELECT count(*) FROM usage_servers t LEFT JOIN (SELECT term, f.id AS feature, server,"
     " count(*) AS total, sum(is_free) AS free FROM told JOIN counted USING(term, user)"
     " JOIN features f ON (told.features >> f.id) & 1 GROUP BY 1, 2, 3) o"
     " USING(term, feature, server) WHERE t.total <> coalesce(o.total, 0)"
     " OR t.free <> coalesce(o.free, 0)"),

    /* nothing that the oracle counts is missing from the tables */
    ("SELECT (SELECT sum(total) FROM usage_servers) <> (SELECT count(*) FROM told JOIN features f"
     " ON (told.features >> f.id) & 1)"),
    ("SELECT (SELECT sum(total) FROM usage_customers) <> (SELECT sum(total) FROM usage_totals)"),
};

static void compare(const struct options *o)
{
    struct ask a;

    ask_start(&a, o);
    assert_int_equal(db_exec(a.sb.db, told_sql, NULL), 0);
    assert_true(db_integer(a.sb.db, "SELECT count(*) FROM counted", 0) > 1000);
    for (size_t i = 0; i < sizeof(comparisons) / sizeof(comparisons[0]); i++)
        if (db_integer(a.sb.db, comparisons[i], -1) != 0)
            fail_msg("comparison %zu: %lld rows differ", i,
                     (long long)db_integer(a.sb.db, comparisons[i], -1));
    ask_stop(&a);
}

static void counts_agree_with_the_users(void **state)
{
    struct options o;

    (void)state;
    ask_defaults(&o);
    o.users = 1500;
    o.months = 9;
    compare(&o);
    o.servers = 40;
    o.customers = 30;
    o.seed = 99;
    compare(&o);
}

static void nobody_tells_of_users_without_servers(void **state)
{
    struct options o;
    struct ask a;

    (void)state;
    ask_defaults(&o);
    o.users = 300;
    o.servers = 0;
    ask_start(&a, &o);
    assert_int_equal(db_integer(a.sb.db, "SELECT sum(total) FROM usage_totals", -1), 0);
    assert_int_equal(db_integer(a.sb.db, "SELECT count(*) FROM usage_totals", -1), 24 * 4);
    ask_stop(&a);
}

/* Counting a part again changes nothing, and a change of users shows in the counted terms only. */
static void a_part_can_be_counted_again(void **state)
{
    static const char sum[] = "SELECT sum(total * term * (feature + 1) * (server + 7))"
                              " FROM usage_servers";
    struct options o;
    struct ask a;
    int64_t before;

    (void)state;
    ask_defaults(&o);
    o.users = 200;
    ask_start(&a, &o);
    before = db_integer(a.sb.db, sum, 0);
    assert_int_equal(db_exec(a.sb.db, "BEGIN", NULL), 0);
    assert_int_equal(usage_rebuild(a.sb.db, a.sb.term - 5, a.sb.term - 3, NULL), 0);
    assert_true(db_integer(a.sb.db, sum, 0) == before);
    assert_int_equal(db_exec(a.sb.db, "UPDATE users SET user_type = 1", NULL), 0);
    assert_int_equal(usage_rebuild(a.sb.db, a.sb.term, a.sb.term, NULL), 0);
    assert_int_equal(db_integer(a.sb.db,
                                "SELECT count(DISTINCT term) FROM usage_totals"
                                " WHERE total > 20 AND total = free",
                                -1),
                     1);
    assert_int_equal(db_exec(a.sb.db, "COMMIT", NULL), 0);
    ask_stop(&a);
}

static json_t *feature_of(const json_t *sku)
{
    return json_array_get(at(sku, "features"), 0);
}

/* The sums that published.md §3.3 promises, as a client sees them. */
static void bodies_add_up(void **state)
{
    struct options o;
    struct ask a;
    char target[80], term[TERM_LEN];

    (void)state;
    ask_defaults(&o);
    ask_start(&a, &o);
    for (int t = a.sb.term - 23; t <= a.sb.term; t++) {
        json_t *sku, *row;
        size_t i, k;

        snprintf(target, sizeof(target), LUI "/licenseusagedata?date=%s", term_text(t, term));
        assert_int_equal(ask_get(&a, target), 200);
        assert_true(json_array_size(at(a.json, "skus")) >= 3);
        json_array_foreach(at(a.json, "skus"), i, sku)
        {
            json_t *f = feature_of(sku);
            long long total = 0, free_users = 0, servers = 0, remainders = 0;

            json_array_foreach(at(f, "linkedCustomerUsages"), k, row)
            {
                total += int_at(row, "count");
                free_users += int_at(row, "freeUsersCount");
                remainders += json_is_false(at(row, "isLinked"));
            }
            assert_int_equal(total, int_at(f, "count"));
            assert_int_equal(free_users, int_at(f, "freeUsersCount"));
            assert_int_equal(remainders, 1);
            assert_int_equal(int_at(f, "linkedCustomerCount"), k - 1);
            json_array_foreach(at(f, "licenseServerUsages"), k, row)
            {
                servers += int_at(row, "count");
                assert_true(int_at(row, "count") <= int_at(f, "count"));
            }
            assert_true(servers >= int_at(f, "count"));
            assert_int_equal(int_at(f, "licenseServerCount"), k);
            assert_int_equal(int_at(f, "freeLicenseServerCount"),
                             json_array_size(at(f, "freeLicenseServerHostIdsPia")));
        }
    }
    ask_stop(&a);
}

static long long users_in(struct ask *a, const char *term, size_t sku)
{
    char target[80];

    snprintf(target, sizeof(target), LUI "/licenseusagedata?date=%s", term);
    assert_int_equal(ask_get(a, target), 200);
    return int_at(feature_of(json_array_get(at(a->json, "skus"), sku)), "count");
}

static void months_have_a_story(void **state)
{
    struct options o;
    struct ask a;
    long long total = 0;

    (void)state;
    ask_defaults(&o);
    ask_start(&a, &o);
    /* Premium and desktops grow, apps stay; the present month is not complete. */
    assert_true(users_in(&a, "2026-10", 0) > users_in(&a, "2025-01", 0) * 5 / 4);
    assert_true(users_in(&a, "2026-10", 2) > users_in(&a, "2025-01", 2) * 2);
    assert_in_range(users_in(&a, "2026-10", 1), 900, 1300);
    assert_true(users_in(&a, "2026-11", 0) < users_in(&a, "2026-10", 0));
    for (size_t i = 0; i < 3; i++)
        total += users_in(&a, "2026-10", i);
    assert_in_range(total, 4000, 5000);
    ask_stop(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_agree_with_the_users),
        cmocka_unit_test(nobody_tells_of_users_without_servers),
        cmocka_unit_test(a_part_can_be_counted_again),
        cmocka_unit_test(bodies_add_up),
        cmocka_unit_test(months_have_a_story),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
