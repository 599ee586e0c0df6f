/*
 * Accounts and sessions. An account is found by its login key: the normalised e-mail address, or
 * "guest:<id>". Sessions are found by the hash of their token; the token itself is never stored.
 * A session carries the account's epoch: raising the epoch ends all sessions with one write.
 */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

#include "model/field.h"

enum account_kind { ACCOUNT_GUEST, ACCOUNT_USER };

struct account {
    struct id id;
    struct str login_key;
    struct str email; /* null for a guest */
    unsigned kind;    /* enum account_kind */
    struct str password_hash;
    int64_t session_epoch;
    struct instant created;
    struct instant expires; /* of a guest, moved on while it is used; none for users */
    int64_t version;        /* counts changes of this account */
    bool admin;
    struct instant disabled; /* since then nobody can sign in; none: they can */
    int32_t storage_mib;     /* that files may take; 0: as usual */
};

enum session_kind {
    SESSION_BROWSER, /* by cookie; ends when idle or old */
    SESSION_TOKEN    /* by Authorization: Bearer; ends when revoked */
};

struct session {
    struct digest token_hash;
    struct id account_id;
    int64_t epoch;
    unsigned kind; /* enum session_kind */
    struct instant created;
    struct instant last_seen; /* written at most every 10 minutes */
    struct instant expires;
};

extern const struct table account_table;
extern const struct table session_table;

#endif
