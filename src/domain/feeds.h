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

/* Follows a link to a calendar: it is read soon, and then again and again. A link that is followed
 * already is shown as it is (OP_EXISTED). `name` may be empty: the calendar names itself. Shows the
 * feed. Causes of fetcher.check; ST_CONFLICT with code "quota". */
MUST_USE enum status feed_follow(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct str url, struct str name,
                                 struct op_result *out);

/* Reads a link soon, though it is not its time; not more than once in FEED_PAUSE_S. Shows the feed.
 * ST_NOT_FOUND; ST_CONFLICT with code "no_link": it is a file. */
enum { FEED_PAUSE_S = 5 };
MUST_USE enum status feed_refresh(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, const struct op_key *key,
                                  struct id id, struct op_result *out);

/* Links whose time has come, of all users, the longest waiting first: `room` of them at most. */
MUST_USE enum status feeds_due(struct ctx *c, const struct domain *d, int32_t room,
                               struct feed_ref *out, int32_t *count);

/* A link being read: feed_fetch begins it, feed_bring ends it. */
struct feed_visit {
    struct feed_ref ref;
    struct fetched fetched; /* in the arena of feed_fetch */
    bool gone;              /* it was deleted meanwhile */
    bool failed;            /* it cannot be read, */
    unsigned fault;         /* enum feed_fault: why */
    char reason[32];        /* the same as a code */
    bool fell;              /* it could be read before, and cannot now */
    bool rose;              /* the other way round */
};

/* Asks for what a link leads to, which takes as long as its server does; but for that it takes
 * little memory (ICS_BYTES_MAX). A link that cannot be read is no failure here or below: the visit
 * says so. */
void feed_fetch(struct ctx *c, const struct domain *d, struct feed_ref ref, struct feed_visit *out);

/* Brings the feed up to date with what was fetched: what was taken follows its changes, and is news
 * until it was seen. A link that cannot be read is tried again ever more rarely, once a day at
 * least. `c` is that of feed_fetch, with an arena of FEED_READ_MEMORY. */
enum { FEED_READ_MEMORY = 128 << 20 };
MUST_USE enum status feed_bring(struct ctx *c, const struct domain *d, int64_t every_ms,
                                struct feed_visit *visit);

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
    const struct id *reopen;
    int32_t reopen_count;
};

/* Takes, leaves and reopens items of a feed: all or none.
 *  - new: becomes a task or an event, or never will;
 *  - changed: the task or event follows (domain/feed_merge.h), or stays as it is;
 *  - removed, cancelled: the open task is dropped, the event deleted, or they stay, and are from
 *    now on the student's own;
 *  - reopened, the way back: what was taken or left is new again. The task or event goes, with a
 *    course that was made for it and has nothing else.
 * Shows the feed. ST_NOT_FOUND on "/take/N/id", "/leave/N", "/reopen/N"; ST_INVALID there with code
 * "twice", on "/take/N/course_id" with code "unknown"; ST_CONFLICT with code "quota", on
 * "/reopen/N" with code "begun": the task is worked on, done or dropped. */
MUST_USE enum status feed_decide(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id feed,
                                 const struct feed_review *review, struct op_result *out);

/* Takes back what a review decided about things that had been taken and had news, by the key of its
 * request: they have it again, and tasks and events are as they were. A timer that ended with its
 * task does not run again. All or nothing. Shows the feed. ST_NOT_FOUND; ST_CONFLICT on "/review"
 * with code "too_long_ago": it is not among the operations that are kept, did nothing of the kind,
 * or decided on more than FEED_REMEMBERED_MAX; code "changed_since": something of it was changed;
 * code "quota". */
enum { FEED_REMEMBERED_MAX = 100 };
MUST_USE enum status feed_review_restore(struct ctx *c, const struct domain *d,
                                         const struct caller *caller, const struct op_key *key,
                                         struct id feed, struct id review, struct op_result *out);

/* Changes the name. Shows the feed. ST_NOT_FOUND, ST_STALE. */
MUST_USE enum status feed_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 const struct feed *patch, field_set set, struct op_result *out);

/* Forgets a feed and its items; what was taken stays. ST_NOT_FOUND, ST_STALE. Shows nothing. */
MUST_USE enum status feed_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 struct op_result *out);

#endif
