/*
 * The web app's files as they are built into the program by tools/embed: sorted by path, each with
 * its compressed forms where they are smaller.
 */
#ifndef HTTP_EMBEDDED_H
#define HTTP_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>

struct embedded_file {
    const char *path; /* "/assets/index-4f2a.js" */
    const char *content_type;
    const unsigned char *data;
    size_t len;
    const unsigned char *gzip; /* NULL: not smaller */
    size_t gzip_len;
    const unsigned char *brotli; /* NULL: not smaller */
    size_t brotli_len;
    const char *etag; /* with quotes, of the uncompressed content */
    bool immutable;   /* the name carries a hash of the content */
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

#endif
