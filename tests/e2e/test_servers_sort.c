/* Sorting of the Servers pane, judged by the sandbox's own data (servers.h). */
#include "tests/e2e/luitop.h"
#include "tests/e2e/servers.h"

/* Past SANDBOX_NOW, and no server's age in hours changes in the four minutes that follow. */
#define NOW "2026-11-22T14:05:30Z"
enum { NOW_SECONDS = 1795356330, SERVERS = 28 };

/* Every server fits on the screen: what is on it is the whole list. */
static void start(struct lt *lt, struct server_facts *all)
{
    static const char *const args[] = {"--servers", "28", "--users", "200", NULL};
    static const char *const more[] = {"--now", NOW, NULL};

    lt_start(lt, 50, 120, args, more, NULL);
    servers_fetch(&lt->sb, all);
    assert_int_equal(all->count, SERVERS);
    lt_keys(lt, "2");
    lt_expect_shown(lt, SERVERS, SERVERS);
}

static void expect_order(struct lt *lt, const struct server_facts *want)
{
    struct buf is, text;

    buf_init(&is, 1 << 20);
    buf_init(&text, 1 << 20);
    assert_string_equal(lt_hosts(lt, &is), servers_hosts(want, &text));
    buf_release(&is);
    buf_release(&text);
}

static const struct {
    const char *name, *title; /* TITLE: of those on the screen */
} columns[] = {
    {"host_id", "HOST"},    {"fqdn", "FQDN"},           {"status", "STATUS"},
    {"severity", NULL},     {"last_reported", "LAST "}, {"age_hours", "AGE"},
    {"expires", "EXPIRES"}, {"days_to_expire", NULL},   {"free", NULL},
    {"ccu", NULL},          {"messages", "MSG"},        {"customers", "FOR"},
};
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

/* The list is in the order that the announce line names, and the heading's arrow says the same. */
static void expect_sorted(struct lt *lt, struct server_facts *all, size_t column)
{
    char text[64];
    bool desc;
    struct buf row;
    int at;

    snprintf(text, sizeof(text), "sorted by %s", columns[column].name);
    lt_expect(lt, text);
    snprintf(text, sizeof(text), "sorted by %s, largest first", columns[column].name);
    desc = term_find(&lt->t, text, NULL, NULL);
    servers_sort(all, columns[column].name, desc, NOW_SECONDS);
    expect_order(lt, all);
    assert_true(term_find(&lt->t, "HOST", &at, NULL));
    buf_init(&row, 1 << 20);
    term_row(&lt->t, at, &row);
    if (columns[column].title != NULL)
        assert_non_null(strstr(row.data, desc ? "▼" : "▲"));
    assert_null(strstr(row.data, desc ? "▲" : "▼"));
    buf_release(&row);
}

static void test_sort_menu(void **state)
{
    struct lt *lt = *state;
    struct server_facts all;

    start(lt, &all);
    for (size_t i = 0; i < COLUMNS; i++) {
        lt_keys(lt, "s");
        lt_type(lt, columns[i].name);
        lt_keys(lt, "Enter");
        expect_sorted(lt, &all, i);
        lt_keys(lt, "I");
        expect_sorted(lt, &all, i);
        lt_keys(lt, "I");
        expect_sorted(lt, &all, i);
        /* By its place in the menu: the columns stand there in their own order. */
        lt_keys(lt, "s");
        for (size_t n = 0; n < i; n++)
            lt_keys(lt, "Down");
        lt_keys(lt, "Enter");
        expect_sorted(lt, &all, i);
    }
}

static size_t named_column(struct lt *lt)
{
    char text[64];

    for (size_t i = 0; i < COLUMNS; i++) {
        snprintf(text, sizeof(text), "sorted by %s", columns[i].name);
        if (term_find(&lt->t, text, NULL, NULL))
            return i;
    }
    term_print(&lt->t);
    fail_msg("no column is named");
    return 0;
}

/* < and > go over the columns of the screen, around the ends, each once. */
static void test_sort_steps(void **state)
{
    struct lt *lt = *state;
    struct server_facts all;
    size_t seen[16], count = 0;
    struct buf order;
    int last_col = -1;

    start(lt, &all);
    buf_init(&order, 1 << 20);
    lt_keys(lt, "s");
    lt_type(lt, "status");
    lt_keys(lt, "Enter");
    do {
        seen[count] = named_column(lt);
        expect_sorted(lt, &all, seen[count]);
        assert_non_null(columns[seen[count]].title);
        count++;
        lt_keys(lt, ">");
    } while (named_column(lt) != seen[0] && count < 15);
    assert_int_equal(count, 8);
    for (size_t i = 0; i < count; i++) {
        int row, col;

        assert_true(term_find(&lt->t, columns[seen[i]].title, &row, &col));
        assert_true(col > last_col); /* in the order of the screen */
        last_col = col;
    }
    for (size_t i = count; i > 0; i--) {
        lt_keys(lt, "<");
        assert_int_equal(named_column(lt), seen[i - 1]);
    }
    buf_release(&order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_sort_menu),
        LT_TEST(test_sort_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
