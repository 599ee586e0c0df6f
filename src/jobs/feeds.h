/* The job that reads the links to calendars whose time has come (domain/feeds.h). */
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

enum { FEEDS_AT_ONCE = 50 /* read in one run; the next goes on */ };

/* A job's function (jobs/jobs.h); `self` is a struct feed_round. */
MUST_USE enum status read_feeds(void *self, struct ctx *c);

#endif
