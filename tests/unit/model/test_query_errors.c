#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "query_rows.h"

static const struct {
    const char *text;
    size_t at;
    const char *says; /* part of the message */
} errors[] = {
    {"foo=bar", 0, "\"foo\""},
    {"lic foo=bar", 4, "\"foo\""},
    {"lic  leve=ok", 5, "\"level\""},
    {"(lic nam~x)", 5, "\"name\""},
    {"drawn=x", 0, "\"drawn\""},
    {"a<b", 0, "\"a\""},
    {"level=eror", 6, "\"error\""},
    {"level=", 6, "value"},
    {"level=)", 6, "value"},
    {"level = ", 8, "value"},
    {"level=xyzzy", 6, "ok information warning error"},
    {"n=abc", 2, "whole number"},
    {"n=1.5", 2, "whole number"},
    {"n=9223372036854775808", 2, "whole number"},
    {"n=-9223372036854775809", 2, "whole number"},
    {"n=-", 2, "whole number"},
    {"n=\"\\\"\"", 2, "whole number"},
    {"t=yesterday", 2, "time"},
    {"t=2026-13", 2, "time"},
    {"t=2026-02-30", 2, "time"},
    {"t=2026", 2, "time"},
    {"on=maybe", 3, "yes or no"},
    {"on<yes", 3, "= or !="},
    {"on~y", 3, "= or !="},
    {"n<null", 2, "null"},
    {"n~null", 2, "null"},
    {"items<x", 6, "~"},
    {"=x", 0, "no column"},
    {"lic ~x", 0, "\"lic\""},
    {"lic (>5)", 5, "no column"},
    {"and", 0, "and"},
    {"or lic", 0, "or"},
    {"lic and", 7, "ends"},
    {"lic or", 6, "ends"},
    {"lic and or x", 8, "or"},
    {"not", 3, "ends"},
    {"!", 1, "ends"},
    {"lic !", 5, "ends"},
    {"()", 1, "condition"},
    {"(lic", 0, "not closed"},
    {"lic (x (y)", 4, "not closed"},
    {"lic)", 3, "not open"},
    {")", 0, "condition"},
    {"\"abc", 0, "quote"},
    {"lic name=\"abc", 9, "quote"},
    {"\"abc\\\"", 0, "quote"},
    {"\"\"", 0, "quotes"},
    {"\"a\"=b", 3, "no column"},
};

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        struct query *q = NULL;
        struct err err;
        char line[1024];
        size_t at = 999;
        int rc = query_compile(errors[i].text, &demo_type, &q, &at, &err);

        if (rc != ERR_USAGE || at != errors[i].at)
            fail_msg("%s: code %d at %zu", errors[i].text, rc, at);
        assert_null(q);
        err_sentence(&err, line, sizeof(line));
        if (strstr(line, errors[i].says) == NULL)
            fail_msg("%s: %s", errors[i].text, line);
    }
}

static void test_bounds(void **state)
{
    char text[QUERY_TEXT_MAX + 2], ids[ROWS + 1];
    struct query *q = NULL;
    struct err err;
    size_t at = 0;

    (void)state;
    memset(text, 'x', sizeof(text));
    text[QUERY_TEXT_MAX + 1] = '\0';
    assert_int_equal(query_compile(text, &demo_type, &q, &at, &err), ERR_USAGE);
    assert_int_equal(at, QUERY_TEXT_MAX);
    text[QUERY_TEXT_MAX] = '\0';
    assert_string_equal(found(text, ids), "");
    /* As deep as allowed, and one deeper. */
    for (int depth = QUERY_DEPTH_MAX; depth <= QUERY_DEPTH_MAX + 1; depth++) {
        memset(text, '(', (size_t)depth);
        text[depth] = 'q';
        memset(text + depth + 1, ')', (size_t)depth);
        text[2 * depth + 1] = '\0';
        assert_string_equal(found(text, ids), depth > QUERY_DEPTH_MAX ? "!" : "3");
    }
    memset(text, '(', QUERY_TEXT_MAX);
    text[QUERY_TEXT_MAX] = '\0';
    assert_string_equal(found(text, ids), "!");
    memset(text, '!', QUERY_TEXT_MAX - 1);
    text[QUERY_TEXT_MAX - 1] = 'q';
    assert_string_equal(found(text, ids), "0124");
    for (size_t i = 0; i < QUERY_TEXT_MAX; i += 2)
        memcpy(text + i, "q ", 2);
    assert_string_equal(found(text, ids), "3");
    assert_string_equal(found(NULL, ids), "01234");
}

/* Whatever is typed, it compiles or gives a place inside the text. */
static void test_noise(void **state)
{
    static const char *const pieces[] = {"(", ")",    "!",  "\"", "=",  "<",  ">=", "~",
                                         " ", "name", "n",  "or", "5",  "t",  "\\", "\xff",
                                         "é", "null", "on", "x",  "\t", "and"};
    uint64_t seed = 7;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char text[200] = "", ids[ROWS + 1];
        struct query *q = NULL;
        struct err err;
        size_t at = 0;

        for (unsigned n = demo_random(&seed, 12), used = 0; n > 0; n--) {
            const char *piece = pieces[demo_random(&seed, sizeof(pieces) / sizeof(pieces[0]))];

            memcpy(text + used, piece, strlen(piece) + 1);
            used += (unsigned)strlen(piece);
        }
        if (query_compile(text, &demo_type, &q, &at, &err) < 0) {
            assert_true(at <= strlen(text));
            assert_true(err.what[0] != '\0' && err.why[0] != '\0');
        } else {
            found(text, ids);
            query_free(q);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_noise),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
