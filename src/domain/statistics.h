/*
 * Statistics of the work log (model/statistics.h), and the record of what was planned that they
 * are held against.
 *
 * Planned minutes of a date are those of blocks that stood in the accepted plan when their time
 * came. A plan that is replaced takes its past with it, so each new plan is given the record of
 * those before it, in the commit that stores it.
 */
#ifndef DOMAIN_STATISTICS_H
#define DOMAIN_STATISTICS_H

#include "domain/operation.h"
#include "model/statistics.h"

enum { STATISTICS_DAYS = 84, STATISTICS_DAYS_MAX = 731 };

/* For operation_run, before the commit: a plan that is put is given the record of what was planned
 * until now. */
MUST_USE enum status plan_keep_past(struct edit *e);

/* Builds the statistics of the local dates [from, until) in the request's arena. ST_INVALID on
 * "?until" when they are none or more than STATISTICS_DAYS_MAX. */
MUST_USE enum status statistics_read(struct ctx *c, const struct domain *d, const struct desk *desk,
                                     struct date from, struct date until, struct statistics *out);

#endif
