#include <stdio.h>

#include "domain/attachments.h"
#include "domain/tasks.h"
#include "domain/wishes.h"
#include "domain/work.h"

/*
 * What a deletion shows is not for its reply: it is remembered with its key, for who takes it back.
 * Of each task, one after the other: the task as it was, the ids of those that waited for it, and
 * what the log counted for it.
 */

/* ---- deleting ---- */

struct deletion {
    const struct seen_task *tasks;
    int32_t n;
    bool alone; /* it is named by the path */
};

static enum status find_task(struct edit *e, const struct deletion *all, int32_t i,
                             const struct task **out)
{
    const struct seen_task *seen = &all->tasks[i];
    char field[40] = "";
    if (!all->alone)
        snprintf(field, sizeof field, "/tasks/%d/id", i);
    *out = desk_task(e->desk, seen->id);
    if (!*out)
        return fail(e->c, ST_NOT_FOUND, field, "there is no such task");
    for (int32_t k = 0; k < i; k++)
        if (id_eq(all->tasks[k].id, seen->id))
            return fail_as(e->c, ST_INVALID, field, "twice", "is there already");
    return edit_check_version(e, ENTITY_TASK, *out, seen->version);
}

static bool waits_directly(const struct task *t, struct id id)
{
    const struct id *ids = t->prerequisites.items;
    for (int32_t i = 0; i < t->prerequisites.count; i++)
        if (id_eq(ids[i], id))
            return true;
    return false;
}

static enum status remember(struct edit *e, const struct task *t)
{
    enum status st = edit_show(e, ENTITY_TASK, t->id, t);
    for (int32_t i = 0; st == ST_OK && i < e->desk->task_count; i++)
        if (waits_directly(&e->desk->tasks[i], t->id))
            st = edit_show(e, ENTITY_TASK, e->desk->tasks[i].id, NULL);
    for (int32_t i = 0; st == ST_OK && i < e->desk->work_count; i++) {
        const struct work_entry *w = &e->desk->works[i];
        if (!id_eq(w->task_id, t->id) || w->minutes == 0)
            continue;
        struct work_entry counted = *w;
        counted.note = STR_LIT("");
        st = edit_show(e, ENTITY_WORK, w->id, &counted);
    }
    return st;
}

static enum status decide_delete(struct edit *e, void *arg)
{
    const struct deletion *all = arg;
    struct id *ids = ARENA_ARRAY(e->c->arena, struct id, (size_t)all->n + 1);
    enum status st = ids ? ST_OK : fail_memory(e->c);
    for (int32_t i = 0; st == ST_OK && i < all->n; i++) {
        const struct task *t;
        st = find_task(e, all, i, &t);
        if (st == ST_OK)
            st = remember(e, t);
        ids[i] = all->tasks[i].id;
    }
    if (st == ST_OK)
        st = prerequisites_drop(e, ids, all->n);
    for (int32_t i = 0; st == ST_OK && i < all->n; i++) {
        st = timer_discard(e, ids[i]);
        if (st == ST_OK)
            st = edit_delete(e, ENTITY_TASK, ids[i]);
    }
    e->outcome = OP_DELETED;
    return st;
}

enum status task_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                        const struct op_key *key, struct id id, int64_t expected,
                        struct op_result *out)
{
    const struct seen_task one = {id, expected};
    struct deletion all = {&one, 1, .alone = true};
    return operation_run(c, d, caller, key, decide_delete, &all, out);
}

enum status tasks_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                         const struct op_key *key, const struct seen_task *tasks, int32_t n,
                         struct op_result *out)
{
    struct deletion all = {tasks, n, .alone = false};
    return operation_run(c, d, caller, key, decide_delete, &all, out);
}

/* ---- taking it back ---- */

enum status deletion_too_long_ago(struct ctx *c)
{
    return fail_as(c, ST_CONFLICT, "deletion", "too_long_ago",
                   "too much happened since to take this deletion back");
}

enum status deletion_find(struct edit *e, struct id deletion, struct op *out)
{
    enum status st = store_find_op(e->c, e->domain->store, e->caller->user, deletion, out);
    if (st == ST_NOT_FOUND || (st == ST_OK && out->outcome != OP_DELETED))
        return deletion_too_long_ago(e->c);
    return st;
}

struct restoration {
    struct edit *e;
    struct op op;
    struct task **back; /* by the place in the reply; NULL: it is there, or another deletion's */
    int32_t count;
    struct desk after;
};

/* Whether a task that was deleted is remembered here. */
static bool is_task(const struct change *item)
{
    return item->kind == ENTITY_TASK && item->entity;
}

/* The tasks that this deletion took and that are not there again, or were deleted again. */
static enum status gather(struct restoration *r)
{
    struct edit *e = r->e;
    r->back = ARENA_ARRAY(e->c->arena, struct task *, (size_t)r->op.reply_count + 1);
    r->count = 0;
    if (!r->back)
        return fail_memory(e->c);
    for (int32_t i = 0; i < r->op.reply_count; i++) {
        const struct change *item = &r->op.reply[i];
        r->back[i] = NULL;
        if (!is_task(item) || desk_deleted_in(e->desk, ENTITY_TASK, item->id) != r->op.rev)
            continue;
        struct task *t = ARENA_NEW(e->c->arena, struct task);
        if (!t || !entity_copy(&task_table, e->c->arena, t, item->entity))
            return fail_memory(e->c);
        r->back[i] = t;
        r->count++;
    }
    int32_t there = e->desk->task_count;
    if (r->count > 0 && there + r->count > task_quota(e->caller->kind))
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "you have %d tasks, no room for %d more: delete some first", there,
                       r->count);
    return ST_OK;
}

/* Where the items of a kind end that belong to a task, from place `i` on. */
static int32_t end_of(const struct op *op, int32_t i, enum entity_kind kind)
{
    while (i < op->reply_count && op->reply[i].kind == kind && !is_task(&op->reply[i]))
        i++;
    return i;
}

/* Puts them, as far as what they name is still there; what waits for what is seen to then. */
static enum status put_back(struct restoration *r)
{
    struct edit *e = r->e;
    enum status st = ST_OK;
    struct storage used = storage_used(e->desk);
    for (int32_t i = 0; st == ST_OK && i < r->op.reply_count; i++) {
        struct task *t = r->back[i];
        if (!t)
            continue;
        int32_t log = end_of(&r->op, i + 1, ENTITY_TASK);
        if (!desk_course(e->desk, t->course_id))
            t->course_id = ID_NONE;
        pins_give_way(e, t);
        st = work_count_again(e, t, r->op.reply + log, end_of(&r->op, log, ENTITY_WORK) - log);
        if (st == ST_OK)
            st = edit_put(e, ENTITY_TASK, t->id, t);
        if (st == ST_OK)
            st = attachments_come_back(e, t->id, r->op.rev, &used);
    }
    return st;
}

/* A task as it will be, to be changed further; NULL: there is none. */
static struct task *task_after(const struct restoration *r, struct id id)
{
    const struct task *t = desk_task(&r->after, id);
    return t ? &r->after.tasks[t - r->after.tasks] : NULL;
}

/* What they waited for and is gone, they wait for no longer. */
static void forget_gone(const struct restoration *r, struct task *t)
{
    struct id *ids = t->prerequisites.items;
    int32_t kept = 0;
    for (int32_t i = 0; i < t->prerequisites.count; i++)
        if (task_after(r, ids[i]))
            ids[kept++] = ids[i];
    t->prerequisites.count = kept;
    task_after(r, t->id)->prerequisites.count = kept;
}

static enum status wait_again(const struct restoration *r, struct task *waiting, struct id before)
{
    struct edit *e = r->e;
    struct id *ids = ARENA_ARRAY(e->c->arena, struct id, PREREQUISITES_MAX);
    if (!ids)
        return fail_memory(e->c);
    const struct id *old = waiting->prerequisites.items;
    for (int32_t i = 0; i < waiting->prerequisites.count; i++)
        ids[i] = old[i];
    ids[waiting->prerequisites.count++] = before;
    waiting->prerequisites.items = ids;
    return ST_OK;
}

/* The ids behind place `i` of the reply are of those that waited for the task there. They do so
 * again if they have room for it and it does not wait for them. */
static enum status let_wait(struct restoration *r, int32_t i, bool *moved)
{
    struct edit *e = r->e;
    const struct task *t = task_after(r, r->back[i]->id);
    size_t n = (size_t)r->after.task_count;
    bool *before = ARENA_ARRAY(e->c->arena, bool, n);
    int32_t *stack = ARENA_ARRAY(e->c->arena, int32_t, n);
    enum status st = before && stack ? ST_OK : fail_memory(e->c);
    if (st == ST_OK)
        tasks_before(&r->after, (int32_t)(t - r->after.tasks), before, stack);
    const int32_t end = end_of(&r->op, i + 1, ENTITY_TASK);
    for (i++; st == ST_OK && i < end; i++) {
        struct task *waiting = task_after(r, r->op.reply[i].id);
        if (!waiting || before[waiting - r->after.tasks] || waits_directly(waiting, t->id) ||
            waiting->prerequisites.count >= PREREQUISITES_MAX)
            continue;
        st = wait_again(r, waiting, t->id);
        moved[waiting - r->after.tasks] = true;
    }
    return st;
}

static enum status join(struct restoration *r)
{
    struct edit *e = r->e;
    if (!desk_preview(e->desk, e->changes, e->change_count, e->desk->rev + 1, e->now, e->c->arena,
                      &r->after))
        return fail_memory(e->c);
    bool *moved = ARENA_ARRAY(e->c->arena, bool, (size_t)r->after.task_count);
    enum status st = moved ? ST_OK : fail_memory(e->c);
    for (int32_t i = 0; st == ST_OK && i < r->op.reply_count; i++)
        if (r->back[i])
            forget_gone(r, r->back[i]);
    for (int32_t i = 0; st == ST_OK && i < r->op.reply_count; i++)
        if (r->back[i])
            st = let_wait(r, i, moved);
    for (int32_t i = 0; st == ST_OK && i < r->after.task_count; i++)
        if (moved[i])
            st = edit_put(e, ENTITY_TASK, r->after.tasks[i].id, &r->after.tasks[i]);
    return st;
}

static enum status decide_restore(struct edit *e, void *arg)
{
    const struct id *deletion = arg;
    struct restoration r = {.e = e};
    enum status st = deletion_find(e, *deletion, &r.op);
    if (st == ST_OK)
        st = gather(&r);
    if (st == ST_OK)
        st = put_back(&r);
    if (st == ST_OK && r.count > 0)
        st = join(&r);
    for (int32_t i = 0; st == ST_OK && i < r.op.reply_count; i++) {
        const struct change *item = &r.op.reply[i];
        const struct task *t = r.back[i] ? r.back[i] : desk_task(e->desk, item->id);
        if (is_task(item) && t)
            st = edit_show(e, ENTITY_TASK, t->id, t);
    }
    return st == ST_OK && e->shown_count == 0 ? deletion_too_long_ago(e->c) : st;
}

enum status tasks_restore(struct ctx *c, const struct domain *d, const struct caller *caller,
                          const struct op_key *key, struct id deletion, struct op_result *out)
{
    return operation_run(c, d, caller, key, decide_restore, &deletion, out);
}
