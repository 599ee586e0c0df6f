/*
 * Links with which somebody may sign up, made by administrators and at the first start. Each is
 * good once and for some time. Its token is given out when it is made and never stored.
 */
#ifndef MODEL_INVITATION_H
#define MODEL_INVITATION_H

#include "model/field.h"

enum { INVITATION_NOTE_MAX = 100, INVITATION_DAYS_MAX = 30 };

struct invitation {
    struct id id;
    struct digest token_hash;
    struct str note; /* for whom, as the administrator wrote it */
    bool admin;      /* who uses it becomes an administrator */
    struct instant created;
    struct instant expires;
};

extern const struct table invitation_table;

#endif
