#include "domain/feed_merge.h"

#include <string.h>

#include "domain/events.h"

void feed_make_task(const struct feed_item *item, struct task *out)
{
    const struct feed_value *v = item->now.at;
    entity_init(&task_table, out);
    out->title = v->title;
    out->notes = item->notes;
    out->due = v->due;
    out->estimate_min = item->estimate_min;
    out->remaining_min = item->estimate_min;
}

void feed_make_event(const struct feed_value *value, struct event *out)
{
    entity_init(&event_table, out);
    *out = (struct event){.title = value->title,
                          .notes = STR_LIT(""),
                          .place = value->place,
                          .date = value->date,
                          .end_date = value->end_date,
                          .start = value->start,
                          .end = value->end,
                          .zone = value->zone,
                          .rule = value->rule,
                          .busy = value->busy,
                          .skipped = value->skipped,
                          .moved = value->moved,
                          .created = INSTANT_NONE};
}

void feed_merge_task(const struct feed_value *before, const struct feed_value *now,
                     struct task *task)
{
    if (str_eq(task->title, before->title))
        task->title = now->title;
    if (task->due.ms == before->due.ms)
        task->due = now->due;
}

static bool same_times(const struct feed_value *v, const struct event *e)
{
    return v->date.days == e->date.days && v->end_date.days == e->end_date.days &&
           v->start.minute == e->start.minute && v->end.minute == e->end.minute &&
           str_eq(v->zone, e->zone) && str_eq(v->rule, e->rule);
}

static bool skips(const struct list *list, struct date date)
{
    const struct event_skip *items = list->items;
    for (int32_t i = 0; i < list->count; i++)
        if (items[i].date.days == date.days)
            return true;
    return false;
}

static const struct event_move *move_on(const struct list *list, struct date date)
{
    const struct event_move *items = list->items;
    for (int32_t i = 0; i < list->count; i++)
        if (items[i].date.days == date.days)
            return &items[i];
    return NULL;
}

static bool is_own_move(const struct feed_value *before, const struct event_move *move)
{
    const struct event_move *theirs = move_on(&before->moved, move->date);
    return !theirs || !entity_eq(&event_move_table, theirs, move, 0);
}

/* The student's own exceptions go before those of the calendar. */
static enum status merge_exceptions(struct ctx *c, const struct feed_value *before,
                                    const struct feed_value *now, struct event *e)
{
    const struct event_skip *own_skips = e->skipped.items;
    const struct event_move *own_moves = e->moved.items;
    const struct event_skip *new_skips = now->skipped.items;
    const struct event_move *new_moves = now->moved.items;
    struct event_skip *skips_out = ARENA_ARRAY(c->arena, struct event_skip,
                                               (size_t)(e->skipped.count + now->skipped.count) + 1);
    struct event_move *moves_out =
        ARENA_ARRAY(c->arena, struct event_move, (size_t)(e->moved.count + now->moved.count) + 1);
    struct list skipped = {skips_out, 0};
    struct list moved = {moves_out, 0};
    if (!skips_out || !moves_out)
        return fail_memory(c);
    for (int32_t i = 0; i < e->skipped.count; i++)
        if (!skips(&before->skipped, own_skips[i].date))
            skips_out[skipped.count++] = own_skips[i];
    for (int32_t i = 0; i < e->moved.count; i++)
        if (is_own_move(before, &own_moves[i]))
            moves_out[moved.count++] = own_moves[i];
    for (int32_t i = 0; i < now->skipped.count; i++)
        if (!skips(&skipped, new_skips[i].date) && !move_on(&moved, new_skips[i].date))
            skips_out[skipped.count++] = new_skips[i];
    for (int32_t i = 0; i < now->moved.count; i++)
        if (!skips(&skipped, new_moves[i].date) && !move_on(&moved, new_moves[i].date))
            moves_out[moved.count++] = new_moves[i];
    if (skipped.count > EVENT_EXCEPTIONS_MAX || moved.count > EVENT_EXCEPTIONS_MAX)
        return ST_OK; /* more than an event may have: those it has stay */
    e->skipped = skipped;
    e->moved = moved;
    return ST_OK;
}

enum status feed_merge_event(struct ctx *c, const struct feed_value *before,
                             const struct feed_value *now, struct event *event)
{
    enum status st = ST_OK;
    if (str_eq(event->title, before->title))
        event->title = now->title;
    if (str_eq(event->place, before->place))
        event->place = now->place;
    if (event->busy == before->busy)
        event->busy = now->busy;
    if (same_times(before, event)) {
        event->date = now->date;
        event->end_date = now->end_date;
        event->start = now->start;
        event->end = now->end;
        event->zone = now->zone;
        event->rule = now->rule;
        st = merge_exceptions(c, before, now, event);
    }
    return st == ST_OK ? event_drop_lost(c, event, true, true) : st;
}

static enum status follow_task(struct edit *e, const struct feed_item *item)
{
    const struct task *old = desk_task(e->desk, item->entity_id);
    struct task *t = ARENA_NEW(e->c->arena, struct task);
    if (!old)
        return ST_OK;
    if (!t)
        return fail_memory(e->c);
    *t = *old;
    feed_merge_task(item->before.at, item->now.at, t);
    return entity_eq(&task_table, t, old, 0) ? ST_OK : edit_put(e, ENTITY_TASK, t->id, t);
}

static enum status follow_event(struct edit *e, const struct feed_item *item, bool *moved)
{
    const struct event *old = desk_event(e->desk, item->entity_id);
    struct event *ev = ARENA_NEW(e->c->arena, struct event);
    if (!old)
        return ST_OK;
    if (!ev)
        return fail_memory(e->c);
    *ev = *old;
    *moved = true;
    enum status st = feed_merge_event(e->c, item->before.at, item->now.at, ev);
    if (st == ST_OK)
        st = event_check_alone(e, ev);
    if (st != ST_OK || entity_eq(&event_table, ev, old, 0))
        return st;
    return edit_put(e, ENTITY_EVENT, ev->id, ev);
}

enum status feed_merge_item(struct edit *e, const struct feed_item *item, bool *moved)
{
    return item->form == FORM_TASK ? follow_task(e, item) : follow_event(e, item, moved);
}
