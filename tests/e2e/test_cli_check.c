/*
 * `luitop check servers` as a monitoring system sees it: one line on stdout, perfdata that its
 * parser takes, and 0, 1, 2 or 3. The counts come from the service's own answer.
 */
#include <regex.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/oracle.h"

static const char *const words[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};

/* label=value;warn;crit;min;max with ranges, as monitoring plug-ins write it. */
#define RANGE "(@?(~|-?[0-9]+)?:?(-?[0-9]+)?)?"
#define PERFDATA                                                                                   \
    "^[a-z_]+=-?[0-9]+(;" RANGE "(;" RANGE "(;-?[0-9]*(;-?[0-9]*)?)?)?)?"                          \
    "( [a-z_]+=-?[0-9]+(;" RANGE "(;" RANGE "(;-?[0-9]*(;-?[0-9]*)?)?)?)?)*$"

/* One line that begins with the state's word and ends in good perfdata (when there is data). */
static void expect_state(struct cmd *c, int state, bool data)
{
    char head[64], *line = c->r.out.data, *bar;
    regex_t re;

    cmd_expect(c, state);
    assert_int_equal(count_lines(line), 1);
    snprintf(head, sizeof(head), "LUITOP SERVERS %s - ", words[state]);
    assert_int_equal(strncmp(line, head, strlen(head)), 0);
    bar = strchr(line, '|');
    assert_int_equal(bar != NULL, data);
    if (!data)
        return;
    assert_null(strchr(bar + 1, '|'));
    line[strlen(line) - 1] = '\0';
    assert_int_equal(regcomp(&re, PERFDATA, REG_EXTENDED | REG_NOSUB), 0);
    if (regexec(&re, bar + 2, 0, NULL, 0) != 0)
        fail_msg("no perfdata: %s", bar + 2);
    regfree(&re);
}

static void test_ok(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "check", "servers", "--filter", "severity=ok", NULL);
    expect_state(c, 0, true);
    assert_string_equal(c->r.err.data, "");
}

static void test_warning_by_count(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "check", "servers", "--warning", "2", "--critical", "3", "--expiry-warning", "off",
            "--expiry-critical", "off", NULL);
    expect_state(c, 1, true);
    expect_part(c->r.out.data, "3 of 14 not reporting");
    /* At the threshold it is no finding yet: "more than N". */
    cmd_run(c, "check", "servers", "--warning", "3", "--critical", "3", "--expiry-warning", "off",
            "--expiry-critical", "off", NULL);
    expect_state(c, 0, true);
}

static void test_critical_by_count(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "check", "servers", "--expiry-warning", "off", "--expiry-critical", "off", NULL);
    expect_state(c, 2, true);
    expect_part(c->r.out.data, "LIC07 13 d, LIC11 4 d, LIC14 never");
}

static void test_expiry(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "check", "servers", "--filter", "host_id=lic03", NULL);
    expect_state(c, 1, true);
    expect_part(c->r.out.data, "LIC03 in 9 d");
    cmd_run(c, "check", "servers", "--filter", "host_id=lic03", "--expiry-critical", "9", NULL);
    expect_state(c, 2, true);
    cmd_run(c, "check", "servers", "--filter", "host_id=lic03", "--expiry-critical", "8", NULL);
    expect_state(c, 1, true);
    cmd_run(c, "check", "servers", "--filter", "host_id=lic03", "--expiry-warning", "8", NULL);
    expect_state(c, 0, true);
    /* Expired is worse than any number of days left. */
    cmd_run(c, "check", "servers", "--filter", "host_id=lic09", "--expiry-critical", "0", NULL);
    expect_state(c, 2, true);
}

static void test_numbers_against_the_service(void **state)
{
    static const char *const many[] = {"--servers", "50", "--users", "100", "--seed", "5", NULL};
    struct cmd *c = *state;
    int all = 0, reporting = 0, never = 0;
    json_t *root, *one;
    char want[200];
    size_t i;

    cmd_sandbox(c, many);
    root = oracle_get(&c->sb, ORACLE_SERVERS);
    json_array_foreach(json_object_get(root, "licenseServersStatus"), i, one)
    {
        const char *status = oracle_server_status(one);

        all++;
        reporting += strcmp(status, "reporting") == 0;
        never += strcmp(status, "never_reported") == 0;
    }
    json_decref(root);
    cmd_run(c, "check", "servers", NULL);
    expect_state(c, 2, true);
    snprintf(want, sizeof(want),
             " | reporting=%d;;;0;%d not_reporting=%d;0;1;0;%d never_reported=%d;;;0 unreadable=0;",
             reporting, all, all - reporting, all, never);
    expect_part(c->r.out.data, want);
}

/* Whatever keeps it from knowing is 3 and says why, on stdout, where monitoring looks. */
static void test_unknown_by_faults(void **state)
{
    static const struct {
        const char *kind, *why;
    } faults[] = {{"403", "may not read it"}, {"html", "a web page"}, {"badjson", "at byte"}};
    struct cmd *c = *state;
    char fault[100];

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        snprintf(fault, sizeof(fault), "\"rate\":1,\"kind\":\"%s\",\"path\":\"/lui/\"",
                 faults[i].kind);
        sandbox_fault(&c->sb, fault);
        cmd_run(c, "check", "servers", NULL);
        expect_state(c, 3, false);
        expect_part(c->r.out.data, faults[i].why);
        assert_string_equal(c->r.err.data, "");
    }
    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"stall\",\"path\":\"/lui/\"");
    cmd_run(c, "check", "servers", "--timeout", "1", NULL);
    expect_state(c, 3, false);
}

static void test_unknown_by_an_unreadable_row(void **state)
{
    struct cmd *c = *state;

    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"badelement\",\"path\":\"/lui/\"");
    cmd_run(c, "check", "servers", "--filter", "severity=ok", NULL);
    expect_state(c, 3, true);
    expect_part(c->r.out.data, "1 more could not be read");
    expect_part(c->r.out.data, " unreadable=1;");
    /* What is wrong for sure stays worse. */
    cmd_run(c, "check", "servers", NULL);
    expect_state(c, 2, true);
}

static void test_unknown_without_servers(void **state)
{
    static const char *const none[] = {"--servers", "0", "--users", "0", NULL};
    struct cmd *c = *state;

    cmd_run(c, "check", "servers", "--filter", "fqdn=nothing", NULL);
    expect_state(c, 3, true);
    cmd_sandbox(c, none);
    cmd_run(c, "check", "servers", NULL);
    expect_state(c, 3, true);
}

static void test_unknown_by_wrong_use(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "check", "servers", "--warning", "many", NULL);
    expect_state(c, 3, false);
    expect_part(c->r.out.data, "--warning");
    cmd_run(c, "check", NULL);
    expect_state(c, 3, false);
    expect_part(c->r.out.data, "luitop check servers");
    cmd_run(c, "check", "servers", "--offline", NULL);
    expect_state(c, 3, false);
    temp_write(c->sb.settings, 0600, "profile: {};\n");
    cmd_run(c, "check", "servers", NULL);
    expect_state(c, 3, false);
    expect_part(c->r.out.data, "luitop.conf:1");
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_ok),
        CMD_TEST(test_warning_by_count),
        CMD_TEST(test_critical_by_count),
        CMD_TEST(test_expiry),
        CMD_TEST(test_numbers_against_the_service),
        CMD_TEST(test_unknown_by_faults),
        CMD_TEST(test_unknown_by_an_unreadable_row),
        CMD_TEST(test_unknown_without_servers),
        CMD_TEST(test_unknown_by_wrong_use),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
