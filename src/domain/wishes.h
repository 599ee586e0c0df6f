/*
 * What a student wishes of a plan beside its being on time: how sessions should be, in which hours,
 * and which blocks stay where they are. Read by domain/replan.c; all but pins give way to what must
 * be (plan/sessions.h).
 */
#ifndef DOMAIN_WISHES_H
#define DOMAIN_WISHES_H

#include "domain/replan.h"

/* Minutes as whole slots, rounded up. */
int32_t slots_of_minutes(int32_t minutes);

/* The breaks that a student takes, as a calendar cuts them out of free time. */
void wishes_breaks(const struct settings *s, struct calendar_input *in);

/* Adds the wishes and pins of a desk to a problem whose calendar is there; `in` is what that was
 * made of. Pins are cut at midnight, where two overlap after all, and where their task needs no
 * more. */
MUST_USE enum status wishes_read(struct ctx *c, const struct desk *desk,
                                 const struct calendar_input *in, struct problem *p);

/* Whether sessions are wished for otherwise. */
bool wishes_differ(const struct settings *a, const struct settings *b);

/* Takes blocks ahead of tasks to which the edit gives another wish out of the plan: they are to be
 * placed anew. */
void wishes_free(const struct edit *e, const struct problem *p, struct plan_block *blocks,
                 int32_t n);

/* Whether the pins of a task may be stored; puts them in order. ST_INVALID on "/pinned/N/start" or
 * "/pinned/N/end". */
MUST_USE enum status pins_check(struct edit *e, const struct task *t);

/* The same for pins that lay on another desk: what is pinned here does not matter. */
MUST_USE enum status pins_check_alone(struct edit *e, const struct task *t);

/* Takes off the pins of a task that was away for a while where another is pinned by now. */
void pins_give_way(const struct edit *e, struct task *t);

#endif
