/*
 * Time zones that were asked for, kept for the life of the process: a table never changes, and
 * there are about six hundred. Any thread may call.
 */
#ifndef DOMAIN_ZONES_H
#define DOMAIN_ZONES_H

#include "model/zone.h"
#include "port/zone.h"

struct zone_cache;

/* NULL when memory is out. `port` is copied. */
struct zone_cache *zones_open(const struct zone_port *port);
void zones_close(struct zone_cache *zones);

/* The table of a zone; it lives as long as the cache. ST_INVALID with a fault on "zone": there is
 * no zone of that name. ST_TOO_LARGE: ZONES_MAX are held (names differ only within the zone files,
 * so this means a fault of ours). */
enum { ZONES_MAX = 2000 };

MUST_USE enum status zones_get(struct ctx *c, struct zone_cache *zones, struct str name,
                               const struct zone_table **out);

/* The changes of a zone from a year before `now` to ZONE_AHEAD_DAYS behind it, in the request's
 * arena: enough for whatever is planned from now on, and for a table that is a day old. */
enum { ZONE_AHEAD_DAYS = 4400 };

MUST_USE enum status zone_read(struct ctx *c, const struct zone_table *table, struct instant now,
                               struct zone *out);

#endif
