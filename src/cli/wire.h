/*
 * Puts the parts together: the data folder's store, the ports, the domain. Used by every command
 * that touches data; nothing else knows all the parts.
 */
#ifndef CLI_WIRE_H
#define CLI_WIRE_H

#include <stdatomic.h>

#include "backup/snapshots.h"
#include "domain/domain.h"
#include "ops/config.h"

struct wire;

struct wire_options {
    const struct config *config; /* outlives the wire */
    bool must_exist;             /* refuse a folder without a database instead of making one */
    const atomic_bool *stopping; /* the process is to end: give up what takes long; or NULL */
    int32_t lock_wait_ms;        /* for another process that owns the folder */
};

/* Opens the data folder and makes the domain. Causes as store_sqlite_open. */
MUST_USE enum status wire_open(struct ctx *c, const struct wire_options *options,
                               struct wire **out);
const struct domain *wire_domain(const struct wire *wire);
struct snapshots *wire_snapshots(const struct wire *wire);

/* NULL is allowed. */
void wire_close(struct wire *wire);

#endif
