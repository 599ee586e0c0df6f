/* One reading of what there is to tell: shared by the files that find causes. */
#ifndef DOMAIN_TELLING_H
#define DOMAIN_TELLING_H

#include "domain/domain.h"
#include "plan/calendar.h"

struct telling {
    struct ctx *c;
    const struct domain *domain;
    const struct desk *desk;
    const struct account *account;
    const struct zone_table *zone;
    struct instant now;
    struct date today;
    struct notification *items;
    int32_t count;
    int32_t alike[NOTIFICATION_CODES];
    struct instant later; /* when there may be others */
    bool missed;          /* blocks did not happen: set by tell_ahead */
};

/* Tells, or not: NULL when its kind is switched off, it was dismissed, or there are enough of this
 * code. `of` and `nth` are its cause; the caller fills in what it speaks of. */
struct notification *tell(struct telling *t, enum notification_code code, struct id of,
                          int64_t nth);

/* Something may be to tell at that time, if it is ahead. */
void tell_later(struct telling *t, struct instant when);

/* What is ahead: blocks, tasks, the plan, calendars, a guest's end. */
MUST_USE enum status tell_ahead(struct telling *t);

/* What is behind: the day, the week, what was reached. After tell_ahead. */
MUST_USE enum status tell_behind(struct telling *t);

#endif
