#include "store/session_cache.h"

#include <pthread.h>

enum {
    BUCKETS = 1 << 12,
    COPY_SLACK = 128 /* of the arena's rounding, in a copy of an account */
};

/* Lies in its own arena, which is exactly as large as it needs. */
struct cached {
    struct session session;
    struct account account;
    struct arena arena;
    struct cached *chain;
    struct cached *newer;
    struct cached *older;
};

struct session_cache {
    pthread_mutex_t lock;
    uint64_t generation;
    int32_t limit;
    int32_t count;
    struct cached *newest;
    struct cached *oldest;
    struct cached *buckets[BUCKETS];
};

struct session_cache *session_cache_create(struct arena *a, int32_t limit)
{
    struct session_cache *cache = ARENA_NEW(a, struct session_cache);
    if (!cache)
        return NULL;
    cache->limit = limit;
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

/* A digest's bytes are as good as random. */
static struct cached **slot_of(struct session_cache *cache, const struct digest *hash)
{
    unsigned at = hash->bytes[0] | (unsigned)hash->bytes[1] << 8;
    struct cached **slot = &cache->buckets[at % BUCKETS];
    while (*slot && memcmp(&(*slot)->session.token_hash, hash, sizeof *hash) != 0)
        slot = &(*slot)->chain;
    return slot;
}

static void unlink_use(struct session_cache *cache, struct cached *e)
{
    *(e->newer ? &e->newer->older : &cache->newest) = e->older;
    *(e->older ? &e->older->newer : &cache->oldest) = e->newer;
}

static void link_use(struct session_cache *cache, struct cached *e)
{
    e->older = cache->newest;
    e->newer = NULL;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = e;
    cache->newest = e;
}

static void release(struct cached *e)
{
    struct arena arena = e->arena;
    arena_release(&arena);
}

static void discard(struct session_cache *cache, struct cached **slot)
{
    struct cached *e = *slot;
    *slot = e->chain;
    unlink_use(cache, e);
    cache->count--;
    release(e);
}

enum session_found session_cache_find(struct session_cache *cache, struct digest token_hash,
                                      bool try, struct arena *a, struct session *session,
                                      struct account *account)
{
    if (!try)
        pthread_mutex_lock(&cache->lock);
    else if (pthread_mutex_trylock(&cache->lock) != 0)
        return SESSION_BUSY;

    enum session_found found = SESSION_ABSENT;
    struct cached *e = *slot_of(cache, &token_hash);
    if (e) {
        if (cache->newest != e) {
            unlink_use(cache, e);
            link_use(cache, e);
        }
        *session = e->session;
        found = entity_copy(&account_table, a, account, &e->account) ? SESSION_FOUND
                                                                     : SESSION_NO_MEMORY;
    }
    pthread_mutex_unlock(&cache->lock);
    return found;
}

uint64_t session_cache_generation(struct session_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    uint64_t generation = cache->generation;
    pthread_mutex_unlock(&cache->lock);
    return generation;
}

static struct cached *copy_of(const struct session *session, const struct account *account)
{
    struct arena arena;
    arena_init(&arena, sizeof(struct cached) + entity_extent(&account_table, account) + COPY_SLACK);
    struct cached *e = arena_alloc(&arena, sizeof(struct cached));
    if (!e || !entity_copy(&account_table, &arena, &e->account, account)) {
        arena_release(&arena);
        return NULL;
    }
    e->session = *session;
    e->arena = arena;
    return e;
}

void session_cache_put(struct session_cache *cache, uint64_t generation,
                       const struct session *session, const struct account *account)
{
    struct cached *e = copy_of(session, account);
    if (!e)
        return;
    pthread_mutex_lock(&cache->lock);
    struct cached **slot = slot_of(cache, &session->token_hash);
    if (generation != cache->generation || *slot) {
        release(e);
    } else {
        *slot = e;
        link_use(cache, e);
        cache->count++;
        if (cache->count > cache->limit)
            discard(cache, slot_of(cache, &cache->oldest->session.token_hash));
    }
    pthread_mutex_unlock(&cache->lock);
}

void session_cache_touch(struct session_cache *cache, struct digest token_hash,
                         struct instant last_seen, struct instant expires)
{
    pthread_mutex_lock(&cache->lock);
    cache->generation++;
    struct cached *e = *slot_of(cache, &token_hash);
    if (e) {
        e->session.last_seen = last_seen;
        e->session.expires = expires;
    }
    pthread_mutex_unlock(&cache->lock);
}

void session_cache_end(struct session_cache *cache, struct digest token_hash)
{
    pthread_mutex_lock(&cache->lock);
    cache->generation++;
    struct cached **slot = slot_of(cache, &token_hash);
    if (*slot)
        discard(cache, slot);
    pthread_mutex_unlock(&cache->lock);
}

void session_cache_end_account(struct session_cache *cache, struct id account_id)
{
    pthread_mutex_lock(&cache->lock);
    cache->generation++;
    for (struct cached *e = cache->newest, *next; e; e = next) {
        next = e->older;
        if (id_eq(e->account.id, account_id))
            discard(cache, slot_of(cache, &e->session.token_hash));
    }
    pthread_mutex_unlock(&cache->lock);
}

void session_cache_close(struct session_cache *cache)
{
    while (cache->newest)
        discard(cache, slot_of(cache, &cache->newest->session.token_hash));
    pthread_mutex_destroy(&cache->lock);
}
