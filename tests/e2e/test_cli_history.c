/*
 * `luitop history` and `usage` against a real service: every number against
 * licenseusagedata month by month, read here and not by luitop's own code.
 */
#include "tests/e2e/cmd.h"
#include "tests/e2e/oracle.h"

#define COLUMNS "term,feature_id,edition,total,paid,free,servers,customers"
#define PARTS                                                                                      \
    "term,sku_id,feature_id,edition,total,paid,free,free_percent,servers,free_servers,customers,"  \
    "incomplete"

static const char *const six_months[] = {"--users", "400", "--seed", "7", "--months", "6", NULL};
static const char *const terms[] = {"2026-11", "2026-10", "2026-09", "2026-08",
                                    "2026-07", "2026-06", "2026-05", "2026-04"};
enum { TERMS = 8, WITH_DATA = 6 };

static json_t *parse(const char *text)
{
    json_error_t e;
    json_t *root = json_loads(text, 0, &e);

    if (root == NULL)
        fail_msg("not JSON: %s at %d\n%s", e.text, e.position, text);
    return root;
}

static json_t *truth_of(struct cmd *c, const char *term)
{
    char path[160];

    snprintf(path, sizeof(path), ORACLE_USAGE "%s", term);
    return oracle_get(&c->sb, path);
}

static long long number(const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);

    if (!json_is_integer(v))
        fail_msg("%s is no whole number", name);
    return json_integer_value(v);
}

static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));

    return s != NULL ? s : "";
}

/* The K-th feature of a month over all its products; NULL after the last. */
static json_t *feature_at(json_t *truth, size_t k)
{
    json_t *sku, *feature;
    size_t i, j;

    json_array_foreach(json_object_get(truth, "skus"), i, sku)
    {
        json_array_foreach(json_object_get(sku, "features"), j, feature)
        {
            if (k-- == 0)
                return feature;
        }
    }
    return NULL;
}

static void check_golden(struct cmd *c, const char *golden)
{
    cmd_expect(c, 0);
    assert_null(memchr(c->r.out.data, '\x1b', c->r.out.len));
    golden_check(golden, c->r.out.data);
}

static void test_formats(void **state)
{
    static const char *const formats[] = {"table", "csv", "tsv", "json", "jsonl"};
    struct cmd *c = *state;
    char name[64];

    for (size_t i = 0; i < 5; i++) {
        cmd_run(c, "-q", "history", "--months", "5", "--format", formats[i], NULL);
        snprintf(name, sizeof(name), "cli_history_%s", formats[i]);
        check_golden(c, name);
        assert_string_equal(c->r.err.data, "");
    }
    cmd_run(c, "history", "--months", "5", "--format", "csv", NULL);
    assert_int_equal(strncmp(c->r.out.data, COLUMNS "\n", strlen(COLUMNS) + 1), 0);
    cmd_run(c, "usage", NULL);
    check_golden(c, "cli_usage_table");
    cmd_run(c, "usage", "--by", "customer", "--format", "csv", NULL);
    check_golden(c, "cli_usage_customers_csv");
    assert_int_equal(strncmp(c->r.out.data, PARTS ",customer_id,customer,linked\n",
                             strlen(PARTS ",customer_id,customer,linked\n")),
                     0);
    cmd_run(c, "usage", "--by=server", "--format", "csv", NULL);
    check_golden(c, "cli_usage_servers_csv");
    assert_int_equal(strncmp(c->r.out.data, PARTS ",fqdn,server_free,reporting_date\n",
                             strlen(PARTS ",fqdn,server_free,reporting_date\n")),
                     0);
}

static void check_history_row(const json_t *row, const json_t *f)
{
    assert_string_equal(text(row, "feature_id"), text(f, "featureId"));
    assert_int_equal(number(row, "total"), number(f, "count"));
    assert_int_equal(number(row, "free"), number(f, "freeUsersCount"));
    assert_int_equal(number(row, "paid"), number(f, "count") - number(f, "freeUsersCount"));
    assert_int_equal(number(row, "servers"), number(f, "licenseServerCount"));
    assert_int_equal(number(row, "customers"), number(f, "linkedCustomerCount"));
}

/* Newest month first, its features in the service's order, a month without data as nulls. */
static void test_history_against_the_service(void **state)
{
    static const char *const nulls[] = {"feature_id", "edition", "total",    "paid",
                                        "free",       "servers", "customers"};
    struct cmd *c = *state;
    json_t *root, *rows;
    size_t at = 0;

    cmd_sandbox(c, six_months);
    cmd_run(c, "history", "--months", "8", "--format", "json", NULL);
    cmd_expect(c, 0);
    /* One request a month, and nothing asked twice. */
    assert_int_equal(sandbox_count(&c->sb, "GET", "licenseusagedata"), TERMS);
    root = parse(c->r.out.data);
    rows = json_object_get(root, "rows");
    for (size_t i = 0; i < TERMS; i++) {
        json_t *truth = truth_of(c, terms[i]), *f;
        size_t k = 0;

        while (i < WITH_DATA && (f = feature_at(truth, k)) != NULL) {
            json_t *row = json_array_get(rows, at++);

            assert_string_equal(text(row, "term"), terms[i]);
            check_history_row(row, f);
            k++;
        }
        assert_int_equal(k > 0, i < WITH_DATA);
        if (i >= WITH_DATA) {
            json_t *row = json_array_get(rows, at++);

            assert_null(feature_at(truth, 0));
            assert_string_equal(text(row, "term"), terms[i]);
            for (size_t n = 0; n < sizeof(nulls) / sizeof(nulls[0]); n++)
                assert_true(json_is_null(json_object_get(row, nulls[n])));
        }
        json_decref(truth);
    }
    assert_int_equal(json_array_size(rows), at);
    assert_int_equal(number(root, "total"), (long long)at);
    assert_true(json_is_false(json_object_get(root, "complete")));
    rows = json_object_get(root, "incomplete");
    assert_string_equal(json_string_value(json_array_get(rows, 0)),
                        "no usage data for 2026-04, 2026-05");
    assert_string_equal(json_string_value(json_array_get(rows, 1)),
                        "servers are silent in 2026-11");
    json_decref(root);
}

static void test_filter_sort_and_count(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "-q", "history", "--months", "5", "--filter", "total=null", "--columns", "term",
            "--format", "csv", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.out.data, "term\n2026-08\n2026-07\n");
    cmd_run(c, "-q", "history", "--months", "3", "--filter", "feature_id=XDT_PLT_UD", "--columns",
            "term", "--sort", "term", "--format", "csv", NULL);
    assert_string_equal(c->r.out.data, "term\n2026-09\n2026-10\n2026-11\n");
    cmd_run(c, "-q", "history", "--months", "3", "--filter", "feature_id=XDT_PLT_UD", "--count",
            NULL);
    assert_string_equal(c->r.out.data, "3\n");
}

/* The servers that are silent today say nothing of a month that was over before. */
static void test_gap_of_its_own_month(void **state)
{
    static const struct {
        const char *term;
        bool complete;
    } months[] = {{"2026-11", false}, {"2026-09", true}};
    struct cmd *c = *state;

    for (size_t i = 0; i < 2; i++) {
        json_t *root, *row;
        size_t k;

        cmd_run(c, "usage", "--term", months[i].term, "--format", "json", NULL);
        cmd_expect(c, 0);
        root = parse(c->r.out.data);
        assert_int_equal(json_is_true(json_object_get(root, "complete")), months[i].complete);
        assert_true(json_array_size(json_object_get(root, "rows")) > 0);
        json_array_foreach(json_object_get(root, "rows"), k, row)
        {
            assert_int_equal(json_is_true(json_object_get(row, "incomplete")), !months[i].complete);
        }
        json_decref(root);
        if (!months[i].complete)
            expect_part(c->r.err.data, "3 of 14 servers are silent");
        else
            assert_string_equal(c->r.err.data, "");
    }
}

static void check_part(const json_t *row, const json_t *part, bool server)
{
    assert_int_equal(number(row, "total"), number(part, "count"));
    assert_int_equal(number(row, "free"), number(part, "freeUsersCount"));
    assert_int_equal(number(row, "paid"), number(part, "count") - number(part, "freeUsersCount"));
    if (server) {
        assert_string_equal(text(row, "fqdn"), text(part, "fqdn"));
        assert_int_equal(json_is_true(json_object_get(row, "server_free")),
                         json_is_true(json_object_get(part, "isLicenseServerFree")));
        return;
    }
    assert_int_equal(json_is_true(json_object_get(row, "linked")),
                     json_is_true(json_object_get(part, "isLinked")));
    assert_string_equal(text(row, "customer_id"), text(part, "customerId"));
    if (!json_is_true(json_object_get(part, "isLinked")))
        assert_string_equal(text(row, "customer"), "Not linked");
}

static void test_parts_against_the_service(void **state)
{
    static const struct {
        const char *by, *parts;
    } kinds[] = {{"customer", "linkedCustomerUsages"}, {"server", "licenseServerUsages"}};
    struct cmd *c = *state;

    cmd_sandbox(c, six_months);
    for (size_t i = 0; i < 2; i++) {
        json_t *truth = truth_of(c, "2026-09"), *root, *rows, *f, *part;
        size_t at = 0, j;

        cmd_run(c, "usage", "--term", "2026-09", "--by", kinds[i].by, "--format", "json", NULL);
        cmd_expect(c, 0);
        root = parse(c->r.out.data);
        rows = json_object_get(root, "rows");
        for (size_t k = 0; (f = feature_at(truth, k)) != NULL; k++)
            json_array_foreach(json_object_get(f, kinds[i].parts), j, part)
            {
                json_t *row = json_array_get(rows, at++);

                assert_string_equal(text(row, "feature_id"), text(f, "featureId"));
                check_part(row, part, i == 1);
            }
        assert_true(at > 10);
        assert_int_equal(json_array_size(rows), at);
        json_decref(root);
        json_decref(truth);
    }
}

/* One month cannot be read: nulls and a word for it, the others as ever, and the failure is said.
 */
static void test_one_month_fails(void **state)
{
    struct cmd *c = *state;
    json_t *root, *row;
    size_t i, empty = 0, features = 0;

    sandbox_fault(&c->sb,
                  "\"rate\":1,\"kind\":\"html\",\"count\":1,\"path\":\"/lui/" SANDBOX_CUSTOMER
                  "/licenseusagedata\"");
    cmd_run(c, "history", "--months", "3", "--format", "json", NULL);
    cmd_expect(c, 65);
    root = parse(c->r.out.data);
    json_array_foreach(json_object_get(root, "rows"), i, row)
    {
        bool none = json_is_null(json_object_get(row, "total"));

        empty += none;
        features += !none;
    }
    assert_int_equal(empty, 1);
    assert_true(features >= 6);
    assert_true(json_is_false(json_object_get(root, "complete")));
    expect_part(c->r.err.data, "incomplete: could not be read: 2026-");
    json_decref(root);
}

static void test_refusals(void **state)
{
    static const char *const wrong[][6] = {
        {"history", "--months", "0"},
        {"history", "--months", "241"},
        {"history", "--months", "x"},
        {"history", "--term", "2026-10"},
        {"history", "--by", "customer"},
        {"usage", "--by", "customers"},
        {"usage", "--months", "3"},
        {"history", "--from", "2026-13"},
        {"history", "--from", "2026-12"},
        {"history", "--from", "2026-10", "--to", "2026-09"},
        {"history", "--from", "2026-10", "--months", "3"},
    };
    struct cmd *c = *state;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        cmd_run(c, wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], wrong[i][4], NULL);
        cmd_expect_error(c, 64, "luitop: ", NULL);
    }
    cmd_run(c, "history", "--offline", NULL);
    cmd_expect_error(c, 69, "monthly usage cannot be shown", "without --offline", NULL);
    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"403\",\"path\":\"/lui/\"");
    cmd_run(c, "history", NULL);
    cmd_expect_error(c, 77, "403", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_formats),
        CMD_TEST(test_history_against_the_service),
        CMD_TEST(test_filter_sort_and_count),
        CMD_TEST(test_gap_of_its_own_month),
        CMD_TEST(test_parts_against_the_service),
        CMD_TEST(test_one_month_fails),
        CMD_TEST(test_refusals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
