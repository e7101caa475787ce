#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/account.h"
#include "model/cloud_summary.h"
#include "model/column.h"
#include "model/customer_usage.h"
#include "model/deployment.h"
#include "model/finding.h"
#include "model/history.h"
#include "model/netscaler.h"
#include "model/server.h"
#include "model/server_detail.h"
#include "model/usage_parts.h"

static const struct row_type *const types[] = {
    &server_row_type,
    &usage_row_type,
    &netscaler_row_type,
    &customer_row_type,
    &notice_row_type,
    &cloud_month_row_type,
    &usage_gap_row_type,
    &usage_customer_row_type,
    &usage_server_row_type,
    &usage_customer_change_row_type,
    &usage_server_change_row_type,
    &history_row_type,
    &customer_usage_row_type,
    &deployment_row_type,
    &deployment_by_server_row_type,
    &deployment_server_row_type,
    &deployment_user_row_type,
    &cloud_customer_row_type,
    &cloud_tenant_row_type,
    &licence_row_type,
    &finding_row_type,
    &deployment_use_row_type,
};
#define TYPES (sizeof(types) / sizeof(types[0]))

static int order(const struct value *a, const struct value *b)
{
    int c = value_compare(a, b), back = value_compare(b, a);

    assert_int_equal((c > 0) - (c < 0), -((back > 0) - (back < 0)));
    return (c > 0) - (c < 0);
}

static int text_order(const char *a, const char *b)
{
    struct value va, vb;

    value_text(&va, a);
    value_text(&vb, b);
    return order(&va, &vb);
}

static void test_values(void **state)
{
    struct value v;

    (void)state;
    value_text(&v, NULL);
    assert_int_equal(v.kind, VALUE_NULL);
    value_text(&v, "ab");
    assert_int_equal(v.kind, VALUE_TEXT);
    assert_int_equal(v.len, 2);
    value_time(&v, TIME_NONE);
    assert_int_equal(v.kind, VALUE_NULL);
    value_time(&v, 0);
    assert_int_equal(v.kind, VALUE_TIME);
    value_bool(&v, true);
    assert_int_equal(v.num, 1);
}

static void test_compare(void **state)
{
    struct value null, text, a, b;

    (void)state;
    value_null(&null);
    value_text(&text, "zz");
    assert_int_equal(order(&null, &null), 0);
    assert_int_equal(order(&text, &null), -1);
    assert_int_equal(text_order("", "zz"), 1);
    assert_int_equal(text_order("abc", "ABD"), -1);
    assert_int_equal(text_order("\xc3\x89mile", "emilf"), -1);
    assert_int_equal(text_order("emile", "\xc3\x89mild"), 1);
    assert_int_equal(text_order("a", "ab"), -1);
    assert_int_equal(text_order("A", "a"), -1);
    assert_int_equal(text_order("a", "a"), 0);
    value_int(&a, INT64_MIN);
    value_int(&b, INT64_MAX);
    assert_int_equal(order(&a, &b), -1);
    value_time(&a, 5);
    value_time(&b, 5);
    assert_int_equal(order(&a, &b), 0);
}

static void test_list(void **state)
{
    struct buf scratch, out;
    struct value v;
    size_t at = 0;

    (void)state;
    buf_init(&scratch, 100);
    buf_init(&out, 100);
    value_list(&v, &scratch);
    assert_true(value_is_empty(&v));
    assert_null(value_item(&v, &at));
    value_list_add(&scratch, "");
    value_list_add(&scratch, "Cedar Clinic");
    value_list_add(&scratch, NULL);
    value_list_add(&scratch, "a; b\n");
    value_list(&v, &scratch);
    assert_string_equal(value_item(&v, &at), "Cedar Clinic");
    assert_string_equal(value_item(&v, &at), "a; b\n");
    assert_null(value_item(&v, &at));
    value_print(&v, &out);
    assert_string_equal(out.data, "Cedar Clinic; a; b\n");
    buf_release(&scratch);
    buf_release(&out);
}

static void test_print(void **state)
{
    struct buf out;
    struct value v;

    (void)state;
    buf_init(&out, 200);
    value_int(&v, INT64_MIN);
    value_print(&v, &out);
    assert_string_equal(out.data, "-9223372036854775808");
    buf_reset(&out);
    value_time(&v, 0);
    value_print(&v, &out);
    value_null(&v);
    value_print(&v, &out);
    value_bool(&v, false);
    value_print(&v, &out);
    assert_string_equal(out.data, "1970-01-01T00:00:00Zfalse");
    buf_release(&out);
}

static void test_lookup(void **state)
{
    const struct column *c = server_row_type.columns;
    struct err err;
    size_t i = 99;

    (void)state;
    assert_int_equal(column_find(&server_row_type, "fqdn"), 1);
    assert_int_equal(column_find(&server_row_type, "FQDN"), -1);
    assert_int_equal(column_lookup(&server_row_type, "Severity and", 8, &i, &err), 0);
    assert_string_equal(c[i].name, "severity");
    i = 99;
    assert_int_equal(column_lookup(&server_row_type, "sevrity", 7, &i, &err), ERR_USAGE);
    assert_int_equal(i, 99);
    assert_non_null(strstr(err.what, "\"sevrity\""));
    assert_non_null(strstr(err.next, "\"severity\""));
    assert_int_equal(column_lookup(&server_row_type, "xyzzy", 5, &i, &err), ERR_USAGE);
    assert_non_null(strstr(err.next, "host_id fqdn"));
    assert_non_null(strstr(err.next, "customers"));
    assert_int_equal(column_lookup(&server_row_type, "", 0, &i, NULL), ERR_USAGE);
}

static void test_server_columns_are_the_contract(void **state)
{
    static const char *const names[] = {
        "host_id", "fqdn",           "status", "severity", "last_reported", "age_hours",
        "expires", "days_to_expire", "free",   "ccu",      "messages",      "customers",
    };

    (void)state;
    assert_int_equal(server_row_type.count, sizeof(names) / sizeof(names[0]));
    for (size_t i = 0; i < server_row_type.count; i++)
        assert_string_equal(server_row_type.columns[i].name, names[i]);
}

static void check_column(const struct row_type *type, size_t i)
{
    const struct column *c = &type->columns[i];

    assert_true(c->name[0] >= 'a' && c->name[0] <= 'z');
    assert_int_equal(strspn(c->name, "abcdefghijklmnopqrstuvwxyz_0123456789"), strlen(c->name));
    assert_non_null(c->title);
    assert_true(strlen(c->help) > 3 && c->help[strlen(c->help) - 1] != '.');
    assert_non_null(c->get);
    assert_int_not_equal(c->kind, VALUE_NULL);
    assert_true(c->min_width >= 1 && c->min_width <= c->max_width);
    assert_int_equal(column_find(type, c->name), (int)i);
}

static void test_every_table(void **state)
{
    (void)state;
    for (size_t t = 0; t < TYPES; t++) {
        size_t screen[COLUMNS_MAX], count, commas = 0, cells = 2;

        assert_true(types[t]->count <= COLUMNS_MAX);
        for (size_t i = 0; i < types[t]->count; i++)
            check_column(types[t], i);
        for (const char *p = types[t]->screen; *p != '\0'; p++)
            commas += *p == ',';
        count = column_screen(types[t], screen, COLUMNS_MAX);
        assert_int_equal(count, commas + 1);
        assert_int_equal(column_screen(types[t], screen, 1), 1);
        column_screen(types[t], screen, COLUMNS_MAX);
        /* At their narrowest, with two blanks between and a mark in front, they fit 80 cells, but
         * for those that give way first: these are to the right, and the heading says so. */
        for (size_t i = 0; i < count; i++) {
            const struct column *c = &types[t]->columns[screen[i]];

            assert_int_equal(c->flags & COLUMN_HIDDEN, 0);
            cells += c->give < 5 ? c->min_width + 2U : 0;
        }
        assert_true(cells <= 80);
        assert_non_null(types[t]->id);
    }
}

/* A zeroed row with only its key must be printable by every column. */
static void test_empty_rows(void **state)
{
    static const struct server server = {.host_id = "h"};
    static const struct usage_feature feature = {.feature_id = "F", .term = -1};
    static const struct netscaler netscaler = {.host_id = "h"};
    static const struct customer customer = {.id = "c"};
    static const struct notice notice = {.id = 1};
    static const struct cloud_month month = {.term = -1};
    static const struct usage_customer_row customer_row = {.f = {.feature_id = "F"}};
    static const struct usage_server_row server_row = {.f = {.feature_id = "F"}};
    static const struct history_row history = {.term = -1};
    static const struct customer_usage use = {.term = -1};
    static const struct deployment deployment = {.product = "P"};
    static const struct deployment_server host = {.fqdn = "h"};
    static const struct deployment_user user = {.user = "u"};
    static const struct cloud_customer cloud = {.customer_id = "c"};
    static const struct cloud_tenant tenant = {.users = 1};
    static const struct licence licence = {.name = NULL};
    static const struct finding finding = {.text = "t"};
    static const struct deployment_use activity = {.fqdn = "h"};
    const void *const rows[TYPES] = {
        &server,  &feature,      &netscaler,  &customer,     &notice,     &month,
        &feature, &customer_row, &server_row, &customer_row, &server_row, &history,
        &use,     &deployment,   &deployment, &host,         &user,       &cloud,
        &tenant,  &licence,      &finding,    &activity};
    struct buf scratch, out;
    struct row_ctx ctx = {.now = 1000, .scratch = &scratch, .zone = "UTC"};

    (void)state;
    buf_init(&scratch, 1000);
    buf_init(&out, 100000);
    for (size_t t = 0; t < TYPES; t++) {
        for (size_t i = 0; i < types[t]->count; i++) {
            const struct column *c = &types[t]->columns[i];
            struct value v;
            size_t before = out.len;

            column_get(c, rows[t], &ctx, &v);
            assert_true(v.kind == c->kind || v.kind == VALUE_NULL);
            column_show(c, rows[t], &ctx, &out);
            assert_true(out.len > before);
        }
        types[t]->id(rows[t]);
    }
    ctx.scratch = NULL;
    for (size_t t = 0; t < TYPES; t++) {
        for (size_t i = 0; i < types[t]->count; i++)
            column_show(&types[t]->columns[i], rows[t], &ctx, &out);
    }
    buf_release(&scratch);
    buf_release(&out);
}

static void show(void (*get)(const void *, const struct row_ctx *, struct value *), const void *row,
                 const char *expected)
{
    struct column c = {.name = "x", .get = get};
    struct buf scratch, out;
    struct row_ctx ctx = {.now = 1000000, .scratch = &scratch, .zone = "UTC"};

    buf_init(&scratch, 100);
    buf_init(&out, 100);
    column_show(&c, row, &ctx, &out);
    assert_string_equal(out.data, expected);
    buf_release(&scratch);
    buf_release(&out);
}

static void get_number(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_int(out, *(const int64_t *)row);
}

static void get_yes(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_bool(out, *(const int64_t *)row != 0);
}

static void get_nothing(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)ctx;
    value_text(out, *(const int64_t *)row != 0 ? "" : NULL);
}

static void get_pair(const void *row, const struct row_ctx *ctx, struct value *out)
{
    (void)row;
    value_list_add(ctx->scratch, "a");
    value_list_add(ctx->scratch, "b");
    value_list(out, ctx->scratch);
}

static void test_show(void **state)
{
    int64_t n = -1234567, zero = 0;

    (void)state;
    show(get_number, &n, "-1 234 567");
    show(get_yes, &n, "yes");
    show(get_yes, &zero, "no");
    show(get_nothing, &n, "-");
    show(get_nothing, &zero, "-");
    show(get_pair, &n, "a, b");
}

static void test_show_days_and_age(void **state)
{
    struct buf out;

    (void)state;
    buf_init(&out, 200);
    column_show_age(1000, 990, &out);
    buf_addc(&out, '|');
    column_show_age(90000, 0, &out);
    buf_addc(&out, '|');
    column_show_age(90000, TIME_NONE, &out);
    assert_string_equal(out.data, "just now|1 d ago|never");
    buf_reset(&out);
    column_show_days(9, TIME_NONE, &out);
    buf_addc(&out, '|');
    column_show_days(-7, 0, &out);
    buf_addc(&out, '|');
    column_show_days(0, 0, &out);
    buf_addc(&out, '|');
    column_show_days(INT32_MIN, 0, &out);
    buf_addc(&out, '|');
    column_show_days(INT32_MIN, TIME_NONE, &out);
    assert_string_equal(out.data, "in 9 d|7 d ago|today|1970-01-01|-");
    buf_release(&out);
}

static void test_row_hash(void **state)
{
    static const char *const parts[][2] = {
        {"ab", "c"}, {"a", "bc"}, {"", "abc"}, {NULL, "abc"}, {"abc", ""},    {"abc", NULL},
        {NULL, ""},  {"", NULL},  {"", ""},    {NULL, NULL},  {"\x01", NULL},
    };
    const size_t count = sizeof(parts) / sizeof(parts[0]);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++)
            assert_int_equal(row_hash(parts[i], 2) == row_hash(parts[j], 2), i == j);
    }
    /* FNV-1a of no bytes, by its definition. */
    assert_true(row_hash(NULL, 0) == 0xcbf29ce484222325U);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),      cmocka_unit_test(test_compare),
        cmocka_unit_test(test_list),        cmocka_unit_test(test_print),
        cmocka_unit_test(test_lookup),      cmocka_unit_test(test_server_columns_are_the_contract),
        cmocka_unit_test(test_every_table), cmocka_unit_test(test_empty_rows),
        cmocka_unit_test(test_show),        cmocka_unit_test(test_show_days_and_age),
        cmocka_unit_test(test_row_hash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
