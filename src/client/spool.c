#include "client/spool.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/pool.h"
#include "client/media_disk.h"
#include "disk/file.h"
#include "disk/room.h"

enum {
    PATH_BYTES = 4096,
    BOOT_BYTES = 64,
    STEP = 64 * 1024,     /* bytes read at once when a file is hashed again */
    WRITE_BACK = 8 << 20, /* after so many bytes the kernel is told to begin writing */
    BLOCK = 512,          /* unit of st_blocks */
    RETRY_AFTER_S = 60
};

#define SUFFIX ".part"

struct spool_file {
    struct spool_file *next;
    struct digest key;
    int fd;
    int64_t len;
    int64_t size;
    int64_t synced; /* how far write-back was asked for */
    bool lost;      /* another request has taken over, or it was removed */
    bool sealed;    /* it is about to be moved into the media: nobody may write into it any more */
    pthread_mutex_t lock;
    crypto_hash_sha256_state hash;
};

struct spool_disk {
    char folder[PATH_BYTES - MEDIA_KEY_TEXT - 8];
    int64_t limit;
    pthread_mutex_t lock; /* of the list, and of taking over; taken before a file's */
    struct spool_file *open;
};

static enum status refuse(struct ctx *c, const char *what)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return fail(c, ST_FULL, "", "the server has no room for this file");
    return file_fail(c, what, "a file of the spool");
}

static void part_path(const struct spool_disk *s, struct digest key, char out[PATH_BYTES])
{
    char name[MEDIA_KEY_TEXT + 1];
    media_key_text(key, name);
    snprintf(out, PATH_BYTES, "%s/%s" SUFFIX, s->folder, name);
}

/* "KEY.part" is a key; everything else is not ours. */
static bool part_key(const char *name, struct digest *out)
{
    char text[MEDIA_KEY_TEXT + 1];
    size_t len = strlen(name);
    if (len != MEDIA_KEY_TEXT + sizeof SUFFIX - 1 || strcmp(name + MEDIA_KEY_TEXT, SUFFIX) != 0)
        return false;
    memcpy(text, name, MEDIA_KEY_TEXT);
    text[MEDIA_KEY_TEXT] = '\0';
    return media_key_parse(text, out);
}

/* ---- opening ---- */

/* Bytes of the disk that all parts take, room set aside included. */
static enum status bytes_taken(struct ctx *c, const struct spool_disk *s, int64_t *out)
{
    DIR *dir = opendir(s->folder);
    *out = 0;
    if (!dir)
        return refuse(c, "count");
    int folder = dirfd(dir);
    assert(folder >= 0);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        struct stat info;
        if (fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0)
            *out += (int64_t)info.st_blocks * BLOCK;
    }
    closedir(dir);
    return ST_OK;
}

/* Sets room aside for all of a new file. */
static enum status set_aside(struct ctx *c, const struct spool_disk *s, int fd, int64_t size)
{
    struct statvfs disk;
    int64_t taken;
    enum status st = bytes_taken(c, s, &taken);
    if (st != ST_OK)
        return st;
    if (size > s->limit - taken) {
        c->retry_after_s = RETRY_AFTER_S;
        return fail_as(c, ST_UNAVAILABLE, "", "spool_full",
                       "too many files are being sent to the server: try again later");
    }
    if (fstatvfs(fd, &disk) != 0)
        return refuse(c, "make room for");
    if (size > room_left(&disk, ROOM_KEPT_FROM_USERS)) {
        errno = ENOSPC;
        return refuse(c, "make room for");
    }
    /* A file system that cannot do it is used as it is. */
    if (size > 0 && fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, size) != 0 && errno != EOPNOTSUPP)
        return refuse(c, "make room for");
    return ST_OK;
}

static enum status open_part(struct ctx *c, const struct spool_disk *s, struct spool_file *f,
                             bool afresh)
{
    char path[PATH_BYTES];
    struct stat info;
    part_path(s, f->key, path);
    f->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (f->fd < 0)
        return refuse(c, "make");
    if (fstat(f->fd, &info) != 0)
        return refuse(c, "look at");
    f->len = info.st_size;
    if (afresh || f->len > f->size) {
        f->len = 0;
        if (ftruncate(f->fd, 0) != 0 || fstat(f->fd, &info) != 0)
            return refuse(c, "begin");
    }
    enum status st = info.st_blocks == 0 ? set_aside(c, s, f->fd, f->size) : ST_OK;
    if (st != ST_OK && f->len == 0)
        unlink(path);
    return st;
}

/* Whoever has the file open writes no more once this returns. False: somebody has sealed it. */
static bool take_from_others(struct spool_disk *s, struct digest key)
{
    bool taken = true;
    for (struct spool_file *f = s->open; f; f = f->next) {
        if (memcmp(&f->key, &key, sizeof key) != 0)
            continue;
        pthread_mutex_lock(&f->lock);
        f->lost = !f->sealed;
        taken = taken && !f->sealed;
        pthread_mutex_unlock(&f->lock);
    }
    return taken;
}

static void free_file(struct spool_file *f)
{
    if (f->fd >= 0)
        close(f->fd);
    pthread_mutex_destroy(&f->lock);
    process_free(f);
}

/* Under the spool's lock, so that two cannot open at once what neither has listed yet. */
static enum status enlist(struct ctx *c, struct spool_disk *s, struct spool_file *f, bool afresh)
{
    pthread_mutex_lock(&s->lock);
    enum status st = ST_OK;
    if (!take_from_others(s, f->key))
        st = fail_as(c, ST_UNAVAILABLE, "", "keeping",
                     "all of the file has come and is being kept: ask again in a moment");
    if (st == ST_OK)
        st = open_part(c, s, f, afresh);
    if (st == ST_OK) {
        f->next = s->open;
        s->open = f;
    }
    pthread_mutex_unlock(&s->lock);
    return st;
}

/* Hashes what is there from a former connection. */
static enum status hash_again(struct ctx *c, struct spool_file *f)
{
    unsigned char bytes[STEP];
    crypto_hash_sha256_init(&f->hash);
    for (int64_t at = 0; at < f->len;) {
        int64_t left = f->len - at;
        ssize_t n = pread(f->fd, bytes, left < STEP ? (size_t)left : STEP, (off_t)at);
        if (n == 0 || (n < 0 && errno != EINTR))
            return refuse(c, "read");
        if (n > 0)
            crypto_hash_sha256_update(&f->hash, bytes, (unsigned long long)n);
        at += n > 0 ? n : 0;
    }
    return ST_OK;
}

static void close_file(void *self, struct spool_file *f)
{
    struct spool_disk *s = self;
    if (!f)
        return;
    pthread_mutex_lock(&s->lock);
    struct spool_file **at = &s->open;
    while (*at != f)
        at = &(*at)->next;
    *at = f->next;
    pthread_mutex_unlock(&s->lock);
    free_file(f);
}

static enum status open_file(void *self, struct ctx *c, struct digest key, int64_t size,
                             bool afresh, struct spool_file **out, int64_t *len)
{
    struct spool_disk *s = self;
    struct spool_file *f = process_alloc(sizeof *f);
    if (!f)
        return fail_memory(c);
    f->key = key;
    f->size = size;
    f->fd = -1;
    pthread_mutex_init(&f->lock, NULL);
    enum status st = enlist(c, s, f, afresh);
    if (st != ST_OK) {
        free_file(f);
        return st;
    }
    st = hash_again(c, f);
    if (st != ST_OK) {
        close_file(s, f);
        return st;
    }
    f->synced = f->len;
    *len = f->len;
    *out = f;
    return ST_OK;
}

/* ---- filling ---- */

static enum status check_ours(struct ctx *c, const struct spool_file *f)
{
    if (f->lost)
        return fail_as(c, ST_CONFLICT, "", "superseded",
                       "another request goes on with this upload, or it was given up");
    return ST_OK;
}

static enum status write_bytes(struct ctx *c, struct spool_file *f, struct str bytes)
{
    for (size_t done = 0; done < bytes.len;) {
        ssize_t n = pwrite(f->fd, bytes.data + done, bytes.len - done, (off_t)f->len + (off_t)done);
        if (n < 0 && errno != EINTR) {
            enum status st = refuse(c, "write");
            /* What was written of this piece was not hashed. */
            (void)!ftruncate(f->fd, (off_t)f->len);
            return st;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    crypto_hash_sha256_update(&f->hash, (const unsigned char *)bytes.data, bytes.len);
    f->len += (int64_t)bytes.len;
    if (f->len - f->synced >= WRITE_BACK) {
        sync_file_range(f->fd, f->synced, f->len - f->synced, SYNC_FILE_RANGE_WRITE);
        f->synced = f->len;
    }
    return ST_OK;
}

static enum status append(void *self, struct ctx *c, struct spool_file *f, struct str bytes)
{
    (void)self;
    pthread_mutex_lock(&f->lock);
    enum status st = check_ours(c, f);
    if (st == ST_OK && (int64_t)bytes.len > f->size - f->len)
        st = fail_as(c, ST_TOO_LARGE, "", "too_much",
                     "more comes than the %lld bytes that were announced", (long long)f->size);
    if (st == ST_OK)
        st = write_bytes(c, f, bytes);
    pthread_mutex_unlock(&f->lock);
    return st;
}

static enum status read_head(struct ctx *c, const struct spool_file *f, struct str *out)
{
    size_t len = f->len < SPOOL_HEAD ? (size_t)f->len : SPOOL_HEAD;
    char *bytes = arena_alloc(c->arena, len + 1);
    if (!bytes)
        return fail_memory(c);
    for (size_t done = 0; done < len;) {
        ssize_t n = pread(f->fd, bytes + done, len - done, (off_t)done);
        if (n == 0 || (n < 0 && errno != EINTR))
            return refuse(c, "read");
        done += n > 0 ? (size_t)n : 0;
    }
    *out = (struct str){bytes, len};
    return ST_OK;
}

static enum status seal_ours(struct ctx *c, const struct spool_disk *s, struct spool_file *f,
                             struct sealed_file *out)
{
    char path[PATH_BYTES];
    if (f->len != f->size)
        return fail_as(c, ST_INVALID, "", "incomplete", "%lld of %lld bytes have come",
                       (long long)f->len, (long long)f->size);
    /* The space set aside beyond the end, of which there is none, goes with this. */
    if (ftruncate(f->fd, (off_t)f->size) != 0 || fdatasync(f->fd) != 0)
        return refuse(c, "sync");
    crypto_hash_sha256_state hash = f->hash;
    crypto_hash_sha256_final(&hash, out->sha256.bytes);
    part_path(s, f->key, path);
    out->path = str_copy(c->arena, str_of(path));
    return out->path.data ? read_head(c, f, &out->head) : fail_memory(c);
}

static enum status seal(void *self, struct ctx *c, struct spool_file *f, struct sealed_file *out)
{
    pthread_mutex_lock(&f->lock);
    enum status st = check_ours(c, f);
    if (st == ST_OK)
        st = seal_ours(c, self, f, out);
    f->sealed = f->sealed || st == ST_OK;
    pthread_mutex_unlock(&f->lock);
    return st;
}

/* ---- the folder ---- */

static int64_t length(void *self, struct digest key)
{
    char path[PATH_BYTES];
    struct stat info;
    part_path(self, key, path);
    return stat(path, &info) == 0 ? (int64_t)info.st_size : 0;
}

static enum status remove_part(void *self, struct ctx *c, struct digest key)
{
    struct spool_disk *s = self;
    char path[PATH_BYTES];
    part_path(s, key, path);
    pthread_mutex_lock(&s->lock);
    enum status st = ST_OK;
    /* Who sealed it will find no record and remove it. */
    if (take_from_others(s, key) && unlink(path) != 0 && errno != ENOENT)
        st = refuse(c, "remove");
    pthread_mutex_unlock(&s->lock);
    return st;
}

static enum status list(void *self, struct ctx *c, int32_t n, struct digest **keys, int32_t *count)
{
    const struct spool_disk *s = self;
    *count = 0;
    *keys = ARENA_ARRAY(c->arena, struct digest, (size_t)n);
    if (!*keys)
        return fail_memory(c);
    DIR *dir = opendir(s->folder);
    if (!dir)
        return refuse(c, "look for");
    for (struct dirent *entry = readdir(dir); entry && *count < n; entry = readdir(dir))
        if (part_key(entry->d_name, &(*keys)[*count]))
            ++*count;
    closedir(dir);
    return ST_OK;
}

/* Which run of the machine this is; nothing when it cannot be told. */
static void read_boot(const char *path, char out[BOOT_BYTES])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, out, BOOT_BYTES - 1) : 0;
    out[n > 0 ? n : 0] = '\0';
    if (fd >= 0)
        close(fd);
}

static void empty_folder(const struct spool_disk *s)
{
    DIR *dir = opendir(s->folder);
    if (!dir)
        return;
    int folder = dirfd(dir);
    assert(folder >= 0);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        struct digest key;
        if (part_key(entry->d_name, &key))
            unlinkat(folder, entry->d_name, 0);
    }
    closedir(dir);
}

/* Bytes of a former run may never have reached the disk. */
static enum status forget_former_run(struct ctx *c, const struct spool_disk *s)
{
    char path[PATH_BYTES];
    char now[BOOT_BYTES];
    char then[BOOT_BYTES];
    snprintf(path, sizeof path, "%s/.boot", s->folder);
    read_boot("/proc/sys/kernel/random/boot_id", now);
    read_boot(path, then);
    if (now[0] && strcmp(now, then) == 0)
        return ST_OK;
    empty_folder(s);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return refuse(c, "make");
    enum status st = file_write(c, fd, "a file of the spool", str_of(now), 0);
    close(fd);
    return st;
}

enum status spool_disk_open(struct ctx *c, const char *folder, int64_t limit,
                            struct spool_disk **out)
{
    struct spool_disk *s = process_alloc(sizeof *s);
    if (!s)
        return fail_memory(c);
    s->limit = limit;
    pthread_mutex_init(&s->lock, NULL);
    int len = snprintf(s->folder, sizeof s->folder, "%s", folder);
    enum status st = ST_OK;
    if (len <= 0 || (size_t)len >= sizeof s->folder)
        st = fail(c, ST_INVALID, "", "the media folder's path is too long");
    else if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        st = file_fail(c, "make", folder);
    if (st == ST_OK)
        st = forget_former_run(c, s);
    if (st == ST_OK)
        *out = s;
    else
        spool_disk_close(s);
    return st;
}

void spool_disk_close(struct spool_disk *s)
{
    if (!s)
        return;
    pthread_mutex_destroy(&s->lock);
    process_free(s);
}

struct spool spool_disk_port(struct spool_disk *s)
{
    return (struct spool){.open = open_file,
                          .append = append,
                          .seal = seal,
                          .close = close_file,
                          .length = length,
                          .remove = remove_part,
                          .list = list,
                          .self = s};
}
