/*
 * The SQLite store's parts, for the files that implement its operations. Private to store_sqlite/.
 *
 * Reads take a connection of `readers`; writes are functions handed to `writer`. desks.c,
 * accounts.c, sessions.c and journal.c implement the backend's functions (store/backend.h) of their
 * subject.
 */
#ifndef STORE_SQLITE_STATE_H
#define STORE_SQLITE_STATE_H

#include "store/backend.h"
#include "store_sqlite/folder.h"
#include "store_sqlite/readers.h"
#include "store_sqlite/sqlite.h"
#include "store_sqlite/writer.h"

struct sqlite_state {
    struct folder folder;
    struct db writing; /* the writer's */
    struct writer *writer;
    struct readers *readers;
    struct cipher cipher;
    struct clock clock;
};

/* desks.c */
enum status sqlite_load_desk(void *self, struct ctx *c, struct id user, struct arena *a,
                             struct desk *out);
/* Reads a desk whole by this connection, all of it of one moment; what it points to lies in `a`.
 * ST_NOT_FOUND: no such desk. */
MUST_USE enum status sqlite_read_desk(struct ctx *c, struct db *db, struct id user, struct arena *a,
                                      struct desk *out);
enum status sqlite_commit(void *self, struct ctx *c, const struct desk_commit *commit);
enum status sqlite_add_desk(struct ctx *c, struct db *db, const struct desk *desk);

/* ops.c */
enum status sqlite_find_op(void *self, struct ctx *c, struct id user, struct id op_id,
                           struct op *out);
MUST_USE enum status ops_pack(struct ctx *c, const struct op *op, struct str *out);
MUST_USE enum status ops_add(struct ctx *c, struct db *db, const struct id *user,
                             const struct op *op, struct str packed, int64_t rev);
/* Forgets old operations, once in a while; for every commit, whether it is an operation or not. */
MUST_USE enum status ops_thin(struct ctx *c, struct db *db, const struct id *user, int64_t rev);

/* accounts.c */
enum status sqlite_create_account(void *self, struct ctx *c, const struct account *account,
                                  const struct desk *desk, struct instant now);
enum status sqlite_account_by_login(void *self, struct ctx *c, struct str login_key,
                                    struct account *out);
enum status sqlite_account_by_id(void *self, struct ctx *c, struct id id, struct account *out);
enum status sqlite_update_account(void *self, struct ctx *c, const struct account *account);
enum status sqlite_list_accounts(void *self, struct ctx *c, struct id after, int32_t n,
                                 struct account **out, int32_t *count);
enum status sqlite_expired_guests(void *self, struct ctx *c, struct instant now, int32_t n,
                                  struct id **out, int32_t *count);

/* Why nothing was done to an account of a given version: ST_NOT_FOUND or ST_STALE. */
enum status accounts_refuse(struct ctx *c, struct db *db, const struct id *id);

/* attachments.c: what is asked about the attachments of all users. Both read with a reader of their
 * own and may see a commit that is under way or not. */
enum status sqlite_spent_attachments(void *self, struct ctx *c, struct instant trashed_before,
                                     struct instant begun_before, int32_t n,
                                     struct attachment_ref **out, int32_t *count);
enum status sqlite_media_used(void *self, struct ctx *c, const struct digest *keys, int32_t n,
                              bool *used);

/* feeds.c: what is asked about the feeds of all users. */
enum status sqlite_due_feeds(void *self, struct ctx *c, struct instant now, int32_t n,
                             struct feed_ref **out, int32_t *count);

enum status sqlite_find_calendar_link(void *self, struct ctx *c, struct digest hash,
                                      struct id *user);

/* audit.c */
enum status sqlite_add_audit(void *self, struct ctx *c, struct id user,
                             const struct audit_entry *entry, struct instant again_since);
enum status sqlite_list_audit(void *self, struct ctx *c, struct id user, struct id before,
                              int32_t n, struct audit_entry **out, int32_t *count);

/* people.c */
enum status sqlite_list_people(void *self, struct ctx *c, struct id after, struct str search,
                               int32_t n, struct person **out, int32_t *count);
enum status sqlite_has_admin(void *self, struct ctx *c, bool *out);
enum status sqlite_put_invitation(void *self, struct ctx *c, const struct invitation *invitation);
enum status sqlite_take_invitation(void *self, struct ctx *c, struct digest token_hash,
                                   struct instant now, struct invitation *out);
enum status sqlite_end_invitation(void *self, struct ctx *c, struct id id);
enum status sqlite_list_invitations(void *self, struct ctx *c, struct id after, struct instant now,
                                    int32_t n, struct invitation **out, int32_t *count);

/* erasure.c */
enum status sqlite_erase_account(void *self, struct ctx *c, struct id id, int64_t version);

/* Destroys the keys of users whose erasure was cut short. */
MUST_USE enum status erasure_finish_pending(struct ctx *c, struct sqlite_state *s);

/* sessions.c */
enum status sqlite_put_session(void *self, struct ctx *c, const struct session *session);
enum status sqlite_find_session(void *self, struct ctx *c, struct digest token_hash,
                                struct session *session, struct account *account);
enum status sqlite_end_session(void *self, struct ctx *c, struct digest token_hash);
enum status sqlite_touch_session(void *self, struct ctx *c, struct digest token_hash,
                                 struct instant last_seen, struct instant expires);
enum status sqlite_put_reply(void *self, struct ctx *c, struct digest key, struct digest request,
                             struct str reply, struct instant now);
enum status sqlite_find_reply(void *self, struct ctx *c, struct digest key, struct instant now,
                              struct digest *request, struct str *reply);

#endif
