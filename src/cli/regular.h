/*
 * The regular work of a running server (jobs/jobs.h): which jobs there are, and how often.
 */
#ifndef CLI_REGULAR_H
#define CLI_REGULAR_H

#include "cli/wire.h"
#include "ops/log.h"

struct regular;

/* Starts it. What is passed in must outlive it. `stopping`: the process is to end; or NULL. */
MUST_USE enum status regular_open(struct ctx *c, struct wire *wire, const struct config *config,
                                  struct log *log, const atomic_bool *stopping,
                                  struct regular **out);

/* Waits for what is under way. NULL is allowed. */
void regular_close(struct regular *regular);

#endif
