/*
 * Fuzzes recurrence_parse (RRULE, from requests and calendars) and walks through what it takes: the
 * first four bytes choose the days, the rest is the rule. A rule that is written must be read as
 * the same, and every walk go forward and end. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "plan/recurrence.h"

enum { HEAD = 4, STEPS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_text(const struct recurrence *r)
{
    char text[RECURRENCE_TEXT_MAX + 1];
    char again[RECURRENCE_TEXT_MAX + 1];
    struct recurrence back;
    struct ctx c = {0};
    size_t n = recurrence_format(r, text);
    assert(n == strlen(text) && n <= RECURRENCE_TEXT_MAX);
    if (n == RECURRENCE_TEXT_MAX)
        return; /* may have been cut */
    assert(recurrence_parse(&c, (struct str){text, n}, &back) == ST_OK);
    assert(recurrence_format(&back, again) == n && strcmp(text, again) == 0);
}

static void check_walk(const struct recurrence *r, struct date first, struct date from)
{
    static struct recurrence_walk walk;
    struct date until = {from.days + 20 * 366};
    struct date last = {from.days - 1};
    struct date d;
    recurrence_begin(&walk, r, first, from);
    for (int i = 0; i < STEPS && recurrence_next(&walk, until, &d); i++) {
        assert(d.days > last.days && d.days >= first.days && d.days < until.days);
        assert(r->until.days == DATE_NONE.days || d.days <= r->until.days || d.days == first.days);
        last = d;
    }
    assert(r->count == 0 || walk.given <= r->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct recurrence r;
    struct ctx c = {0};
    if (len < HEAD)
        return -1;
    struct date first = {14000 + (bytes[0] << 6) + bytes[1]};
    struct date from = {first.days + (bytes[2] << 4) - bytes[3]};
    struct str text = {(const char *)bytes + HEAD, len - HEAD};
    enum status st = recurrence_parse(&c, text, &r);
    assert(st == ST_OK || st == ST_INVALID);
    assert((st == ST_OK) == (c.fault_count == 0));
    if (st != ST_OK)
        return 0;
    check_text(&r);
    check_walk(&r, first, from);
    return 0;
}
