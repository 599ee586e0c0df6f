#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The values of the reference implementation for the seed 1234567. */
static void it_is_splitmix64(void **state)
{
    static const uint64_t expected[] = {6457827717110365317U, 3203168211198807973U,
                                        9817491932198370423U, 4593380528125082431U,
                                        16408922859458223821U};
    struct rng r = rng_make(1234567);
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_true(rng_next(&r) == expected[i]);
}

static void ranges_hold_and_reach_their_ends(void **state)
{
    struct rng r = rng_make(1);
    unsigned seen = 0;
    (void)state;
    for (int i = 0; i < 1000; i++) {
        int64_t n = rng_between(&r, -2, 3);
        assert_true(n >= -2 && n <= 3);
        seen |= 1U << (n + 2);
        assert_true(rng_below(&r, 1) == 0);
        assert_true(rng_between(&r, INT64_MIN, INT64_MIN) == INT64_MIN);
        assert_true(rng_between(&r, INT64_MAX - 1, INT64_MAX) >= INT64_MAX - 1);
        (void)rng_between(&r, INT64_MIN, INT64_MAX);
    }
    assert_int_equal(seen, 0x3F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_splitmix64),
        cmocka_unit_test(ranges_hold_and_reach_their_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
