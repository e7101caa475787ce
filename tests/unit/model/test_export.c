#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "demo_rows.h"
#include "model/export.h"

static struct buf scratch;
static const struct row_ctx ctx = {.now = 0, .scratch = &scratch};

static const struct demo sample[] = {
    {.id = 1,
     .name = "a,b",
     .note = "say \"hi\"",
     .n = -5,
     .t = 0,
     .on = true,
     .level = 3,
     .items = {"Cedar Clinic", "Zo\xc3\xab"}},
    {.id = 2,
     .name = "wide \xe6\x97\xa5\xe6\x9c\xac",
     .note = NULL,
     .n = DEMO_NONE,
     .t = TIME_NONE,
     .level = 0},
    {.id = 3,
     .name = "e\x1b[31m\n\t\x7f",
     .note = "\xff\xe2\x80\xae",
     .n = 1234567,
     .t = 1,
     .level = 1},
};

static void build(struct view *v, const struct demo *rows, size_t count)
{
    view_init(v);
    v->source = demo_source(rows, count);
    assert_int_equal(view_rebuild(v, &ctx), 0);
}

static size_t columns(const char *text, size_t cols[COLUMNS_MAX])
{
    size_t count = 0;

    assert_int_equal(export_columns(text, &demo_type, cols, COLUMNS_MAX, &count, NULL), 0);
    return count;
}

static void test_columns(void **state)
{
    size_t cols[COLUMNS_MAX] = {77}, count = 99;
    struct err err;

    (void)state;
    assert_int_equal(columns(NULL, cols), 7);
    assert_int_equal(columns("", cols), 7);
    assert_int_equal(cols[6], 6);
    assert_int_equal(columns("n, name,level", cols), 3);
    assert_int_equal(cols[0], 2);
    assert_int_equal(cols[1], 0);
    assert_int_equal(cols[2], 5);
    assert_int_equal(export_columns("name,nme", &demo_type, cols, COLUMNS_MAX, &count, &err),
                     ERR_USAGE);
    assert_non_null(strstr(err.next, "\"name\""));
    assert_int_equal(export_columns("drawn", &demo_type, cols, COLUMNS_MAX, &count, &err),
                     ERR_USAGE);
    assert_int_equal(export_columns("n,,n", &demo_type, cols, COLUMNS_MAX, &count, &err),
                     ERR_USAGE);
    assert_int_equal(export_columns("n,", &demo_type, cols, COLUMNS_MAX, &count, &err), ERR_USAGE);
    assert_int_equal(export_columns("n,n,n", &demo_type, cols, 2, &count, &err), ERR_USAGE);
    assert_int_equal(export_columns(NULL, &demo_type, cols, 2, &count, &err), ERR_USAGE);
    assert_int_equal(count, 99);
    assert_int_equal(cols[0], 2);
}

static void test_csv(void **state)
{
    size_t cols[COLUMNS_MAX], count = columns(NULL, cols);
    struct view v;
    struct buf out;

    (void)state;
    build(&v, sample, 3);
    buf_init(&out, 10000);
    assert_int_equal(export_csv(&out, &v, cols, count, ',', &ctx), 0);
    assert_string_equal(out.data,
                        "name,note,n,t,on,level,items\n"
                        "\"a,b\",\"say \"\"hi\"\"\",-5,1970-01-01T00:00:00Z,true,error,"
                        "Cedar Clinic; Zo\xc3\xab\n"
                        "wide \xe6\x97\xa5\xe6\x9c\xac,,,,false,ok,\n"
                        "e\\x1b[31m\\x0a\\x09\\x7f,\\xff\\u202e,1234567,1970-01-01T00:00:01Z,"
                        "false,information,\n");
    buf_reset(&out);
    count = columns("name,n", cols);
    assert_int_equal(export_csv(&out, &v, cols, count, '\t', &ctx), 0);
    assert_string_equal(out.data, "name\tn\na,b\t-5\nwide \xe6\x97\xa5\xe6\x9c\xac\t\n"
                                  "e\\x1b[31m\\x0a\\x09\\x7f\t1234567\n");
    buf_release(&out);
    view_release(&v);
}

static void test_table(void **state)
{
    size_t cols[COLUMNS_MAX], count = columns("name,n,on,note", cols);
    struct view v;
    struct buf out;

    (void)state;
    build(&v, sample, 3);
    buf_init(&out, 10000);
    assert_int_equal(export_table(&out, &v, cols, count, &ctx), 0);
    assert_string_equal(out.data, "name                         n  on   note\n"
                                  "a,b                         -5  yes  say \"hi\"\n"
                                  "wide \xe6\x97\xa5\xe6\x9c\xac                    -  no   -\n"
                                  "e\\x1b[31m\\x0a\\x09\\x7f  1234567  no   \\xff\\u202e\n");
    buf_release(&out);
    view_release(&v);
}

static void test_empty_view(void **state)
{
    size_t cols[COLUMNS_MAX], count = columns("name,n", cols);
    struct view v;
    struct buf out;

    (void)state;
    build(&v, sample, 0);
    buf_init(&out, 100);
    assert_int_equal(export_csv(&out, &v, cols, count, ',', &ctx), 0);
    assert_int_equal(export_table(&out, &v, cols, count, &ctx), 0);
    assert_string_equal(out.data, "name,n\nname  n\n");
    buf_release(&out);
    view_release(&v);
}

/* One text through CSV in a column of its own; the line without its heading. */
static void cell_of(const char *text, char sep, struct buf *out)
{
    const struct demo row = {.id = 1, .name = text, .n = DEMO_NONE, .t = TIME_NONE};
    size_t name = 0;
    struct view v;

    build(&v, &row, 1);
    buf_reset(out);
    assert_int_equal(export_csv(out, &v, &name, 1, sep, &ctx), 0);
    buf_consume(out, strlen("name\n"));
    assert_int_equal(out->data[out->len - 1], '\n');
    out->data[--out->len] = '\0';
    view_release(&v);
}

static const struct {
    const char *text, *cell;
} guards[] = {
    {"=1+1", "'=1+1"},
    {"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
    {"+1+1", "'+1+1"},
    {"-1+1", "'-1+1"},
    {"-", "'-"},
    {"--1", "'--1"},
    {"-1.", "'-1."},
    {"-.5", "'-.5"},
    {"-1.5e3", "'-1.5e3"},
    {"-a", "'-a"},
    {"@SUM(A1)", "'@SUM(A1)"},
    {"\t=1", "'\\x09=1"},
    {"\r=1", "'\\x0d=1"},
    {"\xef\xbc\x9d"
     "1",
     "'\xef\xbc\x9d"
     "1"},
    {"\xef\xbc\x8b"
     "1",
     "'\xef\xbc\x8b"
     "1"},
    {"\xef\xbc\x8d"
     "1",
     "'\xef\xbc\x8d"
     "1"},
    {"\xef\xbc\xa0"
     "a",
     "'\xef\xbc\xa0"
     "a"},
    {"=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""},
    {"\"=1\"", "\"\"\"=1\"\"\""},
    {"-5", "-5"},
    {"-5.25", "-5.25"},
    {"+5", "+5"},
    {"+491234", "+491234"},
    {"a=1", "a=1"},
    {"a-b", "a-b"},
    {"'=1", "'=1"},
    {" =1", " =1"},
    {"x@y", "x@y"},
    {"", ""},
};

static void test_formula_guard(void **state)
{
    struct buf out, again;

    (void)state;
    buf_init(&out, 1000);
    buf_init(&again, 1000);
    for (size_t i = 0; i < sizeof(guards) / sizeof(guards[0]); i++) {
        cell_of(guards[i].text, ',', &out);
        assert_string_equal(out.data, guards[i].cell);
        /* A guarded text that is read back and exported anew stays as it is. */
        if (out.data[0] == '"')
            continue;
        cell_of(out.data, ',', &again);
        assert_string_equal(again.data, out.data);
        cell_of(guards[i].text, '\t', &again);
        assert_string_equal(again.data, out.data);
    }
    buf_release(&out);
    buf_release(&again);
}

/* Reads CSV by RFC 4180, as far as one line of one cell goes. */
static bool csv_read(const struct buf *line, struct buf *cell)
{
    const char *p = line->data;

    buf_reset(cell);
    if (*p != '"') {
        buf_addstr(cell, p);
        return strpbrk(p, ",\"\n\r") == NULL;
    }
    for (p++; *p != '\0'; p++) {
        if (*p == '"' && *++p != '"')
            return *p == '\0';
        buf_addc(cell, *p);
    }
    return false;
}

static void test_random_cells(void **state)
{
    uint64_t seed = 5;
    struct buf line, cell;

    (void)state;
    buf_init(&line, 1000);
    buf_init(&cell, 1000);
    for (int i = 0; i < 20000; i++) {
        static const char letters[] = "=+-@\t\r\n\",;'ab1. \x1b\xff";
        char text[12] = "";
        size_t n = demo_random(&seed, sizeof(text));

        for (size_t k = 0; k < n; k++)
            text[k] = letters[demo_random(&seed, sizeof(letters) - 1)];
        cell_of(text, ',', &line);
        assert_true(csv_read(&line, &cell));
        assert_null(strpbrk(cell.data, "\t\r\n\x1b\xff"));
        if (cell.len > 0 && strchr("=@", cell.data[0]) != NULL)
            fail_msg("a formula got out: %s", line.data);
        if (cell.len > 0 && strchr("+-", cell.data[0]) != NULL)
            assert_int_equal(strspn(cell.data + 1, "0123456789."), cell.len - 1);
        /* What stands in the cell is a fixed point. */
        cell_of(cell.data, ',', &line);
        buf_reset(&scratch);
        assert_true(csv_read(&line, &scratch));
        assert_string_equal(scratch.data, cell.data);
    }
    buf_release(&line);
    buf_release(&cell);
}

static void test_ceilings(void **state)
{
    size_t cols[COLUMNS_MAX], count = columns(NULL, cols);
    struct buf out, small;
    struct row_ctx tight = {.now = 0, .scratch = &small};
    struct view v;

    (void)state;
    build(&v, sample, 3);
    buf_init(&out, 60);
    buf_init(&small, 5);
    assert_int_equal(export_csv(&out, &v, cols, count, ',', &ctx), ERR_TOOBIG);
    buf_reset(&out);
    assert_int_equal(export_table(&out, &v, cols, count, &ctx), ERR_TOOBIG);
    buf_release(&out);
    /* A list that does not fit into the scratch buffer is an error, not a shorter list. */
    buf_init(&out, 10000);
    assert_int_equal(export_csv(&out, &v, cols, count, ',', &tight), ERR_TOOBIG);
    assert_int_equal(export_table(&out, &v, cols, count, &tight), ERR_TOOBIG);
    buf_release(&out);
    buf_release(&small);
    view_release(&v);
}

static int set_up(void **state)
{
    (void)state;
    buf_init(&scratch, 10000);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_release(&scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),       cmocka_unit_test(test_csv),
        cmocka_unit_test(test_table),         cmocka_unit_test(test_empty_view),
        cmocka_unit_test(test_formula_guard), cmocka_unit_test(test_random_cells),
        cmocka_unit_test(test_ceilings),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
