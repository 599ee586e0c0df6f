#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"

enum { PIECES = 200 };

/* Each piece is zeroed, aligned and its own: what is written into one does not show in others. */
static void pieces_do_not_touch(void **state)
{
    struct rng r = rng_make(1);
    struct arena a;
    (void)state;
    arena_init(&a, (size_t)1 << 20);
    for (int round = 0; round < 50; round++) {
        unsigned char *pieces[PIECES];
        size_t sizes[PIECES];
        for (int i = 0; i < PIECES; i++) {
            sizes[i] = rng_below(&r, rng_one_in(&r, 10) ? 5000 : 50);
            pieces[i] = arena_alloc(&a, sizes[i]);
            assert_non_null(pieces[i]);
            assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
            for (size_t k = 0; k < sizes[i]; k++)
                assert_int_equal(pieces[i][k], 0);
            memset(pieces[i], i + 1, sizes[i]);
        }
        for (int i = 0; i < PIECES; i++)
            for (size_t k = 0; k < sizes[i]; k++)
                assert_int_equal(pieces[i][k], i + 1);
        assert_true(a.total <= a.cap);
        arena_reset(&a);
    }
    arena_release(&a);
    assert_int_equal(a.total, 0);
}

static void a_copy_has_room_for_more(void **state)
{
    static const int32_t numbers[] = {1, -2, 3};
    static const unsigned char nothing[8];
    struct arena a;
    (void)state;
    arena_init(&a, 10000);
    memset(arena_raw(&a, 200), 0xEE, 200);
    arena_reset(&a);
    int32_t *copy = arena_array_of(&a, numbers, 3, 2, sizeof *numbers);
    assert_non_null(copy);
    assert_memory_equal(copy, numbers, sizeof numbers);
    assert_memory_equal(copy + 3, nothing, sizeof nothing);
    assert_non_null(arena_array_of(&a, NULL, 0, 0, 8));
    assert_null(arena_array_of(&a, numbers, 3, SIZE_MAX - 2, 1));
    assert_null(arena_array_of(&a, numbers, 3, SIZE_MAX / 4, 4));
    assert_null(arena_raw_array(&a, SIZE_MAX / 4 + 1, 4));
    assert_null(arena_array_of(&a, numbers, 3, 4000, 4));
    arena_release(&a);
}

static void the_cap_holds(void **state)
{
    struct arena a;
    size_t got = 0;
    (void)state;
    arena_init(&a, 10000);
    assert_null(arena_alloc(&a, 10001));
    while (arena_alloc(&a, 100))
        got += 100;
    assert_true(a.total <= 10000);
    assert_in_range(got, 8000, 10000);
    arena_reset(&a);
    assert_non_null(arena_alloc(&a, 100));
    arena_release(&a);
    assert_non_null(arena_alloc(&a, 9000));
    arena_release(&a);
    arena_init(&a, 0);
    assert_null(arena_alloc(&a, 1));
    arena_release(&a);
}

static void sizes_that_overflow_are_refused(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a, SIZE_MAX);
    assert_null(arena_alloc(&a, SIZE_MAX));
    for (size_t less = 0; less < 100; less++)
        assert_null(arena_alloc(&a, SIZE_MAX - less));
    assert_null(arena_array(&a, SIZE_MAX / 2, 3));
    assert_null(arena_array(&a, SIZE_MAX, SIZE_MAX));
    assert_null(arena_copy(&a, "", SIZE_MAX));
    assert_non_null(arena_array(&a, 0, SIZE_MAX));
    assert_non_null(arena_array(&a, SIZE_MAX, 0));
    arena_release(&a);
}

static void a_copy_ends_in_a_nul(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a, 4096);
    assert_string_equal(arena_copy(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_copy(&a, NULL, 0), "");
    arena_release(&a);
}

static void a_chosen_allocation_fails_once(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a, 4096);
    arena_fail_after(3);
    assert_non_null(arena_alloc(&a, 1));
    assert_non_null(arena_alloc(&a, 1));
    assert_null(arena_alloc(&a, 1));
    assert_non_null(arena_alloc(&a, 1));
    arena_release(&a);
}

static void what_came_behind_a_mark_is_forgotten(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 20);
    unsigned char *kept = arena_alloc(&a, 100);
    kept[99] = 7;
    struct arena_mark mark = arena_mark(&a);
    unsigned char *first = arena_alloc(&a, 16);
    arena_rewind(&a, mark);
    assert_ptr_equal(arena_alloc(&a, 16), first);
    size_t total = 0;
    for (int i = 0; i < 50; i++) {
        unsigned char *large = arena_alloc(&a, 10000);
        assert_non_null(large);
        assert_int_equal(large[9999], 0);
        large[9999] = 1;
        assert_non_null(arena_alloc(&a, 50000));
        arena_rewind(&a, mark);
        assert_true(i < 2 || a.total == total);
        total = a.total;
    }
    assert_int_equal(kept[99], 7);
    arena_release(&a);
}

/* Someone who needs, in pieces, less than what may be kept finds it in place from the third time
 * on.
 */
static void what_may_be_kept_is_kept(void **state)
{
    enum { PIECE = ARENA_KEEP_MAX / 10 };
    struct arena a;
    (void)state;
    arena_init(&a, (size_t)ARENA_KEEP_MAX * 8);
    for (int round = 0; round < 4; round++) {
        const struct arena_block *kept = a.block;
        for (int i = 0; i < 9; i++)
            assert_non_null(arena_alloc(&a, PIECE));
        assert_true(round < 2 || (a.block == kept && a.total == ARENA_KEEP_MAX));
        arena_reset(&a);
    }
    assert_non_null(arena_alloc(&a, (size_t)ARENA_KEEP_MAX + 1));
    arena_reset(&a);
    assert_int_equal(a.total, 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_came_behind_a_mark_is_forgotten),
        cmocka_unit_test(what_may_be_kept_is_kept),
        cmocka_unit_test(pieces_do_not_touch),
        cmocka_unit_test(a_copy_has_room_for_more),
        cmocka_unit_test(the_cap_holds),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(a_copy_ends_in_a_nul),
        cmocka_unit_test(a_chosen_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
