/* A task: something to be done by a time. Times in minutes; see task.c for each field. */
#ifndef MODEL_TASK_H
#define MODEL_TASK_H

#include "model/field.h"

enum task_state { TASK_OPEN, TASK_DONE, TASK_DROPPED };

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
};

enum {
    TASK_MINUTES_MAX = 6000,
    TASKS_MAX = 2000,      /* live tasks of a desk */
    TASKS_MAX_GUEST = 500, /* the same, for guests */
    NOTES_MAX = 4000,      /* characters */
    PREREQUISITES_MAX = 20 /* of one task */
};

extern const struct table task_table;

#endif
