/*
 * A snapshot: a data folder's database of one moment in one file.
 *
 * The file is a heading and records, each a length (4 bytes, the least first), an alias
 * (port/cipher.h) and bytes sealed under that user's key. The first record is about the snapshot
 * itself, then comes one for each user (store_sqlite/dump.h), at last one with the number of
 * records and a digest over all of them; those two are sealed under the installation's key. So
 * nothing can be read, changed, added or left out by someone without the file of keys, which is
 * never part of a snapshot; and when a user's key is destroyed, the user is gone from every
 * snapshot there is, while all others can still be read.
 *
 * Files of attachments are not in it: its rows name them, and sealed copies that all snapshots
 * share lie beside (copies.h).
 */
#ifndef BACKUP_SNAPSHOT_FILE_H
#define BACKUP_SNAPSHOT_FILE_H

#include <stdatomic.h>

#include "backup/copies.h"
#include "port/cipher.h"
#include "port/clock.h"
#include "port/digest.h"

enum { SNAPSHOT_PROGRAM_MAX = 32 };

/* What a snapshot is of, and what is in it. */
struct snapshot_content {
    struct instant made;
    char program[SNAPSHOT_PROGRAM_MAX]; /* the version that made it */
    int64_t schema;
    int64_t newest;   /* schema that this program knows */
    int64_t sequence; /* the journal's */
    int64_t users;    /* whose records can be read */
    int64_t erased;   /* users whose key was destroyed since */
    int64_t rows;
    int64_t files; /* that its rows name; counted by whoever visits them */
    int64_t file_bytes;
    int64_t files_missing;
    int64_t files_damaged;
};

struct snapshot_tools {
    struct cipher cipher;
    struct digester digester;
    struct clock clock;
    const struct media *media;   /* open when snapshots are taken */
    const char *program;         /* this program's version */
    const atomic_bool *stopping; /* give up with ST_UNAVAILABLE; NULL: never */
};

/* Writes a snapshot of the data folder into the new file `path`, durably. */
MUST_USE enum status snapshot_write(struct ctx *c, const struct snapshot_tools *tools,
                                    const char *folder, const char *path,
                                    struct snapshot_content *out);

/* Who is told of each file that is named by the rows of a user whose key is there. */
struct snapshot_visitor {
    enum status (*file)(void *self, struct ctx *c, const struct copied_file *file);
    void *self;
};

/* Reads a snapshot to its end and loads every record, into a new database at `database` or, to see
 * whether it is whole, into memory one by one (NULL). `visitor` may be NULL. ST_INTERNAL, with a
 * sentence: it was damaged or tampered with, or it is of another installation's keys. ST_CONFLICT:
 * it is of a newer program. ST_NOT_FOUND: no such file. */
MUST_USE enum status snapshot_read(struct ctx *c, const struct snapshot_tools *tools,
                                   const char *path, const char *database,
                                   const struct snapshot_visitor *visitor,
                                   struct snapshot_content *out);

#endif
