/* x and :export: the screen's list as a file. What a file should hold is asked of the commands. */
#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"

/* Past SANDBOX_NOW, and no server's age in hours changes in the two minutes that follow. */
#define NOW "2026-11-22T14:02:30Z"

static char *here; /* the folder the tests run in */

/* luitop works in the sandbox's folder. */
static void start(struct lt *lt, int rows, int cols)
{
    static const char *const few[] = {"--users", "300", "--months", "3", NULL};
    static const char *const now[] = {"--now", NOW, NULL};
    char *program = realpath(env_path("LUITOP_BIN", "build/luitop"), NULL);

    lt_sandbox(lt, few);
    assert_non_null(program);
    assert_int_equal(setenv("LUITOP_BIN", program, 1), 0);
    free(program);
    free(here);
    here = realpath(".", NULL);
    assert_int_equal(chdir(lt->sb.dir), 0);
    lt_run(lt, rows, cols, now, NULL);
    assert_int_equal(chdir(here), 0);
    lt_wait_loaded(lt);
}

static int tear_down(void **state)
{
    free(here);
    here = NULL;
    return lt_tear_down(state);
}
#define EXPORT_TEST(name) cmocka_unit_test_setup_teardown(name, lt_set_up, tear_down)

static const char *path_of(struct lt *lt, const char *name, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/%s", lt->sb.dir, name);
    return out;
}

static const char *content(struct lt *lt, const char *name, struct buf *out)
{
    char path[PATH_MAX];

    return read_file(path_of(lt, name, path), out);
}

static bool is_there(struct lt *lt, const char *name)
{
    char path[PATH_MAX];

    return access(path_of(lt, name, path), F_OK) == 0;
}

static void put(struct lt *lt, const char *name, const char *text)
{
    char path[PATH_MAX];

    temp_write(path_of(lt, name, path), 0600, text);
}

/* Files of luitop's that should not be there any more. */
static void expect_nothing_left(struct lt *lt)
{
    DIR *d = opendir(lt->sb.dir);
    struct dirent *e;

    assert_non_null(d);
    while ((e = readdir(d)) != NULL)
        if (strncmp(e->d_name, ".luitop", 7) == 0)
            fail_msg("%s is left behind", e->d_name);
    closedir(d);
}

static void export_to(struct lt *lt, const char *name)
{
    char text[PATH_MAX];

    snprintf(text, sizeof(text), "export %s\r", name);
    lt_keys(lt, ":");
    lt_type(lt, text);
}

static void expect_written(struct lt *lt, const char *name)
{
    char text[PATH_MAX];

    snprintf(text, sizeof(text), "wrote %s: ", name);
    lt_expect(lt, text);
}

static void filter(struct lt *lt, const char *text)
{
    lt_keys(lt, "/");
    lt_type(lt, text);
    lt_keys(lt, "Enter");
}

/* When the service said so is each run's own. */
static void blank_age(char *json)
{
    static const char member[] = "\"as_of\":\"";
    char *at = strstr(json, member);

    for (at = at != NULL ? at + strlen(member) : NULL; at != NULL && *at != '"'; at++)
        *at = '.';
}

/* The file NAME holds what the command writes. */
static void expect_command(struct lt *lt, const char *name, const char *command, const char *by,
                           const char *sort, const char *query, const char *format)
{
    char order[64];
    const char *argv[] = {env_path("LUITOP_BIN", NULL),
                          "--config",
                          lt->sb.settings,
                          "--now",
                          NOW,
                          command,
                          by != NULL ? by : "--quiet",
                          "--quiet",
                          order,
                          "--filter",
                          query,
                          "--format",
                          format,
                          NULL};
    struct buf file;
    struct run r;

    snprintf(order, sizeof(order), "--sort=%s", sort);
    buf_init(&file, 16 << 20);
    content(lt, name, &file);
    run(&r, argv, NULL, NULL);
    if (r.status != 0)
        fail_msg("%s ends with %d: %s", command, r.status, r.err.data);
    blank_age(file.data);
    blank_age(r.out.data);
    assert_string_equal(file.data, r.out.data);
    run_release(&r);
    buf_release(&file);
}

/* E1, E3: the same bytes as the command, for each list of the account. */
static void test_same_as_the_command(void **state)
{
    static const struct {
        const char *pane, *command, *sort, *filter, *by;
    } lists[] = {
        {"2", "servers", "-status", "severity>=warning", NULL},
        {"3", "usage", "-total", "total>1", NULL},
        {"4", "customers", "customer_id", "notifications>=0 or cedar", "--by=edition"},
        {":netscaler", "netscaler", "-host_id", "e", NULL},
        {":cloud", "cloud", "-term", "2026", NULL},
    };
    static const char *const formats[] = {"csv", "json"};
    struct lt *lt = *state;
    struct buf file;
    long shown, total;
    char name[64];

    start(lt, 24, 80);
    buf_init(&file, 16 << 20);
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        lt_keys(lt, lists[i].pane);
        lt_shown(lt, &shown, &total);
        if (shown < 0) /* cards: the same as a table */
            lt_keys(lt, "t");
        lt_keys(lt, ":");
        snprintf(name, sizeof(name), "sort %s\r", lists[i].sort);
        lt_type(lt, name);
        filter(lt, lists[i].filter);
        for (size_t f = 0; f < 2; f++) {
            snprintf(name, sizeof(name), "list%zu.%s", i, formats[f]);
            export_to(lt, name);
            expect_written(lt, name);
            expect_command(lt, name, lists[i].command, lists[i].by, lists[i].sort, lists[i].filter,
                           formats[f]);
        }
        lt_shown(lt, &shown, &total);
        snprintf(name, sizeof(name), "list%zu.csv", i);
        assert_true(shown > 0);
        assert_int_equal(count_lines(content(lt, name, &file)), shown + 1);
    }
    /* M3: what is missing from a total is in every row of it. */
    content(lt, "list1.csv", &file);
    expect_part(file.data, ",customers,incomplete\n");
    expect_part(file.data, ",true\n");
    expect_no_part(file.data, ",false\n");
    content(lt, "list1.json", &file);
    expect_part(file.data, "\"complete\":false");
    buf_release(&file);
    expect_nothing_left(lt);
}

/* E2: all, filtered, marked; marked rows also where the filter hides them. */
static void test_scopes(void **state)
{
    struct lt *lt = *state;
    struct buf file;

    start(lt, 24, 80);
    buf_init(&file, 1 << 20);
    lt_keys(lt, "2 Space Space");
    filter(lt, "lic1");
    lt_expect(lt, "5 shown / 14, 2 marked, 1 hidden");
    lt_keys(lt, "x");
    lt_expect(lt, " all 14   filtered 5  [marked 2]");
    lt_keys(lt, "Enter");
    lt_expect(lt, "nimbus7q2x_servers_2026-11-22.csv: 2 rows");
    content(lt, "nimbus7q2x_servers_2026-11-22.csv", &file);
    assert_int_equal(count_lines(file.data), 3);
    expect_part(file.data, "\nLIC14,");
    expect_part(file.data, "\nLIC07,");
    lt_keys(lt, "x Left Tab Tab Right Right Enter");
    lt_expect(lt, "nimbus7q2x_servers_2026-11-22.json: 5 rows");
    expect_part(content(lt, "nimbus7q2x_servers_2026-11-22.json", &file),
                "\"count\":5,\"total\":14,");
    lt_keys(lt, "x Right Down Down Left Enter");
    lt_expect(lt, "nimbus7q2x_servers_2026-11-22.jsonl: 14 rows");
    content(lt, "nimbus7q2x_servers_2026-11-22.jsonl", &file);
    assert_int_equal(count_lines(file.data), 14);
    buf_release(&file);
}

/* The columns on the screen, in its order; the gap comes along. E8: the byte order mark. */
static void test_columns_and_mark(void **state)
{
    static const char servers[] =
        "\xef\xbb\xbfstatus,host_id,fqdn,age_hours,last_reported,expires,messages,customers\n";
    struct lt *lt = *state;
    struct buf file;
    long shown, total;

    start(lt, 24, 80);
    buf_init(&file, 1 << 20);
    lt_keys(lt, "2 x Tab Right Tab Tab Right Tab C-u");
    lt_type(lt, "s.csv\r");
    lt_expect(lt, "s.csv: 14 rows");
    content(lt, "s.csv", &file);
    assert_memory_equal(file.data, servers, sizeof(servers) - 1);
    lt_keys(lt, "3");
    lt_shown(lt, &shown, &total);
    if (shown < 0)
        lt_keys(lt, "t");
    lt_keys(lt, "x Tab Right Enter");
    lt_expect(lt, "bytes; incomplete: 3 of 14 ");
    content(lt, "nimbus7q2x_usage_2026-11.csv", &file);
    assert_memory_equal(file.data, "edition,total,paid,free,", 24);
    expect_part(file.data, ",incomplete\n");
    expect_part(file.data, ",true\n");
    buf_release(&file);
}

/* E7: a file that is there stays, unless another key than the one that wrote says otherwise. */
static void test_never_over_a_file_unasked(void **state)
{
    struct lt *lt = *state;
    struct buf file;

    start(lt, 24, 80);
    buf_init(&file, 1 << 20);
    put(lt, "mine.csv", "mine\n");
    lt_keys(lt, "2");
    export_to(lt, "mine.csv");
    lt_expect(lt, "This file is already there.");
    lt_keys(lt, "Enter");
    lt_expect(lt, "the file that is there stays as it is");
    assert_string_equal(content(lt, "mine.csv", &file), "mine\n");
    lt_keys(lt, "Enter x");
    assert_string_equal(content(lt, "mine.csv", &file), "mine\n");
    lt_keys(lt, "Enter Esc");
    lt_expect(lt, "stays as it is");
    lt_keys(lt, "Esc");
    lt_expect(lt, "14 shown / 14");
    assert_string_equal(content(lt, "mine.csv", &file), "mine\n");
    /* It comes while the dialog is open. */
    lt_keys(lt, "x");
    put(lt, "nimbus7q2x_servers_2026-11-22.csv", "theirs\n");
    lt_keys(lt, "Enter");
    lt_expect(lt, "This file is already there.");
    assert_string_equal(content(lt, "nimbus7q2x_servers_2026-11-22.csv", &file), "theirs\n");
    lt_keys(lt, "o");
    lt_expect(lt, "nimbus7q2x_servers_2026-11-22.csv: 14 rows");
    assert_int_equal(count_lines(content(lt, "nimbus7q2x_servers_2026-11-22.csv", &file)), 15);
    buf_release(&file);
    expect_nothing_left(lt);
}

static void test_what_stands_in_the_way(void **state)
{
    struct lt *lt = *state;
    char path[PATH_MAX];

    start(lt, 24, 80);
    assert_int_equal(mkdir(path_of(lt, "folder.csv", path), 0700), 0);
    lt_keys(lt, "2");
    export_to(lt, "folder.csv");
    lt_expect(lt, "\"folder.csv\" cannot be written: Is a directory");
    export_to(lt, "none/a.csv");
    lt_expect(lt, "\"none/a.csv\" cannot be written: No such file or directory");
    export_to(lt, "a.txt");
    lt_expect(lt, "end the file's name in .csv, .tsv, .json or .jsonl");
    assert_false(is_there(lt, "a.txt"));
    /* In the dialog, which stays open for another name. */
    lt_keys(lt, "x S-Tab C-u");
    lt_type(lt, "none/b.csv\r");
    lt_expect(lt, "\"none/b.csv\" cannot be written: No such file or directory");
    lt_keys(lt, "C-u");
    lt_type(lt, "b.json");
    lt_expect(lt, "[JSON]");
    lt_keys(lt, "Enter");
    lt_expect(lt, "b.json: 14 rows");
    lt_keys(lt, "1 x");
    lt_expect(lt, "export: this pane is not a list: open one first");
    lt_keys(lt, "5 x");
    lt_expect(lt, "export: ");
    expect_nothing_left(lt);
}

/* Every list, luitop's own records too. */
static void test_every_list(void **state)
{
    static const char *const panes[] = {"2",      "3",        "4",         ":netscaler",
                                        ":cloud", ":notices", ":requests", ":messages"};
    struct lt *lt = *state;
    struct buf file;
    long shown, total;
    char name[32];

    start(lt, 24, 80);
    buf_init(&file, 16 << 20);
    for (size_t i = 0; i < sizeof(panes) / sizeof(panes[0]); i++) {
        lt_keys(lt, panes[i]);
        lt_shown(lt, &shown, &total);
        if (shown < 0) {
            lt_keys(lt, "t");
            lt_shown(lt, &shown, &total);
        }
        snprintf(name, sizeof(name), "pane%zu.tsv", i);
        export_to(lt, name);
        expect_written(lt, name);
        assert_int_equal(count_lines(content(lt, name, &file)), shown + 1);
    }
    buf_release(&file);
}

static void golden(struct lt *lt, const char *name, int rows, int cols)
{
    char full[64];

    snprintf(full, sizeof(full), "%s-%dx%d", name, cols, rows);
    lt_golden(lt, full);
}

static void check_dialog(struct lt *lt, int rows, int cols)
{
    start(lt, rows, cols);
    lt_keys(lt, "2 g Down Space");
    filter(lt, "lic1");
    lt_keys(lt, "x");
    golden(lt, "export", rows, cols);
    put(lt, "nimbus7q2x_servers_2026-11-22.csv", "mine\n");
    lt_keys(lt, "Enter");
    golden(lt, "export-asks", rows, cols);
}

static void test_dialog_at_80x24(void **state)
{
    check_dialog(*state, 24, 80);
}

static void test_dialog_at_120x40(void **state)
{
    check_dialog(*state, 40, 120);
}

/* The field and the question are on the smallest screens too. */
static void test_small_screens(void **state)
{
    static const int rows[] = {10, 6, 4, 2};
    struct lt *lt = *state;

    start(lt, 24, 80);
    lt_keys(lt, "2");
    put(lt, "a.csv", "mine\n");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        term_resize(&lt->t, rows[i], 40);
        export_to(lt, "a.csv");
        lt_expect(lt, "This file is already there.");
        lt_keys(lt, "Esc");
        lt_expect(lt, "the file that is there stays");
        lt_keys(lt, "C-u");
        lt_type(lt, "abcd");
        lt_expect(lt, "abcd");
        lt_keys(lt, "Esc");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXPORT_TEST(test_same_as_the_command),    EXPORT_TEST(test_scopes),
        EXPORT_TEST(test_columns_and_mark),       EXPORT_TEST(test_never_over_a_file_unasked),
        EXPORT_TEST(test_what_stands_in_the_way), EXPORT_TEST(test_every_list),
        EXPORT_TEST(test_dialog_at_80x24),        EXPORT_TEST(test_dialog_at_120x40),
        EXPORT_TEST(test_small_screens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
