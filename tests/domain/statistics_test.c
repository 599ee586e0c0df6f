/* The log by date and course, and the record of what was planned. */
#include "domain/statistics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/accept.h"
#include "domain/schedule.h"
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

static struct date day(const char *text)
{
    struct date d;
    assert_true(date_parse(str_of(text), &d));
    return d;
}

static struct statistics read(const char *from, const char *until)
{
    struct statistics s;
    assert_int_equal(
        statistics_read(fresh_ctx(), &fixture.domain, desk_now(), day(from), day(until), &s),
        ST_OK);
    return s;
}

static int32_t worked(const struct statistics *s, const char *date)
{
    const struct day_work *w = s->work.items;
    int32_t sum = 0;
    for (int32_t i = 0; i < s->work.count; i++)
        sum += w[i].date.days == day(date).days ? w[i].minutes : 0;
    return sum;
}

static int32_t planned(const struct statistics *s, const char *date)
{
    const struct planned_day *p = s->planned.items;
    for (int32_t i = 0; i < s->planned.count; i++)
        if (p[i].date.days == day(date).days)
            return p[i].minutes;
    return 0;
}

/* Berlin is an hour ahead: 22:30 to 00:10. */
static void an_entry_is_cut_at_midnight(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 600, "2026-11-30T17:00:00Z");
    log_work(id, "2026-11-16T21:30:00Z", 100);
    log_work(id, "2026-11-16T10:00:00Z", 30);
    log_work(id, "2026-10-01T10:00:00Z", 25);
    struct statistics s = read("2026-11-16", "2026-11-19");
    assert_int_equal(s.work.count, 2);
    assert_int_equal(worked(&s, "2026-11-16"), 120);
    assert_int_equal(worked(&s, "2026-11-17"), 10);
    assert_int_equal(s.total_min, 155);
    assert_int_equal(s.first.days, day("2026-10-01").days);
    s = read("2026-11-17", "2026-11-18");
    assert_int_equal(s.work.count, 1);
    assert_int_equal(worked(&s, "2026-11-17"), 10);
}

static void tasks_that_were_finished_are_counted(void **state)
{
    (void)state;
    struct id early = add_task("Early", 60, "2026-11-20T17:00:00Z");
    struct id late = add_task("Late", 60, "2026-11-18T07:00:00Z");
    add_task("Open", 60, "2026-11-20T17:00:00Z");
    const struct id ids[] = {early, late};
    assert_int_equal(tasks_complete(fresh_ctx(), D, ids, 2, TASK_DONE, &result), ST_OK);
    struct statistics s = read("2026-11-16", "2026-11-19");
    assert_int_equal(s.done, 2);
    assert_int_equal(s.on_time, 1);
}

static void is_milestone(const struct statistics *s, enum milestone_kind kind, int32_t value,
                         int32_t reached, int32_t next)
{
    const struct milestone *m = (const struct milestone *)s->milestones.items + kind;
    assert_int_equal(s->milestones.count, MILESTONES);
    assert_int_equal(m->kind, kind);
    assert_int_equal(m->value, value);
    assert_int_equal(m->reached, reached);
    assert_int_equal(m->next, next);
}

/* Of all time, whatever dates are asked for. */
static void milestones_name_the_last_step_and_the_next(void **state)
{
    (void)state;
    struct statistics s = read("2026-11-16", "2026-11-19");
    is_milestone(&s, MILESTONE_HOURS, 0, 0, 1);
    is_milestone(&s, MILESTONE_DAYS, 0, 0, 3);
    struct id early = add_task("Early", 60, "2026-11-20T17:00:00Z");
    struct id late = add_task("Late", 60, "2026-11-18T07:00:00Z");
    const struct id ids[] = {early, late};
    assert_int_equal(tasks_complete(fresh_ctx(), D, ids, 2, TASK_DONE, &result), ST_OK);
    log_work(early, "2026-11-10T10:00:00Z", 60); /* after a rest of three days */
    log_work(early, "2026-11-06T10:00:00Z", 60); /* after one of two */
    log_work(early, "2026-11-02T22:30:00Z", 60); /* over midnight of Berlin: two days */
    log_work(early, "2026-11-01T10:00:00Z", 479);
    log_work(early, "2026-11-01T09:00:00Z", 60);
    s = read("2026-11-16", "2026-11-19");
    is_milestone(&s, MILESTONE_HOURS, 11, 10, 25);
    is_milestone(&s, MILESTONE_TASKS, 2, 1, 10);
    is_milestone(&s, MILESTONE_ON_TIME, 1, 1, 10);
    is_milestone(&s, MILESTONE_DAYS, 4, 3, 7);
    for (int i = 0; i < 45; i++)
        log_work(early, "2026-10-01T00:00:00Z", 1440);
    s = read("2026-11-16", "2026-11-19");
    is_milestone(&s, MILESTONE_HOURS, 1091, 1000, 0);
}

/* Free from 9 to 21 local time at 60 %: 7 h 10 a day. */
static void a_plan_that_is_replaced_leaves_its_past(void **state)
{
    (void)state;
    add_task("Essay", 1200, "2026-11-30T17:00:00Z");
    struct statistics s = read("2026-11-16", "2026-11-25");
    assert_int_equal(s.planned.count, 0);
    fixture.now = at("2026-11-18T10:00:00Z");
    s = read("2026-11-16", "2026-11-25");
    assert_int_equal(planned(&s, "2026-11-18"), 120);

    add_task("Sheet", 60, "2026-11-19T17:00:00Z"); /* a new plan, made at ten */
    s = read("2026-11-16", "2026-11-25");
    assert_int_equal(planned(&s, "2026-11-18"), 120);
    fixture.now = at("2026-11-19T06:00:00Z");
    assert_int_equal(schedule_accept(fresh_ctx(), D, (struct ratio){0}, (struct ratio){0}, &result),
                     ST_OK);
    s = read("2026-11-16", "2026-11-25");
    int32_t first = planned(&s, "2026-11-18");
    assert_true(first > 400 && first <= 720);
    assert_int_equal(planned(&s, "2026-11-19"), 0);
    /* Accepted again and again, nothing counts twice. */
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            schedule_accept(fresh_ctx(), D, (struct ratio){0}, (struct ratio){0}, &result), ST_OK);
    s = read("2026-11-16", "2026-11-25");
    assert_int_equal(planned(&s, "2026-11-18"), first);
    fixture.now = at("2026-11-19T09:30:00Z");
    s = read("2026-11-19", "2026-11-25");
    assert_int_equal(planned(&s, "2026-11-19"), 90);
    assert_int_equal(s.planned.count, 1);
}

static void not_too_many_days(void **state)
{
    (void)state;
    struct statistics s;
    assert_int_equal(statistics_read(fresh_ctx(), &fixture.domain, desk_now(), day("2026-11-16"),
                                     day("2026-11-16"), &s),
                     ST_INVALID);
    assert_int_equal(statistics_read(fresh_ctx(), &fixture.domain, desk_now(), day("2024-11-14"),
                                     day("2026-11-16"), &s),
                     ST_INVALID);
    assert_string_equal(fixture.ctx.faults[0].pointer, "?until");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_entry_is_cut_at_midnight, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(tasks_that_were_finished_are_counted, fixture_begin,
                                        fixture_end),
        cmocka_unit_test_setup_teardown(milestones_name_the_last_step_and_the_next, fixture_begin,
                                        fixture_end),
        cmocka_unit_test_setup_teardown(a_plan_that_is_replaced_leaves_its_past, fixture_begin,
                                        fixture_end),
        cmocka_unit_test_setup_teardown(not_too_many_days, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
