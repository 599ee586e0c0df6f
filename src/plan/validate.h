/*
 * Judging a plan made earlier: what of it was missed, does the rest still hold, is it still as good
 * as a new one.
 *
 * Called by domain/schedule.c on every read of the schedule, with the accepted plan as stored. The
 * accepted plan is kept as long as it validates, so that the week does not move under the student.
 * Pure, as plan.h.
 *
 * A block that has started and not ended counts as being worked on: its elapsed part is credited to
 * its task.
 */
#ifndef PLAN_VALIDATE_H
#define PLAN_VALIDATE_H

#include "plan/plan.h"

/* The first thing found wrong with the part of a plan that lies ahead. */
enum plan_flaw {
    PLAN_SOUND = 0,
    PLAN_FLAW_TASK,     /* of a task that is not in the input, or needs no work */
    PLAN_FLAW_ORDER,    /* not ascending by start, or overlapping, or empty */
    PLAN_FLAW_PIN,      /* a pinned slot does not have its task */
    PLAN_FLAW_WINDOW,   /* not inside one free window */
    PLAN_FLAW_DUE,      /* after its task's due date */
    PLAN_FLAW_EARLY,    /* before its task's earliest start */
    PLAN_FLAW_FIRST,    /* before a prerequisite is finished, or one is not to be finished */
    PLAN_FLAW_CAPACITY, /* a day above its capacity */
    PLAN_FLAW_EXCESS,   /* a task has more planned than remains */
    PLAN_FLAW_SHORT,    /* fewer slots than can be on time, or less weight of them (PLAN_MINUTES) or
                           of finished tasks (PLAN_TASKS) */
    PLAN_FLAW_UNEVEN,   /* a day has over plan_uneven() slots more overtime than need be */
    PLAN_FLAW_BUFFER    /* a task is finished over PLAN_SETTLED slots later before its due date than
                           need be */
};

/* Whether a block has begun and is not over. */
static inline bool plan_under_way(const struct plan_input *in, struct plan_block b)
{
    return b.from < in->now && (b.until > in->now || (in->in_slot && b.until == in->now));
}

enum {
    PLAN_SETTLED = 2, /* nothing is finished earlier for less than 15 minutes */
    PLAN_UNEVEN =
        6 /* a day is not made flatter for half an hour of overtime, or the least session */
};

/* By so many slots a day may have more overtime than the worst day of the most even plan: less than
 * a session is not worth beginning. */
static inline int32_t plan_uneven(const struct plan_input *in)
{
    return in->shape.session_min > PLAN_UNEVEN ? in->shape.session_min : PLAN_UNEVEN;
}

struct plan_check {
    enum plan_flaw flaw; /* keep the plan while PLAN_SOUND */
    int32_t ahead;       /* index of the first block not yet ended; n: all have */
    int32_t missed_count;
    const int32_t *missed; /* indexes of blocks that ended while their task still has that work and
                              nothing ahead covers it, ascending; in the arena */
    struct plan_input credited; /* `in` with the work of a running block's elapsed part taken off:
                                   what `fresh` answers, and what plan_explain wants beside it */
    struct plan_result fresh;   /* a new plan from now on: the proposal when the old one goes */
};

/* By when each task is to be finished: fresh->by, its due date without a buffer; but a task is not
 * finished before its last pin, so the rest of it may take as long. */
void plan_finish_by(const struct plan_input *in, const struct plan_result *fresh, int32_t *by);

/* Judges `n` blocks, ascending by start, at in->now. A block of a task that is gone has task −1:
 * in the past it is neither missed nor a flaw. What is pinned must be there and may be anywhere;
 * the rest is judged as above. Wishes of plan_shape are not looked at, and `fresh` is made without
 * them. Fails as plan_solve, which it calls. */
MUST_USE enum status plan_validate(struct ctx *c, struct arena *a, const struct plan_input *in,
                                   const struct plan_block *blocks, int32_t n,
                                   struct plan_check *out);

#endif
