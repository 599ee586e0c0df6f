/*
 * Which account the first request with a key was about: how account operations, which have no desk
 * to keep the operation with, are carried out once. Kept by the store for ten minutes under a keyed
 * hash of the key and the operation's name. Called by accounts.c; any thread.
 */
#ifndef DOMAIN_REPEATS_H
#define DOMAIN_REPEATS_H

#include "domain/operation.h"

/* The account that the first request with this key was about. ST_NOT_FOUND: this is the first;
 * ST_CONFLICT on "?Idempotency-Key" code "key_reused": the key was used for another content. */
MUST_USE enum status repeat_find(struct ctx *c, const struct domain *d, const char *name,
                                 const struct op_key *key, struct id *id);

/* Binds the key to `*id`, or gives the id it is bound to. Without a key nothing happens. Causes as
 * repeat_find, but for ST_NOT_FOUND. */
MUST_USE enum status repeat_claim(struct ctx *c, const struct domain *d, const char *name,
                                  const struct op_key *key, struct id *id);

#endif
