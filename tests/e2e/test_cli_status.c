/*
 * `luitop status`, `usage` and what luitop remembers: numbers against the service's own, gaps that
 * are said, and --offline.
 */
#include <unistd.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/oracle.h"

/* Three hours and a half after SANDBOX_NOW: 3 h, however long it took until now. */
#define LATER "2026-11-22T17:32:00Z"

static json_t *parse(const char *text)
{
    json_error_t e;
    json_t *root = json_loads(text, 0, &e);

    if (root == NULL)
        fail_msg("not JSON: %s at %d\n%s", e.text, e.position, text);
    return root;
}

static long long number(const json_t *o, const char *group, const char *name)
{
    const json_t *v = json_object_get(json_object_get(o, group), name);

    if (!json_is_integer(v))
        fail_msg("%s.%s is not a number", group, name);
    return json_integer_value(v);
}

static void test_text(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "status", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.err.data, "");
    golden_check("cli_status", c->r.out.data);
}

static void test_json(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "status", "--format", "json", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.err.data, "");
    json_decref(parse(c->r.out.data));
    golden_check("cli_status_json", c->r.out.data);
}

/* Sums over licenseusagedata and counts over licenseservers, made here. */
struct truth {
    long long all, reporting, not_reporting, never, errors, warnings;
    long long total, free, not_linked;
};

static void know_servers(struct cmd *c, struct truth *t)
{
    json_t *root = oracle_get(&c->sb, ORACLE_SERVERS), *one;
    size_t i;

    json_array_foreach(json_object_get(root, "licenseServersStatus"), i, one)
    {
        const char *status = oracle_server_status(one), *severity = oracle_server_severity(one);

        t->all++;
        t->reporting += strcmp(status, "reporting") == 0;
        t->not_reporting += strcmp(status, "not_reporting") == 0;
        t->never += strcmp(status, "never_reported") == 0;
        t->errors += strcmp(severity, "error") == 0;
        t->warnings += strcmp(severity, "warning") == 0;
    }
    json_decref(root);
}

static void know_usage(struct cmd *c, struct truth *t)
{
    json_t *root = oracle_get(&c->sb, ORACLE_USAGE "2026-11"), *sku, *feature, *link;
    size_t i, j, k;

    json_array_foreach(json_object_get(root, "skus"), i, sku)
    {
        json_array_foreach(json_object_get(sku, "features"), j, feature)
        {
            t->total += json_integer_value(json_object_get(feature, "count"));
            t->free += json_integer_value(json_object_get(feature, "freeUsersCount"));
            json_array_foreach(json_object_get(feature, "linkedCustomerUsages"), k, link)
            {
                if (!json_is_true(json_object_get(link, "isLinked")))
                    t->not_linked += json_integer_value(json_object_get(link, "count"));
            }
        }
    }
    json_decref(root);
}

static void test_numbers_against_the_service(void **state)
{
    static const char *const many[] = {"--servers", "40", "--users", "2000", "--seed", "3", NULL};
    struct cmd *c = *state;
    struct truth t = {0};
    json_t *root;

    cmd_sandbox(c, many);
    know_servers(c, &t);
    know_usage(c, &t);
    assert_true(t.all == 40 && t.errors > 0 && t.warnings > 0 && t.total > 0 && t.free > 0);
    assert_true(t.not_linked > 0);
    cmd_run(c, "status", "--format", "json", NULL);
    cmd_expect(c, 0);
    root = parse(c->r.out.data);
    assert_int_equal(number(root, "servers", "all"), t.all);
    assert_int_equal(number(root, "servers", "reporting"), t.reporting);
    assert_int_equal(number(root, "servers", "not_reporting"), t.not_reporting);
    assert_int_equal(number(root, "servers", "never_reported"), t.never);
    assert_int_equal(number(root, "servers", "errors"), t.errors);
    assert_int_equal(number(root, "servers", "warnings"), t.warnings);
    assert_int_equal(number(root, "usage", "total"), t.total);
    assert_int_equal(number(root, "usage", "free"), t.free);
    assert_int_equal(number(root, "usage", "paid"), t.total - t.free);
    assert_int_equal(number(root, "usage", "not_linked"), t.not_linked);
    /* Silent servers' users are missing in the total, which is said. */
    assert_true(json_is_false(json_object_get(json_object_get(root, "usage"), "complete")));
    json_decref(root);
}

static void test_usage_rows_against_the_service(void **state)
{
    struct cmd *c = *state;
    json_t *truth = oracle_get(&c->sb, ORACLE_USAGE "2026-10"), *root, *row, *feature, *skus;
    size_t i;

    cmd_run(c, "usage", "--term", "2026-10", "--format", "json", NULL);
    cmd_expect(c, 0);
    root = parse(c->r.out.data);
    skus = json_object_get(truth, "skus");
    assert_string_equal(json_string_value(json_object_get(root, "term")), "2026-10");
    assert_int_equal(json_array_size(json_object_get(root, "rows")), json_array_size(skus));
    json_array_foreach(json_object_get(root, "rows"), i, row)
    {
        feature = json_array_get(json_object_get(json_array_get(skus, i), "features"), 0);
        assert_string_equal(json_string_value(json_object_get(row, "feature_id")),
                            json_string_value(json_object_get(feature, "featureId")));
        assert_true(json_equal(json_object_get(row, "total"), json_object_get(feature, "count")));
        assert_true(
            json_equal(json_object_get(row, "free"), json_object_get(feature, "freeUsersCount")));
        assert_true(json_equal(json_object_get(row, "servers"),
                               json_object_get(feature, "licenseServerCount")));
    }
    json_decref(root);
    json_decref(truth);
}

/* One resource is forbidden: its line says so, the others stand, nothing becomes a zero. */
static void test_one_resource_forbidden(void **state)
{
    struct cmd *c = *state;
    json_t *root, *failure;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"403\",\"path\":\"/lui/" SANDBOX_CUSTOMER
                          "/licenseusagedata\"");
    cmd_run(c, "status", NULL);
    cmd_expect(c, 77);
    expect_part(c->r.out.data, "SERVERS        11 of 14 reporting");
    expect_part(c->r.out.data, "USAGE Nov 2026 not known: not permitted\n");
    expect_no_part(c->r.out.data, "users");
    expect_part(c->r.err.data, "luitop: Usage could not be read: ");
    expect_part(c->r.err.data, "HTTP 403, transaction ");
    assert_int_equal(count_lines(c->r.err.data), 1);
    cmd_run(c, "status", "--format", "json", NULL);
    cmd_expect(c, 77);
    root = parse(c->r.out.data);
    assert_true(json_is_null(json_object_get(root, "usage")));
    assert_int_equal(number(root, "servers", "all"), 14);
    failure = json_object_get(json_object_get(root, "failures"), "usage");
    assert_int_equal(json_integer_value(json_object_get(failure, "status")), 403);
    assert_int_equal(strlen(json_string_value(json_object_get(failure, "transaction"))), 36);
    json_decref(root);
}

/* Without the servers' status nobody knows whether the usage is whole: ">=" and a word. */
static void test_servers_unknown(void **state)
{
    struct cmd *c = *state;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"html\",\"path\":\"/lui/" SANDBOX_CUSTOMER
                          "/licenseservers\"");
    cmd_run(c, "status", NULL);
    cmd_expect(c, 65);
    expect_part(c->r.out.data, "SERVERS        not known: bad data\n");
    expect_part(c->r.out.data, "USAGE Nov 2026 >= 278 users");
    expect_part(c->r.out.data, "server status not known");
    cmd_run(c, "usage", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.err.data, "incomplete: whether all servers reported is not known");
}

static void test_offline_without_a_snapshot(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "servers", "--offline", NULL);
    cmd_expect_error(c, 69, "license servers cannot be shown: luitop is offline",
                     "without --offline", NULL);
    cmd_run(c, "servers", "--offline", "--format", "json", NULL);
    cmd_expect(c, 69);
    assert_string_equal(c->r.out.data, "");
    cmd_run(c, "status", "--offline", NULL);
    cmd_expect(c, 69);
    expect_part(c->r.out.data, "SERVERS        not known");
    expect_part(c->r.out.data, "USAGE Nov 2026 not known");
    expect_no_part(c->r.out.data, " 0 ");
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
}

static void test_offline_with_a_snapshot(void **state)
{
    struct cmd *c = *state;
    char home[TEMP_PATH + 32];
    const char *env[] = {home, NULL}, *as_of;
    json_t *root;

    snprintf(home, sizeof(home), "HOME=%s", c->sb.dir);
    c->env = env;
    cmd_run(c, "servers", "--format", "csv", NULL);
    cmd_expect(c, 0);
    cmd_run(c, "status", NULL);
    cmd_expect(c, 0);
    sandbox_forget(&c->sb);
    cmd_run(c, "servers", "--offline", "--format", "csv", NULL);
    cmd_expect(c, 0);
    golden_check("cli_servers_csv", c->r.out.data);
    /* Later the ages are older; the data says that it is from before and of when. */
    cmd_run(c, "--now", LATER, "servers", "--offline", "--format", "json", NULL);
    cmd_expect(c, 0);
    root = parse(c->r.out.data);
    assert_true(json_is_true(json_object_get(root, "from_snapshot")));
    as_of = json_string_value(json_object_get(root, "as_of"));
    assert_non_null(as_of);
    assert_int_equal(strncmp(as_of, "2026-11-22T14:0", 15), 0);
    /* Not of before it was asked for, and not of later than now. */
    assert_true(strcmp(as_of, SANDBOX_NOW) >= 0 && strcmp(as_of, LATER) < 0);
    json_decref(root);
    cmd_run(c, "--now", LATER, "status", "--offline", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "SERVERS        11 of 14 reporting, 4 with warnings (3 h old)\n");
    expect_part(c->r.out.data, "as of 14:0");
    expect_part(c->r.out.data, "Z), 3 h old\n");
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
    /* Another account's settings do not find it. */
    temp_write(cmd_path(c, "other.conf"), 0600,
               "profiles: { other: { customer_id = \"another1\"; client_id = \"x\";\n"
               "  client_secret_command = \"echo x\"; }; };\n");
    cmd_run(c, "--config", cmd_path(c, "other.conf"), "servers", "--offline", NULL);
    cmd_expect_error(c, 69, "license servers", "--offline", NULL);
}

/* The service is gone: a list fails and points to what is remembered; status shows it with its age
 * and fails too. */
static void test_snapshot_when_the_service_is_gone(void **state)
{
    struct cmd *c = *state;
    char home[TEMP_PATH + 32];
    const char *env[] = {home, NULL};

    snprintf(home, sizeof(home), "HOME=%s", c->sb.dir);
    c->env = env;
    cmd_run(c, "status", NULL);
    cmd_expect(c, 0);
    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"403\",\"path\":\"/cctrustoauth2\"");
    cmd_run(c, "servers", NULL);
    cmd_expect(c, 77);
    assert_string_equal(c->r.out.data, "");
    expect_part(c->r.err.data, "--offline shows what was known before");
    expect_part(c->r.err.data, "luitop: Signing in to Citrix Cloud failed: ");
    cmd_run(c, "status", NULL);
    cmd_expect(c, 77);
    expect_part(c->r.out.data, "11 of 14 reporting, 4 with warnings (could not be refreshed)\n");
    cmd_run(c, "--now", LATER, "status", NULL);
    cmd_expect(c, 77);
    expect_part(c->r.out.data, "11 of 14 reporting, 4 with warnings (3 h old, could not be "
                               "refreshed)\n");
    assert_int_equal(count_lines(c->r.err.data), 1);
}

/* Unchanged data costs one 304 and no second copy. */
static void test_second_run_asks_with_etag(void **state)
{
    static const struct oracle_match unchanged = {.path = "/licenseservers", .status = 304};
    struct cmd *c = *state;
    char home[TEMP_PATH + 32];
    const char *env[] = {home, NULL};

    snprintf(home, sizeof(home), "HOME=%s", c->sb.dir);
    c->env = env;
    cmd_run(c, "servers", "--format", "csv", NULL);
    cmd_expect(c, 0);
    assert_int_equal(oracle_count(&c->sb, &unchanged), 0);
    cmd_run(c, "servers", "--format", "csv", NULL);
    cmd_expect(c, 0);
    golden_check("cli_servers_csv", c->r.out.data);
    assert_int_equal(oracle_count(&c->sb, &unchanged), 1);
}

static void test_demo_without_a_terminal(void **state)
{
    struct cmd *c = *state;

    cmd_bare(c, "--demo=200", "--now", SANDBOX_NOW, NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "SERVERS        11 of 14 reporting");
    assert_string_equal(c->r.err.data, "");
    assert_null(memchr(c->r.out.data, '\x1b', c->r.out.len));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_text),
        CMD_TEST(test_json),
        CMD_TEST(test_numbers_against_the_service),
        CMD_TEST(test_usage_rows_against_the_service),
        CMD_TEST(test_one_resource_forbidden),
        CMD_TEST(test_servers_unknown),
        CMD_TEST(test_offline_without_a_snapshot),
        CMD_TEST(test_offline_with_a_snapshot),
        CMD_TEST(test_snapshot_when_the_service_is_gone),
        CMD_TEST(test_second_run_asks_with_etag),
        CMD_TEST(test_demo_without_a_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
