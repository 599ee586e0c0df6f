/* The job that erases guests whose time is over (domain/guests.h). */
#ifndef JOBS_GUESTS_H
#define JOBS_GUESTS_H

#include "domain/domain.h"

struct log;

/* What the job works on; the caller keeps it. */
struct guest_sweep {
    const struct domain *domain;
    struct log *log; /* is told how many went; or NULL */
};

enum { GUESTS_AT_ONCE = 200 /* erased in one run; the next goes on */ };

/* A job's function (jobs/jobs.h); `self` is a struct guest_sweep. */
MUST_USE enum status sweep_guests(void *self, struct ctx *c);

#endif
