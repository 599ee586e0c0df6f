/*
 * Accounts and sessions: guests, signing up, in and out, changing and erasing an account.
 *
 * A session's token is 32 bytes in base64url. The client alone has it: storage knows its SHA-256,
 * and the clear text appears only in struct sign_in_result, in the request's arena. A browser's
 * session ends 30 days after it was last used, a year after it began, and at once when its
 * account's epoch is raised: by a new password, by turning from guest to user, and by signing out
 * everywhere.
 *
 * Repeats. `key` may be NULL. With a key the call is carried out once within 10 minutes: a repeat
 * with the same request gives the same account and the same token, which is derived from the key
 * and the account (so until then whoever knows the key can get the session; keys are secrets like
 * tokens). The account's id is claimed under the key before anything else is written: a repeat
 * after a crash half-way takes the same id and finishes the work. Another request under the same
 * key: ST_CONFLICT on "?Idempotency-Key", code "key_reused".
 *
 * Any thread may call. Signing up, in, and changing an account hash passwords: tens of milliseconds
 * of a processor each, so never from the event loop. Further causes of all calls: those of the
 * store and, where passwords are hashed, ST_UNAVAILABLE.
 */
#ifndef DOMAIN_ACCOUNTS_H
#define DOMAIN_ACCOUNTS_H

#include "domain/operation.h"

enum {
    PASSWORD_MIN = 8, /* characters */
    PASSWORD_MAX = 128,
    EMAIL_MAX = 254, /* bytes, RFC 5321 */
    GUEST_DAYS = 30, /* an unused guest is kept so long */
    SESSION_IDLE_DAYS = 30,
    SESSION_DAYS = 365,
    TOKEN_DAYS = 3652,
    TOUCH_MINUTES = 10, /* how exact last_seen is */
    TOKEN_TEXT_LEN = 43
};

/* What becomes of a guest who signs into an account that is there already. */
enum guest_fate {
    GUEST_STAYS,    /* is left behind; ends by itself */
    GUEST_MERGED,   /* the user gets all it has, but for files in the trash */
    GUEST_DISCARDED /* is erased */
};

struct sign_in_result {
    struct account account;
    struct str token;       /* TOKEN_TEXT_LEN characters; no text: the present session goes on */
    struct instant expires; /* of the session; none without a token */
    bool repeated;          /* the request had been carried out before */
};

/* A new guest, with default settings, and a session. ST_DENIED code "guests_off", by the policy;
 * ST_CONFLICT code "already_user": a repeat, and
 * the guest became a user since. */
MUST_USE enum status account_create_guest(struct ctx *c, const struct domain *d,
                                          const struct op_key *key, struct sign_in_result *out);

/* A new user and a session; a caller who is a guest becomes that user and keeps everything, but
 * the guest's sessions end. `caller->user` may be none. ST_INVALID on "email" code "format", on
 * "password" codes "too_short" and "too_long"; ST_CONFLICT on "email" code "email_in_use".
 * `invitation` is the token of one, or no text; it is used up when the account is made. ST_CONFLICT
 * on "invitation" code "invitation": it is not good (any more). ST_DENIED codes "invited_only" and
 * "closed", by the policy. */
MUST_USE enum status account_sign_up(struct ctx *c, const struct domain *d,
                                     const struct caller *caller, const struct op_key *key,
                                     struct str email, struct str password, struct str invitation,
                                     struct sign_in_result *out);

/* A session for a user. ST_UNAUTHENTICATED, with the same words and after the same time, for an
 * unknown address and a wrong password; ST_DENIED code "disabled" for the right one of an account
 * that was switched off. A repeat must have the right password too.
 * When the caller is a guest, `fate` tells what becomes of it: to be merged, all it has is first
 * taken onto the user's desk (domain/take.h, whose ST_CONFLICT "quota" leaves everything as it
 * was), then it is erased. Interrupted in between, it can be said again. */
MUST_USE enum status account_sign_in(struct ctx *c, const struct domain *d,
                                     const struct caller *caller, enum guest_fate fate,
                                     const struct op_key *key, struct str email,
                                     struct str password, struct sign_in_result *out);

/* Ends the caller's session of that token, or all of the account's. */
MUST_USE enum status account_sign_out(struct ctx *c, const struct domain *d,
                                      const struct caller *caller, struct digest token_hash,
                                      bool everywhere);

/* The form in which a token is stored. */
struct digest account_token_hash(const struct domain *d, struct str token);

/* Who holds this token at `now`. ST_UNAUTHENTICATED: nobody. */
MUST_USE enum status account_by_token(struct ctx *c, const struct domain *d, struct str token,
                                      struct instant now, struct session *session,
                                      struct account *account);

/* Notes that the session is in use: moves on its last_seen, its end, and a guest's end, each only
 * when it is old enough to be worth a write. Failures are ignored; `c` is left as it was. */
void account_touch(struct ctx *c, const struct domain *d, struct instant now,
                   const struct session *session, const struct account *account);

/* Whether account_touch would write: to be asked where nothing may block. */
bool account_wants_touch(struct instant now, const struct session *session,
                         const struct account *account);

/* Changes the address, the password or both; no text leaves one as it is. A new password ends all
 * sessions, that of `token_hash` too, and begins one for this client. ST_DENIED on
 * "current_password" code "wrong_password"; ST_CONFLICT on "" code "guest": a guest has nothing to
 * change; further causes as account_sign_up. */
MUST_USE enum status account_update(struct ctx *c, const struct domain *d,
                                    const struct caller *caller, const struct op_key *key,
                                    struct digest token_hash, struct str email, struct str password,
                                    struct str current_password, struct sign_in_result *out);

/* Removes the caller's account with everything in it, for good. ST_NOT_FOUND: it is gone. */
MUST_USE enum status account_erase(struct ctx *c, const struct domain *d,
                                   const struct caller *caller);

/* For administrators: a user without a session. Causes as account_sign_up. */
MUST_USE enum status account_create_user(struct ctx *c, const struct domain *d, struct str email,
                                         struct str password, struct account *out);

/* For administrators: a token for programs, of the user with this address; it is good until
 * TOKEN_DAYS have passed or all sessions are ended. ST_NOT_FOUND on "email". */
MUST_USE enum status account_make_token(struct ctx *c, const struct domain *d, struct str email,
                                        struct sign_in_result *out);

/* For administrators: sets a user's password and ends all sessions. ST_NOT_FOUND on "email";
 * ST_INVALID as account_sign_up. */
MUST_USE enum status account_reset_password(struct ctx *c, const struct domain *d, struct str email,
                                            struct str password);

#endif
