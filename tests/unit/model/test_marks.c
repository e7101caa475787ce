#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "model/marks.h"
#include "model/query.h"
#include "model/view.h"

/* Rows that are their own id. */
static const void *at(const void *list, size_t i)
{
    return (const uint64_t *)list + i;
}

static uint64_t id_of(const void *row)
{
    return *(const uint64_t *)row;
}

static void get_id(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_int(out, (int64_t)id_of(row));
}

static const struct column columns[] = {{.name = "id", .kind = VALUE_INT, .get = get_id}};
static const struct row_type number_type = {
    .name = "numbers", .columns = columns, .count = 1, .screen = "id", .id = id_of};
static const struct row_ctx ctx;

static struct marks m;
static struct view v;

static int set_up(void **state)
{
    (void)state;
    marks_init(&m);
    view_init(&v);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    marks_release(&m);
    view_release(&v);
    return 0;
}

static void show(const uint64_t *ids, size_t count)
{
    v.source = (struct row_source){.type = &number_type, .list = ids, .count = count, .at = at};
    assert_int_equal(view_rebuild(&v, &ctx), 0);
}

static void expect_in(size_t marked, size_t shown)
{
    struct marks_in in;

    marks_in(&m, &v, &in);
    assert_int_equal(in.marked, marked);
    assert_int_equal(in.shown, shown);
}

/* Against a plain array of flags, with ids that crowd a few slots. */
static void test_like_an_array(void **state)
{
    enum { IDS = 700, STEPS = 60000 };
    static bool model[IDS];
    uint32_t seed = 7;
    size_t count = 0;

    (void)state;
    memset(model, 0, sizeof(model));
    for (int i = 0; i < STEPS; i++) {
        uint32_t id;
        bool on;

        seed = seed * 1664525u + 1013904223u;
        id = (seed >> 8) % IDS;
        on = (seed >> 28) % 2 != 0;
        assert_int_equal(marks_set(&m, id, on), 0);
        count += on && !model[id];
        count -= !on && model[id];
        model[id] = on;
        assert_int_equal(marks_count(&m), count);
        if (i % 997 == 0)
            for (uint64_t j = 0; j < IDS; j++)
                assert_int_equal(marks_has(&m, j), model[j]);
    }
    assert_false(marks_has(&m, UINT64_MAX));
}

static void test_nothing_is_marked_at_first(void **state)
{
    const uint64_t ids[] = {0, 1, 2};

    (void)state;
    show(ids, 3);
    assert_false(marks_has(&m, 0));
    assert_false(marks_has(&m, 1));
    assert_int_equal(marks_set(&m, 0, false), 0);
    assert_int_equal(marks_set(&m, 1, false), 0);
    expect_in(0, 0);
    marks_clear(&m);
    assert_false(marks_can_restore(&m));
    marks_restore(&m);
    assert_int_equal(marks_count(&m), 0);
}

static void test_shown_rows_only(void **state)
{
    const uint64_t ids[] = {0, 10, 20, 30, 40};
    struct query *q = NULL;

    (void)state;
    show(ids, 5);
    assert_int_equal(marks_set(&m, 0, true), 0);
    assert_int_equal(marks_set(&m, 30, true), 0);
    assert_int_equal(query_compile("id>=20", &number_type, &q, NULL, NULL), 0);
    v.query = q;
    show(ids, 5);
    expect_in(2, 1); /* 0 is hidden */
    assert_int_equal(marks_add_shown(&m, &v), 0);
    expect_in(4, 3);
    assert_true(marks_has(&m, 0));
    assert_false(marks_has(&m, 10));
    assert_int_equal(marks_set(&m, 20, false), 0);
    assert_int_equal(marks_invert_shown(&m, &v), 0);
    expect_in(2, 1);
    assert_true(marks_has(&m, 0) && marks_has(&m, 20));
    v.query = NULL;
    query_free(q);
}

/* A row that is not in the list for a while keeps its mark and is not counted. */
static void test_gone_for_a_while(void **state)
{
    const uint64_t before[] = {1, 2, 3}, between[] = {1, 3};

    (void)state;
    show(before, 3);
    assert_int_equal(marks_set(&m, 2, true), 0);
    assert_int_equal(marks_set(&m, 3, true), 0);
    show(between, 2);
    expect_in(1, 1);
    assert_int_equal(marks_count(&m), 2);
    show(before, 3);
    expect_in(2, 2);
}

static void test_clear_and_back(void **state)
{
    const uint64_t ids[] = {1, 2, 3};

    (void)state;
    show(ids, 3);
    assert_int_equal(marks_add_shown(&m, &v), 0);
    marks_clear(&m);
    assert_int_equal(marks_count(&m), 0);
    assert_true(marks_can_restore(&m));
    marks_clear(&m); /* nothing to clear: what can come back stays */
    marks_restore(&m);
    expect_in(3, 3);
    assert_false(marks_can_restore(&m));
    marks_clear(&m);
    assert_int_equal(marks_set(&m, 2, true), 0);
    assert_false(marks_can_restore(&m)); /* would take this one away */
    marks_restore(&m);
    assert_int_equal(marks_count(&m), 1);
    marks_clear(&m);
    marks_restore(&m);
    assert_int_equal(marks_count(&m), 1);
    assert_true(marks_has(&m, 2));
}

static void test_only_marked(void **state)
{
    const uint64_t ids[] = {5, 6, 7, 8};

    (void)state;
    assert_int_equal(marks_set(&m, 6, true), 0);
    assert_int_equal(marks_set(&m, 8, true), 0);
    v.only = &m;
    show(ids, 4);
    assert_int_equal(v.count, 2);
    assert_int_equal(v.ids[0], 6);
    assert_int_equal(v.ids[1], 8);
    v.sort_column = 0;
    v.sort_desc = true;
    show(ids, 4);
    assert_int_equal(v.ids[0], 8);
    marks_clear(&m);
    show(ids, 4);
    assert_int_equal(v.count, 0);
    v.only = NULL;
    show(ids, 4);
    assert_int_equal(v.count, 4);
}

static void test_a_million(void **state)
{
    enum { MILLION = 1000000 };
    uint64_t *ids = malloc(MILLION * sizeof(*ids));

    (void)state;
    assert_non_null(ids);
    for (size_t i = 0; i < MILLION; i++)
        ids[i] = i;
    show(ids, MILLION);
    assert_int_equal(marks_set(&m, 999, true), 0);
    assert_int_equal(marks_invert_shown(&m, &v), 0);
    expect_in(MILLION - 1, MILLION - 1);
    assert_in_range(m.now.cap * sizeof(uint64_t), 16 * MILLION, 32 * MILLION);
    marks_clear(&m);
    assert_int_equal(marks_add_shown(&m, &v), 0);
    assert_int_equal(marks_add_shown(&m, &v), 0);
    expect_in(MILLION, MILLION);
    free(ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_like_an_array, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_is_marked_at_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_shown_rows_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_gone_for_a_while, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_clear_and_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_marked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_million, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
