/*
 * Events: create, change, delete, split; operations as in tasks.h. What takes time is subtracted
 * from the free hours and planned around in the same commit.
 */
#ifndef DOMAIN_EVENTS_H
#define DOMAIN_EVENTS_H

#include "domain/operation.h"

/* Whether an event can lie on the edit's desk; puts its lists in order. Causes as event_create. */
MUST_USE enum status event_check(struct edit *e, struct event *event);

/* The same for one of several in an edit: not how often all of them take place together; that is
 * asked once, for the desk as it will be. ST_CONFLICT with code "quota". */
MUST_USE enum status event_check_alone(struct edit *e, struct event *event);
MUST_USE enum status events_check_load(struct edit *e, const struct desk *after);

/* Leaves out exceptions whose days are not of the event's rule, and puts the rest in order. */
MUST_USE enum status event_drop_lost(struct ctx *c, struct event *event, bool skipped, bool moved);

/* Creates an event. ST_CONFLICT on "id" or with code "quota"; ST_INVALID on "title", "course_id",
 * "zone", "rule", "end", "end_date", "/skipped/N/date", "/moved/N/…". Shows it. */
MUST_USE enum status event_create(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, const struct op_key *key,
                                  struct event *event, struct op_result *out);

/* Fields of `patch` in `set` replace those of the event. Where that takes days from the repetition,
 * their exceptions go too, unless `set` has them. Shows it. ST_NOT_FOUND, ST_STALE, and as above.
 */
MUST_USE enum status event_update(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, const struct op_key *key,
                                  struct id id, int64_t expected, const struct event *patch,
                                  field_set set, struct op_result *out);

/* ST_NOT_FOUND, ST_STALE. Shows nothing. */
MUST_USE enum status event_delete(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, const struct op_key *key,
                                  struct id id, int64_t expected, struct op_result *out);

/* Cuts a repetition in two without changing when it takes place: the event ends before `date`, and
 * a new one, which is shown, begins there. ST_INVALID on "date": no later occurrence is on it. */
MUST_USE enum status event_split(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 struct date date, struct op_result *out);

#endif
