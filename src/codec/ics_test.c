#include "codec/ics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static const struct id id = {{1, 2, 3, 4, 5, 6, 0x70, 8, 0x80, 10, 11, 12, 13, 14, 15, 16}};

static const char *write_one(struct arena *a, struct str summary, struct instant end)
{
    struct buf b;
    const struct ics_event event = {id, 7, {1800000000000}, end, summary, "STUDY"};
    buf_init(&b, a, 64, 4096);
    ics_begin(&b);
    ics_write(&b, &event, (struct instant){1799999999999});
    ics_end(&b);
    assert_false(b.overflowed);
    return buf_str(&b).data;
}

static void an_event_is_written_as_others_read_it(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 20);
    const char *text =
        write_one(&a, STR_LIT("Read; \\ chapters 1, 2\r\nand 3"), (struct instant){1800003600000});
    assert_string_equal(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//StudyBunny//EN\r\n"
                              "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
                              "X-WR-CALNAME:StudyBunny\r\n"
                              "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
                              "X-PUBLISHED-TTL:PT1H\r\n"
                              "BEGIN:VEVENT\r\n"
                              "UID:01020304-0506-7008-800a-0b0c0d0e0f10-7@studybunny\r\n"
                              "DTSTAMP:20270115T075959Z\r\nDTSTART:20270115T080000Z\r\n"
                              "DTEND:20270115T090000Z\r\n"
                              "SUMMARY:Read\\; \\\\ chapters 1\\, 2\\nand 3\r\n"
                              "CATEGORIES:STUDY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    assert_null(strstr(write_one(&a, STR_LIT("x"), INSTANT_NONE), "DTEND"));
    arena_release(&a);
}

static void long_lines_are_folded_between_characters(void **state)
{
    (void)state;
    struct arena a;
    char title[400];
    arena_init(&a, 1 << 20);
    for (size_t shift = 0; shift < 3; shift++) {
        size_t len = shift;
        memset(title, 'x', shift);
        for (; len + 3 < sizeof title; len += 3)
            memcpy(title + len, "\xe2\x9c\x8e", 3);
        const char *text = write_one(&a, (struct str){title, len}, INSTANT_NONE);
        size_t found = 0;
        for (const char *line = text; *line; line = strstr(line, "\r\n") + 2) {
            struct str s = {line, (size_t)(strstr(line, "\r\n") - line)};
            assert_true(s.len <= 75);
            assert_true(utf8_valid(s));
            found += s.len > 70;
        }
        assert_true(found >= 4);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_written_as_others_read_it),
        cmocka_unit_test(long_lines_are_folded_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
