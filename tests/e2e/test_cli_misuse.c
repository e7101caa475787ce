/*
 * Wrong use and difficult surroundings of the command line: exit 64 with the nearest name before
 * anything is asked, data on stdout only, readers that go away, disks that are full.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/cmd.h"

static const struct {
    const char *words[6];
    int status;
    const char *what, *next;
} mistakes[] = {
    {{"severs"}, 64, "there is no command \"severs\"", "Did you mean \"luitop servers\"?"},
    {{"xyzzy"}, 64, "there is no command \"xyzzy\"", "luitop help"},
    {{"servers", "--filtr", "x"}, 64, "there is no option --filtr", "Did you mean --filter?"},
    {{"servers", "-x"}, 64, "there is no option -x", "luitop help"},
    {{"servers", "--columns", "host_id,fqdnn"}, 64, "\"fqdnn\"", "Did you mean \"fqdn\"?"},
    {{"servers", "--columns", "q"}, 64, "no column \"q\"", "host_id fqdn status severity"},
    {{"servers", "--sort", "expire"}, 64, "no column \"expire\"", "Did you mean \"expires\"?"},
    {{"servers", "--filter", "severty=error"}, 64, "at byte 1", "Did you mean \"severity\"?"},
    {{"servers", "--filter", "severity=eror"}, 64, "never \"eror\"", "Did you mean \"error\"?"},
    {{"servers", "--filter", "(a"}, 64, "not closed", "Add a \")\""},
    {{"servers", "--filter"}, 64, "--filter needs a value", "--filter="},
    {{"servers", "--format", "jsno"}, 64, "no format \"jsno\"", "Did you mean \"json\"?"},
    {{"servers", "--term", "2026-10"}, 64, "takes no --term", "usage"},
    {{"servers", "extra"}, 64, "\"extra\"", "luitop help servers"},
    {{"usage", "--term", "2026-13"}, 64, "\"2026-13\"", "2016-02"},
    {{"usage", "--term", "2027-01"}, 64, "no usage of 2027-01", "running one"},
    {{"status", "--format", "csv"}, 64, "text or json", "--format json"},
    {{"config"}, 64, "one more word", "luitop config show"},
    {{"--timeout", "0", "servers"}, 64, "--timeout \"0\"", "whole number"},
    {{"--now", "yesterday", "status"}, 64, "\"yesterday\" is not a time", "2026-12-03T09:00:00Z"},
    {{"--demo", "--offline", "status"}, 64, "--demo", "Leave one"},
    {{"--glyphs", "braile", "status"}, 64, "braile", "unicode"},
    {{"--profile", "nimbsu", "servers"}, 78, "no profile \"nimbsu\"", "Did you mean \"nimbus\"?"},
    {{"servers", "--log", "/nonexistent/x"}, 1, "/nonexistent/x", "No such file"},
};

static void test_mistakes(void **state)
{
    struct cmd *c = *state;

    for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
        const char *const *w = mistakes[i].words;

        cmd_run(c, w[0], w[1], w[2], w[3], w[4], w[5], NULL);
        cmd_expect_error(c, mistakes[i].status, "luitop: ", mistakes[i].what, mistakes[i].next,
                         NULL);
    }
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
}

/* Neither a command nor a terminal: how to use it, and no zero. */
static void test_nothing_asked(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, NULL);
    cmd_expect(c, 64);
    assert_string_equal(c->r.out.data, "");
    expect_part(c->r.err.data, "luitop status");
}

static void test_help_and_version(void **state)
{
    static const char *const commands[] = {"status",        "servers", "usage", "customers",
                                           "netscaler",     "check",   "cloud", "config",
                                           "notifications", "help"};
    struct cmd *c = *state;
    char want[64];

    cmd_bare(c, "--version", NULL);
    cmd_expect(c, 0);
    assert_int_equal(strncmp(c->r.out.data, "luitop ", 7), 0);
    assert_int_equal(count_lines(c->r.out.data), 1);
    cmd_bare(c, "--help", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "luitop --demo");
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        cmd_bare(c, "help", commands[i], NULL);
        cmd_expect(c, 0);
        snprintf(want, sizeof(want), "luitop %s", commands[i]);
        assert_int_equal(strncmp(c->r.out.data, want, strlen(want)), 0);
        assert_string_equal(c->r.err.data, "");
    }
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
}

/* Runs SCRIPT with $L as the command, $D as the sandbox's folder. */
static void shell(struct cmd *c, const char *script)
{
    const char *argv[] = {"sh", "-c", NULL, NULL};
    struct buf all;

    buf_init(&all, 1 << 16);
    buf_addf(&all, "L='%s --config %s --now " SANDBOX_NOW "'; D=%s; ",
             env_path("LUITOP_BIN", "build/luitop"), c->sb.settings, c->sb.dir);
    buf_addstr(&all, script);
    argv[2] = all.data;
    if (c->r.out.max != 0)
        run_release(&c->r);
    run(&c->r, argv, NULL, NULL);
    buf_release(&all);
}

/* The reader is gone before the first byte: quiet, and no failure. */
static void test_reader_goes_away(void **state)
{
    struct cmd *c = *state;

    shell(c, "mkfifo $D/p; { $L servers; echo $? >$D/status; } >$D/p 2>$D/err & "
             "exec 3<$D/p; exec 3<&-; wait; cat $D/status $D/err");
    assert_string_equal(c->r.out.data, "0\n");
    assert_string_equal(c->r.err.data, "");
}

/* A long list whose reader takes one line. */
static void test_head(void **state)
{
    static const char *const many[] = {"--servers", "3000", "--users", "0", NULL};
    struct cmd *c = *state;

    cmd_sandbox(c, many);
    shell(c, "{ $L servers --format csv; echo $? >$D/status; } | head -1; cat $D/status");
    expect_part(c->r.out.data, "customers\n0\n");
    assert_int_equal(count_lines(c->r.out.data), 2);
    assert_string_equal(c->r.err.data, "");
}

static void test_full_disk(void **state)
{
    struct cmd *c = *state;

    shell(c, "$L servers >/dev/full; echo $?; $L servers -o /dev/full; echo $?");
    assert_string_equal(c->r.out.data, "1\n1\n");
    expect_part(c->r.err.data, "No space left on device");
    assert_int_equal(count_lines(c->r.err.data), 2);
}

static void test_closed_stdout(void **state)
{
    struct cmd *c = *state;

    shell(c, "{ $L servers >&-; } ; echo $?");
    assert_string_equal(c->r.out.data, "1\n");
    assert_int_equal(count_lines(c->r.err.data), 1);
}

/* Colours are for terminals only, and a command draws none there either. */
static void test_no_escape_codes(void **state)
{
    struct cmd *c = *state;
    static const char *const commands[] = {"status", "servers", "usage", "netscaler"};

    for (size_t i = 0; i < 4; i++) {
        struct term t;
        const char *argv[] = {env_path("LUITOP_BIN", "build/luitop"),
                              "--config",
                              c->sb.settings,
                              "--now",
                              SANDBOX_NOW,
                              commands[i],
                              NULL};
        int status;

        term_start(&t, 24, 80, argv, NULL);
        term_wait_exit(&t, &status, 0);
        assert_int_equal(status, 0);
        assert_null(memchr(t.raw.data, '\x1b', t.raw.len));
        term_stop(&t);
        cmd_run(c, commands[i], NULL);
        assert_null(memchr(c->r.out.data, '\x1b', c->r.out.len));
    }
}

static void test_quiet_leaves_errors(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "usage", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.err.data, "luitop: note: incomplete: 3 of 14 servers are silent");
    cmd_run(c, "-q", "usage", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.err.data, "");
    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"403\",\"path\":\"/lui/\"");
    cmd_run(c, "--quiet", "usage", NULL);
    cmd_expect_error(c, 77, "Usage could not be read", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_mistakes),
        CMD_TEST(test_nothing_asked),
        CMD_TEST(test_help_and_version),
        CMD_TEST(test_reader_goes_away),
        CMD_TEST(test_head),
        CMD_TEST(test_full_disk),
        CMD_TEST(test_closed_stdout),
        CMD_TEST(test_no_escape_codes),
        CMD_TEST(test_quiet_leaves_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
