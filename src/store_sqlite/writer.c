#include "store_sqlite/writer.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

struct write {
    write_fn *run; /* NULL: only empty the log */
    void *arg;
    struct ctx *c;
    enum status status;
    bool posted; /* nobody waits; the writer frees it */
    sem_t done;
    struct write *next;
};

struct writer {
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct write *first;
    struct write **last;
    int waiting;
    bool stopping;
    bool must_truncate; /* the writer's own */
    atomic_int_fast64_t operations;
    atomic_int_fast64_t groups;
};

static enum status run_query(struct ctx *c, struct db *db, enum query number, const char *text)
{
    return db_run(db, c, db_query(db, c, number, text));
}

/* ---- a group ---- */

/* Whether the group's transaction still stands: some errors of the disk end it. */
static bool in_transaction(const struct db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

/* One of several: what it did is undone when it refuses. Returns whether the group can go on. */
static bool run_in_savepoint(struct db *db, struct write *w)
{
    w->status = run_query(w->c, db, Q_SAVEPOINT, "SAVEPOINT one");
    if (w->status != ST_OK)
        return false;
    w->status = w->run(w->c, db, w->arg);
    if (!in_transaction(db))
        return false;
    struct ctx quiet = {.arena = w->c->arena};
    if (w->status != ST_OK && run_query(&quiet, db, Q_UNDO, "ROLLBACK TO one") != ST_OK)
        return false;
    return run_query(&quiet, db, Q_RELEASE, "RELEASE one") == ST_OK;
}

static void fail_group(struct write *group, enum status cause, const char *detail)
{
    for (struct write *w = group; w; w = w->next) {
        ctx_forgive(w->c);
        w->status = fail(w->c, cause, "", "%s", detail);
    }
}

/* The transaction broke in the hands of `at`: nothing of the group was done. */
static void break_group(struct db *db, struct write *group, struct write *at)
{
    struct ctx first = *at->c;
    enum status cause = at->status == ST_OK ? ST_INTERNAL : at->status;
    const char *detail = first.fault_count ? first.faults[0].detail : "the database failed";
    if (in_transaction(db))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    fail_group(group, cause, detail);
}

static void run_group(struct db *db, struct write *group)
{
    struct write *w = group;
    w->status = run_query(w->c, db, Q_BEGIN, "BEGIN IMMEDIATE");
    if (w->status != ST_OK) {
        break_group(db, group, w);
        return;
    }
    if (!group->next) {
        w->status = w->run(w->c, db, w->arg);
        if (w->status != ST_OK) {
            if (in_transaction(db))
                sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
            return;
        }
    } else {
        for (; w; w = w->next) {
            if (!run_in_savepoint(db, w)) {
                break_group(db, group, w);
                return;
            }
        }
    }
    struct ctx committing = {.arena = group->c->arena};
    struct write commit = {.c = &committing};
    commit.status = run_query(&committing, db, Q_COMMIT, "COMMIT");
    if (commit.status != ST_OK)
        break_group(db, group, &commit);
}

/* ---- the log ---- */

/* True: the log is empty, or will be overwritten. Waits for readers only as long as it may. */
static bool checkpoint(struct writer *w, int mode, int wait_ms)
{
    int pages = 0;
    int moved = 0;
    sqlite3_busy_timeout(w->db->handle, wait_ms);
    int code = sqlite3_wal_checkpoint_v2(w->db->handle, NULL, mode, &pages, &moved);
    sqlite3_busy_timeout(w->db->handle, BUSY_WAIT_MS);
    bool done = code == SQLITE_OK && pages == moved;
    if (done)
        w->db->wal_pages = 0;
    return done;
}

/* What could not be done is tried again after each group and in between, but somebody who reads for
 * long, as a snapshot does, must not hold up each of them. */
static void shorten_log(struct writer *w)
{
    if (w->must_truncate)
        w->must_truncate = !checkpoint(w, SQLITE_CHECKPOINT_TRUNCATE, CHECKPOINT_WAIT_MS);
    else if (w->db->wal_pages >= CHECKPOINT_NOW_PAGES)
        (void)checkpoint(w, SQLITE_CHECKPOINT_RESTART, CHECKPOINT_WAIT_MS);
    else if (w->db->wal_pages >= CHECKPOINT_PAGES)
        (void)checkpoint(w, SQLITE_CHECKPOINT_PASSIVE, 0);
}

/* ---- the thread ---- */

/* Until there is something to do; or for a while, when the log is to be tried again. */
static void wait_for_work(struct writer *w)
{
    struct timespec until;
    int waited = 0;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += TRUNCATE_AGAIN_S;
    while (!w->first && !w->stopping && waited == 0)
        waited = w->must_truncate ? pthread_cond_timedwait(&w->work, &w->lock, &until)
                                  : pthread_cond_wait(&w->work, &w->lock);
}

/* Cuts off at most GROUP_MAX operations; NULL: there are none now. False: the writer is to stop. */
static bool next_group(struct writer *w, struct write **group, int *count)
{
    pthread_mutex_lock(&w->lock);
    wait_for_work(w);
    bool go_on = w->first || !w->stopping;
    *group = w->first;
    struct write **end = group;
    for (*count = 0; *end && *count < GROUP_MAX; ++*count)
        end = &(*end)->next;
    w->first = *end;
    *end = NULL;
    if (!w->first)
        w->last = &w->first;
    w->waiting -= *count;
    pthread_mutex_unlock(&w->lock);
    return go_on;
}

/* Those that only want the log emptied, apart from those that write. */
static struct write *split(struct write *group, struct write **others)
{
    struct write *writes = NULL;
    struct write **end = &writes;
    *others = NULL;
    for (struct write *next; group; group = next) {
        next = group->next;
        if (group->run) {
            *end = group;
            end = &group->next;
        } else {
            group->next = *others;
            *others = group;
        }
    }
    *end = NULL;
    return writes;
}

static void answer(struct write *group)
{
    for (struct write *next; group; group = next) {
        next = group->next;
        if (group->posted)
            free(group);
        else
            sem_post(&group->done);
    }
}

static void *write_all(void *arg)
{
    struct writer *w = arg;
    struct write *group;
    int count;
    while (next_group(w, &group, &count)) {
        struct write *truncations;
        struct write *writes = split(group, &truncations);
        if (writes) {
            run_group(w->db, writes);
            atomic_fetch_add(&w->operations, count);
            atomic_fetch_add(&w->groups, 1);
            answer(writes);
        }
        w->must_truncate |= truncations != NULL;
        shorten_log(w);
        for (struct write *t = truncations; t; t = t->next)
            t->status = w->must_truncate ? ST_UNAVAILABLE : ST_OK;
        answer(truncations);
    }
    return NULL;
}

enum status writer_start(struct ctx *c, struct db *db, struct writer **out)
{
    struct writer *w = calloc(1, sizeof *w);
    if (!w)
        return fail_memory(c);
    w->db = db;
    w->last = &w->first;
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&w->work, &monotonic);
    pthread_condattr_destroy(&monotonic);
    int error = pthread_create(&w->thread, NULL, write_all, w);
    if (error) {
        free(w);
        return fail(c, ST_UNAVAILABLE, "", "cannot start a thread: %s", strerror(error));
    }
    *out = w;
    return ST_OK;
}

void writer_stop(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

static bool enqueue(struct writer *w, struct write *write)
{
    pthread_mutex_lock(&w->lock);
    bool room = w->waiting < WAITING_MAX && !w->stopping;
    if (room) {
        *w->last = write;
        w->last = &write->next;
        if (w->waiting++ == 0)
            pthread_cond_signal(&w->work);
    }
    pthread_mutex_unlock(&w->lock);
    return room;
}

enum status writer_run(struct ctx *c, struct writer *w, write_fn *run, void *arg)
{
    struct write write = {.run = run, .arg = arg, .c = c};
    sem_init(&write.done, 0, 0);
    if (enqueue(w, &write))
        while (sem_wait(&write.done) != 0 && errno == EINTR)
            ;
    else
        write.status = fail(c, ST_UNAVAILABLE, "", "too many changes are waiting");
    sem_destroy(&write.done);
    return write.status;
}

void writer_post(struct writer *w, write_fn *run, const void *arg, size_t size)
{
    /* The write, its context and its argument in one piece. */
    const size_t context = (sizeof(struct write) + 15) / 16 * 16;
    const size_t argument = context + (sizeof(struct ctx) + 15) / 16 * 16;
    char *memory = calloc(1, argument + size);
    if (!memory)
        return;
    struct write *write = (void *)memory;
    *write = (struct write){.run = run, .posted = true};
    write->c = (void *)(memory + context);
    write->arg = memory + argument;
    memcpy(write->arg, arg, size);
    if (!enqueue(w, write))
        free(memory);
}

enum status writer_truncate_log(struct ctx *c, struct writer *w)
{
    return writer_run(c, w, NULL, NULL);
}

void writer_stats(struct writer *w, int64_t *operations, int64_t *groups)
{
    *operations = atomic_load(&w->operations);
    *groups = atomic_load(&w->groups);
}
