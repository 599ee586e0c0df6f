/*
 * A file that belongs to a task. The record comes first, announced with its size; the bytes arrive
 * in the spool; once they lie in the media as a whole, the record is ready, and only then. Deleted
 * ones are kept in the trash for TRASH_DAYS, so that it can be taken back.
 */
#ifndef MODEL_ATTACHMENT_H
#define MODEL_ATTACHMENT_H

#include "model/field.h"

enum attachment_state {
    ATTACHMENT_UPLOADING, /* bytes are awaited */
    ATTACHMENT_READY      /* the object is there and never changes */
};

struct attachment {
    struct id id;
    struct id task_id;
    struct str name;
    int64_t size;    /* bytes */
    struct str type; /* by its bytes; null while uploading */
    unsigned state;  /* enum attachment_state */
    struct instant created;
    struct instant trashed; /* none: not in the trash */
    struct digest sha256;   /* of the bytes; zeroes while uploading */
    struct digest key;      /* where the bytes are (port/media.h): a secret */
    int64_t version;
};

enum {
    ATTACHMENTS_MAX = 1000,      /* of a desk, those in the trash not counted */
    ATTACHMENTS_MAX_GUEST = 100, /* the same, for guests */
    TRASHED_MAX = 1000,          /* in the trash; the oldest leave first */
    UPLOADS_MAX = 20,            /* announced and not ready, at once */
    TRASH_DAYS = 7,
    UPLOAD_HOURS = 24 /* an upload that is not finished by then is given up */
};

#define ATTACHMENT_SIZE_MAX       (INT64_C(512) << 20) /* bytes of one file */
#define ATTACHMENT_SIZE_MAX_GUEST (INT64_C(128) << 20)
#define STORAGE_MAX               (INT64_C(2) << 30) /* bytes of all files of a desk */
#define STORAGE_MAX_GUEST         (INT64_C(256) << 20)

extern const struct table attachment_table;

#endif
