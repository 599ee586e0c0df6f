/*
 * The slots that sessions.c arranges, laid side by side: what it costs to have a task here or
 * there, and the two moves that search makes. Included by sessions.c and arrange.c only.
 */
#ifndef PLAN_ARRANGE_H
#define PLAN_ARRANGE_H

#include "plan/sessions.h"

enum {
    ARRANGE_IDLE = -1,
    ARRANGE_MOVE_MAX = 600, /* positions that one move may rearrange */
    ARRANGE_MOVE_LOOKS = 20 /* as much work as so many positions, whatever the move */
};

struct arrangement {
    const struct sessions *of;
    int32_t n;            /* positions */
    int32_t *slot;        /* per position */
    int32_t *day;         /* index */
    int32_t *sitting;     /* positions of equal number are neighbours but for pauses */
    int32_t *sitting_end; /* behind the last of its sitting */
    int64_t *price;       /* n + 1: sums of what it costs to use the positions in front */
    int32_t *task;        /* index, or ARRANGE_IDLE */
    int32_t *begin; /* the first position of the session, or of the idle stretch, that it is in */
    int32_t *end;   /* behind the last */
    bool *fixed;    /* its content does not move */
    int32_t *fixed_before; /* n + 1: positions in front whose content does not move */
    bool *opens;           /* a window or a fixed block begins here */
    int32_t *low;          /* per task: first position it may use */
    int32_t *high;         /* behind the last */
    int32_t *least;        /* per task: session minimum */
    int32_t *spare;        /* per day: slots that may still be used */
    int32_t *day_from;     /* per day: its positions are day_from[d] … day_from[d + 1] − 1 */
    uint16_t *held;        /* slots of a task on a day: at task · days + day − day[0]; NULL unless
                              day_max is asked for */
    int32_t days;          /* that the axis reaches over */
    int32_t crowded;       /* slots over day_max, of all tasks and days */
    bool one_day; /* the move at hand lies in one day: it changes nothing of what days hold */
    int64_t friction;
    int64_t looks; /* positions that may still be looked at */
    int32_t place[ARRANGE_MOVE_MAX];
    int32_t was[ARRANGE_MOVE_MAX];
    int32_t will[ARRANGE_MOVE_MAX];
};

enum {
    ARRANGE_POSITIONS_MAX = 1 << 17, /* three years of ten free hours a day */
    ARRANGE_HELD_MAX = 1 << 21       /* tasks times days, where a task has a day's maximum */
};

/* Whether the plan reaches no further than can be arranged within these. */
bool arrange_fits(const struct sessions *s);

MUST_USE enum status arrange_init(struct ctx *c, struct arena *a, const struct sessions *s,
                                  struct arrangement *x);

/* A lower bound of friction: sessions of each task as if it were alone, slots at the least price.
 */
MUST_USE enum status arrange_bound(struct ctx *c, struct arena *a, const struct arrangement *x,
                                   int64_t *bound);

/* Where slots of a task on the day of `at` are counted; only where there is a maximum. */
static inline uint16_t *arrange_held(const struct arrangement *x, int32_t task, int32_t at)
{
    return &x->held[(size_t)task * (size_t)x->days + (size_t)(x->day[at] - x->day[0])];
}

/* Slots up to the day's maximum that `task` still may have on the day of `at`; below 0: it has
 * more; only where there is a maximum. */
static inline int32_t arrange_lack(const struct arrangement *x, int32_t task, int32_t at)
{
    return x->of->in->shape.day_max - *arrange_held(x, task, at);
}

/* Slots over it that the task of `at` has on that day; 0 without a maximum. */
static inline int32_t arrange_surplus(const struct arrangement *x, int32_t at)
{
    int32_t lack = x->held ? arrange_lack(x, x->task[at], at) : 0;
    return lack < 0 ? -lack : 0;
}

/* Exchanges the contents of [p, p + k) and [q, q + k), if that is allowed and changes friction by
 * less than `under`; whether it did. */
bool arrange_swap(struct arrangement *x, int32_t p, int32_t q, int32_t k, int64_t under);

/* Of the used, movable positions from `p` on, lets the first `a` and the next `b` change places;
 * as arrange_swap. */
bool arrange_turn(struct arrangement *x, int32_t p, int32_t a, int32_t b, int64_t under);

/* Back to an arrangement copied from x->task and x->spare, with its friction. */
void arrange_restore(struct arrangement *x, const int32_t *task, const int32_t *spare,
                     int64_t friction);

#endif
