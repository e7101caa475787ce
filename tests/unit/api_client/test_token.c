#include "api_client/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const int64_t NOW = 1780000000;

static void test_parse(void **state)
{
    static const struct {
        const char *body, *token;
        int64_t seconds;
    } rows[] = {
        {"{\"token_type\":\"bearer\",\"access_token\":\"abc\",\"expires_in\":\"3600\"}", "abc",
         3600},
        {"{\"access_token\":\"abc\",\"expires_in\":1800}", "abc", 1800},
        {"{\"access_token\":\"abc\",\"expires_in\":1800.0}", "abc", 1800},
        {"\xef\xbb\xbf \r\n{\"access_token\":\"abc\"} \n", "abc", 3600},
        {"{\"principal\":\"p\",\"subject\":\"s\",\"token\":\"t.o-k\",\"openIdToken\":\"x\","
         "\"expiresIn\":3000}",
         "t.o-k", 3000},
        {"{\"Token\":\"T\",\"Principal\":\"p\",\"ExpiresAt\":1200}", "T", 1200},
        {"{\"token\":\"T\",\"expiresAt\":1780000600}", "T", 600},
        {"{\"token\":\"T\",\"expiresAt\":1780000600000}", "T", 600},
        {"{\"token\":\"T\",\"expiresAt\":1770000000}", "T", 1},
        {"{\"ACCESS_TOKEN\":\"T\",\"EXPIRES_IN\":\"60\"}", "T", 60},
        {"{\"access_token\":\"T\",\"expires_in\":\"soon\"}", "T", 3600},
        {"{\"access_token\":\"T\",\"expires_in\":-5}", "T", 3600},
        {"{\"access_token\":\"T\",\"expires_in\":9e14}", "T", 86400},
        {"{\"access_token\":\"T\",\"error\":null,\"expires_in\":0}", "T", 1},
        {"{\"access_token\":\"T\",\"error\":\"\"}", "T", 3600},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf value;
        int64_t seconds = 0;

        buf_init(&value, TOKEN_MAX);
        assert_int_equal(token_parse(rows[i].body, strlen(rows[i].body), NOW, &value, &seconds), 0);
        assert_string_equal(value.data, rows[i].token);
        assert_int_equal(seconds, rows[i].seconds);
        buf_wipe(&value);
    }
}

static void test_no_token(void **state)
{
    static const struct {
        const char *body;
        int code;
    } rows[] = {
        {"", ERR_DATA},
        {"[]", ERR_DATA},
        {"<html>", ERR_DATA},
        {"{}", ERR_DATA},
        {"{\"access_token\":\"\"}", ERR_DATA},
        {"{\"access_token\":null}", ERR_DATA},
        {"{\"access_token\":5}", ERR_DATA},
        {"{\"access_token\":\"a\\r\\nX-Evil: 1\"}", ERR_DATA},
        {"{\"access_token\":\"a b\"}", ERR_DATA},
        {"{\"access_token\":\"\\u00e9\"}", ERR_DATA},
        {"{\"access_token\":\"a\"", ERR_DATA},
        {"{\"access_token\":\"a\",\"error\":\"invalid_client\"}", ERR_AUTH},
        {"{\"error\":\"invalid_client\",\"error_description\":\"x\"}", ERR_AUTH},
        {"{\"Error\":{\"Message\":\"x\"}}", ERR_AUTH},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf value;
        int64_t seconds = -7;

        buf_init(&value, TOKEN_MAX);
        assert_int_equal(token_parse(rows[i].body, strlen(rows[i].body), NOW, &value, &seconds),
                         rows[i].code);
        assert_int_equal(value.len, 0);
        assert_int_equal(seconds, -7);
        buf_wipe(&value);
    }
}

static void test_too_long(void **state)
{
    char *body = malloc(TOKEN_MAX + 100);
    struct buf value;
    int64_t seconds;

    (void)state;
    assert_non_null(body);
    memcpy(body, "{\"token\":\"", 10);
    memset(body + 10, 'a', TOKEN_MAX + 1);
    memcpy(body + 11 + TOKEN_MAX, "\"}", 3);
    buf_init(&value, TOKEN_MAX);
    assert_int_equal(token_parse(body, strlen(body), NOW, &value, &seconds), ERR_TOOBIG);
    buf_wipe(&value);
    free(body);
}

static void test_request(void **state)
{
    static const char secret[] = "a+b/c=&\"\\ \xc3\xa9\n";
    struct buf out;

    (void)state;
    buf_init(&out, 1000);
    assert_int_equal(token_request(&out, true, "id&1", secret, strlen(secret)), 0);
    assert_string_equal(out.data, "grant_type=client_credentials&client_id=id%261&client_secret="
                                  "a%2Bb%2Fc%3D%26%22%5C%20%C3%A9%0A");
    buf_reset(&out);
    assert_int_equal(token_request(&out, false, "id&1", secret, strlen(secret)), 0);
    assert_string_equal(out.data,
                        "{\"clientId\":\"id&1\",\"clientSecret\":\"a+b/c=&\\\"\\\\ \xc3\xa9"
                        "\\u000a\"}");
    buf_wipe(&out);
}

static void test_kinds(void **state)
{
    struct token t;

    (void)state;
    assert_int_equal(token_init(&t, "https://h/cctrustoauth2/root/tokens/clients", "i", "s", 1), 0);
    assert_true(t.form);
    assert_false(token_ready(&t, 0));
    token_release(&t);
    assert_int_equal(token_init(&t, "https://h/root/tokens/clients", "i", "s", 1), 0);
    assert_false(t.form);
    token_release(&t);
}

/* A 401 is about the token it was sent with, not about the one that came since. */
static void test_refused(void **state)
{
    struct token t;

    (void)state;
    assert_int_equal(token_init(&t, "https://h/", "i", "s", 1), 0);
    assert_int_equal(buf_addstr(&t.value, "token"), 0);
    t.state = TOKEN_HELD;
    t.generation = 2;
    t.renew_ms = 100;
    assert_true(token_ready(&t, 99));
    assert_false(token_ready(&t, 100));
    token_refused(&t, 1);
    assert_true(token_ready(&t, 99));
    token_refused(&t, 2);
    assert_false(token_ready(&t, 99));
    assert_int_equal(t.value.len, 0);
    /* Overwritten, not only forgotten. */
    assert_null(memmem(t.value.data, t.value.cap, "oken", 4));
    token_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),    cmocka_unit_test(test_no_token),
        cmocka_unit_test(test_too_long), cmocka_unit_test(test_request),
        cmocka_unit_test(test_kinds),    cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
