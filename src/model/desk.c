#include "model/desk.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

#define ENTITY struct tombstone
static const char *const kinds[] = {"none", "settings", "availability", "plan", "course",
                                    "task", NULL};
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
        [ENTITY_SETTINGS] = &settings_table, [ENTITY_AVAILABILITY] = &availability_table,
        [ENTITY_PLAN] = &plan_table,         [ENTITY_COURSE] = &course_table,
        [ENTITY_TASK] = &task_table,
    };
    assert(kind > 0 && kind < ENTITY_KINDS);
    return tables[kind];
}

bool entity_is_single(enum entity_kind kind)
{
    return kind <= ENTITY_PLAN;
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

/* Position of `id` in an array of entities that begin with their id, or where it belongs. */
static int32_t find_id(const void *items, int32_t count, size_t size, struct id id, bool *found)
{
    int32_t low = 0;
    int32_t high = count;
    *found = false;
    while (low < high) {
        int32_t mid = low + (high - low) / 2;
        int order = id_cmp(*(const struct id *)((const char *)items + (size_t)mid * size), id);
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

_Static_assert(offsetof(struct task, id) == 0 && offsetof(struct course, id) == 0,
               "find_id expects the id first");

const struct task *desk_task(const struct desk *d, struct id id)
{
    bool found;
    int32_t at = find_id(d->tasks, d->task_count, sizeof *d->tasks, id, &found);
    return found ? &d->tasks[at] : NULL;
}

const struct course *desk_course(const struct desk *d, struct id id)
{
    bool found;
    int32_t at = find_id(d->courses, d->course_count, sizeof *d->courses, id, &found);
    return found ? &d->courses[at] : NULL;
}

const void *desk_entity(const struct desk *d, enum entity_kind kind, struct id id)
{
    switch (kind) {
    case ENTITY_SETTINGS:
        return &d->settings;
    case ENTITY_AVAILABILITY:
        return &d->availability;
    case ENTITY_PLAN:
        return &d->plan;
    case ENTITY_COURSE:
        return desk_course(d, id);
    case ENTITY_TASK:
        return desk_task(d, id);
    case ENTITY_KINDS:
        break;
    }
    return NULL;
}

bool desk_was_deleted(const struct desk *d, enum entity_kind kind, struct id id)
{
    for (int32_t i = 0; i < d->tombstone_count; i++)
        if (d->tombstones[i].kind == kind && id_eq(d->tombstones[i].id, id))
            return true;
    return false;
}

/* Working arrays with room for everything that may be added; texts still belong to others. */
static bool make_room(const struct desk *d, int32_t n, struct arena *a, struct desk *out)
{
    out->courses = ARENA_ARRAY(a, struct course, (size_t)(d->course_count + n));
    out->tasks = ARENA_ARRAY(a, struct task, (size_t)(d->task_count + n));
    out->tombstones = ARENA_ARRAY(a, struct tombstone, (size_t)(d->tombstone_count + n));
    if (!out->courses || !out->tasks || !out->tombstones)
        return false;
    if (d->course_count)
        memcpy(out->courses, d->courses, (size_t)d->course_count * sizeof *d->courses);
    if (d->task_count)
        memcpy(out->tasks, d->tasks, (size_t)d->task_count * sizeof *d->tasks);
    return true;
}

static void put_item(void *items, int32_t *count, size_t size, struct id id, const void *entity)
{
    bool found;
    int32_t at = find_id(items, *count, size, id, &found);
    char *place = (char *)items + (size_t)at * size;
    if (!found) {
        memmove(place + size, place, (size_t)(*count - at) * size);
        ++*count;
    }
    memcpy(place, entity, size);
}

static bool delete_item(void *items, int32_t *count, size_t size, struct id id)
{
    bool found;
    int32_t at = find_id(items, *count, size, id, &found);
    if (!found)
        return false;
    char *place = (char *)items + (size_t)at * size;
    memmove(place, place + size, (size_t)(*count - at - 1) * size);
    --*count;
    return true;
}

static void apply_one(struct desk *out, const struct change *change, int64_t rev,
                      struct instant now)
{
    bool is_task = change->kind == ENTITY_TASK;
    void *items = is_task ? (void *)out->tasks : (void *)out->courses;
    int32_t *count = is_task ? &out->task_count : &out->course_count;
    size_t size = entity_table(change->kind)->size;

    if (entity_is_single(change->kind)) {
        assert(change->entity);
        void *single = change->kind == ENTITY_SETTINGS       ? (void *)&out->settings
                       : change->kind == ENTITY_AVAILABILITY ? (void *)&out->availability
                                                             : (void *)&out->plan;
        memcpy(single, change->entity, size);
        entity_set_version(change->kind, single, rev);
    } else if (change->entity) {
        put_item(items, count, size, change->id, change->entity);
        bool found;
        int32_t at = find_id(items, *count, size, change->id, &found);
        entity_set_version(change->kind, (char *)items + (size_t)at * size, rev);
    } else if (delete_item(items, count, size, change->id)) {
        out->tombstones[out->tombstone_count++] =
            (struct tombstone){.kind = change->kind, .id = change->id, .rev = rev, .at = now};
    }
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

static bool own_everything(struct desk *d, struct arena *a)
{
    bool ok = entity_copy(&settings_table, a, &d->settings, &d->settings) &&
              entity_copy(&availability_table, a, &d->availability, &d->availability) &&
              entity_copy(&plan_table, a, &d->plan, &d->plan);
    for (int32_t i = 0; ok && i < d->course_count; i++)
        ok = entity_copy(&course_table, a, &d->courses[i], &d->courses[i]);
    for (int32_t i = 0; ok && i < d->task_count; i++)
        ok = entity_copy(&task_table, a, &d->tasks[i], &d->tasks[i]);
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
    for (int32_t i = 0; i < d->course_count; i++)
        bytes += sizeof *d->courses + entity_extent(&course_table, &d->courses[i]);
    for (int32_t i = 0; i < d->task_count; i++)
        bytes += sizeof *d->tasks + entity_extent(&task_table, &d->tasks[i]);
    return bytes + (size_t)d->tombstone_count * sizeof *d->tombstones;
}
