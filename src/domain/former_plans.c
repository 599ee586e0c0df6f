#include "domain/former_plans.h"

#include "domain/replan.h"

/* Blocks of a plan that are not over. */
static struct list blocks_ahead(const struct list *blocks, struct instant now)
{
    struct study_block *items = blocks->items;
    int32_t past = 0;
    while (past < blocks->count && items[past].end.ms <= now.ms)
        past++;
    return (struct list){items ? items + past : NULL, blocks->count - past};
}

static int64_t ms_ahead(const struct list *blocks, struct instant now)
{
    const struct study_block *items = blocks->items;
    int64_t ms = 0;
    for (int32_t i = 0; i < blocks->count; i++)
        if (items[i].end.ms > now.ms)
            ms += items[i].end.ms - (items[i].start.ms > now.ms ? items[i].start.ms : now.ms);
    return ms;
}

static bool is_same(const struct plan *old, const struct plan *next, struct instant now)
{
    return plan_moved_min(&old->blocks, &next->blocks, now) == 0 &&
           ms_ahead(&old->blocks, now) == ms_ahead(&next->blocks, now) &&
           same_ratio(old->pace, next->pace) && same_ratio(old->limit, next->limit);
}

/* The change that this one goes on with; NULL: it is one of its own. */
static const struct former_plan *find_begun(const struct edit *e, enum plan_change why)
{
    const struct desk *desk = e->desk;
    if ((why != PLAN_CHANGE_SETTINGS && why != PLAN_CHANGE_HOURS) || desk->former_plan_count == 0)
        return NULL;
    const struct former_plan *last = &desk->former_plans[desk->former_plan_count - 1];
    bool recent = last->ended.ms <= e->now.ms && last->ended.ms > e->now.ms - FORMER_PLAN_SERIES_MS;
    return recent && last->why == (unsigned)why ? last : NULL;
}

/* Forgets the oldest that are in the way of one with so many blocks. */
static enum status make_room(struct edit *e, int32_t blocks)
{
    const struct former_plan *plans = e->desk->former_plans;
    enum status st = ST_OK;
    int32_t kept = 1;
    for (int32_t i = e->desk->former_plan_count - 1; st == ST_OK && i >= 0; i--) {
        blocks += plans[i].blocks.count;
        kept++;
        if (kept > FORMER_PLANS_MAX || blocks > FORMER_PLANS_BLOCKS_MAX)
            st = edit_delete(e, ENTITY_FORMER_PLAN, plans[i].id);
    }
    return st;
}

static enum status go_on(struct edit *e, const struct former_plan *begun, const struct plan *next)
{
    struct former_plan *f = ARENA_NEW(e->c->arena, struct former_plan);
    if (!f || !entity_copy(&former_plan_table, e->c->arena, f, begun))
        return fail_memory(e->c);
    f->moved_min = plan_moved_min(&f->blocks, &next->blocks, e->now);
    return edit_put(e, ENTITY_FORMER_PLAN, f->id, f);
}

enum status former_plan_note(struct edit *e, enum plan_change why, const struct plan *next)
{
    const struct plan *old = &e->desk->plan;
    const struct list ahead = blocks_ahead(&old->blocks, e->now);
    const struct former_plan *begun = find_begun(e, why);
    if (instant_is_none(old->made) || ahead.count == 0 || is_same(old, next, e->now))
        return ST_OK;
    if (begun)
        return go_on(e, begun, next);

    struct former_plan *f = ARENA_NEW(e->c->arena, struct former_plan);
    const struct former_plan here = {
        .id = domain_new_id(e->domain),
        .ended = e->now,
        .why = (unsigned)why,
        .moved_min = plan_moved_min(&old->blocks, &next->blocks, e->now),
        .made = old->made,
        .pace = old->pace,
        .limit = old->limit,
        .blocks = ahead,
    };
    if (!f || !entity_copy(&former_plan_table, e->c->arena, f, &here))
        return fail_memory(e->c);
    enum status st = make_room(e, ahead.count);
    return st == ST_OK ? edit_put(e, ENTITY_FORMER_PLAN, f->id, f) : st;
}

enum status former_plans_list(struct ctx *c, const struct desk *desk, struct list *out)
{
    int32_t n = desk->former_plan_count;
    struct plan_replacement *items = ARENA_ARRAY(c->arena, struct plan_replacement, (size_t)n);
    if (!items)
        return fail_memory(c);
    for (int32_t i = 0; i < n; i++) {
        const struct former_plan *f = &desk->former_plans[n - 1 - i];
        items[i] = (struct plan_replacement){
            .id = f->id,
            .ended = f->ended,
            .why = f->why,
            .moved_min = f->moved_min,
            .made = f->made,
            .pace = f->pace,
            .limit = f->limit,
            .blocks = f->blocks.count,
        };
    }
    *out = (struct list){items, n};
    return ST_OK;
}

/* The block of the plan in force that has begun and is not over. */
static const struct study_block *find_under_way(const struct plan *plan, struct instant now)
{
    const struct study_block *blocks = plan->blocks.items;
    for (int32_t i = 0; i < plan->blocks.count && blocks[i].start.ms < now.ms; i++)
        if (blocks[i].end.ms > now.ms)
            return &blocks[i];
    return NULL;
}

enum status former_plan_basis(struct ctx *c, const struct desk *desk, struct id id,
                              struct instant now, struct desk *out)
{
    const struct former_plan *f = desk_former_plan(desk, id);
    if (!f)
        return fail(c, ST_NOT_FOUND, "", "there is no such plan, or no longer");
    struct list timed;
    enum status st = plan_timed(c, desk, now, &timed);
    if (st != ST_OK)
        return st;
    const struct study_block *under_way = find_under_way(&desk->plan, now);
    const struct study_block *old = f->blocks.items;
    struct study_block *blocks = ARENA_ARRAY(c->arena, struct study_block,
                                             (size_t)timed.count + (size_t)f->blocks.count + 1);
    if (!blocks)
        return fail_memory(c);
    int32_t n = 0;
    for (; n < timed.count; n++)
        blocks[n] = ((const struct study_block *)timed.items)[n];
    struct instant from = slot_instant(slot_ceil(now));
    if (under_way) {
        blocks[n++] = *under_way;
        from = under_way->end;
    }
    for (int32_t i = 0; i < f->blocks.count; i++) {
        struct study_block b = old[i];
        b.start = b.start.ms > from.ms ? b.start : from;
        if (b.start.ms < b.end.ms)
            blocks[n++] = b;
    }
    *out = *desk;
    out->settings.pace = f->pace;
    out->settings.limit = f->limit;
    out->plan.blocks = (struct list){blocks, n};
    return ST_OK;
}
