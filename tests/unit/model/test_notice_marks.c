#include "cells.h"

#include "base/err.h"
#include "model/account.h"
#include "model/notice_marks.h"

static void test_set(void **state)
{
    const uint64_t loaded[] = {9, 3, 9, UINT64_MAX, 0};
    struct notice_marks m;
    bool twin[64] = {false};
    uint32_t seed = 2;

    (void)state;
    notice_marks_init(&m);
    for (int i = 0; i < 3000; i++) {
        uint64_t id = dice(&seed, 64);
        bool read = dice(&seed, 2) == 0;
        size_t count = 0;

        assert_int_equal(notice_marks_set(&m, id, read), 0);
        twin[id] = read;
        for (size_t k = 0; k < 64; k++) {
            assert_int_equal(notice_marks_has(&m, k), twin[k]);
            count += twin[k];
        }
        assert_int_equal(m.count, count);
    }
    assert_int_equal(notice_marks_load(&m, loaded, 5), 0);
    assert_int_equal(m.count, 4);
    assert_true(notice_marks_has(&m, UINT64_MAX) && notice_marks_has(&m, 0));
    assert_int_equal(notice_marks_set(&m, 5, true), 0);
    assert_int_equal(m.ids[2], 5);
    assert_int_equal(notice_marks_load(&m, NULL, 0), 0);
    assert_int_equal(m.count, 0);
    notice_marks_release(&m);
}

static void test_notices(void **state)
{
    struct notice_marks m;
    struct notice_list l;
    uint64_t id;
    int worst;

    (void)state;
    notice_marks_init(&m);
    notice_list_init(&l);
    *notice_list_add(&l) =
        (struct notice){.event_id = "e1", .created = 5, .severity = SEVERITY_ERROR};
    *notice_list_add(&l) = (struct notice){.event_id = "e1",
                                           .created = 7,
                                           .severity = SEVERITY_WARNING,
                                           .customer_id = "oak1",
                                           .customer = "Oak"};
    *notice_list_add(&l) = (struct notice){.event_id = "e1", .created = 6, .customer_id = "elm7"};
    notice_list_finish(&l);
    assert_string_equal(l.rows[0].customer_id, "oak1");
    assert_true(l.rows[0].id != l.rows[1].id && l.rows[0].id != l.rows[2].id);
    assert_columns(&notice_row_type, "created severity critical title description component "
                                     "event_id detail_uri read customer_id customer");
    assert_cell(&notice_row_type, &l.rows[0], "customer", "Oak");
    assert_int_equal(notice_list_unread(&l, NULL, &worst), 3);
    assert_int_equal(worst, SEVERITY_ERROR);
    assert_int_equal(notice_list_unread(&l, "oak1", &worst), 1);
    assert_int_equal(worst, SEVERITY_WARNING);
    id = l.rows[2].id;
    assert_int_equal(notice_marks_set(&m, id, true), 0);
    notice_list_mark(&l, &m);
    assert_cell(&notice_row_type, &l.rows[2], "read", "true");
    assert_int_equal(notice_list_unread(&l, NULL, &worst), 2);
    assert_int_equal(worst, SEVERITY_WARNING);
    assert_int_equal(notice_marks_set(&m, 1, true), 0);
    assert_int_equal(notice_marks_set_all(&m, &l, true), 0);
    notice_list_mark(&l, &m);
    assert_int_equal(notice_list_unread(&l, NULL, &worst), 0);
    assert_int_equal(worst, -1);
    assert_int_equal(m.count, 4);
    notice_marks_prune(&m, &l);
    assert_int_equal(m.count, 3);
    /* The next reading of the list: the same ids. */
    notice_list_release(&l);
    *notice_list_add(&l) = (struct notice){.event_id = "e1", .created = 8};
    *notice_list_add(&l) = (struct notice){.event_id = "e2", .created = 9};
    notice_list_finish(&l);
    notice_list_mark(&l, &m);
    assert_true(l.rows[1].read && !l.rows[0].read);
    assert_int_equal(notice_marks_set_all(&m, &l, false), 0);
    assert_int_equal(m.count, 2);
    notice_list_release(&l);
    notice_marks_release(&m);
}

static void test_full(void **state)
{
    struct notice_marks m;
    struct notice_list l;
    uint64_t *ids = calloc(NOTICE_MARKS_MAX, sizeof(*ids));

    (void)state;
    assert_non_null(ids);
    for (size_t i = 0; i < NOTICE_MARKS_MAX; i++)
        ids[i] = i;
    notice_marks_init(&m);
    assert_int_equal(notice_marks_load(&m, ids, NOTICE_MARKS_MAX), 0);
    assert_int_equal(notice_marks_set(&m, UINT64_MAX, true), ERR_TOOBIG);
    notice_list_init(&l);
    notice_list_add(&l)->title = "new";
    notice_list_finish(&l);
    assert_int_equal(notice_marks_set_all(&m, &l, true), 0);
    assert_int_equal(m.count, 1);
    assert_true(notice_marks_has(&m, l.rows[0].id));
    notice_list_release(&l);
    notice_marks_release(&m);
    free(ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_notices),
        cmocka_unit_test(test_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
