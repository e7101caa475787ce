/*
 * Licensed deployments: installed, in use, overdraft, the three peaks and the servers outside,
 * added up here from the service's own answers, against CSV, JSON and the screen, to the unit.
 */
#include <time.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

#define DEPLOYMENTS "/lui/" SANDBOX_CUSTOMER "/deployments/"
#define ALL_DAYS    "usage?startDate=2016-01-01&endDate=2026-12-31"
#define ALL_ON      "endpoints: { all = true; };"

enum { DAYS = 3000, REPORTING_SECONDS = 3 * 86400 };

/* A clock, and the first of its last seven days and of its month. */
struct when {
    const char *now, *week, *month;
};
static const struct when late = {SANDBOX_NOW, "2026-11-16", "2026-11-01"};
static const struct when early = {"2026-12-04T09:00:00Z", "2026-11-28", "2026-12-01"};

struct truth {
    char name[200]; /* "Virtual Apps,Advanced,Concurrent" */
    char edition[40], model[40];
    long long installed, in_use, percent, overdraft, peak_7d, peak_month, peak_all;
    int servers, excluded;
};

static long long instant(const char *stamp)
{
    struct tm tm = {0};

    if (stamp == NULL || sscanf(stamp, "%d-%d-%dT%d:%d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
                                &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6)
        fail_msg("no instant: %s", stamp != NULL ? stamp : "null");
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    return timegm(&tm);
}

static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));

    return s != NULL ? s : "";
}

static bool reports(const json_t *servers, const char *fqdn, const struct when *w)
{
    const json_t *server;
    size_t i;

    json_array_foreach(json_object_get(servers, "items"), i, server)
    {
        if (strcmp(text(server, "fqdn"), fqdn) == 0)
            return instant(w->now) - instant(text(server, "lastReported")) <= REPORTING_SECONDS;
    }
    return false;
}

struct day {
    char date[16];
    long long sum;
};

static void add_sample(struct day *days, size_t *count, const char *date, long long n)
{
    size_t i = 0;

    while (i < *count && strcmp(days[i].date, date) != 0)
        i++;
    if (i == *count) {
        assert_true(*count < DAYS);
        days[(*count)++] = (struct day){.sum = 0};
        snprintf(days[i].date, sizeof(days[i].date), "%s", date);
    }
    days[i].sum += n;
}

static long long largest(const struct day *days, size_t count, const char *from)
{
    long long most = -1;

    for (size_t i = 0; i < count; i++)
        if (strcmp(days[i].date, from) >= 0 && days[i].sum > most)
            most = days[i].sum;
    return most;
}

static void add_server(struct truth *t, const json_t *server, struct day *days, size_t *count)
{
    const char *last = "";
    long long in_use = 0;
    const json_t *sample;
    size_t i;

    t->servers++;
    t->installed += json_integer_value(json_object_get(server, "installed"));
    json_array_foreach(json_object_get(server, "samples"), i, sample)
    {
        long long n = json_integer_value(json_object_get(sample, "inUse"));

        add_sample(days, count, text(sample, "date"), n);
        if (strcmp(text(sample, "date"), last) > 0) {
            last = text(sample, "date");
            in_use = n;
        }
    }
    t->in_use += in_use;
}

static void add_up(const json_t *pool, const json_t *servers, const struct when *w, struct truth *t)
{
    static struct day days[DAYS];
    const json_t *server;
    size_t i, count = 0;

    memset(t, 0, sizeof(*t));
    snprintf(t->edition, sizeof(t->edition), "%s", text(pool, "edition"));
    snprintf(t->model, sizeof(t->model), "%s", text(pool, "licensingModel"));
    snprintf(t->name, sizeof(t->name), "%s,%s,%s", text(pool, "productName"), t->edition, t->model);
    json_array_foreach(json_object_get(pool, "servers"), i, server)
    {
        if (reports(servers, text(server, "fqdn"), w))
            add_server(t, server, days, &count);
        else
            t->excluded++;
    }
    assert_true(t->servers > 0 && t->installed > 0);
    t->percent = (200 * t->in_use + t->installed) / (2 * t->installed);
    t->overdraft = t->in_use > t->installed ? t->in_use - t->installed : 0;
    t->peak_7d = largest(days, count, w->week);
    t->peak_month = largest(days, count, w->month);
    t->peak_all = largest(days, count, "");
}

static void check_json(struct cmd *c, const struct when *w, const struct truth *t, size_t count,
                       const char *silent)
{
    json_t *root, *row, *incomplete;
    size_t i;

    cmd_run(c, "-q", "--now", w->now, "deployments", "--format", "json", NULL);
    cmd_expect(c, 0);
    root = json_loads(c->r.out.data, 0, NULL);
    assert_non_null(root);
    assert_int_equal(json_array_size(json_object_get(root, "rows")), count);
    json_array_foreach(json_object_get(root, "rows"), i, row)
    {
#define SAME(member, value)                                                                        \
    assert_int_equal(json_integer_value(json_object_get(row, member)), value)
        assert_string_equal(text(row, "edition"), t[i].edition);
        assert_string_equal(text(row, "model"), t[i].model);
        SAME("installed", t[i].installed);
        SAME("in_use", t[i].in_use);
        SAME("available_percent", t[i].percent);
        SAME("overdraft", t[i].overdraft);
        SAME("peak_7d", t[i].peak_7d);
        SAME("peak_month", t[i].peak_month);
        SAME("peak_all", t[i].peak_all);
        SAME("servers", t[i].servers);
        SAME("servers_excluded", t[i].excluded);
#undef SAME
    }
    incomplete = json_object_get(root, "incomplete");
    assert_int_equal(json_array_size(incomplete), 1);
    assert_true(json_is_false(json_object_get(root, "complete")));
    assert_string_equal(json_string_value(json_array_get(incomplete, 0)), silent);
    json_decref(root);
}

static void check_csv(struct cmd *c, const struct when *w, const struct truth *t, size_t count)
{
    buf_reset(&c->b);
    buf_addstr(&c->b, "product,edition,model,installed,in_use,available_percent,overdraft,peak_7d,"
                      "peak_month,peak_all,servers,servers_excluded\n");
    for (size_t i = 0; i < count; i++)
        buf_addf(&c->b, "%s,%lld,%lld,%lld,%lld,%lld,%lld,%lld,%d,%d\n", t[i].name, t[i].installed,
                 t[i].in_use, t[i].percent, t[i].overdraft, t[i].peak_7d, t[i].peak_month,
                 t[i].peak_all, t[i].servers, t[i].excluded);
    cmd_run(c, "-q", "--now", w->now, "deployments", "--format", "csv", NULL);
    cmd_expect(c, 0);
    assert_string_equal(c->r.out.data, c->b.data);
}

/* Thousands are written with a blank: all blanks out of both sides. */
static void squeeze(const char *s, struct buf *out)
{
    for (; *s != '\0'; s++)
        if (*s != ' ')
            buf_addc(out, *s);
}

static void check_screen(struct cmd *c, const struct when *w, const struct truth *t, size_t count,
                         const char *outside)
{
    const char *const args[] = {"--now", w->now, NULL};
    struct lt lt = {.sb = c->sb};
    char want[400];
    struct buf screen, total;
    long long installed = 0, in_use = 0, over = 0;

    lt_run(&lt, 40, 120, args, NULL);
    lt_wait_loaded(&lt);
    lt_keys(&lt, ":deployments t");
    lt_expect(&lt, outside);
    buf_init(&screen, 1 << 20);
    buf_init(&total, 1 << 20);
    term_screen(&lt.t, &total);
    squeeze(total.data, &screen);
    for (size_t i = 0; i < count; i++) {
        bool per_user = strcmp(t[i].model, "UserDevice") == 0;

        installed += t[i].installed;
        in_use += t[i].in_use;
        over += t[i].overdraft;
        snprintf(want, sizeof(want), "%s%s%lld%lld%lld%%%lld%lld%lld%lld\n", t[i].edition,
                 per_user ? "User/Device" : t[i].model, t[i].installed, t[i].in_use, t[i].percent,
                 t[i].overdraft, t[i].peak_7d, t[i].peak_month, t[i].peak_all);
        expect_part(screen.data, want);
    }
    snprintf(want, sizeof(want), "installed%lldinuse%lld,%lld%%overdraft%lld", installed, in_use,
             (200 * in_use + installed) / (2 * installed), over);
    expect_part(screen.data, want);
    term_stop(&lt.t);
    buf_release(&screen);
    buf_release(&total);
}

static void check_seed(struct cmd *c, const struct when *w, const char *seed, const char *servers)
{
    const char *const args[] = {"--now",  w->now, "--users",       "100",   "--months", "1",
                                "--seed", seed,   "--deployments", servers, NULL};
    struct truth truths[8];
    char silent[400] = "", outside[120];
    json_t *list, *usage, *item;
    size_t i, count = 0, all, quiet = 0;

    cmd_sandbox(c, args);
    sandbox_settings(&c->sb, ALL_ON, NULL);
    list = oracle_get(&c->sb, DEPLOYMENTS "licenseservers");
    usage = oracle_get(&c->sb, DEPLOYMENTS ALL_DAYS);
    json_array_foreach(json_object_get(usage, "items"), i, item)
    {
        assert_true(count < 8);
        add_up(item, list, w, &truths[count++]);
    }
    assert_true(count >= 4);
    all = json_array_size(json_object_get(list, "items"));
    json_array_foreach(json_object_get(list, "items"), i, item)
    {
        if (reports(list, text(item, "fqdn"), w))
            continue;
        snprintf(silent + strlen(silent), sizeof(silent) - strlen(silent), "%s%s",
                 quiet++ > 0 ? ", " : "", text(item, "fqdn"));
    }
    assert_true(quiet > 1);
    snprintf(outside, sizeof(outside), "%zu of %zu servers do not report and are outside", quiet,
             all);
    buf_reset(&c->b);
    buf_addf(&c->b, "%s the numbers: %s", outside, silent);
    check_json(c, w, truths, count, c->b.data);
    check_csv(c, w, truths, count);
    check_screen(c, w, truths, count, outside);
    json_decref(list);
    json_decref(usage);
}

static void test_seed_1(void **state)
{
    check_seed(*state, &late, "1", "10");
}

static void test_seed_2(void **state)
{
    check_seed(*state, &early, "2", "17");
}

static void test_seed_3(void **state)
{
    check_seed(*state, &late, "3", "7");
}

/* What the service should never send: unknown stays unknown, and every gap is told. */
static void test_odd(void **state)
{
    static const char *const odd[] = {"--users", "100", "--months", "1", "--odd", NULL};
    struct cmd *c = *state;
    json_t *root;

    cmd_sandbox(c, odd);
    sandbox_settings(&c->sb, ALL_ON, NULL);
    cmd_run(c, "deployments", "--format", "json", NULL);
    /* A server with -50 installed takes its product with it. */
    cmd_expect(c, 65);
    expect_part(c->r.err.data, "1 row of the use of licensed deployments could not be read");
    root = json_loads(c->r.out.data, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(root, "unreadable")), 1);
    assert_int_equal(json_array_size(json_object_get(root, "rows")), 4);
    /* One without a list of servers has no numbers, not zeros. */
    assert_true(json_is_null(
        json_object_get(json_array_get(json_object_get(root, "rows"), 0), "installed")));
    assert_true(json_is_false(json_object_get(root, "complete")));
    json_decref(root);
    cmd_run(c, "deployments", "--by", "user", "--format", "csv", "--count", NULL);
    cmd_expect(c, 0);
}

/* Off, not entitled, not permitted: said, with the exit code of every other list. */
static void test_cannot_be_asked(void **state)
{
    static const char *const without[] = {"--users",   "100",         "--months", "1",
                                          "--without", "deployments", NULL};
    struct cmd *c = *state;

    cmd_run(c, "deployments", NULL);
    cmd_expect_error(c, 78, "cannot be asked for", "endpoints: { deployment_usage", NULL);
    sandbox_settings(&c->sb, "endpoints: { deployment_usage = \"{lui}/deployments/usage\"; };",
                     NULL);
    cmd_run(c, "deployments", NULL);
    cmd_expect_error(c, 78, "license servers of licensed deployments cannot be asked for",
                     "endpoints: { deployments", NULL);
    sandbox_settings(&c->sb, ALL_ON, NULL);
    sandbox_fault(&c->sb, "\"rate\":1,\"kind\":\"403\",\"path\":\"" DEPLOYMENTS "licenseservers\"");
    cmd_run(c, "deployments", NULL);
    cmd_expect_error(c, 77, "License servers of licensed deployments could not be read", NULL);
    cmd_sandbox(c, without);
    sandbox_settings(&c->sb, ALL_ON, NULL);
    cmd_run(c, "deployments", NULL);
    cmd_expect_error(c, 69, "this account has no use of licensed deployments", NULL);
    cmd_run(c, "deployments", "--by", "user", NULL);
    cmd_expect_error(c, 69, "this account has no users of licensed deployments", NULL);
}

/* The parts add up to what they are parts of; filters and columns are those of every list. */
static void test_parts(void **state)
{
    static const char *const args[] = {"--users", "100", "--months", "1", NULL};
    struct cmd *c = *state;
    long long sum = 0, whole;
    const char *line;

    cmd_sandbox(c, args);
    sandbox_settings(&c->sb, ALL_ON, NULL);
    cmd_run(c, "-q", "deployments", "--by=server", "--filter",
            "counted=yes edition=Premium model=UserDevice", "--columns", "installed", "--format",
            "csv", NULL);
    cmd_expect(c, 0);
    for (line = strchr(c->r.out.data, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n'))
        sum += strtoll(line + 1, NULL, 10);
    cmd_run(c, "-q", "deployments", "--filter", "edition=Premium model=UserDevice", "--columns",
            "installed", "--format", "csv", NULL);
    cmd_expect(c, 0);
    whole = strtoll(strchr(c->r.out.data, '\n') + 1, NULL, 10);
    assert_true(whole > 0);
    assert_int_equal(sum, whole);
    cmd_run(c, "-q", "deployments", "--by", "server", "--filter", "counted=no", "--columns",
            "fqdn,status", "--format", "csv", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data, "dep06.nimbus.example,not_reporting\n");
    cmd_run(c, "deployments", "--by", "servr", NULL);
    cmd_expect_error(c, 64, "cannot be listed by", "\"server\"", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CMD_TEST(test_seed_1), CMD_TEST(test_seed_2),          CMD_TEST(test_seed_3),
        CMD_TEST(test_odd),    CMD_TEST(test_cannot_be_asked), CMD_TEST(test_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
