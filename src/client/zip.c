#include "client/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "client/file.h"

enum { PIECE = 16 * 1024, ENTRIES_MAX = 10000 /* looked at */ };

struct archive_writer {
    struct archive *zip;
    struct archive_entry *entry;
    int fd; /* -1: handed out */
};

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
    w->fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (w->fd < 0) {
        free(w);
        return file_fail(c, "make a temporary file in", folder);
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

static enum status add(void *self, struct ctx *c, struct archive_writer *w, const char *name,
                       struct instant changed, struct str bytes)
{
    (void)self;
    archive_entry_clear(w->entry);
    archive_entry_set_pathname_utf8(w->entry, name);
    archive_entry_set_filetype(w->entry, AE_IFREG);
    archive_entry_set_perm(w->entry, 0600);
    archive_entry_set_size(w->entry, (la_int64_t)bytes.len);
    archive_entry_set_mtime(w->entry, (time_t)(changed.ms / 1000), 0);
    if (archive_write_header(w->zip, w->entry) != ARCHIVE_OK)
        return fail_write(c, w);
    for (size_t done = 0; done < bytes.len;) {
        la_ssize_t n = archive_write_data(w->zip, bytes.data + done, bytes.len - done);
        if (n <= 0)
            return fail_write(c, w);
        done += (size_t)n;
    }
    return ST_OK;
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

static enum status find_in(struct ctx *c, struct archive *zip, const char *name, size_t max,
                           struct str *out)
{
    for (int i = 0; i < ENTRIES_MAX; i++) {
        struct archive_entry *e;
        int code = archive_read_next_header(zip, &e);
        if (code == ARCHIVE_EOF)
            break;
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
            return fail_read(c, zip);
        const char *found = archive_entry_pathname(e);
        if (found && strcmp(found, name) == 0)
            return read_content(c, zip, max, out);
    }
    return fail_as(c, ST_INVALID, "", "archive", "there is no %s in this archive", name);
}

static enum status find(void *self, struct ctx *c, struct str bytes, const char *name, size_t max,
                        struct str *out)
{
    (void)self;
    struct archive *zip = archive_read_new();
    if (!zip)
        return fail_memory(c);
    archive_read_support_format_zip(zip);
    enum status st = archive_read_open_memory(zip, bytes.data, bytes.len) == ARCHIVE_OK
                         ? find_in(c, zip, name, max, out)
                         : fail_read(c, zip);
    archive_read_free(zip);
    return st;
}

struct archives zip_archives(const char *folder)
{
    return (struct archives){.create = create,
                             .add = add,
                             .finish = finish,
                             .close = close_writer,
                             .find = find,
                             .self = (void *)(uintptr_t)folder};
}
