#include "api_client/errors.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api_client/answer.h"
#include "api_client/fault.h"

/* One row for each family of published.md §2.3, and their variants. */
static void test_families(void **state)
{
    static const struct {
        const char *body, *type, *text;
        int64_t told_ms;
    } rows[] = {
        {"{\"type\":\"https://errors-api.cloud.com/common/authentication\",\"detail\":\"Not signed "
         "in.\",\"parameters\":[{\"name\":\"reason\",\"value\":\"invalid\"}]}",
         "common/authentication", "Not signed in., reason invalid", -1},
        {"{\"type\":\"https://errors-api.cloud.com/common/serviceUnavailable\",\"detail\":\"x\","
         "\"parameters\":{\"retryDelay\":\"12\"}}",
         "common/serviceUnavailable", "x", 12000},
        {"{\"type\":\"https://errors-api.cloud.com/common/rateLimitExceeded\",\"parameters\":"
         "{\"name\":\"retryDelay\",\"value\":9}}",
         "common/rateLimitExceeded", "", 9000},
        {"{\"type\":\"https://errors-api.cloud.com/common/rateLimitExceeded\",\"parameters\":"
         "[{\"name\":\"retryDelay\",\"value\":\"999999\"}]}",
         "common/rateLimitExceeded", "", 300000},
        {"{\"type\":\"https://errors-api.cloud.com/common/notFound\"}", "common/notFound", "", -1},
        {"{\"type\":\"404\",\"detail\":\"Nothing here\"}", "404", "Nothing here", -1},
        {"{\"type\":\"404\"}", "404", "", -1},
        {"{\"error_description\":\"{\\\"Code\\\":400,\\\"Message\\\":\\\"Invalid time format.\\\","
         "\\\"Details\\\":\\\"startDate\\\"}\"}",
         "", "Invalid time format.: startDate", -1},
        {"{\"error\":\"invalid_client\",\"error_description\":\"Bad secret\"}", "", "Bad secret",
         -1},
        {"{\"error\":\"invalid_client\"}", "", "invalid_client", -1},
        {"{\"Error\":{\"Message\":\"Token ended\",\"Type\":\"CWSAuthException\"}}", "",
         "Token ended", -1},
        {"{\"activityId\":\"act-1\",\"message\":\"It broke\",\"statusCode\":500}", "", "It broke",
         -1},
        {"{\"ErrorMessage\":\"It broke\"}", "", "It broke", -1},
        {"{\"type\":\"https://tools.example/problem\",\"title\":\"Bad\",\"status\":400,\"detail\":"
         "\"Very bad\",\"instance\":\"/x\"}",
         "problem", "Bad: Very bad", -1},
        {"{\"message\":\"m\",\"description\":\"d\",\"code\":\"c\"}", "", "m: d: c", -1},
        {"{\"Message\":\"ASP says no\"}", "", "ASP says no", -1},
        {"\xef\xbb\xbf {\"message\":\"m\"}", "", "m", -1},
        {"\"only text\"", "", "only text", -1},
        {"upstream connect error\r\n\treset", "", "upstream connect error reset", -1},
        {"{\"message\":\"a\\n\\u001b[31mb\"}", "", "a [31mb", -1},
        {"", "", "", -1},
        {"{\"message\":", "", "", -1},
        {"[1,2]", "", "", -1},
        {"{}", "", "", -1},
        {"{\"message\":{\"a\":1},\"code\":5}", "", "", -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct words w;

        words_read(&w, rows[i].body, strlen(rows[i].body), NULL, 0);
        assert_string_equal(w.type, rows[i].type);
        assert_string_equal(w.text, rows[i].text);
        assert_int_equal(w.told_ms, rows[i].told_ms);
        assert_false(w.html);
    }
}

static void test_web_page(void **state)
{
    static const char body[] = "\r\n <!DOCTYPE html><title>Sign in</title>";
    struct answer a = {.status = 502};
    struct words w;
    struct err e;

    (void)state;
    words_read(&w, body, strlen(body), NULL, 0);
    assert_true(w.html);
    assert_string_equal(w.text, "");
    assert_int_equal(error_of_answer(&e, "It could not be read", &a, &w), ERR_SERVER);
    assert_non_null(strstr(e.why, "web page"));
}

static void test_secrets_struck_out(void **state)
{
    static const char body[] = "{\"error\":\"hunter2x\",\"error_description\":\"hunter2x and "
                               "hunter2x are wrong, abc too\"}";
    const char *hide[] = {"hunter2x", NULL, "", "abc"};
    struct words w;

    (void)state;
    words_read(&w, body, strlen(body), hide, 4);
    assert_string_equal(w.text, "*** and *** are wrong, *** too");
    assert_string_equal(w.oauth, "");
}

/* A secret must not be let through because the text around it is cut. */
static void test_secret_at_the_cut(void **state)
{
    char body[1000];
    const char *hide[] = {"hunter2x"};
    struct words w;

    (void)state;
    for (int n = 380; n < 400; n++) {
        snprintf(body, sizeof(body), "{\"message\":\"%0*dhunter2x\"}", n, 0);
        words_read(&w, body, strlen(body), hide, 1);
        assert_null(strchr(w.text, 'h'));
    }
}

static void test_bounds(void **state)
{
    struct words w;
    char *body = malloc(2 * ERRORS_BODY_MAX);
    size_t n = (size_t)snprintf(body, 20, "{\"message\":\"");

    (void)state;
    memset(body + n, 'x', ERRORS_BODY_MAX);
    memcpy(body + n + ERRORS_BODY_MAX, "\"}", 3);
    words_read(&w, body, strlen(body), NULL, 0);
    assert_string_equal(w.text, "");
    memcpy(body + n + 60000, "\"}", 3);
    words_read(&w, body, strlen(body), NULL, 0);
    assert_int_equal(strlen(w.text), sizeof(w.text) - 1);
    memset(body, '[', ERRORS_BODY_MAX);
    words_read(&w, body, ERRORS_BODY_MAX, NULL, 0);
    assert_string_equal(w.text, "");
    free(body);
}

static void test_codes(void **state)
{
    static const struct {
        int status;
        enum err_code code;
    } rows[] = {
        {400, ERR_DATA},    {401, ERR_AUTH}, {403, ERR_FORBIDDEN}, {404, ERR_NOTFOUND},
        {406, ERR_DATA},    {409, ERR_DATA}, {410, ERR_NOTFOUND},  {415, ERR_DATA},
        {418, ERR_DATA},    {429, ERR_BUSY}, {500, ERR_SERVER},    {501, ERR_NOTFOUND},
        {502, ERR_SERVER},  {503, ERR_BUSY}, {504, ERR_SERVER},    {302, ERR_DATA},
        {408, ERR_TIMEOUT},
    };
    struct words w;

    (void)state;
    words_read(&w, "", 0, NULL, 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct answer a = {.status = rows[i].status, .txid = "t-1"};
        struct err e;

        assert_int_equal(error_of_answer(&e, "What failed", &a, &w), rows[i].code);
        assert_int_equal(e.code, rows[i].code);
        assert_int_equal(e.status, rows[i].status);
        assert_string_equal(e.what, "What failed");
        assert_string_equal(e.txid, "t-1");
        assert_true(e.why[0] != '\0' && e.next[0] != '\0');
    }
}

static void test_sign_in(void **state)
{
    static const struct {
        int status;
        const char *body;
        enum err_code code;
        const char *says;
    } rows[] = {
        {400, "{\"error\":\"invalid_client\"}", ERR_AUTH, "client id or secret was rejected"},
        {401, "", ERR_AUTH, "client id or secret was rejected"},
        {200, "{\"error\":\"invalid_client\"}", ERR_AUTH, "client id or secret was rejected"},
        {400, "{\"error\":\"invalid_request\"}", ERR_AUTH, "invalid_request"},
        {404, "", ERR_SETTINGS, "no sign-in at this address"},
        {501, "", ERR_SETTINGS, "no sign-in at this address"},
        {500, "", ERR_SERVER, "the service failed"},
        {429, "", ERR_BUSY, "fewer requests"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct answer a = {.status = rows[i].status};
        struct words w;
        struct err e;

        words_read(&w, rows[i].body, strlen(rows[i].body), NULL, 0);
        assert_int_equal(error_of_sign_in(&e, &a, &w), rows[i].code);
        assert_non_null(strstr(e.what, "Signing in"));
        assert_non_null(strstr(e.why, rows[i].says));
    }
}

static void test_faults(void **state)
{
    struct answer a = {0};
    struct fault f;
    struct err e;
    char long_host[400];

    (void)state;
    fault_set(&f, FAULT_CERTIFICATE, "h.example", "self-signed certificate");
    assert_false(f.retry);
    assert_int_equal(error_of_fault(&e, "What failed", &f, &a), ERR_TLS);
    assert_string_equal(e.why, "h.example could not prove who it is (self-signed certificate)");
    fault_set(&f, FAULT_CONNECT, "h.example", "");
    assert_true(f.retry);
    assert_string_equal(f.why, "no connection to h.example");
    memset(long_host, 'h', sizeof(long_host) - 1);
    long_host[sizeof(long_host) - 1] = '\0';
    fault_set(&f, FAULT_CONNECT, long_host, "");
    assert_int_equal(strlen(f.why), sizeof(f.why) - 1);
}

static void feed(struct answer *a, const char *line)
{
    answer_line(a, line, strlen(line));
}

static void test_head(void **state)
{
    struct answer a = {0};

    (void)state;
    feed(&a, "HTTP/1.1 100 Continue\r\n");
    feed(&a, "ETag: \"wrong\"\r\n");
    feed(&a, "HTTP/1.1 200 OK\r\n");
    assert_string_equal(a.etag, "");
    feed(&a, "etag:W/\"v1\" \r\n");
    feed(&a, "citrix-transactionid: third\r\n");
    feed(&a, "CC-TransactionId: fi\x01rst\r\n");
    feed(&a, "X-Cws-TransactionId: second\r\n");
    feed(&a, "Retry-After: 5\r\n");
    feed(&a, "Content-Type: Text/HTML; charset=x\r\n");
    feed(&a, "Location: https://login.example/path?secret=1\r\n");
    feed(&a, "\r\n");
    assert_int_equal(a.status, 200);
    assert_string_equal(a.etag, "W/\"v1\"");
    assert_string_equal(a.txid, "first");
    assert_string_equal(a.retry_after, "5");
    assert_string_equal(a.location, "https://login.example");
    assert_true(a.html);
    assert_false(a.framed);
    feed(&a, "HTTP/2 503 \r\n");
    assert_int_equal(a.status, 503);
    assert_true(a.framed);
    assert_false(a.html);
    feed(&a, "ETag: \"a\tb\"\r\n");
    assert_string_equal(a.etag, "");
    feed(&a, "HTTP/1.1 2x0 ?\r\n");
    assert_int_equal(a.status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_families),
        cmocka_unit_test(test_web_page),
        cmocka_unit_test(test_secrets_struck_out),
        cmocka_unit_test(test_secret_at_the_cut),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_sign_in),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
