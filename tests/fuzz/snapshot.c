/*
 * Fuzzes snapshot_read: the heading, the framing of records, what the first and the last must say,
 * and the rows within. The cipher seals nothing and all digests are alike, so that the fuzzer can
 * forge what only the keys can make; what reads bytes must stand that, too. A snapshot that is
 * whole is none any more without its last byte, or with one more. The rows go into one database of
 * the newest schema, emptied each time, which to make takes longer than all else: the linker puts
 * __wrap_x in place of x. Run by tools/fuzz.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "backup/snapshot_file.h"
#include "base/arena.h"
#include "store_sqlite/dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* An alias is its user, but 0… has no key, as after an erasure. */
static enum status user_of(void *self, struct ctx *c, struct id alias, struct id *out)
{
    (void)self;
    (void)c;
    *out = alias;
    return alias.bytes[0] == 0 ? ST_NOT_FOUND : ST_OK;
}

/* What begins with '!' was not sealed under the key. */
static enum status unseal(void *self, struct ctx *c, struct id user, struct str sealed,
                          struct str *plain)
{
    (void)self;
    (void)user;
    *plain = sealed;
    return sealed.len > 0 && sealed.data[0] == '!' ? fail(c, ST_INTERNAL, "", "was changed")
                                                   : ST_OK;
}

static struct digest plain_digest(void *self, struct str text)
{
    (void)self;
    (void)text;
    return (struct digest){{0}};
}

static enum status count_file(void *self, struct ctx *c, const struct copied_file *file)
{
    int64_t *count = self;
    (void)c;
    (void)file;
    ++*count;
    return ST_OK;
}

enum status __real_load_open(struct ctx *c, const char *path, int64_t schema, struct loader **out);
enum status __wrap_load_open(struct ctx *c, const char *path, int64_t schema, struct loader **out);
void __wrap_load_close(struct loader *l);
enum status __wrap_load_finish(struct ctx *c, struct loader *l, int64_t sequence);

static struct loader *kept;

enum status __wrap_load_open(struct ctx *c, const char *path, int64_t schema, struct loader **out)
{
    assert(path == NULL);
    if (schema < 1 || schema > load_newest())
        return __real_load_open(c, path, schema, out);
    if (!kept && __real_load_open(c, NULL, load_newest(), &kept) != ST_OK)
        abort();
    *out = kept;
    return ST_OK;
}

/* Takes out what is left; nothing was kept that could be made durable. */
void __wrap_load_close(struct loader *l)
{
    struct arena arena;
    struct ctx c = {.arena = &arena};
    arena_init(&arena, 1 << 16);
    if (l && load_undo(&c, l) != ST_OK)
        abort();
    arena_release(&arena);
}

enum status __wrap_load_finish(struct ctx *c, struct loader *l, int64_t sequence)
{
    (void)c;
    (void)sequence;
    assert(l == kept);
    return ST_OK;
}

/* Reads the bytes as a snapshot, with a byte more or less at its end. */
static enum status read_snapshot(struct ctx *c, const uint8_t *bytes, size_t len, int more,
                                 struct snapshot_content *out)
{
    static int fd = -1;
    char path[64];
    int64_t files = 0;
    const struct snapshot_tools tools = {.cipher = {.open = unseal, .user_of = user_of},
                                         .digester = {.plain = plain_digest}};
    const struct snapshot_visitor visitor = {count_file, &files};
    if (fd < 0)
        fd = memfd_create("snapshot", MFD_CLOEXEC);
    assert(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, bytes, len, 0) == (ssize_t)len);
    assert(ftruncate(fd, (off_t)len + more) == 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return snapshot_read(c, &tools, path, NULL, &visitor, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct arena arena;
    struct snapshot_content content;
    if (arena.cap == 0)
        arena_init(&arena, (size_t)1 << 20);
    arena_reset(&arena);
    struct ctx c = {.arena = &arena};
    enum status st = read_snapshot(&c, bytes, len, 0, &content);
    assert(st == ST_OK || st == ST_INTERNAL || st == ST_CONFLICT || st == ST_UNAVAILABLE ||
           st == ST_TOO_LARGE);
    assert((st == ST_OK) == (c.fault_count == 0));
    assert(content.users >= 0 && content.erased >= 0 && content.rows >= 0);
    assert(content.program[sizeof content.program - 1] == '\0');
    if (st != ST_OK)
        return 0;
    for (int more = -1; more <= 1; more += 2) {
        struct ctx other = {.arena = &arena};
        st = read_snapshot(&other, bytes, len, more, &content);
        assert(st == ST_INTERNAL && other.fault_count == 1);
    }
    return 0;
}
