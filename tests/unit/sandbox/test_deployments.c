/* Licensed deployments: shapes, the rules of published.md §3.16, and SQL over the tables. */
#include "tests/unit/sandbox/pages.h"

#define USAGE_ALL LUI "/deployments/usage?startDate=2020-01-01&endDate=2026-12-31"

static int64_t age_days(const json_t *server)
{
    const char *text = text_at(server, "lastReported");
    int64_t t = 0;

    assert_int_equal(time_parse(text, strlen(text), &t, NULL), 0);
    return (TEST_NOW - t) / 86400;
}

static void servers_older_than_a_month_are_not_listed(void **state)
{
    struct ask *a = *state;
    json_t *s;
    size_t i, reporting = 0, silent = 0;

    assert_int_equal(ask_get(a, LUI "/deployments/licenseservers"), 200);
    SHAPE(a->json, {"items", 'a'}, {"totalCount", 'i'}, {"continuationToken", 'n'});
    json_array_foreach(at(a->json, "items"), i, s)
    {
        SHAPE(s, {"fqdn", 's'}, {"registeredDate", 'u'}, {"lastReported", 'u'}, {"version", 's'});
        assert_in_range(age_days(s), 0, 29);
        reporting += age_days(s) < 3;
        silent += age_days(s) >= 3;
    }
    assert_int_equal(reporting, 7);
    assert_int_equal(silent, 2);
    assert_int_equal(db_integer(a->sb.db, "SELECT count(*) FROM deploy_servers", 0), 10);
}

static bool is_listed(const json_t *servers, const char *fqdn)
{
    json_t *s;
    size_t i;

    json_array_foreach(servers, i, s) if (strcmp(text_at(s, "fqdn"), fqdn) == 0) return true;
    return false;
}

/* One server of one pool against the samples in the table. Returns the largest. */
static long long check_share(struct ask *a, const json_t *pool, const json_t *share)
{
    sqlite3_stmt *st = NULL;
    json_t *sample;
    const char *last = "";
    long long max = 0;
    size_t i;

    SHAPE(share, {"fqdn", 's'}, {"installed", 'i'}, {"samples", 'a'});
    assert_int_equal(
        db_prepare(a->sb.db,
                   "SELECT date(day * 86400, 'unixepoch'), in_use FROM deploy_samples x"
                   " JOIN deploy_servers s ON s.id = x.server JOIN deploy_pools p"
                   " ON p.id = x.pool WHERE s.fqdn = ? AND p.feature_id = ? ORDER BY day",
                   &st, NULL),
        0);
    assert_int_equal(db_bind(st, "tt", text_at(share, "fqdn"), text_at(pool, "featureId")), 0);
    json_array_foreach(at(share, "samples"), i, sample)
    {
        SHAPE(sample, {"date", 's'}, {"inUse", 'i'});
        assert_int_equal(sqlite3_step(st), SQLITE_ROW);
        assert_string_equal(text_at(sample, "date"), db_text(st, 0));
        assert_int_equal(int_at(sample, "inUse"), sqlite3_column_int64(st, 1));
        assert_true(strcmp(text_at(sample, "date"), last) > 0);
        assert_true(int_at(sample, "inUse") >= 0);
        last = text_at(sample, "date");
        max = int_at(sample, "inUse") > max ? int_at(sample, "inUse") : max;
    }
    assert_int_equal(sqlite3_step(st), SQLITE_DONE);
    sqlite3_finalize(st);
    return max;
}

static void pools_have_a_sample_a_day_and_server(void **state)
{
    struct ask *a = *state;
    json_t *servers, *pool, *share;
    size_t i, k, shares = 0, over = 0, models[2] = {0};

    assert_int_equal(ask_get(a, LUI "/deployments/licenseservers"), 200);
    servers = json_incref(json_object_get(a->json, "items"));
    assert_int_equal(ask_get(a, USAGE_ALL), 200);
    json_array_foreach(at(a->json, "items"), i, pool)
    {
        SHAPE(pool, {"productName", 's'}, {"edition", 's'}, {"licensingModel", 's'},
              {"featureId", 's'}, {"servers", 'a'});
        assert_true(matches("^(Concurrent|UserDevice)$", text_at(pool, "licensingModel")));
        models[text_at(pool, "licensingModel")[0] == 'U']++;
        json_array_foreach(at(pool, "servers"), k, share)
        {
            assert_true(is_listed(servers, text_at(share, "fqdn")));
            over += check_share(a, pool, share) > int_at(share, "installed");
            shares++;
        }
    }
    assert_int_equal(models[0], 3);
    assert_int_equal(models[1], 2);
    assert_int_equal(shares, 15);
    assert_int_equal(over, 2);
    json_decref(servers);
}

/* No sample after a server's last report; thirteen months for an old one; gaps inside for two. */
static void silence_leaves_gaps(void **state)
{
    struct ask *a = *state;
    sqlite3 *db = a->sb.db;

    assert_int_equal(db_integer(db,
                                "SELECT count(*) FROM deploy_samples x JOIN deploy_servers s"
                                " ON s.id = x.server WHERE day > last_report / 86400"
                                " OR day < registered / 86400",
                                -1),
                     0);
    assert_int_equal(
        db_integer(db, "SELECT count(*) FROM deploy_samples WHERE server = 1 AND pool = 1", 0),
        (TEST_NOW - term_start(a->sb.term - 12)) / 86400 + 1);
    assert_int_equal(db_integer(db,
                                "SELECT count(*) FROM (SELECT server FROM deploy_samples"
                                " GROUP BY server, pool"
                                " HAVING max(day) - min(day) + 1 > count(*))",
                                0),
                     1 + 3);
    assert_int_equal(db_integer(db,
                                "SELECT max(day) - min(day) + 1 - count(*) FROM deploy_samples"
                                " WHERE server = 3",
                                0),
                     9);
}

static void dates_bound_the_samples(void **state)
{
    struct ask *a = *state;
    const json_t *share;

    assert_int_equal(ask_get(a, LUI "/deployments/usage?startDate=2026-11-08&endDate=2026-11-10"),
                     200);
    share = json_array_get(at(json_array_get(at(a->json, "items"), 0), "servers"), 0);
    assert_int_equal(json_array_size(at(share, "samples")), 3);
    assert_string_equal(text_at(json_array_get(at(share, "samples"), 0), "date"), "2026-11-08");
    assert_string_equal(text_at(json_array_get(at(share, "samples"), 2), "date"), "2026-11-10");
    expect_refusal(a, LUI "/deployments/usage", 400, "common/missing");
    expect_refusal(a, LUI "/deployments/usage?startDate=2026-11&endDate=2026-12-01", 400,
                   "common/invalidString");
    expect_refusal(a, LUI "/deployments/usage?startDate=2026-02-30&endDate=2026-12-01", 400,
                   "common/invalidString");
    expect_refusal(a, LUI "/deployments/usage?startDate=2026-11-02&endDate=2026-11-01", 400,
                   "common/outOfRange");
}

/* The final sample of a user/device pool is the number of its users. */
static void users_match_the_last_samples(void **state)
{
    struct ask *a = *state;
    json_t *users = read_pages(a, LUI "/deployments/users", 100), *u, *pool, *share;
    size_t i, k, n, devices = 0, checked = 0;

    json_array_foreach(users, i, u)
    {
        SHAPE(u, {"userName", 's'}, {"domain", 's'}, {"device", 'S'}, {"featureId", 's'},
              {"licensingModel", 's'}, {"fqdn", 's'}, {"lastLogin", 'u'});
        devices += json_is_string(at(u, "device"));
    }
    assert_in_range(devices, i / 5, i / 2);
    assert_int_equal(ask_get(a, USAGE_ALL), 200);
    json_array_foreach(at(a->json, "items"), i, pool)
    {
        if (strcmp(text_at(pool, "licensingModel"), "UserDevice") != 0)
            continue;
        json_array_foreach(at(pool, "servers"), k, share)
        {
            const json_t *samples = at(share, "samples");
            const json_t *last = json_array_get(samples, json_array_size(samples) - 1);
            long long count = 0;

            json_array_foreach(users, n, u) count +=
                strcmp(text_at(u, "fqdn"), text_at(share, "fqdn")) == 0 &&
                strcmp(text_at(u, "featureId"), text_at(pool, "featureId")) == 0;
            assert_int_equal(int_at(last, "inUse"), count);
            checked++;
        }
    }
    assert_int_equal(checked, 5);
    json_decref(users);
}

static void any_number_of_deployments(void **state)
{
    struct options o;
    struct ask a;

    (void)state;
    ask_defaults(&o);
    o.users = 10;
    o.deployments = 0;
    ask_start(&a, &o);
    assert_int_equal(ask_get(&a, USAGE_ALL), 200);
    assert_int_equal(json_array_size(at(a.json, "items")), 0);
    assert_int_equal(ask_get(&a, LUI "/deployments/users"), 200);
    assert_int_equal(int_at(a.json, "totalCount"), 0);
    ask_stop(&a);
    o.deployments = 35;
    ask_start(&a, &o);
    assert_int_equal(ask_get(&a, LUI "/deployments/licenseservers"), 200);
    assert_int_equal(int_at(a.json, "totalCount"), 35 - 3);
    ask_stop(&a);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, ask_setup, ask_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(servers_older_than_a_month_are_not_listed),
        WITH(pools_have_a_sample_a_day_and_server),
        WITH(silence_leaves_gaps),
        WITH(dates_bound_the_samples),
        WITH(users_match_the_last_samples),
        cmocka_unit_test(any_number_of_deployments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
