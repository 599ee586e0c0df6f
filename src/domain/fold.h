/*
 * Room in the work log. A desk holds WORK_ON_DESK_MAX entries; before it is full, old ones of a
 * task are folded together: first those of one local date, from FOLD_DAYS ago, then, where that is
 * not enough, those of one week, from FOLD_WEEKS_DAYS ago. A folded entry is of kind WORK_SUM,
 * begins when the first began and counts what all did, so statistics by date stay as they were in
 * the first step, and by week in the second; so do the minutes of tasks.
 */
#ifndef DOMAIN_FOLD_H
#define DOMAIN_FOLD_H

#include "domain/operation.h"

enum {
    FOLD_DAYS = 60,        /* younger entries are what one still corrects */
    FOLD_WEEKS_DAYS = 400, /* work is logged by hand up to that long ago (WORK_PAST_DAYS) */
    FOLD_MAX = 1000        /* entries that vanish in one commit */
};

/* In an operation that adds to a full log: folds. `*freed`: so many entries fewer, 0 where nothing
 * can be folded. ST_INVALID: the desk's zone is not known here. */
MUST_USE enum status log_fold(struct edit *e, int32_t *freed);

#endif
