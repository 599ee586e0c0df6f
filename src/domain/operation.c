#include "domain/operation.h"

#include <assert.h>
#include <string.h>

#include "domain/attachments.h"
#include "domain/replan.h"
#include "domain/statistics.h"
#include "domain/turns.h"
#include "domain/wishes.h"

enum { TRIES = 16 };

/* Room for one more in a growing array in the request's arena. */
static bool reserve(struct arena *a, struct change **items, int32_t count, int32_t *room)
{
    if (count < *room)
        return true;
    int32_t wanted = *room ? *room * 2 : 8;
    struct change *grown = ARENA_ARRAY(a, struct change, (size_t)wanted);
    if (!grown)
        return false;
    if (count)
        memcpy(grown, *items, (size_t)count * sizeof *grown);
    *items = grown;
    *room = wanted;
    return true;
}

static enum status add_change(struct edit *e, struct change change)
{
    if (e->change_count >= CHANGES_MAX)
        return fail(e->c, ST_TOO_LARGE, "", "more than %d things at once", CHANGES_MAX);
    if (!reserve(e->c->arena, &e->changes, e->change_count, &e->change_room))
        return fail_memory(e->c);
    e->changes[e->change_count++] = change;
    return ST_OK;
}

enum status edit_put(struct edit *e, enum entity_kind kind, struct id id, void *entity)
{
    entity_set_version(kind, entity, e->desk->rev + 1);
    return add_change(e, (struct change){kind, id, entity});
}

enum status edit_delete(struct edit *e, enum entity_kind kind, struct id id)
{
    return add_change(e, (struct change){kind, id, NULL});
}

enum status edit_show(struct edit *e, enum entity_kind kind, struct id id, const void *entity)
{
    const struct table *t = entity_table(kind);
    void *copy = entity ? arena_alloc(e->c->arena, t->size) : NULL;
    if ((entity && (!copy || !entity_copy(t, e->c->arena, copy, entity))) ||
        !reserve(e->c->arena, &e->shown, e->shown_count, &e->shown_room))
        return fail_memory(e->c);
    e->shown[e->shown_count++] = (struct change){kind, id, copy};
    return ST_OK;
}

enum status edit_check_version(struct edit *e, enum entity_kind kind, const void *entity,
                               int64_t expected)
{
    int64_t version = entity_version(kind, entity);
    if (expected < 0 || expected == version)
        return ST_OK;
    return fail_as(e->c, ST_STALE, "", "version",
                   "it was changed meanwhile: its version is %lld, not %lld", (long long)version,
                   (long long)expected);
}

/* How the app is shown is no matter of the plan: another language must not move a block. */
static bool settings_move_plan(const struct settings *old, const struct settings *new)
{
    return !str_eq(old->zone, new->zone) || old->pace.num != new->pace.num ||
           old->pace.den != new->pace.den || old->limit.num != new->limit.num ||
           old->limit.den != new->limit.den || old->estimates != new->estimates ||
           wishes_differ(old, new);
}

/* A timer that starts changes nothing the planner knows of; logged minutes do. */
static bool changes_log(const struct edit *e, const struct change *change)
{
    const struct work_entry *before = desk_work(e->desk, change->id);
    const struct work_entry *after = change->entity;
    int32_t minutes = after ? after->minutes : 0;
    if (!before || !after)
        return minutes != (before ? before->minutes : 0);
    return minutes != before->minutes || after->start.ms != before->start.ms;
}

static bool planner_reads(const struct edit *e)
{
    static const bool unread[ENTITY_KINDS] = {
        [ENTITY_COURSE] = true,        [ENTITY_ATTACHMENT] = true,
        [ENTITY_FEED] = true,          [ENTITY_FEED_ITEM] = true,
        [ENTITY_CALENDAR_LINK] = true, [ENTITY_NOTIFICATION_MARK] = true,
        [ENTITY_FORMER_PLAN] = true};
    for (int32_t i = 0; i < e->change_count; i++) {
        const struct change *change = &e->changes[i];
        bool reads = change->kind == ENTITY_WORK ? changes_log(e, change)
                     : change->kind == ENTITY_SETTINGS
                         ? settings_move_plan(&e->desk->settings, change->entity)
                         : !unread[change->kind];
        if (reads)
            return true;
    }
    return false;
}

/* Decides on the snapshot and commits. `*moved`: the desk changed in between. */
static enum status try_once(struct edit *e, const struct op_key *key, edit_decide *decide,
                            void *arg, bool *moved)
{
    e->outcome = OP_CHANGED;
    e->plan_stands = false;
    e->took = NULL;
    e->change_count = 0;
    e->shown_count = 0;
    e->now = clock_now(&e->domain->clock);
    enum status st = decide(e, arg);
    if (st == ST_OK)
        st = attachments_follow_tasks(e);
    if (st == ST_OK && !e->plan_stands && planner_reads(e))
        st = replan(e);
    if (st == ST_OK)
        st = plan_keep_past(e);
    if (st != ST_OK || (e->change_count == 0 && !key))
        return st;

    struct op op = {
        .outcome = (int32_t)e->outcome, .reply = e->shown, .reply_count = e->shown_count};
    if (key) {
        op.id = key->id;
        op.request = key->request;
    }
    st = store_commit(e->c, e->domain->store, e->caller->user, e->desk->rev, e->changes,
                      e->change_count, key ? &op : NULL, e->now, NULL);
    *moved = st == ST_STALE;
    return st;
}

/* Whether the operation was carried out before; then `*out` is what it did. */
static enum status find_first(struct ctx *c, const struct domain *d, struct id user,
                              const struct op_key *key, bool *found, struct op_result *out)
{
    struct op op;
    enum status st = store_find_op(c, d->store, user, key->id, &op);
    *found = st == ST_OK;
    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st != ST_OK)
        return st;
    if (memcmp(&op.request, &key->request, sizeof op.request) != 0)
        return fail_as(c, ST_CONFLICT, "?Idempotency-Key", "key_reused",
                       "this key was used for another request");
    *out = (struct op_result){.outcome = (enum op_outcome)op.outcome,
                              .repeated = true,
                              .shown = op.reply,
                              .shown_count = op.reply_count};
    return ST_OK;
}

/* After a failure: the answer of the first time if there was one, else the failure as it is. */
static enum status first_or_failure(struct ctx *c, const struct domain *d, struct id user,
                                    const struct op_key *key, enum status failure,
                                    struct op_result *out)
{
    struct ctx saved = *c;
    bool found = false;
    ctx_forgive(c);
    enum status st = find_first(c, d, user, key, &found, out);
    if (st == ST_CONFLICT || found)
        return st;
    *c = saved;
    return failure;
}

/* Tries until the desk did not move in between; `*moved`: it did every time. */
static enum status try_often(struct edit *e, const struct op_key *key, edit_decide *decide,
                             void *arg, bool *moved)
{
    struct store *store = e->domain->store;
    enum status st = ST_OK;
    *moved = true;
    for (int i = 0; i < TRIES && *moved; i++) {
        *moved = false;
        ctx_forgive(e->c);
        st = store_get_desk(e->c, store, e->caller->user, &e->desk);
        if (st != ST_OK)
            return st;
        st = try_once(e, key, decide, arg, moved);
        store_release_desk(store, e->desk);
    }
    return st;
}

enum status operation_run(struct ctx *c, const struct domain *d, const struct caller *caller,
                          const struct op_key *key, edit_decide *decide, void *arg,
                          struct op_result *out)
{
    struct edit e = {.c = c, .domain = d, .caller = caller};
    bool moved;
    turn_take(d->turns, caller->user);
    enum status st = try_often(&e, key, decide, arg, &moved);
    turn_give(d->turns, caller->user);
    if (moved)
        return fail(c, ST_UNAVAILABLE, "", "the desk is being changed by many at once");
    if (st != ST_OK)
        return key ? first_or_failure(c, d, caller->user, key, st, out) : st;
    *out = (struct op_result){.outcome = e.outcome, .shown = e.shown, .shown_count = e.shown_count};
    return ST_OK;
}
