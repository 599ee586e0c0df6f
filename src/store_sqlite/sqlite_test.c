#include "store_sqlite/sqlite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "codec/packed.h"
#include "store_sqlite/journal.h"
#include "store_sqlite/migrate.h"
#include "store_sqlite/rows.h"
#include "store_sqlite/writer.h"

#include <cmocka.h>

static char folder[64];
static struct arena arena;
static struct ctx ctx;
static struct ctx *const c = &ctx;

/* A cipher that only turns the bits over, and counts. */
static int forgotten;
static enum status forget_result;

static enum status turn(void *self, struct ctx *own, struct id user, struct str in, struct str *out)
{
    (void)self;
    (void)user;
    char *bytes = arena_copy(own->arena, in.data, in.len);
    for (size_t i = 0; bytes && i < in.len; i++)
        bytes[i] = (char)~bytes[i];
    *out = (struct str){bytes, in.len};
    return bytes ? ST_OK : ST_UNAVAILABLE;
}

static enum status forget(void *self, struct ctx *own, struct id user)
{
    (void)self;
    (void)user;
    forgotten++;
    (void)own;
    return forget_result;
}

static struct instant now(void *self)
{
    (void)self;
    return (struct instant){1764000000000};
}

static struct sqlite_config config_of(bool must_exist)
{
    return (struct sqlite_config){.folder = folder,
                                  .must_exist = must_exist,
                                  .cipher = {.seal = turn, .open = turn, .forget = forget},
                                  .clock = {.now = now}};
}

static enum status open_store(bool must_exist, struct store **out)
{
    const struct sqlite_config config = config_of(must_exist);
    ctx_forgive(c);
    return store_sqlite_open(c, &config, out);
}

static char *path_of(const char *name)
{
    char *path = arena_alloc(&arena, 128);
    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static void make_file(const char *name)
{
    FILE *f = fopen(path_of(name), "w");
    assert_non_null(f);
    fclose(f);
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 22);
    ctx = (struct ctx){.arena = &arena};
    forgotten = 0;
    forget_result = ST_OK;
    snprintf(folder, sizeof folder, "/tmp/studybunny-sqlite-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    static const char *const names[] = {"studybunny.db", "studybunny.db-wal", "studybunny.db-shm",
                                        "lock",          "settings.conf",     "secret"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(path_of(names[i]));
    rmdir(path_of("media"));
    rmdir(folder);
    arena_release(&arena);
    return 0;
}

/* ---- opening ---- */

static void a_folder_is_made_and_opened_again(void **state)
{
    (void)state;
    struct store *store;
    struct stat info;
    rmdir(folder);
    assert_int_equal(open_store(true, &store), ST_NOT_FOUND);
    assert_int_not_equal(stat(folder, &info), 0);
    assert_int_equal(open_store(false, &store), ST_OK);
    store_close(store);
    assert_int_equal(stat(folder, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(open_store(true, &store), ST_OK);
    store_close(store);
}

static void no_database_is_made_where_one_must_be(void **state)
{
    (void)state;
    struct store *store;
    assert_int_equal(open_store(true, &store), ST_NOT_FOUND);
    make_file("studybunny.db"); /* of no length: a first start that was cut short */
    assert_int_equal(open_store(true, &store), ST_NOT_FOUND);
    assert_int_equal(open_store(false, &store), ST_OK);
    store_close(store);
}

static void what_lost_its_database_is_not_started_anew(void **state)
{
    (void)state;
    struct store *store;
    make_file("settings.conf");
    assert_int_equal(open_store(false, &store), ST_CONFLICT);
    assert_non_null(strstr(ctx.faults[0].detail, "settings.conf"));
    unlink(path_of("settings.conf"));
    assert_int_equal(mkdir(path_of("media"), 0700), 0);
    assert_int_equal(open_store(false, &store), ST_CONFLICT);
    assert_int_not_equal(access(path_of("studybunny.db"), F_OK), 0);
    rmdir(path_of("media"));
    make_file("secret");
    assert_int_equal(open_store(false, &store), ST_OK);
    store_close(store);
}

static void one_process_owns_the_folder(void **state)
{
    (void)state;
    struct store *store;
    struct store *second;
    char pid[24];
    assert_int_equal(open_store(false, &store), ST_OK);
    assert_int_equal(open_store(false, &second), ST_UNAVAILABLE);
    snprintf(pid, sizeof pid, "process %ld", (long)getpid());
    assert_string_equal(ctx.faults[0].code, "locked");
    assert_non_null(strstr(ctx.faults[0].detail, pid));
    store_close(store);
    assert_int_equal(open_store(false, &second), ST_OK);
    store_close(second);
}

static void change_database(const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path_of("studybunny.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void a_newer_or_foreign_database_is_refused(void **state)
{
    (void)state;
    struct store *store;
    assert_int_equal(open_store(false, &store), ST_OK);
    store_close(store);
    change_database("PRAGMA user_version = 1000");
    assert_int_equal(open_store(false, &store), ST_CONFLICT);
    assert_non_null(strstr(ctx.faults[0].detail, "newer"));
    unlink(path_of("studybunny.db"));
    change_database("CREATE TABLE other(a)");
    assert_int_equal(open_store(false, &store), ST_CONFLICT);
}

/* ---- the schema ---- */

/* Compares a table's columns from number `first` on with a field table. */
static void expect_columns(sqlite3 *db, const struct table *t, int first)
{
    char sql[128];
    sqlite3_stmt *q;
    snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%s') WHERE cid >= %d", t->name,
             first);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    for (int32_t i = 0; i < t->count; i++) {
        const struct field *f = &t->fields[i];
        static const char *const suffixes[] = {"_num", "_den"};
        for (int part = 0; part < (f->kind == KIND_RATIO ? 2 : 1); part++) {
            char name[64];
            snprintf(name, sizeof name, "%s%s", f->name,
                     f->kind == KIND_RATIO ? suffixes[part] : "");
            if (sqlite3_step(q) != SQLITE_ROW)
                fail_msg("%s has no column %s: add a migration", t->name, name);
            assert_string_equal((const char *)sqlite3_column_text(q, 0), name);
        }
    }
    if (sqlite3_step(q) == SQLITE_ROW)
        fail_msg("%s has a column %s and no field", t->name, sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
}

static void the_schema_has_a_column_for_every_field(void **state)
{
    (void)state;
    struct db db;
    const struct db_config config = {.path = path_of("studybunny.db"), .writer = true};
    assert_int_equal(db_open(c, &config, &db), ST_OK);
    assert_int_equal(migrate(c, &db, &(struct before_migration){0}), ST_OK);
    expect_columns(db.handle, &account_table, 0);
    expect_columns(db.handle, &session_table, 0);
    expect_columns(db.handle, &tombstone_table, 1);
    for (unsigned kind = 1; kind < ENTITY_KINDS; kind++)
        if (entity_table(kind))
            expect_columns(db.handle, entity_table(kind), 1);
    db_close(&db);
}

static void a_failed_migration_leaves_the_database_as_it_was(void **state)
{
    (void)state;
    struct db db;
    int64_t tables = -1;
    const struct db_config config = {.path = path_of("studybunny.db"), .writer = true};
    assert_int_equal(db_open(c, &config, &db), ST_OK);
    assert_int_equal(sqlite3_exec(db.handle,
                                  "PRAGMA application_id = 0x53427564; CREATE TABLE journal(a)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(migrate(c, &db, &(struct before_migration){0}), ST_INTERNAL);
    assert_int_equal(db_number(&db, c, "SELECT count(*) FROM sqlite_schema", &tables), ST_OK);
    assert_int_equal(tables, 1);
    db_close(&db);
}

/* ---- writing ---- */

static const struct id user = {{1, 2, 3, 4, 5, 6, 0x70, 8, 0x80, 10}};

static struct account account_of(void)
{
    struct account a;
    entity_init(&account_table, &a);
    a.id = user;
    a.login_key = STR_LIT("someone");
    a.created = now(NULL);
    return a;
}

static struct store *store_with_account(void)
{
    struct store *store;
    struct settings settings;
    struct account a = account_of();
    settings_init(&settings);
    assert_int_equal(open_store(false, &store), ST_OK);
    assert_int_equal(store_create_account(c, store, &a, &settings, now(NULL)), ST_OK);
    return store;
}

static int64_t number(const char *sql)
{
    struct db db;
    int64_t out = -1;
    const struct db_config config = {.path = path_of("studybunny.db")};
    assert_int_equal(db_open(c, &config, &db), ST_OK);
    assert_int_equal(db_number(&db, c, sql, &out), ST_OK);
    db_close(&db);
    return out;
}

/* Takes one change from a journal body. */
static void expect_change(struct str *body, int64_t kind, const struct table *t, void *entity)
{
    int64_t found = 0;
    int64_t form = 0;
    struct id id;
    assert_int_equal(packed_take_int(c, body, &found), ST_OK);
    assert_int_equal(found, kind);
    assert_int_equal(packed_take_bytes(c, body, sizeof id.bytes, id.bytes), ST_OK);
    assert_int_equal(packed_take_int(c, body, &form), ST_OK);
    assert_int_equal(form, entity ? JOURNAL_WHOLE : JOURNAL_DELETED);
    if (entity)
        assert_int_equal(packed_take(c, body, t, &arena, entity), ST_OK);
}

static struct str journal_body(int64_t sequence)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    struct str body;
    assert_int_equal(sqlite3_open(path_of("studybunny.db"), &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "SELECT body FROM journal WHERE sequence = ?1", -1, &q, NULL);
    sqlite3_bind_int64(q, 1, sequence);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_int_equal(turn(NULL, c, user, read_blob(q, 0), &body), ST_OK);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return body;
}

static void every_commit_is_journalled_and_sealed(void **state)
{
    (void)state;
    struct store *store = store_with_account();
    struct task t;
    entity_init(&task_table, &t);
    t.id.bytes[0] = 9;
    t.title = STR_LIT("a title");
    t.due = t.created = now(NULL);
    const struct change changes[] = {{ENTITY_TASK, t.id, &t}, {ENTITY_COURSE, user, NULL}};
    const struct op op = {.id = user};
    assert_int_equal(store_commit(c, store, user, 1, changes, 2, &op, now(NULL), NULL), ST_OK);
    struct account a;
    assert_int_equal(store_account_by_id(c, store, user, &a), ST_OK);
    assert_int_equal(store_update_account(c, store, &a), ST_OK);

    struct account account;
    struct settings settings;
    struct task task;
    struct str body = journal_body(1);
    expect_change(&body, JOURNAL_ACCOUNT, &account_table, &account);
    expect_change(&body, ENTITY_SETTINGS, &settings_table, &settings);
    assert_int_equal(body.len, 0);
    assert_true(str_eq(account.login_key, STR_LIT("someone")));

    body = journal_body(2);
    expect_change(&body, ENTITY_TASK, &task_table, &task);
    expect_change(&body, ENTITY_COURSE, &course_table, NULL);
    assert_int_equal(body.len, 0);
    assert_true(entity_eq(&task_table, &task, &t, 0));

    assert_int_equal(number("SELECT count(*) FROM journal"), 3);
    assert_int_equal(number("SELECT rev FROM journal WHERE sequence = 2 AND op_id = user"), 2);
    assert_int_equal(number("SELECT count(*) FROM journal WHERE sequence = 3 AND rev IS NULL"), 1);
    store_close(store);
}

enum { PLANNED = 300 };

/* The n-th plan of a row of them: one block in thirty is another than in the plan before. */
static struct plan plan_number(int n, struct study_block blocks[PLANNED])
{
    struct plan plan;
    entity_init(&plan_table, &plan);
    for (int i = 0; i < PLANNED; i++) {
        int64_t from = now(NULL).ms + i * 60 * MINUTE_MS + (i % 30 == n % 30 ? n * MINUTE_MS : 0);
        blocks[i] = (struct study_block){{{(uint8_t)(i % 50), (uint8_t)(i % 30 == n % 30 ? n : 0)}},
                                         {from},
                                         {from + 25 * MINUTE_MS}};
    }
    plan.blocks = (struct list){blocks, PLANNED};
    plan.made = now(NULL);
    return plan;
}

/* The plan after the commit of a row: what its body says of the one before it. */
static struct plan read_plan(int64_t sequence, const struct plan *before)
{
    struct str body = journal_body(sequence);
    struct plan plan;
    int64_t kind = 0;
    int64_t form = 0;
    struct id id;
    assert_int_equal(packed_take_int(c, &body, &kind), ST_OK);
    assert_int_equal(kind, ENTITY_PLAN);
    assert_int_equal(packed_take_bytes(c, &body, sizeof id.bytes, id.bytes), ST_OK);
    assert_int_equal(packed_take_int(c, &body, &form), ST_OK);
    assert_int_equal(form, JOURNAL_AFTER);
    assert_int_equal(packed_take_after(c, &body, &plan_table, before, &arena, &plan), ST_OK);
    assert_int_equal(body.len, 0);
    return plan;
}

static void a_plan_is_journalled_by_what_it_changes(void **state)
{
    (void)state;
    enum { PLANS = 5 };
    struct store *store = store_with_account();
    struct study_block blocks[PLANS][PLANNED];
    struct plan plans[PLANS];
    struct plan read;
    for (int i = 0; i < PLANS; i++) {
        plans[i] = plan_number(i, blocks[i]);
        const struct change change = {ENTITY_PLAN, ID_NONE, &plans[i]};
        assert_int_equal(store_commit(c, store, user, i + 1, &change, 1, NULL, now(NULL), NULL),
                         ST_OK);
    }
    entity_init(&plan_table, &read);
    for (int i = 0; i < PLANS; i++) {
        read = read_plan(i + 2, &read);
        assert_true(entity_eq(&plan_table, &plans[i], &read, 0));
    }
    assert_int_equal(number("SELECT max(length(body)) < 1000 FROM journal WHERE sequence > 2"), 1);
    store_close(store);
}

static void an_erasure_cut_short_is_finished_at_the_next_start(void **state)
{
    (void)state;
    struct store *store = store_with_account();
    forget_result = ST_FULL;
    assert_int_equal(store_erase_account(c, store, user, ANY_VERSION), ST_FULL);
    assert_int_equal(forgotten, 1);
    store_close(store);
    assert_int_equal(number("SELECT count(*) FROM erasure"), 1);

    assert_int_equal(open_store(true, &store), ST_FULL);
    forget_result = ST_OK;
    assert_int_equal(open_store(true, &store), ST_OK);
    assert_int_equal(forgotten, 3);
    store_close(store);
    assert_int_equal(number("SELECT count(*) FROM erasure"), 0);
}

static void a_damaged_row_is_told(void **state)
{
    (void)state;
    const struct desk *d;
    store_close(store_with_account());
    change_database("UPDATE settings SET pace_num = 99999999999");
    struct store *store;
    assert_int_equal(open_store(true, &store), ST_OK);
    assert_int_equal(store_get_desk(c, store, user, &d), ST_INTERNAL);
    assert_string_equal(ctx.faults[0].code, "damaged");
    assert_non_null(strstr(ctx.faults[0].detail, "settings.pace"));
    store_close(store);
}

static struct task task_of(void)
{
    struct task t;
    entity_init(&task_table, &t);
    t.id.bytes[0] = 9;
    t.due = t.created = now(NULL);
    return t;
}

/* A column that was added later is NULL in older rows. */
static void what_older_rows_lack_is_none(void **state)
{
    (void)state;
    const struct desk *d;
    struct store *store = store_with_account();
    struct task t = task_of();
    const struct change change = {ENTITY_TASK, t.id, &t};
    t.repeat_until = (struct date){20000};
    assert_int_equal(store_commit(c, store, user, 1, &change, 1, NULL, now(NULL), NULL), ST_OK);
    store_close(store);
    change_database("UPDATE task SET repeat_until = NULL");
    assert_int_equal(open_store(true, &store), ST_OK);
    assert_int_equal(store_get_desk(c, store, user, &d), ST_OK);
    assert_int_equal(d->tasks[0].repeat_until.days, DATE_NONE.days);
    store_release_desk(store, d);
    store_close(store);
}

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Somebody reads for long, as a snapshot does, and the log cannot be emptied: the others do not
 * wait for that again and again. */
static void a_long_reader_holds_up_nobody(void **state)
{
    (void)state;
    enum { COMMITS = 10, WAITS_MS = 9000 /* each waiting for the reader: twice as long */ };
    struct store *store = store_with_account();
    struct account other = account_of();
    struct settings settings;
    struct task t = task_of();
    const struct change change = {ENTITY_TASK, t.id, &t};
    sqlite3 *reader;
    settings_init(&settings);
    other.id.bytes[0] = 77;
    other.login_key = STR_LIT("other");
    assert_int_equal(store_create_account(c, store, &other, &settings, now(NULL)), ST_OK);
    assert_int_equal(sqlite3_open(path_of("studybunny.db"), &reader), SQLITE_OK);
    assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT * FROM account", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(store_erase_account(c, store, other.id, ANY_VERSION), ST_OK);
    int64_t began = monotonic_ms();
    for (int64_t rev = 1; rev <= COMMITS; rev++)
        assert_int_equal(store_commit(c, store, user, rev, &change, 1, NULL, now(NULL), NULL),
                         ST_OK);
    assert_true(monotonic_ms() - began < WAITS_MS);
    sqlite3_close(reader);
    /* Once it has gone, the log is emptied, though nothing more is written. */
    struct stat info = {.st_size = 1};
    for (int i = 0; i < 500 && info.st_size > 0; i++) {
        usleep(10000);
        assert_int_equal(stat(path_of("studybunny.db-wal"), &info), 0);
    }
    assert_int_equal(info.st_size, 0);
    store_close(store);
}

static void the_log_stays_short(void **state)
{
    (void)state;
    struct store *store = store_with_account();
    struct task t;
    struct stat info;
    char notes[4001];
    memset(notes, 'x', 4000);
    notes[4000] = '\0';
    entity_init(&task_table, &t);
    t.id.bytes[0] = 9;
    t.notes = str_of(notes);
    t.due = t.created = now(NULL);
    const struct change change = {ENTITY_TASK, t.id, &t};
    for (int64_t rev = 1; rev < 1500; rev++) {
        arena_reset(&arena);
        assert_int_equal(store_commit(c, store, user, rev, &change, 1, NULL, now(NULL), NULL),
                         ST_OK);
    }
    assert_int_equal(stat(path_of("studybunny.db-wal"), &info), 0);
    assert_in_range(info.st_size, 1, (CHECKPOINT_PAGES + 200) * 4200);
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_folder_is_made_and_opened_again),
        TEST(no_database_is_made_where_one_must_be),
        TEST(what_lost_its_database_is_not_started_anew),
        TEST(one_process_owns_the_folder),
        TEST(a_newer_or_foreign_database_is_refused),
        TEST(the_schema_has_a_column_for_every_field),
        TEST(a_failed_migration_leaves_the_database_as_it_was),
        TEST(every_commit_is_journalled_and_sealed),
        TEST(a_plan_is_journalled_by_what_it_changes),
        TEST(an_erasure_cut_short_is_finished_at_the_next_start),
        TEST(a_damaged_row_is_told),
        TEST(what_older_rows_lack_is_none),
        TEST(a_long_reader_holds_up_nobody),
        TEST(the_log_stays_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
