#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/cli.h"
#include "store/store.h"

/* Whole commands, offline, over what a store remembers; stdout and stderr are files. */
static char home[64], out_path[100], err_path[100];
static char out_text[65536], err_text[8192];

#define SERVER(host, reporting)                                                                    \
    "{\"hostId\":\"" host "\",\"fqdn\":\"" host                                                    \
    ".example.net\",\"lastPhoningHomeTime\":\"2026-11-10T01:05:09.00-05:00\","                     \
    "\"isPhoningHome\":" reporting                                                                 \
    ",\"isFoundInBackOffice\":true,\"isEverReported\":true,\"isCompliant\":true,"                  \
    "\"isLicenseServerFree\":false,\"isNonCspLicenseInstalled\":false,\"isCcu\":false,"            \
    "\"isExpired\":false,\"licenseExpirationDate\":\"2027-09-30T00:00:00.00+00:00\","              \
    "\"daysToExpire\":210,\"ccuFeatureStatistics\":null,\"linkedCustomerList\":null}"
#define SERVERS(rows)                                                                              \
    "{\"customerId\":\"nimbus7q2x\",\"orgId\":\"70012345\",\"licenseServersStatus\":[" rows "]}"

static void write_file(const char *name, const char *text, mode_t mode)
{
    char path[200];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", home, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
}

static int setup(void **state)
{
    (void)state;
    snprintf(home, sizeof(home), "/tmp/luitop-cli-XXXXXX");
    if (mkdtemp(home) == NULL)
        return -1;
    snprintf(out_path, sizeof(out_path), "%s/stdout", home);
    snprintf(err_path, sizeof(err_path), "%s/stderr", home);
    setenv("XDG_STATE_HOME", home, 1);
    setenv("XDG_CONFIG_HOME", home, 1);
    setenv("TZ", "UTC", 1);
    unsetenv("LUITOP_NOW");
    write_file("ok.conf",
               "profiles: { nimbus: { customer_id = \"nimbus7q2x\"; client_id = \"c\";\n"
               "  client_secret_command = \"exit 1\"; }; };\n",
               0600);
    return 0;
}

static int teardown(void **state)
{
    static const char *const names[] = {
        "ok.conf",
        "bad.conf",
        "stdout",
        "stderr",
        "out.csv",
        "luitop/luitop.db",
        "luitop/luitop.db-wal",
        "luitop/luitop.db-shm",
        "luitop",
    };
    char path[200];

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", home, names[i]);
        remove(path);
    }
    return rmdir(home);
}

static void remember(const char *name, const char *body, size_t unreadable)
{
    struct snapshot_facts facts = {.as_of = INT64_C(1795442400), .unreadable = unreadable};
    struct store *s;
    struct buf path;

    facts.first_unreadable = unreadable > 0 ? 2 : 0;
    buf_init(&path, 4096);
    assert_int_equal(store_default_path(&path, NULL), 0);
    assert_int_equal(store_open(&s, path.data, NULL), 0);
    assert_int_equal(store_put_snapshot(s, "nimbus7q2x", name, &facts, body, strlen(body), NULL),
                     0);
    store_close(s);
    buf_release(&path);
}

static void slurp(const char *path, char *out, size_t size)
{
    FILE *f = fopen(path, "r");

    out[0] = '\0';
    if (f == NULL)
        return;
    out[fread(out, 1, size - 1, f)] = '\0';
    fclose(f);
}

static int redirect(int fd, const char *path)
{
    int saved = dup(fd), file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    dup2(file, fd);
    close(file);
    return saved;
}

/* Runs luitop with these words; its output is in out_text and err_text. Returns the exit status. */
static int run(const char *words)
{
    char line[400], *argv[24] = {(char *)"luitop"};
    char config[200];
    int argc = 1, saved_out, saved_err, status;
    struct err err = {0};
    struct cli c;

    snprintf(line, sizeof(line), "%s", words);
    snprintf(config, sizeof(config), "--config=%s/ok.conf", home);
    if (strstr(words, "--config") == NULL)
        argv[argc++] = config;
    for (char *save = NULL, *w = strtok_r(line, " ", &save); w != NULL;
         w = strtok_r(NULL, " ", &save))
        argv[argc++] = w;
    fflush(NULL);
    saved_out = redirect(STDOUT_FILENO, out_path);
    saved_err = redirect(STDERR_FILENO, err_path);
    if (cli_start(&c, argc, argv, &err) < 0)
        status = cli_fail(&c, &err);
    else
        status = cli_run(&c);
    cli_release(&c);
    fflush(NULL);
    dup2(saved_out, STDOUT_FILENO);
    dup2(saved_err, STDERR_FILENO);
    close(saved_out);
    close(saved_err);
    slurp(out_path, out_text, sizeof(out_text));
    slurp(err_path, err_text, sizeof(err_text));
    return status;
}

/* Exit STATUS, nothing on stdout, and one sentence with WORDS on stderr. */
static void refuses(const char *command, int status, const char *words)
{
    int got = run(command);

    if (got != status || out_text[0] != '\0' || strstr(err_text, words) == NULL ||
        strncmp(err_text, "luitop: ", 8) != 0)
        fail_msg("luitop %s: exit %d, stdout \"%s\", stderr \"%s\"", command, got, out_text,
                 err_text);
}

static void test_servers_offline(void **state)
{
    (void)state;
    remember("servers", SERVERS(SERVER("lic01", "true") "," SERVER("lic07", "false")), 0);
    assert_int_equal(run("servers --offline --format csv --columns host_id,status"), 0);
    assert_string_equal(out_text, "host_id,status\nlic01,reporting\nlic07,not_reporting\n");
    assert_int_equal(run("--offline servers --filter status!=reporting --count"), 0);
    assert_string_equal(out_text, "1\n");
    assert_int_equal(run("servers --offline --sort -host_id --format jsonl --columns host_id"), 0);
    assert_string_equal(out_text, "{\"host_id\":\"lic07\"}\n{\"host_id\":\"lic01\"}\n");
    assert_int_equal(run("servers --offline --now 2026-11-12T06:05:09Z --format tsv --columns "
                         "age_hours"),
                     0);
    assert_string_equal(out_text, "age_hours\n48\n48\n");
}

static void test_output_file(void **state)
{
    char command[200], text[200], path[100];

    (void)state;
    remember("servers", SERVERS(SERVER("lic01", "true")), 0);
    snprintf(path, sizeof(path), "%s/out.csv", home);
    snprintf(command, sizeof(command), "servers --offline --format csv --columns host_id -o %s",
             path);
    assert_int_equal(run(command), 0);
    assert_string_equal(out_text, "");
    slurp(path, text, sizeof(text));
    assert_string_equal(text, "host_id\nlic01\n");
    refuses(command, 64, "--force");
    assert_true(strlen(command) + 9 < sizeof(command));
    snprintf(command + strlen(command), 9, " --force");
    assert_int_equal(run(command), 0);
}

/* What is not known is not shown as empty, and never ends with 0. */
static void test_nothing_remembered(void **state)
{
    (void)state;
    refuses("servers --offline", 69, "without --offline");
    assert_int_equal(run("status --offline"), 69);
    assert_non_null(strstr(out_text, "SERVERS        not known"));
}

static void test_one_broken_row(void **state)
{
    (void)state;
    remember("servers", SERVERS(SERVER("lic01", "true") ",{\"hostId\":17}"), 1);
    assert_int_equal(run("servers --offline --format csv --columns host_id"), 65);
    assert_string_equal(out_text, "host_id\nlic01\n");
    assert_non_null(strstr(err_text, "1 row of the license servers could not be read"));
}

static void test_null_is_not_no_servers(void **state)
{
    (void)state;
    remember("servers", "{\"customerId\":\"nimbus7q2x\",\"licenseServersStatus\":null}", 0);
    refuses("servers --offline", 69, "not known");
}

static void test_wrong_use(void **state)
{
    (void)state;
    refuses("sevrers", 64, "servers");
    refuses("servers --offline --filter stauts=x", 64, "status");
    refuses("servers --offline --sort hostid", 64, "host_id");
    refuses("servers --offline --columns host_id,fqnd", 64, "fqdn");
    refuses("servers --offline --format xml", 64, "format");
    refuses("usage --offline --term 2026-13", 64, "2026-13");
    refuses("usage --offline --term 2015-01", 64, "2015-01");
    refuses("status --offline --format csv", 64, "json");
    refuses("servers --timeout 0 --now yesterday", 64, "yesterday");
    refuses("help sevrers", 64, "servers");
    refuses("--demo=many", 64, "many");
    refuses("--demo --profile nimbus", 64, "--profile");
}

static void test_without_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(run(""), 64);
    assert_string_equal(out_text, "");
    assert_non_null(strstr(err_text, "luitop status"));
}

static void test_settings(void **state)
{
    char command[200];

    (void)state;
    write_file("bad.conf",
               "profiles: { nimbus: { customer_id = \"nimbus7q2x\"; client_id = \"c\";\n"
               "  client_secret_command = \"exit 1\"; regoin = \"us\"; }; };\n",
               0600);
    snprintf(command, sizeof(command), "servers --offline --config=%s/bad.conf", home);
    refuses(command, 78, "bad.conf:2");
    assert_non_null(strstr(err_text, "region"));
    refuses("servers --config=none", 78, "profile");
    setenv("LUITOP_NOW", "soon", 1);
    refuses("servers --offline", 78, "LUITOP_NOW");
    unsetenv("LUITOP_NOW");
    /* The secret's command fails: said, without starting anything. */
    refuses("servers", 78, "secret");
}

static void test_config_show(void **state)
{
    (void)state;
    setenv("LUITOP_THEME", "mono", 1);
    assert_int_equal(run("config show --origin"), 0);
    unsetenv("LUITOP_THEME");
    assert_non_null(strstr(out_text, "nimbus7q2x    # "));
    assert_non_null(strstr(out_text, "ok.conf:1"));
    assert_non_null(strstr(out_text, "LUITOP_THEME"));
    assert_int_equal(run("config show"), 0);
    assert_null(strstr(out_text, " # "));
    assert_int_equal(run("config show --profile=nimbsu"), 78);
    assert_non_null(strstr(out_text, "ui.theme"));
    assert_non_null(strstr(err_text, "nimbsu"));
    assert_int_equal(run("config show --config=none"), 0);
    assert_non_null(strstr(err_text, "no profile"));
}

/* A plug-in's every failure is UNKNOWN, on stdout. */
static void test_check_fails_as_a_plugin(void **state)
{
    static const char *const commands[] = {
        "check servers --offline",           "check servers",         "check",
        "check servers --warning x",         "check servers --bogus", "check servers --config=none",
        "check servers --filter free=maybe",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        assert_int_equal(run(commands[i]), 3);
        assert_memory_equal(out_text, "LUITOP SERVERS UNKNOWN - ", 25);
        assert_ptr_equal(strchr(out_text, '\n'), out_text + strlen(out_text) - 1);
        assert_string_equal(err_text, "");
    }
}

static void test_help_and_version(void **state)
{
    (void)state;
    assert_int_equal(run("help"), 0);
    assert_non_null(strstr(out_text, "Commands:"));
    assert_string_equal(err_text, "");
    assert_int_equal(run("servers --help"), 0);
    assert_non_null(strstr(out_text, "age_hours"));
    assert_int_equal(run("-V"), 0);
    assert_memory_equal(out_text, "luitop ", 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_servers_offline, setup, teardown),
        cmocka_unit_test_setup_teardown(test_output_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_remembered, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_broken_row, setup, teardown),
        cmocka_unit_test_setup_teardown(test_null_is_not_no_servers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_wrong_use, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_a_terminal, setup, teardown),
        cmocka_unit_test_setup_teardown(test_settings, setup, teardown),
        cmocka_unit_test_setup_teardown(test_config_show, setup, teardown),
        cmocka_unit_test_setup_teardown(test_check_fails_as_a_plugin, setup, teardown),
        cmocka_unit_test_setup_teardown(test_help_and_version, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
