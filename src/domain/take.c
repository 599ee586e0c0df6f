#include "domain/take.h"

#include "domain/attachments.h"
#include "domain/settings.h"
#include "domain/take_sound.h"
#include "domain/tasks.h"
#include "domain/work.h"

static bool is_untouched(const struct desk *d)
{
    return d->task_count == 0 && d->course_count == 0 && d->availability.week.count == 0;
}

static enum status take_single(struct edit *e, const struct take *t, enum entity_kind kind)
{
    const struct table *table = entity_table(kind);
    const void *theirs = desk_entity(t->from, kind, ID_NONE);
    const void *ours = desk_entity(e->desk, kind, ID_NONE);
    field_set version = (field_set)1 << table_find(table, STR_LIT("version"));
    if (!theirs || !is_untouched(e->desk) || (ours && entity_eq(table, ours, theirs, version))) {
        t->result->there[kind] = 1;
        return ST_OK;
    }
    void *copy = arena_alloc(e->c->arena, table->size);
    if (!copy || !entity_copy(table, e->c->arena, copy, theirs))
        return fail_memory(e->c);
    enum status st =
        kind == ENTITY_SETTINGS ? settings_check(e, copy) : availability_check(e->c, copy);
    if (st != ST_OK)
        return st;
    t->result->added[kind] = 1;
    return edit_put(e, kind, ID_NONE, copy);
}

/* The week stays as it was, as far as it still holds (domain/replan.h). */
static enum status take_plan(struct edit *e, const struct take *t)
{
    struct plan *plan = ARENA_NEW(e->c->arena, struct plan);
    if (!is_untouched(e->desk) || !take_plan_is_sound(&t->from->plan)) {
        t->result->there[ENTITY_PLAN] = 1;
        return ST_OK;
    }
    if (!plan || !entity_copy(&plan_table, e->c->arena, plan, &t->from->plan))
        return fail_memory(e->c);
    t->result->added[ENTITY_PLAN] = 1;
    e->took = t->from;
    return edit_put(e, ENTITY_PLAN, ID_NONE, plan);
}

static enum status take_one(struct edit *e, const struct take *t, enum entity_kind kind,
                            const void *theirs)
{
    const struct table *table = entity_table(kind);
    const struct id id = *(const struct id *)theirs;
    enum take_fate fate = take_fate(e, t, kind, theirs);
    if (fate != FATE_TAKEN) {
        ++*(fate == FATE_THERE ? &t->result->there[kind] : &t->result->deleted[kind]);
        return ST_OK;
    }
    void *copy = arena_alloc(e->c->arena, table->size);
    if (!copy || !entity_copy(table, e->c->arena, copy, theirs))
        return fail_memory(e->c);
    enum status st = take_make_sound(e, t, kind, copy);
    if (st == ST_OK)
        st = edit_put(e, kind, id, copy);
    t->result->added[kind] += st == ST_OK;
    return st;
}

static enum status check_storage(struct edit *e, const struct take *t)
{
    struct storage all = storage_used(e->desk);
    struct storage quota = storage_quota(e->caller->kind, e->caller->storage_mib);
    for (int32_t i = 0; i < e->change_count; i++) {
        const struct attachment *a = e->changes[i].entity;
        if (e->changes[i].kind != ENTITY_ATTACHMENT)
            continue;
        all.files++;
        all.bytes += a->size;
    }
    if (t->result->added[ENTITY_ATTACHMENT] == 0 ||
        (all.files <= quota.files && all.bytes <= quota.bytes))
        return ST_OK;
    return fail_as(e->c, ST_CONFLICT, "", "quota",
                   "together there would be %lld MB in %d files, and there may be %lld MB in %d",
                   (long long)(all.bytes >> 20), all.files, (long long)(quota.bytes >> 20),
                   quota.files);
}

static enum status check_quota(struct edit *e, const struct take *t)
{
    const struct {
        enum entity_kind kind;
        const char *name;
        int32_t used;
        int32_t limit;
    } quotas[] = {
        {ENTITY_TASK, "tasks", e->desk->task_count, task_quota(e->caller->kind)},
        {ENTITY_COURSE, "courses", e->desk->course_count, COURSES_MAX},
        {ENTITY_EVENT, "events", desk_list(e->desk, ENTITY_EVENT).count, EVENTS_MAX},
        {ENTITY_WORK, "entries of the log", e->desk->work_count, WORK_ON_DESK_MAX},
        {ENTITY_FEED, "calendars", e->desk->feed_count, FEEDS_MAX},
        {ENTITY_CALENDAR_LINK, "links to your plan", e->desk->calendar_link_count,
         CALENDAR_LINKS_MAX},
        {ENTITY_FORMER_PLAN, "earlier plans", e->desk->former_plan_count, FORMER_PLANS_MAX},
        {ENTITY_NOTIFICATION_MARK, "notifications that were read", e->desk->notification_mark_count,
         2 * NOTIFICATION_MARKS_MAX},
        {ENTITY_FEED_ITEM, "things in calendars", e->desk->feed_item_count, FEED_ITEMS_MAX},
    };
    for (size_t i = 0; i < sizeof quotas / sizeof quotas[0]; i++) {
        int32_t together = quotas[i].used + t->result->added[quotas[i].kind];
        if (together > quotas[i].limit)
            return fail_as(e->c, ST_CONFLICT, "", "quota",
                           "together there would be %d %s, and there may be %d", together,
                           quotas[i].name, quotas[i].limit);
    }
    return check_storage(e, t);
}

static enum status decide_take(struct edit *e, void *arg)
{
    const struct take *t = arg;
    enum status st = ST_OK;
    *t->result = (struct take_result){0};
    for (enum entity_kind kind = ENTITY_SETTINGS; st == ST_OK && kind < ENTITY_PLAN; kind++)
        st = take_single(e, t, kind);
    if (st == ST_OK)
        st = take_plan(e, t);
    for (enum entity_kind kind = ENTITY_FIRST_LIST; st == ST_OK && kind < ENTITY_KINDS; kind++) {
        /* How the plan of another desk came about tells of that plan alone. */
        if (!entity_table(kind) || (kind == ENTITY_FORMER_PLAN && !e->took))
            continue;
        const struct list list = desk_list(t->from, kind);
        size_t size = entity_table(kind)->size;
        for (int32_t i = 0; st == ST_OK && i < list.count; i++)
            st = take_one(e, t, kind, (const char *)list.items + (size_t)i * size);
    }
    if (st == ST_OK)
        st = check_quota(e, t);
    return st == ST_OK ? take_check_tasks(e) : st;
}

enum status desk_take(struct ctx *c, const struct domain *d, const struct caller *caller,
                      const struct op_key *key, const struct desk *from, struct take_result *out)
{
    struct take t = {.from = from, .result = out};
    struct op_result result;
    return operation_run(c, d, caller, key, decide_take, &t, &result);
}
