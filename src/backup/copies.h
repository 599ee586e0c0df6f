/*
 * The files that snapshots share: sealed copies of the media, FOLDER/ab/abcd…, mode 0600.
 *
 * A file of the media never changes, so one copy serves every snapshot that names it; the
 * snapshot's rows say which, how long, and with which SHA-256. A copy is sealed under its user's
 * key, in pieces, and its name is a digest of the user's alias (port/cipher.h) and the file's key:
 * when the user's key is destroyed, neither its bytes nor its name say anything any more.
 *
 * A copy's time of modification is when the newest snapshot that needs it was made. So thinning
 * opens no snapshot: what is older than the oldest one kept is needed by none. Times that were not
 * carried over by whoever copied the folder are later ones: they keep a copy too long, never too
 * short. One thread at a time writes here; snapshots.c sees to that.
 */
#ifndef BACKUP_COPIES_H
#define BACKUP_COPIES_H

#include <stdatomic.h>

#include "port/cipher.h"
#include "port/digest.h"
#include "port/media.h"

enum {
    COPY_NAME_MAX = 2 + 1 + 64 + 1 /* bytes of ab/abcd… with the NUL */
};

struct copies {
    const char *folder;
    struct cipher cipher;
    struct digester digester;
    const struct media *media;   /* what is copied from; for copies_keep alone */
    const atomic_bool *stopping; /* give up with ST_UNAVAILABLE; NULL: never */
};

/* A file that a snapshot names. */
struct copied_file {
    struct id owner;
    struct id alias; /* the owner's */
    struct media_object object;
};

enum copy_state {
    COPY_WHOLE,
    COPY_MISSING, /* there is no such file */
    COPY_DAMAGED, /* its bytes are others than the rows say */
    COPY_ERASED   /* its user's key was destroyed meanwhile */
};

/* Sees that there is a copy, which a snapshot made at `made` needs. COPY_MISSING and COPY_DAMAGED
 * speak of the media: there is no copy, and none could be made. A copy that is there is taken to be
 * whole if its length can be right. ST_FULL: no room. */
MUST_USE enum status copies_keep(struct ctx *c, const struct copies *copies,
                                 const struct copied_file *file, struct instant made,
                                 enum copy_state *out);

/* Where a copy's bytes go. They are known to be right only when all were taken. */
struct copy_sink {
    enum status (*take)(void *self, struct ctx *c, struct str bytes);
    void *self;
};

/* Reads a copy and compares its hash; `sink` may be NULL. */
MUST_USE enum status copies_read(struct ctx *c, const struct copies *copies,
                                 const struct copied_file *file, const struct copy_sink *sink,
                                 enum copy_state *out);

/* Removes what no snapshot made at `oldest` or later needs, and what crashes left. A folder that is
 * not there has none. */
MUST_USE enum status copies_thin(struct ctx *c, const char *folder, struct instant oldest,
                                 int64_t *removed);

/* A copy's name below the folder. */
void copy_name(const struct copies *copies, const struct copied_file *file,
               char out[COPY_NAME_MAX]);

#endif
