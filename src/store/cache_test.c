#include "store/cache.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "store/session_cache.h"

#include <cmocka.h>

static struct arena arena;
static struct ctx ctx;
static struct cache *cache;

enum { ROOM = 3 /* snapshots that the cache has room for */ };

static struct snapshot *snapshot_at(struct id user, int64_t rev)
{
    struct snapshot *s;
    assert_int_equal(snapshot_make(&ctx, 0, &s), ST_OK);
    desk_init(&s->desk, user);
    s->desk.rev = rev;
    return s;
}

static struct id user_of(uint8_t n)
{
    return (struct id){{1, [15] = n}};
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 22);
    ctx = (struct ctx){.arena = &arena};
    struct snapshot *probe = snapshot_at(ID_NONE, 0);
    cache = cache_create(&arena, ROOM * snapshot_bytes(probe));
    snapshot_drop(probe);
    return cache ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    cache_close(cache);
    arena_release(&arena);
    return 0;
}

/* However large: or it would be taken, given back, and taken again in pieces. */
static void a_snapshot_keeps_what_it_took_at_once(void **state)
{
    (void)state;
    for (size_t extent = 1000; extent < 8 << 20; extent *= 4) {
        struct snapshot *s;
        assert_int_equal(snapshot_make(&ctx, extent, &s), ST_OK);
        size_t bytes = snapshot_bytes(s);
        assert_in_range(bytes, extent, 2 * extent + 8192);
        assert_non_null(arena_alloc(&s->arena, extent));
        assert_int_equal(snapshot_bytes(s), bytes);
        snapshot_drop(s);
    }
}

/* Loads a desk that must not be there yet. */
static void load(uint8_t user, int64_t rev)
{
    struct snapshot *found;
    struct cache_entry *e = cache_enter(cache, user_of(user), &found);
    assert_null(found);
    found = cache_loaded(cache, e, snapshot_at(user_of(user), rev));
    assert_int_equal(found->desk.rev, rev);
    snapshot_drop(found);
    cache_leave(cache, e);
}

static int64_t peek(uint8_t user)
{
    struct snapshot *s = cache_peek(cache, user_of(user));
    int64_t rev = s ? s->desk.rev : 0;
    snapshot_drop(s);
    return rev;
}

static void the_least_recently_used_leave(void **state)
{
    (void)state;
    for (uint8_t i = 1; i <= ROOM; i++)
        load(i, 10 + i);
    assert_int_equal(peek(1), 11);
    load(4, 14);
    assert_int_equal(peek(2), 0);
    assert_int_equal(peek(1), 11);
    assert_int_equal(peek(3), 13);
    assert_int_equal(peek(4), 14);
    struct cache_stats stats = cache_stats(cache);
    assert_int_equal(stats.desks, ROOM);
    assert_int_equal(stats.misses, 4);
}

static void a_load_that_was_overtaken_changes_nothing(void **state)
{
    (void)state;
    struct snapshot *found;
    struct snapshot *committed = snapshot_at(user_of(1), 6);
    load(1, 4);
    struct cache_entry *writer = cache_enter(cache, user_of(1), &found);
    snapshot_drop(found);
    for (uint8_t i = 2; i < 2 + ROOM; i++) /* drives it out while it is pinned */
        load(i, 1);
    struct cache_entry *reader = cache_enter(cache, user_of(1), &found);
    assert_null(found);
    cache_replace(cache, writer, committed);
    found = cache_loaded(cache, reader, snapshot_at(user_of(1), 5));
    assert_int_equal(found->desk.rev, 6);
    snapshot_drop(found);
    cache_leave(cache, reader);
    cache_leave(cache, writer);
    assert_int_equal(peek(1), 6);
    snapshot_drop(committed);
}

static void an_erased_desk_takes_nothing(void **state)
{
    (void)state;
    struct snapshot *found;
    struct snapshot *late = snapshot_at(user_of(1), 9);
    load(1, 4);
    struct cache_entry *writer = cache_enter(cache, user_of(1), &found);
    snapshot_drop(found);
    cache_erase(cache, user_of(1));
    cache_replace(cache, writer, late);
    assert_int_equal(peek(1), 0);
    cache_leave(cache, writer);
    assert_int_equal(peek(1), 0);
    snapshot_drop(late);
}

static void a_failed_load_leaves_it_to_the_next(void **state)
{
    (void)state;
    struct snapshot *found;
    struct cache_entry *e = cache_enter(cache, user_of(1), &found);
    assert_null(cache_loaded(cache, e, NULL));
    cache_leave(cache, e);
    load(1, 3);
    assert_int_equal(peek(1), 3);
}

static atomic_int loads;

static void *get(void *arg)
{
    struct ctx own = {.arena = NULL};
    struct snapshot *found;
    struct cache_entry *e = cache_enter(cache, user_of(1), &found);
    if (!found) {
        struct timespec pause = {.tv_nsec = 20000000};
        struct snapshot *loaded = NULL;
        nanosleep(&pause, NULL);
        atomic_fetch_add(&loads, 1);
        if (snapshot_make(&own, 0, &loaded) == ST_OK)
            loaded->desk = (struct desk){.user = user_of(1), .rev = 7};
        found = cache_loaded(cache, e, loaded);
    }
    *(bool *)arg = found && found->desk.rev == 7;
    snapshot_drop(found);
    cache_leave(cache, e);
    return NULL;
}

static void misses_are_coalesced(void **state)
{
    (void)state;
    pthread_t threads[6];
    bool good[6] = {false};
    atomic_store(&loads, 0);
    for (int i = 0; i < 6; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, get, &good[i]), 0);
    for (int i = 0; i < 6; i++) {
        pthread_join(threads[i], NULL);
        assert_true(good[i]);
    }
    assert_int_equal(loads, 1);
}

/* ---- sessions ---- */

static struct session session_of(uint8_t n, uint8_t account)
{
    return (struct session){.token_hash = {{n}}, .account_id = user_of(account)};
}

static bool holds(struct session_cache *sessions, uint8_t n)
{
    struct session s;
    struct account a;
    return session_cache_find(sessions, (struct digest){{n}}, false, &arena, &s, &a) ==
               SESSION_FOUND &&
           str_eq(a.login_key, STR_LIT("key")) && id_eq(a.id, s.account_id);
}

static void put(struct session_cache *sessions, uint8_t n, uint8_t account, uint64_t generation)
{
    struct account a;
    struct session s = session_of(n, account);
    entity_init(&account_table, &a);
    a.id = user_of(account);
    a.login_key = STR_LIT("key");
    session_cache_put(sessions, generation, &s, &a);
}

static void sessions_are_bounded_and_end(void **state)
{
    (void)state;
    struct session_cache *sessions = session_cache_create(&arena, 3);
    for (uint8_t i = 1; i <= 3; i++)
        put(sessions, i, i % 2, 0);
    assert_true(holds(sessions, 1));
    put(sessions, 4, 5, 0);
    assert_true(holds(sessions, 1) && !holds(sessions, 2) && holds(sessions, 3));
    session_cache_end(sessions, (struct digest){{4}});
    assert_false(holds(sessions, 4));
    put(sessions, 5, 8, session_cache_generation(sessions));
    session_cache_end_account(sessions, user_of(1));
    assert_false(holds(sessions, 1) || holds(sessions, 3));
    assert_true(holds(sessions, 5));
    session_cache_close(sessions);
}

static void what_was_read_before_a_change_is_not_kept(void **state)
{
    (void)state;
    struct session_cache *sessions = session_cache_create(&arena, 3);
    uint64_t before = session_cache_generation(sessions);
    session_cache_end_account(sessions, user_of(1));
    put(sessions, 1, 1, before);
    assert_false(holds(sessions, 1));
    put(sessions, 1, 1, session_cache_generation(sessions));
    assert_true(holds(sessions, 1));
    session_cache_close(sessions);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_snapshot_keeps_what_it_took_at_once),
        TEST(the_least_recently_used_leave),
        TEST(a_load_that_was_overtaken_changes_nothing),
        TEST(an_erased_desk_takes_nothing),
        TEST(a_failed_load_leaves_it_to_the_next),
        TEST(misses_are_coalesced),
        TEST(sessions_are_bounded_and_end),
        TEST(what_was_read_before_a_change_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
