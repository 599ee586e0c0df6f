/*
 * Sealing: journal and backup bodies are encrypted under a key of their user, so that destroying
 * the key erases the user from every copy. Keys live in a file of their own that no snapshot holds.
 */
#ifndef PORT_CIPHER_H
#define PORT_CIPHER_H

#include "base/id.h"
#include "base/status.h"
#include "base/str.h"

enum {
    CIPHER_SEAL_ROOM = 64 /* bytes that sealing adds, at most */
};

struct cipher {
    /* Seals `plain` for the user; makes the user's key durable first if there is none. `*sealed`
     * lies in the request's arena. */
    enum status (*seal)(void *self, struct ctx *c, struct id user, struct str plain,
                        struct str *sealed);
    /* As seal, but makes no key. ST_GONE, without a fault: the user has none, or none any more. */
    enum status (*seal_known)(void *self, struct ctx *c, struct id user, struct str plain,
                              struct str *sealed);
    /* ST_GONE: the user's key was destroyed. ST_INTERNAL: the bytes were tampered with. */
    enum status (*open)(void *self, struct ctx *c, struct id user, struct str sealed,
                        struct str *plain);
    /* Destroys the user's key, durably; no error if there is none. */
    enum status (*forget)(void *self, struct ctx *c, struct id user);
    /* A name for the user that only the user's key can tell from chance, so that it says nothing
     * once the key is destroyed: backups file what they hold under it. Makes the key if need be. */
    enum status (*alias)(void *self, struct ctx *c, struct id user, struct id *out);
    /* As alias, but makes no key. ST_GONE, without a fault: the user has none. */
    enum status (*alias_known)(void *self, struct ctx *c, struct id user, struct id *out);
    /* The user of an alias. ST_NOT_FOUND, without a fault: the key was destroyed. */
    enum status (*user_of)(void *self, struct ctx *c, struct id alias, struct id *out);
    void *self;
};

#endif
