/*
 * The one thread that writes. Private to store_sqlite/.
 *
 * Callers hand it operations and wait. It takes all that are waiting (at most GROUP_MAX), carries
 * out each in a savepoint of its own, commits, and wakes the callers: one sync of the disk serves
 * the group. An operation that refuses is undone alone; if the transaction or its commit fails, all
 * of the group get that failure. The queue is bounded: beyond it ST_UNAVAILABLE at once.
 *
 * It also moves the write-ahead log into the database, between groups, so that the log stays small.
 */
#ifndef STORE_SQLITE_WRITER_H
#define STORE_SQLITE_WRITER_H

#include "store_sqlite/db.h"

struct writer;

enum {
    GROUP_MAX = 128,    /* operations committed together */
    WAITING_MAX = 1024, /* operations in the queue */
    /* Of the log, 16 MB: it is moved when it is longer. A page that is written again and again is
     * moved once; four times SQLite's own measure saves a twentieth of a commit. */
    CHECKPOINT_PAGES = 4000,
    CHECKPOINT_NOW_PAGES = 16000, /* of the log: readers are waited for */
    CHECKPOINT_WAIT_MS = 50,      /* but no longer after each group */
    TRUNCATE_AGAIN_S = 1          /* without groups: until the log is tried again */
};

/* One operation on the writer's connection, in a transaction. Runs in the writer's thread while the
 * caller waits, so it may use the caller's context and memory. */
typedef enum status write_fn(struct ctx *c, struct db *db, void *arg);

/* Starts the thread; the connection stays the caller's, who must not use it until writer_stop. */
MUST_USE enum status writer_start(struct ctx *c, struct db *db, struct writer **out);

/* Finishes what is queued, then ends the thread. */
void writer_stop(struct writer *w);

/* Runs one operation; returns when it is durable or has failed. */
MUST_USE enum status writer_run(struct ctx *c, struct writer *w, write_fn *run, void *arg);

/* Runs one that nobody waits for, on a copy of `size` bytes of `arg`; it may be lost. */
void writer_post(struct writer *w, write_fn *run, const void *arg, size_t size);

/* Empties the write-ahead log, waiting for readers for a bounded time. ST_UNAVAILABLE, without a
 * fault: not yet; it is tried again by itself. */
MUST_USE enum status writer_truncate_log(struct ctx *c, struct writer *w);

void writer_stats(struct writer *w, int64_t *operations, int64_t *groups);

#endif
