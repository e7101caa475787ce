/* What may leave this machine, and waiting. */
#include "account.h"
#include "api_client/http.h"

#include <signal.h>
#include <sys/time.h>

static void test_urls(void **state)
{
    static const struct {
        const char *url;
        bool fine;
    } rows[] = {
        {"https://api.cloud.com/x", true},
        {"https://api.cloud.com:8443", true},
        {"http://127.0.0.1:8080/a", true},
        {"http://127.8.9.1/a", true},
        {"http://localhost:1/", true},
        {"http://LOCALHOST/", true},
        {"http://[::1]:9/", true},
        {"http://api.cloud.com/x", false},
        {"http://128.0.0.1/", false},
        {"http://localhost.example.net/", false},
        {"http://127.0.0.1.example.net/", false},
        {"http://[::2]/", false},
        {"http://[::ffff:127.0.0.1]/", false},
        {"http://0.0.0.0/", false},
        {"https://me:pw@api.cloud.com/", false},
        {"http://127.0.0.1@evil.example/", false},
        {"http://evil.example#@127.0.0.1/", false},
        {"https://api.cloud.com/x#y", false},
        {"https://api.cloud.com/a b", false},
        {"https://api.cloud.com/a\r\nX: y", false},
        {"ftp://127.0.0.1/", false},
        {"file:///etc/passwd", false},
        {"api.cloud.com", false},
        {"https://", false},
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct err err = {0};
        int rc = http_check_url(rows[i].url, NULL, &err);

        if ((rc == 0) != rows[i].fine)
            fail_msg("\"%s\" gave %d", rows[i].url, rc);
        if (rc < 0) {
            assert_int_equal(rc, ERR_SETTINGS);
            assert_int_equal(err.code, ERR_SETTINGS);
            assert_null(strstr(err.what, "pw"));
        }
    }
}

static void test_target(void **state)
{
    struct url_target t;

    (void)state;
    assert_int_equal(http_check_url("https://api.cloud.com:8443/a/b?token=x", &t, NULL), 0);
    assert_true(t.https);
    assert_false(t.loopback);
    assert_string_equal(t.host, "api.cloud.com:8443");
    assert_string_equal(t.path, "api.cloud.com:8443/a/b");
}

static void serve_ok(struct stub *s, const struct stub_request *q, struct stub_reply *r)
{
    if (!serve_token(s, q, r))
        r->body = CUSTOMERS;
}

/* Runs T to its end against S. */
static void run_transfer(struct stub *s, struct http *h, struct transfer *t)
{
    int64_t end = clock_mono_ms() + STUB_WAIT_MS;

    while (!t->done) {
        struct api_fd fds[STUB_CONNS + 1];

        assert_true(clock_mono_ms() < end);
        http_perform(h);
        assert_int_equal(http_poll(h, fds, stub_fds(s, fds), 100), 0);
        stub_turn(s);
    }
}

static void test_read_only(void **state)
{
    struct stub s;
    char token[128], other[128];
    struct http_settings hs = {.connect_seconds = 5, .stall_seconds = 5, .total_seconds = 5};
    struct http_request get = {.url = other}, post = {.url = other, .body = "x", .body_len = 1};
    struct transfer t = {0};
    struct http_counts counts;
    struct http *h;
    struct err err;

    (void)state;
    stub_open(&s, serve_ok);
    snprintf(token, sizeof(token), "%s/tokens/clients", s.base);
    snprintf(other, sizeof(other), "%s/users", s.base);
    hs.token_url = token;
    hs.read_only = true;
    assert_int_equal(http_new(&h, &hs), 0);
    assert_int_equal(transfer_start(&t, h, &post, &err), ERR_READONLY);
    assert_int_equal(err.code, ERR_READONLY);
    assert_null(t.http);
    http_count(h, &counts);
    assert_int_equal(counts.requests, 0);

    assert_int_equal(transfer_start(&t, h, &get, &err), 0);
    run_transfer(&s, h, &t);
    assert_int_equal(t.answer.status, 200);
    transfer_drop(&t);
    post.url = token;
    assert_int_equal(transfer_start(&t, h, &post, &err), 0);
    run_transfer(&s, h, &t);
    assert_int_equal(t.answer.status, 200);
    transfer_drop(&t);
    assert_int_equal(s.requests, 2);
    http_free(h);

    hs.read_only = false;
    post.url = other;
    assert_int_equal(http_new(&h, &hs), 0);
    assert_int_equal(transfer_start(&t, h, &post, &err), 0);
    run_transfer(&s, h, &t);
    transfer_drop(&t);
    assert_int_equal(s.requests, 3);
    http_free(h);
    stub_close(&s);
}

static void test_http_elsewhere(void **state)
{
    struct account a;
    struct api_want w = {0};
    struct customer_list l;
    struct err err;

    (void)state;
    account_open(&a, serve_ok);
    a.settings.urls.partner = "http://192.0.2.1";
    account_start(&a);
    customer_list_init(&l);
    assert_int_equal(api_get_customers(a.api, &w, &l, NULL, &err), ERR_SETTINGS);
    assert_int_equal(api_active(a.api), 0);
    customer_list_release(&l);
    api_free(a.api);
    a.settings.urls.token = "http://192.0.2.1/cctrustoauth2";
    assert_int_equal(api_new(&a.api, &a.settings, &err), ERR_SETTINGS);
    a.settings.urls.token = a.token_url;
    a.settings.customer_id = "nimbus\r\nX-Evil: 1";
    assert_int_equal(api_new(&a.api, &a.settings, &err), ERR_SETTINGS);
    a.api = NULL;
    account_close(&a);
}

static void test_proxy_not_for_loopback(void **state)
{
    struct account a;
    struct customer_list l;
    struct outcome o;

    (void)state;
    setenv("http_proxy", "http://192.0.2.1:3128", 1);
    setenv("all_proxy", "http://192.0.2.1:3128", 1);
    account_open(&a, serve_ok);
    account_start(&a);
    ask(&a, &o, &l);
    assert_int_equal(o.code, 0);
    unsetenv("http_proxy");
    unsetenv("all_proxy");
    customer_list_release(&l);
    account_close(&a);
}

static void test_tls_to_a_plain_port(void **state)
{
    struct account a;
    struct customer_list l;
    struct outcome o;
    char base[64];

    (void)state;
    account_open(&a, serve_ok);
    snprintf(base, sizeof(base), "https://127.0.0.1:%d", a.stub.port);
    a.settings.urls.partner = base;
    a.settings.attempts = 1;
    account_start(&a);
    ask(&a, &o, &l);
    assert_int_equal(o.code, ERR_TLS);
    assert_non_null(strstr(o.err.next, "clock"));
    assert_int_equal(calls_to(&a.stub, "/customers"), 0);
    customer_list_release(&l);
    account_close(&a);
}

static void test_poll_tells_of_hangup(void **state)
{
    struct account a;
    int p[2];
    struct api_fd fd = {.events = POLLIN};

    (void)state;
    account_open(&a, serve_ok);
    account_start(&a);
    assert_int_equal(pipe(p), 0);
    fd.fd = p[0];
    fd.revents = 77;
    assert_int_equal(api_poll(a.api, &fd, 1, 0), 0);
    assert_int_equal(fd.revents, 0);
    close(p[1]);
    assert_int_equal(api_poll(a.api, &fd, 1, -1), 0);
    assert_true(fd.revents & POLLHUP);
    close(p[0]);
    account_close(&a);
}

static void on_alarm(int sig)
{
    (void)sig;
}

/* With a transfer under way and no descriptor of ours, a signal still ends the wait. */
static void test_signal_ends_the_wait(void **state)
{
    struct account a;
    struct outcome o = {0};
    struct api_want w = {.done = note_outcome, .ctx = &o};
    struct customer_list l;
    struct sigaction sa = {.sa_handler = on_alarm}, old;
    struct itimerval soon = {.it_interval = {.tv_usec = 50000}, .it_value = {.tv_usec = 50000}};
    struct itimerval never = {0};
    int64_t begin;

    (void)state;
    account_open(&a, serve_ok);
    account_start(&a);
    customer_list_init(&l);
    assert_int_equal(api_get_customers(a.api, &w, &l, NULL, NULL), 0);
    for (int i = 0; i < 3; i++)
        api_step(a.api, 4000);
    sigaction(SIGALRM, &sa, &old);
    setitimer(ITIMER_REAL, &soon, NULL);
    begin = clock_mono_ms();
    for (int i = 0; i < 5; i++)
        assert_int_equal(api_poll(a.api, NULL, 0, 4000), 0);
    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, &old, NULL);
    assert_true(clock_mono_ms() - begin < 3000);
    account_close(&a);
    assert_int_equal(o.times, 0);
    customer_list_release(&l);
}

static void test_library(void **state)
{
    char text[200];

    (void)state;
    assert_non_null(strstr(api_library(text, sizeof(text)), "libcurl "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_urls),
        cmocka_unit_test(test_target),
        cmocka_unit_test(test_read_only),
        cmocka_unit_test(test_http_elsewhere),
        cmocka_unit_test(test_proxy_not_for_loopback),
        cmocka_unit_test(test_tls_to_a_plain_port),
        cmocka_unit_test(test_poll_tells_of_hangup),
        cmocka_unit_test(test_signal_ends_the_wait),
        cmocka_unit_test(test_library),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
