/*
 * Files that are arriving, in a folder of the media folder: one file KEY.part each, mode 0600.
 *
 * The disk space of a file is set aside when it is opened first, so that a full disk is told before
 * the first byte and not after the last; and a part of the disk is left to the database. What has
 * arrived is only what the kernel took: it survives the program, not the machine. So the folder
 * remembers which run of the machine it is of (.boot) and is emptied at the first start of another.
 */
#ifndef CLIENT_SPOOL_H
#define CLIENT_SPOOL_H

#include "port/media.h"

struct spool_disk;

/* Makes the folder if need be. `limit`: bytes that all files in it may take. Causes as
 * media_disk_open. */
MUST_USE enum status spool_disk_open(struct ctx *c, const char *folder, int64_t limit,
                                     struct spool_disk **out);

/* No file may be open. NULL is allowed. */
void spool_disk_close(struct spool_disk *s);

struct spool spool_disk_port(struct spool_disk *s);

#endif
