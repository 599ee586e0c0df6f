/*
 * What the steps of plan_solve share: the input checked and turned into flat arrays. Included by
 * the planner's own files only.
 *
 * Due dates become demands on prefixes of days. With `d` whole days before t and `part` free slots
 * of day d in [now, t), the demand W(t) ≤ C(t) = S(d) + min(c_d, part), S(d) being the capacity of
 * the first d days, is the same as
 *
 *     S(d) ≥ W(t) − part   and   S(d + 1) ≥ W(t),
 *
 * so that one number for each prefix of days says all that a capacity must satisfy: need[d] is the
 * least S(d) allowed. Scans over capacities are then O(days), not O(tasks).
 */
#ifndef PLAN_PROBLEM_H
#define PLAN_PROBLEM_H

#include "plan/plan.h"

/* One distinct due date. */
struct deadline {
    int32_t at;    /* slot */
    int32_t whole; /* number of days that end at or before it */
    int32_t part;  /* free slots of day `whole` in [now, at); 0 when at the day's beginning */
    int32_t last;  /* the tasks due by then are order[0 … last) */
    int32_t work;  /* W: slots due by then */
};

struct problem {
    const struct plan_input *in;
    struct arena *arena;

    int32_t days;
    int32_t day_max;      /* greatest `free` */
    const int32_t *free;  /* F, per day */
    const int32_t *avail; /* A */
    const int32_t *cap;   /* at the limit */

    /* Per task: the dates that count, with earliest starts pushed forward and due dates backward
     * along the prerequisites. */
    const int32_t *due;
    const int32_t *release;
    const int32_t *topological; /* every task behind its prerequisites; NULL: there are none */
    bool later;                 /* some task may not start now */

    int32_t count;        /* tasks with work that are not overdue */
    const int32_t *order; /* their indexes by due, then topological, then position */

    int32_t deadlines;
    const struct deadline *deadline; /* ascending */
    const int32_t *need;             /* days + 1 */
    const int32_t *room;             /* C at the limit, per deadline */
};

/* Checks `in` and fills `p` and out->overdue. Fails as plan_solve. */
MUST_USE enum status problem_init(struct ctx *c, struct arena *a, const struct plan_input *in,
                                  struct problem *p, struct plan_result *out);

/* floor(free · ratio) − done, at least 0, at most avail. */
static inline int32_t capacity_at(int32_t free, int32_t avail, int32_t done, struct plan_ratio r)
{
    int32_t c = (int32_t)((int64_t)free * r.num / r.den) - done;
    if (c < 0)
        c = 0;
    return c < avail ? c : avail;
}

/* C(t) under day capacities `cap` for each deadline into `out`. */
void rooms(const struct problem *p, const int32_t *cap, int32_t *out);

/* need[0 … days] for the demands work[k] at the deadlines (cumulative). */
void needs(const struct problem *p, const int32_t *work, int32_t *need);

/* order.c: checks the prerequisites and sets p->topological. Fails as plan_solve. */
MUST_USE enum status order_solve(struct ctx *c, struct problem *p);

/* order.c: pushes earliest starts forward and due dates (per task) backward, between tasks of which
 * both `counts`. */
void push_dates(const struct problem *p, const bool *counts, int32_t *due, int32_t *release);

/* intensity.c: least intensity; the critical stretch; slots short at X = 1. */
MUST_USE enum status intensity_solve(struct ctx *c, const struct problem *p,
                                     struct plan_result *out);

/* value.c: how much of each task is planned (out->planned, ontime, wontime, bound, gap). */
MUST_USE enum status value_solve(struct ctx *c, const struct problem *p, struct plan_result *out);

/* cut.c: marks in keep[0 … count), aligned with `order`, a set of tasks of the greatest weight that
 * can all be finished on time, and among those sets one of the least work. */
MUST_USE enum status cut_solve(struct ctx *c, const struct problem *p, bool *keep);

/* level.c: what each day may use (days[].level), from demands on prefixes of days. */
MUST_USE enum status level_solve(struct ctx *c, const struct problem *p, const int32_t *need,
                                 struct plan_day_load *days);

/* edf.c: the blocks, and days[].load. */
MUST_USE enum status edf_solve(struct ctx *c, const struct problem *p, const int32_t *planned,
                               struct plan_day_load *days, struct plan_result *out);

/* repair.c: single changes that make everything fit; called when it does not at the limit. */
void repair_solve(const struct problem *p, struct plan_result *out);

#endif
