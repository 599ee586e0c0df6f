/*
 * What administrators do: with the accounts of others, of which they see sizes and nothing else,
 * and with invitations, which need no mail. Any thread. Called by the interface for callers who are
 * administrators, which it checks, and by the commands of whoever has the data folder.
 */
#ifndef DOMAIN_ADMINS_H
#define DOMAIN_ADMINS_H

#include "domain/domain.h"

enum { INVITATION_DAYS = 7, FIRST_LINK_DAYS = 1 };

/* Changes what of `patch` is in `set`: admin, disabled, storage_mib. Who is switched off loses all
 * sessions. ST_NOT_FOUND; ST_DENIED code "yourself": nobody takes these rights from themselves;
 * ST_INVALID on "admin" code "guest_admin". */
MUST_USE enum status admin_change(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, struct id id,
                                  const struct person *patch, field_set set);

/* Makes the user with this address an administrator, or no longer. ST_NOT_FOUND on "email". */
MUST_USE enum status admin_appoint(struct ctx *c, const struct domain *d, struct str email,
                                   bool admin);

/* Makes an invitation that is good for so many days; `*token` is given to whom it is for and kept
 * nowhere. `caller` is NULL for commands, `id` none for a new one. ST_CONFLICT code "quota". */
MUST_USE enum status admin_invite(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, struct id id, struct str note,
                                  bool admin, int32_t days, struct invitation *out,
                                  struct str *token);

/* While there is no administrator: an invitation to become one, which replaces that of the start
 * before. No text when there is one. */
MUST_USE enum status admin_first_link(struct ctx *c, const struct domain *d, struct str *token);

/* There is an administrator: that link is good no longer. Failures are ignored. */
void admin_end_first_link(struct ctx *c, const struct domain *d);

#endif
