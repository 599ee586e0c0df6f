/* Snapshots of a newer program, and of an account that is erased while one is written. */
#include "backup/snapshot_file.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "client/clock.h"
#include "client/keys.h"
#include "client/secrets.h"
#include "model/account.h"
#include "model/settings.h"
#include "store_sqlite/sqlite.h"

enum { USER_VERSION_AT = 60 /* in a database's head, 4 bytes, the most first */ };

static char folder[64];
static char database[128];
static char snapshot[128];
static struct arena arena;
static struct ctx ctx;
static struct ctx *c = &ctx;
static struct keys *keys;
static struct store *store;
static const struct id ada = {{1, 1}};
static const struct id bob = {{2, 2}};

static struct snapshot_tools tools(void)
{
    return (struct snapshot_tools){.cipher = keys_cipher(keys),
                                   .digester = secrets_digester(NULL),
                                   .clock = system_clock(),
                                   .program = "9.9"};
}

static void open_store(void)
{
    const struct sqlite_config config = {
        .folder = folder, .cipher = keys_cipher(keys), .clock = system_clock(), .no_sync = true};
    assert_int_equal(store_sqlite_open(c, &config, &store), ST_OK);
}

static void add_account(struct id id, const char *email)
{
    const struct account account = {.id = id,
                                    .login_key = str_of(email),
                                    .email = str_of(email),
                                    .kind = ACCOUNT_USER,
                                    .created = {1},
                                    .expires = INSTANT_NONE,
                                    .disabled = INSTANT_NONE};
    struct settings settings;
    settings_init(&settings);
    assert_int_equal(store_create_account(c, store, &account, &settings, (struct instant){1}),
                     ST_OK);
}

static int setup(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/studybunny-snapshot-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(database, sizeof database, "%s/studybunny.db", folder);
    snprintf(snapshot, sizeof snapshot, "%s/a.snapshot", folder);
    arena_init(&arena, 64 << 20);
    ctx = (struct ctx){.arena = &arena};
    assert_int_equal(keys_open(c, folder, &keys), ST_OK);
    open_store();
    add_account(ada, "ada@example.org");
    add_account(bob, "bob@example.org");
    return 0;
}

static int teardown(void **state)
{
    static const char *const names[] = {
        "studybunny.db", "studybunny.db-wal", "studybunny.db-shm", "lock", "keys", "a.snapshot"};
    char path[128];
    (void)state;
    if (store)
        store_close(store);
    store = NULL;
    keys_close(keys);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    arena_release(&arena);
    return 0;
}

static void that_of_a_newer_program_is_refused(void **state)
{
    (void)state;
    struct snapshot_content content;
    const struct snapshot_tools with = tools();
    const unsigned char version[4] = {0, 0, 1, 44};
    store_close(store);
    store = NULL;
    int fd = open(database, O_WRONLY);
    assert_int_equal(pwrite(fd, version, sizeof version, USER_VERSION_AT), sizeof version);
    close(fd);
    assert_int_equal(snapshot_write(c, &with, folder, snapshot, &content), ST_OK);
    assert_int_equal(content.schema, 300);
    assert_int_equal(content.users, 2);
    unlink(database);
    assert_int_equal(snapshot_read(c, &with, snapshot, database, NULL, &content), ST_CONFLICT);
    assert_non_null(
        strstr(ctx.faults[0].detail, "of a newer StudyBunny: its schema is number 300"));
    assert_non_null(strstr(ctx.faults[0].detail, "use the newer program"));
    assert_int_equal(access(database, F_OK), -1);
}

/* ---- erased meanwhile ---- */

static struct cipher inner;

/* Between reading Ada's rows and sealing them, Bob goes. */
static enum status seal_known(void *self, struct ctx *own, struct id user, struct str plain,
                              struct str *sealed)
{
    if (id_eq(user, ada))
        assert_int_equal(store_erase_account(c, store, bob, ANY_VERSION), ST_OK);
    return inner.seal_known(self, own, user, plain, sealed);
}

static void who_is_erased_while_it_is_written_is_not_in_it(void **state)
{
    (void)state;
    struct snapshot_content content;
    struct snapshot_tools with = tools();
    struct str sealed;
    inner = with.cipher;
    with.cipher.seal_known = seal_known;
    assert_int_equal(snapshot_write(c, &with, folder, snapshot, &content), ST_OK);
    assert_int_equal(content.users, 1);
    assert_int_equal(inner.seal_known(inner.self, c, bob, STR_LIT("x"), &sealed), ST_GONE);
    assert_int_equal(snapshot_read(c, &with, snapshot, NULL, NULL, &content), ST_OK);
    assert_int_equal(content.users, 1);
    assert_int_equal(content.erased, 0);
}

/* Whose key was lost, but who is there, must not be left out. */
static void an_account_without_a_key_gets_one(void **state)
{
    (void)state;
    struct snapshot_content content;
    const struct snapshot_tools with = tools();
    assert_int_equal(with.cipher.forget(with.cipher.self, c, bob), ST_OK);
    assert_int_equal(snapshot_write(c, &with, folder, snapshot, &content), ST_OK);
    assert_int_equal(content.users, 2);
    assert_int_equal(snapshot_read(c, &with, snapshot, NULL, NULL, &content), ST_OK);
    assert_int_equal(content.users, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(that_of_a_newer_program_is_refused),
        TEST(who_is_erased_while_it_is_written_is_not_in_it),
        TEST(an_account_without_a_key_gets_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
