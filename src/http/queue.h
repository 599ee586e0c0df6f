/*
 * The bounded queue between loops and workers; internal to http/.
 *
 * Any number of threads push and pop. Room is reserved first and the place taken afterwards, so
 * that a connection is suspended only when its push cannot fail.
 */
#ifndef HTTP_QUEUE_H
#define HTTP_QUEUE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct queue {
    pthread_mutex_t lock;
    struct queue_entry *ring;
    size_t size;
    size_t head; /* the oldest */
    size_t length;
    struct sleeper *sleepers; /* the last to fall asleep first: its caches are the warmest */
    bool waking;              /* one was told and has not come yet: no need to tell another */
    bool ended;
    _Atomic size_t reserved;   /* length, and pushes under way */
    _Atomic int64_t oldest_ms; /* when the head was pushed; INT64_MAX: empty */
};

/* For `size` entries; false when memory is out. */
bool queue_open(struct queue *q, size_t size);
void queue_close(struct queue *q);

/* Room for one push; false when the queue is full or its head has waited `age_ms` or longer. */
bool queue_reserve(struct queue *q, int64_t now_ms, int64_t age_ms);

/* Puts `item` into the room reserved. */
void queue_push(struct queue *q, void *item, int64_t now_ms);

/* The oldest item; waits for one. NULL when the queue has ended and is empty. */
void *queue_pop(struct queue *q);

/* Lets every queue_pop return NULL once all is popped. */
void queue_end(struct queue *q);

size_t queue_length(struct queue *q);

#endif
