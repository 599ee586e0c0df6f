/*
 * The calendar: from wall-clock hours in a time zone to slots, and between local time and UTC.
 *
 * Called by domain/schedule.c and in the browser before plan_solve. Zone tables are passed in, so
 * nothing here reads a file or a clock. Pure, as plan.h.
 *
 * A free window of a date is the set of instants whose local wall time lies in the weekly template
 * (or in the exception of that date) and whose local date is that date. So a day on which clocks
 * change has 23 or 25 hours, a window across a gap is shorter, one across a fold longer, one that
 * ends inside a fold may come in two pieces, and a date that a zone skipped (Apia, 2011-12-30) has
 * none. Pieces that touch are one window; each is rounded inward to slots, and then, where breaks
 * are asked for, cut by them. Slots count from 1970-01-01T00:00:00Z.
 */
#ifndef PLAN_CALENDAR_H
#define PLAN_CALENDAR_H

#include "base/zone_table.h"
#include "plan/plan.h"

/* Slot in which an instant lies, or the next one if it lies inside a slot. */
int32_t slot_floor(struct instant t);
int32_t slot_ceil(struct instant t);
struct instant slot_instant(int32_t slot);

/* Offset from UTC, in seconds, at a UTC second. */
int32_t zone_offset_s(const struct zone_table *z, int64_t utc_s);

/* The local date at an instant. */
struct date zone_date(const struct zone_table *z, struct instant t);

/* The local wall time at an instant, seconds cut. */
struct wall zone_wall(const struct zone_table *z, struct instant t);

/* The instants with that local date and wall time: 0 (a gap), 1, or 2 (a fold), ascending into
 * `out`; returns how many. */
int zone_instants(const struct zone_table *z, struct date d, struct wall w, struct instant out[2]);

/* The instant for that local date and wall time; in a gap what it would be had the clocks not
 * changed (the first offset), in a fold the first. */
struct instant zone_instant(const struct zone_table *z, struct date d, struct wall w);

/* One weekly window of free time, local wall time. */
struct calendar_window {
    int32_t day;            /* ISO weekday 1 … 7 */
    struct wall start, end; /* start < end ≤ 24:00; windows of one day do not overlap */
};

/* A date on which other hours are free than in the template. */
struct calendar_exception {
    struct date date;
    int32_t first, count; /* in `windows` of the input; 0: not free */
};

/* Time that is taken away: an event. */
struct calendar_busy {
    struct instant from, until;
};

struct calendar_input {
    const struct zone_table *zone;
    struct date from; /* first local date */
    int32_t day_count;
    int32_t week_count;
    int32_t exception_count;
    int32_t busy_count;
    /* Slots: after each `study` of them in one window, `rest` are not free; 0: no breaks. Counted
     * from where the window begins, so that what is planned does not move with the hour. */
    int32_t study, rest;
    const struct calendar_window *week;          /* any order */
    const struct calendar_exception *exceptions; /* ascending by date, each date once */
    const struct calendar_window *windows;       /* of exceptions, each by start; `day` unused */
    const struct calendar_busy *busy;            /* ascending by `from`; may overlap */
};

/* Days and windows as plan_input wants them; `done` is 0. In the arena. */
struct calendar {
    int32_t day_count;
    int32_t window_count;
    struct plan_day *days; /* one for each date, skipped ones with beg = end */
    struct plan_span *windows;
};

/* Expands the week over the dates. ST_INVALID: the week breaks its rules (field "/week/2"), as do
 * exceptions ("/exceptions/0"), busy is not ascending, too many days, a break without end;
 * ST_UNAVAILABLE: the arena is
 * full. Linear in days, windows, exceptions, busy and offset changes. */
MUST_USE enum status calendar_expand(struct ctx *c, struct arena *a,
                                     const struct calendar_input *in, struct calendar *out);

#endif
