/*
 * The floor of storage: the statements of StudyBunny's requests on a copy of its database, in a
 * loop, prepared once, every column read, no HTTP and no JSON.
 *
 *     raw CASE SECONDS DATABASE TOKEN_HASH     CASE: list, task or create
 *
 * A list reads the whole desk in one snapshot, as StudyBunny does when it is not in memory; a task
 * reads the one row; a create is one durable transaction, WAL with synchronous=FULL. Sessions are
 * in StudyBunny's memory and not read here. Prints one line of JSON in the form of load.c.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ID_BYTES = 16, PARTS = 4, JOURNAL_BYTES = 700 };

static const char *const desk_sql[PARTS] = {
    "SELECT desk.*, settings.*, availability.*, plan.* FROM desk "
    "JOIN settings ON settings.user = desk.user "
    "LEFT JOIN availability ON availability.user = desk.user "
    "LEFT JOIN plan ON plan.user = desk.user WHERE desk.user = ?1",
    "SELECT * FROM course WHERE user = ?1 ORDER BY id",
    "SELECT * FROM task WHERE user = ?1 ORDER BY id",
    "SELECT * FROM tombstone WHERE user = ?1 ORDER BY rev, kind, id",
};
static const char session_sql[] =
    "SELECT s.*, a.* FROM session s JOIN account a ON a.id = s.account_id "
    "AND a.session_epoch = s.epoch WHERE s.token_hash = ?1";
static const char task_sql[] = "SELECT * FROM task WHERE user = ?1 AND id = ?2";
static const char *const create_sql[] = {
    "UPDATE desk SET rev = rev + 1 WHERE user = ?1",
    "INSERT INTO task (user, id, title, notes, course_id, estimate_min, worked_min, remaining_min, "
    "priority, due, state, created, completed, version) VALUES (?1, ?2, 'Problem set', '', NULL, "
    "120, 0, 120, 3, 1800000000000, 0, "
    "1790000000000, NULL, 2)",
    "INSERT OR REPLACE INTO plan SELECT * FROM plan WHERE user = ?1",
    "INSERT INTO journal (user, rev, at, op_id, body) VALUES (?1, 2, 1790000000000, NULL, ?2)",
};

static sqlite3 *db;
static sqlite3_stmt *begin, *begin_write, *commit, *session, *task, *desk[PARTS], *create[4];
static unsigned char user[ID_BYTES], some_task[ID_BYTES], journal_body[JOURNAL_BYTES];
static volatile size_t touched; /* keeps the compiler from leaving reads out */

static void die(void)
{
    fprintf(stderr, "raw: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepare(const char *sql)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK)
        die();
    sqlite3_bind_blob(s, 1, user, ID_BYTES, SQLITE_STATIC); /* fails where there is no ?1: fine */
    return s;
}

/* Runs a statement to its end, reading every column. */
static void finish(sqlite3_stmt *s)
{
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        for (int i = 0, n = sqlite3_column_count(s); i < n; i++) {
            int type = sqlite3_column_type(s, i);
            if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
                touched = touched + (size_t)sqlite3_column_blob(s, i);
                touched = touched + (size_t)sqlite3_column_bytes(s, i);
            } else {
                touched = touched + (size_t)sqlite3_column_int64(s, i);
            }
        }
    }
    if (code != SQLITE_DONE)
        die();
    sqlite3_reset(s);
}

static void run_list(void)
{
    finish(begin);
    for (int i = 0; i < PARTS; i++)
        finish(desk[i]);
    finish(commit);
}

static void run_task(void)
{
    finish(task);
}

static void run_create(void)
{
    unsigned char id[ID_BYTES];
    sqlite3_randomness(ID_BYTES, id);
    finish(begin_write);
    sqlite3_bind_blob(create[1], 2, id, ID_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(create[3], 2, journal_body, JOURNAL_BYTES, SQLITE_STATIC);
    for (int i = 0; i < 4; i++)
        finish(create[i]);
    finish(commit);
}

static void open_all(const char *path, const char *token_hash)
{
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(db,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON",
                     NULL, NULL, NULL) != SQLITE_OK)
        die();
    unsigned char hash[32];
    for (int i = 0; i < 32; i++) {
        unsigned byte = 0;
        sscanf(token_hash + 2 * i, "%2x", &byte);
        hash[i] = (unsigned char)byte;
    }
    session = prepare(session_sql);
    sqlite3_bind_blob(session, 1, hash, 32, SQLITE_TRANSIENT);
    if (sqlite3_step(session) != SQLITE_ROW)
        die();
    memcpy(user, sqlite3_column_blob(session, 1), ID_BYTES);
    sqlite3_reset(session);
    begin = prepare("BEGIN");
    begin_write = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
    task = prepare(task_sql);
    for (int i = 0; i < PARTS; i++)
        desk[i] = prepare(desk_sql[i]);
    for (int i = 0; i < 4; i++)
        create[i] = prepare(create_sql[i]);
    sqlite3_stmt *first = prepare("SELECT id FROM task WHERE user = ?1 LIMIT 1");
    if (sqlite3_step(first) != SQLITE_ROW)
        die();
    memcpy(some_task, sqlite3_column_blob(first, 0), ID_BYTES);
    sqlite3_finalize(first);
    sqlite3_bind_blob(task, 2, some_task, ID_BYTES, SQLITE_STATIC);
}

static double now(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc != 5 || strlen(argv[4]) != 64)
        return 2;
    open_all(argv[3], argv[4]);
    void (*run)(void) = argv[1][0] == 'l' ? run_list : argv[1][0] == 't' ? run_task : run_create;
    long n = 0;
    double start = now(CLOCK_MONOTONIC), until = start + atof(argv[2]);
    double cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    for (; now(CLOCK_MONOTONIC) < until; n++)
        run();
    double seconds = now(CLOCK_MONOTONIC) - start;
    printf("{\"requests\":%ld,\"seconds\":%.6f,\"cpu\":%.9f,\"p50\":%.6f,\"p99\":0,\"bytes\":0}\n",
           n, seconds, now(CLOCK_PROCESS_CPUTIME_ID) - cpu, seconds / (double)n);
    sqlite3_close(db);
    return 0;
}
