/*
 * The users' keys: what the journal and backups are sealed with (port/cipher.h), by libsodium's
 * XChaCha20-Poly1305. The user's id is authenticated, too: a body cannot be passed off as another
 * user's.
 *
 * They stand in DIR/keys (mode 0600), which no snapshot contains: a heading and one record of
 * KEY_RECORD bytes per user (id, key, check sum). A new key is appended and synced before it is
 * used. At erasure the file is written anew without the key, synced, renamed, and the record is
 * overwritten in the old file. Half a record at the end, left by a crash, counts for nothing.
 *
 * Made before the store is opened; the file is read at the first use, when the folder is this
 * process's. Shared by all threads; sealing takes a short lock, a new key a sync of the disk.
 */
#ifndef CLIENT_KEYS_H
#define CLIENT_KEYS_H

#include "port/cipher.h"

enum {
    KEY_RECORD = 16 + 32 + 8,
    KEYS_MAX = 4 * 1024 * 1024 /* users */
};

struct keys;

/* `folder`, a NUL-terminated text, is copied; it need not exist yet. */
MUST_USE enum status keys_open(struct ctx *c, const char *folder, struct keys **out);

/* NULL is allowed. */
void keys_close(struct keys *k);

struct cipher keys_cipher(struct keys *k);

/* Whose keys are in the folder's file, without changing it; in the request's arena. No file has
 * none. ST_INTERNAL: it is damaged. */
MUST_USE enum status keys_examine(struct ctx *c, const char *folder, struct id **users,
                                  int64_t *count);

#endif
