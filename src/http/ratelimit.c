#include "http/ratelimit.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>

enum {
    WAYS = 8, /* places a key may have */
    WAIT_MAX_S = 86400,
};

struct bucket {
    uint64_t key; /* 0: free */
    double tokens;
    int64_t at_ms; /* when `tokens` was right */
};

struct ratelimit {
    pthread_mutex_t lock;
    double per_ms;
    double burst;
    uint64_t seed; /* or a client could choose keys that share places with another's */
    size_t mask;   /* of sets */
    struct bucket buckets[];
};

struct ratelimit *ratelimit_open(size_t keys, double per_s, double burst)
{
    size_t sets = 1;
    while (sets * WAYS < keys && sets < SIZE_MAX / (4 * WAYS * sizeof(struct bucket)))
        sets *= 2;
    struct ratelimit *limit = calloc(1, sizeof *limit + sets * WAYS * sizeof(struct bucket));
    if (!limit)
        return NULL;
    if (getrandom(&limit->seed, sizeof limit->seed, 0) != sizeof limit->seed) {
        free(limit);
        return NULL;
    }
    pthread_mutex_init(&limit->lock, NULL);
    limit->per_ms = per_s / 1000;
    limit->burst = burst;
    limit->mask = sets - 1;
    return limit;
}

void ratelimit_close(struct ratelimit *limit)
{
    if (!limit)
        return;
    pthread_mutex_destroy(&limit->lock);
    free(limit);
}

static double at_most(double value, double most)
{
    return value < most ? value : most;
}

static double tokens_at(const struct ratelimit *limit, const struct bucket *b, int64_t now_ms)
{
    double gained = now_ms > b->at_ms ? (double)(now_ms - b->at_ms) * limit->per_ms : 0;
    return at_most(b->tokens + gained, limit->burst);
}

static struct bucket *set_of(struct ratelimit *limit, uint64_t key)
{
    uint64_t x = (key ^ limit->seed) * 0x9e3779b97f4a7c15u;
    return limit->buckets + ((x >> 32) & limit->mask) * WAYS;
}

static struct bucket *find(struct ratelimit *limit, uint64_t key)
{
    struct bucket *set = set_of(limit, key);
    for (int i = 0; i < WAYS; i++) {
        if (set[i].key == key)
            return &set[i];
    }
    return NULL;
}

/* The key's bucket; a new one takes the place of the fullest of its set. */
static struct bucket *claim(struct ratelimit *limit, uint64_t key, int64_t now_ms)
{
    struct bucket *found = find(limit, key);
    if (found)
        return found;
    struct bucket *set = set_of(limit, key);
    struct bucket *victim = &set[0];
    for (int i = 0; i < WAYS && victim->key; i++) {
        if (!set[i].key || tokens_at(limit, &set[i], now_ms) > tokens_at(limit, victim, now_ms))
            victim = &set[i];
    }
    *victim = (struct bucket){.key = key, .tokens = limit->burst, .at_ms = now_ms};
    return victim;
}

int ratelimit_take(struct ratelimit *limit, uint64_t key, double tokens, int64_t now_ms)
{
    int wait_s = 0;
    key = key ? key : 1;
    pthread_mutex_lock(&limit->lock);
    struct bucket *b = claim(limit, key, now_ms);
    b->tokens = tokens_at(limit, b, now_ms);
    if (now_ms > b->at_ms)
        b->at_ms = now_ms;
    if (b->tokens >= tokens) {
        b->tokens -= tokens;
    } else {
        double missing_s = (tokens - b->tokens) / (limit->per_ms * 1000);
        wait_s = (int)at_most(missing_s, WAIT_MAX_S - 1);
        wait_s += wait_s < missing_s || wait_s == 0 ? 1 : 0;
    }
    pthread_mutex_unlock(&limit->lock);
    return wait_s;
}

void ratelimit_return(struct ratelimit *limit, uint64_t key, double tokens)
{
    pthread_mutex_lock(&limit->lock);
    struct bucket *b = find(limit, key ? key : 1);
    if (b)
        b->tokens = at_most(b->tokens + tokens, limit->burst);
    pthread_mutex_unlock(&limit->lock);
}
