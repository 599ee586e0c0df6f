#include "base/buf.h"

#include <string.h>

#include "base/rng.h"
#include "base/testing.h"

TESTS_WITH_ARENA(1 << 20)

static void everything_that_can_be_added(void **state)
{
    struct buf b;
    (void)state;
    buf_init(&b, &arena, 0, 1000);
    assert_string_equal(buf_str(&b).data, "");
    buf_add(&b, "ab", 2);
    buf_add(&b, NULL, 0);
    buf_add_str(&b, STR_NONE);
    buf_add_text(&b, "c");
    buf_add_char(&b, ' ');
    buf_add_uint(&b, UINT64_MAX);
    buf_add_char(&b, ' ');
    buf_add_int(&b, INT64_MIN);
    buf_add_char(&b, ' ');
    buf_add_int(&b, 0);
    buf_addf(&b, " %s-%d", "x", 7);
    buf_addf(&b, "%s", "");
    assert_string_equal(buf_str(&b).data, "abc 18446744073709551615 -9223372036854775808 0 x-7");
    assert_int_equal(buf_str(&b).len, strlen(b.data));
    assert_false(b.overflowed);
}

/* Against a plain array: the same bytes, never above the cap, and overflow sticks. */
static void random_appends_agree_with_an_array(void **state)
{
    struct rng r = rng_make(1);
    (void)state;
    for (int round = 0; round < 2000; round++) {
        char model[600];
        size_t len = 0;
        bool over = false;
        struct buf b;
        size_t cap = rng_below(&r, 400);
        size_t first = rng_below(&r, cap + 1);
        arena_reset(&arena);
        buf_init(&b, &arena, first, cap);
        for (int i = 0; i < 20; i++) {
            char piece[64];
            size_t n = rng_below(&r, sizeof piece);
            memset(piece, 'a' + i, sizeof piece);
            piece[n] = '\0';
            if (rng_one_in(&r, 2))
                buf_add(&b, piece, n);
            else
                buf_addf(&b, "%s", piece);
            over = over || len + n > cap;
            if (!over) {
                memcpy(model + len, piece, n);
                len += n;
            }
            assert_int_equal(b.overflowed, over);
            assert_int_equal(b.len, len);
            assert_memory_equal(buf_str(&b).data, model, len);
            assert_true(!b.data || b.len < b.size);
            assert_int_equal(buf_str(&b).data[len], '\0');
        }
    }
}

static void want_of_memory_is_an_overflow(void **state)
{
    struct buf b;
    (void)state;
    arena_fail_after(1);
    buf_init(&b, &arena, 10, 100);
    assert_true(b.overflowed);
    buf_init(&b, &arena, 0, 100);
    arena_fail_after(1);
    assert_null(buf_reserve(&b, 1));
    assert_true(b.overflowed);
    buf_add_text(&b, "x");
    assert_int_equal(buf_str(&b).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(everything_that_can_be_added),
        ARENA_TEST(random_appends_agree_with_an_array),
        ARENA_TEST(want_of_memory_is_an_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
