#include "plan/recurrence.h"

#include <stdio.h>
#include <string.h>

#include "base/testing.h"

enum { TEXT = 4096, WALKS = 4000 };

TESTS_WITH_ARENA(1 << 20)

static struct ctx ctx = {.arena = &arena};

static struct date day(const char *text)
{
    struct date d;
    assert_true(date_parse(str_of(text), &d));
    return d;
}

static struct recurrence rule(const char *text)
{
    struct recurrence r;
    if (recurrence_parse(&ctx, str_of(text), &r) != ST_OK)
        fail_msg("%s: %s", text, ctx.faults[0].detail);
    return r;
}

/* The dates of a rule in [from, until), "2026-11-26 …". */
static const char *dates(const char *text, const char *first, const char *from, const char *until)
{
    static char out[TEXT];
    struct recurrence_walk w;
    struct recurrence r = {0};
    if (text)
        r = rule(text);
    recurrence_begin(&w, text ? &r : NULL, day(first), day(from));
    size_t len = 0;
    out[0] = '\0';
    for (struct date d; recurrence_next(&w, day(until), &d);) {
        assert_true(len + 12 < TEXT);
        if (len)
            out[len++] = ' ';
        date_format(d, out + len);
        out[len += DATE_TEXT_LEN] = '\0';
    }
    return out;
}

struct example {
    const char *rule, *first, *until, *dates;
};

/* Those of RFC 5545, section 3.8.5.3, that go by days, and what students have. */
static const struct example examples[] = {
    {"FREQ=DAILY;COUNT=3", "1997-09-02", "1998-01-01", "1997-09-02 1997-09-03 1997-09-04"},
    {"FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "1998-01-01",
     "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12"},
    {"FREQ=DAILY;UNTIL=20000102;BYMONTH=1", "1999-12-31", "2001-01-01",
     "1999-12-31 2000-01-01 2000-01-02"},
    {"FREQ=WEEKLY;COUNT=3", "1997-09-02", "1998-01-01", "1997-09-02 1997-09-09 1997-09-16"},
    {"FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "1997-10-15",
     "1997-09-02 1997-09-16 1997-09-30 1997-10-14"},
    {"FREQ=WEEKLY;UNTIL=19970916;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1998-01-01",
     "1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16"},
    {"FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1998-01-01",
     "1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16"},
    {"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1998-01-01",
     "1997-08-05 1997-08-10 1997-08-19 1997-08-24"},
    {"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1998-01-01",
     "1997-08-05 1997-08-17 1997-08-19 1997-08-31"},
    {"FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05", "1999-01-01",
     "1997-09-05 1997-10-03 1997-11-07 1997-12-05"},
    {"FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU", "1997-09-07", "1999-01-01",
     "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25"},
    {"FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "1997-09-22", "1999-01-01",
     "1997-09-22 1997-10-20 1997-11-17"},
    {"FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1997-12-31",
     "1997-09-28 1997-10-29 1997-11-28 1997-12-29"},
    {"FREQ=MONTHLY;COUNT=5;BYMONTHDAY=2,15", "1997-09-02", "1999-01-01",
     "1997-09-02 1997-09-15 1997-10-02 1997-10-15 1997-11-02"},
    {"FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1", "1997-09-30", "1999-01-01",
     "1997-09-30 1997-10-01 1997-10-31 1997-11-01"},
    {"FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "1998-02-13", "2000-12-31",
     "1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13"},
    {"FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13", "1997-12-31",
     "1997-09-13 1997-10-11 1997-11-08 1997-12-13"},
    {"FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1999-01-01",
     "1997-09-04 1997-10-07 1997-11-06"},
    {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1998-01-15",
     "1997-09-29 1997-10-30 1997-11-27 1997-12-30"},
    {"FREQ=MONTHLY", "2026-01-31", "2026-09-01",
     "2026-01-31 2026-03-31 2026-05-31 2026-07-31 2026-08-31"},
    {"FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10", "2001-01-01",
     "1997-06-10 1997-07-10 1998-06-10 1998-07-10"},
    {"FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,2,3", "1997-03-10", "2009-01-01",
     "1997-03-10 1999-01-10 1999-02-10 1999-03-10"},
    {"FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "2000-01-01", "1997-05-19 1998-05-18 1999-05-17"},
    {"FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "1998-04-01",
     "1997-03-13 1997-03-20 1997-03-27 1998-03-05 1998-03-12 1998-03-19 1998-03-26"},
    {"FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05",
     "2005-01-01", "1996-11-05 2000-11-07 2004-11-02"},
    {"FREQ=YEARLY", "2024-02-29", "2033-01-01", "2024-02-29 2028-02-29 2032-02-29"},
    {"FREQ=YEARLY;BYDAY=-1FR;BYMONTH=10", "2026-10-30", "2029-01-01",
     "2026-10-30 2027-10-29 2028-10-27"},
    /* the first date counts although the rule does not give it */
    {"FREQ=WEEKLY;COUNT=3;BYDAY=TU", "2026-11-25", "2027-01-01",
     "2026-11-25 2026-12-01 2026-12-08"},
    {NULL, "2026-11-25", "2027-01-01", "2026-11-25"},
};

static void the_examples_of_the_standard(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const struct example *e = &examples[i];
        const char *got = dates(e->rule, e->first, e->first, e->until);
        if (strcmp(got, e->dates) != 0)
            fail_msg("%s: %s", e->rule, got);
    }
}

/* Beginning later leaves out what lies before, and nothing else. */
static void a_walk_may_begin_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const struct example *e = &examples[i];
        for (const char *from = e->dates; from; from = strchr(from + 1, ' ')) {
            char text[DATE_TEXT_LEN + 1] = {0};
            memcpy(text, from + (*from == ' '), DATE_TEXT_LEN);
            assert_string_equal(dates(e->rule, e->first, text, e->until), from + (*from == ' '));
        }
    }
}

static void rules_that_end(void **state)
{
    (void)state;
    struct recurrence_walk w;
    struct date d;
    struct recurrence never = rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2");
    recurrence_begin(&w, &never, day("1970-01-01"), day("1970-01-02"));
    assert_false(recurrence_next(&w, day("9999-12-31"), &d));
    assert_true(w.ended);
    assert_in_range(w.tested, RECURRENCE_GAP_DAYS, RECURRENCE_GAP_DAYS + 2);
    struct recurrence leap = rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO");
    recurrence_begin(&w, &leap, day("2072-02-29"), day("2072-03-01"));
    assert_true(recurrence_next(&w, day("9999-12-31"), &d));
    assert_int_equal(d.days, day("2112-02-29").days);
    /* The end of what is asked for may grow; nothing is lost and nothing comes twice. */
    struct recurrence weekly = rule("FREQ=WEEKLY;BYDAY=MO,FR");
    int n = 0;
    recurrence_begin(&w, &weekly, day("2026-11-23"), day("2026-11-23"));
    for (int32_t until = day("2026-11-20").days; until <= day("2026-12-21").days; until++)
        while (recurrence_next(&w, (struct date){until}, &d)) {
            assert_int_equal(d.days, until - 1);
            n++;
        }
    assert_int_equal(n, 8);
}

#define WEEK "MO,TU,WE,TH,FR,SA,SU,"

static void texts_that_are_no_rules(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "x",
        "FREQ",
        "FREQ=",
        "FREQ=HOURLY",
        "INTERVAL=2",
        "FREQ=DAILY;",
        "FREQ=DAILY;;COUNT=1",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=1001",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-2",
        "FREQ=DAILY;COUNT=2001",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=20270229",
        "FREQ=DAILY;UNTIL=20270101T000000Z",
        "FREQ=DAILY;UNTIL=2027-01-01",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;BYDAY=TU,",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYDAY=0TU",
        "FREQ=MONTHLY;BYDAY=54TU",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=-1",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYYEARDAY=1",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0",
        "FREQ=WEEKLY;WKST=",
        "FREQ=WEEKLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=-MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=",
        "FREQ=WEEKLY;BYDAY=" WEEK WEEK WEEK WEEK "MO,TU,WE,TH,FR",
        ("FREQ=YEARLY;BYMONTH=1;BYSETPOS=1,2,3,4,5,6,7,8,9,10,11,12,13,"
         "14,15,16,17"),
        "FREQ=DAILY;A-NAME-OF-MORE-LETTERS-THAN-ARE-EVER-REPEATED=1",
        "RRULE:FREQ=DAILY",
        "FREQ =DAILY"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct recurrence r;
        ctx_forgive(&ctx);
        if (recurrence_parse(&ctx, str_of(wrong[i]), &r) != ST_INVALID)
            fail_msg("\"%s\" was taken", wrong[i]);
        assert_string_equal(ctx.faults[0].pointer, "/rule");
    }
    (void)rule("FREQ=WEEKLY;BYDAY=" WEEK WEEK WEEK WEEK "MO,TU,WE,TH");
    (void)rule("FREQ=YEARLY;BYMONTH=1;BYSETPOS=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16");
    assert_int_equal(rule("FREQ=MONTHLY;BYDAY=+2MO").days[0].nth, 2);
}

static void a_rule_is_written_as_it_was_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        char once[RECURRENCE_TEXT_MAX + 1];
        char twice[RECURRENCE_TEXT_MAX + 1];
        if (!examples[i].rule)
            continue;
        struct recurrence r = rule(examples[i].rule);
        size_t len = recurrence_format(&r, once);
        assert_int_equal(len, strlen(once));
        assert_string_equal(dates(once, examples[i].first, examples[i].first, examples[i].until),
                            examples[i].dates);
        r = rule(once);
        recurrence_format(&r, twice);
        assert_string_equal(once, twice);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_standard),
        cmocka_unit_test(a_walk_may_begin_anywhere),
        cmocka_unit_test(rules_that_end),
        cmocka_unit_test(texts_that_are_no_rules),
        cmocka_unit_test(a_rule_is_written_as_it_was_read),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
