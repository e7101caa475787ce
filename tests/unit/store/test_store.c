/* What is put is what is got: after reopening, beside another program, up to the limits. */
#include "tests/unit/store/fixture.h"

#include <signal.h>
#include <sqlite3.h>

static void test_reopen_gives_everything_back(void **state)
{
    static const char body[] = "{\"a\":\"\0\xff\x80 \xe2\x82\xac\"}";
    struct fixture *f = *state;
    struct store *s = open_ok(f->path);
    struct snapshot_facts facts = facts_of(1793577600, "W/\"abc\"");
    struct snapshot got;

    facts.unreadable = 3;
    facts.first_unreadable = 17;
    assert_int_equal(
        store_put_snapshot(s, "nimbus7q2x", "usage/2026-11", &facts, body, sizeof(body), NULL), 0);
    store_close(s);
    s = open_ok(f->path);
    snapshot_init(&got);
    assert_int_equal(store_get_snapshot(s, "nimbus7q2x", "usage/2026-11", &got, NULL), 1);
    assert_int_equal(got.facts.as_of, 1793577600);
    assert_string_equal(got.facts.etag, "W/\"abc\"");
    assert_int_equal(got.facts.unreadable, 3);
    assert_int_equal(got.facts.first_unreadable, 17);
    assert_int_equal(got.body.len, sizeof(body));
    assert_memory_equal(got.body.data, body, sizeof(body));
    snapshot_release(&got);
    store_close(s);
}

static void test_accounts_and_names_are_apart(void **state)
{
    struct store *s = open_ok(":memory:");
    struct snapshot got;

    (void)state;
    put(s, "a", "servers", 1, "one", 3);
    put(s, "b", "servers", 2, "two", 3);
    put(s, "a", "usage", 3, "three", 5);
    put(s, "a", "servers", 4, "four", 4);
    snapshot_init(&got);
    assert_int_equal(store_get_snapshot(s, "a", "servers", &got, NULL), 1);
    assert_string_equal(got.body.data, "four");
    assert_int_equal(got.facts.as_of, 4);
    assert_int_equal(store_get_snapshot(s, "b", "servers", &got, NULL), 1);
    assert_string_equal(got.body.data, "two");
    assert_int_equal(store_get_snapshot(s, "b", "usage", &got, NULL), 0);
    /* Nothing found leaves what was there. */
    assert_string_equal(got.body.data, "two");
    snapshot_release(&got);
    store_close(s);
}

static void test_touch(void **state)
{
    struct store *s = open_ok(":memory:");
    struct snapshot got;

    (void)state;
    put(s, "a", "servers", 100, "body", 4);
    assert_int_equal(store_touch_snapshot(s, "a", "servers", 200, NULL), 0);
    assert_int_equal(store_touch_snapshot(s, "a", "nothing", 200, NULL), 0);
    snapshot_init(&got);
    assert_int_equal(store_get_snapshot(s, "a", "servers", &got, NULL), 1);
    assert_int_equal(got.facts.as_of, 200);
    assert_string_equal(got.body.data, "body");
    assert_string_equal(got.facts.etag, "\"v1\"");
    assert_int_equal(store_get_snapshot(s, "a", "nothing", &got, NULL), 0);
    snapshot_release(&got);
    store_close(s);
}

static void test_empty_body(void **state)
{
    struct store *s = open_ok(":memory:");
    struct snapshot got;

    (void)state;
    put(s, "a", "servers", 1, NULL, 0);
    snapshot_init(&got);
    assert_int_equal(store_get_snapshot(s, "a", "servers", &got, NULL), 1);
    assert_int_equal(got.body.len, 0);
    snapshot_release(&got);
    store_close(s);
}

static void test_size_limits(void **state)
{
    struct store *s = open_ok(":memory:");
    char *big = malloc(STORE_BODY_MAX + 1), name[STORE_NAME_MAX + 2];
    struct snapshot_facts facts = facts_of(1, "");
    struct snapshot got;
    struct err err = {0};

    (void)state;
    assert_non_null(big);
    memset(big, 'x', STORE_BODY_MAX + 1);
    put(s, "a", "servers", 1, big, STORE_BODY_MAX);
    snapshot_init(&got);
    assert_int_equal(store_get_snapshot(s, "a", "servers", &got, NULL), 1);
    assert_int_equal(got.body.len, STORE_BODY_MAX);
    assert_memory_equal(got.body.data, big, STORE_BODY_MAX);
    snapshot_release(&got);
    assert_int_equal(store_put_snapshot(s, "a", "usage", &facts, big, STORE_BODY_MAX + 1, &err),
                     ERR_TOOBIG);
    assert_int_equal(err.code, ERR_TOOBIG);
    assert_true(err.what[0] != '\0');
    big[STORE_VALUE_MAX + 1] = '\0';
    assert_int_equal(store_put_value(s, "a", "k", big, NULL), ERR_TOOBIG);
    big[STORE_VALUE_MAX] = '\0';
    assert_int_equal(store_put_value(s, "a", "k", big, NULL), 0);
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_int_equal(store_put_value(s, "a", name, "v", NULL), ERR_TOOBIG);
    free(big);
    store_close(s);
}

static void test_values(void **state)
{
    struct fixture *f = *state;
    struct store *s = open_ok(f->path);
    struct buf out;

    buf_init(&out, STORE_VALUE_MAX);
    assert_int_equal(store_get_value(s, "a", "pane", &out, NULL), 0);
    assert_int_equal(store_put_value(s, "a", "pane", "servers", NULL), 0);
    assert_int_equal(store_put_value(s, "a", "pane", "usage", NULL), 0);
    assert_int_equal(store_put_value(s, "b", "pane", "", NULL), 0);
    store_close(s);
    s = open_ok(f->path);
    assert_int_equal(store_get_value(s, "a", "pane", &out, NULL), 1);
    assert_string_equal(out.data, "usage");
    assert_int_equal(store_get_value(s, "b", "pane", &out, NULL), 1);
    assert_string_equal(out.data, "");
    assert_int_equal(store_put_value(s, "a", "pane", NULL, NULL), 0);
    assert_int_equal(store_put_value(s, "a", "pane", NULL, NULL), 0);
    assert_int_equal(store_get_value(s, "a", "pane", &out, NULL), 0);
    buf_release(&out);
    store_close(s);
}

/* A second program holds the write lock: the write is refused soon, reading goes on, and after it
 * is over the write succeeds. */
static void test_second_program(void **state)
{
    struct fixture *f = *state;
    struct store *s = open_ok(f->path);
    struct snapshot_facts facts = facts_of(2, "");
    struct snapshot got;
    struct err err = {0};
    int ready[2], go[2], status = 0;
    int64_t began;
    char c = 0;
    pid_t pid;

    put(s, "a", "servers", 1, "first", 5);
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(go), 0);
    pid = fork();
    if (pid == 0) {
        sqlite3 *db = NULL;
        int rc;

        close(go[1]);
        rc = sqlite3_open(f->path, &db);
        if (rc == SQLITE_OK)
            rc = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
        if (rc == SQLITE_OK && write(ready[1], "r", 1) == 1 && read(go[0], &c, 1) >= 0)
            rc = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
        _exit(rc == SQLITE_OK ? 0 : 1);
    }
    close(ready[1]);
    close(go[0]);
    assert_int_equal(read(ready[0], &c, 1), 1);
    began = clock_mono_ms();
    assert_int_equal(store_put_snapshot(s, "a", "servers", &facts, "second", 6, &err), ERR_BUSY);
    assert_true(clock_mono_ms() - began < 20 * STORE_WAIT_MS);
    assert_non_null(strstr(err.why, "another luitop"));
    snapshot_init(&got);
    assert_int_equal(store_get_snapshot(s, "a", "servers", &got, NULL), 1);
    assert_string_equal(got.body.data, "first");
    close(go[1]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(store_put_snapshot(s, "a", "servers", &facts, "second", 6, &err), 0);
    assert_int_equal(store_get_snapshot(s, "a", "servers", &got, NULL), 1);
    assert_string_equal(got.body.data, "second");
    snapshot_release(&got);
    store_close(s);
    close(ready[0]);
}

/* Killed in the middle of a transaction, the one before is what is found. */
static void test_killed_while_writing(void **state)
{
    struct fixture *f = *state;
    struct store *s = open_ok(f->path);
    struct snapshot got;
    int ready[2], status = 0;
    char c;
    pid_t pid;

    put(s, "a", "servers", 1, "first", 5);
    store_close(s);
    assert_int_equal(pipe(ready), 0);
    pid = fork();
    if (pid == 0) {
        sqlite3 *db = NULL;

        sqlite3_open(f->path, &db);
        sqlite3_exec(db, "BEGIN; UPDATE snapshot SET body = 'half'", NULL, NULL, NULL);
        sqlite3_db_cacheflush(db);
        if (write(ready[1], "r", 1) == 1)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &c, 1), 1);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    close(ready[0]);
    close(ready[1]);
    s = open_ok(f->path);
    snapshot_init(&got);
    assert_int_equal(store_get_snapshot(s, "a", "servers", &got, NULL), 1);
    assert_string_equal(got.body.data, "first");
    snapshot_release(&got);
    store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reopen_gives_everything_back, setup, teardown),
        cmocka_unit_test(test_accounts_and_names_are_apart),
        cmocka_unit_test(test_touch),
        cmocka_unit_test(test_empty_body),
        cmocka_unit_test(test_size_limits),
        cmocka_unit_test_setup_teardown(test_values, setup, teardown),
        cmocka_unit_test_setup_teardown(test_second_program, setup, teardown),
        cmocka_unit_test_setup_teardown(test_killed_while_writing, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
