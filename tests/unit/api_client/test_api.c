/* The account as a whole: what is sent, one token for all, snapshots, cancelling. */
#include "account.h"

static void serve_customers(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (!serve_token(s, q, r))
        r->body = CUSTOMERS;
}

static void test_one_call(void **state)
{
    struct account a;
    struct customer_list l;
    struct outcome o;
    const struct stub_request *q;
    struct api_traffic t;

    (void)state;
    account_open(&a, serve_customers);
    account_start(&a);
    assert_int_equal(api_timeout_ms(a.api), -1);
    ask(&a, &o, &l);
    assert_int_equal(o.code, 0);
    assert_int_equal(l.count, 2);
    assert_string_equal(l.rows[1].id, "northwind4");
    assert_int_equal(a.stub.requests, 2);

    q = &a.stub.log[0];
    assert_non_null(strstr(q->head, "POST /cctrustoauth2/root/tokens/clients HTTP/1.1\r\n"));
    assert_string_equal(stub_header(q, "Content-Type"), "application/x-www-form-urlencoded");
    assert_string_equal(stub_header(q, "Accept"), "application/json");
    assert_string_equal(q->body, "grant_type=client_credentials&client_id=client-1"
                                 "&client_secret=s3cr%26t%2Fwith%3Dsigns");
    q = &a.stub.log[1];
    assert_non_null(strstr(q->head, "GET /customers HTTP/1.1\r\n"));
    assert_string_equal(stub_header(q, "Authorization"), "CwsAuth Bearer=token-1");
    assert_string_equal(stub_header(q, "Accept"), "application/json");
    assert_string_equal(stub_header(q, "Citrix-CustomerId"), "nimbus7q2x");
    assert_string_equal(stub_header(q, "User-Agent"), "luitop/" LUITOP_VERSION);
    assert_int_equal(strlen(stub_header(q, "Citrix-TransactionId")), 36);
    assert_non_null(strstr(stub_header(q, "Accept-Encoding"), "gzip"));
    assert_string_equal(stub_header(q, "If-None-Match"), "");

    /* Idle: a kept connection asks for nothing. */
    assert_int_equal(a.stub.accepted, 1);
    assert_int_equal(api_timeout_ms(a.api), -1);
    api_traffic(a.api, &t);
    assert_int_equal(t.requests, 2);
    assert_int_equal(t.retries, 0);
    assert_true(t.bytes_in > strlen(CUSTOMERS));
    assert_true(t.token_ends_ms > clock_mono_ms() + 3500 * 1000);
    customer_list_release(&l);
    account_close(&a);
}

#define HISTORY "/licensing/license/enterprise/cloud/cvad/ud/historicalusage"

static void test_every_resource(void **state)
{
    static const char *const targets[] = {
        "/licenseservers",
        "/licenseusagedata?date=2026-03",
        "/netscalercallinghomedata",
        "/customers",
        "/serviceStates",
        "/notifications",
        "/licensing/license/enterprise/cloud/cvad/ud/current",
        "/license/enterprise/cloud/cvad/ccu/summary?UsageType=device&LicenseModel=Concurrent",
        HISTORY "?startDate=2025-12&endDate=2026-03",
    };
    struct account a;
    struct outcome o = {0};
    struct api_want w = {.done = note_outcome, .ctx = &o};
    struct server_list servers;
    struct usage_list usage;
    struct netscaler_list netscalers;
    struct customer_list customers;
    struct state_list states;
    struct notice_list notices;
    struct cloud_ud ud;
    struct cloud_ccu ccu = {0};
    struct cloud_history history;
    int term = 2026 * 12 + 2;

    (void)state;
    server_list_init(&servers);
    usage_list_init(&usage, term);
    netscaler_list_init(&netscalers);
    customer_list_init(&customers);
    state_list_init(&states);
    notice_list_init(&notices);
    cloud_ud_init(&ud);
    cloud_history_init(&history);
    account_open(&a, serve_customers);
    account_start(&a);
    assert_int_equal(api_get_servers(a.api, &w, &servers, NULL, NULL), 0);
    assert_int_equal(api_get_usage(a.api, &w, term, &usage, NULL, NULL), 0);
    assert_int_equal(api_get_netscalers(a.api, &w, &netscalers, NULL, NULL), 0);
    assert_int_equal(api_get_customers(a.api, &w, &customers, NULL, NULL), 0);
    assert_int_equal(api_get_states(a.api, &w, &states, NULL, NULL), 0);
    assert_int_equal(api_get_notices(a.api, &w, &notices, NULL, NULL), 0);
    assert_int_equal(api_get_cloud_ud(a.api, &w, &ud, NULL, NULL), 0);
    assert_int_equal(api_get_cloud_ccu(a.api, &w, &ccu, NULL, NULL), 0);
    assert_int_equal(api_get_cloud_history(a.api, &w, term - 3, term, &history, NULL, NULL), 0);
    stub_run(&a.stub, a.api);
    assert_int_equal(o.times, 9);
    assert_int_equal(a.stub.tokens, 1);
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        size_t found = 0;

        for (size_t k = 0; k < a.stub.requests; k++)
            found += strcmp(a.stub.log[k].target, targets[i]) == 0;
        assert_int_equal(found, 1);
    }
    server_list_release(&servers);
    usage_list_release(&usage);
    netscaler_list_release(&netscalers);
    customer_list_release(&customers);
    state_list_release(&states);
    notice_list_release(&notices);
    cloud_ud_release(&ud);
    cloud_history_release(&history);
    account_close(&a);
}

static void test_twenty_calls_one_token(void **state)
{
    struct account a;
    struct customer_list l[20];
    struct outcome o[20] = {{0}};

    (void)state;
    account_open(&a, serve_customers);
    account_start(&a);
    for (size_t i = 0; i < 20; i++) {
        struct api_want w = {.done = note_outcome, .ctx = &o[i]};

        customer_list_init(&l[i]);
        assert_int_equal(api_get_customers(a.api, &w, &l[i], NULL, NULL), 0);
    }
    assert_int_equal(api_active(a.api), 20);
    assert_int_equal(api_timeout_ms(a.api), 0);
    stub_run(&a.stub, a.api);
    for (size_t i = 0; i < 20; i++) {
        assert_int_equal(o[i].times, 1);
        assert_int_equal(o[i].code, 0);
        assert_int_equal(l[i].count, 2);
        customer_list_release(&l[i]);
    }
    assert_int_equal(a.stub.tokens, 1);
    assert_int_equal(calls_to(&a.stub, "/customers"), 20);
    assert_true(a.stub.accepted <= 5);
    account_close(&a);
}

static void serve_etag(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (serve_token(s, q, r))
        return;
    r->headers = "ETag: \"v7\"\r\n";
    r->body = CUSTOMERS;
    if (strcmp(stub_header(q, "If-None-Match"), "\"v7\"") == 0)
        r->status = 304;
}

static void test_snapshot(void **state)
{
    struct account a;
    struct customer_list l, again;
    struct outcome o = {0};
    struct api_want w = {.keep_body = true, .done = note_outcome, .ctx = &o};

    (void)state;
    account_open(&a, serve_etag);
    account_start(&a);
    customer_list_init(&l);
    assert_int_equal(api_get_customers(a.api, &w, &l, NULL, NULL), 0);
    stub_run(&a.stub, a.api);
    assert_int_equal(o.code, 0);
    assert_string_equal(o.etag, "\"v7\"");
    assert_string_equal(o.body, CUSTOMERS);
    free(o.body);

    w.etag = "\"v7\"";
    customer_list_init(&again);
    assert_int_equal(api_get_customers(a.api, &w, &again, NULL, NULL), 0);
    stub_run(&a.stub, a.api);
    assert_int_equal(o.times, 2);
    assert_int_equal(o.code, 0);
    assert_true(o.not_modified);
    assert_null(o.body);
    assert_int_equal(again.count, 0);

    /* An ETag that would begin a header of its own is not sent. */
    w.etag = "\"v7\"\r\nX-Evil: 1";
    assert_int_equal(api_get_customers(a.api, &w, &again, NULL, NULL), 0);
    stub_run(&a.stub, a.api);
    assert_string_equal(stub_header(&a.stub.log[a.stub.requests - 1], "X-Evil"), "");
    assert_int_equal(again.count, 2);
    free(o.body);
    customer_list_release(&l);
    customer_list_release(&again);
    account_close(&a);
}

static void serve_nothing(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (!serve_token(s, q, r))
        r->status = 204;
}

static void test_no_content(void **state)
{
    struct account a;
    struct cloud_history l;
    struct outcome o = {0};
    struct api_want w = {.keep_body = true, .done = note_outcome, .ctx = &o};

    (void)state;
    account_open(&a, serve_nothing);
    account_start(&a);
    cloud_history_init(&l);
    assert_int_equal(api_get_cloud_history(a.api, &w, 24310, 24312, &l, NULL, NULL), 0);
    stub_run(&a.stub, a.api);
    assert_int_equal(o.times, 1);
    assert_int_equal(o.code, 0);
    assert_false(o.not_modified);
    assert_null(o.body);
    assert_int_equal(l.count, 0);
    cloud_history_release(&l);
    account_close(&a);
}

static void test_cancel(void **state)
{
    struct account a;
    struct customer_list l[2];
    struct outcome o[2] = {{0}};
    struct api_call *c[2];

    (void)state;
    account_open(&a, serve_customers);
    account_start(&a);
    for (size_t i = 0; i < 2; i++) {
        struct api_want w = {.done = note_outcome, .ctx = &o[i]};

        customer_list_init(&l[i]);
        assert_int_equal(api_get_customers(a.api, &w, &l[i], &c[i], NULL), 0);
    }
    while (calls_to(&a.stub, "/customers") == 0)
        stub_loop(&a.stub, a.api);
    api_call_cancel(c[0]);
    assert_int_equal(o[0].times, 1);
    assert_int_equal(o[0].code, ERR_CANCELLED);
    assert_int_equal(api_active(a.api), 1);
    stub_run(&a.stub, a.api);
    assert_int_equal(o[0].times, 1);
    assert_int_equal(o[1].code, 0);
    customer_list_release(&l[0]);
    customer_list_release(&l[1]);
    account_close(&a);
}

static void test_free_while_running(void **state)
{
    struct account a;
    struct customer_list l[3];
    struct outcome o[3] = {{0}};

    (void)state;
    account_open(&a, serve_customers);
    account_start(&a);
    for (size_t i = 0; i < 3; i++) {
        struct api_want w = {.keep_body = true, .done = note_outcome, .ctx = &o[i]};

        customer_list_init(&l[i]);
        assert_int_equal(api_get_customers(a.api, &w, &l[i], NULL, NULL), 0);
    }
    while (calls_to(&a.stub, "/customers") == 0)
        stub_loop(&a.stub, a.api);
    account_close(&a);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(o[i].times, 0);
        customer_list_release(&l[i]);
    }
}

struct chain {
    struct account *account;
    struct customer_list list;
    struct api_call *other;
    int times, cancelled;
};

static void chain_done(void *ctx, const struct api_reply *reply)
{
    struct chain *c = ctx;
    struct api_want w = {.done = chain_done, .ctx = c};
    struct api_call *other = c->other;

    if (reply->err != NULL) {
        assert_int_equal(reply->err->code, ERR_CANCELLED);
        c->cancelled++;
        return;
    }
    /* A reply may cancel its neighbours and ask again. */
    c->other = NULL;
    if (other != NULL)
        api_call_cancel(other);
    customer_list_release(&c->list);
    customer_list_init(&c->list);
    if (++c->times < 3)
        assert_int_equal(api_get_customers(c->account->api, &w, &c->list, NULL, NULL), 0);
}

static void serve_but_states(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    serve_customers(s, q, r);
    if (strcmp(q->target, "/serviceStates") == 0)
        r->how = STUB_STALL;
}

static void test_calls_from_done(void **state)
{
    struct account a;
    struct chain c = {.account = &a};
    struct api_want w = {.done = chain_done, .ctx = &c};
    struct state_list other;

    (void)state;
    account_open(&a, serve_but_states);
    account_start(&a);
    customer_list_init(&c.list);
    state_list_init(&other);
    assert_int_equal(api_get_states(a.api, &w, &other, &c.other, NULL), 0);
    assert_int_equal(api_get_customers(a.api, &w, &c.list, NULL, NULL), 0);
    stub_run(&a.stub, a.api);
    assert_int_equal(c.times, 3);
    assert_int_equal(c.cancelled, 1);
    customer_list_release(&c.list);
    state_list_release(&other);
    account_close(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_call),
        cmocka_unit_test(test_every_resource),
        cmocka_unit_test(test_twenty_calls_one_token),
        cmocka_unit_test(test_snapshot),
        cmocka_unit_test(test_no_content),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_free_while_running),
        cmocka_unit_test(test_calls_from_done),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
