/* A user's own days to an expiry: words, severities, filters, the Overview and the plug-in follow
 * them. In the sandbox's story LIC03 expires in 9 days and LIC05 within 90. */
#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"

static const char longer[] = "limits: { expiry_warning_days = 85; expiry_notice_days = 100; };\n";
static const char shorter[] = "limits: { expiry_warning_days = 5; expiry_notice_days = 8; };\n";

static void expect_severity(struct cmd *c, const char *host, const char *words)
{
    char filter[64];

    snprintf(filter, sizeof(filter), "host_id=%s", host);
    cmd_run(c, "servers", "--filter", filter, "--columns", "severity", "--format", "csv", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, words);
}

static void test_command_line(void **state)
{
    struct cmd *c = *state;

    expect_severity(c, "LIC03", "\nwarning");
    expect_severity(c, "LIC05", "\ninformation");
    cmd_run(c, "check", "servers", "--filter", "host_id=lic03", NULL);
    cmd_expect(c, 1);
    sandbox_settings(&c->sb, NULL, shorter);
    expect_severity(c, "LIC03", "\nok");
    expect_severity(c, "LIC05", "\nok");
    cmd_run(c, "check", "servers", "--filter", "host_id=lic03", NULL);
    cmd_expect(c, 0);
    /* A flag goes first. */
    cmd_run(c, "check", "servers", "--filter", "host_id=lic03", "--expiry-warning", "9", NULL);
    cmd_expect(c, 1);
    sandbox_settings(&c->sb, NULL, longer);
    expect_severity(c, "LIC05", "\nwarning");
    cmd_run(c, "config", "show", NULL);
    expect_part(c->r.out.data, "limits.expiry_warning_days");
    sandbox_settings(&c->sb, NULL, "limits: { expiry_warning = 3; };\n");
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 78, "expiry_warning_days", NULL);
}

static void test_screen(void **state)
{
    static const char *const args[] = {"--users", "100", NULL};
    struct lt *lt = *state;
    long before, total;

    lt_sandbox(lt, args);
    sandbox_settings(&lt->sb, NULL, longer);
    lt_run(lt, 24, 80, NULL, NULL);
    lt_wait_loaded(lt);
    lt_expect(lt, "servers expire in 85 d");
    lt_keys(lt, "2 v");
    lt_expect(lt, "Expiring within 100 days");
    lt_type(lt, "expiring\r");
    lt_expect(lt, "days_to_expire<=100");
    lt_shown(lt, &before, &total);
    assert_true(before >= 2);
    lt_keys(lt, ":netscaler");
    lt_expect(lt, "in 85 d");
    lt_expect(lt, "in 100 d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_command_line),
        LT_TEST(test_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
