/*
 * When events take place: from dates and rules on a wall clock to instants.
 *
 * An occurrence begins on each date of the event's rule that is neither left out nor moved, and on
 * each date that it was moved to, at the wall time the event gives, in the event's zone. So a
 * repetition keeps its wall clock when clocks change. A time that is skipped by a change of clocks
 * is what it would be had they not changed; one that comes twice is the first. An end that would so
 * come before its beginning is as far from it as the wall times are.
 */
#ifndef DOMAIN_OCCURRENCES_H
#define DOMAIN_OCCURRENCES_H

#include "domain/domain.h"
#include "plan/calendar.h"

enum {
    OCCURRENCES_MAX = 30000,         /* found at once */
    OCCURRENCE_DAYS_TESTED = 2000000 /* days that rules are asked about at once */
};

struct occurrence_found {
    const struct event *event;
    const struct event_move *move; /* NULL: as the event says */
    struct date date;              /* on which the rule puts it */
    struct instant from;
    struct instant until;
};

struct occurrences {
    struct occurrence_found *items; /* by `from`, then by the event's id; in the request's arena */
    int32_t count;
    int32_t room;
};

/* All occurrences of a desk's events that overlap [from, until). ST_TOO_LARGE: more than the limits
 * above. */
MUST_USE enum status occurrences_find(struct ctx *c, const struct domain *d,
                                      const struct desk *desk, struct instant from,
                                      struct instant until, struct occurrences *out);

/* Only how many: takes no memory for each. */
MUST_USE enum status occurrences_count(struct ctx *c, const struct domain *d,
                                       const struct desk *desk, struct instant from,
                                       struct instant until, int32_t *out);

/* Whether one event does so at least once. */
MUST_USE enum status occurrences_any(struct ctx *c, const struct domain *d, const struct desk *desk,
                                     const struct event *event, struct instant from,
                                     struct instant until, bool *out);

/* The time that they take from the free hours, as the calendar wants it. */
MUST_USE enum status occurrences_busy(struct ctx *c, const struct occurrences *from,
                                      struct calendar_input *in);

/* As they are shown: a list of struct occurrence. */
MUST_USE enum status occurrences_show(struct ctx *c, const struct occurrences *from,
                                      struct list *out);

/* The local date now. ST_INVALID: the desk's zone is not known here. */
MUST_USE enum status occurrences_today(struct ctx *c, const struct domain *d,
                                       const struct desk *desk, struct date *out);

/* The first instant of a local date in the desk's zone; ST_INVALID likewise. */
MUST_USE enum status occurrences_midnight(struct ctx *c, const struct domain *d,
                                          const struct desk *desk, struct date date,
                                          struct instant *out);

/* A number that changes with the tables of the zones that events name. */
MUST_USE enum status occurrences_zones(struct ctx *c, const struct domain *d,
                                       const struct desk *desk, uint64_t *out);

#endif
