/* What all operations share: errors, ETags, faults that change an answer, the log. */
#include "tests/unit/sandbox/ask.h"

#include <stdio.h>
#include <zlib.h>

#define SERVERS LUI "/licenseservers"

static void errors_come_in_the_host_s_family(void **state)
{
    struct ask *a = *state;
    json_t *inner;

    assert_int_equal(ask_get(a, "/lui/other/licenseservers"), 403);
    assert_string_equal(text_at(a->json, "type"),
                        "https://errors-api.cloud.com/common/authorization");
    assert_int_equal(ask_get_with(a, UD "/current", HEADER_CUSTOMER_ID, "other"), 403);
    assert_int_equal(ask_get_with(a, UD "/current", HEADER_CUSTOMER_ID, NULL), 500);
    assert_int_equal(int_at(a->json, "statusCode"), 500);
    assert_string_equal(text_at(a->json, "activityId"), ask_header(a, "CC-TransactionId"));
    assert_int_equal(ask_get_with(a, UD "/current", HEADER_ACCEPT, "*/*"), 406);
    assert_int_equal(
        ask_get_with(a, UD "/current", HEADER_ACCEPT, "application/json;charset=utf-8"), 406);
    assert_int_equal(ask_get(a, UD "/historicalusage?startDate=2026-1&endDate=2026-11"), 400);
    inner = json_loads(text_at(a->json, "error_description"), 0, NULL);
    assert_string_equal(text_at(inner, "Message"), "Invalid time format.");
    assert_int_equal(int_at(inner, "Code"), 400);
    json_decref(inner);
    assert_int_equal(ask_get(a, UD "/historicalusage?startDate=2026-11&endDate=2026-10"), 400);
    assert_non_null(
        strstr(text_at(a->json, "error_description"), "StartDate can't be later than EndDate."));
    assert_int_equal(ask_get(a, LUI "/nothing"), 404);
    assert_int_equal(ask_get(a, "/"), 404);
    assert_int_equal(ask_get(a, LUI "/licenseservers/extra/long"), 404);
    assert_int_equal(ask_post(a, SERVERS, NULL, ""), 405);
    assert_string_equal(ask_header(a, "Allow"), "GET");
    assert_int_equal(ask_post(a, "/partner/nimbus7q2x/customers", NULL, "{}"), 501);
    ask_prepare(a, "BREW", SERVERS);
    assert_int_equal(ask_send(a), 501);
    ask_prepare(a, "PUT", "/partner/nimbus7q2x/resourceproviders/xendesktop/deletetenant/x");
    assert_int_equal(ask_send(a), 501);
}

static void every_answer_has_a_transaction_id(void **state)
{
    static const char *const targets[] = {SERVERS, UD "/current", "/nothing", "/sandbox/log",
                                          "/lui/other/licenseservers"};
    struct ask *a = *state;

    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        ask_get(a, targets[i]);
        assert_int_equal(strlen(ask_header(a, "CC-TransactionId")), 36);
        assert_true((ask_header(a, "X-Cws-TransactionId") != NULL) ==
                    (strncmp(targets[i], "/lui/", 5) == 0));
    }
}

static void etags_save_the_body(void **state)
{
    struct ask *a = *state;
    char tag[80], list[200];

    assert_int_equal(ask_get(a, SERVERS), 200);
    snprintf(tag, sizeof(tag), "%s", ask_header(a, "ETag"));
    assert_true(tag[0] == '"' && strlen(tag) > 20);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_IF_NONE_MATCH, tag), 304);
    assert_int_equal(a->rp.body.len, 0);
    assert_string_equal(ask_header(a, "ETag"), tag);
    snprintf(list, sizeof(list), "\"x\", W/%s", tag);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_IF_NONE_MATCH, list), 304);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_IF_NONE_MATCH, "*"), 304);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_IF_NONE_MATCH, "\"x\""), 200);
    assert_int_equal(ask_get_with(a, LUI "/netscalercallinghomedata", HEADER_IF_NONE_MATCH, tag),
                     200);
    assert_int_equal(ask_get_with(a, "/nothing", HEADER_IF_NONE_MATCH, "*"), 404);
}

static void gzip_on_request(void **state)
{
    static const char *const no[] = {"", "identity", "deflate, br", "gzip;q=0", "gzip; q=0.0"};
    static const char *const yes[] = {"gzip", "deflate, GZIP", "*", "br;q=1.0, gzip;q=0.8"};
    struct ask *a = *state;
    unsigned char *plain;
    size_t len;
    z_stream z = {0};

    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
        assert_false(accepts_gzip(no[i]));
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
        assert_true(accepts_gzip(yes[i]));
    assert_int_equal(ask_get(a, SERVERS), 200);
    len = a->rp.body.len;
    plain = malloc(2 * len + 1);
    assert_non_null(plain);
    memcpy(plain, a->rp.body.data, len);
    assert_int_equal(ask_get_with(a, SERVERS, HEADER_ACCEPT_ENCODING, "gzip"), 200);
    assert_string_equal(ask_header(a, "Content-Encoding"), "gzip");
    assert_true(a->rp.body.len < len / 2);
    z.next_in = (Bytef *)a->rp.body.data;
    z.avail_in = (uInt)a->rp.body.len;
    z.next_out = plain + len;
    z.avail_out = (uInt)len;
    assert_int_equal(inflateInit2(&z, 31), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, len);
    assert_memory_equal(plain, plain + len, len);
    inflateEnd(&z);
    free(plain);
    ask_get_with(a, "/partner/nimbus7q2x/customers/count", HEADER_ACCEPT_ENCODING, "gzip");
    assert_null(ask_header(a, "Content-Encoding"));
}

static int set_fault(struct ask *a, const char *kind)
{
    char body[200];

    snprintf(body, sizeof(body),
             "{\"faults\":[{\"rate\":1,\"kind\":\"%s\",\"retryAfter\":3,\"count\":1}]}", kind);
    return ask_post(a, "/sandbox/faults", NULL, body);
}

static void faults_that_answer(void **state)
{
    static const struct {
        const char *kind;
        int status;
    } cases[] = {{"429", 429}, {"503", 503},  {"500", 500},
                 {"403", 403}, {"html", 200}, {"badjson", 200}};
    struct ask *a = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(set_fault(a, cases[i].kind), 204);
        assert_int_equal(ask_get(a, SERVERS), cases[i].status);
        assert_true((a->json != NULL) == (cases[i].status != 200));
        if (cases[i].status == 429 || cases[i].status == 503)
            assert_string_equal(ask_header(a, "Retry-After"), "3");
        if (cases[i].status == 200)
            assert_null(ask_header(a, "ETag"));
        assert_int_equal(ask_get(a, SERVERS), 200);
    }
    set_fault(a, "429");
    ask_get(a, SERVERS);
    assert_string_equal(text_at(json_array_get(at(a->json, "parameters"), 0), "name"),
                        "retryDelay");
    assert_string_equal(text_at(json_array_get(at(a->json, "parameters"), 0), "value"), "3");
    set_fault(a, "503");
    ask_get(a, SERVERS);
    assert_string_equal(text_at(at(a->json, "parameters"), "retryDelay"), "3");
    set_fault(a, "expire-token");
    assert_int_equal(ask_get(a, SERVERS), 401);
    assert_int_equal(ask_get(a, SERVERS), 401);
}

static void faults_that_break_the_connection(void **state)
{
    static const struct {
        const char *kind;
        enum delivery delivery;
    } cases[] = {{"reset", DELIVER_RESET},
                 {"stall", DELIVER_NEVER},
                 {"truncate", DELIVER_TRUNCATED},
                 {"slowdrip", DELIVER_SLOWLY}};
    struct ask *a = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        set_fault(a, cases[i].kind);
        ask_get(a, SERVERS);
        assert_int_equal(a->rp.delivery, cases[i].delivery);
        ask_get(a, SERVERS);
        assert_int_equal(a->rp.delivery, DELIVER);
    }
}

static void one_element_breaks_and_brackets_balance(void **state)
{
    struct ask *a = *state;
    char *good;
    int depth = 0, differ = 0;

    assert_int_equal(ask_get(a, SERVERS), 200);
    good = strdup(a->rp.body.data);
    set_fault(a, "badelement");
    assert_int_equal(ask_get(a, SERVERS), 200);
    assert_null(a->json);
    for (const char *p = a->rp.body.data; *p != '\0'; p++)
        depth += (*p == '{' || *p == '[') - (*p == '}' || *p == ']');
    assert_int_equal(depth, 0);
    assert_int_equal(strlen(good), a->rp.body.len);
    for (size_t i = 0; i < a->rp.body.len; i++)
        differ += good[i] != a->rp.body.data[i];
    assert_int_equal(differ, 1);
    free(good);
}

static void names_can_be_hostile(void **state)
{
    struct ask *a = *state;
    json_t *list;

    set_fault(a, "esc");
    assert_int_equal(ask_get(a, SERVERS), 200);
    list = json_object_get(a->json, "licenseServersStatus");
    assert_int_equal(json_array_size(list), 14);
    assert_non_null(strchr(text_at(json_array_get(list, 0), "fqdn"), 0x1b));
    assert_non_null(strstr(text_at(json_array_get(list, 3), "hostId"), "\xe2\x80\xae"));
    assert_non_null(strstr(text_at(json_array_get(list, 5), "fqdn"), "株"));
    assert_true(json_is_null(at(json_array_get(list, 13), "fqdn")));
}

static void the_log_tells_every_request_but_its_own(void **state)
{
    struct ask *a = *state;
    const json_t *e;

    set_fault(a, "503");
    ask_prepare(a, "POST", LUI "/nothing?x=%41");
    a->rq.header[HEADER_IDEMPOTENCY_KEY] = "0c3f";
    ask_send(a);
    ask_get_with(a, SERVERS, HEADER_IF_NONE_MATCH, "*");
    ask_get_with(a, SERVERS, HEADER_AUTHORIZATION, NULL);
    assert_int_equal(ask_get(a, "/sandbox/log"), 200);
    assert_int_equal(int_at(a->json, "total"), 3);
    assert_int_equal(json_array_size(at(a->json, "requests")), 3);
    e = json_array_get(at(a->json, "requests"), 0);
    assert_int_equal(int_at(e, "n"), 1);
    assert_string_equal(text_at(e, "method"), "POST");
    assert_string_equal(text_at(e, "path"), LUI "/nothing?x=%41");
    assert_int_equal(int_at(e, "status"), 503);
    assert_string_equal(text_at(e, "idempotencyKey"), "0c3f");
    assert_string_equal(text_at(e, "fault"), "503");
    assert_true(int_at(e, "bytes") > 50);
    e = json_array_get(at(a->json, "requests"), 1);
    assert_true(json_is_true(at(e, "etagMatch")) && json_is_true(at(e, "authorized")));
    assert_true(json_is_null(at(e, "idempotencyKey")) && json_is_null(at(e, "fault")));
    assert_int_equal(int_at(e, "bytes"), 0);
    e = json_array_get(at(a->json, "requests"), 2);
    assert_true(json_is_false(at(e, "authorized")));
    ask_prepare(a, "DELETE", "/sandbox/log");
    assert_int_equal(ask_send(a), 204);
    ask_get(a, "/sandbox/log");
    assert_int_equal(int_at(a->json, "total"), 0);
}

static void the_log_is_bounded(void **state)
{
    struct logged e = {.method = "GET", .target = "/x\xff", .status = 200};
    struct reqlog l;
    json_t *shown;

    (void)state;
    reqlog_init(&l);
    for (int i = 0; i < REQLOG_MAX + 5; i++)
        reqlog_add(&l, &e);
    shown = reqlog_to_json(&l);
    assert_int_equal(int_at(shown, "total"), REQLOG_MAX + 5);
    assert_int_equal(json_array_size(at(shown, "requests")), REQLOG_MAX);
    assert_int_equal(int_at(json_array_get(at(shown, "requests"), 0), "n"), 6);
    assert_string_equal(text_at(json_array_get(at(shown, "requests"), 0), "path"), "/x\\xff");
    json_decref(shown);
    reqlog_release(&l);
}

static void targets_are_checked(void **state)
{
    static const char *const bad[] = {
        "",     "x",        "/a%",
        "/a%4", "/a%zz",    "/%00",
        "/%ff", "/a?b=%f0", "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"};
    struct request r;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (request_init(&r, "GET", bad[i]) == 0)
            fail_msg("'%s' was read", bad[i]);
        request_release(&r);
    }
    assert_int_equal(request_init(&r, "GET", "/a%2fb/%C3%A9/?x=1+2%2B&Y&z="), 0);
    assert_int_equal(r.segments, 2);
    assert_string_equal(r.segment[0], "a/b");
    assert_string_equal(r.segment[1], "é");
    assert_string_equal(request_query(&r, "X"), "1 2+");
    assert_string_equal(request_query(&r, "y"), "");
    assert_null(request_query(&r, "w"));
    request_release(&r);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, ask_setup, ask_teardown)
    const struct CMUnitTest tests[] = {
        CASE(errors_come_in_the_host_s_family),
        CASE(every_answer_has_a_transaction_id),
        CASE(etags_save_the_body),
        CASE(gzip_on_request),
        CASE(faults_that_answer),
        CASE(faults_that_break_the_connection),
        CASE(one_element_breaks_and_brackets_balance),
        CASE(names_can_be_hostile),
        CASE(the_log_tells_every_request_but_its_own),
        cmocka_unit_test(the_log_is_bounded),
        cmocka_unit_test(targets_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
