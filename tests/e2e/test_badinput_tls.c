/*
 * Connections that are not what they should be: TLS that fails, an address where nobody listens.
 * One sentence on the panes and on stderr; nothing is asked of whom is not trusted.
 */
#include <limits.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"

/* Self-signed for localhost and 127.0.0.1; test data, not a secret. */
#define CERT "tests/e2e/fixtures/tls-cert.pem"
#define KEY  "tests/e2e/fixtures/tls-key.pem"

static const char *const tls_args[] = {"--tls-cert", CERT,       "--tls-key", KEY, "--users",
                                       "100",        "--months", "2",         NULL};
static const char *const tls_elsewhere[] = {"--bind",    "127.0.0.2", "--tls-cert", CERT,
                                            "--tls-key", KEY,         "--users",    "100",
                                            "--months",  "2",         NULL};

static void trust(struct sandbox *s, const char *file)
{
    char path[PATH_MAX], line[PATH_MAX + 64];

    if (realpath(file, path) == NULL)
        snprintf(path, sizeof(path), "%s", file);
    snprintf(line, sizeof(line), "    ca_file = \"%s\";\n", path);
    sandbox_settings(s, line, NULL);
}

static const char clock_hint[] =
    "Check this machine's clock, ca_file in the profile, and proxies that look into TLS";

static void test_self_signed(void **state)
{
    struct cmd *c = *state;

    cmd_sandbox(c, tls_args);
    settings_replace(&c->sb, "http://", "https://");
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 69,
                     "Signing in to Citrix Cloud failed: 127.0.0.1:", "could not prove who it is",
                     "self-signed certificate", clock_hint, NULL);
    cmd_run(c, "check", "servers", NULL);
    cmd_expect(c, 3);
}

static void test_trusted(void **state)
{
    struct cmd *c = *state;

    cmd_sandbox(c, tls_args);
    trust(&c->sb, CERT);
    settings_replace(&c->sb, "http://", "https://");
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", NULL);
    cmd_expect(c, 0);
    assert_int_equal(count_lines(c->r.out.data), 15);
    cmd_run(c, "status", NULL);
    cmd_expect(c, 0);
    /* The name counts, not only the signature. */
    settings_replace(&c->sb, "127.0.0.1", "localhost");
    cmd_run(c, "servers", "--count", NULL);
    cmd_expect(c, 0);
}

static void test_trusted_but_of_another_name(void **state)
{
    struct cmd *c = *state;

    cmd_sandbox(c, tls_elsewhere);
    trust(&c->sb, CERT);
    settings_replace(&c->sb, "http://127.0.0.1", "https://127.0.0.2");
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 69, "could not prove who it is", "127.0.0.2", clock_hint, NULL);
}

static void test_bad_ca_file(void **state)
{
    static const char *const files[] = {"/nonexistent/ca.pem", KEY};
    struct cmd *c = *state;

    cmd_sandbox(c, tls_args);
    for (size_t i = 0; i < 2; i++) {
        trust(&c->sb, files[i]);
        settings_replace(&c->sb, "http://", "https://");
        cmd_run(c, "servers", NULL);
        cmd_expect_error(c, 69, "trusted certificates", "cannot be read", "ca_file", NULL);
    }
}

/* https to a port that speaks plain http. */
static void test_no_tls_there(void **state)
{
    struct cmd *c = *state;

    settings_replace(&c->sb, "http://", "https://");
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 69, "Signing in to Citrix Cloud failed: no secure connection to 127.0.0.1:",
                     clock_hint, NULL);
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
}

/* On every pane that needs the service the sentence stands, the keys go on, and no list is shown
 * as empty. */
static void expect_on_panes(struct lt *lt, const char *text)
{
    static const char *const panes[] = {":overview",  "2",      "3",       "4",
                                        ":netscaler", ":cloud", ":notices"};

    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        term_key(&lt->t, panes[i]);
        term_settle(&lt->t);
        term_wait_text(&lt->t, text, 0);
        lt_expect_not(lt, "0 shown / 0");
        lt_expect_not(lt, " 0 of 0");
        lt_expect_not(lt, "nothing: all servers");
    }
    term_key(&lt->t, "?");
    term_wait_text(&lt->t, "Keys of", 0);
    term_keys(&lt->t, "q Q");
    lt_expect_exit(lt, 0);
}

static void test_panes_without_trust(void **state)
{
    struct lt *lt = *state;

    lt_sandbox(lt, tls_args);
    settings_replace(&lt->sb, "http://", "https://");
    lt_run(lt, 24, 200, NULL, NULL);
    expect_on_panes(lt, "could not prove who it is");
}

static void test_panes_with_trust(void **state)
{
    struct lt *lt = *state;

    lt_sandbox(lt, tls_args);
    trust(&lt->sb, CERT);
    settings_replace(&lt->sb, "http://", "https://");
    lt_run(lt, 24, 100, NULL, NULL);
    lt_wait_loaded(lt);
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "14 shown / 14", 0);
    lt_expect_not(lt, "could not");
}

static void test_panes_without_a_service(void **state)
{
    struct lt *lt = *state;
    char there[64];

    lt_sandbox(lt, NULL);
    snprintf(there, sizeof(there), "127.0.0.1:%d", lt->sb.port);
    settings_replace(&lt->sb, there, "127.0.0.1:9");
    lt_run(lt, 24, 200, NULL, NULL);
    /* While it comes again it counts its attempts. */
    term_key(&lt->t, ":servers");
    term_wait_text(&lt->t, "attempt 2 of 4", 0);
    expect_on_panes(lt, "no connection to 127.0.0.1:9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_self_signed),
        CMD_TEST(test_trusted),
        CMD_TEST(test_trusted_but_of_another_name),
        CMD_TEST(test_bad_ca_file),
        CMD_TEST(test_no_tls_there),
        LT_TEST(test_panes_without_trust),
        LT_TEST(test_panes_with_trust),
        LT_TEST(test_panes_without_a_service),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
