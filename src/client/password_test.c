#include "client/password.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#include <cmocka.h>

static struct passwords *passwords;
static struct password_hasher hasher;
static struct arena arena;
static struct ctx ctx;
static struct ctx *const c = &ctx;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    ctx = (struct ctx){.arena = &arena};
    if (passwords_open(c, &passwords) != ST_OK)
        return -1;
    hasher = passwords_hasher(passwords);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    passwords_close(passwords);
    arena_release(&arena);
    return 0;
}

static enum status verify(const char *password, struct str hash)
{
    ctx_forgive(c);
    return hasher.verify(hasher.self, c, str_of(password), hash);
}

static void a_password_is_known_again(void **state)
{
    (void)state;
    struct str hash;
    struct str again;
    assert_int_equal(hasher.hash(hasher.self, c, STR_LIT("correct horse"), &hash), ST_OK);
    assert_true(str_starts(hash, STR_LIT("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_int_equal(hasher.hash(hasher.self, c, STR_LIT("correct horse"), &again), ST_OK);
    assert_false(str_eq(hash, again));
    assert_int_equal(verify("correct horse", hash), ST_OK);
    assert_int_equal(verify("correct hors", hash), ST_UNAUTHENTICATED);
    assert_int_equal(verify("", hash), ST_UNAUTHENTICATED);
    assert_int_equal(verify("correct horse", STR_LIT("$argon2id$nonsense")), ST_UNAUTHENTICATED);
}

static int64_t micros(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void no_account_costs_as_much_as_a_wrong_password(void **state)
{
    (void)state;
    struct str hash;
    int64_t wrong = INT64_MAX;
    int64_t none = INT64_MAX;
    assert_int_equal(hasher.hash(hasher.self, c, STR_LIT("x"), &hash), ST_OK);
    for (int i = 0; i < 3; i++) {
        int64_t began = micros();
        assert_int_equal(verify("y", hash), ST_UNAUTHENTICATED);
        int64_t middle = micros();
        assert_int_equal(verify("y", STR_NONE), ST_UNAUTHENTICATED);
        int64_t ended = micros();
        wrong = middle - began < wrong ? middle - began : wrong;
        none = ended - middle < none ? ended - middle : none;
    }
    assert_in_range(none, wrong / 2, wrong * 2);
}

static atomic_int served;
static atomic_int refused;

static void *sign_in(void *arg)
{
    (void)arg;
    struct arena own;
    struct ctx other = {.arena = &own};
    arena_init(&own, 1 << 16);
    enum status st = hasher.verify(hasher.self, &other, STR_LIT("x"), STR_NONE);
    if (st == ST_UNAUTHENTICATED)
        atomic_fetch_add(&served, 1);
    else if (st == ST_UNAVAILABLE && other.retry_after_s > 0)
        atomic_fetch_add(&refused, 1);
    arena_release(&own);
    return NULL;
}

static void a_storm_is_refused_beyond_the_queue(void **state)
{
    (void)state;
    enum { STORM = 60 };
    pthread_t threads[STORM];
    for (int i = 0; i < STORM; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, sign_in, NULL), 0);
    for (int i = 0; i < STORM; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(served + refused, STORM);
    assert_true(served >= PASSWORD_AT_ONCE + PASSWORD_WAITING_MAX);
    assert_true(refused > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_password_is_known_again),
        TEST(no_account_costs_as_much_as_a_wrong_password),
        TEST(a_storm_is_refused_beyond_the_queue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
