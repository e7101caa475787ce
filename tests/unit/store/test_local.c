/* What luitop adds by itself: notifications read, and when servers reported. */
#include "tests/unit/store/fixture.h"

#include <sqlite3.h>

#include "model/timeline.h"

enum { DAY = 86400, NOW = 1795348800 };

static struct store *open_store(const struct fixture *f)
{
    struct err err = {0};
    struct store *s = NULL;

    if (store_open(&s, f->path, &err) < 0)
        fail_msg("%s: %s", err.what, err.why);
    return s;
}

static void reads_are(struct store *s, const char *account, const uint64_t *want, size_t n)
{
    uint64_t *ids = NULL;
    size_t count = 99;

    assert_int_equal(store_get_read(s, account, &ids, &count, NULL), 0);
    assert_int_equal(count, n);
    for (size_t i = 0; i < n; i++) {
        bool found = false;

        for (size_t j = 0; j < count; j++)
            found = found || ids[j] == want[i];
        assert_true(found);
    }
    free(ids);
}

static void test_read_by_account(void **state)
{
    struct fixture *f = *state;
    const uint64_t ids[] = {1, UINT64_MAX, UINT64_C(1) << 63};
    struct store *s = open_store(f);

    reads_are(s, "a", NULL, 0);
    assert_int_equal(store_put_read(s, "a", ids, 3, true, NOW, NULL), 0);
    assert_int_equal(store_put_read(s, "a", ids, 1, true, NOW, NULL), 0);
    assert_int_equal(store_put_read(s, "b", ids, 1, true, NOW, NULL), 0);
    assert_int_equal(store_put_read(s, "b", ids, 0, true, NOW, NULL), 0);
    store_close(s);
    s = open_store(f);
    reads_are(s, "a", ids, 3);
    reads_are(s, "b", ids, 1);
    assert_int_equal(store_put_read(s, "a", ids, 2, false, NOW, NULL), 0);
    reads_are(s, "a", ids + 2, 1);
    reads_are(s, "b", ids, 1);
    store_close(s);
}

static void test_two_programs_keep_each_others_marks(void **state)
{
    struct fixture *f = *state;
    const uint64_t one = 1, two = 2, both[] = {1, 2};
    struct store *a = open_store(f), *b = open_store(f);

    reads_are(b, "c", NULL, 0);
    assert_int_equal(store_put_read(a, "c", &one, 1, true, NOW, NULL), 0);
    assert_int_equal(store_put_read(b, "c", &two, 1, true, NOW, NULL), 0);
    reads_are(a, "c", both, 2);
    reads_are(b, "c", both, 2);
    store_close(a);
    store_close(b);
}

static void test_marks_are_bounded(void **state)
{
    struct fixture *f = *state;
    uint64_t *ids = calloc(STORE_READ_MAX + 1, sizeof(*ids));
    const uint64_t newest = 7;
    size_t count = 0, later = 0;
    struct store *s = open_store(f);

    for (size_t i = 0; i <= STORE_READ_MAX; i++)
        ids[i] = 1000 + i;
    assert_int_equal(store_put_read(s, "c", ids, STORE_READ_MAX + 1, true, NOW, NULL), ERR_TOOBIG);
    reads_are(s, "c", NULL, 0);
    assert_int_equal(store_put_read(s, "c", ids, STORE_READ_MAX - 1, true, NOW - 5, NULL), 0);
    assert_int_equal(store_put_read(s, "c", ids + STORE_READ_MAX, 1, true, NOW, NULL), 0);
    assert_int_equal(store_put_read(s, "c", &newest, 1, true, NOW, NULL), 0);
    /* One of the first has gone for it. */
    free(ids);
    assert_int_equal(store_get_read(s, "c", &ids, &count, NULL), 0);
    assert_int_equal(count, STORE_READ_MAX);
    for (size_t i = 0; i < count; i++)
        later += ids[i] == newest || ids[i] == 1000 + STORE_READ_MAX;
    assert_int_equal(later, 2);
    free(ids);
    store_close(s);
}

struct seen_of {
    struct report_seen rows[STORE_REPORTS_MAX];
    size_t count;
};

static void reports(struct store *s, uint64_t server, struct seen_of *out)
{
    assert_int_equal(store_get_reports(s, "c", server, out->rows, &out->count, NULL), 0);
}

static void look(struct store *s, int64_t seen, int64_t one, int64_t two)
{
    const struct store_report both[] = {{1, one}, {2, two}};

    assert_int_equal(store_put_reports(s, "c", both, two != 0 ? 2 : 1, seen, NULL), 0);
}

static void test_reports(void **state)
{
    struct fixture *f = *state;
    struct seen_of *o = calloc(1, sizeof(*o));
    struct store *s = open_store(f);

    reports(s, 1, o);
    assert_int_equal(o->count, 0);
    look(s, NOW, NOW - 100, TIME_NONE);
    /* Nothing new: both are so until now. */
    look(s, NOW + 60, NOW - 100, TIME_NONE);
    reports(s, 1, o);
    assert_int_equal(o->count, 1);
    assert_true(o->rows[0].reported == NOW - 100 && o->rows[0].seen == NOW + 60);
    reports(s, 2, o);
    assert_true(o->count == 1 && o->rows[0].reported == TIME_NONE && o->rows[0].seen == NOW + 60);
    /* A new report of the first: its old one was so until the look before. */
    look(s, NOW + DAY, NOW + DAY - 5, TIME_NONE);
    store_close(s);
    s = open_store(f);
    reports(s, 1, o);
    assert_int_equal(o->count, 2);
    assert_true(o->rows[0].reported == NOW + DAY - 5 && o->rows[0].seen == NOW + DAY);
    assert_true(o->rows[1].reported == NOW - 100 && o->rows[1].seen == NOW + 60);
    /* The second is not on the list any more: nothing is known of it after the look before. */
    look(s, NOW + 2 * DAY, NOW + DAY - 5, 0);
    reports(s, 2, o);
    assert_true(o->count == 1 && o->rows[0].seen == NOW + DAY);
    look(s, NOW + 3 * DAY, NOW + DAY - 5, TIME_NONE);
    reports(s, 2, o);
    assert_true(o->count == 1 && o->rows[0].seen == NOW + 3 * DAY);
    /* Another account knows nothing of it. */
    assert_int_equal(store_get_reports(s, "d", 1, o->rows, &o->count, NULL), 0);
    assert_int_equal(o->count, 0);
    store_close(s);
    free(o);
}

static void test_old_reports_go(void **state)
{
    struct fixture *f = *state;
    struct seen_of *o = calloc(1, sizeof(*o));
    struct store *s = open_store(f);

    for (int day = 0; day < 200; day++)
        look(s, NOW + (int64_t)day * DAY, NOW + (int64_t)day * DAY - 10, TIME_NONE);
    reports(s, 1, o);
    /* Each but the last was seen last on the day after which another came. */
    assert_int_equal(o->count, STORE_REPORTS_DAYS + 1);
    assert_true(o->rows[0].reported == NOW + 199 * (int64_t)DAY - 10);
    /* What is still so stays, however old. */
    reports(s, 2, o);
    assert_int_equal(o->count, 1);
    store_close(s);
    free(o);
}

static int64_t pages_written(struct store *s, const struct store_report *rows, size_t n,
                             int64_t seen, const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    int64_t pages;
    char wal[PATH_MAX + 8];
    struct stat before, after;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &stmt, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    sqlite3_finalize(stmt);
    snprintf(wal, sizeof(wal), "%s-wal", path);
    assert_int_equal(stat(wal, &before), 0);
    assert_int_equal(store_put_reports(s, "c", rows, n, seen, NULL), 0);
    assert_int_equal(stat(wal, &after), 0);
    pages = (after.st_size - before.st_size) / 4096;
    sqlite3_close(db);
    return pages;
}

/* Two thousand servers that say what they said before cost no more than one page of the log. */
static void test_nothing_new_is_one_small_write(void **state)
{
    struct fixture *f = *state;
    struct store_report rows[2000];
    struct store *s = open_store(f);

    for (size_t i = 0; i < 2000; i++)
        rows[i] = (struct store_report){i * 7919, NOW - (int64_t)i};
    assert_int_equal(store_put_reports(s, "c", rows, 2000, NOW, NULL), 0);
    assert_true(pages_written(s, rows, 2000, NOW + 900, f->path) <= 1);
    rows[5].reported = NOW + 800;
    assert_true(pages_written(s, rows, 2000, NOW + 1800, f->path) > 1);
    store_close(s);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_read_by_account),   TEST(test_two_programs_keep_each_others_marks),
        TEST(test_marks_are_bounded), TEST(test_reports),
        TEST(test_old_reports_go),    TEST(test_nothing_new_is_one_small_write),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
