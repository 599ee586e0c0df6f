#include "client/secrets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

#include <cmocka.h>

static char folder[64];
static char path[96];
static struct arena arena;
static struct ctx ctx;
static struct ctx *const c = &ctx;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    ctx = (struct ctx){.arena = &arena};
    snprintf(folder, sizeof folder, "/tmp/studybunny-secret-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/secret", folder);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    rmdir(folder);
    arena_release(&arena);
    return 0;
}

static struct digest digest_once(const struct str *parts, int n)
{
    struct secrets *s;
    assert_int_equal(secrets_open(c, folder, &s), ST_OK);
    struct digester digester = secrets_digester(s);
    struct digest d = digester.keyed(digester.self, parts, n);
    secrets_close(s);
    return d;
}

static void the_secret_outlives_the_process_and_is_this_folders(void **state)
{
    (void)state;
    struct stat info;
    const struct str part = STR_LIT("part");
    struct digest first = digest_once(&part, 1);
    struct digest again = digest_once(&part, 1);
    assert_memory_equal(&first, &again, sizeof first);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_size, 32);
    assert_int_equal(info.st_mode & 0777, 0600);
    unlink(path);
    again = digest_once(&part, 1);
    assert_memory_not_equal(&first, &again, sizeof first);
}

static void parts_are_kept_apart(void **state)
{
    (void)state;
    const struct str one[] = {STR_LIT("ab"), STR_LIT("c")};
    const struct str other[] = {STR_LIT("a"), STR_LIT("bc")};
    const struct str joined[] = {STR_LIT("abc"), STR_LIT("")};
    struct digest a = digest_once(one, 2);
    struct digest b = digest_once(other, 2);
    struct digest d = digest_once(joined, 2);
    assert_memory_not_equal(&a, &b, sizeof a);
    assert_memory_not_equal(&a, &d, sizeof a);
    b = digest_once(one, 2);
    assert_memory_equal(&a, &b, sizeof a);
}

static void the_plain_digest_is_sha256(void **state)
{
    (void)state;
    static const uint8_t expected[4] = {0xba, 0x78, 0x16, 0xbf}; /* of "abc", FIPS 180-4 */
    struct secrets *s;
    assert_int_equal(secrets_open(c, folder, &s), ST_OK);
    struct digester digester = secrets_digester(s);
    struct digest d = digester.plain(digester.self, STR_LIT("abc"));
    assert_memory_equal(d.bytes, expected, sizeof expected);
    secrets_close(s);
}

static void a_damaged_secret_is_told(void **state)
{
    (void)state;
    struct secrets *s;
    FILE *f = fopen(path, "w");
    fputs("short", f);
    fclose(f);
    assert_int_equal(secrets_open(c, folder, &s), ST_INTERNAL);
    assert_non_null(strstr(ctx.faults[0].detail, path));
}

static void randomness_differs(void **state)
{
    (void)state;
    uint8_t a[16] = {0};
    uint8_t b[16] = {0};
    struct random_source random = secrets_random();
    random_fill(&random, a, sizeof a);
    random_fill(&random, b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_secret_outlives_the_process_and_is_this_folders),
        TEST(parts_are_kept_apart),
        TEST(the_plain_digest_is_sha256),
        TEST(a_damaged_secret_is_told),
        TEST(randomness_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
