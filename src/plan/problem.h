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

struct axis;
struct matcher;

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

    /* later.c: only when some task may not start now or there are prerequisites (else NULL). */
    const struct axis *axis;
    struct matcher *matcher;

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

/* Slots of the day's pins above what is left of its pace: overtime that it has already had. */
static inline int32_t pinned_overtime(const struct problem *p, int32_t d)
{
    if (!p->in->pinned)
        return 0;
    int32_t pinned = p->in->pinned[d], before = p->in->days[d].done - pinned;
    int32_t over = pinned - capacity_at(p->free[d], p->free[d], before, p->in->pace);
    return over > 0 ? over : 0;
}

/* `p` with other due dates, not behind its own, for placing what is planned of it: order and
 * deadlines are made anew; need, room and deadline[].work stay those of `p` and say nothing. */
MUST_USE enum status problem_hasten(struct ctx *c, const struct problem *p, const int32_t *due,
                                    struct problem *out);

struct keyed {
    uint32_t key;
    int32_t value;
};

/* Sorts by key, stable: radix, least digit first, as many digits as the greatest key has. Returns
 * whichever of the two arrays holds the result. */
struct keyed *sort_keys(struct keyed *from, struct keyed *to, int32_t n, uint32_t greatest);

/* Ranks `live` tasks by the dates `due`: p->order and p->count. */
MUST_USE enum status rank_tasks(struct ctx *c, struct problem *p, const bool *live,
                                const int32_t *due);

/* C(t) under day capacities `cap` for each deadline into `out`. */
void rooms(const struct problem *p, const int32_t *cap, int32_t *out);

/* need[0 … days] for the demands work[k] at the deadlines (cumulative). */
void needs(const struct problem *p, const int32_t *work, int32_t *need);

/* order.c: checks the prerequisites and sets p->topological. Fails as plan_solve. */
MUST_USE enum status order_solve(struct ctx *c, struct problem *p);

/* order.c: pushes earliest starts forward and due dates (per task) backward, between tasks of which
 * both `counts`. */
void push_dates(const struct problem *p, const bool *counts, int32_t *due, int32_t *release);

/* pins.c: plan_solve when there are pins. */
MUST_USE enum status pins_solve(struct ctx *c, struct arena *a, const struct plan_input *in,
                                struct plan_result *out);

/* plan.c: plan_solve without pins, of what they leave; sessions see those of `whole`. */
MUST_USE enum status solve_rest(struct ctx *c, struct arena *a, const struct plan_input *rest,
                                const struct plan_input *whole, struct plan_result *out);

/* intensity.c: least intensity; the critical stretch; slots short at X = 1. */
MUST_USE enum status intensity_solve(struct ctx *c, const struct problem *p,
                                     struct plan_result *out);

/* problem.c: how many days begin before the last due date of work and the end of the last pin.
 * Nothing is planned behind them, so what is counted to bound a search is counted on these: a plan
 * must not depend on how many more days are given. */
int32_t days_of_work(const struct plan_input *in);
/* The free windows of the first `days` days. */
int32_t windows_of_days(const struct plan_input *in, int32_t days);

/* intensity.c: bits so that two different k/F of days differ by more than 2^−bits; the least such
 * fraction above m / 2^bits; the least intensity when all could start now; capacities at x and just
 * below it. */
uint32_t candidate_bits(const struct problem *p);
struct plan_ratio next_candidate(const struct problem *p, uint32_t m, uint32_t bits);
struct plan_ratio least_intensity(const struct problem *p);
void capacities(const struct problem *p, struct plan_ratio x, int32_t *cap);
void capacities_below(const struct problem *p, struct plan_ratio x, int32_t *cap);

/* later.c: the same steps with earliest starts and prerequisites. */
MUST_USE enum status ranked_work(struct ctx *c, const struct problem *p, int32_t **out);
MUST_USE enum status later_intensity(struct ctx *c, const struct problem *p,
                                     struct plan_result *out);
MUST_USE enum status later_value(struct ctx *c, struct problem *p, int32_t *planned,
                                 struct plan_result *out);
MUST_USE enum status later_place(struct ctx *c, const struct problem *p, const int32_t *planned,
                                 struct plan_day_load *days, struct plan_result *out);

/* later.c: the blocks, and days[].load, with no day above its level. */
MUST_USE enum status later_fill(struct ctx *c, const struct problem *p, const int32_t *planned,
                                struct plan_day_load *days, struct plan_result *out);

/* slack.c: slack[] of tasks that are finished. */
MUST_USE enum status later_slack(struct ctx *c, const struct problem *p, const int32_t *planned,
                                 int32_t *slack);

/* stretch.c: the critical stretch with earliest starts, under day capacities `cap`; its free slots
 * are those under `shown`. */
MUST_USE enum status stretch_solve(struct ctx *c, const struct problem *p, const int32_t *cap,
                                   const int32_t *shown, struct plan_critical *out);

/* drop.c: which tasks are finished when not all can be: a heuristic. `served` are the most weighted
 * slots. Sets class[] (per rank): above all weights for those to be finished, 0 for those that
 * must not be begun since a prerequisite is not finished, else the weight. May rank the tasks of
 * `p` anew. */
MUST_USE enum status later_cut(struct ctx *c, struct problem *p, const int32_t *served,
                               int32_t *class);

/* value.c: how much of each task is planned (out->planned, ontime, wontime, bound, gap). */
MUST_USE enum status value_solve(struct ctx *c, struct problem *p, struct plan_result *out);

/* cut.c: marks in keep[0 … count), aligned with `order`, a set of tasks of the greatest weight that
 * can all be finished on time, and among those sets one of the least work. */
MUST_USE enum status cut_solve(struct ctx *c, const struct problem *p, bool *keep);

/* level.c: what each day may use (days[].level), from demands on prefixes of days. */
MUST_USE enum status level_solve(struct ctx *c, const struct problem *p, const int32_t *need,
                                 struct plan_day_load *days);

/* edf.c: the blocks, and days[].load. */
MUST_USE enum status edf_solve(struct ctx *c, const struct problem *p, const int32_t *planned,
                               struct plan_day_load *days, struct plan_result *out);

/* buffer.c: with out->planned known, finds out->by, and in `near` the problem with these for due
 * dates. Of `days` the capacity counts. */
MUST_USE enum status buffer_solve(struct ctx *c, const struct problem *p,
                                  const struct plan_day_load *days, struct plan_result *out,
                                  struct problem *near);

/* mend.c: the same with earliest starts and prerequisites, each solved again. */
MUST_USE enum status later_repair(struct ctx *c, const struct problem *p, struct plan_result *out);

/* repair.c: single changes that make everything fit; called when it does not at the limit. */
void repair_solve(const struct problem *p, struct plan_result *out);

#endif
