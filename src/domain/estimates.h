/*
 * Estimates that learn: from a desk to plan/learn.h and back.
 *
 * A sample is a task that is done and has worked minutes: the log's, and what a client says was
 * worked. Nothing is stored: what is known follows from the tasks on the desk each time, so taking
 * back "done" takes it back too, and a deleted task is forgotten. Typed estimates are never
 * changed; the setting `estimates` says what the plan counts with.
 */
#ifndef DOMAIN_ESTIMATES_H
#define DOMAIN_ESTIMATES_H

#include "domain/replan.h"
#include "model/estimates.h"

/* Learns from the desk's finished tasks, in the request's arena. */
MUST_USE enum status estimates_learn(struct ctx *c, const struct desk *desk,
                                     const struct learn_course **out);

/* Which of learn_course[] a task belongs to. */
int32_t estimates_group(const struct desk *desk, struct id course_id);

/* What the desk's setting makes of a course, in per cent of its tasks' estimates. */
int32_t estimates_percent(const struct desk *desk, const struct learn_course *course);

/* What is known of every course. */
MUST_USE enum status estimates_read(struct ctx *c, const struct desk *desk, struct estimates *out);

/* How likely due times are met, judged now. ST_INVALID: the desk's zone is not known here. */
MUST_USE enum status estimates_chances(struct ctx *c, const struct domain *d,
                                       const struct desk *desk, struct chances *out);

#endif
