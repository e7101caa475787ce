#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "demo_rows.h"
#include "model/query.h"
#include "model/view.h"

enum { MAX = 60 };

static struct buf scratch;
static const struct row_ctx ctx = {.now = 0, .scratch = &scratch};

static struct query *compile(const char *text)
{
    struct query *q = NULL;

    assert_int_equal(query_compile(text, &demo_type, &q, NULL, NULL), 0);
    return q;
}

/* COUNT random rows with distinct ids and many equal values. */
static size_t random_rows(uint64_t *seed, struct demo *rows, size_t count)
{
    static const char *const names[] = {"Ann", "ann",  "bo", "\xc3\x85sa", "asa",
                                        "",    "zoe1", NULL, "ZOE1",       "b"};

    for (size_t i = 0; i < count; i++) {
        rows[i] =
            (struct demo){.id = 1000 + i,
                          .name = names[demo_random(seed, 10)],
                          .n = demo_random(seed, 4) ? (int)demo_random(seed, 6) - 2 : DEMO_NONE,
                          .t = TIME_NONE,
                          .on = demo_random(seed, 2),
                          .level = (int)demo_random(seed, 4)};
    }
    return count;
}

/* Orders by n: the plain rule, nulls last whichever way, equal rows as they came. */
static bool n_before(const struct demo *a, const struct demo *b, bool desc)
{
    if (a->n == DEMO_NONE || b->n == DEMO_NONE)
        return a->n != DEMO_NONE && b->n == DEMO_NONE;
    return desc ? a->n > b->n : a->n < b->n;
}

/* What the view must show: the rows with `on`, stably sorted by insertion. */
static size_t naive(const struct demo *rows, size_t count, bool filter, int column, bool desc,
                    uint64_t *ids)
{
    const struct demo *shown[MAX];
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        size_t at = n;

        if (filter && !rows[i].on)
            continue;
        while (at > 0 && ((column == 2 && n_before(&rows[i], shown[at - 1], desc)) ||
                          (column == 5 && (desc ? rows[i].level > shown[at - 1]->level
                                                : rows[i].level < shown[at - 1]->level)))) {
            shown[at] = shown[at - 1];
            at--;
        }
        shown[at] = &rows[i];
        n++;
    }
    for (size_t i = 0; i < n; i++)
        ids[i] = shown[i]->id;
    return n;
}

static void check_shown(const struct view *v, const uint64_t *ids, size_t count)
{
    assert_int_equal(v->count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(((const struct demo *)view_row(v, i))->id, ids[i]);
    assert_null(view_row(v, count));
    assert_null(view_row(v, SIZE_MAX));
}

static void test_against_naive(void **state)
{
    struct query *q = compile("on=yes");
    uint64_t seed = 3;

    (void)state;
    for (int round = 0; round < 300; round++) {
        struct demo rows[MAX];
        size_t count = random_rows(&seed, rows, demo_random(&seed, MAX));
        static const int columns[] = {-1, 2, 5};
        struct view v;

        view_init(&v);
        v.source = demo_source(rows, count);
        for (int how = 0; how < 12; how++) {
            uint64_t ids[MAX];
            bool filter = how % 2, desc = how / 2 % 2;
            size_t n = naive(rows, count, filter, columns[how / 4], desc, ids);

            v.query = filter ? q : NULL;
            v.sort_column = columns[how / 4];
            v.sort_desc = desc;
            assert_int_equal(view_rebuild(&v, &ctx), 0);
            check_shown(&v, ids, n);
        }
        view_release(&v);
    }
    query_free(q);
}

static void test_text_order(void **state)
{
    static const struct demo rows[] = {
        {.id = 0, .name = "b"},   {.id = 1, .name = NULL},         {.id = 2, .name = "asa"},
        {.id = 3, .name = "Ann"}, {.id = 4, .name = "\xc3\x85sb"}, {.id = 5, .name = ""},
        {.id = 6, .name = "ann"}, {.id = 7, .name = "Ann"},
    };
    static const uint64_t up[] = {3, 7, 6, 2, 4, 0, 1, 5}, down[] = {0, 4, 2, 6, 3, 7, 1, 5};
    struct view v;

    (void)state;
    view_init(&v);
    v.source = demo_source(rows, 8);
    v.sort_column = 0;
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    check_shown(&v, up, 8);
    v.sort_desc = true;
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    check_shown(&v, down, 8);
    view_release(&v);
}

/* ID when a row with it is still there and shown, else 0. */
static uint64_t survivor(uint64_t id, const struct demo *rows, size_t count, bool filter)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].id == id && (!filter || rows[i].on))
            return id;
    }
    return 0;
}

/* The cursor's item survives any change of order, filter and source; if not, the nearest row below
 * in the old order takes its place, else the nearest above. */
static void test_cursor_stays(void **state)
{
    struct query *q = compile("on=yes");
    uint64_t seed = 11;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct demo rows[MAX], later[MAX];
        size_t count = random_rows(&seed, rows, 1 + demo_random(&seed, MAX - 1)), kept = 0, at;
        uint64_t old[MAX], wanted = 0;
        bool filter = demo_random(&seed, 2);
        struct view v;

        view_init(&v);
        v.source = demo_source(rows, count);
        v.sort_column = demo_random(&seed, 2) ? 2 : 5;
        assert_int_equal(view_rebuild(&v, &ctx), 0);
        at = demo_random(&seed, (unsigned)count);
        view_move(&v, at);
        for (size_t i = 0; i < count; i++)
            old[i] = ((const struct demo *)view_row(&v, i))->id;
        for (size_t i = 0; i < count; i++) {
            if (demo_random(&seed, 3) > 0)
                later[kept++] = rows[i];
        }
        memset(rows, 0xff, sizeof(rows));
        for (size_t i = at; i < count && wanted == 0; i++)
            wanted = survivor(old[i], later, kept, filter);
        for (size_t i = at; i > 0 && wanted == 0; i--)
            wanted = survivor(old[i - 1], later, kept, filter);
        v.source = demo_source(later, kept);
        v.query = filter ? q : NULL;
        v.sort_desc = demo_random(&seed, 2);
        assert_int_equal(view_rebuild(&v, &ctx), 0);
        if (wanted == 0)
            assert_null(view_current(&v));
        else
            assert_int_equal(((const struct demo *)view_current(&v))->id, wanted);
        view_release(&v);
    }
    query_free(q);
}

static void test_cursor_through_nothing(void **state)
{
    static const struct demo rows[] = {
        {.id = 1, .name = "a"}, {.id = 2, .name = "b"}, {.id = 3, .name = "c"}};
    struct query *q = compile("nothing");
    struct view v;

    (void)state;
    view_init(&v);
    assert_null(view_current(&v));
    view_move(&v, 5);
    v.source = demo_source(rows, 3);
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    assert_int_equal(v.cursor, 0);
    view_move(&v, 1);
    v.query = q;
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    assert_int_equal(v.count, 0);
    assert_int_equal(v.cursor, 0);
    assert_null(view_current(&v));
    view_move(&v, 2);
    v.query = NULL;
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    assert_int_equal(v.cursor, 1);
    view_move(&v, SIZE_MAX);
    assert_int_equal(v.cursor, 2);
    view_release(&v);
    query_free(q);
}

/* A source that shrank and was not rebuilt yet shows nothing beyond its end. */
static void test_stale_rows(void **state)
{
    static const struct demo rows[] = {{.id = 1}, {.id = 2}};
    struct view v;

    (void)state;
    view_init(&v);
    v.source = demo_source(rows, 2);
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    v.source.count = 1;
    assert_non_null(view_row(&v, 0));
    assert_null(view_row(&v, 1));
    view_release(&v);
}

static void test_seek(void **state)
{
    static const struct demo rows[] = {
        {.id = 0, .level = 3}, {.id = 1, .level = 0}, {.id = 2, .level = 2}, {.id = 3, .level = 1}};
    struct view v;

    (void)state;
    view_init(&v);
    assert_false(view_seek_severity(&v, 1, 2));
    v.source = demo_source(rows, 4);
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    assert_true(view_seek_severity(&v, 1, 2));
    assert_int_equal(v.cursor, 2);
    assert_true(view_seek_severity(&v, 1, 2));
    assert_int_equal(v.cursor, 0);
    assert_true(view_seek_severity(&v, -1, 2));
    assert_int_equal(v.cursor, 2);
    assert_true(view_seek_severity(&v, -1, 3));
    assert_int_equal(v.cursor, 0);
    assert_true(view_seek_severity(&v, 1, 3));
    assert_int_equal(v.cursor, 0);
    assert_false(view_seek_severity(&v, 1, 4));
    assert_int_equal(v.cursor, 0);
    assert_int_equal(view_count_severity(&v.source, 2), 2);
    assert_int_equal(view_count_severity(&v.source, 0), 4);
    view_release(&v);
}

static void test_sort_parse(void **state)
{
    struct err err;
    int column = 9;
    bool desc = true;

    (void)state;
    assert_int_equal(sort_parse("n", &demo_type, &column, &desc, &err), 0);
    assert_int_equal(column, 2);
    assert_false(desc);
    assert_int_equal(sort_parse("-level", &demo_type, &column, &desc, &err), 0);
    assert_int_equal(column, 5);
    assert_true(desc);
    assert_int_equal(sort_parse("-levl", &demo_type, &column, &desc, &err), ERR_USAGE);
    assert_int_equal(sort_parse("-", &demo_type, &column, &desc, &err), ERR_USAGE);
    assert_int_equal(sort_parse("drawn", &demo_type, &column, &desc, &err), ERR_USAGE);
    assert_int_equal(column, 5);
    assert_true(desc);
    assert_int_equal(sort_parse("levl", &demo_type, &column, &desc, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "\"level\""));
    assert_int_equal(sort_parse("", &demo_type, &column, &desc, &err), 0);
    assert_int_equal(column, -1);
    assert_false(desc);
}

static int set_up(void **state)
{
    (void)state;
    buf_init(&scratch, 10000);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_release(&scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_naive), cmocka_unit_test(test_text_order),
        cmocka_unit_test(test_cursor_stays),  cmocka_unit_test(test_cursor_through_nothing),
        cmocka_unit_test(test_stale_rows),    cmocka_unit_test(test_seek),
        cmocka_unit_test(test_sort_parse),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
