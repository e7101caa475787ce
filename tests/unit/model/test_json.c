#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/column.h"
#include "model/json.h"

/* What jansson reads back from json_put_string(). */
static json_t *round_trip(const char *s, size_t n, char *written, size_t size)
{
    struct buf out;
    json_t *j;

    buf_init(&out, 1 << 20);
    json_put_string(&out, s, n);
    assert_int_equal(out.failed, 0);
    snprintf(written, size, "%s", out.data);
    j = json_loads(out.data, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    buf_release(&out);
    assert_non_null(j);
    return j;
}

static void test_strings_come_back_exactly(void **state)
{
    static const char *const texts[] = {
        "",
        "plain",
        "quote \" back \\ slash /",
        "tab\tline\nreturn\r",
        "\x01\x1b[31m\x7f",
        "\xc3\xbc\xe4\xb8\xad",
        "\xf0\x9f\x98\x80",
        "\xc2\x9b",
        "\xe2\x80\xae right to left",
        "\xf3\xa0\x80\x81",
    };
    char written[256];

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        json_t *j = round_trip(texts[i], strlen(texts[i]), written, sizeof(written));

        assert_string_equal(json_string_value(j), texts[i]);
        json_decref(j);
    }
}

static void test_nothing_in_it_drives_a_terminal(void **state)
{
    static const char nasty[] = "\x1b]0;x\x07\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\xa8"
                                "ok";
    char written[256];
    json_t *j;

    (void)state;
    j = round_trip(nasty, strlen(nasty), written, sizeof(written));
    assert_string_equal(written, "\"\\u001b]0;x\\u0007\\u007f\\u009b\\u202e\\u2028ok\"");
    json_decref(j);
}

static void test_bytes_that_are_no_utf8(void **state)
{
    static const char bad[] = "a\xff"
                              "b\xc3\0c\xed\xa0\x80";
    char written[256];
    json_t *j;

    (void)state;
    j = round_trip(bad, sizeof(bad) - 1, written, sizeof(written));
    assert_string_equal(written, "\"a\\ufffdb\\ufffd\\u0000c\\ufffd\\ufffd\\ufffd\"");
    json_decref(j);
}

static void test_values(void **state)
{
    struct buf out, scratch;
    struct value v;

    (void)state;
    buf_init(&out, 4096);
    buf_init(&scratch, 4096);
    value_null(&v);
    json_put_value(&out, &v);
    buf_addc(&out, ' ');
    value_int(&v, INT64_MIN);
    json_put_value(&out, &v);
    buf_addc(&out, ' ');
    value_bool(&v, true);
    json_put_value(&out, &v);
    buf_addc(&out, ' ');
    value_time(&v, 0);
    json_put_value(&out, &v);
    buf_addc(&out, ' ');
    value_list_add(&scratch, "a,\"b");
    value_list_add(&scratch, "c");
    value_list(&v, &scratch);
    json_put_value(&out, &v);
    buf_addc(&out, ' ');
    json_put_text(&out, NULL);
    json_put_time(&out, TIME_NONE);
    assert_string_equal(out.data, "null -9223372036854775808 true \"1970-01-01T00:00:00Z\" "
                                  "[\"a,\\\"b\",\"c\"] nullnull");
    buf_release(&out);
    buf_release(&scratch);
}

static void test_error(void **state)
{
    struct err e;
    struct buf out;
    json_t *j;

    (void)state;
    buf_init(&out, 4096);
    err_set(&e, ERR_FORBIDDEN, "License servers could not be read");
    err_why(&e, "the service said \"no\x1b\"");
    e.status = 403;
    json_put_error(&out, &e);
    j = json_loads(out.data, 0, NULL);
    assert_non_null(j);
    assert_string_equal(json_string_value(json_object_get(j, "code")), "not permitted");
    assert_int_equal(json_integer_value(json_object_get(j, "status")), 403);
    assert_non_null(strstr(json_string_value(json_object_get(j, "text")), "could not be read"));
    assert_true(json_is_null(json_object_get(j, "transaction")));
    json_decref(j);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings_come_back_exactly),
        cmocka_unit_test(test_nothing_in_it_drives_a_terminal),
        cmocka_unit_test(test_bytes_that_are_no_utf8),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
