#include "plan/elsewhere.h"

#include "base/testing.h"

TESTS_WITH_ARENA(1 << 24)

/* Two evenings of ten slots; two tasks for the first of them fill it. */
static const struct plan_span windows[] = {{100, 110}, {400, 410}};
static const struct plan_day days[] = {{{0}, 0, 288, 0, 1, 0, 0}, {{1}, 288, 576, 1, 1, 0, 0}};
static const struct plan_task tasks[] = {
    {.work = 4, .due = 200, .weight = 3},
    {.work = 6, .due = 210, .weight = 2},
    {.work = 5, .due = 576, .weight = 5, .release = 300},
};

static struct plan_input input(void)
{
    return (struct plan_input){.now = 50,
                               .limit = {1, 1},
                               .pace = {1, 2},
                               .objective = PLAN_TASKS,
                               .day_count = 2,
                               .window_count = 2,
                               .task_count = 3,
                               .days = days,
                               .windows = windows,
                               .tasks = tasks};
}

static struct plan_elsewhere ask(struct plan_input in, struct plan_block there)
{
    struct ctx c = {.arena = &arena};
    struct plan_result as_is;
    struct plan_elsewhere out;
    assert_int_equal(plan_solve(&c, &arena, &in, &as_is), ST_OK);
    assert_int_equal(plan_elsewhere(&c, &arena, &in, &as_is, there, &out), ST_OK);
    return out;
}

static void what_would_be_late_is_told_by_due_date(void **state)
{
    (void)state;
    struct plan_elsewhere e = ask(input(), (struct plan_block){2, 100, 105});
    assert_int_equal(e.misfit.early, 5);
    assert_int_equal(e.missed, 5);
    assert_int_equal(e.lack_count, 1);
    assert_int_equal(e.lacks[0].task, 1);
    assert_int_equal(e.lacks[0].slots, 5);
    e = ask(input(), (struct plan_block){2, 404, 409});
    assert_int_equal(e.lack_count, 0);
    assert_int_equal(e.missed, 0);
    e = ask(input(), (struct plan_block){0, 400, 404}); /* behind its own due date */
    assert_int_equal(e.misfit.late, 4);
    assert_int_equal(e.lacks[0].task, 0);
    assert_int_equal(e.lacks[0].slots, 4);
}

static void what_is_in_the_way_is_told(void **state)
{
    (void)state;
    static const struct plan_block pins[] = {{0, 100, 104}};
    struct plan_input in = input();
    in.pins = pins;
    in.pin_count = 1;
    struct plan_elsewhere e = ask(in, (struct plan_block){1, 102, 106});
    assert_int_equal(e.misfit.taken, 2);
    assert_int_equal(e.lack_count, 0);
    e = ask(in, (struct plan_block){1, 48, 52});
    assert_int_equal(e.misfit.past, 2);
    e = ask(in, (struct plan_block){1, 286, 290}); /* over midnight, and not free */
    assert_int_equal(e.misfit.outside, 4);
    assert_int_equal(e.over, 0);
}

static void what_it_waits_for_is_told(void **state)
{
    (void)state;
    static const int32_t list[] = {0};
    static const struct plan_block pins[] = {{0, 104, 108}};
    struct plan_task waiting[3] = {tasks[0], tasks[1], tasks[2]};
    waiting[1].count = 1;
    struct plan_input in = input();
    in.tasks = waiting;
    in.prerequisites = list;
    in.prerequisite_count = 1;
    in.pins = pins;
    in.pin_count = 1;
    assert_int_equal(ask(in, (struct plan_block){1, 101, 104}).waits, 3);
}

static void bad_questions_are_refused(void **state)
{
    (void)state;
    const struct plan_block bad[] = {{-1, 100, 105},      {3, 100, 105},
                                     {0, 100, 100},       {0, INT32_MIN, 100},
                                     {0, 100, INT32_MAX}, {0, 100, 101 + PLAN_DAY_SLOTS_MAX}};
    struct plan_input in = input();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct ctx c = {.arena = &arena};
        struct plan_result as_is;
        struct plan_elsewhere out;
        assert_int_equal(plan_solve(&c, &arena, &in, &as_is), ST_OK);
        assert_int_equal(plan_elsewhere(&c, &arena, &in, &as_is, bad[i], &out), ST_INVALID);
        assert_string_equal(c.faults[0].pointer, "/move");
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct plan_input in = input();
    struct ctx c = {.arena = &arena};
    struct plan_result as_is;
    assert_int_equal(plan_solve(&c, &arena, &in, &as_is), ST_OK);
    for (unsigned nth = 1; nth < 1000; nth++) {
        struct ctx again = {.arena = &arena};
        struct plan_elsewhere out;
        arena_fail_after(nth);
        enum status s =
            plan_elsewhere(&again, &arena, &in, &as_is, (struct plan_block){2, 100, 105}, &out);
        arena_fail_after(0);
        if (s == ST_OK) {
            assert_true(nth > 10);
            return;
        }
        assert_int_equal(s, ST_UNAVAILABLE);
    }
    fail_msg("never succeeded");
}

int main(void)
{
    const struct CMUnitTest list[] = {
        cmocka_unit_test(what_would_be_late_is_told_by_due_date),
        cmocka_unit_test(what_is_in_the_way_is_told),
        cmocka_unit_test(what_it_waits_for_is_told),
        cmocka_unit_test(bad_questions_are_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(list, setup, teardown);
}
