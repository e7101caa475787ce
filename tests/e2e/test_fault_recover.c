/*
 * Faults that pass: the dashboard waits, comes again as often as it says, never sooner than the
 * service asked, and shows the data without a key.
 */
#include <poll.h>

#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

#define AT_SERVERS "\"rate\":1,\"path\":\"/lui/" SANDBOX_CUSTOMER "/licenseservers\",\"kind\":"

/* Seconds to wait for that no test lives to see the end of; luitop obeys up to 300. */
#define LONG "280"

static const char *const few[] = {"--users", "300", "--months", "3", NULL};
static const struct oracle_match servers = {.method = "GET", .path = "/licenseservers"};

/* Starts with FAULT in force and opens the Servers pane. */
static void start(struct lt *lt, const char *fault)
{
    lt_sandbox(lt, few);
    sandbox_fault(&lt->sb, fault);
    lt_run(lt, 24, 160, NULL, NULL);
    term_key(&lt->t, ":servers");
}

static void expect_data(struct lt *lt)
{
    term_wait_text(&lt->t, "14 shown / 14", 0);
    lt_expect_not(lt, "could not be read");
    lt_expect_not(lt, "attempt ");
}

/* The second request must not come before the service allowed it. The first one came after EMPTY,
 * the time when none had come yet, so a client that keeps the rule can never fail this. */
static void check_retry_after(struct lt *lt, const char *kind, const char *why)
{
    char fault[200];
    int64_t empty, second;

    lt_sandbox(lt, few);
    snprintf(fault, sizeof(fault), AT_SERVERS "\"%s\",\"count\":1,\"retryAfter\":1", kind);
    sandbox_fault(&lt->sb, fault);
    empty = now_ms();
    lt_run(lt, 24, 160, NULL, NULL);
    term_key(&lt->t, ":servers");
    second = oracle_wait(&lt->sb, &servers, 2);
    if (second - empty < 1000)
        fail_msg("came again after %d ms", (int)(second - empty));
    expect_data(lt);
    assert_int_equal(oracle_count(&lt->sb, &servers), 2);
    /* What is said meanwhile, where nothing can end it. */
    snprintf(fault, sizeof(fault), AT_SERVERS "\"%s\",\"count\":1,\"retryAfter\":" LONG, kind);
    sandbox_fault(&lt->sb, fault);
    term_key(&lt->t, "R");
    term_wait_text(&lt->t, why, 0);
    term_wait_text(&lt->t, "attempt 2 of 4 at 14:", 0);
    assert_int_equal(oracle_count(&lt->sb, &servers), 3);
    lt_expect(lt, "14 shown / 14");
}

static void test_429(void **state)
{
    check_retry_after(*state, "429", "the service asks for fewer requests");
}

static void test_503(void **state)
{
    check_retry_after(*state, "503", "the service is not available right now");
}

/* While one resource waits for its time the others are there and the keys answer. */
static void test_others_do_not_wait(void **state)
{
    struct lt *lt = *state;

    start(lt, AT_SERVERS "\"503\",\"count\":1,\"retryAfter\":" LONG);
    term_wait_text(&lt->t, "attempt 2 of 4 at 14:0", 0);
    term_key(&lt->t, ":usage");
    term_wait_text(&lt->t, "ZZQ_NEW_UD (unknown code)", 0);
    lt_expect(lt, "Premium");
    term_key(&lt->t, ":netscaler");
    term_wait_text(&lt->t, "10 shown / 10", 0);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "attempt 2 of 4 at 14:0", 0);
    lt_expect_not(lt, "0 shown / 0");
    assert_int_equal(oracle_count(&lt->sb, &servers), 1);
    /* Ctrl-C ends the waiting, not luitop; a new try is the user's to make. */
    term_key(&lt->t, "C-c");
    term_wait_gone(&lt->t, "attempt 2 of 4", 0);
    term_key(&lt->t, "r");
    expect_data(lt);
    assert_int_equal(oracle_count(&lt->sb, &servers), 2);
}

/* Failures without a time to wait for: as many tries as failures and one more, all at once. */
static void test_tries(void **state)
{
    static const struct {
        const char *pane, *path, *kind, *shown;
        int count;
    } rows[] = {
        {":servers", "/lui/" SANDBOX_CUSTOMER "/licenseservers", "500", "14 shown / 14", 3},
        {":customers", "/partner/" SANDBOX_CUSTOMER "/customers", "reset", "34 shown / 34", 2},
        {":netscaler", "/lui/" SANDBOX_CUSTOMER "/netscaler", "truncate", "10 shown / 10", 2},
        {":usage", "/lui/" SANDBOX_CUSTOMER "/licenseusagedata?date=2026-11", "503",
         "ZZQ_NEW_UD (unknown code)", 2},
    };
    struct lt *lt = *state;
    struct buf json;

    lt_sandbox(lt, few);
    buf_init(&json, 4096);
    for (size_t i = 0; i < 4; i++)
        buf_addf(&json,
                 "%s{\"rate\":1,\"path\":\"%s\",\"kind\":\"%s\",\"count\":%d,\"retryAfter\":0}",
                 i == 0 ? "{\"faults\":[" : ",", rows[i].path, rows[i].kind, rows[i].count);
    buf_addstr(&json, "]}");
    assert_int_equal(sandbox_post(&lt->sb, "/sandbox/faults", json.data), 204);
    buf_release(&json);
    lt_run(lt, 24, 160, NULL, NULL);
    lt_wait_loaded(lt);
    for (size_t i = 0; i < 4; i++) {
        struct oracle_match all = {.path = rows[i].path}, bad = all;

        bad.fault = rows[i].kind;
        term_key(&lt->t, rows[i].pane);
        term_wait_text(&lt->t, rows[i].shown, 0);
        lt_expect_not(lt, "could not be read");
        assert_int_equal(oracle_count(&lt->sb, &bad), rows[i].count);
        assert_int_equal(oracle_count(&lt->sb, &all), rows[i].count + 1);
    }
}

/* A slow answer is an answer: the bytes are counted while they come, the keys go on. */
static void test_slowdrip(void **state)
{
    static const char *const one[] = {"--servers", "1",        "--users", "0", "--customers",
                                      "0",         "--months", "1",       NULL};
    struct lt *lt = *state;

    lt_sandbox(lt, one);
    sandbox_fault(&lt->sb, AT_SERVERS "\"slowdrip\"");
    lt_run(lt, 24, 160, NULL, NULL);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "Asking the service for license servers", 0);
    term_key(&lt->t, "?");
    term_wait_text(&lt->t, "Keys of", 0);
    term_key(&lt->t, "q");
    term_wait_text(&lt->t, "1 shown / 1", 0);
    lt_expect(lt, "LIC01");
    assert_int_equal(oracle_count(&lt->sb, &servers), 1);
}

/* No answer at all: everything else works, Ctrl-C lets go, r asks again. */
static void test_stall(void **state)
{
    struct lt *lt = *state;

    start(lt, AT_SERVERS "\"stall\",\"count\":1");
    oracle_wait(&lt->sb, &servers, 1);
    term_wait_text(&lt->t, "Asking the service for license servers", 0);
    term_key(&lt->t, ":usage");
    term_wait_text(&lt->t, "ZZQ_NEW_UD (unknown code)", 0);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "Asking the service for license servers", 0);
    term_key(&lt->t, "C-c");
    term_wait_gone(&lt->t, "Asking the service for", 0);
    lt_expect_not(lt, "0 shown / 0");
    term_key(&lt->t, "r");
    expect_data(lt);
}

/* What waiting does not mend is said at once; r asks again. */
static void check_refresh_mends(struct lt *lt, const char *kind, const char *why)
{
    char fault[200];

    snprintf(fault, sizeof(fault), AT_SERVERS "\"%s\",\"count\":1", kind);
    start(lt, fault);
    term_wait_text(&lt->t, "License servers could not be read: ", 0);
    lt_expect(lt, why);
    term_wait_text(&lt->t, "transaction", 0);
    lt_expect_not(lt, "0 shown / 0");
    assert_int_equal(oracle_count(&lt->sb, &servers), 1);
    term_key(&lt->t, "r");
    expect_data(lt);
    assert_int_equal(oracle_count(&lt->sb, &servers), 2);
}

static void test_html(void **state)
{
    check_refresh_mends(*state, "html", "the answer is a web page, not data");
}

static void test_badjson(void **state)
{
    check_refresh_mends(*state, "badjson", "(at byte ");
}

static void test_403(void **state)
{
    check_refresh_mends(*state, "403", "this client may not read it");
}

/* One 401: a new token, the same request again, nobody notices. */
static void test_expire_token(void **state)
{
    static const struct oracle_match sign_in = {.path = "/cctrustoauth2/", .status = 200};
    static const struct oracle_match fault = {.fault = "expire-token"};
    struct lt *lt = *state;

    start(lt, AT_SERVERS "\"expire-token\",\"count\":1");
    expect_data(lt);
    assert_int_equal(oracle_count(&lt->sb, &fault), 1);
    assert_int_equal(oracle_count(&lt->sb, &sign_in), 2);
}

/* Some of everything: in the end all is there. */
static void test_weather(void **state)
{
    static const char weather[] =
        "{\"faults\":[{\"rate\":0.2,\"kind\":\"503\",\"retryAfter\":0,\"count\":6},"
        "{\"rate\":0.2,\"kind\":\"reset\",\"count\":6},{\"rate\":0.2,\"kind\":\"500\",\"count\":6}]"
        ","
        "\"latencyMs\":20}";
    static const char *const panes[][2] = {{":servers", "14 shown / 14"},
                                           {":usage", "ZZQ_NEW_UD (unknown code)"},
                                           {":customers", "34 shown / 34"},
                                           {":netscaler", "10 shown / 10"},
                                           {":notices", "140 shown / 140"}};
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    assert_int_equal(sandbox_post(&lt->sb, "/sandbox/faults", weather), 204);
    lt_run(lt, 24, 160, NULL, NULL);
    lt_wait_loaded(lt);
    /* What ran out of attempts in bad luck gets another round in good weather. */
    sandbox_fault(&lt->sb, NULL);
    lt_refresh(lt, "R");
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        term_key(&lt->t, panes[i][0]);
        term_wait_text(&lt->t, panes[i][1], 0);
        lt_expect_not(lt, "could not be read");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_429),          LT_TEST(test_503),      LT_TEST(test_others_do_not_wait),
        LT_TEST(test_tries),        LT_TEST(test_slowdrip), LT_TEST(test_stall),
        LT_TEST(test_html),         LT_TEST(test_badjson),  LT_TEST(test_403),
        LT_TEST(test_expire_token), LT_TEST(test_weather),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
