#include "domain/tasks.h"

#include <stdio.h>

#include "domain/entity.h"

int32_t task_quota(enum account_kind kind)
{
    return kind == ACCOUNT_GUEST ? TASKS_MAX_GUEST : TASKS_MAX;
}

static enum status check_task(struct edit *e, const struct task *t)
{
    enum status st = require_visible(e->c, "title", t->title);
    if (st == ST_OK && !id_is_none(t->course_id) && !desk_course(e->desk, t->course_id))
        st = fail_as(e->c, ST_INVALID, "course_id", "unknown", "there is no such course");
    return st;
}

static void set_state(struct task *t, enum task_state state, struct instant now)
{
    if (state != TASK_DONE)
        t->completed = INSTANT_NONE;
    else if (instant_is_none(t->completed))
        t->completed = now;
    t->state = state;
}

/* A changed copy of a task, in the request's arena. */
static struct task *copy_task(struct edit *e, const struct task *t)
{
    struct task *copy = ARENA_NEW(e->c->arena, struct task);
    if (!copy || !entity_copy(&task_table, e->c->arena, copy, t)) {
        (void)fail_memory(e->c);
        return NULL;
    }
    return copy;
}

static enum status put_and_show(struct edit *e, struct task *t)
{
    enum status st = edit_put(e, ENTITY_TASK, t->id, t);
    return st == ST_OK ? edit_show(e, ENTITY_TASK, t->id, t) : st;
}

static enum status decide_create(struct edit *e, void *arg)
{
    struct task *t = arg;
    bool exists;
    if (t->remaining_min < 0)
        t->remaining_min = t->estimate_min;
    enum status st = entity_claim_id(e, ENTITY_TASK, t, &exists);
    if (st == ST_OK && exists) {
        e->outcome = OP_EXISTED;
        return edit_show(e, ENTITY_TASK, t->id, desk_task(e->desk, t->id));
    }
    if (st == ST_OK)
        st = check_task(e, t);
    if (st != ST_OK)
        return st;
    if (e->desk->task_count >= task_quota(e->caller->kind))
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "you have %d tasks, as many as there may be: delete some first",
                       e->desk->task_count);
    t->created = e->now;
    set_state(t, t->state, e->now);
    e->outcome = OP_CREATED;
    return put_and_show(e, t);
}

enum status task_create(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct task *task, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_create, task, out);
}

struct update {
    struct id id;
    int64_t expected;
    const void *patch;
    field_set set;
};

static enum status find_task(struct edit *e, struct id id, int64_t expected,
                             const struct task **out)
{
    *out = desk_task(e->desk, id);
    if (!*out)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such task");
    return edit_check_version(e, ENTITY_TASK, *out, expected);
}

static enum status decide_update(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct task *old;
    enum status st = find_task(e, u->id, u->expected, &old);
    if (st != ST_OK)
        return st;
    struct task *t = copy_task(e, old);
    if (!t)
        return ST_UNAVAILABLE;
    entity_patch(&task_table, t, u->patch, u->set);
    set_state(t, t->state, e->now);
    st = check_task(e, t);
    if (st != ST_OK)
        return st;
    if (entity_eq(&task_table, t, old, 0))
        return edit_show(e, ENTITY_TASK, t->id, old);
    return put_and_show(e, t);
}

enum status task_update(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id id, int64_t expected,
                        const struct task *patch, field_set set, struct op_result *out)
{
    struct update u = {id, expected, patch, set};
    return operation_run(c, d, caller, key, decide_update, &u, out);
}

static enum status decide_delete(struct edit *e, void *arg)
{
    const struct update *u = arg;
    const struct task *t;
    enum status st = find_task(e, u->id, u->expected, &t);
    return st == ST_OK ? edit_delete(e, ENTITY_TASK, u->id) : st;
}

enum status task_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id id, int64_t expected,
                        struct op_result *out)
{
    struct update u = {.id = id, .expected = expected};
    return operation_run(c, d, caller, key, decide_delete, &u, out);
}

struct completion {
    const struct id *ids;
    int32_t n;
    enum task_state state;
};

static enum status complete_one(struct edit *e, const struct completion *all, int32_t i)
{
    char field[32];
    snprintf(field, sizeof field, "/ids/%d", i);
    const struct task *old = desk_task(e->desk, all->ids[i]);
    if (!old)
        return fail(e->c, ST_NOT_FOUND, field, "there is no such task");
    if (old->state == TASK_DROPPED)
        return fail(e->c, ST_CONFLICT, field, "a dropped task cannot be completed");
    if (old->state == (unsigned)all->state)
        return edit_show(e, ENTITY_TASK, old->id, old);
    struct task *t = copy_task(e, old);
    if (!t)
        return ST_UNAVAILABLE;
    set_state(t, all->state, e->now);
    return put_and_show(e, t);
}

static enum status decide_complete(struct edit *e, void *arg)
{
    const struct completion *all = arg;
    enum status st = ST_OK;
    for (int32_t i = 0; st == ST_OK && i < all->n; i++)
        st = complete_one(e, all, i);
    return st;
}

enum status tasks_complete(struct ctx *c, const struct domain *d, const struct caller *caller,
                           const struct op_key *key, const struct id *ids, int32_t n,
                           enum task_state state, struct op_result *out)
{
    struct completion all = {ids, n, state};
    return operation_run(c, d, caller, key, decide_complete, &all, out);
}
