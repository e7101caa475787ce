/* Starting where there is no terminal, or none that can be used. */
#include <sys/stat.h>

#include "tests/e2e/luitop.h"
#include "tests/e2e/term.h"

static int count(const char *text, char c)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += *text == c;
    return n;
}

/* T12: no escape codes into a pipe or a file; the demo prints the status instead, and ends. */
static void test_output_is_no_terminal(void **state)
{
    const char *argv[] = {env_path("LUITOP_BIN", "build/luitop"), "--demo=200", "--now",
                          SANDBOX_NOW, NULL};
    struct run r;

    (void)state;
    run(&r, argv, NULL, NULL);
    assert_int_equal(r.status, 0);
    assert_null(memchr(r.out.data, '\033', r.out.len));
    assert_null(memchr(r.err.data, '\033', r.err.len));
    assert_non_null(strstr(r.out.data, "servers"));
    run_release(&r);
}

/* The same from a shell on a terminal, as `luitop --demo | cat`. */
static void test_piped_on_a_terminal(void **state)
{
    const char *argv[] = {"sh",
                          "-c",
                          "\"$@\" | cat; echo \"end of it\"",
                          "sh",
                          env_path("LUITOP_BIN", "build/luitop"),
                          "--demo=200",
                          "--now",
                          SANDBOX_NOW,
                          NULL};
    struct lt *lt = *state;

    term_start(&lt->t, 50, 120, argv, NULL);
    term_wait_text(&lt->t, "end of it", 0);
    assert_null(memchr(lt->t.raw.data, '\033', lt->t.raw.len));
    lt_expect(lt, "servers");
}

static void test_unusable_terminals(void **state)
{
    static const struct {
        const char *assignment, *said;
    } cases[] = {
        {"-u TERM", "TERM is not set"},
        {"TERM=", "TERM is not set"},
        {"TERM=no-such-terminal", "no-such-terminal"},
        {"TERM=dumb", "dumb"},
        {"TERM=../../etc/passwd", "passwd"},
        {"TERM=%n%n%n%s", "%n%n%n%s"},
    };
    struct lt *lt = *state;
    int status;

    lt_sandbox(lt, NULL);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char script[128];
        const char *argv[] = {"sh",
                              "-c",
                              script,
                              "sh",
                              env_path("LUITOP_BIN", "build/luitop"),
                              "--config",
                              lt->sb.settings,
                              "--now",
                              SANDBOX_NOW,
                              NULL};

        snprintf(script, sizeof(script), "exec env %s \"$@\"", cases[i].assignment);
        term_start(&lt->t, 24, 80, argv, NULL);
        term_wait_exit(&lt->t, &status, 0);
        assert_int_equal(status, 69);
        /* One sentence on what is wrong and one on what to do, in one paragraph. */
        lt_expect(lt, "luitop: ");
        lt_expect(lt, cases[i].said);
        assert_int_equal(count(lt->t.raw.data, '\n'), 1);
        assert_null(memchr(lt->t.raw.data, '\033', lt->t.raw.len));
        term_stop(&lt->t);
    }
    assert_int_equal(sandbox_count(&lt->sb, NULL, NULL), 0);
}

/* A terminal on stdout but not on stdin has nobody who presses keys. */
static void test_input_is_no_terminal(void **state)
{
    struct lt *lt = *state;
    const char *argv[16] = {"sh",
                            "-c",
                            "exec \"$@\" < /dev/null",
                            "sh",
                            env_path("LUITOP_BIN", "build/luitop"),
                            "--config",
                            NULL,
                            "--now",
                            SANDBOX_NOW,
                            NULL};
    int status;

    lt_sandbox(lt, NULL);
    argv[6] = lt->sb.settings;
    term_start(&lt->t, 24, 80, argv, NULL);
    term_wait_exit(&lt->t, &status, 0);
    assert_null(memchr(lt->t.raw.data, '\033', lt->t.raw.len));
    assert_int_equal(status, 64);
    lt_expect(lt, "luitop needs a terminal");
}

/* One start: each resource once, one token, nothing that writes. */
static void test_requests_of_a_start(void **state)
{
    struct lt *lt = *state;

    lt_start(lt, 24, 80, NULL, NULL, NULL);
    assert_int_equal(sandbox_count(&lt->sb, "POST", "/tokens/clients"), 1);
    assert_int_equal(sandbox_count(&lt->sb, "POST", NULL), 1);
    assert_int_equal(sandbox_count(&lt->sb, "GET", "/licenseservers"), 1);
    assert_int_equal(sandbox_count(&lt->sb, NULL, NULL), lt_requests(lt));
}

/* T7: without colours the words and marks are still there. */
static void test_no_color(void **state)
{
    static const char *const env[] = {"NO_COLOR=1", NULL};
    struct lt *lt = *state;
    struct term_look look;

    lt_start(lt, 24, 80, NULL, NULL, env);
    lt_keys(lt, "2");
    lt_expect(lt, "✗ not reporting");
    lt_expect(lt, "✓ reporting");
    for (int r = 0; r < 24; r++) {
        for (int c = 0; c < 80; c++) {
            term_cell(&lt->t, r, c, &look);
            assert_int_equal(look.fg, -1);
            assert_int_equal(look.bg, -1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_output_is_no_terminal), LT_TEST(test_piped_on_a_terminal),
        LT_TEST(test_unusable_terminals),    LT_TEST(test_input_is_no_terminal),
        LT_TEST(test_requests_of_a_start),   LT_TEST(test_no_color),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
