#include "http/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_is_first_in_first_out_and_bounded(void **state)
{
    struct queue q;
    int items[3];
    (void)state;
    assert_true(queue_open(&q, 2));
    for (int round = 0; round < 3; round++) {
        assert_true(queue_reserve(&q, 0, 1000));
        assert_true(queue_reserve(&q, 0, 1000));
        assert_false(queue_reserve(&q, 0, 1000));
        queue_push(&q, &items[0], 0);
        queue_push(&q, &items[1], 0);
        assert_false(queue_reserve(&q, 0, 1000));
        assert_int_equal(queue_length(&q), 2);
        assert_ptr_equal(queue_pop(&q), &items[0]);
        assert_true(queue_reserve(&q, 0, 1000));
        queue_push(&q, &items[2], 0);
        assert_ptr_equal(queue_pop(&q), &items[1]);
        assert_ptr_equal(queue_pop(&q), &items[2]);
    }
    queue_close(&q);
}

static void test_refuses_while_its_head_is_old(void **state)
{
    struct queue q;
    int items[2];
    (void)state;
    assert_true(queue_open(&q, 8));
    assert_true(queue_reserve(&q, 100, 1000));
    queue_push(&q, &items[0], 100);
    assert_true(queue_reserve(&q, 1099, 1000));
    queue_push(&q, &items[1], 1099);
    assert_false(queue_reserve(&q, 1100, 1000));
    queue_pop(&q);
    assert_true(queue_reserve(&q, 1100, 1000));
    queue_push(&q, &items[0], 1100);
    queue_pop(&q);
    queue_pop(&q);
    assert_true(queue_reserve(&q, 900000, 1000));
    queue_close(&q);
}

static void test_hands_out_what_is_left_after_its_end(void **state)
{
    struct queue q;
    int item;
    (void)state;
    assert_true(queue_open(&q, 2));
    assert_true(queue_reserve(&q, 0, 1));
    queue_push(&q, &item, 0);
    queue_end(&q);
    assert_ptr_equal(queue_pop(&q), &item);
    assert_null(queue_pop(&q));
    assert_null(queue_pop(&q));
    queue_close(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_first_in_first_out_and_bounded),
        cmocka_unit_test(test_refuses_while_its_head_is_old),
        cmocka_unit_test(test_hands_out_what_is_left_after_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
