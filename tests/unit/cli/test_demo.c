#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/demo.h"

/* A stand-in for luitop-sandbox, beside this program; what it was called with goes to RECORD. */
static char sandbox[4096], record[4200];
static struct demo demo;
static struct clock pinned;
static struct err err;

static int setup(void **state)
{
    ssize_t n = readlink("/proc/self/exe", sandbox, sizeof(sandbox) - 32);

    (void)state;
    if (n <= 0)
        return -1;
    sandbox[n] = '\0';
    snprintf(strrchr(sandbox, '/'), 32, "/luitop-sandbox");
    snprintf(record, sizeof(record), "%s.record", sandbox);
    demo_init(&demo);
    clock_init(&pinned, INT64_C(1795442400));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    demo_stop(&demo);
    unlink(sandbox);
    unlink(record);
    return 0;
}

static void write_sandbox(const char *body)
{
    FILE *f = fopen(sandbox, "w");

    assert_non_null(f);
    fprintf(f, "#!/bin/sh\nprintf '%%s ' \"$@\" >'%s'\n%s\n", record, body);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(sandbox, 0755), 0);
}

static void test_not_installed(void **state)
{
    (void)state;
    assert_int_equal(demo_start(&demo, 10, &pinned, &err), ERR_NOTFOUND);
    assert_int_equal(err_exit_status(err.code), 69);
    assert_non_null(strstr(err.why, "luitop-sandbox"));
    assert_int_equal(demo.pid, 0);
}

static void test_profile_and_end(void **state)
{
    struct profile p;
    char words[200];
    FILE *f;
    pid_t pid;

    (void)state;
    write_sandbox("echo 'listening on http://127.0.0.1:4711'; exec cat >/dev/null");
    assert_int_equal(demo_start(&demo, 77, &pinned, &err), 0);
    demo_profile(&demo, &p);
    assert_string_equal(p.urls[URL_TOKEN],
                        "http://127.0.0.1:4711/cctrustoauth2/nimbus7q2x/tokens/clients");
    assert_string_equal(p.urls[URL_LUI], "http://127.0.0.1:4711/lui/nimbus7q2x");
    assert_string_equal(p.urls[URL_API], "http://127.0.0.1:4711/api");
    assert_string_equal(p.customer_id, "nimbus7q2x");
    for (size_t i = 0; i < URL_COUNT; i++)
        assert_null(url_fault(p.urls[i]));
    f = fopen(record, "r");
    assert_non_null(f);
    assert_non_null(fgets(words, sizeof(words), f));
    fclose(f);
    assert_non_null(strstr(words, "--port 0 "));
    assert_non_null(strstr(words, "--exit-with-stdin "));
    assert_non_null(strstr(words, "--users 77 "));
    assert_non_null(strstr(words, "--now 2026-11-23T14:00:0"));
    pid = demo.pid;
    assert_int_equal(kill(pid, 0), 0);
    demo_stop(&demo);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static void test_its_complaint_is_passed_on(void **state)
{
    (void)state;
    write_sandbox("echo 'no room for the port' >&2; exit 1");
    assert_int_equal(demo_start(&demo, 10, &pinned, &err), ERR_UNREACHABLE);
    assert_string_equal(err.why, "no room for the port");
    assert_int_equal(demo.pid, 0);
    write_sandbox("exit 0");
    assert_int_equal(demo_start(&demo, 10, &pinned, &err), ERR_UNREACHABLE);
    write_sandbox("echo 'listening on http://127.0.0.1:99999999'; exec cat");
    assert_int_equal(demo_start(&demo, 10, &pinned, &err), ERR_UNREACHABLE);
    assert_int_equal(demo.pid, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_not_installed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_profile_and_end, setup, teardown),
        cmocka_unit_test_setup_teardown(test_its_complaint_is_passed_on, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
