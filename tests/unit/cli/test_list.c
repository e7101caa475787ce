#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/list.h"
#include "model/export.h"
#include "model/term.h"
#include "model/view.h"
#include "tests/unit/cli/fixture.h"

static struct server_list list;
static struct buf out;
static struct list_about about;

static int setup(void **state)
{
    struct server *s;

    (void)state;
    buf_init(&out, 1 << 20);
    memset(&about, 0, sizeof(about));
    about.resource = "servers";
    about.account = "nimbus7q2x";
    about.term = TERM_NONE;
    about.as_of = NOW;
    server_list_init(&list);
    fixture_server(&list, "LIC01", 0, 210);
    s = fixture_server(&list, "=evil\x1b,\"x\"", 13, 9);
    s->free = true;
    fixture_server(&list, "LIC03", -1, DAYS_NONE);
    server_list_finish(&list);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    server_list_release(&list);
    buf_release(&out);
    return 0;
}

static void write_list(enum list_format format, const char *columns)
{
    struct buf scratch;
    struct row_ctx ctx = {.now = NOW, .scratch = &scratch};
    size_t cols[COLUMNS_MAX], count;
    struct view v;

    buf_init(&scratch, 4096);
    view_init(&v);
    v.source = server_list_source(&list);
    v.sort_column = -1;
    assert_int_equal(view_rebuild(&v, &ctx), 0);
    assert_int_equal(export_columns(columns, v.source.type, cols, COLUMNS_MAX, &count, NULL), 0);
    buf_reset(&out);
    assert_int_equal(list_write(&out, format, &v, cols, count, &ctx, &about), 0);
    view_release(&v);
    buf_release(&scratch);
}

static void test_csv(void **state)
{
    (void)state;
    write_list(FORMAT_CSV, "host_id,status,severity,last_reported,age_hours,free");
    assert_string_equal(out.data,
                        "host_id,status,severity,last_reported,age_hours,free\n"
                        "LIC01,reporting,ok,2026-11-23T13:50:00Z,0,false\n"
                        "\"'=evil\\x1b,\"\"x\"\"\",not_reporting,error,2026-11-10T13:50:00Z,312,"
                        "true\n"
                        "LIC03,never_reported,error,,,false\n");
}

static void test_tsv_and_table(void **state)
{
    (void)state;
    write_list(FORMAT_TSV, "host_id,days_to_expire");
    assert_non_null(strstr(out.data, "host_id\tdays_to_expire\nLIC01\t210\n"));
    write_list(FORMAT_TABLE, "host_id,days_to_expire");
    assert_non_null(strstr(out.data, "host_id"));
    assert_null(strchr(out.data, '\x1b'));
    assert_null(strchr(out.data, '\t'));
}

/* The columns that the issue names, in its order. */
static void test_columns_of_servers(void **state)
{
    static const char head[] = "host_id,fqdn,status,severity,last_reported,age_hours,expires,"
                               "days_to_expire,free,ccu,messages,customers\n";

    (void)state;
    write_list(FORMAT_CSV, NULL);
    assert_memory_equal(out.data, head, sizeof(head) - 1);
}

static void test_json(void **state)
{
    json_t *j, *rows, *row;

    (void)state;
    about.unreadable = 1;
    snprintf(about.gaps[about.gap_count++], LIST_GAP_SIZE, "1 row could not be read");
    write_list(FORMAT_JSON, NULL);
    j = json_loads(out.data, 0, NULL);
    assert_non_null(j);
    assert_int_equal(json_integer_value(json_object_get(j, "schema")), 1);
    assert_string_equal(json_string_value(json_object_get(j, "as_of")), "2026-11-23T14:00:00Z");
    assert_true(json_is_null(json_object_get(j, "term")));
    assert_true(json_is_false(json_object_get(j, "complete")));
    assert_int_equal(json_array_size(json_object_get(j, "incomplete")), 1);
    assert_int_equal(json_integer_value(json_object_get(j, "unreadable")), 1);
    assert_int_equal(json_integer_value(json_object_get(j, "count")), 3);
    rows = json_object_get(j, "rows");
    assert_int_equal(json_array_size(rows), 3);
    row = json_array_get(rows, 1);
    /* Exactly what the service said, unlike in CSV. */
    assert_string_equal(json_string_value(json_object_get(row, "host_id")), "=evil\x1b,\"x\"");
    assert_true(json_is_true(json_object_get(row, "free")));
    assert_int_equal(json_integer_value(json_object_get(row, "days_to_expire")), 9);
    assert_true(json_is_array(json_object_get(row, "customers")));
    row = json_array_get(rows, 2);
    assert_true(json_is_null(json_object_get(row, "last_reported")));
    assert_true(json_is_null(json_object_get(row, "fqdn")));
    json_decref(j);
}

static void test_json_lines(void **state)
{
    char *line, *end;
    int lines = 0;

    (void)state;
    write_list(FORMAT_JSONL, "host_id,messages");
    for (line = out.data; *line != '\0'; line = end + 1, lines++) {
        json_t *j;

        end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        j = json_loads(line, 0, NULL);
        assert_non_null(j);
        assert_int_equal(json_object_size(j), 2);
        json_decref(j);
    }
    assert_int_equal(lines, 3);
}

static void test_empty_json_is_json(void **state)
{
    json_t *j;

    (void)state;
    list.count = 0;
    write_list(FORMAT_JSON, NULL);
    j = json_loads(out.data, 0, NULL);
    assert_non_null(j);
    assert_true(json_is_true(json_object_get(j, "complete")));
    assert_int_equal(json_array_size(json_object_get(j, "rows")), 0);
    json_decref(j);
}

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
        const struct list_command *l = list_command_find(command_table[i].name);

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
    assert_ptr_equal(l, list_command_find("usage"));
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
        cmocka_unit_test_setup_teardown(test_csv, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tsv_and_table, setup, teardown),
        cmocka_unit_test_setup_teardown(test_columns_of_servers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_json, setup, teardown),
        cmocka_unit_test_setup_teardown(test_json_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty_json_is_json, setup, teardown),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_list_commands),
        cmocka_unit_test(test_lists_by),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
