/*
 * The schedule: the accepted plan judged at a time, with certificate, reasons, repairs and, when it
 * no longer holds, a proposal. Reading never writes.
 */
#ifndef DOMAIN_SCHEDULE_H
#define DOMAIN_SCHEDULE_H

#include "domain/operation.h"
#include "model/schedule.h"

enum {
    SCHEDULE_DAYS = 14,
    SCHEDULE_DAYS_MAX = 731,
    SCHEDULE_DAYS_DUE = 0, /* as far as there is work: to the last due date or pin, within … */
    SCHEDULE_DUE_LEAST = 28,
    SCHEDULE_DUE_MOST = 366,
    TIDY_FEWER = 4,         /* blocks that tidying must be worth; */
    TIDY_FEWER_PERCENT = 20 /* and of all */
};

struct schedule_query {
    int32_t days;      /* local dates from today to show, 1 … SCHEDULE_DAYS_MAX or _DUE */
    struct instant at; /* none: now */
    struct ratio pace; /* none: that of the settings; otherwise a preview, as `limit` */
    struct ratio limit;
    struct id former; /* how it would be to go back to this former plan; none: not asked */
};

/* Builds the schedule of a desk in the request's arena. ST_INVALID on "pace" when it is above the
 * limit; ST_NOT_FOUND when there is no such former plan. */
MUST_USE enum status schedule_read(struct ctx *c, const struct domain *d, const struct desk *desk,
                                   const struct schedule_query *query, struct schedule *out);

/* Whether so many blocks less are worth moving for. */
bool tidy_is_worth(int32_t blocks, int32_t then);

/* Whether a plan from nothing, beside the next 24 hours, would have clearly fewer blocks than the
 * accepted one, which is kept stable and so collects small pieces. Asked for by itself: it takes
 * another plan. None while the accepted plan does not hold. `query` has days and a time. */
MUST_USE enum status schedule_tidy(struct ctx *c, const struct domain *d, const struct desk *desk,
                                   const struct schedule_query *query, struct tidy *out);

/* A number that changes whenever schedule_read would answer otherwise: its ETag. */
MUST_USE enum status schedule_tag(struct ctx *c, const struct domain *d, const struct desk *desk,
                                  const struct schedule_query *query, uint64_t *out);

#endif
