/*
 * The client secret: where it may come from, what is said when it cannot be had, and that it never
 * shows anywhere, and the token neither.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"

/* One that every encoding between here and the service has to carry whole. */
#define SECRET "Zq9/+=&% \\\"hush\\\"\xc3\xa9"
/* How every token of the sandbox begins, as JSON Web Tokens do. */
#define TOKEN "eyJ"

static void set_up_secret(struct cmd *c)
{
    char path[TEMP_PATH * 2];
    const char *args[] = {"--client-secret-file", path, "--users", "100", "--months", "2", NULL};
    char home[TEMP_PATH];

    temp_make(home);
    snprintf(path, sizeof(path), "%s/secret", home);
    temp_write(path, 0600, SECRET "\n");
    cmd_sandbox(c, args);
    temp_remove(home);
    temp_write(c->sb.secret, 0600, SECRET "\n");
}

/* The usual settings with COMMAND instead of the file. */
static void use_command(struct cmd *c, const char *command)
{
    char line[2048];
    struct buf b;
    const char *at;

    sandbox_settings(&c->sb, NULL, NULL);
    temp_write(c->sb.secret, 0600, SECRET "\n");
    buf_init(&b, 1 << 16);
    read_file(c->sb.settings, &b);
    at = strstr(b.data, "    client_secret_file");
    assert_non_null(at);
    buf_reset(&c->b);
    buf_add(&c->b, b.data, (size_t)(at - b.data));
    snprintf(line, sizeof(line), "    client_secret_command = \"%s\";\n", command);
    buf_addstr(&c->b, line);
    buf_addstr(&c->b, strchr(at, '\n') + 1);
    temp_write(c->sb.settings, 0600, c->b.data);
    buf_release(&b);
}

static void test_file_modes(void **state)
{
    static const struct {
        unsigned mode;
        const char *said;
    } refused[] = {{0644, "its mode is 0644"}, {0660, "its mode is 0660"}, {0604, "mode is 0604"}};
    struct cmd *c = *state;
    char link[TEMP_PATH * 2];

    set_up_secret(c);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        assert_int_equal(chmod(c->sb.secret, refused[i].mode), 0);
        cmd_run(c, "servers", NULL);
        cmd_expect_error(c, 78, c->sb.secret, refused[i].said, "chmod 600", NULL);
    }
    assert_int_equal(chmod(c->sb.secret, 0400), 0);
    cmd_run(c, "servers", NULL);
    cmd_expect(c, 0);
    snprintf(link, sizeof(link), "%s", cmd_path(c, "moved"));
    assert_int_equal(rename(c->sb.secret, link), 0);
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 78, "No such file", "Check client_secret_file", NULL);
    assert_int_equal(symlink(link, c->sb.secret), 0);
    cmd_run(c, "servers", NULL);
    cmd_expect_error(c, 78, "symbolic link", NULL);
}

static void test_command(void **state)
{
    struct cmd *c = *state;
    char command[TEMP_PATH * 2];

    set_up_secret(c);
    snprintf(command, sizeof(command), "cat %s", c->sb.secret);
    use_command(c, command);
    cmd_run(c, "servers", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.err.data, "");
    assert_int_equal(sandbox_count(&c->sb, "POST", "/tokens/clients"), 1);
}

static void test_failing_commands(void **state)
{
    static const struct {
        const char *command, *why, *next;
    } bad[] = {
        {"echo oops-secret; exit 3", "ended with status 3", "by hand"},
        {"echo oops-secret; echo two", "it has more than one line", "head -n 1"},
        {"true", "it is empty", "client_secret_command must write the secret"},
        {"kill -9 $$", "ended by signal 9", "by hand"},
        {"head -c 5000 /dev/zero | tr '\\\\0' x", "more than 4096 bytes", "by hand"},
    };
    struct cmd *c = *state;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        use_command(c, bad[i].command);
        cmd_run(c, "servers", NULL);
        cmd_expect_error(c, 78, "the client secret could not be read", bad[i].why, bad[i].next,
                         NULL);
        expect_no_part(c->r.err.data, "oops-secret");
    }
    use_command(c, "no-such-command-here");
    cmd_run(c, "servers", NULL);
    cmd_expect(c, 78);
    expect_part(c->r.err.data, "(no such command)");
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
}

static const char *searched; /* nftw() passes no context */
static char found_in[512];

static int search_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    struct buf b;

    (void)st;
    (void)ftw;
    if (type != FTW_F)
        return 0;
    buf_init(&b, 64 << 20);
    read_file(path, &b);
    if (memmem(b.data, b.len, searched, strlen(searched)) != NULL)
        snprintf(found_in, sizeof(found_in), "%s", path);
    buf_release(&b);
    return 0;
}

static void expect_in_no_file(const char *folder, const char *text)
{
    searched = text;
    found_in[0] = '\0';
    nftw(folder, search_file, 16, FTW_PHYS);
    if (found_in[0] != '\0')
        fail_msg("\"%s\" stands in %s", text, found_in);
}

static void expect_not_in(const struct buf *b, const char *where)
{
    static const char *const hidden[] = {"Zq9/+=", "Zq9%2F", "hush", TOKEN, "Bearer"};

    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
        if (memmem(b->data, b->len, hidden[i], strlen(hidden[i])) != NULL)
            fail_msg("\"%s\" is in %s", hidden[i], where);
}

/* What other processes of the user can see of PID; where even they may not look, all is well. */
static void expect_not_in_process(pid_t pid, const char *file)
{
    char path[64], chunk[65536];
    struct buf b;
    ssize_t n;
    int fd;

    snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == EACCES)
        return;
    assert_true(fd >= 0);
    buf_init(&b, 1 << 20);
    while ((n = read(fd, chunk, sizeof(chunk))) > 0)
        buf_add(&b, chunk, (size_t)n);
    close(fd);
    assert_true(b.len > 0);
    expect_not_in(&b, path);
    buf_release(&b);
}

/* The dashboard with a debug log through sign-in, a second sign-in, failures and all panes. */
static void test_it_shows_nowhere(void **state)
{
    struct cmd *c = *state;
    char command[TEMP_PATH * 8], home[TEMP_PATH + 32], log[TEMP_PATH * 2], seen[TEMP_PATH * 2];
    const char *args[] = {"--log", log, NULL}, *env[] = {home, NULL};
    struct lt lt = {0};

    set_up_secret(c);
    snprintf(seen, sizeof(seen), "%s", cmd_path(c, "seen"));
    snprintf(command, sizeof(command),
             "tr '\\\\0' '\\\\n' < /proc/$PPID/cmdline > %s; env >> %s; cat %s", seen, seen,
             c->sb.secret);
    use_command(c, command);
    snprintf(log, sizeof(log), "%s", cmd_path(c, "debug.log"));
    snprintf(home, sizeof(home), "HOME=%s", cmd_path(c, "home"));
    lt.sb = c->sb;
    lt_run(&lt, 24, 100, args, env);
    lt_wait_loaded(&lt);
    expect_not_in_process(lt.t.pid, "cmdline");
    expect_not_in_process(lt.t.pid, "environ");
    sandbox_expire_tokens(&c->sb);
    lt_refresh(&lt, "R");
    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"403\"");
    lt_refresh(&lt, "R");
    term_keys(&lt.t, "1 2 3 4 5 6 7 8 9 :requests L ?");
    term_settle(&lt.t);
    term_keys(&lt.t, "q Q");
    lt_expect_exit(&lt, 0);
    expect_not_in(&lt.t.raw, "the terminal's stream");
    term_stop(&lt.t);
    read_file(log, &c->b);
    assert_true(count_lines(c->b.data) > 10);
    expect_part(c->b.data, "/licenseservers");
    expect_not_in(&c->b, "the debug log");
    read_file(seen, &c->b);
    expect_part(c->b.data, "HOME=");
    expect_not_in(&c->b, "what a child sees");
    assert_int_equal(sandbox_get(&c->sb, "/sandbox/log", &c->b), 200);
    expect_not_in(&c->b, "the paths of requests");
    assert_int_equal(access(cmd_path(c, "home/.local/state/luitop/luitop.db"), F_OK), 0);
    expect_in_no_file(cmd_path(c, "home"), "hush");
    expect_in_no_file(cmd_path(c, "home"), TOKEN);
}

/* A rejected secret is not quoted, in whatever way it is said. */
static void test_rejected_secret(void **state)
{
    struct cmd *c = *state;
    char log[TEMP_PATH * 2];

    temp_write(c->sb.secret, 0600, SECRET "\n");
    snprintf(log, sizeof(log), "%s", cmd_path(c, "debug.log"));
    cmd_run(c, "--log", log, "status", NULL);
    cmd_expect(c, 77);
    expect_not_in(&c->r.err, "stderr");
    expect_not_in(&c->r.out, "stdout");
    read_file(log, &c->b);
    assert_true(c->b.len > 0);
    expect_not_in(&c->b, "the log");
    cmd_run(c, "config", "show", "--origin", NULL);
    cmd_expect(c, 0);
    expect_not_in(&c->r.out, "stdout");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_file_modes),       CMD_TEST(test_command),
        CMD_TEST(test_failing_commands), CMD_TEST(test_it_shows_nowhere),
        CMD_TEST(test_rejected_secret),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
