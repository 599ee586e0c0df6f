/*
 * How others write repetitions, made into how events are repeated here (plan/recurrence.h): by
 * days, with the last date instead of a last moment. A year's weeks and days by number, which a
 * rule here cannot say, become a list of dates, for as far as RULE_AHEAD_DAYS.
 */
#ifndef DOMAIN_FEED_RULE_H
#define DOMAIN_FEED_RULE_H

#include "plan/calendar.h"
#include "plan/recurrence.h"

enum {
    RULE_AHEAD_DAYS = 370,
    RULE_DATES_MAX = 100 /* of one rule that is expanded */
};

struct feed_rule {
    struct str text; /* as recurrence_format writes it; no text: it is not repeated, or expanded */
    struct recurrence rule;
    bool expanded;
    struct date *dates; /* when expanded: without the first one, ascending */
    int32_t date_count;
};

/* `text` is an RRULE; the first occurrence begins on `first` at `start` by the clock of `zone`;
 * what is expanded ends RULE_AHEAD_DAYS after `today`. ST_INVALID on "rule": it repeats more often
 * than daily, or is not understood. */
MUST_USE enum status feed_rule_read(struct ctx *c, struct str text, struct date first,
                                    struct wall start, const struct zone_table *zone,
                                    struct date today, struct feed_rule *out);

#endif
