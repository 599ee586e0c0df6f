/*
 * Archives of files (zip) that are handed to a user to keep, and taken back. Written to a temporary
 * file that has no name, so that nothing is left behind and nothing large is held in memory.
 *
 * Implemented by client/zip.c. Any thread may call, one at a time for each writer.
 */
#ifndef PORT_ARCHIVE_H
#define PORT_ARCHIVE_H

#include "base/instant.h"
#include "base/status.h"
#include "base/str.h"

struct archive_writer;

struct archives {
    enum status (*create)(void *self, struct ctx *c, struct archive_writer **out);
    /* Adds a file. */
    enum status (*add)(void *self, struct ctx *c, struct archive_writer *w, const char *name,
                       struct instant changed, struct str bytes);
    /* Ends it. The descriptor, which is the caller's, reads `*len` bytes from 0 on. */
    enum status (*finish)(void *self, struct ctx *c, struct archive_writer *w, int *fd,
                          uint64_t *len);
    /* Frees the writer, finished or not; NULL is allowed. */
    void (*close)(void *self, struct archive_writer *w);

    /* Looks in an archive for the file of that name and gives its content, which lies in the
     * request's arena, as all that is read. Whatever is wrong with it gives ST_INVALID with code
     * "archive"; ST_TOO_LARGE: the content has more than `max` bytes, which are never unpacked. */
    enum status (*find)(void *self, struct ctx *c, struct str archive, const char *name, size_t max,
                        struct str *out);
    void *self;
};

#endif
