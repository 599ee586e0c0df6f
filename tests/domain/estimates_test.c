/* What the plan makes of finished tasks: how much is planned, and that work as planned moves
 * nothing. */
#include "domain/estimates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/settings.h"
#include "domain/tasks.h"
#include "domain/work.h"

#define D &fixture.domain, &fixture.caller, NULL

static struct op_result result;

static void log_work(struct id task, const char *start, int32_t minutes)
{
    struct work_entry *w = ARENA_NEW(&fixture.arena, struct work_entry);
    entity_init(&work_entry_table, w);
    w->start = at(start);
    w->minutes = minutes;
    w->note = STR_LIT("");
    assert_int_equal(work_log(fresh_ctx(), D, task, w, &result), ST_OK);
}

static void finish(int32_t estimate, int32_t worked)
{
    struct id id = add_task("Before", estimate, "2026-11-30T17:00:00Z");
    log_work(id, "2026-11-17T07:00:00Z", worked);
    assert_int_equal(tasks_complete(fresh_ctx(), D, &id, 1, TASK_DONE, &result), ST_OK);
}

static void set_use(enum estimate_use use)
{
    struct settings patch = {.estimates = use};
    field_set set = (field_set)1 << table_find(&settings_table, STR_LIT("estimates"));
    assert_int_equal(settings_update(fresh_ctx(), D, -1, &patch, set, &result), ST_OK);
}

static int32_t planned(struct id task)
{
    const struct desk *desk = desk_now();
    const struct study_block *blocks = desk->plan.blocks.items;
    int64_t ms = 0;
    for (int32_t i = 0; i < desk->plan.blocks.count; i++)
        if (id_eq(blocks[i].task_id, task) && blocks[i].end.ms > fixture.now.ms)
            ms += blocks[i].end.ms - blocks[i].start.ms;
    return (int32_t)(ms / 60000);
}

/* From the log alone: nobody says how much was worked. */
static void the_log_teaches(void **state)
{
    (void)state;
    set_use(ESTIMATE_MEDIAN);
    struct id essay = add_task("Essay", 100, "2026-11-30T17:00:00Z");
    finish(50, 100);
    finish(50, 100);
    assert_int_equal(planned(essay), 100);
    finish(50, 100);
    const struct learn_course *known;
    assert_int_equal(estimates_learn(fresh_ctx(), desk_now(), &known), ST_OK);
    assert_int_equal(known[0].n, 3);
    assert_int_equal(planned(essay), (known[0].median + 4) / 5 * 5);
    assert_true(planned(essay) > 130);
    set_use(ESTIMATE_P80);
    assert_true(planned(essay) > 180);
    set_use(ESTIMATE_TYPED);
    assert_int_equal(planned(essay), 100);
    assert_int_equal(desk_task(desk_now(), essay)->estimate_min, 100);
}

static void work_as_planned_moves_no_block(void **state)
{
    (void)state;
    set_use(ESTIMATE_P80);
    for (int i = 0; i < 4; i++)
        finish(50, 100);
    struct id essay = add_task("Essay", 100, "2026-11-30T17:00:00Z");
    int32_t whole = planned(essay);
    int64_t made = desk_now()->plan.version;
    assert_true(whole > 150);
    /* Free from 9 local time, which is 8 UTC. */
    for (int hour = 0; hour < 2; hour++) {
        fixture.now = at(hour ? "2026-11-18T10:00:00Z" : "2026-11-18T09:00:00Z");
        log_work(essay, hour ? "2026-11-18T09:00:00Z" : "2026-11-18T08:00:00Z", 60);
        assert_int_equal(desk_now()->plan.version, made);
    }
    assert_int_equal(desk_task(desk_now(), essay)->remaining_min, 0);
    assert_int_equal(desk_task(desk_now(), essay)->state, TASK_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_log_teaches, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(work_as_planned_moves_no_block, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
