/*
 * What the use cases of accounts share; private to accounts.c, sessions.c and admins.c, which
 * implement accounts.h, and guests.c.
 */
#ifndef DOMAIN_ACCOUNT_PARTS_H
#define DOMAIN_ACCOUNT_PARTS_H

#include "domain/accounts.h"

static inline struct instant instant_days_after(struct instant t, int64_t days)
{
    return (struct instant){t.ms + days * DAY_MINUTES * MINUTE_MS};
}

/* Changes `*a`, or refuses. Called again with a fresh account if the old one was outdated. */
typedef enum status change_decide(struct ctx *c, struct account *a, void *arg);

/* Loads the account, has it changed, and stores it; again if somebody else was faster. */
MUST_USE enum status account_change(struct ctx *c, const struct domain *d, struct id id,
                                    change_decide *decide, void *arg, struct account *out);

/* A user to be made. */
struct sign_up {
    struct id id;
    struct str email;
    struct str login_key;
    struct str password_hash;
    bool admin;
};

/* What may be given: causes as account_sign_up. */
MUST_USE enum status account_check_password(struct ctx *c, struct str password);

/* Fills in the address and the login key; both faults are told at once. */
MUST_USE enum status account_check_sign_up(struct ctx *c, struct str email, struct str password,
                                           struct sign_up *u);

/* ST_DENIED code "disabled": it was switched off. */
MUST_USE enum status account_check_enabled(struct ctx *c, const struct account *a);

MUST_USE enum status account_hash_password(struct ctx *c, const struct domain *d,
                                           struct str password, struct str *out);

/* Makes the user u->id, of a guest if `from_guest`, or finds that an earlier request with the key
 * did, if `keyed`. */
MUST_USE enum status account_make_user(struct ctx *c, const struct domain *d, bool from_guest,
                                       bool keyed, struct sign_up *u, struct str password,
                                       struct account *out);

/* The user with this address; guests cannot be found so. ST_NOT_FOUND, without a fault. */
MUST_USE enum status account_find_user(struct ctx *c, const struct domain *d, struct str email,
                                       struct account *out);

/* Erases an account with its files, if its version is this one (store.h). */
MUST_USE enum status account_erase_at(struct ctx *c, const struct domain *d, struct id id,
                                      int64_t version);

enum { TOKEN_BYTES = 32 };

/* A token as it is given out: RFC 4648, section 5, without padding. No text when memory is out. */
struct str token_text(struct arena *a, const uint8_t bytes[TOKEN_BYTES]);

/* A session of out->account, which must be enabled. With a key it may be there already, from the
 * first time. */
MUST_USE enum status session_begin(struct ctx *c, const struct domain *d, const struct op_key *key,
                                   enum session_kind kind, struct sign_in_result *out);

#endif
