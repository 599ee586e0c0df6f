/*
 * From a desk to the planner and back: the one place that knows both.
 *
 * A desk's open tasks (as long as the setting `estimates` says they take), free hours, events,
 * zone, pace and limit become a plan_input; blocks become instants. The horizon reaches to the last
 * due date of an open task (and at least to the days asked for), so nothing that is due is ever
 * outside the plan. Work logged today counts against today.
 */
#ifndef DOMAIN_REPLAN_H
#define DOMAIN_REPLAN_H

#include "domain/operation.h"
#include "plan/calendar.h"
#include "plan/learn.h"
#include "plan/plan.h"
#include "plan/revise.h"

enum {
    HORIZON_DAYS_MAX = 3660, /* a due date in ten years is as good as none */
    PLANNER_VERSION = 6      /* raised when the same input gives another plan: part of ETags */
};

/* A block that has begun, without what the log has of it (problem_blocks): where it really began.
 */
struct logged_block {
    int32_t task;
    int32_t from;
    int32_t start;
};

enum { LOGGED_BLOCKS_MAX = 4 }; /* the one under way, and pins */

/* What the planner is asked, and the names of things in it. All in the request's arena. */
struct problem {
    const struct zone_table *zone;
    struct calendar calendar;
    struct plan_input input;
    const struct task **tasks;        /* of the desk, by the planner's index */
    struct id *ids;                   /* theirs, ascending: close together, to be searched */
    const struct learn_course *known; /* by estimates_group() */
    struct list timed;                /* plan_timed() of the desk */
    struct logged_block logged[LOGGED_BLOCKS_MAX];
    int32_t logged_count;
};

/* Builds the problem of a desk at `now` with this pace and limit; `days` local dates from today at
 * least. ST_INVALID when the desk's zone is not known here. */
MUST_USE enum status problem_build(struct ctx *c, const struct domain *d, const struct desk *desk,
                                   struct instant now, int32_t days, struct ratio pace,
                                   struct ratio limit, struct problem *out);

/* How much of its estimate the plan takes a task to need, in per cent. */
int32_t problem_percent(const struct problem *p, const struct desk *desk, const struct task *t);

/* Slots of accepted blocks that ended while the timer ran on their task, and it still runs: they
 * were worked on though nothing is logged yet, so the problem takes them off the task. */
int32_t timed_slots(const struct desk *desk, struct id task_id, struct instant now);

/* Those blocks, of struct study_block, as far as the timer ran: any plan that comes after has to
 * keep them, or nothing would tell that they were worked on. */
MUST_USE enum status plan_timed(struct ctx *c, const struct desk *desk, struct instant now,
                                struct list *out);

/* The blocks of the desk's accepted plan in the planner's terms, in the request's arena, as many as
 * the plan has; a task that is not open has index −1. A block under way begins behind what the log
 * has of it. */
MUST_USE enum status problem_blocks(struct ctx *c, struct problem *p, const struct desk *desk,
                                    struct plan_block **out);

/* The same to be judged: what the running timer did of blocks that are over was not missed, so that
 * much is cut from their ends; a block that it did whole has index −1. */
MUST_USE enum status problem_judged(struct ctx *c, struct problem *p, const struct desk *desk,
                                    struct plan_block **out);

/* A block that has begun and is not over counts as worked on from its start (plan/validate.h). What
 * the log has of it is off the task already, so that much is cut from its beginning. */
void problem_cut_logged(struct problem *p, const struct desk *desk, struct id task_id,
                        struct plan_block *b);

/* Adds the desk's new plan to an edit, unless the accepted one still holds after its changes. It
 * differs from that as little as it can, or, when pace, limit or wishes are others, only
 * keeps what is near. One that is made because somebody took a plan, or carried a block or an
 * event elsewhere, remembers what it replaces, so that this can be taken back whole; one that is
 * made for other settings or hours makes a former plan of it. */
MUST_USE enum status replan(struct edit *e);

/* Minutes of the blocks `after` from `now` on that lie where `before` does not have their task.
 * Both of struct study_block, by start. */
int32_t plan_moved_min(const struct list *before, const struct list *after, struct instant now);

bool same_ratio(struct ratio a, struct ratio b);

/* Remembers in `plan` the one that it replaces, for schedule_restore. ST_INTERNAL: no memory. */
MUST_USE enum status plan_keep_former(struct edit *e, struct plan *plan);

/* The blocks of a plan as they are stored, of struct study_block. */
MUST_USE enum status blocks_to_store(struct ctx *c, const struct problem *p,
                                     const struct plan_result *result, struct list *out);

/* A plan as it is stored. */
MUST_USE enum status plan_to_store(struct ctx *c, const struct problem *p,
                                   const struct plan_result *result, struct instant now,
                                   struct plan *out);

#endif
