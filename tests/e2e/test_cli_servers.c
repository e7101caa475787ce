/*
 * `luitop servers` against a real service: all formats, and every number against what the service
 * sent, judged by the rules of published.md §3.1 and not by luitop's own code.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/oracle.h"

#define COLUMNS                                                                                    \
    "host_id fqdn status severity last_reported age_hours expires days_to_expire free ccu "        \
    "messages customers"

static json_t *parse(const char *text)
{
    json_error_t e;
    json_t *root = json_loads(text, 0, &e);

    if (root == NULL)
        fail_msg("not JSON: %s at %d\n%s", e.text, e.position, text);
    return root;
}

static void check_format(struct cmd *c, const char *format, const char *golden)
{
    cmd_run(c, "servers", "--format", format, NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.err.data, "");
    assert_null(memchr(c->r.out.data, '\x1b', c->r.out.len));
    golden_check(golden, c->r.out.data);
}

static void test_table(void **state)
{
    check_format(*state, "table", "cli_servers_table");
}

static void test_csv(void **state)
{
    check_format(*state, "csv", "cli_servers_csv");
}

static void test_tsv(void **state)
{
    check_format(*state, "tsv", "cli_servers_tsv");
}

static void test_jsonl(void **state)
{
    check_format(*state, "jsonl", "cli_servers_jsonl");
}

static void test_json(void **state)
{
    check_format(*state, "json", "cli_servers_json");
}

/* The same twelve columns in the same order, whatever the format; a table is the default. */
static void test_columns_in_order(void **state)
{
    static const char *const plain[] = {"csv", "tsv", "table"};
    struct cmd *c = *state;
    const char *key;
    json_t *row, *v;

    for (size_t i = 0; i < 3; i++) {
        struct buf head;

        cmd_run(c, "servers", "--format", plain[i], NULL);
        cmd_expect(c, 0);
        buf_init(&head, 1 << 16);
        for (const char *p = c->r.out.data; *p != '\n'; p++) {
            bool gap = *p == ' ' || *p == '\t' || *p == ',';

            if (!gap || head.data[head.len - 1] != ' ')
                buf_addc(&head, gap ? ' ' : *p);
        }
        assert_string_equal(head.data, COLUMNS);
        buf_release(&head);
    }
    cmd_run(c, "servers", NULL);
    assert_int_equal(strncmp(c->r.out.data, "host_id ", 8), 0);
    cmd_run(c, "servers", "--format", "jsonl", NULL);
    *strchr(c->r.out.data, '\n') = '\0';
    row = parse(c->r.out.data);
    json_object_foreach(row, key, v) buf_addf(&c->b, "%s%s", c->b.len > 0 ? " " : "", key);
    assert_string_equal(c->b.data, COLUMNS);
    json_decref(row);
}

static const char *text_of(const json_t *o, const char *name)
{
    return json_string_value(json_object_get(o, name));
}

static void same_text(const json_t *row, const char *name, const json_t *server, const char *member)
{
    const char *is = text_of(row, name), *want = text_of(server, member);

    if ((is == NULL) != (want == NULL) || (is != NULL && strcmp(is, want) != 0))
        fail_msg("%s is %s, the service said %s", name, is != NULL ? is : "null",
                 want != NULL ? want : "null");
}

/* "2026-03-04T01:05:09.00-05:00" in seconds since 1970 by its own arithmetic. */
static int64_t seconds_of(const char *text)
{
    int y, mo, d, h, mi, s, oh = 0, om = 0;
    const char *zone = text + strlen(text) - 6;
    int64_t days;
    char sign;

    assert_int_equal(sscanf(text, "%d-%d-%dT%d:%d:%d", &y, &mo, &d, &h, &mi, &s), 6);
    if (text[strlen(text) - 1] != 'Z')
        assert_int_equal(sscanf(zone, "%c%d:%d", &sign, &oh, &om), 3);
    else
        sign = '+';
    y -= mo <= 2;
    days = 365LL * y + y / 4 - y / 100 + y / 400 + (153 * (mo + (mo > 2 ? -3 : 9)) + 2) / 5 + d -
           1 - 719468;
    return days * 86400 + h * 3600 + mi * 60 + s - (sign == '-' ? -1 : 1) * (oh * 3600 + om * 60);
}

static void check_row(const json_t *row, const json_t *server)
{
    const char *last = text_of(server, "lastPhoningHomeTime");
    const json_t *days = json_object_get(server, "daysToExpire");
    json_t *linked = json_object_get(server, "linkedCustomerList"), *one;
    size_t i;

    same_text(row, "host_id", server, "hostId");
    same_text(row, "fqdn", server, "fqdn");
    assert_string_equal(text_of(row, "status"), oracle_server_status(server));
    assert_string_equal(text_of(row, "severity"), oracle_server_severity(server));
    assert_int_equal(json_integer_value(json_object_get(row, "messages")),
                     oracle_server_messages(server));
    assert_int_equal(json_is_true(json_object_get(row, "free")),
                     json_is_true(json_object_get(server, "isLicenseServerFree")));
    assert_int_equal(json_is_true(json_object_get(row, "ccu")),
                     json_is_true(json_object_get(server, "isCcu")));
    assert_true(json_equal(json_object_get(row, "days_to_expire"), days));
    if (last == NULL) {
        assert_true(json_is_null(json_object_get(row, "last_reported")));
        assert_true(json_is_null(json_object_get(row, "age_hours")));
    } else {
        int64_t at = seconds_of(last), now = seconds_of(SANDBOX_NOW);

        assert_int_equal(seconds_of(text_of(row, "last_reported")), at);
        assert_int_equal(json_integer_value(json_object_get(row, "age_hours")), (now - at) / 3600);
    }
    assert_int_equal(json_array_size(json_object_get(row, "customers")), json_array_size(linked));
    json_array_foreach(linked, i, one)
    {
        assert_string_equal(json_string_value(json_array_get(json_object_get(row, "customers"), i)),
                            text_of(one, "customerDisplayName"));
    }
}

static void test_rows_against_the_service(void **state)
{
    static const char *const many[] = {"--servers", "60", "--users", "300", "--seed", "7", NULL};
    struct cmd *c = *state;
    json_t *truth, *list, *root, *rows, *row;
    size_t i;

    cmd_sandbox(c, many);
    truth = oracle_get(&c->sb, ORACLE_SERVERS);
    list = json_object_get(truth, "licenseServersStatus");
    assert_int_equal(json_array_size(list), 60);
    cmd_run(c, "servers", "--format", "json", NULL);
    cmd_expect(c, 0);
    root = parse(c->r.out.data);
    rows = json_object_get(root, "rows");
    assert_int_equal(json_array_size(rows), 60);
    assert_int_equal(json_integer_value(json_object_get(root, "count")), 60);
    assert_int_equal(json_integer_value(json_object_get(root, "total")), 60);
    assert_true(json_is_true(json_object_get(root, "complete")));
    json_array_foreach(rows, i, row) check_row(row, json_array_get(list, i));
    json_decref(root);
    json_decref(truth);
}

/* How many servers of the service have SEVERITY. */
static int truth_of(struct cmd *c, const char *severity)
{
    json_t *truth = oracle_get(&c->sb, ORACLE_SERVERS), *one;
    size_t i;
    int n = 0;

    json_array_foreach(json_object_get(truth, "licenseServersStatus"), i, one)
    {
        n += strcmp(oracle_server_severity(one), severity) == 0;
    }
    json_decref(truth);
    return n;
}

static void test_filter_and_count(void **state)
{
    static const char *const severities[] = {"ok", "information", "warning", "error"};
    struct cmd *c = *state;
    char filter[64];
    int all = 0;

    for (size_t i = 0; i < 4; i++) {
        int n = truth_of(c, severities[i]);

        snprintf(filter, sizeof(filter), "severity=%s", severities[i]);
        cmd_run(c, "servers", "--filter", filter, "--count", NULL);
        cmd_expect(c, 0);
        assert_true(n > 0);
        assert_int_equal(strtol(c->r.out.data, NULL, 10), n);
        assert_int_equal(count_lines(c->r.out.data), 1);
        cmd_run(c, "servers", "--filter", filter, "--format", "jsonl", NULL);
        assert_int_equal(count_lines(c->r.out.data), n);
        all += n;
    }
    cmd_run(c, "servers", "--count", NULL);
    assert_int_equal(strtol(c->r.out.data, NULL, 10), all);
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", "--filter",
            "status!=reporting or (days_to_expire<=30 and fqdn~lic03)", NULL);
    assert_string_equal(c->r.out.data, "host_id\nLIC03\nLIC07\nLIC11\nLIC14\n");
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", "--filter", "fqdn=null", NULL);
    assert_string_equal(c->r.out.data, "host_id\nLIC14\n");
    /* Nothing matches: only the head line, and that is no error. */
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", "--filter", "fqdn=x", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.out.data, "host_id\n");
}

static void test_sort_and_columns(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "servers", "--format", "csv", "--columns", "days_to_expire,host_id", "--sort",
            "days_to_expire", "--filter", "days_to_expire<=120", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.out.data, "days_to_expire,host_id\n-12,LIC09\n9,LIC03\n61,LIC11\n"
                                       "74,LIC05\n120,LIC07\n");
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", "--sort", "-days_to_expire",
            "--filter", "days_to_expire<=120", NULL);
    assert_string_equal(c->r.out.data, "host_id\nLIC07\nLIC05\nLIC11\nLIC03\nLIC09\n");
    /* What has no value goes last in both directions. */
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", "-s", "last_reported", NULL);
    assert_non_null(strstr(c->r.out.data, "\nLIC14\n"));
    assert_string_equal(strstr(c->r.out.data, "LIC14"), "LIC14\n");
    cmd_run(c, "servers", "--format", "csv", "--columns", "host_id", "-s", "-last_reported", NULL);
    assert_string_equal(strstr(c->r.out.data, "LIC14"), "LIC14\n");
}

static int files_in(const char *dir)
{
    DIR *d = opendir(dir);
    struct dirent *e;
    int n = 0;

    while (d != NULL && (e = readdir(d)) != NULL)
        n += e->d_name[0] != '.' || isalnum((unsigned char)e->d_name[1]);
    if (d != NULL)
        closedir(d);
    return n;
}

static void test_output_file(void **state)
{
    struct cmd *c = *state;
    char path[TEMP_PATH * 2], dir[TEMP_PATH * 2];
    struct stat st;

    snprintf(dir, sizeof(dir), "%s", cmd_path(c, "out"));
    assert_int_equal(mkdir(dir, 0700), 0);
    snprintf(path, sizeof(path), "%s", cmd_path(c, "out/servers.csv"));
    cmd_run(c, "servers", "--format", "csv", "-o", path, NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.out.data, "");
    golden_check("cli_servers_csv", read_file(path, &c->b));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(files_in(dir), 1);
    /* There already: refused before anything is asked, and left as it is. */
    sandbox_forget(&c->sb);
    cmd_run(c, "servers", "--format", "json", "-o", path, NULL);
    cmd_expect_error(c, 64, "servers.csv", "--force", NULL);
    assert_int_equal(sandbox_count(&c->sb, NULL, NULL), 0);
    golden_check("cli_servers_csv", read_file(path, &c->b));
    cmd_run(c, "servers", "--format", "jsonl", "-o", path, "--force", NULL);
    cmd_expect(c, 0);
    golden_check("cli_servers_jsonl", read_file(path, &c->b));
    assert_int_equal(files_in(dir), 1);
    /* A failure leaves the file that was there, and no other. */
    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"403\",\"path\":\"/lui/\"");
    cmd_run(c, "servers", "--format", "csv", "-o", path, "--force", NULL);
    cmd_expect(c, 77);
    golden_check("cli_servers_jsonl", read_file(path, &c->b));
    assert_int_equal(files_in(dir), 1);
    snprintf(path, sizeof(path), "%s", cmd_path(c, "out/other.csv"));
    cmd_run(c, "servers", "-o", path, NULL);
    cmd_expect(c, 77);
    assert_int_not_equal(access(path, F_OK), 0);
    cmd_run(c, "servers", "-o", "-", NULL);
    cmd_expect(c, 77);
}

static void test_output_dash_is_stdout(void **state)
{
    struct cmd *c = *state;

    cmd_run(c, "servers", "--format", "csv", "--output", "-", NULL);
    cmd_expect(c, 0);
    golden_check("cli_servers_csv", c->r.out.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_table),
        CMD_TEST(test_csv),
        CMD_TEST(test_tsv),
        CMD_TEST(test_jsonl),
        CMD_TEST(test_json),
        CMD_TEST(test_columns_in_order),
        CMD_TEST(test_rows_against_the_service),
        CMD_TEST(test_filter_and_count),
        CMD_TEST(test_sort_and_columns),
        CMD_TEST(test_output_file),
        CMD_TEST(test_output_dash_is_stdout),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
