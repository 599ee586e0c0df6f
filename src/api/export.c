/* GET /me/export: all that an account has, in one archive to keep: what import.c takes back. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "api/plan_ics.h"
#include "api/state.h"
#include "base/arena.h"
#include "domain/attachments.h"
#include "domain/audit.h"

enum { EXPORT_MEMORY = 160 << 20, EXPORT_RETRY_S = 5, LIST_MAX = 2 << 20 };

/* Each takes memory by the size of a desk: one at a time. */
static atomic_flag exporting = ATOMIC_FLAG_INIT;

static void add_name(struct buf *b, const char *name)
{
    buf_addf(b, ",\n\"%s\":", name);
}

/* Files that cannot be read: they keep nobody from all the others, and are told of. */
struct unread {
    const struct attachment **files;
    int32_t count;
};

static void write_unread(struct buf *b, const struct unread *unread)
{
    buf_add_char(b, '[');
    for (int32_t i = 0; i < unread->count; i++) {
        if (i)
            buf_add_char(b, ',');
        json_write_id(b, unread->files[i]->id);
    }
    buf_add_char(b, ']');
}

/* For who looks into the archive. */
static struct str list_unread(const struct unread *unread, struct arena *a)
{
    struct buf b;
    buf_init(&b, a, 4 << 10, LIST_MAX);
    buf_add_text(&b, "These files could not be read and are missing here.\r\n"
                     "Diese Dateien waren nicht zu lesen und fehlen hier.\r\n\r\n");
    for (int32_t i = 0; i < unread->count; i++) {
        buf_add_str(&b, unread->files[i]->name);
        buf_add_text(&b, "\r\n");
    }
    return b.overflowed ? STR_NONE : buf_str(&b);
}

/* Every kind under its name, so that a new one cannot be forgotten. */
static struct str write_json(struct call *call, struct arena *a, struct instant now,
                             const struct unread *unread)
{
    const struct desk *desk = call->desk;
    struct buf b;
    buf_init(&b, a, 64 << 10, ARCHIVE_JSON_MAX);
    buf_add_text(&b, "{\"format\":\"studybunny\",\"version\":1");
    add_name(&b, "made");
    json_write_instant(&b, now);
    add_name(&b, "email");
    json_write_text(&b, call->account.email);
    add_name(&b, "missing_files");
    write_unread(&b, unread);
    for (enum entity_kind kind = ENTITY_SETTINGS; kind < ENTITY_KINDS; kind++) {
        const struct table *t = entity_table(kind);
        if (!t)
            continue;
        add_name(&b, t->name);
        if (entity_is_single(kind)) {
            json_export(&b, t, desk_entity(desk, kind, ID_NONE));
        } else {
            const struct list list = desk_list(desk, kind);
            json_export_array(&b, t, list.items, list.count);
        }
    }
    buf_add_text(&b, "}\n");
    return b.overflowed ? STR_NONE : buf_str(&b);
}

static struct str write_ics(const struct desk *desk, struct arena *a, struct instant now)
{
    struct buf b;
    buf_init(&b, a, 64 << 10, PLAN_ICS_MAX);
    plan_ics_write(&b, desk, now);
    return b.overflowed ? STR_NONE : buf_str(&b);
}

/* files/ID/NAME, the name as far as every system can have it. */
static void name_file(const struct attachment *a, char *out, size_t size)
{
    char id[ID_TEXT_LEN];
    id_format(a->id, id);
    int len = snprintf(out, size, FILES_PREFIX "%.*s/%.*s", ID_TEXT_LEN, id, STR_ARG(a->name));
    const int start = (int)sizeof FILES_PREFIX + ID_TEXT_LEN;
    for (int i = start; i < len; i++)
        if ((unsigned char)out[i] < 0x20 || strchr("\"\\/:*?<>|", out[i]) ||
            (i == start && out[i] == '.'))
            out[i] = '_';
}

static bool open_file(struct call *call, const struct attachment *a, int *fd)
{
    struct ctx quiet = {.arena = call->c->arena};
    bool seekable;
    return attachment_open(&quiet, call->domain, a, 0, a->size, fd, &seekable) == ST_OK;
}

static bool is_kept(const struct attachment *a)
{
    return a->state == ATTACHMENT_READY && instant_is_none(a->trashed);
}

static enum status find_unread(struct call *call, struct arena *a, struct unread *out)
{
    const struct desk *desk = call->desk;
    *out = (struct unread){
        ARENA_ARRAY(a, const struct attachment *, (size_t)desk->attachment_count + 1), 0};
    if (!out->files)
        return fail_memory(call->c);
    for (int32_t i = 0; i < desk->attachment_count; i++) {
        int fd;
        if (!is_kept(&desk->attachments[i]))
            continue;
        if (open_file(call, &desk->attachments[i], &fd))
            close(fd);
        else
            out->files[out->count++] = &desk->attachments[i];
    }
    return ST_OK;
}

static enum status add_one(struct call *call, struct archive_writer *w, const struct attachment *a)
{
    const struct archives *port = &call->domain->archives;
    char name[sizeof FILES_PREFIX + ID_TEXT_LEN + 4 * 200 + 2];
    int fd;
    if (!open_file(call, a, &fd))
        return fail(call->c, ST_INTERNAL, "", "a file went while the archive was made");
    name_file(a, name, sizeof name);
    enum status st = port->add_file(port->self, call->c, w, name, a->created, fd, a->size);
    close(fd);
    return st;
}

static enum status add_files(struct call *call, struct archive_writer *w,
                             const struct unread *unread)
{
    enum status st = ST_OK;
    int32_t next = 0;
    for (int32_t i = 0; st == ST_OK && i < call->desk->attachment_count; i++) {
        const struct attachment *a = &call->desk->attachments[i];
        if (next < unread->count && unread->files[next] == a)
            next++;
        else if (is_kept(a))
            st = add_one(call, w, a);
    }
    return st;
}

static enum status add_text(struct call *call, struct archive_writer *w, const char *name,
                            struct instant now, struct str text)
{
    const struct archives *port = &call->domain->archives;
    return text.data ? port->add(port->self, call->c, w, name, now, text) : fail_memory(call->c);
}

static enum status write_archive(struct call *call, struct arena *a, const struct unread *unread,
                                 int *fd, uint64_t *len)
{
    const struct archives *port = &call->domain->archives;
    struct instant now = clock_now(&call->domain->clock);
    struct archive_writer *w = NULL;
    enum status st = port->create(port->self, call->c, &w);
    if (st == ST_OK)
        st = add_text(call, w, "studybunny.json", now, write_json(call, a, now, unread));
    if (st == ST_OK)
        st = add_text(call, w, "plan.ics", now, write_ics(call->desk, a, now));
    if (st == ST_OK && unread->count > 0)
        st = add_text(call, w, "missing-files.txt", now, list_unread(unread, a));
    if (st == ST_OK)
        st = add_files(call, w, unread);
    if (st == ST_OK)
        st = port->finish(port->self, call->c, w, fd, len);
    port->close(port->self, w);
    return st;
}

enum status get_export(struct call *call)
{
    struct arena arena;
    int fd = -1;
    uint64_t len = 0;
    if (atomic_flag_test_and_set(&exporting)) {
        call->c->retry_after_s = EXPORT_RETRY_S;
        return fail(call->c, ST_UNAVAILABLE, "", "another archive is being made");
    }
    struct unread unread;
    arena_init(&arena, EXPORT_MEMORY);
    enum status st = find_unread(call, &arena, &unread);
    if (st == ST_OK)
        st = write_archive(call, &arena, &unread, &fd, &len);
    const bool whole = unread.count == 0;
    arena_release(&arena);
    atomic_flag_clear(&exporting);
    if (st != ST_OK)
        return st;
    audit_note(call->c, call->domain, call->caller.user,
               whole ? AUDIT_EXPORTED : AUDIT_EXPORTED_PART, AUDIT_BY_OWNER, &call->caller.from);
    response_file(call->response, 200, "application/zip", fd, 0, len);
    response_header(call->response, "Content-Disposition",
                    STR_LIT("attachment; filename=\"studybunny.zip\""));
    return ST_OK;
}
