#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/account.h"
#include "model/limits.h"
#include "model/netscaler.h"
#include "model/server.h"
#include "query_rows.h"

static const struct {
    const char *text, *ids;
} matches[] = {
    {"", "01234"},
    {" \t ", "01234"},
    /* words */
    {"lic", "01"},
    {"LIC0", "01"},
    {"muller", "0"},
    {"M\xc3\x9cLLER", "0"},
    {"M\xc3\xbcll", "0"},
    {"zoe", "0"},
    {"vpx-a", "2"},
    {"x.y", "4"},
    {"cedar", "024"},
    {"cedar clinic", "04"},
    {"nothing", ""},
    {"ok", ""},
    /* whole values */
    {"\"cedar\"", "2"},
    {"\"CEDAR CLINIC\"", "04"},
    {"\"lic\"", ""},
    {"\"and\"", "3"},
    {"\"foo (bar) \\\"q\\\"\"", "3"},
    /* and, or, not, parentheses */
    {"lic example", "01"},
    {"lic and example", "01"},
    {"lic AND muller", "0"},
    {"lic or cedar", "0124"},
    {"lic muller or vpx-a", "02"},
    {"vpx-a or lic muller", "02"},
    {"(lic or cedar) on=yes", "04"},
    {"on=yes (lic or cedar)", "04"},
    {"(lic)(muller)", "0"},
    {"not lic", "234"},
    {"!lic", "234"},
    {"! lic", "234"},
    {"!!lic", "01"},
    {"not not lic", "01"},
    {"NOT lic cedar", "24"},
    {"not (lic or cedar)", "3"},
    {"((((lic))))", "01"},
    {"android", ""},
    {"note", ""},
    {"a!b", ""},
    /* text columns */
    {"name=LIC01.EXAMPLE", "0"},
    {"name = lic01.example", "0"},
    {"name==lic01.example", "0"},
    {"NAME=lic01.example", "0"},
    {"name=lic", ""},
    {"name~lic", "01"},
    {"name!=lic01.example", "1234"},
    {"!name~lic", "234"},
    {"note=\"muller gmbh\"", "0"},
    {"note~\"a=b\"", "2"},
    {"note~a=b", "2"},
    {"note=a=b", "2"},
    {"note~(bar)", "3"},
    {"(note~(bar))", "3"},
    {"note~\\\"q", ""},
    {"note~\"\\\"q\\\"\"", "3"},
    {"name<b", "3"},
    {"name>=vpx-a", "24"},
    {"name>vpx-a", "4"},
    {"name<=and", "3"},
    {"name=and", "3"},
    /* null */
    {"note=null", "14"},
    {"note=NULL", "14"},
    {"note!=null", "023"},
    {"note=\"\"", "14"},
    {"n=null", "1"},
    {"n!=null", "0234"},
    {"t=null", "1"},
    {"items=null", "1"},
    {"items=\"null\"", "3"},
    {"n!=5", "1234"},
    {"n<1000", "0234"},
    {"not n<1000", "1"},
    {"note<zz", "023"},
    /* numbers */
    {"n=5", "0"},
    {"n=+5", "0"},
    {"n=-3", "2"},
    {"n>5", "34"},
    {"n>=5", "034"},
    {"n>0 n<=90", "034"},
    {"n > 0 n < 90", "04"},
    {"n>=-9223372036854775808", "0234"},
    {"n<9223372036854775807", "0234"},
    {"n~3", "24"},
    /* times: dates are days in UTC, whatever the user's zone */
    {"t=2026-10-01", "02"},
    {"t<2026-10-01", "3"},
    {"t<=2026-10-01", "023"},
    {"t>2026-10-01", "4"},
    {"t>=2026-10-01", "024"},
    {"t!=2026-10-01", "134"},
    {"t=2026-10", "02"},
    {"t>2026-10", "4"},
    {"t<2026-10", "3"},
    {"t=2026-10-01T23:59:59Z", "2"},
    {"t>2026-10-01T01:59:59+02:00", "024"},
    {"t=\"2026-10-01 00:00:00\"", "0"},
    {"t~2026-10-01t23", "2"},
    /* yes and no */
    {"on=yes", "034"},
    {"on=TRUE", "034"},
    {"on=no", "12"},
    {"on!=true", "12"},
    {"!on=yes", "12"},
    /* words with a rank */
    {"level=error", "1"},
    {"level=Warning", "24"},
    {"!level=ok", "1234"},
    {"level!=ok", "1234"},
    {"level>=warning", "124"},
    {"level>warning", "1"},
    {"level<warning", "03"},
    {"level<=information", "03"},
    {"level~inf", "3"},
    {"(level=error or level=warning)", "124"},
    {"level=null", ""},
    /* lists: any item */
    {"items=cedar", "2"},
    {"items=\"cedar clinic\"", "04"},
    {"items~clin", "04"},
    {"items!=cedar", "0134"},
    {"items=zoe", "0"},
};

static void test_matches(void **state)
{
    char ids[ROWS + 1];

    (void)state;
    for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
        const char *got = found(matches[i].text, ids);

        if (strcmp(got, matches[i].ids) != 0)
            fail_msg("%s: found %s, not %s", matches[i].text, got, matches[i].ids);
    }
}

static void test_is_all(void **state)
{
    struct query *q = NULL;

    (void)state;
    assert_true(query_is_all(NULL));
    assert_true(query_matches(NULL, &rows[0], &ctx));
    assert_int_equal(query_compile("  ", &demo_type, &q, NULL, NULL), 0);
    assert_true(query_is_all(q));
    query_free(q);
    assert_int_equal(query_compile("x", &demo_type, &q, NULL, NULL), 0);
    assert_false(query_is_all(q));
    query_free(q);
    query_free(NULL);
}

/* A condition whose truth is said here a second time, without the language. */
static bool truth_of(int condition, const struct demo *d)
{
    switch (condition) {
    case 0:
        return d->on;
    case 1:
        return d->n != DEMO_NONE && d->n > 4;
    case 2:
        return d->level == 2;
    case 3:
        return d->items[0] != NULL && strstr(d->items[0], "Cedar") != NULL;
    default:
        return d->n == DEMO_NONE;
    }
}

/* Writes a random expression and works out which rows it holds for, as bits. */
static unsigned expression(uint64_t *seed, int depth, struct buf *out)
{
    static const char *const texts[] = {"on=yes", "n>4", "level=warning", "cedar", "n=null"};
    static const char *const joins[] = {" ", " and ", " or ", " OR "};
    unsigned bits = 0, how = demo_random(seed, depth > 0 ? 6 : 1), condition = demo_random(seed, 5);

    if (how <= 1) {
        for (size_t i = 0; i < ROWS; i++)
            bits |= (unsigned)truth_of((int)condition, &rows[i]) << i;
        buf_addstr(out, texts[condition]);
    } else if (how == 2) {
        buf_addstr(out, demo_random(seed, 2) ? "!(" : "not (");
        bits = ~expression(seed, depth - 1, out);
        buf_addc(out, ')');
    } else {
        unsigned join = demo_random(seed, 4), right;

        buf_addc(out, '(');
        bits = expression(seed, depth - 1, out);
        buf_addc(out, ')');
        buf_addstr(out, joins[join]);
        buf_addc(out, '(');
        right = expression(seed, depth - 1, out);
        buf_addc(out, ')');
        bits = join < 2 ? bits & right : bits | right;
    }
    return bits & ((1U << ROWS) - 1);
}

static void test_random_expressions(void **state)
{
    uint64_t seed = 1;
    struct buf text;

    (void)state;
    buf_init(&text, 100000);
    for (int i = 0; i < 3000; i++) {
        struct query *q = NULL;
        unsigned expected, got = 0;

        buf_reset(&text);
        expected = expression(&seed, 5, &text);
        if (text.len > QUERY_TEXT_MAX)
            continue;
        assert_int_equal(query_compile(text.data, &demo_type, &q, NULL, NULL), 0);
        for (size_t r = 0; r < ROWS; r++)
            got |= (unsigned)query_matches(q, &rows[r], &ctx) << r;
        query_free(q);
        if (got != expected)
            fail_msg("%s: %x, not %x", text.data, got, expected);
    }
    buf_release(&text);
}

static void compile_all(const struct server_filter *f, size_t count, const struct row_type *type)
{
    for (size_t i = 0; i < count; i++) {
        struct query *q = NULL;
        char text[200];

        limits_text(&limits_product, f[i].query, text, sizeof(text));
        assert_null(strchr(text, '{'));
        assert_int_equal(query_compile(text, type, &q, NULL, NULL), 0);
        query_free(q);
    }
}

static void test_named_filters_compile(void **state)
{
    (void)state;
    assert_true(server_filter_count >= 7);
    compile_all(server_filters, server_filter_count, &server_row_type);
    compile_all(netscaler_filters, netscaler_filter_count, &netscaler_row_type);
    compile_all(notice_filters, notice_filter_count, &notice_row_type);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_is_all),
        cmocka_unit_test(test_random_expressions),
        cmocka_unit_test(test_named_filters_compile),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
