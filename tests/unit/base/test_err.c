#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

static void test_codes_are_negative_and_distinct(void **state)
{
    (void)state;
    assert_int_equal(ERR_NONE, 0);
    for (int i = 0; i < ERR_COUNT; i++) {
        enum err_code code = (enum err_code)(-1 - i);

        assert_true(code < 0);
        assert_true(err_exit_status(code) > 0);
        assert_string_not_equal(err_word(code), "ok");
    }
    assert_string_equal(err_word(ERR_NONE), "ok");
    assert_int_equal(err_exit_status(ERR_NONE), 0);
}

/* design.md, "Commands": the documented exit codes. */
static void test_exit_status(void **state)
{
    (void)state;
    assert_int_equal(err_exit_status(ERR_PARTIAL), 10);
    assert_int_equal(err_exit_status(ERR_USAGE), 64);
    assert_int_equal(err_exit_status(ERR_DATA), 65);
    assert_int_equal(err_exit_status(ERR_UNREACHABLE), 69);
    assert_int_equal(err_exit_status(ERR_BUSY), 75);
    assert_int_equal(err_exit_status(ERR_FORBIDDEN), 77);
    assert_int_equal(err_exit_status(ERR_SETTINGS), 78);
    assert_int_equal(err_exit_status(ERR_IO), 1);
}

static void test_unknown_code(void **state)
{
    (void)state;
    assert_string_equal(err_word((enum err_code)7), "ok");
    assert_string_equal(err_word((enum err_code)(-1 - ERR_COUNT)), "ok");
    assert_int_equal(err_exit_status((enum err_code)INT_MIN), 0);
    assert_int_equal(err_exit_status((enum err_code)INT_MAX), 0);
}

static void test_set_resets(void **state)
{
    struct err e;

    (void)state;
    memset(&e, 'x', sizeof(e));
    assert_int_equal(err_set(&e, ERR_FORBIDDEN, "%s could not be read", "Servers"), ERR_FORBIDDEN);
    assert_int_equal(e.code, ERR_FORBIDDEN);
    assert_string_equal(e.what, "Servers could not be read");
    assert_string_equal(e.why, "");
    assert_string_equal(e.next, "");
    assert_string_equal(e.txid, "");
    assert_int_equal(e.status, 0);
}

static void test_null_is_allowed(void **state)
{
    (void)state;
    assert_int_equal(err_set(NULL, ERR_IO, "x"), ERR_IO);
    err_why(NULL, "x");
    err_next(NULL, "x");
    err_clear(NULL);
}

static void test_long_text_is_cut_at_a_character(void **state)
{
    char text[400];
    struct err e;

    (void)state;
    /* "a" and then two-byte letters: byte 199 of the 200 would fall inside one. */
    text[0] = 'a';
    for (size_t i = 1; i + 1 < sizeof(text); i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    text[sizeof(text) - 1] = '\0';
    err_set(&e, ERR_DATA, "%s", text);
    assert_int_equal(strlen(e.what), 199);
    err_set(&e, ERR_DATA, "%s", text + 1);
    assert_int_equal(strlen(e.what), 198);
    assert_memory_equal(e.what + 196, "\xc3\xa9", 3);
}

static void test_sentence(void **state)
{
    struct err e;
    char out[512];

    (void)state;
    err_set(&e, ERR_FORBIDDEN, "License servers could not be read");
    assert_string_equal(err_sentence(&e, out, sizeof(out)), "License servers could not be read.");
    err_why(&e, "the service answered 403");
    err_next(&e, "Ask for the role, then press r.");
    e.status = 403;
    assert_string_equal(err_sentence(&e, out, sizeof(out)),
                        "License servers could not be read: the service answered 403. "
                        "Ask for the role, then press r. (HTTP 403)");
    memcpy(e.txid, "0f3a", 5);
    err_sentence(&e, out, sizeof(out));
    assert_non_null(strstr(out, "(HTTP 403, transaction 0f3a)"));
    e.status = 0;
    err_sentence(&e, out, sizeof(out));
    assert_non_null(strstr(out, "(transaction 0f3a)"));
}

static void test_sentence_without_words(void **state)
{
    struct err e = {.code = ERR_TLS};
    char out[64];

    (void)state;
    assert_string_equal(err_sentence(&e, out, sizeof(out)), "TLS.");
}

static void test_sentence_is_harmless_and_one_line(void **state)
{
    struct err e;
    char out[512];

    (void)state;
    err_set(&e, ERR_DATA, "bad");
    err_why(&e, "\x1b]0;pwned\x07\n\xff%%s");
    err_sentence(&e, out, sizeof(out));
    assert_string_equal(out, "bad: \\x1b]0;pwned\\x07\\x0a\\xff%s.");
}

static void test_sentence_in_little_room(void **state)
{
    struct err e;
    char out[8];

    (void)state;
    err_set(&e, ERR_DATA, "abcde\xc3\xa9\xc3\xa9\xc3\xa9");
    memset(out, 'x', sizeof(out));
    err_sentence(&e, out, 7);
    assert_string_equal(out, "abcde");
    assert_int_equal(out[7], 'x');
    memset(out, 'x', sizeof(out));
    err_sentence(&e, out, 1);
    assert_int_equal(out[0], '\0');
    assert_int_equal(out[1], 'x');
    memset(out, 'x', sizeof(out));
    err_sentence(&e, out, 0);
    assert_int_equal(out[0], 'x');
}

/* Every field full of bytes that grow most when escaped: still terminated, still whole. */
static void test_sentence_at_its_longest(void **state)
{
    struct err e = {.code = ERR_DATA, .status = INT_MAX};
    char out[8192];

    (void)state;
    memset(e.what, '\xff', sizeof(e.what) - 1);
    memset(e.why, '\x01', sizeof(e.why) - 1);
    memset(e.next, '\xff', sizeof(e.next) - 1);
    memset(e.txid, '\x02', sizeof(e.txid) - 1);
    err_sentence(&e, out, sizeof(out));
    assert_int_equal(strlen(out),
                     4 * (199 + 299 + 239 + 79) + strlen(": . . (HTTP 2147483647, transaction )"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_are_negative_and_distinct),
        cmocka_unit_test(test_exit_status),
        cmocka_unit_test(test_unknown_code),
        cmocka_unit_test(test_set_resets),
        cmocka_unit_test(test_null_is_allowed),
        cmocka_unit_test(test_long_text_is_cut_at_a_character),
        cmocka_unit_test(test_sentence),
        cmocka_unit_test(test_sentence_without_words),
        cmocka_unit_test(test_sentence_is_harmless_and_one_line),
        cmocka_unit_test(test_sentence_in_little_room),
        cmocka_unit_test(test_sentence_at_its_longest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
