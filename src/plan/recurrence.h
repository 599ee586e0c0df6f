/*
 * How an event is repeated: rules of RFC 5545 (RRULE) by days, read and walked through.
 *
 * Called by domain/occurrences.c; pure as plan.h, so that a browser may use the same code. A rule
 * here gives dates, never times of day: what is repeated keeps its wall clock, and plan/calendar.h
 * finds the instants. Parts understood: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, COUNT,
 * UNTIL (a date), BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST. Others (BYWEEKNO, BYYEARDAY, times)
 * are refused and not ignored.
 *
 * The first date always belongs to the repetition and is counted, whether or not the rule gives it.
 * A rule that gives no date for RECURRENCE_GAP_DAYS has ended, so that every walk does.
 */
#ifndef PLAN_RECURRENCE_H
#define PLAN_RECURRENCE_H

#include "base/instant.h"
#include "base/status.h"

enum recurrence_freq { RECUR_DAILY, RECUR_WEEKLY, RECUR_MONTHLY, RECUR_YEARLY };

enum {
    RECURRENCE_INTERVAL_MAX = 1000,
    RECURRENCE_COUNT_MAX = 2000,
    RECURRENCE_DAYS_MAX = 32,       /* entries of BYDAY */
    RECURRENCE_POSITIONS_MAX = 16,  /* entries of BYSETPOS */
    RECURRENCE_PERIOD_MAX = 366,    /* days of a period */
    RECURRENCE_GAP_DAYS = 40 * 366, /* 29 February on a Monday comes every 40 years at most */
    RECURRENCE_TEXT_MAX = 255
};

/* TU: every one; 2TU, -1FR: the second, the last of the month (or year). */
struct recurrence_day {
    int32_t weekday; /* ISO: Monday 1 */
    int32_t nth;     /* 0: every one */
};

struct recurrence {
    enum recurrence_freq freq;
    int32_t interval;
    int32_t count;            /* 0: none */
    struct date until;        /* the last date allowed; DATE_NONE: none */
    int32_t week_start;       /* ISO weekday */
    uint32_t months;          /* bit 1 … 12; 0: every one */
    uint32_t month_days;      /* bit 1 … 31 */
    uint32_t month_days_back; /* the same from the end: bit 1 is the last day */
    int32_t day_count;
    struct recurrence_day days[RECURRENCE_DAYS_MAX];
    int32_t position_count;
    int32_t positions[RECURRENCE_POSITIONS_MAX];
};

/* Reads "FREQ=WEEKLY;BYDAY=TU"; ST_INVALID on "rule" says what is wrong. */
MUST_USE enum status recurrence_parse(struct ctx *c, struct str text, struct recurrence *out);

/* Writes a rule and a NUL; returns the length. Cut where it is longer than RECURRENCE_TEXT_MAX,
 * which only a rule can be whose text was nearly that long and is given an UNTIL. */
size_t recurrence_format(const struct recurrence *r, char out[RECURRENCE_TEXT_MAX + 1]);

/* A walk through the dates, ascending. */
struct recurrence_walk {
    const struct recurrence *rule; /* NULL: once */
    struct date first;
    struct date from;
    struct date latest; /* given last, or where the walk began */
    int64_t period;     /* number of the next period */
    int32_t given;      /* dates so far, those before `from` too */
    int32_t tested;     /* days looked at: what the walk cost */
    int32_t at, count;  /* in `dates` */
    bool ended;
    struct date dates[RECURRENCE_PERIOD_MAX];
};

/* Begins a walk through the dates that are not before `from`. Without COUNT it costs nothing to
 * leave out what lies before. */
void recurrence_begin(struct recurrence_walk *w, const struct recurrence *rule, struct date first,
                      struct date from);

/* The next date before `until` (which may grow from call to call); false: there is none. */
bool recurrence_next(struct recurrence_walk *w, struct date until, struct date *out);

#endif
