/*
 * Minutes are conserved: the free hours of every zone and day against a walk over the minutes, with
 * glibc's localtime_r as a clock that shares no code with the zone reader or the calendar. Here
 * because it needs both plan/ and client/.
 */
#include "client/zone.h"
#include "plan/calendar.h"

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

static bool in_template(const struct tm *local)
{
    int day = local->tm_wday == 0 ? 7 : local->tm_wday;
    int minute = local->tm_hour * 60 + local->tm_min;
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
            struct tm local;
            localtime_r(&t, &local);
            struct date date = date_make(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
            all = date.days == cal->days[d].date.days && in_template(&local);
        }
        if (all != ours[slot])
            fail_msg("%s, day %d, slot %d: free is %d", name, cal->days[d].date.days, first + slot,
                     all);
    }
}

/* Days without a change of offset near them have what the template says; the others are walked. */
static int check_zone(const char *name, const struct zone_table *z, int from_year, int until_year)
{
    static struct arena arena = {.cap = 1 << 26};
    struct ctx c = {.arena = &arena};
    struct calendar cal;
    int32_t plain[8] = {0};
    for (int i = 0; i < WEEK; i++)
        plain[week[i].day] += week[i].end.minute - week[i].start.minute;
    struct date from = date_make(from_year, 1, 1);
    struct calendar_input in = {.zone = z,
                                .from = from,
                                .day_count = date_make(until_year, 1, 1).days - from.days,
                                .week = week,
                                .week_count = WEEK};
    arena_reset(&arena);
    assert_int_equal(calendar_expand(&c, &arena, &in, &cal), ST_OK);
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
        int32_t lost = plain[date_weekday(cal.days[d].date)] - 5 * free_slots(&cal, d);
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
