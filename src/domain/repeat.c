#include "domain/repeat.h"

#include "domain/tasks.h"
#include "domain/zones.h"
#include "plan/calendar.h"

enum {
    LAST_DAY = 2932895 /* 9999-12-30: what is due then is so everywhere before the year 10000 */
};

enum status repeat_check(struct edit *e, const struct task *t)
{
    if (t->repeat_unit == REPEAT_NONE && t->repeat_every != 1)
        return fail_as(e->c, ST_INVALID, "repeat_every", "no_effect",
                       "the task does not repeat: give repeat_unit too");
    if (t->repeat_unit == REPEAT_NONE && t->repeat_until.days != DATE_NONE.days)
        return fail_as(e->c, ST_INVALID, "repeat_until", "no_effect",
                       "the task does not repeat: give repeat_unit too");
    return ST_OK;
}

/* The first due time of the series after this one's that is still ahead; `*skipped` lie between.
 * None: the series ends before. */
static enum status next_due(struct edit *e, const struct task *t, struct instant *due,
                            int32_t *skipped)
{
    const struct zone_table *zone;
    enum status st = zones_get(e->c, e->domain->zones, e->desk->settings.zone, &zone);
    if (st != ST_OK)
        return st;
    int32_t step = t->repeat_every * (t->repeat_unit == REPEAT_WEEK ? 7 : 1);
    struct date first = zone_date(zone, t->due);
    struct wall wall = zone_wall(zone, t->due);
    int32_t steps = (zone_date(zone, e->now).days - first.days) / step;
    steps = steps > 1 ? steps : 1;
    *due = zone_instant(zone, (struct date){first.days + steps * step}, wall);
    if (due->ms <= e->now.ms)
        *due = zone_instant(zone, (struct date){first.days + ++steps * step}, wall);
    *skipped = steps - 1;
    int64_t last = t->repeat_until.days == DATE_NONE.days ? LAST_DAY : t->repeat_until.days;
    if (first.days + (int64_t)steps * step > last)
        *due = INSTANT_NONE;
    return ST_OK;
}

/* As long before the next due time, but not in a year that no time can tell. */
static struct instant next_earliest(const struct task *t, struct instant due)
{
    const int64_t last = instant_at((struct date){LAST_DAY}, 0).ms;
    if (instant_is_none(t->earliest))
        return INSTANT_NONE;
    int64_t ms = due.ms - (t->due.ms - t->earliest.ms);
    return (struct instant){ms < last ? ms : last};
}

static enum status copy_unticked(struct edit *e, const struct task *t, struct task *next)
{
    if (!entity_copy(&task_table, e->c->arena, next, t))
        return fail_memory(e->c);
    struct checklist_item *items = next->checklist.items;
    for (int32_t i = 0; i < next->checklist.count; i++)
        items[i].done = false;
    next->id = domain_new_id(e->domain);
    next->worked_min = 0;
    next->remaining_min = next->estimate_min;
    next->state = TASK_OPEN;
    next->created = e->now;
    next->completed = INSTANT_NONE;
    next->next_id = ID_NONE;
    next->pinned = (struct list){0};
    return ST_OK;
}

static int32_t created_here(const struct edit *e)
{
    int32_t n = 0;
    for (int32_t i = 0; i < e->change_count; i++)
        n += e->changes[i].kind == ENTITY_TASK && !desk_task(e->desk, e->changes[i].id);
    return n;
}

enum status repeat_go_on(struct edit *e, struct task *t)
{
    struct task *next = ARENA_NEW(e->c->arena, struct task);
    struct instant due;
    int32_t skipped;
    if (t->repeat_unit == REPEAT_NONE || !id_is_none(t->next_id))
        return ST_OK;
    if (e->desk->task_count + created_here(e) >= task_quota(e->caller->kind))
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "you have %d tasks, no room for the next one of this series: delete some",
                       e->desk->task_count);
    enum status st = next_due(e, t, &due, &skipped);
    if (st != ST_OK || instant_is_none(due))
        return st;
    st = next ? copy_unticked(e, t, next) : fail_memory(e->c);
    if (st != ST_OK)
        return st;
    next->due = due;
    next->earliest = next_earliest(t, due);
    next->skipped = skipped;
    t->next_id = next->id;
    return edit_put(e, ENTITY_TASK, next->id, next);
}

enum status repeat_take_back(struct edit *e, struct task *t)
{
    struct id id = t->next_id;
    const struct task *next = id_is_none(id) ? NULL : desk_task(e->desk, id);
    t->next_id = ID_NONE;
    if (!next)
        return ST_OK;
    if (next->state != TASK_OPEN || next->worked_min > 0)
        return fail_as(e->c, ST_CONFLICT, "", "next_begun",
                       "the next one of this series is begun: go on with that");
    return edit_delete(e, ENTITY_TASK, id);
}
