/*
 * What a database does to be a store. store.c turns the calls of store.h into these, and adds what
 * all stores share: the desk cache, the session cache, limits, the observer.
 *
 * store_sqlite/ (and store_mongo/) fill in a struct backend and hand it to store_create. The
 * functions are called by many threads at once and may block for a bounded time. Causes and
 * promises are those of store.h; only what differs is written here. Everything passed in stays
 * valid and unchanged during the call; results lie in the request's arena unless another one is
 * given.
 */
#ifndef STORE_BACKEND_H
#define STORE_BACKEND_H

#include "store/store.h"

/* One commit, already worked out: `before` is the desk at `expected_rev`, `after` what it becomes.
 */
struct desk_commit {
    struct id user;
    int64_t expected_rev; /* after->rev is one more: the version of every entity put */
    const struct change *changes;
    int32_t count;
    const struct op *op; /* or NULL */
    struct instant now;
    const struct desk *before;
    const struct desk *after; /* tombstones of after->rev are new; those that `after` lacks go */
};

struct backend_stats {
    int64_t commits; /* writes acknowledged, of every sort */
    int64_t groups;  /* times something was made durable for them */
    int64_t bytes;   /* of the database */
};

struct backend {
    /* Reads a desk whole and consistent. Everything it points to is put into `a`. */
    enum status (*load_desk)(void *self, struct ctx *c, struct id user, struct arena *a,
                             struct desk *out);

    /* The desk's present revision, for databases that other processes write too: each hit of the
     * cache is checked by it. NULL: this process is the only writer, and the cache is right. */
    enum status (*desk_rev)(void *self, struct ctx *c, struct id user, int64_t *rev);

    /* ST_CONFLICT "repeated" goes before ST_STALE. */
    enum status (*commit)(void *self, struct ctx *c, const struct desk_commit *commit);

    /* ST_NOT_FOUND is returned without a fault, as in all functions that look something up. */
    enum status (*find_op)(void *self, struct ctx *c, struct id user, struct id op_id,
                           struct op *out);

    enum status (*spent_attachments)(void *self, struct ctx *c, struct instant trashed_before,
                                     struct instant begun_before, int32_t n,
                                     struct attachment_ref **out, int32_t *count);
    enum status (*due_feeds)(void *self, struct ctx *c, struct instant now, int32_t n,
                             struct feed_ref **out, int32_t *count);
    enum status (*find_calendar_link)(void *self, struct ctx *c, struct digest hash,
                                      struct id *user);
    enum status (*media_used)(void *self, struct ctx *c, const struct digest *keys, int32_t n,
                              bool *used);

    /* `desk`: the new account's, at revision 1. */
    enum status (*create_account)(void *self, struct ctx *c, const struct account *account,
                                  const struct desk *desk, struct instant now);
    enum status (*account_by_login)(void *self, struct ctx *c, struct str login_key,
                                    struct account *out);
    enum status (*account_by_id)(void *self, struct ctx *c, struct id id, struct account *out);

    /* Stores `account` with its version raised by one; does not change `*account`. */
    enum status (*update_account)(void *self, struct ctx *c, const struct account *account);
    enum status (*erase_account)(void *self, struct ctx *c, struct id id, int64_t version);
    enum status (*list_accounts)(void *self, struct ctx *c, struct id after, int32_t n,
                                 struct account **out, int32_t *count);
    enum status (*expired_guests)(void *self, struct ctx *c, struct instant now, int32_t n,
                                  struct id **out, int32_t *count);

    enum status (*put_session)(void *self, struct ctx *c, const struct session *session);

    /* Only by the token: whether it is still good is judged by store.c. */
    enum status (*find_session)(void *self, struct ctx *c, struct digest token_hash,
                                struct session *session, struct account *account);
    enum status (*end_session)(void *self, struct ctx *c, struct digest token_hash);
    enum status (*touch_session)(void *self, struct ctx *c, struct digest token_hash,
                                 struct instant last_seen, struct instant expires);

    enum status (*list_people)(void *self, struct ctx *c, struct id after, struct str search,
                               int32_t n, struct person **out, int32_t *count);
    enum status (*has_admin)(void *self, struct ctx *c, bool *out);
    enum status (*put_invitation)(void *self, struct ctx *c, const struct invitation *invitation);
    enum status (*take_invitation)(void *self, struct ctx *c, struct digest token_hash,
                                   struct instant now, struct invitation *out);
    enum status (*end_invitation)(void *self, struct ctx *c, struct id id);
    enum status (*list_invitations)(void *self, struct ctx *c, struct id after, struct instant now,
                                    int32_t n, struct invitation **out, int32_t *count);

    enum status (*add_audit)(void *self, struct ctx *c, struct id user,
                             const struct audit_entry *entry, struct instant again_since);
    enum status (*list_audit)(void *self, struct ctx *c, struct id user, struct id before,
                              int32_t n, struct audit_entry **out, int32_t *count);

    enum status (*put_reply)(void *self, struct ctx *c, struct digest key, struct digest request,
                             struct str reply, struct instant now);
    enum status (*find_reply)(void *self, struct ctx *c, struct digest key, struct instant now,
                              struct digest *request, struct str *reply);

    enum status (*check)(void *self, struct ctx *c);
    void (*stats)(void *self, struct backend_stats *out);
    void (*close)(void *self);
    void *self;
};

enum {
    REPLY_KEPT_MS = 10 * MINUTE_MS,
    SESSIONS_CACHED = 8192, /* sessions held in memory, with their accounts */
    /* Of one desk, as desk_extent counts: so that it fits into memory, a document, an export and a
     * record of a snapshot, whatever fills it. Far above what the desk of a long study has. */
    DESK_BYTES_MAX = 12 * 1024 * 1024,
    /* The replies kept of one desk; older ones leave first. Enough that all tasks of a full desk
     * can be deleted, and that taken back. */
    OPS_KEPT_BYTES = 3 * 1024 * 1024
};

struct store_config {
    struct backend backend;
    size_t cache_bytes; /* of decoded desks; 0: no desk is kept */
};

/* Makes a store. From here on the backend is the store's: closed with it, and also when this fails
 * for want of memory. */
MUST_USE enum status store_create(struct ctx *c, const struct store_config *config,
                                  struct store **out);

#endif
