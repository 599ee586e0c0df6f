/*
 * Time zones from the system's zone files (RFC 9636, TZif version 2 and later), usually
 * /usr/share/zoneinfo. Made once by cli/serve.c and handed to the domain as a struct zone_port.
 */
#ifndef CLIENT_ZONE_H
#define CLIENT_ZONE_H

#include "port/zone.h"

/* A port that reads files under `folder`, a NUL-terminated text that outlives it. No other state;
 * nothing to close. */
struct zone_port zone_files(const char *folder);

/* The folder of this system: $TZDIR if set, else /usr/share/zoneinfo. */
const char *zone_files_folder(void);

/* Builds a table from the bytes of a TZif file; exposed for tests and fuzzing. ST_INTERNAL: not a
 * file this can read. */
MUST_USE enum status zone_parse(struct ctx *c, struct str name, const void *bytes, size_t len,
                                struct arena *arena, const struct zone_table **out);

#endif
