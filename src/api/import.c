/* POST /me/import: an archive of /me/export, added to the desk. */
#include <stdatomic.h>

#include "api/api.h"
#include "api/forms.h"
#include "base/arena.h"
#include "domain/audit.h"
#include "domain/take.h"

enum {
    IMPORT_JSON_MAX = 16 << 20,
    IMPORT_MEMORY = 400 << 20, /* reading JSON takes about twelve times its length */
    IMPORT_RETRY_S = 5,
    ITEMS_MAX = 20000 /* of a kind; the desk's own limits are lower */
};

/* The file's content. Kinds lie at their numbers; those in between are not used. */
struct document {
    struct str format;
    int32_t version;
    struct instant made;
    struct str email;
    struct object single[ENTITY_KINDS];
    struct list list[ENTITY_KINDS];
};

/* Only these are taken: the bytes of others would be missing. */
static const enum entity_kind taken_kinds[] = {ENTITY_COURSE, ENTITY_TASK, ENTITY_EVENT,
                                               ENTITY_WORK, ENTITY_NOTIFICATION_MARK};

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
    for (size_t i = 0; st == ST_OK && i < sizeof taken_kinds / sizeof taken_kinds[0]; i++) {
        enum entity_kind kind = taken_kinds[i];
        if (kind == ENTITY_WORK)
            drop_timer(&doc->list[kind]);
        st = order(c, doc->list[kind], entity_table(kind));
        desk_set_list(out, kind, doc->list[kind]);
    }
    return st;
}

static enum status take(struct call *call, struct ctx *own, struct take_result *result)
{
    const struct archives *port = &call->domain->archives;
    struct field rows[FIELDS_MAX];
    const struct table table = {.name = "export",
                                .size = sizeof(struct document),
                                .fields = rows,
                                .count = make_rows(rows)};
    struct document doc = {0};
    struct desk desk;
    struct str json;
    enum status st =
        port->find(port->self, own, call->request->body, "studybunny.json", IMPORT_JSON_MAX, &json);
    if (st == ST_OK)
        st = json_read(own, json, &table, JSON_IMPORT, &doc, NULL);
    if (st == ST_OK)
        st = make_desk(own, &doc, call->caller.user, &desk);
    return st == ST_OK ? desk_take(own, call->domain, &call->caller, NULL, &desk, result) : st;
}

static enum status answer(struct call *call, const struct take_result *r)
{
    struct import_count counts[ENTITY_KINDS];
    for (int i = 0; i < ENTITY_KINDS; i++)
        counts[i] = (struct import_count){r->added[i], r->there[i], r->deleted[i]};
    const struct import_report report = {.courses = {&counts[ENTITY_COURSE]},
                                         .tasks = {&counts[ENTITY_TASK]},
                                         .events = {&counts[ENTITY_EVENT]},
                                         .work = {&counts[ENTITY_WORK]},
                                         .settings = r->added[ENTITY_SETTINGS] > 0,
                                         .availability = r->added[ENTITY_AVAILABILITY] > 0};
    return reply_entity(call, 200, &import_report_table, &report);
}

/* It takes much memory for a short time: one at a time. */
enum status post_import(struct call *call)
{
    static atomic_flag importing = ATOMIC_FLAG_INIT;
    struct arena arena;
    struct take_result result = {0};
    struct str type = request_header(call->request, "Content-Type");
    if (!str_eq_nocase(str_trim(str_cut(&type, ';')), STR_LIT("application/zip"))) {
        response_problem(call->request, call->response, 415, "content_type",
                         "send the archive as application/zip");
        return ST_OK;
    }
    if (atomic_flag_test_and_set(&importing)) {
        call->c->retry_after_s = IMPORT_RETRY_S;
        return fail(call->c, ST_UNAVAILABLE, "", "another archive is being read");
    }
    arena_init(&arena, IMPORT_MEMORY);
    struct arena *request = call->c->arena;
    call->c->arena = &arena;
    enum status st = take(call, call->c, &result);
    call->c->arena = request;
    arena_release(&arena);
    atomic_flag_clear(&importing);
    if (st != ST_OK)
        return st;
    audit_note(call->c, call->domain, call->caller.user, AUDIT_IMPORTED, AUDIT_BY_OWNER,
               &call->caller.from);
    return answer(call, &result);
}
