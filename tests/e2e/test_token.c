/*
 * The token: asked for once, shared, renewed before it ends and after a 401, without the user
 * losing anything; and what is said when there is none to be had.
 */
#include <poll.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

static const char *const few[] = {"--users", "300", "--months", "3", NULL};
static const struct oracle_match sign_in = {.method = "POST", .path = "/tokens/clients"};
static const struct oracle_match refused = {.method = "GET", .status = 401};

static void test_asked_for_once(void **state)
{
    struct lt *lt = *state;

    lt_start(lt, 24, 120, few, NULL, NULL);
    assert_int_equal(oracle_count(&lt->sb, &sign_in), 1);
    lt_refresh(lt, "R");
    lt_refresh(lt, "R");
    assert_int_equal(oracle_count(&lt->sb, &sign_in), 1);
    assert_int_equal(oracle_count(&lt->sb, &refused), 0);
}

/* Every request of a round comes back with 401: one new token for all, and filter, cursor, sort
 * and the open detail are as they were. */
static void test_expires_during_work(void **state)
{
    struct lt *lt = *state;
    struct buf before;

    lt_start(lt, 24, 120, few, NULL, NULL);
    lt_keys(lt, ":servers / l i c 0");
    lt_keys(lt, "Enter Down Down Down");
    assert_true(lt_host(lt, (char[16]){0})[0] != '\0');
    buf_init(&before, 1 << 16);
    buf_addstr(&before, term_screen(&lt->t, &lt->b));
    sandbox_forget(&lt->sb);
    sandbox_expire_tokens(&lt->sb);
    lt_refresh(lt, "R");
    term_wait_gone(&lt->t, "asking", 0);
    assert_int_equal(oracle_count(&lt->sb, &sign_in), 1);
    assert_true(oracle_count(&lt->sb, &refused) >= 1);
    lt_expect_not(lt, "could not");
    lt_expect(lt, "9 shown / 14");
    lt_expect(lt, "filter: lic0");
    /* The list's rows, cursor mark included, up to the announce line. */
    term_screen(&lt->t, &lt->b);
    assert_int_equal(
        strncmp(lt->b.data, before.data, (size_t)(strstr(before.data, " shown / ") - before.data)),
        0);
    lt_keys(lt, "Enter");
    buf_reset(&before);
    buf_addstr(&before, lt_host(lt, (char[16]){0}));
    lt_expect(lt, "last report");
    sandbox_expire_tokens(&lt->sb);
    lt_refresh(lt, "R");
    lt_expect(lt, "last report");
    assert_int_equal(oracle_count(&lt->sb, &sign_in), 2);
    lt_keys(lt, "q");
    lt_expect(lt, "9 shown / 14");
    buf_release(&before);
}

/* A short-lived token is renewed at half of its life: by the clock, not by a refusal. */
static void test_renewed_early(void **state)
{
    /* Half of it is also what a request may take on a slow machine. */
    static const char *const short_life[] = {"--users",      "300", "--months", "3",
                                             "--token-life", "8",   NULL};
    struct lt *lt = *state;
    int64_t end = now_ms() + slow_ms(0);

    lt_start(lt, 24, 120, short_life, NULL, NULL);
    /* One request a round, slowly: the service's log is not endless. */
    sandbox_latency(&lt->sb, 30);
    term_key(&lt->t, ":servers");
    while (oracle_count(&lt->sb, &sign_in) < 2 && now_ms() < end)
        lt_refresh(lt, "r");
    assert_true(oracle_count(&lt->sb, &sign_in) >= 2);
    assert_int_equal(oracle_count(&lt->sb, &refused), 0);
}

/* As short as can be: used all the same, no endless signing in. */
static void test_very_short_life(void **state)
{
    static const struct oracle_match gets = {.method = "GET", .path = SANDBOX_CUSTOMER};
    static const char *const short_life[] = {"--users",      "300", "--months", "3",
                                             "--token-life", "1",   NULL};
    struct lt *lt = *state;
    int64_t end = now_ms() + slow_ms(0);

    lt_start(lt, 24, 120, short_life, NULL, NULL);
    term_key(&lt->t, ":servers");
    /* On a slow machine a token can be too old when it arrives, and so can the next one. */
    while (!term_try_text(&lt->t, "14 shown / 14", 1000) && now_ms() < end)
        lt_refresh(lt, "R");
    lt_expect(lt, "14 shown / 14");
    assert_in_range(oracle_count(&lt->sb, &sign_in), 1, oracle_count(&lt->sb, &gets));
}

/* A refusal of the old token that comes late, after the new one is there, is about the old one. */
static void test_late_refusal(void **state)
{
    struct lt *lt = *state;

    lt_start(lt, 24, 120, few, NULL, NULL);
    sandbox_forget(&lt->sb);
    sandbox_expire_tokens(&lt->sb);
    /* The 401 arrives over a second, the others at once. */
    sandbox_fault(&lt->sb,
                  "\"rate\":1,\"kind\":\"slowdrip\",\"count\":1,\"path\":\"/lui/" SANDBOX_CUSTOMER
                  "/licenseservers\"");
    lt_refresh(lt, "R");
    assert_true(oracle_count(&lt->sb, &refused) >= 2);
    assert_int_equal(oracle_count(&lt->sb, &sign_in), 1);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    lt_expect_not(lt, "could not");
}

static void test_wrong_secret(void **state)
{
    static const char *const panes[] = {":overview",  ":servers", ":usage",  ":customers",
                                        ":netscaler", ":cloud",   ":notices"};
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    temp_write(lt->sb.secret, 0600, "not-the-secret\n");
    lt_run(lt, 24, 160, NULL, NULL);
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        term_key(&lt->t, panes[i]);
        term_wait_text(&lt->t,
                       "Signing in to Citrix Cloud failed: the client id or secret was "
                       "rejected",
                       0);
        term_settle(&lt->t);
        lt_expect(lt, "Check client_id");
        lt_expect_not(lt, "0 shown / 0");
        lt_expect_not(lt, "not-the-secret");
    }
    /* Told once, not tried again: repeated refusals lock clients out. */
    assert_int_equal(oracle_count(&lt->sb, &sign_in), 1);
    assert_int_equal(sandbox_count(&lt->sb, "GET", NULL), 0);
    term_key(&lt->t, "Q");
    lt_expect_exit(lt, 0);
}

/* The sign-in itself meets a busy service twice. */
static void test_sign_in_tried_again(void **state)
{
    static const struct oracle_match busy = {.path = "/tokens/clients", .fault = "503"};
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"503\",\"path\":\"/cctrustoauth2\",\"count\":1,"
                           "\"retryAfter\":280");
    lt_run(lt, 24, 160, NULL, NULL);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "attempt 2 of 4", 0);
    /* Nobody waits for that. */
    term_stop(&lt->t);
    sandbox_forget(&lt->sb);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"503\",\"path\":\"/cctrustoauth2\",\"count\":2,"
                           "\"retryAfter\":1");
    lt_run(lt, 24, 160, NULL, NULL);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    lt_expect_not(lt, "could not");
    assert_int_equal(oracle_count(&lt->sb, &busy), 2);
    assert_int_equal(oracle_count(&lt->sb, &sign_in), 3);
}

/* The other kind of token endpoint, as older regions and clouds have it. */
static void test_trust_kind(void **state)
{
    static const struct oracle_match trust = {.method = "POST", .path = "/trust/", .status = 200};
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    settings_replace(&lt->sb, "/cctrustoauth2/{customerId}/", "/trust/root/");
    lt_run(lt, 24, 120, NULL, NULL);
    lt_wait_loaded(lt);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    assert_int_equal(oracle_count(&lt->sb, &trust), 1);
    assert_int_equal(sandbox_count(&lt->sb, "POST", "/cctrustoauth2"), 0);
    sandbox_expire_tokens(&lt->sb);
    lt_refresh(lt, "R");
    lt_expect_not(lt, "could not");
    assert_int_equal(oracle_count(&lt->sb, &trust), 2);
}

static void test_trust_kind_wrong_secret(void **state)
{
    struct cmd *c = *state;

    settings_replace(&c->sb, "/cctrustoauth2/{customerId}/", "/trust/{customerId}/");
    cmd_run(c, "servers", "--count", NULL);
    cmd_expect(c, 0);
    temp_write(c->sb.secret, 0600, "not-the-secret\n");
    sandbox_forget(&c->sb);
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 77,
                     "Signing in to Citrix Cloud failed: the client id or secret was "
                     "rejected",
                     "Check client_id", NULL);
    assert_int_equal(oracle_count(&c->sb, &sign_in), 1);
}

/* A wrong address for the token is a matter of settings, not of a missing product. */
static void test_wrong_token_address(void **state)
{
    struct cmd *c = *state;

    settings_replace(&c->sb, "/cctrustoauth2/{customerId}/", "/cctrustoauth2/x/y/");
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 78,
                     "Signing in to Citrix Cloud failed: there is no sign-in at this address",
                     "urls.token", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_asked_for_once),
        LT_TEST(test_expires_during_work),
        LT_TEST(test_late_refusal),
        LT_TEST(test_renewed_early),
        LT_TEST(test_very_short_life),
        LT_TEST(test_wrong_secret),
        LT_TEST(test_sign_in_tried_again),
        LT_TEST(test_trust_kind),
        CMD_TEST(test_trust_kind_wrong_secret),
        CMD_TEST(test_wrong_token_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
