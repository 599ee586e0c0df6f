/* A full log makes room by folding old entries, and no figure of theirs changes. */
#include "domain/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#undef fail

#include "desk_fixture.h"
#include "domain/statistics.h"
#include "domain/work.h"

#define D &fixture.domain, &fixture.caller, NULL

static struct op_result result;

static enum status log_work(struct id task, const char *start, int32_t minutes)
{
    struct work_entry *w = ARENA_NEW(&fixture.arena, struct work_entry);
    entity_init(&work_entry_table, w);
    w->start = at(start);
    w->minutes = minutes;
    w->note = STR_LIT("");
    return work_log(fresh_ctx(), D, task, w, &result);
}

/* Fills the log by one commit: `per_day` entries of half an hour each day, the latest `age` days
 * ago, of two tasks in turn. */
static void fill_log(struct id one, struct id other, int32_t per_day, int32_t age)
{
    static struct work_entry entries[WORK_ON_DESK_MAX];
    static struct change changes[WORK_ON_DESK_MAX];
    const struct desk *desk = desk_now();
    int32_t n = WORK_ON_DESK_MAX - desk->work_count;
    int64_t midnight = at("2026-11-17T23:00:00Z").ms;
    for (int32_t i = 0; i < n; i++) {
        int64_t day = age + i / per_day;
        int64_t start = midnight + (-day * DAY_MINUTES + 9 * 60 + i % per_day * 40) * MINUTE_MS;
        entity_init(&work_entry_table, &entries[i]);
        entries[i].id = domain_new_id(&fixture.domain);
        entries[i].task_id = i % 2 ? one : other;
        entries[i].start = (struct instant){start};
        entries[i].end = (struct instant){start + 30 * MINUTE_MS};
        entries[i].minutes = 30;
        entries[i].counted_min = 1;
        entries[i].note = i % 2 ? STR_LIT("read") : STR_LIT("");
        changes[i] = (struct change){ENTITY_WORK, entries[i].id, &entries[i]};
    }
    assert_int_equal(store_commit(fresh_ctx(), fixture.domain.store, fixture.caller.user, desk->rev,
                                  changes, n, NULL, fixture.now, NULL),
                     ST_OK);
    assert_int_equal(desk_now()->work_count, WORK_ON_DESK_MAX);
}

static struct statistics figures(void)
{
    struct statistics s;
    struct date until = {(int32_t)(at("2026-11-20T00:00:00Z").ms / (DAY_MINUTES * MINUTE_MS))};
    struct date from = {until.days - STATISTICS_DAYS_MAX};
    assert_int_equal(statistics_read(fresh_ctx(), &fixture.domain, desk_now(), from, until, &s),
                     ST_OK);
    return s;
}

static int32_t counted(void)
{
    const struct desk *desk = desk_now();
    int32_t sum = 0;
    for (int32_t i = 0; i < desk->work_count; i++)
        sum += desk->works[i].counted_min;
    return sum;
}

/* Eight entries on each of 250 days, 190 of them old enough. */
static void old_days_are_folded_and_count_the_same(void **state)
{
    (void)state;
    struct id one = add_task("One", 600, "2026-11-30T17:00:00Z");
    struct id other = add_task("Other", 600, "2026-11-30T17:00:00Z");
    fill_log(one, other, 8, 1);
    struct statistics before = figures();
    int32_t counted_before = counted();
    assert_int_equal(log_work(one, "2026-11-18T07:00:00Z", 30), ST_OK);
    const struct desk *desk = desk_now();
    assert_int_equal(desk->work_count, WORK_ON_DESK_MAX - FOLD_MAX + 1);
    struct statistics after = figures();
    assert_int_equal(after.total_min, before.total_min + 30);
    assert_int_equal(after.work.count, before.work.count + 1);
    assert_memory_equal(after.work.items, before.work.items,
                        (size_t)before.work.count * sizeof(struct day_work));
    assert_int_equal(counted(), counted_before + 30);
    int32_t young = 0;
    for (int32_t i = 0; i < desk->work_count; i++) {
        const struct work_entry *w = &desk->works[i];
        if (w->kind != WORK_SUM)
            continue;
        young += w->start.ms > fixture.now.ms - (int64_t)FOLD_DAYS * DAY_MINUTES * MINUTE_MS;
        assert_true(w->minutes > 30 && w->minutes <= 120);
        assert_int_equal(w->end.ms, w->start.ms + (int64_t)w->minutes * MINUTE_MS);
        assert_true(str_eq(w->note, id_eq(w->task_id, one) ? STR_LIT("read") : STR_LIT("")));
    }
    assert_int_equal(young, 0);
}

/* One entry of each task a day: only weeks can be folded, and only those long ago. */
static void weeks_are_folded_where_days_cannot(void **state)
{
    (void)state;
    struct id one = add_task("One", 600, "2026-11-30T17:00:00Z");
    struct id other = add_task("Other", 600, "2026-11-30T17:00:00Z");
    fill_log(one, other, 2, 1);
    struct statistics before = figures();
    assert_int_equal(log_work(one, "2026-11-18T07:00:00Z", 30), ST_OK);
    assert_true(desk_now()->work_count < WORK_ON_DESK_MAX - 900);
    assert_int_equal(figures().total_min, before.total_min + 30);
}

static void what_is_young_is_not_folded(void **state)
{
    (void)state;
    struct id one = add_task("One", 600, "2026-11-30T17:00:00Z");
    struct id other = add_task("Other", 600, "2026-11-30T17:00:00Z");
    fill_log(one, other, 35, 1);
    assert_int_equal(log_work(one, "2026-11-18T07:00:00Z", 30), ST_CONFLICT);
    assert_string_equal(fixture.ctx.faults[0].code, "quota");
    assert_int_equal(desk_now()->work_count, WORK_ON_DESK_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(old_days_are_folded_and_count_the_same, fixture_begin,
                                        fixture_end),
        cmocka_unit_test_setup_teardown(weeks_are_folded_where_days_cannot, fixture_begin,
                                        fixture_end),
        cmocka_unit_test_setup_teardown(what_is_young_is_not_folded, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
