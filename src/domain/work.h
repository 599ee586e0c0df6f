/*
 * The work log and the timer (model/work.h). Each call is one operation on the caller's desk
 * (operation.h): the entry and the task it counts for move in one commit, and the plan with them.
 *
 * What is logged is added to the task's worked minutes and taken off its remaining ones, which stop
 * at 0: a task with nothing left stays open and asks. Deleting or changing an entry gives back what
 * it took.
 *
 * One timer at a time: starting one ends the other. A stretch that ran longer than anyone works
 * (work_forgotten_after) is not logged unasked: ending it needs `minutes`, else ST_CONFLICT on
 * "minutes" code "forgotten". All show the entry.
 */
#ifndef DOMAIN_WORK_H
#define DOMAIN_WORK_H

#include "domain/operation.h"

enum {
    WORK_ON_DESK_MAX = 2000, /* entries of a desk; old ones are folded to make room (fold.h) */
    WORK_PAST_DAYS = 400,    /* how long ago work may be logged */
    TIMER_FORGOTTEN_MIN = 240,
    FOCUS_FORGOTTEN_MIN = 60 /* beyond the time to focus */
};

/* The timer of a desk, running or paused; NULL: none. */
const struct work_entry *work_timer(const struct desk *d);

/* Minutes after which a running timer is taken to be forgotten. */
int32_t work_forgotten_after(const struct work_entry *timer);

/* Milliseconds of [from, until) that the log counts, of one task or (none) of all. */
int64_t work_within_ms(const struct desk *d, struct id task_id, struct instant from,
                       struct instant until);

/* Logs by hand: `work` has id or none, start, minutes, note. An id that is there with equal
 * content: OP_EXISTED. ST_NOT_FOUND: no such task; ST_INVALID on "minutes" (0), "start" (in the
 * future, or over WORK_PAST_DAYS ago); ST_CONFLICT on "id", or code "quota". */
MUST_USE enum status work_log(struct ctx *c, const struct domain *d, const struct caller *caller,
                              const struct op_key *key, struct id task_id, struct work_entry *work,
                              struct op_result *out);

/* Changes start, minutes or note of an entry that is over. ST_NOT_FOUND, ST_STALE; ST_CONFLICT code
 * "running": it is the timer. */
MUST_USE enum status work_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 const struct work_entry *patch, field_set set,
                                 struct op_result *out);

/* Deletes an entry, or discards the timer. Shows nothing. ST_NOT_FOUND, ST_STALE. */
MUST_USE enum status work_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 struct op_result *out);

/* Whether an entry that was not made here could have been: it has an end, and reaches not
 * into the future; or it is the timer. ST_INVALID on "work_entry". */
MUST_USE enum status work_sound(struct edit *e, const struct work_entry *work);

struct timer_start {
    struct id task_id;
    int32_t focus_min; /* 0: no focus timer */
    int32_t break_min;
};

/* Starts the timer on an open task. It runs on this task already: shows it as it is. ST_INVALID on
 * "task_id": there is no such task; ST_CONFLICT code "not_open". */
MUST_USE enum status timer_start(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, const struct timer_start *start,
                                 struct op_result *out);

/* Ends the stretch and keeps the timer. Paused already: shows it. ST_CONFLICT code "no_timer". */
MUST_USE enum status timer_pause(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, int32_t minutes, struct op_result *out);

/* Goes on after a pause with a new stretch. Running already: shows it. ST_CONFLICT "no_timer". */
MUST_USE enum status timer_resume(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, const struct op_key *key,
                                  struct op_result *out);

/* Ends the timer and shows its last stretch; one of 0 minutes (under half a minute, or `minutes` is
 * 0) is not kept. `minutes`: so much of it was work; I32_NONE: all. ST_CONFLICT "no_timer";
 * ST_INVALID on "minutes": more than it ran, or the timer is paused. */
MUST_USE enum status timer_stop(struct ctx *c, const struct domain *d, const struct caller *caller,
                                const struct op_key *key, int32_t minutes, struct op_result *out);

/* For operations on tasks, in their decision: a timer that is on this task ends as by timer_stop
 * with all its minutes. `task` is the changed copy about to be put; it is given the minutes. */
MUST_USE enum status timer_leave(struct edit *e, struct task *task);

/* The same for a task that is about to be deleted: a timer on it goes without being logged. */
MUST_USE enum status timer_discard(struct edit *e, struct id task_id);

/* Part of a decision that brings a deleted task back. `task` is the copy about to be put, with what
 * the log counted for it `then`: `n` entries as the deletion remembered them. What was changed or
 * deleted since counts as it is now. */
MUST_USE enum status work_count_again(struct edit *e, struct task *task, const struct change *then,
                                      int32_t n);

#endif
