/* The work log and the timer, repeating tasks: what moves together, and what the plan makes of it.
 */
#include "domain/work.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/accept.h"
#include "domain/schedule.h"
#include "domain/tasks.h"

#define D &fixture.domain, &fixture.caller, NULL

static struct op_result result;

static const struct work_entry *shown(void)
{
    assert_int_equal(result.shown_count, 1);
    return result.shown[0].entity;
}

static const char *code(void)
{
    return fixture.ctx.faults[0].code;
}

static enum status log_work(struct id task, const char *start, int32_t minutes)
{
    struct work_entry *w = ARENA_NEW(&fixture.arena, struct work_entry);
    entity_init(&work_entry_table, w);
    w->start = at(start);
    w->minutes = minutes;
    w->note = STR_LIT("");
    return work_log(fresh_ctx(), D, task, w, &result);
}

static enum status start_timer(struct id task, int32_t focus_min)
{
    const struct timer_start s = {task, focus_min, focus_min / 5};
    return timer_start(fresh_ctx(), D, &s, &result);
}

static enum status stop_timer(int32_t minutes)
{
    return timer_stop(fresh_ctx(), D, minutes, &result);
}

static void expect_task(struct id id, int32_t worked, int32_t remaining)
{
    const struct task *t = desk_task(desk_now(), id);
    assert_int_equal(t->worked_min, worked);
    assert_int_equal(t->remaining_min, remaining);
}

static enum status complete(struct id id, enum task_state state)
{
    return tasks_complete(fresh_ctx(), D, &id, 1, state, &result);
}

static struct schedule *schedule_now(void)
{
    struct schedule *s = ARENA_NEW(&fixture.arena, struct schedule);
    const struct schedule_query q = {.days = 7, .at = INSTANT_NONE};
    assert_int_equal(schedule_read(fresh_ctx(), &fixture.domain, desk_now(), &q, s), ST_OK);
    return s;
}

/* ---- by hand ---- */

static void logging_moves_the_task_in_the_same_commit(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    int64_t rev = desk_now()->rev;
    assert_int_equal(log_work(id, "2026-11-18T07:00:00Z", 50), ST_OK);
    assert_int_equal(desk_now()->rev, rev + 1);
    expect_task(id, 50, 70);
    struct id first = shown()->id;
    assert_int_equal(shown()->end.ms, at("2026-11-18T07:50:00Z").ms);

    struct work_entry patch = {.minutes = 30};
    field_set minutes = (field_set)1 << table_find(&work_entry_table, STR_LIT("minutes"));
    assert_int_equal(work_update(fresh_ctx(), D, first, -1, &patch, minutes, &result), ST_OK);
    expect_task(id, 30, 90);
    assert_int_equal(work_delete(fresh_ctx(), D, first, -1, &result), ST_OK);
    expect_task(id, 0, 120);
}

/* More than remained: deleting gives back what it took, no more. */
static void deleting_gives_back_what_was_taken(void **state)
{
    (void)state;
    struct id id = add_task("Short", 30, "2026-11-20T17:00:00Z");
    assert_int_equal(log_work(id, "2026-11-18T07:00:00Z", 50), ST_OK);
    expect_task(id, 50, 0);
    assert_int_equal(desk_task(desk_now(), id)->state, TASK_OPEN);
    assert_int_equal(work_delete(fresh_ctx(), D, shown()->id, -1, &result), ST_OK);
    expect_task(id, 0, 30);
}

static void what_cannot_be_logged(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    int64_t rev = desk_now()->rev;
    assert_int_equal(log_work(id, "2026-11-18T07:00:00Z", 0), ST_INVALID);
    assert_string_equal(fixture.ctx.faults[0].pointer, "/minutes");
    assert_int_equal(log_work(id, "2026-11-18T07:30:00Z", 40), ST_INVALID);
    assert_string_equal(code(), "future");
    assert_int_equal(log_work(id, "2025-10-01T07:30:00Z", 40), ST_INVALID);
    assert_int_equal(log_work(domain_new_id(&fixture.domain), "2026-11-18T07:00:00Z", 5),
                     ST_NOT_FOUND);
    assert_int_equal(desk_now()->rev, rev);
}

/* ---- the timer ---- */

static void one_timer_at_a_time(void **state)
{
    (void)state;
    struct id essay = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    struct id lab = add_task("Lab", 60, "2026-11-21T17:00:00Z");
    assert_int_equal(start_timer(essay, 0), ST_OK);
    assert_int_equal(result.outcome, OP_CREATED);
    struct id first = shown()->id;
    fixture.now.ms += 20 * MINUTE_MS;
    assert_int_equal(start_timer(essay, 0), ST_OK);
    assert_int_equal(result.outcome, OP_CHANGED);
    assert_true(id_eq(shown()->id, first));
    assert_int_equal(start_timer(lab, 0), ST_OK);
    expect_task(essay, 20, 100);
    assert_int_equal(desk_now()->work_count, 2);
    assert_true(id_eq(work_timer(desk_now())->task_id, lab));
    fixture.now.ms += 10 * MINUTE_MS;
    assert_int_equal(stop_timer(I32_NONE), ST_OK);
    expect_task(lab, 10, 50);
    assert_null(work_timer(desk_now()));
    assert_int_equal(stop_timer(I32_NONE), ST_CONFLICT);
    assert_string_equal(code(), "no_timer");
}

/* Every entry is one stretch; the pause between is in none. */
static void a_pause_is_not_work(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    assert_int_equal(start_timer(id, 25), ST_OK);
    fixture.now.ms += 25 * MINUTE_MS;
    assert_int_equal(timer_pause(fresh_ctx(), D, I32_NONE, &result), ST_OK);
    expect_task(id, 25, 95);
    assert_int_equal(work_timer(desk_now())->state, WORK_PAUSED);
    fixture.now.ms += 300 * MINUTE_MS;
    assert_int_equal(timer_resume(fresh_ctx(), D, &result), ST_OK);
    assert_int_equal(shown()->focus_min, 25);
    assert_int_equal(shown()->break_min, 5);
    fixture.now.ms += 5 * MINUTE_MS;
    assert_int_equal(stop_timer(I32_NONE), ST_OK);
    expect_task(id, 30, 90);
    const struct desk *d = desk_now();
    assert_int_equal(d->work_count, 2);
    assert_int_equal(d->works[0].minutes + d->works[1].minutes, 30);
}

static void a_forgotten_timer_asks(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    assert_int_equal(start_timer(id, 0), ST_OK);
    fixture.now.ms += (int64_t)TIMER_FORGOTTEN_MIN * MINUTE_MS + MINUTE_MS;
    assert_int_equal(stop_timer(I32_NONE), ST_CONFLICT);
    assert_string_equal(code(), "forgotten");
    assert_int_equal(timer_pause(fresh_ctx(), D, I32_NONE, &result), ST_CONFLICT);
    assert_int_equal(complete(id, TASK_DONE), ST_CONFLICT);
    assert_int_equal(stop_timer(10000), ST_INVALID);
    assert_int_equal(stop_timer(90), ST_OK);
    assert_int_equal(shown()->end.ms - shown()->start.ms, 90 * MINUTE_MS);
    expect_task(id, 90, 30);
}

static void a_moment_leaves_nothing(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    assert_int_equal(start_timer(id, 0), ST_OK);
    fixture.now.ms += MINUTE_MS / 3;
    assert_int_equal(stop_timer(I32_NONE), ST_OK);
    assert_int_equal(shown()->minutes, 0);
    assert_int_equal(desk_now()->work_count, 0);
    expect_task(id, 0, 120);
}

static void finishing_a_task_ends_its_timer(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    struct id lab = add_task("Lab", 120, "2026-11-20T17:00:00Z");
    assert_int_equal(start_timer(id, 0), ST_OK);
    fixture.now.ms += 40 * MINUTE_MS;
    assert_int_equal(complete(lab, TASK_DONE), ST_OK);
    assert_non_null(work_timer(desk_now()));
    assert_int_equal(complete(id, TASK_DONE), ST_OK);
    assert_null(work_timer(desk_now()));
    assert_int_equal(desk_task(desk_now(), id)->worked_min, 40);
    assert_int_equal(desk_now()->work_count, 1);
    assert_int_equal(start_timer(id, 0), ST_CONFLICT);
    assert_string_equal(code(), "not_open");

    struct id gone = add_task("Gone", 60, "2026-11-20T17:00:00Z");
    assert_int_equal(start_timer(gone, 0), ST_OK);
    fixture.now.ms += 40 * MINUTE_MS;
    assert_int_equal(task_delete(fresh_ctx(), D, gone, -1, &result), ST_OK);
    assert_null(work_timer(desk_now()));
    assert_int_equal(desk_now()->work_count, 1);
}

/* ---- the plan ---- */

static int32_t capacity_today(void)
{
    const struct schedule_day *days = schedule_now()->days.items;
    return days[0].capacity_min;
}

/* 12 h are free at limit 1; the clock stands at 09:00 in Berlin, when they begin. */
static void work_done_today_counts_against_today(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 600, "2026-11-25T17:00:00Z");
    assert_int_equal(capacity_today(), 720);
    fixture.now = at("2026-11-18T09:00:00Z");
    assert_int_equal(capacity_today(), 660);
    assert_int_equal(log_work(id, "2026-11-18T06:00:00Z", 100), ST_OK);
    assert_int_equal(capacity_today(), 620);
    /* An entry across midnight (23:00 UTC) counts today only with what lies in today. */
    assert_int_equal(log_work(id, "2026-11-17T22:30:00Z", 60), ST_OK);
    assert_int_equal(capacity_today(), 590);
    assert_int_equal(log_work(id, "2026-11-17T19:00:00Z", 60), ST_OK);
    assert_int_equal(capacity_today(), 590);
}

/* Working through a block by the timer is what the plan expected: nothing moves, nothing is missed.
 */
static void a_block_worked_by_the_timer_is_not_missed(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 240, "2026-11-25T17:00:00Z");
    const struct study_block block = *(const struct study_block *)desk_now()->plan.blocks.items;
    int64_t plan = desk_now()->plan.version;
    fixture.now = block.start;
    assert_int_equal(start_timer(id, 0), ST_OK);
    fixture.now.ms += 60 * MINUTE_MS;
    assert_int_equal(timer_pause(fresh_ctx(), D, I32_NONE, &result), ST_OK);
    assert_int_equal(desk_now()->plan.version, plan);
    assert_int_equal(timer_resume(fresh_ctx(), D, &result), ST_OK);
    assert_int_equal(desk_now()->plan.version, plan);
    fixture.now = block.end;
    assert_true(schedule_now()->accepted);
    fixture.now.ms += 5 * MINUTE_MS; /* it still runs */
    assert_int_equal(schedule_now()->missed.count, 0);
    const struct schedule_timed *timed = schedule_now()->timed.at;
    assert_non_null(timed);
    assert_int_equal(timed->minutes, (block.end.ms - block.start.ms) / MINUTE_MS - 60);
    fixture.now = block.end;
    assert_int_equal(stop_timer(I32_NONE), ST_OK);
    assert_int_equal(schedule_now()->missed.count, 0);
    assert_int_equal(desk_now()->plan.version, plan);
}

/* The timer runs over the end of the block, and something else is added: what it did is not planned
 * again. */
static void a_new_plan_knows_what_the_timer_did(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 240, "2026-11-25T17:00:00Z");
    const struct study_block block = *(const struct study_block *)desk_now()->plan.blocks.items;
    fixture.now = block.start;
    assert_int_equal(start_timer(id, 0), ST_OK);
    fixture.now.ms = block.end.ms + 7 * MINUTE_MS;
    struct id lab = add_task("Lab", 60, "2026-11-20T17:00:00Z");
    const struct schedule *s = schedule_now();
    assert_true(s->accepted);
    assert_int_equal(s->missed.count, 0);
    const struct schedule_timed *timed = s->timed.at;
    assert_non_null(timed);
    assert_int_equal(timed->minutes, 240);
    const struct schedule_certificate *c = s->certificate.at;
    assert_int_equal(c->work_min, 60);
    /* Not though nothing of the essay is left to plan, either. */
    fixture.now.ms += 2 * MINUTE_MS;
    assert_int_equal(complete(lab, TASK_DONE), ST_OK);
    assert_true(schedule_now()->accepted);
    assert_int_equal(stop_timer(240), ST_OK);
    expect_task(id, 240, 0);
    assert_int_equal(schedule_now()->missed.count, 0);
}

/* What the timer did of a task that cannot be finished any more was not missed. */
static void what_is_timed_is_not_missed_when_overdue(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 900, "2026-11-18T14:00:00Z");
    const struct study_block block = *(const struct study_block *)desk_now()->plan.blocks.items;
    fixture.now = block.start;
    assert_int_equal(start_timer(id, 0), ST_OK);
    fixture.now = at("2026-11-18T15:00:00Z");
    assert_int_equal(schedule_now()->missed.count, 0);
}

/* Work is logged in the middle of a block, and new plans are made: it comes off the block once. */
static void what_is_logged_comes_off_a_block_once(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 240, "2026-11-25T17:00:00Z");
    const struct study_block block = *(const struct study_block *)desk_now()->plan.blocks.items;
    fixture.now.ms = block.start.ms + 120 * MINUTE_MS;
    assert_int_equal(log_work(id, "2026-11-18T08:30:00Z", 50), ST_OK);
    for (int i = 0; i < 3; i++) {
        add_task("Other", 30, "2026-11-20T17:00:00Z");
        assert_true(schedule_now()->accepted);
        const struct study_block *b = desk_now()->plan.blocks.items;
        assert_int_equal(b->start.ms, block.start.ms);
        const struct schedule_certificate *c = schedule_now()->certificate.at;
        assert_int_equal(c->work_min, 120 + 30 * (i + 1));
    }
}

/* The last slot of a block has begun: it is still under way. */
static void a_block_is_not_missed_before_it_ends(void **state)
{
    (void)state;
    add_task("Essay", 240, "2026-11-25T17:00:00Z");
    const struct study_block block = *(const struct study_block *)desk_now()->plan.blocks.items;
    fixture.now.ms = block.end.ms - 1;
    assert_true(schedule_now()->accepted);
    add_task("Lab", 60, "2026-11-20T17:00:00Z");
    assert_true(schedule_now()->accepted);
    assert_int_equal(((const struct study_block *)desk_now()->plan.blocks.items)->start.ms,
                     block.start.ms);
    fixture.now = block.end;
    assert_int_equal(schedule_now()->missed.count, 1);
}

/* Without it the block did not happen, and starting a timer does not sweep that away. */
static void a_block_not_worked_is_missed_until_taken(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 240, "2026-11-25T17:00:00Z");
    const struct study_block block = *(const struct study_block *)desk_now()->plan.blocks.items;
    fixture.now = (struct instant){block.end.ms + 30 * MINUTE_MS};
    assert_int_equal(schedule_now()->missed.count, 1);
    assert_int_equal(start_timer(id, 0), ST_OK);
    assert_int_equal(schedule_now()->missed.count, 1);
    struct ratio none = {0, 0};
    assert_int_equal(schedule_accept(fresh_ctx(), D, none, none, &result), ST_OK);
    assert_int_equal(schedule_now()->missed.count, 0);
}

static bool same_blocks(const struct list *a, const struct list *b)
{
    const struct study_block *x = a->items;
    const struct study_block *y = b->items;
    for (int32_t i = 0; i < a->count && a->count == b->count; i++)
        if (!id_eq(x[i].task_id, y[i].task_id) || x[i].start.ms != y[i].start.ms)
            return false;
    return a->count == b->count;
}

/* Taking an acceptance back brings the plan, its pace and what was missed; once, and only until
 * another plan is made. */
static void an_acceptance_can_be_taken_back(void **state)
{
    (void)state;
    add_task("Essay", 240, "2026-11-25T17:00:00Z");
    const struct study_block block = *(const struct study_block *)desk_now()->plan.blocks.items;
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_CONFLICT);
    assert_string_equal(code(), "nothing_to_restore");
    fixture.now = (struct instant){block.end.ms + 30 * MINUTE_MS};
    struct plan before;
    assert_true(entity_copy(&plan_table, &fixture.arena, &before, &desk_now()->plan));

    assert_int_equal(
        schedule_accept(fresh_ctx(), D, (struct ratio){1, 10}, (struct ratio){0, 0}, &result),
        ST_OK);
    assert_int_equal(schedule_now()->missed.count, 0);
    assert_false(same_blocks(&desk_now()->plan.blocks, &before.blocks));
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_OK);
    assert_true(same_blocks(&desk_now()->plan.blocks, &before.blocks));
    assert_int_equal(desk_now()->plan.made.ms, before.made.ms);
    assert_int_equal(desk_now()->settings.pace.num, before.pace.num);
    assert_int_equal(schedule_now()->missed.count, 1);
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_CONFLICT);

    struct ratio none = {0, 0};
    assert_int_equal(schedule_accept(fresh_ctx(), D, none, none, &result), ST_OK);
    add_task("Sheet", 600, "2026-11-20T17:00:00Z");
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_CONFLICT);
}

/* ---- tasks that repeat ---- */

static struct id add_weekly(const char *due, int32_t every)
{
    struct task *t = ARENA_NEW(&fixture.arena, struct task);
    struct checklist_item steps[1] = {{STR_LIT("Read"), true}};
    entity_init(&task_table, t);
    t->title = STR_LIT("Sheet");
    t->notes = STR_LIT("");
    t->estimate_min = 90;
    t->due = at(due);
    t->checklist = (struct list){steps, 1};
    t->repeat_unit = REPEAT_WEEK;
    t->repeat_every = every;
    assert_int_equal(task_create(fresh_ctx(), D, t, &result), ST_OK);
    return t->id;
}

static const struct task *next_of(struct id id)
{
    const struct desk *d = desk_now();
    return desk_task(d, desk_task(d, id)->next_id);
}

static void finishing_makes_the_next_one(void **state)
{
    (void)state;
    struct id id = add_weekly("2026-11-20T11:00:00Z", 2);
    assert_int_equal(complete(id, TASK_DONE), ST_OK);
    const struct task *next = next_of(id);
    assert_non_null(next);
    assert_int_equal(next->due.ms, at("2026-12-04T11:00:00Z").ms);
    assert_int_equal(next->remaining_min, 90);
    assert_int_equal(next->skipped, 0);
    assert_false(((const struct checklist_item *)next->checklist.items)[0].done);
    assert_int_equal(complete(id, TASK_DONE), ST_OK);
    assert_int_equal(desk_now()->task_count, 2);
    assert_int_equal(complete(id, TASK_OPEN), ST_OK);
    assert_int_equal(desk_now()->task_count, 1);
    assert_int_equal(complete(id, TASK_DONE), ST_OK);
    assert_int_equal(log_work(next_of(id)->id, "2026-11-18T07:00:00Z", 5), ST_OK);
    assert_int_equal(complete(id, TASK_OPEN), ST_CONFLICT);
    assert_string_equal(code(), "next_begun");
}

/* Three weeks away: one open task before and after, and it says how many were skipped. */
static void missed_ones_do_not_pile_up(void **state)
{
    (void)state;
    struct id id = add_weekly("2026-11-20T11:00:00Z", 1);
    fixture.now = at("2026-12-12T08:00:00Z");
    assert_int_equal(desk_now()->task_count, 1);
    assert_int_equal(complete(id, TASK_DONE), ST_OK);
    assert_int_equal(desk_now()->task_count, 2);
    assert_int_equal(next_of(id)->due.ms, at("2026-12-18T11:00:00Z").ms);
    assert_int_equal(next_of(id)->skipped, 3);
}

/* The last of a series makes no next one; one that ceases to repeat has no last day. */
static void a_series_ends_on_its_last_day(void **state)
{
    (void)state;
    const field_set until = (field_set)1 << table_find(&task_table, STR_LIT("repeat_until"));
    const field_set unit = (field_set)1 << table_find(&task_table, STR_LIT("repeat_unit"));
    struct task patch = {.repeat_until = date_make(2026, 12, 4)};
    struct id id = add_weekly("2026-11-20T12:00:00Z", 1);
    assert_int_equal(task_update(fresh_ctx(), D, id, -1, &patch, until, &result), ST_OK);
    assert_int_equal(complete(id, TASK_DONE), ST_OK);
    const struct task *second = next_of(id);
    assert_int_equal(second->repeat_until.days, patch.repeat_until.days);
    struct id third = second->id;
    assert_int_equal(complete(third, TASK_DONE), ST_OK);
    third = next_of(third)->id;
    assert_int_equal(complete(third, TASK_DONE), ST_OK);
    assert_true(id_is_none(desk_task(desk_now(), third)->next_id));

    patch.repeat_unit = REPEAT_NONE;
    assert_int_equal(task_update(fresh_ctx(), D, third, -1, &patch, unit, &result), ST_OK);
    assert_int_equal(desk_task(desk_now(), third)->repeat_until.days, DATE_NONE.days);
    assert_int_equal(task_update(fresh_ctx(), D, third, -1, &patch, until, &result), ST_INVALID);
    assert_string_equal(code(), "no_effect");
}

/* 13:00 in Berlin stays 13:00 when summer time begins on 2027-03-28. */
static void the_wall_time_holds_over_a_clock_change(void **state)
{
    (void)state;
    fixture.now = at("2027-03-24T08:00:00Z");
    struct id id = add_weekly("2027-03-26T12:00:00Z", 1);
    assert_int_equal(complete(id, TASK_DONE), ST_OK);
    assert_int_equal(next_of(id)->due.ms, at("2027-04-02T11:00:00Z").ms);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_begin, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(logging_moves_the_task_in_the_same_commit),
        TEST(deleting_gives_back_what_was_taken),
        TEST(what_cannot_be_logged),
        TEST(one_timer_at_a_time),
        TEST(a_pause_is_not_work),
        TEST(a_forgotten_timer_asks),
        TEST(a_moment_leaves_nothing),
        TEST(finishing_a_task_ends_its_timer),
        TEST(work_done_today_counts_against_today),
        TEST(a_block_worked_by_the_timer_is_not_missed),
        TEST(a_new_plan_knows_what_the_timer_did),
        TEST(what_is_timed_is_not_missed_when_overdue),
        TEST(what_is_logged_comes_off_a_block_once),
        TEST(a_block_is_not_missed_before_it_ends),
        TEST(a_block_not_worked_is_missed_until_taken),
        TEST(an_acceptance_can_be_taken_back),
        TEST(finishing_makes_the_next_one),
        TEST(missed_ones_do_not_pile_up),
        TEST(a_series_ends_on_its_last_day),
        TEST(the_wall_time_holds_over_a_clock_change),
    };
    return cmocka_run_group_tests_name("work", tests, NULL, NULL);
}
