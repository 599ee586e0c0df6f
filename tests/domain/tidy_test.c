/* Fewer, longer blocks: when they are offered, and what taking them does. */
#include "domain/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/accept.h"
#include "domain/replan.h"

#define D &fixture.domain, &fixture.caller, NULL

static struct op_result result;
static const struct ratio none = {0, 0};

static struct tidy *read_tidy(void)
{
    struct tidy *tidy = ARENA_NEW(&fixture.arena, struct tidy);
    struct schedule_query query = {.days = SCHEDULE_DAYS_DUE, .at = INSTANT_NONE};
    assert_int_equal(schedule_tidy(fresh_ctx(), &fixture.domain, desk_now(), &query, tidy), ST_OK);
    return tidy;
}

/* A thesis spread over a month at a calm pace, from tonight on. */
static void add_thesis(int32_t minutes)
{
    fixture.now = at("2026-11-18T22:00:00Z");
    struct ratio pace = {15, 100};
    assert_int_equal(schedule_accept(fresh_ctx(), D, pace, none, &result), ST_OK);
    add_task("Thesis", minutes, "2026-12-20T17:00:00Z");
}

/* Something more, when the plan is lived by: it lies in the gaps. */
static void add_later(int32_t minutes, const char *due)
{
    fixture.now.ms += 70 * MINUTE_MS;
    add_task("Essay", minutes, due);
}

static void add_term(void)
{
    add_thesis(3600);
    add_later(300, "2026-12-01T17:00:00Z");
    add_later(335, "2026-12-08T17:00:00Z");
    add_later(370, "2026-12-15T17:00:00Z");
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
    assert_int_equal(blocks->count, expected.count);
    for (int32_t i = 0; i < blocks->count; i++)
        assert_memory_equal((const struct study_block *)blocks->items + i,
                            (const struct study_block *)expected.items + i,
                            sizeof(struct study_block));
}

static void what_it_is_worth_is_told(void **state)
{
    (void)state;
    add_term();
    int64_t rev = desk_now()->rev;
    const struct tidy *tidy = read_tidy();
    const struct schedule *then = tidy->schedule.at;
    assert_non_null(then);
    assert_int_equal(tidy->blocks, desk_now()->plan.blocks.count);
    assert_int_equal(tidy->then, then->blocks.count);
    assert_true(tidy->then * 4 < tidy->blocks * 3);
    assert_int_equal(then->unfinished.count, 0);
    assert_true(tidy->moved_min > 0);
    assert_int_equal(desk_now()->rev, rev);
}

static void it_is_taken_and_gone_back_from(void **state)
{
    (void)state;
    add_term();
    struct list before = copy_blocks();
    struct tidy tidy = *read_tidy();
    fixture.now.ms += MINUTE_MS;
    assert_int_equal(schedule_take_tidy(fresh_ctx(), D, &result), ST_OK);
    struct list after = copy_blocks();
    assert_int_equal(after.count, tidy.then);
    assert_int_equal(plan_moved_min(&before, &after, fixture.now), tidy.moved_min);
    assert_null(read_tidy()->schedule.at);

    const struct former_plan *former = &desk_now()->former_plans[desk_now()->former_plan_count - 1];
    assert_int_equal(former->why, PLAN_CHANGE_TIDIED);
    assert_int_equal(former->moved_min, tidy.moved_min);
    fixture.now.ms += MINUTE_MS;
    assert_int_equal(schedule_return(fresh_ctx(), D, former->id, &result), ST_OK);
    expect_blocks(before);
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_OK);
    expect_blocks(after);
}

/* Whoever looks at the day sees no other one. */
static void the_next_day_stays(void **state)
{
    (void)state;
    add_term();
    fixture.now = at("2026-11-19T07:00:00Z");
    struct list before = copy_blocks();
    const struct study_block *old = before.items;
    assert_non_null(read_tidy()->schedule.at);
    assert_int_equal(schedule_take_tidy(fresh_ctx(), D, &result), ST_OK);
    const struct study_block *new = desk_now()->plan.blocks.items;
    int32_t near = 0;
    for (; old[near].start.ms < fixture.now.ms + 24 * 60 * MINUTE_MS; near++)
        assert_memory_equal(&old[near], &new[near], sizeof *old);
    assert_true(near > 1);
}

static void a_little_is_not_worth_it(void **state)
{
    (void)state;
    add_thesis(3600);
    assert_null(read_tidy()->schedule.at);
    add_later(80, "2026-12-01T17:00:00Z");
    add_later(80, "2026-12-08T17:00:00Z");
    add_later(80, "2026-12-15T17:00:00Z");
    add_later(80, "2026-12-02T17:00:00Z");
    add_later(80, "2026-12-10T17:00:00Z");
    const struct tidy *tidy = read_tidy();
    assert_null(tidy->schedule.at); /* too few of them all */
    assert_true(tidy->blocks - tidy->then >= TIDY_FEWER);
}

static void four_and_a_fifth_are_worth_it(void **state)
{
    (void)state;
    assert_true(tidy_is_worth(20, 16));
    assert_false(tidy_is_worth(21, 17));
    assert_true(tidy_is_worth(5, 1));
    assert_false(tidy_is_worth(6, 3));
    assert_false(tidy_is_worth(16, 20));
}

/* First what did not happen finds its place. */
static void a_plan_that_does_not_hold_is_not_tidied(void **state)
{
    (void)state;
    add_term();
    fixture.now = at("2026-11-20T07:00:00Z");
    const struct tidy *tidy = read_tidy();
    assert_null(tidy->schedule.at);
    assert_true(tidy->then * 4 < tidy->blocks * 3);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_begin, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_it_is_worth_is_told),
        T(it_is_taken_and_gone_back_from),
        T(the_next_day_stays),
        T(a_little_is_not_worth_it),
        T(four_and_a_fifth_are_worth_it),
        T(a_plan_that_does_not_hold_is_not_tidied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
