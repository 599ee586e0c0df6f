#include "support/synced.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { SEEN_MAX = 256, PATH_ROOM = 4096 };

/* A file or folder, with the length it had. */
struct seen {
    dev_t device;
    ino_t inode;
    off_t length;
};

static struct seen synced[SEEN_MAX];
static int synced_count;
static struct seen
    open_folders[SEEN_MAX]; /* that were not synced since something was named there */
static int open_count;
static int renames;
static bool broken;

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

static struct seen seen_of(const struct stat *info)
{
    return (struct seen){info->st_dev, info->st_ino, info->st_size};
}

static bool is_same(struct seen a, struct seen b)
{
    return a.device == b.device && a.inode == b.inode;
}

static void note_synced(int fd)
{
    struct stat info;
    assert(fstat(fd, &info) == 0 && synced_count < SEEN_MAX);
    struct seen now = seen_of(&info);
    synced[synced_count++] = now;
    for (int i = 0; i < open_count; i++)
        if (is_same(open_folders[i], now))
            open_folders[i--] = open_folders[--open_count];
}

int __wrap_fsync(int fd)
{
    note_synced(fd);
    return __real_fsync(fd);
}

int __wrap_fdatasync(int fd)
{
    note_synced(fd);
    return __real_fdatasync(fd);
}

static bool was_synced(struct seen file)
{
    for (int i = synced_count; i-- > 0;)
        if (is_same(synced[i], file))
            return synced[i].length == file.length;
    return false;
}

int __wrap_rename(const char *from, const char *to)
{
    struct stat info;
    char folder[PATH_ROOM];
    const char *slash = strrchr(to, '/');
    assert(stat(from, &info) == 0 && slash && open_count < SEEN_MAX);
    if (!was_synced(seen_of(&info))) {
        fprintf(stderr, "not synced before it was named: %s\n", to);
        broken = true;
    }
    int outcome = __real_rename(from, to);
    snprintf(folder, sizeof folder, "%.*s", (int)(slash - to), to);
    assert(stat(folder, &info) == 0);
    open_folders[open_count++] = seen_of(&info);
    renames++;
    return outcome;
}

void synced_begin(void)
{
    synced_count = open_count = renames = 0;
    broken = false;
}

int synced_renames(void)
{
    if (open_count > 0)
        fprintf(stderr, "a folder was not synced after something was named in it\n");
    return broken || open_count > 0 ? -1 : renames;
}
