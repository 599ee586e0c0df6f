/*
 * Argon2id by libsodium, two at a time: each takes 19 MiB and tens of milliseconds, so more would
 * not be faster, only larger. PASSWORD_WAITING_MAX callers may wait, further ones get
 * ST_UNAVAILABLE. Made once by the command line, then shared by all threads.
 */
#ifndef CLIENT_PASSWORD_H
#define CLIENT_PASSWORD_H

#include "port/password.h"

enum {
    PASSWORD_MEMORY = 19 * 1024 * 1024, /* bytes each */
    PASSWORD_PASSES = 2,
    PASSWORD_AT_ONCE = 2,
    PASSWORD_WAITING_MAX = 32
};

struct passwords;

MUST_USE enum status passwords_open(struct ctx *c, struct passwords **out);

/* NULL is allowed. */
void passwords_close(struct passwords *p);

struct password_hasher passwords_hasher(struct passwords *p);

#endif
