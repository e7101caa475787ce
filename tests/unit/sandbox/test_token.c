/* Token endpoints and the auth header: published.md §1.2, §1.3, §2.1. */
#include "tests/unit/sandbox/ask.h"

#include <stdio.h>

#define SERVERS LUI "/licenseservers"

#define FORM      "application/x-www-form-urlencoded"
#define GOOD_FORM "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret"

static void token_by_form(void **state)
{
    struct ask *a = *state;
    const char *path = "/cctrustoauth2/root/tokens/clients";

    assert_int_equal(ask_post(a, path, FORM, GOOD_FORM), 200);
    assert_string_equal(text_at(a->json, "token_type"), "bearer");
    assert_string_equal(text_at(a->json, "expires_in"), "3600");
    assert_in_range(strlen(text_at(a->json, "access_token")), 1000, 2500);
    assert_string_equal(ask_header(a, "Cache-Control"), "no-store");
    assert_int_equal(ask_post(a, path, FORM, " \r\n" GOOD_FORM "\r\n"), 200);
    assert_int_equal(ask_post(a, "/cctrustoauth2/nimbus7q2x/tokens/clients", FORM, GOOD_FORM), 200);
    assert_int_equal(ask_post(a, path, FORM "; charset=utf-8", GOOD_FORM), 415);
    assert_int_equal(ask_post(a, path, "application/json", GOOD_FORM), 415);
    assert_int_equal(ask_post(a, path, FORM, GOOD_FORM "x"), 400);
    assert_string_equal(text_at(a->json, "error"), "invalid_client");
    assert_int_equal(ask_post(a, "/cctrustoauth2/other/tokens/clients", FORM, GOOD_FORM), 400);
    assert_int_equal(ask_post(a, path, FORM, ""), 400);
    assert_int_equal(ask_post(a, path, FORM, "grant_type=%"), 400);
    assert_int_equal(ask_post(a, path, FORM, "grant_type=password"), 400);
    assert_int_equal(ask_get(a, path), 405);
}

static void token_by_json(void **state)
{
    struct ask *a = *state;
    const char *path = "/trust/root/tokens/clients", *json = "application/json";

    assert_int_equal(
        ask_post(a, path, json, "{\"clientId\":\"demo-client\",\"clientSecret\":\"demo-secret\"}"),
        200);
    assert_int_equal(int_at(a->json, "expiresIn"), 3600);
    assert_non_null(text_at(a->json, "token"));
    assert_non_null(text_at(a->json, "principal"));
    assert_non_null(text_at(a->json, "subject"));
    assert_non_null(text_at(a->json, "openIdToken"));
    assert_int_equal(ask_post(a, path, "application/json; charset=utf-8",
                              "{\"CLIENTID\":\"demo-client\",\"ClientSecret\":\"demo-secret\"}"),
                     200);
    assert_int_equal(ask_post(a, path, json, "{\"clientId\":\"demo-client\"}"), 401);
    assert_int_equal(ask_post(a, path, json, "{\"clientId\":7,\"clientSecret\":null}"), 401);
    assert_int_equal(ask_post(a, path, json, "nonsense"), 400);
    assert_int_equal(ask_post(a, path, FORM, "{}"), 415);
}

static void the_auth_header_is_exact(void **state)
{
    struct ask *a = *state;
    const char *token = strchr(a->auth, '=') + 1;
    char text[TOKEN_LEN + 64];

    assert_int_equal(ask_get(a, SERVERS), 200);
    snprintf(text, sizeof(text), "CWSAUTH bearer=%s", token);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_AUTHORIZATION, text), 200);
    snprintf(text, sizeof(text), "Bearer %s", token);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_AUTHORIZATION, text), 401);
    snprintf(text, sizeof(text), "CwsAuth Bearer %s", token);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_AUTHORIZATION, text), 401);
    snprintf(text, sizeof(text), "CwsAuth Bearer=%.*s!", TOKEN_LEN - 1, token);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_AUTHORIZATION, text), 401);
    assert_string_equal(text_at(at(a->json, "Error"), "Type"), "CWSAuthException");
    assert_int_equal(ask_get_with(a, UD "/current", HEADER_AUTHORIZATION, NULL), 401);
    assert_string_equal(text_at(json_array_get(at(a->json, "parameters"), 0), "value"), "missing");
    assert_int_equal(ask_get_with(a, UD "/current", HEADER_AUTHORIZATION, "x"), 401);
    assert_string_equal(text_at(json_array_get(at(a->json, "parameters"), 0), "value"), "invalid");
}

static void tokens_end(void **state)
{
    struct ask *a = *state;
    char text[TOKEN_LEN + 1];

    assert_int_equal(tokens_issue(&a->sb.tokens, 1000, text), 0);
    assert_true(tokens_valid(&a->sb.tokens, 1000 + 3599999, text));
    assert_false(tokens_valid(&a->sb.tokens, 1000 + 3600000, text));
    assert_int_equal(ask_get(a, SERVERS), 200);
    assert_int_equal(ask_post(a, "/sandbox/tokens/expire", NULL, ""), 204);
    assert_int_equal(ask_get(a, SERVERS), 401);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, ask_setup, ask_teardown)
    const struct CMUnitTest tests[] = {
        CASE(token_by_form),
        CASE(token_by_json),
        CASE(the_auth_header_is_exact),
        CASE(tokens_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
