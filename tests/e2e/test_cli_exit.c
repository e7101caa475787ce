/*
 * What a command says and how it ends when the service fails: the exit statuses of design.md, one
 * clear sentence on stderr, and no data that is not true.
 */
#include <signal.h>
#include <unistd.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/oracle.h"

#define AT_SERVERS ",\"path\":\"/lui/" SANDBOX_CUSTOMER "/licenseservers\",\"retryAfter\":0"

static const struct oracle_match asked = {.method = "GET", .path = "/licenseservers"};

/* Each command asks one address, so faults of different kinds are tried at the same time. */
static const struct {
    const char *command, *what, *path;
} commands[] = {
    {"servers", "License servers", "/lui/" SANDBOX_CUSTOMER "/licenseservers"},
    {"customers", "Customers", "/partner/" SANDBOX_CUSTOMER "/customers"},
    {"netscaler", "NetScaler allocations", "/lui/" SANDBOX_CUSTOMER "/netscalercallinghomedata"},
    {"notifications", "Notifications", "/notifications/" SANDBOX_CUSTOMER "/notifications"},
    {"cloud", "Cloud history", "/api/licensing/license/enterprise/cloud/cvad/ud/historical"},
};
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

/* Runs all commands at once, each with its fault; what each wrote is in files named after it. */
static void run_all(struct cmd *c, const char *const *kinds, int count)
{
    const char *sh[] = {"sh", "-c", NULL, NULL};
    struct buf json;
    struct run r;

    buf_init(&json, 1 << 16);
    buf_reset(&c->b);
    for (int i = 0; i < COMMANDS; i++) {
        if (kinds[i] == NULL)
            continue;
        buf_addf(&json,
                 "%s{\"rate\":1,\"kind\":\"%s\",\"path\":\"%s\",\"retryAfter\":0,\"count\":%d}",
                 json.len > 0 ? "," : "{\"faults\":[", kinds[i], commands[i].path, count);
        buf_addf(&c->b,
                 "{ HOME=%s/home-%s %s --config %s --now " SANDBOX_NOW " %s --format csv"
                 " >%s/out-%s 2>%s/err-%s; echo $? >%s/status-%s; } &\n",
                 c->sb.dir, commands[i].command, env_path("LUITOP_BIN", "build/luitop"),
                 c->sb.settings, commands[i].command, c->sb.dir, commands[i].command, c->sb.dir,
                 commands[i].command, c->sb.dir, commands[i].command);
    }
    buf_addstr(&json, "]}");
    buf_addstr(&c->b, "wait\n");
    assert_int_equal(sandbox_post(&c->sb, "/sandbox/faults", json.data), 204);
    sh[2] = c->b.data;
    run(&r, sh, NULL, NULL);
    assert_int_equal(r.status, 0);
    run_release(&r);
    buf_release(&json);
}

static const char *result(struct cmd *c, const char *kind, int i)
{
    char name[64];

    snprintf(name, sizeof(name), "%s-%s", kind, commands[i].command);
    return read_file(cmd_path(c, name), &c->b);
}

/* Faults that do not end: the kind, the exit status, requests made, words of the sentence. */
struct fault_case {
    const char *kind;
    int status, tries;
    const char *why, *next, *http;
};

static void check_cases(struct cmd *c, const struct fault_case *cases, int n)
{
    const char *kinds[COMMANDS] = {NULL};

    for (int i = 0; i < n; i++)
        kinds[i] = cases[i].kind;
    run_all(c, kinds, 0);
    for (int i = 0; i < n; i++) {
        struct oracle_match mine = {.method = "GET", .path = commands[i].path};
        int tries = oracle_count(&c->sb, &mine);

        assert_int_equal(strtol(result(c, "status", i), NULL, 10), cases[i].status);
        assert_string_equal(result(c, "out", i), "");
        result(c, "err", i);
        assert_int_equal(count_lines(c->b.data), 1);
        expect_part(c->b.data, "luitop: ");
        expect_part(c->b.data, commands[i].what);
        expect_part(c->b.data, " could not be read: ");
        expect_part(c->b.data, cases[i].why);
        expect_part(c->b.data, cases[i].next);
        expect_part(c->b.data, cases[i].http);
        /* libcurl comes again by itself, once, when a kept connection breaks before an answer. */
        if (strcmp(cases[i].kind, "reset") == 0 && tries == cases[i].tries + 1)
            tries--;
        if (tries != cases[i].tries)
            fail_msg("%s: %d requests, expected %d", cases[i].kind, tries, cases[i].tries);
        /* What is told is what was done. */
        if (tries > 1)
            expect_part(c->b.data, "(4 attempts)");
    }
}

static void test_faults_worth_another_try(void **state)
{
    static const struct fault_case cases[COMMANDS] = {
        {"429", 75, 4, "the service asks for fewer requests", "Try again",
         "(HTTP 429, transaction "},
        {"503", 75, 4, "the service is not available right now", "Try again",
         "(HTTP 503, transaction "},
        {"500", 69, 4, "the service failed", "Citrix support", "(HTTP 500, transaction "},
        {"reset", 69, 4, "broke", "Check the network", ""},
        {"truncate", 69, 4, "ended in the middle", "Check the network", ""},
    };

    check_cases(*state, cases, COMMANDS);
}

static void test_faults_that_stay(void **state)
{
    static const struct fault_case cases[] = {
        {"403", 77, 1, "may not read it", "Give the client", "(HTTP 403, transaction "},
        {"html", 65, 1, "a web page, not data", "Check the urls", "(HTTP 200, transaction "},
        {"badjson", 65, 1, "at byte ", "report it with the transaction id",
         "(HTTP 200, transaction "},
    };

    check_cases(*state, cases, 3);
}

/* Faults that end: the command waits, comes again and succeeds without a word. */
static void test_recovers(void **state)
{
    static const char *const kinds[2][COMMANDS] = {{"429", "503", "500", "reset", "truncate"},
                                                   {"truncate", "expire-token"}};
    struct cmd *c = *state;

    for (int round = 0; round < 2; round++) {
        sandbox_forget(&c->sb);
        run_all(c, kinds[round], 1);
        for (int i = 0; i < COMMANDS && kinds[round][i] != NULL; i++) {
            struct oracle_match again = {.path = commands[i].path, .fault = kinds[round][i]};

            assert_string_equal(result(c, "err", i), "");
            assert_int_equal(strtol(result(c, "status", i), NULL, 10), 0);
            assert_true(count_lines(result(c, "out", i)) > 1);
            assert_int_equal(oracle_count(&c->sb, &again), 1);
        }
        golden_check("cli_servers_csv", result(c, "out", 0));
    }
}

/* 401 again and again: one new token, one more try, then it is said. */
static void test_expire_token(void **state)
{
    static const struct oracle_match sign_in = {.method = "POST", .path = "/cctrustoauth2/"};
    struct cmd *c = *state;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"expire-token\"" AT_SERVERS);
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 77, "did not accept the token, nor a new one", "Check client_id",
                     "HTTP 401", NULL);
    assert_int_equal(oracle_count(&c->sb, &asked), 2);
    assert_int_equal(oracle_count(&c->sb, &sign_in), 2);
}

static void test_stall_and_timeout(void **state)
{
    struct cmd *c = *state;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"stall\"" AT_SERVERS);
    cmd_run(c, "servers", "--timeout", "1", NULL);
    cmd_expect_error(c, 75, "did not answer within 1 s", "--timeout", NULL);
}

/* A few bytes at a time arrive all the same: slow is no failure. */
static void test_slowdrip_arrives(void **state)
{
    static const char *const one[] = {"--servers", "1",        "--users", "0", "--customers",
                                      "0",         "--months", "1",       NULL};
    struct cmd *c = *state;

    cmd_sandbox(c, one);
    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"slowdrip\"" AT_SERVERS);
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.out.data, "host_id\nLIC01\n");
    assert_int_equal(oracle_count(&c->sb, &asked), 1);
}

/* The rows that can be read are there, the exit status tells that it is not all. */
static void test_one_broken_element(void **state)
{
    struct cmd *c = *state;
    json_t *root;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"badelement\"" AT_SERVERS);
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", NULL);
    cmd_expect(c, 65);
    assert_string_equal(c->r.out.data, "host_id\nLIC01\nLIC02\nLIC03\nLIC04\nLIC05\nLIC06\nLIC07\n"
                                       "LIC09\nLIC10\nLIC11\nLIC12\nLIC13\nLIC14\n");
    expect_part(c->r.err.data, "luitop: 1 row of the license servers could not be read");
    expect_part(c->r.err.data, "row 8 of its list");
    assert_int_equal(count_lines(c->r.err.data), 1);
    cmd_run(c, "servers", "--format", "json", NULL);
    cmd_expect(c, 65);
    root = json_loads(c->r.out.data, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(root, "unreadable")), 1);
    assert_int_equal(json_array_size(json_object_get(root, "rows")), 13);
    assert_true(json_is_false(json_object_get(root, "complete")));
    json_decref(root);
    cmd_run(c, "status", NULL);
    cmd_expect(c, 65);
    expect_part(c->r.err.data, "license servers could not be read");
}

static const char *const payloads[] = {
    "\x1b", "\x07", "\xe2\x80\xae", "\xc2\x9b", "\r", "\x7f", NULL,
};

/* Nothing that a terminal or a spreadsheet would obey gets out, in no format and no message. */
static void test_escapes_in_names(void **state)
{
    static const char *const formats[] = {"table", "csv", "tsv", "json", "jsonl"};
    struct cmd *c = *state;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"esc\"");
    for (size_t i = 0; i < 5; i++) {
        cmd_run(c, "servers", "--format", formats[i], NULL);
        cmd_expect(c, 0);
        for (int k = 0; payloads[k] != NULL; k++) {
            expect_no_part(c->r.out.data, payloads[k]);
            expect_no_part(c->r.err.data, payloads[k]);
        }
        expect_part(c->r.out.data, i < 3 ? "LIC01\\x1b[31mred" : "LIC01\\u001b[31mred");
        if (i < 3)
            assert_int_equal(count_lines(c->r.out.data), 15);
    }
    cmd_run(c, "status", NULL);
    cmd_expect(c, 0);
    for (int k = 0; payloads[k] != NULL; k++)
        expect_no_part(c->r.out.data, payloads[k]);
    cmd_run(c, "check", "servers", NULL);
    cmd_expect(c, 2);
    assert_int_equal(count_lines(c->r.out.data), 1);
    for (int k = 0; payloads[k] != NULL; k++)
        expect_no_part(c->r.out.data, payloads[k]);
}

/* JSON gives back the very text that the service sent. */
static void test_json_keeps_the_text(void **state)
{
    struct cmd *c = *state;
    json_t *truth, *rows, *one;
    size_t i;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"esc\"");
    truth = oracle_get(&c->sb, ORACLE_SERVERS);
    cmd_run(c, "servers", "--format", "json", NULL);
    cmd_expect(c, 0);
    rows = json_loads(c->r.out.data, 0, NULL);
    json_array_foreach(json_object_get(rows, "rows"), i, one)
    {
        json_t *server = json_array_get(json_object_get(truth, "licenseServersStatus"), i);

        assert_true(json_equal(json_object_get(one, "host_id"), json_object_get(server, "hostId")));
        assert_true(json_equal(json_object_get(one, "fqdn"), json_object_get(server, "fqdn")));
    }
    assert_int_equal(i, 14);
    json_decref(rows);
    json_decref(truth);
}

/* Ctrl-C while the service is silent. */
static void test_interrupt(void **state)
{
    struct cmd *c = *state;
    const char *argv[] = {env_path("LUITOP_BIN", "build/luitop"),
                          "--config",
                          c->sb.settings,
                          "--now",
                          SANDBOX_NOW,
                          "servers",
                          NULL};
    struct term t;
    int status;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"stall\"" AT_SERVERS);
    term_start(&t, 24, 80, argv, NULL);
    oracle_wait(&c->sb, &asked, 1);
    /* After a second of silence it says what it waits for. */
    term_wait_text(&t, "luitop: waiting for the service (license servers)", 0);
    term_key(&t, "C-c");
    term_wait_exit(&t, &status, 0);
    assert_int_equal(status, 130);
    assert_true(term_find(&t, "luitop: interrupted", NULL, NULL));
    term_stop(&t);
}

static void test_unreachable(void **state)
{
    struct cmd *c = *state;
    char settings[TEMP_PATH * 2];

    snprintf(settings, sizeof(settings), "%s", cmd_path(c, "gone.conf"));
    /* Port 9 of the loopback: nobody listens there. */
    temp_write(settings, 0600,
               "profiles: { gone: { customer_id = \"nimbus7q2x\"; client_id = \"x\";\n"
               "  client_secret_command = \"echo x\";\n"
               "  urls: { token = \"http://127.0.0.1:9/cctrustoauth2/x/tokens/clients\"; }; }; "
               "};\n");
    cmd_bare(c, "--config", settings, "servers", NULL);
    cmd_expect_error(c, 69, "no connection to 127.0.0.1:9", "Check the network", NULL);
}

static void test_wrong_secret(void **state)
{
    struct cmd *c = *state;

    temp_write(c->sb.secret, 0600, "not-the-secret\n");
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 77, "Signing in to Citrix Cloud failed: ", "id or secret was rejected",
                     "Check client_id", NULL);
    expect_no_part(c->r.err.data, "not-the-secret");
    assert_int_equal(sandbox_count(&c->sb, "POST", NULL), 1);
    assert_int_equal(sandbox_count(&c->sb, "GET", NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_faults_worth_another_try),
        CMD_TEST(test_faults_that_stay),
        CMD_TEST(test_recovers),
        CMD_TEST(test_expire_token),
        CMD_TEST(test_stall_and_timeout),
        CMD_TEST(test_slowdrip_arrives),
        CMD_TEST(test_one_broken_element),
        CMD_TEST(test_escapes_in_names),
        CMD_TEST(test_json_keeps_the_text),
        CMD_TEST(test_interrupt),
        CMD_TEST(test_unreachable),
        CMD_TEST(test_wrong_secret),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
