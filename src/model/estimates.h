/*
 * What finished tasks tell of estimates, and how likely deadlines are met: what GET /estimates and
 * GET /schedule/chances answer. Built by domain/estimates.c for one reply; nothing of it is stored.
 */
#ifndef MODEL_ESTIMATES_H
#define MODEL_ESTIMATES_H

#include "model/field.h"

/* Of one course; I32_NONE: too few tasks to say. */
struct course_estimate {
    struct id course_id; /* none: tasks without a course */
    int32_t n;
    int32_t low_percent;
    int32_t median_percent;
    int32_t p80_percent;
    int32_t high_percent;
};

struct estimates {
    unsigned use; /* enum estimate_use */
    int32_t needed;
    struct list courses; /* of struct course_estimate */
};

struct deadline_chance {
    struct instant due;
    struct list tasks; /* ids */
    int32_t percent;   /* I32_NONE: nothing is known of the work due by then */
};

struct chances {
    struct instant now;
    int32_t tasks;
    int32_t known;
    int32_t all_percent;   /* I32_NONE likewise */
    struct list deadlines; /* of struct deadline_chance */
};

extern const struct table estimates_table;
extern const struct table chances_table;

#endif
