/* The client secret: where it may come from, and that it goes nowhere else. */
#include "tests/unit/session/scratch.h"

#include "base/buf.h"
#include "base/err.h"
#include "session/config.h"

static int read_secret(const char *file, const char *command, struct buf *out, struct err *err)
{
    struct profile p = {.name = "n", .secret_file = file, .secret_command = command};

    err_clear(err);
    buf_init(out, 8192);
    return profile_secret(&p, out, err);
}

static void assert_secret(const char *file, const char *command, const char *secret)
{
    struct buf out;
    struct err err;

    if (read_secret(file, command, &out, &err) < 0)
        fail_msg("%s: %s", err.what, err.why);
    assert_string_equal(out.data, secret);
    buf_wipe(&out);
}

static void assert_refused(const char *file, const char *command, const char *why)
{
    struct buf out;
    struct err err;

    assert_int_equal(read_secret(file, command, &out, &err), ERR_SETTINGS);
    if (strstr(err.why, why) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", why, err.why);
    assert_int_equal(out.len, 0);
    assert_null(strstr(err.what, "hunter2"));
    assert_null(strstr(err.why, "hunter2"));
    assert_null(strstr(err.next, "hunter2"));
    buf_wipe(&out);
}

static void test_file(void **state)
{
    char path[PATH_MAX];

    assert_secret(scratch_write(*state, "s", "hunter2\n", 0600, path), NULL, "hunter2");
    assert_secret(scratch_write(*state, "s", "hunter2\r\n", 0400, path), NULL, "hunter2");
    assert_secret(scratch_write(*state, "s", "hunter2 ", 0600, path), NULL, "hunter2 ");
}

static void test_file_modes(void **state)
{
    static const mode_t modes[] = {0644, 0640, 0604, 0660, 0700, 0500, 01600, 04400};
    char path[PATH_MAX];

    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        scratch_write(*state, "s", "hunter2\n", modes[i], path);
        assert_refused(path, NULL, "its mode is");
    }
}

static void test_file_that_is_none(void **state)
{
    struct scratch *s = *state;
    char path[PATH_MAX], link[PATH_MAX], fifo[PATH_MAX];

    scratch_write(s, "s", "hunter2\n", 0600, path);
    snprintf(link, sizeof(link), "%s/link", s->dir);
    assert_int_equal(symlink(path, link), 0);
    assert_refused(link, NULL, "symbolic link");
    snprintf(fifo, sizeof(fifo), "%s/fifo", s->dir);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_refused(fifo, NULL, "not a regular file");
    assert_refused(s->dir, NULL, "not a regular file");
    snprintf(link, sizeof(link), "%s/nothing", s->dir);
    assert_refused(link, NULL, "No such file");
}

static void test_file_of_somebody_else(void **state)
{
    char path[PATH_MAX];

    if (geteuid() != 0)
        skip();
    scratch_write(*state, "s", "hunter2\n", 0600, path);
    assert_int_equal(chown(path, 65534, 65534), 0);
    assert_refused(path, NULL, "somebody else");
}

static void test_file_contents(void **state)
{
    char path[PATH_MAX], big[5000];

    assert_refused(scratch_write(*state, "s", "", 0600, path), NULL, "empty");
    assert_refused(scratch_write(*state, "s", "\n", 0600, path), NULL, "empty");
    assert_refused(scratch_write(*state, "s", "hunter2\nmore\n", 0600, path), NULL, "one line");
    assert_refused(scratch_write(*state, "s", "hunter2\x1b[0m", 0600, path), NULL, "control");
    memset(big, 'x', sizeof(big) - 1);
    big[sizeof(big) - 1] = '\0';
    assert_refused(scratch_write(*state, "s", big, 0600, path), NULL, "4096");
    big[4096] = '\0';
    assert_secret(scratch_write(*state, "s", big, 0600, path), NULL, big);
}

static void test_command(void **state)
{
    (void)state;
    assert_secret(NULL, "printf 'hunter2\\n'", "hunter2");
    assert_secret(NULL, "printf hunter2", "hunter2");
    assert_secret(NULL, "x=hunt; echo \"${x}er2\"", "hunter2");
}

static void test_command_that_fails(void **state)
{
    (void)state;
    assert_refused(NULL, "echo hunter2; exit 3", "status 3");
    assert_refused(NULL, "kill -9 $$", "signal 9");
    assert_refused(NULL, "/nonexistent/pass show 2>/dev/null", "no such command");
    assert_refused(NULL, "true", "empty");
    assert_refused(NULL, "printf 'hunter2\\nmore\\n'", "one line");
    assert_refused(NULL, "printf 'hunter2\\n\\n'", "one line");
}

/* It would never end by itself: the limit must end it. */
static void test_command_that_writes_for_ever(void **state)
{
    (void)state;
    assert_refused(NULL, "yes hunter2", "4096");
}

/* A prompt talks over stdin and stderr, so the command has both of ours. */
static void test_command_has_the_terminal(void **state)
{
    int in[2], saved;

    (void)state;
    assert_int_equal(pipe(in), 0);
    assert_int_equal(write(in[1], "typed\n", 6), 6);
    close(in[1]);
    saved = dup(STDIN_FILENO);
    assert_true(dup2(in[0], STDIN_FILENO) >= 0);
    close(in[0]);
    assert_secret(NULL, "read -r x && echo \"$x\"", "typed");
    assert_true(dup2(saved, STDIN_FILENO) >= 0);
    close(saved);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, scratch_setup, scratch_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_file),
        TEST(test_file_modes),
        TEST(test_file_that_is_none),
        TEST(test_file_of_somebody_else),
        TEST(test_file_contents),
        TEST(test_command),
        TEST(test_command_that_fails),
        TEST(test_command_that_writes_for_ever),
        TEST(test_command_has_the_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
