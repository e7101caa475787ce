/*
 * Settings that cannot be right: one sentence with file, line and what to do, exit 78, before
 * anything is asked and before a screen starts; the same for the dashboard and for commands.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/cmd.h"

#define HEAD  "profiles: {\n  nimbus: {\n    customer_id = \"nimbus7q2x\";\n"
#define PLAIN HEAD "    client_id = \"demo-client\";\n"
#define FOOT  "  };\n};\n"
#define ECHO  "    client_secret_command = \"echo x\";\n"

static const char *const none[] = {NULL};

/* Runs the dashboard on a terminal: it ends with STATUS and has not touched the screen. Its text
 * goes to c->b. */
static void dashboard_fails(struct cmd *c, const char *const *args, const char *const *env,
                            int status)
{
    const char *argv[16] = {env_path("LUITOP_BIN", "build/luitop"), "--now", SANDBOX_NOW};
    struct term t;
    size_t n = 3;
    int is;

    while (*args != NULL)
        argv[n++] = *args++;
    term_start(&t, 24, 200, argv, env);
    term_wait_exit(&t, &is, 0);
    buf_reset(&c->b);
    buf_add(&c->b, t.raw.data, t.raw.len);
    term_stop(&t);
    if (is != status)
        fail_msg("exit status %d, expected %d: %s", is, status, c->b.data);
    assert_null(memchr(c->b.data, '\x1b', c->b.len));
}

/* Both faces of luitop refuse TEXT, with each of the words. */
static void refuse(struct cmd *c, const char *text, const char *what, const char *next)
{
    const char *args[] = {"--config", c->sb.settings, NULL};

    temp_write(c->sb.settings, 0600, text);
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 78, "luitop: ", what, next, NULL);
    dashboard_fails(c, args, NULL, 78);
    expect_part(c->b.data, what);
    expect_part(c->b.data, next);
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
}

static void test_typos(void **state)
{
    struct cmd *c = *state;

    refuse(c, PLAIN "    client_secret_flie = \"x\";\n" FOOT,
           "luitop.conf:5: unknown setting \"client_secret_flie\"",
           "Did you mean \"client_secret_file\"?");
    refuse(c, "default_profil = \"nimbus\";\n" PLAIN ECHO FOOT,
           "luitop.conf:1: unknown setting \"default_profil\"",
           "Did you mean \"default_profile\"?");
    refuse(c, PLAIN ECHO "    urls: {\n      lvi = \"https://a.example\";\n    };\n" FOOT,
           "luitop.conf:7: unknown setting \"lvi\"", "Did you mean \"lui\"?");
    refuse(c, PLAIN ECHO FOOT "ui: {\n  refresh_minuts = 5;\n};\n",
           "luitop.conf:9: unknown setting \"refresh_minuts\"",
           "Did you mean \"refresh_minutes\"?");
}

static void test_wrong_values(void **state)
{
    struct cmd *c = *state;

    refuse(c, PLAIN ECHO "    region = \"moon\";\n" FOOT,
           "luitop.conf:6: \"profiles.nimbus.region\" must be us, eu, ap-s, jp or gov", "\"moon\"");
    refuse(c, PLAIN ECHO "    read_only = \"perhaps\";\n" FOOT,
           "luitop.conf:6: \"profiles.nimbus.read_only\" must be true or false", "without quotes");
    refuse(c, PLAIN ECHO FOOT "ui: { refresh_minutes = 5000; };\n",
           "luitop.conf:8: \"ui.refresh_minutes\" must be", "1440");
    /* Wraps to 4 in libconfig 1.5. */
    refuse(c, PLAIN ECHO FOOT "ui: { refresh_minutes = 4294967300; };\n", "luitop.conf:8:", "");
    refuse(c, PLAIN ECHO "    billing_timezone = \"Europe/Atlantis\";\n" FOOT,
           "luitop.conf:6: \"profiles.nimbus.billing_timezone\"", "\"Europe/Atlantis\"");
}

static void test_broken_syntax(void **state)
{
    struct cmd *c = *state;

    refuse(c, "profiles: {\n  nimbus: {\n", "luitop.conf:3:", "'}' is missing");
    refuse(c, PLAIN "    client_secret_file = \"x\n" FOOT, "luitop.conf:5:", "");
    refuse(c,
           "\x7f"
           "ELF\x01\x02",
           "luitop.conf:1:", "");
}

/* A secret in the settings would be in backups, in dotfile repositories, on screens. */
static void test_secret_in_the_file(void **state)
{
    struct cmd *c = *state;

    refuse(c, PLAIN "    client_secret = \"hunter2-secret\";\n" FOOT,
           "luitop.conf:5: the client secret may not stand in a settings file",
           "client_secret_command");
    expect_no_part(c->r.err.data, "hunter2-secret");
    expect_no_part(c->b.data, "hunter2-secret");
}

static void test_http_to_another_machine(void **state)
{
    struct cmd *c = *state;

    refuse(c, PLAIN ECHO "    urls: { lui = \"http://lui.example/x\"; };\n" FOOT,
           "luitop.conf:6: \"profiles.nimbus.urls.lui\" must be a URL",
           "plain http is only for this machine");
    refuse(c, PLAIN ECHO "    urls: { token = \"http://127.0.0.1.example/x\"; };\n" FOOT,
           "luitop.conf:6: \"profiles.nimbus.urls.token\" must be a URL",
           "plain http is only for this machine");
    refuse(c, PLAIN ECHO "    urls: { lui = \"https://me:pw@lui.example/x\"; };\n" FOOT,
           "luitop.conf:6: \"profiles.nimbus.urls.lui\" must be a URL", "");
}

static void test_profiles(void **state)
{
    struct cmd *c = *state;

    refuse(c, HEAD ECHO FOOT, "profile \"nimbus\" has no client_id", "Add it in ");
    refuse(c, PLAIN FOOT, "has no client_secret_command or client_secret_file", "Add it in ");
    refuse(c, PLAIN ECHO "    client_secret_file = \"x\";\n" FOOT, "two sources of its secret",
           "Keep one");
    refuse(c, PLAIN ECHO "  };\n  other: {\n    client_id = \"x\";\n" FOOT,
           "there are 2 profiles and none is chosen: nimbus, other", "--profile");
    refuse(c, "default_profile = \"nimbsu\";\n" PLAIN ECHO FOOT,
           "luitop.conf:1: there is no profile \"nimbsu\"", "Did you mean \"nimbus\"?");
}

static void test_no_settings_at_all(void **state)
{
    struct cmd *c = *state;
    char home[TEMP_PATH + 32], want[TEMP_PATH * 2];
    const char *env[] = {home, NULL};
    const char *args[] = {"--config", want, NULL};

    snprintf(home, sizeof(home), "HOME=%s/nobody", c->sb.dir);
    snprintf(want, sizeof(want), "%s/nobody/.config/luitop/luitop.conf", c->sb.dir);
    c->env = env;
    cmd_bare(c, "servers", NULL);
    cmd_expect_error(c, 78, "there is no profile yet", want, "luitop help config", "luitop --demo",
                     NULL);
    dashboard_fails(c, none, env, 78);
    expect_part(c->b.data, "there is no profile yet");
    expect_part(c->b.data, "luitop --demo");
    cmd_bare(c, "--config", want, "servers", NULL);
    cmd_expect_error(c, 78, "there is no settings file ", "Check --config", NULL);
    dashboard_fails(c, args, env, 78);
    cmd_bare(c, "config", "show", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.err.data, "there is no profile yet");
}

static void test_file_that_others_may_write(void **state)
{
    struct cmd *c = *state;
    const char *args[] = {"--config", c->sb.settings, NULL};

    assert_int_equal(chmod(c->sb.settings, 0666), 0);
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 78, "others may write to it", "chmod go-w", NULL);
    dashboard_fails(c, args, NULL, 78);
}

/* Every place that a value can come from, in one golden; the secret's source, never the secret. */
static void test_config_show_origin(void **state)
{
    struct cmd *c = *state;
    const char *env[] = {"LUITOP_REFRESH_MINUTES=5", NULL};
    struct buf *out = &c->b;

    temp_write(c->sb.settings, 0600,
               PLAIN "    client_secret_command = \"pass show citrix/nimbus\";\n"
                     "    region = \"eu\";\n    billing_timezone = \"Europe/Berlin\";\n"
                     "    urls: { lui = \"https://lui.example/{customerId}\"; };\n" FOOT
                     "ui: {\n  glyphs = \"ascii\";\n};\n"
                     "keys: { servers: { \"ctrl-t\" = \"sort\"; }; };\n");
    c->env = env;
    cmd_run(c, "config", "show", "--origin", "--theme", "mono", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.err.data, "");
    /* The file's folder is a new one each time. */
    for (const char *p = c->r.out.data, *at; *p != '\0'; p = at) {
        at = strstr(p, c->sb.dir);
        buf_add(out, p, at != NULL ? (size_t)(at - p) : strlen(p));
        if (at == NULL)
            break;
        buf_addstr(out, "DIR");
        at += strlen(c->sb.dir);
    }
    golden_check("cli_config_origin", out->data);
    cmd_run(c, "config", "show", NULL);
    cmd_expect(c, 0);
    expect_no_part(c->r.out.data, "luitop.conf");
    expect_part(c->r.out.data, "ui.refresh_minutes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_typos),
        CMD_TEST(test_wrong_values),
        CMD_TEST(test_broken_syntax),
        CMD_TEST(test_secret_in_the_file),
        CMD_TEST(test_http_to_another_machine),
        CMD_TEST(test_profiles),
        CMD_TEST(test_no_settings_at_all),
        CMD_TEST(test_file_that_others_may_write),
        CMD_TEST(test_config_show_origin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
