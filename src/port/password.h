/*
 * Passwords are stored as Argon2id hashes (19 MiB, t = 2, p = 1). Hashing is bounded: two at a
 * time, a short queue, then refusal, so that a storm of sign-ins cannot take the machine's memory.
 */
#ifndef PORT_PASSWORD_H
#define PORT_PASSWORD_H

#include "base/status.h"
#include "base/str.h"

struct password_hasher {
    /* `*hash` lies in the request's arena. ST_UNAVAILABLE when too many wait. */
    enum status (*hash)(void *self, struct ctx *c, struct str password, struct str *hash);

    /* Takes as long for a wrong password as for a right one, and for no hash (no such account) too.
     * ST_UNAUTHENTICATED: wrong. ST_UNAVAILABLE when too many wait. */
    enum status (*verify)(void *self, struct ctx *c, struct str password, struct str hash);
    void *self;
};

#endif
