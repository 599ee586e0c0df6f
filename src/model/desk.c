#include "model/desk.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

#define ENTITY struct tombstone
static const char *const kinds[] = {"none",
                                    "settings",
                                    "availability",
                                    "plan",
                                    "course",
                                    "task",
                                    "event",
                                    "work",
                                    "attachment",
                                    "feed",
                                    "feed_item",
                                    "calendar_link",
                                    "notification_mark",
                                    "former_plan",
                                    NULL};
static const struct field rows[] = {
    F(kind, .flags = F_READONLY, .choices = kinds, .doc = "What was deleted."),
    F(id, .flags = F_READONLY, .doc = "Its id."),
    F(rev, .flags = F_HIDDEN, .max = INT64_MAX, .doc = "The revision of the deletion."),
    F(at, .flags = F_HIDDEN, .doc = "When."),
};
const struct table tombstone_table = TABLE("tombstone", rows, .doc = "Something deleted.");
#undef ENTITY

const struct table *entity_table(enum entity_kind kind)
{
    static const struct table *const tables[ENTITY_KINDS] = {
        [ENTITY_SETTINGS] = &settings_table,
        [ENTITY_AVAILABILITY] = &availability_table,
        [ENTITY_PLAN] = &plan_table,
        [ENTITY_COURSE] = &course_table,
        [ENTITY_TASK] = &task_table,
        [ENTITY_EVENT] = &event_table,
        [ENTITY_WORK] = &work_entry_table,
        [ENTITY_ATTACHMENT] = &attachment_table,
        [ENTITY_FEED] = &feed_table,
        [ENTITY_FEED_ITEM] = &feed_item_table,
        [ENTITY_CALENDAR_LINK] = &calendar_link_table,
        [ENTITY_NOTIFICATION_MARK] = &notification_mark_table,
        [ENTITY_FORMER_PLAN] = &former_plan_table,
    };
    return kind > 0 && kind < ENTITY_KINDS ? tables[kind] : NULL;
}

bool entity_is_single(enum entity_kind kind)
{
    return kind <= ENTITY_PLAN;
}

enum entity_kind entity_next_list(enum entity_kind kind)
{
    do
        kind++;
    while (kind < ENTITY_KINDS && !entity_table(kind));
    return kind;
}

static const struct field *version_field(enum entity_kind kind)
{
    const struct table *t = entity_table(kind);
    int32_t at = table_find(t, STR_LIT("version"));
    assert(at >= 0);
    return &t->fields[at];
}

int64_t entity_version(enum entity_kind kind, const void *entity)
{
    return *(const int64_t *)field_in(version_field(kind), entity);
}

void entity_set_version(enum entity_kind kind, void *entity, int64_t version)
{
    *(int64_t *)field_at(version_field(kind), entity) = version;
}

void desk_init(struct desk *d, struct id user)
{
    *d = (struct desk){.user = user};
    settings_init(&d->settings);
    entity_init(&availability_table, &d->availability);
    entity_init(&plan_table, &d->plan);
}

/* Where the entities of a kind with ids lie, and their number. */
struct shelf {
    size_t items;
    size_t count;
};

static const struct shelf shelves[ENTITY_KINDS] = {
    [ENTITY_COURSE] = {offsetof(struct desk, courses), offsetof(struct desk, course_count)},
    [ENTITY_TASK] = {offsetof(struct desk, tasks), offsetof(struct desk, task_count)},
    [ENTITY_EVENT] = {offsetof(struct desk, events), offsetof(struct desk, event_count)},
    [ENTITY_WORK] = {offsetof(struct desk, works), offsetof(struct desk, work_count)},
    [ENTITY_ATTACHMENT] = {offsetof(struct desk, attachments),
                           offsetof(struct desk, attachment_count)},
    [ENTITY_FEED] = {offsetof(struct desk, feeds), offsetof(struct desk, feed_count)},
    [ENTITY_FEED_ITEM] = {offsetof(struct desk, feed_items),
                          offsetof(struct desk, feed_item_count)},
    [ENTITY_CALENDAR_LINK] = {offsetof(struct desk, calendar_links),
                              offsetof(struct desk, calendar_link_count)},
    [ENTITY_NOTIFICATION_MARK] = {offsetof(struct desk, notification_marks),
                                  offsetof(struct desk, notification_mark_count)},
    [ENTITY_FORMER_PLAN] = {offsetof(struct desk, former_plans),
                            offsetof(struct desk, former_plan_count)},
};

_Static_assert(offsetof(struct task, id) == 0 && offsetof(struct course, id) == 0 &&
                   offsetof(struct event, id) == 0 && offsetof(struct work_entry, id) == 0 &&
                   offsetof(struct attachment, id) == 0 && offsetof(struct feed, id) == 0 &&
                   offsetof(struct feed_item, id) == 0 && offsetof(struct calendar_link, id) == 0 &&
                   offsetof(struct notification_mark, id) == 0 &&
                   offsetof(struct former_plan, id) == 0,
               "find_id expects the id first");

struct list desk_list(const struct desk *d, enum entity_kind kind)
{
    struct list list;
    assert(!entity_is_single(kind));
    memcpy(&list.items, (const char *)d + shelves[kind].items, sizeof list.items);
    memcpy(&list.count, (const char *)d + shelves[kind].count, sizeof list.count);
    return list;
}

void desk_set_list(struct desk *d, enum entity_kind kind, struct list list)
{
    assert(!entity_is_single(kind));
    memcpy((char *)d + shelves[kind].items, &list.items, sizeof list.items);
    memcpy((char *)d + shelves[kind].count, &list.count, sizeof list.count);
}

static void *item_at(struct list list, int32_t at, size_t size)
{
    return (char *)list.items + (size_t)at * size;
}

/* Position of `id` in entities that begin with their id, or where it belongs. */
static int32_t find_id(struct list list, size_t size, struct id id, bool *found)
{
    int32_t low = 0;
    int32_t high = list.count;
    *found = false;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        int order = id_cmp(*(const struct id *)item_at(list, mid, size), id);
        if (order == 0) {
            *found = true;
            return mid;
        }
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static const void *find_entity(const struct desk *d, enum entity_kind kind, struct id id)
{
    bool found;
    struct list list = desk_list(d, kind);
    size_t size = entity_table(kind)->size;
    int32_t at = find_id(list, size, id, &found);
    return found ? item_at(list, at, size) : NULL;
}

const struct task *desk_task(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_TASK, id);
}

const struct course *desk_course(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_COURSE, id);
}

const struct work_entry *desk_work(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_WORK, id);
}

const struct feed *desk_feed(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_FEED, id);
}

const struct feed_item *desk_feed_item(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_FEED_ITEM, id);
}

const struct notification_mark *desk_notification_mark(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_NOTIFICATION_MARK, id);
}

const struct former_plan *desk_former_plan(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_FORMER_PLAN, id);
}

const struct event *desk_event(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_EVENT, id);
}

/* Where the entity of a kind that exists once lies. */
static void *single_at(struct desk *d, enum entity_kind kind)
{
    return kind == ENTITY_SETTINGS       ? (void *)&d->settings
           : kind == ENTITY_AVAILABILITY ? (void *)&d->availability
                                         : (void *)&d->plan;
}

const struct attachment *desk_attachment(const struct desk *d, struct id id)
{
    return find_entity(d, ENTITY_ATTACHMENT, id);
}

const void *desk_entity(const struct desk *d, enum entity_kind kind, struct id id)
{
    /* Only the address is taken. */
    return entity_is_single(kind) ? single_at((struct desk *)(uintptr_t)d, kind)
                                  : find_entity(d, kind, id);
}

int64_t desk_deleted_in(const struct desk *d, enum entity_kind kind, struct id id)
{
    for (int32_t i = 0; i < d->tombstone_count; i++)
        if (d->tombstones[i].kind == kind && id_eq(d->tombstones[i].id, id))
            return d->tombstones[i].rev;
    return 0;
}

bool desk_was_deleted(const struct desk *d, enum entity_kind kind, struct id id)
{
    return desk_deleted_in(d, kind, id) > 0;
}

/* Working arrays with room for everything that may be added; texts still belong to others. */
static bool make_room(const struct desk *d, int32_t n, struct arena *a, struct desk *out)
{
    for (enum entity_kind kind = ENTITY_FIRST_LIST; kind < ENTITY_KINDS;
         kind = entity_next_list(kind)) {
        struct list old = desk_list(d, kind);
        size_t size = entity_table(kind)->size;
        struct list list = {arena_array_of(a, old.items, (size_t)old.count, (size_t)n, size),
                            old.count};
        if (!list.items)
            return false;
        desk_set_list(out, kind, list);
    }
    out->tombstones = ARENA_ARRAY(a, struct tombstone, (size_t)(d->tombstone_count + n));
    return out->tombstones;
}

/* What is there again is not deleted, or other devices would hear both. */
static void forget_deletion(struct desk *d, enum entity_kind kind, struct id id)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < d->tombstone_count; i++)
        if (d->tombstones[i].kind != kind || !id_eq(d->tombstones[i].id, id))
            d->tombstones[kept++] = d->tombstones[i];
    d->tombstone_count = kept;
}

static void put_item(struct desk *d, struct list *list, size_t size, const struct change *change,
                     int64_t rev)
{
    bool found;
    int32_t at = find_id(*list, size, change->id, &found);
    char *place = item_at(*list, at, size);
    if (!found) {
        memmove(place + size, place, (size_t)(list->count - at) * size);
        list->count++;
        forget_deletion(d, change->kind, change->id);
    }
    memcpy(place, change->entity, size);
    entity_set_version(change->kind, place, rev);
}

static bool delete_item(struct list *list, size_t size, struct id id)
{
    bool found;
    int32_t at = find_id(*list, size, id, &found);
    if (!found)
        return false;
    char *place = item_at(*list, at, size);
    memmove(place, place + size, (size_t)(list->count - at - 1) * size);
    list->count--;
    return true;
}

static void apply_one(struct desk *out, const struct change *change, int64_t rev,
                      struct instant now)
{
    size_t size = entity_table(change->kind)->size;
    if (entity_is_single(change->kind)) {
        assert(change->entity);
        void *single = single_at(out, change->kind);
        memcpy(single, change->entity, size);
        entity_set_version(change->kind, single, rev);
        return;
    }
    struct list list = desk_list(out, change->kind);
    if (change->entity)
        put_item(out, &list, size, change, rev);
    else if (delete_item(&list, size, change->id))
        out->tombstones[out->tombstone_count++] =
            (struct tombstone){.kind = change->kind, .id = change->id, .rev = rev, .at = now};
    desk_set_list(out, change->kind, list);
}

static void keep_recent_tombstones(const struct desk *d, struct instant now, struct desk *out)
{
    const int64_t oldest = now.ms - (int64_t)TOMBSTONE_DAYS * DAY_MINUTES * MINUTE_MS;
    for (int32_t i = 0; i < d->tombstone_count; i++) {
        if (d->tombstones[i].at.ms >= oldest)
            out->tombstones[out->tombstone_count++] = d->tombstones[i];
        else if (out->oldest_cursor < d->tombstones[i].rev)
            out->oldest_cursor = d->tombstones[i].rev;
    }
}

static void forget_tombstones_beyond(struct desk *d, int32_t most)
{
    int32_t over = d->tombstone_count - most;
    if (over <= 0)
        return;
    if (d->oldest_cursor < d->tombstones[over - 1].rev)
        d->oldest_cursor = d->tombstones[over - 1].rev;
    d->tombstones += over;
    d->tombstone_count = most;
}

static bool own_everything(struct desk *d, struct arena *a)
{
    bool ok = entity_copy(&settings_table, a, &d->settings, &d->settings) &&
              entity_copy(&availability_table, a, &d->availability, &d->availability) &&
              entity_copy(&plan_table, a, &d->plan, &d->plan);
    for (enum entity_kind kind = ENTITY_FIRST_LIST; ok && kind < ENTITY_KINDS;
         kind = entity_next_list(kind)) {
        const struct table *t = entity_table(kind);
        struct list list = desk_list(d, kind);
        for (int32_t i = 0; ok && i < list.count; i++)
            ok = entity_copy(t, a, item_at(list, i, t->size), item_at(list, i, t->size));
    }
    return ok;
}

bool desk_preview(const struct desk *d, const struct change *changes, int32_t n, int64_t rev,
                  struct instant now, struct arena *a, struct desk *out)
{
    assert(rev > d->rev || n == 0);
    *out = *d;
    out->rev = rev;
    out->tombstone_count = 0;
    if (!make_room(d, n, a, out))
        return false;
    keep_recent_tombstones(d, now, out);
    for (int32_t i = 0; i < n; i++)
        apply_one(out, &changes[i], rev, now);
    forget_tombstones_beyond(out, TOMBSTONES_MAX);
    return true;
}

bool desk_apply(const struct desk *d, const struct change *changes, int32_t n, int64_t rev,
                struct instant now, struct arena *a, struct desk *out)
{
    return desk_preview(d, changes, n, rev, now, a, out) && own_everything(out, a);
}

size_t desk_extent(const struct desk *d)
{
    size_t bytes = sizeof *d + entity_extent(&settings_table, &d->settings) +
                   entity_extent(&availability_table, &d->availability) +
                   entity_extent(&plan_table, &d->plan);
    for (enum entity_kind kind = ENTITY_FIRST_LIST; kind < ENTITY_KINDS;
         kind = entity_next_list(kind)) {
        const struct table *t = entity_table(kind);
        struct list list = desk_list(d, kind);
        for (int32_t i = 0; i < list.count; i++)
            bytes += t->size + entity_extent(t, item_at(list, i, t->size));
    }
    return bytes + (size_t)d->tombstone_count * sizeof *d->tombstones;
}
