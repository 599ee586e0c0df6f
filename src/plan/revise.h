/*
 * A plan that the student knows: kept while it holds, else planned anew.
 *
 * Called by domain/replan.c on every change and by domain/schedule.c for a proposal or a preview,
 * and by the browser for what a change would do. Pure, as plan.h.
 */
#ifndef PLAN_REVISE_H
#define PLAN_REVISE_H

#include "plan/renew.h"

enum { PLAN_NEAR_WEIGHT = 4 }; /* a slot moved within 48 hours counts as so many */

/* Whether blocks that were judged need no new plan. */
static inline bool plan_holds(const struct plan_check *check)
{
    return check->flaw == PLAN_SOUND && check->missed_count == 0;
}

/* The plan from now on beside `blocks` (n, as plan_validate takes them): those themselves when all
 * are to be kept and they still hold with nothing missed, else a renewed plan. `check` is their
 * judgement; sums, critical stretch and repairs of `out` are those of check->fresh, since they do
 * not depend on which of the best plans it is. A block that has begun keeps its start; if it
 * cannot stay, none of it counts as worked on, in check->credited and check->fresh either. What is
 * answered holds when it is judged in its turn. Fails as plan_solve. */
MUST_USE enum status plan_revise(struct ctx *c, struct arena *a, const struct plan_input *in,
                                 const struct plan_block *blocks, int32_t n, enum plan_keep keep,
                                 struct plan_check *check, struct plan_result *out);

/* How far `after` is from `before`: slots from `now` on of work on a task that lies where it did
 * not lie before, those within 48 hours PLAN_NEAR_WEIGHT times. Both ascending. */
int64_t plan_moved(const struct plan_block *before, int32_t n, const struct plan_block *after,
                   int32_t m, int32_t now);

#endif
