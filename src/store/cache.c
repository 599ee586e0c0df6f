#include "store/cache.h"

#include <assert.h>
#include <pthread.h>

enum { BUCKETS = 1 << 14, ENTRIES_AT_ONCE = 64, TABLE_BYTES_MAX = 256 * 1024 * 1024 };

struct cache_entry {
    struct id user;
    struct snapshot *snapshot; /* held; NULL while nothing is known */
    bool loading;
    bool dead; /* erased: takes nothing any more, is not found any more */
    int pins;
    struct cache_entry *chain; /* of the bucket, or of the free ones */
    struct cache_entry *newer; /* in the order of use, only those with a snapshot */
    struct cache_entry *older;
};

struct cache {
    pthread_mutex_t lock;
    pthread_cond_t loaded;
    size_t limit;
    size_t bytes;
    int64_t hits;
    int64_t misses;
    int64_t desks;
    struct cache_entry *newest;
    struct cache_entry *oldest;
    struct cache_entry *spare;
    struct arena arena; /* of entries */
    struct cache_entry *buckets[BUCKETS];
};

struct cache *cache_create(struct arena *a, size_t bytes)
{
    struct cache *cache = ARENA_NEW(a, struct cache);
    if (!cache)
        return NULL;
    cache->limit = bytes;
    arena_init(&cache->arena, TABLE_BYTES_MAX);
    pthread_mutex_init(&cache->lock, NULL);
    pthread_cond_init(&cache->loaded, NULL);
    return cache;
}

/* The last bytes of an id are random. */
static struct cache_entry **bucket_of(struct cache *cache, struct id user)
{
    unsigned hash = 0;
    for (int i = 10; i < 16; i++)
        hash = hash * 31 + user.bytes[i];
    return &cache->buckets[(hash ^ hash >> 14) % BUCKETS];
}

static struct cache_entry *find(struct cache *cache, struct id user)
{
    struct cache_entry *e = *bucket_of(cache, user);
    while (e && (e->dead || !id_eq(e->user, user)))
        e = e->chain;
    return e;
}

static void unlink_use(struct cache *cache, struct cache_entry *e)
{
    *(e->newer ? &e->newer->older : &cache->newest) = e->older;
    *(e->older ? &e->older->newer : &cache->oldest) = e->newer;
    e->newer = e->older = NULL;
}

static void link_use(struct cache *cache, struct cache_entry *e)
{
    e->older = cache->newest;
    e->newer = NULL;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = e;
    cache->newest = e;
}

static void touch(struct cache *cache, struct cache_entry *e)
{
    if (cache->newest != e) {
        unlink_use(cache, e);
        link_use(cache, e);
    }
}

/* Takes the snapshot out of the entry and puts it on `*garbage`, to be dropped without the lock. */
static void empty(struct cache *cache, struct cache_entry *e, struct snapshot **garbage)
{
    if (!e->snapshot)
        return;
    unlink_use(cache, e);
    cache->bytes -= snapshot_bytes(e->snapshot);
    cache->desks--;
    e->snapshot->next = *garbage;
    *garbage = e->snapshot;
    e->snapshot = NULL;
}

static void fill(struct cache *cache, struct cache_entry *e, struct snapshot *s)
{
    e->snapshot = s;
    cache->bytes += snapshot_bytes(s);
    cache->desks++;
    link_use(cache, e);
}

/* Frees an entry that nobody pins and that holds nothing. */
static void retire(struct cache *cache, struct cache_entry *e)
{
    if (e->pins || e->snapshot)
        return;
    struct cache_entry **at = bucket_of(cache, e->user);
    while (*at != e)
        at = &(*at)->chain;
    *at = e->chain;
    e->chain = cache->spare;
    cache->spare = e;
}

static void shrink(struct cache *cache, struct snapshot **garbage)
{
    struct cache_entry *e = cache->oldest;
    while (cache->bytes > cache->limit && e) {
        struct cache_entry *next = e->newer;
        if (!e->loading) {
            empty(cache, e, garbage);
            retire(cache, e);
        }
        e = next;
    }
}

static void drop_all(struct snapshot *garbage)
{
    while (garbage) {
        struct snapshot *next = garbage->next;
        snapshot_drop(garbage);
        garbage = next;
    }
}

static struct cache_entry *add(struct cache *cache, struct id user)
{
    if (!cache->spare) {
        struct cache_entry *more = ARENA_ARRAY(&cache->arena, struct cache_entry, ENTRIES_AT_ONCE);
        for (int i = 0; more && i < ENTRIES_AT_ONCE; i++) {
            more[i].chain = cache->spare;
            cache->spare = &more[i];
        }
    }
    struct cache_entry *e = cache->spare;
    if (!e)
        return NULL;
    cache->spare = e->chain;
    struct cache_entry **bucket = bucket_of(cache, user);
    *e = (struct cache_entry){.user = user, .chain = *bucket};
    *bucket = e;
    return e;
}

struct snapshot *cache_peek(struct cache *cache, struct id user)
{
    if (pthread_mutex_trylock(&cache->lock) != 0)
        return NULL;
    struct cache_entry *e = find(cache, user);
    struct snapshot *s = NULL;
    if (e && e->snapshot) {
        touch(cache, e);
        cache->hits++;
        s = snapshot_hold(e->snapshot);
    }
    pthread_mutex_unlock(&cache->lock);
    return s;
}

struct cache_entry *cache_enter(struct cache *cache, struct id user, struct snapshot **found)
{
    *found = NULL;
    pthread_mutex_lock(&cache->lock);
    struct cache_entry *e = find(cache, user);
    if (!e)
        e = add(cache, user);
    if (!e) {
        pthread_mutex_unlock(&cache->lock);
        return NULL;
    }
    e->pins++;
    while (!e->snapshot && e->loading)
        pthread_cond_wait(&cache->loaded, &cache->lock);
    if (e->snapshot) {
        touch(cache, e);
        cache->hits++;
        *found = snapshot_hold(e->snapshot);
    } else {
        cache->misses++;
        e->loading = true;
    }
    pthread_mutex_unlock(&cache->lock);
    return e;
}

/* Puts `s` into the entry if it is newer; consumes the caller's hold of it. */
static void take(struct cache *cache, struct cache_entry *e, struct snapshot *s,
                 struct snapshot **garbage)
{
    if (e->dead || (e->snapshot && e->snapshot->desk.rev >= s->desk.rev)) {
        s->next = *garbage;
        *garbage = s;
        return;
    }
    empty(cache, e, garbage);
    fill(cache, e, s);
}

struct snapshot *cache_loaded(struct cache *cache, struct cache_entry *e, struct snapshot *loaded)
{
    struct snapshot *garbage = NULL;
    pthread_mutex_lock(&cache->lock);
    assert(e->loading);
    if (loaded)
        take(cache, e, loaded, &garbage);
    e->loading = false;
    struct snapshot *newest = e->snapshot ? snapshot_hold(e->snapshot) : NULL;
    shrink(cache, &garbage);
    pthread_cond_broadcast(&cache->loaded);
    pthread_mutex_unlock(&cache->lock);
    drop_all(garbage);
    return newest;
}

void cache_replace(struct cache *cache, struct cache_entry *e, struct snapshot *s)
{
    struct snapshot *garbage = NULL;
    snapshot_hold(s);
    pthread_mutex_lock(&cache->lock);
    take(cache, e, s, &garbage);
    shrink(cache, &garbage);
    pthread_mutex_unlock(&cache->lock);
    drop_all(garbage);
}

void cache_leave(struct cache *cache, struct cache_entry *e)
{
    pthread_mutex_lock(&cache->lock);
    assert(e->pins > 0);
    e->pins--;
    retire(cache, e);
    pthread_mutex_unlock(&cache->lock);
}

void cache_erase(struct cache *cache, struct id user)
{
    struct snapshot *garbage = NULL;
    pthread_mutex_lock(&cache->lock);
    struct cache_entry *e = find(cache, user);
    if (e) {
        empty(cache, e, &garbage);
        e->dead = true;
        retire(cache, e);
    }
    pthread_mutex_unlock(&cache->lock);
    drop_all(garbage);
}

struct cache_stats cache_stats(struct cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    struct cache_stats stats = {.hits = cache->hits,
                                .misses = cache->misses,
                                .bytes = (int64_t)cache->bytes,
                                .desks = cache->desks};
    pthread_mutex_unlock(&cache->lock);
    return stats;
}

void cache_close(struct cache *cache)
{
    for (int i = 0; i < BUCKETS; i++) {
        for (struct cache_entry *e = cache->buckets[i]; e; e = e->chain) {
            assert(e->pins == 0);
            snapshot_drop(e->snapshot);
        }
    }
    arena_release(&cache->arena);
    pthread_cond_destroy(&cache->loaded);
    pthread_mutex_destroy(&cache->lock);
}
