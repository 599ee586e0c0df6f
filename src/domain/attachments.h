/*
 * Files of tasks: announced, filled, read, put into the trash and back, and cleared away.
 *
 * The order of things keeps records and files in step. A record is made first and names the key
 * under which the bytes will be, so a file that has no record is an orphan whenever it is looked
 * at. The record turns ready in a commit after the file was put, so a ready record has its file.
 * When a record goes, its file goes after it; what a crash leaves behind, attachments_sweep finds.
 *
 * `key` may be NULL, `expected` is the version the caller saw or −1. A task that is deleted takes
 * its attachments into the trash (operation.c sees to that); restoring may put one on another task.
 */
#ifndef DOMAIN_ATTACHMENTS_H
#define DOMAIN_ATTACHMENTS_H

#include "domain/operation.h"

/* How much there is, or may be; the trash is not counted. */
struct storage {
    int32_t files;
    int64_t bytes;
};
struct storage storage_used(const struct desk *desk);
struct storage storage_quota(enum account_kind kind, int32_t storage_mib);

/* Bytes that one file may have. */
int64_t attachment_size_max(enum account_kind kind);

/* The attachment, if it is not in the trash; NULL. */
const struct attachment *attachment_find(const struct desk *desk, struct id id);

/* Announces a file of `a->name` and `a->size` for a task and shows it. No id: one is made; an id
 * that is there with equal content: OP_EXISTED. Space for it is counted from now on; the oldest of
 * the trash make room. ST_NOT_FOUND: no such task; ST_TOO_LARGE on "size"; ST_CONFLICT on "id", or
 * with code "quota". */
MUST_USE enum status attachment_create(struct ctx *c, const struct domain *d,
                                       const struct caller *caller, const struct op_key *key,
                                       struct id task, struct attachment *a, struct op_result *out);

/* Into the trash for TRASH_DAYS; an upload that is not ready is given up at once. ST_NOT_FOUND,
 * ST_STALE. Shows nothing. */
MUST_USE enum status attachment_delete(struct ctx *c, const struct domain *d,
                                       const struct caller *caller, const struct op_key *key,
                                       struct id task, struct id id, int64_t expected,
                                       struct op_result *out);

/* Out of the trash and onto `task`, which may be another than before. Shows it; one that is on that
 * task stays as it is. ST_NOT_FOUND; ST_CONFLICT with code "quota". */
MUST_USE enum status attachment_restore(struct ctx *c, const struct domain *d,
                                        const struct caller *caller, const struct op_key *key,
                                        struct id task, struct id id, struct op_result *out);

/* Part of a decision: what is on tasks that this edit deletes goes into the trash. */
MUST_USE enum status attachments_follow_tasks(struct edit *e);

/* The same for a task that this edit brings back: what the deletion, which made revision `rev`, put
 * into the trash and is there still is on it again. `*used` is what of the quota is used, and
 * grows. ST_CONFLICT with code "quota". */
MUST_USE enum status attachments_come_back(struct edit *e, struct id task, int64_t rev,
                                           struct storage *used);

/* ---- bytes ---- */

/* One body on its way in. */
struct upload {
    struct caller caller;
    struct attachment attachment; /* as it was at the beginning; texts are not to be looked at */
    struct spool_file *file;
    int64_t offset; /* of the body's first byte */
};

/* Bytes of an uploading attachment that are here. */
int64_t upload_offset(const struct domain *d, const struct attachment *a);

/* Begins with a body that starts at `offset` (−1: at 0, whatever is there), has `length` bytes (−1:
 * not said) and is the last one if `last`. Another body of this attachment that is on its way is
 * cut off. ST_NOT_FOUND; ST_CONFLICT with code "complete" (the file is there) or
 * "mismatching_upload_offset": then out->offset is the right one; ST_TOO_LARGE, ST_INVALID on
 * "?Content-Length": the size announced is another; causes of the spool. */
MUST_USE enum status upload_begin(struct ctx *c, const struct domain *d,
                                  const struct caller *caller, const struct desk *desk,
                                  struct id id, int64_t offset, int64_t length, bool last,
                                  struct upload *out);
MUST_USE enum status upload_take(struct ctx *c, const struct domain *d, struct upload *u,
                                 struct str bytes);

/* All bytes are here: keeps the file, finds its type, makes the record ready and shows it.
 * ST_INVALID with code "incomplete"; ST_NOT_FOUND: deleted meanwhile. */
MUST_USE enum status upload_finish(struct ctx *c, const struct domain *d, struct upload *u,
                                   struct op_result *out);

/* Begins to take the file of an attachment, of which `a->size` is said, before there is a record of
 * it: gives it a key. Only between files_hold and files_let_go (domain/turns.h). upload_take and
 * upload_end as above; causes of the spool. */
MUST_USE enum status upload_stage(struct ctx *c, const struct domain *d, struct attachment *a,
                                  struct upload *out);

/* All bytes are here: keeps the file and makes `a` what its record shall be, its type in the
 * request's arena. From then on it is the caller's to commit, or to remove by
 * attachment_files_remove. ST_INVALID with code "incomplete". */
MUST_USE enum status upload_keep(struct ctx *c, const struct domain *d, struct upload *u,
                                 struct attachment *a);

/* After upload_begin or upload_stage was ST_OK, once. What is here and not finished stays for
 * another body. */
void upload_end(const struct domain *d, struct upload *u);

/* Opens a part of a ready attachment, as media.open. ST_INTERNAL: its file is gone. */
MUST_USE enum status attachment_open(struct ctx *c, const struct domain *d,
                                     const struct attachment *a, int64_t offset, int64_t len,
                                     int *fd, bool *seekable);

/* ---- clearing away ---- */

/* The keys of all files of a user, in the request's arena; none when there is no such desk. */
MUST_USE enum status attachment_keys(struct ctx *c, const struct domain *d, struct id user,
                                     struct digest **keys, int32_t *count);

/* Removes files whose records are gone. What cannot be removed now is left to the sweep; `c` is
 * left as it was. */
void attachment_files_remove(struct ctx *c, const struct domain *d, const struct digest *keys,
                             int32_t n);

struct sweep_report {
    int64_t spent;   /* records of old trash and of uploads given up */
    int64_t orphans; /* files without a record */
};

/* Clears away the old trash, uploads given up, and files without a record. For the start and for
 * once an hour, in a thread that may take its time. Goes on after what fails for one user; the last
 * failure is returned. */
MUST_USE enum status attachments_sweep(struct ctx *c, const struct domain *d,
                                       struct sweep_report *out);

#endif
