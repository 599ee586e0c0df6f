#include "client/ical.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static struct arena arena;
static struct ctx c;
static struct ics_calendar calendar;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 200 << 20);
    c = (struct ctx){.arena = &arena};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static enum status read_text(struct str text)
{
    struct ics_reader reader = ical_reader();
    return reader.read(reader.self, &c, text, &calendar);
}

#define BEGIN "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n"
#define END   "END:VCALENDAR\r\n"

/* The single entry of a calendar with these lines in it. */
static const struct ics_entry *entry_with(const char *lines)
{
    struct buf b;
    buf_init(&b, &arena, 4096, 1 << 20);
    buf_addf(&b, BEGIN "BEGIN:VEVENT\r\nUID:one@test\r\n%sEND:VEVENT\r\n" END, lines);
    assert_int_equal(read_text(buf_str(&b)), ST_OK);
    assert_int_equal(calendar.entries.count, 1);
    return calendar.entries.items;
}

static void assert_text(struct str s, const char *text)
{
    assert_non_null(s.data);
    assert_int_equal(s.len, strlen(text));
    assert_memory_equal(s.data, text, s.len);
}

static void assert_time(struct ics_time t, int year, int month, int day, int second)
{
    assert_int_equal(t.date.days, date_make(year, month, day).days);
    assert_int_equal(t.second, second);
}

static void an_entry_is_read_as_it_is_written(void **state)
{
    (void)state;
    const struct ics_entry *e = entry_with(
        "SUMMARY:Sheet 5\\, part\r\n  two\r\nDESCRIPTION:One\\nTwo\r\nLOCATION:H\\; 3\r\n"
        "DTSTART;TZID=Europe/Berlin:20261110T101500\r\nDTEND;TZID=Europe/Berlin:20261110T114500\r\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20270210T225959Z;BYDAY=TU\r\nSEQUENCE:3\r\nSTATUS:CANCELLED\r\n"
        "EXDATE;TZID=Europe/Berlin:20261222T101500,20261229T101500\r\nTRANSP:TRANSPARENT\r\n"
        "RDATE;VALUE=DATE:20270301\r\nCATEGORIES:ANA1,other\r\n");
    assert_text(e->uid, "one@test");
    assert_text(e->title, "Sheet 5, part two");
    assert_text(e->notes, "One\nTwo");
    assert_text(e->place, "H; 3");
    assert_text(e->category, "ANA1");
    assert_time(e->start, 2026, 11, 10, 36900);
    assert_text(e->start.zone, "Europe/Berlin");
    assert_time(e->end, 2026, 11, 10, 42300);
    assert_text(e->rule, "FREQ=WEEKLY;UNTIL=20270210T225959Z;BYDAY=TU");
    assert_int_equal(e->skipped.count, 2);
    assert_time(((const struct ics_time *)e->skipped.items)[1], 2026, 12, 29, 36900);
    assert_int_equal(e->dates.count, 1);
    assert_time(*(const struct ics_time *)e->dates.items, 2027, 3, 1, -1);
    assert_int_equal(e->sequence, 3);
    assert_true(e->cancelled && e->free && !e->todo && !e->bad_rule);
    assert_int_equal(e->recurrence.date.days, DATE_NONE.days);
}

static void a_day_as_canvas_writes_it(void **state)
{
    (void)state;
    const struct ics_entry *e =
        entry_with("SUMMARY:Essay [ENG]\r\nDTSTART;VALUE=DATE;VALUE=DATE:20261110\r\n"
                   "CLASS:PUBLIC\r\n");
    assert_time(e->start, 2026, 11, 10, -1);
    assert_int_equal(e->end.date.days, DATE_NONE.days);
}

static void times_in_utc_and_periods(void **state)
{
    (void)state;
    const struct ics_entry *e = entry_with("DTSTART:20261110T091500Z\r\nDURATION:PT1H30M\r\n"
                                           "RECURRENCE-ID;RANGE=THISANDFUTURE:20261110T091500Z\r\n"
                                           "RDATE;VALUE=PERIOD:20261124T091500Z/PT1H\r\n");
    assert_true(e->start.utc);
    assert_int_equal(e->duration_s, 5400);
    assert_time(e->recurrence, 2026, 11, 10, 33300);
    assert_time(*(const struct ics_time *)e->dates.items, 2026, 11, 24, 33300);
}

static void a_rule_that_cannot_be_read_is_not_ignored(void **state)
{
    (void)state;
    assert_true(entry_with("DTSTART:20261110T091500Z\r\nRRULE:FREQ=SOMETIMES\r\n")->bad_rule);
    assert_false(entry_with("DTSTART:20261110T091500Z\r\nRRULE:FREQ=DAILY\r\n")->bad_rule);
}

static void latin_1_becomes_utf_8(void **state)
{
    (void)state;
    assert_text(entry_with("SUMMARY:\xDC"
                           "bung\r\nDTSTART:20261110T091500Z\r\n")
                    ->title,
                "Übung");
}

static void control_characters_go(void **state)
{
    (void)state;
    assert_text(entry_with("SUMMARY:a\x01\x02 b\\n\\nc\r\nDTSTART:20261110T091500Z\r\n")->title,
                "a b c");
}

static void zones_say_their_offsets(void **state)
{
    (void)state;
    const char *text =
        BEGIN "BEGIN:VTIMEZONE\r\nTZID:Office\r\nX-LIC-LOCATION:Europe/Berlin\r\n"
              "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\n"
              "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"
              "BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\n"
              "TZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n"
              "END:VTIMEZONE\r\n" END;
    assert_int_equal(read_text(str_of(text)), ST_OK);
    assert_int_equal(calendar.zones.count, 1);
    const struct ics_zone *z = calendar.zones.items;
    assert_text(z->id, "Office");
    assert_text(z->location, "Europe/Berlin");
    assert_int_equal(z->standard_s, 3600);
    assert_int_equal(z->daylight_s, 7200);
}

static void what_is_no_calendar_is_refused(void **state)
{
    static const char *const texts[] = {"", "hello", "<!DOCTYPE html><html></html>",
                                        "{\"BEGIN\":\"VCALENDAR\"}", "BEGIN:VEVENT\nEND:VEVENT\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ctx_forgive(&c);
        assert_int_equal(read_text(str_of(texts[i])), ST_INVALID);
        assert_string_equal(c.faults[0].code, "calendar");
    }
    ctx_forgive(&c);
    assert_int_equal(read_text((struct str){BEGIN "\0" END, sizeof(BEGIN "\0" END) - 1}),
                     ST_INVALID);
}

/* `head`, then so often `piece`, then `tail`. */
static struct str repeated(const char *head, const char *piece, int n, const char *tail)
{
    struct buf b;
    buf_init(&b, &arena, 1 << 20, 100 << 20);
    buf_add_text(&b, head);
    for (int i = 0; i < n; i++)
        buf_add_text(&b, piece);
    buf_add_text(&b, tail);
    assert_false(b.overflowed);
    return buf_str(&b);
}

static void assert_too_large(struct str text, const char *why)
{
    ctx_forgive(&c);
    assert_int_equal(read_text(text), ST_TOO_LARGE);
    assert_string_equal(c.faults[0].code, "calendar_size");
    if (!strstr(c.faults[0].detail, why))
        fail_msg("\"%s\" does not say \"%s\"", c.faults[0].detail, why);
}

static void bombs_do_not_reach_the_library(void **state)
{
    (void)state;
    assert_too_large(repeated(BEGIN, "BEGIN:VEVENT\nEND:VEVENT\n", 1000000, END), "5 MB");
    assert_too_large(repeated(BEGIN, "BEGIN:VEVENT\nEND:VEVENT\n", 5001, END), "5000 events");
    assert_too_large(repeated(BEGIN, "BEGIN:VALARM\nEND:VALARM\n", 20001, END), "20000 parts");
    assert_too_large(repeated(BEGIN, "BEGIN:VEVENT\n", 100000, END), "inside each other");
    assert_too_large(repeated(BEGIN, "BEG\n IN\n\t:VEVENT\n", 5000, END), "inside each other");
    assert_too_large(repeated(BEGIN, "begin;X=1:VEVENT\n", 5000, END), "inside each other");
    assert_too_large(repeated(BEGIN "X-A:", "aaaaaaaaaaaaaaaa\n ", 4100, "\n" END), "in one line");
    assert_too_large(repeated(BEGIN, "X:\n", 200001, END), "200000 lines");
}

static void many_dates_are_cut_off(void **state)
{
    (void)state;
    struct str lines =
        repeated("DTSTART:20261110T091500Z\r\n", "EXDATE:20261110T091500Z\r\n", 900, "");
    assert_int_equal(entry_with(lines.data)->skipped.count, ICS_DATES_MAX);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_entry_is_read_as_it_is_written),
        TEST(a_day_as_canvas_writes_it),
        TEST(times_in_utc_and_periods),
        TEST(a_rule_that_cannot_be_read_is_not_ignored),
        TEST(latin_1_becomes_utf_8),
        TEST(control_characters_go),
        TEST(zones_say_their_offsets),
        TEST(what_is_no_calendar_is_refused),
        TEST(bombs_do_not_reach_the_library),
        TEST(many_dates_are_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
