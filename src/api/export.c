/*
 * GET /me/export: all that an account has, in one archive to keep: what import.c takes back. GET
 * /me/export/check: which files it will have to do without, for who is to be told before.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "api/forms.h"
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

/* Files that cannot be read: they keep nobody from all the others, and are told of. By their places
 * on the desk. */
struct unread {
    const struct desk *desk;
    bool *at;
    int32_t count;
};

static void leave_out(struct unread *unread, int32_t i)
{
    unread->count += !unread->at[i];
    unread->at[i] = true;
}

static void write_unread(struct buf *b, const struct unread *unread)
{
    const char *comma = "";
    buf_add_char(b, '[');
    for (int32_t i = 0; i < unread->desk->attachment_count; i++) {
        if (!unread->at[i])
            continue;
        buf_add_text(b, comma);
        json_write_id(b, unread->desk->attachments[i].id);
        comma = ",";
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
    for (int32_t i = 0; i < unread->desk->attachment_count; i++) {
        if (!unread->at[i])
            continue;
        buf_add_str(&b, unread->desk->attachments[i].name);
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

static bool is_sound(struct call *call, const struct attachment *a)
{
    const struct media *media = &call->domain->media;
    const struct media_object object = {a->key, a->sha256, a->size};
    struct ctx quiet = {.arena = call->c->arena};
    bool sound;
    return media->check(media->self, &quiet, &object, &sound) == ST_OK && sound;
}

/* Looks at all files from the place `from` on: whether they are there, or, `thoroughly`, whether
 * all their bytes are. */
static void find_unread(struct call *call, struct unread *out, int32_t from, bool thoroughly)
{
    for (int32_t i = from; i < call->desk->attachment_count; i++) {
        const struct attachment *a = &call->desk->attachments[i];
        int fd;
        if (!is_kept(a) || out->at[i])
            continue;
        if (thoroughly ? !is_sound(call, a) : !open_file(call, a, &fd))
            leave_out(out, i);
        else if (!thoroughly)
            close(fd);
    }
}

static enum status add_one(struct call *call, struct archive_writer *w, const struct attachment *a,
                           bool *sound)
{
    const struct archives *port = &call->domain->archives;
    char name[sizeof FILES_PREFIX + ID_TEXT_LEN + 4 * 200 + 2];
    int fd;
    *sound = false;
    if (!open_file(call, a, &fd))
        return ST_OK;
    name_file(a, name, sizeof name);
    enum status st =
        port->add_file(port->self, call->c, w, name, a->created, fd, a->size, a->sha256, sound);
    close(fd);
    return st;
}

/* `*sound`: every file that was not to be left out is in the archive as it should be. Otherwise
 * those that cannot be are known now. */
static enum status add_files(struct call *call, struct archive_writer *w, struct unread *unread,
                             bool *sound)
{
    enum status st = ST_OK;
    *sound = true;
    for (int32_t i = 0; st == ST_OK && *sound && i < call->desk->attachment_count; i++) {
        const struct attachment *a = &call->desk->attachments[i];
        if (!is_kept(a) || unread->at[i])
            continue;
        st = add_one(call, w, a, sound);
        if (st == ST_OK && !*sound) {
            leave_out(unread, i);
            find_unread(call, unread, i + 1, true);
        }
    }
    return st;
}

static enum status add_text(struct call *call, struct archive_writer *w, const char *name,
                            struct instant now, struct str text)
{
    const struct archives *port = &call->domain->archives;
    return text.data ? port->add(port->self, call->c, w, name, now, text) : fail_memory(call->c);
}

/* Not `*sound`: there is no archive, and more files are known that it must do without. */
static enum status write_archive(struct call *call, struct arena *a, struct unread *unread,
                                 bool *sound, int *fd, uint64_t *len)
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
        st = add_files(call, w, unread, sound);
    if (st == ST_OK && *sound)
        st = port->finish(port->self, call->c, w, fd, len);
    port->close(port->self, w);
    return st;
}

/* One that met a file which cannot be read is given up, and made without it: each time with fewer,
 * so it ends. */
static enum status make_archive(struct call *call, struct arena *a, struct unread *unread, int *fd,
                                uint64_t *len)
{
    bool sound = false;
    enum status st = ST_OK;
    find_unread(call, unread, 0, false);
    while (st == ST_OK && !sound) {
        struct arena_mark mark = arena_mark(a);
        st = write_archive(call, a, unread, &sound, fd, len);
        arena_rewind(a, mark);
    }
    return st;
}

/* What takes the disk for a while is done for one at a time, here with memory of its own. */
static enum status begin(struct call *call, struct arena *a, struct unread *unread)
{
    if (atomic_flag_test_and_set(&exporting)) {
        call->c->retry_after_s = EXPORT_RETRY_S;
        return fail(call->c, ST_UNAVAILABLE, "", "another archive is being made");
    }
    arena_init(a, EXPORT_MEMORY);
    *unread = (struct unread){call->desk,
                              ARENA_ARRAY(a, bool, (size_t)call->desk->attachment_count + 1), 0};
    return ST_OK;
}

static void end(struct arena *a)
{
    arena_release(a);
    atomic_flag_clear(&exporting);
}

enum status get_export(struct call *call)
{
    struct arena arena;
    struct unread unread = {0};
    int fd = -1;
    uint64_t len = 0;
    enum status st = begin(call, &arena, &unread);
    if (st != ST_OK)
        return st;
    st = unread.at ? make_archive(call, &arena, &unread, &fd, &len) : fail_memory(call->c);
    const bool whole = unread.count == 0;
    end(&arena);
    if (st != ST_OK)
        return st;
    audit_note(call->c, call->domain, call->caller.user,
               whole ? AUDIT_EXPORTED : AUDIT_EXPORTED_PART, AUDIT_BY_OWNER, &call->caller.from);
    response_file(call->response, 200, "application/zip", fd, 0, len);
    response_header(call->response, "Content-Disposition",
                    STR_LIT("attachment; filename=\"studybunny.zip\""));
    return ST_OK;
}

/* ---- looking ahead ---- */

static enum status answer(struct call *call, const struct unread *unread)
{
    struct export_check reply = {0};
    struct lost_file *lost =
        ARENA_ARRAY(call->c->arena, struct lost_file, (size_t)unread->count + 1);
    if (!lost)
        return fail_memory(call->c);
    reply.missing.items = lost;
    for (int32_t i = 0; i < call->desk->attachment_count; i++) {
        const struct attachment *a = &call->desk->attachments[i];
        if (unread->at[i])
            lost[reply.missing.count++] = (struct lost_file){a->id, a->task_id, a->name};
        else if (is_kept(a)) {
            reply.files++;
            reply.bytes += a->size;
        }
    }
    return reply_entity(call, 200, &export_check_table, &reply);
}

enum status get_export_check(struct call *call)
{
    struct arena arena;
    struct unread unread = {0};
    enum status st = begin(call, &arena, &unread);
    if (st != ST_OK)
        return st;
    if (unread.at)
        find_unread(call, &unread, 0, true);
    st = unread.at ? answer(call, &unread) : fail_memory(call->c);
    end(&arena);
    return st;
}
