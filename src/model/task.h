/* A task: something to be done by a time. Times in minutes; see task.c for each field. */
#ifndef MODEL_TASK_H
#define MODEL_TASK_H

#include "model/field.h"

enum task_state { TASK_OPEN, TASK_DONE, TASK_DROPPED };
/* In which steps it comes again; no more than one of a series is open at a time. */
enum task_repeat { REPEAT_NONE, REPEAT_DAY, REPEAT_WEEK };

/* A stretch of time that a task keeps, whatever else moves. */
struct pin {
    struct instant start;
    struct instant end;
};

/* One line of a checklist: a step of the task, for the student alone. Ticking changes nothing that
 * the planner reads. */
struct checklist_item {
    struct str text;
    bool done;
};

struct task {
    struct id id;
    struct id course_id;
    struct str title;
    struct str notes;
    int32_t estimate_min;
    int32_t worked_min;
    int32_t remaining_min;
    int32_t priority;
    struct instant due;
    unsigned state; /* enum task_state */
    struct instant created;
    struct instant completed;
    int64_t version;
    struct instant earliest;   /* none: it may be worked on now */
    struct list prerequisites; /* ids of tasks */
    struct list checklist;     /* of struct checklist_item */
    unsigned repeat_unit;      /* enum task_repeat */
    int32_t repeat_every;      /* units */
    int32_t skipped;           /* due times that passed before this one was made */
    struct id next_id;         /* of the series, once this one is finished */
    struct date repeat_until;  /* the last due date of the series; none: without end */
    int32_t min_session_min;   /* 0: as the settings say */
    struct list pinned;        /* of struct pin, by start, not overlapping */
};

enum {
    TASK_MINUTES_MAX = 6000,
    TASKS_MAX = 2000,       /* live tasks of a desk */
    TASKS_MAX_GUEST = 500,  /* the same, for guests */
    NOTES_MAX = 4000,       /* characters */
    PREREQUISITES_MAX = 20, /* of one task */
    CHECKLIST_MAX = 50,     /* items of a task */
    REPEAT_EVERY_MAX = 365,
    PINS_MAX = 50, /* of one task */
    TASK_WORKED_MAX = 10 * TASK_MINUTES_MAX
};

extern const struct table checklist_item_table;
extern const struct table pin_table;
extern const struct table task_table;

#endif
