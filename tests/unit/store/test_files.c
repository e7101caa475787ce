/* The file itself: private, not somebody else's, damaged, newer, read-only. */
#include "tests/unit/store/fixture.h"

#include <errno.h>
#include <sqlite3.h>

/* Writes SQL into the file behind luitop's back. */
static void raw_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void write_file(const char *path, const char *text, size_t len, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, len), (ssize_t)len);
    close(fd);
}

static void test_new_file_is_private(void **state)
{
    struct fixture *f = *state;
    char folder[PATH_MAX];
    struct stat st;

    store_close(open_ok(f->path));
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    snprintf(folder, sizeof(folder), "%s/state/luitop", f->dir);
    assert_int_equal(stat(folder, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
}

static void test_wide_mode_is_narrowed(void **state)
{
    struct fixture *f = *state;
    struct stat st;

    store_close(open_ok(f->path));
    assert_int_equal(chmod(f->path, 0644), 0);
    store_close(open_ok(f->path));
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
}

static void test_newer_schema_is_left_alone(void **state)
{
    struct fixture *f = *state;
    struct store *s = NULL;
    struct err err = {0};

    store_close(open_ok(f->path));
    raw_sql(f->path, "PRAGMA user_version = 99; CREATE TABLE later (x)");
    assert_int_equal(store_open(&s, f->path, &err), ERR_DATA);
    assert_null(s);
    assert_non_null(strstr(err.what, "newer"));
    assert_true(err.next[0] != '\0');
    /* Its own table is still there. */
    raw_sql(f->path, "INSERT INTO later VALUES (1)");
}

static void test_foreign_database_is_left_alone(void **state)
{
    struct fixture *f = *state;
    struct store *s = NULL;
    struct err err = {0};
    char path[PATH_MAX], version = 0;
    int fd;

    snprintf(path, sizeof(path), "%s/other.db", f->dir);
    raw_sql(path, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    assert_int_equal(store_open(&s, path, &err), ERR_DATA);
    assert_non_null(strstr(err.what, "another program"));
    /* Byte 18 of the header is 2 once there is a write-ahead log: not even that was changed. */
    fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(pread(fd, &version, 1, 18), 1);
    assert_int_equal(version, 1);
    close(fd);
    raw_sql(path, "INSERT INTO theirs VALUES (2)");
}

static void test_damaged_file(void **state)
{
    struct fixture *f = *state;
    char path[PATH_MAX], noise[8192];
    struct store *s = NULL;
    struct err err = {0};

    memset(noise, '~', sizeof(noise));
    snprintf(path, sizeof(path), "%s/noise.db", f->dir);
    write_file(path, noise, sizeof(noise), 0600);
    assert_int_equal(store_open(&s, path, &err), ERR_IO);
    assert_null(s);
    assert_non_null(strstr(err.why, "damaged"));
    assert_non_null(strstr(err.next, "Move the file away"));
}

/* The header is whole and the pages are not: found on reading, reported, not fatal. */
static void test_damaged_pages(void **state)
{
    struct fixture *f = *state;
    struct store *s = open_ok(f->path);
    struct snapshot got;
    struct err err = {0};
    struct stat st;
    char noise[4096];
    int fd;

    put(s, "a", "servers", 1, "body", 4);
    store_close(s);
    assert_int_equal(stat(f->path, &st), 0);
    fd = open(f->path, O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    memset(noise, 0xa5, sizeof(noise));
    for (off_t at = 4096; at + 4096 <= st.st_size; at += 4096)
        assert_int_equal(pwrite(fd, noise, sizeof(noise), at), (ssize_t)sizeof(noise));
    close(fd);
    s = open_ok(f->path);
    snapshot_init(&got);
    assert_int_equal(store_get_snapshot(s, "a", "servers", &got, &err), ERR_IO);
    assert_non_null(strstr(err.why, "damaged"));
    snapshot_release(&got);
    store_close(s);
}

static void test_symbolic_link_is_refused(void **state)
{
    struct fixture *f = *state;
    char path[PATH_MAX], target[PATH_MAX];
    struct store *s = NULL;
    struct err err = {0};
    struct stat st;

    snprintf(path, sizeof(path), "%s/link.db", f->dir);
    snprintf(target, sizeof(target), "%s/target.db", f->dir);
    assert_int_equal(symlink(target, path), 0);
    assert_int_equal(store_open(&s, path, &err), ERR_IO);
    assert_non_null(strstr(err.why, "symbolic link"));
    assert_true(stat(target, &st) < 0);
}

/* A linked folder on the way is the user's own affair. */
static void test_linked_folder_is_followed(void **state)
{
    struct fixture *f = *state;
    char path[PATH_MAX], target[PATH_MAX];

    snprintf(target, sizeof(target), "%s/real", f->dir);
    assert_int_equal(mkdir(target, 0700), 0);
    snprintf(path, sizeof(path), "%s/alias", f->dir);
    assert_int_equal(symlink(target, path), 0);
    snprintf(path, sizeof(path), "%s/alias/luitop.db", f->dir);
    store_close(open_ok(path));
    snprintf(path, sizeof(path), "%s/real/luitop.db", f->dir);
    assert_int_equal(access(path, F_OK), 0);
}

static void test_folder_that_others_may_write(void **state)
{
    struct fixture *f = *state;
    struct store *s = NULL;
    struct err err = {0};

    assert_int_equal(chmod(f->dir, 0777), 0);
    snprintf(f->path, sizeof(f->path), "%s/luitop.db", f->dir);
    assert_int_equal(store_open(&s, f->path, &err), ERR_IO);
    assert_non_null(strstr(err.why, "others may write"));
}

/* Runs FN as a user for whom permissions count; the result is its exit status. */
static int as_nobody(int (*fn)(const char *path), const char *path)
{
    int status = 0;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
            _exit(99);
        _exit(fn(path));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int open_in_closed_folder(const char *path)
{
    struct store *s = NULL;
    struct err err = {0};

    if (store_open(&s, path, &err) != ERR_IO)
        return 1;
    return strstr(err.why, strerror(EACCES)) != NULL ? 0 : 2;
}

static int read_but_not_write(const char *path)
{
    struct snapshot_facts facts = facts_of(5, "");
    struct store *s = NULL;
    struct snapshot got;
    struct err err = {0};
    int rc = 0;

    if (store_open(&s, path, &err) < 0)
        return 1;
    snapshot_init(&got);
    if (store_get_snapshot(s, "a", "servers", &got, &err) != 1 || strcmp(got.body.data, "old") != 0)
        rc = 2;
    else if (store_put_snapshot(s, "a", "servers", &facts, "new", 3, &err) != ERR_IO)
        rc = 3;
    else if (strstr(err.why, "may only be read") == NULL)
        rc = 4;
    snapshot_release(&got);
    store_close(s);
    return rc;
}

static void test_read_only_folder(void **state)
{
    struct fixture *f = *state;
    struct store *s;
    uid_t nobody = geteuid() == 0 ? 65534 : geteuid();

    snprintf(f->path, sizeof(f->path), "%s/luitop.db", f->dir);
    assert_int_equal(chmod(f->dir, 0555), 0);
    assert_int_equal(as_nobody(open_in_closed_folder, f->path), 0);
    assert_int_equal(chmod(f->dir, 0755), 0);
    s = open_ok(f->path);
    put(s, "a", "servers", 1, "old", 3);
    store_close(s);
    assert_int_equal(chown(f->path, nobody, (gid_t)-1), 0);
    assert_int_equal(chmod(f->path, 0400), 0);
    assert_int_equal(chmod(f->dir, 0555), 0);
    assert_int_equal(as_nobody(read_but_not_write, f->path), 0);
    /* A file that could be written is of no use when its folder cannot take the journal. */
    assert_int_equal(chmod(f->path, 0600), 0);
    assert_int_equal(as_nobody(read_but_not_write, f->path), 0);
    assert_int_equal(chmod(f->dir, 0700), 0);
}

static void test_default_path(void **state)
{
    struct buf out;
    struct err err = {0};

    (void)state;
    buf_init(&out, PATH_MAX);
    setenv("XDG_STATE_HOME", "/srv/state", 1);
    setenv("HOME", "/home/kim", 1);
    assert_int_equal(store_default_path(&out, &err), 0);
    assert_string_equal(out.data, "/srv/state/luitop/luitop.db");
    buf_reset(&out);
    setenv("XDG_STATE_HOME", "relative", 1);
    assert_int_equal(store_default_path(&out, &err), 0);
    assert_string_equal(out.data, "/home/kim/.local/state/luitop/luitop.db");
    buf_reset(&out);
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_int_equal(store_default_path(&out, &err), ERR_IO);
    assert_string_equal(out.data, "");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_new_file_is_private, setup, teardown),
        cmocka_unit_test_setup_teardown(test_wide_mode_is_narrowed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_newer_schema_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign_database_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damaged_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damaged_pages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_symbolic_link_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_linked_folder_is_followed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folder_that_others_may_write, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read_only_folder, setup, teardown),
        cmocka_unit_test(test_default_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
