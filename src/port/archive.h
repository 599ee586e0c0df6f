/*
 * Archives of files (zip) that are handed to a user to keep, and taken back. In both directions
 * they are temporary files without a name, so that nothing is left behind and nothing large is held
 * in memory. A part of the disk is left to the database.
 *
 * Implemented by client/zip.c. Any thread may call, one at a time for each archive.
 */
#ifndef PORT_ARCHIVE_H
#define PORT_ARCHIVE_H

#include "base/instant.h"
#include "base/status.h"
#include "base/str.h"
#include "model/field.h"

struct archive_writer;

/* One that has arrived, or is arriving. */
struct archive_file;

struct archives {
    enum status (*create)(void *self, struct ctx *c, struct archive_writer **out);
    /* Adds a file. */
    enum status (*add)(void *self, struct ctx *c, struct archive_writer *w, const char *name,
                       struct instant changed, struct str bytes);
    /* Adds a file of `size` bytes, read from the present position of `fd`, uncompressed. Not
     * `*sound`: they cannot be read, are fewer, or have another SHA-256. Then nothing but `close`
     * is of use any more: part of the file stands in the archive. */
    enum status (*add_file)(void *self, struct ctx *c, struct archive_writer *w, const char *name,
                            struct instant changed, int fd, int64_t size, struct digest sha256,
                            bool *sound);
    /* Ends it. The descriptor, which is the caller's, reads `*len` bytes from 0 on. */
    enum status (*finish)(void *self, struct ctx *c, struct archive_writer *w, int *fd,
                          uint64_t *len);
    /* Frees the writer, finished or not; NULL is allowed. */
    void (*close)(void *self, struct archive_writer *w);

    /* Makes room for one that is coming. */
    enum status (*receive)(void *self, struct ctx *c, struct archive_file **out);
    enum status (*take)(void *self, struct ctx *c, struct archive_file *f, struct str bytes);
    /* NULL is allowed. */
    void (*drop)(void *self, struct archive_file *f);

    /* Looks for the file of that name and gives its content, which lies in the request's arena, as
     * all that is read. Whatever is wrong with it gives ST_INVALID with code "archive"; so do
     * `next` and `read`. ST_TOO_LARGE: the content has more than `max` bytes, which are never
     * unpacked. */
    enum status (*find)(void *self, struct ctx *c, struct archive_file *f, const char *name,
                        size_t max, struct str *out);
    /* Goes to the beginning. */
    enum status (*rewind)(void *self, struct ctx *c, struct archive_file *f);
    /* The next file's name, valid until the next call. ST_NOT_FOUND, without a fault: there is no
     * other. */
    enum status (*next)(void *self, struct ctx *c, struct archive_file *f, const char **name);
    /* Its next bytes; none: it ends. Its checksum was compared by then. */
    enum status (*read)(void *self, struct ctx *c, struct archive_file *f, void *bytes, size_t room,
                        size_t *n);
    void *self;
};

#endif
