#include "plan/validate.h"

#include <string.h>

#include "base/testing.h"

TESTS_WITH_ARENA(1 << 24)

static const struct plan_span windows[] = {{100, 110}, {200, 210}, {400, 420}};
static const struct plan_day days[] = {{{0}, 0, 288, 0, 2, 0, 0}, {{1}, 288, 576, 2, 1, 0, 0}};
static const struct plan_task tasks[] = {{.work = 12, .due = 288, .weight = 3},
                                         {.work = 6, .due = 576, .weight = 5}};

static struct plan_input input(int32_t now)
{
    return (struct plan_input){.now = now,
                               .limit = {1, 1},
                               .pace = {1, 2},
                               .objective = PLAN_TASKS,
                               .day_count = 2,
                               .window_count = 3,
                               .task_count = 2,
                               .days = days,
                               .windows = windows,
                               .tasks = tasks};
}

static struct plan_check judge(struct plan_input in, const struct plan_block *blocks, int32_t n)
{
    struct ctx c = {.arena = &arena};
    struct plan_check out;
    assert_int_equal(plan_validate(&c, &arena, &in, blocks, n, &out), ST_OK);
    return out;
}

/* [100, 110) and [200, 202) of task 0, [400, 406) of task 1. */
static const struct plan_block accepted[] = {{0, 100, 110}, {0, 200, 202}, {1, 400, 406}};

static void a_new_plan_is_sound(void **state)
{
    (void)state;
    struct plan_check k = judge(input(50), accepted, 3);
    assert_int_equal(k.flaw, PLAN_SOUND);
    assert_int_equal(k.ahead, 0);
    assert_int_equal(k.missed_count, 0);
    assert_int_equal(k.fresh.block_count, 3);
    assert_memory_equal(k.fresh.blocks, accepted, sizeof accepted);
}

static void a_running_block_counts_as_worked(void **state)
{
    (void)state;
    struct plan_check k = judge(input(104), accepted, 3);
    assert_int_equal(k.flaw, PLAN_SOUND);
    assert_int_equal(k.ahead, 0);
    assert_int_equal(k.missed_count, 0);
    assert_int_equal(k.credited.tasks[0].work, 8);
    struct plan_reason why[3];
    plan_explain(&k.credited, &k.fresh, accepted, 3, why);
    assert_int_equal(why[0].code, PLAN_DEADLINE);
}

static void a_block_that_passed_unworked_was_missed(void **state)
{
    (void)state;
    struct plan_check k = judge(input(120), accepted, 3);
    assert_int_equal(k.flaw, PLAN_FLAW_SHORT);
    assert_int_equal(k.ahead, 1);
    assert_int_equal(k.missed_count, 1);
    assert_int_equal(k.missed[0], 0);
    k = judge(input(300), accepted, 3);
    assert_int_equal(k.missed_count, 2);
    assert_int_equal(k.missed[0], 0);
    assert_int_equal(k.missed[1], 1);
    assert_int_equal(k.ahead, 2);
    assert_int_equal(k.flaw, PLAN_SOUND); /* task 0 is overdue now; the rest holds */
}

static void a_block_that_was_worked_is_not_missed(void **state)
{
    (void)state;
    const struct plan_task left[] = {{.work = 2, .due = 288, .weight = 3},
                                     {.work = 6, .due = 576, .weight = 5}};
    struct plan_input in = input(120);
    in.tasks = left;
    struct plan_check k = judge(in, accepted, 3);
    assert_int_equal(k.flaw, PLAN_SOUND);
    assert_int_equal(k.missed_count, 0);
    const struct plan_block gone[] = {{-1, 100, 110}, {0, 200, 202}, {1, 400, 406}};
    k = judge(in, gone, 3);
    assert_int_equal(k.flaw, PLAN_SOUND);
    assert_int_equal(k.missed_count, 0);
}

/* Pins outside of windows use what the limit leaves, and no slot that others could have. */
static void a_pin_elsewhere_takes_no_free_slot(void **state)
{
    (void)state;
    static const struct plan_block pin = {0, 220, 222};
    struct plan_input in = input(205);
    const struct plan_task one[] = {{.work = 7, .due = 288, .weight = 3}};
    in.tasks = one;
    in.task_count = 1;
    in.pins = &pin;
    in.pin_count = 1;
    const struct plan_block blocks[] = {{0, 205, 210}, pin};
    assert_int_equal(judge(in, blocks, 2).flaw, PLAN_SOUND);
}

static void each_flaw_is_named(void **state)
{
    (void)state;
    static const struct {
        enum plan_flaw flaw;
        struct plan_block blocks[4];
    } cases[] = {
        {PLAN_FLAW_TASK, {{0, 100, 110}, {0, 200, 202}, {1, 400, 406}, {-1, 406, 408}}},
        {PLAN_FLAW_TASK, {{0, 100, 110}, {0, 200, 202}, {1, 400, 406}, {2, 406, 408}}},
        {PLAN_FLAW_ORDER, {{0, 100, 110}, {0, 109, 110}, {0, 200, 201}, {1, 400, 406}}},
        {PLAN_FLAW_ORDER, {{0, 100, 110}, {0, 200, 202}, {1, 400, 406}, {1, 407, 407}}},
        {PLAN_FLAW_DUE, {{0, 100, 110}, {0, 200, 201}, {0, 400, 401}, {1, 401, 407}}},
        {PLAN_FLAW_WINDOW, {{0, 100, 111}, {0, 200, 201}, {1, 400, 403}, {1, 403, 406}}},
        {PLAN_FLAW_WINDOW, {{0, 100, 110}, {0, 200, 202}, {1, 400, 403}, {1, 500, 503}}},
        {PLAN_FLAW_EXCESS, {{0, 100, 110}, {0, 200, 202}, {1, 400, 406}, {1, 407, 408}}},
        {PLAN_FLAW_SHORT, {{0, 100, 110}, {0, 200, 201}, {1, 400, 403}, {1, 403, 406}}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(judge(input(50), cases[i].blocks, 4).flaw, cases[i].flaw);

    struct plan_input in = input(50);
    const struct plan_task more[] = {tasks[0], {.work = 8, .due = 576, .weight = 5}};
    const struct plan_block uneven[] = {{0, 100, 110}, {0, 200, 202}, {1, 202, 210}};
    const struct plan_block even[] = {{0, 100, 110}, {0, 200, 202}, {1, 202, 208}, {1, 400, 402}};
    in.tasks = more;
    assert_int_equal(judge(in, uneven, 3).flaw, PLAN_FLAW_UNEVEN);
    assert_int_equal(judge(in, even, 4).flaw, PLAN_SOUND);
    in.shape.session_min = 8;
    assert_int_equal(judge(in, uneven, 3).flaw, PLAN_SOUND);

    in = input(50);
    in.limit = (struct plan_ratio){3, 5};
    const struct plan_block high[] = {{0, 100, 110}, {0, 200, 203}, {1, 400, 406}};
    assert_int_equal(judge(in, high, 3).flaw, PLAN_FLAW_CAPACITY);
}

/* Outside free time, above a day's pace, behind its due date: what is pinned may be anywhere, and
 * has to be there. */
static void pins_are_where_they_are_pinned(void **state)
{
    (void)state;
    static const struct plan_block pins[] = {{1, 150, 156}};
    const struct plan_block with[] = {{0, 100, 110}, {1, 150, 156}, {0, 200, 202}};
    struct plan_input in = input(50);
    assert_int_equal(judge(in, with, 3).flaw, PLAN_FLAW_WINDOW);
    in.pins = pins;
    in.pin_count = 1;
    assert_int_equal(judge(in, with, 3).flaw, PLAN_SOUND);
    assert_int_equal(judge(in, accepted, 3).flaw, PLAN_FLAW_PIN);
    const struct plan_block more[] = {{0, 100, 110}, {1, 150, 157}, {0, 200, 202}};
    assert_int_equal(judge(in, more, 3).flaw, PLAN_FLAW_WINDOW);
    in.now = 152;
    const struct plan_task left[] = {{.work = 2, .due = 288, .weight = 3}, tasks[1]};
    in.tasks = left;
    assert_int_equal(judge(in, with, 3).flaw, PLAN_SOUND);
}

static void part_of_a_block_may_be_pinned(void **state)
{
    (void)state;
    static const struct plan_block pins[] = {{0, 102, 104}, {1, 403, 406}};
    struct plan_input in = input(50);
    in.pins = pins;
    in.pin_count = 2;
    assert_int_equal(judge(in, accepted, 3).flaw, PLAN_SOUND);
    const struct plan_block split[] = {{0, 100, 103}, {0, 103, 110}, {0, 200, 202}, {1, 400, 406}};
    assert_int_equal(judge(in, split, 4).flaw, PLAN_SOUND);
    const struct plan_block hole[] = {{0, 100, 103}, {0, 104, 110}, {0, 200, 203}, {1, 400, 406}};
    assert_int_equal(judge(in, hole, 4).flaw, PLAN_FLAW_PIN);
}

static void a_worse_set_is_not_kept(void **state)
{
    (void)state;
    const struct plan_task many[] = {{.work = 36, .due = 576, .weight = 3},
                                     {.work = 10, .due = 576, .weight = 2},
                                     {.work = 10, .due = 576, .weight = 2}};
    const struct plan_block one[] = {{0, 100, 110}, {0, 200, 210}, {0, 400, 416}, {1, 416, 420}};
    struct plan_input in = input(50);
    in.tasks = many;
    in.task_count = 3;
    assert_int_equal(judge(in, one, 4).flaw, PLAN_FLAW_SHORT);
    in.objective = PLAN_MINUTES;
    assert_int_equal(judge(in, one, 4).flaw, PLAN_SOUND);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct plan_input in = input(104);
    for (unsigned nth = 1; nth < 200; nth++) {
        struct ctx c = {.arena = &arena};
        struct plan_check out;
        arena_fail_after(nth);
        enum status s = plan_validate(&c, &arena, &in, accepted, 3, &out);
        arena_fail_after(0);
        if (s == ST_OK) {
            assert_true(nth > 10);
            return;
        }
        assert_int_equal(s, ST_UNAVAILABLE);
    }
    fail_msg("never succeeded");
}

static void starts_and_prerequisites_are_kept(void **state)
{
    (void)state;
    static const int32_t list[] = {0};
    struct plan_task later[] = {{.work = 12, .due = 288, .weight = 3},
                                {.work = 6, .due = 576, .weight = 5, .release = 402}};
    struct plan_input in = input(50);
    in.tasks = later;
    assert_int_equal(judge(in, accepted, 3).flaw, PLAN_FLAW_EARLY);
    const struct plan_block late[] = {{0, 100, 110}, {0, 200, 202}, {1, 402, 408}};
    assert_int_equal(judge(in, late, 3).flaw, PLAN_SOUND);

    later[1].release = 0;
    later[1].count = 1;
    in.prerequisites = list;
    in.prerequisite_count = 1;
    assert_int_equal(judge(in, accepted, 3).flaw, PLAN_SOUND);
    const struct plan_block crossed[] = {{0, 100, 110}, {1, 200, 206}, {0, 206, 208}};
    assert_int_equal(judge(in, crossed, 3).flaw, PLAN_FLAW_FIRST);
    in.now = 104; /* the running block is credited */
    assert_int_equal(judge(in, accepted, 3).flaw, PLAN_SOUND);
    in.now = 300; /* overdue: it waits for nobody */
    assert_int_equal(judge(in, accepted, 3).flaw, PLAN_SOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_plan_is_sound),
        cmocka_unit_test(a_running_block_counts_as_worked),
        cmocka_unit_test(a_block_that_passed_unworked_was_missed),
        cmocka_unit_test(a_block_that_was_worked_is_not_missed),
        cmocka_unit_test(a_pin_elsewhere_takes_no_free_slot),
        cmocka_unit_test(each_flaw_is_named),
        cmocka_unit_test(pins_are_where_they_are_pinned),
        cmocka_unit_test(part_of_a_block_may_be_pinned),
        cmocka_unit_test(a_worse_set_is_not_kept),
        cmocka_unit_test(starts_and_prerequisites_are_kept),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
