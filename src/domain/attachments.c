#include "domain/attachments.h"

#include "domain/entity.h"

/* ---- how much ---- */

struct storage storage_used(const struct desk *desk)
{
    struct storage used = {0};
    for (int32_t i = 0; i < desk->attachment_count; i++) {
        const struct attachment *a = &desk->attachments[i];
        if (!instant_is_none(a->trashed))
            continue;
        used.files++;
        used.bytes += a->size;
    }
    return used;
}

struct storage storage_quota(enum account_kind kind, int32_t storage_mib)
{
    struct storage quota = kind == ACCOUNT_GUEST
                               ? (struct storage){ATTACHMENTS_MAX_GUEST, STORAGE_MAX_GUEST}
                               : (struct storage){ATTACHMENTS_MAX, STORAGE_MAX};
    if (storage_mib > 0)
        quota.bytes = (int64_t)storage_mib << 20;
    return quota;
}

int64_t attachment_size_max(enum account_kind kind)
{
    return kind == ACCOUNT_GUEST ? ATTACHMENT_SIZE_MAX_GUEST : ATTACHMENT_SIZE_MAX;
}

const struct attachment *attachment_find(const struct desk *desk, struct id id)
{
    const struct attachment *a = desk_attachment(desk, id);
    return a && instant_is_none(a->trashed) ? a : NULL;
}

static enum status not_found(struct ctx *c)
{
    return fail(c, ST_NOT_FOUND, "", "there is no such attachment");
}

static struct attachment *copy_of(struct edit *e, const struct attachment *a)
{
    struct attachment *copy = ARENA_NEW(e->c->arena, struct attachment);
    if (!copy || !entity_copy(&attachment_table, e->c->arena, copy, a)) {
        (void)fail_memory(e->c);
        return NULL;
    }
    return copy;
}

static enum status put_and_show(struct edit *e, struct attachment *a)
{
    enum status st = edit_put(e, ENTITY_ATTACHMENT, a->id, a);
    return st == ST_OK ? edit_show(e, ENTITY_ATTACHMENT, a->id, a) : st;
}

/* ---- announcing ---- */

/* An operation on one attachment, and the files that are without a record once it is committed. */
struct change_of {
    struct id task;
    struct id id;
    int64_t expected;
    struct attachment *entity;
    struct digest *dropped; /* room for the whole trash, or for one */
    int32_t dropped_count;
};

static enum status check_quota(struct edit *e, int64_t size)
{
    struct storage used = storage_used(e->desk);
    struct storage quota = storage_quota(e->caller->kind, e->caller->storage_mib);
    int32_t uploading = 0;
    for (int32_t i = 0; i < e->desk->attachment_count; i++)
        uploading += e->desk->attachments[i].state == ATTACHMENT_UPLOADING &&
                     instant_is_none(e->desk->attachments[i].trashed);
    if (used.files >= quota.files)
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "you have %d attachments, as many as there may be: delete some first",
                       used.files);
    if (size > quota.bytes - used.bytes)
        return fail_as(e->c, ST_CONFLICT, "/size", "quota",
                       "your files may take %lld MB together, and %lld MB are left: delete some "
                       "first",
                       (long long)(quota.bytes >> 20),
                       (long long)((quota.bytes - used.bytes) >> 20));
    if (size > 0 && uploading >= UPLOADS_MAX)
        return fail_as(e->c, ST_CONFLICT, "", "uploads",
                       "%d uploads are not finished: finish or delete some first", uploading);
    return ST_OK;
}

/* Index of what has been in the trash longest and is not gone; −1: nothing is. */
static int32_t oldest_in_trash(const struct desk *desk, const bool *gone)
{
    int32_t oldest = -1;
    for (int32_t i = 0; i < desk->attachment_count; i++) {
        struct instant trashed = desk->attachments[i].trashed;
        if (!instant_is_none(trashed) && !gone[i] &&
            (oldest < 0 || trashed.ms < desk->attachments[oldest].trashed.ms))
            oldest = i;
    }
    return oldest;
}

/* Files of the trash take the user's space only as long as nobody needs it. */
static enum status make_room(struct edit *e, struct change_of *change, int64_t size)
{
    struct storage quota = storage_quota(e->caller->kind, e->caller->storage_mib);
    int64_t bytes = size;
    int32_t trashed = 0;
    for (int32_t i = 0; i < e->desk->attachment_count; i++) {
        bytes += e->desk->attachments[i].size;
        trashed += !instant_is_none(e->desk->attachments[i].trashed);
    }
    bool *gone = ARENA_ARRAY(e->c->arena, bool, (size_t)e->desk->attachment_count + 1);
    enum status st = gone ? ST_OK : fail_memory(e->c);
    while (st == ST_OK && trashed > 0 && (bytes > quota.bytes || trashed > TRASHED_MAX)) {
        int32_t oldest = oldest_in_trash(e->desk, gone);
        const struct attachment *a = &e->desk->attachments[oldest];
        gone[oldest] = true;
        bytes -= a->size;
        trashed--;
        change->dropped[change->dropped_count++] = a->key;
        st = edit_delete(e, ENTITY_ATTACHMENT, a->id);
    }
    return st;
}

static enum status decide_create(struct edit *e, void *arg)
{
    struct change_of *change = arg;
    struct attachment *a = change->entity;
    bool exists;
    change->dropped_count = 0;
    change->dropped =
        ARENA_ARRAY(e->c->arena, struct digest, (size_t)e->desk->attachment_count + 1);
    if (!change->dropped)
        return fail_memory(e->c);
    if (!desk_task(e->desk, change->task))
        return fail(e->c, ST_NOT_FOUND, "", "there is no such task");
    enum status st = entity_claim_id(e, ENTITY_ATTACHMENT, a, &exists);
    if (st == ST_OK && exists) {
        const struct attachment *there = desk_attachment(e->desk, a->id);
        if (!id_eq(there->task_id, change->task))
            return fail_as(e->c, ST_CONFLICT, "id", "id_in_use", "this id is in use");
        e->outcome = OP_EXISTED;
        return edit_show(e, ENTITY_ATTACHMENT, a->id, there);
    }
    if (st == ST_OK)
        st = require_visible(e->c, "name", a->name);
    if (st == ST_OK && a->size > attachment_size_max(e->caller->kind))
        st = fail_as(e->c, ST_TOO_LARGE, "size", "too_large", "a file may have %lld MB at most",
                     (long long)(attachment_size_max(e->caller->kind) >> 20));
    if (st == ST_OK)
        st = check_quota(e, a->size);
    if (st == ST_OK)
        st = make_room(e, change, a->size);
    if (st != ST_OK)
        return st;
    a->task_id = change->task;
    a->type = STR_NONE;
    a->state = ATTACHMENT_UPLOADING;
    a->created = e->now;
    a->trashed = INSTANT_NONE;
    random_fill(&e->domain->random, a->key.bytes, sizeof a->key.bytes);
    e->outcome = OP_CREATED;
    return put_and_show(e, a);
}

enum status attachment_create(struct ctx *c, const struct domain *d, const struct caller *caller,
                              const struct op_key *key, struct id task, struct attachment *a,
                              struct op_result *out)
{
    struct change_of change = {.task = task, .entity = a};
    enum status st = operation_run(c, d, caller, key, decide_create, &change, out);
    if (st == ST_OK && !out->repeated)
        attachment_files_remove(c, d, change.dropped, change.dropped_count);
    return st;
}

/* ---- the trash ---- */

static enum status decide_delete(struct edit *e, void *arg)
{
    struct change_of *change = arg;
    const struct attachment *a = attachment_find(e->desk, change->id);
    change->dropped_count = 0;
    if (!a || !id_eq(a->task_id, change->task))
        return not_found(e->c);
    enum status st = edit_check_version(e, ENTITY_ATTACHMENT, a, change->expected);
    if (st != ST_OK)
        return st;
    if (a->state == ATTACHMENT_UPLOADING) {
        change->dropped[change->dropped_count++] = a->key;
        return edit_delete(e, ENTITY_ATTACHMENT, a->id);
    }
    struct attachment *copy = copy_of(e, a);
    if (!copy)
        return ST_UNAVAILABLE;
    copy->trashed = e->now;
    return edit_put(e, ENTITY_ATTACHMENT, copy->id, copy);
}

enum status attachment_delete(struct ctx *c, const struct domain *d, const struct caller *caller,
                              const struct op_key *key, struct id task, struct id id,
                              int64_t expected, struct op_result *out)
{
    struct digest dropped;
    struct change_of change = {.task = task, .id = id, .expected = expected, .dropped = &dropped};
    enum status st = operation_run(c, d, caller, key, decide_delete, &change, out);
    if (st == ST_OK && !out->repeated)
        attachment_files_remove(c, d, change.dropped, change.dropped_count);
    return st;
}

/* Out of the trash and onto a task, if there is room for it beside what is `used`. */
static enum status leave_trash(struct edit *e, const struct attachment *a, struct id task,
                               struct storage *used, struct attachment **out)
{
    struct storage quota = storage_quota(e->caller->kind, e->caller->storage_mib);
    if (used->files >= quota.files)
        return fail_as(e->c, ST_CONFLICT, "", "quota", "there may be %d attachments at most",
                       quota.files);
    if (a->size > quota.bytes - used->bytes)
        return fail_as(e->c, ST_CONFLICT, "", "quota",
                       "your files may take %lld MB together: delete some first",
                       (long long)(quota.bytes >> 20));
    used->files++;
    used->bytes += a->size;
    *out = copy_of(e, a);
    if (!*out)
        return ST_UNAVAILABLE;
    (*out)->trashed = INSTANT_NONE;
    (*out)->task_id = task;
    return edit_put(e, ENTITY_ATTACHMENT, a->id, *out);
}

static enum status decide_restore(struct edit *e, void *arg)
{
    const struct change_of *change = arg;
    const struct attachment *a = desk_attachment(e->desk, change->id);
    if (!a || !desk_task(e->desk, change->task))
        return not_found(e->c);
    bool in_trash = !instant_is_none(a->trashed);
    if (!in_trash && !id_eq(a->task_id, change->task))
        return not_found(e->c);
    if (!in_trash)
        return edit_show(e, ENTITY_ATTACHMENT, a->id, a);
    struct storage used = storage_used(e->desk);
    struct attachment *copy;
    enum status st = leave_trash(e, a, change->task, &used, &copy);
    return st == ST_OK ? edit_show(e, ENTITY_ATTACHMENT, a->id, copy) : st;
}

enum status attachment_restore(struct ctx *c, const struct domain *d, const struct caller *caller,
                               const struct op_key *key, struct id task, struct id id,
                               struct op_result *out)
{
    struct change_of change = {.task = task, .id = id};
    return operation_run(c, d, caller, key, decide_restore, &change, out);
}

static bool deletes_task(const struct edit *e, int32_t changes, struct id task)
{
    for (int32_t i = 0; i < changes; i++)
        if (e->changes[i].kind == ENTITY_TASK && !e->changes[i].entity &&
            id_eq(e->changes[i].id, task))
            return true;
    return false;
}

enum status attachments_follow_tasks(struct edit *e)
{
    const int32_t changes = e->change_count;
    enum status st = ST_OK;
    for (int32_t i = 0; st == ST_OK && i < e->desk->attachment_count; i++) {
        const struct attachment *a = &e->desk->attachments[i];
        if (!instant_is_none(a->trashed) || !deletes_task(e, changes, a->task_id))
            continue;
        struct attachment *copy = copy_of(e, a);
        if (!copy)
            return ST_UNAVAILABLE;
        copy->trashed = e->now;
        st = edit_put(e, ENTITY_ATTACHMENT, copy->id, copy);
    }
    return st;
}

enum status attachments_come_back(struct edit *e, struct id task, int64_t rev, struct storage *used)
{
    enum status st = ST_OK;
    struct attachment *back;
    for (int32_t i = 0; st == ST_OK && i < e->desk->attachment_count; i++) {
        const struct attachment *a = &e->desk->attachments[i];
        if (!instant_is_none(a->trashed) && a->version == rev && id_eq(a->task_id, task))
            st = leave_trash(e, a, task, used, &back);
    }
    return st;
}
