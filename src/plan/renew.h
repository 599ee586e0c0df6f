/*
 * A plan beside one that the student knows: as good as a plan from nothing, and as little moved as
 * that allows. Called by plan/revise.c. Pure, as plan.h.
 *
 * Blocks of the old plan are kept, the nearest first, while a plan around them is as good: as many
 * slots on time, as much weight finished, no day's overtime more than plan_uneven() above the
 * least, all of it together no more than the least or the old plan's, no day above its capacity.
 * Whether a set of blocks can be kept is answered by solving with it pinned; sets that cannot are
 * halved until single blocks are left. So a task that fits into what is free moves nothing, and
 * whatever moves had to. Wishes of plan_shape shape what is not kept.
 */
#ifndef PLAN_RENEW_H
#define PLAN_RENEW_H

#include "plan/validate.h"

enum {
    PLAN_NEAR = 288,          /* slots: the next 24 hours */
    PLAN_RENEW_TRIES = 200,   /* plans made at most while looking for what can be kept; */
    PLAN_RENEW_TASKS = 400000 /* and at most so many tasks, days and windows planned by them */
};

enum plan_keep {
    /* The block that has begun, and the next 24 hours: for what is new on purpose, such as another
     * pace. */
    PLAN_KEEP_NEAR,
    /* Of these what goes against no wish: for other wishes. */
    PLAN_KEEP_WISHED,
    PLAN_KEEP_ALL
};

/* The blocks from now on beside `blocks` (n), of which `check` is the judgement: of `out` only
 * they, and what the plan says of friction, are to be read. Fails as plan_solve. */
MUST_USE enum status plan_renew(struct ctx *c, struct arena *a, const struct plan_block *blocks,
                                int32_t n, enum plan_keep keep, const struct plan_check *check,
                                struct plan_result *out);

#endif
