/*
 * What the domain may ask of storage. Two stores implement it: store_sqlite/ (one process owns its
 * data folder) and, for a fleet, store_mongo/. The domain cannot tell which one it has.
 *
 * The unit of atomicity is one student's desk (model/desk.h): every operation that a user sees is
 * one commit to one desk. Nothing here spans two desks, so no store needs transactions over
 * documents.
 *
 * Promises, tested by one contract suite for every store:
 *  - What store_commit acknowledged is durable: it survives kill -9 and power loss.
 *  - A commit is all or nothing, and happens only if the desk is still at the expected revision.
 *  - A read after an acknowledged write sees it.
 *  - An operation id is carried out once: a repeat changes nothing and gives the first result.
 *
 * Threads: a store may be used by many threads at once. Contexts may not be shared. Every call may
 * block on the disk or the network for a bounded time.
 *
 * Causes: all calls may return ST_UNAVAILABLE (busy, not reachable; retry_after_s is set), ST_FULL
 * (no room on the disk) and ST_INTERNAL (corrupt data, a fault of ours); further ones are named.
 * Where a call only looks something up (find, by_id, by_login), ST_NOT_FOUND is an answer: no fault
 * is recorded for it.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/status.h"
#include "model/account.h"
#include "model/audit.h"
#include "model/desk.h"
#include "model/invitation.h"
#include "model/person.h"

struct store;

/* An operation of a user, so that a repeated request can be answered as the first was. `reply` are
 * the entities that the reply shows, as they were then; an entity NULL: its id alone. Kept: the
 * last OPS_KEPT of a desk. */
struct op {
    struct id id;          /* the Idempotency-Key */
    struct digest request; /* of method, path and content: a key may not be used for another */
    int32_t outcome;       /* chosen by the caller, e.g. created or changed; given back as it was */
    const struct change *reply;
    int32_t reply_count;
    int64_t rev; /* set by the store: the revision the operation made */
};

enum {
    OPS_KEPT = 256,
    CHANGES_MAX = 4100 /* in one commit: every task and course of a full desk */
};

/* ---- desks ---- */

/* A snapshot of the user's desk, from the cache or the database. Give it back with
 * store_release_desk; it stays valid and unchanged until then. ST_NOT_FOUND: no such desk. */
MUST_USE enum status store_get_desk(struct ctx *c, struct store *s, struct id user,
                                    const struct desk **out);

/* NULL is allowed. */
void store_release_desk(struct store *s, const struct desk *d);

/* The desk's snapshot only if it can be had without blocking; NULL otherwise. */
const struct desk *store_peek_desk(struct store *s, struct id user);

/* Changes a desk: atomically and only if its revision is `expected_rev`. On success the desk is at
 * `expected_rev` + 1, which is the version of everything put; `*out`, if not NULL, is the new
 * snapshot (to be released). `op` may be NULL. `now` dates the commit. ST_STALE: the desk is at
 * another revision: read it again and decide anew. ST_CONFLICT with code "repeated": an operation
 * with op->id was carried out already: ask store_find_op. ST_NOT_FOUND: no such desk. ST_TOO_LARGE:
 * a desk would grow beyond what a store holds (DESK_BYTES_MAX of store/backend.h). Each (kind, id)
 * may stand in `changes` once. */
MUST_USE enum status store_commit(struct ctx *c, struct store *s, struct id user,
                                  int64_t expected_rev, const struct change *changes, int32_t n,
                                  const struct op *op, struct instant now, const struct desk **out);

/* What an operation did, copied into the request's arena. ST_NOT_FOUND: not carried out (or longer
 * ago than OPS_KEPT operations). */
MUST_USE enum status store_find_op(struct ctx *c, struct store *s, struct id user, struct id op_id,
                                   struct op *out);

/* ---- the media's records ---- */

/* An attachment, and whose. */
struct attachment_ref {
    struct id user;
    struct id id;
};

/* Up to `n` attachments that were put into the trash, or announced and not finished, before the
 * times given; in no order. */
MUST_USE enum status store_spent_attachments(struct ctx *c, struct store *s,
                                             struct instant trashed_before,
                                             struct instant begun_before, int32_t n,
                                             struct attachment_ref **out, int32_t *count);

/* Which of these keys an attachment of anybody's names, in whatever state. */
MUST_USE enum status store_media_used(struct ctx *c, struct store *s, const struct digest *keys,
                                      int32_t n, bool *used);

/* ---- links to calendars ---- */

/* A feed, and whose. */
struct feed_ref {
    struct id user;
    struct id id;
};

/* Up to `n` feeds whose `next` is not after `now`, the longest waiting first. */
MUST_USE enum status store_due_feeds(struct ctx *c, struct store *s, struct instant now, int32_t n,
                                     struct feed_ref **out, int32_t *count);

/* Whose calendar link has a token of this digest. ST_NOT_FOUND. */
MUST_USE enum status store_find_calendar_link(struct ctx *c, struct store *s, struct digest hash,
                                              struct id *user);

/* ---- accounts ---- */

/* Creates an account (version 1) with an empty desk at revision 1 that has these settings.
 * ST_CONFLICT on "email": the login key is taken; on "id": the id is. */
MUST_USE enum status store_create_account(struct ctx *c, struct store *s,
                                          const struct account *account,
                                          const struct settings *settings, struct instant now);

/* ST_NOT_FOUND. Texts are copied into the request's arena. */
MUST_USE enum status store_account_by_login(struct ctx *c, struct store *s, struct str login_key,
                                            struct account *out);
MUST_USE enum status store_account_by_id(struct ctx *c, struct store *s, struct id id,
                                         struct account *out);

/* Replaces an account whose version is account->version, and adds one to it (in `*account` too).
 * ST_STALE: another version is stored. ST_CONFLICT on "email": the new login key is taken. */
MUST_USE enum status store_update_account(struct ctx *c, struct store *s, struct account *account);

enum { ANY_VERSION = -1 };

/* Removes the account, its sessions, its desk, and the key under which its journal is sealed, so
 * that nothing of it can be read any more, backups included. ST_NOT_FOUND; ST_STALE: its version is
 * not `version`. */
MUST_USE enum status store_erase_account(struct ctx *c, struct store *s, struct id id,
                                         int64_t version);

/* Accounts in the order of their ids, `n` at most, after the id `after` (none: from the beginning).
 */
MUST_USE enum status store_list_accounts(struct ctx *c, struct store *s, struct id after, int32_t n,
                                         struct account **out, int32_t *count);

/* Up to `n` guests that expired before `now`. */
MUST_USE enum status store_expired_guests(struct ctx *c, struct store *s, struct instant now,
                                          int32_t n, struct id **out, int32_t *count);

/* ---- sessions ---- */

MUST_USE enum status store_put_session(struct ctx *c, struct store *s,
                                       const struct session *session);

/* The session with its account: one look-up, cached. ST_NOT_FOUND: unknown or expired at `now`, or
 * of an epoch that the account has left. */
MUST_USE enum status store_find_session(struct ctx *c, struct store *s, struct digest token_hash,
                                        struct instant now, struct session *session,
                                        struct account *account);

/* The same only if it can be answered without blocking; false: ask store_find_session. */
bool store_peek_session(struct ctx *c, struct store *s, struct digest token_hash,
                        struct instant now, struct session *session, struct account *account);

/* Ends one session; ending what is not there is fine. */
MUST_USE enum status store_end_session(struct ctx *c, struct store *s, struct digest token_hash);

/* Moves last_seen (and a browser session's `expires`) on. Lost if the process dies soon: allowed.
 */
MUST_USE enum status store_touch_session(struct ctx *c, struct store *s, struct digest token_hash,
                                         struct instant last_seen, struct instant expires);

/* ---- for administrators ---- */

enum { INVITATIONS_MAX = 500 };

/* Accounts with their sizes in the order of their ids, `n` at most, after the id `after` (none:
 * from the beginning); with a text, only users whose login key contains it. */
MUST_USE enum status store_list_people(struct ctx *c, struct store *s, struct id after,
                                       struct str search, int32_t n, struct person **out,
                                       int32_t *count);

/* Whether there is an administrator who can sign in. */
MUST_USE enum status store_has_admin(struct ctx *c, struct store *s, bool *out);

/* Adds an invitation, or replaces that of its id; those that had expired when it was made go.
 * ST_CONFLICT code "quota": too many. */
MUST_USE enum status store_put_invitation(struct ctx *c, struct store *s,
                                          const struct invitation *invitation);

/* Takes the invitation of that token away, which can be done once. ST_NOT_FOUND: there is none, or
 * it expired before `now`. */
MUST_USE enum status store_take_invitation(struct ctx *c, struct store *s, struct digest token_hash,
                                           struct instant now, struct invitation *out);

/* ST_NOT_FOUND: there is none. */
MUST_USE enum status store_end_invitation(struct ctx *c, struct store *s, struct id id);

/* Those that have not expired at `now`, in the order of their ids after `after`, `n` at most. */
MUST_USE enum status store_list_invitations(struct ctx *c, struct store *s, struct id after,
                                            struct instant now, int32_t n, struct invitation **out,
                                            int32_t *count);

/* ---- what happened in an account ---- */

enum {
    AUDIT_KEPT = 400,         /* entries of an account; the oldest go */
    AUDIT_FAILURES_KEPT = 100 /* further ones, of sign-ins that failed: anybody can cause those */
};

/* Adds an entry, or counts up one that is alike (kind, device, address) and not older than
 * `again_since`; none: never. ST_NOT_FOUND: no such account. */
MUST_USE enum status store_add_audit(struct ctx *c, struct store *s, struct id user,
                                     const struct audit_entry *entry, struct instant again_since);

/* The newest first, `n` at most, those before the id `before` (none: from the newest on). */
MUST_USE enum status store_list_audit(struct ctx *c, struct store *s, struct id user,
                                      struct id before, int32_t n, struct audit_entry **out,
                                      int32_t *count);

/* ---- short-lived answers to repeated account operations ---- */

/* Guests are made and signed in without a desk to keep the operation with: the answer is kept here
 * for 10 minutes under the hash of the key. ST_CONFLICT with code "repeated": there is one. */
MUST_USE enum status store_put_reply(struct ctx *c, struct store *s, struct digest key,
                                     struct digest request, struct str reply, struct instant now);

/* ST_NOT_FOUND: none, or too old. */
MUST_USE enum status store_find_reply(struct ctx *c, struct store *s, struct digest key,
                                      struct instant now, struct digest *request,
                                      struct str *reply);

/* ---- the store itself ---- */

/* Whether the database answers now, with a bounded wait. */
MUST_USE enum status store_check(struct ctx *c, struct store *s);

/* Reports every call: its name, how long it took, rows touched. Called by the calling thread. */
struct store_observer {
    void (*done)(void *self, const char *operation, int64_t micros, int64_t rows,
                 enum status outcome);
    void *self;
};
void store_observe(struct store *s, struct store_observer observer);

struct store_stats {
    int64_t desk_hits;
    int64_t desk_misses;
    int64_t desk_bytes; /* held by the desk cache */
    int64_t desks;
    int64_t commits;
    int64_t groups; /* durable writes; commits ÷ groups is the size of a group */
    int64_t database_bytes;
};
struct store_stats store_stats(struct store *s);

/* Finishes what is under way and frees the store. No other call may be running. */
void store_close(struct store *s);

#endif
