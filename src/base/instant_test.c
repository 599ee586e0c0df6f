#include "base/instant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"

static const int64_t last_ms = 253402300799999; /* 9999-12-31T23:59:59.999Z */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Counts the days one by one, which the formulas do not. */
static void dates_follow_one_another(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t days = 0;
    int weekday = 4;
    (void)state;
    for (int year = 1970; year < 10000; year++) {
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && is_leap(year));
            for (int day = 1; day <= length; day++, days++) {
                struct date d = {days};
                int y;
                int m;
                int dd;
                date_split(d, &y, &m, &dd);
                assert_true(y == year && m == month && dd == day);
                assert_true(date_make(year, month, day).days == days);
                assert_true(date_weekday(d) == weekday);
                weekday = weekday % 7 + 1;
            }
        }
    }
    assert_true(instant_at((struct date){days}, 0).ms == last_ms + 1);
}

static void dates_before_1970_too(void **state)
{
    int y;
    int m;
    int d;
    (void)state;
    assert_int_equal(date_make(1969, 12, 31).days, -1);
    assert_int_equal(date_weekday((struct date){-1}), 3);
    assert_int_equal(date_weekday((struct date){-3}), 1);
    assert_int_equal(date_weekday((struct date){-4}), 7);
    assert_int_equal(date_weekday((struct date){-700000}), 4);
    date_split(date_make(1600, 2, 29), &y, &m, &d);
    assert_true(y == 1600 && m == 2 && d == 29);
    assert_int_equal(instant_date((struct instant){-1}).days, -1);
    assert_int_equal(instant_date((struct instant){0}).days, 0);
}

static void instants_come_back(void **state)
{
    struct rng r = rng_make(1);
    (void)state;
    for (int i = 0; i < 200000; i++) {
        char text[INSTANT_TEXT_MAX];
        struct instant t = {rng_between(&r, 0, last_ms)};
        struct instant back;
        if (rng_one_in(&r, 2))
            t.ms -= t.ms % 1000;
        size_t len = instant_format(t, text);
        assert_int_equal(len, t.ms % 1000 ? 24 : 20);
        assert_true(instant_parse((struct str){text, len}, &back));
        assert_true(back.ms == t.ms);
    }
}

static void forms_of_rfc_3339(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01t00:00:00z", 0},
        {"1970-01-01T01:00:00+01:00", 0},
        {"1970-01-01T00:00:00-23:59", 86340000},
        {"1970-01-01T00:00:00+00:00", 0},
        {"1970-01-01T00:00:00.1Z", 100},
        {"1970-01-01T00:00:00.0019999999999999999999999Z", 1},
        {"2026-11-26T12:00:00Z", 1795694400000},
        {"2024-02-29T23:59:59.999Z", 1709251199999},
        {"9999-12-31T23:59:59.999Z", 253402300799999},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct instant t;
        assert_true(instant_parse(str_of(cases[i].text), &t));
        assert_true(t.ms == cases[i].ms);
    }
}

static void what_is_no_instant_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "2026-11-26",
        "2026-11-26T12:00Z",
        "2026-11-26T12:00:00",
        "2026-11-26 12:00:00Z",
        "2026-11-26T24:00:00Z",
        "2026-11-26T12:60:00Z",
        "2026-11-26T12:00:60Z",
        "2026-11-26T12:00:00.Z",
        "2026-11-26T12:00:00,5Z",
        "2026-11-26T12:00:00+01",
        "2026-11-26T12:00:00+0100",
        "2026-11-26T12:00:00+24:00",
        "2026-11-26T12:00:00+01:60",
        "2026-11-26T12:00:00Z ",
        " 2026-11-26T12:00:00Z",
        "2026-1-26T12:00:00Z",
        "2026-00-26T12:00:00Z",
        "2026-13-26T12:00:00Z",
        "2026-11-00T12:00:00Z",
        "2026-11-31T12:00:00Z",
        "2025-02-29T12:00:00Z",
        "2100-02-29T12:00:00Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "12026-11-26T12:00:00Z",
        "-2026-11-26T12:00:00Z",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct instant t;
        if (instant_parse(str_of(texts[i]), &t))
            fail_msg("taken: %s", texts[i]);
    }
}

/* One character changed or cut: either refused, or an instant that is written and read again. */
static void damaged_texts_do_no_harm(void **state)
{
    static const char good[] = "2026-11-26T12:34:56.789+01:30";
    struct rng r = rng_make(2);
    (void)state;
    for (int i = 0; i < 100000; i++) {
        char text[sizeof good];
        char again[INSTANT_TEXT_MAX];
        struct instant t;
        struct instant back;
        memcpy(text, good, sizeof good);
        text[rng_below(&r, sizeof good - 1)] = (char)rng_below(&r, 256);
        size_t len = rng_one_in(&r, 4) ? rng_below(&r, sizeof good) : sizeof good - 1;
        if (!instant_parse((struct str){text, len}, &t))
            continue;
        assert_true(t.ms >= 0 && t.ms <= last_ms);
        assert_true(instant_parse((struct str){again, instant_format(t, again)}, &back));
        assert_true(back.ms == t.ms);
    }
}

static void walls_and_dates(void **state)
{
    static const char *const bad_walls[] = {"",         "9:00", "24:01", "25:00", "12:60",
                                            "12:00:00", "1200", "-1:00", "12:0"};
    static const char *const bad_dates[] = {"",         "2026-02-29",  "2026-2-01",
                                            "26-02-01", "2026-02-01T", "1969-12-31"};
    struct wall w;
    struct date d;
    char text[DATE_TEXT_LEN];
    (void)state;
    for (int32_t minute = 0; minute <= DAY_MINUTES; minute++) {
        wall_format((struct wall){minute}, text);
        assert_true(wall_parse((struct str){text, WALL_TEXT_LEN}, &w));
        assert_int_equal(w.minute, minute);
    }
    for (size_t i = 0; i < sizeof bad_walls / sizeof bad_walls[0]; i++)
        assert_false(wall_parse(str_of(bad_walls[i]), &w));
    for (size_t i = 0; i < sizeof bad_dates / sizeof bad_dates[0]; i++)
        assert_false(date_parse(str_of(bad_dates[i]), &d));
    date_format(date_make(2028, 2, 29), text);
    assert_memory_equal(text, "2028-02-29", DATE_TEXT_LEN);
    assert_true(date_parse((struct str){text, DATE_TEXT_LEN}, &d));
    assert_int_equal(d.days, date_make(2028, 2, 29).days);
    assert_true(instant_is_none(INSTANT_NONE));
    assert_false(instant_is_none((struct instant){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_follow_one_another),
        cmocka_unit_test(dates_before_1970_too),
        cmocka_unit_test(instants_come_back),
        cmocka_unit_test(forms_of_rfc_3339),
        cmocka_unit_test(what_is_no_instant_is_refused),
        cmocka_unit_test(damaged_texts_do_no_harm),
        cmocka_unit_test(walls_and_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
