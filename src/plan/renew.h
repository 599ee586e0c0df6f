/*
 * Planning anew beside a plan that the student knows: as good as a plan from nothing, and as little
 * moved as that allows.
 *
 * Called by domain/replan.c when the accepted plan no longer holds. Pure, as plan.h.
 *
 * Blocks of the old plan are kept, the nearest first, while a plan around them is as good: as many
 * slots on time, as much weight finished, no day's overtime more than PLAN_SETTLED slots above the
 * least, no day above its capacity. Whether a set of blocks can be kept is answered by solving with
 * it pinned; sets that cannot are halved until single blocks are left. So a task that fits into
 * what is free moves nothing, and whatever moves had to.
 */
#ifndef PLAN_RENEW_H
#define PLAN_RENEW_H

#include "plan/plan.h"

enum {
    PLAN_SETTLED = 2,       /* a day is not made flatter for less than 15 minutes */
    PLAN_NEAR = 288,        /* slots: the next 24 hours */
    PLAN_RENEW_TRIES = 200, /* plans made at most while looking for what can be kept */
    PLAN_NEAR_WEIGHT = 4    /* a slot moved within 48 hours counts as so many */
};

enum plan_keep {
    PLAN_KEEP_NEAR, /* the block that has begun, and the next 24 hours; for what is new on purpose
                     */
    PLAN_KEEP_ALL
};

/* Solves `in`, keeping of `blocks` (n, ascending, as plan_validate takes them, with credited work)
 * what can be kept. A block that has begun keeps its start. Fails as plan_solve. */
MUST_USE enum status plan_renew(struct ctx *c, struct arena *a, const struct plan_input *in,
                                const struct plan_block *blocks, int32_t n, enum plan_keep keep,
                                struct plan_result *out);

/* How far `after` is from `before`: slots from `now` on of work on a task that lies where it did
 * not lie before, those within 48 hours PLAN_NEAR_WEIGHT times. Both ascending. */
int64_t plan_moved(const struct plan_block *before, int32_t n, const struct plan_block *after,
                   int32_t m, int32_t now);

#endif
