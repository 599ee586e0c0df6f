/*
 * Media in a folder: FOLDER/ab/abcd…, 256 folders by the key's first byte, each file named by its
 * key in hexadecimal, mode 0600. Files appear by rename, so there are no halves; the folders are
 * synced, so what was put survives the power.
 */
#ifndef CLIENT_MEDIA_DISK_H
#define CLIENT_MEDIA_DISK_H

#include "port/media.h"

struct media_disk;

/* Makes the folder if need be and marks it with its owner (.owner), who clears away what is not
 * known to them. ST_INVALID: the path is too long; ST_CONFLICT: it is another owner's, or holds
 * something else; ST_FULL, ST_INTERNAL: it cannot be made. */
MUST_USE enum status media_disk_open(struct ctx *c, const char *folder, struct digest owner,
                                     struct media_disk **out);

/* NULL is allowed. */
void media_disk_close(struct media_disk *m);

struct media media_disk_port(struct media_disk *m);

/* A file that lies in a media folder. */
struct media_seen {
    struct digest key;
    int64_t size; /* bytes */
};

/* All files of a folder, in the order of their keys, in the request's arena; nothing is changed,
 * the folder need not be there. For `studybunny doctor`. */
MUST_USE enum status media_disk_examine(struct ctx *c, const char *folder, struct media_seen **out,
                                        int64_t *count);

/* SHA-256 of a file's bytes. ST_NOT_FOUND, without a fault: it is not there. */
MUST_USE enum status media_disk_hash(struct ctx *c, const char *folder, struct digest key,
                                     struct digest *out);

/* Writes a key's name and a NUL. */
void media_key_text(struct digest key, char out[MEDIA_KEY_TEXT + 1]);

/* Reads one back; false when it is no key's name. */
bool media_key_parse(const char *text, struct digest *out);

#endif
