/*
 * What is done by the clock: one thread that carries out jobs one after the other, each again some
 * time after it ended. A job looks itself whether there is something to do, so nothing is lost
 * when the process was away or the clock jumped.
 *
 * A job that fails is told once in the log, and once when it succeeds again.
 */
#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include <stdint.h>

#include "base/status.h"
#include "ops/log.h"

enum {
    JOBS_MAX = 16,
    JOB_MEMORY = 8 << 20 /* of a job's arena, bytes */
};

struct job {
    const char *name; /* lower_snake, for the log */
    int64_t every_ms; /* from the end of one run to the next */
    int64_t first_ms; /* from the start to the first run */
    /* `c` is fresh. Must end soon when the process is told to; see jobs_close. */
    enum status (*run)(void *self, struct ctx *c);
    void *self;
};

struct jobs;

/* Starts the thread. The jobs are copied; `log` may be NULL. ST_UNAVAILABLE: memory, threads. */
MUST_USE enum status jobs_open(struct ctx *c, const struct job *jobs, int count, struct log *log,
                               struct jobs **out);

/* Waits for the job under way, starts no further one. NULL is allowed. */
void jobs_close(struct jobs *jobs);

#endif
