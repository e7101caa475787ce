/* What goes wrong on the way, and what comes of it. */
#include "account.h"
#include "api_client/call.h"

/* Serves what `plan` says for the calls in turn; the last entry stays. */
struct plan {
    const struct stub_reply *replies;
    size_t count, next;
};

static struct plan *plan_of(struct stub *s)
{
    return (struct plan *)(s->ctx);
}

static void serve_plan(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    struct plan *p = plan_of(s);

    if (serve_token(s, q, r))
        return;
    *r = p->replies[p->next];
    if (r->headers == NULL)
        r->headers = "";
    if (r->body == NULL)
        r->body = CUSTOMERS;
    if (p->next + 1 < p->count)
        p->next++;
}

/* One call against PLAN; how many requests it took. */
static size_t run_plan(const struct stub_reply *replies, size_t count, struct outcome *o,
                       size_t *rows)
{
    struct plan p = {replies, count, 0};
    struct account a;
    struct customer_list l;
    size_t n;

    account_open(&a, serve_plan);
    a.stub.ctx = &p;
    account_start(&a);
    ask(&a, o, &l);
    n = calls_to(&a.stub, "/customers");
    *rows = l.count;
    customer_list_release(&l);
    account_close(&a);
    return n;
}

#define RUN(replies, o, rows) run_plan(replies, sizeof(replies) / sizeof((replies)[0]), o, rows)

static void test_retried(void **state)
{
    static const struct stub_reply plans[][3] = {
        {{.status = 429, .headers = "Retry-After: 0\r\n"}, {.status = 503}, {.status = 200}},
        {{.status = 500, .body = "{\"activityId\":\"a\"}"}, {.status = 502}, {.status = 200}},
        {{.status = 200, .how = STUB_TRUNCATE}, {.how = STUB_RESET}, {.status = 200}},
        {{.status = 408}, {.status = 504, .body = "<html>no</html>"}, {.status = 200}},
        {{.status = 200, .how = STUB_NO_LENGTH, .body = "{\"items\":[{\"customerId\":\"x\"},"},
         {.status = 200, .how = STUB_TRUNCATE},
         {.status = 200, .how = STUB_NO_LENGTH}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++) {
        struct outcome o;
        size_t rows;

        assert_int_equal(RUN(plans[i], &o, &rows), 3);
        assert_int_equal(o.code, 0);
        /* A broken attempt leaves no rows behind. */
        assert_int_equal(rows, 2);
    }
}

static void test_given_up(void **state)
{
    static const struct {
        struct stub_reply reply;
        size_t requests;
        enum err_code code;
        const char *says;
    } rows[] = {
        {{.status = 429, .headers = "Retry-After: 0\r\n"}, 4, ERR_BUSY, "fewer requests"},
        {{.status = 503, .body = ""}, 4, ERR_BUSY, "(4 attempts)"},
        {{.status = 500, .headers = "CC-TransactionId: t-1\r\n"}, 4, ERR_SERVER, "t-1"},
        /* libcurl itself asks once more when a kept connection turns out to be dead. */
        {{.how = STUB_RESET}, 5, ERR_UNREACHABLE, "127.0.0.1"},
        {{.status = 200, .how = STUB_TRUNCATE}, 4, ERR_UNREACHABLE, "in the middle"},
        {{.status = 400}, 1, ERR_DATA, "did not understand"},
        {{.status = 403}, 1, ERR_FORBIDDEN, "role"},
        {{.status = 404}, 1, ERR_NOTFOUND, "product"},
        {{.status = 501}, 1, ERR_NOTFOUND, "does not offer"},
        {{.status = 406}, 1, ERR_DATA, "JSON"},
        {{.status = 204}, 1, ERR_DATA, "without data"},
        {{.status = 304}, 1, ERR_DATA, ""},
        {{.status = 200, .body = "{\"items\":[{]}"}, 1, ERR_DATA, "Customers could not be read"},
        {{.status = 200, .body = "{\"items\":[{\"customerId\":\"x\"}"}, 1, ERR_DATA, "Customers"},
        {{.status = 200, .body = " \r\n<!DOCTYPE html><html>"},
         1,
         ERR_DATA,
         "a web page, not data"},
        {{.status = 200, .headers = "Content-Type: text/html\r\n", .body = "hello"},
         1,
         ERR_DATA,
         "a web page, not data"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct outcome o;
        char line[1024];
        size_t n;

        assert_int_equal(run_plan(&rows[i].reply, 1, &o, &n), rows[i].requests);
        assert_int_equal(o.code, rows[i].code);
        err_sentence(&o.err, line, sizeof(line));
        assert_non_null(strstr(line, "Customers could not be read"));
        if (strstr(line, rows[i].says) == NULL)
            fail_msg("\"%s\" is not in \"%s\"", rows[i].says, line);
        assert_true(o.err.next[0] != '\0');
    }
}

/* What a service that is down says of the token must not look like "not entitled". */
static void serve_no_token(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    (void)s;
    r->status = is_token(q) ? 404 : 200;
}

static void test_token_not_found(void **state)
{
    struct account a;
    struct customer_list l;
    struct outcome o;

    (void)state;
    account_open(&a, serve_no_token);
    account_start(&a);
    ask(&a, &o, &l);
    assert_int_equal(o.code, ERR_SETTINGS);
    assert_int_equal(a.stub.requests, 1);
    customer_list_release(&l);
    account_close(&a);
}

static void serve_late_token(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (is_token(q) && s->requests < 3) {
        r->status = 503;
        return;
    }
    if (!serve_token(s, q, r))
        r->body = CUSTOMERS;
}

static void test_token_retried(void **state)
{
    struct account a;
    struct customer_list l;
    struct outcome o;
    struct api_traffic t;

    (void)state;
    account_open(&a, serve_late_token);
    account_start(&a);
    ask(&a, &o, &l);
    assert_int_equal(o.code, 0);
    assert_int_equal(calls_to(&a.stub, "/cctrustoauth2"), 3);
    api_traffic(a.api, &t);
    assert_int_equal(t.retries, 2);
    customer_list_release(&l);
    account_close(&a);
}

static void test_told_to_wait(void **state)
{
    static const struct stub_reply busy[] = {
        {.status = 429,
         .body = "{\"type\":\"https://errors-api.cloud.com/common/rateLimitExceeded\","
                 "\"detail\":\"slow\",\"parameters\":{\"retryDelay\":\"120\"}}"}};
    struct plan p = {busy, 1, 0};
    struct account a;
    struct customer_list l;
    struct outcome o = {0};
    struct api_want w = {.done = note_outcome, .ctx = &o};
    struct api_call *c;
    struct api_progress now;

    (void)state;
    account_open(&a, serve_plan);
    a.stub.ctx = &p;
    account_start(&a);
    customer_list_init(&l);
    assert_int_equal(api_get_customers(a.api, &w, &l, &c, NULL), 0);
    api_call_progress(c, &now);
    assert_int_equal(now.phase, API_QUEUED);
    assert_int_equal(now.attempt, 1);
    assert_int_equal(now.attempts, 4);
    while (now.phase != API_RETRYING) {
        stub_loop(&a.stub, a.api);
        api_call_progress(c, &now);
    }
    assert_int_equal(now.attempt, 2);
    assert_int_equal(now.last.code, ERR_BUSY);
    assert_in_range(now.retry_at_ms - clock_mono_ms(), 110 * 1000, 121 * 1000);
    /* Nothing to do until then. */
    assert_in_range(api_timeout_ms(a.api), 110 * 1000, 121 * 1000);
    account_close(&a);
    assert_int_equal(o.times, 0);
    customer_list_release(&l);
}

static void test_redirect(void **state)
{
    struct stub other;
    struct stub_reply reply = {.status = 302};
    char location[200];
    struct outcome o;
    size_t rows;

    (void)state;
    stub_open(&other, serve_plan);
    snprintf(location, sizeof(location), "Location: %s/login?state=private\r\n", other.base);
    reply.headers = location;
    assert_int_equal(run_plan(&reply, 1, &o, &rows), 1);
    assert_int_equal(o.code, ERR_DATA);
    assert_non_null(strstr(o.err.why, other.base));
    assert_null(strstr(o.err.why, "private"));
    stub_accept(&other);
    assert_int_equal(other.accepted, 0);
    stub_close(&other);
}

static void test_too_slow(void **state)
{
    static const struct {
        struct stub_reply reply;
        const char *says;
    } rows[] = {
        {{.status = 200, .how = STUB_HALF}, "stopped arriving"},
        {{.how = STUB_STALL}, "did not answer in time"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct plan p = {&rows[i].reply, 1, 0};
        struct account a;
        struct customer_list l;
        struct outcome o;

        account_open(&a, serve_plan);
        a.stub.ctx = &p;
        a.settings.total_seconds = 1;
        a.settings.attempts = 1;
        account_start(&a);
        ask(&a, &o, &l);
        assert_int_equal(o.code, ERR_TIMEOUT);
        assert_non_null(strstr(o.err.why, rows[i].says));
        customer_list_release(&l);
        account_close(&a);
    }
}

static void test_nobody_there(void **state)
{
    struct account a;
    struct customer_list l;
    struct outcome o = {0};
    struct api_want w = {.done = note_outcome, .ctx = &o};

    (void)state;
    account_open(&a, serve_plan);
    account_start(&a);
    close(a.stub.fd);
    customer_list_init(&l);
    assert_int_equal(api_get_customers(a.api, &w, &l, NULL, NULL), 0);
    while (api_active(a.api) > 0) {
        bool more = api_step(a.api, 4000);

        if (!more && api_active(a.api) > 0)
            assert_int_equal(api_poll(a.api, NULL, 0, api_timeout_ms(a.api)), 0);
    }
    assert_int_equal(o.code, ERR_UNREACHABLE);
    assert_non_null(strstr(o.err.what, "Signing in"));
    assert_int_equal(api_trail_count(a.api), 4);
    assert_int_equal(api_trail_at(a.api, 3)->attempt, 4);
    assert_int_equal(api_trail_at(a.api, 3)->status, 0);
    assert_string_equal(api_trail_at(a.api, 0)->method, "POST");
    assert_null(api_trail_at(a.api, 4));
    customer_list_release(&l);
    a.stub.fd = socket(AF_INET, SOCK_STREAM, 0);
    account_close(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retried),         cmocka_unit_test(test_given_up),
        cmocka_unit_test(test_token_not_found), cmocka_unit_test(test_token_retried),
        cmocka_unit_test(test_told_to_wait),    cmocka_unit_test(test_redirect),
        cmocka_unit_test(test_too_slow),        cmocka_unit_test(test_nobody_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
