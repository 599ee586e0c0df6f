/*
 * Sessions: which of the slots that the plan may use go to which task, so that there are few
 * sessions, none too short or too long, and in the hours the student prefers.
 *
 * Called by plan_solve after it is known how much of each task is planned and how much each day may
 * hold; neither changes here, so what is on time stays on time and overtime stays level. A session
 * is a maximal stretch of neighbouring slots of one task; pauses between windows (gaps of at most
 * plan_shape.pause slots) do not interrupt it.
 *
 * Friction, the cost that is to be small, is the sum of
 *
 *     SESSION_EACH   for each session,
 *     SESSION_SHORT  for each slot that a session is under its task's minimum (of a task with less
 *                    planned than the minimum: under what is planned),
 *     SESSION_LONG   for each slot that it is over the maximum,
 *     SESSION_CROWD  for each slot of one task on one day over day_max,
 *     SESSION_HOURS  for each slot outside the preferred hours,
 *     SESSION_LATER  for each slot and day that it lies behind the first day with room.
 *
 * So a session more is worth avoiding if that delays no more than 40 slot-days of work, and a
 * minimum gives way where keeping it costs much. Least friction is NP-hard (3-PARTITION, with one
 * window per triple); this is a local search from the plan of earliest due dates: neighbouring
 * stretches change places, equal long ones are swapped, idle slots among them, in descents from
 * seeded random kicks. Its budget is counted in slots looked at, not in time, so that the same
 * input gives the same plan everywhere.
 */
#ifndef PLAN_SESSIONS_H
#define PLAN_SESSIONS_H

#include "plan/plan.h"

enum {
    SESSION_EACH = 40,
    SESSION_SHORT = 30,
    SESSION_LONG = 20,
    SESSION_CROWD = 20,
    SESSION_HOURS = 10,
    SESSION_LATER = 1
};

/* What to shape: the plan as it stands, and how far it may move. */
struct sessions {
    const struct plan_input *in;
    int32_t reach;                  /* days that work can lie on */
    const int32_t *planned;         /* per task: how much of it `blocks` and `fixed` hold */
    const int32_t *earliest;        /* per task: first slot it may use; */
    const int32_t *due;             /* per task: exclusive */
    struct plan_day_load *days;     /* load is brought up to date; stays ≤ level */
    const struct plan_block *fixed; /* blocks that stay where they are, by start; not in `blocks` */
    int32_t fixed_count;
    struct plan_block *blocks; /* in and out, by start */
    int32_t count;
    int32_t room;           /* of `blocks`; a plan that would need more is left as it is */
    int64_t friction;       /* out */
    int64_t friction_bound; /* out */
};

/* Whether there is any wish at all. */
bool sessions_wanted(const struct plan_input *in);

/* The same problem without any wish. Its tasks are those of `in`, or a copy in the arena. */
MUST_USE enum status sessions_without(struct ctx *c, struct arena *a, const struct plan_input *in,
                                      struct plan_input *out);

/* Whether blocks[i] (of n, by start, all with tasks or −1) goes against a wish where it lies: its
 * session is too short or too long, some of it is outside the preferred hours, or with it its task
 * has more of the day than it should. */
bool sessions_against(const struct plan_input *in, const struct plan_block *blocks, int32_t n,
                      int32_t i);

/* ST_INVALID on "/shape/…" when a wish is not one; minima of tasks on "/tasks/7/session_min". */
MUST_USE enum status sessions_check(struct ctx *c, const struct plan_input *in);

/* Shapes. A plan that reaches too far (plan/arrange.h) is left as it is, with a bound of −1.
 * ST_UNAVAILABLE: the arena is full. */
MUST_USE enum status sessions_shape(struct ctx *c, struct arena *a, struct sessions *s);

#endif
