/* Snapshots of a newer program, of an account that is erased while one is written, and in a folder:
 * durable before they have a name, one at a time, and of an age. */
#include "backup/snapshots.h"

#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
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
#include "support/synced.h"

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

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

static int teardown(void **state)
{
    (void)state;
    if (store)
        store_close(store);
    store = NULL;
    keys_close(keys);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
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

/* ---- a folder of them ---- */

static struct instant present;

static struct instant set_time(void *self)
{
    (void)self;
    return present;
}

static char snapshots_folder[128];

static struct snapshots *open_snapshots(struct cipher cipher)
{
    struct snapshots *s;
    struct snapshots_config config = {.tools = tools(), .data = folder, .folder = snapshots_folder};
    snprintf(snapshots_folder, sizeof snapshots_folder, "%s/snapshots", folder);
    config.tools.cipher = cipher;
    config.tools.clock = (struct clock){.now = set_time};
    present = (struct instant){1800000000000};
    assert_int_equal(snapshots_open(c, &config, &s), ST_OK);
    return s;
}

static void is_durable_before_it_has_its_name(void **state)
{
    (void)state;
    struct snapshot_entry entry;
    struct snapshot_content content;
    struct snapshots *s = open_snapshots(keys_cipher(keys));
    synced_begin();
    assert_int_equal(snapshots_take(c, s, NULL, &entry, &content), ST_OK);
    assert_int_equal(synced_renames(), 1);
    snapshots_close(s);
}

static const char page[] = "a page of notes";

static enum status open_page(void *self, struct ctx *own, struct digest key, int64_t offset,
                             int64_t len, int *fd, bool *seekable)
{
    (void)self;
    (void)own;
    (void)key;
    int ends[2];
    assert_true(offset == 0 && len == sizeof page - 1);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], page, sizeof page - 1), sizeof page - 1);
    close(ends[1]);
    *fd = ends[0];
    *seekable = false;
    return ST_OK;
}

static void so_is_a_copy_of_a_file(void **state)
{
    (void)state;
    const struct media media = {.open = open_page};
    const struct digester digester = secrets_digester(NULL);
    const struct copies copies = {
        .folder = folder, .cipher = keys_cipher(keys), .digester = digester, .media = &media};
    struct copied_file file = {.owner = ada, .object = {.size = sizeof page - 1}};
    enum copy_state found;
    const struct cipher *cipher = &copies.cipher;
    file.object.sha256 = digester.plain(digester.self, STR_LIT("a page of notes"));
    assert_int_equal(cipher->alias(cipher->self, c, ada, &file.alias), ST_OK);
    synced_begin();
    assert_int_equal(copies_keep(c, &copies, &file, present, &found), ST_OK);
    assert_int_equal(found, COPY_WHOLE);
    assert_int_equal(synced_renames(), 1);
    assert_int_equal(copies_read(c, &copies, &file, NULL, &found), ST_OK);
    assert_int_equal(found, COPY_WHOLE);
}

/* One that a clock which was wrong once has put into the future must not keep the server taking one
 * after the other until then. */
static void the_age_is_that_of_the_newest_that_is_past(void **state)
{
    (void)state;
    int64_t age;
    struct snapshot_entry entry;
    struct snapshot_content content;
    struct snapshots *s = open_snapshots(keys_cipher(keys));
    assert_int_equal(snapshots_age(c, s, &age), ST_OK);
    assert_int_equal(age, -1);
    present.ms += (int64_t)400 * DAY_MINUTES * MINUTE_MS;
    assert_int_equal(snapshots_take(c, s, NULL, &entry, &content), ST_OK);
    present.ms -= (int64_t)400 * DAY_MINUTES * MINUTE_MS;
    assert_int_equal(snapshots_age(c, s, &age), ST_OK);
    assert_int_equal(age, -1);
    assert_int_equal(snapshots_take(c, s, NULL, &entry, &content), ST_OK);
    present.ms += MINUTE_MS;
    assert_int_equal(snapshots_age(c, s, &age), ST_OK);
    assert_int_equal(age, MINUTE_MS);
    snapshots_close(s);
}

/* ---- two at once ---- */

static struct snapshots *shared;
static pthread_t other;
static atomic_int under_way;
static atomic_int together; /* the most that were under way at once */

static void *take_another(void *arg)
{
    struct arena own_arena;
    struct ctx own = {.arena = &own_arena};
    struct snapshot_entry entry;
    struct snapshot_content content;
    (void)arg;
    arena_init(&own_arena, 16 << 20);
    assert_int_equal(snapshots_take(&own, shared, "other", &entry, &content), ST_OK);
    arena_release(&own_arena);
    return NULL;
}

/* While the first is taken, another is begun. */
static enum status seal_slowly(void *self, struct ctx *own, struct id user, struct str plain,
                               struct str *sealed)
{
    int now = atomic_fetch_add(&under_way, 1) + 1;
    if (now > atomic_load(&together))
        atomic_store(&together, now);
    if (!other && id_eq(user, ada)) {
        assert_int_equal(pthread_create(&other, NULL, take_another, NULL), 0);
        /* Long enough for a taking that does not wait to come here; one that waits never does. */
        for (int i = 0; i < 100 && atomic_load(&together) < 2; i++)
            usleep(2000);
    }
    enum status st = inner.seal_known(self, own, user, plain, sealed);
    atomic_fetch_sub(&under_way, 1);
    return st;
}

static void are_taken_one_after_the_other(void **state)
{
    (void)state;
    struct snapshot_entry entry, *entries;
    struct snapshot_content content;
    int32_t count;
    struct cipher slow = inner = keys_cipher(keys);
    slow.seal_known = seal_slowly;
    shared = open_snapshots(slow);
    assert_int_equal(snapshots_take(c, shared, NULL, &entry, &content), ST_OK);
    assert_int_equal(pthread_join(other, NULL), 0);
    assert_int_equal(atomic_load(&together), 1);
    assert_int_equal(snapshots_list(c, shared, &entries, &count), ST_OK);
    assert_int_equal(count, 2);
    for (int32_t i = 0; i < count; i++)
        assert_int_equal(snapshots_verify(c, shared, entries[i].name, &content), ST_OK);
    snapshots_close(shared);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(that_of_a_newer_program_is_refused),
        TEST(who_is_erased_while_it_is_written_is_not_in_it),
        TEST(an_account_without_a_key_gets_one),
        TEST(is_durable_before_it_has_its_name),
        TEST(so_is_a_copy_of_a_file),
        TEST(the_age_is_that_of_the_newest_that_is_past),
        TEST(are_taken_one_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
