#include "store_sqlite/dump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "codec/packed.h"
#include "store_sqlite/migrate.h"

static struct arena arena;
static struct ctx ctx;
static struct ctx *c = &ctx;
static struct loader *loader;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    ctx = (struct ctx){.arena = &arena};
    loader = NULL;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    load_close(loader);
    arena_release(&arena);
    return 0;
}

static void a_newer_schema_is_refused(void **state)
{
    (void)state;
    assert_int_equal(load_open(c, NULL, migrations_newest() + 1, &loader), ST_CONFLICT);
    assert_non_null(strstr(ctx.faults[0].detail, "of a newer StudyBunny"));
    ctx_forgive(c);
    assert_int_equal(load_open(c, NULL, 0, &loader), ST_CONFLICT);
    ctx_forgive(c);
    for (int64_t i = 1; i <= migrations_newest(); i++) {
        assert_int_equal(load_open(c, NULL, i, &loader), ST_OK);
        load_close(loader);
        loader = NULL;
    }
}

static void put(struct buf *b, const char *text)
{
    packed_put_int(b, (int64_t)strlen(text));
    packed_put_bytes(b, text, strlen(text));
}

/* One row of table "erasure", whose one column has this name, and what follows. */
static struct str record_of(const char *table, const char *column, int64_t type, int64_t len)
{
    struct buf b;
    buf_init(&b, &arena, 64, 256);
    put(&b, table);
    packed_put_int(&b, 1);
    put(&b, column);
    packed_put_int(&b, 1);
    packed_put_int(&b, type);
    packed_put_int(&b, len);
    packed_put_bytes(&b, "abc", 3);
    packed_put_int(&b, 0);
    put(&b, "");
    return buf_str(&b);
}

static void records_are_taken_for_foreign_bytes(void **state)
{
    (void)state;
    int64_t rows = 0;
    assert_int_equal(load_open(c, NULL, 1, &loader), ST_OK);
    struct str good = record_of("erasure", "user", 3, 3);
    assert_int_equal(load_record(c, loader, good, &rows), ST_OK);
    assert_int_equal(rows, 1);
    for (size_t len = 0; len < good.len; len++) {
        assert_int_equal(load_undo(c, loader), ST_OK);
        assert_int_equal(load_record(c, loader, (struct str){good.data, len}, &rows), ST_INTERNAL);
    }
    const struct str bad[] = {
        record_of("erasure\" --", "user", 3, 3), record_of("erasure", "us\"er", 3, 3),
        record_of("nothing", "user", 3, 3),      record_of("erasure", "nothing", 3, 3),
        record_of("erasure", "user", 9, 3),      record_of("erasure", "user", 3, -1),
        record_of("erasure", "user", 3, 4000),   record_of("", "user", 3, 3),
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ctx_forgive(c);
        assert_int_equal(load_undo(c, loader), ST_OK);
        assert_int_equal(load_record(c, loader, bad[i], &rows), ST_INTERNAL);
    }
    ctx_forgive(c);
    assert_int_equal(load_undo(c, loader), ST_OK);
    assert_int_equal(load_record(c, loader, good, &rows), ST_OK);
    assert_int_equal(load_record(c, loader, good, &rows), ST_INTERNAL); /* twice the same key */
}

/* A blob of `len` bytes that end in the number. */
static void put_blob(struct buf *b, size_t len, int n)
{
    char bytes[32] = {0};
    memcpy(bytes + len - sizeof n, &n, sizeof n);
    packed_put_int(b, 3);
    packed_put_int(b, (int64_t)len);
    packed_put_bytes(b, bytes, len);
}

static void put_number(struct buf *b, int64_t n)
{
    packed_put_int(b, 1);
    packed_put_int(b, n);
}

/* One user's files, however many, must not keep all others from being backed up. */
static void all_files_of_a_user_are_found(void **state)
{
    (void)state;
    enum { MANY = 3000 };
    static const char *const columns[] = {"user",  "id",      "task_id", "name", "size",
                                          "state", "created", "sha256",  "key",  "version"};
    const int count = (int)(sizeof columns / sizeof columns[0]);
    struct media_object *files;
    struct id owner = {{0}};
    const int user = 1;
    int64_t rows = 0;
    int32_t found;
    struct buf b;
    memcpy(owner.bytes + 12, &user, sizeof user);
    buf_init(&b, &arena, 1 << 19, 1 << 20);
    put(&b, "attachment");
    packed_put_int(&b, count);
    for (int i = 0; i < count; i++)
        put(&b, columns[i]);
    for (int n = 0; n < MANY; n++) {
        packed_put_int(&b, 1);
        put_blob(&b, 16, user);
        put_blob(&b, 16, n);
        put_blob(&b, 16, n);
        packed_put_int(&b, 2);
        put(&b, "a");
        put_number(&b, n);
        put_number(&b, 1);
        put_number(&b, 0);
        put_blob(&b, 32, n);
        put_blob(&b, 32, n);
        put_number(&b, 0);
    }
    packed_put_int(&b, 0);
    put(&b, "");
    assert_false(b.overflowed);
    assert_int_equal(load_open(c, NULL, migrations_newest(), &loader), ST_OK);
    assert_int_equal(load_record(c, loader, buf_str(&b), &rows), ST_OK);
    assert_int_equal(rows, MANY);
    assert_int_equal(load_files(c, loader, owner, &files, &found), ST_OK);
    assert_int_equal(found, MANY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_newer_schema_is_refused),
        TEST(records_are_taken_for_foreign_bytes),
        TEST(all_files_of_a_user_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
