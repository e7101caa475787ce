#include "cells.h"

#include "model/timeline.h"

enum { DAY = 86400, HOUR = 3600, MIDNIGHT = CELLS_NOW - CELLS_NOW % DAY };

static void cells_are(const struct report_seen *seen, size_t n, const char *expected)
{
    struct timeline t;

    assert_int_equal(timeline_make(&t, seen, n, CELLS_NOW, "UTC"), 0);
    assert_string_equal(t.cells, expected);
    assert_int_equal(t.reported + t.missed + t.unknown, TIMELINE_DAYS);
}

static void test_cells(void **state)
{
    const int64_t now = CELLS_NOW;
    /* One look: 13 days ago, none since; what was before is not known. */
    const struct report_seen silent[] = {{now, now - 13 * DAY}};
    const struct report_seen never[] = {{now, TIME_NONE}};
    const struct report_seen fresh[] = {{now, MIDNIGHT + 2 * HOUR}};
    /* Looked at on the 20th and now: the report of the 21st is only known by the second look. */
    const struct report_seen two[] = {{MIDNIGHT - 3 * DAY, MIDNIGHT - 6 * DAY + HOUR},
                                      {now, MIDNIGHT - 2 * DAY + HOUR}};
    const struct report_seen later[] = {{now + 1, now - DAY}};
    struct timeline t;
    struct buf out;

    (void)state;
    cells_are(NULL, 0, "???????????????????????????????");
    cells_are(silent, 1, "?????????????????#............?");
    cells_are(never, 1, "..............................?");
    cells_are(fresh, 1, "??????????????????????????????#");
    cells_are(two, 2, "????????????????????????#..?#.?");
    cells_are(later, 1, "???????????????????????????????");
    buf_init(&out, 200);
    assert_int_equal(timeline_make(&t, silent, 1, now, "UTC"), 0);
    assert_int_equal(t.longest, 13 * DAY);
    assert_true(t.longest_from == now - 13 * DAY && t.last == now - 13 * DAY);
    assert_int_equal(t.late, 12 * DAY);
    timeline_text(&t, &out);
    assert_string_equal(out.data, "1 of 31 days reported, 12 missed, 18 unknown; longest gap 13 d "
                                  "00 h; 12 d 00 h late");
    buf_reset(&out);
    assert_int_equal(timeline_make(&t, NULL, 0, now, "UTC"), 0);
    assert_int_equal(t.late, -1);
    timeline_text(&t, &out);
    assert_string_equal(out.data, "0 of 31 days reported, 0 missed, 31 unknown");
    assert_int_equal(timeline_make(&t, fresh, 1, now, "UTC"), 0);
    assert_int_equal(t.late, 0);
    buf_release(&out);
}

/* A report that the service told of after it had said there was none. */
static void test_late_news(void **state)
{
    const int64_t now = CELLS_NOW;
    const struct report_seen seen[] = {{now - DAY, now - 9 * DAY}, {now, now - 5 * DAY}};
    struct timeline t;

    (void)state;
    assert_int_equal(timeline_make(&t, seen, 2, now, "UTC"), 0);
    assert_int_equal(t.longest, 5 * DAY);
    assert_true(t.last == now - 5 * DAY);
}

/* Every quarter of an hour is asked for itself; observations are at 42 past. */
static void test_random(void **state)
{
    uint32_t seed = 9;

    (void)state;
    for (int round = 0; round < 1500; round++) {
        struct report_seen seen[12];
        size_t n = dice(&seed, 12);
        struct timeline t;

        for (size_t i = 0; i < n; i++) {
            seen[i].seen = CELLS_NOW - (int64_t)dice(&seed, 40 * 24) * HOUR;
            seen[i].reported = dice(&seed, 20) == 0
                                   ? TIME_NONE
                                   : seen[i].seen - (int64_t)dice(&seed, 8 * 24) * HOUR;
        }
        assert_int_equal(timeline_make(&t, seen, n, CELLS_NOW, "UTC"), 0);
        for (int d = 0; d < TIMELINE_DAYS; d++) {
            int64_t start = MIDNIGHT - (int64_t)(TIMELINE_DAYS - 1 - d) * DAY;
            bool reported = false, all = true;

            for (int64_t s = start; s < start + DAY; s += HOUR / 4) {
                bool without = false;

                for (size_t i = 0; i < n; i++) {
                    reported =
                        reported || (seen[i].reported >= start && seen[i].reported < start + DAY);
                    without = without || (seen[i].reported <= s && s < seen[i].seen);
                }
                all = all && without;
            }
            assert_int_equal(t.cells[d], reported ? '#' : all ? '.' : '?');
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_late_news),
        cmocka_unit_test(test_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
