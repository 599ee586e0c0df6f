/* What is told, when, and that it is told once. */
#include "domain/notifications.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/settings.h"
#include "domain/tasks.h"
#include "domain/work.h"

#define D &fixture.domain, &fixture.caller, NULL

static struct op_result result;
static struct account account = {.kind = ACCOUNT_USER};

static struct notifications *read(void)
{
    struct notifications *n = ARENA_NEW(&fixture.arena, struct notifications);
    account.id = fixture.caller.user;
    account.expires = INSTANT_NONE;
    assert_int_equal(notifications_read(fresh_ctx(), &fixture.domain, &account, desk_now(), n),
                     ST_OK);
    return n;
}

/* The first of this code; NULL: it is not told. */
static const struct notification *told(enum notification_code code)
{
    const struct notifications *n = read();
    const struct notification *items = n->items.items;
    for (int32_t i = 0; i < n->items.count; i++)
        if (items[i].code == code)
            return &items[i];
    return NULL;
}

static enum status mark(struct id id, enum notification_state state)
{
    return notifications_mark(fresh_ctx(), D, &id, 1, state, &result);
}

static void set(const char *name, struct settings patch)
{
    field_set bit = (field_set)1 << table_find(&settings_table, str_of(name));
    assert_int_equal(settings_update(fresh_ctx(), D, -1, &patch, bit, &result), ST_OK);
}

static void log_work(struct id task, const char *start, int32_t minutes)
{
    struct work_entry *w = ARENA_NEW(&fixture.arena, struct work_entry);
    entity_init(&work_entry_table, w);
    w->start = at(start);
    w->minutes = minutes;
    w->note = STR_LIT("");
    assert_int_equal(work_log(fresh_ctx(), D, task, w, &result), ST_OK);
}

static void complete(struct id id)
{
    assert_int_equal(tasks_complete(fresh_ctx(), D, &id, 1, TASK_DONE, &result), ST_OK);
}

static const struct study_block *first_block(void)
{
    const struct plan *plan = &desk_now()->plan;
    assert_true(plan->blocks.count > 0);
    return plan->blocks.items;
}

/* ---- ahead ---- */

static void a_block_is_told_before_it_begins_and_not_for_long(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, "2026-11-30T17:00:00Z");
    struct instant start = first_block()->start;
    fixture.now.ms = start.ms - 11 * MINUTE_MS;
    assert_null(told(TOLD_BLOCK_SOON));
    assert_int_equal(read()->later.ms, start.ms - 10 * MINUTE_MS);
    fixture.now = read()->later;
    const struct notification *n = told(TOLD_BLOCK_SOON);
    assert_non_null(n);
    assert_int_equal(n->kind, NOTIFY_REMINDER);
    assert_int_equal(n->when.ms, start.ms);
    assert_int_equal(n->minutes, 60);
    assert_true(id_eq(n->task_id, id));
    fixture.now.ms = start.ms + TOLD_AFTER_BEGIN_MIN * MINUTE_MS;
    assert_null(told(TOLD_BLOCK_SOON));
}

static void who_is_at_it_is_not_told(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, "2026-11-30T17:00:00Z");
    fixture.now.ms = first_block()->start.ms - 5 * MINUTE_MS;
    assert_non_null(told(TOLD_BLOCK_SOON));
    const struct timer_start timer = {.task_id = id};
    assert_int_equal(timer_start(fresh_ctx(), D, &timer, &result), ST_OK);
    assert_null(told(TOLD_BLOCK_SOON));
}

static void a_deadline_is_told_a_day_before_then_as_missed(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, "2026-11-20T17:00:00Z");
    fixture.now = at("2026-11-19T16:59:00Z");
    assert_null(told(TOLD_DUE_SOON));
    fixture.now = at("2026-11-19T17:00:00Z");
    const struct notification *n = told(TOLD_DUE_SOON);
    assert_non_null(n);
    assert_int_equal(n->minutes, 60);
    assert_null(told(TOLD_OVERDUE));
    fixture.now = at("2026-11-20T17:00:00Z");
    assert_null(told(TOLD_DUE_SOON));
    assert_non_null(told(TOLD_OVERDUE));
    fixture.now = at("2026-11-28T17:00:00Z");
    assert_null(told(TOLD_OVERDUE));
    fixture.now = at("2026-11-20T18:00:00Z");
    complete(id);
    assert_null(told(TOLD_OVERDUE));
}

static void of_many_alike_the_nearest_are_told(void **state)
{
    (void)state;
    for (int i = 0; i < 8; i++)
        add_task(i == 7 ? "First" : "Other", 5,
                 i == 7 ? "2026-11-18T16:00:00Z" : "2026-11-18T17:00:00Z");
    const struct notifications *n = read();
    const struct notification *items = n->items.items;
    int due = 0;
    bool first = false;
    for (int32_t i = 0; i < n->items.count; i++) {
        due += items[i].code == TOLD_DUE_SOON;
        first = first || (items[i].title.len == 5 && memcmp(items[i].title.data, "First", 5) == 0);
    }
    assert_int_equal(due, NOTIFICATIONS_ALIKE_MAX);
    assert_true(first);
}

static void what_does_not_fit_and_what_did_not_happen(void **state)
{
    (void)state;
    struct id id = add_task("Thesis", 3000, "2026-11-20T17:00:00Z");
    const struct notification *n = told(TOLD_SHORT);
    assert_non_null(n);
    assert_true(n->minutes > 0);
    assert_int_equal(n->when.ms, at("2026-11-20T17:00:00Z").ms);
    fixture.now = at("2026-11-19T07:00:00Z");
    n = told(TOLD_MISSED);
    assert_non_null(n);
    assert_int_equal(n->date.days, instant_date(at("2026-11-18T00:00:00Z")).days);
    assert_int_equal(task_delete(fresh_ctx(), D, id, -1, &result), ST_OK);
    assert_null(told(TOLD_SHORT));
    assert_null(told(TOLD_MISSED));
}

/* ---- once ---- */

static void what_was_read_stays_read_and_can_be_taken_back(void **state)
{
    (void)state;
    add_task("Essay", 60, "2026-11-18T17:00:00Z");
    const struct notification *n = told(TOLD_DUE_SOON);
    struct id id = n->id;
    int32_t unread = read()->unread;
    assert_false(n->read);
    assert_int_equal(mark(id, NOTIFICATION_READ), ST_OK);
    assert_true(told(TOLD_DUE_SOON)->read);
    assert_int_equal(read()->unread, unread - 1);
    int64_t rev = desk_now()->rev;
    assert_int_equal(mark(id, NOTIFICATION_READ), ST_OK);
    assert_int_equal(desk_now()->rev, rev);
    assert_int_equal(mark(id, NOTIFICATION_DISMISSED), ST_OK);
    assert_null(told(TOLD_DUE_SOON));
    assert_int_equal(mark(id, NOTIFICATION_UNREAD), ST_OK);
    n = told(TOLD_DUE_SOON);
    assert_true(id_eq(n->id, id));
    assert_false(n->read);
}

/* Another due time is another cause. */
static void a_moved_deadline_is_told_anew(void **state)
{
    (void)state;
    struct id task = add_task("Essay", 60, "2026-11-18T17:00:00Z");
    struct id id = told(TOLD_DUE_SOON)->id;
    assert_int_equal(mark(id, NOTIFICATION_DISMISSED), ST_OK);
    struct task patch = {.due = at("2026-11-18T20:00:00Z")};
    field_set due = (field_set)1 << table_find(&task_table, STR_LIT("due"));
    assert_int_equal(task_update(fresh_ctx(), D, task, -1, &patch, due, &result), ST_OK);
    const struct notification *n = told(TOLD_DUE_SOON);
    assert_non_null(n);
    assert_false(id_eq(n->id, id));
}

static void the_oldest_marks_go(void **state)
{
    (void)state;
    struct id ids[NOTIFICATION_MARKED_MAX];
    struct instant began = fixture.now;
    for (int round = 0; round < 3; round++) {
        for (int32_t i = 0; i < NOTIFICATION_MARKED_MAX; i++)
            ids[i] = domain_new_id(&fixture.domain);
        assert_int_equal(notifications_mark(fresh_ctx(), D, ids, NOTIFICATION_MARKED_MAX,
                                            NOTIFICATION_READ, &result),
                         ST_OK);
        fixture.now.ms += MINUTE_MS;
    }
    const struct desk *desk = desk_now();
    int32_t oldest = 0;
    for (int32_t i = 0; i < desk->notification_mark_count; i++)
        oldest += desk->notification_marks[i].at.ms == began.ms;
    assert_int_equal(desk->notification_mark_count, NOTIFICATION_MARKS_MAX);
    assert_int_equal(oldest, NOTIFICATION_MARKS_MAX - 2 * NOTIFICATION_MARKED_MAX);
    ids[1] = ids[0];
    assert_int_equal(notifications_mark(fresh_ctx(), D, ids, 2, NOTIFICATION_READ, &result),
                     ST_INVALID);
    assert_string_equal(fixture.ctx.faults[0].pointer, "/ids/1");
}

static void a_kind_that_is_switched_off_is_not_told(void **state)
{
    (void)state;
    add_task("Essay", 60, "2026-11-18T17:00:00Z");
    assert_non_null(told(TOLD_DUE_SOON));
    set("notify_reminder", (struct settings){.notify_reminder = false});
    assert_null(told(TOLD_DUE_SOON));
}

/* Berlin is an hour ahead. */
static void quiet_hours_end_by_the_wall_clock(void **state)
{
    (void)state;
    set("quiet_from", (struct settings){.quiet_from = {22 * 60}});
    set("quiet_until", (struct settings){.quiet_until = {7 * 60}});
    assert_true(instant_is_none(read()->quiet_until));
    fixture.now = at("2026-11-18T21:00:00Z");
    assert_int_equal(read()->quiet_until.ms, at("2026-11-19T06:00:00Z").ms);
    fixture.now = at("2026-11-19T05:59:00Z");
    assert_int_equal(read()->quiet_until.ms, at("2026-11-19T06:00:00Z").ms);
    assert_int_equal(read()->later.ms, at("2026-11-19T06:00:00Z").ms);
    fixture.now = at("2026-11-19T06:00:00Z");
    assert_true(instant_is_none(read()->quiet_until));
    set("quiet_from", (struct settings){.quiet_from = {5 * 60}});
    fixture.now = at("2026-11-19T05:00:00Z");
    assert_int_equal(read()->quiet_until.ms, at("2026-11-19T06:00:00Z").ms);
    set("quiet_until", (struct settings){.quiet_until = {5 * 60}});
    assert_true(instant_is_none(read()->quiet_until));
}

/* Not before there is something to lose, nor on the first day; and once. */
static void a_guest_is_told_once_that_it_ends(void **state)
{
    (void)state;
    account.kind = ACCOUNT_GUEST;
    account.created = at("2026-11-18T08:00:00Z");
    fixture.now = at("2026-11-20T08:00:00Z");
    assert_null(told(TOLD_GUEST));
    add_task("Essay", 60, "2026-12-30T17:00:00Z");
    const struct notification *n = told(TOLD_GUEST);
    assert_non_null(n);
    struct id id = n->id;
    fixture.now = at("2026-11-19T07:00:00Z");
    assert_null(told(TOLD_GUEST));
    assert_int_equal(mark(id, NOTIFICATION_DISMISSED), ST_OK);
    fixture.now = at("2026-12-20T07:00:00Z");
    assert_null(told(TOLD_GUEST));
    account.kind = ACCOUNT_USER;
}

/* ---- behind ---- */

static void a_day_is_done_when_nothing_of_it_is_left(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, "2026-11-30T17:00:00Z");
    fixture.now = first_block()->end;
    struct instant start = first_block()->start;
    char text[INSTANT_TEXT_MAX + 1] = "";
    instant_format(start, text);
    assert_null(told(TOLD_DAY_DONE));
    log_work(id, text, 60);
    complete(id);
    const struct notification *n = told(TOLD_DAY_DONE);
    assert_non_null(n);
    assert_int_equal(n->minutes, 60);
    add_task("More", 60, "2026-11-18T20:00:00Z");
    assert_null(told(TOLD_DAY_DONE));
}

static void a_day_on_which_a_block_was_missed_is_not_done(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, "2026-11-30T17:00:00Z");
    add_task("Sheet", 60, "2026-12-10T17:00:00Z");
    char start[INSTANT_TEXT_MAX + 1] = "";
    instant_format(first_block()->start, start);
    fixture.now = first_block()->end;
    log_work(id, start, 60);
    complete(id);
    const struct plan *plan = &desk_now()->plan;
    const struct study_block *blocks = plan->blocks.items;
    fixture.now = blocks[plan->blocks.count - 1].end;
    assert_true(fixture.now.ms < at("2026-11-18T22:00:00Z").ms);
    assert_non_null(told(TOLD_MISSED));
    assert_null(told(TOLD_DAY_DONE));
}

static void the_week_is_told_in_the_next_one(void **state)
{
    (void)state;
    struct id one = add_task("One", 60, "2026-11-20T17:00:00Z");
    struct id two = add_task("Two", 60, "2026-11-21T17:00:00Z");
    log_work(one, "2026-11-18T07:00:00Z", 60);
    complete(one);
    assert_null(told(TOLD_WEEK));
    fixture.now = at("2026-11-23T07:00:00Z");
    const struct notification *n = told(TOLD_WEEK);
    assert_non_null(n);
    assert_int_equal(n->minutes, 60);
    assert_int_equal(n->count, 1);
    assert_null(told(TOLD_WEEK_ON_TIME)); /* one was not */
    fixture.now = at("2026-11-22T09:00:00Z");
    complete(two);
    fixture.now = at("2026-11-23T07:00:00Z");
    assert_null(told(TOLD_WEEK_ON_TIME)); /* nor was it done by then */
    assert_int_equal(tasks_complete(fresh_ctx(), D, &two, 1, TASK_OPEN, &result), ST_OK);
    fixture.now = at("2026-11-18T09:00:00Z");
    complete(two);
    fixture.now = at("2026-11-23T07:00:00Z");
    assert_int_equal(told(TOLD_WEEK_ON_TIME)->count, 2);
    fixture.now = at("2026-11-26T07:00:00Z");
    assert_null(told(TOLD_WEEK));
    assert_null(told(TOLD_WEEK_ON_TIME));
}

static void a_step_is_told_for_a_week_and_only_the_highest(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 3000, "2026-12-30T17:00:00Z");
    log_work(id, "2026-11-16T07:00:00Z", 90);
    const struct notification *n = told(TOLD_HOURS);
    assert_int_equal(n->count, 1);
    assert_int_equal(n->at.ms, at("2026-11-16T08:30:00Z").ms);
    log_work(id, "2026-11-17T07:00:00Z", 600);
    n = told(TOLD_HOURS);
    assert_int_equal(n->count, 10);
    assert_null(told(TOLD_DAYS));
    log_work(id, "2026-11-14T07:00:00Z", 10); /* a day of rest between is forgiven */
    assert_int_equal(told(TOLD_DAYS)->count, 3);
    fixture.now = at("2026-11-25T08:00:00Z");
    assert_null(told(TOLD_HOURS));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_begin, fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_block_is_told_before_it_begins_and_not_for_long),
        TEST(who_is_at_it_is_not_told),
        TEST(a_deadline_is_told_a_day_before_then_as_missed),
        TEST(of_many_alike_the_nearest_are_told),
        TEST(what_does_not_fit_and_what_did_not_happen),
        TEST(what_was_read_stays_read_and_can_be_taken_back),
        TEST(a_moved_deadline_is_told_anew),
        TEST(the_oldest_marks_go),
        TEST(a_kind_that_is_switched_off_is_not_told),
        TEST(quiet_hours_end_by_the_wall_clock),
        TEST(a_guest_is_told_once_that_it_ends),
        TEST(a_day_is_done_when_nothing_of_it_is_left),
        TEST(a_day_on_which_a_block_was_missed_is_not_done),
        TEST(the_week_is_told_in_the_next_one),
        TEST(a_step_is_told_for_a_week_and_only_the_highest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
