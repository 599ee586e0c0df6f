/*
 * The record of what happened in an account, which its owner can read (model/audit.h). Use cases
 * note what they did; a note that cannot be written never undoes the deed. Any thread.
 */
#ifndef DOMAIN_AUDIT_H
#define DOMAIN_AUDIT_H

#include "domain/domain.h"

enum {
    AUDIT_AGAIN_MINUTES = 60 /* failed sign-ins from one place within that time are one entry */
};

/* Notes what `actor` did to the account `user`. Failures are ignored; `c` is left as it was. */
void audit_note(struct ctx *c, const struct domain *d, struct id user, enum audit_kind kind,
                enum audit_actor actor, const struct whence *from);

/* What happened in the caller's account: the newest first, `n` at most, those before the id
 * `before` (none: from the newest on). */
MUST_USE enum status audit_list(struct ctx *c, const struct domain *d, const struct caller *caller,
                                struct id before, int32_t n, struct audit_entry **out,
                                int32_t *count);

#endif
