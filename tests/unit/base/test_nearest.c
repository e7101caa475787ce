#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/nearest.h"

static const char *const names[] = {"customer_id", "client_id", "region", "urls", "read_only"};
enum { COUNT = sizeof(names) / sizeof(names[0]) };

static void test_found(void **state)
{
    static const struct {
        const char *word, *want;
    } rows[] = {
        {"customer_id", "customer_id"},
        {"custommer_id", "customer_id"},
        {"CUSTOMER-ID", "customer_id"},
        {"clientid", "client_id"},
        {"regoin", "region"},
        {"Region", "region"},
        {"urs", "urls"},
        {"readonly", "read_only"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_string_equal(nearest_name(rows[i].word, names, COUNT), rows[i].want);
}

static void test_not_found(void **state)
{
    (void)state;
    assert_null(nearest_name("", names, COUNT));
    assert_null(nearest_name("x", names, COUNT));
    assert_null(nearest_name("theme", names, COUNT));
    assert_null(nearest_name("ur", names, COUNT));
    assert_null(nearest_name("region", names, 0));
    assert_null(nearest_name("region", NULL, 0));
}

/* A third is near enough, more is not; two swapped neighbours are one slip. */
static void test_threshold(void **state)
{
    static const char *const six[] = {"abcdef"};
    static const char *const three[] = {"abc"};

    (void)state;
    assert_non_null(nearest_name("abcdxx", six, 1));
    assert_null(nearest_name("abcxxx", six, 1));
    assert_non_null(nearest_name("acb", three, 1));
    assert_null(nearest_name("bca", three, 1));
}

static void test_nearest_of_several(void **state)
{
    static const char *const near[] = {"servers", "server", "serve"};

    (void)state;
    assert_string_equal(nearest_name("servr", near, 3), "server");
    assert_string_equal(nearest_name("serverss", near, 3), "servers");
}

static void test_long_words(void **state)
{
    char word[70], name[70];
    const char *list[] = {name, "region"};

    (void)state;
    memset(word, 'a', sizeof(word));
    memset(name, 'a', sizeof(name));
    word[63] = name[63] = '\0';
    assert_ptr_equal(nearest_name(word, list, 2), name);
    word[63] = 'a';
    word[64] = '\0';
    assert_null(nearest_name(word, list, 2));
    word[62] = '\0';
    name[63] = 'a';
    name[64] = '\0';
    assert_null(nearest_name(word, list, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),      cmocka_unit_test(test_not_found),
        cmocka_unit_test(test_threshold),  cmocka_unit_test(test_nearest_of_several),
        cmocka_unit_test(test_long_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
