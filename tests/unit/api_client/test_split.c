/* The splitter: what it hands on, independent of the pieces it is fed with, and what it refuses. */
#include "api_client/split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

/* The sink writes down what it got, one line a call. */
struct record {
    struct buf log;
    int refuse; /* what the next element is answered with */
};

static int on_list(void *ctx, enum split_list kind, struct err *err)
{
    static const char *const words[] = {"list", "null", "bare"};

    (void)err;
    return buf_addf(&((struct record *)ctx)->log, "%s|", words[kind]);
}

static int on_element(void *ctx, const char *json, size_t len, struct err *err)
{
    struct record *r = ctx;

    if (r->refuse != 0)
        err_why(err, "refused");
    buf_addf(&r->log, "e %.*s|", (int)len, json);
    return r->refuse;
}

static int on_member(void *ctx, const char *name, const char *json, size_t len, struct err *err)
{
    (void)err;
    return buf_addf(&((struct record *)ctx)->log, "m %s %.*s|", name, (int)len, json);
}

static int on_whole(void *ctx, const char *json, size_t len, struct err *err)
{
    (void)err;
    return buf_addf(&((struct record *)ctx)->log, "w %.*s|", (int)len, json);
}

static int on_next(void *ctx, struct err *err)
{
    (void)err;
    return buf_addf(&((struct record *)ctx)->log, "next|");
}

static const struct split_sink sink = {.list = "items",
                                       .on_list = on_list,
                                       .on_element = on_element,
                                       .on_member = on_member,
                                       .on_whole = on_whole};

/* Splits TEXT in pieces of STEP bytes, each in memory of its own size so that a sanitizer sees a
 * read past it. */
static int split_text(const struct split_sink *with, const struct split_limits *limits,
                      const char *text, size_t len, size_t step, struct record *r, struct err *err)
{
    struct split_sink k = *with;
    struct split *s;
    int rc = 0;

    buf_reset(&r->log);
    k.ctx = r;
    s = split_new(&k, limits);
    assert_non_null(s);
    for (size_t i = 0; i < len && rc == 0; i += step) {
        size_t n = len - i < step ? len - i : step;
        char *piece = malloc(n);

        assert_non_null(piece);
        memcpy(piece, text + i, n);
        rc = split_feed(s, piece, n, err);
        free(piece);
    }
    if (rc == 0)
        rc = split_end(s, err);
    split_free(s);
    return rc;
}

static void check_with(const struct split_sink *with, const char *text, const char *expected)
{
    struct record r = {0};
    struct err err = {0};
    size_t len = strlen(text);

    buf_init(&r.log, 1 << 20);
    for (size_t step = 1; step <= len; step++) {
        int rc = split_text(with, NULL, text, len, step, &r, &err);

        if (rc != 0 || strcmp(r.log.data, expected) != 0)
            fail_msg("step %zu: rc %d (%s), got %s", step, rc, err.why, r.log.data);
    }
    buf_release(&r.log);
}

static void check(const char *text, const char *expected)
{
    check_with(&sink, text, expected);
}

static void refuse_with(const struct split_sink *with, const char *text, const char *why)
{
    struct record r = {0};
    size_t len = strlen(text);

    buf_init(&r.log, 1 << 20);
    for (size_t step = 1; step <= (len > 0 ? len : 1); step++) {
        struct err err = {0};
        int rc = split_text(with, NULL, text, len, step, &r, &err);

        if (rc != ERR_DATA || err.code != ERR_DATA || strstr(err.why, why) == NULL)
            fail_msg("%s, step %zu: rc %d, why \"%s\"", text, step, rc, err.why);
    }
    buf_release(&r.log);
}

static void refuse(const char *text, const char *why)
{
    refuse_with(&sink, text, why);
}

static void test_lists(void **state)
{
    (void)state;
    check("{\"items\":[]}", "list|");
    check("{\"items\":[{\"a\":1}]}", "list|e {\"a\":1}|");
    check(" {\r\n\"items\" : [ 1 ,\t\"x\", null , [] ,{} ] } \n",
          "list|e 1|e \"x\"|e null|e []|e {}|");
    check("{\"a\":\"x\",\"items\":[true],\"b\":{\"items\":[9]}}",
          "m a \"x\"|list|e true|m b {\"items\":[9]}|");
    check("{\"ITEMS\":[1]}", "list|e 1|");
    check("{\"items\":null,\"n\":null}", "null|m n null|");
    check("{\"Item\":[1],\"itemss\":[2],\"\":3}", "m Item [1]|m itemss [2]|m  3|");
    check("{}", "");
}

static void test_strings(void **state)
{
    (void)state;
    check("{\"items\":[{\"a\\\"}]\":\"]},{\\\\\"}, \"\\\\\\\"\", \"\\u0022\"]}",
          "list|e {\"a\\\"}]\":\"]},{\\\\\"}|e \"\\\\\\\"\"|e \"\\u0022\"|");
    check("{\"it\\\"ems\":\"12345678\\\"12345678\"}", "m it\\\"ems \"12345678\\\"12345678\"|");
    /* An escaped spelling of the list's name is not looked for. */
    check("{\"item\\u0073\":[1]}", "m item\\u0073 [1]|");
}

static void test_whole_documents(void **state)
{
    struct split_sink whole = {.on_whole = on_whole};

    (void)state;
    check_with(&whole, " {\"items\":[1,{}]} ", "w {\"items\":[1,{}]}|");
    check_with(&whole, "[1,2]", "w [1,2]|");
    check_with(&whole, "true", "w true|");
    check_with(&whole, " 14\n", "w 14|");
    check_with(&whole, "\"a b\"", "w \"a b\"|");
    check("14", "w 14|");
    check("null ", "w null|");
    check("[1,{\"a\":[]}]", "bare|e 1|e {\"a\":[]}|");
    check("[]", "bare|");
}

static void test_byte_order_mark(void **state)
{
    (void)state;
    check("\xef\xbb\xbf{\"items\":[1]}", "list|e 1|");
    check("\xef\xbb\xbf 7", "w 7|");
    refuse("\xef\xbb{}", "not JSON");
    refuse("{\xef\xbb\xbf}", "name is missing");
    refuse("\xef\xbb\xbf", "empty");
    refuse("\xff{}", "value is missing");
}

static void test_documents_in_a_row(void **state)
{
    struct split_sink pages = sink;
    struct record r = {0};
    struct split_sink k = sink;
    struct split *s;

    (void)state;
    pages.on_next = on_next;
    check_with(&pages, "{\"items\":[1]}\n\xef\xbb\xbf{\"items\":[2]}{\"a\":3}",
               "list|e 1|next|list|e 2|next|m a 3|");
    refuse_with(&pages, "{\"items\":[1]}{\"items\":[2]", "in the middle (at byte 12)");
    buf_init(&r.log, 1 << 20);
    k.ctx = &r;
    s = split_new(&k, NULL);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(split_feed(s, "{\"items\":[1]}", 13, NULL), 0);
        assert_int_equal(split_end(s, NULL), 0);
    }
    assert_string_equal(r.log.data, "list|e 1|list|e 1|");
    split_free(s);
    buf_release(&r.log);
}

static void test_refusals(void **state)
{
    (void)state;
    refuse("", "empty");
    refuse(" \n ", "empty");
    refuse("<!DOCTYPE html>", "the answer is a web page, not data");
    refuse("  <html>", "web page, not data (at byte 3)");
    refuse("{\"items\":[1 2]}", "comma or the end of the list");
    refuse("{\"items\":[1,]}", "value is missing");
    refuse("{\"items\":[,1]}", "value is missing");
    refuse("{\"items\":[1}", "comma or the end of the list");
    refuse("{\"items\":[{\"a\":1]]}", "other kind");
    refuse("{\"items\":[[1}]}", "other kind");
    refuse("{\"items\":[1]]", "comma or the end");
    refuse("{\"items\":[1]} x", "follows");
    refuse("{\"items\":[1]}{", "follows");
    refuse("{\"items\":[1]\"a\":2}", "comma");
    refuse("{\"items\":[1],}", "name is missing");
    refuse("{items:[1]}", "name is missing");
    refuse("{\"items\" [1]}", "colon");
    refuse("{\"a\":}", "value is missing");
    refuse("{\"items\":{}}", "something else");
    refuse("{\"items\":0}", "something else");
    refuse("{\"items\":nul}", "something else");
    refuse("{\"items\":[1],\"items\":[2]}", "twice");
    refuse("{\"Items\":null,\"items\":[2]}", "twice");
    refuse("{\"a\nb\":1}", "control character");
    refuse("}", "value is missing");
    refuse("\x01", "value is missing");
    refuse("1 2", "follows");
}

/* The word at fault is where the error says. */
static void test_position(void **state)
{
    (void)state;
    refuse("{\"items\":[1;2]}", "(at byte 12)");
    refuse("{\"a\" 1}", "(at byte 6)");
}

static void test_truncated_everywhere(void **state)
{
    static const char text[] =
        "{\"customerId\":\"n\\\"x\",\"items\":[{\"a\":[1,-2.5e3]},\"b\",true],"
        "\"z\":{\"y\":null}}";
    size_t len = sizeof(text) - 1;
    struct record r = {0};
    struct err err;

    (void)state;
    buf_init(&r.log, 1 << 20);
    for (size_t n = 0; n < len; n++)
        for (size_t step = 1; step < 9; step++)
            assert_int_equal(split_text(&sink, NULL, text, n, step, &r, &err), ERR_DATA);
    assert_int_equal(split_text(&sink, NULL, text, len, 5, &r, &err), 0);
    buf_release(&r.log);
}

static int split_bytes(const struct split_limits *limits, const struct buf *text, size_t step)
{
    struct record r = {0};
    int rc;

    buf_init(&r.log, 32 << 20);
    rc = split_text(&sink, limits, text->data, text->len, step, &r, NULL);
    buf_release(&r.log);
    return rc;
}

static int nested(int depth, size_t step)
{
    struct buf text;
    int rc;

    buf_init(&text, 4 << 20);
    buf_addstr(&text, "{\"items\":[");
    for (int i = 2; i < depth; i++)
        buf_addc(&text, '[');
    for (int i = 2; i < depth; i++)
        buf_addc(&text, ']');
    buf_addstr(&text, "]}");
    rc = split_bytes(NULL, &text, step);
    buf_release(&text);
    return rc;
}

static void test_depth(void **state)
{
    (void)state;
    assert_int_equal(nested(SPLIT_DEPTH_MAX, 1), 0);
    assert_int_equal(nested(SPLIT_DEPTH_MAX, 4096), 0);
    assert_int_equal(nested(SPLIT_DEPTH_MAX + 1, 1), ERR_DATA);
    assert_int_equal(nested(SPLIT_DEPTH_MAX + 1, 4096), ERR_DATA);
    assert_int_equal(nested(1000000, 65536), ERR_DATA);
}

static int sized(size_t element, size_t step, const struct split_limits *limits)
{
    struct buf text;
    int rc;

    buf_init(&text, 32 << 20);
    buf_addstr(&text, "{\"items\":[\"");
    for (size_t i = 2; i < element; i++)
        buf_addc(&text, 'x');
    buf_addstr(&text, "\",1]}");
    rc = split_bytes(limits, &text, step);
    buf_release(&text);
    return rc;
}

static void test_sizes(void **state)
{
    const struct split_limits small = {.piece = 100}, one = {.document = 1000};

    (void)state;
    for (size_t step = 1; step < 300; step += 7) {
        assert_int_equal(sized(100, step, &small), 0);
        assert_int_equal(sized(101, step, &small), ERR_TOOBIG);
        assert_int_equal(sized(1000 - 14, step, &one), 0);
        assert_int_equal(sized(1000 - 13, step, &one), ERR_TOOBIG);
    }
    assert_int_equal(sized(SPLIT_PIECE_MAX, 65536, NULL), 0);
    assert_int_equal(sized(SPLIT_PIECE_MAX, 1 << 24, NULL), 0);
    assert_int_equal(sized(SPLIT_PIECE_MAX + 1, 65536, NULL), ERR_TOOBIG);
    assert_int_equal(sized(SPLIT_PIECE_MAX + 1, 1 << 24, NULL), ERR_TOOBIG);
}

static void test_name_size(void **state)
{
    struct buf text;

    (void)state;
    buf_init(&text, 4096);
    buf_addstr(&text, "{\"");
    for (int i = 0; i < SPLIT_NAME_MAX; i++)
        buf_addc(&text, 'n');
    buf_addstr(&text, "\":1}");
    assert_int_equal(split_bytes(NULL, &text, 10), 0);
    buf_reset(&text);
    buf_addstr(&text, "{\"n");
    for (int i = 0; i < SPLIT_NAME_MAX; i++)
        buf_addc(&text, 'n');
    buf_addstr(&text, "\":1}");
    assert_int_equal(split_bytes(NULL, &text, 10), ERR_TOOBIG);
    buf_release(&text);
}

static void test_failure_stays(void **state)
{
    struct record r = {.refuse = ERR_BUSY};
    struct split_sink k = sink;
    struct split *s;
    struct err err = {0};

    (void)state;
    buf_init(&r.log, 1 << 20);
    k.ctx = &r;
    s = split_new(&k, NULL);
    assert_int_equal(split_feed(s, "{\"items\":[1,2", 13, &err), ERR_BUSY);
    assert_string_equal(r.log.data, "list|e 1|");
    assert_string_equal(err.why, "refused (at byte 12)");
    r.refuse = 0;
    err_clear(&err);
    assert_int_equal(split_feed(s, "]}", 2, &err), ERR_BUSY);
    assert_string_equal(err.why, "refused (at byte 12)");
    assert_int_equal(split_end(s, NULL), ERR_BUSY);
    assert_string_equal(r.log.data, "list|e 1|");
    split_free(s);
    buf_release(&r.log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_whole_documents),
        cmocka_unit_test(test_byte_order_mark),
        cmocka_unit_test(test_documents_in_a_row),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_position),
        cmocka_unit_test(test_truncated_everywhere),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_name_size),
        cmocka_unit_test(test_failure_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
