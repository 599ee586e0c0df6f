/* Settings and free hours: one of each per desk; operations as in tasks.h. */
#ifndef DOMAIN_SETTINGS_H
#define DOMAIN_SETTINGS_H

#include "domain/operation.h"

/* ST_INVALID on "zone" (unknown), "pace" (above the limit), "max_session_min" and
 * "max_task_day_min" (below the least session), "/preferred/N/…" as windows of the week. Preferred
 * hours are sorted. */
MUST_USE enum status settings_update(struct ctx *c, const struct domain *d,
                                     const struct caller *caller, const struct op_key *key,
                                     int64_t expected, const struct settings *patch, field_set set,
                                     struct op_result *out);

/* Replaces the free hours, exceptions included; sorts them. ST_INVALID on "/week/N/end" (not after
 * the start), "/week/N/start" (overlaps another window of that day), the same below
 * "/exceptions/N/windows", or "/exceptions/N/date" (stands there twice). */
MUST_USE enum status availability_replace(struct ctx *c, const struct domain *d,
                                          const struct caller *caller, const struct op_key *key,
                                          int64_t expected, struct availability *free,
                                          struct op_result *out);

/* Whether they can be stored; both are put in order. Causes as above. */
MUST_USE enum status settings_check(struct edit *e, struct settings *s);
MUST_USE enum status availability_check(struct ctx *c, struct availability *free);

#endif
