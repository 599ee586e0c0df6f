#include "store_sqlite/journal.h"
#include "store_sqlite/rows.h"
#include "store_sqlite/state.h"

/* ---- reading ---- */

enum { FIRST_ROOM = 64 };

/* The desk's own row with its single entities. Leaves the statement where it is: as long as it is
 * not reset, all that this connection reads is of the same moment. */
static enum status read_desk(struct ctx *c, sqlite3_stmt *q, struct arena *a, struct desk *out)
{
    out->rev = sqlite3_column_int64(q, 0);
    out->oldest_cursor = sqlite3_column_int64(q, 1);
    int at = 5;
    enum status st = rows_read(c, q, at, &settings_table, a, &out->settings);
    at += rows_columns(&settings_table);
    if (st == ST_OK && sqlite3_column_int(q, 3))
        st = rows_read(c, q, at, &availability_table, a, &out->availability);
    at += rows_columns(&availability_table);
    if (st == ST_OK && sqlite3_column_int(q, 4))
        st = rows_read(c, q, at, &plan_table, a, &out->plan);
    return st;
}

static sqlite3_stmt *query_desk(struct ctx *c, struct db *db, const struct id *user)
{
    sqlite3_stmt *q = db_query(db, c, Q_DESK,
                               "SELECT desk.rev, desk.oldest_cursor, 0,"
                               " availability.user IS NOT NULL, plan.user IS NOT NULL,"
                               " {settings.}, {availability.}, {plan.} "
                               "FROM desk JOIN settings ON settings.user = desk.user "
                               "LEFT JOIN availability ON availability.user = desk.user "
                               "LEFT JOIN plan ON plan.user = desk.user "
                               "WHERE desk.user = ?1");
    bind_id(q, 1, user);
    return q;
}

/* All rows of a query into a growing array; what is outgrown stays in the arena. */
static enum status read_items(struct ctx *c, struct db *db, sqlite3_stmt *q, const struct table *t,
                              struct arena *a, struct list *out)
{
    char *array = NULL;
    int32_t count = 0;
    int32_t room = 0;
    enum status st;
    while ((st = db_row(db, c, q)) == ST_OK) {
        if (count == room) {
            room = room ? room * 2 : FIRST_ROOM;
            char *grown = arena_array(a, (size_t)room, t->size);
            if (!grown)
                st = fail_memory(c);
            else if (count)
                memcpy(grown, array, (size_t)count * t->size);
            array = grown;
        }
        if (st == ST_OK)
            st = rows_read(c, q, 0, t, a, array + (size_t)count * t->size);
        if (st != ST_OK)
            break;
        count++;
    }
    db_reset(q);
    *out = (struct list){array, count};
    return st == ST_NOT_FOUND ? ST_OK : st;
}

static enum status read_parts(struct ctx *c, struct db *db, const struct id *user, struct arena *a,
                              struct desk *out)
{
    static const char *const texts[ENTITY_KINDS] = {
        [ENTITY_COURSE] = "SELECT {course} FROM course WHERE user = ?1 ORDER BY id",
        [ENTITY_TASK] = "SELECT {task} FROM task WHERE user = ?1 ORDER BY id",
        [ENTITY_EVENT] = "SELECT {event} FROM event WHERE user = ?1 ORDER BY id",
        [ENTITY_ATTACHMENT] = "SELECT {attachment} FROM attachment WHERE user = ?1 ORDER BY id",
        [ENTITY_WORK] = "SELECT {work_entry} FROM work_entry WHERE user = ?1 ORDER BY id",
        [ENTITY_FEED] = "SELECT {feed} FROM feed WHERE user = ?1 ORDER BY id",
        [ENTITY_CALENDAR_LINK] =
            "SELECT {calendar_link} FROM calendar_link WHERE user = ?1 ORDER BY id",
        [ENTITY_NOTIFICATION_MARK] =
            "SELECT {notification_mark} FROM notification_mark WHERE user = ?1 ORDER BY id",
        [ENTITY_FORMER_PLAN] = "SELECT {former_plan} FROM former_plan WHERE user = ?1 ORDER BY id",
        [ENTITY_FEED_ITEM] = "SELECT {feed_item} FROM feed_item WHERE user = ?1 ORDER BY id",
    };
    struct list list;
    for (enum entity_kind kind = ENTITY_FIRST_LIST; kind < ENTITY_KINDS;
         kind = entity_next_list(kind)) {
        sqlite3_stmt *q = db_query(db, c, (enum query)((int)Q_LIST + (int)kind), texts[kind]);
        bind_id(q, 1, user);
        enum status st = read_items(c, db, q, entity_table(kind), a, &list);
        if (st != ST_OK)
            return st;
        desk_set_list(out, kind, list);
    }
    sqlite3_stmt *q =
        db_query(db, c, Q_TOMBSTONES,
                 "SELECT {tombstone} FROM tombstone WHERE user = ?1 ORDER BY rev, kind, id");
    bind_id(q, 1, user);
    enum status st = read_items(c, db, q, &tombstone_table, a, &list);
    out->tombstones = list.items;
    out->tombstone_count = list.count;
    return st;
}

enum status sqlite_read_desk(struct ctx *c, struct db *db, struct id user, struct arena *a,
                             struct desk *out)
{
    desk_init(out, user);
    sqlite3_stmt *q = query_desk(c, db, &user);
    enum status st = db_row(db, c, q);
    if (st == ST_NOT_FOUND)
        return fail(c, ST_NOT_FOUND, "", "no such desk");
    if (st == ST_OK)
        st = read_desk(c, q, a, out);
    if (st == ST_OK)
        st = read_parts(c, db, &user, a, out);
    db_reset(q);
    return st;
}

enum status sqlite_load_desk(void *self, struct ctx *c, struct id user, struct arena *a,
                             struct desk *out)
{
    struct sqlite_state *s = self;
    struct db *db;
    enum status st = readers_take(c, s->readers, &db);
    if (st != ST_OK)
        return st;
    st = sqlite_read_desk(c, db, user, a, out);
    readers_give(s->readers, db);
    return st;
}

/* ---- writing ---- */

static enum status put_entity(struct ctx *c, struct db *db, const struct id *user,
                              enum entity_kind kind, const void *entity, int64_t version)
{
    static const char *const texts[ENTITY_KINDS] = {
        [ENTITY_SETTINGS] =
            "INSERT OR REPLACE INTO settings(user, {settings}) VALUES(?1, {settings?2})",
        [ENTITY_AVAILABILITY] = "INSERT OR REPLACE INTO availability(user, {availability}) "
                                "VALUES(?1, {availability?2})",
        [ENTITY_PLAN] = "INSERT INTO plan(user, {plan}) VALUES(?1, {plan?2}) "
                        "ON CONFLICT(user) DO UPDATE SET {plan=2}",
        [ENTITY_COURSE] = "INSERT OR REPLACE INTO course(user, {course}) VALUES(?1, {course?2})",
        [ENTITY_TASK] = "INSERT OR REPLACE INTO task(user, {task}) VALUES(?1, {task?2})",
        [ENTITY_EVENT] = "INSERT OR REPLACE INTO event(user, {event}) VALUES(?1, {event?2})",
        [ENTITY_ATTACHMENT] = "INSERT OR REPLACE INTO attachment(user, {attachment}) "
                              "VALUES(?1, {attachment?2})",
        [ENTITY_WORK] =
            "INSERT OR REPLACE INTO work_entry(user, {work_entry}) VALUES(?1, {work_entry?2})",
        [ENTITY_FEED] = "INSERT OR REPLACE INTO feed(user, {feed}) VALUES(?1, {feed?2})",
        [ENTITY_CALENDAR_LINK] = "INSERT OR REPLACE INTO calendar_link(user, {calendar_link}) "
                                 "VALUES(?1, {calendar_link?2})",
        [ENTITY_NOTIFICATION_MARK] =
            "INSERT OR REPLACE INTO notification_mark(user, {notification_mark}) "
            "VALUES(?1, {notification_mark?2})",
        [ENTITY_FORMER_PLAN] = "INSERT INTO former_plan(user, {former_plan}) "
                               "VALUES(?1, {former_plan?2}) "
                               "ON CONFLICT(user, id) DO UPDATE SET {former_plan=2}",
        [ENTITY_FEED_ITEM] =
            "INSERT OR REPLACE INTO feed_item(user, {feed_item}) VALUES(?1, {feed_item?2})",
    };
    sqlite3_stmt *q = db_query(db, c, (enum query)((int)Q_PUT + (int)kind), texts[kind]);
    bind_id(q, 1, user);
    enum status st = rows_bind(c, q, 2, entity_table(kind), entity, version);
    return st == ST_OK ? db_run(db, c, q) : st;
}

static enum status delete_entity(struct ctx *c, struct db *db, const struct id *user,
                                 enum entity_kind kind, const struct id *id)
{
    static const char *const texts[ENTITY_KINDS] = {
        [ENTITY_COURSE] = "DELETE FROM course WHERE user = ?1 AND id = ?2",
        [ENTITY_TASK] = "DELETE FROM task WHERE user = ?1 AND id = ?2",
        [ENTITY_EVENT] = "DELETE FROM event WHERE user = ?1 AND id = ?2",
        [ENTITY_ATTACHMENT] = "DELETE FROM attachment WHERE user = ?1 AND id = ?2",
        [ENTITY_WORK] = "DELETE FROM work_entry WHERE user = ?1 AND id = ?2",
        [ENTITY_FEED] = "DELETE FROM feed WHERE user = ?1 AND id = ?2",
        [ENTITY_CALENDAR_LINK] = "DELETE FROM calendar_link WHERE user = ?1 AND id = ?2",
        [ENTITY_NOTIFICATION_MARK] = "DELETE FROM notification_mark WHERE user = ?1 AND id = ?2",
        [ENTITY_FORMER_PLAN] = "DELETE FROM former_plan WHERE user = ?1 AND id = ?2",
        [ENTITY_FEED_ITEM] = "DELETE FROM feed_item WHERE user = ?1 AND id = ?2",
    };
    sqlite3_stmt *q =
        db_query(db, c, (enum query)((int)Q_DELETE + (int)kind), texts[kind] ? texts[kind] : "");
    bind_id(q, 1, user);
    bind_id(q, 2, id);
    return db_run(db, c, q);
}

static enum status desk_rev(struct ctx *c, struct db *db, const struct id *user, int64_t *rev)
{
    sqlite3_stmt *q = db_query(db, c, Q_DESK_REV, "SELECT rev FROM desk WHERE user = ?1");
    bind_id(q, 1, user);
    enum status st = db_row(db, c, q);
    if (st == ST_OK)
        *rev = sqlite3_column_int64(q, 0);
    db_reset(q);
    return st;
}

/* The compare-and-set on which every commit hangs. */
static enum status move_rev(struct ctx *c, struct db *db, const struct desk_commit *commit)
{
    sqlite3_stmt *q =
        db_query(db, c, Q_MOVE_REV,
                 "UPDATE desk SET rev = rev + 1, oldest_cursor = ?3 WHERE user = ?1 AND rev = ?2");
    bind_id(q, 1, &commit->user);
    bind_int(q, 2, commit->expected_rev);
    bind_int(q, 3, commit->after->oldest_cursor);
    enum status st = db_run(db, c, q);
    if (st != ST_OK || db_changes(db) == 1)
        return st;
    int64_t rev;
    st = desk_rev(c, db, &commit->user, &rev);
    if (st == ST_OK)
        return fail(c, ST_STALE, "", "the desk has moved to revision %lld", (long long)rev);
    return st == ST_NOT_FOUND ? fail(c, ST_NOT_FOUND, "", "no such desk") : st;
}

static enum status add_tombstone(struct ctx *c, struct db *db, const struct id *user,
                                 const struct tombstone *tombstone)
{
    sqlite3_stmt *q =
        db_query(db, c, Q_ADD_TOMBSTONE,
                 "INSERT OR REPLACE INTO tombstone(user, {tombstone}) VALUES(?1, {tombstone?2})");
    bind_id(q, 1, user);
    enum status st = rows_bind(c, q, 2, &tombstone_table, tombstone, -1);
    return st == ST_OK ? db_run(db, c, q) : st;
}

static enum status forget_tombstone(struct ctx *c, struct db *db, const struct id *user,
                                    const struct tombstone *tombstone)
{
    sqlite3_stmt *q =
        db_query(db, c, Q_FORGET_TOMBSTONES,
                 "DELETE FROM tombstone WHERE user = ?1 AND rev = ?2 AND kind = ?3 AND id = ?4");
    bind_id(q, 1, user);
    bind_int(q, 2, tombstone->rev);
    bind_int(q, 3, tombstone->kind);
    bind_id(q, 4, &tombstone->id);
    return db_run(db, c, q);
}

/* Both lists have the same order, and `after` lacks some of `before` and has new ones at its end.
 */
static enum status move_tombstones(struct ctx *c, struct db *db, const struct desk_commit *commit)
{
    const struct desk *before = commit->before;
    const struct desk *after = commit->after;
    enum status st = ST_OK;
    int32_t kept = 0;
    for (int32_t i = 0; st == ST_OK && i < before->tombstone_count; i++) {
        const struct tombstone *old = &before->tombstones[i];
        if (kept < after->tombstone_count && after->tombstones[kept].rev == old->rev &&
            id_eq(after->tombstones[kept].id, old->id))
            kept++;
        else
            st = forget_tombstone(c, db, &commit->user, old);
    }
    for (int32_t i = kept; st == ST_OK && i < after->tombstone_count; i++)
        st = add_tombstone(c, db, &commit->user, &after->tombstones[i]);
    return st;
}

struct commit_write {
    const struct desk_commit *commit;
    struct str reply;
    struct journal_row journal;
};

static enum status write_commit(struct ctx *c, struct db *db, void *arg)
{
    const struct commit_write *w = arg;
    const struct desk_commit *commit = w->commit;
    const int64_t rev = commit->expected_rev + 1;
    enum status st = ST_OK;
    if (commit->op)
        st = ops_add(c, db, &commit->user, commit->op, w->reply, rev);
    if (st == ST_OK)
        st = ops_thin(c, db, &commit->user, rev);
    if (st == ST_OK)
        st = move_rev(c, db, commit);
    for (int32_t i = 0; st == ST_OK && i < commit->count; i++) {
        const struct change *change = &commit->changes[i];
        if (change->entity)
            st = put_entity(c, db, &commit->user, change->kind, change->entity, rev);
        else
            st = delete_entity(c, db, &commit->user, change->kind, &change->id);
    }
    if (st == ST_OK)
        st = move_tombstones(c, db, commit);
    return st == ST_OK ? journal_add(c, db, &w->journal) : st;
}

enum status sqlite_commit(void *self, struct ctx *c, const struct desk_commit *commit)
{
    struct sqlite_state *s = self;
    struct commit_write w = {.commit = commit,
                             .journal = {.user = commit->user,
                                         .rev = commit->expected_rev + 1,
                                         .at = commit->now,
                                         .op_id = commit->op ? commit->op->id : ID_NONE}};
    const struct journal_entry entry = {
        .before = commit->before, .changes = commit->changes, .count = commit->count};
    enum status st = ST_OK;
    if (commit->op)
        st = ops_pack(c, commit->op, &w.reply);
    if (st == ST_OK)
        st = journal_seal(c, &s->cipher, &entry, &w.journal);
    return st == ST_OK ? writer_run(c, s->writer, write_commit, &w) : st;
}

enum status sqlite_add_desk(struct ctx *c, struct db *db, const struct desk *desk)
{
    sqlite3_stmt *q = db_query(db, c, Q_ADD_DESK,
                               "INSERT INTO desk(user, rev, oldest_cursor) VALUES(?1, ?2, ?3)");
    bind_id(q, 1, &desk->user);
    bind_int(q, 2, desk->rev);
    bind_int(q, 3, desk->oldest_cursor);
    enum status st = db_run(db, c, q);
    if (st == ST_OK)
        st = put_entity(c, db, &desk->user, ENTITY_SETTINGS, &desk->settings, desk->rev);
    return st;
}
