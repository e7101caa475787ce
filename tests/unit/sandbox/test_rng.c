#include "tests/unit/sandbox/ask.h"

#include "sandbox/rng.h"

static void mix_is_splitmix64(void **state)
{
    (void)state;
    /* The first outputs of splitmix64 for seed 0, as published with the algorithm. */
    assert_true(rng_mix(0) == UINT64_C(0xe220a8397b1dcdaf));
    assert_true(rng_mix(UINT64_C(0x9e3779b97f4a7c15)) == UINT64_C(0x6e789e6aa1b965f4));
}

static void same_seed_same_numbers(void **state)
{
    struct rng a, b, c, d;
    int other_seed = 0, other_stream = 0;

    (void)state;
    rng_init(&a, 7, 1);
    rng_init(&b, 7, 1);
    rng_init(&c, 8, 1);
    rng_init(&d, 7, 2);
    for (int i = 0; i < 1000; i++) {
        uint64_t x = rng_next(&a);

        assert_true(x == rng_next(&b));
        other_seed += x == rng_next(&c);
        other_stream += x == rng_next(&d);
    }
    assert_int_equal(other_seed, 0);
    assert_int_equal(other_stream, 0);
}

static void numbers_stay_in_range_and_spread(void **state)
{
    unsigned seen[10] = {0};
    struct rng r;

    (void)state;
    rng_init(&r, 1, 1);
    for (int i = 0; i < 10000; i++) {
        double u = rng_unit(&r);

        seen[rng_below(&r, 10)]++;
        assert_true(u >= 0 && u < 1);
        assert_true(rng_below(&r, UINT64_C(1) << 40) < UINT64_C(1) << 40);
    }
    for (int i = 0; i < 10; i++)
        assert_in_range(seen[i], 850, 1150);
    assert_int_equal(rng_below(&r, 0), 0);
    assert_int_equal(rng_below(&r, 1), 0);
    assert_false(rng_per_mille(&r, 0));
    assert_true(rng_per_mille(&r, 1000));
}

static void guid_has_the_shape_of_version_4(void **state)
{
    char g[GUID_LEN];
    struct rng r;

    (void)state;
    rng_init(&r, 3, 3);
    for (int i = 0; i < 100; i++) {
        rng_guid(&r, g);
        assert_int_equal(strlen(g), 36);
        assert_int_equal(strspn(g, "0123456789abcdef-"), 36);
        assert_true(g[8] == '-' && g[13] == '-' && g[18] == '-' && g[23] == '-');
        assert_int_equal(g[14], '4');
        assert_non_null(strchr("89ab", g[19]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mix_is_splitmix64),
        cmocka_unit_test(same_seed_same_numbers),
        cmocka_unit_test(numbers_stay_in_range_and_spread),
        cmocka_unit_test(guid_has_the_shape_of_version_4),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
