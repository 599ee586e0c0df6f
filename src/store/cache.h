/*
 * The desk cache: the newest snapshot of each desk in use, bounded in bytes, the least recently
 * used leave first.
 *
 * It is authoritative where this process is the database's only writer, so it must never hold a
 * desk older than what was acknowledged. Two rules ensure that. Whoever reads or changes a desk
 * pins the user's entry first and unpins it last, so that an entry outlives everything under way;
 * and an entry takes a snapshot only if its revision is higher than the one it has. A load that was
 * overtaken by a commit therefore changes nothing. Erasing marks the entry dead: it takes nothing
 * any more and goes with the last pin.
 *
 * Misses are coalesced: one thread loads, others that want the same desk wait for it.
 *
 * One lock, held for a few dozen instructions; desks are built and freed outside it.
 */
#ifndef STORE_CACHE_H
#define STORE_CACHE_H

#include "store/snapshot.h"

struct cache;
struct cache_entry;

/* `bytes`: what the snapshots may take. The cache's own structures come from `a`, which outlives
 * it. NULL when memory is out. */
struct cache *cache_create(struct arena *a, size_t bytes);

/* Drops everything. Nothing may be pinned. */
void cache_close(struct cache *cache);

/* The desk only if it is there and the lock is free; held for the caller. NULL otherwise. */
struct snapshot *cache_peek(struct cache *cache, struct id user);

/* The desk if it is there, held for the caller; waits while another thread loads it. If not,
 * `*found` is NULL and the caller has become the one who loads: it must call cache_loaded.
 * Returns the pinned entry; NULL when memory is out. */
struct cache_entry *cache_enter(struct cache *cache, struct id user, struct snapshot **found);

/* Ends the load begun by cache_enter. `loaded` (NULL: it failed) is given to the cache; returns the
 * newest snapshot, held for the caller; NULL if there is none or the desk was erased. */
struct snapshot *cache_loaded(struct cache *cache, struct cache_entry *entry,
                              struct snapshot *loaded);

/* A commit succeeded: `s` is the desk now. The caller keeps its own hold. */
void cache_replace(struct cache *cache, struct cache_entry *entry, struct snapshot *s);

/* Gives back what cache_enter returned. */
void cache_leave(struct cache *cache, struct cache_entry *entry);

/* The desk was erased: forgets it, also for those who have it pinned. */
void cache_erase(struct cache *cache, struct id user);

struct cache_stats {
    int64_t hits;
    int64_t misses;
    int64_t bytes;
    int64_t desks;
};
struct cache_stats cache_stats(struct cache *cache);

#endif
