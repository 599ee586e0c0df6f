/*
 * What GET /schedule answers: the accepted plan judged now, its certificate, what does not fit and
 * how to repair it. Built by domain/schedule.c, written by tables; nothing of it is stored.
 * Everything a struct points to lives in the arena of the request it was built for.
 * Minutes are multiples of five: the planner counts slots.
 */
#ifndef MODEL_SCHEDULE_H
#define MODEL_SCHEDULE_H

#include "model/field.h"

/* Why a block is where it is; the codes are those of plan_reason_code, then "kept". */
struct schedule_reason {
    unsigned code; /* enum plan_reason_code + "kept" */
    struct instant until;
    int32_t minutes; /* slack; I32_NONE: none */
    int32_t capacity_min;
    int32_t load_min;
};

/* A stretch of work; `reason` is a struct schedule_reason. */
struct schedule_block {
    struct id task_id;
    struct instant start;
    struct instant end;
    bool unfinished;
    struct object reason;
};

/* Free time of a day. */
struct schedule_window {
    struct instant start;
    struct instant end;
};

/* A local date from today on; `windows` are struct schedule_window. */
struct schedule_day {
    struct date date;
    int32_t free_min;     /* of the whole day */
    int32_t capacity_min; /* what may still be used at the limit */
    int32_t load_min;     /* what the plan uses */
    struct list windows;
    int32_t done_min; /* logged already; the capacity is less by that */
};

/* The least share of free time that suffices, in lowest terms; per cent rounded up. */
struct schedule_intensity {
    int32_t num;
    int32_t den;
    int32_t percent;
};

/* The stretch that decides: work due in it against time that can be used in it. */
struct schedule_critical {
    struct instant from;
    struct instant until;
    int32_t work_min;
    int32_t free_min;
};

/* A task that is late, or will not be finished on time. */
struct schedule_task {
    struct id task_id;
    int32_t remaining_min;
    int32_t planned_min;
    struct instant due;
};

/* A task that is finished on time, but less than the buffer before. */
struct schedule_buffer {
    struct id task_id;
    struct instant end; /* of its last block */
    struct instant due;
    int32_t broken_min; /* so much less than the buffer */
};

/* One change with which everything fits; what a kind does not name is none. */
struct schedule_repair {
    unsigned kind; /* enum plan_repair_kind */
    struct id task_id;
    struct date date;
    int32_t minutes; /* I32_NONE: says nothing */
    struct ratio to;
    struct instant until;
};

/* A plan made anew, and how far it is from the accepted one. */
struct schedule_proposal {
    struct list blocks; /* of struct schedule_block */
    int32_t moved_min;
};

/* Blocks that ended while the timer ran on their task, and it still runs: not logged yet, but off
 * what the plan takes the task to need. */
struct schedule_timed {
    struct id task_id;
    int32_t minutes;
};

/* What the plan takes the tasks of a course to need, where that is not as typed. */
struct schedule_factor {
    struct id course_id; /* none: tasks without a course */
    int32_t percent;     /* of the estimate */
};

/* How good the plan is: what is on time, and the proved bound of what can be. */
struct schedule_certificate {
    bool feasible;
    int32_t work_min;
    int32_t ontime_min;
    int32_t bound_min;
    int32_t gap_min;
    int32_t capacity_min;
    struct instant until;
};

struct schedule {
    struct instant now;
    struct str zone;
    int64_t rev;
    bool accepted;
    struct list blocks;
    struct list days;
    struct object minimum_intensity;
    struct ratio pace;
    struct ratio limit;
    int32_t score; /* I32_NONE: none */
    struct object critical;
    int32_t short_min;
    struct list unfinished;
    struct list overdue;
    struct list buffers; /* of struct schedule_buffer */
    struct list repairs;
    struct list missed; /* of struct study_block */
    struct object proposal;
    struct object certificate;
    struct object timed;
    struct list factors; /* of struct schedule_factor */
};

/* Fewer, longer blocks, which a plan from nothing would have: what they are worth, and what they
 * cost. */
struct tidy {
    int32_t blocks;         /* that the accepted plan has ahead */
    int32_t then;           /* that there would be */
    int32_t moved_min;      /* that would lie elsewhere */
    struct object schedule; /* the preview; none: the plan is tidy enough */
};

extern const struct table schedule_table;
extern const struct table tidy_table;

#endif
