#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void test_zeroed_aligned_and_apart(void **state)
{
    enum { N = 3000 };
    static const size_t sizes[] = {1, 3, 7, 16, 40, 129};
    unsigned char **p = calloc(N, sizeof(*p));
    struct arena a;

    (void)state;
    assert_non_null(p);
    arena_init(&a, 10 << 20);
    for (size_t i = 0; i < N; i++) {
        size_t size = sizes[i % 6];

        p[i] = arena_alloc(&a, size);
        assert_non_null(p[i]);
        assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
        for (size_t j = 0; j < size; j++)
            assert_int_equal(p[i][j], 0);
        memset(p[i], (int)(i % 251 + 1), size);
    }
    /* A piece that overlapped another would have been overwritten by it. */
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < sizes[i % 6]; j++)
            assert_int_equal(p[i][j], i % 251 + 1);
    arena_release(&a);
    free(p);
}

static void test_nothing_is_something(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 1 << 20);
    assert_non_null(arena_alloc(&a, 0));
    assert_string_equal(arena_strndup(&a, NULL, 0), "");
    assert_non_null(arena_array(&a, 0, 100));
    arena_release(&a);
}

static void test_ceiling(void **state)
{
    struct arena a;
    void *small;

    (void)state;
    arena_init(&a, 100 * 1024);
    small = arena_alloc(&a, 10);
    assert_non_null(small);
    assert_null(arena_alloc(&a, 100 * 1024));
    assert_non_null(arena_alloc(&a, 80 * 1024));
    assert_true(a.used <= a.max);
    for (int i = 0; i < 10000; i++)
        arena_alloc(&a, 100);
    assert_true(a.used <= a.max);
    assert_null(arena_alloc(&a, 100));
    arena_release(&a);
    assert_int_equal(a.used, 0);
    assert_non_null(arena_alloc(&a, 90 * 1024));
    arena_release(&a);
}

static void test_small_ceiling_can_be_used(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 64);
    assert_non_null(arena_alloc(&a, 64));
    assert_null(arena_alloc(&a, 1));
    arena_release(&a);
    arena_init(&a, 0);
    assert_null(arena_alloc(&a, 1));
    arena_release(&a);
}

static void test_overflow(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, SIZE_MAX);
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_alloc(&a, SIZE_MAX - 16));
    assert_null(arena_array(&a, SIZE_MAX / 2, 3));
    assert_null(arena_array(&a, (size_t)1 << 33, (size_t)1 << 31));
    assert_null(arena_strndup(&a, "x", SIZE_MAX));
    assert_non_null(arena_array(&a, 100, 8));
    arena_release(&a);
}

static void test_copies(void **state)
{
    struct arena a;
    char source[] = "lic01\0tail";
    char *whole, *text;

    (void)state;
    arena_init(&a, 1 << 20);
    whole = arena_strndup(&a, source, sizeof(source) - 1);
    text = arena_strdup(&a, source);
    memset(source, '-', sizeof(source));
    assert_memory_equal(whole, "lic01\0tail", 11);
    assert_string_equal(text, "lic01");
    arena_release(&a);
}

static void test_pointers_survive_growth(void **state)
{
    struct arena a;
    char *first;

    (void)state;
    arena_init(&a, 50 << 20);
    first = arena_strdup(&a, "first");
    for (int i = 0; i < 50; i++)
        assert_non_null(arena_alloc(&a, 100 * 1024));
    assert_string_equal(first, "first");
    arena_release(&a);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zeroed_aligned_and_apart),
        cmocka_unit_test(test_nothing_is_something),
        cmocka_unit_test(test_ceiling),
        cmocka_unit_test(test_small_ceiling_can_be_used),
        cmocka_unit_test(test_overflow),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_pointers_survive_growth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
