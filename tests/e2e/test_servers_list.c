/* Filters of the Servers pane, judged by the sandbox's own data (servers.h). */
#include "tests/e2e/luitop.h"
#include "tests/e2e/servers.h"

enum { SERVERS = 28 };

/* Every server fits on the screen: what is on it is the whole list. */
static void start(struct lt *lt, struct server_facts *all)
{
    static const char *const args[] = {"--servers", "28", "--users", "200", NULL};

    lt_start(lt, 50, 120, args, NULL, NULL);
    servers_fetch(&lt->sb, all);
    assert_int_equal(all->count, SERVERS);
    lt_keys(lt, "2");
    lt_expect_shown(lt, SERVERS, SERVERS);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The hosts on the screen are those of WANT, in any order. */
static void expect_set(struct lt *lt, struct server_facts *want)
{
    char names[FACTS_MAX][16], is_names[FACTS_MAX][16];
    size_t n = 0;

    for (size_t i = 0; i < want->count; i++)
        snprintf(names[i], sizeof(names[i]), "%s", want->rows[i].host);
    for (int r = 0; r < lt->t.rows; r++)
        if (lt_host_at(lt, r, is_names[n])[0] != '\0')
            n++;
    lt_expect_shown(lt, (long)want->count, SERVERS);
    assert_int_equal(n, want->count);
    qsort(names, n, sizeof(names[0]), by_name);
    qsort(is_names, n, sizeof(names[0]), by_name);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(is_names[i], names[i]);
}

static bool is_problem(const struct server_fact *f)
{
    return f->severity >= 2;
}

static bool is_error(const struct server_fact *f)
{
    return f->severity == 3;
}

static bool is_warning(const struct server_fact *f)
{
    return f->severity == 2;
}

static bool is_information(const struct server_fact *f)
{
    return f->severity == 1;
}

static bool is_ccu(const struct server_fact *f)
{
    return f->ccu;
}

static bool is_expiring(const struct server_fact *f)
{
    return f->days != INT64_MIN && f->days > 0 && f->days <= 90;
}

static bool is_never(const struct server_fact *f)
{
    return !f->ever;
}

static bool is_free(const struct server_fact *f)
{
    return f->free;
}

static const struct {
    const char *name;
    bool (*pick)(const struct server_fact *);
} menu[] = {
    {"problems", is_problem}, {"error", is_error},
    {"warning", is_warning},  {"information", is_information},
    {"ccu", is_ccu},          {"expiring", is_expiring},
    {"never", is_never},      {"free", is_free},
};
enum { MENU = sizeof(menu) / sizeof(menu[0]) };

/* v: each ready-made filter, by its name and by its place. */
static void test_filter_menu(void **state)
{
    struct lt *lt = *state;
    struct server_facts all, want;

    start(lt, &all);
    for (size_t i = 0; i < MENU; i++) {
        servers_pick(&all, menu[i].pick, &want);
        assert_in_range(want.count, 1, SERVERS - 1);
        lt_keys(lt, "v");
        lt_type(lt, menu[i].name);
        lt_expect(lt, menu[i].name);
        lt_keys(lt, "Enter");
        expect_set(lt, &want);
        lt_expect(lt, "filter: ");
        lt_keys(lt, "Backspace");
        lt_expect_shown(lt, SERVERS, SERVERS);
        lt_expect_not(lt, "filter: ");
        lt_keys(lt, "v");
        for (size_t n = 0; n < i; n++)
            lt_keys(lt, "Down");
        lt_keys(lt, "Enter");
        expect_set(lt, &want);
    }
    /* Escape leaves what was. */
    lt_keys(lt, "v Down Down Esc");
    expect_set(lt, &want);
}

static void pick_typed(const struct server_facts *all, const char *typed, struct server_facts *out)
{
    out->count = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct server_fact *f = &all->rows[i];

        if (strcasestr(f->host, typed) != NULL || strcasestr(f->fqdn, typed) != NULL ||
            strcasestr(f->customers, typed) != NULL)
            out->rows[out->count++] = *f;
    }
}

/* F1: every letter narrows at once. F2: a part, of any case. F9: it is on screen. */
static void test_filter_as_typed(void **state)
{
    struct lt *lt = *state;
    struct server_facts all, want;
    char text[8] = "";

    start(lt, &all);
    lt_keys(lt, "/");
    for (size_t i = 0; i < 5; i++) {
        char key[2] = {"lIc15"[i], '\0'};

        text[i] = key[0];
        lt_keys(lt, key);
        pick_typed(&all, text, &want);
        expect_set(lt, &want);
        lt_expect(lt, text);
    }
    assert_int_equal(want.count, 1);
    lt_keys(lt, "Backspace");
    text[4] = '\0';
    pick_typed(&all, text, &want);
    expect_set(lt, &want);
    lt_keys(lt, "Enter");
    expect_set(lt, &want);
    lt_expect(lt, "filter: lIc1");
    lt_expect_focus(lt);
    lt_keys(lt, "3 2");
    expect_set(lt, &want);
    lt_expect(lt, "filter: lIc1");
    lt_refresh(lt, "R");
    expect_set(lt, &want);
    lt_keys(lt, "Esc");
    lt_expect_shown(lt, SERVERS, SERVERS);
    lt_expect_not(lt, "filter: ");
}

static bool is_error_with_fqdn(const struct server_fact *f)
{
    return f->severity == 3 && f->fqdn[0] != '\0';
}

static bool is_not_ok(const struct server_fact *f)
{
    return f->severity != 0;
}

static bool has_customer(const struct server_fact *f)
{
    return f->customers[0] != '\0';
}

static bool has_messages(const struct server_fact *f)
{
    return f->messages > 1;
}

static void test_filter_expressions(void **state)
{
    static const struct {
        const char *text;
        bool (*pick)(const struct server_fact *);
    } cases[] = {
        {"severity=error fqdn!=null", is_error_with_fqdn},
        {"!severity=ok", is_not_ok},
        {"customers!=null", has_customer},
        {"messages>1", has_messages},
        {"severity>=warning", is_problem},
    };
    struct lt *lt = *state;
    struct server_facts all, want;

    start(lt, &all);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        servers_pick(&all, cases[i].pick, &want);
        assert_in_range(want.count, 1, SERVERS - 1);
        lt_keys(lt, "/");
        lt_type(lt, cases[i].text);
        lt_keys(lt, "Enter");
        expect_set(lt, &want);
        lt_expect(lt, cases[i].text);
        lt_keys(lt, "Backspace");
    }
    lt_keys(lt, "/");
    lt_type(lt, "no-such-server");
    lt_keys(lt, "Enter");
    lt_expect_shown(lt, 0, SERVERS);
    lt_expect(lt, "No server matches the filter.");
}

/* A filter that is wrong says why, changes nothing, and stays open until it is right. */
static void test_wrong_filter(void **state)
{
    static const struct {
        const char *text, *fault;
    } cases[] = {{"(", NULL}, {"severity=eror", "error"}, {"hots_id=x", "host_id"}, {"\"a", NULL}};
    struct lt *lt = *state;
    struct server_facts all, want;
    struct buf list, now;

    start(lt, &all);
    buf_init(&list, 1 << 20);
    buf_init(&now, 1 << 20);
    servers_pick(&all, is_problem, &want);
    lt_keys(lt, "/");
    lt_type(lt, "severity>=warning");
    lt_keys(lt, "Enter");
    expect_set(lt, &want);
    lt_hosts(lt, &list);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lt_keys(lt, "/");
        lt_type(lt, " ");
        lt_type(lt, cases[i].text);
        lt_keys(lt, "Enter");
        lt_expect(lt, cases[i].text); /* still being typed */
        /* What is wrong from its first letter on leaves the rows as they were. */
        if (cases[i].fault != NULL)
            lt_expect(lt, cases[i].fault);
        else
            assert_string_equal(lt_hosts(lt, &now), list.data);
        lt_keys(lt, "Esc");
        expect_set(lt, &want);
        assert_string_equal(lt_hosts(lt, &now), list.data);
        lt_expect(lt, "filter: severity>=warning");
    }
    buf_release(&list);
    buf_release(&now);
}

/* Escape while typing brings back what was before, whatever was typed. */
static void test_filter_cancelled(void **state)
{
    struct lt *lt = *state;
    struct server_facts all, want;

    start(lt, &all);
    lt_keys(lt, "/");
    lt_type(lt, "lic0");
    lt_keys(lt, "Esc");
    lt_expect_shown(lt, SERVERS, SERVERS);
    servers_pick(&all, is_error, &want);
    lt_keys(lt, "/");
    lt_type(lt, "severity=error");
    lt_keys(lt, "Enter /");
    lt_keys(lt, "C-u");
    lt_type(lt, "zzz");
    lt_expect_shown(lt, 0, SERVERS);
    lt_keys(lt, "Esc");
    expect_set(lt, &want);
    lt_expect(lt, "filter: severity=error");
    lt_keys(lt, "Esc");
    lt_expect_shown(lt, SERVERS, SERVERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_filter_menu),        LT_TEST(test_filter_as_typed),
        LT_TEST(test_filter_expressions), LT_TEST(test_wrong_filter),
        LT_TEST(test_filter_cancelled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
