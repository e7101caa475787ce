#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/list.h"
#include "model/export.h"

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

/* One of the command's lists is of a month. */
static bool has_term(const char *command)
{
    for (size_t i = 0; i < list_command_count; i++)
        if (strcmp(list_commands[i].command, command) == 0 && list_commands[i].when == LIST_TERM)
            return true;
    return false;
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
                             has_term(command_table[i].name));
    }
    assert_int_equal(lists, 8);
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
    assert_int_equal(list_command_by("deployments", "user", &l, &err), 0);
    assert_string_equal(l->type->columns[l->type->count - 1].name, "last_login");
    assert_int_equal(list_command_by("cloud", "customer", &l, &err), 0);
    assert_string_equal(l->type->columns[l->type->count - 1].name, "tenants");
    assert_int_equal(list_command_by("cloud", "tenant", &l, &err), 0);
    assert_string_equal(l->type->columns[l->type->count - 1].name, "linked");
    assert_int_equal(list_command_by("deployments", "xyz", &l, &err), ERR_USAGE);
    assert_string_equal(err.next, "Leave --by out, or give server or user");
}

/* The columns that the issue names, in its order. */
static void test_columns_of_deployments(void **state)
{
    size_t cols[COLUMNS_MAX], count;
    struct buf names;
    const struct list_command *l = list_command_find("deployments", NULL);

    (void)state;
    buf_init(&names, 1000);
    assert_int_equal(export_columns(NULL, l->type, cols, COLUMNS_MAX, &count, NULL), 0);
    for (size_t i = 0; i < count; i++)
        buf_addf(&names, "%s ", l->type->columns[cols[i]].name);
    assert_string_equal(names.data,
                        "product edition model installed in_use available_percent overdraft "
                        "peak_7d peak_month peak_all servers servers_excluded ");
    buf_release(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_list_commands),
        cmocka_unit_test(test_lists_by),
        cmocka_unit_test(test_columns_of_deployments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
