/*
 * Planning anew beside a plan that the student knows: as good as a plan from nothing, and as little
 * moved as that allows.
 *
 * Called by domain/replan.c on every change and by domain/schedule.c for a proposal or a preview,
 * and by the browser for what a change would do. Pure, as plan.h.
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
    PLAN_NEAR = 288,           /* slots: the next 24 hours */
    PLAN_RENEW_TRIES = 200,    /* plans made at most while looking for what can be kept; */
    PLAN_RENEW_TASKS = 400000, /* and at most so many tasks, days and windows planned by them */
    PLAN_NEAR_WEIGHT = 4       /* a slot moved within 48 hours counts as so many */
};

enum plan_keep {
    /* The block that has begun, and the next 24 hours: for what is new on purpose, such as another
     * pace. */
    PLAN_KEEP_NEAR,
    /* Of these what goes against no wish: for other wishes. */
    PLAN_KEEP_WISHED,
    PLAN_KEEP_ALL
};

/* Whether blocks that were judged need no new plan. */
static inline bool plan_holds(const struct plan_check *check)
{
    return check->flaw == PLAN_SOUND && check->missed_count == 0;
}

/* The plan from now on beside `blocks` (n, as plan_validate takes them): those themselves when all
 * are to be kept and they still hold with nothing missed, else a renewed plan. `check` is their
 * judgement; sums, critical stretch and repairs of `out` are those of check->fresh, since they do
 * not depend on which of the best plans it is. A block that has begun keeps its start. Fails as
 * plan_solve. */
MUST_USE enum status plan_revise(struct ctx *c, struct arena *a, const struct plan_input *in,
                                 const struct plan_block *blocks, int32_t n, enum plan_keep keep,
                                 struct plan_check *check, struct plan_result *out);

/* How far `after` is from `before`: slots from `now` on of work on a task that lies where it did
 * not lie before, those within 48 hours PLAN_NEAR_WEIGHT times. Both ascending. */
int64_t plan_moved(const struct plan_block *before, int32_t n, const struct plan_block *after,
                   int32_t m, int32_t now);

#endif
