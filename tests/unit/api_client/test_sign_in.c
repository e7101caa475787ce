/* Signing in: both kinds, a token that ended, a secret that is wrong and stays secret. */
#include "account.h"

/* token-1 is refused as the service does when it has ended. */
static void serve_401_for_first(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (serve_token(s, q, r))
        return;
    r->body = CUSTOMERS;
    if (strstr(stub_header(q, "Authorization"), "token-1") != NULL) {
        r->status = 401;
        r->body =
            "{\"type\":\"https://errors-api.cloud.com/common/authentication\",\"detail\":\"no\","
            "\"parameters\":[{\"name\":\"reason\",\"value\":\"invalid\"}]}";
    }
}

static void test_401_once(void **state)
{
    struct account a;
    struct customer_list l[6];
    struct outcome o[6] = {{0}};
    struct api_traffic t;

    (void)state;
    account_open(&a, serve_401_for_first);
    a.settings.attempts = 1;
    account_start(&a);
    for (size_t i = 0; i < 6; i++) {
        struct api_want w = {.done = note_outcome, .ctx = &o[i]};

        customer_list_init(&l[i]);
        assert_int_equal(api_get_customers(a.api, &w, &l[i], NULL, NULL), 0);
    }
    stub_run(&a.stub, a.api);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(o[i].code, 0);
        assert_int_equal(l[i].count, 2);
        customer_list_release(&l[i]);
    }
    assert_int_equal(a.stub.tokens, 2);
    api_traffic(a.api, &t);
    assert_int_equal(t.retries, 0);
    account_close(&a);
}

static void serve_401_always(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (serve_token(s, q, r))
        return;
    r->status = 401;
    r->headers = "X-Cws-TransactionId: tx-77\r\n";
    r->body = "{\"Error\":{\"Message\":\"bad token-1 token-2\",\"Type\":\"CWSAuthException\"}}";
}

static void test_401_twice(void **state)
{
    struct account a;
    struct customer_list l;
    struct outcome o;
    char line[1024];

    (void)state;
    account_open(&a, serve_401_always);
    account_start(&a);
    ask(&a, &o, &l);
    assert_int_equal(o.code, ERR_AUTH);
    assert_int_equal(o.err.status, 401);
    assert_string_equal(o.err.txid, "tx-77");
    assert_int_equal(calls_to(&a.stub, "/customers"), 2);
    assert_int_equal(a.stub.tokens, 2);
    /* The token in hand is not repeated, even when the service does. */
    assert_null(strstr(err_sentence(&o.err, line, sizeof(line)), "token-2"));
    customer_list_release(&l);
    account_close(&a);
}

static void serve_wrong_secret(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    static char body[8192];

    s->tokens += is_token(q);
    r->status = 400;
    snprintf(body, sizeof(body),
             "{\"error\":\"invalid_client\",\"error_description\":\"bad secret %s in %s\"}", SECRET,
             q->body);
    r->body = body;
}

static void test_wrong_secret(void **state)
{
    struct account a;
    struct customer_list l[3];
    struct outcome o[3] = {{0}};
    char line[1024];

    (void)state;
    account_open(&a, serve_wrong_secret);
    account_start(&a);
    for (size_t i = 0; i < 3; i++) {
        struct api_want w = {.done = note_outcome, .ctx = &o[i]};

        customer_list_init(&l[i]);
        assert_int_equal(api_get_customers(a.api, &w, &l[i], NULL, NULL), 0);
    }
    stub_run(&a.stub, a.api);
    assert_int_equal(a.stub.requests, 1);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(o[i].code, ERR_AUTH);
        err_sentence(&o[i].err, line, sizeof(line));
        assert_non_null(strstr(line, "the client id or secret was rejected"));
        assert_non_null(strstr(line, "API Access"));
        assert_null(strstr(line, SECRET));
        assert_null(strstr(line, "s3cr%26t"));
        customer_list_release(&l[i]);
    }
    for (size_t i = 0; i < api_trail_count(a.api); i++) {
        assert_null(strstr(api_trail_at(a.api, i)->note, SECRET));
        assert_null(strstr(api_trail_at(a.api, i)->note, "s3cr%26t"));
    }
    account_close(&a);
}

static void serve_json_token(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (is_token(q)) {
        s->tokens++;
        r->body = "\r\n {\"Principal\":\"p\",\"Token\":\"gov-token\",\"ExpiresAt\":3600}\n";
    } else
        r->body = CUSTOMERS;
}

static void test_json_token(void **state)
{
    struct account a;
    struct customer_list l;
    struct outcome o;

    (void)state;
    account_open(&a, serve_json_token);
    snprintf(a.token_url, sizeof(a.token_url), "%s/root/tokens/clients", a.stub.base);
    account_start(&a);
    ask(&a, &o, &l);
    assert_int_equal(o.code, 0);
    assert_string_equal(stub_header(&a.stub.log[0], "Content-Type"), "application/json");
    assert_string_equal(a.stub.log[0].body,
                        "{\"clientId\":\"client-1\",\"clientSecret\":\"" SECRET "\"}");
    assert_string_equal(stub_header(&a.stub.log[1], "Authorization"), "CwsAuth Bearer=gov-token");
    customer_list_release(&l);
    account_close(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_401_once),
        cmocka_unit_test(test_401_twice),
        cmocka_unit_test(test_wrong_secret),
        cmocka_unit_test(test_json_token),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
