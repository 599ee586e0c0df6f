/*
 * Where attachments lie: the media folder with its spool, and who judges types. A part of the wire.
 *
 * The media folder is one installation's alone (.owner), since what no record names is cleared
 * away: another installation's files must not be.
 */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "domain/domain.h"

struct files;

struct files_options {
    const char
        *media; /* a folder's path, or file:///path; empty or NULL: "media" in the data folder */
    const char *data; /* the data folder, which exists */
    int64_t spool_bytes;
};

/* The media folder's path; ST_INVALID: a media URL that is not served. */
MUST_USE enum status files_folder(struct ctx *c, const struct files_options *options, char *out,
                                  size_t size);

/* Opens them and sets media, spool and sniffer of `domain`, whose digester is set. ST_INVALID: a
 * media URL that is not served, or a folder that is not this installation's. */
MUST_USE enum status files_open(struct ctx *c, const struct files_options *options,
                                struct domain *domain, struct files **out);

/* NULL is allowed. */
void files_close(struct files *files);

#endif
