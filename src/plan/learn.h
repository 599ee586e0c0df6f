/*
 * Estimates that learn: how long the tasks of a course really take, told from those that are
 * finished, and how likely the deadlines are met. Called by domain/estimates.c. Pure, as plan.h;
 * not part of plan.wasm, which is given whole per cents.
 *
 * log(worked / estimate) is taken to be normal, with a mean of each course and one scatter for all
 * of a student's courses. Of a course three sums are kept (how many, their sum, their squares), the
 * older samples fading, so that a habit that changes is followed. The mean is shrunk towards what
 * is usual among people; docs/planner.md says by what formulas, and how often the ranges hold.
 */
#ifndef PLAN_LEARN_H
#define PLAN_LEARN_H

#include "plan/plan.h"

enum {
    LEARN_SAMPLES_MIN = 3,  /* under so many nothing is said and nothing changes */
    LEARN_FEWEST_PARTS = 8, /* under an eighth of the estimate: it was not all logged, no sample */
    LEARN_MOST_TIMES = 8    /* more than eight times the estimate counts as that */
};

/* A finished task. */
struct learn_sample {
    int32_t course;       /* index */
    int32_t estimate_min; /* > 0 */
    int32_t worked_min;   /* 0: nothing was logged, no sample */
};

/* What is known of a course. Per cents are of the estimate. */
struct learn_course {
    int32_t n;   /* samples; under LEARN_SAMPLES_MIN the rest is 100 and 0 */
    int32_t low; /* four of five tasks take from low … */
    int32_t median;
    int32_t p80;    /* four of five take no more than this */
    int32_t high;   /* … to high */
    double mean;    /* of log(worked / estimate) */
    double doubt;   /* variance of that mean */
    double scatter; /* variance of a task around it, the same for all courses */
};

/* Whether a task says anything. */
bool learn_counts(const struct learn_sample *s);

/* Learns from `n` samples, the oldest first, into out[0 … courses). ST_UNAVAILABLE: the arena is
 * full. */
MUST_USE enum status learn_courses(struct ctx *c, struct arena *a,
                                   const struct learn_sample *samples, int32_t n, int32_t courses,
                                   struct learn_course *out);

/* Slots still to be worked when a task takes `percent` of its estimate. With 100 those of
 * `remaining_min`. What is worked is taken off one for one, so that work as planned moves nothing;
 * nothing remaining before the estimate is reached means that nothing is left. */
int32_t learn_slots(int32_t estimate_min, int32_t worked_min, int32_t remaining_min,
                    int32_t percent);

/* Least minutes, a multiple of five, by which `remaining_min`, rounded up to five, must fall for
 * learn_slots to fall by `slots`; all that remain where fewer do not suffice. */
int32_t learn_shorten_min(int32_t estimate_min, int32_t worked_min, int32_t remaining_min,
                          int32_t percent, int32_t slots);

/* How likely everything due by a time is finished then. */
struct learn_chance {
    int32_t due;          /* slot */
    double met;           /* by Fenton and Wilkinson's approximation */
    double sampled;       /* by the draws */
    int32_t known;        /* tasks due by then whose courses are known */
    int32_t first, count; /* the tasks that are due then: order[first … first + count) */
};

struct learn_chances {
    int32_t count;
    const struct learn_chance *due; /* ascending; in the arena */
    const int32_t *order;           /* indexes of the tasks that matter, by due */
    int32_t tasks;                  /* so many are they */
    double all;                     /* every one of them is met; by the draws */
    int32_t draws;
};

/* Chances at the limit with earliest due first, as if everything could start now: of `in`, whose
 * tasks' work is what they take in the middle, and course[] their courses' index in `courses`, −1
 * or one that is not known yet: just that work. The draws follow from a fixed seed. Fails as
 * plan_solve. Time: O(tasks · draws). */
MUST_USE enum status learn_chances(struct ctx *c, struct arena *a, const struct plan_input *in,
                                   const int32_t *course, const struct learn_course *courses,
                                   int32_t course_count, struct learn_chances *out);

#endif
