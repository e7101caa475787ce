/*
 * Faults that stay: each pane says its own trouble in one sentence (what, why, what to do, the
 * transaction), the other panes live on, what was known stays with its time, and nothing unknown is
 * shown as empty.
 */
#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

#define LUI "/lui/" SANDBOX_CUSTOMER
#define API "/api/licensing/license/enterprise/cloud/cvad/"

static const char *const few[] = {"--users", "300", "--months", "3", NULL};

/* One fault of every kind, each on an address of its own. */
static const struct {
    const char *pane, *path, *kind;
    const char *what, *why, *next, *http;
} troubles[] = {
    {":servers", LUI "/licenseservers", "403",
     "License servers could not be read: ", "this client may not read it",
     "Give the client the License Usage Insights role", "(HTTP 403, transaction "},
    {":usage", LUI "/licenseusagedata", "html",
     "Usage could not be read: ", "the answer is a web page, not data",
     "Check the urls in the profile", "(HTTP 200, transaction "},
    {":customers", "/partner/", "500", "Customers could not be read: ", "the service failed",
     "Citrix support asks for the transaction id", "(HTTP 500, transaction "},
    {":netscaler", LUI "/netscaler", "503",
     "NetScaler allocations could not be read: ", "the service is not available right now",
     "Try again in a few minutes", "(HTTP 503, transaction "},
    {":cloud", API "ud/current", "truncate", "Cloud user/device licences could not be read: ",
     "ended in the middle (4 attempts)", "Check the network", "(HTTP 200, transaction "},
    {":cloud", API "ud/historical", "badjson", "Cloud history could not be read: ", "(at byte ",
     "report it with the transaction id", "(HTTP 200, transaction "},
    {":cloud", "/cloudlicense/", "429",
     "Cloud concurrent licences could not be read: ", "the service asks for fewer requests",
     "Try again in a few minutes", "(HTTP 429, transaction "},
    {":notices", "/notifications/", "reset",
     "Notifications could not be read: ", "broke (4 attempts)", "Check the network", ""},
};
enum { TROUBLES = sizeof(troubles) / sizeof(troubles[0]) };

static void trouble_all(struct sandbox *s)
{
    struct buf json;

    buf_init(&json, 1 << 16);
    for (int i = 0; i < TROUBLES; i++)
        buf_addf(&json, "%s{\"rate\":1,\"kind\":\"%s\",\"path\":\"%s\",\"retryAfter\":0}",
                 i == 0 ? "{\"faults\":[" : ",", troubles[i].kind, troubles[i].path);
    buf_addstr(&json, "]}");
    assert_int_equal(sandbox_post(s, "/sandbox/faults", json.data), 204);
    buf_release(&json);
}

/* The screen as one text: lines joined, so that broken sentences can be found. */
static const char *joined(struct lt *lt)
{
    struct buf row;

    buf_init(&row, 1 << 16);
    buf_reset(&lt->b);
    for (int r = 0; r < lt->t.rows; r++)
        buf_addf(&lt->b, " %s", term_row(&lt->t, r, &row) + (row.len > 0 && row.data[0] == ' '));
    buf_release(&row);
    return lt->b.data;
}

static void expect_sentence(struct lt *lt, int i)
{
    const char *text;

    term_key(&lt->t, troubles[i].pane);
    term_settle(&lt->t);
    text = joined(lt);
    expect_part(text, troubles[i].what);
    expect_part(text, troubles[i].why);
    expect_part(text, troubles[i].next);
    expect_part(text, troubles[i].http);
}

static void test_each_pane_says_its_trouble(void **state)
{
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    trouble_all(&lt->sb);
    lt_run(lt, 40, 120, NULL, NULL);
    lt_wait_loaded(lt);
    for (int i = 0; i < TROUBLES; i++) {
        expect_sentence(lt, i);
        lt_expect_not(lt, "0 shown / 0");
        lt_expect(lt, "Not known: see above; r asks again.");
        /* One trouble a pane: the others' are not repeated here. Customers show their usage too. */
        for (int k = 0; k < TROUBLES; k++)
            if (strcmp(troubles[k].pane, troubles[i].pane) != 0 &&
                !(strcmp(troubles[i].pane, ":customers") == 0 &&
                  strcmp(troubles[k].pane, ":usage") == 0))
                lt_expect_not(lt, troubles[k].what);
    }
    /* The overview needs most of them; no number stands in for what is not known. */
    term_key(&lt->t, ":overview");
    term_settle(&lt->t);
    expect_part(joined(lt), "License servers could not be read");
    expect_part(lt->b.data, "Usage could not be read");
    expect_no_part(lt->b.data, "0 of 0");
    expect_no_part(lt->b.data, "nothing: all servers report");
    expect_no_part(lt->b.data, "0 users");
    /* All have been said once in the log of messages. */
    term_key(&lt->t, ":messages");
    term_settle(&lt->t);
    for (int i = 0; i < TROUBLES; i++)
        lt_expect(lt, troubles[i].what);
    /* Better weather and one key: all is there. */
    sandbox_fault(&lt->sb, NULL);
    lt_refresh(lt, "R");
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    for (int i = 0; i < TROUBLES; i++) {
        term_key(&lt->t, troubles[i].pane);
        term_settle(&lt->t);
        lt_expect_not(lt, "could not be read");
        lt_expect_not(lt, "Not known");
    }
}

static const char *const full[][2] = {
    {":servers", "14 shown / 14"},   {":usage", "ZZQ_NEW_UD (unknown code)"},
    {":customers", "34 shown / 34"}, {":netscaler", "10 shown / 10"},
    {":cloud", "3 shown / 3"},       {":notices", "140 shown / 140"}};
enum { FULL = sizeof(full) / sizeof(full[0]) };

/* The data stays when its refresh fails, and is said to be from before. */
static void test_old_data_stays(void **state)
{
    struct lt *lt = *state;

    lt_start(lt, 50, 120, few, NULL, NULL);
    for (int i = 0; i < FULL; i++) {
        term_key(&lt->t, full[i][0]);
        term_wait_text(&lt->t, full[i][1], 0);
    }
    trouble_all(&lt->sb);
    lt_refresh(lt, "R");
    for (int i = 0; i < TROUBLES; i++) {
        expect_sentence(lt, i);
        expect_part(lt->b.data, "Shown: the answer of 14:0");
        expect_no_part(lt->b.data, "Not known");
    }
    for (int i = 0; i < FULL; i++) {
        term_key(&lt->t, full[i][0]);
        term_wait_text(&lt->t, full[i][1], 0);
    }
    term_key(&lt->t, ":overview");
    term_settle(&lt->t);
    lt_expect(lt, "11 of 14 reporting");
    lt_expect(lt, "278 users");
}

/* Three hours later, started anew without a service: what is remembered, with its age. */
static void test_snapshot_with_its_age(void **state)
{
    static const char *const later[] = {"--now", "2026-11-22T17:32:00Z", NULL};
    struct lt *lt = *state;
    char home[TEMP_PATH + 32];
    const char *env[] = {home, NULL};
    int status;

    lt_sandbox(lt, few);
    snprintf(home, sizeof(home), "HOME=%s", lt->sb.dir);
    lt_run(lt, 24, 120, NULL, env);
    lt_wait_loaded(lt);
    term_key(&lt->t, "Q");
    term_wait_exit(&lt->t, &status, 0);
    assert_int_equal(status, 0);
    term_stop(&lt->t);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"403\",\"path\":\"/lui/\"");
    lt_run(lt, 24, 120, later, env);
    lt_wait_loaded(lt);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    expect_part(joined(lt), "License servers could not be read: this client may not read it");
    expect_part(lt->b.data, "the answer of 14:0");
    expect_part(lt->b.data, "3 h ago");
    expect_part(lt->b.data, "lic07.nimbus.example");
}

/* The service has no token to give: the same on every pane, said once on each. */
static void test_no_token_for_anybody(void **state)
{
    static const char *const panes[] = {":overview",  ":servers", ":usage",  ":customers",
                                        ":netscaler", ":cloud",   ":notices"};
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    sandbox_fault(&lt->sb, "\"rate\":1,\"kind\":\"html\",\"path\":\"/cctrustoauth2\"");
    lt_run(lt, 30, 120, NULL, NULL);
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        const char *first;

        term_key(&lt->t, panes[i]);
        term_wait_text(&lt->t, "Signing in to Citrix Cloud failed: ", 0);
        term_settle(&lt->t);
        first = strstr(joined(lt), "Signing in to Citrix Cloud failed");
        assert_non_null(first);
        expect_no_part(first + 1, "Signing in to Citrix Cloud failed");
        lt_expect_not(lt, "0 shown / 0");
    }
    sandbox_fault(&lt->sb, NULL);
    term_key(&lt->t, "R");
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
}

/* Keys are answered while half of the service is silent: where a wait for the service would take
 * half a minute. */
static void test_keys_while_the_service_is_silent(void **state)
{
    static const char *const steps[][2] = {
        {":netscaler", "10 shown / 10"},
        {"G", "VPX"},
        {"/", "Esc as before"},
        {"Esc", "Enter open"},
        {"?", "Keys of"},
        {"q", "10 shown / 10"},
        {"Tab", "[3"},
        {":notices", "140 shown"},
        {"PgDn", "140 shown"},
        {":", "half-page-up"},
        {"Esc", "Enter open"},
        {":servers", "Asking the service"},
    };
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    assert_int_equal(sandbox_post(&lt->sb, "/sandbox/faults",
                                  "{\"faults\":[{\"rate\":1,\"kind\":\"stall\",\"path\":\"" LUI
                                  "/license\"}]}"),
                     204);
    lt_run(lt, 24, 120, NULL, NULL);
    term_key(&lt->t, ":notices");
    term_wait_text(&lt->t, "140 shown / 140", 0);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        term_key(&lt->t, steps[i][0]);
        term_wait_text(&lt->t, steps[i][1], 15000);
    }
    term_key(&lt->t, "Q");
    lt_expect_exit(lt, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_each_pane_says_its_trouble),
        LT_TEST(test_old_data_stays),
        LT_TEST(test_snapshot_with_its_age),
        LT_TEST(test_no_token_for_anybody),
        LT_TEST(test_keys_while_the_service_is_silent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
