/*
 * Tasks that repeat: finishing or dropping one makes the next, so that at most one of a series is
 * open. Due times that passed meanwhile are skipped and counted, never piled up. Steps are dates of
 * the desk's zone at the same wall time. Called by tasks.c in its decisions.
 */
#ifndef DOMAIN_REPEAT_H
#define DOMAIN_REPEAT_H

#include "domain/operation.h"

/* ST_INVALID on "repeat_every" or "repeat_until": given for a task that does not repeat. */
MUST_USE enum status repeat_check(struct edit *e, const struct task *t);

/* `t`, the copy about to be put, was open and is not any more: puts the next one, if the series
 * goes on, and names it in t->next_id. ST_CONFLICT code "quota". */
MUST_USE enum status repeat_go_on(struct edit *e, struct task *t);

/* `t` is open again: takes the next one back. ST_CONFLICT code "next_begun": work was logged on it,
 * or it is finished. */
MUST_USE enum status repeat_take_back(struct edit *e, struct task *t);

#endif
