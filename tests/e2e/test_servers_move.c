/* Moving in the Servers pane, and what the cursor stays on. */
#include "tests/e2e/luitop.h"
#include "tests/e2e/servers.h"

enum { SERVERS = 60 };

/* Starts on the Servers pane with a list of four pages; ORDER is what it must show. */
static void start(struct lt *lt, int rows, int cols, struct server_facts *order)
{
    static const char *const args[] = {"--servers", "60", "--users", "200", NULL};

    lt_start(lt, rows, cols, args, NULL, NULL);
    servers_fetch(&lt->sb, order);
    assert_int_equal(order->count, SERVERS);
    servers_sort(order, "host_id", false, 0);
    lt_keys(lt, "2 s");
    term_send(&lt->t, "host_id\r");
    lt_keys(lt, "g");
    lt_expect_shown(lt, SERVERS, SERVERS);
    lt_expect_host(lt, order->rows[0].host);
}

/* The visible rows are the N hosts from TOP on. */
static void expect_window(struct lt *lt, const struct server_facts *order, long top)
{
    struct server_facts part = {.count = 0};
    struct buf is, want;

    buf_init(&is, 1 << 20);
    buf_init(&want, 1 << 20);
    lt_hosts(lt, &is);
    for (size_t i = 0; i <= is.len / 6 && (size_t)top + i < order->count; i++)
        part.rows[part.count++] = order->rows[(size_t)top + i];
    servers_hosts(&part, &want);
    assert_string_equal(is.data, want.data);
    buf_release(&is);
    buf_release(&want);
}

static size_t visible(struct lt *lt)
{
    struct buf b;
    size_t n;

    buf_init(&b, 1 << 20);
    n = (strlen(lt_hosts(lt, &b)) + 1) / 6;
    buf_release(&b);
    return n;
}

static void test_arrows_and_letters(void **state)
{
    static const char *const pairs[][2] = {{"Down", "Up"}, {"j", "k"}};
    struct lt *lt = *state;
    struct server_facts order;

    start(lt, 24, 80, &order);
    for (size_t k = 0; k < 2; k++) {
        lt_keys(lt, pairs[k][1]);
        lt_expect_host(lt, order.rows[0].host);
        for (size_t i = 1; i <= 20; i++) {
            lt_keys(lt, pairs[k][0]);
            lt_expect_host(lt, order.rows[i].host);
            assert_true(lt_row_of(lt, order.rows[i].host) >= 0);
        }
        for (size_t i = 20; i > 0; i--) {
            lt_keys(lt, pairs[k][1]);
            lt_expect_host(lt, order.rows[i - 1].host);
        }
        expect_window(lt, &order, 0);
    }
}

static void test_ends(void **state)
{
    static const char *const pairs[][2] = {{"G", "g"}, {"End", "Home"}};
    struct lt *lt = *state;
    struct server_facts order;

    start(lt, 24, 80, &order);
    for (size_t k = 0; k < 2; k++) {
        lt_keys(lt, pairs[k][0]);
        lt_expect_host(lt, order.rows[SERVERS - 1].host);
        expect_window(lt, &order, SERVERS - (long)visible(lt));
        lt_keys(lt, "Down");
        lt_expect_host(lt, order.rows[SERVERS - 1].host);
        lt_keys(lt, pairs[k][1]);
        lt_expect_host(lt, order.rows[0].host);
        expect_window(lt, &order, 0);
    }
}

static void test_pages(void **state)
{
    static const struct {
        const char *on, *back;
        int part; /* of a page: 1 whole, 2 half */
    } keys[] = {{"PgDn", "PgUp", 1}, {"C-f", "C-b", 1}, {"C-d", "C-u", 2}};
    struct lt *lt = *state;
    struct server_facts order;

    start(lt, 24, 80, &order);
    for (size_t k = 0; k < 3; k++) {
        size_t step = visible(lt) / (size_t)keys[k].part, at = 0;
        int row;

        term_cursor(&lt->t, &row, NULL, NULL);
        while (at < SERVERS - 1) {
            at = at + step < SERVERS - 1 ? at + step : SERVERS - 1;
            lt_keys(lt, keys[k].on);
            lt_expect_host(lt, order.rows[at].host);
        }
        lt_keys(lt, keys[k].on);
        lt_expect_host(lt, order.rows[SERVERS - 1].host);
        while (at > 0) {
            at = at > step ? at - step : 0;
            lt_keys(lt, keys[k].back);
            lt_expect_host(lt, order.rows[at].host);
        }
        lt_keys(lt, keys[k].back);
        lt_expect_host(lt, order.rows[0].host);
        expect_window(lt, &order, 0);
        lt_expect_focus(lt);
        term_wait_cursor_row(&lt->t, row, 0);
    }
    /* N3: no key of these writes; the only POST is the one for the token. */
    assert_int_equal(sandbox_count(&lt->sb, "POST", "/cctrustoauth2/"), 1);
    assert_int_equal(sandbox_count(&lt->sb, "PUT", NULL), 0);
    assert_int_equal(sandbox_count(&lt->sb, "DELETE", NULL), 0);
    assert_int_equal(sandbox_count(&lt->sb, "PATCH", NULL), 0);
}

/* Many keys at once are done one after the other, and end where they would one by one. */
static void test_held_key(void **state)
{
    struct lt *lt = *state;
    struct server_facts order;
    char keys[41];

    start(lt, 24, 80, &order);
    memset(keys, 'j', 40);
    keys[40] = '\0';
    term_send(&lt->t, keys);
    term_settle(&lt->t);
    lt_expect_host(lt, order.rows[40].host);
}

/* N6: the detail opens on every row, and closing it changes nothing on the screen. */
static void test_detail_and_back(void **state)
{
    static const struct {
        const char *on, *back;
    } keys[] = {{"Enter", "Esc"}, {"d", "q"}, {"Enter", "q"}, {"d", "Esc"}};
    struct lt *lt = *state;
    struct server_facts order;
    struct buf before;
    size_t at = 0;

    start(lt, 24, 80, &order);
    buf_init(&before, 1 << 20);
    for (size_t k = 0; k < 4; k++) {
        int row, now;

        lt_keys(lt, k == 0 ? "g" : "PgDn Down Down");
        at = k == 0 ? 0 : at + visible(lt) + 2;
        lt_expect_host(lt, order.rows[at].host);
        lt_body(lt, &before);
        term_cursor(&lt->t, &row, NULL, NULL);
        lt_keys(lt, keys[k].on);
        lt_expect(lt, order.rows[at].host);
        if (order.rows[at].fqdn[0] != '\0')
            lt_expect(lt, order.rows[at].fqdn);
        lt_expect_not(lt, " shown / ");
        lt_keys(lt, "Down PgDn End Home");
        lt_expect(lt, order.rows[at].host);
        lt_keys(lt, keys[k].back);
        term_cursor(&lt->t, &now, NULL, NULL);
        assert_int_equal(now, row);
        lt_expect_body(lt, before.data);
        lt_expect_focus(lt);
    }
    buf_release(&before);
}

/* What is cut on the screen is whole in the detail (L11). */
static void test_cut_text_is_whole_in_the_detail(void **state)
{
    struct lt *lt = *state;
    struct server_facts order;

    start(lt, 24, 40, &order);
    lt_expect_not(lt, order.rows[0].fqdn);
    lt_expect(lt, "…");
    lt_keys(lt, "Enter");
    lt_expect(lt, order.rows[0].fqdn);
}

/* h and l, Left and Right: the other columns, with the key column staying. */
static void test_sideways(void **state)
{
    static const char *const pairs[][2] = {{"Right", "Left"}, {"l", "h"}};
    struct lt *lt = *state;
    struct server_facts order;
    struct buf before;

    start(lt, 24, 40, &order);
    buf_init(&before, 1 << 20);
    lt_body(lt, &before);
    lt_expect_not(lt, "FOR");
    for (size_t k = 0; k < 2; k++) {
        int steps = 0;

        while (!term_find(&lt->t, "FOR", NULL, NULL) && steps++ < 12) {
            lt_keys(lt, pairs[k][0]);
            lt_expect_host(lt, order.rows[0].host);
        }
        lt_expect(lt, "FOR");
        lt_expect(lt, "HOST");
        while (steps-- > 0)
            lt_keys(lt, pairs[k][1]);
        lt_expect_body(lt, before.data);
    }
    buf_release(&before);
}

static size_t next_problem(const struct server_facts *f, size_t from, int step)
{
    for (size_t n = 1; n <= f->count; n++) {
        size_t i = (from + f->count + (step > 0 ? n : f->count - n)) % f->count;

        if (f->rows[i].severity >= 2)
            return i;
    }
    fail_msg("no problem row");
    return 0;
}

/* N10: e and E stop at every error and warning, in both directions, around the end. */
static void test_problem_rows(void **state)
{
    struct lt *lt = *state;
    struct server_facts order;
    size_t at = 0;

    start(lt, 24, 80, &order);
    for (int i = 0; i < 40; i++) {
        at = next_problem(&order, at, 1);
        lt_keys(lt, "e");
        lt_expect_host(lt, order.rows[at].host);
    }
    for (int i = 0; i < 80; i++) {
        at = next_problem(&order, at, -1);
        lt_keys(lt, "E");
        lt_expect_host(lt, order.rows[at].host);
    }
    /* In a detail the next one opens. */
    lt_keys(lt, "Enter e");
    at = next_problem(&order, at, 1);
    lt_expect(lt, order.rows[at].host);
    lt_expect_not(lt, " shown / ");
    lt_keys(lt, "Esc");
    lt_expect_host(lt, order.rows[at].host);
}

static void test_no_problem_rows(void **state)
{
    struct lt *lt = *state;
    struct server_facts order;

    start(lt, 24, 80, &order);
    lt_keys(lt, "/");
    term_send(&lt->t, "severity=ok\r");
    term_settle(&lt->t);
    lt_keys(lt, "e");
    lt_expect(lt, "no row in this list needs a look");
}

/* L5: sorting, filtering and refreshing leave the cursor on its item. */
static void test_cursor_stays_on_its_item(void **state)
{
    static const char *const steps[] = {"<", ">", ">", ">", "I", "<", "I", NULL};
    struct lt *lt = *state;
    struct server_facts order;
    char host[16];

    start(lt, 24, 80, &order);
    lt_keys(lt, "PgDn Down Down Down");
    snprintf(host, sizeof(host), "%s", order.rows[visible(lt) + 3].host);
    lt_expect_host(lt, host);
    for (size_t i = 0; steps[i] != NULL; i++) {
        lt_keys(lt, steps[i]);
        lt_expect_host(lt, host);
    }
    lt_refresh(lt, "r");
    lt_expect_host(lt, host);
    lt_refresh(lt, "R");
    lt_expect_host(lt, host);
    lt_keys(lt, "/");
    term_send(&lt->t, host);
    term_settle(&lt->t);
    assert_string_equal(lt_host_at(lt, lt_row_of(lt, host), host), host);
    lt_keys(lt, "Enter");
    lt_expect_host(lt, host);
    lt_keys(lt, "Backspace");
    lt_expect_shown(lt, SERVERS, SERVERS);
    lt_expect_host(lt, host);
    lt_keys(lt, "3 4 2");
    lt_expect_host(lt, host);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_arrows_and_letters),
        LT_TEST(test_ends),
        LT_TEST(test_pages),
        LT_TEST(test_held_key),
        LT_TEST(test_detail_and_back),
        LT_TEST(test_cut_text_is_whole_in_the_detail),
        LT_TEST(test_sideways),
        LT_TEST(test_problem_rows),
        LT_TEST(test_no_problem_rows),
        LT_TEST(test_cursor_stays_on_its_item),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
