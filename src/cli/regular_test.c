/* Over a real store: a guest that nobody uses goes, with its desk; all others stay. */
#include "jobs/guests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "client/keys.h"
#include "client/secrets.h"
#include "domain/accounts.h"
#include "store_sqlite/sqlite.h"

static struct instant present = {1800000000000};

static struct instant now(void *self)
{
    (void)self;
    return present;
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {
        "studybunny.db", "studybunny.db-wal", "studybunny.db-shm", "lock", "keys", "secret"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void only_guests_whose_time_is_over_go(void **state)
{
    (void)state;
    char folder[] = "/tmp/studybunny-guests-XXXXXX";
    struct arena arena;
    struct keys *keys;
    struct secrets *secrets;
    struct sign_in_result forgotten, used;
    struct account account;
    struct session session;
    const struct desk *desk;
    struct ctx c = {.arena = &arena};
    arena_init(&arena, 16 << 20);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(keys_open(&c, folder, &keys), ST_OK);
    struct domain domain = {.clock = {.now = now}, .random = secrets_random()};
    const struct sqlite_config config = {
        .folder = folder, .cipher = keys_cipher(keys), .clock = domain.clock, .no_sync = true};
    assert_int_equal(store_sqlite_open(&c, &config, &domain.store), ST_OK);
    assert_int_equal(secrets_open(&c, folder, &secrets), ST_OK);
    domain.digester = secrets_digester(secrets);
    struct guest_sweep sweep = {.domain = &domain};

    assert_int_equal(account_create_guest(&c, &domain, NULL, &forgotten), ST_OK);
    assert_int_equal(account_create_guest(&c, &domain, NULL, &used), ST_OK);
    present.ms += (int64_t)20 * DAY_MINUTES * MINUTE_MS;
    assert_int_equal(account_by_token(&c, &domain, used.token, present, &session, &account), ST_OK);
    account_touch(&c, &domain, present, &session, &account);
    assert_int_equal(sweep_guests(&sweep, &c), ST_OK);
    assert_int_equal(store_account_by_id(&c, domain.store, forgotten.account.id, &account), ST_OK);

    present.ms += (int64_t)11 * DAY_MINUTES * MINUTE_MS;
    assert_int_equal(sweep_guests(&sweep, &c), ST_OK);
    assert_int_equal(store_account_by_id(&c, domain.store, used.account.id, &account), ST_OK);
    assert_int_equal(store_account_by_id(&c, domain.store, forgotten.account.id, &account),
                     ST_NOT_FOUND);
    assert_int_equal(store_get_desk(&c, domain.store, forgotten.account.id, &desk), ST_NOT_FOUND);

    store_close(domain.store);
    secrets_close(secrets);
    keys_close(keys);
    remove_folder(folder);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_guests_whose_time_is_over_go)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
