#include "disk/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum status file_fail(struct ctx *c, const char *what, const char *path)
{
    int error = errno;
    enum status cause = error == ENOSPC || error == EDQUOT ? ST_FULL : ST_INTERNAL;
    return fail(c, cause, "", "cannot %s %s: %s", what, path, strerror(error));
}

enum status file_path(struct ctx *c, const char *folder, const char *name, char *out, size_t size)
{
    int len = snprintf(out, size, "%s/%s", folder, name);
    return len > 0 && (size_t)len < size ? ST_OK
                                         : fail(c, ST_INVALID, "", "the folder's path is too long");
}

static enum status read_all(struct ctx *c, int fd, const char *path, size_t max, struct str *out)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return file_fail(c, "look at", path);
    if ((size_t)info.st_size > max)
        return fail(c, ST_TOO_LARGE, "", "%s is too large", path);
    char *bytes = arena_alloc(c->arena, (size_t)info.st_size + 1);
    if (!bytes)
        return fail_memory(c);
    size_t len = 0;
    while (len < (size_t)info.st_size) {
        ssize_t n = read(fd, bytes + len, (size_t)info.st_size - len);
        if (n < 0 && errno != EINTR)
            return file_fail(c, "read", path);
        if (n == 0)
            break;
        len += n > 0 ? (size_t)n : 0;
    }
    *out = (struct str){bytes, len};
    return ST_OK;
}

enum status file_read(struct ctx *c, const char *path, size_t max, struct str *out)
{
    *out = STR_NONE;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ST_OK : file_fail(c, "open", path);
    enum status st = read_all(c, fd, path, max, out);
    close(fd);
    return st;
}

enum status file_write(struct ctx *c, int fd, const char *path, struct str bytes, int64_t offset)
{
    for (size_t done = 0; done < bytes.len;) {
        ssize_t n = pwrite(fd, bytes.data + done, bytes.len - done, offset + (off_t)done);
        if (n < 0 && errno != EINTR)
            return file_fail(c, "write", path);
        done += n > 0 ? (size_t)n : 0;
    }
    return fdatasync(fd) == 0 ? ST_OK : file_fail(c, "sync", path);
}

enum status file_sync_folder(struct ctx *c, const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return file_fail(c, "open", folder);
    enum status st = fsync(fd) == 0 ? ST_OK : file_fail(c, "sync", folder);
    close(fd);
    return st;
}
