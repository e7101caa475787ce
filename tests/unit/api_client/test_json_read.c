/* Tolerant getters: what is accepted, and what must not become a value. */
#include "api_client/json_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/server.h"

struct world {
    struct arena arena;
    json_t *object;
    struct jr r;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    if (w == NULL)
        return -1;
    arena_init(&w->arena, 1 << 20);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;

    json_decref(w->object);
    arena_release(&w->arena);
    free(w);
    return 0;
}

/* Makes {"v": JSON} the object that is read. */
static struct jr *with(struct world *w, const char *json)
{
    char text[256];
    int n = snprintf(text, sizeof(text), "{\"v\":%s}", json);

    assert_in_range(n, 1, sizeof(text) - 1);
    json_decref(w->object);
    w->object = json_loads(text, JSON_ALLOW_NUL, NULL);
    assert_non_null(w->object);
    jr_init(&w->r, w->object, &w->arena);
    assert_int_equal(w->r.rc, 0);
    return &w->r;
}

static struct jr *object(struct world *w, const char *json)
{
    json_decref(w->object);
    w->object = json_loads(json, JSON_DECODE_ANY, NULL);
    assert_non_null(w->object);
    jr_init(&w->r, w->object, &w->arena);
    return &w->r;
}

static void test_names(void **state)
{
    struct jr *r =
        object(*state, "{\"HOSTID\":\"b\",\"hostId\":\"a\",\"FQDN\":\"f\",\"n\":null,\"N\":1}");

    assert_string_equal(jr_text(r, "hostId"), "a");
    assert_string_equal(jr_text(r, "fqdn"), "f");
    assert_null(jr_text(r, "host"));
    assert_null(jr_get(r, "n")); /* the exact name is null: that is its value */
    assert_int_equal(r->rc, 0);
    assert_true(jr_same("customerId", "CUSTOMERID"));
    assert_false(jr_same("customerId", "customer"));
    assert_false(jr_same("a@", "a`"));
    assert_false(jr_same("\xc3\x84", "\xc3\xa4"));
}

static void test_no_object(void **state)
{
    static const char *const others[] = {"[]", "1", "\"x\"", "null", "true"};
    struct jr r;

    for (size_t i = 0; i < 5; i++)
        assert_int_equal(object(*state, others[i])->rc, ERR_DATA);
    jr_init(&r, NULL, NULL);
    assert_int_equal(r.rc, ERR_DATA);
    assert_null(jr_text(&r, "a"));
    assert_int_equal(jr_int(&r, "a", 0, 9, 7), 7);
}

static void test_text(void **state)
{
    struct world *w = *state;

    assert_string_equal(jr_text(with(w, "\"a\\u001b[31m\xc3\xa4 \""), "v"), "a\x1b[31m\xc3\xa4 ");
    assert_string_equal(jr_text(with(w, "\"\""), "v"), "");
    assert_null(jr_text(with(w, "null"), "v"));
    assert_int_equal(w->r.rc, 0);
    assert_string_equal(jr_text(with(w, "123456789012345678"), "v"), "123456789012345678");
    assert_string_equal(jr_text(with(w, "-7"), "v"), "-7");
    assert_null(jr_text(with(w, "1.5"), "v"));
    assert_int_equal(w->r.rc, ERR_DATA);
    assert_null(jr_text(with(w, "true"), "v"));
    assert_int_equal(w->r.rc, ERR_DATA);
    assert_null(jr_text(with(w, "[\"a\"]"), "v"));
    assert_int_equal(w->r.rc, ERR_DATA);
    assert_null(jr_text(with(w, "\"admin\\u0000x\""), "v"));
    assert_int_equal(w->r.rc, ERR_DATA);
}

static void test_need_text(void **state)
{
    static const char *const bad[] = {"null", "\"\"", "{}", "\"\\u0000\"", "false"};
    struct world *w = *state;

    for (size_t i = 0; i < 5; i++) {
        jr_need_text(with(w, bad[i]), "v");
        assert_int_equal(w->r.rc, ERR_DATA);
    }
    jr_need_text(with(w, "\"x\""), "other");
    assert_int_equal(w->r.rc, ERR_DATA);
    assert_string_equal(jr_need_text(with(w, "\" \""), "v"), " ");
    assert_int_equal(w->r.rc, 0);
}

static void test_text_needs_room(void **state)
{
    struct world *w = *state;
    struct jr *r = with(w, "\"abcdefgh\"");

    w->arena.max = 0;
    assert_null(jr_text(r, "v"));
    assert_int_equal(r->rc, ERR_TOOBIG);
    r = with(w, "[1]");
    assert_null(jr_room(r, 1000, 1000));
    assert_int_equal(r->rc, ERR_TOOBIG);
    assert_null(jr_room(r, SIZE_MAX / 2, 1000));
}

static void test_int(void **state)
{
    static const struct {
        const char *json;
        int64_t value;
    } good[] = {
        {"0", 0},
        {"-3", -3},
        {"\"12\"", 12},
        {"\"-0012\"", -12},
        {"12.0", 12},
        {"1e3", 1000},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"\"9223372036854775807\"", INT64_MAX},
        {"\"-9223372036854775808\"", INT64_MIN},
        {"null", 42},
    };
    static const char *const bad[] = {
        "\"\"",         "\"-\"",  "\" 1\"", "\"1 \"",  "\"1.0\"",
        "\"0x1\"",      "\"+1\"", "1.5",    "1e300",   "\"9223372036854775808\"",
        "true",         "[1]",    "{}",     "\"ten\"", "\"-9223372036854775809\"",
        "\"1\\u0000\"", "-1e17"};
    struct world *w = *state;

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct jr *r = with(w, good[i].json);

        assert_true(jr_int(r, "v", INT64_MIN, INT64_MAX, 42) == good[i].value);
        assert_int_equal(r->rc, 0);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct jr *r = with(w, bad[i]);

        if (jr_int(r, "v", INT64_MIN, INT64_MAX, 42) != 42 || r->rc != ERR_DATA)
            fail_msg("%s was taken for an integer", bad[i]);
    }
    assert_int_equal(jr_int(with(w, "5"), "v", 5, 5, 0), 5);
    assert_int_equal(jr_int(with(w, "6"), "v", 5, 5, 0), 0);
    assert_int_equal(w->r.rc, ERR_DATA);
}

static void test_counts_and_days(void **state)
{
    struct world *w = *state;

    assert_true(jr_need_count(with(w, "9007199254740992"), "v") == JR_COUNT_MAX);
    assert_int_equal(w->r.rc, 0);
    jr_need_count(with(w, "9007199254740993"), "v");
    assert_int_equal(w->r.rc, ERR_DATA);
    jr_need_count(with(w, "-1"), "v");
    assert_int_equal(w->r.rc, ERR_DATA);
    jr_need_count(with(w, "null"), "v");
    assert_int_equal(w->r.rc, ERR_DATA);
    assert_int_equal(jr_days(with(w, "-400"), "v"), -400);
    assert_int_equal(jr_days(with(w, "null"), "v"), DAYS_NONE);
    assert_int_equal(w->r.rc, 0);
    assert_int_equal(jr_days(with(w, "2147483648"), "v"), DAYS_NONE);
    assert_int_equal(w->r.rc, ERR_DATA);
    jr_days(with(w, "-2147483648"), "v");
    assert_int_equal(w->r.rc, ERR_DATA);
}

static void test_bool(void **state)
{
    static const char *const yes[] = {"true", "\"true\"", "\"True\"", "1"};
    static const char *const no[] = {"false", "\"false\"", "\"FALSE\"", "0"};
    static const char *const bad[] = {
        "null", "2", "-1", "1.0", "\"1\"", "\"yes\"", "\"\"", "[]", "\"true\\u0000\""};
    struct world *w = *state;

    for (size_t i = 0; i < 4; i++) {
        assert_true(jr_need_bool(with(w, yes[i]), "v"));
        assert_int_equal(w->r.rc, 0);
        assert_false(jr_need_bool(with(w, no[i]), "v"));
        assert_int_equal(w->r.rc, 0);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        jr_need_bool(with(w, bad[i]), "v");
        if (w->r.rc != ERR_DATA)
            fail_msg("%s was taken for a truth value", bad[i]);
    }
}

static void test_time(void **state)
{
    static const char *const none[] = {
        "null", "\"\"", "\"soon\"", "12", "\"0001-01-01T00:00:00\"", "\"2026-13-01T00:00:00Z\"",
        "{}"};
    struct world *w = *state;
    int offset = 1;

    /* 2026-03-04T06:05:09Z, by date -u +%s */
    assert_int_equal(jr_time(with(w, "\"2026-03-04T01:05:09.00-05:00\""), "v", &offset),
                     1772604309);
    assert_int_equal(offset, -5 * 3600);
    assert_int_equal(jr_time(with(w, "\"03/04/2026 06:05:09\""), "v", &offset), 1772604309);
    assert_int_equal(offset, 0);
    assert_int_equal(jr_time(with(w, "\"2026-03-04T06:05:09.1234567Z\""), "v", NULL), 1772604309);
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        offset = 1;
        assert_true(jr_time(with(w, none[i]), "v", &offset) == TIME_NONE);
        assert_int_equal(offset, 0);
        assert_int_equal(w->r.rc, 0);
    }
}

static void test_containers(void **state)
{
    struct world *w = *state;

    assert_int_equal(json_array_size(jr_array(with(w, "[1,2]"), "v", 2)), 2);
    assert_int_equal(w->r.rc, 0);
    assert_null(jr_array(with(w, "[1,2,3]"), "v", 2));
    assert_int_equal(w->r.rc, ERR_DATA);
    assert_null(jr_array(with(w, "null"), "v", 2));
    assert_int_equal(w->r.rc, 0);
    assert_null(jr_array(with(w, "{}"), "v", 2));
    assert_int_equal(w->r.rc, ERR_DATA);
    assert_non_null(jr_object(with(w, "{}"), "v"));
    assert_int_equal(w->r.rc, 0);
    assert_null(jr_object(with(w, "[]"), "v"));
    assert_int_equal(w->r.rc, ERR_DATA);
}

static void test_first_failure_stays(void **state)
{
    struct jr *r = object(*state, "{\"a\":\"x\",\"b\":1}");

    jr_int(r, "a", 0, 9, 0);
    assert_int_equal(r->rc, ERR_DATA);
    assert_int_equal(jr_int(r, "b", 0, 9, 0), 1);
    assert_int_equal(r->rc, ERR_DATA);
}

static void test_add_failed(void **state)
{
    (void)state;
    assert_int_equal(jr_add_failed(10, 10), ERR_TOOBIG);
    assert_int_equal(jr_add_failed(9, 10), ERR_NOMEM);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_names),
        TEST(test_no_object),
        TEST(test_text),
        TEST(test_need_text),
        TEST(test_int),
        TEST(test_counts_and_days),
        TEST(test_bool),
        TEST(test_time),
        TEST(test_containers),
        TEST(test_add_failed),
        TEST(test_text_needs_room),
        TEST(test_first_failure_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
