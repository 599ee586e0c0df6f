/* feed_review_restore: a review of what has changed in a calendar is taken back. */
#include <string.h>

#include "domain/entity.h"
#include "domain/events.h"
#include "domain/feed_review.h"
#include "domain/feeds.h"
#include "domain/tasks.h"

/* ---- what a review remembers ---- */

bool feed_has_news(const struct feed_item *item)
{
    return item->state == ITEM_TAKEN && item->news != NEWS_NONE;
}

enum status feed_remember(struct edit *e, const struct feed_item *item, bool entity_too)
{
    enum status st = edit_show(e, ENTITY_FEED_ITEM, item->id, item);
    const enum entity_kind kind = item->form == FORM_TASK ? ENTITY_TASK : ENTITY_EVENT;
    const void *entity = entity_too ? desk_entity(e->desk, kind, item->entity_id) : NULL;
    return st == ST_OK && entity ? edit_show(e, kind, item->entity_id, entity) : st;
}

/* ---- taking it back ---- */

struct undo {
    struct id feed;
    struct id review; /* the key */
};

static enum status too_long_ago(struct ctx *c)
{
    return fail_as(c, ST_CONFLICT, "review", "too_long_ago",
                   "too much happened since to take this review back");
}

static enum status find_review(struct edit *e, const struct undo *u, struct op *op)
{
    enum status st = store_find_op(e->c, e->domain->store, e->caller->user, u->review, op);
    if (st != ST_OK && st != ST_NOT_FOUND)
        return st;
    if (st == ST_NOT_FOUND || op->reply_count < 2 || op->reply[0].kind != ENTITY_FEED ||
        !id_eq(op->reply[0].id, u->feed) || op->reply[1].kind != ENTITY_FEED_ITEM ||
        !op->reply[1].entity)
        return too_long_ago(e->c);
    return ST_OK;
}

/* What was read since may be the same thing again. */
static bool came_again(const struct desk *desk, const struct feed_item *gone)
{
    for (int32_t i = 0; i < desk->feed_item_count; i++)
        if (id_eq(desk->feed_items[i].feed_id, gone->feed_id) &&
            memcmp(&desk->feed_items[i].key, &gone->key, sizeof gone->key) == 0)
            return true;
    return false;
}

/* Whether a thing is as the review left it. */
static bool is_untouched(const struct desk *desk, const struct change *item, int64_t rev)
{
    const void *now = desk_entity(desk, item->kind, item->id);
    if (now)
        return entity_version(item->kind, now) == rev;
    return desk_deleted_in(desk, item->kind, item->id) == rev &&
           !(item->kind == ENTITY_FEED_ITEM && came_again(desk, item->entity));
}

static enum status check_untouched(struct edit *e, const struct op *op)
{
    for (int32_t i = 1; i < op->reply_count; i++)
        if (!is_untouched(e->desk, &op->reply[i], op->rev))
            return fail_as(e->c, ST_CONFLICT, "review", "changed_since",
                           "something of it was changed since, so it cannot be taken back");
    return ST_OK;
}

static enum status put_item(struct edit *e, const struct change *item)
{
    struct feed_item *copy = ARENA_NEW(e->c->arena, struct feed_item);
    if (!copy || !entity_copy(&feed_item_table, e->c->arena, copy, item->entity))
        return fail_memory(e->c);
    return edit_put(e, ENTITY_FEED_ITEM, copy->id, copy);
}

/* A task that was dropped may have a log that grew with it: it is taken up again as it is. */
static enum status put_task(struct edit *e, const struct change *item)
{
    const struct task *now = desk_task(e->desk, item->id);
    struct task *copy = ARENA_NEW(e->c->arena, struct task);
    if (!copy || !entity_copy(&task_table, e->c->arena, copy, item->entity))
        return fail_memory(e->c);
    if (now->state != copy->state)
        return task_take_up(e, now);
    return edit_put(e, ENTITY_TASK, copy->id, copy);
}

static enum status put_event(struct edit *e, const struct change *item)
{
    struct event *copy = ARENA_NEW(e->c->arena, struct event);
    if (!copy || !entity_copy(&event_table, e->c->arena, copy, item->entity))
        return fail_memory(e->c);
    if (!desk_course(e->desk, copy->course_id))
        copy->course_id = ID_NONE;
    return edit_put(e, ENTITY_EVENT, copy->id, copy);
}

static enum status put_back(struct edit *e, const struct change *item)
{
    if (item->kind == ENTITY_TASK)
        return put_task(e, item);
    return item->kind == ENTITY_EVENT ? put_event(e, item) : put_item(e, item);
}

static enum status check_room(struct edit *e)
{
    struct desk after;
    if (!desk_preview(e->desk, e->changes, e->change_count, e->desk->rev + 1, e->now, e->c->arena,
                      &after))
        return fail_memory(e->c);
    if (after.event_count > EVENTS_MAX || after.feed_item_count > FEED_ITEMS_MAX)
        return fail_as(e->c, ST_CONFLICT, "", "quota", "there is no room for it any more");
    return events_check_load(e, &after);
}

static enum status decide_undo(struct edit *e, void *arg)
{
    const struct undo *u = arg;
    struct op op;
    const struct feed *feed = desk_feed(e->desk, u->feed);
    if (!feed)
        return fail(e->c, ST_NOT_FOUND, "", "there is no such calendar");
    enum status st = find_review(e, u, &op);
    if (st == ST_OK)
        st = check_untouched(e, &op);
    for (int32_t i = 1; st == ST_OK && i < op.reply_count; i++)
        st = put_back(e, &op.reply[i]);
    if (st == ST_OK)
        st = check_room(e);
    return st == ST_OK ? edit_show(e, ENTITY_FEED, feed->id, feed) : st;
}

enum status feed_review_restore(struct ctx *c, const struct domain *d, const struct caller *caller,
                                const struct op_key *key, struct id feed, struct id review,
                                struct op_result *out)
{
    struct undo u = {.feed = feed, .review = review};
    return operation_run(c, d, caller, key, decide_undo, &u, out);
}
