#include "domain/tasks.h"

#include <stdio.h>

#include "domain/entity.h"
#include "domain/repeat.h"
#include "domain/wishes.h"
#include "domain/work.h"

int32_t task_quota(enum account_kind kind)
{
    return kind == ACCOUNT_GUEST ? TASKS_MAX_GUEST : TASKS_MAX;
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

static int32_t index_of(const struct desk *desk, struct id id)
{
    const struct task *t = desk_task(desk, id);
    return t ? (int32_t)(t - desk->tasks) : -1;
}

void tasks_before(const struct desk *desk, int32_t from, bool *seen, int32_t *stack)
{
    int32_t depth = 0;
    if (!seen[from])
        stack[depth++] = from;
    seen[from] = true;
    while (depth > 0) {
        const struct task *now = &desk->tasks[stack[--depth]];
        const struct id *ids = now->prerequisites.items;
        for (int32_t i = 0; i < now->prerequisites.count; i++) {
            int32_t before = index_of(desk, ids[i]);
            if (before >= 0 && !seen[before]) {
                seen[before] = true;
                stack[depth++] = before;
            }
        }
    }
}

enum status prerequisites_check(struct edit *e, const struct task *t)
{
    const struct id *ids = t->prerequisites.items;
    size_t n = (size_t)e->desk->task_count + 1;
    bool *seen = ARENA_ARRAY(e->c->arena, bool, n);
    int32_t *stack = ARENA_ARRAY(e->c->arena, int32_t, n);
    int32_t self = index_of(e->desk, t->id);
    if (!seen || !stack)
        return fail_memory(e->c);
    for (int32_t i = 0; i < t->prerequisites.count; i++) {
        char field[48];
        snprintf(field, sizeof field, "/prerequisites/%d", i);
        for (int32_t k = 0; k < i; k++)
            if (id_eq(ids[k], ids[i]))
                return fail_as(e->c, ST_INVALID, field, "twice", "is there already");
        int32_t at = index_of(e->desk, ids[i]);
        if (at < 0)
            return fail_as(e->c, ST_INVALID, field, "unknown", "there is no such task");
        tasks_before(e->desk, at, seen, stack);
        if (self >= 0 && seen[self])
            return fail_as(e->c, ST_INVALID, field, "cycle",
                           "that task waits for this one, itself or by others");
    }
    return ST_OK;
}

static bool contains(const struct id *ids, int32_t n, struct id id)
{
    for (int32_t i = 0; i < n; i++)
        if (id_eq(ids[i], id))
            return true;
    return false;
}

enum status prerequisites_drop(struct edit *e, const struct id *gone, int32_t n)
{
    for (int32_t i = 0; i < e->desk->task_count; i++) {
        const struct task *old = &e->desk->tasks[i];
        const struct id *ids = old->prerequisites.items;
        int32_t kept = 0;
        for (int32_t k = 0; k < old->prerequisites.count; k++)
            kept += !contains(gone, n, ids[k]);
        if (kept == old->prerequisites.count || contains(gone, n, old->id))
            continue;
        struct task *t = copy_task(e, old);
        struct id *left = ARENA_ARRAY(e->c->arena, struct id, (size_t)kept + 1);
        if (!t || !left)
            return fail_memory(e->c);
        t->prerequisites = (struct list){left, 0};
        for (int32_t k = 0; k < old->prerequisites.count; k++)
            if (!contains(gone, n, ids[k]))
                left[t->prerequisites.count++] = ids[k];
        enum status st = edit_put(e, ENTITY_TASK, t->id, t);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

static enum status check_task(struct edit *e, const struct task *t)
{
    enum status st = require_visible(e->c, "title", t->title);
    if (st == ST_OK && !id_is_none(t->course_id) && !desk_course(e->desk, t->course_id))
        st = fail_as(e->c, ST_INVALID, "course_id", "unknown", "there is no such course");
    if (st == ST_OK && t->prerequisites.count > 0)
        st = prerequisites_check(e, t);
    const struct checklist_item *items = t->checklist.items;
    for (int32_t i = 0; st == ST_OK && i < t->checklist.count; i++) {
        char field[40];
        snprintf(field, sizeof field, "/checklist/%d/text", i);
        st = require_visible(e->c, field, items[i].text);
    }
    if (st == ST_OK && t->pinned.count > 0)
        st = pins_check(e, t);
    return st == ST_OK ? repeat_check(e, t) : st;
}

static void set_state(struct task *t, enum task_state state, struct instant now)
{
    if (state != TASK_DONE)
        t->completed = INSTANT_NONE;
    else if (instant_is_none(t->completed))
        t->completed = now;
    t->state = state;
}

/* Everything that follows when a task that was in `before` moves to t->state: the timer on it ends,
 * the next of its series comes or goes. */
static enum status follow_state(struct edit *e, enum task_state before, struct task *t)
{
    bool was_open = before == TASK_OPEN;
    bool is_open = t->state == TASK_OPEN;
    if (was_open == is_open)
        return ST_OK;
    if (is_open)
        return repeat_take_back(e, t);
    enum status st = timer_leave(e, t);
    return st == ST_OK ? repeat_go_on(e, t) : st;
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

static bool sets(const struct update *u, struct str field)
{
    return u->set & (field_set)1 << table_find(&task_table, field);
}

/* A task that ceases to repeat needs no number and no end. */
static void end_series(const struct update *u, struct task *t)
{
    if (t->repeat_unit != REPEAT_NONE)
        return;
    if (!sets(u, STR_LIT("repeat_every")))
        t->repeat_every = 1;
    if (!sets(u, STR_LIT("repeat_until")))
        t->repeat_until = DATE_NONE;
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
    end_series(u, t);
    st = check_task(e, t);
    if (st == ST_OK)
        st = follow_state(e, old->state, t);
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

static enum status put_in_state(struct edit *e, const struct task *task, enum task_state state)
{
    struct task *t = copy_task(e, task);
    if (!t)
        return ST_UNAVAILABLE;
    set_state(t, state, e->now);
    enum status st = follow_state(e, task->state, t);
    return st == ST_OK ? edit_put(e, ENTITY_TASK, t->id, t) : st;
}

enum status task_drop(struct edit *e, const struct task *task)
{
    return put_in_state(e, task, TASK_DROPPED);
}

enum status task_take_up(struct edit *e, const struct task *task)
{
    return put_in_state(e, task, TASK_OPEN);
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
    for (int32_t k = 0; k < i; k++)
        if (id_eq(all->ids[k], old->id))
            return edit_show(e, ENTITY_TASK, old->id, e->shown[k].entity);
    if (old->state == TASK_DROPPED)
        return fail(e->c, ST_CONFLICT, field, "a dropped task cannot be completed");
    if (old->state == (unsigned)all->state)
        return edit_show(e, ENTITY_TASK, old->id, old);
    struct task *t = copy_task(e, old);
    if (!t)
        return ST_UNAVAILABLE;
    set_state(t, all->state, e->now);
    enum status st = follow_state(e, old->state, t);
    return st == ST_OK ? put_and_show(e, t) : st;
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
