/*
 * The job that reads the links to calendars whose time has come (domain/feeds.h).
 *
 * Some are asked for beside each other, each by a thread that lives as long as there is something
 * to read: so a server that takes its time holds up nobody else's, nor links that become due
 * meanwhile. What came is read and committed by one of them at a time, since that takes memory.
 */
#ifndef JOBS_FEEDS_H
#define JOBS_FEEDS_H

#include <stdatomic.h>

#include "domain/domain.h"

struct log;

/* What the job works on; the caller keeps it. */
struct feed_round {
    const struct domain *domain;
    struct log *log; /* is told once when a link fails, and once when it works again; or NULL */
    int64_t every_ms;
    const atomic_bool *stopping; /* or NULL */
};

enum {
    FEEDS_AT_ONCE = 50, /* read in one run; the next goes on */
    FEEDS_BESIDE = 4    /* asked for at the same time */
};

/* A job's function (jobs/jobs.h); `self` is a struct feed_round. */
MUST_USE enum status read_feeds(void *self, struct ctx *c);

#endif
