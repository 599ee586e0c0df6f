/*
 * The history of the accepted plan (model/former_plan.h): which plans gave way to another because
 * the student wanted it, and how one of them would be now.
 *
 * A plan that is gone back to is not put back as it was: tasks were done, added and moved since.
 * It is the basis that the planner plans anew beside, which keeps of it all that is still as good.
 * Only schedule_restore brings a plan back whole, right after it was replaced.
 */
#ifndef DOMAIN_FORMER_PLANS_H
#define DOMAIN_FORMER_PLANS_H

#include "domain/operation.h"
#include "model/former_plan.h"

enum { FORMER_PLAN_SERIES_MS = 10 * MINUTE_MS };

/* For a decision that puts the plan `next`: the one in force becomes a former plan. Nothing when it
 * has nothing ahead, or when `next` is no other. Settings and hours are often changed in several
 * steps: those within FORMER_PLAN_SERIES_MS after the first are one change. The oldest are
 * forgotten when there are too many. */
MUST_USE enum status former_plan_note(struct edit *e, enum plan_change why,
                                      const struct plan *next);

/* Those of a desk, as plan_replacement, the latest first. */
MUST_USE enum status former_plans_list(struct ctx *c, const struct desk *desk, struct list *out);

/* The desk with a former plan in force at `now`, to plan anew beside it: its pace, its limit, and
 * its blocks that lie ahead, after the block under way, if there is one. Shares all else with
 * `desk`. ST_NOT_FOUND. */
MUST_USE enum status former_plan_basis(struct ctx *c, const struct desk *desk, struct id id,
                                       struct instant now, struct desk *out);

#endif
