/* NetScaler VPX: the numbers above the list, the ready-made filters and the command line agree with
 * what the sandbox itself answers, odd data too. */
#include <limits.h>

#include "tests/e2e/cmd.h"
#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

#define VPX "/lui/" SANDBOX_CUSTOMER "/netscalercallinghomedata"

enum { NO_DAYS = INT_MIN };

/* published.md §3.10, on the wire's own members. */
struct facts {
    size_t hosts, warning, silent, licences, unreadable;
    size_t expired, within_30, within_90, past, undated, unrecorded;
    size_t silent_licences, problem_licences;
};

static bool is(const json_t *o, const char *name)
{
    return json_is_true(json_object_get(o, name));
}

static void judge_licence(struct facts *f, const json_t *m)
{
    const json_t *told = json_object_get(m, "daysToExpire");
    int days = json_is_integer(told) ? (int)json_integer_value(told) : NO_DAYS;

    f->licences++;
    f->unrecorded += !is(m, "isFoundInBackOffice");
    f->expired += is(m, "isExpired");
    if (is(m, "isExpired") || is(m, "isPermanent"))
        return;
    f->undated += days == NO_DAYS;
    f->past += days != NO_DAYS && days < 0;
    f->within_30 += days >= 0 && days <= 30;
    f->within_90 += days >= 0 && days <= 90;
}

static void judge(struct sandbox *s, struct facts *f)
{
    json_t *answer = oracle_get(s, VPX), *host, *m;
    size_t i, j;

    *f = (struct facts){0};
    json_array_foreach(json_object_get(answer, "netScalerCallingHomeDetails"), i, host)
    {
        json_t *models = json_object_get(host, "netScalerLicenseModels");
        bool reporting = is(json_array_get(models, 0), "isReporting"), warning = false;

        if (json_array_size(models) == 0) {
            f->unreadable++;
            continue;
        }
        json_array_foreach(models, j, m)
        {
            warning = warning || is(m, "isExpired") || !is(m, "isFoundInBackOffice");
            judge_licence(f, m);
        }
        f->hosts++;
        f->silent += !reporting;
        f->warning += reporting && warning;
        f->silent_licences += reporting ? 0 : json_array_size(models);
        f->problem_licences += !reporting || warning ? json_array_size(models) : 0;
    }
    json_decref(answer);
}

/* "expired 2" or, where rows could not be read, "expired >= 2"; zero is "none". */
static void expect_count(struct lt *lt, const struct facts *f, const char *what, size_t n)
{
    char text[80];

    if (f->unreadable > 0)
        snprintf(text, sizeof(text), "%s >= %zu", what, n);
    else if (n == 0)
        snprintf(text, sizeof(text), "%s none", what);
    else
        snprintf(text, sizeof(text), "%s %zu", what, n);
    lt_expect(lt, text);
}

static void expect_filter(struct lt *lt, const struct facts *f, const char *name, size_t n)
{
    char keys[40];

    lt_keys(lt, "v");
    snprintf(keys, sizeof(keys), "%s\r", name);
    lt_type(lt, keys);
    lt_expect_shown(lt, (long)n, (long)f->licences);
}

static void expect_screen(struct lt *lt)
{
    struct facts f;

    judge(&lt->sb, &f);
    lt_keys(lt, ":netscaler");
    expect_count(lt, &f, "hosts", f.hosts);
    expect_count(lt, &f, "warning", f.warning);
    expect_count(lt, &f, "not reporting", f.silent);
    expect_count(lt, &f, "licences", f.licences);
    expect_count(lt, &f, "expired", f.expired);
    expect_count(lt, &f, "in 30 d", f.within_30);
    expect_count(lt, &f, "in 90 d", f.within_90);
    expect_count(lt, &f, "not on record", f.unrecorded);
    if (f.past > 0)
        expect_count(lt, &f, "past date", f.past);
    else
        lt_expect_not(lt, "past date");
    expect_filter(lt, &f, "all", f.licences);
    expect_filter(lt, &f, "problems", f.problem_licences);
    expect_filter(lt, &f, "expired", f.expired);
    expect_filter(lt, &f, "expiring", f.within_30);
    expect_filter(lt, &f, "ahead", f.within_90);
    expect_filter(lt, &f, "past", f.past);
    expect_filter(lt, &f, "undated", f.undated);
    expect_filter(lt, &f, "unrecorded", f.unrecorded);
    expect_filter(lt, &f, "silent", f.silent_licences);
}

static void test_counts_and_filters(void **state)
{
    static const char *const args[] = {"--users", "100", "--servers", "42", NULL};
    struct lt *lt = *state;

    lt_start(lt, 40, 120, args, NULL, NULL);
    expect_screen(lt);
    lt_keys(lt, "Esc");
    lt_expect(lt, "1 of 3");
    lt_expect(lt, "3 of 3");
}

static void test_odd_data(void **state)
{
    static const char *const args[] = {"--users", "100", "--odd", NULL};
    struct lt *lt = *state;
    struct facts f;

    lt_start(lt, 40, 120, args, NULL, NULL);
    judge(&lt->sb, &f);
    assert_true(f.unreadable == 1 && f.past == 1);
    expect_screen(lt);
    /* A date long past that the service does not call expired is shown as both. */
    lt_keys(lt, "v");
    lt_type(lt, "past\r");
    lt_keys(lt, "g Enter");
    lt_expect(lt, "400 d ago");
    lt_expect(lt, "the service does not call it expired");
    /* Two hosts of one id stay two. */
    lt_keys(lt, "Esc Esc /");
    lt_type(lt, "gw-edge01\r");
    lt_expect_not(lt, "1 of 2");
    lt_expect_shown(lt, 2, (long)f.licences);
}

static void expect_lines(struct cmd *c, const char *filter, size_t n)
{
    char want[24];

    cmd_run(c, "netscaler", "--filter", filter, "--count", NULL);
    cmd_expect(c, 0);
    snprintf(want, sizeof(want), "%zu\n", n);
    assert_string_equal(c->r.out.data, want);
}

/* The filters that the help tells, as written there. */
static void test_command_line(void **state)
{
    struct cmd *c = *state;
    struct facts f;

    judge(&c->sb, &f);
    cmd_bare(c, "help", "netscaler", NULL);
    cmd_expect(c, 0);
    expect_part(c->r.out.data,
                "--filter 'expired=no permanent=no days_to_expire>=0 days_to_expire<=90'");
    expect_lines(c, "expired=no permanent=no days_to_expire>=0 days_to_expire<=90", f.within_90);
    expect_lines(c, "expired=yes", f.expired);
    expect_lines(c, "in_back_office=no", f.unrecorded);
    expect_lines(c, "status=not_reporting", f.silent_licences);
    expect_lines(c, "licence=1", f.hosts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_counts_and_filters),
        LT_TEST(test_odd_data),
        CMD_TEST(test_command_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
