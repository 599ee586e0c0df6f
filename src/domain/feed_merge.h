/*
 * What a calendar says now, brought together with what the student made of it: three ways, by what
 * was taken. A field that the student left as it was taken follows the calendar; one that was
 * changed stays. Estimate, notes, course, priority and state are the student's alone.
 */
#ifndef DOMAIN_FEED_MERGE_H
#define DOMAIN_FEED_MERGE_H

#include "domain/operation.h"

/* A task, or an event, of a value: complete but for its id and course. In the request's arena. */
void feed_make_task(const struct feed_item *item, struct task *out);
void feed_make_event(const struct feed_value *value, struct event *out);

/* Moves a task from what was taken (`before`) to what the calendar says (`now`). */
void feed_merge_task(const struct feed_value *before, const struct feed_value *now,
                     struct task *task);

/* The same for an event. Days that the student left out or moved stay so as long as the event takes
 * place on them. */
MUST_USE enum status feed_merge_event(struct ctx *c, const struct feed_value *before,
                                      const struct feed_value *now, struct event *event);

/* Brings the task or event that an item became from `before` to `now`; if it is gone, nothing is
 * put.
 * `*moved` is set when an event may take place otherwise: then events_check_load is to be asked.
 * ST_INVALID as event_check. */
MUST_USE enum status feed_merge_item(struct edit *e, const struct feed_item *item, bool *moved);

#endif
