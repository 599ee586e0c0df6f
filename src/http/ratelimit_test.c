#include "http/ratelimit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_allows_a_burst_then_a_rate(void **state)
{
    (void)state;
    struct ratelimit *limit = ratelimit_open(64, 2, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(ratelimit_take(limit, 7, 1, 1000), 0);
    assert_int_equal(ratelimit_take(limit, 7, 1, 1000), 1);
    assert_int_equal(ratelimit_take(limit, 7, 1, 1499), 1);
    assert_int_equal(ratelimit_take(limit, 7, 1, 1500), 0);
    assert_int_equal(ratelimit_take(limit, 7, 1, 1500), 1);
    ratelimit_close(limit);
}

static void test_never_holds_more_than_the_burst(void **state)
{
    (void)state;
    struct ratelimit *limit = ratelimit_open(64, 100, 2);
    assert_int_equal(ratelimit_take(limit, 7, 1, 0), 0);
    assert_int_equal(ratelimit_take(limit, 7, 2, 1000000), 0);
    assert_int_equal(ratelimit_take(limit, 7, 1, 1000000), 1);
    ratelimit_close(limit);
}

static void test_keeps_keys_apart_and_gives_back(void **state)
{
    (void)state;
    struct ratelimit *limit = ratelimit_open(64, 0.1, 1);
    assert_int_equal(ratelimit_take(limit, 1, 1, 0), 0);
    assert_int_equal(ratelimit_take(limit, 2, 1, 0), 0);
    assert_int_equal(ratelimit_take(limit, 1, 1, 0), 10);
    ratelimit_return(limit, 1, 1);
    assert_int_equal(ratelimit_take(limit, 1, 1, 0), 0);
    ratelimit_close(limit);
}

static void test_tells_how_long_to_wait(void **state)
{
    (void)state;
    struct ratelimit *limit = ratelimit_open(64, 0.5, 30);
    assert_int_equal(ratelimit_take(limit, 9, 30, 0), 0);
    assert_int_equal(ratelimit_take(limit, 9, 1, 0), 2);
    assert_int_equal(ratelimit_take(limit, 9, 30, 0), 60);
    assert_int_equal(ratelimit_take(limit, 9, 1, 1000), 1);
    ratelimit_close(limit);
}

/* A clock that goes back gives nothing and takes nothing. */
static void test_survives_a_clock_that_goes_back(void **state)
{
    (void)state;
    struct ratelimit *limit = ratelimit_open(64, 1, 1);
    assert_int_equal(ratelimit_take(limit, 1, 1, 5000), 0);
    assert_int_equal(ratelimit_take(limit, 1, 1, 1000), 1);
    assert_int_equal(ratelimit_take(limit, 1, 1, 5999), 1);
    assert_int_equal(ratelimit_take(limit, 1, 1, 6000), 0);
    ratelimit_close(limit);
}

/* Many other keys must not make it forget one that is out of tokens. */
static void test_remembers_the_exhausted_among_many(void **state)
{
    (void)state;
    struct ratelimit *limit = ratelimit_open(64, 0.001, 5);
    assert_int_equal(ratelimit_take(limit, 42, 5, 0), 0);
    for (uint64_t key = 1000; key < 101000; key++)
        ratelimit_take(limit, key, 1, 0);
    assert_true(ratelimit_take(limit, 42, 1, 0) > 0);
    ratelimit_close(limit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allows_a_burst_then_a_rate),
        cmocka_unit_test(test_never_holds_more_than_the_burst),
        cmocka_unit_test(test_keeps_keys_apart_and_gives_back),
        cmocka_unit_test(test_tells_how_long_to_wait),
        cmocka_unit_test(test_survives_a_clock_that_goes_back),
        cmocka_unit_test(test_remembers_the_exhausted_among_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
