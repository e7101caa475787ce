#include "api_client/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/clock.h"

static void test_status(void **state)
{
    static const int again[] = {408, 429, 500, 502, 503, 504, 520, 599};
    static const int never[] = {0, 200, 204, 301, 304, 400, 401, 403, 404, 409, 415, 501, 505, 600};

    (void)state;
    for (size_t i = 0; i < sizeof(again) / sizeof(again[0]); i++)
        assert_true(retry_status(again[i]));
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        assert_false(retry_status(never[i]));
}

static void test_retry_after(void **state)
{
    /* 1994-11-06T08:49:37Z, the example of RFC 9110. */
    const int64_t then = 784111777;

    (void)state;
    assert_int_equal(retry_after_ms("0", then), 0);
    assert_int_equal(retry_after_ms("7", then), 7000);
    assert_int_equal(retry_after_ms(" 7 ", then), 7000);
    assert_int_equal(retry_after_ms("1.5", then), 2000);
    assert_int_equal(retry_after_ms("300", then), 300000);
    assert_int_equal(retry_after_ms("301", then), 300000);
    assert_int_equal(retry_after_ms("99999999999999999999999999", then), 300000);
    assert_int_equal(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", then - 20), 20000);
    assert_int_equal(retry_after_ms("Sunday, 06-Nov-94 08:49:37 GMT", then - 20), 20000);
    assert_int_equal(retry_after_ms("Sun Nov  6 08:49:37 1994", then - 20), 20000);
    assert_int_equal(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", then + 20), 0);
    assert_int_equal(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", then - 86400), 300000);
    assert_int_equal(retry_after_ms("", then), -1);
    assert_int_equal(retry_after_ms("soon", then), -1);
    assert_int_equal(retry_after_ms("-5", then), -1);
    assert_int_equal(retry_after_ms("7 apples", then), -1);
    assert_int_equal(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", TIME_NONE), -1);
}

/* Full jitter: within 0 and the bound, and both halves of it are used. */
static void test_backoff(void **state)
{
    static const int64_t bounds[] = {1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
    struct retry r = {.attempts = 4, .base_ms = 1000, .random = 42};

    (void)state;
    for (int attempt = 1; attempt <= 8; attempt++) {
        int64_t bound = bounds[attempt - 1], least = bound, most = 0;

        for (int i = 0; i < 1000; i++) {
            int64_t ms = retry_delay_ms(&r, attempt, -1);

            assert_true(ms >= 0 && ms <= bound);
            least = ms < least ? ms : least;
            most = ms > most ? ms : most;
        }
        assert_true(least < bound / 10);
        assert_true(most > bound - bound / 10);
    }
    assert_true(retry_delay_ms(&r, 1000000, -1) <= 60000);
    r.base_ms = INT64_MAX;
    assert_true(retry_delay_ms(&r, 3, -1) <= 60000);
}

static void test_told(void **state)
{
    struct retry r = {.attempts = 4, .base_ms = 10, .random = 42};

    (void)state;
    for (int i = 0; i < 100; i++) {
        assert_in_range(retry_delay_ms(&r, 4, 5000), 5000, 5010);
        assert_in_range(retry_delay_ms(&r, 1, 0), 0, 10);
        assert_in_range(retry_delay_ms(&r, 1, INT64_MAX), 300000, 300010);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_retry_after),
        cmocka_unit_test(test_backoff),
        cmocka_unit_test(test_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
