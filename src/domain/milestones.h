/*
 * What can be reached, in steps: hours of work, finished tasks, those on time, days in a row. The
 * steps stand here alone: GET /statistics lists them (model/statistics.h), and tell_behind.c tells
 * each one when it is reached.
 */
#ifndef DOMAIN_MILESTONES_H
#define DOMAIN_MILESTONES_H

#include "model/desk.h"
#include "model/statistics.h"
#include "plan/calendar.h"

/* The highest step that is not above the value, and the lowest that is; 0: there is none. */
int32_t milestone_reached(enum milestone_kind kind, int32_t value);
int32_t milestone_next(enum milestone_kind kind, int32_t value);

/* Days with work, of which the next begins at most two days of rest after the one before: one quiet
 * weekend undoes nothing. */
struct day_row {
    struct date last;
    int32_t days; /* 0: none yet */
};

/* Goes on with an entry that begins no earlier than those before. An entry over midnight is work on
 * both days. Returns the days in a row at its end. */
int32_t day_row_add(struct day_row *row, const struct zone_table *zone, const struct work_entry *w);

/* The entries with work, by their start; in the request's arena. */
struct work_order {
    const struct work_entry **entries;
    int32_t count;
};
MUST_USE enum status work_in_order(struct ctx *c, const struct desk *desk, struct work_order *out);

/* Fills in the milestones of statistics whose totals are there. */
MUST_USE enum status milestones_read(struct ctx *c, const struct zone_table *zone,
                                     const struct desk *desk, struct statistics *out);

#endif
