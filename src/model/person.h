/*
 * An account as administrators see it: who, since when, how much. Never what is in it.
 */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include "model/field.h"

enum { STORAGE_MIB_MAX = 1024 * 1024 };

struct person {
    struct id id;
    struct str email; /* null for a guest */
    unsigned kind;    /* enum account_kind */
    bool admin;
    bool disabled;
    int32_t storage_mib; /* of files; 0: as usual */
    struct instant created;
    struct instant last_seen; /* within ten minutes; none: not since the account was made */
    int64_t tasks;
    int64_t attachments;
    int64_t bytes; /* of them */
};

extern const struct table person_table;

#endif
