/*
 * Files and folders by their paths, with failures told as causes. What must survive a crash is
 * written beside, synced and renamed by its owner, and then its folder is synced.
 */
#ifndef DISK_FILE_H
#define DISK_FILE_H

#include "base/status.h"
#include "base/str.h"

/* ST_FULL or ST_INTERNAL with errno's text: "cannot WHAT PATH: …". */
enum status file_fail(struct ctx *c, const char *what, const char *path);

/* Joins folder and name into `out`; ST_INVALID when it does not fit. */
MUST_USE enum status file_path(struct ctx *c, const char *folder, const char *name, char *out,
                               size_t size);

/* All of a file, in the request's arena; `*out` is no text when there is no such file. ST_TOO_LARGE
 * above `max` bytes. */
MUST_USE enum status file_read(struct ctx *c, const char *path, size_t max, struct str *out);

/* Writes all bytes at `offset` and syncs the file. */
MUST_USE enum status file_write(struct ctx *c, int fd, const char *path, struct str bytes,
                                int64_t offset);

/* Makes renames and new files in a folder durable. */
MUST_USE enum status file_sync_folder(struct ctx *c, const char *folder);

#endif
