#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/help.h"

static struct args args;
static struct err err;

/* The arguments up to NULL. */
static int parse(const char *first, ...)
{
    char *argv[16] = {(char *)"luitop"};
    int argc = 1;
    va_list ap;

    va_start(ap, first);
    for (const char *a = first; a != NULL && argc < 16; a = va_arg(ap, const char *))
        argv[argc++] = (char *)a;
    va_end(ap);
    err_clear(&err);
    return args_parse(&args, argc, argv, &err);
}

static void test_options_stand_anywhere(void **state)
{
    (void)state;
    assert_int_equal(parse("--profile", "p", "servers", "--format=csv", "-q", NULL), 0);
    assert_string_equal(args.command->name, "servers");
    assert_string_equal(args.value[OPTION_PROFILE], "p");
    assert_string_equal(args.value[OPTION_FORMAT], "csv");
    assert_true(args.given[OPTION_QUIET]);
    assert_false(args.given[OPTION_OFFLINE]);
    assert_int_equal(parse("servers", "-qrofile", "-s", "-age_hours", "--filter", "", NULL), 0);
    assert_true(args.given[OPTION_READ_ONLY]);
    assert_string_equal(args.value[OPTION_OUTPUT], "file");
    assert_string_equal(args.value[OPTION_SORT], "-age_hours");
    assert_string_equal(args.value[OPTION_FILTER], "");
    assert_int_equal(parse("servers", "-o", "a", "-o", "b", NULL), 0);
    assert_string_equal(args.value[OPTION_OUTPUT], "b");
}

static void test_optional_value_only_after_equals(void **state)
{
    (void)state;
    assert_int_equal(parse("--demo", "status", NULL), 0);
    assert_string_equal(args.command->name, "status");
    assert_true(args.given[OPTION_DEMO]);
    assert_null(args.value[OPTION_DEMO]);
    assert_int_equal(parse("--demo=77", NULL), 0);
    assert_null(args.command);
    assert_string_equal(args.value[OPTION_DEMO], "77");
}

static void test_nothing_is_the_dashboard(void **state)
{
    (void)state;
    assert_int_equal(parse(NULL), 0);
    assert_null(args.command);
}

static void test_faults_name_the_nearest(void **state)
{
    static const struct {
        const char *words[4], *next;
    } cases[] = {
        {{"sevrers"}, "luitop servers"},
        {{"servers", "--fromat", "csv"}, "--format"},
        {{"servers", "--form=csv"}, NULL},
        {{"check", "server"}, "check servers"},
        {{"check"}, "check servers"},
        {{"config", "shwo"}, "config show"},
        {{"servers", "--warning", "1"}, "check"},
        {{"--format", "csv"}, "servers"},
        {{"servers", "extra"}, "help servers"},
        {{"servers", "--format"}, "FORMAT"},
        {{"servers", "--quiet=1"}, NULL},
        {{"-Z"}, NULL},
        {{"servers", "--", "--quiet"}, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *const *w = cases[i].words;

        assert_int_equal(parse(w[0], w[1], w[1] != NULL ? w[2] : NULL, NULL), ERR_USAGE);
        assert_int_equal(err.code, ERR_USAGE);
        assert_int_equal(err_exit_status(err.code), 64);
        if (cases[i].next != NULL)
            assert_non_null(strstr(err.next, cases[i].next));
    }
}

static void test_first_fault_counts_and_command_is_known(void **state)
{
    (void)state;
    assert_int_equal(parse("--bogus", "check", "servers", "--worse", NULL), ERR_USAGE);
    assert_non_null(strstr(err.what, "--bogus"));
    assert_string_equal(args.command->name, "check");
    assert_true(args.command->plugin);
}

static void test_numbers(void **state)
{
    static const char *const bad[] = {"", "x", "5x", " 5", "-1", "101", "99999999999999999999"};
    int64_t n = 42;

    (void)state;
    memset(&args, 0, sizeof(args));
    assert_int_equal(args_number(&args, OPTION_WARNING, 0, 100, 7, &n, &err), 0);
    assert_int_equal(n, 7);
    args.value[OPTION_WARNING] = "100";
    assert_int_equal(args_number(&args, OPTION_WARNING, 0, 100, 7, &n, &err), 0);
    assert_int_equal(n, 100);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        args.value[OPTION_WARNING] = bad[i];
        assert_int_equal(args_number(&args, OPTION_WARNING, 0, 100, 7, &n, &err), ERR_USAGE);
        assert_int_equal(n, 100);
    }
}

/* What could be typed must be told: every option and command is in the help, once. */
static void test_help_covers_the_tables(void **state)
{
    struct buf full, one;
    char name[64];

    (void)state;
    buf_init(&full, 1 << 20);
    buf_init(&one, 1 << 20);
    help_full(&full);
    assert_int_equal(full.failed, 0);
    for (size_t i = 0; i < OPTION_ALL; i++) {
        const struct option_row *o = &option_table[i];
        uint64_t takers = 0;

        for (size_t j = i + 1; j < OPTION_ALL; j++) {
            assert_string_not_equal(o->name, option_table[j].name);
            assert_true(o->letter == 0 || o->letter != option_table[j].letter);
        }
        for (size_t c = 0; c < command_count; c++) {
            if (!(command_table[c].options & (UINT64_C(1) << i)))
                continue;
            takers++;
            buf_reset(&one);
            help_command(&one, &command_table[c]);
            snprintf(name, sizeof(name), "--%s", o->name);
            assert_non_null(strstr(one.data, name));
        }
        snprintf(name, sizeof(name), "--%s", o->name);
        if (o->scope == OPTION_EVERYWHERE)
            assert_non_null(strstr(full.data, name));
        else
            assert_true(takers > 0);
    }
    for (size_t c = 0; c < command_count; c++) {
        snprintf(name, sizeof(name), "\n  %s ", command_table[c].name);
        assert_non_null(strstr(full.data, name));
        assert_non_null(command_table[c].run);
        assert_non_null(command_table[c].examples);
        assert_ptr_equal(command_find(command_table[c].name), &command_table[c]);
    }
    for (const char *line = full.data; line != NULL && *line != '\0';) {
        const char *end = strchr(line, '\n');

        assert_non_null(end);
        assert_true(end - line <= 80);
        line = end + 1;
    }
    buf_release(&full);
    buf_release(&one);
}

static void test_version_is_one_line(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 4096);
    help_version(&out);
    assert_memory_equal(out.data, "luitop " LUITOP_VERSION " (", strlen(LUITOP_VERSION) + 9);
    assert_ptr_equal(strchr(out.data, '\n'), out.data + out.len - 1);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_stand_anywhere),
        cmocka_unit_test(test_optional_value_only_after_equals),
        cmocka_unit_test(test_nothing_is_the_dashboard),
        cmocka_unit_test(test_faults_name_the_nearest),
        cmocka_unit_test(test_first_fault_counts_and_command_is_known),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_help_covers_the_tables),
        cmocka_unit_test(test_version_is_one_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
