#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "session/file.h"

static char folder[64], path[200];
static struct err err;

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/luitop-file-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof(path), "%s/a", folder);
    return 0;
}

/* Counts what is in the folder, and removes it. */
static int entries(bool removed)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    int n = 0;

    assert_non_null(d);
    while ((e = readdir(d)) != NULL) {
        char name[400];

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        n++;
        snprintf(name, sizeof(name), "%s/%s", folder, e->d_name);
        if (removed)
            unlink(name);
    }
    closedir(d);
    return n;
}

static int tear_down(void **state)
{
    (void)state;
    entries(true);
    return rmdir(folder);
}

static void expect_content(const char *want)
{
    char got[100] = "";
    FILE *f = fopen(path, "r");

    assert_non_null(f);
    got[fread(got, 1, sizeof(got) - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(got, want);
}

static void test_never_over_a_file_unasked(void **state)
{
    (void)state;
    assert_int_equal(file_check(path, false, &err), 0);
    assert_int_equal(file_write(path, false, "one", 3, &err), 0);
    assert_int_equal(file_check(path, false, &err), ERR_USAGE);
    assert_int_equal(file_write(path, false, "two", 3, &err), ERR_USAGE);
    assert_non_null(strstr(err.what, "already there"));
    assert_string_equal(err.next, "");
    expect_content("one");
    assert_int_equal(file_check(path, true, &err), 0);
    assert_int_equal(file_write(path, true, "two", 3, &err), 0);
    expect_content("two");
    assert_int_equal(entries(false), 1);
}

/* A name that the check cannot see through is not replaced either: as if the file had appeared
 * between the check and the last step. */
static void test_a_file_that_appears_in_between(void **state)
{
    char target[32];
    ssize_t n;

    (void)state;
    assert_int_equal(symlink("nowhere", path), 0);
    assert_int_equal(file_check(path, false, &err), 0);
    assert_int_equal(file_write(path, false, "one", 3, &err), ERR_USAGE);
    n = readlink(path, target, sizeof(target));
    assert_int_equal(n, 7);
    assert_int_equal(entries(false), 1);
}

static void test_only_regular_files(void **state)
{
    struct stat st;

    (void)state;
    assert_int_equal(file_write(folder, true, "x", 1, &err), ERR_IO);
    assert_non_null(strstr(err.why, "directory"));
    /* Opening a pipe without a reader would wait for one. */
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(file_write(path, true, "x", 1, &err), ERR_IO);
    assert_int_equal(stat(path, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    assert_int_equal(file_write("/dev/null", true, "x", 1, &err), ERR_IO);
    assert_int_equal(file_write("", true, "x", 1, &err), ERR_IO);
    assert_int_equal(entries(false), 1);
}

/* The disk is full half-way: no file, and nothing half-written. */
static void test_nothing_half_written(void **state)
{
    static char data[1 << 16];
    struct rlimit before, small;

    (void)state;
    memset(data, 'x', sizeof(data));
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = sizeof(data) / 2;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(file_write(path, false, data, sizeof(data), &err), ERR_IO);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(entries(false), 0);
    assert_string_equal(err.why, strerror(EFBIG));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_never_over_a_file_unasked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_that_appears_in_between, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_regular_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_half_written, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
