#include "client/media_disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hex.h"
#include "base/pool.h"
#include "disk/file.h"

enum { PATH_BYTES = 4096, SHARDS = 256, READ_AHEAD = 1 << 20, HASHED_AT_ONCE = 64 << 10 };

struct media_disk {
    char folder[PATH_BYTES - MEDIA_KEY_TEXT - 8];
};

/* Errors name no path: keys are secrets. */
static enum status refuse(struct ctx *c, const char *what)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return fail(c, ST_FULL, "", "the server has no room for this file");
    return file_fail(c, what, "a file of the media folder");
}

void media_key_text(struct digest key, char out[MEDIA_KEY_TEXT + 1])
{
    hex_write(key.bytes, sizeof key.bytes, out);
    out[MEDIA_KEY_TEXT] = '\0';
}

bool media_key_parse(const char *text, struct digest *out)
{
    return strlen(text) == MEDIA_KEY_TEXT && hex_read(text, sizeof out->bytes, out->bytes);
}

static enum status set_folder(struct ctx *c, struct media_disk *m, const char *folder)
{
    int len = snprintf(m->folder, sizeof m->folder, "%s", folder);
    return len > 0 && (size_t)len < sizeof m->folder
               ? ST_OK
               : fail(c, ST_INVALID, "", "the media folder's path is too long");
}

static void shard_path(const struct media_disk *m, unsigned shard, char out[PATH_BYTES])
{
    snprintf(out, PATH_BYTES, "%s/%02x", m->folder, shard);
}

static void object_path(const struct media_disk *m, struct digest key, char out[PATH_BYTES])
{
    char name[MEDIA_KEY_TEXT + 1];
    media_key_text(key, name);
    snprintf(out, PATH_BYTES, "%s/%.2s/%s", m->folder, name, name);
}

static enum status make_shard(struct ctx *c, const struct media_disk *m, const char *shard)
{
    if (mkdir(shard, 0700) == 0)
        return file_sync_folder(c, m->folder);
    return errno == EEXIST ? ST_OK : refuse(c, "make a folder for");
}

static enum status put(void *self, struct ctx *c, struct digest key, struct str path)
{
    const struct media_disk *m = self;
    char shard[PATH_BYTES];
    char object[PATH_BYTES];
    shard_path(m, key.bytes[0], shard);
    object_path(m, key, object);
    enum status st = make_shard(c, m, shard);
    if (st == ST_OK && rename(path.data, object) != 0)
        st = refuse(c, "keep");
    return st == ST_OK ? file_sync_folder(c, shard) : st;
}

static enum status open_object(void *self, struct ctx *c, struct digest key, int64_t offset,
                               int64_t len, int *fd, bool *seekable)
{
    char object[PATH_BYTES];
    struct stat info;
    object_path(self, key, object);
    *seekable = true;
    *fd = open(object, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (*fd < 0)
        return errno == ENOENT ? ST_NOT_FOUND : refuse(c, "open");
    if (fstat(*fd, &info) != 0 || info.st_size - offset < len) {
        close(*fd);
        return ST_NOT_FOUND;
    }
    /* Whoever sends it must not wait for the disk more than need be. */
    posix_fadvise(*fd, offset, len < READ_AHEAD ? len : READ_AHEAD, POSIX_FADV_WILLNEED);
    posix_fadvise(*fd, offset, len, POSIX_FADV_SEQUENTIAL);
    return ST_OK;
}

/* SHA-256 of all that can be read there; false: not all can, and errno says why. */
static bool hash_object(int fd, struct digest *out)
{
    unsigned char bytes[HASHED_AT_ONCE];
    crypto_hash_sha256_state hash;
    ssize_t n;
    crypto_hash_sha256_init(&hash);
    while ((n = read(fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0)
            crypto_hash_sha256_update(&hash, bytes, (unsigned long long)n);
    crypto_hash_sha256_final(&hash, out->bytes);
    return n == 0;
}

static enum status check(void *self, struct ctx *c, const struct media_object *object, bool *sound)
{
    struct ctx quiet = {.arena = c->arena};
    struct digest found;
    bool seekable;
    int fd;
    *sound = false;
    if (open_object(self, &quiet, object->key, 0, object->size, &fd, &seekable) != ST_OK)
        return ST_OK;
    *sound = hash_object(fd, &found) && memcmp(&found, &object->sha256, sizeof found) == 0;
    close(fd);
    return ST_OK;
}

static enum status remove_object(void *self, struct ctx *c, struct digest key)
{
    char object[PATH_BYTES];
    char shard[PATH_BYTES];
    object_path(self, key, object);
    shard_path(self, key.bytes[0], shard);
    if (unlink(object) == 0)
        return file_sync_folder(c, shard);
    return errno == ENOENT ? ST_OK : refuse(c, "remove");
}

static int compare_keys(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct digest));
}

/* The keys of one shard above `after` (NULL: all), sorted; as many as there are. */
static enum status list_shard(struct ctx *c, const char *shard, const struct digest *after,
                              struct digest **keys, int32_t *count)
{
    int32_t room = 0;
    enum status st = ST_OK;
    *count = 0;
    *keys = NULL;
    DIR *dir = opendir(shard);
    if (!dir)
        return errno == ENOENT ? ST_OK : refuse(c, "look for");
    for (struct dirent *entry = readdir(dir); st == ST_OK && entry; entry = readdir(dir)) {
        struct digest key;
        if (!media_key_parse(entry->d_name, &key) || (after && compare_keys(&key, after) <= 0))
            continue;
        if (*count == room) {
            room = room ? room * 2 : 64;
            struct digest *grown = ARENA_ARRAY(c->arena, struct digest, (size_t)room);
            if (grown && *count)
                memcpy(grown, *keys, (size_t)*count * sizeof **keys);
            st = grown ? ST_OK : fail_memory(c);
            *keys = grown;
        }
        if (st == ST_OK)
            (*keys)[(*count)++] = key;
    }
    closedir(dir);
    if (*count)
        qsort(*keys, (size_t)*count, sizeof **keys, compare_keys);
    return st;
}

static enum status list(void *self, struct ctx *c, struct digest after, int32_t n,
                        struct digest **keys, int32_t *count)
{
    const struct media_disk *m = self;
    enum status st = ST_OK;
    *count = 0;
    *keys = ARENA_ARRAY(c->arena, struct digest, (size_t)n);
    if (!*keys)
        return fail_memory(c);
    for (unsigned i = after.bytes[0]; st == ST_OK && i < SHARDS && *count < n; i++) {
        char shard[PATH_BYTES];
        struct digest *found;
        int32_t here;
        shard_path(m, i, shard);
        st = list_shard(c, shard, &after, &found, &here);
        for (int32_t k = 0; st == ST_OK && k < here && *count < n; k++)
            (*keys)[(*count)++] = found[k];
    }
    return st;
}

enum status media_disk_examine(struct ctx *c, const char *folder, struct media_seen **out,
                               int64_t *count)
{
    struct media_disk m;
    int64_t room = 0;
    enum status st = set_folder(c, &m, folder);
    *out = NULL;
    *count = 0;
    for (unsigned i = 0; st == ST_OK && i < SHARDS; i++) {
        char path[PATH_BYTES];
        struct digest *keys;
        int32_t here;
        shard_path(&m, i, path);
        st = list_shard(c, path, NULL, &keys, &here);
        if (st == ST_OK && *count + here > room) {
            room = (*count + here) * 2;
            struct media_seen *grown = arena_array_of(c->arena, *out, (size_t)*count,
                                                      (size_t)(room - *count), sizeof **out);
            st = grown ? ST_OK : fail_memory(c);
            *out = grown;
        }
        for (int32_t k = 0; st == ST_OK && k < here; k++) {
            struct stat info;
            object_path(&m, keys[k], path);
            if (stat(path, &info) == 0)
                (*out)[(*count)++] = (struct media_seen){keys[k], info.st_size};
        }
    }
    return st;
}

enum status media_disk_hash(struct ctx *c, const char *folder, struct digest key,
                            struct digest *out)
{
    struct media_disk m;
    char path[PATH_BYTES];
    enum status st = set_folder(c, &m, folder);
    if (st != ST_OK)
        return st;
    object_path(&m, key, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT ? ST_NOT_FOUND : refuse(c, "open");
    if (!hash_object(fd, out))
        st = refuse(c, "read");
    close(fd);
    return st;
}

static bool is_empty(const char *folder)
{
    DIR *dir = opendir(folder);
    bool empty = dir;
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry && empty; entry = readdir(dir))
        empty = entry->d_name[0] == '.' || strcmp(entry->d_name, "lost+found") == 0;
    if (dir)
        closedir(dir);
    return empty;
}

static enum status write_owner(struct ctx *c, const char *folder, const char *path, struct str text)
{
    if (!is_empty(folder))
        return fail(c, ST_CONFLICT, "",
                    "the media folder %s is not empty and has no .owner: name "
                    "an empty folder, or the right one",
                    folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_fail(c, "make", path);
    enum status st = file_write(c, fd, path, text, 0);
    close(fd);
    return st == ST_OK ? file_sync_folder(c, folder) : st;
}

static enum status claim(struct ctx *c, const char *folder, struct digest owner)
{
    char path[PATH_BYTES];
    char text[MEDIA_KEY_TEXT + 1];
    struct str there;
    media_key_text(owner, text);
    enum status st = file_path(c, folder, ".owner", path, sizeof path);
    if (st == ST_OK)
        st = file_read(c, path, sizeof text, &there);
    if (st != ST_OK)
        return st;
    /* Nothing in it: a crash came in between. */
    if (there.len == 0 && (!there.data || unlink(path) == 0))
        return write_owner(c, folder, path, str_of(text));
    if (!str_eq(there, str_of(text)))
        return fail(c, ST_CONFLICT, "", "the media folder %s belongs to another installation",
                    folder);
    return ST_OK;
}

enum status media_disk_open(struct ctx *c, const char *folder, struct digest owner,
                            struct media_disk **out)
{
    struct media_disk *m = process_alloc(sizeof *m);
    if (!m)
        return fail_memory(c);
    enum status st = set_folder(c, m, folder);
    if (st == ST_OK && mkdir(folder, 0700) != 0 && errno != EEXIST)
        st = file_fail(c, "make the media folder", folder);
    else if (st == ST_OK && access(folder, W_OK | X_OK) != 0)
        st = file_fail(c, "write into the media folder", folder);
    if (st == ST_OK)
        st = claim(c, folder, owner);
    if (st == ST_OK)
        *out = m;
    else
        process_free(m);
    return st;
}

void media_disk_close(struct media_disk *m)
{
    process_free(m);
}

struct media media_disk_port(struct media_disk *m)
{
    return (struct media){.put = put,
                          .open = open_object,
                          .check = check,
                          .remove = remove_object,
                          .list = list,
                          .self = m};
}
