/*
 * What the planner needs once a task may not start now: included by the planner's own files only.
 *
 * The axis is the row of all free slots from now on, one behind the other, without the gaps between
 * them: position x is the x-th. Days are stretches of it, earliest starts and due dates are
 * positions on it, so a task may use [from, until) and a day no more than its capacity. A flow says
 * which task has which position; it is largest when no other gives more positions to tasks.
 */
#ifndef PLAN_AXIS_H
#define PLAN_AXIS_H

#include "plan/problem.h"

/* Tasks are named by rank: earliest due first, ties as in problem.order. */
struct axis {
    int32_t count;          /* tasks */
    int32_t days;           /* stretches */
    const int32_t *from;    /* per task */
    const int32_t *until;   /* per task, ascending; ≤ from: it has no room */
    const int32_t *arrival; /* tasks by `from`, then rank */
    const int32_t *edge;    /* days + 1: day d is [edge[d], edge[d + 1]) */
};

struct run {
    int32_t rank;
    int32_t from, until;
};

struct flow {
    int32_t unserved;   /* slots of all tasks without a position */
    int32_t *rest;      /* per task: of these */
    int32_t *load;      /* per day */
    int32_t count;      /* runs */
    struct run *runs;   /* ascending, each inside one day; NULL: not wanted */
    int32_t *first_run; /* days + 1: the runs of day d are runs[first_run[d] … first_run[d + 1]) */
};

/* Room for the largest flow of an axis, with or without its runs. */
MUST_USE enum status flow_init(struct ctx *c, struct arena *a, const struct axis *x, bool runs,
                               struct flow *f);

/* A set of ranks that finds its first and its last member at once. */
struct rank_set {
    uint64_t top;
    uint64_t *middle;
    uint64_t *leaf;
};

/* What match_solve works with: once for all flows of an axis and its parts. */
struct matcher {
    struct rank_set active; /* arrived, not expired, not done */
    struct rank_set today;  /* have positions of the present day */
    int32_t *amount;        /* per task: of the present day */
};

MUST_USE enum status matcher_init(struct ctx *c, struct arena *a, int32_t tasks, struct matcher *m);

/* match.c: a largest flow for so much work of each task (fewer than 0 count as 0) and so much
 * capacity of each day: among the largest the one with the earliest due dates on every prefix of
 * days. Linear in tasks, days and runs. */
void match_solve(struct matcher *m, const struct axis *x, const int32_t *work, const int32_t *cap,
                 struct flow *f);

/* What keeps a largest flow from serving all: `hot` tasks have more work than all the positions
 * they may use can take, which are `spans`: of full days the capacity, of other days every one. */
struct witness {
    bool *hot;  /* per task */
    bool *full; /* per day: its capacity limits, not its positions */
    int32_t span_count;
    struct plan_span *spans; /* ascending, disjoint */
    int64_t work;            /* of the hot tasks */
};

/* reach.c: the smallest witness against a largest flow with runs that leaves something unserved. */
MUST_USE enum status reach_solve(struct ctx *c, struct arena *a, const struct axis *x,
                                 const int32_t *work, const struct flow *f, struct witness *out);

/* Counts positions before x that lie in spans, for ascending x. */
struct sweep {
    const struct plan_span *spans;
    int32_t count, at, passed;
};

static inline int32_t sweep_to(struct sweep *s, int32_t x)
{
    while (s->at < s->count && s->spans[s->at].until <= x) {
        s->passed += s->spans[s->at].until - s->spans[s->at].from;
        s->at++;
    }
    bool inside = s->at < s->count && s->spans[s->at].from < x;
    return s->passed + (inside ? x - s->spans[s->at].from : 0);
}

/* Owners of positions, −1 where there is none. */
MUST_USE enum status owners_of(struct ctx *c, struct arena *a, const struct axis *x,
                               const struct flow *f, int32_t **out);

/* exchange.c: changes `base` along alternating paths so that every task has at least as many
 * positions as in `other`, and none of the others are lost for nothing: a task or a day at the end
 * of each path gives or takes one. Days that take one are counted in raised[] (NULL: none can). */
MUST_USE enum status exchange_solve(struct ctx *c, struct arena *a, const struct axis *x,
                                    int32_t *base, const int32_t *other, int32_t *raised);

/* later.c: the axis of a problem, per rank of p->order. */
MUST_USE enum status axis_init(struct ctx *c, const struct problem *p, struct axis *x);

/* flatten.c: days[].level for a flow of `work` that fits into the capacities. */
MUST_USE enum status flatten_solve(struct ctx *c, const struct problem *p, const struct axis *x,
                                   struct matcher *m, const int32_t *work,
                                   struct plan_day_load *days);

#endif
