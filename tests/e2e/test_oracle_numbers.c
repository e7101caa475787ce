/*
 * Every number on the command line and on the screen against SQL over the provider's own records
 * (sql.h), for providers of several seeds: CSV and JSON agree with it to the unit.
 */
#include <ctype.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"
#include "tests/e2e/sql.h"

#define PRESENT "24322"

/* Whether a month's numbers lack those of silent servers; only the running one's do here. */
#define INCOMPLETE " iif(term = " PRESENT " AND (SELECT count(*) FROM silent) > 0, 'true', 'false')"
#define PERCENT    " iif(total = 0, 0, (200*free+total)/(2*total)) AS free_percent"

static const char by_edition[] =
    "SELECT name AS term, sku_id, feature_id, total, paid, free, free_percent, servers,"
    " free_servers, customers FROM editions JOIN terms USING(term) WHERE term = ?1"
    " ORDER BY feature";

static const char by_edition_csv[] =
    "SELECT name AS term, sku_id, feature_id, total, paid, free, free_percent, servers,"
    " free_servers, customers," INCOMPLETE " AS incomplete"
    " FROM editions JOIN terms USING(term) WHERE term = ?1 ORDER BY feature";

/* Every edition has its row of users without a customer, the last one. */
static const char by_customer[] =
    "WITH linked AS (SELECT feature, customer, count(*) AS total, sum(is_free) AS free"
    " FROM counted WHERE term = ?1 AND customer IS NOT NULL GROUP BY feature, customer"
    " UNION ALL SELECT e.feature, NULL, (SELECT count(*) FROM counted c WHERE c.term = ?1"
    " AND c.feature = e.feature AND c.customer IS NULL), (SELECT coalesce(sum(is_free), 0)"
    " FROM counted c WHERE c.term = ?1 AND c.feature = e.feature AND c.customer IS NULL)"
    " FROM editions e WHERE e.term = ?1)"
    "SELECT e.feature_id, l.total, l.total-l.free AS paid, l.free,"
    " iif(l.total = 0, 0, (200*l.free+l.total)/(2*l.total)) AS free_percent,"
    " c.customer_id, iif(l.customer IS NULL, 'false', 'true') AS linked,"
    " iif(l.customer IS NULL, 'Not linked', iif(c.org_id IS NULL, c.nickname, c.display_name))"
    " AS customer, iif(?1 = " PRESENT ", 'true', 'false') AS incomplete"
    " FROM linked l JOIN editions e ON e.term = ?1 AND e.feature = l.feature"
    " LEFT JOIN customers c ON c.id = l.customer"
    " ORDER BY l.feature, l.customer IS NULL, l.customer";

static const char by_server[] =
    "WITH part AS (SELECT t.feature, t.server, count(*) AS total, sum(c.is_free) AS free"
    " FROM told t JOIN counted c USING(term, feature, user) WHERE t.term = ?1"
    " GROUP BY t.feature, t.server)"
    "SELECT e.feature_id, s.fqdn, p.total, p.total-p.free AS paid, p.free,"
    " (200*p.free+p.total)/(2*p.total) AS free_percent,"
    " iif(s.free, 'true', 'false') AS server_free,"
    " iif(?1 = " PRESENT " AND NOT s.reporting, 'true', 'false') AS incomplete"
    " FROM part p JOIN editions e ON e.term = ?1 AND e.feature = p.feature"
    " JOIN servers s ON s.id = p.server ORDER BY p.feature, p.server";

/* Newest first; a month that nobody has numbers of is a row of nulls. */
static const char history[] =
    "SELECT t.name AS term, feature_id, total, paid, free, servers, customers"
    " FROM terms t LEFT JOIN editions e USING(term) ORDER BY t.term DESC, feature";

static const char customers[] =
    "SELECT customer_id, type, display_name AS name, iif(notices IS NULL, NULL,"
    " (SELECT count(*) FROM customer_notices n WHERE n.customer = c.id)) AS notifications"
    " FROM customers c WHERE org_id IS NOT NULL ORDER BY id";

static const char netscaler[] =
    "SELECT v.host_id, v.fqdn, l.product, l.days AS days_to_expire,"
    " iif(NOT h.reporting, 'not_reporting', iif(h.warning, 'reporting_warning', 'reporting'))"
    " AS status, iif(NOT h.reporting, 'error', iif(h.warning, 'warning', 'ok')) AS severity,"
    " iif(l.expired, 'true', 'false') AS expired, iif(l.permanent, 'true', 'false') AS permanent,"
    " iif(l.reporting, 'true', 'false') AS reporting,"
    " iif(l.in_back_office, 'true', 'false') AS in_back_office, l.mode, l.deployment,"
    " l.entitlement_id AS serial FROM vpx_licences l JOIN vpx v ON v.id = l.host"
    " JOIN hosts h ON h.host = v.id ORDER BY v.id, l.id";

static const char cloud[] =
    "SELECT name AS term, available, user_total AS assigned, user_new AS new,"
    " user_released AS released FROM cloud_months JOIN terms USING(term)"
    " WHERE term > " PRESENT " - 12 ORDER BY term";

/* What a chart of the command line is made of: rows term, total, free. */
#define ALL_EDITIONS                                                                               \
    "SELECT term, sum(total) AS total, sum(free) AS free FROM editions GROUP BY term"
#define ONE_EDITION "SELECT term, total, free FROM editions WHERE feature_id = 'XDT_STD_UD'"
#define OF_CUSTOMER(which)                                                                         \
    "SELECT t.term, count(c.user) AS total, coalesce(sum(c.is_free), 0) AS free FROM terms t"      \
    " LEFT JOIN counted c ON c.term = t.term AND " which " GROUP BY t.term"

/* Numbers of the running month are lower bounds while servers are silent. */
#define BOUND "iif(term = " PRESENT " AND (SELECT count(*) FROM silent) > 0, '>= ', '')"

/* The table that stands for the chart: a line a month, with the change to the month before. */
#define TREND_LINES(series)                                                                        \
    "WITH s AS (" series "), n AS (SELECT *, lag(total) OVER (ORDER BY term) AS old FROM s)"       \
    " SELECT month||' '||" BOUND "||(total-free)||' '||" BOUND "||free||' '||" BOUND "||total||"   \
    " iif(old IS NULL, '', ' '||" SQL_CHANGE(                                                      \
        "total", "old") ")"                                                                        \
                        " || iif(term = " PRESENT                                                  \
                        ", ' so far', '') FROM n JOIN terms USING(term) ORDER BY term"

/* The same as rows. */
#define TREND_ROWS(series)                                                                         \
    "WITH s AS (" series ") SELECT name AS term, total, total-free AS paid, free,"                 \
    " iif(term = " PRESENT ", 'so_far', 'complete') AS state," INCOMPLETE " AS incomplete"         \
    " FROM s JOIN terms USING(term) ORDER BY term"

/* The forecast of model/forecast.h: the running month by the days of it that have begun, and the
 * line of least squares through the twelve months before; how far the line was off wherever it
 * could have been drawn in the past. Every month before the running one is complete here. */
#define LINE_SUMS                                                                                  \
    "count(*) AS n, sum(q.x) AS sx, sum(q.y) AS sy, sum(q.x*q.y) AS sxy, sum(q.x*q.x) AS sxx"
#define LINE_AT(x)                                                                                 \
    "max(0, (2*(sy*(n*sxx-sx*sx)+(n*(" x ")-sx)*(n*sxy-sx*sy))+n*(n*sxx-sx*sx))"                   \
    "/(2*n*(n*sxx-sx*sx)))"
static const char forecast[] =
    "WITH RECURSIVE s AS (" ALL_EDITIONS "),"
    " p AS (SELECT term-24299 AS x, total AS y FROM s WHERE term < " PRESENT "),"
    " fits AS (SELECT k.x AS k, " LINE_SUMS " FROM p k JOIN p q ON q.x BETWEEN k.x-11 AND k.x"
    "  GROUP BY k.x HAVING n >= 6),"
    " tests AS (SELECT (2000*abs(" LINE_AT(
        "a.x") "-a.y)+a.y)/(2*a.y) AS off"
               "  FROM fits JOIN p a ON a.x BETWEEN k+1 AND k+12),"
               " error AS (SELECT (SELECT off FROM tests ORDER BY off"
               "  LIMIT 1 OFFSET ((SELECT count(*) FROM tests)-1)/2) AS permille, count(*) AS tests"
               "  FROM tests),"
               " band AS (SELECT f.*, (SELECT max(abs(q.y-" LINE_AT(
                   "q.x") ")) FROM p q"
                          "  WHERE q.x BETWEEN k-11 AND k) AS b FROM fits f WHERE k = (SELECT "
                          "max(x) FROM p)),"
                          " ahead(x) AS (SELECT " PRESENT "-24299+1 UNION ALL SELECT x+1 FROM ahead"
                          "  WHERE x < " PRESENT "-24299+11),"
                          " out AS (SELECT term, total, NULL AS forecast, NULL AS low, NULL AS "
                          "high, NULL AS method,"
                          "  NULL AS error_permille, NULL AS error_tests FROM s WHERE term "
                          "< " PRESENT "  UNION ALL SELECT term, total, (2*total*30+22)/44, total, "
                          "(2*total*30+22)/44, 'run-rate',"
                          "  NULL, NULL FROM s WHERE term = " PRESENT
                          "  UNION ALL SELECT 24299+x, NULL, f, max(0, f-b), f+b, 'trend', "
                          "permille, tests"
                          "  FROM (SELECT x, " LINE_AT(
                              "x") " AS f, b FROM ahead, band), error)"
                                   "SELECT printf('%d-%02d', term/12, term%12+1) AS term, total, "
                                   "forecast, low, high, method,"
                                   " error_permille, error_tests FROM out ORDER BY 1";

/* A list of the command line and the SQL that says what it must be, in CSV and in JSON alike. A new
 * command gets its row here. */
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
    {{"netscaler"}, 0, netscaler},
    {{"cloud"}, 0, cloud},
    {{"trend", "--months", "24"}, 0, TREND_ROWS(ALL_EDITIONS)},
    {{"trend", "--months", "24", "--forecast"}, 0, forecast},
    {{"trend", "--edition", "XDT_STD_UD"}, 0, TREND_ROWS(ONE_EDITION)},
    {{"trend", "--customer", "none"}, 0, TREND_ROWS(OF_CUSTOMER("c.customer IS NULL"))},
};
enum { QUESTIONS = sizeof(questions) / sizeof(questions[0]) };

static const char status[] =
    "SELECT s.*, u.*, (SELECT count(*) FROM customers WHERE org_id IS NOT NULL)"
    " AS \"customers.count\", h.*, l.*, (SELECT count(*) FROM notices) AS \"notifications.count\""
    " FROM (SELECT count(*) AS \"servers.all\", sum(reporting) AS \"servers.reporting\","
    " sum(NOT reporting AND ever_reported) AS \"servers.not_reporting\","
    " sum(NOT ever_reported) AS \"servers.never_reported\" FROM servers) s,"
    " (SELECT sum(total) AS \"usage.total\", sum(paid) AS \"usage.paid\","
    " sum(free) AS \"usage.free\", (SELECT count(*) FROM counted WHERE term = ?1"
    " AND customer IS NULL) AS \"usage.not_linked\" FROM editions WHERE term = ?1) u,"
    " (SELECT count(*) AS \"netscaler.hosts\", sum(reporting) AS \"netscaler.reporting_hosts\""
    " FROM hosts) h,"
    " (SELECT count(*) AS \"netscaler.licences\", sum(expired) AS \"netscaler.expired\","
    " sum(days BETWEEN 1 AND 30) AS \"netscaler.expiring_30\" FROM vpx_licences) l";

/* The numbers of the sentence: first month, last whole one, the running one. */
#define TREND_SENTENCE(series)                                                                     \
    "WITH s AS (" series ") SELECT printf('from %d in %s to %d in %s, %s; %s so far %s%d',"        \
    " a.total, (SELECT month FROM terms WHERE term = a.term), b.total,"                            \
    " (SELECT month FROM terms WHERE term = b.term), " SQL_PERCENT(                                \
        "b.total", "a.total") ","                                                                  \
                              " (SELECT month FROM terms WHERE term = c.term), (SELECT "           \
                              "iif(count(*) > 0, '>= ', '') FROM silent), c.total)"                \
                              " FROM s a, s b, s c WHERE a.term = (SELECT min(term) FROM s) AND "  \
                              "b.term = " PRESENT " - 1"                                           \
                              " AND c.term = " PRESENT

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

/* Members for sandbox_start(), then provider_open() once it runs. */
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

/* On the screen: the line of the month with what it lacks, and of each edition its numbers and the
 * change to the month before, wherever they stand. */
static const char headline[] =
    "SELECT printf('>= %d users, %d paid', sum(total), sum(paid)) FROM editions WHERE term = ?1"
    " UNION ALL SELECT printf('(%d of %d servers silent)', (SELECT count(*) FROM silent),"
    " (SELECT count(*) FROM servers))";
static const char numbers[] =
    "WITH e AS (SELECT * FROM editions WHERE term = ?1 AND total > 0)"
    "SELECT total FROM e UNION ALL SELECT paid FROM e UNION ALL SELECT free FROM e";
static const char changes[] = "SELECT " SQL_PERCENT(
    "n.total",
    "o.total") " FROM editions n JOIN editions o"
               " ON o.term = n.term - 1 AND o.feature = n.feature WHERE n.term = ?1 AND n.total > 0"
               " AND o.total > 0 AND o.total <> n.total";

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
