#include "domain/audit.h"
#include "domain/entity.h"
#include "domain/tasks.h"
#include "domain/work.h"

struct update {
    struct id id;
    struct id deletion;
    int64_t expected;
    const struct course *patch;
    field_set set;
    bool with_tasks;
};

static enum status put_and_show(struct edit *e, struct course *course)
{
    enum status st = edit_put(e, ENTITY_COURSE, course->id, course);
    return st == ST_OK ? edit_show(e, ENTITY_COURSE, course->id, course) : st;
}

static enum status require_room(struct edit *e)
{
    if (e->desk->course_count < COURSES_MAX)
        return ST_OK;
    return fail_as(e->c, ST_CONFLICT, "", "quota", "there may be %d courses at most", COURSES_MAX);
}

static enum status decide_create(struct edit *e, void *arg)
{
    struct course *course = arg;
    bool exists;
    enum status st = entity_claim_id(e, ENTITY_COURSE, course, &exists);
    if (st == ST_OK && exists) {
        e->outcome = OP_EXISTED;
        return edit_show(e, ENTITY_COURSE, course->id, desk_course(e->desk, course->id));
    }
    if (st == ST_OK)
        st = require_visible(e->c, "name", course->name);
    if (st != ST_OK)
        return st;
    st = require_room(e);
    if (st != ST_OK)
        return st;
    e->outcome = OP_CREATED;
    return put_and_show(e, course);
}

enum status course_create(struct ctx *c, const struct domain *d, const struct caller *caller,
                          const struct op_key *key, struct course *course, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_create, course, out);
}

static enum status find_course(struct edit *e, struct id id, int64_t expected,
                               const struct course **out)
{
    *out = desk_course(e->desk, id);
    if (!*out)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such course");
    return edit_check_version(e, ENTITY_COURSE, *out, expected);
}

static enum status decide_update(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct course *old;
    enum status st = find_course(e, u->id, u->expected, &old);
    if (st != ST_OK)
        return st;
    struct course *course = ARENA_NEW(e->c->arena, struct course);
    if (!course || !entity_copy(&course_table, e->c->arena, course, old))
        return fail_memory(e->c);
    entity_patch(&course_table, course, u->patch, u->set);
    st = require_visible(e->c, "name", course->name);
    if (st != ST_OK)
        return st;
    if (entity_eq(&course_table, course, old, 0))
        return edit_show(e, ENTITY_COURSE, old->id, old);
    return put_and_show(e, course);
}

enum status course_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                          const struct op_key *key, struct id id, int64_t expected,
                          const struct course *patch, field_set set, struct op_result *out)
{
    struct update u = {.id = id, .expected = expected, .patch = patch, .set = set};
    return operation_run(c, d, caller, key, decide_update, &u, out);
}

static enum status move_task(struct edit *e, const struct task *old, struct id course)
{
    struct task *t = ARENA_NEW(e->c->arena, struct task);
    if (!t || !entity_copy(&task_table, e->c->arena, t, old))
        return fail_memory(e->c);
    t->course_id = course;
    return edit_put(e, ENTITY_TASK, t->id, t);
}

static enum status move_event(struct edit *e, const struct event *old, struct id course)
{
    struct event *ev = ARENA_NEW(e->c->arena, struct event);
    if (!ev || !entity_copy(&event_table, e->c->arena, ev, old))
        return fail_memory(e->c);
    ev->course_id = course;
    return edit_put(e, ENTITY_EVENT, ev->id, ev);
}

/* Deletes a task of the course, or takes the course off it and notes that. */
static enum status leave_task(struct edit *e, const struct task *old, bool with_tasks)
{
    enum status st =
        with_tasks ? timer_discard(e, old->id) : edit_show(e, ENTITY_TASK, old->id, NULL);
    if (st != ST_OK)
        return st;
    return with_tasks ? edit_delete(e, ENTITY_TASK, old->id) : move_task(e, old, ID_NONE);
}

/* The same for an event. */
static enum status leave_event(struct edit *e, const struct event *old, bool with_tasks)
{
    if (with_tasks)
        return edit_delete(e, ENTITY_EVENT, old->id);
    enum status st = edit_show(e, ENTITY_EVENT, old->id, NULL);
    return st == ST_OK ? move_event(e, old, ID_NONE) : st;
}

static enum status decide_delete(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct course *course;
    enum status st = find_course(e, u->id, u->expected, &course);
    /* Not for the reply, but remembered with it, for who takes this back. */
    if (st == ST_OK && !u->with_tasks)
        st = edit_show(e, ENTITY_COURSE, u->id, course);
    for (int32_t i = 0; st == ST_OK && i < e->desk->event_count; i++)
        if (id_eq(e->desk->events[i].course_id, u->id))
            st = leave_event(e, &e->desk->events[i], u->with_tasks);
    int32_t n = 0;
    struct id *gone = ARENA_ARRAY(e->c->arena, struct id, (size_t)e->desk->task_count + 1);
    if (st == ST_OK && !gone)
        st = fail_memory(e->c);
    for (int32_t i = 0; st == ST_OK && i < e->desk->task_count; i++)
        if (id_eq(e->desk->tasks[i].course_id, u->id)) {
            gone[n++] = e->desk->tasks[i].id;
            st = leave_task(e, &e->desk->tasks[i], u->with_tasks);
        }
    if (st == ST_OK && u->with_tasks)
        st = prerequisites_drop(e, gone, n);
    e->outcome = OP_DELETED;
    return st == ST_OK ? edit_delete(e, ENTITY_COURSE, u->id) : st;
}

enum status course_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                          const struct op_key *key, struct id id, int64_t expected, bool with_tasks,
                          struct op_result *out)
{
    struct update u = {.id = id, .expected = expected, .with_tasks = with_tasks};
    enum status st = operation_run(c, d, caller, key, decide_delete, &u, out);
    if (st == ST_OK && with_tasks && !out->repeated)
        audit_note(c, d, caller->user, AUDIT_COURSE_DELETED, AUDIT_BY_OWNER, &caller->from);
    return st;
}

/* The deletion that is taken back: it shows the course first. */
static enum status find_deletion(struct edit *e, const struct update *u, struct op *op)
{
    enum status st = deletion_find(e, u->deletion, op);
    if (st != ST_OK)
        return st;
    bool left = op->reply_count > 0 && op->reply[0].kind == ENTITY_COURSE && op->reply[0].entity;
    if (!left || op->rev != desk_deleted_in(e->desk, ENTITY_COURSE, u->id))
        return deletion_too_long_ago(e->c);
    return ST_OK;
}

/* A task or event that the deletion left comes back to its course, unless it was given another one
 * or deleted meanwhile. */
static enum status come_back(struct edit *e, const struct change *left, struct id course)
{
    const struct task *t = left->kind == ENTITY_TASK ? desk_task(e->desk, left->id) : NULL;
    if (t && id_is_none(t->course_id))
        return move_task(e, t, course);
    const struct event *ev = left->kind == ENTITY_EVENT ? desk_event(e->desk, left->id) : NULL;
    if (ev && id_is_none(ev->course_id))
        return move_event(e, ev, course);
    return ST_OK;
}

static enum status decide_restore(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct course *there = desk_course(e->desk, u->id);
    if (there)
        return edit_show(e, ENTITY_COURSE, u->id, there);
    if (!desk_was_deleted(e->desk, ENTITY_COURSE, u->id))
        return fail(e->c, ST_NOT_FOUND, "", "there is no such course");
    struct op op;
    enum status st = find_deletion(e, u, &op);
    if (st == ST_OK)
        st = require_room(e);
    struct course *course = ARENA_NEW(e->c->arena, struct course);
    if (st == ST_OK &&
        (!course || !entity_copy(&course_table, e->c->arena, course, op.reply[0].entity)))
        st = fail_memory(e->c);
    for (int32_t i = 1; st == ST_OK && i < op.reply_count; i++)
        st = come_back(e, &op.reply[i], u->id);
    return st == ST_OK ? put_and_show(e, course) : st;
}

enum status course_restore(struct ctx *c, const struct domain *d, const struct caller *caller,
                           const struct op_key *key, struct id id, struct id deletion,
                           struct op_result *out)
{
    struct update u = {.id = id, .deletion = deletion};
    return operation_run(c, d, caller, key, decide_restore, &u, out);
}
