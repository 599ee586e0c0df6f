#include <assert.h>
#include <stdatomic.h>

#include "store/backend.h"
#include "store/cache.h"
#include "store/session_cache.h"

struct store {
    struct backend backend;
    struct cache *desks; /* NULL: none is kept */
    struct session_cache *sessions;
    struct store_observer observer;
    atomic_int_fast64_t uncached_reads;
    struct arena arena; /* of this struct and the caches */
};

enum { STORE_BYTES_MAX = 4 * 1024 * 1024, RETRY_AFTER_S = 1 };

enum status store_create(struct ctx *c, const struct store_config *config, struct store **out)
{
    struct arena arena;
    arena_init(&arena, STORE_BYTES_MAX);
    struct store *s = ARENA_NEW(&arena, struct store);
    struct session_cache *sessions = session_cache_create(&arena, SESSIONS_CACHED);
    struct cache *desks = config->cache_bytes ? cache_create(&arena, config->cache_bytes) : NULL;
    if (!s || !sessions || (config->cache_bytes && !desks)) {
        arena_release(&arena);
        config->backend.close(config->backend.self);
        return fail_memory(c);
    }
    s->backend = config->backend;
    s->desks = desks;
    s->sessions = sessions;
    s->arena = arena;
    atomic_init(&s->uncached_reads, 0);
    *out = s;
    return ST_OK;
}

void store_close(struct store *s)
{
    s->backend.close(s->backend.self);
    if (s->desks)
        cache_close(s->desks);
    session_cache_close(s->sessions);
    struct arena arena = s->arena;
    arena_release(&arena);
}

void store_observe(struct store *s, struct store_observer observer)
{
    s->observer = observer;
}

struct store_stats store_stats(struct store *s)
{
    struct backend_stats backend = {0};
    s->backend.stats(s->backend.self, &backend);
    struct store_stats stats = {.commits = backend.commits,
                                .groups = backend.groups,
                                .database_bytes = backend.bytes,
                                .desk_misses = atomic_load(&s->uncached_reads)};
    if (s->desks) {
        struct cache_stats cache = cache_stats(s->desks);
        stats.desk_hits = cache.hits;
        stats.desk_misses = cache.misses;
        stats.desk_bytes = cache.bytes;
        stats.desks = cache.desks;
    }
    return stats;
}

/* ---- the observer ---- */

static int64_t micros_now(const struct store *s)
{
    if (!s->observer.done)
        return 0;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Reports a call and passes its outcome on; says when to come back where nothing else did. */
static enum status done(struct store *s, struct ctx *c, const char *operation, int64_t began,
                        int64_t rows, enum status outcome)
{
    if (outcome == ST_UNAVAILABLE && c->retry_after_s == 0)
        c->retry_after_s = RETRY_AFTER_S;
    if (s->observer.done)
        s->observer.done(s->observer.self, operation, micros_now(s) - began, rows, outcome);
    return outcome;
}

/* ---- desks ---- */

static enum status load(struct ctx *c, struct store *s, struct id user, struct snapshot **out)
{
    struct snapshot *snapshot;
    enum status st = snapshot_make(c, 0, &snapshot);
    if (st != ST_OK)
        return st;
    st = s->backend.load_desk(s->backend.self, c, user, &snapshot->arena, &snapshot->desk);
    if (st == ST_OK)
        *out = snapshot;
    else
        snapshot_drop(snapshot);
    return st;
}

/* Where others write, too, what the cache has is good only at the database's revision. */
static enum status refresh(struct ctx *c, struct store *s, struct id user,
                           struct cache_entry *entry, struct snapshot **held)
{
    int64_t rev;
    if (!s->backend.desk_rev)
        return ST_OK;
    enum status st = s->backend.desk_rev(s->backend.self, c, user, &rev);
    if (st == ST_OK && rev == (*held)->desk.rev)
        return ST_OK;
    snapshot_drop(*held);
    *held = NULL;
    if (st == ST_OK)
        st = load(c, s, user, held);
    if (st == ST_OK)
        cache_replace(s->desks, entry, *held);
    return st;
}

/* The desk, held, and its entry, pinned until leave(); no entry without a cache. */
static enum status enter(struct ctx *c, struct store *s, struct id user, struct cache_entry **entry,
                         struct snapshot **held)
{
    *entry = NULL;
    *held = NULL;
    if (!s->desks) {
        atomic_fetch_add(&s->uncached_reads, 1);
        return load(c, s, user, held);
    }
    *entry = cache_enter(s->desks, user, held);
    if (!*entry)
        return fail_memory(c);

    enum status st;
    if (*held) {
        st = refresh(c, s, user, *entry, held);
    } else {
        struct snapshot *loaded = NULL;
        st = load(c, s, user, &loaded);
        *held = cache_loaded(s->desks, *entry, loaded);
        if (st == ST_OK && !*held)
            st = fail(c, ST_NOT_FOUND, "", "the account was erased");
    }
    if (st != ST_OK) {
        snapshot_drop(*held);
        *held = NULL;
        cache_leave(s->desks, *entry);
        *entry = NULL;
    }
    return st;
}

static void leave(struct store *s, struct cache_entry *entry)
{
    if (entry)
        cache_leave(s->desks, entry);
}

enum status store_get_desk(struct ctx *c, struct store *s, struct id user, const struct desk **out)
{
    int64_t began = micros_now(s);
    struct cache_entry *entry;
    struct snapshot *held;
    enum status st = enter(c, s, user, &entry, &held);
    leave(s, entry);
    if (st == ST_OK)
        *out = &held->desk;
    return done(s, c, "get_desk", began, st == ST_OK, st);
}

void store_release_desk(struct store *s, const struct desk *d)
{
    (void)s;
    if (d)
        snapshot_drop(snapshot_of(d));
}

const struct desk *store_peek_desk(struct store *s, struct id user)
{
    if (!s->desks || s->backend.desk_rev)
        return NULL;
    struct snapshot *held = cache_peek(s->desks, user);
    return held ? &held->desk : NULL;
}

/* What was above the limit may become less. `most` is a bound that is at hand. */
static bool is_too_large(const struct desk *after, size_t most, size_t before)
{
    if (most <= DESK_BYTES_MAX)
        return false;
    size_t extent = desk_extent(after);
    return extent > DESK_BYTES_MAX && extent > before;
}

static enum status refuse_stale(struct ctx *c, struct store *s, const struct desk_commit *commit)
{
    struct op found;
    if (commit->op) {
        enum status st =
            s->backend.find_op(s->backend.self, c, commit->user, commit->op->id, &found);
        if (st == ST_OK)
            return fail_as(c, ST_CONFLICT, "", "repeated", "the operation was carried out already");
        if (st != ST_NOT_FOUND)
            return st;
    }
    return fail(c, ST_STALE, "", "the desk has moved to revision %lld",
                (long long)commit->before->rev);
}

/* What desk_apply takes beyond the desk: each kind gets room for all changes. */
static size_t room_for(int32_t changes)
{
    size_t each = sizeof(struct tombstone);
    for (enum entity_kind kind = ENTITY_FIRST_LIST; kind < ENTITY_KINDS;
         kind = entity_next_list(kind))
        each += entity_table(kind)->size;
    return (size_t)changes * each;
}

/* Works out the desk after the commit; nothing is stored yet. */
static enum status prepare(struct ctx *c, const struct desk_commit *commit, struct snapshot **out)
{
    size_t extent = desk_extent(commit->before);
    size_t added = 0;
    for (int32_t i = 0; i < commit->count; i++) {
        const struct change *change = &commit->changes[i];
        const struct table *t = entity_table(change->kind);
        added +=
            change->entity ? t->size + entity_extent(t, change->entity) : sizeof(struct tombstone);
    }
    struct snapshot *after;
    enum status st =
        snapshot_make(c, extent + extent / 4 + added + room_for(commit->count), &after);
    if (st != ST_OK)
        return st;
    if (!desk_apply(commit->before, commit->changes, commit->count, commit->expected_rev + 1,
                    commit->now, &after->arena, &after->desk))
        st = fail_memory(c);
    else if (is_too_large(&after->desk, extent + added, extent))
        st = fail(c, ST_TOO_LARGE, "",
                  "all that you have would be more than %d MB, without files: delete some first",
                  DESK_BYTES_MAX >> 20);
    if (st == ST_OK)
        *out = after;
    else
        snapshot_drop(after);
    return st;
}

static enum status commit_desk(struct ctx *c, struct store *s, struct desk_commit *commit,
                               struct snapshot **after)
{
    struct cache_entry *entry;
    struct snapshot *before;
    *after = NULL;
    enum status st = enter(c, s, commit->user, &entry, &before);
    if (st != ST_OK)
        return st;
    commit->before = &before->desk;
    if (before->desk.rev != commit->expected_rev)
        st = refuse_stale(c, s, commit);
    if (st == ST_OK)
        st = prepare(c, commit, after);
    if (st == ST_OK) {
        commit->after = &(*after)->desk;
        st = s->backend.commit(s->backend.self, c, commit);
        if (st == ST_OK && entry)
            cache_replace(s->desks, entry, *after);
    }
    leave(s, entry);
    snapshot_drop(before);
    return st;
}

enum status store_commit(struct ctx *c, struct store *s, struct id user, int64_t expected_rev,
                         const struct change *changes, int32_t n, const struct op *op,
                         struct instant now, const struct desk **out)
{
    assert(n >= 0 && n <= CHANGES_MAX);
    int64_t began = micros_now(s);
    struct snapshot *after;
    struct desk_commit commit = {.user = user,
                                 .expected_rev = expected_rev,
                                 .changes = changes,
                                 .count = n,
                                 .op = op,
                                 .now = now};
    enum status st = commit_desk(c, s, &commit, &after);
    if (st == ST_OK && out)
        *out = &after->desk;
    else
        snapshot_drop(after);
    return done(s, c, "commit", began, n, st);
}

enum status store_find_op(struct ctx *c, struct store *s, struct id user, struct id op_id,
                          struct op *out)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.find_op(s->backend.self, c, user, op_id, out);
    return done(s, c, "find_op", began, st == ST_OK, st);
}

/* ---- the media's records ---- */

enum status store_spent_attachments(struct ctx *c, struct store *s, struct instant trashed_before,
                                    struct instant begun_before, int32_t n,
                                    struct attachment_ref **out, int32_t *count)
{
    int64_t began = micros_now(s);
    *count = 0;
    enum status st = s->backend.spent_attachments(s->backend.self, c, trashed_before, begun_before,
                                                  n, out, count);
    return done(s, c, "spent_attachments", began, *count, st);
}

enum status store_media_used(struct ctx *c, struct store *s, const struct digest *keys, int32_t n,
                             bool *used)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.media_used(s->backend.self, c, keys, n, used);
    return done(s, c, "media_used", began, n, st);
}

/* ---- links to calendars ---- */

enum status store_due_feeds(struct ctx *c, struct store *s, struct instant now, int32_t n,
                            struct feed_ref **out, int32_t *count)
{
    int64_t began = micros_now(s);
    *count = 0;
    enum status st = s->backend.due_feeds(s->backend.self, c, now, n, out, count);
    return done(s, c, "due_feeds", began, *count, st);
}

enum status store_find_calendar_link(struct ctx *c, struct store *s, struct digest hash,
                                     struct id *user)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.find_calendar_link(s->backend.self, c, hash, user);
    return done(s, c, "find_calendar_link", began, 1, st);
}

/* ---- accounts ---- */

enum status store_create_account(struct ctx *c, struct store *s, const struct account *account,
                                 const struct settings *settings, struct instant now)
{
    int64_t began = micros_now(s);
    struct account first = *account;
    first.version = 1;
    struct desk desk;
    desk_init(&desk, account->id);
    desk.rev = 1;
    desk.settings = *settings;
    desk.settings.version = 1;
    enum status st = s->backend.create_account(s->backend.self, c, &first, &desk, now);
    return done(s, c, "create_account", began, st == ST_OK, st);
}

enum status store_account_by_login(struct ctx *c, struct store *s, struct str login_key,
                                   struct account *out)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.account_by_login(s->backend.self, c, login_key, out);
    return done(s, c, "account_by_login", began, st == ST_OK, st);
}

enum status store_account_by_id(struct ctx *c, struct store *s, struct id id, struct account *out)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.account_by_id(s->backend.self, c, id, out);
    return done(s, c, "account_by_id", began, st == ST_OK, st);
}

enum status store_update_account(struct ctx *c, struct store *s, struct account *account)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.update_account(s->backend.self, c, account);
    if (st == ST_OK) {
        account->version++;
        session_cache_end_account(s->sessions, account->id);
    }
    return done(s, c, "update_account", began, st == ST_OK, st);
}

/* An erasure may fail when the account has gone already, and before. */
static bool is_gone(struct ctx *c, struct store *s, struct id id)
{
    struct ctx quiet = {.arena = c->arena};
    struct account account;
    return s->backend.account_by_id(s->backend.self, &quiet, id, &account) == ST_NOT_FOUND;
}

enum status store_erase_account(struct ctx *c, struct store *s, struct id id, int64_t version)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.erase_account(s->backend.self, c, id, version);
    session_cache_end_account(s->sessions, id);
    if (s->desks && (st == ST_OK || is_gone(c, s, id)))
        cache_erase(s->desks, id);
    return done(s, c, "erase_account", began, st == ST_OK, st);
}

enum status store_list_accounts(struct ctx *c, struct store *s, struct id after, int32_t n,
                                struct account **out, int32_t *count)
{
    int64_t began = micros_now(s);
    *count = 0;
    enum status st = s->backend.list_accounts(s->backend.self, c, after, n, out, count);
    return done(s, c, "list_accounts", began, *count, st);
}

enum status store_expired_guests(struct ctx *c, struct store *s, struct instant now, int32_t n,
                                 struct id **out, int32_t *count)
{
    int64_t began = micros_now(s);
    *count = 0;
    enum status st = s->backend.expired_guests(s->backend.self, c, now, n, out, count);
    return done(s, c, "expired_guests", began, *count, st);
}

/* ---- sessions ---- */

static bool session_is_good(const struct session *session, const struct account *account,
                            struct instant now)
{
    return session->epoch == account->session_epoch &&
           (instant_is_none(session->expires) || session->expires.ms > now.ms);
}

enum status store_put_session(struct ctx *c, struct store *s, const struct session *session)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.put_session(s->backend.self, c, session);
    session_cache_end(s->sessions, session->token_hash);
    return done(s, c, "put_session", began, st == ST_OK, st);
}

static enum status find_session(struct ctx *c, struct store *s, struct digest token_hash,
                                struct session *session, struct account *account)
{
    switch (session_cache_find(s->sessions, token_hash, false, c->arena, session, account)) {
    case SESSION_FOUND:
        return ST_OK;
    case SESSION_NO_MEMORY:
        return fail_memory(c);
    case SESSION_ABSENT:
    case SESSION_BUSY:
        break;
    }
    uint64_t generation = session_cache_generation(s->sessions);
    enum status st = s->backend.find_session(s->backend.self, c, token_hash, session, account);
    if (st == ST_OK && !s->backend.desk_rev)
        session_cache_put(s->sessions, generation, session, account);
    return st;
}

enum status store_find_session(struct ctx *c, struct store *s, struct digest token_hash,
                               struct instant now, struct session *session, struct account *account)
{
    int64_t began = micros_now(s);
    enum status st = find_session(c, s, token_hash, session, account);
    if (st == ST_OK && !session_is_good(session, account, now))
        st = ST_NOT_FOUND;
    return done(s, c, "find_session", began, st == ST_OK, st);
}

bool store_peek_session(struct ctx *c, struct store *s, struct digest token_hash,
                        struct instant now, struct session *session, struct account *account)
{
    return !s->backend.desk_rev &&
           session_cache_find(s->sessions, token_hash, true, c->arena, session, account) ==
               SESSION_FOUND &&
           session_is_good(session, account, now);
}

enum status store_end_session(struct ctx *c, struct store *s, struct digest token_hash)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.end_session(s->backend.self, c, token_hash);
    session_cache_end(s->sessions, token_hash);
    return done(s, c, "end_session", began, st == ST_OK, st);
}

enum status store_touch_session(struct ctx *c, struct store *s, struct digest token_hash,
                                struct instant last_seen, struct instant expires)
{
    int64_t began = micros_now(s);
    session_cache_touch(s->sessions, token_hash, last_seen, expires);
    enum status st = s->backend.touch_session(s->backend.self, c, token_hash, last_seen, expires);
    return done(s, c, "touch_session", began, st == ST_OK, st);
}

/* ---- for administrators ---- */

enum status store_list_people(struct ctx *c, struct store *s, struct id after, struct str search,
                              int32_t n, struct person **out, int32_t *count)
{
    int64_t began = micros_now(s);
    *count = 0;
    enum status st = s->backend.list_people(s->backend.self, c, after, search, n, out, count);
    return done(s, c, "list_people", began, *count, st);
}

enum status store_has_admin(struct ctx *c, struct store *s, bool *out)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.has_admin(s->backend.self, c, out);
    return done(s, c, "has_admin", began, st == ST_OK, st);
}

enum status store_put_invitation(struct ctx *c, struct store *s,
                                 const struct invitation *invitation)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.put_invitation(s->backend.self, c, invitation);
    return done(s, c, "put_invitation", began, st == ST_OK, st);
}

enum status store_take_invitation(struct ctx *c, struct store *s, struct digest token_hash,
                                  struct instant now, struct invitation *out)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.take_invitation(s->backend.self, c, token_hash, now, out);
    return done(s, c, "take_invitation", began, st == ST_OK, st);
}

enum status store_end_invitation(struct ctx *c, struct store *s, struct id id)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.end_invitation(s->backend.self, c, id);
    return done(s, c, "end_invitation", began, st == ST_OK, st);
}

enum status store_list_invitations(struct ctx *c, struct store *s, struct id after,
                                   struct instant now, int32_t n, struct invitation **out,
                                   int32_t *count)
{
    int64_t began = micros_now(s);
    *count = 0;
    enum status st = s->backend.list_invitations(s->backend.self, c, after, now, n, out, count);
    return done(s, c, "list_invitations", began, *count, st);
}

/* ---- what happened in an account ---- */

enum status store_add_audit(struct ctx *c, struct store *s, struct id user,
                            const struct audit_entry *entry, struct instant again_since)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.add_audit(s->backend.self, c, user, entry, again_since);
    return done(s, c, "add_audit", began, st == ST_OK, st);
}

enum status store_list_audit(struct ctx *c, struct store *s, struct id user, struct id before,
                             int32_t n, struct audit_entry **out, int32_t *count)
{
    int64_t began = micros_now(s);
    *count = 0;
    enum status st = s->backend.list_audit(s->backend.self, c, user, before, n, out, count);
    return done(s, c, "list_audit", began, *count, st);
}

/* ---- short-lived answers ---- */

enum status store_put_reply(struct ctx *c, struct store *s, struct digest key,
                            struct digest request, struct str reply, struct instant now)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.put_reply(s->backend.self, c, key, request, reply, now);
    return done(s, c, "put_reply", began, st == ST_OK, st);
}

enum status store_find_reply(struct ctx *c, struct store *s, struct digest key, struct instant now,
                             struct digest *request, struct str *reply)
{
    int64_t began = micros_now(s);
    enum status st = s->backend.find_reply(s->backend.self, c, key, now, request, reply);
    return done(s, c, "find_reply", began, st == ST_OK, st);
}

enum status store_check(struct ctx *c, struct store *s)
{
    int64_t began = micros_now(s);
    return done(s, c, "check", began, 0, s->backend.check(s->backend.self, c));
}
