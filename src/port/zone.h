/*
 * Where time zones come from. Implemented by client/zone.c over the system's zone files; tests and
 * the browser make tables themselves.
 *
 * Names are those of the IANA database ("Europe/Berlin", "UTC").
 */
#ifndef PORT_ZONE_H
#define PORT_ZONE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/zone_table.h"

enum {
    ZONE_NAME_MAX = 64,
    ZONE_UNTIL_YEAR = 2100 /* rules are expanded to the end of this year */
};

struct zone_port {
    void *self;
    /* Loads the zone `name` into `arena`. ST_INVALID: no such zone, or not a zone's name (field
     * "zone"); ST_UNAVAILABLE: memory; ST_INTERNAL: the file is damaged. May be called by any
     * thread. */
    enum status (*load)(struct ctx *c, void *self, struct str name, struct arena *arena,
                        const struct zone_table **out);
};

MUST_USE static inline enum status zone_load(struct ctx *c, const struct zone_port *port,
                                             struct str name, struct arena *arena,
                                             const struct zone_table **out)
{
    return port->load(c, port->self, name, arena, out);
}

#endif
