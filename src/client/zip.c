#include "client/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "disk/file.h"
#include "disk/room.h"

enum {
    PIECE = 16 * 1024,
    ENTRIES_MAX = 10000, /* looked at */
    LOOK_AFTER = 8 << 20 /* bytes written between two looks at the disk's room */
};

struct archive_writer {
    struct archive *zip;
    struct archive_entry *entry;
    int fd; /* -1: handed out */
};

struct archive_file {
    struct archive *zip; /* NULL: not being read */
    int fd;
    int files;   /* that were looked at */
    int64_t len; /* that came */
};

static enum status open_nameless(struct ctx *c, const char *folder, int *fd)
{
    *fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    return *fd < 0 ? file_fail(c, "make a temporary file in", folder) : ST_OK;
}

static enum status check_room(struct ctx *c, int fd, int64_t more)
{
    struct statvfs disk;
    if (fstatvfs(fd, &disk) != 0)
        return file_fail(c, "look at", "the disk");
    if (more > room_left(&disk, ROOM_KEPT_FROM_USERS))
        return fail(c, ST_FULL, "", "the server has no room for this archive");
    return ST_OK;
}

static enum status fail_write(struct ctx *c, struct archive_writer *w)
{
    int error = archive_errno(w->zip);
    return fail(c, error == ENOSPC || error == EDQUOT ? ST_FULL : ST_INTERNAL, "",
                "cannot write an archive: %s", archive_error_string(w->zip));
}

static void close_writer(void *self, struct archive_writer *w)
{
    (void)self;
    if (!w)
        return;
    archive_entry_free(w->entry);
    archive_write_free(w->zip);
    if (w->fd >= 0)
        close(w->fd);
    free(w);
}

static enum status create(void *self, struct ctx *c, struct archive_writer **out)
{
    const char *folder = self;
    struct archive_writer *w = calloc(1, sizeof *w);
    if (!w)
        return fail_memory(c);
    enum status st = open_nameless(c, folder, &w->fd);
    if (st != ST_OK) {
        free(w);
        return st;
    }
    w->zip = archive_write_new();
    w->entry = archive_entry_new();
    if (!w->zip || !w->entry || archive_write_set_format_zip(w->zip) != ARCHIVE_OK ||
        archive_write_set_options(w->zip, "zip:hdrcharset=UTF-8") != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(w->zip, 1) != ARCHIVE_OK ||
        archive_write_open_fd(w->zip, w->fd) != ARCHIVE_OK) {
        close_writer(self, w);
        return fail_memory(c);
    }
    *out = w;
    return ST_OK;
}

static enum status begin_entry(struct ctx *c, struct archive_writer *w, const char *name,
                               struct instant changed, int64_t size, bool compressed)
{
    archive_entry_clear(w->entry);
    archive_entry_set_pathname_utf8(w->entry, name);
    archive_entry_set_filetype(w->entry, AE_IFREG);
    archive_entry_set_perm(w->entry, 0600);
    archive_entry_set_size(w->entry, size);
    archive_entry_set_mtime(w->entry, (time_t)(changed.ms / 1000), 0);
    int code = compressed ? archive_write_zip_set_compression_deflate(w->zip)
                          : archive_write_zip_set_compression_store(w->zip);
    return code == ARCHIVE_OK && archive_write_header(w->zip, w->entry) == ARCHIVE_OK
               ? ST_OK
               : fail_write(c, w);
}

static enum status write_data(struct ctx *c, struct archive_writer *w, struct str bytes)
{
    for (size_t done = 0; done < bytes.len;) {
        la_ssize_t n = archive_write_data(w->zip, bytes.data + done, bytes.len - done);
        if (n <= 0)
            return fail_write(c, w);
        done += (size_t)n;
    }
    return ST_OK;
}

static enum status add(void *self, struct ctx *c, struct archive_writer *w, const char *name,
                       struct instant changed, struct str bytes)
{
    (void)self;
    enum status st = begin_entry(c, w, name, changed, (int64_t)bytes.len, true);
    return st == ST_OK ? write_data(c, w, bytes) : st;
}

static enum status add_file(void *self, struct ctx *c, struct archive_writer *w, const char *name,
                            struct instant changed, int fd, int64_t size, struct digest sha256,
                            bool *sound)
{
    char piece[PIECE];
    struct digest found;
    crypto_hash_sha256_state hash;
    (void)self;
    *sound = false;
    crypto_hash_sha256_init(&hash);
    enum status st = check_room(c, w->fd, size);
    if (st == ST_OK)
        st = begin_entry(c, w, name, changed, size, false);
    for (int64_t left = size; st == ST_OK && left > 0;) {
        ssize_t n = read(fd, piece, left < PIECE ? (size_t)left : PIECE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return ST_OK;
        crypto_hash_sha256_update(&hash, (const unsigned char *)piece, (unsigned long long)n);
        st = write_data(c, w, (struct str){piece, (size_t)n});
        left -= n;
    }
    crypto_hash_sha256_final(&hash, found.bytes);
    *sound = memcmp(&found, &sha256, sizeof found) == 0;
    return st;
}

static enum status finish(void *self, struct ctx *c, struct archive_writer *w, int *fd,
                          uint64_t *len)
{
    struct stat info;
    (void)self;
    if (archive_write_close(w->zip) != ARCHIVE_OK)
        return fail_write(c, w);
    if (fstat(w->fd, &info) != 0)
        return file_fail(c, "look at", "an archive");
    *len = (uint64_t)info.st_size;
    *fd = w->fd;
    w->fd = -1;
    return ST_OK;
}

/* ---- arriving ---- */

static void end_reading(struct archive_file *f)
{
    if (f->zip)
        archive_read_free(f->zip);
    f->zip = NULL;
}

static void drop(void *self, struct archive_file *f)
{
    (void)self;
    if (!f)
        return;
    end_reading(f);
    close(f->fd);
    free(f);
}

static enum status receive(void *self, struct ctx *c, struct archive_file **out)
{
    struct archive_file *f = calloc(1, sizeof *f);
    if (!f)
        return fail_memory(c);
    enum status st = open_nameless(c, self, &f->fd);
    if (st == ST_OK)
        *out = f;
    else
        free(f);
    return st;
}

static enum status take(void *self, struct ctx *c, struct archive_file *f, struct str bytes)
{
    (void)self;
    if (f->len % LOOK_AFTER + (int64_t)bytes.len >= LOOK_AFTER || f->len == 0) {
        enum status st = check_room(c, f->fd, LOOK_AFTER);
        if (st != ST_OK)
            return st;
    }
    for (size_t done = 0; done < bytes.len;) {
        ssize_t n = pwrite(f->fd, bytes.data + done, bytes.len - done, f->len);
        if (n < 0 && errno != EINTR)
            return file_fail(c, "write", "an archive");
        done += n > 0 ? (size_t)n : 0;
        f->len += n > 0 ? n : 0;
    }
    return ST_OK;
}

/* ---- reading ---- */

static enum status fail_read(struct ctx *c, struct archive *zip)
{
    const char *reason = archive_error_string(zip);
    return fail_as(c, ST_INVALID, "", "archive", "this is no zip file that can be read: %s",
                   reason ? reason : "it is damaged");
}

/* The content of the present file, one byte more than allowed at most. */
static enum status read_content(struct ctx *c, struct archive *zip, size_t max, struct str *out)
{
    struct buf b;
    buf_init(&b, c->arena, PIECE, max + 1 + PIECE);
    for (;;) {
        char piece[PIECE];
        la_ssize_t n = archive_read_data(zip, piece, sizeof piece);
        if (n < 0)
            return fail_read(c, zip);
        if (n == 0)
            break;
        buf_add(&b, piece, (size_t)n);
        if (b.len > max)
            return fail_as(c, ST_TOO_LARGE, "", "too_large",
                           "what is in the archive is longer than %zu bytes", max);
    }
    *out = buf_str(&b);
    return b.overflowed ? fail_memory(c) : ST_OK;
}

static enum status rewind_file(void *self, struct ctx *c, struct archive_file *f)
{
    (void)self;
    end_reading(f);
    f->zip = archive_read_new();
    f->files = 0;
    if (!f->zip)
        return fail_memory(c);
    archive_read_support_format_zip(f->zip);
    if (lseek(f->fd, 0, SEEK_SET) != 0)
        return file_fail(c, "read", "an archive");
    return archive_read_open_fd(f->zip, f->fd, PIECE) == ARCHIVE_OK ? ST_OK : fail_read(c, f->zip);
}

static enum status next(void *self, struct ctx *c, struct archive_file *f, const char **name)
{
    struct archive_entry *e = NULL;
    (void)self;
    int code = ARCHIVE_EOF;
    *name = NULL;
    for (; !*name; *name = archive_entry_pathname(e)) {
        if (f->files++ < ENTRIES_MAX)
            code = archive_read_next_header(f->zip, &e);
        if (code == ARCHIVE_EOF || f->files > ENTRIES_MAX)
            return ST_NOT_FOUND;
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
            return fail_read(c, f->zip);
    }
    return ST_OK;
}

static enum status read_bytes(void *self, struct ctx *c, struct archive_file *f, void *bytes,
                              size_t room, size_t *n)
{
    (void)self;
    la_ssize_t got = archive_read_data(f->zip, bytes, room);
    *n = got > 0 ? (size_t)got : 0;
    return got < 0 ? fail_read(c, f->zip) : ST_OK;
}

static enum status find(void *self, struct ctx *c, struct archive_file *f, const char *name,
                        size_t max, struct str *out)
{
    const char *found = NULL;
    enum status st = rewind_file(self, c, f);
    while (st == ST_OK && (st = next(self, c, f, &found)) == ST_OK)
        if (found && strcmp(found, name) == 0)
            return read_content(c, f->zip, max, out);
    return st == ST_NOT_FOUND
               ? fail_as(c, ST_INVALID, "", "archive", "there is no %s in this archive", name)
               : st;
}

struct archives zip_archives(const char *folder)
{
    return (struct archives){.create = create,
                             .add = add,
                             .add_file = add_file,
                             .finish = finish,
                             .close = close_writer,
                             .receive = receive,
                             .take = take,
                             .drop = drop,
                             .find = find,
                             .rewind = rewind_file,
                             .next = next,
                             .read = read_bytes,
                             .self = (void *)(uintptr_t)folder};
}
