#include "domain/take.h"

#include <string.h>

#include "domain/entity.h"
#include "domain/events.h"
#include "domain/settings.h"
#include "domain/tasks.h"
#include "domain/work.h"

struct take {
    const struct desk *from;
    struct take_result *result;
};

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

/* What the codec cannot know: how fields depend on each other and on the desk. */
static enum status make_sound(struct edit *e, const struct take *t, enum entity_kind kind,
                              void *entity)
{
    if (kind == ENTITY_COURSE)
        return require_visible(e->c, "name", ((struct course *)entity)->name);
    if (kind == ENTITY_WORK) {
        struct work_entry *work = entity;
        keep_known_course(e, t, &work->course_id);
        if (work->state == WORK_PAUSED && work_timer(e->desk))
            work->state = WORK_DONE;
        return work_sound(e, work);
    }
    if (kind == ENTITY_EVENT)
        return make_event_sound(e, t, entity);
    if (kind != ENTITY_TASK)
        return ST_OK;
    struct task *task = entity;
    bool done = task->state == TASK_DONE;
    keep_known_course(e, t, &task->course_id);
    if (!done || instant_is_none(task->completed))
        task->completed = done ? e->now : INSTANT_NONE;
    return require_visible(e->c, "title", task->title);
}

static enum status take_one(struct edit *e, const struct take *t, enum entity_kind kind,
                            const void *theirs)
{
    const struct table *table = entity_table(kind);
    const struct id id = *(const struct id *)theirs;
    if (desk_entity(e->desk, kind, id)) {
        t->result->there[kind]++;
        return ST_OK;
    }
    if (desk_was_deleted(e->desk, kind, id)) {
        t->result->deleted[kind]++;
        return ST_OK;
    }
    /* One timer at a time: the one that runs here goes on. */
    if (kind == ENTITY_WORK && work_timer(e->desk) &&
        ((const struct work_entry *)theirs)->state == WORK_RUNNING)
        return ST_OK;
    void *copy = arena_alloc(e->c->arena, table->size);
    if (!copy || !entity_copy(table, e->c->arena, copy, theirs))
        return fail_memory(e->c);
    enum status st = make_sound(e, t, kind, copy);
    if (st == ST_OK)
        st = edit_put(e, kind, id, copy);
    t->result->added[kind] += st == ST_OK;
    return st;
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
    return ST_OK;
}

static enum status decide_take(struct edit *e, void *arg)
{
    const struct take *t = arg;
    enum status st = ST_OK;
    *t->result = (struct take_result){0};
    for (enum entity_kind kind = ENTITY_SETTINGS; st == ST_OK && kind < ENTITY_PLAN; kind++)
        st = take_single(e, t, kind);
    for (enum entity_kind kind = ENTITY_FIRST_LIST; st == ST_OK && kind < ENTITY_KINDS; kind++) {
        /* How the plan of another desk came about tells nothing of this one's. */
        if (!entity_table(kind) || kind == ENTITY_FORMER_PLAN)
            continue;
        const struct list list = desk_list(t->from, kind);
        size_t size = entity_table(kind)->size;
        for (int32_t i = 0; st == ST_OK && i < list.count; i++)
            st = take_one(e, t, kind, (const char *)list.items + (size_t)i * size);
    }
    return st == ST_OK ? check_quota(e, t) : st;
}

enum status desk_take(struct ctx *c, const struct domain *d, const struct caller *caller,
                      const struct op_key *key, const struct desk *from, struct take_result *out)
{
    struct take t = {.from = from, .result = out};
    struct op_result result;
    return operation_run(c, d, caller, key, decide_take, &t, &result);
}
