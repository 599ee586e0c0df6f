#include "backup/copies.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hex.h"
#include "disk/file.h"
#include "disk/room.h"

enum {
    PATH_ROOM = 4096,
    HEADING = 16,
    PIECE = 1 << 20,
    PIECE_HEAD = 4,
    SHARDS = 256,
    TIMES_ARE_COARSE_MS = 60 * 60 * 1000 /* file systems round times */
};

static const char heading[HEADING + 1] = "studybunny file1";
static const char unfinished[] = ".unfinished-";

static enum status go_on(struct ctx *c, const struct copies *copies)
{
    if (copies->stopping && atomic_load(copies->stopping))
        return fail(c, ST_UNAVAILABLE, "", "the server is ending");
    return ST_OK;
}

void copy_name(const struct copies *copies, const struct copied_file *file, char out[COPY_NAME_MAX])
{
    unsigned char both[sizeof file->alias.bytes + sizeof file->object.key.bytes];
    memcpy(both, file->alias.bytes, sizeof file->alias.bytes);
    memcpy(both + sizeof file->alias.bytes, file->object.key.bytes, sizeof file->object.key.bytes);
    struct digest name = copies->digester.plain(copies->digester.self,
                                                (struct str){(const char *)both, sizeof both});
    hex_write(name.bytes, 1, out);
    out[2] = '/';
    hex_write(name.bytes, sizeof name.bytes, out + 3);
    out[3 + 2 * sizeof name.bytes] = '\0';
}

/* ---- keeping ---- */

static bool can_be_whole(int64_t bytes, int64_t size)
{
    int64_t pieces = (size + PIECE - 1) / PIECE;
    return bytes >= HEADING + size + pieces * PIECE_HEAD &&
           bytes <= HEADING + size + pieces * (PIECE_HEAD + CIPHER_SEAL_ROOM);
}

static struct timespec time_of(struct instant t)
{
    return (struct timespec){.tv_sec = t.ms / 1000, .tv_nsec = t.ms % 1000 * 1000000};
}

static int64_t modified_ms(const struct stat *info)
{
    return (int64_t)info->st_mtim.tv_sec * 1000 + info->st_mtim.tv_nsec / 1000000;
}

/* A copy is for ever the newer of the times that it was needed. */
static enum status mark_needed(struct ctx *c, const char *path, const struct stat *info,
                               struct instant made)
{
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, time_of(made)};
    if (modified_ms(info) >= made.ms || utimensat(AT_FDCWD, path, times, 0) == 0)
        return ST_OK;
    return file_fail(c, "set the time of", path);
}

static enum status check_room(struct ctx *c, const char *folder, int64_t size)
{
    struct statvfs disk;
    if (statvfs(folder, &disk) != 0)
        return file_fail(c, "look at", folder);
    if (size <= room_left(&disk, ROOM_KEPT_FROM_SNAPSHOTS))
        return ST_OK;
    errno = ENOSPC;
    return file_fail(c, "copy a file into", folder);
}

/* Fills `piece`; `*n` is less only at the end. */
static enum status read_piece(struct ctx *c, int fd, char *piece, int64_t want, size_t *n)
{
    *n = 0;
    while ((int64_t)*n < want) {
        ssize_t got = read(fd, piece + *n, (size_t)want - *n);
        if (got < 0 && errno != EINTR)
            return file_fail(c, "read", "a file of the media folder");
        if (got == 0)
            break;
        *n += got > 0 ? (size_t)got : 0;
    }
    return ST_OK;
}

static enum status write_piece(struct ctx *c, const struct copies *copies, struct id owner,
                               struct str plain, FILE *out, const char *path)
{
    struct str sealed;
    unsigned char head[PIECE_HEAD];
    enum status st = copies->cipher.seal_known(copies->cipher.self, c, owner, plain, &sealed);
    if (st != ST_OK)
        return st;
    for (int i = 0; i < PIECE_HEAD; i++)
        head[i] = (unsigned char)(sealed.len >> (8 * i));
    return fwrite(head, 1, sizeof head, out) == sizeof head &&
                   fwrite(sealed.data, 1, sealed.len, out) == sealed.len
               ? ST_OK
               : file_fail(c, "write", path);
}

/* ST_NOT_FOUND: what was read is not what the rows say. */
static enum status seal_all(struct ctx *c, const struct copies *copies,
                            const struct copied_file *file, int fd, FILE *out, const char *path)
{
    struct digest_run run;
    int64_t left = file->object.size;
    enum status st =
        fwrite(heading, 1, HEADING, out) == HEADING ? ST_OK : file_fail(c, "write", path);
    copies->digester.begin(&run);
    while (st == ST_OK && left > 0) {
        struct arena_mark mark = arena_mark(c->arena);
        int64_t want = left < PIECE ? left : PIECE;
        char *piece = arena_raw(c->arena, (size_t)want);
        size_t n = 0;
        st = piece ? read_piece(c, fd, piece, want, &n) : fail_memory(c);
        if (st == ST_OK && (int64_t)n < want)
            st = ST_NOT_FOUND;
        if (st == ST_OK)
            copies->digester.add(&run, (struct str){piece, n});
        if (st == ST_OK)
            st = write_piece(c, copies, file->owner, (struct str){piece, n}, out, path);
        if (st == ST_OK)
            st = go_on(c, copies);
        left -= (int64_t)n;
        arena_rewind(c->arena, mark);
    }
    struct digest found = copies->digester.end(&run);
    if (st == ST_OK && memcmp(&found, &file->object.sha256, sizeof found) != 0)
        return ST_NOT_FOUND;
    return st;
}

static enum status make_folder(struct ctx *c, const char *folder)
{
    return mkdir(folder, 0700) == 0 || errno == EEXIST ? ST_OK : file_fail(c, "make", folder);
}

/* From its name beside to its own, durably. */
static enum status name_it(struct ctx *c, const struct copies *copies, const char *beside,
                           const char *path)
{
    char shard[PATH_ROOM];
    snprintf(shard, sizeof shard, "%.*s", (int)(strrchr(path, '/') - path), path);
    enum status st = make_folder(c, shard);
    if (st == ST_OK && rename(beside, path) != 0)
        st = file_fail(c, "name", path);
    if (st == ST_OK)
        st = file_sync_folder(c, shard);
    return st == ST_OK ? file_sync_folder(c, copies->folder) : st;
}

static enum status write_beside(struct ctx *c, const struct copies *copies,
                                const struct copied_file *file, struct instant made, int fd,
                                const char *beside)
{
    const struct timespec times[2] = {time_of(made), time_of(made)};
    int to = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *out = to < 0 ? NULL : fdopen(to, "w");
    if (!out) {
        enum status st = file_fail(c, "make", beside);
        if (to >= 0)
            close(to);
        return st;
    }
    enum status st = seal_all(c, copies, file, fd, out, beside);
    if (st == ST_OK && (fflush(out) != 0 || futimens(to, times) != 0 || fsync(to) != 0))
        st = file_fail(c, "write", beside);
    if (fclose(out) != 0 && st == ST_OK)
        st = file_fail(c, "write", beside);
    return st;
}

static enum status copy(struct ctx *c, const struct copies *copies, const struct copied_file *file,
                        struct instant made, const char *path, enum copy_state *out)
{
    const struct media *media = copies->media;
    char beside[PATH_ROOM], name[64];
    bool seekable;
    int fd;
    *out = COPY_MISSING;
    enum status st =
        media->open(media->self, c, file->object.key, 0, file->object.size, &fd, &seekable);
    if (st != ST_OK)
        return st == ST_NOT_FOUND ? ST_OK : st;
    snprintf(name, sizeof name, "%s%ld", unfinished, (long)getpid());
    st = file_path(c, copies->folder, name, beside, PATH_ROOM);
    if (st == ST_OK)
        st = make_folder(c, copies->folder);
    if (st == ST_OK)
        st = check_room(c, copies->folder, file->object.size);
    if (st == ST_OK)
        st = write_beside(c, copies, file, made, fd, beside);
    close(fd);
    if (st == ST_OK)
        st = name_it(c, copies, beside, path);
    if (st != ST_OK)
        unlink(beside);
    *out = st == ST_OK ? COPY_WHOLE : st == ST_GONE ? COPY_ERASED : COPY_DAMAGED;
    return st == ST_GONE || st == ST_NOT_FOUND ? ST_OK : st;
}

enum status copies_keep(struct ctx *c, const struct copies *copies, const struct copied_file *file,
                        struct instant made, enum copy_state *out)
{
    char path[PATH_ROOM], name[COPY_NAME_MAX];
    struct stat info;
    copy_name(copies, file, name);
    enum status st = file_path(c, copies->folder, name, path, PATH_ROOM);
    if (st != ST_OK)
        return st;
    if (stat(path, &info) != 0 || !can_be_whole(info.st_size, file->object.size))
        return copy(c, copies, file, made, path, out);
    *out = COPY_WHOLE;
    return mark_needed(c, path, &info, made);
}

/* ---- reading ---- */

struct reading {
    const struct copies *copies;
    const struct copied_file *file;
    const struct copy_sink *sink;
    struct digest_run run;
    int64_t left;
};

/* ST_NOT_FOUND: it is damaged. */
static enum status open_piece(struct ctx *c, struct reading *r, FILE *in, size_t len)
{
    const struct cipher *cipher = &r->copies->cipher;
    char *bytes = arena_raw(c->arena, len + 1);
    struct str plain = STR_NONE;
    if (!bytes)
        return fail_memory(c);
    if (fread(bytes, 1, len, in) != len)
        return ST_NOT_FOUND;
    struct ctx quiet = {.arena = c->arena};
    enum status st =
        cipher->open(cipher->self, &quiet, r->file->owner, (struct str){bytes, len}, &plain);
    if (st == ST_UNAVAILABLE)
        return fail_memory(c);
    if (st != ST_OK || (int64_t)plain.len > r->left)
        return st == ST_GONE ? st : ST_NOT_FOUND;
    r->left -= (int64_t)plain.len;
    r->copies->digester.add(&r->run, plain);
    return r->sink ? r->sink->take(r->sink->self, c, plain) : ST_OK;
}

static enum status read_pieces(struct ctx *c, struct reading *r, FILE *in)
{
    char start[HEADING];
    unsigned char head[PIECE_HEAD];
    enum status st = fread(start, 1, HEADING, in) == HEADING && memcmp(start, heading, HEADING) == 0
                         ? ST_OK
                         : ST_NOT_FOUND;
    r->copies->digester.begin(&r->run);
    while (st == ST_OK && r->left > 0) {
        struct arena_mark mark = arena_mark(c->arena);
        size_t len = 0;
        bool complete = fread(head, 1, sizeof head, in) == sizeof head;
        for (int i = 0; i < PIECE_HEAD; i++)
            len |= (size_t)head[i] << (8 * i);
        st = complete && len <= PIECE + CIPHER_SEAL_ROOM ? open_piece(c, r, in, len) : ST_NOT_FOUND;
        if (st == ST_OK)
            st = go_on(c, r->copies);
        arena_rewind(c->arena, mark);
    }
    struct digest found = r->copies->digester.end(&r->run);
    if (st == ST_OK &&
        (memcmp(&found, &r->file->object.sha256, sizeof found) != 0 || fgetc(in) != EOF))
        return ST_NOT_FOUND;
    return st;
}

enum status copies_read(struct ctx *c, const struct copies *copies, const struct copied_file *file,
                        const struct copy_sink *sink, enum copy_state *out)
{
    char path[PATH_ROOM], name[COPY_NAME_MAX];
    struct reading r = {.copies = copies, .file = file, .sink = sink, .left = file->object.size};
    copy_name(copies, file, name);
    enum status st = file_path(c, copies->folder, name, path, PATH_ROOM);
    if (st != ST_OK)
        return st;
    *out = COPY_MISSING;
    FILE *in = fopen(path, "re");
    if (!in)
        return errno == ENOENT ? ST_OK : file_fail(c, "open", path);
    st = read_pieces(c, &r, in);
    fclose(in);
    *out = st == ST_OK ? COPY_WHOLE : st == ST_GONE ? COPY_ERASED : COPY_DAMAGED;
    return st == ST_NOT_FOUND || st == ST_GONE ? ST_OK : st;
}

/* ---- thinning ---- */

/* Of one folder: files older than `before`, but of those whose names begin with a dot all. */
static enum status thin_folder(struct ctx *c, const char *path, int64_t before, int64_t *removed)
{
    DIR *dir = opendir(path);
    if (!dir)
        return errno == ENOENT ? ST_OK : file_fail(c, "read", path);
    int folder = dirfd(dir);
    enum status st = ST_OK;
    assert(folder >= 0);
    for (struct dirent *e = readdir(dir); st == ST_OK && e; e = readdir(dir)) {
        struct stat info;
        bool left_behind = strncmp(e->d_name, unfinished, sizeof unfinished - 1) == 0;
        if (fstatat(folder, e->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode) ||
            (!left_behind && modified_ms(&info) >= before))
            continue;
        if (unlinkat(folder, e->d_name, 0) != 0)
            st = file_fail(c, "remove a file of", path);
        *removed += st == ST_OK && !left_behind;
    }
    closedir(dir);
    return st;
}

enum status copies_thin(struct ctx *c, const char *folder, struct instant oldest, int64_t *removed)
{
    char shard[PATH_ROOM], name[4];
    int64_t before = oldest.ms - TIMES_ARE_COARSE_MS;
    *removed = 0;
    enum status st = thin_folder(c, folder, before, removed);
    for (unsigned i = 0; st == ST_OK && i < SHARDS; i++) {
        snprintf(name, sizeof name, "%02x", i);
        st = file_path(c, folder, name, shard, PATH_ROOM);
        if (st == ST_OK)
            st = thin_folder(c, shard, before, removed);
    }
    return st;
}
