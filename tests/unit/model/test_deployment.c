#include "cells.h"

#include <strings.h>

#include "base/err.h"
#include "model/deployment.h"
#include "model/query.h"

enum { DAY = 86400, TODAY = CELLS_NOW / DAY };

static void add_server(struct deployment_server_list *l, const char *fqdn, int64_t reported)
{
    *deployment_server_list_add(l) = (struct deployment_server){
        .fqdn = fqdn, .registered = CELLS_NOW - 400 * DAY, .reported = reported};
}

static void test_status(void **state)
{
    const struct deployment_rules rules = {.reporting_days = 1, .listed_days = 5};
    const int64_t now = CELLS_NOW, old = now - 400 * DAY;
    struct deployment_server_list l;

    (void)state;
    assert_int_equal(deployment_status_of(old, now, NULL, now), DEPLOYMENT_REPORTING);
    assert_int_equal(deployment_status_of(old, now + DAY, NULL, now), DEPLOYMENT_REPORTING);
    assert_int_equal(deployment_status_of(old, now - 3 * DAY, NULL, now), DEPLOYMENT_REPORTING);
    assert_int_equal(deployment_status_of(old, now - 3 * DAY - 1, NULL, now),
                     DEPLOYMENT_NOT_REPORTING);
    assert_int_equal(deployment_status_of(old, now - 30 * DAY, NULL, now),
                     DEPLOYMENT_NOT_REPORTING);
    assert_int_equal(deployment_status_of(old, now - 30 * DAY - 1, NULL, now), DEPLOYMENT_DROPPED);
    assert_int_equal(deployment_status_of(now - DAY, TIME_NONE, NULL, now),
                     DEPLOYMENT_NOT_REPORTING);
    assert_int_equal(deployment_status_of(old, TIME_NONE, NULL, now), DEPLOYMENT_DROPPED);
    assert_int_equal(deployment_status_of(TIME_NONE, TIME_NONE, NULL, now),
                     DEPLOYMENT_NOT_REPORTING);
    assert_int_equal(deployment_status_of(old, now - 2 * DAY, &rules, now),
                     DEPLOYMENT_NOT_REPORTING);
    assert_int_equal(deployment_status_of(old, now - 6 * DAY, &rules, now), DEPLOYMENT_DROPPED);
    deployment_server_list_init(&l);
    add_server(&l, "a", now - DAY);
    add_server(&l, "b", now - 31 * DAY);
    add_server(&l, "c", now - 4 * DAY);
    deployment_server_list_finish(&l, NULL, now);
    assert_int_equal(l.count, 2);
    assert_int_equal(l.dropped, 1);
    assert_columns(&deployment_server_row_type,
                   "fqdn status last_reported age_hours registered version");
    assert_cell(&deployment_server_row_type, &l.rows[1], "status", "not_reporting");
    assert_shown(&deployment_server_row_type, &l.rows[1], "status", "not reporting");
    assert_cell(&deployment_server_row_type, &l.rows[1], "age_hours", "96");
    assert_int_equal(deployment_server_row_type.severity(&l.rows[1]), 3);
    assert_int_equal(deployment_server_list_source(&l).count, 2);
    deployment_server_list_release(&l);
}

static void test_pool(void **state)
{
    static const struct pool_sample a[] = {
        {TODAY, 40}, {TODAY - 3, 70}, {TODAY - 10, 80}, {TODAY - 40, 95}, {TODAY + 2, 9999}};
    static const struct pool_sample b[] = {{TODAY - 1, 50}, {TODAY - 3, 20}, {TODAY - 3, 15}};
    static const struct pool_sample c[] = {{TODAY, 1000}};
    static const struct pool_server servers[] = {
        {"a", 60, a, 5}, {"B", 20, b, 3}, {"c", 500, c, 1}, {"gone", 5, c, 1}};
    struct deployment_server_list l;
    struct pool_list pools;
    struct deployment_list d;
    struct server_set only;
    struct deployment_input in = {.servers = &l, .now = CELLS_NOW, .zone = "UTC"};
    struct day_point *daily = NULL;
    size_t days = 0;

    (void)state;
    deployment_server_list_init(&l);
    add_server(&l, "A", CELLS_NOW - DAY);
    add_server(&l, "b", CELLS_NOW - 2 * DAY);
    add_server(&l, "c", CELLS_NOW - 5 * DAY);
    deployment_server_list_finish(&l, NULL, CELLS_NOW);
    pool_list_init(&pools);
    *pool_list_add(&pools) = (struct pool){.product = "Citrix Virtual Apps and Desktops",
                                           .edition = "Premium",
                                           .model = "UserDevice",
                                           .feature_id = "XDT_PLT_UD",
                                           .servers = servers,
                                           .server_count = 4};
    pool_list_finish(&pools);
    deployment_list_init(&d);
    assert_int_equal(deployment_list_build(&d, &pools, &in), 0);
    assert_columns(&deployment_row_type,
                   "product edition model installed in_use available_percent overdraft peak_7d "
                   "peak_month peak_all servers servers_excluded");
    /* a + b: 60 + 20 installed, 40 + 50 in use; 70 + 20 three days ago; 80 and 95 before. */
    assert_row(&deployment_row_type, &d.rows[0],
               "Citrix Virtual Apps and Desktops|Premium|UserDevice|80|90|113|10|90|90|95|2|2");
    assert_shown(&deployment_row_type, &d.rows[0], "available_percent", "113 %");
    assert_shown(&deployment_row_type, &d.rows[0], "model", "User/Device");
    assert_int_equal(d.rows[0].overdrawn, 1);
    assert_int_equal(deployment_row_type.severity(&d.rows[0]), 3);
    assert_int_equal(deployment_list_by_server(&d, &pools, NULL, &in), 0);
    assert_int_equal(deployment_by_server_source(&d).count, 4);
    assert_columns(&deployment_by_server_row_type,
                   "product edition model fqdn status counted last_reported installed in_use "
                   "available_percent overdraft peak_7d peak_month peak_all");
    assert_row(&deployment_by_server_row_type, &d.rows[1],
               "Citrix Virtual Apps and Desktops|Premium|UserDevice|B|reporting|true|"
               "2026-11-21T14:42:00Z|20|50|250|30|50|50|50");
    assert_row(&deployment_by_server_row_type, &d.rows[3],
               "Citrix Virtual Apps and Desktops|Premium|UserDevice|gone|not_listed|false||5|1000|"
               "20000|995|1000|1000|1000");
    assert_int_equal(deployment_daily(&pools.rows[0], &in, &daily, &days), 0);
    assert_int_equal(days, 5);
    assert_int_equal(daily[0].value, 95);
    assert_int_equal(daily[2].day, TODAY - 3);
    assert_int_equal(daily[2].value, 90);
    assert_int_equal(daily[2].state, HISTORY_KNOWN);
    assert_int_equal(daily[4].state, HISTORY_INCOMPLETE);
    free(daily);
    /* Chosen: one that reports, one that does not. */
    server_set_init(&only);
    server_set_add(&only, "a");
    server_set_add(&only, "C");
    in.only = &only;
    assert_int_equal(deployment_list_build(&d, &pools, &in), 0);
    assert_row(&deployment_row_type, &d.rows[0],
               "Citrix Virtual Apps and Desktops|Premium|UserDevice|60|40|67|0|70|80|95|1|1");
    in.servers = NULL;
    assert_int_equal(deployment_list_build(&d, &pools, &in), 0);
    assert_row(&deployment_row_type, &d.rows[0],
               "Citrix Virtual Apps and Desktops|Premium|UserDevice||||||||0|2");
    assert_int_equal(deployment_daily(&pools.rows[0], &in, &daily, &days), 0);
    assert_null(daily);
    assert_int_equal(days, 0);
    server_set_release(&only);
    deployment_list_release(&d);
    pool_list_release(&pools);
    deployment_server_list_release(&l);
}

/* The largest daily sum from day FROM on, by asking every day anew; -1: no sample. */
static int64_t peak(const struct pool *p, unsigned counted, int32_t from)
{
    int64_t most = -1;

    for (int32_t d = TODAY - 90; d <= TODAY + 1; d++) {
        int64_t sum = 0;
        bool any = false;

        for (size_t s = 0; s < p->server_count; s++) {
            int64_t best = -1;

            for (size_t i = 0; i < p->servers[s].sample_count; i++)
                if (p->servers[s].samples[i].day == d && p->servers[s].samples[i].in_use > best)
                    best = p->servers[s].samples[i].in_use;
            if (best < 0 || (counted & 1u << s) == 0)
                continue;
            sum += best;
            any = true;
        }
        if (any && d >= from && sum > most)
            most = sum;
    }
    return most;
}

static int64_t known(int64_t n)
{
    return n == DEPLOYMENT_UNKNOWN ? -1 : n;
}

static void test_random(void **state)
{
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    int32_t first = TODAY - 22; /* Nov 1 */
    uint32_t seed = 5;

    (void)state;
    for (int round = 0; round < 400; round++) {
        static struct pool_sample samples[5][40];
        struct pool_server servers[5];
        struct deployment_server_list l;
        struct pool_list pools;
        struct deployment_list d;
        struct server_set only;
        struct deployment_input in = {
            .servers = &l, .only = &only, .now = CELLS_NOW, .zone = "UTC"};
        unsigned counted = 0, excluded = 0, chosen = dice(&seed, 32);
        int64_t installed = 0;

        server_set_init(&only);
        deployment_server_list_init(&l);
        for (unsigned s = 0; s < 5; s++) {
            int64_t age = dice(&seed, 40) * DAY / 2;

            add_server(&l, names[s], CELLS_NOW - age);
            servers[s] = (struct pool_server){.fqdn = names[s],
                                              .installed = dice(&seed, 50),
                                              .samples = samples[s],
                                              .sample_count = dice(&seed, 40)};
            for (size_t i = 0; i < servers[s].sample_count; i++)
                samples[s][i] =
                    (struct pool_sample){TODAY + 3 - (int32_t)dice(&seed, 80), dice(&seed, 100)};
            if ((chosen & 1u << s) == 0)
                continue;
            server_set_add(&only, names[s]);
            if (age <= 3 * DAY) {
                counted |= 1u << s;
                installed += servers[s].installed;
            } else {
                excluded++;
            }
        }
        deployment_server_list_finish(&l, NULL, CELLS_NOW);
        pool_list_init(&pools);
        *pool_list_add(&pools) =
            (struct pool){.product = "P", .servers = servers, .server_count = 5};
        deployment_list_init(&d);
        assert_int_equal(deployment_list_build(&d, &pools, &in), 0);
        assert_int_equal(known(d.rows[0].installed), counted != 0 ? installed : -1);
        assert_int_equal(d.rows[0].servers, __builtin_popcount(counted));
        assert_int_equal(d.rows[0].servers_excluded, excluded);
        assert_int_equal(known(d.rows[0].peak_7d), peak(&pools.rows[0], counted, TODAY - 6));
        assert_int_equal(known(d.rows[0].peak_month), peak(&pools.rows[0], counted, first));
        assert_int_equal(known(d.rows[0].peak_all), peak(&pools.rows[0], counted, TODAY - 90));
        deployment_list_release(&d);
        pool_list_release(&pools);
        deployment_server_list_release(&l);
        server_set_release(&only);
    }
}

/* What no sample tells is not zero, and makes what is made from it a lower bound. */
static void test_unsampled(void **state)
{
    static const struct pool_sample a[] = {{TODAY, 70}};
    static const struct pool_server both[] = {{"a", 60, a, 1}, {"b", 20, NULL, 0}};
    static const struct pool_server none[] = {{"b", 20, NULL, 0}, {"gone", 9, a, 1}};
    static const struct pool_server out[] = {{"c", 20, a, 1}, {"GONE", 9, a, 1}};
    struct deployment_server_list l;
    struct deployment_total t;
    struct pool_list pools;
    struct deployment_list d;
    struct server_set only;
    struct deployment_input in = {.servers = &l, .now = CELLS_NOW, .zone = "UTC"};

    (void)state;
    deployment_server_list_init(&l);
    add_server(&l, "a", CELLS_NOW);
    add_server(&l, "A", CELLS_NOW - 9 * DAY);
    add_server(&l, "b", CELLS_NOW);
    add_server(&l, "c", CELLS_NOW - 9 * DAY);
    deployment_server_list_finish(&l, NULL, CELLS_NOW);
    pool_list_init(&pools);
    *pool_list_add(&pools) = (struct pool){.product = "P", .servers = both, .server_count = 2};
    *pool_list_add(&pools) = (struct pool){.product = "Q", .servers = none, .server_count = 2};
    *pool_list_add(&pools) = (struct pool){.product = "R", .servers = out, .server_count = 2};
    pool_list_finish(&pools);
    deployment_list_init(&d);
    assert_int_equal(deployment_list_build(&d, &pools, &in), 0);
    assert_row(&deployment_row_type, &d.rows[0], "P|||80|70|88|0|70|70|70|2|0");
    assert_shown(&deployment_row_type, &d.rows[0], "in_use", ">= 70");
    assert_shown(&deployment_row_type, &d.rows[0], "available_percent", ">= 88 %");
    assert_int_equal(d.rows[0].unsampled, 1);
    assert_row(&deployment_row_type, &d.rows[1], "Q|||20|||||||1|1");
    assert_shown(&deployment_row_type, &d.rows[1], "in_use", "-");
    assert_row(&deployment_row_type, &d.rows[2], "R||||||||||0|2");
    assert_int_equal(deployment_total(&d, &pools, &in, &t), 0);
    assert_int_equal(t.servers, 3);
    assert_int_equal(t.reporting, 2);
    assert_int_equal(t.unlisted, 1);
    assert_int_equal(t.pools, 3);
    assert_int_equal(t.known, 2);
    assert_int_equal(t.installed, 100);
    assert_int_equal(t.in_use, 70);
    assert_int_equal(t.percent, 70);
    assert_int_equal(t.overdraft, 0);
    assert_int_equal(t.unsampled, 2);
    assert_int_equal(deployment_list_by_server(&d, &pools, &pools.rows[0], &in), 0);
    assert_row(&deployment_by_server_row_type, &d.rows[1],
               "P|||b|reporting|true|2026-11-23T14:42:00Z|20||||||");
    server_set_init(&only);
    server_set_add(&only, "c");
    in.only = &only;
    assert_int_equal(deployment_list_build(&d, &pools, &in), 0);
    assert_int_equal(deployment_total(&d, &pools, &in, &t), 0);
    assert_int_equal(t.servers, 1);
    assert_int_equal(t.reporting + t.unlisted + t.known, 0);
    assert_true(t.installed == DEPLOYMENT_UNKNOWN && t.in_use == DEPLOYMENT_UNKNOWN);
    assert_int_equal(t.percent, -1);
    server_set_release(&only);
    deployment_list_release(&d);
    pool_list_release(&pools);
    deployment_server_list_release(&l);
}

static void test_activity(void **state)
{
    static const struct pool_sample a[] = {{TODAY, 40},     {TODAY - 1, 70}, {TODAY - 1, 30},
                                           {TODAY - 3, 90}, {TODAY - 31, 5}, {TODAY + 1, 1}};
    static const struct pool_sample b[] = {{TODAY - 30, 8}, {TODAY - 31, 7}};
    static const struct pool_server servers[] = {
        {"a", 60, a, 6}, {"b", 0, b, 2}, {"c", 3, NULL, 0}};
    const struct pool pool = {.product = "P", .servers = servers, .server_count = 3};
    struct deployment_server_list l;
    struct deployment_use_list u;
    struct server_set only;
    struct deployment_input in = {.servers = &l, .now = CELLS_NOW, .zone = "UTC"};

    (void)state;
    deployment_server_list_init(&l);
    add_server(&l, "A", CELLS_NOW);
    deployment_server_list_finish(&l, NULL, CELLS_NOW);
    deployment_use_list_init(&u);
    assert_int_equal(deployment_use_list_build(&u, &pool, &in), 0);
    assert_columns(&deployment_use_row_type,
                   "date fqdn in_use change installed available_percent counted");
    assert_int_equal(deployment_use_list_source(&u).count, 5);
    assert_row(&deployment_use_row_type, &u.rows[0], "2026-11-23|a|40|-30|60|67|true");
    assert_row(&deployment_use_row_type, &u.rows[1], "2026-11-22|a|70||60|117|true");
    assert_int_equal(deployment_use_row_type.severity(&u.rows[1]), 3);
    assert_row(&deployment_use_row_type, &u.rows[2], "2026-11-21|a|||60||true");
    assert_shown(&deployment_use_row_type, &u.rows[2], "in_use", "no sample");
    assert_int_equal(deployment_use_row_type.severity(&u.rows[2]), 2);
    assert_row(&deployment_use_row_type, &u.rows[3], "2026-11-20|a|90||60|150|true");
    assert_row(&deployment_use_row_type, &u.rows[4], "2026-10-24|b|8|1|0||false");
    assert_shown(&deployment_use_row_type, &u.rows[4], "change", "+1");
    server_set_init(&only);
    server_set_add(&only, "B");
    in.only = &only;
    assert_int_equal(deployment_use_list_build(&u, &pool, &in), 0);
    assert_int_equal(u.count, 1);
    server_set_release(&only);
    deployment_use_list_release(&u);
    deployment_server_list_release(&l);
}

/* A server falls silent without a new answer of the service. */
static void test_judge(void **state)
{
    struct deployment_server_list l, then;

    (void)state;
    deployment_server_list_init(&l);
    deployment_server_list_init(&then);
    add_server(&l, "a", CELLS_NOW - 2 * DAY);
    add_server(&l, "b", CELLS_NOW - 29 * DAY);
    add_server(&l, "c", CELLS_NOW - 31 * DAY);
    deployment_server_list_finish(&l, NULL, CELLS_NOW);
    assert_int_equal(deployment_server_list_judge(&then, &l, NULL, CELLS_NOW + 2 * DAY), 0);
    assert_int_equal(then.count, 1);
    assert_int_equal(then.dropped, 2);
    assert_int_equal(then.rows[0].status, DEPLOYMENT_NOT_REPORTING);
    assert_true(then.rows[0].id == l.rows[0].id);
    assert_int_equal(l.rows[0].status, DEPLOYMENT_REPORTING);
    assert_int_equal(deployment_server_list_judge(&then, &l, NULL, CELLS_NOW), 0);
    assert_int_equal(then.count, 2);
    assert_int_equal(then.dropped, 1);
    deployment_server_list_release(&then);
    deployment_server_list_release(&l);
}

static void test_absurd(void **state)
{
    static const struct pool_sample big[] = {{TODAY, INT64_MAX}, {DAY_NONE, 5}};
    static const struct pool_server servers[] = {{"a", INT64_MAX, big, 2}, {"b", 1, big, 2}};
    static const struct pool_server negative[] = {{"a", INT64_MIN, big, 2}};
    struct deployment_server_list l;
    struct pool_list pools;
    struct deployment_list d;
    struct deployment_input in = {.servers = &l, .now = CELLS_NOW, .zone = "UTC"};

    (void)state;
    deployment_server_list_init(&l);
    add_server(&l, "a", CELLS_NOW);
    add_server(&l, "b", CELLS_NOW);
    deployment_server_list_finish(&l, NULL, CELLS_NOW);
    pool_list_init(&pools);
    *pool_list_add(&pools) = (struct pool){.product = "P", .servers = servers, .server_count = 2};
    *pool_list_add(&pools) = (struct pool){.product = "Q", .servers = negative, .server_count = 1};
    *pool_list_add(&pools) = (struct pool){.product = "R"};
    pool_list_finish(&pools);
    deployment_list_init(&d);
    assert_int_equal(deployment_list_build(&d, &pools, &in), 0);
    assert_true(d.rows[0].in_use == INT64_MAX && d.rows[0].installed == INT64_MAX);
    assert_int_equal(d.rows[0].overdraft, 0);
    assert_true(d.rows[1].overdraft == INT64_MAX);
    assert_row(&deployment_row_type, &d.rows[2], "R||||||||||0|0");
    deployment_list_release(&d);
    pool_list_release(&pools);
    deployment_server_list_release(&l);
}

/* The one column whose name holds a digit can be filtered by. */
static void test_filter(void **state)
{
    const struct deployment busy = {.product = "P", .peak_7d = 90};
    const struct deployment idle = {.product = "P", .peak_7d = DEPLOYMENT_UNKNOWN};
    struct buf scratch;
    struct row_ctx ctx = {.now = CELLS_NOW, .scratch = &scratch, .zone = "UTC"};
    struct query *q = NULL;

    (void)state;
    buf_init(&scratch, 1000);
    assert_int_equal(query_compile("peak_7d>=90", &deployment_row_type, &q, NULL, NULL), 0);
    assert_true(query_matches(q, &busy, &ctx));
    assert_false(query_matches(q, &idle, &ctx));
    query_free(q);
    buf_release(&scratch);
}

static void test_users(void **state)
{
    struct deployment_user_list l;

    (void)state;
    deployment_user_list_init(&l);
    *deployment_user_list_add(&l) = (struct deployment_user){.user = "ann",
                                                             .domain = "cedar.ex",
                                                             .feature_id = "XDT_PLT_UD",
                                                             .model = "UserDevice",
                                                             .fqdn = "a",
                                                             .last_login = CELLS_NOW - 2 * DAY};
    *deployment_user_list_add(&l) =
        (struct deployment_user){.user = "bo", .device = "pc1", .last_login = TIME_NONE};
    deployment_user_list_finish(&l);
    assert_columns(&deployment_user_row_type,
                   "user domain device feature_id edition model fqdn last_login");
    assert_row(&deployment_user_row_type, &l.rows[0],
               "ann|cedar.ex||XDT_PLT_UD|Premium|UserDevice|a|2026-11-21T14:42:00Z");
    assert_row(&deployment_user_row_type, &l.rows[1], "bo||pc1|||||");
    assert_true(l.rows[0].id != l.rows[1].id);
    assert_int_equal(deployment_user_list_source(&l).count, 2);
    deployment_user_list_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status), cmocka_unit_test(test_pool),
        cmocka_unit_test(test_random), cmocka_unit_test(test_unsampled),
        cmocka_unit_test(test_judge),  cmocka_unit_test(test_activity),
        cmocka_unit_test(test_absurd), cmocka_unit_test(test_filter),
        cmocka_unit_test(test_users),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
