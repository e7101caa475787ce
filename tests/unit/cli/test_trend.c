#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/past.h"
#include "cli/trend.h"
#include "model/account.h"
#include "model/term.h"

enum { NOV = 2026 * 12 + 10 };

static struct history history;
static struct customer_list customers;
static struct buf out;

/* TOTAL users of one edition in TERM, a tenth of them free; half of them of one customer. */
static void month(int term, int64_t total)
{
    struct usage_customer parts[2] = {
        {.linked = true, .id = "pinewoodretail", .total = total / 2, .free = total / 10},
        {.linked = false, .total = total - total / 2, .free = 0},
    };
    struct usage_list l;
    struct usage_feature *f;

    usage_list_init(&l, term);
    f = usage_list_add(&l);
    f->feature_id = "XDT_PLT_UD";
    f->total = total;
    f->free = total / 10;
    f->customer_parts = parts;
    f->customer_part_count = 2;
    usage_list_finish(&l);
    assert_int_equal(history_add_usage(&history, &l, NULL), 0);
    usage_list_release(&l);
}

static int setup(void **state)
{
    struct gap_input in = {.now = INT64_C(1795442400), .zone = "UTC"};
    struct customer *c;

    (void)state;
    buf_init(&out, 1 << 16);
    history_init(&history);
    customer_list_init(&customers);
    c = customer_list_add(&customers);
    c->id = "quietcorp";
    c->name = "Quiet\x1b Corp";
    month(NOV - 3, 100);
    month(NOV - 1, 200);
    month(NOV, 180);
    assert_int_equal(history_mark(&history, &in), 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    history_release(&history);
    customer_list_release(&customers);
    buf_release(&out);
    return 0;
}

static int resolve(const char *edition, const char *customer, struct history_choice *choice,
                   struct err *err)
{
    const struct trend_choice wanted = {.edition = edition, .customer = customer};

    buf_reset(&out);
    return trend_resolve(&wanted, &history, &customers, NOV - 3, NOV, choice, &out, err);
}

static void test_resolve(void **state)
{
    struct history_choice choice;
    struct err err = {0};

    (void)state;
    assert_int_equal(resolve(NULL, NULL, &choice, &err), 0);
    assert_null(choice.feature_id);
    assert_string_equal(out.data, "All editions");
    assert_int_equal(resolve("xdt_plt_ud", "PineWoodRetail", &choice, &err), 0);
    assert_string_equal(choice.feature_id, "XDT_PLT_UD");
    assert_string_equal(choice.customer_id, "pinewoodretail");
    assert_string_equal(out.data, "pinewoodretail, Premium");
    assert_int_equal(resolve(NULL, "none", &choice, &err), 0);
    assert_ptr_equal(choice.customer_id, HISTORY_NOT_LINKED);
    /* In no month, but a customer all the same; its name is made harmless. */
    assert_int_equal(resolve(NULL, "quietcorp", &choice, &err), 0);
    assert_string_equal(out.data, "Quiet\\x1b Corp");
    choice.feature_id = "untouched";
    assert_int_equal(resolve("XDT_PLT", NULL, &choice, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "XDT_PLT_UD"));
    assert_string_equal(choice.feature_id, "untouched");
    assert_int_equal(resolve(NULL, "quietcrop", &choice, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "quietcorp"));
}

static void make_set(const struct history_choice *choice, const char *name, struct series_set *set)
{
    const struct trend_spec spec = {
        .name = name, .choice = *choice, .from = NOV - 3, .to = NOV, .zone = "UTC"};
    struct trend_list l;

    trend_list_init(&l);
    assert_int_equal(trend_list_build(&l, &history, &spec, NULL), 0);
    assert_int_equal(trend_list_set(&l, set), 0);
    trend_list_release(&l);
}

static void check_series(const char *customer, const int64_t paid[4], const int64_t free_users[4])
{
    static const enum point_state states[] = {POINT_WHOLE, POINT_MISSING, POINT_WHOLE,
                                              POINT_SO_FAR};
    struct history_choice choice;
    struct series_set set;
    struct err err = {0};

    assert_int_equal(resolve(NULL, customer, &choice, &err), 0);
    make_set(&choice, "x", &set);
    assert_int_equal(set.count, 4);
    assert_int_equal(set.series_count, 2);
    assert_true(set.stacked);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(series_at(&set, 0, i).state, states[i]);
        assert_int_equal(series_at(&set, 0, i).value, paid[i]);
        assert_int_equal(series_at(&set, 1, i).value, free_users[i]);
    }
    series_set_release(&set);
}

static void test_series(void **state)
{
    static const int64_t paid[] = {90, 0, 180, 162}, free_users[] = {10, 0, 20, 18};
    static const int64_t half[] = {40, 0, 80, 72}, none[] = {0, 0, 0, 0};
    static const int64_t rest[] = {50, 0, 100, 90};

    (void)state;
    check_series(NULL, paid, free_users);
    check_series("pinewoodretail", half, free_users);
    check_series("none", rest, none);
    check_series("quietcorp", none, none);
}

static void test_forms(void **state)
{
    struct trend_format f;
    struct history_choice choice;
    struct series_set set;
    struct err err = {0};

    (void)state;
    assert_int_equal(trend_format_parse(NULL, &f, &err), 0);
    assert_true(!f.rows && f.form == TREND_CHART);
    assert_int_equal(trend_format_parse("sentence", &f, &err), 0);
    assert_true(!f.rows && f.form == TREND_SENTENCE);
    assert_int_equal(trend_format_parse("tabel", &f, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "\"table\""));
    assert_int_equal(trend_format_parse("xml!", &f, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "jsonl"));
    assert_int_equal(f.form, TREND_SENTENCE);
    assert_int_equal(trend_format_parse("jsonl", &f, &err), 0);
    assert_true(f.rows && f.format == FORMAT_JSONL);
    assert_int_equal(resolve(NULL, NULL, &choice, &err), 0);
    make_set(&choice, "All", &set);
    for (int form = 0; form < TREND_FORMS; form++) {
        buf_reset(&out);
        assert_int_equal(trend_write(&out, &set, (enum trend_form)form, 60, CHART_GLYPHS_ASCII), 0);
        assert_true(out.len > 0);
        assert_int_equal(out.data[out.len - 1], '\n');
        for (size_t i = 0; i < out.len; i++)
            assert_true(out.data[i] == '\n' || (out.data[i] >= ' ' && out.data[i] < 127));
    }
    assert_non_null(
        strstr(out.data, "All rose from 100 in Aug to 200 in Oct, +100 %; Sep missing"));
    series_set_release(&set);
}

static void test_glyphs(void **state)
{
    (void)state;
    assert_int_equal(trend_glyphs("auto", "UTF-8"), CHART_GLYPHS_BLOCK);
    assert_int_equal(trend_glyphs("unicode", "UTF-8"), CHART_GLYPHS_BLOCK);
    assert_int_equal(trend_glyphs("ascii", "UTF-8"), CHART_GLYPHS_ASCII);
    assert_int_equal(trend_glyphs("auto", "ANSI_X3.4-1968"), CHART_GLYPHS_ASCII);
    assert_int_equal(trend_glyphs("unicode", "ISO-8859-1"), CHART_GLYPHS_ASCII);
}

static void test_spans_of_terms(void **state)
{
    static const bool flags[] = {true, false, true, true, false, true, true, true, false, true};

    (void)state;
    term_spans(&out, flags, 10, NOV - 9, 6);
    assert_string_equal(out.data, "2026-02, 2026-04, 2026-05, 2026-07 to 2026-09, 2026-11");
    buf_reset(&out);
    term_spans(&out, flags, 10, NOV - 9, 2);
    assert_string_equal(out.data, "2026-02, 2026-04, 2026-05 and 4 more");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_resolve, setup, teardown),
        cmocka_unit_test_setup_teardown(test_series, setup, teardown),
        cmocka_unit_test_setup_teardown(test_forms, setup, teardown),
        cmocka_unit_test(test_glyphs),
        cmocka_unit_test_setup_teardown(test_spans_of_terms, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
