/*
 * Minutes are conserved: the free hours of every zone and day against a walk over the minutes, with
 * glibc's localtime_r as a clock that shares no code with the zone reader or the calendar; and what
 * repeated events leave of them, slot by slot. Here because it needs both plan/ and client/.
 */
#include "client/zone.h"
#include "plan/calendar.h"
#include "plan/recurrence.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

enum { PATH_SIZE = 1024, DAY_S = 86400, ZONES_MAX = 1000, SPAN_SLOTS = 4 * 288 };

/* Odd minutes, midnight, whole days, the hours in which clocks change. */
static const struct calendar_window week[] = {
    {1, {0}, {1440}},  {2, {62}, {203}},  {2, {203}, {204}},   {2, {1381}, {1440}},
    {3, {0}, {7}},     {3, {30}, {150}},  {4, {60}, {120}},    {4, {120}, {180}},
    {5, {1}, {1439}},  {6, {90}, {160}},  {6, {1300}, {1440}}, {7, {0}, {61}},
    {7, {100}, {150}}, {7, {155}, {185}}, {7, {1370}, {1440}},
};
enum { WEEK = sizeof week / sizeof week[0] };

/* Every tenth date is otherwise; every hundredth not free at all. */
static const struct calendar_window otherwise[] = {
    {0, {63}, {151}}, {0, {1200}, {1205}}, {0, {1380}, {1440}}};
enum { OTHERWISE = sizeof otherwise / sizeof otherwise[0], EVERY = 10 };

static bool is_exception(struct date d)
{
    return d.days % EVERY == 0;
}

static bool is_closed(struct date d)
{
    return d.days % (EVERY * EVERY) == 0;
}

static bool in_template(const struct tm *local, struct date date)
{
    int day = local->tm_wday == 0 ? 7 : local->tm_wday;
    int minute = local->tm_hour * 60 + local->tm_min;
    for (int i = 0; i < OTHERWISE && is_exception(date) && !is_closed(date); i++)
        if (otherwise[i].start.minute <= minute && minute < otherwise[i].end.minute)
            return true;
    if (is_exception(date))
        return false;
    for (int i = 0; i < WEEK; i++)
        if (week[i].day == day && week[i].start.minute <= minute && minute < week[i].end.minute)
            return true;
    return false;
}

static long offset_at(int64_t at)
{
    time_t t = (time_t)at;
    struct tm local;
    localtime_r(&t, &local);
    return local.tm_gmtoff;
}

static int32_t free_slots(const struct calendar *cal, int32_t d)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < cal->days[d].count; i++) {
        struct plan_span w = cal->windows[cal->days[d].first + i];
        sum += w.until - w.from;
    }
    return sum;
}

/* What the clock shows at a minute. Dates that are walked lie side by side, so each minute would be
 * asked for four times. */
struct shown {
    time_t at; /* 0: not asked yet */
    int32_t date;
    bool free;
};
enum { SHOWN = 1 << 13 }; /* over four days */
static struct shown shown[SHOWN];

static const struct shown *show(time_t at)
{
    struct shown *s = &shown[at / 60 % SHOWN];
    if (s->at != at) {
        struct tm local;
        localtime_r(&at, &local);
        struct date date = date_make(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
        *s = (struct shown){at, date.days, in_template(&local, date)};
    }
    return s;
}

/* Compares one date with a walk over four days of minutes around it. */
static void walk(const char *name, const struct calendar *cal, int32_t d)
{
    int64_t base = ((int64_t)cal->days[d].date.days - 1) * DAY_S - DAY_S / 2;
    bool ours[SPAN_SLOTS] = {false};
    int32_t first = (int32_t)(base / PLAN_SLOT_S);
    for (int32_t i = 0; i < cal->days[d].count; i++) {
        struct plan_span w = cal->windows[cal->days[d].first + i];
        assert_true(w.from >= cal->days[d].beg && w.until <= cal->days[d].end);
        for (int32_t slot = w.from; slot < w.until; slot++)
            ours[slot - first] = true;
    }
    for (int32_t slot = 0; slot < SPAN_SLOTS; slot++) {
        bool all = true;
        for (int minute = 0; minute < 5 && all; minute++) {
            time_t t = (time_t)(((int64_t)first + slot) * PLAN_SLOT_S + minute * 60);
            const struct shown *s = show(t);
            all = s->date == cal->days[d].date.days && s->free;
        }
        if (all != ours[slot])
            fail_msg("%s, day %d, slot %d: free is %d", name, cal->days[d].date.days, first + slot,
                     all);
    }
}

/* ---- events ---- */

enum { BUSY_MAX = 60000, DAYS_MAX = 60 * 366 };

static struct calendar_busy busy[BUSY_MAX];
static int32_t busy_count;

/* What repeats: rule, first hour, length. Odd minutes, the hours in which clocks change, midnight.
 */
static const struct repeated {
    const char *rule;
    struct wall start, end;
} repeated[] = {
    {"FREQ=WEEKLY;BYDAY=TU,TH", {615}, {707}},
    {"FREQ=DAILY;INTERVAL=2", {130}, {205}},
    {"FREQ=MONTHLY;BYDAY=-1SU,1SU", {60}, {181}},
    {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", {1381}, {1440}},
    {"FREQ=MONTHLY;BYMONTHDAY=1", {0}, {1440}},
};

static bool shows(int64_t at, struct date date, struct wall wall)
{
    time_t t = (time_t)at;
    struct tm local;
    localtime_r(&t, &local);
    return date_make(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday).days == date.days &&
           local.tm_hour * 60 + local.tm_min == wall.minute;
}

/* The wall clock shows what the event says, unless no clock showed it on that date. */
static void check_wall(const char *name, struct instant at, struct date date, struct wall wall)
{
    if (shows(at.ms / 1000, date, wall))
        return;
    for (int64_t t = at.ms / 1000 - DAY_S; t < at.ms / 1000 + DAY_S; t += 60)
        if (shows(t, date, wall))
            fail_msg("%s, day %d: minute %d was to be had", name, date.days, wall.minute);
}

static int by_from(const void *a, const void *b)
{
    const struct calendar_busy *x = a;
    const struct calendar_busy *y = b;
    return (x->from.ms > y->from.ms) - (x->from.ms < y->from.ms);
}

static void make_busy(const char *name, const struct zone_table *z, struct date from, int32_t days)
{
    struct ctx c = {0};
    busy_count = 0;
    for (size_t i = 0; i < sizeof repeated / sizeof repeated[0]; i++) {
        struct recurrence rule;
        struct recurrence_walk walk;
        assert_int_equal(recurrence_parse(&c, str_of(repeated[i].rule), &rule), ST_OK);
        recurrence_begin(&walk, &rule, from, from);
        for (struct date d; recurrence_next(&walk, (struct date){from.days + days}, &d);) {
            struct calendar_busy *b = &busy[busy_count++];
            assert_true(busy_count < BUSY_MAX);
            b->from = zone_instant(z, d, repeated[i].start);
            b->until = zone_instant(z, d, repeated[i].end);
            check_wall(name, b->from, d, repeated[i].start);
        }
    }
    qsort(busy, (size_t)busy_count, sizeof busy[0], by_from);
}

/* A slot is free if it was and no event touches it; nothing else is. */
static void check_busy(const char *name, const struct calendar *plain, const struct calendar *cut)
{
    int32_t first = 0; /* of the events, those before have ended long ago */
    for (int32_t d = 0; d < plain->day_count; d++) {
        bool ours[SPAN_SLOTS] = {false};
        int32_t base = plain->days[d].beg;
        for (int32_t i = 0; i < cut->days[d].count; i++) {
            struct plan_span w = cut->windows[cut->days[d].first + i];
            for (int32_t slot = w.from; slot < w.until; slot++)
                ours[slot - base] = true;
        }
        while (first < busy_count && slot_ceil(busy[first].from) < base - 2 * 288)
            first++;
        for (int32_t i = 0; i < plain->days[d].count; i++) {
            struct plan_span w = plain->windows[plain->days[d].first + i];
            for (int32_t slot = w.from; slot < w.until; slot++) {
                bool taken = false;
                for (int32_t k = first; k < busy_count && !taken; k++) {
                    if (slot_floor(busy[k].from) > slot)
                        break;
                    taken = slot_ceil(busy[k].until) > slot;
                }
                if (ours[slot - base] == taken)
                    fail_msg("%s, day %d, slot %d: taken is %d", name, d, slot, taken);
                ours[slot - base] = false;
            }
        }
        for (int32_t slot = 0; slot < SPAN_SLOTS; slot++)
            assert_false(ours[slot]);
    }
}

/* Days without a change of offset near them have what the template says; the others are walked. */
static int check_zone(const char *name, const struct zone_table *z, int from_year, int until_year)
{
    static struct arena arena = {.cap = 1 << 26};
    static struct calendar_exception exceptions[DAYS_MAX / EVERY + 1];
    struct ctx c = {.arena = &arena};
    struct calendar cal;
    struct calendar cut;
    int32_t plain[8] = {0};
    for (int i = 0; i < WEEK; i++)
        plain[week[i].day] += week[i].end.minute - week[i].start.minute;
    struct date from = date_make(from_year, 1, 1);
    struct calendar_input in = {.zone = z,
                                .from = from,
                                .day_count = date_make(until_year, 1, 1).days - from.days,
                                .week = week,
                                .week_count = WEEK,
                                .exceptions = exceptions,
                                .windows = otherwise};
    assert_true(in.day_count < DAYS_MAX);
    for (struct date d = from; d.days < from.days + in.day_count; d.days++)
        if (is_exception(d))
            exceptions[in.exception_count++] =
                (struct calendar_exception){d, 0, is_closed(d) ? 0 : OTHERWISE};
    arena_reset(&arena);
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_OK);
    make_busy(name, z, from, in.day_count);
    in.busy = busy;
    in.busy_count = busy_count;
    assert_int_equal(calendar_expand(&c, &arena, &in, &cut), ST_OK);
    check_busy(name, &cal, &cut);
    int walked = 0;
    long before = offset_at((int64_t)from.days * DAY_S - DAY_S);
    int32_t changed = -9; /* the last date seen with a change near it */
    for (int32_t d = 0; d < cal.day_count; d++) {
        long after = offset_at(((int64_t)cal.days[d].date.days + 2) * DAY_S);
        if (after != before)
            changed = d;
        before = after;
        if (d - changed <= 4) {
            walk(name, &cal, d);
            walked++;
            continue;
        }
        assert_int_equal(cal.days[d].end - cal.days[d].beg, 288);
        if (d > 0)
            assert_int_equal(cal.days[d - 1].end, cal.days[d].beg);
        /* Minutes that fill no slot are lost where a window begins or ends inside one. */
        struct date date = cal.days[d].date;
        int32_t minutes = plain[date_weekday(date)];
        if (is_exception(date))
            minutes = is_closed(date) ? 0 : 153;
        int32_t lost = minutes - 5 * free_slots(&cal, d);
        assert_in_range(lost, 0, 24);
    }
    return walked;
}

static uint32_t seen[ZONES_MAX];
static int seen_count;

/* Links to a zone already checked are skipped. */
static bool is_new(uint32_t version)
{
    for (int i = 0; i < seen_count; i++)
        if (seen[i] == version)
            return false;
    assert_true(seen_count < ZONES_MAX);
    seen[seen_count++] = version;
    return true;
}

static int check_name(const char *name, int from_year, int until_year)
{
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct ctx c = {.arena = &arena};
    struct zone_port port = zone_files(zone_files_folder());
    const struct zone_table *z;
    assert_int_equal(zone_load(&c, &port, str_of(name), &arena, &z), ST_OK);
    setenv("TZ", name, 1);
    tzset();
    memset(shown, 0, sizeof shown);
    int walked = 0;
    if (is_new(z->version))
        walked = check_zone(name, z, from_year, until_year);
    arena_release(&arena);
    return walked;
}

static int check_folder(const char *inside)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", zone_files_folder(), inside);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    int walked = 0;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder)) {
        char name[PATH_SIZE];
        struct stat about;
        if (e->d_name[0] < 'A' || e->d_name[0] > 'Z')
            continue;
        snprintf(name, sizeof name, "%s%s%s", inside, *inside ? "/" : "", e->d_name);
        int n = snprintf(path, sizeof path, "%s/%s", zone_files_folder(), name);
        assert_in_range(n, 1, sizeof path - 1);
        assert_int_equal(stat(path, &about), 0);
        walked += S_ISDIR(about.st_mode) ? check_folder(name) : check_name(name, 2026, 2037);
    }
    closedir(folder);
    return walked;
}

static void ten_years_of_every_zone(void **state)
{
    (void)state;
    seen_count = 0;
    assert_true(check_folder("") > 1000);
    assert_true(seen_count > 200);
}

/* Half-hour summer time, changes at midnight and one minute past it, skipped dates, Ramadan. */
static void the_odd_ones_since_1972(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "America/Sao_Paulo", "Asia/Beirut",    "Pacific/Apia",         "Australia/Lord_Howe",
        "America/St_Johns",  "Asia/Gaza",      "Pacific/Kwajalein",    "Pacific/Kiritimati",
        "Africa/Casablanca", "Asia/Tehran",    "America/Scoresbysund", "Antarctica/Troll",
        "Asia/Kathmandu",    "Asia/Pyongyang", "Europe/Dublin"};
    seen_count = 0;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_true(check_name(odd[i], 1972, 2026) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_years_of_every_zone),
        cmocka_unit_test(the_odd_ones_since_1972),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
