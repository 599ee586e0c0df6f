/*
 * What GET /statistics answers: how the time of the log lies over days and courses, and what was
 * planned on them. Built by domain/statistics.c for one reply; nothing of it is stored. Weeks,
 * charts and streaks are made of it by whoever shows it: where a week begins is a matter of
 * display.
 */
#ifndef MODEL_STATISTICS_H
#define MODEL_STATISTICS_H

#include "model/field.h"

/* Work on one course on one local date. */
struct day_work {
    struct date date;
    struct id course_id; /* none: without a course; it may have been deleted since */
    int32_t minutes;
};

enum milestone_kind {
    MILESTONE_HOURS,
    MILESTONE_TASKS,
    MILESTONE_ON_TIME,
    MILESTONE_DAYS, /* in a row, the most there were */
    MILESTONES
};

/* What was reached in steps (domain/milestones.h). */
struct milestone {
    unsigned kind; /* enum milestone_kind */
    int32_t value;
    int32_t reached; /* the last step; 0: none */
    int32_t next;    /* the next step; 0: none */
};

struct statistics {
    struct str zone;
    struct date from;
    struct date until;      /* not included */
    struct list work;       /* of struct day_work, by date, then course */
    struct list planned;    /* of struct planned_day (model/plan.h), by date */
    struct date first;      /* of the whole log; none: it is empty */
    int32_t total_min;      /* of the whole log */
    int32_t done;           /* tasks */
    int32_t on_time;        /* of these, finished by their due time */
    struct list milestones; /* of struct milestone, one of each kind */
};

extern const struct table statistics_table;

#endif
