/*
 * Time zones as calendars name them: by the IANA name, by that of Windows ("W. Europe Standard
 * Time", which Outlook and Exchange write), or by a name of their own that only a VTIMEZONE
 * explains.
 */
#ifndef DOMAIN_FEED_ZONE_H
#define DOMAIN_FEED_ZONE_H

#include "domain/domain.h"
#include "port/ics.h"

/* The zone named `name` in this calendar; `home` is the student's own, which is taken when no other
 * fits. `now`: offsets are compared in the year of it. Never fails: what was recorded in `c` while
 * trying is forgotten. */
const struct zone_table *feed_zone(struct ctx *c, const struct domain *d,
                                   const struct ics_calendar *calendar, struct str name,
                                   const struct zone_table *home, struct instant now);

#endif
