/*
 * Every number on the command line and on the screen against SQL over the provider's own records
 * (sql.h), for providers of several seeds: CSV and JSON agree with it to the unit.
 */
#include <ctype.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"
#include "tests/e2e/sql_queries.h"

/* A list of the command line and the SQL that says what it must be, in CSV and in JSON alike. A new
 * command gets its row here and its query in sql_queries.h. */
static const struct question {
    const char *words[7];
    int term;
    const char *sql;
} questions[] = {
    {{"usage"}, SQL_NOW_TERM, by_edition_csv},
    {{"usage", "--term", "2026-09"}, SQL_NOW_TERM - 2, by_edition_csv},
    {{"usage", "--by", "customer"}, SQL_NOW_TERM, by_customer},
    {{"usage", "--by", "customer", "--term", "2026-09"}, SQL_NOW_TERM - 2, by_customer},
    {{"usage", "--by", "server"}, SQL_NOW_TERM, by_server},
    {{"usage", "--by", "server", "--term", "2026-09"}, SQL_NOW_TERM - 2, by_server},
    {{"history", "--months", "24"}, 0, history},
    {{"customers"}, 0, customers},
    {{"customers", "--by", "edition", "--filter", "!feature_id=null"},
     SQL_NOW_TERM,
     customers_by_edition},
    {{"customers", "--by", "edition", "--term", "2026-09", "--filter", "!feature_id=null"},
     SQL_NOW_TERM - 2,
     customers_by_edition},
    {{"netscaler"}, 0, netscaler},
    {{"cloud"}, 0, cloud},
    {{"cloud", "--by", "customer"}, SQL_NOW_TERM, cloud_by_customer},
    {{"cloud", "--by", "customer", "--term", "2026-09"}, SQL_NOW_TERM - 2, cloud_by_customer},
    {{"cloud", "--by", "tenant"}, SQL_NOW_TERM, cloud_by_tenant},
    {{"deployments"}, 0, deployments},
    {{"deployments", "--by", "server"}, 0, deployments_by_server},
    {{"trend", "--months", "24"}, 0, TREND_ROWS(ALL_EDITIONS)},
    {{"trend", "--months", "24", "--forecast"}, 0, forecast},
    {{"trend", "--edition", "XDT_STD_UD"}, 0, TREND_ROWS(ONE_EDITION)},
    {{"trend", "--customer", "none"}, 0, TREND_ROWS(OF_CUSTOMER("c.customer IS NULL"))},
};
enum { QUESTIONS = sizeof(questions) / sizeof(questions[0]) };

static const struct {
    const char *option, *value; /* NULL: the first customer's id, which differs by seed */
    const char *lines, *sentence;
} trends[] = {
    {"--months", "24", TREND_LINES(ALL_EDITIONS), TREND_SENTENCE(ALL_EDITIONS)},
    {"--edition", "XDT_STD_UD", TREND_LINES(ONE_EDITION), TREND_SENTENCE(ONE_EDITION)},
    {"--customer", "none", TREND_LINES(OF_CUSTOMER("c.customer IS NULL")),
     TREND_SENTENCE(OF_CUSTOMER("c.customer IS NULL"))},
    {"--customer", NULL, TREND_LINES(OF_CUSTOMER("c.customer = 1")),
     TREND_SENTENCE(OF_CUSTOMER("c.customer = 1"))},
};

struct provider {
    char dir[TEMP_PATH], file[TEMP_PATH + 32];
    const char *args[16];
    sqlite3 *db;
};

/* Arguments for sandbox_start(), then sql_open() once it runs. */
static void provider_init(struct provider *p, const char *seed, const char *users)
{
    temp_make(p->dir);
    snprintf(p->file, sizeof(p->file), "%s/provider.db", p->dir);
    memcpy(p->args,
           (const char *const[]){"--db", p->file, "--seed", seed, "--users", users, "--servers",
                                 "20", "--months", "24", NULL},
           11 * sizeof(p->args[0]));
}

static void provider_close(struct provider *p)
{
    sqlite3_close(p->db);
    temp_remove(p->dir);
}

static json_t *parse(const char *text)
{
    json_error_t e;
    json_t *root = json_loads(text, 0, &e);

    if (root == NULL)
        fail_msg("not JSON: %s at %d\n%s", e.text, e.position, text);
    return root;
}

static void check_lists(struct cmd *c, struct provider *p)
{
    for (size_t i = 0; i < QUESTIONS; i++) {
        const struct question *q = &questions[i];
        json_t *root;

        cmd_run(c, "-q", "--format", "csv", q->words[0], q->words[1], q->words[2], q->words[3],
                q->words[4], q->words[5], q->words[6], NULL);
        cmd_expect(c, 0);
        assert_true(count_lines(c->r.out.data) > 1);
        sql_expect_csv(p->db, q->sql, q->term, c->r.out.data);
        cmd_run(c, "-q", "--format", "json", q->words[0], q->words[1], q->words[2], q->words[3],
                q->words[4], q->words[5], q->words[6], NULL);
        cmd_expect(c, 0);
        root = parse(c->r.out.data);
        sql_expect_json(p->db, q->sql, q->term, json_object_get(root, "rows"));
        json_decref(root);
    }
}

static void check_status(struct cmd *c, struct provider *p)
{
    json_t *root;

    cmd_run(c, "status", "--format", "json", NULL);
    cmd_expect(c, 0);
    root = parse(c->r.out.data);
    sql_expect_members(p->db, status, SQL_NOW_TERM, root);
    sql_expect_json(p->db, by_edition, SQL_NOW_TERM,
                    json_object_get(json_object_get(root, "usage"), "editions"));
    json_decref(root);
}

static void check_trends(struct cmd *c, struct provider *p)
{
    struct buf want, first;

    buf_init(&want, 1 << 20);
    buf_init(&first, 100);
    sql_lines(p->db, "SELECT customer_id FROM customers WHERE id = 1", 0, &first);
    first.data[strcspn(first.data, "\n")] = '\0';
    for (size_t i = 0; i < sizeof(trends) / sizeof(trends[0]); i++) {
        const char *value = trends[i].value != NULL ? trends[i].value : first.data;

        cmd_run(c, "-q", "trend", trends[i].option, value, "--format", "table", NULL);
        cmd_expect(c, 0);
        sql_squeeze(strchr(c->r.out.data, '\n') + 1, &c->b);
        assert_string_equal(c->b.data, sql_lines(p->db, trends[i].lines, 0, &want));
        cmd_run(c, "-q", "trend", trends[i].option, value, "--format", "sentence", NULL);
        cmd_expect(c, 0);
        sql_lines(p->db, trends[i].sentence, 0, &want);
        assert_true(want.len > 1);
        expect_part(c->r.out.data, want.data);
    }
    buf_release(&want);
    buf_release(&first);
}

static void check_provider(struct cmd *c, const char *seed, const char *users)
{
    struct provider p = {0};

    provider_init(&p, seed, users);
    cmd_sandbox(c, p.args);
    sandbox_settings(&c->sb, "    endpoints: { all = true; };\n", NULL);
    p.db = sql_open(p.file);
    check_lists(c, &p);
    check_status(c, &p);
    check_trends(c, &p);
    provider_close(&p);
}

static void test_seed_1(void **state)
{
    check_provider(*state, "1", "300");
}

static void test_seed_7(void **state)
{
    check_provider(*state, "7", "500");
}

static void test_seed_42(void **state)
{
    check_provider(*state, "42", "800");
}

/* A number is there when no digit or thousands stand beside it. */
static bool has_number(struct term *t, const void *arg)
{
    const char *number = arg;
    size_t n = strlen(number);
    bool found = false;
    struct buf b;

    buf_init(&b, 1 << 20);
    for (int r = 0; r < t->rows && !found; r++)
        for (const char *row = term_row(t, r, &b), *p = row; (p = strstr(p, number)) != NULL; p++)
            found = found ||
                    ((p == row || !isalnum((unsigned char)p[-1])) && !isalnum((unsigned char)p[n]));
    buf_release(&b);
    return found;
}

static bool has_text(struct term *t, const void *arg)
{
    return term_find(t, arg, NULL, NULL);
}

static void expect_all(struct lt *lt, struct provider *p, const char *query,
                       bool (*has)(struct term *, const void *))
{
    struct buf want;
    char *line, *rest;
    int n = 0;

    buf_init(&want, 1 << 20);
    sql_lines(p->db, query, SQL_NOW_TERM, &want);
    for (rest = want.data; (line = strsep(&rest, "\n")) != NULL && *line != '\0'; n++)
        term_wait(&lt->t, has, line, 0, line);
    assert_true(n > 0);
    buf_release(&want);
}

static void test_screen(void **state)
{
    struct lt *lt = *state;
    struct provider p = {0};

    provider_init(&p, "7", "500");
    lt_start(lt, 40, 120, p.args, NULL, NULL);
    p.db = sql_open(p.file);
    expect_all(lt, &p, headline, has_text);
    expect_all(lt, &p, numbers, has_number);
    expect_all(lt, &p, changes, has_text);
    lt_keys(lt, "3");
    expect_all(lt, &p, headline, has_text);
    expect_all(lt, &p, numbers, has_number);
    provider_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_seed_1),
        CMD_TEST(test_seed_7),
        CMD_TEST(test_seed_42),
        LT_TEST(test_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
