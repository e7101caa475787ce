#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "cli/args.h"
#include "cli/list.h"

static void test_formats(void **state)
{
    enum list_format f = FORMAT_JSONL;
    struct err err;

    (void)state;
    assert_int_equal(list_format_parse(NULL, &f, &err), 0);
    assert_int_equal(f, FORMAT_TABLE);
    assert_int_equal(list_format_parse("jsonl", &f, &err), 0);
    assert_int_equal(f, FORMAT_JSONL);
    assert_int_equal(list_format_parse("jsn", &f, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "\"json\""));
    assert_int_equal(f, FORMAT_JSONL);
}

/* Every list command has its list, and the other way round. */
static void test_list_commands(void **state)
{
    size_t lists = 0;

    (void)state;
    for (size_t i = 0; i < command_count; i++) {
        bool is_list = (command_table[i].options & OPTION_BIT(SORT)) != 0;
        const struct list_command *l = list_command_find(command_table[i].name, NULL);

        assert_int_equal(is_list, l != NULL);
        lists += is_list;
        if (l != NULL)
            assert_int_equal((command_table[i].options & OPTION_BIT(TERM)) != 0,
                             l->when == LIST_TERM);
    }
    assert_int_equal(lists, 7);
}

static void test_lists_by(void **state)
{
    const struct list_command *l = NULL;
    struct err err = {0};

    (void)state;
    assert_int_equal(list_command_by("usage", NULL, &l, &err), 0);
    assert_ptr_equal(l, list_command_find("usage", NULL));
    assert_string_equal(l->type->columns[l->type->count - 1].name, "incomplete");
    assert_int_equal(list_command_by("usage", "customer", &l, &err), 0);
    assert_string_equal(l->type->columns[l->type->count - 1].name, "linked");
    assert_int_equal(list_command_by("usage", "server", &l, &err), 0);
    assert_string_equal(l->type->columns[l->type->count - 1].name, "reporting_date");
    assert_int_equal(list_command_by("usage", "servers", &l, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "\"server\""));
    assert_string_equal(l->by, "server");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_list_commands),
        cmocka_unit_test(test_lists_by),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
