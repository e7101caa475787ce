/* Licensed deployments: extensions.md "Read" and "Paging, caching, errors". */
#include "account.h"
#include "api_client/codec.h"
#include "model/deployment.h"
#include "tests/unit/api_client/decoded.h"

/* The element number NUMBER, and no other, is skipped. */
static void expect_skipped(const struct codec *codec, const char *text, void *into, size_t number)
{
    struct decode d;

    assert_int_equal(decode_init(&d, codec, into), 0);
    assert_int_equal(decode_feed(&d, text, strlen(text), NULL), 0);
    assert_int_equal(decode_page_end(&d, NULL), 0);
    assert_int_equal(decode_finish(&d, NULL), 0);
    assert_int_equal(d.unreadable, 1);
    assert_int_equal(d.first_unreadable, number);
    decode_release(&d);
}

static void test_servers(void **state)
{
    struct deployment_server_list l;

    (void)state;
    deployment_server_list_init(&l);
    assert_int_equal(
        decode(&codec_deployments,
               "{\"totalCount\":9,\"items\":[{\"fqdn\":\"dep01.nimbus.example\",\"registeredDate\":"
               "\"2024-05-06T09:30:00Z\",\"lastReported\":\"2026-03-04T06:05:09Z\",\"version\":"
               "\"11.17.2.0 build 45000\",\"new\":{}},"
               "{\"FQDN\":\"dep02\",\"registeredDate\":null,\"lastReported\":null,"
               "\"version\":null},{\"fqdn\":\"dep03\"},"
               "{\"fqdn\":\"dep04\",\"lastReported\":\"0001-01-01T00:00:00\"},"
               "{\"fqdn\":null},{\"fqdn\":\"\"},{\"fqdn\":[]},{\"version\":\"1\"},null,7,"
               "{\"fqdn\":\"dep05\",\"version\":{}}],\"continuationToken\":null}",
               &l),
        7);
    assert_int_equal(l.count, 4);
    assert_string_equal(l.rows[0].fqdn, "dep01.nimbus.example");
    assert_int_equal(l.rows[0].registered, 1714987800);
    assert_int_equal(l.rows[0].reported, 1772604309);
    assert_string_equal(l.rows[0].version, "11.17.2.0 build 45000");
    assert_string_equal(l.rows[1].fqdn, "dep02");
    for (size_t i = 1; i < 4; i++) {
        assert_true(l.rows[i].registered == TIME_NONE);
        assert_true(l.rows[i].reported == TIME_NONE);
        assert_null(l.rows[i].version);
    }
    deployment_server_list_release(&l);
    deployment_server_list_init(&l);
    assert_int_equal(decode(&codec_deployments, "{\"items\":[]}", &l), 0);
    assert_int_equal(l.count, 0);
    assert_int_equal(decode(&codec_deployments, "{}", &l), ERR_DATA);
    assert_int_equal(decode(&codec_deployments, "{\"items\":\"none\"}", &l), ERR_DATA);
    deployment_server_list_release(&l);
}

static void test_pools(void **state)
{
    struct pool_list l;

    (void)state;
    pool_list_init(&l);
    assert_int_equal(
        decode(&codec_deployment_usage,
               "{\"items\":[{\"productName\":\"Virtual Apps\",\"edition\":\"Advanced\","
               "\"licensingModel\":\"Concurrent\",\"featureId\":\"MPS_ENT_CCU\",\"servers\":["
               "{\"fqdn\":\"a\",\"installed\":250,\"samples\":[{\"date\":\"2026-11-21\",\"inUse\":"
               "140},{\"date\":\"1970-01-02\",\"inUse\":\"0\"}]},"
               "{\"fqdn\":\"b\",\"installed\":0,\"samples\":[]},"
               "{\"fqdn\":\"c\",\"installed\":7,\"samples\":null}]},"
               "{\"productName\":\"P\",\"edition\":null,\"servers\":null},{\"productName\":\"Q\"},"
               "{\"productName\":\"Q\"}]}",
               &l),
        0);
    assert_int_equal(l.count, 4);
    assert_string_equal(l.rows[0].product, "Virtual Apps");
    assert_string_equal(l.rows[0].edition, "Advanced");
    assert_string_equal(l.rows[0].model, "Concurrent");
    assert_string_equal(l.rows[0].feature_id, "MPS_ENT_CCU");
    assert_int_equal(l.rows[0].server_count, 3);
    assert_string_equal(l.rows[0].servers[0].fqdn, "a");
    assert_int_equal(l.rows[0].servers[0].installed, 250);
    assert_int_equal(l.rows[0].servers[0].sample_count, 2);
    assert_int_equal(l.rows[0].servers[0].samples[0].day, 20778);
    assert_int_equal(l.rows[0].servers[0].samples[0].in_use, 140);
    assert_int_equal(l.rows[0].servers[0].samples[1].day, 1);
    assert_int_equal(l.rows[0].servers[0].samples[1].in_use, 0);
    assert_int_equal(l.rows[0].servers[1].sample_count, 0);
    assert_int_equal(l.rows[0].servers[2].installed, 7);
    assert_int_equal(l.rows[0].servers[2].sample_count, 0);
    assert_null(l.rows[1].edition);
    assert_null(l.rows[1].model);
    assert_int_equal(l.rows[1].server_count, 0);
    assert_true(l.rows[2].id != l.rows[3].id);
    pool_list_release(&l);
}

#define POOL(servers) "{\"productName\":\"P\",\"servers\":" servers "}"
#define SERVER(rest)  POOL("[{\"fqdn\":\"a\"," rest "}]")
#define SAMPLE(rest)                                                                               \
    SERVER("\"installed\":5,\"samples\":[{\"date\":\"2026-11-21\",\"inUse\":1}," rest "]")

/* Whatever would make a peak or a sum wrong takes its pool with it, and only that. */
static void test_bad_pools(void **state)
{
    static const char *const bad[] = {
        "{\"edition\":\"Premium\"}",
        "{\"productName\":\"P\",\"edition\":[]}",
        POOL("{}"),
        POOL("[null]"),
        POOL("[{\"installed\":5}]"),
        SERVER("\"installed\":-50"),
        SERVER("\"installed\":null"),
        SERVER("\"installed\":\"many\""),
        SERVER("\"installed\":1.5"),
        SERVER("\"installed\":99999999999999999"),
        SERVER("\"installed\":5,\"samples\":{}"),
        SAMPLE("7"),
        SAMPLE("{\"date\":\"2026-11-20\"}"),
        SAMPLE("{\"date\":\"2026-11-20\",\"inUse\":-1}"),
        SAMPLE("{\"date\":\"2026-11-20\",\"inUse\":null}"),
        SAMPLE("{\"inUse\":1}"),
        SAMPLE("{\"date\":null,\"inUse\":1}"),
        SAMPLE("{\"date\":20261120,\"inUse\":1}"),
        SAMPLE("{\"date\":\"2026-11-31\",\"inUse\":1}"),
        SAMPLE("{\"date\":\"2026-11-20T00:00:00Z\",\"inUse\":1}"),
        SAMPLE("{\"date\":\"0001-01-01\",\"inUse\":1}"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct pool_list l;
        char text[600];

        pool_list_init(&l);
        snprintf(text, sizeof(text), "{\"items\":[%s,%s,%s]}", SERVER("\"installed\":1"), bad[i],
                 SERVER("\"installed\":2"));
        expect_skipped(&codec_deployment_usage, text, &l, 2);
        assert_int_equal(l.count, 2);
        assert_int_equal(l.rows[0].servers[0].installed, 1);
        assert_int_equal(l.rows[1].servers[0].installed, 2);
        pool_list_release(&l);
    }
}

static void test_users(void **state)
{
    struct deployment_user_list l;

    (void)state;
    deployment_user_list_init(&l);
    assert_int_equal(
        decode(&codec_deployment_users,
               "{\"items\":[{\"userName\":\"ann\",\"domain\":\"cedar.ex\",\"device\":\"PC-1\","
               "\"featureId\":\"XDT_PLT_UD\",\"licensingModel\":\"UserDevice\",\"fqdn\":\"a\","
               "\"lastLogin\":\"2026-03-04T06:05:09Z\"},{\"userName\":\"bo\",\"domain\":null,"
               "\"device\":null,\"lastLogin\":\"0001-01-01T00:00:00\"},{\"userName\":\"bo\"},"
               "{\"userName\":null},{\"domain\":\"x\"},{\"userName\":\"c\",\"device\":{}}]}",
               &l),
        3);
    assert_int_equal(l.count, 3);
    assert_string_equal(l.rows[0].user, "ann");
    assert_string_equal(l.rows[0].domain, "cedar.ex");
    assert_string_equal(l.rows[0].device, "PC-1");
    assert_string_equal(l.rows[0].feature_id, "XDT_PLT_UD");
    assert_string_equal(l.rows[0].model, "UserDevice");
    assert_string_equal(l.rows[0].fqdn, "a");
    assert_int_equal(l.rows[0].last_login, 1772604309);
    assert_null(l.rows[1].device);
    assert_true(l.rows[1].last_login == TIME_NONE);
    assert_true(l.rows[1].id != l.rows[2].id);
    assert_false(l.more);
    deployment_user_list_release(&l);
}

/* Three pages; the token of the second one is too old at the first time. */
static void serve_users(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    int *expired = s->ctx;

    if (serve_token(s, q, r))
        return;
    if (strstr(q->target, "continuationToken=t3") != NULL) {
        r->body = "{\"items\":[{\"userName\":\"c\"}],\"totalCount\":3,\"continuationToken\":null}";
    } else if (strstr(q->target, "continuationToken=t2") == NULL) {
        r->body =
            "{\"items\":[{\"userName\":\"a\"}],\"totalCount\":3,\"continuationToken\":\"t2\"}";
    } else if (*expired > 0) {
        --*expired;
        r->status = 410;
        r->body = "{\"type\":\"https://errors-api.cloud.com/common/continuationExpired\","
                  "\"detail\":\"expired\"}";
    } else {
        r->body = "{\"items\":[{\"userName\":\"b\"},{}],\"totalCount\":3,"
                  "\"continuationToken\":\"t3\"}";
    }
}

static void run_users(int expired, struct outcome *o, struct deployment_user_list *l,
                      size_t *requests)
{
    struct account a;
    struct api_want w = {.done = note_outcome, .ctx = o};
    char url[200];

    account_open(&a, serve_users);
    a.stub.ctx = &expired;
    snprintf(url, sizeof(url), "%s/deployments/users", a.stub.base);
    a.settings.urls.operations[OPERATION_deployment_users] = url;
    account_start(&a);
    *o = (struct outcome){0};
    deployment_user_list_init(l);
    assert_int_equal(api_get_deployment_users(a.api, &w, l, NULL, NULL), 0);
    stub_run(&a.stub, a.api);
    assert_int_equal(o->times, 1);
    *requests = calls_to(&a.stub, "/deployments/users");
    account_close(&a);
}

static void test_user_pages(void **state)
{
    static const char *const names[] = {"a", "b", "c"};
    struct deployment_user_list l;
    struct outcome o;
    size_t requests;

    (void)state;
    /* The list starts over, so that no user is in it twice. */
    for (int expired = 0; expired < 2; expired++) {
        run_users(expired, &o, &l, &requests);
        assert_int_equal(o.code, 0);
        assert_int_equal(o.unreadable, 1);
        assert_int_equal(requests, expired == 0 ? 3 : 5);
        assert_int_equal(l.count, 3);
        for (size_t i = 0; i < 3; i++)
            assert_string_equal(l.rows[i].user, names[i]);
        assert_false(l.more);
        deployment_user_list_release(&l);
    }
    /* Not for ever. */
    run_users(1000, &o, &l, &requests);
    assert_true(o.code != 0);
    assert_in_range(requests, 2, 40);
    deployment_user_list_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_servers),    cmocka_unit_test(test_pools),
        cmocka_unit_test(test_bad_pools),  cmocka_unit_test(test_users),
        cmocka_unit_test(test_user_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
