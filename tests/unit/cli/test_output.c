#include <dirent.h>
#include <fcntl.h>
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

#include "base/err.h"
#include "cli/output.h"

static char folder[64];
static struct err err;

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/luitop-output-XXXXXX");
    umask(022);
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int entries(void)
{
    DIR *d = opendir(folder);
    int n = 0;

    assert_non_null(d);
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n - 2;
}

static int remove_folder(void **state)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    char path[400];

    (void)state;
    while (d != NULL && (e = readdir(d)) != NULL) {
        snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
        if (e->d_name[0] != '.')
            unlink(path);
    }
    if (d != NULL)
        closedir(d);
    return rmdir(folder);
}

static const char *in_folder(const char *name, char out[200])
{
    snprintf(out, 200, "%s/%s", folder, name);
    return out;
}

static void read_back(const char *path, const char *want)
{
    char got[100] = "";
    FILE *f = fopen(path, "r");

    assert_non_null(f);
    got[fread(got, 1, sizeof(got) - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(got, want);
}

static void test_new_file(void **state)
{
    char path[200];
    struct stat st;

    (void)state;
    in_folder("a", path);
    assert_int_equal(output_check(path, false, &err), 0);
    assert_int_equal(entries(), 0);
    assert_int_equal(output_write(path, false, "one\n", 4, &err), 0);
    read_back(path, "one\n");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0644);
    assert_int_equal(entries(), 1);
}

static void test_no_silent_overwrite(void **state)
{
    char path[200];

    (void)state;
    in_folder("a", path);
    assert_int_equal(output_write(path, false, "one", 3, &err), 0);
    assert_int_equal(output_check(path, false, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "--force"));
    assert_int_equal(output_write(path, false, "two", 3, &err), ERR_USAGE);
    read_back(path, "one");
    assert_int_equal(entries(), 1);
    assert_int_equal(output_check(path, true, &err), 0);
    assert_int_equal(output_write(path, true, "three", 5, &err), 0);
    read_back(path, "three");
    assert_int_equal(entries(), 1);
}

static void test_link_stays(void **state)
{
    char path[200], link[200];
    struct stat st;

    (void)state;
    in_folder("a", path);
    in_folder("link", link);
    assert_int_equal(output_write(path, false, "one", 3, &err), 0);
    assert_int_equal(symlink("a", link), 0);
    assert_int_equal(output_write(link, true, "two", 3, &err), 0);
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    read_back(path, "two");
}

static void test_places_that_cannot_be(void **state)
{
    char path[200];

    (void)state;
    assert_int_equal(output_check(folder, true, &err), ERR_IO);
    assert_int_equal(output_write(in_folder("none/a", path), false, "x", 1, &err), ERR_IO);
    assert_non_null(strstr(err.why, "No such file"));
    assert_int_equal(output_check("", false, &err), ERR_IO);
    assert_int_equal(entries(), 0);
}

static void test_devices_are_written_to(void **state)
{
    struct stat st;

    (void)state;
    assert_int_equal(output_write("/dev/null", true, "x", 1, &err), 0);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    assert_int_equal(output_write("/dev/full", false, "x", 1, &err), ERR_IO);
}

/* Runs output_write() with stdout on FD. */
static int to_stdout(int fd)
{
    int saved = dup(STDOUT_FILENO), rc;

    fflush(stdout);
    dup2(fd, STDOUT_FILENO);
    rc = output_write("-", false, "x", 1, &err);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    return rc;
}

static void test_stdout(void **state)
{
    int ends[2], full = open("/dev/full", O_WRONLY);
    char got[4] = "";

    (void)state;
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(to_stdout(ends[1]), 0);
    assert_int_equal(read(ends[0], got, sizeof(got)), 1);
    close(ends[0]);
    /* The reader has gone: nothing to complain of. */
    assert_int_equal(to_stdout(ends[1]), 0);
    close(ends[1]);
    assert_int_equal(to_stdout(full), ERR_IO);
    close(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_new_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_no_silent_overwrite, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_link_stays, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_places_that_cannot_be, make_folder, remove_folder),
        cmocka_unit_test(test_devices_are_written_to),
        cmocka_unit_test(test_stdout),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
