#include "tests/unit/sandbox/ask.h"

static void times_are_spelled_with_offset_and_fraction(void **state)
{
    char s[STAMP_LEN];

    (void)state;
    assert_string_equal(stamp_iso(TEST_NOW, STAMP_UTC_Z, 0, 0, s), "2026-11-22T14:02:00Z");
    assert_string_equal(stamp_iso(TEST_NOW, STAMP_UTC_Z, 7, 1234567, s),
                        "2026-11-22T14:02:00.1234567Z");
    assert_string_equal(stamp_iso(TEST_NOW, -5 * 3600, 2, 1234567, s),
                        "2026-11-22T09:02:00.12-05:00");
    assert_string_equal(stamp_iso(TEST_NOW, 19800, 7, 5, s), "2026-11-22T19:32:00.0000005+05:30");
    assert_string_equal(stamp_iso(TEST_NOW, 0, 3, 9999999, s), "2026-11-22T14:02:00.999+00:00");
    assert_string_equal(stamp_iso(-1, 0, 0, 0, s), "1969-12-31T23:59:59+00:00");
}

static void terms_are_read_strictly(void **state)
{
    static const char *const bad[] = {"",        "2026",    "2026-1",  "2026-13",
                                      "2026-00", "2026/11", "2026-1x", "2026-011",
                                      " 026-11", "0000-01", "+026-11", "2026-11 "};
    char s[TERM_LEN];
    int term = -1;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        if (term_parse(bad[i], &term) == 0)
            fail_msg("'%s' was read", bad[i]);
    assert_int_equal(term, -1);
    assert_int_equal(term_parse("2026-11", &term), 0);
    assert_int_equal(term, 2026 * 12 + 10);
    assert_string_equal(term_text(term, s), "2026-11");
    assert_string_equal(term_text(term + 2, s), "2027-01");
}

static void terms_and_days_begin_at_midnight_utc(void **state)
{
    char s[STAMP_LEN];
    int term = 0;

    (void)state;
    assert_int_equal(term_parse("2024-03", &term), 0);
    assert_string_equal(stamp_iso(term_start(term), STAMP_UTC_Z, 0, 0, s), "2024-03-01T00:00:00Z");
    assert_string_equal(stamp_iso(term_start(term) - 1, STAMP_UTC_Z, 0, 0, s),
                        "2024-02-29T23:59:59Z");
    assert_int_equal(term_of(term_start(term)), term);
    assert_int_equal(term_of(term_start(term) - 1), term - 1);
    assert_int_equal(day_of(TEST_NOW), 22);
    assert_string_equal(stamp_iso(day_start(TEST_NOW), STAMP_UTC_Z, 0, 0, s),
                        "2026-11-22T00:00:00Z");
    assert_true(day_start(-1) == -86400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_spelled_with_offset_and_fraction),
        cmocka_unit_test(terms_are_read_strictly),
        cmocka_unit_test(terms_and_days_begin_at_midnight_utc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
