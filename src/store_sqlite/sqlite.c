#include "store_sqlite/sqlite.h"

#include <pthread.h>
#include <sys/stat.h>

#include "store_sqlite/migrate.h"
#include "store_sqlite/state.h"

static void configure_library(void)
{
    /* Counting memory would take a lock in every allocation. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
}

static enum status check(void *self, struct ctx *c)
{
    struct sqlite_state *s = self;
    struct db *db;
    enum status st = readers_take(c, s->readers, &db);
    if (st != ST_OK)
        return st;
    sqlite3_stmt *q = db_query(db, c, Q_CHECK, "SELECT count(*) FROM erasure");
    st = db_row(db, c, q);
    db_reset(q);
    readers_give(s->readers, db);
    return st;
}

static void stats(void *self, struct backend_stats *out)
{
    struct sqlite_state *s = self;
    struct stat file;
    writer_stats(s->writer, &out->commits, &out->groups);
    if (stat(s->folder.database, &file) == 0)
        out->bytes = file.st_size;
}

static void close_state(void *self)
{
    struct sqlite_state *s = self;
    if (s->writer)
        writer_stop(s->writer);
    if (s->readers)
        readers_close(s->readers);
    if (s->writing.handle)
        db_close(&s->writing);
    folder_close(&s->folder);
    free(s);
}

static enum status open_parts(struct ctx *c, const struct sqlite_config *config,
                              struct sqlite_state *s)
{
    enum status st =
        folder_open(c, config->folder, config->must_exist, config->lock_wait_ms, &s->folder);
    struct db_config database = {
        .path = s->folder.database, .vfs = config->vfs, .writer = true, .no_sync = config->no_sync};
    if (st == ST_OK)
        st = db_open(c, &database, &s->writing);
    if (st == ST_OK)
        st = migrate(c, &s->writing, &config->before_migration);
    if (st == ST_OK)
        st = readers_open(c, &database, &s->readers);
    if (st == ST_OK)
        st = writer_start(c, &s->writing, &s->writer);
    if (st == ST_OK)
        st = erasure_finish_pending(c, s);
    return st;
}

enum status store_sqlite_open(struct ctx *c, const struct sqlite_config *config, struct store **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure_library);

    struct sqlite_state *s = calloc(1, sizeof *s);
    if (!s)
        return fail_memory(c);
    s->folder.lock = -1;
    s->cipher = config->cipher;
    s->clock = config->clock;
    enum status st = open_parts(c, config, s);
    if (st != ST_OK) {
        close_state(s);
        return st;
    }
    const struct store_config store = {.cache_bytes = config->cache_bytes,
                                       .backend = {.load_desk = sqlite_load_desk,
                                                   .commit = sqlite_commit,
                                                   .find_op = sqlite_find_op,
                                                   .spent_attachments = sqlite_spent_attachments,
                                                   .due_feeds = sqlite_due_feeds,
                                                   .find_calendar_link = sqlite_find_calendar_link,
                                                   .media_used = sqlite_media_used,
                                                   .create_account = sqlite_create_account,
                                                   .account_by_login = sqlite_account_by_login,
                                                   .account_by_id = sqlite_account_by_id,
                                                   .update_account = sqlite_update_account,
                                                   .erase_account = sqlite_erase_account,
                                                   .list_accounts = sqlite_list_accounts,
                                                   .expired_guests = sqlite_expired_guests,
                                                   .put_session = sqlite_put_session,
                                                   .find_session = sqlite_find_session,
                                                   .end_session = sqlite_end_session,
                                                   .touch_session = sqlite_touch_session,
                                                   .list_people = sqlite_list_people,
                                                   .has_admin = sqlite_has_admin,
                                                   .put_invitation = sqlite_put_invitation,
                                                   .take_invitation = sqlite_take_invitation,
                                                   .end_invitation = sqlite_end_invitation,
                                                   .list_invitations = sqlite_list_invitations,
                                                   .add_audit = sqlite_add_audit,
                                                   .list_audit = sqlite_list_audit,
                                                   .put_reply = sqlite_put_reply,
                                                   .find_reply = sqlite_find_reply,
                                                   .check = check,
                                                   .stats = stats,
                                                   .close = close_state,
                                                   .self = s}};
    return store_create(c, &store, out);
}
