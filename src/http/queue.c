#include "http/queue.h"

#include <assert.h>
#include <stdlib.h>

struct queue_entry {
    void *item;
    int64_t at_ms;
};

/* A worker that waits, on its stack. */
struct sleeper {
    pthread_cond_t told;
    struct sleeper *next;
    bool awake;
};

bool queue_open(struct queue *q, size_t size)
{
    q->ring = calloc(size, sizeof *q->ring);
    if (!q->ring)
        return false;
    q->size = size;
    q->head = 0;
    q->length = 0;
    q->sleepers = NULL;
    q->waking = false;
    q->ended = false;
    atomic_init(&q->reserved, 0);
    atomic_init(&q->oldest_ms, INT64_MAX);
    pthread_mutex_init(&q->lock, NULL);
    return true;
}

void queue_close(struct queue *q)
{
    if (!q->ring)
        return;
    pthread_mutex_destroy(&q->lock);
    free(q->ring);
    q->ring = NULL;
}

bool queue_reserve(struct queue *q, int64_t now_ms, int64_t age_ms)
{
    int64_t oldest = atomic_load_explicit(&q->oldest_ms, memory_order_relaxed);
    if (oldest != INT64_MAX && now_ms - oldest >= age_ms)
        return false;
    if (atomic_fetch_add(&q->reserved, 1) < q->size)
        return true;
    atomic_fetch_sub(&q->reserved, 1);
    return false;
}

/* Under the lock. */
static void wake_last(struct queue *q)
{
    struct sleeper *sleeper = q->sleepers;
    q->sleepers = sleeper->next;
    sleeper->awake = true;
    pthread_cond_signal(&sleeper->told);
}

/* Wakes one worker at a time: whoever was woken and finds more than it takes wakes the next, so
 * that a burst of short requests does not pay a wake-up each. Under the lock. */
static void wake_one(struct queue *q)
{
    if (q->length == 0 || !q->sleepers || q->waking)
        return;
    q->waking = true;
    wake_last(q);
}

static void sleep_until_told(struct queue *q)
{
    struct sleeper self = {.next = q->sleepers, .awake = false};
    pthread_cond_init(&self.told, NULL);
    q->sleepers = &self;
    while (!self.awake)
        pthread_cond_wait(&self.told, &q->lock);
    pthread_cond_destroy(&self.told);
    q->waking = false;
}

void queue_push(struct queue *q, void *item, int64_t now_ms)
{
    pthread_mutex_lock(&q->lock);
    assert(q->length < q->size);
    q->ring[(q->head + q->length) % q->size] = (struct queue_entry){item, now_ms};
    if (q->length++ == 0)
        atomic_store_explicit(&q->oldest_ms, now_ms, memory_order_relaxed);
    wake_one(q);
    pthread_mutex_unlock(&q->lock);
}

void *queue_pop(struct queue *q)
{
    void *item = NULL;
    bool woken = false;
    pthread_mutex_lock(&q->lock);
    while (q->length == 0 && !q->ended) {
        sleep_until_told(q);
        woken = true;
    }
    if (q->length > 0) {
        item = q->ring[q->head].item;
        q->head = (q->head + 1) % q->size;
        q->length--;
        atomic_store_explicit(&q->oldest_ms, q->length ? q->ring[q->head].at_ms : INT64_MAX,
                              memory_order_relaxed);
        atomic_fetch_sub(&q->reserved, 1);
    }
    if (woken)
        wake_one(q);
    pthread_mutex_unlock(&q->lock);
    return item;
}

void queue_end(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->ended = true;
    while (q->sleepers)
        wake_last(q);
    pthread_mutex_unlock(&q->lock);
}

size_t queue_length(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    size_t length = q->length;
    pthread_mutex_unlock(&q->lock);
    return length;
}
