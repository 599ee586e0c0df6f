/*
 * A secret link by which other programs read a student's plan and due dates as a calendar. It can
 * be revoked: then it is gone. Only the digest of its token is stored.
 */
#ifndef MODEL_CALENDAR_LINK_H
#define MODEL_CALENDAR_LINK_H

#include "model/field.h"

struct calendar_link {
    struct id id;
    struct digest hash; /* SHA-256 of the token */
    struct instant created;
    int64_t version;
};

enum { CALENDAR_LINKS_MAX = 5 };

extern const struct table calendar_link_table;

#endif
