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
#include "model/export.h"
#include "model/listing.h"
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

static void test_names_of_formats(void **state)
{
    (void)state;
    assert_int_equal(list_format_find("csv"), FORMAT_CSV);
    assert_int_equal(list_format_find("jsonl"), FORMAT_JSONL);
    assert_int_equal(list_format_find("CSV"), FORMAT_COUNT);
    assert_int_equal(list_format_find(""), FORMAT_COUNT);
    assert_string_equal(list_format_names[FORMAT_TABLE], "table");
}

static void test_file_names(void **state)
{
    char name[LIST_FILE_NAME], longest[300];

    (void)state;
    assert_string_equal(list_file_name("nimbus7q2x", "usage", "2026-11", FORMAT_CSV, name),
                        "nimbus7q2x_usage_2026-11.csv");
    assert_string_equal(list_file_name("../.a b", "-x", "\x1b[31m\xc3\xa9", FORMAT_JSONL, name),
                        "_._.a_b__x___31m__.jsonl");
    assert_string_equal(list_file_name("", "", "", FORMAT_TSV, name), "__.tsv");
    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    list_file_name(longest, longest, longest, FORMAT_JSONL, name);
    assert_int_equal(strlen(name), 3 * 64 + 2 + strlen(".jsonl"));
}

static void test_formats_of_files(void **state)
{
    static const struct {
        const char *path;
        enum list_format format;
    } files[] = {
        {"a.csv", FORMAT_CSV},     {"x/y.JSON", FORMAT_JSON}, {"a.b.jsonl", FORMAT_JSONL},
        {"a.tsv", FORMAT_TSV},     {"a.txt", FORMAT_COUNT},   {"a", FORMAT_COUNT},
        {".csv", FORMAT_COUNT},    {"x/.csv", FORMAT_COUNT},  {"a.csv/b", FORMAT_COUNT},
        {"a.csv/", FORMAT_COUNT},  {"", FORMAT_COUNT},        {"a.", FORMAT_COUNT},
        {"a.table", FORMAT_TABLE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        assert_int_equal(list_file_format(files[i].path), files[i].format);
}

static void test_gaps(void **state)
{
    (void)state;
    list_about_unreadable(&about);
    assert_int_equal(about.gap_count, 0);
    about.unreadable = 1;
    list_about_unreadable(&about);
    assert_string_equal(about.gaps[0], "1 row could not be read");
    about.unreadable = 2;
    for (int i = 0; i < 2 * LIST_GAPS_MAX; i++)
        list_about_unreadable(&about);
    assert_int_equal(about.gap_count, LIST_GAPS_MAX);
    assert_string_equal(about.gaps[LIST_GAPS_MAX - 1], "2 rows could not be read");
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
        cmocka_unit_test_setup_teardown(test_gaps, setup, teardown),
        cmocka_unit_test(test_names_of_formats),
        cmocka_unit_test(test_file_names),
        cmocka_unit_test(test_formats_of_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
