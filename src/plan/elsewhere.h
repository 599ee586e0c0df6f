/*
 * Why not there: what it would break to work on a task at another time than the plan says.
 *
 * Called by the browser (wasm/border.c) when a student asks of a block whether it could be
 * elsewhere, and by `studybunny plan`. Pure, as plan.h.
 *
 * The answer is that of a new plan in which the stretch is pinned (plan_input.pins) and everything
 * else may move: whatever is late then, would be. So it is exact, as far as plans are: where not
 * all fits already and tasks have earliest starts or prerequisites, which to cut is a heuristic's
 * choice in both plans.
 */
#ifndef PLAN_ELSEWHERE_H
#define PLAN_ELSEWHERE_H

#include "plan/plan.h"

/* So much of a task is on time in the plan as it is, and would not be. */
struct plan_lack {
    int32_t task;
    int32_t slots;
};

/* Slots of the stretch that cannot be there, whatever else moves; each is counted once, by the
 * first of these that holds. */
struct plan_misfit {
    int32_t past;    /* before now */
    int32_t taken;   /* where another block is pinned */
    int32_t outside; /* not in free time */
    int32_t early;   /* before the task's earliest start */
    int32_t late;    /* behind its due date */
};

struct plan_elsewhere {
    struct plan_misfit misfit;
    int32_t over;   /* more slots above days' capacities than there are anyway */
    int32_t waits;  /* more slots of pins before their prerequisites are finished than anyway */
    int32_t missed; /* slots less on time, all in all */
    int32_t lack_count;
    const struct plan_lack *lacks; /* by due date; in the arena */
    struct plan_result plan;       /* the plan with the stretch where it is asked for; as it is when
                                      something is in the way */
};

/* Asks for `there`, a stretch of some of its task's work. `as_is` is the answer to `in`. ST_INVALID
 * ("/move"): of no task, empty, or longer than a day; else fails as plan_solve. */
MUST_USE enum status plan_elsewhere(struct ctx *c, struct arena *a, const struct plan_input *in,
                                    const struct plan_result *as_is, struct plan_block there,
                                    struct plan_elsewhere *out);

#endif
