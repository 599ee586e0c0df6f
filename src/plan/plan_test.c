#include "plan/plan.h"

#include "base/rng.h"
#include "base/testing.h"

TESTS_WITH_ARENA(1 << 24)

/* Two days of 20 free slots each. */
static const struct plan_span windows[] = {{100, 110}, {200, 210}, {400, 420}};
static const struct plan_day days[] = {{{0}, 0, 288, 0, 2, 0, 0}, {{1}, 288, 576, 2, 1, 0, 0}};

static struct plan_input input(const struct plan_task *tasks, int32_t n)
{
    return (struct plan_input){.now = 50,
                               .limit = {1, 1},
                               .pace = {1, 2},
                               .objective = PLAN_TASKS,
                               .day_count = 2,
                               .window_count = 3,
                               .task_count = n,
                               .days = days,
                               .windows = windows,
                               .tasks = tasks};
}

static struct plan_result solve(const struct plan_input *in)
{
    struct ctx c = {.arena = &arena};
    struct plan_result out;
    assert_int_equal(plan_solve(&c, &arena, in, &out), ST_OK);
    return out;
}

static void nothing_to_do_is_a_plan(void **state)
{
    (void)state;
    struct plan_input in = {.limit = {1, 1}, .pace = {0, 1}};
    struct plan_result r = solve(&in);
    assert_true(r.feasible);
    assert_int_equal(r.score, 100);
    assert_int_equal(r.xmin.num, 0);
    assert_int_equal(r.xmin.den, 1);
    assert_int_equal(r.block_count, 0);
    assert_int_equal(r.critical.work, 0);
}

static void a_plan_says_what_it_uses(void **state)
{
    (void)state;
    const struct plan_task tasks[] = {{.work = 12, .due = 288, .weight = 3},
                                      {.work = 6, .due = 576, .weight = 5},
                                      {.work = 0, .due = 60, .weight = 1},
                                      {.work = 2, .due = 50, .weight = 1}};
    struct plan_input in = input(tasks, 4);
    struct plan_result r = solve(&in);
    assert_true(r.feasible);
    assert_int_equal(r.total, 18);
    assert_int_equal(r.capacity, 40);
    assert_int_equal(r.xmin.num, 3);
    assert_int_equal(r.xmin.den, 5);
    assert_int_equal(r.score, 40);
    assert_int_equal(r.critical.until, 288);
    assert_int_equal(r.critical.work, 12);
    assert_int_equal(r.critical.free, 12);
    assert_int_equal(r.overdue_count, 1);
    assert_int_equal(r.overdue[0], 3);
    assert_int_equal(r.days[0].pace, 10);
    assert_int_equal(r.days[0].level, 12);
    assert_int_equal(r.days[0].load, 12);
    assert_int_equal(r.days[1].load, 6);
    assert_int_equal(r.slack[0], 8);
    assert_int_equal(r.slack[1], 22);
    assert_int_equal(r.slack[2], -1);
    assert_int_equal(r.slack[3], -1);
    assert_int_equal(r.block_count, 3);
}

static void each_reason_is_given(void **state)
{
    (void)state;
    struct plan_reason why[8];
    const struct plan_task even[] = {{.work = 12, .due = 288, .weight = 3},
                                     {.work = 6, .due = 576, .weight = 5}};
    struct plan_input in = input(even, 2);
    struct plan_result r = solve(&in);
    plan_explain(&in, &r, r.blocks, r.block_count, why);
    assert_int_equal(why[0].code, PLAN_DEADLINE);
    assert_int_equal(why[0].slack, 8);
    assert_int_equal(why[0].capacity, 20);
    assert_int_equal(why[0].load, 12);
    assert_int_equal(why[2].code, PLAN_PACE);
    assert_int_equal(why[2].day, 1);

    const struct plan_task tight[] = {{.work = 20, .due = 288, .weight = 3},
                                      {.work = 6, .due = 576, .weight = 5}};
    in = input(tight, 2);
    r = solve(&in);
    plan_explain(&in, &r, r.blocks, r.block_count, why);
    assert_int_equal(why[0].code, PLAN_TIGHT);
    assert_int_equal(why[2].code, PLAN_PACE);

    const struct plan_task over[] = {{.work = 25, .due = 288, .weight = 3},
                                     {.work = 6, .due = 576, .weight = 5}};
    in = input(over, 2);
    r = solve(&in);
    plan_explain(&in, &r, r.blocks, r.block_count, why);
    assert_false(r.feasible);
    assert_int_equal(why[0].code, PLAN_UNFINISHED);
    assert_int_equal(why[0].slack, -1);
    assert_int_equal(r.planned[0], 20);

    const struct plan_block elsewhere = {-1, 600, 610};
    plan_explain(&in, &r, &elsewhere, 1, why);
    assert_int_equal(why[0].day, -1);
    assert_int_equal(why[0].code, PLAN_UNFINISHED);
}

static void whole_tasks_come_before_minutes(void **state)
{
    (void)state;
    const struct plan_task tasks[] = {{.work = 36, .due = 576, .weight = 3},
                                      {.work = 10, .due = 576, .weight = 2},
                                      {.work = 10, .due = 576, .weight = 2}};
    struct plan_input in = input(tasks, 3);
    struct plan_result r = solve(&in);
    assert_int_equal(r.planned[0], 20);
    assert_int_equal(r.planned[1], 10);
    assert_int_equal(r.planned[2], 10);
    assert_int_equal(r.bound, 36 * 3 + 4 * 2);
    assert_int_equal(r.gap, r.bound - 100);
    in.objective = PLAN_MINUTES;
    r = solve(&in);
    assert_int_equal(r.planned[0], 36);
    assert_int_equal(r.gap, 0);
    assert_int_equal(r.deficit, 16);
}

static void repairs_are_the_smallest(void **state)
{
    (void)state;
    const struct plan_task tasks[] = {{.work = 15, .due = 288, .weight = 3},
                                      {.work = 8, .due = 288, .weight = 2},
                                      {.work = 1, .due = 576, .weight = 1}};
    struct plan_input in = input(tasks, 3);
    struct plan_result r = solve(&in);
    int seen = 0;
    for (int i = 0; i < r.repair_count; i++) {
        const struct plan_repair *fix = &r.repairs[i];
        seen |= 1 << fix->kind;
        if (fix->kind == PLAN_FREE)
            assert_int_equal(fix->slots, 3);
        if (fix->kind == PLAN_DROP || fix->kind == PLAN_SHORTEN || fix->kind == PLAN_EXTEND)
            assert_int_equal(fix->task, 1);
        if (fix->kind == PLAN_SHORTEN)
            assert_int_equal(fix->slots, 3);
        if (fix->kind == PLAN_EXTEND)
            assert_int_equal(fix->until, 403);
    }
    assert_int_equal(seen, 1 << PLAN_FREE | 1 << PLAN_DROP | 1 << PLAN_SHORTEN | 1 << PLAN_EXTEND);
}

static void refuse(struct plan_input in, enum status cause, const char *pointer)
{
    struct ctx c = {.arena = &arena};
    struct plan_result out;
    assert_int_equal(plan_solve(&c, &arena, &in, &out), cause);
    assert_string_equal(c.faults[0].pointer, pointer);
}

static void what_breaks_the_rules_is_refused(void **state)
{
    (void)state;
    struct plan_input in = input(NULL, 0);
    in.limit = (struct plan_ratio){3, 2};
    refuse(in, ST_INVALID, "/limit");
    in = input(NULL, 0);
    in.pace = (struct plan_ratio){0, 0};
    refuse(in, ST_INVALID, "/pace");
    in = input(NULL, 0);
    in.task_count = PLAN_TASKS_MAX + 1;
    refuse(in, ST_TOO_LARGE, "/tasks");
    in = input(NULL, 0);
    in.day_count = PLAN_DAYS_MAX + 1;
    refuse(in, ST_TOO_LARGE, "/days");
    in = input(NULL, 0);
    in.now = INT32_MAX;
    refuse(in, ST_INVALID, "/now");
    in = input(NULL, 0);
    in.window_count = 2;
    refuse(in, ST_INVALID, "/days/1/free");
    const struct plan_task heavy[] = {{.work = 1, .due = 300, .weight = 1},
                                      {.work = 1, .due = 300, .weight = 6}};
    refuse(input(heavy, 2), ST_INVALID, "/tasks/1/weight");
    const struct plan_task less[] = {{.work = -1, .due = 300, .weight = 1}};
    refuse(input(less, 1), ST_INVALID, "/tasks/0/work");
    const struct plan_task late[] = {{.work = 1, .due = INT32_MAX, .weight = 1}};
    refuse(input(late, 1), ST_INVALID, "/tasks/0/due");
}

/* Each number, just outside its bounds on either side. */
static void both_ends_of_every_number_are_watched(void **state)
{
    (void)state;
    const struct plan_ratio ratios[] = {{-1, 2}, {0, -1}, {1, PLAN_RATIO_MAX + 1}};
    for (int i = 0; i < 3; i++) {
        struct plan_input in = input(NULL, 0);
        in.pace = ratios[i];
        refuse(in, ST_INVALID, "/pace");
    }
    const struct plan_input good = input(NULL, 0);
    struct plan_input in = good;
    in.now = -PLAN_SLOT_LAST - 1;
    refuse(in, ST_INVALID, "/now");
    in = good;
    in.objective = (enum plan_objective)2;
    refuse(in, ST_INVALID, "/objective");
    in = good;
    in.buffer = -1;
    refuse(in, ST_INVALID, "/buffer");
    in.buffer = PLAN_BUFFER_MAX + 1;
    refuse(in, ST_INVALID, "/buffer");
    in = good;
    in.day_count = -1;
    refuse(in, ST_TOO_LARGE, "/days");
    in = good;
    in.task_count = -1;
    refuse(in, ST_TOO_LARGE, "/tasks");
    in = good;
    in.window_count = -1;
    refuse(in, ST_INVALID, "/days");
    const struct plan_task tasks[] = {{.work = PLAN_WORK_MAX + 1, .due = 300, .weight = 1},
                                      {.work = 1, .due = -PLAN_SLOT_LAST - 1, .weight = 1},
                                      {.work = 1, .due = 300, .weight = 0}};
    const char *const members[] = {"/tasks/0/work", "/tasks/0/due", "/tasks/0/weight"};
    for (int i = 0; i < 3; i++)
        refuse(input(&tasks[i], 1), ST_INVALID, members[i]);
}

/* The second day, changed. */
static void refuse_day(struct plan_day day, const char *pointer)
{
    struct plan_day list[] = {days[0], day};
    struct plan_input in = input(NULL, 0);
    in.days = list;
    refuse(in, ST_INVALID, pointer);
}

static void days_that_cannot_be_are_refused(void **state)
{
    (void)state;
    refuse_day((struct plan_day){.beg = -PLAN_SLOT_LAST - 1, .end = 576}, "/days/1");
    refuse_day((struct plan_day){.beg = 288, .end = PLAN_SLOT_LAST + 1}, "/days/1");
    refuse_day((struct plan_day){.beg = 288, .end = 287}, "/days/1");
    refuse_day((struct plan_day){.beg = 288, .end = 289 + PLAN_DAY_SLOTS_MAX}, "/days/1");
    refuse_day((struct plan_day){.beg = 287, .end = 576}, "/days/1/beg");
    refuse_day((struct plan_day){.beg = 288, .end = 576, .done = -1}, "/days/1/done");
    refuse_day((struct plan_day){.beg = 288, .end = 576, .done = PLAN_WORK_MAX + 1},
               "/days/1/done");
    refuse_day((struct plan_day){.beg = 288, .end = 576, .held = -1}, "/days/1/held");
    refuse_day((struct plan_day){.beg = 288, .end = 576, .held = PLAN_DAY_SLOTS_MAX + 1},
               "/days/1/held");
    refuse_day((struct plan_day){.beg = 288, .end = 576, .first = -1, .count = 1}, "/days/1/free");
    refuse_day((struct plan_day){.beg = 288, .end = 576, .first = 2, .count = -1}, "/days/1/free");
    refuse_day((struct plan_day){.beg = 288, .end = 576, .first = 2, .count = 2}, "/days/1/free");
    refuse_day((struct plan_day){.beg = 288, .end = 419, .first = 2, .count = 1}, "/days/1/free");
    refuse_day((struct plan_day){.beg = 401, .end = 576, .first = 2, .count = 1}, "/days/1/free");
    const struct plan_span empty[] = {{100, 110}, {200, 200}, {400, 420}};
    struct plan_input in = input(NULL, 0);
    in.windows = empty;
    refuse(in, ST_INVALID, "/days/0/free");
}

/* More work, or more prerequisites, than may be. */
static void too_much_of_all_tasks_is_refused(void **state)
{
    (void)state;
    enum { MANY = PLAN_TOTAL_MAX / PLAN_WORK_MAX + 1, LINKS = 4096 };
    static struct plan_task tasks[MANY];
    static int32_t links[LINKS];
    for (int32_t j = 0; j < MANY; j++)
        tasks[j] = (struct plan_task){.work = PLAN_WORK_MAX, .due = 300, .weight = 1};
    refuse(input(tasks, MANY), ST_TOO_LARGE, "/tasks");
    for (int32_t j = 0; j < MANY; j++)
        tasks[j] = (struct plan_task){.work = 1, .due = 300, .weight = 1, .count = LINKS};
    struct plan_input in = input(tasks, MANY);
    in.prerequisites = links;
    in.prerequisite_count = LINKS;
    refuse(in, ST_TOO_LARGE, "/prerequisites");
}

static void bad_prerequisites_are_refused(void **state)
{
    (void)state;
    const int32_t list[] = {1, 2, 1, 9};
    struct plan_task tasks[] = {
        {.work = 1, .due = 300, .weight = 1, .first = 0, .count = 1},
        {.work = 1, .due = 300, .weight = 1, .first = 1, .count = 1},
        {.work = 1, .due = 300, .weight = 1, .first = 2, .count = 1},
    };
    struct plan_input in = input(tasks, 3);
    in.prerequisites = list;
    in.prerequisite_count = 2;
    refuse(in, ST_INVALID, "/tasks/2/prerequisites");
    in.prerequisite_count = 3; /* 0 after 1 after 2 after 1 */
    refuse(in, ST_INVALID, "/tasks/1/prerequisites");
    tasks[2].first = 3;
    in.prerequisite_count = 4;
    refuse(in, ST_INVALID, "/tasks/2/prerequisites");
    tasks[2].count = 0;
    tasks[1].release = INT32_MAX;
    refuse(in, ST_INVALID, "/tasks/1/release");
    tasks[1].release = 0;
    in.prerequisite_count = 0;
    refuse(in, ST_INVALID, "/tasks/0/prerequisites");
    in.prerequisite_count = 4;
    tasks[0].first = -1;
    refuse(in, ST_INVALID, "/tasks/0/prerequisites");
    tasks[0].first = 0;
    tasks[0].count = -1;
    refuse(in, ST_INVALID, "/tasks/0/prerequisites");
    tasks[0].count = 1;
    const int32_t before[] = {-1, 2, 1, 9};
    in.prerequisites = before;
    refuse(in, ST_INVALID, "/tasks/0/prerequisites");
}

static void fail_each_allocation(struct plan_input in)
{
    for (unsigned nth = 1; nth < 2000; nth++) {
        struct ctx c = {.arena = &arena};
        struct plan_result out;
        arena_fail_after(nth);
        enum status s = plan_solve(&c, &arena, &in, &out);
        arena_fail_after(0);
        if (s == ST_OK) {
            assert_true(nth > 10);
            return;
        }
        assert_int_equal(s, ST_UNAVAILABLE);
    }
    fail_msg("never succeeded");
}

static void starts_and_prerequisites_order_the_plan(void **state)
{
    (void)state;
    static const int32_t list[] = {1};
    struct plan_task tasks[] = {
        {.work = 4, .due = 576, .weight = 3, .count = 1},
        {.work = 3, .due = 576, .weight = 1, .release = 105},
        {.work = 2, .due = 300, .weight = 2},
    };
    struct plan_input in = input(tasks, 3);
    in.prerequisites = list;
    in.prerequisite_count = 1;
    struct plan_result r = solve(&in);
    const struct plan_block blocks[] = {{2, 100, 102}, {1, 105, 108}, {0, 108, 110}, {0, 200, 202}};
    assert_true(r.feasible);
    assert_int_equal(r.block_count, 4);
    assert_memory_equal(r.blocks, blocks, sizeof blocks);

    tasks[1].work = 25; /* not to be finished: what waits for it is not begun */
    tasks[1].due = 288;
    r = solve(&in);
    assert_false(r.feasible);
    assert_int_equal(r.planned[0], 0);
    assert_int_equal(r.planned[2], 2);
    assert_true(r.most >= r.ontime);
    tasks[1].due = 576; /* it may have what the task that waits for it leaves free when cut */
    tasks[0].due = 110;
    r = solve(&in);
    assert_int_equal(r.ontime, 27);
    assert_int_equal(r.most, 31);
    assert_true(r.total - r.deficit < r.ontime);
    fail_each_allocation(in);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const struct plan_task tasks[] = {{.work = 36, .due = 576, .weight = 3},
                                      {.work = 10, .due = 576, .weight = 2},
                                      {.work = 10, .due = 576, .weight = 2}};
    fail_each_allocation(input(tasks, 3));
}

enum { WEEK = 6, WORKS = 5 };

/* Whether all is on time when only the days of `set` may go above their pace, up to the crest. */
static bool suffices(const struct plan_input *in, const struct plan_result *r, uint32_t set)
{
    for (int32_t j = 0; j < WORKS; j++) {
        int32_t due = in->tasks[j].due, work = 0, room = 0;
        for (int32_t k = 0; k < WORKS; k++)
            work += in->tasks[k].due <= due ? in->tasks[k].work : 0;
        for (int32_t d = 0; d < WEEK && in->windows[d].from < due; d++) {
            int32_t most = r->days[d].pace + (set >> d & 1 ? in->crest : 0);
            int32_t end = in->windows[d].until < due ? in->windows[d].until : due;
            most = most < r->days[d].capacity ? most : r->days[d].capacity;
            room += most < end - in->windows[d].from ? most : end - in->windows[d].from;
        }
        if (work > room)
            return false;
    }
    return true;
}

/* Below a crest, overtime is as much as without, on the fewest days of all choices. */
static void overtime_below_a_crest_is_on_few_days(void **state)
{
    (void)state;
    struct rng rng = rng_make(20261126);
    int32_t fewer = 0;
    for (int k = 0; k < 2000; k++) {
        arena_reset(&arena);
        struct plan_span free[WEEK];
        struct plan_day week[WEEK];
        struct plan_task work[WORKS];
        for (int32_t d = 0; d < WEEK; d++) {
            int32_t from = d * 288 + 100, until = from + (int32_t)rng_between(&rng, 1, 30);
            free[d] = (struct plan_span){from, until};
            week[d] =
                (struct plan_day){.beg = d * 288, .end = d * 288 + 288, .first = d, .count = 1};
        }
        for (int32_t j = 0; j < WORKS; j++)
            work[j] = (struct plan_task){.work = (int32_t)rng_between(&rng, 1, 20),
                                         .due = (int32_t)rng_between(&rng, 100, WEEK * 288),
                                         .weight = 3};
        struct plan_input in = input(work, WORKS);
        in.days = week;
        in.windows = free;
        in.day_count = in.window_count = WEEK;
        in.pace = (struct plan_ratio){(int32_t)rng_between(&rng, 0, 3), 4};
        struct plan_result even = solve(&in);
        if (!even.feasible)
            continue;
        int32_t sum[2] = {0, 0}, used[2] = {0, 0}, least = WEEK;
        for (int32_t d = 0; d < WEEK; d++) {
            int32_t over = even.days[d].load - even.days[d].pace;
            in.crest = over > in.crest ? over : in.crest;
        }
        in.crest += (int32_t)rng_between(&rng, 0, 8);
        struct plan_result few = solve(&in);
        assert_true(few.feasible);
        for (int32_t d = 0; d < WEEK; d++) {
            const int32_t over[] = {even.days[d].load - even.days[d].pace,
                                    few.days[d].load - few.days[d].pace};
            for (int32_t i = 0; i < 2; i++) {
                sum[i] += over[i] > 0 ? over[i] : 0;
                used[i] += over[i] > 0;
            }
            assert_in_range(over[1] + 1000, 0, in.crest + 1000);
        }
        for (uint32_t set = 0; set < 1u << WEEK; set++)
            if (__builtin_popcount(set) < least && suffices(&in, &few, set))
                least = __builtin_popcount(set);
        assert_int_equal(sum[0], sum[1]);
        assert_true(used[1] <= used[0]);
        assert_int_equal(used[1], least);
        fewer += used[1] < used[0];
    }
    assert_in_range(fewer, 100, 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_to_do_is_a_plan),
        cmocka_unit_test(a_plan_says_what_it_uses),
        cmocka_unit_test(each_reason_is_given),
        cmocka_unit_test(whole_tasks_come_before_minutes),
        cmocka_unit_test(repairs_are_the_smallest),
        cmocka_unit_test(what_breaks_the_rules_is_refused),
        cmocka_unit_test(both_ends_of_every_number_are_watched),
        cmocka_unit_test(days_that_cannot_be_are_refused),
        cmocka_unit_test(too_much_of_all_tasks_is_refused),
        cmocka_unit_test(bad_prerequisites_are_refused),
        cmocka_unit_test(starts_and_prerequisites_order_the_plan),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(overtime_below_a_crest_is_on_few_days),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
