#include "plan/calendar.h"

#include <string.h>

#include "base/testing.h"

enum { HOUR = 3600 };

TESTS_WITH_ARENA(1 << 24)

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return (int64_t)date_make(year, month, day).days * 86400 + hour * HOUR + minute * 60;
}

#define TABLE(first, list)                                                                         \
    {STR_LIT("Test/Zone"), (first), sizeof(list) / sizeof(list)[0], 0, 0, list}

static struct calendar expand(const struct zone_table *zone, struct date from, int32_t days,
                              const struct calendar_window *week, int32_t n)
{
    struct ctx c = {.arena = &arena};
    struct calendar out;
    struct calendar_input in = {
        .zone = zone, .from = from, .day_count = days, .week = week, .week_count = n};
    assert_int_equal(calendar_expand(&c, &arena, &in, &out), ST_OK);
    return out;
}

/* The i-th window of a day, in minutes since a UTC second. */
static void expect(const struct calendar *cal, int32_t day, int32_t i, int64_t since, int from,
                   int until)
{
    assert_in_range(i, 0, cal->days[day].count - 1);
    struct plan_span w = cal->windows[cal->days[day].first + i];
    assert_int_equal(((int64_t)w.from * PLAN_SLOT_S - since) / 60, from);
    assert_int_equal(((int64_t)w.until * PLAN_SLOT_S - since) / 60, until);
}

static int32_t length(const struct calendar *cal, int32_t day)
{
    return cal->days[day].end - cal->days[day].beg;
}

static const struct calendar_window every_night[] = {
    {1, {60}, {240}}, {2, {60}, {240}}, {3, {60}, {240}}, {4, {60}, {240}},
    {5, {60}, {240}}, {6, {60}, {240}}, {7, {60}, {240}}};

static void a_gap_shortens_and_a_fold_lengthens(void **state)
{
    (void)state;
    const struct zone_change list[] = {{utc(2026, 3, 29, 1, 0), 2 * HOUR},
                                       {utc(2026, 10, 25, 1, 0), HOUR}};
    const struct zone_table berlin = TABLE(HOUR, list);
    struct calendar cal = expand(&berlin, date_make(2026, 3, 28), 3, every_night, 7);
    assert_int_equal(length(&cal, 0), 288);
    assert_int_equal(length(&cal, 1), 276);
    assert_int_equal(cal.days[1].count, 1);
    expect(&cal, 1, 0, utc(2026, 3, 29, 0, 0), 0, 120); /* 01:00–02:00, 03:00–04:00 */
    expect(&cal, 2, 0, utc(2026, 3, 30, 0, 0), -60, 120);

    cal = expand(&berlin, date_make(2026, 10, 25), 1, every_night, 7);
    assert_int_equal(length(&cal, 0), 300);
    assert_int_equal(cal.days[0].count, 1);
    expect(&cal, 0, 0, utc(2026, 10, 25, 0, 0), -60, 180);
}

static void a_fold_splits_a_window_that_ends_in_it(void **state)
{
    (void)state;
    const struct zone_change list[] = {{utc(2026, 10, 25, 1, 0), HOUR}};
    const struct zone_table berlin = TABLE(2 * HOUR, list);
    const struct calendar_window week[] = {{7, {60}, {150}}}; /* 01:00–02:30 */
    struct calendar cal = expand(&berlin, date_make(2026, 10, 25), 1, week, 1);
    assert_int_equal(cal.days[0].count, 2);
    expect(&cal, 0, 0, utc(2026, 10, 25, 0, 0), -60, 30);
    expect(&cal, 0, 1, utc(2026, 10, 25, 0, 0), 60, 90);
}

static void half_an_hour_changes_too(void **state)
{
    (void)state;
    const struct zone_change list[] = {{utc(2026, 4, 4, 15, 0), 630 * 60},
                                       {utc(2026, 10, 3, 15, 30), 660 * 60}};
    const struct zone_table lord_howe = TABLE(660 * 60, list);
    struct calendar cal = expand(&lord_howe, date_make(2026, 4, 5), 1, every_night, 7);
    assert_int_equal(length(&cal, 0), 294);
    expect(&cal, 0, 0, utc(2026, 4, 4, 14, 0), 0, 210);
    cal = expand(&lord_howe, date_make(2026, 10, 4), 1, every_night, 7);
    assert_int_equal(length(&cal, 0), 282);
}

static void a_date_may_begin_at_one(void **state)
{
    (void)state;
    const struct zone_change list[] = {{utc(2026, 3, 28, 22, 0), 3 * HOUR}};
    const struct zone_table beirut = TABLE(2 * HOUR, list);
    const struct calendar_window week[] = {{7, {0}, {120}}, {6, {22 * 60}, {1440}}};
    struct calendar cal = expand(&beirut, date_make(2026, 3, 28), 2, week, 2);
    assert_int_equal(length(&cal, 1), 276);
    assert_int_equal(cal.days[0].end, cal.days[1].beg);
    expect(&cal, 0, 0, utc(2026, 3, 28, 20, 0), 0, 120);
    expect(&cal, 1, 0, utc(2026, 3, 28, 22, 0), 0, 60);
}

static void a_skipped_date_is_empty(void **state)
{
    (void)state;
    const struct zone_change list[] = {{utc(2011, 12, 30, 10, 0), 14 * HOUR}};
    const struct zone_table apia = TABLE(-10 * HOUR, list);
    struct calendar cal = expand(&apia, date_make(2011, 12, 29), 3, every_night, 7);
    assert_int_equal(length(&cal, 0), 288);
    assert_int_equal(length(&cal, 1), 0);
    assert_int_equal(cal.days[1].count, 0);
    assert_int_equal(cal.days[1].beg, cal.days[0].end);
    assert_int_equal(length(&cal, 2), 288);
    assert_int_equal(cal.days[2].beg, cal.days[0].end);
}

static void busy_time_is_taken_away(void **state)
{
    (void)state;
    const struct zone_table zone = {.name = STR_LIT("UTC")};
    int64_t day = utc(2026, 11, 24, 0, 0); /* a Tuesday */
    const struct calendar_busy busy[] = {{{(day - HOUR) * 1000}, {(day + 63 * 60) * 1000}},
                                         {{(day + 70 * 60) * 1000}, {(day + 80 * 60) * 1000}},
                                         {{(day + 75 * 60) * 1000}, {(day + 78 * 60) * 1000}},
                                         {{(day + 239 * 60) * 1000}, {(day + 900 * 60) * 1000}}};
    struct ctx c = {.arena = &arena};
    struct calendar cal;
    struct calendar_input in = {.zone = &zone,
                                .from = date_make(2026, 11, 24),
                                .day_count = 2,
                                .week = every_night,
                                .week_count = 7,
                                .busy = busy,
                                .busy_count = 4};
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_OK);
    assert_int_equal(cal.days[0].count, 2);
    expect(&cal, 0, 0, day, 65, 70);
    expect(&cal, 0, 1, day, 80, 235);
    assert_int_equal(cal.days[1].count, 1);
}

static void windows_snap_inward_and_merge(void **state)
{
    (void)state;
    const struct zone_table zone = {.name = STR_LIT("UTC")};
    const struct calendar_window week[] = {
        {2, {63}, {64}}, {2, {120}, {130}}, {2, {67}, {71}}, {2, {130}, {142}}, {2, {0}, {7}}};
    struct calendar cal = expand(&zone, date_make(2026, 11, 24), 1, week, 5);
    assert_int_equal(cal.days[0].count, 2);
    expect(&cal, 0, 0, utc(2026, 11, 24, 0, 0), 0, 5);
    expect(&cal, 0, 1, utc(2026, 11, 24, 0, 0), 120, 140);
}

static enum status refuse(struct calendar_input in, const char *pointer)
{
    struct ctx c = {.arena = &arena};
    struct calendar out;
    const struct zone_table zone = {.name = STR_LIT("UTC")};
    in.zone = &zone;
    enum status s = calendar_expand(&c, &arena, &in, &out);
    assert_string_equal(c.faults[0].pointer, pointer);
    return s;
}

static void what_breaks_the_rules_is_refused(void **state)
{
    (void)state;
    const struct calendar_window wrong[] = {{0, {0}, {1}}, {1, {5}, {5}}, {1, {0}, {1441}}};
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            refuse((struct calendar_input){.week = &wrong[i], .week_count = 1}, "/week/0"),
            ST_INVALID);
    const struct calendar_window twice[] = {{1, {10}, {20}}, {1, {5}, {11}}};
    assert_int_equal(refuse((struct calendar_input){.week = twice, .week_count = 2}, "/week"),
                     ST_INVALID);
    const struct calendar_busy busy[] = {{{5}, {6}}, {{4}, {9}}};
    assert_int_equal(refuse((struct calendar_input){.busy = busy, .busy_count = 2}, "/busy"),
                     ST_INVALID);
    assert_int_equal(refuse((struct calendar_input){.day_count = PLAN_DAYS_MAX + 1}, "/days"),
                     ST_INVALID);
    assert_int_equal(refuse((struct calendar_input){.from = {1 << 30}}, "/from"), ST_INVALID);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const struct zone_table zone = {.name = STR_LIT("UTC")};
    struct calendar_input in = {
        .zone = &zone, .day_count = 9, .week = every_night, .week_count = 7};
    for (unsigned nth = 1; nth < 100; nth++) {
        struct ctx c = {.arena = &arena};
        struct calendar out;
        arena_fail_after(nth);
        enum status s = calendar_expand(&c, &arena, &in, &out);
        arena_fail_after(0);
        if (s == ST_OK) {
            assert_true(nth > 3);
            return;
        }
        assert_int_equal(s, ST_UNAVAILABLE);
    }
    fail_msg("never succeeded");
}

static void local_times_map_to_instants(void **state)
{
    (void)state;
    const struct zone_change list[] = {{utc(2026, 3, 29, 1, 0), 2 * HOUR},
                                       {utc(2026, 10, 25, 1, 0), HOUR}};
    const struct zone_table berlin = TABLE(HOUR, list);
    struct instant found[2];
    struct wall half_past_two = {150};
    assert_int_equal(zone_instants(&berlin, date_make(2026, 3, 29), half_past_two, found), 0);
    assert_int_equal(zone_instant(&berlin, date_make(2026, 3, 29), half_past_two).ms,
                     utc(2026, 3, 29, 1, 30) * 1000);
    assert_int_equal(zone_instants(&berlin, date_make(2026, 10, 25), half_past_two, found), 2);
    assert_int_equal(found[0].ms, utc(2026, 10, 25, 0, 30) * 1000);
    assert_int_equal(found[1].ms, utc(2026, 10, 25, 1, 30) * 1000);
    assert_int_equal(zone_instants(&berlin, date_make(2026, 6, 1), (struct wall){1440}, found), 1);
    assert_int_equal(found[0].ms, utc(2026, 6, 1, 22, 0) * 1000);
    assert_int_equal(zone_date(&berlin, found[0]).days, date_make(2026, 6, 2).days);
    assert_int_equal(zone_wall(&berlin, found[0]).minute, 0);
    assert_int_equal(zone_wall(&berlin, (struct instant){found[0].ms - 1}).minute, 1439);
    assert_int_equal(zone_offset_s(&berlin, utc(2026, 3, 29, 1, 0) - 1), HOUR);
    assert_int_equal(zone_offset_s(&berlin, utc(2026, 3, 29, 1, 0)), 2 * HOUR);
}

static void slots_round_by_name(void **state)
{
    (void)state;
    assert_int_equal(slot_floor((struct instant){299999}), 0);
    assert_int_equal(slot_floor((struct instant){-1}), -1);
    assert_int_equal(slot_ceil((struct instant){1}), 1);
    assert_int_equal(slot_ceil((struct instant){-299999}), 0);
    assert_int_equal(slot_ceil((struct instant){600000}), 2);
    assert_int_equal(slot_instant(2).ms, 600000);
    assert_int_equal(slot_floor((struct instant){INT64_MAX}), PLAN_SLOT_LAST);
}

/* Monday nights, but not on the 7th, and in the afternoon of Tuesday the 8th. */
static void some_days_are_otherwise(void **state)
{
    (void)state;
    const struct zone_table utc_zone = {STR_LIT("Test/Zone"), 0, 0, 0, 0, NULL};
    static const struct calendar_window own[] = {{0, {720}, {780}}, {0, {900}, {960}}};
    const struct date from = date_make(2026, 12, 5);
    struct calendar_exception days[] = {
        {{from.days - 3}, 0, 1}, {{from.days + 2}, 0, 0}, {{from.days + 3}, 0, 2}};
    struct ctx c = {.arena = &arena};
    struct calendar cal;
    struct calendar_input in = {.zone = &utc_zone,
                                .from = from,
                                .day_count = 11,
                                .week = every_night,
                                .week_count = 1,
                                .exceptions = days,
                                .exception_count = 3,
                                .windows = own};
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_OK);
    assert_int_equal(cal.window_count, 3);
    assert_int_equal(cal.days[2].count, 0);
    expect(&cal, 3, 0, utc(2026, 12, 8, 0, 0), 720, 780);
    expect(&cal, 3, 1, utc(2026, 12, 8, 0, 0), 900, 960);
    expect(&cal, 9, 0, utc(2026, 12, 14, 0, 0), 60, 240);

    struct calendar_window bad[] = {{0, {720}, {780}}, {0, {770}, {960}}};
    in.windows = bad;
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_INVALID);
    bad[1] = (struct calendar_window){0, {900}, {900}};
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_INVALID);
    bad[1].end.minute = 1441;
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_INVALID);
    in.windows = own;
    days[1].date = days[2].date;
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_INVALID);
    in.exception_count = 1;
    in.from.days = INT32_MAX;
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_INVALID);
    in.from = from;
    in.day_count = -1;
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_INVALID);
}

enum { STUDY_LONGEST = 40 };

/* The most of `length` slots that can be studied, with at most `study` in a row and then a break of
 * at least `rest`: tried in all ways, by what was studied in a row (or rested) so far. */
static int32_t most_study(int32_t length, int32_t study, int32_t rest)
{
    int32_t best[STUDY_LONGEST + 1];
    for (int32_t left = 0; left <= length; left++) {
        best[left] = 0;
        for (int32_t row = 1; row <= study && row <= left; row++) {
            int32_t then = left - row - rest, sum = row + (then > 0 ? best[then] : 0);
            best[left] = sum > best[left] ? sum : best[left];
        }
    }
    return best[length];
}

static void breaks_cut_windows_and_leave_the_most(void **state)
{
    (void)state;
    const struct zone_table utc_zone = {.name = STR_LIT("UTC")};
    for (int32_t length = 1; length <= STUDY_LONGEST; length++)
        for (int32_t study = 1; study < 13; study++)
            for (int32_t rest = 1; rest < 5; rest++) {
                arena_reset(&arena);
                const struct calendar_window day[] = {{1, {60}, {60 + length * PLAN_SLOT_MIN}},
                                                      {1, {600}, {605}}};
                struct ctx c = {.arena = &arena};
                struct calendar out;
                struct calendar_input in = {.zone = &utc_zone,
                                            .from = date_make(2026, 11, 23),
                                            .day_count = 9,
                                            .week = day,
                                            .week_count = 2,
                                            .study = study,
                                            .rest = rest};
                assert_int_equal(calendar_expand(&c, &arena, &in, &out), ST_OK);
                int32_t sum = 0;
                assert_int_equal(out.days[7].first + out.days[7].count, out.window_count);
                for (int32_t i = out.days[7].first; i < out.window_count; i++) {
                    struct plan_span w = out.windows[i];
                    assert_in_range(w.until - w.from, 1, study);
                    if (i > out.days[7].first)
                        assert_true(w.from >= out.windows[i - 1].until + rest);
                    sum += w.until - w.from;
                }
                assert_int_equal(sum, most_study(length, study, rest) + 1);
            }
}

static void a_break_without_end_is_refused(void **state)
{
    (void)state;
    const struct zone_table utc_zone = {.name = STR_LIT("UTC")};
    const int32_t wrong[][2] = {{-1, 0}, {10, 0}, {10, -2}, {601, 2}, {10, 601}, {0, -1}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct ctx c = {.arena = &arena};
        struct calendar out;
        struct calendar_input in = {
            .zone = &utc_zone, .day_count = 1, .study = wrong[i][0], .rest = wrong[i][1]};
        assert_int_equal(calendar_expand(&c, &arena, &in, &out), ST_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_shortens_and_a_fold_lengthens),
        cmocka_unit_test(a_fold_splits_a_window_that_ends_in_it),
        cmocka_unit_test(half_an_hour_changes_too),
        cmocka_unit_test(a_date_may_begin_at_one),
        cmocka_unit_test(a_skipped_date_is_empty),
        cmocka_unit_test(busy_time_is_taken_away),
        cmocka_unit_test(windows_snap_inward_and_merge),
        cmocka_unit_test(what_breaks_the_rules_is_refused),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(local_times_map_to_instants),
        cmocka_unit_test(slots_round_by_name),
        cmocka_unit_test(some_days_are_otherwise),
        cmocka_unit_test(breaks_cut_windows_and_leave_the_most),
        cmocka_unit_test(a_break_without_end_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
