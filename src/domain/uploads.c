/* The bytes of attachments: in, out, and away. */
#include "domain/attachments.h"

#include <string.h>

#include "domain/turns.h"

enum { PAGE = 256, SWEEP_MEMORY = 16 << 20 };

/* ---- in ---- */

int64_t upload_offset(const struct domain *d, const struct attachment *a)
{
    return d->spool.length(d->spool.self, a->key);
}

static enum status check_length(struct ctx *c, int64_t size, int64_t offset, int64_t length,
                                bool last)
{
    if (length < 0)
        return ST_OK;
    if (offset > size || length > size - offset)
        return fail_as(c, ST_TOO_LARGE, "?Content-Length", "too_much",
                       "more comes than the %lld bytes that were announced", (long long)size);
    if (last && length < size - offset)
        return fail_as(c, ST_INVALID, "?Content-Length", "incomplete",
                       "%lld bytes were announced, and this body ends at %lld", (long long)size,
                       (long long)offset + (long long)length);
    return ST_OK;
}

enum status upload_begin(struct ctx *c, const struct domain *d, const struct caller *caller,
                         const struct desk *desk, struct id id, int64_t offset, int64_t length,
                         bool last, struct upload *out)
{
    const struct attachment *a = attachment_find(desk, id);
    bool afresh = offset < 0;
    if (!a)
        return fail(c, ST_NOT_FOUND, "", "there is no such attachment");
    if (a->state == ATTACHMENT_READY)
        return fail_as(c, ST_CONFLICT, "", "complete",
                       "the file is there already: delete it and attach the other one");
    *out = (struct upload){.caller = *caller, .attachment = *a, .offset = afresh ? 0 : offset};
    enum status st = check_length(c, a->size, out->offset, length, last);
    int64_t here = afresh ? 0 : upload_offset(d, a);
    if (st == ST_OK && here == out->offset)
        st = d->spool.open(d->spool.self, c, a->key, a->size, afresh, &out->file, &here);
    if (st != ST_OK || here == out->offset)
        return st;
    upload_end(d, out);
    out->offset = here;
    return fail_as(c, ST_CONFLICT, "?Upload-Offset", "mismatching_upload_offset",
                   "%lld bytes are here: go on from there", (long long)here);
}

enum status upload_take(struct ctx *c, const struct domain *d, struct upload *u, struct str bytes)
{
    return d->spool.append(d->spool.self, c, u->file, bytes);
}

void upload_end(const struct domain *d, struct upload *u)
{
    d->spool.close(d->spool.self, u->file);
    u->file = NULL;
}

struct arrival {
    struct id id;
    struct digest key;
    struct digest sha256;
    struct str type;
};

static enum status decide_ready(struct edit *e, void *arg)
{
    const struct arrival *arrival = arg;
    const struct attachment *old = attachment_find(e->desk, arrival->id);
    if (!old || memcmp(&old->key, &arrival->key, sizeof old->key) != 0)
        return fail(e->c, ST_NOT_FOUND, "", "the attachment was deleted meanwhile");
    struct attachment *a = ARENA_NEW(e->c->arena, struct attachment);
    if (!a || !entity_copy(&attachment_table, e->c->arena, a, old))
        return fail_memory(e->c);
    a->state = ATTACHMENT_READY;
    a->type = arrival->type;
    a->sha256 = arrival->sha256;
    enum status st = edit_put(e, ENTITY_ATTACHMENT, a->id, a);
    return st == ST_OK ? edit_show(e, ENTITY_ATTACHMENT, a->id, a) : st;
}

/* Makes the file an object, and finds what there is to say of it. */
static enum status keep_file(struct ctx *c, const struct domain *d, struct upload *u,
                             struct digest *sha256, struct str *type)
{
    struct sealed_file sealed;
    enum status st = d->spool.seal(d->spool.self, c, u->file, &sealed);
    if (st == ST_OK)
        st = d->sniffer.type(d->sniffer.self, c, sealed.head, type);
    if (st == ST_OK)
        st = d->media.put(d->media.self, c, u->attachment.key, sealed.path);
    if (st == ST_OK)
        *sha256 = sealed.sha256;
    return st;
}

enum status upload_finish(struct ctx *c, const struct domain *d, struct upload *u,
                          struct op_result *out)
{
    struct arrival arrival = {.id = u->attachment.id, .key = u->attachment.key};
    enum status st = keep_file(c, d, u, &arrival.sha256, &arrival.type);
    if (st != ST_OK)
        return st;
    st = operation_run(c, d, &u->caller, NULL, decide_ready, &arrival, out);
    /* After any other failure it is not known whether the record points to it: the sweep will see.
     */
    if (st == ST_NOT_FOUND)
        attachment_files_remove(c, d, &arrival.key, 1);
    return st;
}

enum status upload_stage(struct ctx *c, const struct domain *d, struct attachment *a,
                         struct upload *out)
{
    int64_t here;
    random_fill(&d->random, a->key.bytes, sizeof a->key.bytes);
    *out = (struct upload){.attachment = *a};
    return d->spool.open(d->spool.self, c, a->key, a->size, true, &out->file, &here);
}

enum status upload_keep(struct ctx *c, const struct domain *d, struct upload *u,
                        struct attachment *a)
{
    enum status st = keep_file(c, d, u, &a->sha256, &a->type);
    a->state = ATTACHMENT_READY;
    a->trashed = INSTANT_NONE;
    return st;
}

/* ---- out ---- */

enum status attachment_open(struct ctx *c, const struct domain *d, const struct attachment *a,
                            int64_t offset, int64_t len, int *fd, bool *seekable)
{
    enum status st = d->media.open(d->media.self, c, a->key, offset, len, fd, seekable);
    if (st == ST_NOT_FOUND)
        return fail(c, ST_INTERNAL, "", "an attachment's file is missing or short");
    return st;
}

/* ---- away ---- */

enum status attachment_keys(struct ctx *c, const struct domain *d, struct id user,
                            struct digest **keys, int32_t *count)
{
    const struct desk *desk;
    struct ctx own = {.arena = c->arena};
    *count = 0;
    *keys = NULL;
    enum status st = store_get_desk(&own, d->store, user, &desk);
    if (st == ST_NOT_FOUND)
        return ST_OK;
    if (st != ST_OK)
        return fail(c, st, "", "the desk cannot be read");
    *keys = ARENA_ARRAY(c->arena, struct digest, (size_t)desk->attachment_count + 1);
    for (int32_t i = 0; *keys && i < desk->attachment_count; i++)
        (*keys)[(*count)++] = desk->attachments[i].key;
    store_release_desk(d->store, desk);
    return *keys ? ST_OK : fail_memory(c);
}

static enum status remove_file(struct ctx *c, const struct domain *d, struct digest key)
{
    enum status in_spool = d->spool.remove(d->spool.self, c, key);
    enum status in_media = d->media.remove(d->media.self, c, key);
    return in_media != ST_OK ? in_media : in_spool;
}

void attachment_files_remove(struct ctx *c, const struct domain *d, const struct digest *keys,
                             int32_t n)
{
    struct ctx own = {.arena = c->arena};
    for (int32_t i = 0; i < n; i++)
        (void)!remove_file(&own, d, keys[i]);
}

/* ---- the sweep ---- */

struct spent {
    struct id id;
    struct instant trashed_before;
    struct instant begun_before;
    struct digest key;
    bool gone;
};

static bool is_spent(const struct attachment *a, struct instant trashed_before,
                     struct instant begun_before)
{
    return (!instant_is_none(a->trashed) && a->trashed.ms < trashed_before.ms) ||
           (a->state == ATTACHMENT_UPLOADING && a->created.ms < begun_before.ms);
}

static enum status decide_spent(struct edit *e, void *arg)
{
    struct spent *spent = arg;
    const struct attachment *a = desk_attachment(e->desk, spent->id);
    spent->gone = a && is_spent(a, spent->trashed_before, spent->begun_before);
    if (!spent->gone)
        return ST_OK;
    spent->key = a->key;
    return edit_delete(e, ENTITY_ATTACHMENT, a->id);
}

/* One page of spent records; `*more`: there may be others. */
static enum status sweep_records(struct ctx *c, const struct domain *d, struct sweep_report *report,
                                 bool *more)
{
    struct instant now = clock_now(&d->clock);
    struct spent spent = {
        .trashed_before = {now.ms - (int64_t)TRASH_DAYS * DAY_MINUTES * MINUTE_MS},
        .begun_before = {now.ms - (int64_t)UPLOAD_HOURS * 60 * MINUTE_MS}};
    struct attachment_ref *refs;
    int32_t count = 0;
    *more = false;
    enum status st = store_spent_attachments(c, d->store, spent.trashed_before, spent.begun_before,
                                             PAGE, &refs, &count);
    if (st != ST_OK)
        return st;
    int64_t before = report->spent;
    for (int32_t i = 0; i < count; i++) {
        struct caller caller = {.user = refs[i].user, .kind = ACCOUNT_USER};
        struct op_result result;
        spent.id = refs[i].id;
        enum status one = operation_run(c, d, &caller, NULL, decide_spent, &spent, &result);
        if (one == ST_OK && spent.gone) {
            attachment_files_remove(c, d, &spent.key, 1);
            report->spent++;
        }
        st = one != ST_OK ? one : st;
    }
    *more = count == PAGE && report->spent > before;
    return st;
}

/* Removes those of the files that no record names. */
static enum status sweep_files(struct ctx *c, const struct domain *d, const struct digest *keys,
                               int32_t count, struct sweep_report *report)
{
    bool *used = ARENA_ARRAY(c->arena, bool, (size_t)count + 1);
    if (!used)
        return fail_memory(c);
    enum status st = store_media_used(c, d->store, keys, count, used);
    for (int32_t i = 0; st == ST_OK && i < count; i++) {
        if (used[i])
            continue;
        st = remove_file(c, d, keys[i]);
        report->orphans += st == ST_OK;
    }
    return st;
}

static enum status sweep_media(struct ctx *c, const struct domain *d, struct digest *after,
                               struct sweep_report *report, bool *more)
{
    struct digest *keys;
    int32_t count = 0;
    *more = false;
    if (!sweep_begin(d->turns))
        return ST_OK; /* the next sweep will see */
    enum status st = d->media.list(d->media.self, c, *after, PAGE, &keys, &count);
    if (st == ST_OK)
        st = sweep_files(c, d, keys, count, report);
    sweep_end(d->turns);
    *more = st == ST_OK && count == PAGE;
    if (count > 0)
        *after = keys[count - 1];
    return st;
}

static enum status sweep_spool(struct ctx *c, const struct domain *d, struct sweep_report *report)
{
    struct digest *keys;
    int32_t count;
    if (!sweep_begin(d->turns))
        return ST_OK;
    enum status st = d->spool.list(d->spool.self, c, PAGE * PAGE, &keys, &count);
    if (st == ST_OK)
        st = sweep_files(c, d, keys, count, report);
    sweep_end(d->turns);
    return st;
}

enum status attachments_sweep(struct ctx *c, const struct domain *d, struct sweep_report *out)
{
    struct arena arena;
    struct ctx own = {.arena = &arena};
    struct digest after = {{0}};
    bool more = true;
    *out = (struct sweep_report){0};
    arena_init(&arena, SWEEP_MEMORY);
    enum status records = ST_OK;
    while (more) {
        records = sweep_records(&own, d, out, &more);
        arena_reset(&arena);
    }
    enum status st = ST_OK;
    for (more = true; st == ST_OK && more;) {
        st = sweep_media(&own, d, &after, out, &more);
        arena_reset(&arena);
    }
    if (st == ST_OK)
        st = sweep_spool(&own, d, out);
    st = st != ST_OK ? st : records;
    if (st != ST_OK)
        (void)fail(c, st, "", "%s", own.fault_count ? own.faults[0].detail : status_name(st));
    arena_release(&arena);
    return st;
}
