/* Tasks that are deleted and come back: as they were, but for what has changed meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/attachments.h"
#include "domain/tasks.h"
#include "domain/work.h"

#define D &fixture.domain, &fixture.caller

static const char *const DUE = "2026-11-27T17:00:00Z";
static struct op_result result;

static const char *code(void)
{
    return fixture.ctx.faults[0].code;
}

/* The n-th key. */
static struct op_key key(uint8_t n)
{
    struct op_key k = {.id = {{1}}};
    k.id.bytes[15] = n;
    k.request.bytes[0] = n;
    return k;
}

static enum status delete_one(uint8_t n, struct id id)
{
    const struct op_key k = key(n);
    return task_delete(fresh_ctx(), D, &k, id, -1, &result);
}

static enum status delete_many(uint8_t n, const struct id *ids, int32_t count)
{
    const struct op_key k = key(n);
    struct seen_task seen[8];
    for (int32_t i = 0; i < count; i++)
        seen[i] = (struct seen_task){ids[i], desk_task(desk_now(), ids[i])->version};
    return tasks_delete(fresh_ctx(), D, &k, seen, count, &result);
}

static enum status restore(uint8_t n)
{
    return tasks_restore(fresh_ctx(), D, NULL, key(n).id, &result);
}

static struct task *copy_of(struct id id)
{
    struct task *t = ARENA_NEW(&fixture.arena, struct task);
    assert_true(entity_copy(&task_table, &fixture.arena, t, desk_task(desk_now(), id)));
    return t;
}

/* Puts it as it is, past all rules. */
static void put(enum entity_kind kind, struct id id, const void *entity)
{
    const struct change change = {kind, id, entity};
    assert_int_equal(store_commit(fresh_ctx(), fixture.domain.store, fixture.caller.user,
                                  desk_now()->rev, &change, 1, NULL, fixture.now, NULL),
                     ST_OK);
}

static enum status change_waits(struct id id, struct id *before, int32_t n)
{
    const struct task patch = {.prerequisites = {before, n}};
    const field_set set = (field_set)1 << table_find(&task_table, STR_LIT("prerequisites"));
    return task_update(fresh_ctx(), D, NULL, id, -1, &patch, set, &result);
}

static void let_wait(struct id id, struct id *before, int32_t n)
{
    assert_int_equal(change_waits(id, before, n), ST_OK);
}

static bool waits(struct id id, struct id before)
{
    const struct task *t = desk_task(desk_now(), id);
    const struct id *ids = t->prerequisites.items;
    for (int32_t i = 0; i < t->prerequisites.count; i++)
        if (id_eq(ids[i], before))
            return true;
    return false;
}

static struct id log_work(struct id task, const char *start, int32_t minutes)
{
    struct work_entry *w = ARENA_NEW(&fixture.arena, struct work_entry);
    entity_init(&work_entry_table, w);
    w->start = at(start);
    w->minutes = minutes;
    w->note = STR_LIT("read");
    assert_int_equal(work_log(fresh_ctx(), D, NULL, task, w, &result), ST_OK);
    return w->id;
}

static void expect_task(struct id id, int32_t worked, int32_t remaining)
{
    const struct task *t = desk_task(desk_now(), id);
    assert_int_equal(t->worked_min, worked);
    assert_int_equal(t->remaining_min, remaining);
}

/* But its version, which is new. */
static void expect_as_before(const struct task *before)
{
    const struct task *t = desk_task(desk_now(), before->id);
    const field_set version = (field_set)1 << table_find(&task_table, STR_LIT("version"));
    assert_non_null(t);
    assert_true(entity_eq(&task_table, t, before, version));
    assert_true(t->version > before->version);
}

/* ---- as it was ---- */

static struct task *rich_task(void)
{
    static struct checklist_item steps[] = {{{"Read", 4}, true}, {{"Write", 5}, false}};
    static struct pin pins[1];
    struct id id = add_task("Essay", 120, DUE);
    struct task *t = copy_of(id);
    pins[0] = (struct pin){at("2026-11-20T10:00:00Z"), at("2026-11-20T11:00:00Z")};
    t->checklist = (struct list){steps, 2};
    t->pinned = (struct list){pins, 1};
    t->repeat_unit = REPEAT_WEEK;
    t->repeat_every = 2;
    t->notes = STR_LIT("Two pages");
    put(ENTITY_TASK, id, t);
    return t;
}

static void it_is_there_again_whole_and_under_its_id(void **state)
{
    (void)state;
    const struct task *rich = rich_task();
    struct id reading = add_task("Reading", 60, DUE);
    struct id talk = add_task("Talk", 60, DUE);
    let_wait(rich->id, (struct id[]){reading}, 1);
    let_wait(talk, (struct id[]){reading, rich->id}, 2);
    struct id entry = log_work(rich->id, "2026-11-18T07:00:00Z", 50);
    const struct task *before = copy_of(rich->id);
    const struct task *after = copy_of(talk);
    const struct work_entry logged = *desk_work(desk_now(), entry);

    assert_int_equal(delete_one(1, rich->id), ST_OK);
    assert_null(desk_task(desk_now(), rich->id));
    assert_false(waits(talk, rich->id));
    assert_true(desk_was_deleted(desk_now(), ENTITY_TASK, rich->id));
    assert_int_equal(restore(1), ST_OK);
    assert_int_equal(result.shown_count, 1);
    expect_as_before(before);
    expect_as_before(after);
    assert_false(desk_was_deleted(desk_now(), ENTITY_TASK, rich->id));
    assert_int_equal(desk_work(desk_now(), entry)->version, logged.version);

    /* What it had logged counts for it: taking that back gives it the time again. */
    assert_int_equal(work_delete(fresh_ctx(), D, NULL, entry, -1, &result), ST_OK);
    expect_task(rich->id, 0, 120);

    int64_t rev = desk_now()->rev;
    assert_int_equal(restore(1), ST_OK);
    assert_int_equal(result.shown_count, 1);
    assert_int_equal(desk_now()->rev, rev);
}

static void the_plan_follows(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 120, DUE);
    assert_true(desk_now()->plan.blocks.count > 0);
    assert_int_equal(delete_one(1, id), ST_OK);
    assert_int_equal(desk_now()->plan.blocks.count, 0);
    assert_int_equal(restore(1), ST_OK);
    const struct study_block *blocks = desk_now()->plan.blocks.items;
    assert_true(desk_now()->plan.blocks.count > 0);
    assert_true(id_eq(blocks[0].task_id, id));
}

/* The next one of a series is the next one still. */
static void a_series_goes_on(void **state)
{
    (void)state;
    struct task *first = rich_task();
    assert_int_equal(tasks_complete(fresh_ctx(), D, NULL, &first->id, 1, TASK_DONE, &result),
                     ST_OK);
    struct id next = desk_task(desk_now(), first->id)->next_id;
    const struct task *before = copy_of(next);
    const struct task *done = copy_of(first->id);
    assert_int_equal(delete_many(1, (struct id[]){first->id, next}, 2), ST_OK);
    assert_int_equal(restore(1), ST_OK);
    expect_as_before(before);
    expect_as_before(done);
    assert_int_equal(tasks_complete(fresh_ctx(), D, NULL, &first->id, 1, TASK_OPEN, &result),
                     ST_OK);
    assert_null(desk_task(desk_now(), next));
}

/* ---- what happened meanwhile ---- */

static void the_log_counts_as_it_is_now(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, DUE);
    struct id gone = log_work(id, "2026-11-18T06:00:00Z", 10);
    struct id longer = log_work(id, "2026-11-18T05:00:00Z", 20);
    log_work(id, "2026-11-18T04:00:00Z", 15);
    expect_task(id, 45, 15);
    assert_int_equal(delete_one(1, id), ST_OK);
    assert_int_equal(work_delete(fresh_ctx(), D, NULL, gone, -1, &result), ST_OK);
    const struct work_entry patch = {.minutes = 50};
    const field_set minutes = (field_set)1 << table_find(&work_entry_table, STR_LIT("minutes"));
    assert_int_equal(work_update(fresh_ctx(), D, NULL, longer, -1, &patch, minutes, &result),
                     ST_OK);
    assert_int_equal(restore(1), ST_OK);
    expect_task(id, 65, 0);
    /* It took 45 of them, which were left of 60 beside the 15. */
    assert_int_equal(desk_work(desk_now(), longer)->counted_min, 45);
    assert_int_equal(work_delete(fresh_ctx(), D, NULL, longer, -1, &result), ST_OK);
    expect_task(id, 15, 45);
}

/* Two entries became one: nothing was worked more or less. */
static void a_log_that_was_folded_counts_the_same(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 30, DUE);
    struct id first = log_work(id, "2026-11-18T06:00:00Z", 30);
    struct id second = log_work(id, "2026-11-18T05:00:00Z", 20);
    expect_task(id, 50, 0);
    assert_int_equal(delete_one(1, id), ST_OK);
    struct work_entry sum = *desk_work(desk_now(), first);
    const struct work_entry other = *desk_work(desk_now(), second);
    sum.minutes += other.minutes;
    sum.counted_min += other.counted_min;
    sum.kind = WORK_SUM;
    put(ENTITY_WORK, first, &sum);
    put(ENTITY_WORK, second, NULL);
    assert_int_equal(restore(1), ST_OK);
    expect_task(id, 50, 0);
    assert_int_equal(desk_work(desk_now(), first)->counted_min, 30);
}

static void nothing_waits_in_a_circle(void **state)
{
    (void)state;
    struct id reading = add_task("Reading", 60, DUE);
    struct id essay = add_task("Essay", 60, DUE);
    struct id talk = add_task("Talk", 60, DUE);
    struct id other = add_task("Other", 60, DUE);
    let_wait(essay, (struct id[]){reading}, 1);
    let_wait(talk, (struct id[]){essay}, 1);
    let_wait(other, (struct id[]){essay}, 1);
    assert_int_equal(delete_one(1, essay), ST_OK);
    let_wait(reading, (struct id[]){talk}, 1);
    assert_int_equal(restore(1), ST_OK);
    assert_true(waits(essay, reading));
    assert_false(waits(talk, essay));
    assert_true(waits(other, essay));
    assert_int_equal(change_waits(talk, (struct id[]){essay}, 1), ST_INVALID);
}

static void what_has_no_room_does_not_wait(void **state)
{
    (void)state;
    struct id essay = add_task("Essay", 60, DUE);
    struct id talk = add_task("Talk", 60, DUE);
    let_wait(talk, (struct id[]){essay}, 1);
    assert_int_equal(delete_one(1, essay), ST_OK);
    struct id many[PREREQUISITES_MAX];
    for (int32_t i = 0; i < PREREQUISITES_MAX; i++)
        many[i] = add_task("Sheet", 5, DUE);
    let_wait(talk, many, PREREQUISITES_MAX);
    assert_int_equal(restore(1), ST_OK);
    assert_int_equal(desk_task(desk_now(), talk)->prerequisites.count, PREREQUISITES_MAX);
    assert_false(waits(talk, essay));
}

static void what_it_named_and_is_gone_it_is_without(void **state)
{
    (void)state;
    struct course course = {.name = STR_LIT("Logic"), .code = STR_LIT("")};
    assert_int_equal(course_create(fresh_ctx(), D, NULL, &course, &result), ST_OK);
    struct id reading = add_task("Reading", 60, DUE);
    struct id sheet = add_task("Sheet", 60, DUE);
    struct task *rich = rich_task();
    rich->course_id = course.id;
    put(ENTITY_TASK, rich->id, rich);
    let_wait(rich->id, (struct id[]){reading, sheet}, 2);
    assert_int_equal(delete_one(1, rich->id), ST_OK);
    assert_int_equal(delete_one(2, reading), ST_OK);
    assert_int_equal(course_delete(fresh_ctx(), D, NULL, course.id, -1, false, &result), ST_OK);
    struct task *pinned = copy_of(sheet);
    pinned->pinned = rich->pinned;
    put(ENTITY_TASK, sheet, pinned);
    assert_int_equal(restore(1), ST_OK);
    const struct task *t = desk_task(desk_now(), rich->id);
    assert_true(id_is_none(t->course_id));
    assert_int_equal(t->prerequisites.count, 1);
    assert_true(waits(rich->id, sheet));
    assert_int_equal(t->pinned.count, 0);
    assert_int_equal(t->checklist.count, 2);
    /* That was deleted later and does not know of it. */
    assert_int_equal(restore(2), ST_OK);
    assert_false(waits(rich->id, reading));
}

/* ---- many ---- */

static void many_come_back_as_they_waited(void **state)
{
    (void)state;
    struct id ids[3] = {add_task("Reading", 60, DUE), add_task("Essay", 60, DUE),
                        add_task("Talk", 60, DUE)};
    struct id other = add_task("Other", 60, DUE);
    const struct task *before[4];
    let_wait(ids[1], &ids[0], 1);
    let_wait(ids[2], ids, 2);
    let_wait(other, &ids[1], 2);
    struct id entry = log_work(ids[2], "2026-11-18T06:00:00Z", 10);
    for (int32_t i = 0; i < 4; i++)
        before[i] = copy_of(i < 3 ? ids[i] : other);
    int64_t rev = desk_now()->rev;
    assert_int_equal(delete_many(1, ids, 3), ST_OK);
    assert_int_equal(desk_now()->rev, rev + 1);
    assert_int_equal(desk_now()->task_count, 1);
    assert_int_equal(restore(1), ST_OK);
    assert_int_equal(desk_now()->rev, rev + 2);
    assert_int_equal(result.shown_count, 3);
    for (int32_t i = 0; i < 4; i++)
        expect_as_before(before[i]);
    assert_int_equal(work_delete(fresh_ctx(), D, NULL, entry, -1, &result), ST_OK);
    expect_task(ids[2], 0, 60);
}

static void all_are_deleted_or_none(void **state)
{
    (void)state;
    struct id first = add_task("Reading", 60, DUE);
    struct id second = add_task("Essay", 60, DUE);
    int64_t seen = desk_task(desk_now(), first)->version;
    int64_t rev = desk_now()->rev;
    const struct op_key k = key(1);
    const struct seen_task stale[] = {{first, seen}, {second, seen}};
    assert_int_equal(tasks_delete(fresh_ctx(), D, &k, stale, 2, &result), ST_STALE);
    const struct seen_task unknown[] = {{first, seen}, {domain_new_id(&fixture.domain), seen}};
    assert_int_equal(tasks_delete(fresh_ctx(), D, &k, unknown, 2, &result), ST_NOT_FOUND);
    assert_string_equal(fixture.ctx.faults[0].pointer, "/tasks/1/id");
    const struct seen_task twice[] = {{first, seen}, {first, seen}};
    assert_int_equal(tasks_delete(fresh_ctx(), D, &k, twice, 2, &result), ST_INVALID);
    assert_string_equal(code(), "twice");
    assert_int_equal(desk_now()->rev, rev);
}

/* Of those that were deleted together, each comes back that no other deletion took. */
static void a_later_deletion_holds(void **state)
{
    (void)state;
    struct id ids[2] = {add_task("Reading", 60, DUE), add_task("Essay", 60, DUE)};
    assert_int_equal(delete_many(1, ids, 2), ST_OK);
    assert_int_equal(restore(1), ST_OK);
    assert_int_equal(delete_one(2, ids[0]), ST_OK);
    assert_int_equal(restore(1), ST_OK);
    assert_int_equal(result.shown_count, 1);
    assert_null(desk_task(desk_now(), ids[0]));
    assert_int_equal(delete_one(3, ids[1]), ST_OK);
    assert_int_equal(restore(1), ST_CONFLICT);
    assert_string_equal(code(), "too_long_ago");
    assert_string_equal(fixture.ctx.faults[0].pointer, "/deletion");
    assert_int_equal(restore(9), ST_CONFLICT);
    assert_string_equal(code(), "too_long_ago");
    assert_int_equal(restore(2), ST_OK);
    assert_int_equal(restore(3), ST_OK);
    assert_int_equal(desk_now()->task_count, 2);
}

static void only_a_deletion_is_taken_back(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, DUE);
    const struct op_key k = key(1);
    assert_int_equal(tasks_complete(fresh_ctx(), D, &k, &id, 1, TASK_DONE, &result), ST_OK);
    assert_int_equal(restore(1), ST_CONFLICT);
    assert_string_equal(code(), "too_long_ago");
}

/* ---- room ---- */

static void there_must_be_room_for_tasks(void **state)
{
    (void)state;
    static struct change changes[TASKS_MAX_GUEST];
    struct id id = add_task("Essay", 60, DUE);
    struct task *one = copy_of(id);
    fixture.caller.kind = ACCOUNT_GUEST;
    assert_int_equal(delete_one(1, id), ST_OK);
    one->state = TASK_DONE;
    for (int32_t i = 0; i < TASKS_MAX_GUEST; i++) {
        struct task *t = ARENA_NEW(&fixture.arena, struct task);
        *t = *one;
        t->id = domain_new_id(&fixture.domain);
        changes[i] = (struct change){ENTITY_TASK, t->id, t};
    }
    assert_int_equal(store_commit(fresh_ctx(), fixture.domain.store, fixture.caller.user,
                                  desk_now()->rev, changes, TASKS_MAX_GUEST, NULL, fixture.now,
                                  NULL),
                     ST_OK);
    assert_int_equal(restore(1), ST_CONFLICT);
    assert_string_equal(code(), "quota");
    assert_null(desk_task(desk_now(), id));
    assert_int_equal(delete_one(2, changes[0].id), ST_OK);
    assert_int_equal(restore(1), ST_OK);
}

static struct id add_file(struct id task, uint8_t n)
{
    struct attachment *a = ARENA_NEW(&fixture.arena, struct attachment);
    entity_init(&attachment_table, a);
    a->id = domain_new_id(&fixture.domain);
    a->task_id = task;
    a->name = STR_LIT("notes.txt");
    a->size = (int64_t)400 << 10;
    a->state = ATTACHMENT_READY;
    a->created = fixture.now;
    a->key.bytes[0] = n;
    put(ENTITY_ATTACHMENT, a->id, a);
    return a->id;
}

/* Those that went with it come back with it; one that was in the trash before stays there. */
static void files_come_back_if_there_is_room(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, DUE);
    struct id other = add_task("Talk", 60, DUE);
    struct id old = add_file(id, 1);
    struct id first = add_file(id, 2);
    struct id second = add_file(id, 3);
    assert_int_equal(attachment_delete(fresh_ctx(), D, NULL, id, old, -1, &result), ST_OK);
    assert_int_equal(delete_one(1, id), ST_OK);
    assert_null(attachment_find(desk_now(), first));
    struct id third = add_file(other, 4);

    fixture.caller.storage_mib = 1;
    assert_int_equal(restore(1), ST_CONFLICT);
    assert_string_equal(code(), "quota");
    assert_null(desk_task(desk_now(), id));
    assert_int_equal(attachment_delete(fresh_ctx(), D, NULL, other, third, -1, &result), ST_OK);
    assert_int_equal(restore(1), ST_OK);
    assert_non_null(attachment_find(desk_now(), first));
    assert_non_null(attachment_find(desk_now(), second));
    assert_null(attachment_find(desk_now(), old));
    assert_int_equal(storage_used(desk_now()).files, 2);
}

/* The timer on it went, without being logged; that stays so. */
static void a_timer_does_not_run_again(void **state)
{
    (void)state;
    struct id id = add_task("Essay", 60, DUE);
    const struct timer_start start = {id, 0, 0};
    assert_int_equal(timer_start(fresh_ctx(), D, NULL, &start, &result), ST_OK);
    fixture.now.ms += 20 * MINUTE_MS;
    assert_int_equal(timer_pause(fresh_ctx(), D, NULL, I32_NONE, &result), ST_OK);
    assert_int_equal(delete_one(1, id), ST_OK);
    assert_int_equal(restore(1), ST_OK);
    assert_null(work_timer(desk_now()));
    expect_task(id, 20, 40);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_begin, fixture_end)
    const struct CMUnitTest tests[] = {
        TEST(it_is_there_again_whole_and_under_its_id),
        TEST(the_plan_follows),
        TEST(a_series_goes_on),
        TEST(the_log_counts_as_it_is_now),
        TEST(a_log_that_was_folded_counts_the_same),
        TEST(nothing_waits_in_a_circle),
        TEST(what_has_no_room_does_not_wait),
        TEST(what_it_named_and_is_gone_it_is_without),
        TEST(many_come_back_as_they_waited),
        TEST(all_are_deleted_or_none),
        TEST(a_later_deletion_holds),
        TEST(only_a_deletion_is_taken_back),
        TEST(there_must_be_room_for_tasks),
        TEST(files_come_back_if_there_is_room),
        TEST(a_timer_does_not_run_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
