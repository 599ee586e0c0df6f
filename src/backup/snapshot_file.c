#include "backup/snapshot_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "codec/packed.h"
#include "disk/file.h"
#include "store_sqlite/dump.h"

enum { HEADING = 16, RECORD_HEAD = 4 + 16, RECORD_MEMORY = 4 * DUMP_RECORD_MAX };

static const char heading[HEADING + 1] = "studybunny snap1";

/* The owner of what is no user's. No account has it: it is no UUID. */
static const struct id installation = {
    {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}};

/* Each record's digest goes into the next: leaving one out changes all that follow. */
static struct digest chain_on(const struct digester *d, struct digest chain, struct id alias,
                              struct str sealed)
{
    struct digest all[3] = {chain, d->plain(d->self, id_bytes(&alias)), d->plain(d->self, sealed)};
    return d->plain(d->self, (struct str){(const char *)all, sizeof all});
}

/* ---- writing ---- */

struct writing {
    const struct snapshot_tools *tools;
    struct snapshot_content *content;
    const char *folder;
    const char *path;
    FILE *file;
    int64_t records;
    struct digest chain;
};

static enum status write_sealed(struct ctx *c, struct writing *w, struct id alias,
                                struct str sealed)
{
    unsigned char head[RECORD_HEAD];
    for (int i = 0; i < 4; i++)
        head[i] = (unsigned char)(sealed.len >> (8 * i));
    memcpy(head + 4, alias.bytes, sizeof alias.bytes);
    if (fwrite(head, 1, sizeof head, w->file) != sizeof head ||
        fwrite(sealed.data, 1, sealed.len, w->file) != sealed.len)
        return file_fail(c, "write", w->path);
    w->chain = chain_on(&w->tools->digester, w->chain, alias, sealed);
    w->records++;
    return ST_OK;
}

static enum status write_record(struct ctx *c, struct writing *w, struct id owner, struct str plain)
{
    const struct cipher *cipher = &w->tools->cipher;
    struct str sealed;
    struct id alias;
    enum status st = cipher->seal(cipher->self, c, owner, plain, &sealed);
    if (st == ST_OK)
        st = cipher->alias(cipher->self, c, owner, &alias);
    return st == ST_OK ? write_sealed(c, w, alias, sealed) : st;
}

/* A user may be erased while the snapshot is written. Then no new key may be made, or what was to
 * be gone could be read for as long as the snapshot is kept. */
static enum status write_user(struct ctx *c, struct writing *w, struct id user, struct str plain)
{
    const struct cipher *cipher = &w->tools->cipher;
    struct str sealed;
    struct id alias;
    bool there = true;
    enum status st = cipher->seal_known(cipher->self, c, user, plain, &sealed);
    if (st == ST_GONE) {
        st = store_sqlite_has_account(c, w->folder, user, &there);
        if (st != ST_OK || !there)
            return st;
        st = cipher->seal(cipher->self, c, user, plain, &sealed);
    }
    if (st == ST_OK)
        st = cipher->alias_known(cipher->self, c, user, &alias);
    if (st == ST_GONE)
        return ST_OK;
    w->content->users += st == ST_OK;
    return st == ST_OK ? write_sealed(c, w, alias, sealed) : st;
}

static enum status write_begin(void *self, struct ctx *c, const struct dump_state *state)
{
    struct writing *w = self;
    struct snapshot_content *s = w->content;
    struct buf b;
    s->schema = state->schema;
    s->sequence = state->sequence;
    buf_init(&b, c->arena, 128, 256);
    packed_put_int(&b, s->made.ms);
    packed_put_int(&b, s->schema);
    packed_put_int(&b, s->sequence);
    packed_put_bytes(&b, s->program, sizeof s->program);
    return write_record(c, w, installation, buf_str(&b));
}

static enum status write_owner(void *self, struct ctx *c, struct id owner, struct str rows)
{
    struct writing *w = self;
    if (w->tools->stopping && atomic_load(w->tools->stopping))
        return fail(c, ST_UNAVAILABLE, "", "the server is ending: no snapshot was made");
    return id_is_none(owner) ? write_record(c, w, installation, rows)
                             : write_user(c, w, owner, rows);
}

static enum status write_end(struct ctx *c, struct writing *w)
{
    struct buf b;
    arena_reset(c->arena);
    buf_init(&b, c->arena, 64, 64);
    packed_put_int(&b, w->records);
    packed_put_bytes(&b, w->chain.bytes, sizeof w->chain.bytes);
    enum status st = write_record(c, w, installation, buf_str(&b));
    if (st == ST_OK && (fflush(w->file) != 0 || fsync(fileno(w->file)) != 0))
        st = file_fail(c, "write", w->path);
    return st;
}

/* Passes on what went wrong from a context whose arena goes. */
static enum status pass_on(struct ctx *c, const struct ctx *from, enum status st)
{
    if (st != ST_OK && from->fault_count > 0)
        return fail_as(c, st, "", from->faults[0].code, "%s", from->faults[0].detail);
    return st;
}

enum status snapshot_write(struct ctx *c, const struct snapshot_tools *tools, const char *folder,
                           const char *path, struct snapshot_content *out)
{
    struct arena arena;
    struct ctx own = {.arena = &arena};
    *out = (struct snapshot_content){.made = clock_now(&tools->clock)};
    snprintf(out->program, sizeof out->program, "%s", tools->program);
    struct writing w = {.tools = tools, .content = out, .folder = folder, .path = path};
    const struct dump_sink sink = {.begin = write_begin, .record = write_owner, .self = &w};
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    w.file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!w.file)
        return file_fail(c, "make", path);
    arena_init(&arena, RECORD_MEMORY);
    enum status st = fwrite(heading, 1, HEADING, w.file) == HEADING
                         ? store_sqlite_dump(&own, folder, &sink)
                         : file_fail(&own, "write", path);
    if (st == ST_OK)
        st = write_end(&own, &w);
    if (fclose(w.file) != 0 && st == ST_OK)
        st = file_fail(&own, "write", path);
    st = pass_on(c, &own, st);
    arena_release(&arena);
    return st;
}

/* ---- reading ---- */

struct reading {
    const struct snapshot_tools *tools;
    struct snapshot_content *content;
    const char *path;
    FILE *file;
    const char *database; /* NULL: only to see whether all is there */
    const struct snapshot_visitor *visitor;
    struct loader *loader;
    int64_t records;
    struct digest chain;
    bool ended;
};

static enum status damaged(struct ctx *c, const struct reading *r)
{
    ctx_forgive(c);
    return fail_as(c, ST_INTERNAL, "", "damaged",
                   "%s was damaged or changed, or its end is missing (record %lld)", r->path,
                   (long long)r->records);
}

/* ST_NOT_FOUND: the file ends here. */
static enum status read_record(struct ctx *c, struct reading *r, struct id *alias,
                               struct str *sealed)
{
    unsigned char head[RECORD_HEAD];
    size_t n = fread(head, 1, sizeof head, r->file);
    size_t len = 0;
    if (n == 0 && feof(r->file))
        return ST_NOT_FOUND;
    for (int i = 0; i < 4; i++)
        len |= (size_t)head[i] << (8 * i);
    if (n != sizeof head || len > DUMP_RECORD_MAX + CIPHER_SEAL_ROOM)
        return damaged(c, r);
    memcpy(alias->bytes, head + 4, sizeof alias->bytes);
    char *bytes = arena_alloc(c->arena, len + 1);
    if (!bytes)
        return fail_memory(c);
    if (fread(bytes, 1, len, r->file) != len)
        return damaged(c, r);
    *sealed = (struct str){bytes, len};
    return ST_OK;
}

static enum status read_begin(struct ctx *c, struct reading *r, struct str plain)
{
    struct snapshot_content *s = r->content;
    enum status st = packed_take_int(c, &plain, &s->made.ms);
    if (st == ST_OK)
        st = packed_take_int(c, &plain, &s->schema);
    if (st == ST_OK)
        st = packed_take_int(c, &plain, &s->sequence);
    if (st == ST_OK)
        st = packed_take_bytes(c, &plain, sizeof s->program, s->program);
    s->program[sizeof s->program - 1] = '\0';
    s->newest = load_newest();
    return st == ST_OK ? load_open(c, r->database, s->schema, &r->loader) : st;
}

/* What is the installation's: its rows, or the end. */
static enum status read_installation(struct ctx *c, struct reading *r, struct str plain,
                                     struct digest before)
{
    int64_t records;
    struct digest chain;
    struct str rest = plain;
    struct ctx quiet = {.arena = c->arena};
    bool is_end = packed_take_int(&quiet, &rest, &records) == ST_OK && records == r->records - 1 &&
                  rest.len == sizeof chain.bytes &&
                  packed_take_bytes(&quiet, &rest, sizeof chain.bytes, chain.bytes) == ST_OK &&
                  memcmp(chain.bytes, before.bytes, sizeof chain.bytes) == 0;
    r->ended = is_end;
    return is_end ? ST_OK : load_record(c, r->loader, plain, &r->content->rows);
}

static enum status visit_files(struct ctx *c, struct reading *r, struct id owner, struct id alias)
{
    struct media_object *objects;
    int32_t count = 0;
    enum status st = load_files(c, r->loader, owner, &objects, &count);
    for (int32_t i = 0; st == ST_OK && i < count; i++) {
        const struct copied_file file = {owner, alias, objects[i]};
        struct arena_mark mark = arena_mark(c->arena);
        st = r->visitor->file(r->visitor->self, c, &file);
        arena_rewind(c->arena, mark);
    }
    return st;
}

static enum status take_record(struct ctx *c, struct reading *r, struct id alias, struct str sealed)
{
    const struct cipher *cipher = &r->tools->cipher;
    const struct digest before = r->chain;
    struct id owner;
    struct str plain;
    r->chain = chain_on(&r->tools->digester, r->chain, alias, sealed);
    r->records++;
    if (r->ended)
        return damaged(c, r);
    enum status st = cipher->user_of(cipher->self, c, alias, &owner);
    if (st == ST_NOT_FOUND && r->records == 1)
        return fail(c, ST_INTERNAL, "",
                    "%s cannot be read with these keys: they are another installation's", r->path);
    if (st == ST_NOT_FOUND) {
        r->content->erased++;
        return ST_OK;
    }
    if (st == ST_OK && cipher->open(cipher->self, c, owner, sealed, &plain) != ST_OK)
        st = damaged(c, r);
    if (st != ST_OK)
        return st;
    if (id_eq(owner, installation))
        return r->records == 1 ? read_begin(c, r, plain) : read_installation(c, r, plain, before);
    if (r->records == 1)
        return damaged(c, r);
    r->content->users++;
    st = load_record(c, r->loader, plain, &r->content->rows);
    return st == ST_OK && r->visitor ? visit_files(c, r, owner, alias) : st;
}

static enum status read_all(struct ctx *c, struct reading *r)
{
    char start[HEADING];
    enum status st = ST_OK;
    if (fread(start, 1, HEADING, r->file) != HEADING || memcmp(start, heading, HEADING) != 0)
        return fail(c, ST_INTERNAL, "", "%s is no snapshot", r->path);
    while (st == ST_OK) {
        struct id alias = ID_NONE;
        struct str sealed = STR_NONE;
        arena_reset(c->arena);
        st = read_record(c, r, &alias, &sealed);
        if (st == ST_OK)
            st = take_record(c, r, alias, sealed);
        if (st == ST_OK && !r->database && r->loader)
            st = load_undo(c, r->loader);
        if (r->tools->stopping && atomic_load(r->tools->stopping))
            return fail(c, ST_UNAVAILABLE, "", "the server is ending");
    }
    if (st != ST_NOT_FOUND)
        return st;
    if (!r->ended)
        return damaged(c, r);
    return load_finish(c, r->loader, r->content->sequence);
}

enum status snapshot_read(struct ctx *c, const struct snapshot_tools *tools, const char *path,
                          const char *database, const struct snapshot_visitor *visitor,
                          struct snapshot_content *out)
{
    struct arena arena;
    struct ctx own = {.arena = &arena};
    *out = (struct snapshot_content){0};
    struct reading r = {
        .tools = tools, .content = out, .path = path, .database = database, .visitor = visitor};
    r.file = fopen(path, "re");
    if (!r.file && errno == ENOENT)
        return fail(c, ST_NOT_FOUND, "", "there is no %s", path);
    if (!r.file)
        return file_fail(c, "open", path);
    arena_init(&arena, RECORD_MEMORY);
    enum status st = pass_on(c, &own, read_all(&own, &r));
    load_close(r.loader);
    fclose(r.file);
    arena_release(&arena);
    return st;
}
