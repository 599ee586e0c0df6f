/*
 * A stretch of work on a task: an entry of the log, or the timer that runs.
 *
 * Of all entries of a desk at most one is not WORK_DONE: the timer. It runs from `start` on,
 * without an end; pausing ends the stretch (so every entry is one stretch without gaps) and leaves
 * it WORK_PAUSED, from which another entry goes on. What an entry counts is `minutes`; a running
 * one counts nothing yet. A WORK_SUM is what old entries of one task and day (or week) were folded
 * into, so that the log has room; it may be less than the time between its ends.
 */
#ifndef MODEL_WORK_H
#define MODEL_WORK_H

#include "model/field.h"

enum work_kind { WORK_TIMER, WORK_MANUAL, WORK_SUM };
enum work_state { WORK_DONE, WORK_RUNNING, WORK_PAUSED };

struct work_entry {
    struct id id;
    struct id task_id;
    struct id course_id;
    struct instant start;
    struct instant end;
    int32_t minutes;
    unsigned kind;  /* enum work_kind */
    unsigned state; /* enum work_state */
    int32_t focus_min;
    int32_t break_min;
    struct str note;
    int32_t counted_min;
    int64_t version;
};

enum {
    WORK_MINUTES_MAX = DAY_MINUTES, /* of one entry */
    WORK_NOTE_MAX = 200,            /* characters */
    WORK_FOCUS_MAX = 180,           /* minutes of a focus timer */
    WORK_BREAK_MAX = 60
};

extern const struct table work_entry_table;

#endif
