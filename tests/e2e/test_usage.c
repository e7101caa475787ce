/*
 * The Usage pane against the service, read here and not by luitop's own code: the numbers of every
 * card, of its breakdowns and of chosen servers, and that the rows make up the total.
 */
#include <ctype.h>
#include <strings.h>

#include "tests/e2e/luitop.h"
#include "tests/e2e/oracle.h"

enum { CELLS = 201 };

/* The editions of --users 600 --seed 1 as luitop names them, and how to get to the card. */
static const struct {
    const char *id, *title;
} editions[] = {{"XDT_PLT_UD", "Premium"},
                {"XDT_ADV_UD", "Standard, apps"},
                {"XDT_STD_UD", "Standard, desktops"},
                {"ZZQ_NEW_UD", "ZZQ_NEW_UD (unknown code)"}};
enum { EDITIONS = sizeof(editions) / sizeof(editions[0]) };

static const char *const few[] = {"--users", "600", NULL};

static void start(struct lt *lt, const char *const *args)
{
    lt_start(lt, 40, 120, args, NULL, NULL);
    lt_keys(lt, "3");
    lt_wait_loaded(lt);
}

static long long number(const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);

    if (!json_is_integer(v))
        fail_msg("%s is no whole number", name);
    return json_integer_value(v);
}

/* The edition ID of the month in TRUTH; NULL when the service has none. */
static json_t *feature_of(json_t *truth, const char *id)
{
    json_t *sku, *feature;
    size_t i, k;

    json_array_foreach(json_object_get(truth, "skus"), i, sku)
    {
        json_array_foreach(json_object_get(sku, "features"), k, feature)
        {
            if (strcmp(json_string_value(json_object_get(feature, "featureId")), id) == 0)
                return feature;
        }
    }
    return NULL;
}

/* A row of the screen, a byte a cell; what is not ASCII is '#'. */
static void row_cells(struct lt *lt, int row, char out[CELLS])
{
    for (int x = 0; x < CELLS - 1; x++) {
        struct term_look look = {.text = ""};

        if (x < lt->t.cols)
            term_cell(&lt->t, row, x, &look);
        out[x] = look.text[0] == '\0' ? ' ' : (look.text[0] & 0x80) != 0 ? '#' : look.text[0];
    }
    out[CELLS - 1] = '\0';
}

/* The number that begins at TEXT after its mark: "  >= 2 802  6 %" is 2802. */
static long long read_number(const char *text)
{
    long long n = 0;

    text += strcspn(text, "0123456789");
    assert_true(isdigit((unsigned char)*text));
    for (; isdigit((unsigned char)*text) || (*text == ' ' && isdigit((unsigned char)text[1]));
         text++)
        if (*text != ' ')
            n = n * 10 + (*text - '0');
    return n;
}

/* The number of a card's line, LINES below its title. */
static long long card_number(struct lt *lt, const char *title, const char *label)
{
    char cells[CELLS];
    int row, col;

    if (!term_find(&lt->t, title, &row, &col)) {
        term_print(&lt->t);
        fail_msg("no card \"%s\"", title);
    }
    for (int y = row + 1; y < row + 6; y++) {
        row_cells(lt, y, cells);
        if (strncmp(cells + col, label, strlen(label)) == 0)
            return read_number(cells + col + strlen(label));
    }
    term_print(&lt->t);
    fail_msg("the card \"%s\" has no line \"%s\"", title, label);
    return 0;
}

/* Every number of every card, the change to the month before, and the sums above them. */
static void check_cards(struct lt *lt, json_t *truth)
{
    json_t *earlier = oracle_get(&lt->sb, ORACLE_USAGE "2026-10");
    long long total = 0, free_users = 0;

    for (size_t i = 0; i < EDITIONS; i++) {
        const json_t *f = feature_of(truth, editions[i].id);
        long long count = number(f, "count"), without = number(f, "freeUsersCount");

        assert_int_equal(card_number(lt, editions[i].title, "users"), count);
        assert_int_equal(card_number(lt, editions[i].title, "paid"), count - without);
        assert_int_equal(card_number(lt, editions[i].title, "free"), without);
        assert_int_equal(card_number(lt, editions[i].title, "servers"),
                         number(f, "licenseServerCount"));
        assert_int_equal(card_number(lt, editions[i].title, "customers"),
                         number(f, "linkedCustomerCount"));
        total += count;
        free_users += without;
        count -= number(feature_of(earlier, editions[i].id), "count");
        buf_reset(&lt->b);
        buf_addf(&lt->b, count != 0 ? "~ %+lld (" : "~ =", count);
        lt_expect(lt, lt->b.data);
    }
    buf_reset(&lt->b);
    buf_addf(&lt->b, ">= %lld users, %lld paid, %lld free  (3 of 14 servers silent)", total,
             total - free_users, free_users);
    lt_expect(lt, lt->b.data);
    json_decref(earlier);
}

/* Where the table on the screen begins and where the column with that heading ends. */
static int heading(struct lt *lt, const char *key, const char *title, int *end)
{
    char cells[CELLS];
    const char *at;
    int row, col;

    assert_true(term_find(&lt->t, key, &row, &col));
    row_cells(lt, row, cells);
    at = strstr(cells, title);
    assert_non_null(at);
    *end = (int)(at - cells) + (int)strlen(title);
    return row;
}

/* The right-aligned number that ends before column END. */
static long long number_before(const char *cells, int end)
{
    long long n = 0, place = 1;

    for (int x = end - 1; x > 0; x--) {
        if (isdigit((unsigned char)cells[x])) {
            n += place * (cells[x] - '0');
            place *= 10;
        } else if (cells[x] != ' ' || !isdigit((unsigned char)cells[x - 1])) {
            break;
        }
    }
    assert_true(place > 1);
    return n;
}

/* The sum of a column over the rows of the table, all of which are on the screen. */
static long long column_sum(struct lt *lt, const char *key, const char *title)
{
    char cells[CELLS];
    long long sum = 0;
    long shown, total, rows = 0;
    int end, row = heading(lt, key, title, &end);

    for (row_cells(lt, ++row, cells); cells[1] != ' '; row_cells(lt, ++row, cells)) {
        sum += number_before(cells, end);
        rows++;
    }
    lt_shown(lt, &shown, &total);
    assert_int_equal(rows, total);
    return sum;
}

/* M6: the rows make up the total, to the unit, and the arithmetic says so. */
static void check_customers(struct lt *lt, const json_t *f)
{
    long long total = number(f, "count"), without = number(f, "freeUsersCount"), rest = 0;
    json_t *part;
    size_t i;

    assert_int_equal(column_sum(lt, "CUSTOMER", "USERS"), total);
    assert_int_equal(column_sum(lt, "CUSTOMER", "PAID"), total - without);
    assert_int_equal(column_sum(lt, "CUSTOMER", "FREE"), without);
    lt_expect(lt, "Not linked");
    json_array_foreach(json_object_get(f, "linkedCustomerUsages"), i, part)
    {
        if (!json_is_true(json_object_get(part, "isLinked")))
            rest += number(part, "count");
    }
    buf_reset(&lt->b);
    buf_addf(&lt->b, " %lld = %lld linked to %lld customer", total, total - rest,
             number(f, "linkedCustomerCount"));
    lt_expect(lt, lt->b.data);
    buf_reset(&lt->b);
    buf_addf(&lt->b, " + %lld not linked", rest);
    lt_expect(lt, lt->b.data);
    buf_reset(&lt->b);
    buf_addf(&lt->b, "paid %lld = %lld - %lld free", total - without, total, without);
    lt_expect(lt, lt->b.data);
}

static void check_servers(struct lt *lt, const json_t *f)
{
    json_t *parts = json_object_get(f, "licenseServerUsages"), *part;
    char cells[CELLS];
    long long sum = 0;
    size_t i;
    int end, row, col;

    heading(lt, "SERVER ", "USERS", &end);
    json_array_foreach(parts, i, part)
    {
        const char *fqdn = json_string_value(json_object_get(part, "fqdn"));

        if (!term_find(&lt->t, fqdn, &row, &col)) {
            term_print(&lt->t);
            fail_msg("no row of %s", fqdn);
        }
        row_cells(lt, row, cells);
        assert_int_equal(number_before(cells, end), number(part, "count"));
        assert_int_equal(strstr(cells, "(free) ") != NULL,
                         json_is_true(json_object_get(part, "isLicenseServerFree")));
        sum += number(part, "count");
    }
    assert_int_equal(column_sum(lt, "SERVER ", "USERS"), sum);
}

static void test_numbers(void **state)
{
    struct lt *lt = *state;
    json_t *truth;

    start(lt, few);
    truth = oracle_get(&lt->sb, ORACLE_USAGE "2026-11");
    check_cards(lt, truth);
    for (size_t i = 0; i < EDITIONS; i++) {
        const json_t *f = feature_of(truth, editions[i].id);

        lt_keys(lt, "Enter");
        lt_expect(lt, "per customer");
        check_customers(lt, f);
        lt_keys(lt, "b");
        lt_expect(lt, "per server");
        check_servers(lt, f);
        lt_keys(lt, "b Esc");
        lt_expect_focus(lt);
        lt_focus(lt, &lt->b); /* the same card again */
        assert_non_null(strstr(lt->b.data, editions[i].title));
        lt_keys(lt, "Right");
    }
    json_decref(truth);
}

/* Rows sort and filter as everywhere, Enter tells of one, Esc goes back step by step. */
static void test_rows(void **state)
{
    struct lt *lt = *state;
    long shown, total;

    start(lt, few);
    lt_keys(lt, "Enter /");
    lt_type(lt, "linked=no\r");
    lt_shown(lt, &shown, &total);
    assert_int_equal(shown, 1);
    lt_keys(lt, "Enter");
    lt_expect(lt, "These users are linked to no customer.");
    lt_keys(lt, "Esc");
    lt_expect(lt, "filter: linked=no");
    lt_keys(lt, "Esc");
    lt_expect_shown(lt, total, total);
    lt_keys(lt, "b I e Enter");
    lt_expect(lt, "Silent for this month: it may have more users than these.");
    lt_expect(lt, "not reporting");
    lt_keys(lt, "Esc t");
    lt_expect(lt, "Where the numbers come from");
    lt_keys(lt, "t");
    lt_expect(lt, "per server");
    lt_keys(lt, "Esc t");
    lt_expect_shown(lt, EDITIONS, EDITIONS); /* the table */
    lt_keys(lt, "1 3");
    lt_expect_shown(lt, EDITIONS, EDITIONS); /* stays chosen */
    lt_keys(lt, "Enter");
    lt_expect(lt, "Premium, per server");
}

/* The users of FEATURE on the servers "lic01.…" to the COUNT-th: their sum. */
static long long on_servers(const json_t *f, int count)
{
    long long sum = 0;
    json_t *part;
    size_t i;

    json_array_foreach(json_object_get(f, "licenseServerUsages"), i, part)
    {
        int n;

        if (sscanf(json_string_value(json_object_get(part, "fqdn")), "lic%d.", &n) == 1 &&
            n <= count)
            sum += number(part, "count");
    }
    return sum;
}

static void test_chosen_servers(void **state)
{
    struct lt *lt = *state;
    json_t *truth, *before;

    start(lt, few);
    truth = oracle_get(&lt->sb, ORACLE_USAGE "2026-11");
    before = oracle_get(&lt->sb, ORACLE_USAGE "2026-10");
    lt_keys(lt, "S n Enter");
    lt_expect(lt, "choose at least one server");
    lt_keys(lt, "Space Enter");
    lt_expect(lt, "1 of 14 servers chosen ");
    lt_expect_not(lt, "silent"); /* it reports */
    for (size_t i = 0; i < 3; i++) {
        long long users = on_servers(feature_of(truth, editions[i].id), 1);

        assert_int_equal(card_number(lt, editions[i].title, "users"), users);
    }
    lt_expect_not(lt, "<= ");
    /* The change follows too. */
    buf_reset(&lt->b);
    buf_addf(&lt->b, "%+lld (",
             on_servers(feature_of(truth, "XDT_PLT_UD"), 1) -
                 on_servers(feature_of(before, "XDT_PLT_UD"), 1));
    lt_expect(lt, lt->b.data);

    lt_keys(lt, "S Down Space Enter");
    lt_expect(lt, "2 of 14 servers chosen ");
    for (size_t i = 0; i < 3; i++) {
        const json_t *f = feature_of(truth, editions[i].id);
        long long most = on_servers(f, 2), total = number(f, "count");

        assert_int_equal(card_number(lt, editions[i].title, "users"), most < total ? most : total);
    }
    lt_expect(lt, "<= ");
    lt_expect(lt, "(at most: a user of two chosen servers counts once)");
    lt_keys(lt, "Enter b");
    lt_expect_shown(lt, 2, 2);
    lt_expect(lt, "2 of 14 servers chosen ");
    lt_keys(lt, "b");
    lt_expect(lt, "which customers use the chosen servers is not told by the service");
    lt_keys(lt, "5");
    lt_expect(lt, "2 of 14 servers chosen ");
    lt_keys(lt, "1");
    lt_expect_not(lt, "servers chosen "); /* the Overview shows all */
    lt_keys(lt, "3 C");
    lt_expect_not(lt, "servers chosen ");
    lt_keys(lt, "Esc");
    assert_int_equal(card_number(lt, "Premium", "users"),
                     number(feature_of(truth, "XDT_PLT_UD"), "count"));
    json_decref(truth);
    json_decref(before);
}

/* Numbers that do not add up stay as they are; sentences say what is wrong with them. */
static void check_contradictions(struct lt *lt)
{
    const json_t *f;
    json_t *truth;

    truth = oracle_get(&lt->sb, ORACLE_USAGE "2026-05");
    f = feature_of(truth, "XDT_PLT_UD");
    lt_type(lt, ":month 2026-05\r");
    lt_wait_loaded(lt);
    lt_expect(lt, "▸ ~ Premium");
    assert_int_equal(card_number(lt, "~ Premium", "users"), number(f, "count"));
    lt_expect(lt, "~ XDT_PLT_UD: the customers add up to ");
    lt_keys(lt, "Enter");
    lt_expect(lt, "~ XDT_PLT_UD: the customers add up to ");
    lt_expect(lt, "77 777");
    buf_reset(&lt->b);
    buf_addf(&lt->b, ", but the service's total is %lld", number(f, "count"));
    lt_expect(lt, lt->b.data);
    lt_keys(lt, "Esc Right Enter b");
    lt_expect(lt, "not known"); /* the day of the report */
    json_decref(truth);
}

/* Licensed deployments have servers of their own to choose from, and a choice of their own. */
static void test_choices_apart(void **state)
{
    struct lt *lt = *state;

    lt_sandbox(lt, few);
    sandbox_settings(&lt->sb, "endpoints: { all = true; };\n", NULL);
    lt_run(lt, 40, 120, NULL, NULL);
    lt_wait_loaded(lt);
    lt_keys(lt, "3 S n Space Enter z");
    lt_expect(lt, "1 of 14 servers chosen");
    lt_keys(lt, "z");
    lt_expect(lt, "1 of 14 servers chosen");
    lt_type(lt, ":deployments\r");
    lt_wait_loaded(lt);
    lt_expect_not(lt, "1 of 14 servers chosen");
    lt_keys(lt, "S");
    lt_expect(lt, "dep01.nimbus.example");
    lt_expect_not(lt, "lic01.nimbus.example");
    lt_keys(lt, "Esc");
}

/* What the service tells badly is shown as what it is, with a word. */
static void test_odd_months(void **state)
{
    static const char *const args[] = {"--users", "600", "--odd", NULL};
    struct lt *lt = *state;

    start(lt, args);
    lt_keys(lt, "[ [");
    lt_wait_loaded(lt);
    lt_expect(lt, "3 rows of the usage could not be read");
    lt_expect(lt, "(3 editions unreadable)");
    lt_expect(lt, "Aug: no data");
    lt_keys(lt, "[");
    lt_wait_loaded(lt);
    lt_expect(lt, "The service has no usage for this month.");
    lt_keys(lt, "Enter");
    lt_expect(lt, "open: there is no edition to open");
    lt_keys(lt, "[ [");
    lt_wait_loaded(lt);
    lt_keys(lt, "Enter");
    lt_expect(lt, "the service lists no customers of these users");
    lt_expect(lt, "XDT_PLT_UD: 12 servers are counted, 0 are listed");
    lt_keys(lt, "T");
    lt_wait_loaded(lt);
    lt_expect(lt, "Nov 2026 so far");
    lt_expect(lt, "Premium, per customer"); /* the edition stays open over the months */
    lt_keys(lt, "Esc");
    check_contradictions(lt);
}

static void test_not_entitled(void **state)
{
    static const char *const args[] = {"--without", "usage", NULL};
    struct lt *lt = *state;

    start(lt, args);
    lt_expect_not(lt, "0 users");
    lt_expect_not(lt, "The service has no usage for this month.");
    lt_keys(lt, "Enter");
    lt_expect(lt, "open: there is no edition to open");
}

/* Enter on an edition of the Overview leads to its card. */
static void test_from_the_overview(void **state)
{
    struct lt *lt = *state;

    start(lt, few);
    lt_keys(lt, "1 g");
    for (int i = 0; i < 20; i++) {
        lt_focus(lt, &lt->b);
        if (strstr(lt->b.data, "Standard, desktops") != NULL)
            break;
        lt_keys(lt, "Down");
    }
    lt_keys(lt, "Enter");
    lt_focus(lt, &lt->b);
    assert_non_null(strstr(lt->b.data, "▸ Standard, desktops"));
    lt_keys(lt, "h Right k j Home G");
    lt_focus(lt, &lt->b);
    assert_non_null(strstr(lt->b.data, "▸ ZZQ_NEW_UD"));
}

/* A step between cards costs as little as one in a list; one that leads nowhere costs nothing. */
static void test_bytes(void **state)
{
    static const char *const steps[] = {"Right", "Down", "Left", "Up"};
    struct lt *lt = *state;

    lt_start(lt, 24, 80, few, NULL, NULL);
    lt_keys(lt, "3");
    lt_wait_loaded(lt);
    for (int i = 0; i < 4; i++) {
        term_bytes_reset(&lt->t);
        lt_keys(lt, steps[i]);
        assert_in_range(term_bytes(&lt->t), 1, 200);
        lt_expect_focus(lt);
    }
    term_bytes_reset(&lt->t);
    lt_keys(lt, "Left Up");
    assert_int_equal(term_bytes(&lt->t), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LT_TEST(test_numbers),      LT_TEST(test_rows),           LT_TEST(test_odd_months),
        LT_TEST(test_not_entitled), LT_TEST(test_chosen_servers), LT_TEST(test_from_the_overview),
        LT_TEST(test_bytes),        LT_TEST(test_choices_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
