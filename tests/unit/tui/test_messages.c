/* The message log: newest first, bounded, cut at a character. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tui/messages.h"

static void test_ring(void **state)
{
    struct messages m;
    char text[32];

    (void)state;
    assert_int_equal(messages_init(&m), 0);
    assert_null(messages_at(&m, 0));
    for (int i = 1; i <= MESSAGES_MAX + 7; i++) {
        snprintf(text, sizeof(text), "said %d", i);
        messages_add(&m, i, ROLE_TEXT, text);
    }
    assert_int_equal(messages_source(&m).count, MESSAGES_MAX);
    assert_string_equal(messages_at(&m, 0)->text, "said 507");
    assert_string_equal(messages_at(&m, MESSAGES_MAX - 1)->text, "said 8");
    assert_null(messages_at(&m, MESSAGES_MAX));
    messages_release(&m);
}

static void test_cut(void **state)
{
    struct messages m;
    char text[MESSAGE_TEXT_MAX + 10];

    (void)state;
    assert_int_equal(messages_init(&m), 0);
    memset(text, 'x', sizeof(text));
    memcpy(text + MESSAGE_TEXT_MAX - 2, "\xe2\x82\xac", 3);
    text[sizeof(text) - 1] = '\0';
    messages_add(&m, 0, ROLE_TEXT, text);
    assert_int_equal(strlen(messages_at(&m, 0)->text), MESSAGE_TEXT_MAX - 2);
    messages_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ring),
        cmocka_unit_test(test_cut),
    };

    return cmocka_run_group_tests_name("tui/messages", tests, NULL, NULL);
}
