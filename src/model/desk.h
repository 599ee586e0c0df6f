/*
 * The desk: everything of one student that is read and changed together, and its revision.
 *
 * A desk is a snapshot: once built it is never changed, so threads read it without locks. A change
 * is described by a list of `struct change`, applied all or nothing; it gives a new desk with a
 * higher revision. Every entity's version is the revision of its last change. `rev` is also the
 * cursor of /changes, the key of caches and the position of a backup.
 *
 * Deleted things leave tombstones for TOMBSTONE_DAYS, TOMBSTONES_MAX at most, so that other devices
 * learn of it. One that is put again, as what a deletion is taken back does, loses its tombstone.
 */
#ifndef MODEL_DESK_H
#define MODEL_DESK_H

#include "model/attachment.h"
#include "model/availability.h"
#include "model/calendar_link.h"
#include "model/course.h"
#include "model/event.h"
#include "model/feed.h"
#include "model/former_plan.h"
#include "model/notification.h"
#include "model/plan.h"
#include "model/settings.h"
#include "model/task.h"
#include "model/work.h"

/* What lies on a desk. The numbers are stored: never reuse one. */
enum entity_kind {
    ENTITY_SETTINGS = 1,
    ENTITY_AVAILABILITY = 2,
    ENTITY_PLAN = 3,
    ENTITY_COURSE = 4,
    ENTITY_TASK = 5,
    ENTITY_EVENT = 6,
    ENTITY_WORK = 7,
    ENTITY_ATTACHMENT = 8,
    ENTITY_FEED = 9,
    ENTITY_FEED_ITEM = 10,
    ENTITY_CALENDAR_LINK = 11,
    ENTITY_NOTIFICATION_MARK = 12,
    ENTITY_FORMER_PLAN = 13,
    ENTITY_KINDS,
    ENTITY_FIRST_LIST = ENTITY_COURSE /* from here on each has an id */
};

enum {
    TOMBSTONE_DAYS = 90,
    TOMBSTONES_MAX = 20000 /* of a desk; the oldest are forgotten before their time */
};

struct tombstone {
    unsigned kind; /* enum entity_kind */
    struct id id;
    int64_t rev; /* of the deletion */
    struct instant at;
};

struct desk {
    struct id user;
    int64_t rev;
    int64_t
        oldest_cursor; /* /changes before this revision cannot be answered: tombstones are gone */
    struct settings settings;
    struct availability availability;
    struct plan plan;
    struct course *courses; /* by id */
    int32_t course_count;
    struct task *tasks; /* by id, all states */
    int32_t task_count;
    struct event *events; /* by id */
    int32_t event_count;
    struct work_entry *works; /* by id: the log, and the entry that runs */
    int32_t work_count;
    struct attachment *attachments; /* by id, those in the trash too */
    int32_t attachment_count;
    struct feed *feeds; /* by id */
    int32_t feed_count;
    struct feed_item *feed_items; /* by id */
    int32_t feed_item_count;
    struct calendar_link *calendar_links; /* by id */
    int32_t calendar_link_count;
    struct notification_mark *notification_marks; /* by id */
    int32_t notification_mark_count;
    struct former_plan *former_plans; /* by id: the oldest first */
    int32_t former_plan_count;
    struct tombstone *tombstones; /* by rev */
    int32_t tombstone_count;
};

/* One thing put (entity of its kind's table, complete, version ignored) or deleted (entity NULL).
 * `id` is none for settings, availability and plan, which cannot be deleted. */
struct change {
    enum entity_kind kind;
    struct id id;
    const void *entity;
};

/* The table of a kind; NULL: the number is not in use. */
const struct table *entity_table(enum entity_kind kind);

/* Whether a kind exists once per desk (no id). */
bool entity_is_single(enum entity_kind kind);

/* The next kind in use after this one whose entities have ids; ENTITY_KINDS: there is none. */
enum entity_kind entity_next_list(enum entity_kind kind);

/* The version stored in an entity. */
int64_t entity_version(enum entity_kind kind, const void *entity);
void entity_set_version(enum entity_kind kind, void *entity, int64_t version);

/* A new desk without tasks, with default settings, at revision 0. */
void desk_init(struct desk *d, struct id user);

/* By id, or NULL. */
const struct task *desk_task(const struct desk *d, struct id id);
const struct course *desk_course(const struct desk *d, struct id id);
const struct attachment *desk_attachment(const struct desk *d, struct id id);
const struct event *desk_event(const struct desk *d, struct id id);
const struct work_entry *desk_work(const struct desk *d, struct id id);
const struct feed *desk_feed(const struct desk *d, struct id id);
const struct feed_item *desk_feed_item(const struct desk *d, struct id id);
const struct notification_mark *desk_notification_mark(const struct desk *d, struct id id);
const struct former_plan *desk_former_plan(const struct desk *d, struct id id);

/* All entities of a kind with ids, by id; and the same laid in their place. */
struct list desk_list(const struct desk *d, enum entity_kind kind);
void desk_set_list(struct desk *d, enum entity_kind kind, struct list list);

/* Any entity by kind and id (none for single kinds); NULL when it is not there. */
const void *desk_entity(const struct desk *d, enum entity_kind kind, struct id id);

/* Whether this id was deleted and is remembered: such ids are not used again. */
bool desk_was_deleted(const struct desk *d, enum entity_kind kind, struct id id);

/* The revision that deleted it; 0: none that is remembered. */
int64_t desk_deleted_in(const struct desk *d, enum entity_kind kind, struct id id);

/* Builds into `*out` the desk after `changes` with revision `rev` (> d->rev), everything copied
 * into `a`, versions of what changed set to `rev`, tombstones of `now` added, those older than
 * TOMBSTONE_DAYS or too many removed. Deleting what is not there changes nothing. False when memory
 * is out. */
bool desk_apply(const struct desk *d, const struct change *changes, int32_t n, int64_t rev,
                struct instant now, struct arena *a, struct desk *out);

/* The same for a look ahead: texts and lists stay those of `d` and `changes`, which must outlive
 * `*out`. */
bool desk_preview(const struct desk *d, const struct change *changes, int32_t n, int64_t rev,
                  struct instant now, struct arena *a, struct desk *out);

/* Bytes a copy of the desk takes, about. */
size_t desk_extent(const struct desk *d);

extern const struct table tombstone_table;

#endif
