/*
 * The store for one machine: an SQLite database in a data folder that one process owns.
 *
 * The folder holds studybunny.db (with -wal and -shm while open), lock (whose owner's process id is
 * written in it), and what others keep there: the keys of port/cipher.h, the installation's secret,
 * media. Opening takes the lock, brings the schema up to date and starts the writer.
 *
 * One thread writes. It takes what is waiting, carries out each operation in a savepoint of its own
 * (a refusal undoes only itself), commits all at once, and answers after the disk has it; if that
 * commit fails, all of the group fail. Reads use connections of their own and never wait for it.
 */
#ifndef STORE_SQLITE_SQLITE_H
#define STORE_SQLITE_SQLITE_H

#include "port/cipher.h"
#include "port/clock.h"
#include "store/store.h"

enum {
    SQLITE_CACHE_BYTES = 64 * 1024 * 1024, /* a good size for the desk cache */
    SQLITE_LOCK_WAIT_MS = 5000             /* a good time to wait for another process to leave */
};

/* Called before a database that holds something is changed; what it returns but ST_OK ends it. */
struct before_migration {
    enum status (*run)(void *self, struct ctx *c, int64_t from, int64_t to); /* NULL: nothing */
    void *self;
};

struct sqlite_config {
    const char *folder;   /* made, with its parents' last step, unless must_exist */
    bool must_exist;      /* refuse a folder without a database instead of making one */
    int32_t lock_wait_ms; /* how long to wait for another process to leave the folder */
    size_t cache_bytes;   /* of decoded desks; 0: none is kept */
    struct cipher cipher; /* seals the journal; used by many threads; outlives the store */
    struct clock clock;   /* tells what has expired when old rows are swept */

    /* Called when the folder is this process's and its database has an older schema, before that is
     * changed: takes a backup. Its failure is that of opening. */
    struct before_migration before_migration;

    /* For tests of what happens when the disk fails. */
    const char *vfs; /* name of an SQLite VFS; NULL: the system's */
    bool no_sync;    /* synchronous=OFF: loses acknowledged writes with the power */
};

/* Opens the store; store_close (store.h) ends it. Causes, each with a sentence for the admin:
 * ST_NOT_FOUND: must_exist, and there is no database. ST_CONFLICT: the folder has something in it
 * but no database, so one may have been lost; or the database is of a newer program.
 * ST_UNAVAILABLE: another process owns the folder (its id is said). ST_FULL, ST_INTERNAL. */
MUST_USE enum status store_sqlite_open(struct ctx *c, const struct sqlite_config *config,
                                       struct store **out);

#endif
