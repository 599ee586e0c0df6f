/*
 * Secret links to a student's plan: made, revoked, and followed by other programs; operations as in
 * tasks.h.
 *
 * A token is 256 bits, derived from the link's id under the installation's secret, so it can be
 * shown again without being stored: the database holds its digest alone.
 */
#ifndef DOMAIN_CALENDAR_LINKS_H
#define DOMAIN_CALENDAR_LINKS_H

#include "domain/operation.h"

enum { CALENDAR_TOKEN_LEN = 64 };

/* Makes a link and shows it. ST_CONFLICT with code "quota". */
MUST_USE enum status calendar_link_create(struct ctx *c, const struct domain *d,
                                          const struct caller *caller, const struct op_key *key,
                                          struct op_result *out);

/* From then on nothing is found by it. ST_NOT_FOUND, ST_STALE. Shows nothing. */
MUST_USE enum status calendar_link_delete(struct ctx *c, const struct domain *d,
                                          const struct caller *caller, const struct op_key *key,
                                          struct id id, int64_t expected, struct op_result *out);

/* The token of a link, in lower-case hexadecimal, without a NUL. */
void calendar_link_token(const struct domain *d, struct id id, char out[CALENDAR_TOKEN_LEN]);

/* Whose link this token is of. ST_NOT_FOUND: nobody's, or no longer. */
MUST_USE enum status calendar_link_find(struct ctx *c, const struct domain *d, struct str token,
                                        struct id *user);

#endif
