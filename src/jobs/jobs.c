#include "jobs/jobs.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/pool.h"

struct entry {
    struct job job;
    int64_t due; /* on the monotonic clock, ms */
    bool failing;
};

struct jobs {
    struct entry entries[JOBS_MAX];
    int count;
    struct log *log;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool ending; /* under the lock */
    pthread_t thread;
};

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void tell(struct jobs *j, struct entry *e, const struct ctx *c, enum status st)
{
    bool failed = st != ST_OK;
    if (failed && !e->failing)
        log_event(j->log, LOG_ERROR, "job_failed", LOG_TEXT("job", e->job.name),
                  LOG_TEXT("cause", status_name(st)),
                  LOG_TEXT("detail", c->fault_count ? c->faults[0].detail : ""));
    else if (!failed && e->failing)
        log_event(j->log, LOG_INFO, "job_recovered", LOG_TEXT("job", e->job.name));
    e->failing = failed;
}

static void carry_out(struct jobs *j, struct entry *e)
{
    struct arena arena;
    arena_init(&arena, JOB_MEMORY);
    struct ctx c = {.arena = &arena};
    tell(j, e, &c, e->job.run(e->job.self, &c));
    arena_release(&arena);
    e->due = monotonic_ms() + e->job.every_ms;
}

static struct entry *next(struct jobs *j)
{
    struct entry *first = &j->entries[0];
    for (int i = 1; i < j->count; i++)
        if (j->entries[i].due < first->due)
            first = &j->entries[i];
    return first;
}

/* False: the end has come. */
static bool wait_until(struct jobs *j, int64_t due)
{
    const struct timespec until = {.tv_sec = due / 1000, .tv_nsec = due % 1000 * 1000000};
    int waited = 0;
    pthread_mutex_lock(&j->lock);
    while (!j->ending && waited == 0 && monotonic_ms() < due)
        waited = pthread_cond_timedwait(&j->wake, &j->lock, &until);
    bool go_on = !j->ending;
    pthread_mutex_unlock(&j->lock);
    return go_on;
}

static void *work(void *arg)
{
    struct jobs *j = arg;
    for (struct entry *e = next(j); wait_until(j, e->due); e = next(j))
        carry_out(j, e);
    return NULL;
}

enum status jobs_open(struct ctx *c, const struct job *jobs, int count, struct log *log,
                      struct jobs **out)
{
    struct jobs *j = process_alloc(sizeof *j);
    pthread_condattr_t monotonic;
    if (!j)
        return fail_memory(c);
    assert(count > 0 && count <= JOBS_MAX);
    j->log = log;
    j->count = count;
    for (int i = 0; i < count; i++)
        j->entries[i] = (struct entry){.job = jobs[i], .due = monotonic_ms() + jobs[i].first_ms};
    pthread_mutex_init(&j->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&j->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&j->thread, NULL, work, j) != 0) {
        process_free(j);
        return fail(c, ST_UNAVAILABLE, "", "cannot start a thread");
    }
    *out = j;
    return ST_OK;
}

void jobs_close(struct jobs *j)
{
    if (!j)
        return;
    pthread_mutex_lock(&j->lock);
    j->ending = true;
    pthread_cond_signal(&j->wake);
    pthread_mutex_unlock(&j->lock);
    pthread_join(j->thread, NULL);
    pthread_cond_destroy(&j->wake);
    pthread_mutex_destroy(&j->lock);
    process_free(j);
}
