/* The history of the accepted plan: what is noted, and going back. */
#include "domain/former_plans.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/accept.h"
#include "domain/replan.h"
#include "domain/schedule.h"
#include "domain/settings.h"
#include "domain/tasks.h"

#define D &fixture.domain, &fixture.caller, NULL

static struct op_result result;
static const struct ratio none = {0, 0};

static void pass(int32_t minutes)
{
    fixture.now.ms += minutes * MINUTE_MS;
}

/* Takes a plan with another pace, a minute later. */
static void take_pace(int32_t percent)
{
    pass(1);
    struct ratio pace = {percent, 100};
    assert_int_equal(schedule_accept(fresh_ctx(), D, pace, none, &result), ST_OK);
}

static void set_pace(int32_t percent)
{
    const struct settings patch = {.pace = {percent, 100}};
    field_set set = (field_set)1 << table_find(&settings_table, STR_LIT("pace"));
    assert_int_equal(settings_update(fresh_ctx(), D, -1, &patch, set, &result), ST_OK);
}

static void set_hours(int16_t from, int16_t until)
{
    struct window week[7];
    struct availability free = {.week = {week, 7}};
    for (int32_t i = 0; i < 7; i++)
        week[i] = (struct window){i + 1, {from * 60}, {until * 60}};
    assert_int_equal(availability_replace(fresh_ctx(), D, -1, &free, &result), ST_OK);
}

/* The history as it is told; the latest first. */
static const struct plan_replacement *told(int32_t n)
{
    struct list list;
    assert_int_equal(former_plans_list(fresh_ctx(), desk_now(), &list), ST_OK);
    assert_int_equal(list.count, n);
    return list.items;
}

static struct list copy_blocks(void)
{
    struct plan *copy = ARENA_NEW(&fixture.arena, struct plan);
    assert_true(entity_copy(&plan_table, &fixture.arena, copy, &desk_now()->plan));
    return copy->blocks;
}

static void expect_blocks(struct list expected)
{
    const struct list *blocks = &desk_now()->plan.blocks;
    const struct study_block *a = expected.items;
    const struct study_block *b = blocks->items;
    assert_int_equal(blocks->count, expected.count);
    for (int32_t i = 0; i < blocks->count; i++) {
        assert_true(id_eq(a[i].task_id, b[i].task_id));
        assert_int_equal(a[i].start.ms, b[i].start.ms);
        assert_int_equal(a[i].end.ms, b[i].end.ms);
    }
}

static struct schedule *read_schedule(struct id former)
{
    struct schedule *s = ARENA_NEW(&fixture.arena, struct schedule);
    struct schedule_query query = {.days = SCHEDULE_DAYS_DUE, .at = INSTANT_NONE, .former = former};
    assert_int_equal(schedule_read(fresh_ctx(), &fixture.domain, desk_now(), &query, s), ST_OK);
    return s;
}

static void go_back(struct id former)
{
    pass(1);
    assert_int_equal(schedule_return(fresh_ctx(), D, former, &result), ST_OK);
}

/* Two tasks that a pace moves, in the evening: no block has begun. */
static void add_two(void)
{
    fixture.now = at("2026-11-18T22:00:00Z");
    add_task("Essay", 600, "2026-11-25T17:00:00Z");
    add_task("Lab", 600, "2026-11-28T17:00:00Z");
}

static void what_is_taken_is_noted(void **state)
{
    (void)state;
    add_two();
    told(0); /* new tasks make plans that nobody took */
    struct list before = copy_blocks();
    take_pace(20);
    const struct plan_replacement *last = told(1);
    assert_int_equal(last->why, PLAN_CHANGE_SHARES);
    assert_int_equal(last->ended.ms, fixture.now.ms);
    assert_int_equal(last->pace.num * 100, last->pace.den * 60);
    assert_int_equal(last->blocks, before.count);
    assert_true(last->moved_min > 0 && last->moved_min < 1200);

    take_pace(10);
    assert_int_equal(told(2)[0].pace.num, 20);
    take_pace(10); /* nothing is otherwise */
    told(2);
}

static void a_former_plan_comes_back(void **state)
{
    (void)state;
    add_two();
    struct list before = copy_blocks();
    take_pace(20);
    struct list calm = copy_blocks();
    go_back(told(1)->id);
    expect_blocks(before);
    assert_int_equal(desk_now()->settings.pace.num * 100, desk_now()->settings.pace.den * 60);
    assert_true(read_schedule(ID_NONE)->accepted);
    assert_int_equal(told(2)->why, PLAN_CHANGE_RETURNED);

    /* And that can be undone, at once or later. */
    pass(1);
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_OK);
    expect_blocks(calm);
    go_back(told(3)[1].id);
    expect_blocks(calm);
    assert_int_equal(schedule_return(fresh_ctx(), D, fixture.caller.user, &result), ST_NOT_FOUND);
}

/* The preview says what going back does, and nothing is stored by it. */
static void it_is_seen_before(void **state)
{
    (void)state;
    add_two();
    take_pace(20);
    struct id former = told(1)->id;
    struct list calm = copy_blocks();
    struct schedule *preview = read_schedule(former);
    expect_blocks(calm);
    assert_false(preview->accepted);
    go_back(former);
    struct schedule *after = read_schedule(ID_NONE);
    const struct schedule_block *a = preview->blocks.items;
    const struct schedule_block *b = after->blocks.items;
    assert_int_equal(preview->blocks.count, after->blocks.count);
    for (int32_t i = 0; i < after->blocks.count; i++)
        assert_true(id_eq(a[i].task_id, b[i].task_id) && a[i].start.ms == b[i].start.ms);
    assert_int_equal(preview->pace.num, after->pace.num);
}

/* What was finished is not studied again, what came meanwhile has its place, and the rest is where
 * it was. */
static void it_is_taken_around_what_changed(void **state)
{
    (void)state;
    add_two();
    struct id quiz = add_task("Quiz", 60, "2026-11-27T17:00:00Z");
    struct list before = copy_blocks();
    take_pace(20);
    assert_int_equal(tasks_complete(fresh_ctx(), D, &quiz, 1, TASK_DONE, &result), ST_OK);
    struct id test = add_task("Test", 30, "2026-11-19T09:30:00Z");
    go_back(told(1)->id);
    assert_true(read_schedule(ID_NONE)->accepted);
    assert_int_equal(read_schedule(ID_NONE)->unfinished.count, 0);

    const struct plan *plan = &desk_now()->plan;
    const struct study_block *blocks = plan->blocks.items;
    int32_t tests = 0;
    for (int32_t i = 0; i < plan->blocks.count; i++) {
        assert_false(id_eq(blocks[i].task_id, quiz));
        tests += id_eq(blocks[i].task_id, test);
    }
    assert_int_equal(tests, 1);
    int32_t moved = plan_moved_min(&before, &plan->blocks, fixture.now);
    assert_true(moved >= 30 && moved <= 60); /* the test, and what was in its way */
}

/* What is over does not come back, and the block under way is not taken away. */
static void what_has_begun_stays(void **state)
{
    (void)state;
    add_two();
    take_pace(20);
    struct id former = told(1)->id;
    take_pace(60);
    take_pace(20);
    const struct study_block first = *(const struct study_block *)desk_now()->plan.blocks.items;
    fixture.now.ms = first.start.ms + 30 * MINUTE_MS;
    go_back(former);
    const struct plan *plan = &desk_now()->plan;
    const struct study_block *blocks = plan->blocks.items;
    assert_true(id_eq(blocks[0].task_id, first.task_id));
    assert_int_equal(blocks[0].start.ms, first.start.ms);
    assert_true(plan->blocks.count > 1);
    assert_true(read_schedule(ID_NONE)->accepted);
    assert_int_equal(read_schedule(ID_NONE)->missed.count, 0);

    /* Of a block that nobody began nothing was done. */
    fixture.now = at("2026-11-20T07:00:00Z");
    take_pace(20);
    fixture.now = at("2026-11-20T12:00:00Z");
    go_back(former);
    assert_true(read_schedule(ID_NONE)->accepted);
    assert_int_equal(read_schedule(ID_NONE)->missed.count, 0);
    blocks = desk_now()->plan.blocks.items;
    assert_in_range(blocks[0].start.ms, fixture.now.ms, fixture.now.ms + 5 * MINUTE_MS);
}

/* A calmer plan that does not keep the block under way plans anew what was done of it, which takes
 * nothing from the way back. */
static void it_is_undone_in_the_middle_of_a_block(void **state)
{
    (void)state;
    add_two();
    const struct study_block first = *(const struct study_block *)desk_now()->plan.blocks.items;
    fixture.now.ms = first.start.ms + 30 * MINUTE_MS;
    struct list before = copy_blocks();
    take_pace(20);
    told(1);
    assert_true(read_schedule(ID_NONE)->accepted);
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_OK);
    expect_blocks(before);
}

static void settings_and_hours_are_noted(void **state)
{
    (void)state;
    add_two();
    struct list before = copy_blocks();
    set_pace(20);
    pass(5);
    set_pace(15); /* the same sitting */
    const struct plan_replacement *last = told(1);
    assert_int_equal(last->why, PLAN_CHANGE_SETTINGS);
    assert_int_equal(last->blocks, before.count);
    pass(11);
    set_pace(30);
    told(2);
    pass(1);
    set_hours(12, 21);
    pass(1);
    set_hours(14, 21);
    assert_int_equal(told(3)->why, PLAN_CHANGE_HOURS);
    const struct plan_replacement *list = told(3);
    go_back(list[2].id);
    assert_true(read_schedule(ID_NONE)->accepted);
    const struct study_block *blocks = desk_now()->plan.blocks.items;
    for (int32_t i = 0; i < desk_now()->plan.blocks.count; i++)
        assert_true(blocks[i].start.ms % (DAY_MINUTES * MINUTE_MS) >=
                    13 * 60 * MINUTE_MS); /* 14:00 there */
}

static void what_was_put_back_is_noted(void **state)
{
    (void)state;
    add_two();
    const struct study_block first = *(const struct study_block *)desk_now()->plan.blocks.items;
    int32_t blocks = desk_now()->plan.blocks.count;
    fixture.now.ms = first.end.ms + 30 * MINUTE_MS;
    assert_int_equal(schedule_accept(fresh_ctx(), D, none, none, &result), ST_OK);
    assert_int_equal(told(1)->why, PLAN_CHANGE_MISSED);
    assert_int_equal(told(1)->blocks, blocks - 1); /* what is over is not gone back to */
    pass(1);
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_OK);
    assert_int_equal(told(2)->why, PLAN_CHANGE_UNDONE);
}

static void the_oldest_are_forgotten(void **state)
{
    (void)state;
    add_two();
    take_pace(20);
    struct id first = told(1)->id;
    for (int32_t i = 0; i < FORMER_PLANS_MAX + 2; i++)
        take_pace(i % 2 ? 20 : 60);
    const struct plan_replacement *list = told(FORMER_PLANS_MAX);
    for (int32_t i = 1; i < FORMER_PLANS_MAX; i++)
        assert_true(list[i - 1].ended.ms > list[i].ended.ms);
    assert_null(desk_former_plan(desk_now(), first));
}

/* Of long plans fewer are kept, so that a desk stays small. */
static void long_plans_are_forgotten_sooner(void **state)
{
    (void)state;
    add_task("Thesis", 6000, "2027-08-01T17:00:00Z");
    int32_t blocks = 0;
    set_pace(0);
    for (int32_t i = 0; i < FORMER_PLANS_MAX; i++)
        take_pace(i % 2 ? 0 : 4);
    assert_true(desk_now()->former_plan_count < FORMER_PLANS_MAX);
    for (int32_t i = 0; i < desk_now()->former_plan_count; i++)
        blocks += desk_now()->former_plans[i].blocks.count;
    assert_in_range(blocks, FORMER_PLANS_BLOCKS_MAX / 2, FORMER_PLANS_BLOCKS_MAX);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_begin, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_is_taken_is_noted),
        T(a_former_plan_comes_back),
        T(it_is_seen_before),
        T(it_is_taken_around_what_changed),
        T(what_has_begun_stays),
        T(it_is_undone_in_the_middle_of_a_block),
        T(settings_and_hours_are_noted),
        T(what_was_put_back_is_noted),
        T(the_oldest_are_forgotten),
        T(long_plans_are_forgotten_sooner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
