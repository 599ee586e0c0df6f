/*
 * Tasks and courses: create, change, delete, complete. Each is one operation on the caller's desk
 * (operation.h); `key` may be NULL, `expected` is the version the caller saw or −1.
 *
 * The entities passed in come from outside, checked against their tables but not against the desk;
 * they must lie in the request's arena.
 */
#ifndef DOMAIN_TASKS_H
#define DOMAIN_TASKS_H

#include "domain/operation.h"

/* Creates a task. No id: one is made. An id that is there with equal content: OP_EXISTED.
 * ST_CONFLICT on "id" (in use, or of something deleted) or with code "quota"; ST_INVALID on
 * "course_id", "title", "/prerequisites/N" (unknown, twice, or a cycle). Shows the
 * task. */
MUST_USE enum status task_create(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct task *task,
                                 struct op_result *out);

/* Fields of `patch` that are in `set` replace those of the task. Shows it. ST_NOT_FOUND, ST_STALE,
 * and ST_INVALID as task_create. */
MUST_USE enum status task_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 const struct task *patch, field_set set, struct op_result *out);

/* What it shows is remembered and not for the reply; its key takes it back. ST_NOT_FOUND, ST_STALE.
 */
MUST_USE enum status task_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                                 const struct op_key *key, struct id id, int64_t expected,
                                 struct op_result *out);

enum { TASKS_DELETED_MAX = 50 /* at once: so many whole tasks are remembered, and given back */ };

/* A task to be deleted, and the version that the caller saw, or −1. */
struct seen_task {
    struct id id;
    int64_t version;
};

/* The same for many: all or none. ST_NOT_FOUND on "tasks/N/id"; ST_INVALID there: named twice. */
MUST_USE enum status tasks_delete(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, const struct op_key *key,
                                  const struct seen_task *tasks, int32_t n, struct op_result *out);

/* Takes back a deletion of tasks: that of the operation key `deletion`. Those that are not there
 * are so again as they were, under their ids and with the files that went with them; what the log
 * has of them now counts. A course or prerequisite that is gone since, and pins where another task
 * was put, they are without. Others wait for them again as they did, if they have room for that and
 * are not waited for. A timer does not run again. Shows all that are there, in the order of the
 * deletion. ST_CONFLICT on "deletion" code "too_long_ago": that operation is not remembered, did
 * otherwise, or its tasks were deleted again; code "quota": for the tasks or for their files. */
MUST_USE enum status tasks_restore(struct ctx *c, const struct domain *d,
                                   const struct caller *caller, const struct op_key *key,
                                   struct id deletion, struct op_result *out);

/* Moves tasks to `state` (done, or open to take it back): all or none. Shows them in this order.
 * ST_NOT_FOUND on "ids/N"; ST_CONFLICT when one is dropped. */
MUST_USE enum status tasks_complete(struct ctx *c, const struct domain *d,
                                    const struct caller *caller, const struct op_key *key,
                                    const struct id *ids, int32_t n, enum task_state state,
                                    struct op_result *out);

/* Courses: the same. Deleting one deletes its tasks and events too, or leaves
 * them without a course; the latter can be taken back by its key. */
MUST_USE enum status course_create(struct ctx *c, const struct domain *d,
                                   const struct caller *caller, const struct op_key *key,
                                   struct course *course, struct op_result *out);
MUST_USE enum status course_update(struct ctx *c, const struct domain *d,
                                   const struct caller *caller, const struct op_key *key,
                                   struct id id, int64_t expected, const struct course *patch,
                                   field_set set, struct op_result *out);
MUST_USE enum status course_delete(struct ctx *c, const struct domain *d,
                                   const struct caller *caller, const struct op_key *key,
                                   struct id id, int64_t expected, bool with_tasks,
                                   struct op_result *out);

/* Takes back a deletion that left the course's tasks: that of the operation key `deletion`. The
 * course is there again as it was, and what the deletion took out of it belongs to it again, but
 * for what was deleted or given another course meanwhile. Shows the course; one that is there is
 * shown as it is. ST_NOT_FOUND: no course of that id was deleted; ST_CONFLICT on "deletion" code
 * "too_long_ago": that operation is not remembered, or did otherwise; code "quota". */
MUST_USE enum status course_restore(struct ctx *c, const struct domain *d,
                                    const struct caller *caller, const struct op_key *key,
                                    struct id id, struct id deletion, struct op_result *out);

/* Takes deleted tasks out of the prerequisites of all others: part of an edit that deletes them. */
MUST_USE enum status prerequisites_drop(struct edit *e, const struct id *gone, int32_t n);

/* Whether a task may wait for what it says. ST_INVALID on "/prerequisites/N" with code "twice",
 * "unknown" or "cycle". */
MUST_USE enum status prerequisites_check(struct edit *e, const struct task *t);

/* Marks, by their places on the desk, the task at `from` and all that it waits for, itself or by
 * others; those marked already are done with. `stack` has room for all tasks. */
void tasks_before(const struct desk *desk, int32_t from, bool *seen, int32_t *stack);

/* The operation that is to be taken back: part of an edit. Returns deletion_too_long_ago if it is
 * not remembered or deleted nothing. */
MUST_USE enum status deletion_find(struct edit *e, struct id deletion, struct op *out);

/* ST_CONFLICT on "deletion" code "too_long_ago". */
MUST_USE enum status deletion_too_long_ago(struct ctx *c);

/* Gives up an open task, and takes up one that was: parts of an edit. */
MUST_USE enum status task_drop(struct edit *e, const struct task *task);
MUST_USE enum status task_take_up(struct edit *e, const struct task *task);

/* How many tasks a caller may have. */
int32_t task_quota(enum account_kind kind);

#endif
