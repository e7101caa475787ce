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
#include "model/account.h"

static void cell(const struct row_type *type, const void *row, const char *name,
                 const char *machine, const char *screen)
{
    const struct column *c = &type->columns[column_find(type, name)];
    struct buf scratch, out;
    struct row_ctx ctx = {.now = 86400, .scratch = &scratch, .zone = "UTC"};
    struct value v;

    buf_init(&scratch, 100);
    buf_init(&out, 100);
    column_get(c, row, &ctx, &v);
    value_print(&v, &out);
    assert_string_equal(out.data, machine);
    buf_reset(&out);
    column_show(c, row, &ctx, &out);
    assert_string_equal(out.data, screen);
    buf_release(&scratch);
    buf_release(&out);
}

static void test_customers(void **state)
{
    struct customer_list l;

    (void)state;
    customer_list_init(&l);
    *customer_list_add(&l) = (struct customer){.id = "cedar9", .name = "Cedar", .notifications = 2};
    *customer_list_add(&l) = (struct customer){.id = "oak1", .name = "", .notifications = -1};
    *customer_list_add(&l) = (struct customer){.id = "oak1", .notifications = 0};
    customer_list_finish(&l);
    assert_true(l.rows[1].row_id != l.rows[0].row_id && l.rows[1].row_id != l.rows[2].row_id);
    cell(&customer_row_type, &l.rows[0], "name", "Cedar", "Cedar");
    cell(&customer_row_type, &l.rows[1], "name", "", "oak1");
    cell(&customer_row_type, &l.rows[2], "name", "", "oak1");
    cell(&customer_row_type, &l.rows[0], "notifications", "2", "2");
    cell(&customer_row_type, &l.rows[1], "notifications", "", "-");
    assert_int_equal(customer_list_source(&l).count, 3);
    customer_list_release(&l);
}

static void test_states(void **state)
{
    struct state_list l;

    (void)state;
    state_list_init(&l);
    assert_null(state_list_find(&l, "licensing"));
    state_list_add(&l)->name = "xendesktop";
    state_list_add(&l);
    state_list_add(&l)->name = "Licensing";
    assert_ptr_equal(state_list_find(&l, "licensing"), &l.rows[2]);
    assert_null(state_list_find(&l, "licens"));
    state_list_release(&l);
}

static void test_notices(void **state)
{
    static const int64_t sorted[] = {300, 200, 200, 100, TIME_NONE};
    struct notice_list l;
    uint64_t id;

    (void)state;
    notice_list_init(&l);
    *notice_list_add(&l) = (struct notice){.event_id = "e1", .title = "a", .created = TIME_NONE};
    *notice_list_add(&l) = (struct notice){.event_id = "e2", .title = "b", .created = 200};
    *notice_list_add(&l) =
        (struct notice){.title = "c", .created = 300, .critical = true, .severity = SEVERITY_ERROR};
    *notice_list_add(&l) = (struct notice){.title = "d", .created = 100};
    *notice_list_add(&l) = (struct notice){.title = "c", .created = 200};
    notice_list_finish(&l);
    for (size_t i = 0; i < l.count; i++) {
        assert_true(l.rows[i].created == sorted[i]);
        for (size_t j = 0; j < i; j++)
            assert_true(l.rows[i].id != l.rows[j].id);
    }
    cell(&notice_row_type, &l.rows[0], "severity", "error", "critical");
    cell(&notice_row_type, &l.rows[0], "critical", "true", "yes");
    cell(&notice_row_type, &l.rows[3], "created", "1970-01-01T00:01:40Z", "00:01 yesterday");
    assert_int_equal(notice_row_type.severity(&l.rows[0]), 3);
    id = l.rows[4].id;
    notice_list_release(&l);
    /* An event keeps its id when its text or time changes. */
    *notice_list_add(&l) = (struct notice){.event_id = "e1", .title = "z", .created = 9};
    notice_list_finish(&l);
    assert_true(l.rows[0].id == id);
    notice_list_release(&l);
}

static void test_cloud(void **state)
{
    struct cloud_history l;
    struct cloud_ud ud;

    (void)state;
    cloud_ud_init(&ud);
    assert_false(ud.known);
    assert_int_equal(ud.days_to_expire, DAYS_NONE);
    ud.product = arena_strdup(&ud.arena, "XenDesktop");
    ud.known = true;
    cloud_ud_release(&ud);
    assert_false(ud.known);
    assert_null(ud.product);
    cloud_history_init(&l);
    *cloud_history_add(&l) = (struct cloud_month){.term = 2026 * 12 + 8, .assigned = 1234};
    *cloud_history_add(&l) = (struct cloud_month){.term = 2026 * 12 + 9, .newly = 7};
    cloud_history_finish(&l);
    assert_true(l.rows[0].id != l.rows[1].id);
    cell(&cloud_month_row_type, &l.rows[0], "term", "2026-09", "Sep 2026");
    cell(&cloud_month_row_type, &l.rows[0], "assigned", "1234", "1 234");
    cell(&cloud_month_row_type, &l.rows[1], "new", "7", "7");
    assert_int_equal(cloud_history_source(&l).count, 2);
    for (size_t i = l.count; i < CLOUD_MONTHS_MAX; i++)
        assert_non_null(cloud_history_add(&l));
    assert_null(cloud_history_add(&l));
    cloud_history_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_customers),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_notices),
        cmocka_unit_test(test_cloud),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
