#include "plan/renew.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 24);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static const struct plan_span windows[] = {{100, 120}, {400, 420}};
static const struct plan_day days[] = {{.end = 288, .count = 1},
                                       {.beg = 288, .end = 576, .first = 1, .count = 1}};
static const struct plan_task tasks[] = {
    {.work = 8, .due = 576, .weight = 3, .release = -1},
    {.work = 6, .due = 560, .weight = 3, .release = -1},
};
/* Not what a plan from nothing would be, and as good. */
static const struct plan_block accepted[] = {{0, 104, 112}, {1, 410, 416}};

static struct plan_input input(int32_t now)
{
    return (struct plan_input){.now = now,
                               .limit = {1, 1},
                               .pace = {1, 1},
                               .objective = PLAN_TASKS,
                               .day_count = 2,
                               .window_count = 2,
                               .task_count = 2,
                               .days = days,
                               .windows = windows,
                               .tasks = tasks};
}

static struct plan_result renew(struct plan_input in, enum plan_keep keep)
{
    struct ctx c = {.arena = &arena};
    struct plan_result out;
    assert_int_equal(plan_renew(&c, &arena, &in, accepted, 2, keep, &out), ST_OK);
    return out;
}

static void what_can_stay_stays(void **state)
{
    (void)state;
    struct plan_result r = renew(input(50), PLAN_KEEP_ALL);
    assert_int_equal(r.block_count, 2);
    assert_memory_equal(r.blocks, accepted, sizeof accepted);
    assert_int_equal(plan_moved(accepted, 2, r.blocks, r.block_count, 50), 0);
    assert_int_equal(r.pinned.slots, 0);
}

static void near_blocks_stay_when_the_rest_is_made_anew(void **state)
{
    (void)state;
    struct plan_result r = renew(input(50), PLAN_KEEP_NEAR);
    const struct plan_block plan[] = {{1, 100, 104}, {0, 104, 112}, {1, 112, 114}};
    assert_int_equal(r.block_count, 3);
    assert_memory_equal(r.blocks, plan, sizeof plan);
}

static void a_block_that_has_begun_keeps_its_start(void **state)
{
    (void)state;
    struct plan_task left[] = {tasks[0], tasks[1]};
    left[0].work = 5;
    struct plan_input in = input(107);
    in.tasks = left;
    struct plan_result r = renew(in, PLAN_KEEP_NEAR);
    assert_true(r.block_count >= 2);
    assert_memory_equal(r.blocks, accepted, sizeof accepted[0]);
}

static void what_would_be_late_moves(void **state)
{
    (void)state;
    struct plan_task urgent[] = {tasks[0], tasks[1]};
    urgent[1].due = 300;
    struct plan_input in = input(50);
    in.tasks = urgent;
    struct plan_result r = renew(in, PLAN_KEEP_ALL);
    assert_true(r.feasible);
    bool stays = false;
    for (int32_t i = 0; i < r.block_count; i++) {
        assert_true(r.blocks[i].task != 1 || r.blocks[i].until <= 300);
        stays |= memcmp(&r.blocks[i], &accepted[0], sizeof accepted[0]) == 0;
    }
    assert_true(stays);
    assert_int_equal(plan_moved(accepted, 2, r.blocks, r.block_count, 50), 6 * PLAN_NEAR_WEIGHT);
}

static struct plan_result revise(struct plan_input in, const struct plan_block *blocks, int32_t n)
{
    struct ctx c = {.arena = &arena};
    struct plan_check check;
    struct plan_result out;
    assert_int_equal(plan_revise(&c, &arena, &in, blocks, n, PLAN_KEEP_ALL, &check, &out), ST_OK);
    assert_int_equal(plan_holds(&check), out.block_count == 2);
    return out;
}

/* What holds stays as it is; what was missed is put back beside it. Days, tasks and sums are
 * counted of the blocks that are answered. */
static void a_plan_is_revised(void **state)
{
    (void)state;
    struct plan_result r = revise(input(50), accepted, 2);
    assert_memory_equal(r.blocks, accepted, sizeof accepted);
    assert_int_equal(r.days[0].load, 8);
    assert_int_equal(r.days[1].load, 6);
    assert_int_equal(r.planned[1], 6);
    assert_int_equal(r.maxload, 8);

    r = revise(input(115), accepted, 2);
    const struct plan_block put_back[] = {{0, 115, 120}, {0, 400, 403}, {1, 410, 416}};
    assert_int_equal(r.block_count, 3);
    assert_memory_equal(r.blocks, put_back, sizeof put_back);
    assert_int_equal(r.days[0].load, 5);
    assert_int_equal(r.days[1].load, 9);
    assert_int_equal(r.planned[0], 8);
    assert_int_equal(r.ontime, 14);
}

/* The tries are undone: many take no more memory than one. */
static void looking_takes_little_memory(void **state)
{
    (void)state;
    struct plan_task late[] = {tasks[0], tasks[1]};
    late[1].due = 116;
    struct plan_input in = input(50);
    in.tasks = late;
    const struct plan_block single[] = {{0, 100, 101}, {0, 102, 103}, {0, 104, 105}, {0, 106, 107},
                                        {0, 108, 109}, {0, 110, 111}, {0, 112, 113}, {0, 114, 115}};
    struct arena small;
    arena_init(&small, 24 << 10);
    struct ctx c = {.arena = &small};
    struct plan_result out;
    assert_int_equal(plan_renew(&c, &small, &in, single, 8, PLAN_KEEP_ALL, &out), ST_OK);
    assert_true(out.feasible);
    arena_release(&small);
}

static void far_moves_weigh_less(void **state)
{
    (void)state;
    const struct plan_block later[] = {{0, 104, 112}, {1, 700, 706}};
    assert_int_equal(plan_moved(accepted, 2, later, 2, 50), 6);
    assert_int_equal(plan_moved(accepted, 2, later, 2, 703), 3 * PLAN_NEAR_WEIGHT);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct plan_input in = input(50);
    for (unsigned nth = 1; nth < 300; nth++) {
        struct ctx c = {.arena = &arena};
        struct plan_result out;
        arena_fail_after(nth);
        enum status s = plan_renew(&c, &arena, &in, accepted, 2, PLAN_KEEP_ALL, &out);
        arena_fail_after(0);
        if (s == ST_OK) {
            assert_true(nth > 20);
            return;
        }
        assert_int_equal(s, ST_UNAVAILABLE);
    }
    fail_msg("never succeeded");
}

int main(void)
{
    const struct CMUnitTest all[] = {
        cmocka_unit_test(what_can_stay_stays),
        cmocka_unit_test(near_blocks_stay_when_the_rest_is_made_anew),
        cmocka_unit_test(a_block_that_has_begun_keeps_its_start),
        cmocka_unit_test(what_would_be_late_moves),
        cmocka_unit_test(a_plan_is_revised),
        cmocka_unit_test(looking_takes_little_memory),
        cmocka_unit_test(far_moves_weigh_less),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(all, setup, teardown);
}
