#include "plan/sessions.h"

#include <string.h>

#include "base/testing.h"

TESTS_WITH_ARENA(1 << 24)

/* Two evenings of two windows; the second begins two slots behind the first. */
static const struct plan_span windows[] = {{100, 110}, {112, 122}, {400, 410}, {412, 422}};
static const struct plan_day days[] = {{.end = 288, .count = 2},
                                       {.beg = 288, .end = 576, .first = 2, .count = 2}};
static const struct plan_task tasks[] = {
    {.work = 6, .due = 576, .weight = 3, .release = -1},
    {.work = 10, .due = 576, .weight = 3, .release = -1},
    {.work = 4, .due = 576, .weight = 3, .release = -1},
};

static struct plan_input input(struct plan_shape shape)
{
    return (struct plan_input){.now = 50,
                               .limit = {1, 1},
                               .pace = {1, 1},
                               .objective = PLAN_TASKS,
                               .day_count = 2,
                               .window_count = 4,
                               .task_count = 3,
                               .days = days,
                               .windows = windows,
                               .tasks = tasks,
                               .shape = shape};
}

static struct plan_result solve(struct plan_input in)
{
    struct ctx c = {.arena = &arena};
    struct plan_result out;
    assert_int_equal(plan_solve(&c, &arena, &in, &out), ST_OK);
    assert_true(out.feasible);
    return out;
}

static void without_wishes_nothing_moves(void **state)
{
    (void)state;
    struct plan_input in = input((struct plan_shape){.pause = 2});
    assert_false(sessions_wanted(&in));
    struct plan_result r = solve(in);
    const struct plan_block plan[] = {{0, 100, 106}, {1, 106, 110}, {1, 112, 118}, {2, 118, 122}};
    assert_int_equal(r.block_count, 4);
    assert_memory_equal(r.blocks, plan, sizeof plan);
    assert_int_equal(r.friction, 0);
}

static void a_task_that_was_cut_by_a_gap_is_kept_whole(void **state)
{
    (void)state;
    struct plan_result r = solve(input((struct plan_shape){.session_min = 6}));
    assert_int_equal(r.block_count, 3);
    assert_int_equal(r.friction, 3 * SESSION_EACH);
    assert_int_equal(r.friction_bound, r.friction);
}

static void a_pause_is_no_gap(void **state)
{
    (void)state;
    struct plan_result r = solve(input((struct plan_shape){.session_min = 6, .pause = 2}));
    assert_int_equal(r.block_count, 4);
    assert_int_equal(r.friction, 3 * SESSION_EACH);
}

static void preferred_hours_are_used(void **state)
{
    (void)state;
    const struct plan_span evening[] = {{412, 500}};
    struct plan_result r =
        solve(input((struct plan_shape){.preferred_count = 1, .preferred = evening}));
    int32_t there = 0;
    for (int32_t i = 0; i < r.block_count; i++)
        there += r.blocks[i].from >= 412 ? r.blocks[i].until - r.blocks[i].from : 0;
    assert_int_equal(there, 10);
}

enum { FAR_DAYS = 30, WORK = 60, EVENING = 36 };

/* However far away it is: five hours of which the evening takes three, and two lie beside it. */
static void preferred_hours_are_used_far_away(void **state)
{
    (void)state;
    struct plan_span free[FAR_DAYS], evening[FAR_DAYS];
    struct plan_day dates[FAR_DAYS];
    for (int32_t d = 0; d < FAR_DAYS; d++) {
        free[d] = (struct plan_span){d * 288 + 96, d * 288 + 240};
        evening[d] = (struct plan_span){free[d].until - EVENING, free[d].until};
        dates[d] = (struct plan_day){.beg = d * 288, .end = (d + 1) * 288, .first = d, .count = 1};
    }
    struct plan_input in = input((struct plan_shape){.preferred = evening});
    in.days = dates;
    in.windows = free;
    for (int32_t n = 11; n <= FAR_DAYS; n++) {
        const struct plan_task essay = {
            .work = WORK, .due = n * 288, .weight = 3, .release = (n - 10) * 288};
        in.tasks = &essay;
        in.task_count = 1;
        in.day_count = in.window_count = in.shape.preferred_count = n;
        struct plan_result r = solve(in);
        int32_t there = 0;
        for (int32_t i = 0; i < r.block_count; i++) {
            int32_t begin = r.blocks[i].from % 288, late = begin < 204 ? 204 : begin;
            there += r.blocks[i].until % 288 > late ? r.blocks[i].until % 288 - late : 0;
        }
        assert_true(there >= EVENING);
    }
}

enum { SPREAD_DAYS = 9 };

/* A task of five days' maximum lies on five days, however soon it could be done. */
static void a_task_spreads_over_as_many_days_as_it_takes(void **state)
{
    (void)state;
    struct plan_span free[SPREAD_DAYS];
    struct plan_day dates[SPREAD_DAYS];
    for (int32_t d = 0; d < SPREAD_DAYS; d++) {
        free[d] = (struct plan_span){d * 288 + 100, d * 288 + 220};
        dates[d] = (struct plan_day){.beg = d * 288, .end = (d + 1) * 288, .first = d, .count = 1};
    }
    const struct plan_task lab = {.work = 60, .due = SPREAD_DAYS * 288, .weight = 3, .release = -1};
    struct plan_input in = input((struct plan_shape){.day_max = 12});
    in.days = dates;
    in.windows = free;
    in.day_count = in.window_count = SPREAD_DAYS;
    in.tasks = &lab;
    in.task_count = 1;
    struct plan_result r = solve(in);
    assert_int_equal(r.block_count, 5);
    for (int32_t i = 0; i < r.block_count; i++)
        assert_int_equal(r.blocks[i].until - r.blocks[i].from, 12);

    struct plan_task sooner = lab; /* no more days than there are before it is due */
    sooner.due = 3 * 288;
    in.tasks = &sooner;
    r = solve(in);
    assert_int_equal(r.ontime, 60);
    for (int32_t d = 0; d < 3; d++)
        assert_true(r.days[d].load >= 12);
}

static void no_wish_makes_anything_late(void **state)
{
    (void)state;
    const struct plan_task due[] = {{.work = 12, .due = 120, .weight = 1, .release = -1},
                                    {.work = 8, .due = 122, .weight = 5, .release = -1},
                                    {.work = 20, .due = 576, .weight = 5, .release = -1}};
    struct plan_input in =
        input((struct plan_shape){.session_min = 12, .session_max = 4, .day_max = 3});
    in.tasks = due;
    struct plan_result r = solve(in);
    assert_int_equal(r.ontime, 40);
    for (int32_t i = 0; i < r.block_count; i++)
        assert_true(r.blocks[i].until <= due[r.blocks[i].task].due);
    assert_true(r.friction > r.friction_bound);
}

/* Whether the i-th of these goes against each wish alone. */
static void what_goes_against_a_wish_is_told(void **state)
{
    (void)state;
    static const struct plan_block blocks[] = {{0, 104, 110}, {0, 112, 114}, {-1, 114, 116},
                                               {2, 116, 120}, {0, 400, 404}, {0, 406, 410}};
    static const struct plan_span morning[] = {{90, 106}, {106, 113}, {400, 410}};
    struct against {
        struct plan_shape shape;
        bool is[6];
    };
    const struct against cases[] = {
        {{0}, {false}},
        {{.session_min = 6}, {[1] = true, [4] = true, [5] = true}}, /* 4 are all of the third's */
        {{.session_min = 8, .pause = 2}, {[4] = true, [5] = true}}, /* an idle slot is no pause */
        {{.session_max = 7}, {false}},
        {{.session_max = 7, .pause = 2}, {true, true}},
        {{.session_max = 8, .pause = 2}, {false}},
        {{.day_max = 7}, {[1] = true, [5] = true}},
        {{.day_max = 8}, {false}},
        {{.preferred_count = 3, .preferred = morning}, {[1] = true, [3] = true}},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct plan_input in = input(cases[k].shape);
        for (int32_t i = 0; i < 6; i++)
            if (i != 2 && sessions_against(&in, blocks, 6, i) != cases[k].is[i])
                fail_msg("case %zu, block %d", k, i);
    }
    struct plan_task own[] = {tasks[0], tasks[1], tasks[2]};
    own[0].session_min = 6;
    struct plan_input in = input((struct plan_shape){.session_min = 3});
    in.tasks = own;
    assert_true(sessions_against(&in, blocks, 6, 5));
}

static void what_is_no_wish_is_refused(void **state)
{
    (void)state;
    const struct plan_span crossing[] = {{400, 420}, {410, 430}};
    const struct plan_span empty[] = {{400, 400}};
    const struct plan_shape shapes[] = {
        {.session_min = -1},
        {.session_max = PLAN_DAY_SLOTS_MAX + 1},
        {.day_max = -5},
        {.pause = -1},
        {.preferred_count = 2, .preferred = crossing},
        {.preferred_count = 1, .preferred = empty},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct ctx c = {.arena = &arena};
        struct plan_input in = input(shapes[i]);
        struct plan_result out;
        assert_int_equal(plan_solve(&c, &arena, &in, &out), ST_INVALID);
        assert_memory_equal(c.faults[0].pointer, "/shape", 6);
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct plan_input in = input((struct plan_shape){.session_min = 6, .day_max = 8});
    for (unsigned nth = 1; nth < 200; nth++) {
        struct ctx c = {.arena = &arena};
        struct plan_result out;
        arena_fail_after(nth);
        enum status s = plan_solve(&c, &arena, &in, &out);
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
        cmocka_unit_test(without_wishes_nothing_moves),
        cmocka_unit_test(a_task_that_was_cut_by_a_gap_is_kept_whole),
        cmocka_unit_test(a_pause_is_no_gap),
        cmocka_unit_test(preferred_hours_are_used),
        cmocka_unit_test(preferred_hours_are_used_far_away),
        cmocka_unit_test(a_task_spreads_over_as_many_days_as_it_takes),
        cmocka_unit_test(no_wish_makes_anything_late),
        cmocka_unit_test(what_goes_against_a_wish_is_told),
        cmocka_unit_test(what_is_no_wish_is_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(all, setup, teardown);
}
