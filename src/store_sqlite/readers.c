#include "store_sqlite/readers.h"

#include <pthread.h>

struct readers {
    struct db_config config;
    pthread_mutex_t lock;
    pthread_cond_t given;
    int made;
    int free_count;
    struct db *free[READERS_MAX];
    struct db all[READERS_MAX];
};

enum status readers_open(struct ctx *c, const struct db_config *config, struct readers **out)
{
    struct readers *r = calloc(1, sizeof *r);
    if (!r)
        return fail_memory(c);
    r->config = *config;
    r->config.writer = false;
    pthread_mutex_init(&r->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&r->given, &monotonic);
    pthread_condattr_destroy(&monotonic);
    *out = r;
    return ST_OK;
}

void readers_close(struct readers *r)
{
    for (int i = 0; i < READERS_MAX; i++)
        if (r->all[i].handle)
            db_close(&r->all[i]);
    pthread_cond_destroy(&r->given);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

/* One that lies free, or one that may be made now (its handle is NULL), or NULL after the wait. */
static struct db *take(struct readers *r)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += READER_WAIT_MS / 1000;
    struct db *db = NULL;
    int waited = 0;
    pthread_mutex_lock(&r->lock);
    while (r->free_count == 0 && r->made == READERS_MAX && waited == 0)
        waited = pthread_cond_timedwait(&r->given, &r->lock, &until);
    if (r->free_count > 0)
        db = r->free[--r->free_count];
    else if (r->made < READERS_MAX)
        db = &r->all[r->made++];
    pthread_mutex_unlock(&r->lock);
    return db;
}

void readers_give(struct readers *r, struct db *db)
{
    pthread_mutex_lock(&r->lock);
    r->free[r->free_count++] = db;
    pthread_cond_signal(&r->given);
    pthread_mutex_unlock(&r->lock);
}

enum status readers_take(struct ctx *c, struct readers *r, struct db **out)
{
    struct db *db = take(r);
    if (!db)
        return fail(c, ST_UNAVAILABLE, "", "too many are reading");
    enum status st = db->handle ? ST_OK : db_open(c, &r->config, db);
    if (st == ST_OK)
        *out = db;
    else
        readers_give(r, db);
    return st;
}

enum status question_ask(struct ctx *c, struct readers *r, enum query number, const char *text,
                         struct question *out)
{
    *out = (struct question){.readers = r};
    enum status st = readers_take(c, r, &out->db);
    if (st == ST_OK)
        out->query = db_query(out->db, c, number, text);
    return st;
}

void question_end(struct question *q)
{
    db_reset(q->query);
    readers_give(q->readers, q->db);
}

enum status question_row(struct ctx *c, struct question *q, row_reader *read, void *item)
{
    enum status st = db_row(q->db, c, q->query);
    if (st == ST_OK && read)
        st = read(c, q->query, item);
    question_end(q);
    return st;
}

enum status question_list(struct ctx *c, struct question *q, int32_t n, size_t size,
                          row_reader *read, struct list *out)
{
    enum status st = rows_list(c, q->db, q->query, n, size, read, out);
    readers_give(q->readers, q->db);
    return st;
}
