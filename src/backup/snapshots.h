/*
 * The folder of snapshots: taking, listing, checking and thinning them out.
 *
 * A snapshot is written beside under a name that begins with a dot, read back and checked, and only
 * then gets its name, the time in UTC: 20261126T060000.000Z.snapshot. So whatever ends the process
 * in the middle leaves those that were there. The files that its rows name are copied into the
 * folder `media` beside it, each once for all snapshots (copies.h), before it gets its name.
 * Takings and thinnings do not overlap: a lock sees to that.
 */
#ifndef BACKUP_SNAPSHOTS_H
#define BACKUP_SNAPSHOTS_H

#include "backup/snapshot_file.h"

enum {
    SNAPSHOT_NAME_MAX = 64, /* bytes with the NUL */
    SNAPSHOTS_MAX = 10000,  /* looked at in a folder */
    SNAPSHOTS_KEPT = 28     /* however old: a clock that jumps must not cost them all */
};

struct snapshots_config {
    struct snapshot_tools tools;
    const char *data;   /* the data folder */
    const char *folder; /* where snapshots lie; made when the first is taken */
};

/* One in the folder. */
struct snapshot_entry {
    char name[SNAPSHOT_NAME_MAX];
    struct instant made; /* as its name says */
    int64_t bytes;
};

struct snapshots;

/* `config` is copied; what it points to must outlive it. */
MUST_USE enum status snapshots_open(struct ctx *c, const struct snapshots_config *config,
                                    struct snapshots **out);
/* NULL is allowed. */
void snapshots_close(struct snapshots *s);

/* Takes one and checks it by reading it whole; of the copies of files only those are read that are
 * new. Files that are not in the media, or are damaged there, are counted and hinder nothing:
 * everything else is as much in need of a snapshot. `label`, lower-case letters, digits and '-',
 * becomes part of its name; NULL: none. */
MUST_USE enum status snapshots_take(struct ctx *c, struct snapshots *s, const char *label,
                                    struct snapshot_entry *entry, struct snapshot_content *content);

/* All, the oldest first, in the request's arena. A folder that is not there has none. */
MUST_USE enum status snapshots_list(struct ctx *c, struct snapshots *s,
                                    struct snapshot_entry **entries, int32_t *count);

/* Reads one whole, with the copy of every file it names; what is wrong with those is counted in
 * `content`. `name` as in a list, or a path if it has a '/'. */
MUST_USE enum status snapshots_verify(struct ctx *c, struct snapshots *s, const char *name,
                                      struct snapshot_content *content);

/* Removes those made before `now` minus `days`, but of the newest SNAPSHOTS_KEPT none, then the
 * copies of files that none of those left needs, and what crashes left. */
MUST_USE enum status snapshots_thin(struct ctx *c, struct snapshots *s, int32_t days,
                                    int32_t *removed);

/* Where the copies are of the files that the snapshot at `path` names. */
MUST_USE enum status snapshots_copies_of(struct ctx *c, const char *path, char *out, size_t size);

/* The age of the newest in milliseconds, of those that do not lie in the future: a clock that was
 * wrong once may have put some there. −1: there is none. */
MUST_USE enum status snapshots_age(struct ctx *c, struct snapshots *s, int64_t *ms);

#endif
