/*
 * What happened in an account, for its owner to read: who signed in, from where, what was taken out
 * or changed. Not part of the desk: it is not synchronised, and a flood of it moves no revision. It
 * goes with the account.
 */
#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

#include "model/field.h"

/* What happened. The numbers are stored: never reuse one. */
enum audit_kind {
    AUDIT_SIGNED_UP,
    AUDIT_SIGNED_IN,
    AUDIT_SIGN_IN_FAILED,
    AUDIT_SIGNED_OUT,
    AUDIT_SIGNED_OUT_EVERYWHERE,
    AUDIT_PASSWORD_CHANGED,
    AUDIT_EMAIL_CHANGED,
    AUDIT_TOKEN_MADE,
    AUDIT_EXPORTED,
    AUDIT_IMPORTED,
    AUDIT_GUEST_MERGED,
    AUDIT_COURSE_DELETED, /* with its tasks */
    AUDIT_ADMIN_GIVEN,
    AUDIT_ADMIN_TAKEN,
    AUDIT_DISABLED,
    AUDIT_ENABLED,
    AUDIT_STORAGE_CHANGED,
    AUDIT_INVITED,      /* somebody, by a link */
    AUDIT_EXPORTED_PART /* without files that could not be read */
};

enum audit_actor {
    AUDIT_BY_OWNER,
    AUDIT_BY_ADMIN,
    AUDIT_BY_ANYONE /* who did not prove to be either */
};

enum {
    AUDIT_DEVICE_MAX = 48, /* characters */
    AUDIT_ADDRESS_MAX = 48
};

struct audit_entry {
    struct id id;      /* later ones are higher */
    struct instant at; /* of the last time, if `count` is more than 1 */
    unsigned kind;     /* enum audit_kind */
    unsigned actor;    /* enum audit_actor */
    struct str device; /* shortened: "Firefox, Linux"; empty: unknown */
    struct str
        address;   /* shortened to the network: "203.0.113.x"; empty: unknown, or this machine */
    int32_t count; /* so often, one shortly after the other */
};

extern const struct table audit_entry_table;

#endif
