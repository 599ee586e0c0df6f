/*
 * A desk in memory, shared by reference: built by one thread, then never changed, freed when the
 * last holder lets go. Each has an arena of its own that holds everything it points to, itself
 * included.
 */
#ifndef STORE_SNAPSHOT_H
#define STORE_SNAPSHOT_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/status.h"
#include "model/desk.h"

struct snapshot {
    struct desk desk; /* first: readers hold a pointer to it */
    struct arena arena;
    atomic_int holders;
    struct snapshot *next; /* in a list of those to be dropped; the cache's */
};

enum {
    SNAPSHOT_MAX = 64 * 1024 * 1024 /* bytes of one; far above what the limits of a desk allow */
};

/* An empty one with one holder, its arena grown to `extent` bytes at once. ST_UNAVAILABLE: memory.
 */
MUST_USE enum status snapshot_make(struct ctx *c, size_t extent, struct snapshot **out);

/* The snapshot that a desk is part of. */
struct snapshot *snapshot_of(const struct desk *d);

/* One holder more. Returns `s`. */
struct snapshot *snapshot_hold(struct snapshot *s);

/* One holder less; NULL is allowed. */
void snapshot_drop(struct snapshot *s);

/* Bytes it takes from the system. */
size_t snapshot_bytes(const struct snapshot *s);

#endif
