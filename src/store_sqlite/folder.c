#include "store_sqlite/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

enum { POLL_MS = 20 };

static enum status fail_errno(struct ctx *c, const char *what, const char *path)
{
    int error = errno;
    enum status cause = error == ENOSPC || error == EDQUOT ? ST_FULL : ST_INTERNAL;
    return fail(c, cause, "", "%s %s: %s", what, path, strerror(error));
}

static enum status make_path(struct ctx *c, const char *folder, const char *name, char *out,
                             size_t size)
{
    int len = snprintf(out, size, "%s/%s", folder, name);
    return len > 0 && (size_t)len < size - sizeof "-wal"
               ? ST_OK
               : fail(c, ST_INVALID, "", "the data folder's path is too long");
}

/* What may lie in a folder in which no database was made yet. */
static bool is_harmless(const char *name)
{
    static const char *const names[] = {"lock", "secret", "socket", "lost+found"};
    if (name[0] == '.')
        return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* An empty file is what a crash before the first commit leaves. */
static bool has_database(const char *path)
{
    struct stat file;
    char wal[4096 + sizeof "-wal"];
    snprintf(wal, sizeof wal, "%s-wal", path);
    return (stat(path, &file) == 0 && file.st_size > 0) ||
           (stat(wal, &file) == 0 && file.st_size > 0);
}

static enum status look(struct ctx *c, const char *path, bool must_exist, struct folder *folder)
{
    folder->fresh = !has_database(folder->database);
    if (!folder->fresh)
        return ST_OK;
    if (must_exist)
        return fail(c, ST_NOT_FOUND, "", "there is no database in %s", path);
    DIR *dir = opendir(path);
    if (!dir)
        return fail_errno(c, "cannot read", path);
    enum status st = ST_OK;
    for (struct dirent *entry = readdir(dir); st == ST_OK && entry; entry = readdir(dir))
        if (!is_harmless(entry->d_name) && strncmp(entry->d_name, "studybunny.db", 13) != 0)
            st =
                fail(c, ST_CONFLICT, "",
                     "%s has %s in it but no database (studybunny.db): it may be the wrong folder, "
                     "or the database was lost; restore it, or name an empty folder",
                     path, entry->d_name);
    closedir(dir);
    return st;
}

static void sleep_ms(int ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

static enum status refuse_locked(struct ctx *c, const char *path, int fd)
{
    char owner[24] = "";
    ssize_t len = pread(fd, owner, sizeof owner - 1, 0);
    owner[len > 0 ? strcspn(owner, "\n") : 0] = '\0';
    return fail_as(c, ST_UNAVAILABLE, "", "locked", "%s is in use by process %s", path,
                   owner[0] ? owner : "?");
}

static enum status take_lock(struct ctx *c, const char *path, int32_t wait_ms,
                             struct folder *folder)
{
    char lock[4096];
    enum status st = make_path(c, path, "lock", lock, sizeof lock);
    if (st != ST_OK)
        return st;
    int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(c, "cannot open", lock);
    for (int32_t waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; waited += POLL_MS) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            st = fail_errno(c, "cannot lock", lock);
        else if (waited >= wait_ms)
            st = refuse_locked(c, path, fd);
        if (st != ST_OK) {
            close(fd);
            return st;
        }
        sleep_ms(POLL_MS);
    }
    char owner[24];
    int len = snprintf(owner, sizeof owner, "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) != 0 || pwrite(fd, owner, (size_t)len, 0) != len) {
        st = fail_errno(c, "cannot write", lock);
        close(fd);
        return st;
    }
    folder->lock = fd;
    return ST_OK;
}

/* SQLite would make it readable for all; its companions take their mode from it. */
static enum status make_private(struct ctx *c, const char *database)
{
    int fd = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(c, "cannot make", database);
    close(fd);
    return ST_OK;
}

enum status folder_open(struct ctx *c, const char *path, bool must_exist, int32_t wait_ms,
                        struct folder *out)
{
    *out = (struct folder){.lock = -1};
    struct stat info;
    enum status st = make_path(c, path, "studybunny.db", out->database, sizeof out->database);
    if (st != ST_OK)
        return st;
    if (stat(path, &info) != 0) {
        if (must_exist)
            return fail(c, ST_NOT_FOUND, "", "there is no data folder %s", path);
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return fail_errno(c, "cannot make", path);
    }
    st = take_lock(c, path, wait_ms, out);
    if (st == ST_OK)
        st = look(c, path, must_exist, out);
    if (st == ST_OK && out->fresh)
        st = make_private(c, out->database);
    if (st != ST_OK)
        folder_close(out);
    return st;
}

void folder_close(struct folder *folder)
{
    if (folder->lock >= 0)
        close(folder->lock);
    folder->lock = -1;
}
