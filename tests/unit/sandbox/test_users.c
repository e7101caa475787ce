/* The list of users: its shape, and that it counts to what the service says elsewhere. */
#include "tests/unit/sandbox/pages.h"
#include "tests/unit/sandbox/told.h"

static json_t *users_of(struct ask *a, int term, int limit)
{
    char target[80], text[TERM_LEN];

    snprintf(target, sizeof(target), LUI "/users?date=%s", term_text(term, text));
    return read_pages(a, target, limit);
}

static bool holds(const json_t *list, const char *word)
{
    json_t *item;
    size_t i;

    json_array_foreach(list, i, item) if (strcmp(json_string_value(item), word) == 0) return true;
    return false;
}

/* Users with FEATURE; on server FQDN or linked to CUSTOMER ("" for none) when those are given. */
static void tally(const json_t *users, const char *feature, const char *fqdn, const char *customer,
                  long long out[2])
{
    json_t *u;
    size_t i;

    out[0] = out[1] = 0;
    json_array_foreach(users, i, u)
    {
        const char *link = text_at(at(u, "linkedCustomer"), "customerId");

        if (!holds(at(u, "features"), feature))
            continue;
        if (fqdn != NULL && !holds(at(u, "licenseServers"), fqdn))
            continue;
        if (customer != NULL && strcmp(customer, link != NULL ? link : "") != 0)
            continue;
        out[0]++;
        out[1] += strcmp(text_at(u, "userType"), "Free") == 0;
    }
}

static void check_counts(const json_t *o, const long long n[2])
{
    assert_int_equal(int_at(o, "count"), n[0]);
    assert_int_equal(int_at(o, "freeUsersCount"), n[1]);
}

static void compare_term(struct ask *a, int term)
{
    json_t *users = users_of(a, term, 700), *sku, *row;
    char target[80], text[TERM_LEN];
    long long n[2];
    size_t i, k;

    snprintf(target, sizeof(target), LUI "/licenseusagedata?date=%s", term_text(term, text));
    assert_int_equal(ask_get(a, target), 200);
    assert_true(json_array_size(at(a->json, "skus")) >= 3);
    json_array_foreach(at(a->json, "skus"), i, sku)
    {
        const json_t *f = json_array_get(at(sku, "features"), 0);
        const char *id = text_at(f, "featureId");

        tally(users, id, NULL, NULL, n);
        check_counts(f, n);
        json_array_foreach(at(f, "linkedCustomerUsages"), k, row)
        {
            const char *customer = text_at(row, "customerId");

            tally(users, id, NULL, customer != NULL ? customer : "", n);
            check_counts(row, n);
        }
        json_array_foreach(at(f, "licenseServerUsages"), k, row)
        {
            tally(users, id, text_at(row, "fqdn"), NULL, n);
            check_counts(row, n);
        }
    }
    json_decref(users);
}

static void the_list_counts_to_the_months_numbers(void **state)
{
    struct options o;
    struct ask a;

    (void)state;
    ask_defaults(&o);
    ask_start(&a, &o);
    compare_term(&a, a.sb.term);
    compare_term(&a, a.sb.term - 1);
    compare_term(&a, a.sb.term - 23);
    ask_stop(&a);
    o.users = 1500;
    o.servers = 40;
    o.customers = 30;
    o.seed = 99;
    ask_start(&a, &o);
    compare_term(&a, a.sb.term);
    compare_term(&a, a.sb.term - 7);
    ask_stop(&a);
}

/* Loads the list of the present term into the temporary table `listed`. */
static void load_listed(struct ask *a, const json_t *users)
{
    sqlite3_stmt *st = NULL;
    json_t *u;
    size_t i;

    assert_int_equal(db_exec(a->sb.db,
                             "CREATE TEMP TABLE listed(name TEXT, domain TEXT, is_free INTEGER,"
                             " customer TEXT, source TEXT, site TEXT, grp TEXT, servers INTEGER)",
                             NULL),
                     0);
    assert_int_equal(db_prepare(a->sb.db, "INSERT INTO listed VALUES(?,?,?,?,?,?,?,?)", &st, NULL),
                     0);
    json_array_foreach(users, i, u) assert_int_equal(
        db_run(st, NULL, "ttittttt", text_at(u, "userName"), text_at(u, "domain"),
               (int64_t)(strcmp(text_at(u, "userType"), "Free") == 0),
               text_at(at(u, "linkedCustomer"), "customerId"), text_at(u, "linkSource"),
               text_at(u, "siteId"), text_at(u, "deliveryGroupId"), (const char *)NULL),
        0);
    sqlite3_finalize(st);
}

static const char expected_sql[] =
    "CREATE TEMP TABLE expected AS SELECT u.user_name AS name, u.domain, x.is_free,"
    " (SELECT customer_id FROM customers c WHERE c.id = x.customer) AS customer,"
    " CASE WHEN u.customer IS NOT NULL THEN 'User'"
    "  WHEN EXISTS(SELECT 1 FROM user_servers y JOIN servers s ON s.id = y.server"
    "   WHERE y.user = u.id AND s.customer IS NOT NULL) THEN 'LicenseServer'"
    "  WHEN g.customer IS NOT NULL THEN 'DeliveryGroup'"
    "  WHEN p.customer IS NOT NULL THEN 'Site' END AS source, p.site_id AS site,"
    " g.group_id AS grp, NULL AS servers FROM counted x JOIN users u ON u.id = x.user"
    " LEFT JOIN delivery_groups g ON g.id = u.delivery_group LEFT JOIN sites p ON p.id = g.site"
    " WHERE x.term = (SELECT max(term) FROM usage_totals)";

static void the_list_is_what_sql_says(void **state)
{
    struct options o;
    struct ask a;
    json_t *users;

    (void)state;
    ask_defaults(&o);
    o.months = 4;
    ask_start(&a, &o);
    users = users_of(&a, a.sb.term, 5000);
    load_listed(&a, users);
    assert_int_equal(db_exec(a.sb.db, told_sql, NULL), 0);
    assert_int_equal(db_exec(a.sb.db, expected_sql, NULL), 0);
    assert_true(json_array_size(users) > 4000);
    assert_int_equal(db_integer(a.sb.db, "SELECT count(*) FROM expected", -1),
                     json_array_size(users));
    assert_int_equal(db_integer(a.sb.db,
                                "SELECT count(*) FROM (SELECT * FROM listed EXCEPT"
                                " SELECT * FROM expected)",
                                -1),
                     0);
    assert_int_equal(db_integer(a.sb.db,
                                "SELECT count(*) FROM (SELECT * FROM expected EXCEPT"
                                " SELECT * FROM listed)",
                                -1),
                     0);
    /* Every way of being linked is there, and someone whose own link is not his place's. */
    assert_int_equal(db_integer(a.sb.db, "SELECT count(DISTINCT source) FROM listed", 0), 4);
    assert_true(db_integer(a.sb.db,
                           "SELECT count(*) FROM users u JOIN delivery_groups g"
                           " ON g.id = u.delivery_group JOIN sites p ON p.id = g.site"
                           " WHERE u.customer <> coalesce(g.customer, p.customer)",
                           0) > 3);
    json_decref(users);
    ask_stop(&a);
}

static int64_t time_at(const json_t *o, const char *name)
{
    const char *text = text_at(o, name);
    int64_t t = 0;

    if (text == NULL)
        return TIME_NONE;
    assert_true(matches("^[0-9-]{10}T[0-9:]{8}Z$", text));
    assert_int_equal(time_parse(text, strlen(text), &t, NULL), 0);
    return t;
}

static void check_user(const json_t *u, int term, size_t unknown[2])
{
    int64_t first = time_at(u, "firstUsed"), last = time_at(u, "lastUsed");

    SHAPE(u, {"userName", 's'}, {"domain", 's'}, {"fullName", 'S'}, {"userType", 's'},
          {"userTypeChanged", 'S'}, {"firstUsed", 'S'}, {"lastUsed", 'S'}, {"features", 'a'},
          {"licenseServers", 'a'}, {"siteId", 'S'}, {"deliveryGroupId", 'S'},
          {"linkedCustomer", 'O'}, {"linkSource", 'S'});
    assert_true(matches("^(Paid|Free)$", text_at(u, "userType")));
    assert_true(json_array_size(at(u, "features")) > 0);
    assert_true(json_array_size(at(u, "licenseServers")) > 0);
    assert_true(json_is_null(at(u, "linkedCustomer")) == json_is_null(at(u, "linkSource")));
    assert_true(json_is_null(at(u, "siteId")) == json_is_null(at(u, "deliveryGroupId")));
    if (json_is_object(at(u, "linkedCustomer")))
        SHAPE(at(u, "linkedCustomer"), CUSTOMER_SHAPE);
    time_at(u, "userTypeChanged");
    unknown[0] += first == TIME_NONE;
    unknown[1] += json_is_null(at(u, "fullName"));
    if (last == TIME_NONE)
        return;
    assert_true(first != TIME_NONE && first <= last && last <= TEST_NOW);
    assert_true(last >= term_start(term) && last < term_start(term + 1));
}

static void users_have_their_shape(void **state)
{
    struct ask *a = start(14);
    size_t unknown[2] = {0}, i;
    json_t *u, *users;

    (void)state;
    for (int term = a->sb.term - 1; term <= a->sb.term; term++) {
        users = users_of(a, term, 1000);
        json_array_foreach(users, i, u) check_user(u, term, unknown);
        assert_true(i > 4000);
        json_decref(users);
    }
    assert_true(unknown[0] > 0 && unknown[1] > 0);
    stop(a);
}

static void pages_make_the_whole_list(void **state)
{
    struct ask *a = *state;
    json_t *whole = users_of(a, a->sb.term - 2, 5000), *parts = users_of(a, a->sb.term - 2, 7);

    assert_true(json_array_size(whole) > 200);
    assert_true(json_equal(whole, parts));
    json_decref(whole);
    json_decref(parts);
    /* without a limit, a thousand */
    assert_int_equal(ask_get(a, LUI "/users?date=2030-01"), 200);
    assert_int_equal(int_at(a->json, "totalCount"), 0);
    assert_int_equal(json_array_size(at(a->json, "items")), 0);
}

static void bad_pages_are_refused(void **state)
{
    struct ask *a = *state;
    char good[256], other[256];

    expect_refusal(a, LUI "/users", 400, "common/missing");
    expect_refusal(a, LUI "/users?date=2026-13", 400, "common/invalidString");
    expect_refusal(a, LUI "/users?date=2026-10&limit=0", 400, "common/outOfRange");
    expect_refusal(a, LUI "/users?date=2026-10&limit=5001", 400, "common/outOfRange");
    expect_refusal(a, LUI "/users?date=2026-10&limit=+5", 400, "common/invalidString");
    expect_refusal(a, LUI "/users?date=2026-10&limit=5x", 400, "common/invalidString");
    expect_refusal(a, LUI "/users?date=2026-10&continuationToken=xyz", 410,
                   "common/continuationExpired");
    assert_int_equal(ask_get(a, LUI "/users?date=2026-10&limit=5"), 200);
    add_query(good, sizeof(good), LUI "/users?date=2026-10", "continuationToken",
              text_at(a->json, "continuationToken"));
    add_query(other, sizeof(other), LUI "/users?date=2026-09", "continuationToken",
              text_at(a->json, "continuationToken"));
    assert_non_null(strpbrk(text_at(a->json, "continuationToken"), "+/="));
    assert_int_equal(ask_get(a, good), 200);
    expect_refusal(a, other, 410, "common/continuationExpired");
    /* the data changed */
    assert_int_equal(db_exec(a->sb.db, "UPDATE versions SET version = version + 1", NULL), 0);
    expect_refusal(a, good, 410, "common/continuationExpired");
}

static void link_targets_are_all_customers(void **state)
{
    struct ask *a = *state;
    json_t *all = read_pages(a, LUI "/customers", 5), *c;
    size_t i, types[3] = {0};

    json_array_foreach(all, i, c)
    {
        const char *type = text_at(c, "customerType");

        SHAPE(c, CUSTOMER_SHAPE);
        assert_true(matches("^(Managed|Hosted|Lite)$", type));
        types[type[0] == 'M' ? 0 : type[0] == 'H' ? 1 : 2]++;
        assert_true((type[0] == 'L') == json_is_null(at(c, "customerOrgId")));
    }
    assert_int_equal(types[0], 7);
    assert_int_equal(types[1], 2);
    assert_int_equal(types[2], 3);
    json_decref(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_counts_to_the_months_numbers),
        cmocka_unit_test(the_list_is_what_sql_says),
        cmocka_unit_test(users_have_their_shape),
        cmocka_unit_test_setup_teardown(pages_make_the_whole_list, ask_setup, ask_teardown),
        cmocka_unit_test_setup_teardown(bad_pages_are_refused, ask_setup, ask_teardown),
        cmocka_unit_test_setup_teardown(link_targets_are_all_customers, ask_setup, ask_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
