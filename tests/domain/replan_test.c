/* What a change does to the accepted plan: as little as can be. */
#include "domain/replan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/accept.h"
#include "domain/schedule.h"
#include "domain/settings.h"
#include "domain/tasks.h"

#define D &fixture.domain, &fixture.caller, NULL

static struct op_result result;

/* Where the plan has a task, in its order; the number of its blocks. */
static int32_t blocks_of(struct id id, struct study_block *out, int32_t room)
{
    const struct plan *plan = &desk_now()->plan;
    const struct study_block *blocks = plan->blocks.items;
    int32_t n = 0;
    for (int32_t i = 0; i < plan->blocks.count; i++)
        if (id_eq(blocks[i].task_id, id)) {
            assert_true(n < room);
            out[n++] = blocks[i];
        }
    return n;
}

static void expect_block(struct id id, const char *start, const char *end)
{
    struct study_block b[4];
    assert_int_equal(blocks_of(id, b, 4), 1);
    assert_int_equal(b[0].start.ms, at(start).ms);
    assert_int_equal(b[0].end.ms, at(end).ms);
}

static void complete(struct id id)
{
    assert_int_equal(tasks_complete(fresh_ctx(), D, &id, 1, TASK_DONE, &result), ST_OK);
}

static void set_pace(int32_t percent)
{
    const struct settings patch = {.pace = {percent, 100}};
    field_set set = (field_set)1 << table_find(&settings_table, STR_LIT("pace"));
    assert_int_equal(settings_update(fresh_ctx(), D, -1, &patch, set, &result), ST_OK);
}

static void finishing_one_task_moves_no_other(void **state)
{
    (void)state;
    struct id essay = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    struct id lab = add_task("Lab", 180, "2026-11-25T17:00:00Z");
    expect_block(essay, "2026-11-18T08:00:00Z", "2026-11-18T10:00:00Z");
    expect_block(lab, "2026-11-18T10:00:00Z", "2026-11-18T13:00:00Z");
    complete(essay);
    expect_block(lab, "2026-11-18T10:00:00Z", "2026-11-18T13:00:00Z");
}

static void what_fits_moves_nothing(void **state)
{
    (void)state;
    struct id lab = add_task("Lab", 180, "2026-11-25T17:00:00Z");
    expect_block(lab, "2026-11-18T08:00:00Z", "2026-11-18T11:00:00Z");
    /* Due first: a plan from nothing would begin with it. */
    struct id essay = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    expect_block(lab, "2026-11-18T08:00:00Z", "2026-11-18T11:00:00Z");
    expect_block(essay, "2026-11-18T11:00:00Z", "2026-11-18T13:00:00Z");
    /* This one does not fit without. */
    struct id quiz = add_task("Quiz", 60, "2026-11-18T09:30:00Z");
    struct study_block b[4];
    assert_int_equal(blocks_of(quiz, b, 4), 1);
    assert_true(b[0].end.ms <= at("2026-11-18T09:30:00Z").ms);
}

static bool begins_at(struct id id, const char *start)
{
    struct study_block b[64];
    for (int32_t i = 0, n = blocks_of(id, b, 64); i < n && i < 64; i++)
        if (b[i].start.ms == at(start).ms)
            return true;
    return false;
}

/* What is typed second is not put into the gaps of what was typed first; an hour later it is. */
static void the_first_tasks_share_the_week(void **state)
{
    (void)state;
    struct id thesis = add_task("Thesis", 3600, "2026-12-20T17:00:00Z");
    assert_true(begins_at(thesis, "2026-11-20T08:00:00Z"));
    struct id essay = add_task("Essay", 600, "2026-11-22T17:00:00Z");
    assert_true(begins_at(essay, "2026-11-20T08:00:00Z"));
    fixture.now.ms += 2 * 3600000;
    struct id quiz = add_task("Quiz", 30, "2026-11-21T12:00:00Z");
    assert_true(begins_at(essay, "2026-11-20T08:00:00Z"));
    assert_false(begins_at(quiz, "2026-11-20T08:00:00Z"));
}

static void a_block_that_has_begun_stays(void **state)
{
    (void)state;
    struct id lab = add_task("Lab", 180, "2026-11-25T17:00:00Z");
    fixture.now = at("2026-11-18T09:00:00Z");
    add_task("Essay", 60, "2026-11-19T17:00:00Z");
    expect_block(lab, "2026-11-18T08:00:00Z", "2026-11-18T11:00:00Z");
}

/* Something urgent takes the place of a block under way: what was done of that is planned again,
 * and the plan is settled. */
static void a_block_that_is_given_up_is_planned_again(void **state)
{
    (void)state;
    struct id lab = add_task("Lab", 180, "2026-11-25T17:00:00Z");
    fixture.now = at("2026-11-18T09:00:00Z");
    add_task("Quiz", 120, "2026-11-18T11:00:00Z");
    struct study_block b[4];
    int32_t n = blocks_of(lab, b, 4);
    int64_t ms = 0;
    for (int32_t i = 0; i < n; i++)
        ms += b[i].end.ms - b[i].start.ms;
    assert_true(b[0].start.ms >= at("2026-11-18T11:00:00Z").ms);
    assert_int_equal(ms, 180 * MINUTE_MS);
    struct schedule s;
    const struct schedule_query query = {.days = 14, .at = INSTANT_NONE};
    assert_int_equal(schedule_read(fresh_ctx(), &fixture.domain, desk_now(), &query, &s), ST_OK);
    assert_true(s.accepted);
}

static void another_pace_is_a_new_plan(void **state)
{
    (void)state;
    struct id thesis = add_task("Thesis", 3600, "2026-12-20T17:00:00Z");
    struct study_block b[64];
    int32_t before = blocks_of(thesis, b, 64);
    set_pace(30);
    int32_t after = blocks_of(thesis, b, 64);
    assert_true(after > before);
    set_pace(90);
    assert_true(blocks_of(thesis, b, 64) < before);
}

static void a_proposal_leaves_alone_what_was_not_missed(void **state)
{
    (void)state;
    struct id essay = add_task("Essay", 60, "2026-11-20T17:00:00Z");
    struct id lab = add_task("Lab", 120, "2026-11-25T17:00:00Z");
    fixture.now = at("2026-11-18T09:00:00Z"); /* the essay's hour went by */
    struct schedule *s = ARENA_NEW(&fixture.arena, struct schedule);
    const struct schedule_query q = {.days = 7, .at = INSTANT_NONE};
    assert_int_equal(schedule_read(fresh_ctx(), &fixture.domain, desk_now(), &q, s), ST_OK);
    assert_false(s->accepted);
    assert_int_equal(s->missed.count, 1);
    const struct schedule_proposal *p = s->proposal.at;
    assert_non_null(p);
    assert_int_equal(p->moved_min, 60);
    assert_int_equal(
        schedule_accept(fresh_ctx(), D, (struct ratio){0, 0}, (struct ratio){0, 0}, &result),
        ST_OK);
    expect_block(lab, "2026-11-18T09:00:00Z", "2026-11-18T11:00:00Z");
    expect_block(essay, "2026-11-18T11:00:00Z", "2026-11-18T12:00:00Z");
}

static enum status set_pins(struct id id, struct pin *pins, int32_t n)
{
    const struct task patch = {.pinned = {pins, n}};
    field_set set = (field_set)1 << table_find(&task_table, STR_LIT("pinned"));
    return task_update(fresh_ctx(), D, id, -1, &patch, set, &result);
}

/* Also outside free hours; what else there is goes around it. */
static void a_pinned_block_stays(void **state)
{
    (void)state;
    struct id lab = add_task("Lab", 60, "2026-11-25T17:00:00Z");
    struct pin night = {at("2026-11-18T22:00:00Z"), at("2026-11-18T23:30:00Z")};
    assert_int_equal(set_pins(lab, &night, 1), ST_OK);
    /* No longer than the task needs it. */
    expect_block(lab, "2026-11-18T22:00:00Z", "2026-11-18T23:00:00Z");
    struct pin noon = {at("2026-11-18T11:00:00Z"), at("2026-11-18T12:00:00Z")};
    assert_int_equal(set_pins(lab, &noon, 1), ST_OK);
    expect_block(lab, "2026-11-18T11:00:00Z", "2026-11-18T12:00:00Z");
    struct id essay = add_task("Essay", 240, "2026-11-18T13:00:00Z");
    expect_block(lab, "2026-11-18T11:00:00Z", "2026-11-18T12:00:00Z");
    assert_int_equal(set_pins(essay, &noon, 1), ST_INVALID);
    assert_string_equal(fixture.ctx.faults[0].code, "overlap");
    complete(lab);
    struct study_block b[4];
    assert_int_equal(blocks_of(lab, b, 4), 0);
}

/* What was carried goes back, and all that moved for it. */
static void what_a_pin_moved_comes_back(void **state)
{
    (void)state;
    struct id essay = add_task("Essay", 120, "2026-11-20T17:00:00Z");
    struct id lab = add_task("Lab", 180, "2026-11-25T17:00:00Z");
    struct pin there = {at("2026-11-18T11:00:00Z"), at("2026-11-18T13:00:00Z")};
    assert_int_equal(set_pins(essay, &there, 1), ST_OK);
    expect_block(essay, "2026-11-18T11:00:00Z", "2026-11-18T13:00:00Z");
    assert_false(begins_at(lab, "2026-11-18T10:00:00Z"));
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_OK);
    assert_int_equal(set_pins(essay, NULL, 0), ST_OK);
    expect_block(essay, "2026-11-18T08:00:00Z", "2026-11-18T10:00:00Z");
    expect_block(lab, "2026-11-18T10:00:00Z", "2026-11-18T13:00:00Z");
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_CONFLICT);
    /* Until another plan is made. */
    assert_int_equal(set_pins(essay, &there, 1), ST_OK);
    add_task("Sheet", 600, "2026-11-20T17:00:00Z");
    assert_int_equal(schedule_restore(fresh_ctx(), D, &result), ST_CONFLICT);
}

/* Half past midnight, in the middle of a pin: what of it lies on the day before is past. */
static void a_pin_over_midnight_is_no_fault(void **state)
{
    (void)state;
    struct id lab = add_task("Lab", 180, "2026-11-25T17:00:00Z");
    struct pin night = {at("2026-11-18T22:00:00Z"), at("2026-11-19T00:30:00Z")};
    assert_int_equal(set_pins(lab, &night, 1), ST_OK);
    fixture.now = at("2026-11-18T23:30:00Z"); /* 00:30 in Berlin */
    struct schedule s;
    const struct schedule_query query = {.days = 14, .at = INSTANT_NONE};
    assert_int_equal(schedule_read(fresh_ctx(), &fixture.domain, desk_now(), &query, &s), ST_OK);
    const struct schedule_block *b = s.blocks.items;
    for (int32_t i = 0; i < s.blocks.count; i++)
        if (b[i].start.ms <= fixture.now.ms && b[i].end.ms > fixture.now.ms)
            assert_int_equal(b[i].end.ms, night.end.ms);
    add_task("Essay", 60, "2026-11-21T12:00:00Z");
    struct study_block there[4]; /* the pin until its end, and what else it needs */
    assert_int_equal(blocks_of(lab, there, 4), 2);
    assert_int_equal(there[0].start.ms, at("2026-11-18T23:00:00Z").ms);
    assert_int_equal(there[0].end.ms, night.end.ms);
}

static void wishes_shape_sessions(void **state)
{
    (void)state;
    struct id lab = add_task("Lab", 300, "2026-11-25T17:00:00Z");
    expect_block(lab, "2026-11-18T08:00:00Z", "2026-11-18T13:00:00Z");
    const struct settings patch = {.max_task_day_min = 120};
    field_set set = (field_set)1 << table_find(&settings_table, STR_LIT("max_task_day_min"));
    assert_int_equal(settings_update(fresh_ctx(), D, -1, &patch, set, &result), ST_OK);
    struct study_block b[4];
    int32_t n = blocks_of(lab, b, 4);
    assert_int_equal(n, 3); /* today's, too */
    for (int32_t i = 0; i < n; i++)
        assert_true(b[i].end.ms - b[i].start.ms <= (int64_t)120 * 60000);
    const struct settings wrong = {.min_session_min = 150};
    set = (field_set)1 << table_find(&settings_table, STR_LIT("min_session_min"));
    assert_int_equal(settings_update(fresh_ctx(), D, -1, &wrong, set, &result), ST_INVALID);
}

static field_set setting(const char *name)
{
    return (field_set)1 << table_find(&settings_table, str_of(name));
}

/* Fifty minutes, then ten of rest, from where the free hours begin. */
static void breaks_are_not_planned(void **state)
{
    (void)state;
    struct id lab = add_task("Lab", 120, "2026-11-25T17:00:00Z");
    struct settings patch = {.break_after_min = 50};
    fixture.now = at("2026-11-16T08:00:00Z");
    assert_int_equal(
        settings_update(fresh_ctx(), D, -1, &patch, setting("break_after_min"), &result),
        ST_INVALID);
    assert_string_equal(fixture.ctx.faults[0].pointer, "/break_min");
    patch.break_min = 10;
    assert_int_equal(settings_update(fresh_ctx(), D, -1, &patch,
                                     setting("break_after_min") | setting("break_min"), &result),
                     ST_OK);
    struct study_block b[4];
    assert_int_equal(blocks_of(lab, b, 4), 3);
    assert_int_equal(b[0].end.ms - b[0].start.ms, 50 * 60000);
    assert_int_equal(b[1].start.ms - b[0].end.ms, 10 * 60000);
    assert_int_equal(b[1].end.ms - b[1].start.ms, 50 * 60000);
    assert_int_equal(b[2].end.ms - b[2].start.ms, 20 * 60000);
    patch.break_after_min = 4;
    assert_int_equal(
        settings_update(fresh_ctx(), D, -1, &patch, setting("break_after_min"), &result),
        ST_INVALID);
}

/* Finished a day before; where that cannot be, as early as can be, and told by how much not. */
static void buffers_are_kept_or_told(void **state)
{
    (void)state;
    struct id lab = add_task("Lab", 60, "2026-11-25T17:00:00Z");
    struct id essay = add_task("Essay", 120, "2026-11-18T12:00:00Z");
    const struct settings patch = {.buffer_min = 24 * 60};
    assert_int_equal(settings_update(fresh_ctx(), D, -1, &patch, setting("buffer_min"), &result),
                     ST_OK);
    struct schedule s;
    const struct schedule_query query = {.days = 14, .at = INSTANT_NONE};
    assert_int_equal(schedule_read(fresh_ctx(), &fixture.domain, desk_now(), &query, &s), ST_OK);
    assert_true(s.accepted);
    assert_int_equal(s.unfinished.count, 0);
    assert_int_equal(s.buffers.count, 1);
    const struct schedule_buffer *broken = s.buffers.items;
    assert_true(id_eq(broken->task_id, essay));
    struct study_block b[4];
    int32_t n = blocks_of(essay, b, 4);
    assert_true(n > 0);
    assert_int_equal(broken->end.ms, b[n - 1].end.ms);
    assert_int_equal(broken->broken_min, (broken->end.ms - at("2026-11-17T12:00:00Z").ms) / 60000);
    n = blocks_of(lab, b, 4);
    assert_true(n > 0 && b[n - 1].end.ms <= at("2026-11-24T17:00:00Z").ms);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_begin, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(finishing_one_task_moves_no_other),
        T(what_fits_moves_nothing),
        T(the_first_tasks_share_the_week),
        T(a_block_that_has_begun_stays),
        T(a_block_that_is_given_up_is_planned_again),
        T(another_pace_is_a_new_plan),
        T(a_pinned_block_stays),
        T(what_a_pin_moved_comes_back),
        T(a_pin_over_midnight_is_no_fault),
        T(wishes_shape_sessions),
        T(breaks_are_not_planned),
        T(buffers_are_kept_or_told),
        T(a_proposal_leaves_alone_what_was_not_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
