/*
 * Students who do this and that at odd times of day. Whatever they change, a plan that comes of it
 * is settled: nothing of it is missed, and no better one is proposed in the same moment.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#undef fail

#include "base/rng.h"
#include "desk_fixture.h"
#include "domain/accept.h"
#include "domain/events.h"
#include "domain/schedule.h"
#include "domain/settings.h"
#include "domain/tasks.h"
#include "domain/work.h"

#define D &fixture.domain, &fixture.caller, NULL

enum { STUDENTS = 120, STEPS = 16, HOUR_MIN = 60, DAY_MIN = 24 * HOUR_MIN };

static struct rng rng;
static struct op_result result;

/* Ids too: ties are broken by them. */
static void fill(void *self, void *bytes, size_t len)
{
    rng_bytes(self, bytes, len);
}

static int32_t between(int32_t min, int32_t max)
{
    return (int32_t)rng_between(&rng, min, max);
}

static struct instant minutes_from_now(int32_t minutes)
{
    return (struct instant){(fixture.now.ms / MINUTE_MS + minutes) * MINUTE_MS};
}

static field_set field(const struct table *table, const char *name)
{
    return (field_set)1 << table_find(table, str_of(name));
}

/* One of the tasks that are open; false: none is. */
static bool any_task(struct id *out)
{
    const struct desk *desk = desk_now();
    int32_t n = desk->task_count;
    for (int32_t i = 0, k = n > 0 ? between(0, n - 1) : 0; i < n; i++) {
        const struct task *t = &desk->tasks[(i + k) % n];
        *out = t->id;
        if (t->state == TASK_OPEN)
            return true;
    }
    return false;
}

static enum status add(void)
{
    struct task *t = ARENA_NEW(&fixture.arena, struct task);
    struct id before;
    entity_init(&task_table, t);
    t->title = STR_LIT("Something");
    t->estimate_min = 10 * between(1, 40);
    t->due = minutes_from_now(between(HOUR_MIN, 6 * DAY_MIN));
    t->priority = between(1, 5);
    if (rng_one_in(&rng, 6))
        t->earliest = minutes_from_now(between(0, 2 * DAY_MIN));
    if (rng_one_in(&rng, 5) && any_task(&before)) {
        struct id *ids = ARENA_NEW(&fixture.arena, struct id);
        *ids = before;
        t->prerequisites = (struct list){ids, 1};
    }
    return task_create(fresh_ctx(), D, t, &result);
}

static enum status edit(struct id id)
{
    const struct task patch = {.estimate_min = 10 * between(1, 40),
                               .remaining_min = between(0, 200),
                               .due = minutes_from_now(between(HOUR_MIN, 6 * DAY_MIN))};
    static const char *const names[] = {"estimate_min", "remaining_min", "due"};
    field_set set = field(&task_table, names[between(0, 2)]);
    return task_update(fresh_ctx(), D, id, -1, &patch, set, &result);
}

static enum status carry(struct id id)
{
    int64_t slot = 5 * MINUTE_MS;
    int64_t start = minutes_from_now(between(-HOUR_MIN, 2 * DAY_MIN)).ms / slot * slot;
    struct pin pin = {{start}, {start + between(1, 24) * slot}};
    const struct task patch = {.pinned = {&pin, rng_one_in(&rng, 4) ? 0 : 1}};
    return task_update(fresh_ctx(), D, id, -1, &patch, field(&task_table, "pinned"), &result);
}

static enum status log_work(struct id id)
{
    struct work_entry *w = ARENA_NEW(&fixture.arena, struct work_entry);
    entity_init(&work_entry_table, w);
    w->minutes = between(1, 90);
    w->start = minutes_from_now(-w->minutes - between(0, 90));
    w->note = STR_LIT("");
    return work_log(fresh_ctx(), D, id, w, &result);
}

static enum status use_timer(struct id id)
{
    const struct timer_start start = {id, 0, 0};
    if (work_timer(desk_now()) && rng_one_in(&rng, 2))
        return timer_stop(fresh_ctx(), D, between(0, HOUR_MIN), &result);
    return timer_start(fresh_ctx(), D, &start, &result);
}

static enum status meet(void)
{
    struct event *e = ARENA_NEW(&fixture.arena, struct event);
    entity_init(&event_table, e);
    int16_t hour = (int16_t)between(0, 21);
    e->title = STR_LIT("Meeting");
    e->date = (struct date){(int32_t)(fixture.now.ms / (DAY_MIN * MINUTE_MS)) + between(0, 2)};
    e->start = (struct wall){hour * 60};
    e->end = (struct wall){hour * 60 + between(5, 119)};
    return event_create(fresh_ctx(), D, e, &result);
}

static enum status wish(void)
{
    const struct settings patch = {.min_session_min = 30 * between(0, 2),
                                   .max_session_min = 50 * between(0, 2),
                                   .buffer_min = 600 * between(0, 2),
                                   .max_task_day_min = 120 * between(0, 1),
                                   .pace = {between(0, 10), 10}};
    static const char *const names[] = {"min_session_min", "max_session_min", "buffer_min",
                                        "max_task_day_min", "pace"};
    field_set set = field(&settings_table, names[between(0, 4)]);
    return settings_update(fresh_ctx(), D, -1, &patch, set, &result);
}

static enum status be_free(void)
{
    struct window week[7];
    struct availability free = {.week = {week, 0}};
    for (int32_t day = 1; day <= 7; day++)
        if (!rng_one_in(&rng, 8))
            week[free.week.count++] =
                (struct window){day, {between(0, 12) * 60}, {between(13, 24) * 60}};
    return availability_replace(fresh_ctx(), D, -1, &free, &result);
}

/* A plan: with other shares, the proposal, the one of fewer blocks, or an earlier one. */
static enum status take(void)
{
    const struct desk *desk = desk_now();
    int32_t former = desk->former_plan_count;
    if (former > 0 && rng_one_in(&rng, 3))
        return schedule_return(fresh_ctx(), D, desk->former_plans[between(0, former - 1)].id,
                               &result);
    if (rng_one_in(&rng, 4))
        return schedule_take_tidy(fresh_ctx(), D, &result);
    struct ratio none = {0, 0}, pace = {between(1, 9), 10};
    return schedule_accept(fresh_ctx(), D, rng_one_in(&rng, 2) ? pace : none, none, &result);
}

static enum status do_something(void)
{
    struct id id;
    int32_t what = between(0, 11);
    if (what == 0 || !any_task(&id))
        return add();
    switch (what) {
    case 1:
        return edit(id);
    case 2:
        return carry(id);
    case 3:
    case 4:
        return log_work(id);
    case 5:
    case 6:
        return use_timer(id);
    case 7:
        return meet();
    case 8:
        return wish();
    case 9:
        return be_free();
    case 10:
        return take();
    default:
        return tasks_complete(fresh_ctx(), D, &id, 1, TASK_DONE, &result);
    }
}

static void expect_settled(int32_t student, int32_t step)
{
    struct schedule s;
    const struct schedule_query query = {.days = 14, .at = INSTANT_NONE};
    assert_int_equal(schedule_read(fresh_ctx(), &fixture.domain, desk_now(), &query, &s), ST_OK);
    if (!s.accepted)
        print_error("student %d, step %d\n", student, step);
    assert_true(s.accepted);
    assert_int_equal(s.missed.count, 0);
    assert_null(s.proposal.at);
}

static void a_plan_that_was_just_made_is_settled(void **state)
{
    (void)state;
    int32_t done = 0, plans = 0;
    for (int32_t student = 0; student < STUDENTS; student++) {
        fixture_begin(NULL);
        rng = rng_make((uint64_t)student);
        fixture.domain.random = (struct random_source){fill, &rng};
        fixture.now.ms += between(0, 7 * DAY_MIN) * MINUTE_MS + between(0, 59999);
        for (int32_t i = between(2, 4); i > 0; i--)
            assert_int_equal(add(), ST_OK);
        for (int32_t step = 0; step < STEPS; step++) {
            fixture.now.ms += rng_one_in(&rng, 3) ? between(1, 4000) : between(0, 9000000);
            if (rng_one_in(&rng, 4))
                fixture.now.ms += between(0, DAY_MIN) * MINUTE_MS;
            int64_t before = desk_now()->plan.version;
            done += do_something() == ST_OK;
            if (desk_now()->plan.version == before)
                continue;
            plans++;
            expect_settled(student, step);
        }
        fixture_end(NULL);
    }
    assert_in_range(done, STEPS * STUDENTS * 3 / 4, STEPS * STUDENTS);
    assert_in_range(plans, STEPS * STUDENTS / 4, STEPS * STUDENTS);
}

int main(void)
{
    const struct CMUnitTest all[] = {cmocka_unit_test(a_plan_that_was_just_made_is_settled)};
    return cmocka_run_group_tests(all, NULL, NULL);
}
