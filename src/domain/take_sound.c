#include "domain/take_sound.h"

#include <string.h>

#include "domain/entity.h"
#include "domain/events.h"
#include "domain/repeat.h"
#include "domain/tasks.h"
#include "domain/wishes.h"
#include "domain/work.h"

/* ---- what becomes of it ---- */

/* The same link under another id. */
static bool is_followed(const struct edit *e, const struct feed *feed)
{
    for (int32_t i = 0; feed->url.len && i < e->desk->feed_count; i++)
        if (str_eq(e->desk->feeds[i].url, feed->url) && !id_eq(e->desk->feeds[i].id, feed->id))
            return true;
    return false;
}

/* The same thing of the same calendar under another id. */
static bool has_item(const struct edit *e, const struct feed_item *item)
{
    for (int32_t i = 0; i < e->desk->feed_item_count; i++) {
        const struct feed_item *here = &e->desk->feed_items[i];
        if (id_eq(here->feed_id, item->feed_id) &&
            memcmp(&here->key, &item->key, sizeof here->key) == 0)
            return true;
    }
    return false;
}

static enum take_fate fate_of_item(const struct edit *e, const struct take *t,
                                   const struct feed_item *item)
{
    const struct feed *feed = desk_feed(t->from, item->feed_id);
    if (desk_was_deleted(e->desk, ENTITY_FEED, item->feed_id))
        return FATE_DELETED;
    return (feed && is_followed(e, feed)) || has_item(e, item) ? FATE_THERE : FATE_TAKEN;
}

/* What lies in the trash counts in no quota, so it does not come along. */
static enum take_fate fate_of_file(const struct edit *e, const struct attachment *file)
{
    return !instant_is_none(file->trashed) || desk_was_deleted(e->desk, ENTITY_TASK, file->task_id)
               ? FATE_DELETED
               : FATE_TAKEN;
}

enum take_fate take_fate(const struct edit *e, const struct take *t, enum entity_kind kind,
                         const void *theirs)
{
    const struct id id = *(const struct id *)theirs;
    if (desk_entity(e->desk, kind, id))
        return FATE_THERE;
    if (desk_was_deleted(e->desk, kind, id))
        return FATE_DELETED;
    /* One timer at a time: the one that runs here goes on. */
    if (kind == ENTITY_WORK)
        return work_timer(e->desk) && ((const struct work_entry *)theirs)->state == WORK_RUNNING
                   ? FATE_THERE
                   : FATE_TAKEN;
    if (kind == ENTITY_FEED)
        return is_followed(e, theirs) ? FATE_THERE : FATE_TAKEN;
    if (kind == ENTITY_FEED_ITEM)
        return fate_of_item(e, t, theirs);
    if (kind == ENTITY_ATTACHMENT)
        return fate_of_file(e, theirs);
    return FATE_TAKEN;
}

/* ---- is it right? ---- */

static enum status refuse(struct edit *e, enum entity_kind kind, const char *code, const char *why)
{
    return fail_as(e->c, ST_INVALID, entity_table(kind)->name, code, "%s", why);
}

static void keep_known_course(const struct edit *e, const struct take *t, struct id *course)
{
    if (!desk_course(e->desk, *course) && !desk_course(t->from, *course))
        *course = ID_NONE;
}

/* The course may come along: then the desk does not have it yet. */
static enum status make_event_sound(struct edit *e, const struct take *t, struct event *event)
{
    keep_known_course(e, t, &event->course_id);
    const struct id course = event->course_id;
    event->course_id = ID_NONE;
    enum status st = event_check(e, event);
    event->course_id = course;
    return st;
}

static enum status make_work_sound(struct edit *e, const struct take *t, struct work_entry *work)
{
    keep_known_course(e, t, &work->course_id);
    if (work->state == WORK_PAUSED && work_timer(e->desk))
        work->state = WORK_DONE;
    return work_sound(e, work);
}

/* Takes those out that neither desk has. */
static void keep_known_prerequisites(const struct edit *e, const struct take *t, struct task *task)
{
    struct id *ids = task->prerequisites.items;
    int32_t kept = 0;
    for (int32_t i = 0; i < task->prerequisites.count; i++)
        if (desk_task(e->desk, ids[i]) ||
            (desk_task(t->from, ids[i]) && !desk_was_deleted(e->desk, ENTITY_TASK, ids[i])))
            ids[kept++] = ids[i];
    task->prerequisites.count = kept;
}

static enum status make_task_sound(struct edit *e, const struct take *t, struct task *task)
{
    bool done = task->state == TASK_DONE;
    keep_known_course(e, t, &task->course_id);
    keep_known_prerequisites(e, t, task);
    if (!done || instant_is_none(task->completed))
        task->completed = done ? e->now : INSTANT_NONE;
    enum status st = require_visible(e->c, "title", task->title);
    if (st == ST_OK)
        st = pins_check_alone(e, task);
    return st == ST_OK ? repeat_check(e, task) : st;
}

static enum status make_feed_sound(struct edit *e, struct feed *feed)
{
    const struct fetcher *port = &e->domain->fetcher;
    enum status st = require_visible(e->c, "name", feed->name);
    if (st != ST_OK || feed->url.len) {
        if (st == ST_OK)
            st = port->check(port->self, e->c, feed->url, &feed->url);
        return st == ST_OK ? port->host(port->self, e->c, feed->url, &feed->address) : st;
    }
    feed->address = STR_NONE;
    feed->checked = feed->failing = feed->next = INSTANT_NONE;
    return ST_OK;
}

static bool are_blocks_sound(const struct list *list)
{
    const struct study_block *b = list->items;
    const int64_t longest_ms = (int64_t)DAY_MINUTES * MINUTE_MS;
    for (int32_t i = 0; i < list->count; i++)
        if (b[i].end.ms <= b[i].start.ms || b[i].end.ms - b[i].start.ms > longest_ms ||
            (i > 0 && b[i].start.ms < b[i - 1].end.ms))
            return false;
    return true;
}

static bool is_value_sound(const struct feed_value *value, enum feed_form form)
{
    return value &&
           !(form == FORM_TASK ? instant_is_none(value->due) : value->date.days == DATE_NONE.days);
}

static enum status make_item_sound(struct edit *e, const struct take *t,
                                   const struct feed_item *item)
{
    static const struct digest none;
    enum feed_form form = (enum feed_form)item->form;
    if (!desk_feed(t->from, item->feed_id) && !desk_feed(e->desk, item->feed_id))
        return refuse(e, ENTITY_FEED_ITEM, "unknown", "stands in a calendar that is not there");
    if (memcmp(&item->key, &none, sizeof none) == 0)
        return refuse(e, ENTITY_FEED_ITEM, "required", "has no key by which it is known again");
    if (!is_value_sound(item->now.at, form) ||
        (item->state == ITEM_TAKEN && !is_value_sound(item->before.at, form)) ||
        (form == FORM_TASK && item->estimate_min < 1))
        return refuse(e, ENTITY_FEED_ITEM, "required", "does not say what the calendar said of it");
    return ST_OK;
}

static enum status make_file_sound(struct edit *e, const struct take *t,
                                   const struct attachment *file)
{
    if (!desk_task(t->from, file->task_id) && !desk_task(e->desk, file->task_id))
        return refuse(e, ENTITY_ATTACHMENT, "unknown", "belongs to a task that is not there");
    return require_visible(e->c, "name", file->name);
}

enum status take_make_sound(struct edit *e, const struct take *t, enum entity_kind kind,
                            void *entity)
{
    switch (kind) {
    case ENTITY_COURSE:
        return require_visible(e->c, "name", ((struct course *)entity)->name);
    case ENTITY_TASK:
        return make_task_sound(e, t, entity);
    case ENTITY_EVENT:
        return make_event_sound(e, t, entity);
    case ENTITY_WORK:
        return make_work_sound(e, t, entity);
    case ENTITY_ATTACHMENT:
        return make_file_sound(e, t, entity);
    case ENTITY_FEED:
        return make_feed_sound(e, entity);
    case ENTITY_FEED_ITEM:
        return make_item_sound(e, t, entity);
    case ENTITY_FORMER_PLAN:
        return are_blocks_sound(&((struct former_plan *)entity)->blocks)
                   ? ST_OK
                   : refuse(e, kind, "archive", "has blocks that no plan could have");
    default:
        return ST_OK;
    }
}

enum status take_check_tasks(struct edit *e)
{
    struct desk after;
    struct edit then = *e;
    enum status st = ST_OK;
    if (!desk_preview(e->desk, e->changes, e->change_count, e->desk->rev + 1, e->now, e->c->arena,
                      &after))
        return fail_memory(e->c);
    then.desk = &after;
    for (int32_t i = 0; st == ST_OK && i < e->change_count; i++) {
        const struct task *task = e->changes[i].entity;
        struct arena_mark mark = arena_mark(e->c->arena);
        if (e->changes[i].kind == ENTITY_TASK && task->prerequisites.count > 0) {
            st = prerequisites_check(&then, task);
            arena_rewind(e->c->arena, mark);
        }
    }
    return st;
}

/* ---- the plan ---- */

bool take_plan_is_sound(const struct plan *plan)
{
    const struct planned_day *past = plan->past.items;
    bool sound = !instant_is_none(plan->made) && are_blocks_sound(&plan->blocks) &&
                 are_blocks_sound(&plan->former);
    for (int32_t i = 1; sound && i < plan->past.count; i++)
        sound = past[i].date.days > past[i - 1].date.days;
    return sound;
}
