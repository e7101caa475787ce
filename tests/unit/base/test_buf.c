#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"

static void test_empty(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 10);
    assert_string_equal(b.data, "");
    assert_int_equal(b.len, 0);
    assert_int_equal(b.failed, 0);
    buf_consume(&b, 5);
    buf_reset(&b);
    assert_int_equal(buf_add(&b, "", 0), 0);
    assert_string_equal(b.data, "");
    buf_release(&b);
    buf_release(&b);
    assert_string_equal(b.data, "");
}

static void test_additions(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 1000);
    assert_int_equal(buf_addstr(&b, "one "), 0);
    assert_int_equal(buf_addc(&b, '2'), 0);
    assert_int_equal(buf_addf(&b, " %s-%d", "three", 4), 0);
    assert_string_equal(b.data, "one 2 three-4");
    assert_int_equal(b.len, 13);
    assert_int_equal(buf_add(&b, "\0x", 2), 0);
    assert_int_equal(b.len, 15);
    assert_memory_equal(b.data + 13, "\0x", 3);
    buf_release(&b);
    assert_int_equal(b.len, 0);
    assert_int_equal(b.max, 1000);
}

static void test_grows_to_its_ceiling_exactly(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 5000);
    for (int i = 0; i < 5000; i++) {
        assert_int_equal(buf_addc(&b, (char)('a' + i % 26)), 0);
        assert_int_equal(b.data[b.len], '\0');
    }
    assert_int_equal(b.len, 5000);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(b.data[i], 'a' + i % 26);
    assert_int_equal(buf_addc(&b, 'z'), ERR_TOOBIG);
    assert_int_equal(b.len, 5000);
    assert_int_equal(b.failed, ERR_TOOBIG);
    buf_release(&b);
}

static void test_failure_sticks_until_reset(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 4);
    assert_int_equal(buf_addstr(&b, "ab"), 0);
    assert_int_equal(buf_addstr(&b, "cde"), ERR_TOOBIG);
    assert_string_equal(b.data, "ab");
    /* This one would fit, but then a gap would look like the whole. */
    assert_int_equal(buf_addc(&b, 'c'), ERR_TOOBIG);
    assert_int_equal(buf_addf(&b, "%d", 1), ERR_TOOBIG);
    assert_string_equal(b.data, "ab");
    buf_reset(&b);
    assert_int_equal(b.failed, 0);
    assert_string_equal(b.data, "");
    assert_int_equal(buf_addstr(&b, "wxyz"), 0);
    assert_string_equal(b.data, "wxyz");
    buf_release(&b);
}

static void test_format_at_the_ceiling(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 6);
    assert_int_equal(buf_addf(&b, "%06d", 42), 0);
    assert_string_equal(b.data, "000042");
    assert_int_equal(buf_addf(&b, "%s", ""), 0);
    assert_int_equal(buf_addf(&b, "%c", 'x'), ERR_TOOBIG);
    assert_string_equal(b.data, "000042");
    buf_release(&b);
}

static void test_format_much_longer_than_the_buffer(void **state)
{
    char want[3001];
    struct buf b;

    (void)state;
    memset(want, '7', 3000);
    want[3000] = '\0';
    buf_init(&b, 3002);
    buf_addc(&b, '<');
    assert_int_equal(buf_addf(&b, "%s>", want), 0);
    assert_int_equal(b.len, 3002);
    assert_memory_equal(b.data + 1, want, 3000);
    buf_release(&b);
}

static void test_huge_lengths_do_not_wrap(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, SIZE_MAX);
    assert_int_equal(buf_addstr(&b, "abc"), 0);
    assert_int_equal(buf_reserve(&b, SIZE_MAX), ERR_TOOBIG);
    buf_reset(&b);
    assert_int_equal(buf_add(&b, "abc", SIZE_MAX - 1), ERR_TOOBIG);
    buf_reset(&b);
    assert_int_equal(buf_addstr(&b, "ok"), 0);
    assert_string_equal(b.data, "ok");
    buf_release(&b);
}

static void test_reserve(void **state)
{
    struct buf b;
    char *where;

    (void)state;
    buf_init(&b, 4096);
    assert_int_equal(buf_reserve(&b, 4096), 0);
    where = b.data;
    assert_string_equal(b.data, "");
    for (int i = 0; i < 4096; i++)
        assert_int_equal(buf_addc(&b, 'x'), 0);
    assert_ptr_equal(b.data, where);
    assert_int_equal(buf_reserve(&b, 4097), ERR_TOOBIG);
    buf_release(&b);
}

static void test_consume(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_addstr(&b, "abcdef");
    buf_consume(&b, 0);
    assert_string_equal(b.data, "abcdef");
    buf_consume(&b, 2);
    assert_string_equal(b.data, "cdef");
    assert_int_equal(b.len, 4);
    buf_consume(&b, 100);
    assert_string_equal(b.data, "");
    assert_int_equal(b.len, 0);
    buf_addstr(&b, "again");
    assert_string_equal(b.data, "again");
    buf_release(&b);
}

static void test_wipe_empties(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 100);
    buf_wipe(&b);
    buf_addstr(&b, "demo-secret");
    buf_wipe(&b);
    assert_int_equal(b.len, 0);
    assert_int_equal(b.cap, 0);
    assert_string_equal(b.data, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_additions),
        cmocka_unit_test(test_grows_to_its_ceiling_exactly),
        cmocka_unit_test(test_failure_sticks_until_reset),
        cmocka_unit_test(test_format_at_the_ceiling),
        cmocka_unit_test(test_format_much_longer_than_the_buffer),
        cmocka_unit_test(test_huge_lengths_do_not_wrap),
        cmocka_unit_test(test_reserve),
        cmocka_unit_test(test_consume),
        cmocka_unit_test(test_wipe_empties),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
