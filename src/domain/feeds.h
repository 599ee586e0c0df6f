/*
 * Calendars of others: read, reviewed, kept up to date; operations as in tasks.h.
 *
 * Reading a calendar changes nothing but the feed and its items. What is new waits until the
 * student takes or leaves it; what is otherwise than it was taken is news, which is taken or left
 * too. The same calendar read again changes nothing at all. What the student deleted does not come
 * back.
 */
#ifndef DOMAIN_FEEDS_H
#define DOMAIN_FEEDS_H

#include "domain/operation.h"

/* Reads a calendar from a file. If one that was read before has things in common with it, this is
 * a new edition of that; else it is a new feed, named as the calendar names itself, or `name`.
 * Shows the feed. ST_INVALID and ST_TOO_LARGE with code "calendar_size"; ST_CONFLICT with code
 * "quota".
 */
MUST_USE enum status feed_read_file(struct ctx *c, const struct domain *d,
                                    const struct caller *caller, const struct op_key *key,
                                    struct str name, struct str text, struct op_result *out);

/* An item to be taken. */
struct feed_choice {
    struct id id;
    int32_t estimate_min; /* of a task that is new; I32_NONE: as suggested */
    struct id course_id;  /* none: the one that the calendar names, which is made if need be */
};

struct feed_review {
    const struct feed_choice *take;
    int32_t take_count;
    const struct id *leave;
    int32_t leave_count;
};

/* Takes and leaves items of a feed: all or none.
 *  - new: becomes a task or an event, or never will;
 *  - changed: the task or event follows (domain/feed_merge.h), or stays as it is;
 *  - removed, cancelled: the open task is dropped, the event deleted, or they stay, and are from
 * now on the student's own. Shows the feed. ST_NOT_FOUND on "/take/N/id", "/leave/N"; ST_INVALID
 * there with code "twice", on
 * "/take/N/course_id" with code "unknown"; ST_CONFLICT with code "quota". */
MUST_USE enum status feed_decide(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id feed,
                                 const struct feed_review *review, struct op_result *out);

/* Changes the name. Shows the feed. ST_NOT_FOUND, ST_STALE. */
MUST_USE enum status feed_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 const struct feed *patch, field_set set, struct op_result *out);

/* Forgets a feed and its items; what was taken stays. ST_NOT_FOUND, ST_STALE. Shows nothing. */
MUST_USE enum status feed_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 struct op_result *out);

#endif
