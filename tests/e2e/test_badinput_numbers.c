/*
 * Answers of the service that contradict themselves or say nothing (sandbox --odd), and products
 * that an account does not have: shown as what they are, with a word that explains, in every
 * output. Nothing unknown becomes a zero, and nothing old passes for new.
 */
#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"

static const char *const odd[] = {"--users", "300", "--odd", NULL};
static const char *const without[] = {"--users",         "300", "--months", "3", "--without",
                                      "netscaler,cloud", NULL};

/* What each command says of the oddities in sandbox/odd.c. */
static const struct {
    const char *words[6];
    int status;
    const char *note; /* on stderr, with every format */
    const char *csv, *json, *table;
} rows[] = {
    /* Totals against their parts; counts below their free counts and below zero are unreadable. */
    {{"usage", "--term", "2026-09"},
     65,
     "XDT_PLT_UD: the customers add up to 181 users, the total is 12",
     "XDT_PLT_UD,Premium,12,3,9,",
     "\"complete\":false,\"incomplete\":[\"XDT_PLT_UD: the customers add up to 181 users, the "
     "total is 12\"",
     "Premium"},
    {{"usage", "--term", "2026-09"},
     65,
     "2 rows of the usage could not be read",
     "2026-09,",
     "\"2 rows could not be read\"],\"unreadable\":2",
     "2026-09"},
    /* Months without data: an empty list, and null. */
    {{"usage", "--term", "2026-08"},
     0,
     "no usage data for 2026-08",
     "term,sku_id",
     "\"complete\":false,\"incomplete\":[\"no usage data for 2026-08\"]",
     "term"},
    {{"usage", "--term", "2026-07"},
     0,
     "no usage data for 2026-07",
     "term,sku_id",
     "\"complete\":false,\"incomplete\":[\"no usage data for 2026-07\"]",
     "term"},
    /* Lists that are null: of a product's editions, of an edition's parts. */
    {{"usage", "--term", "2026-06"},
     0,
     "2 products come without editions",
     "2026-06,SPLANIMBUSPREM,XDT_PLT_UD,Premium,176,",
     "\"2 products come without editions: nothing is known of their users\"",
     "Premium"},
    {{"usage", "--term", "2026-06", "--by", "customer"},
     0,
     "XDT_PLT_UD: 12 customers are counted, 0 are listed",
     "term,sku_id",
     "\"XDT_PLT_UD: 12 customers are counted, 0 are listed\"",
     "term"},
    {{"history", "--months", "6"},
     65,
     "no usage data for 2026-07, 2026-08",
     "\n2026-08,,,,,,,\n2026-07,,,,,,,\n",
     "{\"term\":\"2026-08\",\"feature_id\":null,\"edition\":null,\"total\":null,",
     "2026-08"},
    {{"trend", "--months", "6"},
     65,
     "2 rows of the monthly usage could not be read",
     "2026-09,All editions,incomplete,12,3,9,true,",
     "{\"term\":\"2026-08\",\"subject\":\"All editions\",\"state\":\"missing\",\"total\":null,",
     "Sep 2026    >= 3   ~ 9   >= 12"},
    /* A host id that comes twice is two servers; no date is none; negative days stay what they are.
     */
    {{"servers"},
     0,
     "",
     "\nLIC01,lic02.nimbus.example,reporting,",
     "{\"host_id\":\"LIC01\",\"fqdn\":\"lic02.nimbus.example\"",
     "LIC01    lic02.nimbus.example"},
    {{"servers"},
     0,
     "",
     "\nLIC05,lic05.nimbus.example,reporting,warning,,,,-739577,",
     "\"last_reported\":null,\"age_hours\":null,\"expires\":null,\"days_to_expire\":-739577",
     "-739577"},
    {{"netscaler"},
     65,
     "1 row of the NetScaler allocations could not be read",
     "reporting,ok,,2027-05-31T00:00:00Z,-400,",
     "\"incomplete\":[\"1 row could not be read\"],\"unreadable\":1",
     "-400"},
    {{"customers"},
     65,
     "1 row of the customers could not be read",
     "\nharborlawq,Managed,,,",
     "{\"customer_id\":\"harborlawq\",\"type\":\"Managed\",\"name\":null",
     "harborlawq"},
};

static void expect_row(struct cmd *c, size_t i, const char *format, const char *part)
{
    const char *const *w = rows[i].words;

    cmd_run(c, "--format", format, w[0], w[1], w[2], w[3], w[4], w[5], NULL);
    cmd_expect(c, rows[i].status);
    expect_part(c->r.out.data, part);
    expect_part(c->r.err.data, rows[i].note);
}

static void test_every_output(void **state)
{
    struct cmd *c = *state;

    cmd_sandbox(c, odd);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_row(c, i, "csv", rows[i].csv);
        expect_row(c, i, "json", rows[i].json);
        expect_row(c, i, "table", rows[i].table);
    }
}

/* A forecast is not made from a month that is not whole, nor from one that is missing. */
static void test_no_forecast_from_gaps(void **state)
{
    struct cmd *c = *state;

    cmd_sandbox(c, odd);
    cmd_run(c, "-q", "trend", "--forecast", "--format", "csv", NULL);
    cmd_expect(c, 65);
    expect_part(c->r.out.data, ",trend,");
    /* With the 12 of September the line would fall below. */
    expect_part(c->r.out.data, "2026-12,All editions,forecast,,,,false,false,2");
}

/* Not entitled is no failure of the service, no empty list and no old data. */
static void test_not_entitled(void **state)
{
    static const char *const products[][2] = {{"netscaler", "this account has no NetScaler"},
                                              {"cloud", "this account has no cloud history"}};
    struct cmd *c = *state;
    char home[TEMP_PATH], env_home[TEMP_PATH + 8];
    const char *env[] = {env_home, NULL};

    temp_make(home);
    snprintf(env_home, sizeof(env_home), "HOME=%s", home);
    c->env = env;
    /* First with the product, so that something is remembered. */
    for (size_t i = 0; i < 2; i++) {
        cmd_run(c, products[i][0], "--count", NULL);
        cmd_expect(c, 0);
    }
    cmd_run(c, "status", NULL);
    expect_part(c->r.out.data, "NETSCALER      6 of 8 hosts");
    cmd_sandbox(c, without);
    for (size_t i = 0; i < 2; i++) {
        cmd_run(c, products[i][0], "--format", "csv", NULL);
        cmd_expect(c, 69);
        assert_string_equal(c->r.out.data, "");
        expect_part(c->r.err.data, products[i][1]);
        expect_part(c->r.err.data, "--offline shows what was known before");
        cmd_run(c, products[i][0], "--format", "json", NULL);
        cmd_expect(c, 69);
        assert_string_equal(c->r.out.data, "");
    }
    cmd_run(c, "status", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "NETSCALER      not part of this account\n");
    cmd_run(c, "status", "--format", "json", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "\"netscaler\":null,");
    c->env = NULL;
    temp_remove(home);
}

/* One product that may not be read leaves the others as they are. */
static void test_forbidden(void **state)
{
    struct cmd *c = *state;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"403\",\"path\":\"/lui/" SANDBOX_CUSTOMER
                          "/netscalercallinghomedata\"");
    cmd_run(c, "netscaler", "--format", "json", NULL);
    cmd_expect_error(c, 77, "NetScaler allocations could not be read", "may not read it", NULL);
    cmd_run(c, "status", NULL);
    cmd_expect(c, 77);
    expect_part(c->r.out.data, "NETSCALER      not known: not permitted\n");
    expect_part(c->r.out.data, "SERVERS        11 of 14 reporting");
    cmd_run(c, "usage", "--count", NULL);
    cmd_expect(c, 0);
}

static void test_screen(void **state)
{
    struct lt *lt = *state;

    lt_start(lt, 36, 120, odd, NULL, NULL);
    lt_expect(lt, "1 row of the NetScaler allocations could not be read");
    lt_keys(lt, "2");
    lt_expect(lt, "lic02.nimbus.example");
    lt_expect(lt, "739577 d");
    lt_keys(lt, "3");
    lt_type(lt, ":month 2026-09\r");
    lt_wait_loaded(lt);
    lt_expect(lt, "2 rows of the usage could not be read");
    lt_expect(lt, ">= 12 users");
    lt_expect(lt, "(2 editions unreadable)");
    lt_type(lt, ":month 2026-08\r");
    lt_wait_loaded(lt);
    lt_expect(lt, "The service has no usage for this month.");
    lt_keys(lt, "5");
    lt_wait_loaded(lt);
    lt_expect(lt, "missing");
    lt_expect(lt, "Sep incomplete");
    lt_keys(lt, "4");
    lt_expect(lt, "1 row of the customers could not be read");
}

/* What is remembered of a product that is gone says so. */
static void test_screen_not_entitled(void **state)
{
    static const char *const few[] = {"--users", "300", "--months", "3", NULL};
    struct lt *lt = *state;
    char home[TEMP_PATH], env_home[TEMP_PATH + 8];
    const char *env[] = {env_home, NULL};

    temp_make(home);
    snprintf(env_home, sizeof(env_home), "HOME=%s", home);
    lt_start(lt, 24, 120, few, NULL, env);
    term_key(&lt->t, "Q");
    lt_expect_exit(lt, 0);
    term_stop(&lt->t);
    sandbox_stop(&lt->sb);
    lt_start(lt, 24, 120, without, NULL, env);
    lt_keys(lt, ":netscaler");
    lt_expect(lt, "This account has no NetScaler allocations now");
    lt_expect(lt, "Shown: the answer of 14:0");
    temp_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_every_output), CMD_TEST(test_no_forecast_from_gaps),
        CMD_TEST(test_not_entitled), CMD_TEST(test_forbidden),
        LT_TEST(test_screen),        LT_TEST(test_screen_not_entitled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
