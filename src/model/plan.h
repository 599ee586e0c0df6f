/* The accepted plan of a desk: what the student was last shown and agreed to; one per desk. */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "model/field.h"

struct study_block {
    struct id task_id;
    struct instant start;
    struct instant end;
};

struct plan {
    struct list blocks; /* of struct study_block, by start, not overlapping */
    struct instant made;
    struct ratio pace;
    struct ratio limit;
    int64_t version;
    /* What accepting this plan replaced, so that it can be taken back; lost with the next plan. */
    struct list former;         /* of struct study_block */
    struct instant former_made; /* none: there is nothing to go back to */
    struct ratio former_pace;
    struct ratio former_limit;
    struct list past;        /* of struct planned_day, ascending: the record of plans before it */
    struct instant recorded; /* until when; blocks count from then on */
};

/* Minutes of a local date that stood in the plan when their time came. */
struct planned_day {
    struct date date;
    int32_t minutes;
};

enum {
    PLAN_BLOCKS_MAX = 20000,
    PLAN_PAST_MAX = 750 /* dates; older ones are forgotten */
};

extern const struct table study_block_table;
extern const struct table planned_day_table;
extern const struct table plan_table;

#endif
