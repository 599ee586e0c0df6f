/*
 * What becomes of guests: merged into an account, discarded, or erased when their time is over.
 */
#ifndef DOMAIN_GUESTS_H
#define DOMAIN_GUESTS_H

#include "domain/accounts.h"

/* Carries out `fate` for a caller who has proved to be `account` (account_sign_in); nothing for
 * callers who are no guests. ST_CONFLICT with code "quota": both together are too much, and nothing
 * was changed. May be repeated. */
MUST_USE enum status guest_settle(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, enum guest_fate fate,
                                  const struct account *account);

/* Erases up to `most` guests that were not used for GUEST_DAYS; `*erased` tells how many. */
MUST_USE enum status guests_expire(struct ctx *c, const struct domain *d, int32_t most,
                                   int32_t *erased);

#endif
