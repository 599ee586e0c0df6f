#include "client/keys.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

#include <cmocka.h>

static char folder[64];
static struct arena arena;
static struct ctx ctx;
static struct ctx *const c = &ctx;
static struct keys *keys;
static struct cipher cipher;

static void open_keys(void)
{
    ctx_forgive(c);
    assert_int_equal(keys_open(c, folder, &keys), ST_OK);
    cipher = keys_cipher(keys);
}

static void reopen(void)
{
    keys_close(keys);
    open_keys();
}

static char *keys_path(void)
{
    char *path = arena_alloc(&arena, 128);
    snprintf(path, 128, "%s/keys", folder);
    return path;
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 22);
    ctx = (struct ctx){.arena = &arena};
    snprintf(folder, sizeof folder, "/tmp/studybunny-keys-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    open_keys();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    keys_close(keys);
    unlink(keys_path());
    rmdir(folder);
    arena_release(&arena);
    return 0;
}

static struct id user_of(unsigned n)
{
    struct id id = {{1, 2, 3, 4, 5, 6, 0x70, 0, 0x80}};
    id.bytes[14] = (uint8_t)(n >> 8);
    id.bytes[15] = (uint8_t)n;
    return id;
}

static struct str seal(unsigned user, const char *text)
{
    struct str sealed;
    assert_int_equal(cipher.seal(cipher.self, c, user_of(user), str_of(text), &sealed), ST_OK);
    return sealed;
}

static enum status unseal(unsigned user, struct str sealed, struct str *plain)
{
    ctx_forgive(c);
    return cipher.open(cipher.self, c, user_of(user), sealed, plain);
}

static void expect(unsigned user, struct str sealed, const char *text)
{
    struct str plain;
    assert_int_equal(unseal(user, sealed, &plain), ST_OK);
    assert_true(str_eq(plain, str_of(text)));
}

static void what_is_sealed_opens_after_a_restart(void **state)
{
    (void)state;
    struct stat info;
    struct str a = seal(1, "of the first");
    struct str b = seal(2, "");
    assert_null(memmem(a.data, a.len, "first", 5));
    assert_int_not_equal(str_cmp(a, seal(1, "of the first")), 0);
    reopen();
    expect(1, a, "of the first");
    expect(2, b, "");
    assert_int_equal(stat(keys_path(), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(info.st_size, 16 + 2 * KEY_RECORD);
}

static void every_changed_byte_is_noticed(void **state)
{
    (void)state;
    struct str plain;
    struct str sealed = seal(1, "text");
    for (size_t i = 0; i < sealed.len; i++) {
        char *changed = arena_copy(&arena, sealed.data, sealed.len);
        changed[i] ^= 1;
        assert_int_equal(unseal(1, (struct str){changed, sealed.len}, &plain), ST_INTERNAL);
        assert_int_equal(unseal(1, (struct str){sealed.data, i}, &plain), ST_INTERNAL);
    }
    seal(2, "another's");
    assert_int_equal(unseal(2, sealed, &plain), ST_INTERNAL);
}

static bool file_holds(const char *bytes, size_t len)
{
    char all[4096];
    FILE *f = fopen(keys_path(), "rb");
    size_t n = fread(all, 1, sizeof all, f);
    fclose(f);
    return memmem(all, n, bytes, len) != NULL;
}

static void a_forgotten_key_is_gone_for_good(void **state)
{
    (void)state;
    struct str plain;
    struct str sealed[20];
    for (unsigned i = 0; i < 20; i++)
        sealed[i] = seal(i, "text");
    assert_true(file_holds((const char *)user_of(7).bytes, 16));
    assert_int_equal(cipher.forget(cipher.self, c, user_of(7)), ST_OK);
    assert_int_equal(cipher.forget(cipher.self, c, user_of(7)), ST_OK);
    assert_int_equal(cipher.forget(cipher.self, c, user_of(99)), ST_OK);
    assert_false(file_holds((const char *)user_of(7).bytes, 16));
    sealed[19] = seal(30, "added later");
    for (int round = 0; round < 2; round++) {
        assert_int_equal(unseal(7, sealed[7], &plain), ST_GONE);
        for (unsigned i = 0; i < 19; i++)
            if (i != 7)
                expect(i, sealed[i], "text");
        expect(30, sealed[19], "added later");
        reopen();
    }
}

static void half_a_record_at_the_end_counts_for_nothing(void **state)
{
    (void)state;
    struct str a = seal(1, "text");
    struct str b = seal(2, "text");
    struct str plain;
    keys_close(keys);
    assert_int_equal(truncate(keys_path(), 16 + 2 * KEY_RECORD - 5), 0);
    open_keys();
    expect(1, a, "text");
    assert_int_equal(unseal(2, b, &plain), ST_GONE);
    b = seal(2, "again");
    reopen();
    expect(1, a, "text");
    expect(2, b, "again");
}

static void damage_within_is_told(void **state)
{
    (void)state;
    struct str plain;
    for (unsigned i = 0; i < 3; i++)
        seal(i, "text");
    struct str sealed = seal(1, "text");
    keys_close(keys);
    FILE *f = fopen(keys_path(), "r+b");
    fseek(f, 16 + 30, SEEK_SET);
    int byte = fgetc(f);
    fseek(f, 16 + 30, SEEK_SET);
    fputc(byte ^ 1, f);
    fclose(f);
    open_keys();
    assert_int_equal(unseal(1, sealed, &plain), ST_INTERNAL);
    assert_non_null(strstr(ctx.faults[0].detail, "damaged at byte 16"));
}

static void *seal_many(void *arg)
{
    struct arena own;
    struct ctx other = {.arena = &own};
    unsigned first = *(unsigned *)arg;
    arena_init(&own, 1 << 20);
    for (unsigned i = 0; i < 40; i++) {
        struct str sealed;
        struct str plain = STR_NONE;
        struct id user = user_of(first + i % 20);
        arena_reset(&own);
        if (cipher.seal(cipher.self, &other, user, STR_LIT("text"), &sealed) != ST_OK ||
            cipher.open(cipher.self, &other, user, sealed, &plain) != ST_OK ||
            !str_eq(plain, STR_LIT("text")))
            *(unsigned *)arg = UINT32_MAX;
        if (i % 10 == 9)
            (void)!cipher.forget(cipher.self, &other, user_of(1000 + first + i));
    }
    arena_release(&own);
    return NULL;
}

static void many_seal_at_once(void **state)
{
    (void)state;
    unsigned first[4] = {0, 10, 20, 30};
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, seal_many, &first[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_int_not_equal(first[i], UINT32_MAX);
    }
    struct stat info;
    assert_int_equal(stat(keys_path(), &info), 0);
    assert_int_equal(info.st_size, 16 + 50 * KEY_RECORD);
}

static void an_alias_means_nothing_without_its_key(void **state)
{
    (void)state;
    struct id seven, eight, again, found;
    assert_int_equal(cipher.alias(cipher.self, c, user_of(7), &seven), ST_OK);
    assert_int_equal(cipher.user_of(cipher.self, c, seven, &found), ST_OK);
    assert_int_equal(cipher.alias(cipher.self, c, user_of(8), &eight), ST_OK);
    assert_false(id_eq(seven, eight));
    reopen();
    assert_int_equal(cipher.alias(cipher.self, c, user_of(7), &again), ST_OK);
    assert_true(id_eq(seven, again));
    assert_int_equal(cipher.user_of(cipher.self, c, eight, &found), ST_OK);
    assert_true(id_eq(found, user_of(8)));
    assert_int_equal(cipher.forget(cipher.self, c, user_of(7)), ST_OK);
    assert_int_equal(cipher.user_of(cipher.self, c, seven, &found), ST_NOT_FOUND);
    assert_int_equal(cipher.user_of(cipher.self, c, eight, &found), ST_OK);
    assert_int_equal(cipher.alias(cipher.self, c, user_of(7), &again), ST_OK);
    assert_false(id_eq(seven, again));
    assert_int_equal(ctx.fault_count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_sealed_opens_after_a_restart),
        TEST(every_changed_byte_is_noticed),
        TEST(a_forgotten_key_is_gone_for_good),
        TEST(half_a_record_at_the_end_counts_for_nothing),
        TEST(damage_within_is_told),
        TEST(many_seal_at_once),
        TEST(an_alias_means_nothing_without_its_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
