#include "jobs/feeds.h"

#include <assert.h>
#include <pthread.h>
#include <time.h>

#include "base/arena.h"
#include "domain/feeds.h"
#include "ops/log.h"

enum { LOOK_MS = 1000 /* for more, while others are slow */ };

/* One run. Links are appended by the job's thread and taken by the readers, in order. */
struct run {
    const struct feed_round *round;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t ended; /* a reader has */
    struct feed_ref refs[FEEDS_AT_ONCE];
    int32_t count;
    int32_t next;
    int readers;             /* under way */
    enum status failure;     /* what went wrong last, */
    struct fault fault;      /* and how */
    pthread_mutex_t reading; /* what came: of the readers, one at a time */
    pthread_t threads[FEEDS_AT_ONCE];
    int thread_count;
};

static bool is_stopping(const struct feed_round *r)
{
    return r->stopping && atomic_load(r->stopping);
}

/* A link is a secret, and so is whose it is: the feed's id is enough to find both. */
static void tell(const struct feed_round *r, const struct feed_visit *visit)
{
    char id[ID_TEXT_LEN + 1] = "";
    id_format(visit->ref.id, id);
    if (visit->fell)
        log_event(r->log, LOG_WARN, "feed_failed", LOG_TEXT("feed", id),
                  LOG_TEXT("reason", visit->reason));
    if (visit->rose)
        log_event(r->log, LOG_INFO, "feed_recovered", LOG_TEXT("feed", id));
}

static enum status read_one(const struct feed_round *r, pthread_mutex_t *reading, struct ctx *c,
                            struct feed_ref ref)
{
    struct feed_visit visit;
    feed_fetch(c, r->domain, ref, &visit);
    pthread_mutex_lock(reading);
    enum status st = feed_bring(c, r->domain, r->every_ms, &visit);
    arena_reset(c->arena);
    pthread_mutex_unlock(reading);
    if (st == ST_OK)
        tell(r, &visit);
    return st;
}

/* One that fails, a damaged desk's for instance, keeps nobody else's from being read; it stays in
 * the list, so that this run leaves it alone. Another may come again, for somebody asked for it.
 * Under the lock. */
static void note(struct run *run, int32_t i, const struct ctx *c, enum status st)
{
    if (st == ST_OK) {
        run->refs[i] = (struct feed_ref){.id = ID_NONE};
        return;
    }
    run->failure = st;
    run->fault = c->fault_count ? c->faults[0] : (struct fault){.detail = "no reason given"};
}

/* Reads one after the other until none is left. */
static void *read_links(void *arg)
{
    struct run *run = arg;
    struct arena arena;
    arena_init(&arena, FEED_READ_MEMORY);
    pthread_mutex_lock(&run->lock);
    while (run->next < run->count && !is_stopping(run->round)) {
        int32_t i = run->next++;
        struct feed_ref ref = run->refs[i];
        struct ctx c = {.arena = &arena};
        pthread_mutex_unlock(&run->lock);
        enum status st = read_one(run->round, &run->reading, &c, ref);
        pthread_mutex_lock(&run->lock);
        note(run, i, &c, st);
    }
    run->readers--;
    pthread_cond_signal(&run->ended);
    pthread_mutex_unlock(&run->lock);
    arena_release(&arena);
    return NULL;
}

static bool is_known(const struct run *run, struct feed_ref ref)
{
    for (int32_t i = 0; i < run->count; i++)
        if (id_eq(run->refs[i].id, ref.id) && id_eq(run->refs[i].user, ref.user))
            return true;
    return false;
}

/* One for each link that waits, as long as there may be more. A reader ends only when none waits,
 * so in a run there are never more than links. */
static enum status start_readers(struct run *run, struct ctx *c)
{
    int32_t waiting = run->count - run->next;
    for (; waiting > 0 && run->readers < FEEDS_BESIDE; waiting--) {
        assert(run->thread_count < FEEDS_AT_ONCE);
        if (pthread_create(&run->threads[run->thread_count], NULL, read_links, run) != 0)
            return run->readers > 0 ? ST_OK : fail(c, ST_UNAVAILABLE, "", "cannot start a thread");
        run->thread_count++;
        run->readers++;
    }
    return ST_OK;
}

/* Appends what is due and was not in this run yet, and has it read. Under the lock. */
static enum status look(struct run *run, struct ctx *c)
{
    struct feed_ref due[FEEDS_AT_ONCE];
    int32_t count = 0;
    enum status st = feeds_due(c, run->round->domain, FEEDS_AT_ONCE, due, &count);
    for (int32_t i = 0; st == ST_OK && i < count && run->count < FEEDS_AT_ONCE; i++)
        if (!is_known(run, due[i]))
            run->refs[run->count++] = due[i];
    return st == ST_OK ? start_readers(run, c) : st;
}

static void wait_a_while(struct run *run)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LOOK_MS / 1000;
    pthread_cond_timedwait(&run->ended, &run->lock, &until);
}

static enum status carry_out(struct run *run, struct ctx *c)
{
    pthread_mutex_lock(&run->lock);
    enum status st = look(run, c);
    while (run->readers > 0) {
        struct arena_mark mark = arena_mark(c->arena);
        wait_a_while(run);
        if (st == ST_OK && run->readers > 0 && !is_stopping(run->round))
            st = look(run, c);
        arena_rewind(c->arena, mark);
    }
    pthread_mutex_unlock(&run->lock);
    for (int i = 0; i < run->thread_count; i++)
        pthread_join(run->threads[i], NULL);
    return st == ST_OK && run->failure != ST_OK ? fail(c, run->failure, "", "%s", run->fault.detail)
                                                : st;
}

enum status read_feeds(void *self, struct ctx *c)
{
    struct run run = {.round = self, .failure = ST_OK};
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&run.ended, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&run.lock, NULL);
    pthread_mutex_init(&run.reading, NULL);
    enum status st = carry_out(&run, c);
    pthread_mutex_destroy(&run.reading);
    pthread_mutex_destroy(&run.lock);
    pthread_cond_destroy(&run.ended);
    return st;
}
