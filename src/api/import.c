/*
 * POST /me/import: an archive of /me/export, added to the desk. It comes as files do, through a
 * sink onto the disk. Whether all of it can be read and has room is seen before anything is taken;
 * then its files are kept, without records, and one commit takes everything, the records too: all
 * or nothing, whatever fails in between. Ids are kept, so that twice is once.
 */
#include <stdatomic.h>
#include <string.h>

#include "api/api.h"
#include "api/forms.h"
#include "api/problem.h"
#include "api/state.h"
#include "base/arena.h"
#include "domain/attachments.h"
#include "domain/audit.h"
#include "domain/take.h"
#include "domain/turns.h"

enum {
    /* JSON that is mostly text takes a few times its length to be read; what is all brackets takes
     * twelve times, and is refused where it is that long. */
    IMPORT_MEMORY = 400 << 20,
    IMPORT_RETRY_S = 5,
    ITEMS_MAX = 20000, /* of a kind; the desk's own limits are lower */
    PIECE = 64 << 10
};

/* An archive on its way; in the exchange's arena, kept in request->user. */
struct import_call {
    struct call call;
    struct archive_file *file;
    int64_t len; /* that came */
    struct take_result result;
    struct import_count files; /* what becomes of files is counted here where it is seen first */
    int32_t missing;           /* files that the archive speaks of and does not hold */
    /* Records of files that are kept already; those that are not committed are removed. */
    struct attachment *staged;
    int32_t staged_count;
};

/* The file's content. Kinds lie at their numbers; those in between are not used. */
struct document {
    struct str format;
    int32_t version;
    struct instant made;
    struct str email;
    struct list missing_files; /* ids of those that the export could not read */
    struct object single[ENTITY_KINDS];
    struct list list[ENTITY_KINDS];
};

/* Kinds whose entities are taken as they stand there. Files need their bytes; links to the plan are
 * secrets of the account that made them. */
static bool is_taken_as_it_is(enum entity_kind kind)
{
    return kind != ENTITY_ATTACHMENT && kind != ENTITY_CALENDAR_LINK;
}

/* A row for each kind under its name, as the export writes it. */
static int32_t make_rows(struct field rows[FIELDS_MAX])
{
    int32_t n = 0;
    rows[n++] = (struct field){.name = "format",
                               .flags = F_REQUIRED,
                               .max = 32,
                               .offset = offsetof(struct document, format),
                               .kind = KIND_STR};
    rows[n++] = (struct field){.name = "version",
                               .flags = F_REQUIRED,
                               .min = 1,
                               .max = 1,
                               .offset = offsetof(struct document, version),
                               .kind = KIND_I32};
    rows[n++] = (struct field){
        .name = "made", .offset = offsetof(struct document, made), .kind = KIND_INSTANT};
    rows[n++] = (struct field){.name = "email",
                               .flags = F_NULLABLE,
                               .max = 254,
                               .offset = offsetof(struct document, email),
                               .kind = KIND_STR};
    rows[n++] = (struct field){.name = "missing_files",
                               .max = ATTACHMENTS_MAX,
                               .offset = offsetof(struct document, missing_files),
                               .kind = KIND_LIST};
    for (enum entity_kind kind = ENTITY_SETTINGS; kind < ENTITY_KINDS; kind++) {
        const struct table *t = entity_table(kind);
        struct field row = {.of = t, .max = ITEMS_MAX};
        if (!t)
            continue;
        row.name = t->name;
        row.kind = entity_is_single(kind) ? KIND_OBJECT : KIND_LIST;
        row.offset = entity_is_single(kind)
                         ? offsetof(struct document, single) + kind * sizeof(struct object)
                         : offsetof(struct document, list) + kind * sizeof(struct list);
        rows[n++] = row;
    }
    return n;
}

static int compare_ids(const void *a, const void *b)
{
    return id_cmp(*(const struct id *)a, *(const struct id *)b);
}

/* By id, as on a desk; each once. */
static enum status order(struct ctx *c, struct list list, const struct table *t)
{
    const char *items = list.items;
    if (list.count > 0)
        qsort(list.items, (size_t)list.count, t->size, compare_ids);
    for (int32_t i = 0; i < list.count; i++) {
        const struct id *id = (const struct id *)(const void *)(items + (size_t)i * t->size);
        if (!id_is_v7(*id) || (i > 0 && compare_ids(items + (size_t)(i - 1) * t->size, id) == 0))
            return fail_as(c, ST_INVALID, t->name, "id", "each needs an id of its own, a UUIDv7");
    }
    return ST_OK;
}

/* A timer that ran when the archive was made measures nothing any more. */
static void drop_timer(struct list *works)
{
    struct work_entry *w = works->items;
    int32_t kept = 0;
    for (int32_t i = 0; i < works->count; i++)
        if (w[i].state == WORK_DONE)
            w[kept++] = w[i];
    works->count = kept;
}

static enum status make_desk(struct ctx *c, struct document *doc, struct id user, struct desk *out)
{
    enum status st = ST_OK;
    desk_init(out, user);
    if (!str_eq(doc->format, STR_LIT("studybunny")))
        return fail_as(c, ST_INVALID, "format", "format", "this is no export of StudyBunny");
    if (doc->single[ENTITY_SETTINGS].at)
        out->settings = *(const struct settings *)doc->single[ENTITY_SETTINGS].at;
    if (doc->single[ENTITY_AVAILABILITY].at)
        out->availability = *(const struct availability *)doc->single[ENTITY_AVAILABILITY].at;
    if (doc->single[ENTITY_PLAN].at)
        out->plan = *(const struct plan *)doc->single[ENTITY_PLAN].at;
    for (enum entity_kind kind = ENTITY_FIRST_LIST; st == ST_OK && kind < ENTITY_KINDS;
         kind = entity_next_list(kind)) {
        if (!is_taken_as_it_is(kind))
            continue;
        if (kind == ENTITY_WORK)
            drop_timer(&doc->list[kind]);
        st = order(c, doc->list[kind], entity_table(kind));
        desk_set_list(out, kind, doc->list[kind]);
    }
    return st;
}

/* ---- files ---- */

/* The record of a file of the archive; NULL: it has none. */
static const struct attachment *record_of(const struct document *doc, const char *name)
{
    const struct list list = doc->list[ENTITY_ATTACHMENT];
    const struct attachment *all = list.items;
    const size_t start = sizeof FILES_PREFIX - 1;
    struct id id;
    if (strncmp(name, FILES_PREFIX, start) != 0 || strlen(name) < start + ID_TEXT_LEN ||
        !id_parse((struct str){name + start, ID_TEXT_LEN}, &id))
        return NULL;
    for (int32_t i = 0; i < list.count; i++)
        if (id_eq(all[i].id, id) && all[i].state == ATTACHMENT_READY &&
            instant_is_none(all[i].trashed))
            return &all[i];
    return NULL;
}

/* Reads the present file of the archive, into an upload if there is one. */
static enum status read_file(struct ctx *c, struct import_call *u, struct upload *upload,
                             int64_t *size)
{
    const struct archives *port = &u->call.domain->archives;
    struct arena_mark mark = arena_mark(c->arena);
    char *piece = arena_raw(c->arena, PIECE);
    size_t n = 1;
    enum status st = piece ? ST_OK : fail_memory(c);
    *size = 0;
    while (st == ST_OK && n > 0) {
        st = port->read(port->self, c, u->file, piece, PIECE, &n);
        *size += (int64_t)n;
        if (st == ST_OK && n > 0 && upload)
            st = upload_take(c, u->call.domain, upload, (struct str){piece, n});
    }
    arena_rewind(c->arena, mark);
    return st;
}

static enum status check_size(struct ctx *c, const struct call *call, const struct attachment *a,
                              int64_t size)
{
    if (size != a->size)
        return fail_as(c, ST_INVALID, "", "archive", "a file has %lld bytes and should have %lld",
                       (long long)size, (long long)a->size);
    if (size > attachment_size_max(call->caller.kind))
        return fail_as(c, ST_CONFLICT, "", "quota", "a file may have %lld MB at most",
                       (long long)(attachment_size_max(call->caller.kind) >> 20));
    return ST_OK;
}

static enum status check_room(struct ctx *c, const struct caller *caller, const struct desk *desk,
                              struct storage more)
{
    struct storage used = storage_used(desk);
    struct storage quota = storage_quota(caller->kind, caller->storage_mib);
    if (used.files + more.files <= quota.files && used.bytes + more.bytes <= quota.bytes)
        return ST_OK;
    return fail_as(c, ST_CONFLICT, "", "quota",
                   "together there would be %lld MB in %d files, and there may be %lld MB in %d",
                   (long long)((used.bytes + more.bytes) >> 20), used.files + more.files,
                   (long long)(quota.bytes >> 20), quota.files);
}

/* What to do with each file of the archive: by the place of its record. */
struct found {
    bool seen;
    bool wanted;
};

static bool is_wanted(struct import_call *u, const struct desk *desk, const struct attachment *a)
{
    const struct attachment *here = desk_attachment(desk, a->id);
    if (desk_was_deleted(desk, ENTITY_ATTACHMENT, a->id) ||
        desk_was_deleted(desk, ENTITY_TASK, a->task_id) ||
        (here && !instant_is_none(here->trashed)))
        u->files.deleted++;
    else if (here)
        u->files.there++;
    else
        return true;
    return false;
}

static int32_t expected_files(const struct document *doc)
{
    const struct attachment *all = doc->list[ENTITY_ATTACHMENT].items;
    int32_t n = 0;
    for (int32_t i = 0; i < doc->list[ENTITY_ATTACHMENT].count; i++)
        n += all[i].state == ATTACHMENT_READY && instant_is_none(all[i].trashed);
    return n;
}

/* Everything in the archive can be read, and there is room for it. */
static enum status check_files(struct ctx *c, struct import_call *u, const struct document *doc,
                               struct found *found)
{
    const struct archives *port = &u->call.domain->archives;
    const struct attachment *all = doc->list[ENTITY_ATTACHMENT].items;
    struct storage more = {0};
    const struct desk *desk;
    const char *name;
    enum status st = store_get_desk(c, u->call.domain->store, u->call.caller.user, &desk);
    if (st != ST_OK)
        return st;
    u->missing = expected_files(doc);
    st = port->rewind(port->self, c, u->file);
    while (st == ST_OK && (st = port->next(port->self, c, u->file, &name)) == ST_OK) {
        const struct attachment *a = record_of(doc, name);
        int64_t size;
        st = read_file(c, u, NULL, &size);
        if (st != ST_OK || !a || found[a - all].seen)
            continue;
        st = check_size(c, &u->call, a, size);
        found[a - all].seen = true;
        found[a - all].wanted = is_wanted(u, desk, a);
        u->missing--;
        more.files += found[a - all].wanted;
        more.bytes += found[a - all].wanted ? size : 0;
    }
    if (st == ST_NOT_FOUND)
        st = check_room(c, &u->call.caller, desk, more);
    store_release_desk(u->call.domain->store, desk);
    return st;
}

/* Keeps the present file of the archive; its record waits for the commit. */
static enum status stage_file(struct ctx *c, struct import_call *u, const struct attachment *theirs)
{
    const struct domain *d = u->call.domain;
    struct attachment *a = &u->staged[u->staged_count];
    struct upload upload;
    int64_t size;
    *a = *theirs;
    enum status st = upload_stage(c, d, a, &upload);
    if (st != ST_OK)
        return st;
    u->staged_count++;
    st = read_file(c, u, &upload, &size);
    if (st == ST_OK)
        st = upload_keep(c, d, &upload, a);
    upload_end(d, &upload);
    return st;
}

static enum status stage_files(struct ctx *c, struct import_call *u, const struct document *doc,
                               struct found *found)
{
    const struct archives *port = &u->call.domain->archives;
    const struct attachment *all = doc->list[ENTITY_ATTACHMENT].items;
    const char *name;
    enum status st = port->rewind(port->self, c, u->file);
    while (st == ST_OK && (st = port->next(port->self, c, u->file, &name)) == ST_OK) {
        const struct attachment *a = record_of(doc, name);
        if (!a || !found[a - all].wanted)
            continue;
        found[a - all].wanted = false; /* once, should it stand there twice */
        st = stage_file(c, u, a);
    }
    return st == ST_NOT_FOUND ? ST_OK : st;
}

/* Removes files that no record came to name. After a commit that failed it is not known whether it
 * took place: then the sweep will see. */
static void drop_staged(struct ctx *c, struct import_call *u)
{
    const struct domain *d = u->call.domain;
    const struct desk *desk;
    struct ctx own = {.arena = c->arena};
    if (u->staged_count == 0 || store_get_desk(&own, d->store, u->call.caller.user, &desk) != ST_OK)
        return;
    for (int32_t i = 0; i < u->staged_count; i++) {
        const struct attachment *here = desk_attachment(desk, u->staged[i].id);
        if (!here || memcmp(&here->key, &u->staged[i].key, sizeof here->key) != 0)
            attachment_files_remove(c, d, &u->staged[i].key, 1);
    }
    store_release_desk(d->store, desk);
}

/* ---- all of it ---- */

static enum status read_document(struct import_call *u, struct ctx *c, struct document *doc)
{
    const struct archives *port = &u->call.domain->archives;
    struct field rows[FIELDS_MAX];
    const struct table table = {.name = "export",
                                .size = sizeof(struct document),
                                .fields = rows,
                                .count = make_rows(rows)};
    struct str json;
    enum status st = port->find(port->self, c, u->file, "studybunny.json", ARCHIVE_JSON_MAX, &json);
    return st == ST_OK ? json_read(c, json, &table, JSON_IMPORT, doc, NULL) : st;
}

static enum status take_all(struct import_call *u, struct ctx *c, const struct document *doc,
                            struct desk *desk)
{
    const size_t files = (size_t)doc->list[ENTITY_ATTACHMENT].count + 1;
    struct found *found = ARENA_ARRAY(c->arena, struct found, files);
    u->staged = ARENA_ARRAY(c->arena, struct attachment, files);
    if (!found || !u->staged)
        return fail_memory(c);
    enum status st = check_files(c, u, doc, found);
    if (st == ST_OK)
        st = stage_files(c, u, doc, found);
    if (st == ST_OK)
        st = order(c, (struct list){u->staged, u->staged_count}, &attachment_table);
    desk_set_list(desk, ENTITY_ATTACHMENT, (struct list){u->staged, u->staged_count});
    if (st == ST_OK)
        st = desk_take(c, u->call.domain, &u->call.caller, NULL, desk, &u->result);
    drop_staged(c, u);
    return st;
}

static enum status take(struct import_call *u, struct ctx *c)
{
    struct document doc = {0};
    struct desk desk;
    enum status st = read_document(u, c, &doc);
    if (st == ST_OK)
        st = make_desk(c, &doc, u->call.caller.user, &desk);
    if (st != ST_OK)
        return st;
    files_hold(u->call.domain->turns);
    st = take_all(u, c, &doc, &desk);
    files_let_go(u->call.domain->turns);
    return st;
}

static enum status answer(struct import_call *u)
{
    struct import_count counts[ENTITY_KINDS];
    const struct take_result *r = &u->result;
    for (int i = 0; i < ENTITY_KINDS; i++)
        counts[i] = (struct import_count){r->added[i], r->there[i], r->deleted[i]};
    counts[ENTITY_ATTACHMENT].there += u->files.there;
    counts[ENTITY_ATTACHMENT].deleted += u->files.deleted;
    const struct import_report report = {.courses = {&counts[ENTITY_COURSE]},
                                         .tasks = {&counts[ENTITY_TASK]},
                                         .events = {&counts[ENTITY_EVENT]},
                                         .work = {&counts[ENTITY_WORK]},
                                         .calendars = {&counts[ENTITY_FEED]},
                                         .files = {&counts[ENTITY_ATTACHMENT]},
                                         .files_missing = u->missing,
                                         .settings = r->added[ENTITY_SETTINGS] > 0,
                                         .availability = r->added[ENTITY_AVAILABILITY] > 0};
    return reply_entity(&u->call, 200, &import_report_table, &report);
}

/* It takes much memory for a short time: one at a time. */
static enum status import(struct import_call *u)
{
    static atomic_flag importing = ATOMIC_FLAG_INIT;
    struct call *call = &u->call;
    struct arena arena;
    if (atomic_flag_test_and_set(&importing)) {
        call->c->retry_after_s = IMPORT_RETRY_S;
        return fail(call->c, ST_UNAVAILABLE, "", "another archive is being read");
    }
    arena_init(&arena, IMPORT_MEMORY);
    struct arena *request = call->c->arena;
    call->c->arena = &arena;
    enum status st = take(u, call->c);
    call->c->arena = request;
    arena_release(&arena);
    atomic_flag_clear(&importing);
    if (st != ST_OK)
        return st;
    audit_note(call->c, call->domain, call->caller.user, AUDIT_IMPORTED, AUDIT_BY_OWNER,
               &call->caller.from);
    return answer(u);
}

/* What an account may have, it can export, and that can come back. */
static enum status check_length(struct import_call *u, int64_t len)
{
    const struct caller *caller = &u->call.caller;
    int64_t most =
        storage_quota(caller->kind, caller->storage_mib).bytes + (int64_t)ARCHIVE_WRITTEN_MAX;
    if (len <= most)
        return ST_OK;
    return fail_as(u->call.c, ST_TOO_LARGE, "", "too_large",
                   "an archive for this account may have %lld MB at most", (long long)(most >> 20));
}

static bool import_head(struct request *request, struct response *response)
{
    struct import_call *u = ARENA_NEW(request->ctx->arena, struct import_call);
    if (!u) {
        problem_write(request, response, fail_memory(request->ctx));
        return false;
    }
    call_begin(&u->call, request, response);
    enum status st = call_open(&u->call);
    if (st != ST_OK)
        return call_refuse(&u->call, st);
    struct str type = request_header(request, "Content-Type");
    if (!str_eq_nocase(str_trim(str_cut(&type, ';')), STR_LIT("application/zip"))) {
        response_problem(request, response, 415, "content_type",
                         "send the archive as application/zip");
        return false;
    }
    const struct archives *port = &u->call.domain->archives;
    st = check_length(u, call_content_length(request));
    if (st == ST_OK)
        st = port->receive(port->self, u->call.c, &u->file);
    request->user = u;
    return st == ST_OK || call_refuse(&u->call, st);
}

static bool import_piece(struct request *request, struct response *response, struct str piece)
{
    struct import_call *u = request->user;
    const struct archives *port = &u->call.domain->archives;
    (void)response;
    u->len += (int64_t)piece.len;
    enum status st = check_length(u, u->len);
    if (st == ST_OK)
        st = port->take(port->self, u->call.c, u->file, piece);
    return st == ST_OK || call_refuse(&u->call, st);
}

static void import_close(struct request *request)
{
    struct import_call *u = request->user;
    const struct archives *port = &u->call.domain->archives;
    port->drop(port->self, u->file);
}

const struct body_sink import_sink = {
    .begin = import_head, .take = import_piece, .end = import_close};

void api_import(struct request *request, struct response *response)
{
    struct import_call *u = request->user;
    (void)response;
    enum status st = import(u);
    if (st != ST_OK)
        (void)call_refuse(&u->call, st);
}

/* The table's row is answered by api_import. */
enum status post_import(struct call *call)
{
    return fail(call->c, ST_INTERNAL, "", "archives go to a sink");
}
