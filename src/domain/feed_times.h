/*
 * When a thing in a calendar is: its times by the clock of one zone, in the parts of which events
 * are made.
 */
#ifndef DOMAIN_FEED_TIMES_H
#define DOMAIN_FEED_TIMES_H

#include "domain/feed_zone.h"

enum { FEED_ZONES_KEPT = 16 /* names that were looked up */ };

/* How the times of one calendar are read. */
struct feed_clock {
    struct ctx *c;
    const struct domain *d;
    const struct ics_calendar *calendar;
    const struct zone_table *home; /* the student's */
    struct instant now;
    struct str names[FEED_ZONES_KEPT];
    const struct zone_table *zones[FEED_ZONES_KEPT];
    int32_t zone_count;
};

/* What is passed in must outlive it. */
void feed_clock_init(struct feed_clock *clock, struct ctx *c, const struct domain *d,
                     const struct ics_calendar *calendar, const struct zone_table *home,
                     struct instant now);

/* An entry with its times understood, all by the clock of one zone. */
struct feed_times {
    const struct ics_entry *entry;
    const struct zone_table *zone;
    struct date date, end_date; /* end_date: the last day */
    struct wall start, end;
    bool all_day;
    bool moment;
    struct date recurrence; /* the day it replaces; none: it does not */
};

/* Reads the times of an entry. What takes place once and is written in UTC is read on the student's
 * own clock, what is repeated on the clock that it is written by. False: it has no time. */
bool feed_times_read(struct feed_clock *clock, const struct ics_entry *e, struct feed_times *out);

/* Date and wall time of `t` by the clock of `zone`; a day as a whole begins at 00:00. */
void feed_on_clock(struct feed_clock *clock, const struct ics_time *t,
                   const struct zone_table *zone, struct date *date, struct wall *wall);

#endif
