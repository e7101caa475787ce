#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/vec.h"

static void test_grows_and_zeroes(void **state)
{
    uint32_t *v = NULL;
    size_t cap = 0;

    (void)state;
    for (uint32_t i = 0; i < 10000; i++) {
        assert_int_equal(vec_grow(&v, &cap, i + 1, sizeof(*v), 10000), 0);
        assert_true(cap >= i + 1 && cap <= 10000);
        assert_int_equal(v[i], 0);
        assert_int_equal(v[cap - 1], 0);
        v[i] = i + 1;
    }
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(v[i], i + 1);
    free(v);
}

static void test_enough_is_left_alone(void **state)
{
    int *v = NULL, *before;
    size_t cap = 0;

    (void)state;
    assert_int_equal(vec_grow(&v, &cap, 0, sizeof(*v), 100), 0);
    assert_null(v);
    assert_int_equal(vec_grow(&v, &cap, 10, sizeof(*v), 100), 0);
    before = v;
    assert_int_equal(vec_grow(&v, &cap, 3, sizeof(*v), 100), 0);
    assert_int_equal(vec_grow(&v, &cap, cap, sizeof(*v), 100), 0);
    assert_ptr_equal(v, before);
    free(v);
}

static void test_ceiling_leaves_the_array(void **state)
{
    char(*v)[24] = NULL, (*before)[24];
    size_t cap = 0, had;

    (void)state;
    assert_int_equal(vec_grow(&v, &cap, 5, sizeof(*v), 20), 0);
    memcpy(v[4], "kept", 5);
    before = v;
    had = cap;
    assert_int_equal(vec_grow(&v, &cap, 21, sizeof(*v), 20), ERR_TOOBIG);
    assert_ptr_equal(v, before);
    assert_int_equal(cap, had);
    assert_int_equal(vec_grow(&v, &cap, 20, sizeof(*v), 20), 0);
    assert_int_equal(cap, 20);
    assert_string_equal(v[4], "kept");
    free(v);
}

static void test_ceiling_below_the_first_step(void **state)
{
    int *v = NULL;
    size_t cap = 0;

    (void)state;
    assert_int_equal(vec_grow(&v, &cap, 1, sizeof(*v), 3), 0);
    assert_int_equal(cap, 3);
    assert_int_equal(vec_grow(&v, &cap, 4, sizeof(*v), 3), ERR_TOOBIG);
    free(v);
}

static void test_overflow(void **state)
{
    uint64_t *v = NULL;
    size_t cap = 0;

    (void)state;
    assert_int_equal(vec_grow(&v, &cap, SIZE_MAX / 4, sizeof(*v), SIZE_MAX), ERR_TOOBIG);
    assert_int_equal(vec_grow(&v, &cap, 1, SIZE_MAX / 2, 3), ERR_TOOBIG);
    assert_null(v);
    assert_int_equal(cap, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows_and_zeroes),
        cmocka_unit_test(test_enough_is_left_alone),
        cmocka_unit_test(test_ceiling_leaves_the_array),
        cmocka_unit_test(test_ceiling_below_the_first_step),
        cmocka_unit_test(test_overflow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
